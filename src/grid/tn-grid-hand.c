/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-grid-hand.h"

#include "tn-grid-fill.h"
#include "tn-grid-push.h"
#include "tn-grid-size.h"

void
tn_grid_hand_init (TnGridHand *self, int columns, TnPlacement *layout, gsize n)
{
  *self = (TnGridHand){ columns, n, layout, g_ptr_array_new (), g_new0 (gboolean, n) };
}

void
tn_grid_hand_clear (TnGridHand *self)
{
  g_clear_pointer (&self->tiles, g_ptr_array_unref);
  g_clear_pointer (&self->held, g_free);
}

void
tn_grid_hand_hold (TnGridHand *self, TnPlacement *tile)
{
  gboolean *held = &self->held[tile - self->layout];

  if (!*held)
    g_ptr_array_add (self->tiles, tile);
  *held = TRUE;
}

void
tn_grid_hand_bar (const TnGridHand *self, gboolean all, TnGridOccupancy *obstacles)
{
  tn_grid_occupancy_init (obstacles, self->columns, tn_grid_rows (self->layout, self->n));
  for (gsize i = 0; i < self->n; i++)
    if (!self->held[i] && (all || self->layout[i].locked))
      tn_grid_occupancy_add (obstacles, &self->layout[i]);
}

/* The smallest rectangle around the hand. */
static TnPlacement
bounding (const TnGridHand *self, int *lowest)
{
  TnPlacement block = *(const TnPlacement *) self->tiles->pdata[0];
  int right = block.x + block.w;

  *lowest = block.y;
  for (guint i = 1; i < self->tiles->len; i++)
    {
      const TnPlacement *tile = self->tiles->pdata[i];

      right = MAX (right, tile->x + tile->w);
      *lowest = MAX (*lowest, tile->y);
      block.x = MIN (block.x, tile->x);
      block.y = MIN (block.y, tile->y);
    }
  block.w = right - block.x;
  return block;
}

/* The columns at which the hand may begin with its top in row @y. */
static guint64
block_starts (const TnGridHand *self, const TnGridOccupancy *obstacles, const TnPlacement *block, int y)
{
  guint64 starts = G_MAXUINT64;

  for (guint i = 0; i < self->tiles->len && starts != 0; i++)
    {
      const TnPlacement *tile = self->tiles->pdata[i];

      starts &= tn_grid_occupancy_starts (obstacles, tile, y + tile->y - block->y) >> (tile->x - block->x);
    }
  return starts;
}

static TnPlacement
dragged (const TnGridHand *self, const TnGridGesture *gesture, const TnPlacement *block, int lowest)
{
  TnPlacement wanted = *block;
  /* What was pushed below the last row by others may stay there, but no hand goes deeper. */
  int deepest = block->y + MAX (0, TN_GRID_MAX_ROWS - lowest);

  wanted.x = CLAMP ((gint64) block->x + gesture->dx, 0, self->columns - block->w);
  wanted.y = CLAMP ((gint64) block->y + gesture->dy, 0, deepest);
  return wanted;
}

TnPlacement
tn_grid_hand_wanted (const TnGridHand *self, const TnGridGesture *gesture)
{
  const TnPlacement *first = self->tiles->pdata[0];

  return dragged (self, gesture, first, first->y);
}

void
tn_grid_hand_move (TnGridHand *self, const TnGridGesture *gesture, gboolean all)
{
  g_auto (TnGridOccupancy) obstacles = { 0 };
  int lowest, distance = G_MAXINT;
  TnPlacement block = bounding (self, &lowest), wanted = dragged (self, gesture, &block, lowest), place = wanted;

  tn_grid_hand_bar (self, all, &obstacles);
  for (int away = 0; away <= distance; away++)
    for (int side = -1; side <= 1; side += 2)
      {
        int y = wanted.y + side * away;

        if (y >= 0)
          tn_grid_nearer (block_starts (self, &obstacles, &block, y), &wanted, y, &place, &distance);
      }
  for (guint i = 0; i < self->tiles->len; i++)
    {
      TnPlacement *tile = self->tiles->pdata[i];

      tile->x += place.x - block.x;
      tile->y += place.y - block.y;
    }
}

void
tn_grid_hand_pull (TnGridHand *self, const TnGridGesture *gesture, gboolean all)
{
  g_auto (TnGridOccupancy) taken = { 0 };
  g_auto (TnGridFill) fill = { 0 };
  g_autoptr (GPtrArray) losers = g_ptr_array_new ();

  tn_grid_hand_bar (self, all, &taken);
  for (guint i = 0; i < self->tiles->len; i++)
    tn_grid_size_pull (&taken, gesture, self->tiles->pdata[i]);
  for (guint i = 0; i < self->tiles->len; i++)
    if (!tn_grid_occupancy_claim (&taken, self->tiles->pdata[i]))
      g_ptr_array_add (losers, self->tiles->pdata[i]);
  tn_grid_fill_init (&fill, &taken, TN_GRID_MAX_HEIGHT);
  for (guint i = 0; i < losers->len; i++)
    tn_grid_fill_settle (&fill, losers->pdata[i], TRUE);
}

void
tn_grid_hand_push (TnGridHand *self)
{
  tn_grid_push (self->columns, self->layout, self->n, self->held);
}
