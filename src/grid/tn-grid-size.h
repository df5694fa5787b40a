/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-grid-occupancy.h"

G_BEGIN_DECLS

/**
 * tn_grid_size_fit:
 * @tile: (inout): w and h may be any numbers; they are brought within the tile's bounds and made to keep its aspect
 * @room_w: columns that there are
 * @room_h: rows that there are
 * @height_leads: whether the width follows the height to keep the aspect, or the other way round
 *
 * Where not all can be had, the room goes before the least size, that before the greatest, and all before the aspect.
 */
void tn_grid_size_fit (TnPlacement *tile, int room_w, int room_h, gboolean height_leads);

gboolean tn_grid_size_has_aspect (const TnPlacement *tile);

/**
 * tn_grid_size_grown:
 * @edges: which sides move; the others stay
 * @by_w: columns to add; may be negative, like @by_h
 *
 * Returns: @from with that size, or the nearest that its bounds and @columns leave
 */
TnPlacement tn_grid_size_grown (const TnPlacement *from, TnGridEdges edges, int columns, int by_w, int by_h);

/**
 * tn_grid_size_wanted:
 * @by_w: (out): by how many columns the pulled edges are to make it wider
 * @by_h: (out): by how many rows they are to make it higher
 */
void tn_grid_size_wanted (const TnGridGesture *gesture, int *by_w, int *by_h);

/**
 * tn_grid_size_pull:
 * @obstacles: what the tile may not grow into; its own place is free in it
 * @gesture: pulls no opposite edges
 * @tile: (inout): gets the size to which its edges are pulled, or the nearest that bounds and @obstacles leave
 */
void tn_grid_size_pull (const TnGridOccupancy *obstacles, const TnGridGesture *gesture, TnPlacement *tile);

G_END_DECLS
