/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-grid.h"

#include <string.h>

#include "tn-grid-push.h"
#include "tn-grid-size.h"

static gboolean
is_bounded (int columns, const TnPlacement *tile, int y_end)
{
  return tile->x >= 0 && tile->y >= 0 && tile->w >= 1 && tile->w <= columns && tile->x <= columns - tile->w
         && tile->h >= 1 && tile->h <= TN_GRID_MAX_HEIGHT && tile->y <= y_end - tile->h;
}

gboolean
tn_grid_is_valid (int columns, const TnPlacement *layout, gsize n)
{
  g_auto (TnGridOccupancy) taken = { 0 };
  gint64 y_end = TN_GRID_MAX_ROWS;

  if (columns < 1 || columns > TN_GRID_MAX_COLUMNS)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    y_end += CLAMP (layout[i].h, 0, TN_GRID_MAX_HEIGHT);
  y_end = MIN (y_end, G_MAXINT);
  for (gsize i = 0; i < n; i++)
    if (!is_bounded (columns, &layout[i], y_end))
      return FALSE;

  tn_grid_occupancy_init (&taken, columns, tn_grid_rows (layout, n));
  for (gsize i = 0; i < n; i++)
    {
      if (!tn_grid_occupancy_is_free (&taken, &layout[i]))
        return FALSE;
      tn_grid_occupancy_add (&taken, &layout[i]);
    }
  return TRUE;
}

int
tn_grid_rows (const TnPlacement *layout, gsize n)
{
  int rows = 0;

  for (gsize i = 0; i < n; i++)
    rows = MAX (rows, layout[i].y + layout[i].h);
  return rows;
}

static gssize
find_tile (const TnPlacement *layout, gsize n, const char *id)
{
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (layout[i].id, id) == 0)
      return i;
  return -1;
}

gboolean
tn_grid_solve (int columns, const TnPlacement *snapshot, gsize n, const TnGridGesture *gesture, TnGridPolicy policy,
               TnPlacement *result)
{
  g_auto (TnGridOccupancy) obstacles = { 0 };
  gssize hand = find_tile (snapshot, n, gesture->id);
  TnPlacement *tile = &result[hand];

  if (n > 0)
    memcpy (result, snapshot, n * sizeof *snapshot);
  g_return_val_if_fail (tn_grid_is_valid (columns, snapshot, n), FALSE);
  if (hand < 0 || snapshot[hand].locked)
    return FALSE;

  tn_grid_occupancy_init (&obstacles, columns, tn_grid_rows (snapshot, n));
  for (gsize i = 0; i < n; i++)
    if (i != (gsize) hand && (policy == TN_GRID_FREE || snapshot[i].locked))
      tn_grid_occupancy_add (&obstacles, &snapshot[i]);
  if (gesture->edges != TN_GRID_EDGE_NONE)
    tn_grid_size_pull (&obstacles, gesture, tile);
  else
    {
      tile->x = CLAMP (tile->x + CLAMP (gesture->dx, -columns, columns), 0, columns - tile->w);
      tile->y = CLAMP ((gint64) tile->y + gesture->dy, 0, TN_GRID_MAX_ROWS);
      tn_grid_occupancy_nearest (&obstacles, tile);
    }
  if (policy == TN_GRID_PUSH)
    tn_grid_push (columns, result, n, hand);
  return TRUE;
}
