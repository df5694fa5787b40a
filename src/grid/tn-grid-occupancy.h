/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-grid.h"

G_BEGIN_DECLS

/* No layout has a row below this one, so that a row and a column go into 32 bits. */
#define TN_GRID_DEEPEST_ROW (1 << 26)

/**
 * TnGridOccupancy:
 *
 * Which cells are taken: one word per row, bit x for column x, so that a tile is tested, added or removed in O(h). It
 * grows downwards as tiles are added; what lies below its last row is free.
 */
typedef struct
{
  int columns;
  int n_rows;
  guint64 *rows; /* owned */
} TnGridOccupancy;

/* @n_rows is how many are expected. */
void tn_grid_occupancy_init (TnGridOccupancy *self, int columns, int n_rows);
void tn_grid_occupancy_clear (TnGridOccupancy *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TnGridOccupancy, tn_grid_occupancy_clear)

/* @tile lies within the columns; what is removed was added. */
void tn_grid_occupancy_add (TnGridOccupancy *self, const TnPlacement *tile);
void tn_grid_occupancy_remove (TnGridOccupancy *self, const TnPlacement *tile);
/* Adds @tile unless something is taken where it lies. Returns: whether it did */
gboolean tn_grid_occupancy_claim (TnGridOccupancy *self, const TnPlacement *tile);

gboolean tn_grid_occupancy_is_free (const TnGridOccupancy *self, const TnPlacement *tile);

/* The columns taken in any of the @h rows from @y on. */
guint64 tn_grid_occupancy_taken (const TnGridOccupancy *self, int y, int h);

/* The columns at which something @w wide may begin where @taken are not to be had. */
guint64 tn_grid_starts (int columns, int w, guint64 taken);

/* The columns at which a tile of the size of @tile may begin with its top in row @y. */
guint64 tn_grid_occupancy_starts (const TnGridOccupancy *self, const TnPlacement *tile, int y);

/**
 * tn_grid_nearer:
 * @starts: the columns to choose from in row @y
 * @wanted: where it would be best
 * @best: (inout): the nearest place so far
 * @distance: (inout): how far @best is from @wanted
 *
 * Takes the place in row @y that is nearest by |dx| + |dy| if it is nearer than @best; of equals the upper, then the
 * left one.
 */
void tn_grid_nearer (guint64 starts, const TnPlacement *wanted, int y, TnPlacement *best, int *distance);

G_END_DECLS
