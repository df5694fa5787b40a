/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-grid-occupancy.h"

G_BEGIN_DECLS

/**
 * tn_grid_push:
 * @layout: (array length=n) (inout): valid but for the tiles in hand, which may lie on others, not on locked ones nor
 * on one another
 * @held: (array length=n): whether a tile is in hand
 *
 * Moves the tiles that are in the way of those in hand, as tn_grid_solve() promises.
 */
void tn_grid_push (int columns, TnPlacement *layout, gsize n, const gboolean *held);

G_END_DECLS
