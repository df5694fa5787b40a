/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tn-grid.h"

#define COLUMNS 12
#define SEED 7
#define LOADS 21
#define LOADED 10000

/* Processor time: what else the machine does at the moment says nothing about the solver. */
static gint64
now_ns (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 p = *(const gint64 *) a, q = *(const gint64 *) b;

  return p < q ? -1 : p > q;
}

static double
quantile_ms (gint64 *times, gsize n, double quantile)
{
  qsort (times, n, sizeof *times, compare);
  return times[(gsize) ((n - 1) * quantile)] / 1e6;
}

static TnPlacement *
tiles_new (gsize n, GRand *random)
{
  TnPlacement *tiles = g_new0 (TnPlacement, n);

  for (gsize i = 0; i < n; i++)
    {
      tiles[i].id = g_strdup_printf ("tile-%zu", i);
      tiles[i].w = g_rand_int_range (random, 1, 5);
      tiles[i].h = g_rand_int_range (random, 1, 5);
    }
  return tiles;
}

static void
tiles_free (TnPlacement *tiles, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_free ((char *) tiles[i].id);
  g_free (tiles);
}

static void
report (const char *id, const char *what, double value, const char *unit, double goal)
{
  static const char *separator = "[";
  g_autofree char *verdict = NULL;

  if (goal > 0)
    verdict = g_strdup_printf ("%g, \"met\": %s", goal, value <= goal ? "true" : "false");
  g_print ("%s\n  {\"id\": \"%s\", \"what\": \"%s\", \"value\": %.5f, \"unit\": \"%s\", \"better\": \"less\", "
           "\"goal\": %s}",
           separator, id, what, value, unit, verdict != NULL ? verdict : "null, \"met\": null");
  separator = ",";
}

/* A layout, and where its tiles are dragged to. */
typedef struct
{
  gsize n, n_moves;
  TnPlacement *tiles;
  gsize *hands; /* the tile of every move */
  TnGridGesture *moves;
} Work;

/* The tiles lie close together, and any of them goes anywhere: the hardest that a hand can do. */
static Work
work_new (gsize n, gsize n_moves)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  Work work = { n, n_moves, tiles_new (n, random), g_new (gsize, n_moves), g_new0 (TnGridGesture, n_moves) };
  int rows;

  tn_grid_repair (COLUMNS, work.tiles, n);
  tn_grid_compact (COLUMNS, work.tiles, n);
  rows = tn_grid_rows (work.tiles, n);
  for (gsize i = 0; i < n_moves; i++)
    {
      const TnPlacement *hand = &work.tiles[work.hands[i] = g_rand_int_range (random, 0, n)];

      work.moves[i].id = hand->id;
      work.moves[i].dx = g_rand_int_range (random, 0, COLUMNS - hand->w + 1) - hand->x;
      work.moves[i].dy = g_rand_int_range (random, 0, rows) - hand->y;
    }
  return work;
}

static void
work_free (Work *work)
{
  g_free (work->hands);
  g_free (work->moves);
  tiles_free (work->tiles, work->n);
}

/* @on: whether every move is of what the one before left, else all are of the same layout. */
static gint64 *
work_time (const Work *work, gboolean on)
{
  gsize size = work->n * sizeof *work->tiles;
  g_autofree TnPlacement *tiles = g_memdup2 (work->tiles, size), *result = g_new (TnPlacement, work->n);
  gint64 *times = g_new (gint64, work->n_moves);

  for (gsize i = 0; i < work->n_moves; i++)
    {
      gsize hand = work->hands[i];
      TnGridGesture gesture = work->moves[i];
      gint64 start;

      gesture.dx += work->tiles[hand].x - tiles[hand].x;
      gesture.dy += work->tiles[hand].y - tiles[hand].y;
      start = now_ns ();
      tn_grid_solve (COLUMNS, tiles, work->n, &gesture, TN_GRID_PUSH, result);
      times[i] = now_ns () - start;
      if (on)
        memcpy (tiles, result, size);
    }
  return times;
}

typedef struct
{
  double median, p99;
} Times;

static Times
bench_solve (gsize n, gsize n_moves, double goal)
{
  Work work = work_new (n, n_moves);
  g_autofree gint64 *times = work_time (&work, FALSE);
  g_autofree char *id = g_strdup_printf ("grid.solve-%zu-p99", n);
  g_autofree char *what = g_strdup_printf ("One solve among %zu tiles, push, random long moves, 99th percentile", n);
  Times result = { quantile_ms (times, n_moves, 0.5), quantile_ms (times, n_moves, 0.99) };

  report (id, what, result.p99, "ms", goal);
  work_free (&work);
  return result;
}

/* The worse of the middle and the slow ones, measured against n log n. */
static void
bench_growth (gsize from, Times few, gsize to, Times many)
{
  double expected = to * log (to) / (from * log (from));

  report ("grid.growth", "Growth of a solve from 1000 to 20000 tiles, as a part of that of n log n",
          MAX (many.median / few.median, many.p99 / few.p99) / expected, "x", 1);
}

/* Tiles from here and there go together as far as a single one does. */
static void
bench_group (gsize n, gsize size, gsize n_moves, double goal)
{
  Work work = work_new (n, n_moves);
  g_autofree const char **ids = g_new (const char *, n);
  g_autofree gint64 *times = NULL;
  g_autofree char *id = g_strdup_printf ("grid.solve-%zu-group-%zu-p99", n, size);
  g_autofree char *what = g_strdup_printf ("The same among %zu tiles with %zu in hand", n, size);

  for (gsize i = 0; i < n; i++)
    ids[i] = work.tiles[i].id;
  for (gsize i = 0; i < n_moves; i++)
    {
      work.moves[i].others = ids + i * 7919 % (n - size);
      work.moves[i].n_others = size - 1;
    }
  times = work_time (&work, FALSE);
  report (id, what, quantile_ms (times, n_moves, 0.99), "ms", goal);
  work_free (&work);
}

/* The work as JSON for those that others' engines do it with: {"columns", "tiles": [x, y, w, h], "moves": [tile, x, y]}
 */
static gboolean
work_save (const Work *work, const char *path)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_string_append_printf (json, "{\"columns\": %d,\n\"tiles\": [", COLUMNS);
  for (gsize i = 0; i < work->n; i++)
    {
      const TnPlacement *tile = &work->tiles[i];

      g_string_append_printf (json, "%s[%d,%d,%d,%d]", i > 0 ? "," : "", tile->x, tile->y, tile->w, tile->h);
    }
  g_string_append (json, "],\n\"moves\": [");
  for (gsize i = 0; i < work->n_moves; i++)
    {
      const TnPlacement *hand = &work->tiles[work->hands[i]];

      g_string_append_printf (json, "%s[%zu,%d,%d]", i > 0 ? "," : "", work->hands[i], hand->x + work->moves[i].dx,
                              hand->y + work->moves[i].dy);
    }
  g_string_append (json, "]}\n");
  if (g_file_set_contents (path, json->str, json->len, &error))
    return TRUE;
  g_printerr ("bench-grid: %s\n", error->message);
  return FALSE;
}

/* What others' engines are measured against, and the moves for them in @directory. */
static gboolean
bench_for_peers (const char *directory, gsize n, gsize n_moves, const char *name, double quantile)
{
  Work work = work_new (n, n_moves);
  g_autofree gint64 *times = work_time (&work, TRUE);
  g_autofree char *id = g_strdup_printf ("grid.solve-%zu-%s", n, name);
  g_autofree char *what
    = g_strdup_printf ("What others are measured with: moves one after another, %zu tiles, %s", n, name);
  g_autofree char *path = g_strdup_printf ("%s/moves-%zu.json", directory, n);
  gboolean saved = work_save (&work, path);

  report (id, what, quantile_ms (times, n_moves, quantile), "ms", 0);
  work_free (&work);
  return saved;
}

static void
bench_load (double goal)
{
  gint64 times[LOADS];

  for (int i = 0; i < LOADS; i++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (SEED + i);
      TnPlacement *tiles = tiles_new (LOADED, random);
      gint64 start = now_ns ();

      tn_grid_repair (COLUMNS, tiles, LOADED);
      times[i] = now_ns () - start;
      tiles_free (tiles, LOADED);
    }
  report ("grid.load-10000", "Load of 10000 tiles that say no place, each placed, median",
          quantile_ms (times, LOADS, 0.5), "ms", goal);
}

/* bench-grid [DIRECTORY]: prints a JSON array of figures, and writes the moves for others' engines there. */
int
main (int argc, char *argv[])
{
  Times few, many;
  gboolean saved = TRUE;

  bench_solve (200, 20000, 0.05);
  few = bench_solve (1000, 5000, 0.5);
  many = bench_solve (20000, 500, 16);
  bench_growth (1000, few, 20000, many);
  bench_group (20000, 100, 200, 16);
  bench_load (50);
  if (argc > 1)
    saved = bench_for_peers (argv[1], 200, 100, "median", 0.5) && bench_for_peers (argv[1], 1000, 400, "p95", 0.95)
            && bench_for_peers (argv[1], 2000, 400, "p95", 0.95);
  g_print ("\n]\n");
  return saved ? EXIT_SUCCESS : EXIT_FAILURE;
}
