/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TnTable:
 *
 * Rows of text in aligned columns, for the terminal and for files alike.
 */
typedef struct _TnTable TnTable;

/**
 * tn_table_new:
 * @headings: (array length=n_columns) (nullable): %NULL for a table without a first line of headings
 */
TnTable *tn_table_new (guint n_columns, const char *const *headings);
void tn_table_free (TnTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnTable, tn_table_free)

/**
 * tn_table_add:
 * @cells: (array length=n_columns) (element-type utf8): as many as the table has columns; %NULL or "" shows as a dash
 *
 * What the cells say may come from a page or a package: it is made harmless with tn_text_make_safe().
 */
void tn_table_add (TnTable *self, const char *const *cells);

/* Every line ended by a newline; (transfer full). */
char *tn_table_to_string (TnTable *self);

G_END_DECLS
