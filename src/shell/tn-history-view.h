/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-pages.h"

G_BEGIN_DECLS

/**
 * TnHistoryView:
 *
 * A canvas as it was, large, over the one that is. Signals: "go-back" when the person wants it to be so again, "close".
 */
#define TN_TYPE_HISTORY_VIEW (tn_history_view_get_type ())
G_DECLARE_FINAL_TYPE (TnHistoryView, tn_history_view, TN, HISTORY_VIEW, GtkWidget)

/* Borrowed: must live as long as the view. */
void tn_history_view_set_pages (TnHistoryView *self, TnPages *pages);

/* @record: (nullable): the canvas with its tiles, for the layout of the canvas in view; %NULL where it was not there.
 * @text: when that was */
void tn_history_view_set_moment (TnHistoryView *self, const TnCanvasRecord *record, const char *text);

G_END_DECLS
