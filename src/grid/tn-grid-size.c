/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-grid-size.h"

#include <math.h>

static int
within (int size, int min, int max, int room)
{
  int most = max > 0 ? MIN (room, MAX (max, min)) : room;

  return CLAMP (size, CLAMP (min, 1, most), most);
}

static int
scaled (int size, double ratio)
{
  return (int) CLAMP (size * ratio + 0.5, 1.0, (double) TN_GRID_MAX_ROWS);
}

gboolean
tn_grid_size_has_aspect (const TnPlacement *tile)
{
  return isfinite (tile->aspect) && tile->aspect > 0;
}

/* In whole cells an aspect can only be kept nearly: as well as one side allows for the other. */
static gboolean
keeps_aspect (const TnPlacement *tile)
{
  return tile->h == scaled (tile->w, 1 / tile->aspect) || tile->w == scaled (tile->h, tile->aspect);
}

void
tn_grid_size_fit (TnPlacement *tile, int room_w, int room_h, gboolean height_leads)
{
  int wanted;

  tile->w = within (tile->w, tile->min_w, tile->max_w, room_w);
  tile->h = within (tile->h, tile->min_h, tile->max_h, room_h);
  if (!tn_grid_size_has_aspect (tile) || keeps_aspect (tile))
    return;

  if (height_leads)
    {
      wanted = scaled (tile->h, tile->aspect);
      tile->w = within (wanted, tile->min_w, tile->max_w, room_w);
      if (tile->w != wanted)
        tile->h = within (scaled (tile->w, 1 / tile->aspect), tile->min_h, tile->max_h, room_h);
    }
  else
    {
      wanted = scaled (tile->w, 1 / tile->aspect);
      tile->h = within (wanted, tile->min_h, tile->max_h, room_h);
      if (tile->h != wanted)
        tile->w = within (scaled (tile->h, tile->aspect), tile->min_w, tile->max_w, room_w);
    }
}

TnPlacement
tn_grid_size_grown (const TnPlacement *from, TnGridEdges edges, int columns, int by_w, int by_h)
{
  TnPlacement to = *from;
  int right = from->x + from->w, bottom = from->y + from->h;
  gboolean left = edges & TN_GRID_EDGE_LEFT, top = edges & TN_GRID_EDGE_TOP;

  to.w += by_w;
  to.h += by_h;
  tn_grid_size_fit (&to, left ? right : columns - from->x, top ? MIN (bottom, TN_GRID_MAX_HEIGHT) : TN_GRID_MAX_HEIGHT,
                    ABS (by_h) > ABS (by_w));
  if (left)
    to.x = right - to.w;
  if (top)
    to.y = bottom - to.h;
  return to;
}

static int
less (int by, int back)
{
  return by > 0 ? by - back : by + back;
}

void
tn_grid_size_wanted (const TnGridGesture *gesture, int *by_w, int *by_h)
{
  int dx = CLAMP (gesture->dx, -TN_GRID_MAX_COLUMNS, TN_GRID_MAX_COLUMNS);
  int dy = CLAMP (gesture->dy, -TN_GRID_MAX_HEIGHT, TN_GRID_MAX_HEIGHT);

  *by_w = gesture->edges & TN_GRID_EDGE_RIGHT ? dx : gesture->edges & TN_GRID_EDGE_LEFT ? -dx : 0;
  *by_h = gesture->edges & TN_GRID_EDGE_BOTTOM ? dy : gesture->edges & TN_GRID_EDGE_TOP ? -dy : 0;
}

void
tn_grid_size_pull (const TnGridOccupancy *obstacles, const TnGridGesture *gesture, TnPlacement *tile)
{
  const TnPlacement from = *tile;
  int by_w, by_h, columns = obstacles->columns;

  tn_grid_size_wanted (gesture, &by_w, &by_h);
  if (by_w == 0 && by_h == 0)
    return;
  if (tn_grid_size_has_aspect (&from) && ABS (by_h) > ABS (by_w))
    by_w = 0;
  else if (tn_grid_size_has_aspect (&from))
    by_h = 0;

  *tile = tn_grid_size_grown (&from, gesture->edges, columns, by_w, by_h);
  /* What the bounds took away need not be given back once more. */
  by_w = by_w != 0 ? tile->w - from.w : 0;
  by_h = by_h != 0 ? tile->h - from.h : 0;
  for (int back = 0; back < ABS (by_w) + ABS (by_h); back++)
    for (int back_w = MAX (0, back - ABS (by_h)); back_w <= MIN (back, ABS (by_w)); back_w++)
      {
        *tile = tn_grid_size_grown (&from, gesture->edges, columns, less (by_w, back_w), less (by_h, back - back_w));
        if (tn_grid_occupancy_is_free (obstacles, tile))
          return;
      }
  *tile = from;
}
