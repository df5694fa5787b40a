/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-grid-occupancy.h"

G_BEGIN_DECLS

/**
 * TnGridHand:
 *
 * The tiles that are put somewhere, and the layout that makes way for them.
 */
typedef struct
{
  int columns;
  gsize n;
  TnPlacement *layout; /* borrowed (array length=n) */
  GPtrArray *tiles;    /* owned: pointers into the layout, first come first served */
  gboolean *held;      /* owned (array length=n): what is not to be pushed, by index */
} TnGridHand;

void tn_grid_hand_init (TnGridHand *self, int columns, TnPlacement *layout, gsize n);
void tn_grid_hand_clear (TnGridHand *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TnGridHand, tn_grid_hand_clear)

/* Takes @tile of the layout into the hand as well; once is enough. */
void tn_grid_hand_hold (TnGridHand *self, TnPlacement *tile);

/**
 * tn_grid_hand_bar:
 * @all: whether none gives way; else only the locked ones don't
 * @obstacles: (out caller-allocates): the tiles that the hand can't go to
 */
void tn_grid_hand_bar (const TnGridHand *self, gboolean all, TnGridOccupancy *obstacles);

/* Moves all by the same way, the nearest to the one of @gesture on which @all, or the locked ones, bar none. */
void tn_grid_hand_move (TnGridHand *self, const TnGridGesture *gesture, gboolean all);

/* Pulls the edges of each by as much; what then lies on another of the hand goes beside it. */
void tn_grid_hand_pull (TnGridHand *self, const TnGridGesture *gesture, gboolean all);

/* Where the first tile of the hand is dragged to, within the columns and the rows. */
TnPlacement tn_grid_hand_wanted (const TnGridHand *self, const TnGridGesture *gesture);

/* Pushes away what lies under the hand. */
void tn_grid_hand_push (TnGridHand *self);

G_END_DECLS
