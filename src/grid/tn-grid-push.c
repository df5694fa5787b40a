/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-grid-push.h"

#include "tn-grid-fill.h"

#include <string.h>

/* How many places a search may look at among up to FEW tiles; that is some ms, and several times what they need. */
#define EFFORT 200000
#define FEW 6

typedef struct
{
  int next;        /* the next tile that begins in the same row, or -1 */
  int owed;        /* how far it has to go at least; 0 while nothing fixed lies on its home */
  gboolean placed; /* it is in `fixed`, else in `rest` */
} TileState;

typedef struct
{
  int tile, x, y;
} Move;

typedef struct
{
  int tile, owed;
} Debt;

/* A tile at home that lies in the rows which a place is looked for in. */
typedef struct
{
  int x, w;
  int off;  /* how far up or down it has to go to be out of those rows */
  int owed; /* what it owes already */
} Neighbour;

typedef struct
{
  int columns;
  int n;
  const TnPlacement *home; /* borrowed: where the tiles are, those in hand at their new places */

  TnGridOccupancy fixed; /* the tiles in hand, the locked ones and those put down so far */
  TnGridOccupancy rest;  /* all others, at home */
  TileState *tiles;      /* owned, by tile */
  int *top;              /* owned, by row: the first tile that begins there, or -1 */
  int n_rows;
  int tallest;
  Neighbour *nearby; /* owned: those in the rows that are looked at */
  int n_nearby;

  GArray *waiting;  /* owned, of int: the tiles that owe something, placed or not */
  int owing;        /* what the waiting tiles owe that are not placed */
  GArray *debts;    /* owned, of Debt: what tiles owed before, to go back to */
  GArray *options;  /* owned, of guint64: the places still to try at every level, see option_new() */
  GArray *moves;    /* owned, of Move: what has been put down */
  GArray *best;     /* owned, of Move: the answer so far */
  gint64 best_cost; /* its total displacement */

  gint64 effort;   /* how many more places may be looked at */
  gboolean narrow; /* only the cheapest places of a tile are tried */
  gboolean cut;    /* being narrow has left something out */
} TnPush;

/* A search for the places of one tile. */
typedef struct
{
  const TnPlacement *home;
  guint first;    /* where its options begin */
  gint64 dearest; /* the most that a place may cost */
} Turn;

static gboolean
overlap (const TnPlacement *a, const TnPlacement *b)
{
  return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h && b->y < a->y + a->h;
}

static int
distance (const TnPlacement *a, const TnPlacement *b)
{
  return ABS (a->x - b->x) + ABS (a->y - b->y);
}

/* An option is a place and its cost as one number, so that the least is the cheapest, then the upper, then the left. */
static guint64
option_new (guint64 cost, const TnPlacement *place)
{
  return cost << 32 | (guint64) place->y << 6 | place->x;
}

static guint64
option_cost (guint64 option)
{
  return option >> 32;
}

static void
option_apply (guint64 option, TnPlacement *place)
{
  place->y = (option & G_MAXUINT32) >> 6;
  place->x = option & 63;
}

/* The shortest way up or down on which @tile gets off @place. */
static int
rows_off (const TnPlacement *tile, const TnPlacement *place)
{
  int down = place->y + place->h - tile->y;

  return place->y >= tile->h ? MIN (down, tile->y + tile->h - place->y) : down;
}

/* The shortest way on which what begins at @x and is @w wide gets off @place, if up or down it is @off. */
static int
way_off (const TnPush *self, int x, int w, int off, const TnPlacement *place)
{
  if (place->x >= w)
    off = MIN (off, x + w - place->x);
  if (place->x + place->w + w <= self->columns)
    off = MIN (off, place->x + place->w - x);
  return off;
}

static void
set_owed (TnPush *self, int tile, int owed)
{
  self->owing += owed - self->tiles[tile].owed;
  self->tiles[tile].owed = owed;
}

static void
owe (TnPush *self, int tile, int owed)
{
  Debt before = { tile, self->tiles[tile].owed };

  if (before.owed == 0)
    g_array_append_val (self->waiting, tile);
  g_array_append_val (self->debts, before);
  set_owed (self, tile, owed);
}

static void
forgive (TnPush *self, guint n_debts)
{
  for (guint i = self->debts->len; i > n_debts; i--)
    {
      const Debt *before = &g_array_index (self->debts, Debt, i - 1);

      set_owed (self, before->tile, before->owed);
      if (before->owed == 0)
        g_array_set_size (self->waiting, self->waiting->len - 1);
    }
  g_array_set_size (self->debts, n_debts);
}

/* Writes down what the tiles at home under @place come to owe. */
static void
burden (TnPush *self, const TnPlacement *place)
{
  int end = MIN (place->y + place->h, self->n_rows);

  for (int row = MAX (0, place->y - self->tallest + 1); row < end; row++)
    for (int tile = self->top[row]; tile >= 0; tile = self->tiles[tile].next)
      {
        const TnPlacement *home = &self->home[tile];
        int owed;

        if (self->tiles[tile].placed || !overlap (home, place))
          continue;
        owed = way_off (self, home->x, home->w, rows_off (home, place), place);
        if (owed > self->tiles[tile].owed)
          owe (self, tile, owed);
      }
}

/* Gathers the tiles at home in the rows of @place, whatever their columns. */
static void
look_around (TnPush *self, const TnPlacement *place)
{
  int end = MIN (place->y + place->h, self->n_rows);

  self->n_nearby = 0;
  for (int row = MAX (0, place->y - self->tallest + 1); row < end; row++)
    for (int tile = self->top[row]; tile >= 0; tile = self->tiles[tile].next)
      {
        const TnPlacement *home = &self->home[tile];

        if (!self->tiles[tile].placed && home->y + home->h > place->y)
          self->nearby[self->n_nearby++]
            = (Neighbour){ home->x, home->w, rows_off (home, place), self->tiles[tile].owed };
      }
}

/* What those around would come to owe on top of what they do, counted until it is more than @most. */
static gint64
surcharge (const TnPush *self, const TnPlacement *place, gint64 most)
{
  const Neighbour *end = self->nearby + self->n_nearby;
  gint64 sum = 0;

  for (const Neighbour *tile = self->nearby; tile < end && sum <= most; tile++)
    if (tile->x < place->x + place->w && place->x < tile->x + tile->w)
      sum += MAX (0, way_off (self, tile->x, tile->w, tile->off, place) - tile->owed);
  return sum;
}

/* The one that has to go farthest: it has the fewest places to go to. */
static gboolean
comes_first (const TnPush *self, int tile, int other)
{
  const TnPlacement *a = &self->home[tile], *b = &self->home[other];
  int farther = self->tiles[tile].owed - self->tiles[other].owed;

  return farther > 0 || (farther == 0 && (a->y < b->y || (a->y == b->y && a->x < b->x)));
}

static int
next_tile (TnPush *self)
{
  int chosen = -1;

  for (guint i = 0; i < self->waiting->len; i++)
    {
      int tile = g_array_index (self->waiting, int, i);

      if (!self->tiles[tile].placed && (chosen < 0 || comes_first (self, tile, chosen)))
        chosen = tile;
    }
  self->effort -= self->waiting->len;
  return chosen;
}

/* What a layout may cost at most to be worth finding: we are content with 5/4 of the least. */
static gint64
most_worth (const TnPush *self)
{
  return (self->best_cost * 4 - 1) / 5;
}

static void
consider (TnPush *self, Turn *turn, const TnPlacement *place, gboolean empty)
{
  gint64 cost = distance (place, turn->home);
  guint64 option;

  self->effort--;
  if (cost <= turn->dearest && !empty)
    cost += surcharge (self, place, turn->dearest - cost);
  if (cost > turn->dearest)
    return;
  if (self->narrow && cost < turn->dearest)
    {
      g_array_set_size (self->options, turn->first);
      turn->dearest = cost;
      self->cut = TRUE;
    }
  option = option_new (cost, place);
  g_array_append_val (self->options, option);
}

/* The columns that are not too far for the most that a place in row @y may cost. */
static guint64
within_reach (const TnPush *self, const Turn *turn, int y)
{
  gint64 reach = turn->dearest - ABS (y - turn->home->y);
  int left = MAX (0, turn->home->x - reach), right = MIN (self->columns - 1, turn->home->x + reach);

  return G_MAXUINT64 >> (TN_GRID_MAX_COLUMNS - 1 - right + left) << left;
}

static void
consider_row (TnPush *self, Turn *turn, int y)
{
  TnPlacement place = *turn->home;
  guint64 fixed = tn_grid_occupancy_taken (&self->fixed, y, place.h);
  guint64 rest = tn_grid_occupancy_taken (&self->rest, y, place.h);
  guint64 possible = tn_grid_starts (self->columns, place.w, fixed) & within_reach (self, turn, y);
  guint64 empty = tn_grid_starts (self->columns, place.w, fixed | rest);

  place.y = y;
  if ((possible & ~empty) != 0)
    look_around (self, &place);
  for (; possible != 0; possible &= possible - 1)
    {
      place.x = __builtin_ctzll (possible);
      consider (self, turn, &place, empty >> place.x & 1);
    }
}

/* Every place that @home could go to for at most @dearest, what it pushes in turn included. */
static void
consider_all (TnPush *self, const TnPlacement *home, gint64 dearest)
{
  Turn turn = { home, self->options->len, dearest };

  for (int away = 0; away <= turn.dearest && self->effort > 0; away++)
    {
      if (away <= home->y)
        consider_row (self, &turn, home->y - away);
      if (away > 0)
        consider_row (self, &turn, home->y + away);
    }
}

static guint64
take_cheapest (TnPush *self, guint first)
{
  guint cheapest = first;
  guint64 option;

  for (guint i = first + 1; i < self->options->len; i++)
    if (g_array_index (self->options, guint64, i) < g_array_index (self->options, guint64, cheapest))
      cheapest = i;
  option = g_array_index (self->options, guint64, cheapest);
  g_array_remove_index_fast (self->options, cheapest);
  return option;
}

static void
keep (TnPush *self, gint64 cost)
{
  self->best_cost = cost;
  g_array_set_size (self->best, 0);
  g_array_append_vals (self->best, self->moves->data, self->moves->len);
}

static void search (TnPush *self, gint64 spent);

static void
try_place (TnPush *self, int tile, const TnPlacement *place, gint64 spent)
{
  Move move = { tile, place->x, place->y };
  guint n_debts = self->debts->len;

  g_array_append_val (self->moves, move);
  tn_grid_occupancy_add (&self->fixed, place);
  burden (self, place);
  search (self, spent + distance (place, &self->home[tile]));
  forgive (self, n_debts);
  tn_grid_occupancy_remove (&self->fixed, place);
  g_array_set_size (self->moves, self->moves->len - 1);
}

/*
 * Branch and bound, depth first: takes a tile that cannot stay and tries its places, the cheapest first, where the cost
 * is how far it goes and how far those that it lands on have to go at least. A tile on which nothing fixed lies stays
 * at home, so the search only ever sees the surroundings of the change.
 */
static void
search (TnPush *self, gint64 spent)
{
  int tile = next_tile (self);
  guint first = self->options->len;
  TnPlacement place;
  gint64 others;

  if (tile < 0)
    {
      keep (self, spent);
      return;
    }

  place = self->home[tile];
  tn_grid_occupancy_remove (&self->rest, &place);
  self->tiles[tile].placed = TRUE;
  self->owing -= self->tiles[tile].owed;
  others = spent + self->owing;

  consider_all (self, &self->home[tile], most_worth (self) - others);
  while (self->options->len > first && self->effort > 0)
    {
      guint64 option = take_cheapest (self, first);

      if (others + (gint64) option_cost (option) > most_worth (self))
        break;
      option_apply (option, &place);
      try_place (self, tile, &place, spent);
    }

  g_array_set_size (self->options, first);
  self->owing += self->tiles[tile].owed;
  self->tiles[tile].placed = FALSE;
  tn_grid_occupancy_add (&self->rest, &self->home[tile]);
}

static int
compare_waiting (gconstpointer a, gconstpointer b, gpointer data)
{
  const TnPush *self = data;
  int p = *(const int *) a, q = *(const int *) b;

  return comes_first (self, p, q) ? -1 : comes_first (self, q, p);
}

/* The answer that there always is: what cannot stay goes to the nearest free place, and nothing else moves. */
static void
hop (TnPush *self)
{
  g_auto (TnGridOccupancy) all = { 0 };
  g_auto (TnGridFill) fill = { 0 };
  g_autoptr (GArray) waiting = g_array_copy (self->waiting);

  g_array_sort_with_data (waiting, compare_waiting, self);
  tn_grid_occupancy_init (&all, self->columns, self->n_rows);
  memcpy (all.rows, self->rest.rows, self->n_rows * sizeof *all.rows);
  for (guint i = 0; i < waiting->len; i++)
    tn_grid_occupancy_remove (&all, &self->home[g_array_index (waiting, int, i)]);
  for (int row = 0; row < self->n_rows; row++)
    all.rows[row] |= self->fixed.rows[row];

  tn_grid_fill_init (&fill, &all, self->tallest);
  for (guint i = 0; i < waiting->len; i++)
    {
      int tile = g_array_index (waiting, int, i);
      TnPlacement place = self->home[tile];
      Move move;

      self->best_cost += tn_grid_fill_settle (&fill, &place, TRUE);
      move = (Move){ tile, place.x, place.y };
      g_array_append_val (self->best, move);
    }
}

static void
tn_push_init (TnPush *self, int columns, const TnPlacement *layout, gsize n, const gboolean *held)
{
  int rows = tn_grid_rows (layout, n);

  *self = (TnPush){ .columns = columns, .n = n, .home = layout, .n_rows = rows };
  self->effort = n <= FEW ? EFFORT : EFFORT * FEW * FEW / (n * n) + n / 4;
  tn_grid_occupancy_init (&self->fixed, columns, rows);
  tn_grid_occupancy_init (&self->rest, columns, rows);
  self->tiles = g_new0 (TileState, n);
  self->top = g_new (int, rows);
  self->nearby = g_new (Neighbour, n);
  self->waiting = g_array_new (FALSE, FALSE, sizeof (int));
  self->debts = g_array_new (FALSE, FALSE, sizeof (Debt));
  self->options = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->moves = g_array_new (FALSE, FALSE, sizeof (Move));
  self->best = g_array_new (FALSE, FALSE, sizeof (Move));

  for (int row = 0; row < rows; row++)
    self->top[row] = -1;
  for (gsize i = 0; i < n; i++)
    {
      self->tiles[i].placed = held[i] || layout[i].locked;
      self->tiles[i].next = self->top[layout[i].y];
      self->top[layout[i].y] = i;
      self->tallest = MAX (self->tallest, layout[i].h);
      tn_grid_occupancy_add (self->tiles[i].placed ? &self->fixed : &self->rest, &layout[i]);
    }
}

static void
tn_push_clear (TnPush *self)
{
  tn_grid_occupancy_clear (&self->fixed);
  tn_grid_occupancy_clear (&self->rest);
  g_free (self->tiles);
  g_free (self->top);
  g_free (self->nearby);
  g_array_unref (self->waiting);
  g_array_unref (self->debts);
  g_array_unref (self->options);
  g_array_unref (self->moves);
  g_array_unref (self->best);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TnPush, tn_push_clear)

static void
make_way (TnPush *self, TnPlacement *layout)
{
  hop (self);
  /* The narrow search is quick and mostly good; what it finds cuts the full one short. */
  self->narrow = TRUE;
  search (self, 0);
  self->narrow = FALSE;
  if (self->cut)
    search (self, 0);

  for (guint i = 0; i < self->best->len; i++)
    {
      const Move *move = &g_array_index (self->best, Move, i);

      layout[move->tile].x = move->x;
      layout[move->tile].y = move->y;
    }
}

void
tn_grid_push (int columns, TnPlacement *layout, gsize n, const gboolean *held)
{
  g_auto (TnPush) self;

  tn_push_init (&self, columns, layout, n, held);
  for (gsize i = 0; i < n; i++)
    if (held[i])
      burden (&self, &layout[i]);
  if (self.waiting->len > 0)
    make_way (&self, layout);
}
