/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-platform.h"

G_BEGIN_DECLS

/* A desktop with nobody at it: writes down what it is asked for, and answers at once as the test wants. */
#define FAKE_TYPE_DESKTOP (fake_desktop_get_type ())
G_DECLARE_FINAL_TYPE (FakeDesktop, fake_desktop, FAKE, DESKTOP, GObject)

struct _FakeDesktop
{
  GObject parent_instance;

  GString *log;
  gboolean yes;      /* to every question */
  GFile *file;       /* nullable: the one that is chosen, to be read or written */
  gboolean slow;     /* the next window stays open until fake_desktop_close() */
  GTask *open;       /* nullable: the window that does */
};

FakeDesktop *fake_desktop_new (void);

/* The window that stayed open is answered with “no”. */
void fake_desktop_close (FakeDesktop *self);

G_END_DECLS
