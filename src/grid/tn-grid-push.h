/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-grid-occupancy.h"

G_BEGIN_DECLS

/**
 * tn_grid_push:
 * @layout: (array length=n) (inout): valid but for the tile in hand, which may lie on others that are not locked
 * @hand: index of the tile in hand
 *
 * Moves the tiles that are in the way of the one in hand, as tn_grid_solve() promises.
 */
void tn_grid_push (int columns, TnPlacement *layout, gsize n, gsize hand);

G_END_DECLS
