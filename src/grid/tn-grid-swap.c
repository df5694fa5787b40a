/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-grid-swap.h"

#include "tn-grid-fill.h"
#include "tn-grid-order.h"

static int
cells (const TnPlacement *tile)
{
  return tile->w * tile->h;
}

static int
covered (const TnPlacement *a, const TnPlacement *b)
{
  int w = MIN (a->x + a->w, b->x + b->w) - MAX (a->x, b->x);
  int h = MIN (a->y + a->h, b->y + b->h) - MAX (a->y, b->y);

  return MAX (w, 0) * MAX (h, 0);
}

/* Of those of which @wanted covers at least half, or by which it is covered as much, the one that it covers most. */
static TnPlacement *
find_other (const TnGridHand *hand, const TnPlacement *wanted)
{
  TnPlacement *other = NULL;
  int most = 0;

  for (gsize i = 0; i < hand->n; i++)
    {
      TnPlacement *tile = &hand->layout[i];
      int common = covered (tile, wanted);

      if (common < most || common * 2 < MIN (cells (tile), cells (wanted)) || tile->locked || hand->held[i])
        continue;
      if (common > most || (other != NULL && tn_grid_compare_reading_order (&tile, &other) < 0))
        other = tile;
      most = common;
    }
  return other;
}

static void
put (TnGridFill *fill, TnPlacement *tile, const TnPlacement *place)
{
  tile->x = MIN (place->x, fill->taken->columns - tile->w);
  tile->y = place->y;
  tn_grid_fill_settle (fill, tile, TRUE);
}

gboolean
tn_grid_swap (TnGridHand *hand, const TnGridGesture *gesture)
{
  g_auto (TnGridOccupancy) taken = { 0 };
  g_auto (TnGridFill) fill = { 0 };
  TnPlacement *first = hand->tiles->pdata[0], home = *first, wanted = tn_grid_hand_wanted (hand, gesture);
  TnPlacement *other = find_other (hand, &wanted);

  if (other == NULL)
    return FALSE;
  tn_grid_hand_bar (hand, FALSE, &taken);
  tn_grid_fill_init (&fill, &taken, MAX (first->h, other->h));
  put (&fill, first, other);
  put (&fill, other, &home);
  hand->held[other - hand->layout] = TRUE;
  return TRUE;
}
