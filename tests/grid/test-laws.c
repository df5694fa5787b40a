/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "layout.h"

#include <math.h>
#include <string.h>

/* Laws that hold for every layout and gesture, tried on many random ones. */

/* Six tiles, the one in hand among them. */
#define FEW 6

static gboolean
solve (const Case *self, TnPlacement *result)
{
  return tn_grid_solve (self->columns, self->tiles, self->n, &self->gesture, self->policy, result);
}

static gboolean
is_usable (const Case *self)
{
  return case_hand (self) >= 0 && layout_holds (self->columns, self->tiles, self->n);
}

static void
make_any (Case *self, GRand *random)
{
  case_randomize (self, random, g_rand_int_range (random, 0, 4) == 0 ? MAX_TILES : 8);
}

static const char *
stays_valid (const Case *self)
{
  TnPlacement result[MAX_TILES];
  gssize hand = case_hand (self);
  gboolean can;

  if (!is_usable (self))
    return NULL;
  can = solve (self, result);
  if (can == self->tiles[hand].locked)
    return "the answer is not what the lock asks for";
  if (!can && !layouts_equal (result, self->tiles, self->n))
    return "what can't be done changes something";
  if (!layout_holds (self->columns, result, self->n) || !tn_grid_is_valid (self->columns, result, self->n))
    return "tiles overlap or leave the columns";
  for (gsize i = 0; i < self->n; i++)
    {
      TnPlacement moved = self->tiles[i];

      moved.x = result[i].x;
      moved.y = result[i].y;
      if ((gssize) i != hand && !tiles_equal (&moved, &result[i]))
        return "more than the place of another tile changes";
      if ((gssize) i != hand && (self->tiles[i].locked || self->policy == TN_GRID_FREE)
          && !tiles_equal (&self->tiles[i], &result[i]))
        return "a tile moves that does not give way";
    }
  return tn_grid_repair (self->columns, result, self->n) == 0 ? NULL : "the result has to be repaired";
}

static gboolean
is_barred (const Case *self, const TnPlacement *place)
{
  for (gsize i = 0; i < self->n; i++)
    if ((gssize) i != case_hand (self) && (self->tiles[i].locked || self->policy == TN_GRID_FREE)
        && tiles_overlap (&self->tiles[i], place))
      return TRUE;
  return FALSE;
}

static const char *
goes_where_pointed (const Case *self)
{
  TnPlacement result[MAX_TILES], wanted, place;
  gssize hand = case_hand (self);
  int distance;

  if (!is_usable (self) || self->gesture.edges != TN_GRID_EDGE_NONE || !solve (self, result))
    return NULL;
  wanted = place = self->tiles[hand];
  wanted.x = CLAMP ((gint64) wanted.x + self->gesture.dx, 0, self->columns - wanted.w);
  wanted.y = CLAMP ((gint64) wanted.y + self->gesture.dy, 0, TN_GRID_MAX_ROWS);
  distance = ABS (result[hand].x - wanted.x) + ABS (result[hand].y - wanted.y);

  for (place.y = MAX (0, wanted.y - distance); place.y <= wanted.y + distance; place.y++)
    for (place.x = 0; place.x <= self->columns - place.w; place.x++)
      {
        int nearer = distance - ABS (place.x - wanted.x) - ABS (place.y - wanted.y);

        if (nearer >= 0 && !is_barred (self, &place))
          return nearer == 0 && tiles_equal (&place, &result[hand]) ? NULL : "there is a nearer place, or one above it";
      }
  return "the tile in hand is where it can't be";
}

static gboolean
keeps_aspect (const TnPlacement *tile)
{
  return fabs (tile->w - tile->h * tile->aspect) <= 0.5 + 1e-9 || fabs (tile->h - tile->w / tile->aspect) <= 0.5 + 1e-9
         || (tile->w == 1 && tile->h * tile->aspect < 1) || (tile->h == 1 && tile->w / tile->aspect < 1);
}

static const char *
resizes_within_bounds (const Case *self)
{
  TnPlacement result[MAX_TILES];
  const TnPlacement *from, *to;

  if (!is_usable (self) || self->gesture.edges == TN_GRID_EDGE_NONE || !solve (self, result))
    return NULL;
  from = &self->tiles[case_hand (self)];
  to = &result[case_hand (self)];
  if (to->w < from->min_w || to->h < from->min_h || (from->max_w > 0 && to->w > from->max_w)
      || (from->max_h > 0 && to->h > from->max_h))
    return "the size leaves its bounds";
  if (from->aspect > 0 && !keeps_aspect (to))
    return "the aspect is lost";
  if (from->aspect == 0 && !(self->gesture.edges & (TN_GRID_EDGE_LEFT | TN_GRID_EDGE_RIGHT)) && to->w != from->w)
    return "the width changes though neither side is pulled";
  if (from->aspect == 0 && !(self->gesture.edges & (TN_GRID_EDGE_TOP | TN_GRID_EDGE_BOTTOM)) && to->h != from->h)
    return "the height changes though neither top nor bottom is pulled";
  if (self->gesture.edges & TN_GRID_EDGE_LEFT ? to->x + to->w != from->x + from->w : to->x != from->x)
    return "a side moves that is not pulled";
  if (self->gesture.edges & TN_GRID_EDGE_TOP ? to->y + to->h != from->y + from->h : to->y != from->y)
    return "top or bottom moves though it is not pulled";
  return NULL;
}

static const char *
nothing_changes_nothing (const Case *self)
{
  TnPlacement result[MAX_TILES];
  gssize hand = case_hand (self);
  Case still = *self;

  if (!is_usable (self))
    return NULL;
  still.gesture.dx = still.gesture.dy = 0;
  solve (&still, result);
  if (!layouts_equal (result, self->tiles, self->n))
    return "no distance changes something";
  solve (self, result);
  if (tiles_equal (&result[hand], &self->tiles[hand]) && !layouts_equal (result, self->tiles, self->n))
    return "others move though the tile in hand ends where it began";
  return NULL;
}

/* The pointer takes a roundabout way, and the layout is listed in another order: the answer is the same. */
static const char *
only_the_end_counts (const Case *self)
{
  TnPlacement direct[MAX_TILES], roundabout[MAX_TILES];
  Case turned = *self;

  if (!is_usable (self))
    return NULL;
  solve (self, direct);
  for (gsize i = 0; i < self->n; i++)
    turned.tiles[self->n - 1 - i] = self->tiles[i];
  for (int step = 1; step <= 3; step++)
    {
      turned.gesture.dx = step < 3 ? (self->gesture.dy % 7) * step : self->gesture.dx;
      turned.gesture.dy = step < 3 ? (self->gesture.dx % 5) * step : self->gesture.dy;
      solve (&turned, roundabout);
    }
  for (gsize i = 0; i < self->n; i++)
    if (!tiles_equal (&direct[i], &roundabout[self->n - 1 - i]))
      return "the answer depends on more than the layout and the gesture";
  return NULL;
}

static void
make_few (Case *self, GRand *random)
{
  case_randomize (self, random, FEW);
  self->policy = TN_GRID_PUSH;
}

static int
distance (const TnPlacement *a, const TnPlacement *b)
{
  return ABS (a->x - b->x) + ABS (a->y - b->y);
}

typedef struct
{
  int columns;
  gsize n;
  TnPlacement tiles[MAX_TILES];
  gboolean placed[MAX_TILES];
  int rest[MAX_TILES + 1]; /* what this tile and those after it cost at least; 0 is always true */
} Brute;

static gboolean
fits (const Brute *self, gsize i)
{
  const TnPlacement *tile = &self->tiles[i];

  if (tile->x < 0 || tile->y < 0 || tile->x + tile->w > self->columns)
    return FALSE;
  for (gsize j = 0; j < self->n; j++)
    if (j != i && self->placed[j] && tiles_overlap (tile, &self->tiles[j]))
      return FALSE;
  return TRUE;
}

/* The least displacement with which the tiles from @i to @end can be placed, or @limit if that is less. */
static int
brute_force (Brute *self, gsize i, gsize end, int limit)
{
  const TnPlacement home = self->tiles[i];

  if (i == end || self->placed[i])
    return i == end ? MIN (0, limit) : brute_force (self, i + 1, end, limit);
  for (int away = 0; away + self->rest[i + 1] < limit; away++)
    for (int place = 0; place < 4 * away + 2; place++)
      {
        self->tiles[i].x = home.x - away + place / 2;
        self->tiles[i].y = home.y + (place % 2 ? 1 : -1) * (away - ABS (place / 2 - away));
        if (!fits (self, i))
          continue;
        self->placed[i] = TRUE;
        limit = MIN (limit, away + brute_force (self, i + 1, end, limit - away));
        self->placed[i] = FALSE;
      }
  self->tiles[i] = home;
  return limit;
}

static const char *
moves_little (const Case *self)
{
  TnPlacement result[MAX_TILES];
  Brute brute = { self->columns, self->n };
  int cost = 0, alone[MAX_TILES], least;

  if (!is_usable (self) || !solve (self, result))
    return NULL;
  for (gsize i = 0; i < self->n; i++)
    {
      brute.placed[i] = (gssize) i == case_hand (self) || self->tiles[i].locked;
      brute.tiles[i] = brute.placed[i] ? result[i] : self->tiles[i];
      cost += distance (&result[i], &brute.tiles[i]);
    }
  for (gsize i = 0; i < self->n; i++)
    alone[i] = brute_force (&brute, i, i + 1, cost);
  for (gsize i = self->n; i > 0; i--)
    brute.rest[i - 1] = brute.rest[i] + alone[i - 1];
  least = brute_force (&brute, 0, self->n, cost);
  return cost * 4 <= least * 5 ? NULL : "the others move by more than 5/4 of the least";
}

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

  if (!is_usable (self))
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

  if (!is_usable (self))
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

  if (!is_usable (self))
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

static const struct
{
  const char *path;
  Law law;
  Maker maker;
  guint cases;
} laws[] = {
  { "/grid/laws/stays-valid", stays_valid, make_any, 100000 },
  { "/grid/laws/goes-where-pointed", goes_where_pointed, make_any, 30000 },
  { "/grid/laws/resizes-within-bounds", resizes_within_bounds, make_any, 30000 },
  { "/grid/laws/nothing-changes-nothing", nothing_changes_nothing, make_any, 20000 },
  { "/grid/laws/only-the-end-counts", only_the_end_counts, make_any, 20000 },
  { "/grid/laws/moves-little", moves_little, make_few, 100000 },
  { "/grid/laws/repairs", repairs, make_rubbish, 5000 },
  { "/grid/laws/leaves-the-valid-alone", leaves_the_valid_alone, make_any, 10000 },
  { "/grid/laws/reflows", reflows, make_any, 20000 },
  { "/grid/laws/finds-the-first-place", finds_the_first_place, make_any, 10000 },
};

static void
test_law (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  check_law (laws[i].law, laws[i].maker, laws[i].cases);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (laws); i++)
    g_test_add_data_func (laws[i].path, GSIZE_TO_POINTER (i), test_law);
  return g_test_run ();
}
