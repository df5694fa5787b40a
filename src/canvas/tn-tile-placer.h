/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-tile.h"

G_BEGIN_DECLS

/**
 * TnTilePlacer:
 *
 * Place and size of a tile as four numbers, for those who don't drag. Emits the tile's "place" when confirmed.
 */
#define TN_TYPE_TILE_PLACER (tn_tile_placer_get_type ())
G_DECLARE_FINAL_TYPE (TnTilePlacer, tn_tile_placer, TN, TILE_PLACER, GtkPopover)

GtkPopover *tn_tile_placer_new (TnTile *tile);

G_END_DECLS
