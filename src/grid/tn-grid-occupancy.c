/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-grid-occupancy.h"

#include <string.h>

static guint64
columns_mask (int x, int w)
{
  return G_MAXUINT64 >> (TN_GRID_MAX_COLUMNS - w) << x;
}

static void
ensure_rows (TnGridOccupancy *self, int n_rows)
{
  int more = MAX (n_rows, self->n_rows * 2);

  if (n_rows <= self->n_rows)
    return;
  self->rows = g_renew (guint64, self->rows, more);
  memset (self->rows + self->n_rows, 0, (more - self->n_rows) * sizeof *self->rows);
  self->n_rows = more;
}

/**
 * tn_grid_occupancy_init:
 * @n_rows: how many rows are expected; more are made as tiles need them
 */
void
tn_grid_occupancy_init (TnGridOccupancy *self, int columns, int n_rows)
{
  self->columns = columns;
  self->n_rows = n_rows;
  self->rows = g_new0 (guint64, n_rows);
}

void
tn_grid_occupancy_clear (TnGridOccupancy *self)
{
  g_clear_pointer (&self->rows, g_free);
}

/**
 * tn_grid_occupancy_add:
 * @tile: lies within the columns, on free cells
 */
void
tn_grid_occupancy_add (TnGridOccupancy *self, const TnPlacement *tile)
{
  guint64 mask = columns_mask (tile->x, tile->w);

  ensure_rows (self, tile->y + tile->h);
  for (int y = tile->y; y < tile->y + tile->h; y++)
    self->rows[y] |= mask;
}

/**
 * tn_grid_occupancy_remove:
 * @tile: as it was added
 */
void
tn_grid_occupancy_remove (TnGridOccupancy *self, const TnPlacement *tile)
{
  guint64 mask = columns_mask (tile->x, tile->w);

  for (int y = tile->y; y < tile->y + tile->h; y++)
    self->rows[y] &= ~mask;
}

gboolean
tn_grid_occupancy_is_free (const TnGridOccupancy *self, const TnPlacement *tile)
{
  guint64 mask = columns_mask (tile->x, tile->w);
  int end = MIN (tile->y + tile->h, self->n_rows);

  for (int y = tile->y; y < end; y++)
    if ((self->rows[y] & mask) != 0)
      return FALSE;
  return TRUE;
}

/**
 * tn_grid_occupancy_taken:
 *
 * Returns: the columns that are taken in any of the @h rows from @y on
 */
guint64
tn_grid_occupancy_taken (const TnGridOccupancy *self, int y, int h)
{
  int end = MIN (y + h, self->n_rows);
  guint64 taken = 0;

  for (; y < end; y++)
    taken |= self->rows[y];
  return taken;
}

/**
 * tn_grid_starts:
 * @taken: columns that are not to be had
 *
 * Returns: the columns at which something @w columns wide may begin
 */
guint64
tn_grid_starts (int columns, int w, guint64 taken)
{
  /* A start is barred by any taken column of the @w from it on; each round doubles how many have been gathered. */
  for (int gathered = 1; gathered < w; gathered *= 2)
    taken |= taken >> MIN (gathered, w - gathered);
  return ~taken & columns_mask (0, columns - w + 1);
}

/**
 * tn_grid_occupancy_starts:
 *
 * Returns: the columns at which a tile of @w x @h fits with its top in row @y
 */
guint64
tn_grid_occupancy_starts (const TnGridOccupancy *self, int y, int w, int h)
{
  return tn_grid_starts (self->columns, w, tn_grid_occupancy_taken (self, y, h));
}

/**
 * tn_grid_nearest_start:
 * @starts: not empty
 *
 * Returns: the one of @starts that is nearest to @x, the left one of two
 */
int
tn_grid_nearest_start (guint64 starts, int x)
{
  guint64 left = starts & columns_mask (0, x + 1);
  guint64 right = starts ^ left;
  int before = left != 0 ? TN_GRID_MAX_COLUMNS - 1 - __builtin_clzll (left) : -TN_GRID_MAX_COLUMNS;
  int after = right != 0 ? __builtin_ctzll (right) : 2 * TN_GRID_MAX_COLUMNS;

  return after - x < x - before ? after : before;
}

/**
 * tn_grid_occupancy_nearest:
 * @tile: (inout): gets the free place nearest to where it is by |dx| + |dy|; of equals the upper, then the left one
 */
void
tn_grid_occupancy_nearest (const TnGridOccupancy *self, TnPlacement *tile)
{
  int x = tile->x, y = tile->y, best = G_MAXINT;

  for (int away = 0; away <= best; away++)
    for (int row = y - away; row <= y + away; row += MAX (1, 2 * away))
      {
        guint64 starts = row >= 0 ? tn_grid_occupancy_starts (self, row, tile->w, tile->h) : 0;
        int start = starts != 0 ? tn_grid_nearest_start (starts, x) : 0;
        int distance = away + ABS (start - x);

        if (starts == 0 || distance > best || (distance == best && row > tile->y))
          continue;
        best = distance;
        tile->x = start;
        tile->y = row;
      }
}
