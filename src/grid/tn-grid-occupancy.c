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
  int more = MAX (n_rows, self->n_rows + self->n_rows / 2);

  if (n_rows <= self->n_rows)
    return;
  self->rows = g_renew (guint64, self->rows, more);
  memset (self->rows + self->n_rows, 0, (more - self->n_rows) * sizeof *self->rows);
  self->n_rows = more;
}

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

void
tn_grid_occupancy_add (TnGridOccupancy *self, const TnPlacement *tile)
{
  guint64 mask = columns_mask (tile->x, tile->w);

  ensure_rows (self, tile->y + tile->h);
  for (int y = tile->y; y < tile->y + tile->h; y++)
    self->rows[y] |= mask;
}

void
tn_grid_occupancy_remove (TnGridOccupancy *self, const TnPlacement *tile)
{
  guint64 mask = columns_mask (tile->x, tile->w);

  for (int y = tile->y; y < tile->y + tile->h; y++)
    self->rows[y] &= ~mask;
}

gboolean
tn_grid_occupancy_claim (TnGridOccupancy *self, const TnPlacement *tile)
{
  if (!tn_grid_occupancy_is_free (self, tile))
    return FALSE;
  tn_grid_occupancy_add (self, tile);
  return TRUE;
}

gboolean
tn_grid_occupancy_is_free (const TnGridOccupancy *self, const TnPlacement *tile)
{
  return (tn_grid_occupancy_taken (self, tile->y, tile->h) & columns_mask (tile->x, tile->w)) == 0;
}

guint64
tn_grid_occupancy_taken (const TnGridOccupancy *self, int y, int h)
{
  int end = MIN (y + h, self->n_rows);
  guint64 taken = 0;

  for (; y < end; y++)
    taken |= self->rows[y];
  return taken;
}

guint64
tn_grid_starts (int columns, int w, guint64 taken)
{
  /* A start is barred by any taken column of the w from it on; each round doubles how many have been gathered. */
  for (int gathered = 1; gathered < w; gathered *= 2)
    taken |= taken >> MIN (gathered, w - gathered);
  return ~taken & columns_mask (0, columns - w + 1);
}

guint64
tn_grid_occupancy_starts (const TnGridOccupancy *self, const TnPlacement *tile, int y)
{
  return tn_grid_starts (self->columns, tile->w, tn_grid_occupancy_taken (self, y, tile->h));
}

static int
nearest_start (guint64 starts, int x)
{
  guint64 left = starts & columns_mask (0, x + 1);
  guint64 right = starts ^ left;
  int before = left != 0 ? TN_GRID_MAX_COLUMNS - 1 - __builtin_clzll (left) : -TN_GRID_MAX_COLUMNS;
  int after = right != 0 ? __builtin_ctzll (right) : 2 * TN_GRID_MAX_COLUMNS;

  return after - x < x - before ? after : before;
}

void
tn_grid_nearer (guint64 starts, const TnPlacement *wanted, int y, TnPlacement *best, int *distance)
{
  int x = starts != 0 ? nearest_start (starts, wanted->x) : 0;
  int away = ABS (x - wanted->x) + ABS (y - wanted->y);

  if (starts == 0 || away > *distance || (away == *distance && y > best->y))
    return;
  *distance = away;
  best->x = x;
  best->y = y;
}
