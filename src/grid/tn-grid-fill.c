/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-grid-fill.h"

void
tn_grid_fill_init (TnGridFill *self, TnGridOccupancy *taken, int tallest)
{
  self->taken = taken;
  self->full = g_new0 (TnGridFullRows, (tallest + 1) * (taken->columns + 1));
}

void
tn_grid_fill_clear (TnGridFill *self)
{
  g_clear_pointer (&self->full, g_free);
}

int
tn_grid_fill_settle (TnGridFill *self, TnPlacement *tile, gboolean up)
{
  TnGridFullRows *full = &self->full[tile->h * (self->taken->columns + 1) + tile->w];
  const TnPlacement wanted = *tile;
  int distance = G_MAXINT, above, below;

  if (wanted.y < full->from || wanted.y > full->to)
    full->from = full->to = wanted.y;
  above = up ? full->from - 1 : -1;
  below = full->to;
  while ((above >= 0 && wanted.y - above <= distance) || below - wanted.y <= distance)
    {
      int y = above >= 0 && wanted.y - above <= below - wanted.y ? above-- : below++;
      guint64 starts = tn_grid_occupancy_starts (self->taken, &wanted, y);

      if (starts == 0 && y == full->from - 1)
        full->from = y;
      else if (starts == 0 && y == full->to)
        full->to = y + 1;
      tn_grid_nearer (starts, &wanted, y, tile, &distance);
    }
  tn_grid_occupancy_add (self->taken, tile);
  return distance;
}
