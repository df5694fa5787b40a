/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "layout.h"

#include <math.h>
#include <string.h>

/* Laws of shared edges, align and distribute. */

/* A tile as it is when the pulled edge is a right one. */
typedef struct
{
  TnPlacement tile;
  int least, most;
} Seen;

static Seen
see (const TnPlacement *tile, TnGridEdges edge)
{
  TnPlacement seen = *tile;
  gboolean rigid = tile->locked || tile->aspect > 0;

  if (edge == TN_GRID_EDGE_TOP || edge == TN_GRID_EDGE_BOTTOM)
    seen = (TnPlacement){ tile->id,    tile->y,     tile->x,     tile->h,     tile->w,
                          tile->min_h, tile->min_w, tile->max_h, tile->max_w, tile->aspect };
  if (edge == TN_GRID_EDGE_LEFT || edge == TN_GRID_EDGE_TOP)
    seen.x = -seen.x - seen.w;
  return (Seen){ seen, rigid ? seen.w : MAX (1, seen.min_w), rigid ? seen.w : seen.max_w > 0 ? seen.max_w : G_MAXINT };
}

static gboolean
has_common_rows (const TnPlacement *a, const TnPlacement *b)
{
  return a->y < b->y + b->h && b->y < a->y + a->h;
}

static gboolean
same_box (const TnPlacement *a, const TnPlacement *b)
{
  return a->x == b->x && a->y == b->y && a->w == b->w && a->h == b->h;
}

typedef struct
{
  gsize n, hand;
  Seen before[MAX_TILES];
  TnPlacement after[MAX_TILES];
  int was, wanted, end; /* where the edge was, is to go to and has gone to */
} Pull;

static const char *
gives (const Pull *pull, gsize i, gboolean *holds)
{
  const TnPlacement *was = &pull->before[i].tile, *is = &pull->after[i], *hand = &pull->before[pull->hand].tile;
  gboolean is_beyond = has_common_rows (was, hand) && was->x >= pull->was;
  int right = was->x + was->w;

  *holds |= is_beyond && was->x <= pull->end && right - pull->before[i].least <= pull->end;
  if (!is_beyond || was->x >= pull->end)
    return same_box (was, is) ? NULL : "a tile changes that the edge does not reach";
  return is->x == pull->end && is->x + is->w == right && is->y == was->y && is->h == was->h
           ? NULL
           : "a tile that the edge reaches does not give";
}

static const char *
follows (const Pull *pull, gsize i)
{
  const TnPlacement *was = &pull->before[i].tile, *is = &pull->after[i], *hand = &pull->before[pull->hand].tile;
  gboolean is_there = is->x == pull->end || is->w >= pull->before[i].most;
  TnPlacement more = *is;

  if (!has_common_rows (was, hand) || was->x != pull->was)
    return same_box (was, is) ? NULL : "a tile changes that does not lie against the edge";
  if (is->x + is->w != was->x + was->w || is->x < pull->end || is->y != was->y || is->h != was->h || is->w < was->w)
    return "a tile does something else than follow";
  more.x--;
  more.w++;
  for (gsize j = 0; j < pull->n; j++)
    is_there |= j != i && tiles_overlap (&pull->after[j], &more);
  return is_there ? NULL : "a tile could follow further";
}

static const char *
check_pull (const Pull *pull)
{
  gboolean holds = pull->end == pull->wanted;
  const char *wrong = NULL;

  if (pull->wanted < pull->was && pull->end != pull->wanted)
    return "the edge does not go back as far as it can";
  if (pull->wanted >= pull->was && (pull->end < pull->was || pull->end > pull->wanted))
    return "the edge goes where it is not wanted";
  for (gsize i = 0; i < pull->n && wrong == NULL; i++)
    if (i != pull->hand)
      wrong = pull->wanted >= pull->was ? gives (pull, i, &holds) : follows (pull, i);
  if (wrong == NULL && pull->wanted > pull->was && !holds)
    return "the edge could go further";
  return wrong;
}

static void
make_share (Case *self, GRand *random)
{
  do
    make_any (self, random);
  while (self->gesture.edges == TN_GRID_EDGE_NONE || self->policy == TN_GRID_COMPACT);
  self->gesture.edges = 1 << g_rand_int_range (random, 0, 4);
  self->gesture.share = TRUE;
  self->group = 0;
}

static const char *
shares (const Case *self)
{
  TnPlacement result[MAX_TILES], alone;
  TnGridGesture gesture = self->gesture;
  TnGridEdges edge = gesture.edges;
  gssize hand = case_hand (self);
  Pull pull = { self->n, MAX (0, hand) };
  const TnPlacement *now = &pull.after[pull.hand];
  TnPlacement wanted;

  if (!case_is_usable (self) || self->tiles[hand].aspect > 0 || !case_solve (self, result))
    return NULL;
  tn_grid_solve (self->columns, &self->tiles[hand], 1, &gesture, TN_GRID_FREE, &alone);
  for (gsize i = 0; i < self->n; i++)
    {
      pull.before[i] = see (&self->tiles[i], edge);
      pull.after[i] = see (&result[i], edge).tile;
    }
  wanted = see (&alone, edge).tile;
  pull.was = pull.before[hand].tile.x + pull.before[hand].tile.w;
  pull.wanted = wanted.x + wanted.w;
  pull.end = now->x + now->w;
  if (now->x != pull.before[hand].tile.x || now->y != pull.before[hand].tile.y || now->h != pull.before[hand].tile.h)
    return "more than the pulled edge moves";
  return check_pull (&pull);
}

static void
make_neighbours (Case *self, GRand *random)
{
  int x = g_rand_int_range (random, 0, 4), y = g_rand_int_range (random, 0, 4);
  int w = g_rand_int_range (random, 1, 6), h = g_rand_int_range (random, 1, 5), w2 = g_rand_int_range (random, 1, 6);

  *self = (Case){ .columns = x + w + w2 + g_rand_int_range (random, 0, 3), .n = 2 };
  self->tiles[0] = (TnPlacement){ "A", x, y, w, h };
  self->tiles[1] = (TnPlacement){ "B", x + w, y, w2, h };
  self->policy = g_rand_int_range (random, 0, TN_GRID_N_POLICIES);
  self->gesture = (TnGridGesture){ "A", TN_GRID_EDGE_RIGHT, g_rand_int_range (random, -7, 8), 0, TRUE };
  if (g_rand_boolean (random))
    {
      self->gesture.id = "B";
      self->gesture.edges = TN_GRID_EDGE_LEFT;
    }
}

/* Of two that lie side by side one has what the other one gave. */
static const char *
keeps_what_both_cover (const Case *self)
{
  TnPlacement result[MAX_TILES];
  int wanted;

  if (!case_is_usable (self) || self->n != 2 || !case_solve (self, result))
    return NULL;
  if (self->tiles[0].x + self->tiles[0].w != self->tiles[1].x || self->tiles[0].h != self->tiles[1].h
      || self->tiles[0].y != self->tiles[1].y)
    return NULL;
  wanted = CLAMP (self->tiles[1].x + self->gesture.dx, self->tiles[0].x + 1, self->tiles[1].x + self->tiles[1].w - 1);
  if (result[0].x != self->tiles[0].x || result[1].x + result[1].w != self->tiles[1].x + self->tiles[1].w)
    return "an outer edge moves";
  return result[0].x + result[0].w == wanted && result[1].x == wanted ? NULL
                                                                      : "the shared edge is not where it should be";
}

/* Which tiles are arranged; the rest of the gesture says how. */
static void
make_chosen (Case *self, GRand *random)
{
  make_any (self, random);
  self->group = g_rand_int (random) | g_rand_int (random);
  self->gesture.dx = g_rand_int_range (random, 0, 6);
}

static gboolean
is_chosen (const Case *self, gsize i)
{
  return self->group >> (self->tiles[i].id[0] - 'A') & 1;
}

static gsize
count_chosen (const Case *self)
{
  gsize n = 0;

  for (gsize i = 0; i < self->n; i++)
    n += is_chosen (self, i);
  return n;
}

static const char *
check_arranged (const Case *self, const TnPlacement *result, gboolean done, gsize least)
{
  if (done != (count_chosen (self) >= least))
    return "the answer is not what the number of tiles asks for";
  if (!done)
    return layouts_equal (result, self->tiles, self->n) ? NULL : "what can't be done changes something";
  if (!layout_holds (self->columns, result, self->n))
    return "tiles overlap or leave the columns";
  for (gsize i = 0; i < self->n; i++)
    {
      TnPlacement moved = self->tiles[i];

      moved.x = result[i].x;
      moved.y = result[i].y;
      if (!tiles_equal (&moved, &result[i]) || (moved.locked && !tiles_equal (&result[i], &self->tiles[i])))
        return "more than the place of a tile changes, or a locked one moves";
    }
  return NULL;
}

/* The place that the line asks for, whatever is in the way. */
static TnPlacement
on_line (const Case *self, gsize i, TnGridAlign align)
{
  int left = G_MAXINT, right = 0, top = G_MAXINT, bottom = 0;
  TnPlacement tile = self->tiles[i];

  for (gsize j = 0; j < self->n; j++)
    if (is_chosen (self, j))
      {
        left = MIN (left, self->tiles[j].x);
        right = MAX (right, self->tiles[j].x + self->tiles[j].w);
        top = MIN (top, self->tiles[j].y);
        bottom = MAX (bottom, self->tiles[j].y + self->tiles[j].h);
      }
  tile.x = align == TN_GRID_ALIGN_LEFT     ? left
           : align == TN_GRID_ALIGN_CENTER ? (left + right - tile.w) / 2
           : align == TN_GRID_ALIGN_RIGHT  ? right - tile.w
                                           : tile.x;
  tile.y = align == TN_GRID_ALIGN_TOP      ? top
           : align == TN_GRID_ALIGN_MIDDLE ? (top + bottom - tile.h) / 2
           : align == TN_GRID_ALIGN_BOTTOM ? bottom - tile.h
                                           : tile.y;
  return tile;
}

static gboolean
is_taken_by_chosen (const Case *self, const TnPlacement *result, gsize i, const TnPlacement *place)
{
  for (gsize j = 0; j < self->n; j++)
    if (j != i && (is_chosen (self, j) || result[j].locked) && tiles_overlap (&result[j], place))
      return TRUE;
  return FALSE;
}

/* Between its place on the line and the place that it has there is none that the others left it. */
static const char *
checks_line (const Case *self, const TnPlacement *result, gsize i, TnGridAlign align)
{
  TnPlacement place = on_line (self, i, align);
  gboolean down = align <= TN_GRID_ALIGN_RIGHT;

  if (down && result[i].x != place.x)
    return "a tile is not on the line";
  while (!tiles_equal (&place, &result[i]))
    {
      if (!is_taken_by_chosen (self, result, i, &place))
        return "a tile leaves a place on the line that is free";
      if (place.y > result[i].y)
        return "a tile lies before its place on the line";
      place.x += !down;
      if (down || place.x + place.w > self->columns)
        {
          place.x = down ? place.x : 0;
          place.y++;
        }
    }
  return NULL;
}

static gboolean
arrange (const Case *self, TnPlacement *result, gboolean distribute)
{
  const char *ids[MAX_TILES];
  gsize n_ids = letters_to_ids (self->group, ids);

  memcpy (result, self->tiles, sizeof self->tiles);
  return distribute ? tn_grid_distribute (self->columns, result, self->n, ids, n_ids, self->gesture.dx & 1)
                    : tn_grid_align (self->columns, result, self->n, ids, n_ids, self->gesture.dx);
}

static const char *
aligns (const Case *self)
{
  TnPlacement result[MAX_TILES];
  gboolean done;
  const char *wrong;

  if (!case_is_usable (self))
    return NULL;
  done = arrange (self, result, FALSE);
  wrong = check_arranged (self, result, done, 2);
  for (gsize i = 0; i < self->n && done && wrong == NULL; i++)
    if (is_chosen (self, i) && !self->tiles[i].locked)
      wrong = checks_line (self, result, i, self->gesture.dx);
  return wrong;
}

/* A chosen tile along the way of distribution. */
typedef struct
{
  gsize tile;
  int start, size, across;
  int y, x;
  gboolean stays;
} Link;

static int
compare_links (gconstpointer a, gconstpointer b)
{
  const Link *p = a, *q = b;
  int middle = 2 * p->start + p->size - 2 * q->start - q->size;

  return middle != 0 ? middle : p->y != q->y ? p->y - q->y : p->x - q->x;
}

/* The chosen tiles in a row, by their middles. Returns: how many */
static gsize
make_chain (const Case *self, const TnPlacement *layout, Link *chain)
{
  gboolean vertical = self->gesture.dx & 1;
  gsize n = 0;

  for (gsize i = 0; i < self->n; i++)
    if (is_chosen (self, i))
      {
        const TnPlacement *tile = &layout[i];

        chain[n++] = (Link){ i,
                             vertical ? tile->y : tile->x,
                             vertical ? tile->h : tile->w,
                             vertical ? tile->x : tile->y,
                             tile->y,
                             tile->x,
                             tile->locked };
      }
  qsort (chain, n, sizeof *chain, compare_links);
  chain[0].stays = chain[n - 1].stays = TRUE;
  return n;
}

/* Whether some of the chosen would lie on one another or on a locked tile in the places that equal gaps ask for. */
static gboolean
would_collide (const Case *self, const Link *chain, gsize n)
{
  gboolean vertical = self->gesture.dx & 1;
  TnPlacement there[MAX_TILES];

  memcpy (there, self->tiles, sizeof there);
  for (gsize i = 0; i < n; i++)
    *(vertical ? &there[chain[i].tile].y : &there[chain[i].tile].x) = chain[i].start;
  for (gsize i = 0; i < n; i++)
    if (is_taken_by_chosen (self, there, chain[i].tile, &there[chain[i].tile]))
      return TRUE;
  return FALSE;
}

/* Sets where the links between two that stay have to begin. Returns: whether that is not outside */
static gboolean
expect (Link *chain, gsize from, gsize to, int room)
{
  int start = chain[from].start + chain[from].size, gap = chain[to].start - start;
  gboolean fits = TRUE;

  for (gsize i = from + 1; i < to; i++)
    gap -= chain[i].size;
  for (gsize i = from + 1; i < to; i++)
    {
      chain[i].start = start + (int) floor (gap * (double) (i - from) / (to - from));
      start += chain[i].size;
      fits &= chain[i].start >= 0 && chain[i].start + chain[i].size <= room;
    }
  return fits;
}

static const char *
has_equal_gaps (const Case *self, const TnPlacement *result)
{
  Link chain[MAX_TILES];
  gsize n = make_chain (self, self->tiles, chain), from = 0;
  int room = self->gesture.dx & 1 ? G_MAXINT : self->columns;
  gboolean fits = TRUE;

  for (gsize i = 1; i < n; i++)
    if (chain[i].stays)
      {
        fits &= expect (chain, from, i, room);
        from = i;
      }
  for (gsize i = 0; i < n; i++)
    if (chain[i].stays && !tiles_equal (&result[chain[i].tile], &self->tiles[chain[i].tile]))
      return "one moves that is to stay";
  if (!fits || would_collide (self, chain, n))
    return NULL;
  for (gsize i = 0; i < n; i++)
    {
      const TnPlacement *tile = &result[chain[i].tile];
      int start = self->gesture.dx & 1 ? tile->y : tile->x, across = self->gesture.dx & 1 ? tile->x : tile->y;
      int least = G_MAXINT, most = G_MININT;

      if (across != chain[i].across)
        return "a tile leaves its row though it has room there";
      if (start != chain[i].start)
        return "a tile is not where equal gaps ask for it";
      for (gsize j = i; j > 0 && (j == i || !chain[j].stays); j--)
        {
          int gap = chain[j].start - chain[j - 1].start - chain[j - 1].size;

          least = MIN (least, gap);
          most = MAX (most, gap);
        }
      if (chain[i].stays && i > 0 && most - least > 1)
        return "the gaps differ by more than one";
    }
  return NULL;
}

static const char *
distributes (const Case *self)
{
  TnPlacement result[MAX_TILES];
  gboolean done;
  const char *wrong;

  if (!case_is_usable (self))
    return NULL;
  done = arrange (self, result, TRUE);
  wrong = check_arranged (self, result, done, 3);
  return wrong == NULL && done ? has_equal_gaps (self, result) : wrong;
}

static const char *
order_does_not_count (const Case *self)
{
  TnPlacement result[MAX_TILES], other[MAX_TILES];
  Case turned = *self;

  if (!case_is_usable (self))
    return NULL;
  for (gsize i = 0; i < self->n; i++)
    turned.tiles[self->n - 1 - i] = self->tiles[i];
  for (int distribute = 0; distribute < 2; distribute++)
    {
      arrange (self, result, distribute);
      arrange (&turned, other, distribute);
      for (gsize i = 0; i < self->n; i++)
        if (!tiles_equal (&result[i], &other[self->n - 1 - i]))
          return "the answer depends on the order of the tiles";
    }
  return NULL;
}

static const LawTest laws[] = {
  { "/grid/laws/shares", shares, make_share, 40000 },
  { "/grid/laws/keeps-what-both-cover", keeps_what_both_cover, make_neighbours, 10000 },
  { "/grid/laws/aligns", aligns, make_chosen, 40000 },
  { "/grid/laws/distributes", distributes, make_chosen, 40000 },
  { "/grid/laws/order-does-not-count", order_does_not_count, make_chosen, 20000 },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_laws (laws, G_N_ELEMENTS (laws));
  return g_test_run ();
}
