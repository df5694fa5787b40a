/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-pages.h"
#include "tn-workspace.h"
#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TnDeveloperWindow:
 *
 * What the modes of the program open, for who develops apps: the log, with what pages say on their consoles, as it comes;
 * and what pages hold, now and before. It closes when the mode opens the log no longer.
 */
#define TN_TYPE_DEVELOPER_WINDOW (tn_developer_window_get_type ())
G_DECLARE_FINAL_TYPE (TnDeveloperWindow, tn_developer_window, TN, DEVELOPER_WINDOW, AdwWindow)

/* @workspace: opened, and its mode opens the log. */
TnDeveloperWindow *tn_developer_window_new (GtkWindow *parent, TnWorkspace *workspace, TnPages *pages);

/* Shows what is of that tile; "" of all. */
void tn_developer_window_choose (TnDeveloperWindow *self, const char *tile_id);

G_END_DECLS
