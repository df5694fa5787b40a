/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TnApplication:
 *
 * The program: one process per session, a window for each workspace that is open. With --report or --screenshot it is a
 * process of its own that ends when it is done.
 */
#define TN_TYPE_APPLICATION (tn_application_get_type ())
G_DECLARE_FINAL_TYPE (TnApplication, tn_application, TN, APPLICATION, AdwApplication)

TnApplication *tn_application_new (void);

/* What the process should end with, after g_application_run() has returned 0. */
int tn_application_get_exit_status (TnApplication *self);

G_END_DECLS
