/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "layout.h"

#include <math.h>

static void
assert_picture (int columns, const TnPlacement *layout, gsize n, const char *expected)
{
  g_autofree char *picture = layout_draw (columns, layout, n);

  g_assert_cmpstr (picture, ==, expected);
}

static void
assert_place (const TnPlacement *tile, int x, int y, int w, int h)
{
  g_assert_cmpint (tile->x, ==, x);
  g_assert_cmpint (tile->y, ==, y);
  g_assert_cmpint (tile->w, ==, w);
  g_assert_cmpint (tile->h, ==, h);
}

static void
test_find_first (void)
{
  TnPlacement wanted = { .w = 2, .h = 1 };
  Case made;

  case_read (&made, "AA.B\nAA.B\n....");
  tn_grid_find_place (4, made.tiles, made.n, &wanted);
  assert_place (&wanted, 0, 2, 2, 1);
  wanted = (TnPlacement){ .w = 1, .h = 2 };
  tn_grid_find_place (4, made.tiles, made.n, &wanted);
  assert_place (&wanted, 2, 0, 1, 2);
}

static void
test_find_narrows (void)
{
  TnPlacement wanted = { .w = 9, .h = 2, .min_w = 6 };
  Case made;

  case_read (&made, "AA..");
  tn_grid_find_place (4, made.tiles, made.n, &wanted);
  assert_place (&wanted, 0, 1, 4, 2);
  wanted = (TnPlacement){ .w = 0, .h = -3 };
  tn_grid_find_place (4, made.tiles, made.n, &wanted);
  assert_place (&wanted, 2, 0, 1, 1);
  tn_grid_find_place (4, NULL, 0, &wanted);
  assert_place (&wanted, 0, 0, 1, 1);
}

static void
test_repair_hostile (void)
{
  TnPlacement tiles[] = {
    { "A", G_MAXINT, G_MAXINT, G_MAXINT, G_MAXINT },
    { "B", G_MININT, G_MININT, G_MININT, G_MININT },
    { "C", -1, -1, 0, 0, .aspect = NAN },
    { "D", 5, 0, 9, 2, .min_w = G_MAXINT, .max_w = -7, .aspect = INFINITY },
    { NULL, 0, 0, 1, 1, .min_h = 3, .max_h = 2, .aspect = 1e-300 },
  };

  g_assert_cmpuint (tn_grid_repair (12, tiles, 5), ==, 5);
  assert_place (&tiles[0], 0, TN_GRID_MAX_ROWS, 12, TN_GRID_MAX_HEIGHT);
  assert_place (&tiles[4], 0, 0, 1, 3);
  assert_place (&tiles[1], 1, 0, 1, 1);
  assert_place (&tiles[2], 2, 0, 1, 1);
  assert_place (&tiles[3], 0, 3, 12, 2);
  g_assert_true (tn_grid_is_valid (12, tiles, 5));
  g_assert_cmpuint (tn_grid_repair (12, tiles, 5), ==, 0);
}

static void
test_repair_aspect (void)
{
  TnPlacement tiles[] = { { "A", 0, 0, 4, 4, .aspect = 2 }, { "B", 4, 0, 4, 4, .aspect = 2, .min_h = 3 } };

  g_assert_cmpuint (tn_grid_repair (12, tiles, 2), ==, 2);
  assert_place (&tiles[0], 0, 0, 4, 2);
  assert_place (&tiles[1], 4, 0, 6, 3);
}

static void
test_repair_claims (void)
{
  TnPlacement tiles[]
    = { { "C", 0, 0, 2, 1 }, { "B", 0, 0, 2, 1 }, { "A", 1, 0, 1, 1 }, { "L", 0, 0, 1, 1, .locked = TRUE } };

  g_assert_cmpuint (tn_grid_repair (3, tiles, 4), ==, 2);
  assert_picture (3, tiles, 4, "lA.\nBB.\nCC.");
}

static void
test_repair_claims_of_locked (void)
{
  TnPlacement tiles[] = {
    { "A", 0, 0, 3, 1 }, { "B", 0, 0, 3, 1 }, { "L", 0, 3, 3, 1, .locked = TRUE }, { "M", 0, 3, 3, 1, .locked = TRUE }
  };

  g_assert_cmpuint (tn_grid_repair (3, tiles, 4), ==, 2);
  assert_picture (3, tiles, 4, "AAA\nBBB\n...\nlll\nmmm");
}

static void
test_repair_goes_down (void)
{
  Case made;

  case_read (&made, "....\nAAAA\nCC..");
  made.tiles[made.n++] = (TnPlacement){ "B", 0, 1, 2, 1 };
  g_assert_cmpuint (tn_grid_repair (4, made.tiles, made.n), ==, 1);
  assert_picture (4, made.tiles, made.n, "....\nAAAA\nCC..\nBB..");
}

static void
test_repair_valid (void)
{
  Case made;

  case_read (&made, "A..B\nAccB\n....\n..D.");
  g_assert_cmpuint (tn_grid_repair (4, made.tiles, made.n), ==, 0);
  assert_picture (4, made.tiles, made.n, "A..B\nAccB\n....\n..D.");
  g_assert_cmpuint (tn_grid_repair (4, NULL, 0), ==, 0);
}

/* A file that says nothing of places puts everything at 0,0. */
static void
test_repair_thousands (void)
{
  gsize n = 10000;
  g_autofree TnPlacement *tiles = g_new0 (TnPlacement, n);
  int cells = 0;

  for (gsize i = 0; i < n; i++)
    {
      tiles[i] = (TnPlacement){ "same", 0, 0, 1 + i % 4, 1 + i % 3 };
      cells += tiles[i].w * tiles[i].h;
    }
  g_assert_cmpuint (tn_grid_repair (12, tiles, n), ==, n - 1);
  g_assert_true (tn_grid_is_valid (12, tiles, n));
  g_assert_cmpint (tn_grid_rows (tiles, n), <=, cells / 12 * 11 / 10);
}

static void
test_reflow_narrower (void)
{
  Case made;

  case_read (&made, "AABBCC\nAADD.E");
  tn_grid_reflow (6, 3, made.tiles, made.n);
  assert_picture (3, made.tiles, made.n, "ABC\nADE");
}

static void
test_reflow_rounds (void)
{
  Case made;

  case_read (&made, "AAA.\nBCCC");
  tn_grid_reflow (4, 2, made.tiles, made.n);
  assert_picture (2, made.tiles, made.n, "AA\nB.\nCC");
}

static void
test_reflow_wider (void)
{
  Case made;

  case_read (&made, "AB\nCC");
  tn_grid_reflow (2, 4, made.tiles, made.n);
  assert_picture (4, made.tiles, made.n, "AABB\nCCCC");
}

static void
test_reflow_bounds (void)
{
  TnPlacement tiles[] = { { "A", 0, 0, 6, 2, .min_w = 5 },
                          { "B", 6, 0, 6, 2, .aspect = 3 },
                          { "C", 0, 2, 12, 1, .max_w = 2, .locked = TRUE } };

  tn_grid_reflow (12, 6, tiles, 3);
  assert_picture (6, tiles, 3, "AAAAA.\nAAAAA.\nBBBcc.");
}

static void
test_reflow_one_column (void)
{
  Case made;

  case_read (&made, "ABB\n.CC");
  tn_grid_reflow (3, 1, made.tiles, made.n);
  assert_picture (1, made.tiles, made.n, "A\nB\nC");
}

static void
test_reflow_same (void)
{
  Case made;

  case_read (&made, "..A\n...\nB..");
  tn_grid_reflow (3, 3, made.tiles, made.n);
  assert_picture (3, made.tiles, made.n, "..A\n...\nB..");
}

static void
test_valid (void)
{
  static const TnPlacement bad[] = { { "A", -1, 0, 1, 1 },  { "A", 0, -1, 1, 1 },       { "A", 0, 0, 0, 1 },
                                     { "A", 0, 0, 1, 0 },   { "A", 3, 0, 2, 1 },        { "A", 0, 0, 5, 1 },
                                     { "A", 0, 0, 1, 257 }, { "A", G_MAXINT, 0, 1, 1 }, { "A", 0, G_MAXINT, 1, 1 } };
  TnPlacement twice[] = { { "A", 0, 0, 2, 2 }, { "B", 1, 1, 2, 2 } };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (tn_grid_is_valid (4, &bad[i], 1));
  g_assert_false (tn_grid_is_valid (4, twice, 2));
  g_assert_true (tn_grid_is_valid (4, twice, 1));
  g_assert_false (tn_grid_is_valid (0, NULL, 0));
  g_assert_false (tn_grid_is_valid (TN_GRID_MAX_COLUMNS + 1, NULL, 0));
  g_assert_true (tn_grid_is_valid (TN_GRID_MAX_COLUMNS, NULL, 0));
  g_assert_cmpint (tn_grid_rows (twice, 2), ==, 3);
  g_assert_cmpint (tn_grid_rows (NULL, 0), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/grid/find/first", test_find_first);
  g_test_add_func ("/grid/find/narrows", test_find_narrows);
  g_test_add_func ("/grid/repair/hostile", test_repair_hostile);
  g_test_add_func ("/grid/repair/aspect", test_repair_aspect);
  g_test_add_func ("/grid/repair/claims", test_repair_claims);
  g_test_add_func ("/grid/repair/claims-of-locked", test_repair_claims_of_locked);
  g_test_add_func ("/grid/repair/goes-down", test_repair_goes_down);
  g_test_add_func ("/grid/repair/valid", test_repair_valid);
  g_test_add_func ("/grid/repair/thousands", test_repair_thousands);
  g_test_add_func ("/grid/reflow/narrower", test_reflow_narrower);
  g_test_add_func ("/grid/reflow/rounds", test_reflow_rounds);
  g_test_add_func ("/grid/reflow/wider", test_reflow_wider);
  g_test_add_func ("/grid/reflow/bounds", test_reflow_bounds);
  g_test_add_func ("/grid/reflow/one-column", test_reflow_one_column);
  g_test_add_func ("/grid/reflow/same", test_reflow_same);
  g_test_add_func ("/grid/valid", test_valid);
  return g_test_run ();
}
