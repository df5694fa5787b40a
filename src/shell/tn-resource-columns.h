/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-history.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TnResourceColumns:
 *
 * The columns of the page “Resources”: name, state, graph, numbers, and the buttons. A click on a title sorts.
 */
typedef struct _TnResourceColumns TnResourceColumns;

/* Fills @view with the TnResource of @model, the one that uses most memory first. */
TnResourceColumns *tn_resource_columns_new (GtkColumnView *view, GListModel *model);
void tn_resource_columns_free (TnResourceColumns *self);

/* How far back the graphs go. */
void tn_resource_columns_set_span (TnResourceColumns *self, TnSpan span);

/* What the window has, in pixels: the narrower it is the fewer columns have room. */
void tn_resource_columns_set_width (TnResourceColumns *self, int width);

/* Numbers have changed: the order may have, too. */
void tn_resource_columns_sort (TnResourceColumns *self);

G_END_DECLS
