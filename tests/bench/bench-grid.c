/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
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
report (const char *id, const char *what, double ms, double goal)
{
  static const char *separator = "[";

  g_print ("%s\n  {\"id\": \"%s\", \"what\": \"%s\", \"value\": %.4f, \"unit\": \"ms\", \"goal\": %g, "
           "\"better\": \"less\", \"met\": %s}",
           separator, id, what, ms, goal, ms <= goal ? "true" : "false");
  separator = ",";
}

/* The tiles lie close together, and any of them goes anywhere: the hardest that a hand can do. */
static void
bench_solve (gsize n, gsize n_moves, double goal)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  TnPlacement *tiles = tiles_new (n, random), *result = g_new (TnPlacement, n);
  g_autofree gint64 *times = g_new (gint64, n_moves);
  g_autofree char *id = g_strdup_printf ("grid.solve-%zu-p99", n);
  g_autofree char *what = g_strdup_printf ("One solve among %zu tiles, push, random long moves, 99th percentile", n);
  int rows;

  tn_grid_repair (COLUMNS, tiles, n);
  rows = tn_grid_rows (tiles, n);
  for (gsize i = 0; i < n_moves; i++)
    {
      const TnPlacement *hand = &tiles[g_rand_int_range (random, 0, n)];
      TnGridGesture gesture = { hand->id, TN_GRID_EDGE_NONE };
      gint64 start;

      gesture.dx = g_rand_int_range (random, 0, COLUMNS) - hand->x;
      gesture.dy = g_rand_int_range (random, 0, rows) - hand->y;
      start = now_ns ();
      tn_grid_solve (COLUMNS, tiles, n, &gesture, TN_GRID_PUSH, result);
      times[i] = now_ns () - start;
    }
  report (id, what, quantile_ms (times, n_moves, 0.99), goal);
  g_free (result);
  tiles_free (tiles, n);
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
          quantile_ms (times, LOADS, 0.5), goal);
}

int
main (int argc, char *argv[])
{
  bench_solve (200, 20000, 0.05);
  bench_solve (1000, 5000, 0.5);
  bench_solve (20000, 500, 16);
  bench_load (50);
  g_print ("\n]\n");
  return EXIT_SUCCESS;
}
