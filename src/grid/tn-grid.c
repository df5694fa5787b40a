/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-grid.h"

#include <string.h>

#include "tn-grid-occupancy.h"
#include "tn-grid-push.h"
#include "tn-grid-size.h"

static const char *const policies[TN_GRID_N_POLICIES] = {
  [TN_GRID_PUSH] = "push",
  [TN_GRID_SWAP] = "swap",
  [TN_GRID_COMPACT] = "compact",
  [TN_GRID_FREE] = "free",
};

const char *
tn_grid_policy_to_name (TnGridPolicy policy)
{
  g_return_val_if_fail ((guint) policy < TN_GRID_N_POLICIES, NULL);

  return policies[policy];
}

gboolean
tn_grid_policy_from_name (const char *name, TnGridPolicy *policy)
{
  for (guint i = 0; i < TN_GRID_N_POLICIES; i++)
    if (g_strcmp0 (policies[i], name) == 0)
      {
        *policy = i;
        return TRUE;
      }
  return FALSE;
}

static gssize
find_tile (const TnPlacement *layout, gsize n, const char *id)
{
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (layout[i].id, id) == 0)
      return i;
  return -1;
}

static gboolean
pulls_both (TnGridEdges edges, TnGridEdges opposite)
{
  return (edges & opposite) == opposite;
}

static gboolean
can_honour (const TnPlacement *snapshot, gssize hand, TnGridEdges edges)
{
  return hand >= 0 && !snapshot[hand].locked && !pulls_both (edges, TN_GRID_EDGE_LEFT | TN_GRID_EDGE_RIGHT)
         && !pulls_both (edges, TN_GRID_EDGE_TOP | TN_GRID_EDGE_BOTTOM);
}

static void
move (const TnGridOccupancy *obstacles, const TnGridGesture *gesture, TnPlacement *tile)
{
  tile->x = CLAMP ((gint64) tile->x + gesture->dx, 0, obstacles->columns - tile->w);
  /* What was pushed below the last row by others may stay there, but no hand goes deeper. */
  tile->y = CLAMP ((gint64) tile->y + gesture->dy, 0, MAX (tile->y, TN_GRID_MAX_ROWS));
  tn_grid_occupancy_nearest (obstacles, tile);
}

gboolean
tn_grid_solve (int columns, const TnPlacement *snapshot, gsize n, const TnGridGesture *gesture, TnGridPolicy policy,
               TnPlacement *result)
{
  g_auto (TnGridOccupancy) obstacles = { 0 };
  gssize hand = find_tile (snapshot, n, gesture->id);

  if (n > 0)
    memcpy (result, snapshot, n * sizeof *snapshot);
  g_return_val_if_fail (tn_grid_is_valid (columns, snapshot, n), FALSE);
  if (!can_honour (snapshot, hand, gesture->edges))
    return FALSE;

  tn_grid_occupancy_init (&obstacles, columns, tn_grid_rows (snapshot, n));
  for (gsize i = 0; i < n; i++)
    if (i != (gsize) hand && (policy == TN_GRID_FREE || snapshot[i].locked))
      tn_grid_occupancy_add (&obstacles, &snapshot[i]);

  if (gesture->edges == TN_GRID_EDGE_NONE)
    move (&obstacles, gesture, &result[hand]);
  else
    tn_grid_size_pull (&obstacles, gesture, &result[hand]);
  if (policy == TN_GRID_PUSH)
    tn_grid_push (columns, result, n, hand);
  return TRUE;
}

static gboolean
is_within (int columns, int n_rows, const TnPlacement *tile)
{
  return tile->w >= 1 && tile->w <= columns && tile->h >= 1 && tile->h <= TN_GRID_MAX_HEIGHT && tile->x >= 0
         && tile->x <= columns - tile->w && tile->y >= 0 && tile->y <= n_rows - tile->h;
}

gboolean
tn_grid_is_valid (int columns, const TnPlacement *layout, gsize n)
{
  g_auto (TnGridOccupancy) taken = { 0 };
  /* What was pushed may lie below the last row that a hand can reach, but not deeper than all the others are high. */
  int n_rows = MIN (TN_GRID_MAX_ROWS + (guint64) n * TN_GRID_MAX_HEIGHT, TN_GRID_DEEPEST_ROW);

  if (columns < 1 || columns > TN_GRID_MAX_COLUMNS)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!is_within (columns, n_rows, &layout[i]))
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
