/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-record.h"

G_BEGIN_DECLS

/*
 * What can be done to the canvases as such, each as one operation. @canvases: (element-type TnCanvasRecord): all of
 * them, in order.
 */

/* An empty one for the end, that is in no store yet. (transfer full) */
TnCanvasRecord *tn_canvas_change_new (GPtrArray *canvases);

/* Adds such a one; its id is the operation's. */
TnOperation *tn_canvas_change_create (GPtrArray *canvases);

/* @name: (nullable): with what is around it taken away. Returns: (nullable): %NULL where that changes nothing */
TnOperation *tn_canvas_change_rename (const TnCanvasRecord *canvas, const char *name);

TnOperation *tn_canvas_change_delete (const TnCanvasRecord *canvas);

/* Puts the one at @from where the one at @to is. Returns: (nullable): %NULL where that changes nothing */
TnOperation *tn_canvas_change_sort (GPtrArray *canvases, guint from, guint to);

/* The one of that id; (transfer none) (nullable). @index: (out) (optional) */
const TnCanvasRecord *tn_canvas_change_find (GPtrArray *canvases, const char *id, guint *index);

G_END_DECLS
