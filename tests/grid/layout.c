/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "layout.h"

#include <string.h>

#define FIRST_SEED 20240229

static const char *const ids[MAX_TILES]
  = { "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P" };

gsize
letters_to_ids (guint letters, const char **found)
{
  gsize n = 0;

  for (gsize i = 0; i < MAX_TILES; i++)
    if (letters >> i & 1)
      found[n++] = ids[i];
  return n;
}

gboolean
case_solve (const Case *self, TnPlacement *result)
{
  const char *others[MAX_TILES];
  TnGridGesture gesture = self->gesture;

  gesture.others = others;
  gesture.n_others = letters_to_ids (self->group, others);
  return tn_grid_solve (self->columns, self->tiles, self->n, &gesture, self->policy, result);
}

void
case_read (Case *self, const char *picture)
{
  int columns = strcspn (picture, "\n"), rows = (strlen (picture) + 1) / (columns + 1);

  *self = (Case){ .columns = columns };
  for (int y = 0; y < rows; y++)
    for (int x = 0; x < columns; x++)
      {
        char letter = picture[y * (columns + 1) + x];
        TnPlacement *tile = self->tiles;

        if (letter == '.')
          continue;
        while (tile < self->tiles + self->n && tile->id[0] != g_ascii_toupper (letter))
          tile++;
        if (tile == self->tiles + self->n)
          {
            self->n++;
            *tile = (TnPlacement){ ids[g_ascii_toupper (letter) - 'A'], x, y, .locked = g_ascii_islower (letter) };
          }
        tile->w = x + 1 - tile->x;
        tile->h = y + 1 - tile->y;
      }
}

char *
layout_draw (int columns, const TnPlacement *layout, gsize n)
{
  int rows = tn_grid_rows (layout, n);
  GString *picture = g_string_new (NULL);

  if (rows > 100)
    return g_string_free (g_string_append (picture, "(deep)"), FALSE);
  for (int y = 0; y < rows; y++)
    {
      g_string_append (picture, y > 0 ? "\n" : "");
      for (int x = 0; x < columns; x++)
        {
          TnPlacement cell = { NULL, x, y, 1, 1 };
          char letter = '.';

          for (gsize i = 0; i < n; i++)
            if (tiles_overlap (&layout[i], &cell))
              letter = layout[i].locked ? g_ascii_tolower (layout[i].id[0]) : layout[i].id[0];
          g_string_append_c (picture, letter);
        }
    }
  return g_string_free (picture, FALSE);
}

gboolean
tiles_overlap (const TnPlacement *a, const TnPlacement *b)
{
  return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h && b->y < a->y + a->h;
}

gboolean
tiles_equal (const TnPlacement *a, const TnPlacement *b)
{
  return a->id == b->id && a->x == b->x && a->y == b->y && a->w == b->w && a->h == b->h && a->min_w == b->min_w
         && a->min_h == b->min_h && a->max_w == b->max_w && a->max_h == b->max_h && a->aspect == b->aspect
         && a->locked == b->locked;
}

gboolean
layouts_equal (const TnPlacement *a, const TnPlacement *b, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!tiles_equal (&a[i], &b[i]))
      return FALSE;
  return TRUE;
}

/* What tn_grid_is_valid() should say, in the plainest way. */
gboolean
layout_holds (int columns, const TnPlacement *layout, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      const TnPlacement *tile = &layout[i];

      if (tile->w < 1 || tile->h < 1 || tile->x < 0 || tile->y < 0 || tile->x + tile->w > columns)
        return FALSE;
      for (gsize j = 0; j < i; j++)
        if (tiles_overlap (tile, &layout[j]))
          return FALSE;
    }
  return TRUE;
}

gssize
case_hand (const Case *self)
{
  for (gsize i = 0; i < self->n; i++)
    if (g_strcmp0 (self->tiles[i].id, self->gesture.id) == 0)
      return i;
  return -1;
}

static guint
letter_bit (const TnPlacement *tile)
{
  return 1u << (tile->id[0] - 'A');
}

gboolean
case_holds (const Case *self, gsize i)
{
  const TnPlacement *tile = &self->tiles[i];

  return (gssize) i == case_hand (self) || (!tile->locked && (self->group & letter_bit (tile)) != 0);
}

gboolean
case_is_usable (const Case *self)
{
  return case_hand (self) >= 0 && layout_holds (self->columns, self->tiles, self->n);
}

int
tiles_distance (const TnPlacement *a, const TnPlacement *b)
{
  return ABS (a->x - b->x) + ABS (a->y - b->y);
}

static void
bound_randomly (TnPlacement *tile, GRand *random)
{
  tile->min_w = g_rand_int_range (random, 0, tile->w + 1);
  tile->min_h = g_rand_int_range (random, 0, tile->h + 1);
  tile->max_w = g_rand_boolean (random) ? 0 : g_rand_int_range (random, tile->w, tile->w + 4);
  tile->max_h = g_rand_boolean (random) ? 0 : g_rand_int_range (random, tile->h, tile->h + 4);
}

static TnGridGesture
gesture_random (const char *id, int columns, GRand *random)
{
  static const TnGridEdges edges[] = { TN_GRID_EDGE_LEFT,
                                       TN_GRID_EDGE_RIGHT,
                                       TN_GRID_EDGE_TOP,
                                       TN_GRID_EDGE_BOTTOM,
                                       TN_GRID_EDGE_LEFT | TN_GRID_EDGE_TOP,
                                       TN_GRID_EDGE_LEFT | TN_GRID_EDGE_BOTTOM,
                                       TN_GRID_EDGE_RIGHT | TN_GRID_EDGE_TOP,
                                       TN_GRID_EDGE_RIGHT | TN_GRID_EDGE_BOTTOM };
  TnGridGesture gesture = { id, TN_GRID_EDGE_NONE };

  if (g_rand_int_range (random, 0, 5) < 2)
    {
      gesture.share = g_rand_int_range (random, 0, 3) == 0;
      gesture.edges = edges[g_rand_int_range (random, 0, G_N_ELEMENTS (edges))];
    }
  gesture.dx = g_rand_int_range (random, -columns, columns + 1);
  gesture.dy = g_rand_int_range (random, -8, 9);
  if (g_rand_int_range (random, 0, 100) == 0)
    gesture.dx = g_rand_boolean (random) ? G_MAXINT : G_MININT;
  /* A million rows take some time. */
  if (g_rand_int_range (random, 0, 500) == 0)
    gesture.dy = g_rand_boolean (random) ? G_MAXINT : G_MININT;
  return gesture;
}

void
case_randomize (Case *self, GRand *random, int n_max)
{
  int rows = g_rand_int_range (random, 1, 9), tries = 4 * n_max;

  *self = (Case){ .columns = g_rand_int_range (random, 1, g_rand_int_range (random, 0, 20) == 0 ? 65 : 13) };
  self->policy = g_rand_int_range (random, 0, TN_GRID_N_POLICIES);
  n_max = g_rand_int_range (random, 1, n_max + 1);
  while (tries-- > 0 && self->n < (gsize) n_max)
    {
      TnPlacement *tile = &self->tiles[self->n];

      *tile = (TnPlacement){ .id = ids[self->n], .y = g_rand_int_range (random, 0, rows) };
      tile->w = g_rand_int_range (random, 1, MIN (self->columns, 5) + 1);
      tile->h = g_rand_int_range (random, 1, 5);
      tile->x = g_rand_int_range (random, 0, self->columns - tile->w + 1);
      tile->locked = g_rand_int_range (random, 0, 8) == 0;
      if (g_rand_int_range (random, 0, 4) == 0)
        bound_randomly (tile, random);
      if (g_rand_int_range (random, 0, 8) == 0)
        tile->aspect = tile->w / (double) tile->h;
      self->n += layout_holds (self->columns, self->tiles, self->n + 1);
    }
  if (g_rand_int_range (random, 0, 3) == 0)
    self->group = g_rand_int (random) & g_rand_int (random);
  self->gesture = gesture_random (ids[g_rand_int_range (random, 0, self->n)], self->columns, random);
}

static gboolean
drop_tile (Case *self, gsize i)
{
  if ((gssize) i == case_hand (self))
    return FALSE;
  self->group &= ~letter_bit (&self->tiles[i]);
  self->n--;
  memmove (&self->tiles[i], &self->tiles[i + 1], (self->n - i) * sizeof self->tiles[0]);
  return TRUE;
}

static gboolean
lessen (int *number, int least)
{
  int was = *number;

  if (was > least)
    *number = was > 64 ? was / 2 : was - 1;
  return *number != was;
}

static gboolean
drop_column (Case *self, gsize i)
{
  return lessen (&self->columns, 1);
}

static gboolean
unlock (Case *self, gsize i)
{
  return lessen (&self->tiles[i].locked, FALSE);
}

static gboolean
unbind (Case *self, gsize i)
{
  TnPlacement *tile = &self->tiles[i];
  gboolean bound = tile->min_w != 0 || tile->min_h != 0 || tile->max_w != 0 || tile->max_h != 0 || tile->aspect != 0;

  tile->min_w = tile->min_h = tile->max_w = tile->max_h = 0;
  tile->aspect = 0;
  return bound;
}

static gboolean
go_left (Case *self, gsize i)
{
  return lessen (&self->tiles[i].x, 0);
}

static gboolean
go_up (Case *self, gsize i)
{
  return lessen (&self->tiles[i].y, 0);
}

static gboolean
narrow (Case *self, gsize i)
{
  return lessen (&self->tiles[i].w, 1);
}

static gboolean
flatten (Case *self, gsize i)
{
  return lessen (&self->tiles[i].h, 1);
}

static gboolean
shorten (int *distance)
{
  int was = *distance;

  *distance = ABS ((gint64) was) > 64 ? was / 2 : was - (was > 0) + (was < 0);
  return *distance != was;
}

static gboolean
shorten_dx (Case *self, gsize i)
{
  return shorten (&self->gesture.dx);
}

static gboolean
shorten_dy (Case *self, gsize i)
{
  return shorten (&self->gesture.dy);
}

static gboolean
leave_group (Case *self, gsize i)
{
  guint was = self->group;

  self->group &= ~letter_bit (&self->tiles[i]);
  return self->group != was;
}

static gboolean
share_nothing (Case *self, gsize i)
{
  return lessen (&self->gesture.share, FALSE);
}

static gboolean
use_simpler_policy (Case *self, gsize i)
{
  TnGridPolicy was = self->policy;

  self->policy = was == TN_GRID_PUSH ? was : was - 1;
  return self->policy != was;
}

/* Each makes a case smaller or says that it can't, so that shrinking ends. */
static gboolean (*const shrinks[]) (Case *, gsize) = {
  drop_tile,
  drop_column,
  unlock,
  unbind,
  go_left,
  go_up,
  narrow,
  flatten,
  shorten_dx,
  shorten_dy,
  leave_group,
  share_nothing,
  use_simpler_policy,
};

static void
shrink (Case *self, Law law)
{
  gboolean smaller;

  do
    {
      smaller = FALSE;
      for (gsize s = 0; s < G_N_ELEMENTS (shrinks); s++)
        for (gsize i = 0; i < self->n; i++)
          {
            Case attempt = *self;

            if (!shrinks[s](&attempt, i) || law (&attempt) == NULL)
              continue;
            *self = attempt;
            smaller = TRUE;
          }
    }
  while (smaller);
}

static void
print (const Case *self, const char *wrong, guint seed)
{
  g_autofree char *picture = layout_draw (self->columns, self->tiles, self->n);

  g_printerr ("seed %u: %s\n%s\n", seed, wrong, picture);
  for (gsize i = 0; i < self->n; i++)
    {
      const TnPlacement *tile = &self->tiles[i];

      g_printerr ("%s %d,%d %dx%d, at least %dx%d, at most %dx%d, aspect %g%s\n", tile->id, tile->x, tile->y, tile->w,
                  tile->h, tile->min_w, tile->min_h, tile->max_w, tile->max_h, tile->aspect,
                  tile->locked ? ", locked" : "");
    }
  for (gsize i = 0; i < self->n; i++)
    if (case_holds (self, i))
      g_printerr ("%s ", self->tiles[i].id);
  g_printerr ("held, %s first: %s, edges %d, by %d,%d%s\n", self->gesture.id, tn_grid_policy_to_name (self->policy),
              self->gesture.edges, self->gesture.dx, self->gesture.dy, self->gesture.share ? ", shared" : "");
}

/* Fails the test with the smallest case that it can make of the first that breaks the law. */
static void
test_law (gconstpointer data)
{
  const LawTest *test = data;

  for (guint seed = FIRST_SEED; seed < FIRST_SEED + test->cases; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      Case made;

      test->maker (&made, random);
      if (test->law (&made) == NULL)
        continue;
      shrink (&made, test->law);
      print (&made, test->law (&made), seed);
      g_test_fail ();
      return;
    }
}

void
add_laws (const LawTest *tests, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_test_add_data_func (tests[i].path, &tests[i], test_law);
}

void
make_any (Case *self, GRand *random)
{
  case_randomize (self, random, g_rand_int_range (random, 0, 4) == 0 ? MAX_TILES : 8);
}
