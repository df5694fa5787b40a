/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-canvas.h"
#include "tn-workspace.h"
#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TnWindow:
 *
 * The window onto one workspace. Closing it stops its tiles with their state kept, then closes the workspace.
 */
#define TN_TYPE_WINDOW (tn_window_get_type ())
G_DECLARE_FINAL_TYPE (TnWindow, tn_window, TN, WINDOW, AdwApplicationWindow)

/* @settings: (nullable): see tn_settings_new() */
TnWindow *tn_window_new (GtkApplication *application, TnWorkspace *workspace, GSettings *settings);

TnWorkspace *tn_window_get_workspace (TnWindow *self);
TnCanvas *tn_window_get_canvas (TnWindow *self); /* the one in view */

/* Shows the canvases on the whole screen as the settings say, until the key that unlocks is pressed. */
void tn_window_start_kiosk (TnWindow *self);

/* Without that key. */
void tn_window_stop_kiosk (TnWindow *self);

G_END_DECLS
