/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-grid.h"

#include "tn-grid-fill.h"
#include "tn-grid-hand.h"
#include "tn-grid-order.h"

static void
hold_all (TnGridHand *hand, const char *const *ids, gsize n_ids)
{
  g_autoptr (GPtrArray) picked = tn_grid_pick (hand->layout, hand->n, ids, n_ids);

  for (guint i = 0; i < picked->len; i++)
    tn_grid_hand_hold (hand, picked->pdata[i]);
}

/* What no tile can be put on: the locked ones, in hand or not. */
static void
bar_locked (const TnGridHand *hand, TnGridOccupancy *taken)
{
  tn_grid_hand_bar (hand, FALSE, taken);
  for (guint i = 0; i < hand->tiles->len; i++)
    if (((const TnPlacement *) hand->tiles->pdata[i])->locked)
      tn_grid_occupancy_add (taken, hand->tiles->pdata[i]);
}

/* The columns and rows between which the tiles in hand lie. */
typedef struct
{
  int left, right, top, bottom;
} Extent;

static Extent
measure (const TnGridHand *hand)
{
  Extent extent = { G_MAXINT, 0, G_MAXINT, 0 };

  for (guint i = 0; i < hand->tiles->len; i++)
    {
      const TnPlacement *tile = hand->tiles->pdata[i];

      extent.left = MIN (extent.left, tile->x);
      extent.right = MAX (extent.right, tile->x + tile->w);
      extent.top = MIN (extent.top, tile->y);
      extent.bottom = MAX (extent.bottom, tile->y + tile->h);
    }
  return extent;
}

static void
bring_to_line (const Extent *extent, TnGridAlign align, TnPlacement *tile)
{
  switch (align)
    {
    case TN_GRID_ALIGN_LEFT:
      tile->x = extent->left;
      break;
    case TN_GRID_ALIGN_CENTER:
      tile->x = (extent->left + extent->right - tile->w) / 2;
      break;
    case TN_GRID_ALIGN_RIGHT:
      tile->x = extent->right - tile->w;
      break;
    case TN_GRID_ALIGN_TOP:
      tile->y = extent->top;
      break;
    case TN_GRID_ALIGN_MIDDLE:
      tile->y = (extent->top + extent->bottom - tile->h) / 2;
      break;
    case TN_GRID_ALIGN_BOTTOM:
    default:
      tile->y = extent->bottom - tile->h;
      break;
    }
}

/* From where it is on, down its columns or in reading order, the first place that is free. */
static void
move_along (const TnGridOccupancy *taken, gboolean down, TnPlacement *tile)
{
  guint64 choice = down ? G_GUINT64_CONSTANT (1) << tile->x : G_MAXUINT64 << tile->x, starts;

  while ((starts = tn_grid_occupancy_starts (taken, tile, tile->y) & choice) == 0)
    {
      tile->y++;
      choice = down ? choice : G_MAXUINT64;
    }
  tile->x = __builtin_ctzll (starts);
}

gboolean
tn_grid_align (int columns, TnPlacement *layout, gsize n, const char *const *ids, gsize n_ids, TnGridAlign align)
{
  g_auto (TnGridHand) hand = { 0 };
  g_auto (TnGridOccupancy) taken = { 0 };
  g_autoptr (GPtrArray) losers = g_ptr_array_new ();
  Extent extent;

  g_return_val_if_fail (tn_grid_is_valid (columns, layout, n), FALSE);
  tn_grid_hand_init (&hand, columns, layout, n);
  hold_all (&hand, ids, n_ids);
  if (hand.tiles->len < 2)
    return FALSE;

  extent = measure (&hand);
  bar_locked (&hand, &taken);
  for (guint i = 0; i < hand.tiles->len; i++)
    {
      TnPlacement *tile = hand.tiles->pdata[i];

      if (tile->locked)
        continue;
      bring_to_line (&extent, align, tile);
      if (!tn_grid_occupancy_claim (&taken, tile))
        g_ptr_array_add (losers, tile);
    }
  for (guint i = 0; i < losers->len; i++)
    {
      move_along (&taken, align <= TN_GRID_ALIGN_RIGHT, losers->pdata[i]);
      tn_grid_occupancy_add (&taken, losers->pdata[i]);
    }
  tn_grid_hand_push (&hand);
  return TRUE;
}

static int
compare_across (gconstpointer a, gconstpointer b)
{
  const TnPlacement *p = *(const TnPlacement *const *) a, *q = *(const TnPlacement *const *) b;
  int before = 2 * p->x + p->w - 2 * q->x - q->w;

  return before != 0 ? before : tn_grid_compare_reading_order (a, b);
}

static int
compare_down (gconstpointer a, gconstpointer b)
{
  const TnPlacement *p = *(const TnPlacement *const *) a, *q = *(const TnPlacement *const *) b;
  int before = 2 * p->y + p->h - 2 * q->y - q->h;

  return before != 0 ? before : tn_grid_compare_reading_order (a, b);
}

static int *
start_of (TnPlacement *tile, gboolean vertical)
{
  return vertical ? &tile->y : &tile->x;
}

static int
size_of (const TnPlacement *tile, gboolean vertical)
{
  return vertical ? tile->h : tile->w;
}

/* Rounds down, also what is negative: tiles in different rows may have less than no gap. */
static int
share_of (int gap, guint part, guint parts)
{
  gint64 whole = (gint64) gap * part;

  return whole >= 0 ? whole / parts : -((-whole + parts - 1) / parts);
}

/* Puts the tiles between @from and @to, which stay, so that the gaps are equal. */
static void
spread (const TnGridHand *hand, guint from, guint to, gboolean vertical)
{
  TnPlacement **tiles = (TnPlacement **) hand->tiles->pdata;
  int start = *start_of (tiles[from], vertical) + size_of (tiles[from], vertical);
  int gap = *start_of (tiles[to], vertical) - start;

  for (guint i = from + 1; i < to; i++)
    gap -= size_of (tiles[i], vertical);
  for (guint i = from + 1; i < to; i++)
    {
      int size = size_of (tiles[i], vertical), last = vertical ? G_MAXINT : hand->columns - size;

      *start_of (tiles[i], vertical) = CLAMP (start + share_of (gap, i - from, to - from), 0, last);
      start += size;
    }
}

gboolean
tn_grid_distribute (int columns, TnPlacement *layout, gsize n, const char *const *ids, gsize n_ids, gboolean vertical)
{
  g_auto (TnGridHand) hand = { 0 };
  g_auto (TnGridOccupancy) taken = { 0 };
  g_auto (TnGridFill) fill = { 0 };
  TnPlacement **tiles;
  guint last, from = 0;

  g_return_val_if_fail (tn_grid_is_valid (columns, layout, n), FALSE);
  tn_grid_hand_init (&hand, columns, layout, n);
  hold_all (&hand, ids, n_ids);
  if (hand.tiles->len < 3)
    return FALSE;

  g_ptr_array_sort (hand.tiles, vertical ? compare_down : compare_across);
  tiles = (TnPlacement **) hand.tiles->pdata;
  last = hand.tiles->len - 1;
  bar_locked (&hand, &taken);
  tn_grid_occupancy_add (&taken, tiles[0]);
  tn_grid_occupancy_add (&taken, tiles[last]);
  for (guint i = 1; i <= last; i++)
    if (i == last || tiles[i]->locked)
      {
        spread (&hand, from, i, vertical);
        from = i;
      }
  tn_grid_fill_init (&fill, &taken, TN_GRID_MAX_HEIGHT);
  for (guint i = 1; i < last; i++)
    if (!tiles[i]->locked)
      tn_grid_fill_settle (&fill, tiles[i], TRUE);
  tn_grid_hand_push (&hand);
  return TRUE;
}
