/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "layout.h"

#include <math.h>
#include <string.h>

/* Laws that hold for every layout and gesture, tried on many random ones. */

/* Six tiles, those in hand among them. */
#define FEW 6

static const char *
changes_what_it_may (const Case *self, const TnPlacement *result, gsize i)
{
  const TnPlacement *was = &self->tiles[i];
  gboolean resizes = self->gesture.edges != TN_GRID_EDGE_NONE && (case_holds (self, i) || self->gesture.share);
  TnPlacement changed = *was;

  changed.x = result[i].x;
  changed.y = result[i].y;
  if (resizes)
    {
      changed.w = result[i].w;
      changed.h = result[i].h;
    }
  if (!tiles_equal (&changed, &result[i]))
    return "more than the place of another tile changes";
  if (was->locked && !tiles_equal (was, &result[i]))
    return "a locked tile changes";
  if (self->policy == TN_GRID_FREE && !resizes && !case_holds (self, i) && !tiles_equal (was, &result[i]))
    return "another tile moves though nothing is to give way";
  return NULL;
}

static const char *
stays_valid (const Case *self)
{
  TnPlacement result[MAX_TILES];
  gboolean can;

  if (!case_is_usable (self))
    return NULL;
  can = case_solve (self, result);
  if (can == self->tiles[case_hand (self)].locked)
    return "the answer is not what the lock asks for";
  if (!can && !layouts_equal (result, self->tiles, self->n))
    return "what can't be done changes something";
  if (!layout_holds (self->columns, result, self->n) || !tn_grid_is_valid (self->columns, result, self->n))
    return "tiles overlap or leave the columns";
  for (gsize i = 0; i < self->n; i++)
    {
      const char *wrong = changes_what_it_may (self, result, i);

      if (wrong != NULL)
        return wrong;
    }
  return tn_grid_repair (self->columns, result, self->n) == 0 ? NULL : "the result has to be repaired";
}

/* Whether one of the hand would lie on what does not give way, or above the top, when all go by that way. */
static gboolean
is_barred (const Case *self, int dx, int dy)
{
  for (gsize i = 0; i < self->n; i++)
    {
      TnPlacement moved = self->tiles[i];

      moved.x += dx;
      moved.y += dy;
      if (!case_holds (self, i))
        continue;
      if (moved.y < 0 || moved.x < 0 || moved.x + moved.w > self->columns)
        return TRUE;
      for (gsize j = 0; j < self->n; j++)
        if (!case_holds (self, j) && (self->tiles[j].locked || self->policy == TN_GRID_FREE)
            && tiles_overlap (&self->tiles[j], &moved))
          return TRUE;
    }
  return FALSE;
}

static void
clamp_way (const Case *self, int *dx, int *dy)
{
  int left = G_MAXINT, right = 0, top = G_MAXINT, lowest = 0;

  for (gsize i = 0; i < self->n; i++)
    if (case_holds (self, i))
      {
        left = MIN (left, self->tiles[i].x);
        right = MAX (right, self->tiles[i].x + self->tiles[i].w);
        top = MIN (top, self->tiles[i].y);
        lowest = MAX (lowest, self->tiles[i].y);
      }
  *dx = CLAMP (self->gesture.dx, -left, self->columns - right);
  *dy = CLAMP (self->gesture.dy, -top, MAX (0, TN_GRID_MAX_ROWS - lowest));
}

static const char *
goes_where_pointed (const Case *self)
{
  TnPlacement result[MAX_TILES];
  gssize hand = case_hand (self);
  int wanted_x, wanted_y, went_x, went_y, distance;

  if (!case_is_usable (self) || self->gesture.edges != TN_GRID_EDGE_NONE || !case_solve (self, result))
    return NULL;
  if (self->policy == TN_GRID_SWAP || self->policy == TN_GRID_COMPACT)
    return NULL;
  clamp_way (self, &wanted_x, &wanted_y);
  went_x = result[hand].x - self->tiles[hand].x;
  went_y = result[hand].y - self->tiles[hand].y;
  distance = ABS (went_x - wanted_x) + ABS (went_y - wanted_y);
  for (gsize i = 0; i < self->n; i++)
    if (case_holds (self, i) && (result[i].x - self->tiles[i].x != went_x || result[i].y - self->tiles[i].y != went_y))
      return "the group does not move as one";
  if (is_barred (self, went_x, went_y))
    return "the hand is where it can't be";

  for (int dy = wanted_y - distance; dy <= wanted_y + distance; dy++)
    for (int dx = MAX (-self->columns, wanted_x - distance); dx <= MIN (self->columns, wanted_x + distance); dx++)
      {
        int nearer = distance - ABS (dx - wanted_x) - ABS (dy - wanted_y);
        gboolean before = dy < went_y || (dy == went_y && dx < went_x);

        if ((nearer > 0 || (nearer == 0 && before)) && !is_barred (self, dx, dy))
          return "there is a nearer place, or one above it";
      }
  return NULL;
}

static gboolean
keeps_aspect (const TnPlacement *tile)
{
  return fabs (tile->w - tile->h * tile->aspect) <= 0.5 + 1e-9 || fabs (tile->h - tile->w / tile->aspect) <= 0.5 + 1e-9
         || (tile->w == 1 && tile->h * tile->aspect < 1) || (tile->h == 1 && tile->w / tile->aspect < 1);
}

static const char *
leaves_bounds (const TnPlacement *from, const TnPlacement *to)
{
  if (to->w < from->min_w || to->h < from->min_h || (from->max_w > 0 && to->w > from->max_w)
      || (from->max_h > 0 && to->h > from->max_h))
    return "the size leaves its bounds";
  if (from->aspect > 0 && !keeps_aspect (to))
    return "the aspect is lost";
  return NULL;
}

static const char *
pulls_other_edges (const TnPlacement *from, const TnPlacement *to, TnGridEdges edges)
{
  if (from->aspect == 0 && !(edges & (TN_GRID_EDGE_LEFT | TN_GRID_EDGE_RIGHT)) && to->w != from->w)
    return "the width changes though neither side is pulled";
  if (from->aspect == 0 && !(edges & (TN_GRID_EDGE_TOP | TN_GRID_EDGE_BOTTOM)) && to->h != from->h)
    return "the height changes though neither top nor bottom is pulled";
  if (edges & TN_GRID_EDGE_LEFT ? to->x + to->w != from->x + from->w : to->x != from->x)
    return "a side moves that is not pulled";
  if (edges & TN_GRID_EDGE_TOP ? to->y + to->h != from->y + from->h : to->y != from->y)
    return "top or bottom moves though it is not pulled";
  return NULL;
}

static const char *
resizes_within_bounds (const Case *self)
{
  TnPlacement result[MAX_TILES];
  const char *wrong = NULL;
  gssize hand = case_hand (self);

  if (!case_is_usable (self) || self->gesture.edges == TN_GRID_EDGE_NONE || !case_solve (self, result))
    return NULL;
  for (gsize i = 0; i < self->n && wrong == NULL; i++)
    wrong = leaves_bounds (&self->tiles[i], &result[i]);
  if (wrong == NULL && self->policy != TN_GRID_COMPACT)
    wrong = pulls_other_edges (&self->tiles[hand], &result[hand], self->gesture.edges);
  return wrong;
}

static const char *
nothing_changes_nothing (const Case *self)
{
  TnPlacement result[MAX_TILES];
  gboolean is_still = TRUE;
  Case still = *self;

  if (!case_is_usable (self))
    return NULL;
  still.gesture.dx = still.gesture.dy = 0;
  case_solve (&still, result);
  if (!layouts_equal (result, self->tiles, self->n))
    return "no distance changes something";
  case_solve (self, result);
  for (gsize i = 0; i < self->n; i++)
    is_still &= !case_holds (self, i) || tiles_equal (&result[i], &self->tiles[i]);
  if (is_still && !layouts_equal (result, self->tiles, self->n))
    return "others change though the hand ends where it began";
  return NULL;
}

/* The pointer takes a roundabout way, and the layout is listed in another order: the answer is the same. */
static const char *
only_the_end_counts (const Case *self)
{
  TnPlacement direct[MAX_TILES], roundabout[MAX_TILES];
  Case turned = *self;

  if (!case_is_usable (self))
    return NULL;
  case_solve (self, direct);
  for (gsize i = 0; i < self->n; i++)
    turned.tiles[self->n - 1 - i] = self->tiles[i];
  for (int step = 1; step <= 3; step++)
    {
      turned.gesture.dx = step < 3 ? (self->gesture.dy % 7) * step : self->gesture.dx;
      turned.gesture.dy = step < 3 ? (self->gesture.dx % 5) * step : self->gesture.dy;
      case_solve (&turned, roundabout);
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
  self->gesture.share = FALSE;
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

  if (!case_is_usable (self) || !case_solve (self, result))
    return NULL;
  for (gsize i = 0; i < self->n; i++)
    {
      brute.placed[i] = case_holds (self, i) || self->tiles[i].locked;
      brute.tiles[i] = brute.placed[i] ? result[i] : self->tiles[i];
      cost += tiles_distance (&result[i], &brute.tiles[i]);
    }
  for (gsize i = 0; i < self->n; i++)
    alone[i] = brute_force (&brute, i, i + 1, cost);
  for (gsize i = self->n; i > 0; i--)
    brute.rest[i - 1] = brute.rest[i] + alone[i - 1];
  least = brute_force (&brute, 0, self->n, cost);
  return cost * 4 <= least * 5 ? NULL : "the others move by more than 5/4 of the least";
}

static const LawTest laws[] = {
  { "/grid/laws/stays-valid", stays_valid, make_any, 100000 },
  { "/grid/laws/goes-where-pointed", goes_where_pointed, make_any, 60000 },
  { "/grid/laws/resizes-within-bounds", resizes_within_bounds, make_any, 60000 },
  { "/grid/laws/nothing-changes-nothing", nothing_changes_nothing, make_any, 40000 },
  { "/grid/laws/only-the-end-counts", only_the_end_counts, make_any, 40000 },
  { "/grid/laws/moves-little", moves_little, make_few, 100000 },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_laws (laws, G_N_ELEMENTS (laws));
  return g_test_run ();
}
