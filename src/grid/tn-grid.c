/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-grid.h"

#include <string.h>

#include "tn-grid-hand.h"
#include "tn-grid-order.h"
#include "tn-grid-share.h"
#include "tn-grid-swap.h"

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

static TnPlacement *
find_tile (TnPlacement *layout, gsize n, const char *id)
{
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (layout[i].id, id) == 0)
      return &layout[i];
  return NULL;
}

static gboolean
pulls_both (TnGridEdges edges, TnGridEdges opposite)
{
  return (edges & opposite) == opposite;
}

static gboolean
can_honour (const TnPlacement *tile, TnGridEdges edges)
{
  return tile != NULL && !tile->locked && !pulls_both (edges, TN_GRID_EDGE_LEFT | TN_GRID_EDGE_RIGHT)
         && !pulls_both (edges, TN_GRID_EDGE_TOP | TN_GRID_EDGE_BOTTOM);
}

static void
take (TnGridHand *hand, TnPlacement *first, const TnGridGesture *gesture)
{
  g_autoptr (GPtrArray) others = NULL;

  tn_grid_hand_hold (hand, first);
  if (gesture->n_others == 0)
    return;
  others = tn_grid_pick (hand->layout, hand->n, gesture->others, gesture->n_others);
  for (guint i = 0; i < others->len; i++)
    if (!((const TnPlacement *) others->pdata[i])->locked)
      tn_grid_hand_hold (hand, others->pdata[i]);
}

/* Puts the hand where the gesture says; what it then lies on is still there. */
static void
put (TnGridHand *hand, const TnGridGesture *gesture, TnGridPolicy policy)
{
  gboolean alone = hand->tiles->len == 1;

  if (gesture->edges != TN_GRID_EDGE_NONE)
    {
      if (!gesture->share || !alone || !tn_grid_share (hand, gesture))
        tn_grid_hand_pull (hand, gesture, policy == TN_GRID_FREE);
    }
  else if (policy != TN_GRID_SWAP || !alone)
    tn_grid_hand_move (hand, gesture, policy == TN_GRID_FREE);
  else if (!tn_grid_swap (hand, gesture))
    tn_grid_hand_move (hand, gesture, TRUE);
}

static void
give_way (TnGridHand *hand, TnGridPolicy policy)
{
  if (policy != TN_GRID_FREE)
    tn_grid_hand_push (hand);
  if (policy == TN_GRID_COMPACT)
    tn_grid_compact (hand->columns, hand->layout, hand->n);
}

static gboolean
is_where_it_was (const TnGridHand *hand, const TnPlacement *snapshot)
{
  for (guint i = 0; i < hand->tiles->len; i++)
    {
      const TnPlacement *tile = hand->tiles->pdata[i], *was = &snapshot[tile - hand->layout];

      if (tile->x != was->x || tile->y != was->y || tile->w != was->w || tile->h != was->h)
        return FALSE;
    }
  return TRUE;
}

gboolean
tn_grid_solve (int columns, const TnPlacement *snapshot, gsize n, const TnGridGesture *gesture, TnGridPolicy policy,
               TnPlacement *result)
{
  g_auto (TnGridHand) hand = { 0 };
  TnPlacement *first = NULL;

  if (n > 0)
    memcpy (result, snapshot, n * sizeof *snapshot);
  g_return_val_if_fail (tn_grid_is_valid (columns, snapshot, n), FALSE);
  first = find_tile (result, n, gesture->id);
  if (!can_honour (first, gesture->edges))
    return FALSE;

  tn_grid_hand_init (&hand, columns, result, n);
  take (&hand, first, gesture);
  put (&hand, gesture, policy);
  if (!is_where_it_was (&hand, snapshot))
    give_way (&hand, policy);
  if (is_where_it_was (&hand, snapshot))
    memcpy (result, snapshot, n * sizeof *snapshot);
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
    if (!tn_grid_occupancy_claim (&taken, &layout[i]))
      return FALSE;
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
