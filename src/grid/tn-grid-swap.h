/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-grid-hand.h"

G_BEGIN_DECLS

/**
 * tn_grid_swap:
 * @hand: a single tile; the one that changes places with it is held as well, but not one of the hand's tiles
 *
 * Returns: %FALSE where there is none to change places with; nothing has moved then
 */
gboolean tn_grid_swap (TnGridHand *hand, const TnGridGesture *gesture);

G_END_DECLS
