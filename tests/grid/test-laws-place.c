/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "layout.h"
#include "tn-grid-fill.h"

#include <math.h>
#include <string.h>

/* Laws of what is done without a hand: repair, reflow, finding a place, falling to the top. */

static void
make_rubbish (Case *self, GRand *random)
{
  static const int numbers[] = { G_MININT, -3, -1, 0, 1, 2, 5, 11, 64, 65, 256, 257, 1000000, 1000001, G_MAXINT };
  static const double aspects[] = { 0, -1, NAN, INFINITY, 1e-300, 1e300, 0.3, 0.5, 2, 2.5 };

  case_randomize (self, random, MAX_TILES);
  for (gsize i = 0; i < self->n; i++)
    {
      TnPlacement *tile = &self->tiles[i];
      int *fields[]
        = { &tile->x, &tile->y, &tile->w, &tile->h, &tile->min_w, &tile->min_h, &tile->max_w, &tile->max_h };

      for (gsize f = 0; f < G_N_ELEMENTS (fields); f++)
        if (g_rand_int_range (random, 0, 6) == 0)
          *fields[f] = numbers[g_rand_int_range (random, 0, G_N_ELEMENTS (numbers))];
      tile->aspect = aspects[g_rand_int_range (random, 0, G_N_ELEMENTS (aspects))];
      if (g_rand_int_range (random, 0, 6) == 0)
        tile->id = self->tiles[0].id;
    }
}

static const char *
repairs (const Case *self)
{
  TnPlacement layout[MAX_TILES], again[MAX_TILES];
  gsize changed, differing = 0;

  memcpy (layout, self->tiles, sizeof layout);
  changed = tn_grid_repair (self->columns, layout, self->n);
  if (!layout_holds (self->columns, layout, self->n) || !tn_grid_is_valid (self->columns, layout, self->n))
    return "the repaired layout is not valid";
  for (gsize i = 0; i < self->n; i++)
    {
      const TnPlacement *tile = &layout[i], *was = &self->tiles[i];

      differing += tile->x != was->x || tile->y != was->y || tile->w != was->w || tile->h != was->h;
      if (tile->w < MIN (tile->min_w, self->columns) || tile->h < MIN (tile->min_h, TN_GRID_MAX_HEIGHT))
        return "a size is below its least";
      if ((tile->max_w > 0 && tile->w > MAX (tile->max_w, tile->min_w))
          || (tile->max_h > 0 && tile->h > MAX (tile->max_h, tile->min_h)))
        return "a size is above its greatest";
    }
  if (changed != differing)
    return "the count is not what has changed";
  memcpy (again, layout, sizeof again);
  return tn_grid_repair (self->columns, again, self->n) == 0 ? NULL : "the repaired layout is repaired once more";
}

static const char *
leaves_the_valid_alone (const Case *self)
{
  TnPlacement layout[MAX_TILES];

  if (!case_is_usable (self))
    return NULL;
  memcpy (layout, self->tiles, sizeof layout);
  if (tn_grid_repair (self->columns, layout, self->n) != 0 || !layouts_equal (layout, self->tiles, self->n))
    return "a valid layout is repaired";
  return NULL;
}

static gboolean
comes_before (const TnPlacement *a, const TnPlacement *b)
{
  return a->y < b->y || (a->y == b->y && a->x < b->x);
}

static const char *
reflows (const Case *self)
{
  int columns = 1 + (guint) self->gesture.dy % TN_GRID_MAX_COLUMNS;
  TnPlacement layout[MAX_TILES];

  if (!case_is_usable (self))
    return NULL;
  memcpy (layout, self->tiles, sizeof layout);
  tn_grid_reflow (self->columns, columns, layout, self->n);
  if (!layout_holds (columns, layout, self->n))
    return "the layout is not valid for its new columns";
  for (gsize i = 0; i < self->n; i++)
    {
      if (self->tiles[i].aspect == 0 && layout[i].h != self->tiles[i].h)
        return "a height changes";
      for (gsize j = 0; j < self->n; j++)
        if (comes_before (&self->tiles[i], &self->tiles[j]) && !comes_before (&layout[i], &layout[j]))
          return "the reading order changes";
    }
  return NULL;
}

static const char *
finds_the_first_place (const Case *self)
{
  TnPlacement wanted, place;

  if (!case_is_usable (self))
    return NULL;
  wanted = self->tiles[0];
  place = (TnPlacement){ .w = wanted.w, .h = wanted.h };
  tn_grid_find_place (self->columns, self->tiles, self->n, &wanted);
  for (; place.y <= wanted.y; place.y++)
    for (place.x = 0; place.x <= self->columns - place.w; place.x++)
      {
        gboolean taken = FALSE;

        for (gsize i = 0; i < self->n; i++)
          taken |= tiles_overlap (&self->tiles[i], &place);
        if (!taken)
          return place.x == wanted.x && place.y == wanted.y ? NULL : "there is an earlier place";
      }
  return "the place is not free";
}

static const char *
compacts (const Case *self)
{
  TnPlacement layout[MAX_TILES], again[MAX_TILES];
  gsize moved, differing = 0;

  if (!case_is_usable (self))
    return NULL;
  memcpy (layout, self->tiles, sizeof layout);
  moved = tn_grid_compact (self->columns, layout, self->n);
  if (!layout_holds (self->columns, layout, self->n))
    return "the compacted layout is not valid";
  for (gsize i = 0; i < self->n; i++)
    {
      TnPlacement there = self->tiles[i], above = layout[i];
      gboolean rests = layout[i].y == 0 || layout[i].locked;

      differing += !tiles_equal (&layout[i], &self->tiles[i]);
      there.y = layout[i].y;
      above.y--;
      if (!tiles_equal (&there, &layout[i]) || there.y > self->tiles[i].y
          || (there.locked && there.y != self->tiles[i].y))
        return "a tile does more than fall";
      for (gsize j = 0; j < self->n; j++)
        {
          gboolean shares_column = self->tiles[i].x < self->tiles[j].x + self->tiles[j].w
                                   && self->tiles[j].x < self->tiles[i].x + self->tiles[i].w;

          rests |= i != j && tiles_overlap (&above, &layout[j]);
          if (shares_column && self->tiles[i].y < self->tiles[j].y && layout[i].y >= layout[j].y)
            return "a tile falls past another";
        }
      if (!rests)
        return "a tile could fall further";
    }
  if (moved != differing)
    return "the count is not what has moved";
  memcpy (again, layout, sizeof again);
  return tn_grid_compact (self->columns, again, self->n) == 0 ? NULL : "what has fallen falls once more";
}

static gboolean
is_taken (const TnPlacement *taken, gsize n, const TnPlacement *place)
{
  for (gsize i = 0; i < n; i++)
    if (tiles_overlap (&taken[i], place))
      return TRUE;
  return FALSE;
}

/* The first free place by distance, row and column, found by looking at all. */
static TnPlacement
look_for_nearest (int columns, const TnPlacement *taken, gsize n, const TnPlacement *wanted, gboolean up)
{
  TnPlacement place = *wanted;

  for (int away = 0;; away++)
    for (place.y = up ? MAX (0, wanted->y - away) : wanted->y; place.y <= wanted->y + away; place.y++)
      for (int side = -1; side <= 1; side += 2)
        {
          place.x = wanted->x + side * (away - ABS (place.y - wanted->y));
          if (place.x >= 0 && place.x + place.w <= columns && !is_taken (taken, n, &place))
            return place;
        }
}

/* One after another near the same few places, so that what is known of full rows is used. */
static const char *
settles_in_the_nearest (const Case *self)
{
  gboolean up = self->group & 1;
  TnPlacement taken[3 * MAX_TILES];
  g_auto (TnGridOccupancy) occupancy = { 0 };
  g_auto (TnGridFill) fill = { 0 };
  gsize n = self->n;

  if (!case_is_usable (self))
    return NULL;
  memcpy (taken, self->tiles, sizeof self->tiles);
  tn_grid_occupancy_init (&occupancy, self->columns, 0);
  for (gsize i = 0; i < n; i++)
    tn_grid_occupancy_add (&occupancy, &taken[i]);
  tn_grid_fill_init (&fill, &occupancy, TN_GRID_MAX_HEIGHT);
  for (gsize i = 0; i < 2 * MAX_TILES; i++)
    {
      const TnPlacement *near = &self->tiles[i % self->n];
      TnPlacement wanted = { "X", 0, near->y + i % 3, 1 + i % MIN (2, self->columns), 1 + i % 2 }, expected;

      wanted.x = MIN (near->x, self->columns - wanted.w);
      expected = look_for_nearest (self->columns, taken, n, &wanted, up);
      if (tn_grid_fill_settle (&fill, &wanted, up) < 0 || !tiles_equal (&wanted, &expected))
        return "a nearer place is free";
      taken[n++] = wanted;
    }
  return NULL;
}

static const LawTest laws[] = {
  { "/grid/laws/repairs", repairs, make_rubbish, 5000 },
  { "/grid/laws/leaves-the-valid-alone", leaves_the_valid_alone, make_any, 10000 },
  { "/grid/laws/reflows", reflows, make_any, 20000 },
  { "/grid/laws/finds-the-first-place", finds_the_first_place, make_any, 10000 },
  { "/grid/laws/settles-in-the-nearest", settles_in_the_nearest, make_any, 10000 },
  { "/grid/laws/compacts", compacts, make_any, 20000 },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_laws (laws, G_N_ELEMENTS (laws));
  return g_test_run ();
}
