/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A fake of the desktop's location portal on the session bus of the test: it knows of no place but what the test says. */
typedef enum
{
  FAKE_PORTAL_TELLS,
  FAKE_PORTAL_REFUSES,  /* as where the person says no to it */
  FAKE_PORTAL_SILENT,   /* takes the question and never answers */
  FAKE_PORTAL_WITHOUT,  /* a portal that has no such part */
} FakePortalMood;

typedef struct _FakePortal FakePortal;

/* @location: (nullable): what it tells, a{sv}; a good place where %NULL. Returns when it is on the bus. */
FakePortal *fake_portal_new (FakePortalMood mood, GVariant *location);

/* Takes it off the bus. */
void fake_portal_free (FakePortal *self);

/* What was asked of it so far: "CreateSession 2;Start;Close;" */
const char *fake_portal_get_log (FakePortal *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakePortal, fake_portal_free)
