/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-canvases.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TnHistoryPanel:
 *
 * What was done in the workspace, newest first, day by day; what was taken back is grey above a line that says "Now".
 * Reads from the store while it is mapped, more of it as it is scrolled.
 *
 * Signals: "preview" (TnHistoryRecord *moment) when a moment is selected, with %NULL when none is any more; "go-to"
 * (TnHistoryRecord *moment) when it is activated; "name" (TnHistoryRecord *moment) when it is to get a name; "close".
 */
#define TN_TYPE_HISTORY_PANEL (tn_history_panel_get_type ())
G_DECLARE_FINAL_TYPE (TnHistoryPanel, tn_history_panel, TN, HISTORY_PANEL, GtkWidget)

/* Borrowed: must live as long as the panel. */
void tn_history_panel_set_canvases (TnHistoryPanel *self, TnCanvases *canvases);

void tn_history_panel_select_none (TnHistoryPanel *self);
void tn_history_panel_focus_list (TnHistoryPanel *self);

G_END_DECLS
