/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-grid.h"

G_BEGIN_DECLS

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

void tn_grid_occupancy_init (TnGridOccupancy *self, int columns, int n_rows);
void tn_grid_occupancy_clear (TnGridOccupancy *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TnGridOccupancy, tn_grid_occupancy_clear)

void tn_grid_occupancy_add (TnGridOccupancy *self, const TnPlacement *tile);
void tn_grid_occupancy_remove (TnGridOccupancy *self, const TnPlacement *tile);
gboolean tn_grid_occupancy_is_free (const TnGridOccupancy *self, const TnPlacement *tile);

guint64 tn_grid_occupancy_taken (const TnGridOccupancy *self, int y, int h);
guint64 tn_grid_starts (int columns, int w, guint64 taken);
guint64 tn_grid_occupancy_starts (const TnGridOccupancy *self, int y, int w, int h);
int tn_grid_nearest_start (guint64 starts, int x);
void tn_grid_occupancy_nearest (const TnGridOccupancy *self, TnPlacement *tile);

G_END_DECLS
