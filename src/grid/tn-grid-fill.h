/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-grid-occupancy.h"

G_BEGIN_DECLS

/* Rows next to one another in which no tile of some size finds a place any more. */
typedef struct
{
  int from, to;
} TnGridFullRows;

/**
 * TnGridFill:
 *
 * Puts one tile after another in the free place nearest to it. Nothing is taken away in between, so that the rows that
 * were found full for a size stay full: thousands of tiles at one place do not each search the same rows.
 */
typedef struct
{
  TnGridOccupancy *taken; /* borrowed */
  TnGridFullRows *full;   /* owned, by size */
} TnGridFill;

/* @tallest: no tile is higher */
void tn_grid_fill_init (TnGridFill *self, TnGridOccupancy *taken, int tallest);
void tn_grid_fill_clear (TnGridFill *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TnGridFill, tn_grid_fill_clear)

/**
 * tn_grid_fill_settle:
 * @tile: (inout): moved to the nearest free place, which is taken then; of equals the upper, then the left one
 * @up: whether it may go up
 *
 * Returns: how far that is, as |dx| + |dy|
 */
int tn_grid_fill_settle (TnGridFill *self, TnPlacement *tile, gboolean up);

G_END_DECLS
