/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-record.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TnHistoryRow:
 *
 * One operation in the list. Signals: "name" when its moment is to get a name.
 */
#define TN_TYPE_HISTORY_ROW (tn_history_row_get_type ())
G_DECLARE_FINAL_TYPE (TnHistoryRow, tn_history_row, TN, HISTORY_ROW, GtkListBoxRow)

/* @record: (transfer full); @canvas: (nullable): the name of its canvas */
GtkWidget *tn_history_row_new (TnHistoryRecord *record, const char *canvas);

const TnHistoryRecord *tn_history_row_get_record (TnHistoryRow *self);

/* What stands above it: its day where the row before is of another one, and a line where what was taken back ends. */
void tn_history_row_update_header (TnHistoryRow *self, TnHistoryRow *before);

G_END_DECLS
