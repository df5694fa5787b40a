/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "layout.h"

#include <string.h>

/* Laws of swap, compact and the resize of a group. */

static int
common_cells (const TnPlacement *a, const TnPlacement *b)
{
  int n = 0;

  for (int y = a->y; y < a->y + a->h; y++)
    for (int x = a->x; x < a->x + a->w; x++)
      n += tiles_overlap (&(TnPlacement){ NULL, x, y, 1, 1 }, b);
  return n;
}

/* The tile that is to change places with the hand, or -1. */
static gssize
find_partner (const Case *self, const TnPlacement *wanted)
{
  gssize partner = -1;
  int most = 0;

  for (gsize i = 0; i < self->n; i++)
    {
      const TnPlacement *tile = &self->tiles[i], *best = &self->tiles[MAX (partner, 0)];
      int common = common_cells (tile, wanted);
      gboolean earlier = tile->y < best->y || (tile->y == best->y && tile->x < best->x);

      if (case_holds (self, i) || tile->locked || common * 2 < MIN (tile->w * tile->h, wanted->w * wanted->h))
        continue;
      if (common > most || (common == most && partner >= 0 && earlier))
        partner = i;
      most = MAX (most, common);
    }
  return partner;
}

/* The place nearest to @wanted on no locked tile and not on @taken. */
static TnPlacement
nearest (const Case *self, const TnPlacement *wanted, const TnPlacement *taken)
{
  TnPlacement place = *wanted;

  for (int away = 0;; away++)
    for (place.y = MAX (0, wanted->y - away); place.y <= wanted->y + away; place.y++)
      for (int side = -1; side <= 1; side += 2)
        {
          gboolean is_free = taken == NULL || !tiles_overlap (taken, &place);

          place.x = wanted->x + side * (away - ABS (place.y - wanted->y));
          is_free
            = place.x >= 0 && place.x + place.w <= self->columns && (taken == NULL || !tiles_overlap (taken, &place));
          for (gsize i = 0; i < self->n; i++)
            is_free &= !self->tiles[i].locked || !tiles_overlap (&self->tiles[i], &place);
          if (is_free)
            return place;
        }
}

static TnPlacement
at_corner (const Case *self, const TnPlacement *tile, const TnPlacement *of)
{
  TnPlacement there = *tile;

  there.x = MIN (of->x, self->columns - tile->w);
  there.y = of->y;
  return there;
}

static void
make_swap (Case *self, GRand *random)
{
  make_any (self, random);
  self->policy = TN_GRID_SWAP;
  self->group = 0;
  self->gesture.edges = TN_GRID_EDGE_NONE;
  self->gesture.dy = CLAMP (self->gesture.dy, -8, 8);
}

static const char *
swaps (const Case *self)
{
  TnPlacement result[MAX_TILES], as_free[MAX_TILES], wanted, hand, other;
  gssize i = case_hand (self), partner;
  Case freed = *self;
  gsize moved = 0;

  if (!case_is_usable (self) || !case_solve (self, result))
    return NULL;
  wanted = self->tiles[i];
  wanted.x = CLAMP ((gint64) wanted.x + self->gesture.dx, 0, self->columns - wanted.w);
  wanted.y = MAX (0, wanted.y + self->gesture.dy);
  partner = find_partner (self, &wanted);
  freed.policy = TN_GRID_FREE;
  case_solve (&freed, as_free);
  if (partner < 0)
    return layouts_equal (result, as_free, self->n) ? NULL : "with nobody to change places with it is not as when free";

  wanted = at_corner (self, &self->tiles[i], &self->tiles[partner]);
  hand = nearest (self, &wanted, NULL);
  if (!tiles_equal (&hand, &result[i]))
    return "the hand is not where the other one was";
  if (tiles_equal (&hand, &self->tiles[i]))
    return NULL;
  wanted = at_corner (self, &self->tiles[partner], &self->tiles[i]);
  other = nearest (self, &wanted, &hand);
  if (!tiles_equal (&other, &result[partner]))
    return "the other one is not where the hand was";
  for (gsize j = 0; j < self->n; j++)
    moved += !tiles_equal (&result[j], &self->tiles[j]);
  if (self->tiles[i].w == self->tiles[partner].w && self->tiles[i].h == self->tiles[partner].h && moved != 2)
    return "more than two of the same size change places";
  return NULL;
}

static const char *
compact_is_push_that_falls (const Case *self)
{
  TnPlacement result[MAX_TILES], fallen[MAX_TILES];
  Case pushed = *self, compacted = *self;
  gboolean is_still = TRUE, was_still = TRUE;

  if (!case_is_usable (self))
    return NULL;
  pushed.policy = TN_GRID_PUSH;
  compacted.policy = TN_GRID_COMPACT;
  case_solve (&pushed, fallen);
  case_solve (&compacted, result);
  for (gsize i = 0; i < self->n; i++)
    was_still &= !case_holds (self, i) || tiles_equal (&fallen[i], &self->tiles[i]);
  tn_grid_compact (self->columns, fallen, self->n);
  for (gsize i = 0; i < self->n; i++)
    is_still &= !case_holds (self, i) || tiles_equal (&fallen[i], &self->tiles[i]);
  if (was_still || is_still)
    return layouts_equal (result, self->tiles, self->n) ? NULL : "something falls though the hand is where it was";
  return layouts_equal (result, fallen, self->n) ? NULL : "it is not as if pushed and then fallen";
}

/* What the pull makes of a tile when nobody gives way to it, and the rest of the hand is not there. */
static TnPlacement
pulled_alone (const Case *self, gsize i)
{
  TnPlacement result[MAX_TILES];
  Case alone = { self->columns, 1, { self->tiles[i] }, self->gesture, .policy = TN_GRID_FREE };

  for (gsize j = 0; j < self->n; j++)
    if (!case_holds (self, j) && (self->tiles[j].locked || self->policy == TN_GRID_FREE))
      alone.tiles[alone.n++] = self->tiles[j];
  alone.gesture.id = self->tiles[i].id;
  alone.gesture.share = FALSE;
  case_solve (&alone, result);
  return result[0];
}

static void
make_group_resize (Case *self, GRand *random)
{
  do
    make_any (self, random);
  while (self->gesture.edges == TN_GRID_EDGE_NONE || self->policy == TN_GRID_COMPACT);
  self->group = g_rand_int (random);
}

/* Every one has the size that its pull gives it, and its place too unless an earlier one has it. */
static const char *
resizes_each (const Case *self)
{
  TnPlacement result[MAX_TILES], pulled[MAX_TILES];
  gboolean keeps[MAX_TILES] = { FALSE };
  gsize n_held = 0;

  if (!case_is_usable (self) || !case_solve (self, result))
    return NULL;
  for (gsize i = 0; i < self->n; i++)
    if (case_holds (self, i))
      {
        pulled[i] = pulled_alone (self, i);
        n_held++;
        if (pulled[i].w != result[i].w || pulled[i].h != result[i].h)
          return n_held > 1 || !self->gesture.share ? "a size is not what its pull gives" : NULL;
      }
  if (n_held < 2)
    return NULL;
  for (gsize round = 0; round < n_held; round++)
    {
      gssize next = round == 0 ? case_hand (self) : -1;
      gboolean loses = FALSE;

      for (gsize i = 0; i < self->n && round > 0; i++)
        if (case_holds (self, i) && !keeps[i] && (gssize) i != case_hand (self)
            && (next < 0 || self->tiles[i].y < self->tiles[next].y
                || (self->tiles[i].y == self->tiles[next].y && self->tiles[i].x < self->tiles[next].x)))
          next = i;
      for (gsize i = 0; i < self->n; i++)
        loses |= keeps[i] && pulled[i].w > 0 && tiles_overlap (&pulled[i], &pulled[next]);
      if (!loses && !tiles_equal (&pulled[next], &result[next]))
        return "a tile gives way though its place is free";
      keeps[next] = TRUE;
      if (loses)
        pulled[next] = (TnPlacement){ 0 };
    }
  return NULL;
}

static const LawTest laws[] = {
  { "/grid/laws/swaps", swaps, make_swap, 40000 },
  { "/grid/laws/compact-is-push-that-falls", compact_is_push_that_falls, make_any, 40000 },
  { "/grid/laws/resizes-each", resizes_each, make_group_resize, 40000 },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_laws (laws, G_N_ELEMENTS (laws));
  return g_test_run ();
}
