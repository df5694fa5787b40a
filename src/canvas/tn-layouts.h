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

/**
 * tn_layouts_new:
 * @record: the canvas as loaded for %TN_LAYOUT_WIDE
 * @monitor: (nullable): the monitor in view; %NULL for the home one
 * @catalogue: (nullable): says the least size and aspect of each app
 */
TnLayouts *tn_layouts_new (const TnCanvasRecord *record, const char *monitor, TnCatalogue *catalogue);
void tn_layouts_free (TnLayouts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnLayouts, tn_layouts_free)

/* Without its places: those are in tn_layouts_get(). */
const TnCanvasRecord *tn_layouts_get_record (TnLayouts *self);

const char *tn_layouts_get_monitor (TnLayouts *self); /* (nullable): the one in view, as given */

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
 * @tiles: (element-type TnTileRecord): the new tiles; their wide places are set here
 * @sizes: (array): for each tile, and in that for each #TnWidthClass, how big it is to be and its limits
 *
 * Puts new tiles into @operation, each in the first free place of each layout on every monitor. A layout that is derived
 * stays so.
 */
void tn_layouts_put_new (TnLayouts *self, TnOperation *operation, GPtrArray *tiles, const TnPlacement *sizes);

/**
 * tn_layouts_put_new_at:
 * @sizes: (array fixed-size=3): see tn_layouts_put_new()
 * @places: (array length=n): the layout of @class on the monitor in view, with the new tile in it as the last one where
 *   the person chose to put it
 */
void tn_layouts_put_new_at (TnLayouts *self, TnOperation *operation, TnWidthClass class, TnTileRecord *tile,
                            const TnPlacement *sizes, const TnPlacement *places, gsize n);

G_END_DECLS
