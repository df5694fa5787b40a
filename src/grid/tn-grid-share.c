/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-grid-share.h"

#include "tn-grid-size.h"

/*
 * A tile as seen along the way on which an edge is pulled outwards, so that there is one case instead of four: `near`
 * is the edge that faces the one that is pulled, `far` the one beyond; `from` and `to` are across.
 */
typedef struct
{
  int near, far;
  int from, to;
  int least, most; /* how long it may be */
} Stretch;

static Stretch
look (const TnPlacement *tile, TnGridEdges edge)
{
  gboolean across = edge == TN_GRID_EDGE_LEFT || edge == TN_GRID_EDGE_RIGHT;
  int start = across ? tile->x : tile->y, size = across ? tile->w : tile->h;
  int min = across ? tile->min_w : tile->min_h, max = across ? tile->max_w : tile->max_h;
  Stretch stretch = { .near = start, .far = start + size };

  if (edge == TN_GRID_EDGE_LEFT || edge == TN_GRID_EDGE_TOP)
    stretch = (Stretch){ .near = -start - size, .far = -start };
  stretch.from = across ? tile->y : tile->x;
  stretch.to = stretch.from + (across ? tile->h : tile->w);
  stretch.least = stretch.most = size;
  if (!tile->locked && !tn_grid_size_has_aspect (tile))
    {
      stretch.least = CLAMP (min, 1, size);
      stretch.most = MAX (size, max > 0 ? max : across ? TN_GRID_MAX_COLUMNS : TN_GRID_MAX_HEIGHT);
    }
  return stretch;
}

/* The tile from near to far, both as seen along the way of @edge. */
static void
lay (TnPlacement *tile, TnGridEdges edge, int near, int far)
{
  gboolean back = edge == TN_GRID_EDGE_LEFT || edge == TN_GRID_EDGE_TOP;

  if (edge == TN_GRID_EDGE_LEFT || edge == TN_GRID_EDGE_RIGHT)
    {
      tile->x = back ? -far : near;
      tile->w = far - near;
    }
  else
    {
      tile->y = back ? -far : near;
      tile->h = far - near;
    }
}

static gboolean
is_beside (const Stretch *a, const Stretch *b)
{
  return a->from < b->to && b->from < a->to;
}

/* How far the edge can go to @end while what lies there can still give. */
static int
limit (const TnGridHand *hand, const Stretch *held, TnGridEdges edge, int end)
{
  for (gsize i = 0; i < hand->n; i++)
    {
      Stretch tile = look (&hand->layout[i], edge);

      if (!hand->held[i] && is_beside (&tile, held) && tile.near >= held->far)
        end = MIN (end, tile.far - tile.least);
    }
  return end;
}

static void
give (TnGridHand *hand, const Stretch *held, TnGridEdges edge, int end)
{
  for (gsize i = 0; i < hand->n; i++)
    {
      Stretch tile = look (&hand->layout[i], edge);

      if (!hand->held[i] && is_beside (&tile, held) && tile.near >= held->far && tile.near < end)
        lay (&hand->layout[i], edge, end, tile.far);
    }
}

/* How far the near edge of tile @i can go back to @end. */
static int
room_behind (const TnGridHand *hand, gsize i, TnGridEdges edge, int end)
{
  Stretch tile = look (&hand->layout[i], edge);

  end = MAX (end, tile.far - tile.most);
  for (gsize j = 0; j < hand->n; j++)
    {
      Stretch other = look (&hand->layout[j], edge);

      if (is_beside (&other, &tile) && other.far <= tile.near)
        end = MAX (end, other.far);
    }
  return end;
}

static void
follow (TnGridHand *hand, const Stretch *held, TnGridEdges edge, int end)
{
  for (gsize i = 0; i < hand->n; i++)
    {
      Stretch tile = look (&hand->layout[i], edge);

      if (is_beside (&tile, held) && tile.near == held->far && tile.most > tile.far - tile.near)
        lay (&hand->layout[i], edge, room_behind (hand, i, edge, end), tile.far);
    }
}

static void
pull (TnGridHand *hand, TnGridEdges edge, int by_w, int by_h)
{
  TnPlacement *tile = hand->tiles->pdata[0], grown = tn_grid_size_grown (tile, edge, hand->columns, by_w, by_h);
  Stretch held = look (tile, edge);
  int end = limit (hand, &held, edge, look (&grown, edge).far);

  lay (tile, edge, held.near, end);
  if (end > held.far)
    give (hand, &held, edge, end);
  else if (end < held.far)
    follow (hand, &held, edge, end);
}

gboolean
tn_grid_share (TnGridHand *hand, const TnGridGesture *gesture)
{
  TnGridEdges across = gesture->edges & (TN_GRID_EDGE_LEFT | TN_GRID_EDGE_RIGHT);
  TnGridEdges along = gesture->edges & (TN_GRID_EDGE_TOP | TN_GRID_EDGE_BOTTOM);
  int by_w, by_h;

  if (tn_grid_size_has_aspect (hand->tiles->pdata[0]))
    return FALSE;
  tn_grid_size_wanted (gesture, &by_w, &by_h);
  if (across != TN_GRID_EDGE_NONE)
    pull (hand, across, by_w, 0);
  if (along != TN_GRID_EDGE_NONE)
    pull (hand, along, 0, by_h);
  return TRUE;
}
