/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-tile.h"

G_BEGIN_DECLS

/**
 * TnTileNamer:
 *
 * Asks for a tile's own title. Emits the tile's "rename" when confirmed; empty is the app's own name again.
 */
#define TN_TYPE_TILE_NAMER (tn_tile_namer_get_type ())
G_DECLARE_FINAL_TYPE (TnTileNamer, tn_tile_namer, TN, TILE_NAMER, GtkPopover)

GtkPopover *tn_tile_namer_new (TnTile *tile);

G_END_DECLS
