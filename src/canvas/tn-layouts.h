/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-catalogue.h"
#include "tn-geometry.h"
#include "tn-record.h"

G_BEGIN_DECLS

/**
 * TnLayouts:
 *
 * Where the tiles of one canvas are, for each width class. The wide layout is kept whole. Another is derived from it
 * until the person changes something there; from then on it keeps its own places, and only tiles added elsewhere since
 * are found a place. In the same way each layout on another monitor is derived from the one of its class on the home
 * monitor. Immutable.
 */
typedef struct _TnLayouts TnLayouts;

/* What the store calls the layout of a class: "wide", and on another monitor "wide@MONITOR". (transfer full) */
char *tn_layouts_name (TnWidthClass class, const char *monitor);

/* How many records tn_layouts_new() needs: those of the home monitor, and those of another one. */
#define TN_LAYOUTS_N(monitor) ((monitor) != NULL ? TN_LAYOUTS_MAX : TN_N_WIDTHS)
#define TN_LAYOUTS_MAX (2 * TN_N_WIDTHS)

/**
 * tn_layouts_new:
 * @records: (element-type TnCanvasRecord) (transfer full): the canvas as the store has it for each #TnWidthClass, and
 *   where there is @monitor once more for each class there
 * @monitor: (nullable): the monitor in view; %NULL for the home one
 * @catalogue: (nullable): says the least size and aspect of each app
 */
TnLayouts *tn_layouts_new (GPtrArray *records, const char *monitor, TnCatalogue *catalogue);
void tn_layouts_free (TnLayouts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnLayouts, tn_layouts_free)

/* Without its places: those are in tn_layouts_get(). */
const TnCanvasRecord *tn_layouts_get_record (TnLayouts *self);

gsize tn_layouts_get_n (TnLayouts *self);
const TnTileRecord *tn_layouts_get_tile (TnLayouts *self, gsize i);

/* On the monitor in view: one placement per tile, in the order of tn_layouts_get_tile(); valid. (transfer none) */
const TnPlacement *tn_layouts_get (TnLayouts *self, TnWidthClass class);

/* Whether the first @n of both are the same places. */
gboolean tn_layouts_same (const TnPlacement *a, const TnPlacement *b, gsize n);

/* A placement of the app's least size, aspect and standard size for @class, nowhere yet; @app may be %NULL. */
TnPlacement tn_layouts_size_app (TnApp *app, TnWidthClass class);

/**
 * tn_layouts_put:
 * @places: (array length=n): a layout that a gesture led to; may have more tiles than there are
 *
 * Puts into @operation each place of @class on the monitor in view that must be kept: those that changed, and in a
 * derived layout all.
 */
void tn_layouts_put (TnLayouts *self, TnOperation *operation, TnWidthClass class, const TnPlacement *places, gsize n);

/**
 * tn_layouts_put_new:
 * @tile: the new tile; its place is set here
 * @places: (array length=n) (nullable): the layout of @class with the new tile in it where the person chose one
 *
 * Puts a new tile into @operation: at the chosen place, or in the first free one of each layout.
 */
void tn_layouts_put_new (TnLayouts *self, TnOperation *operation, TnWidthClass class, TnTileRecord *tile, TnApp *app,
                         const TnPlacement *places, gsize n);

G_END_DECLS
