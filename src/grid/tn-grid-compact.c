/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-grid.h"

#include "tn-grid-order.h"

/*
 * What lies above a tile in its columns comes before it in reading order, so that the lowest edge so far in each column
 * is all that there is to know.
 */
gsize
tn_grid_compact (int columns, TnPlacement *layout, gsize n)
{
  g_autoptr (GPtrArray) order = NULL;
  int bottoms[TN_GRID_MAX_COLUMNS] = { 0 };
  gsize moved = 0;

  g_return_val_if_fail (tn_grid_is_valid (columns, layout, n), 0);

  order = tn_grid_sorted (layout, n, tn_grid_compare_reading_order);
  for (guint i = 0; i < order->len; i++)
    {
      TnPlacement *tile = order->pdata[i];
      int y = tile->locked ? tile->y : 0;

      for (int x = tile->x; x < tile->x + tile->w; x++)
        y = MAX (y, bottoms[x]);
      for (int x = tile->x; x < tile->x + tile->w; x++)
        bottoms[x] = y + tile->h;
      moved += y != tile->y;
      tile->y = y;
    }
  return moved;
}
