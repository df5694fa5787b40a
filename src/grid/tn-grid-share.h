/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-grid-hand.h"

G_BEGIN_DECLS

/**
 * tn_grid_share:
 * @hand: a single tile
 * @gesture: pulls edges, no opposite ones
 *
 * Pulls the edges of the tile, and the edges that face them with them.
 *
 * Returns: %FALSE where the tile keeps an aspect, so that its edges can't be pulled one by one; nothing has moved then
 */
gboolean tn_grid_share (TnGridHand *hand, const TnGridGesture *gesture);

G_END_DECLS
