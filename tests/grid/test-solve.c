/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "layout.h"

#define LEFT TN_GRID_EDGE_LEFT
#define RIGHT TN_GRID_EDGE_RIGHT
#define TOP TN_GRID_EDGE_TOP
#define BOTTOM TN_GRID_EDGE_BOTTOM

/* What a gesture makes of a layout; the tile in hand is always A. */
typedef struct
{
  const char *path;
  const char *before;
  TnGridPolicy policy;
  TnGridEdges edges;
  int dx, dy;
  const char *after;
  guint group;
  gboolean share;
} Example;

#define B 1 << 1
#define C 1 << 2
#define D 1 << 3

static const Example examples[] = {
  { "/grid/move/into-the-open", "AA..\nAA..", TN_GRID_PUSH, 0, 2, 1, "....\n..AA\n..AA" },
  { "/grid/move/stops-at-the-left", ".A.\n...", TN_GRID_PUSH, 0, -9, 0, "A.." },
  { "/grid/move/stops-at-the-right", "AA..", TN_GRID_PUSH, 0, 9, 0, "..AA" },
  { "/grid/move/stops-at-the-top", "...\n.A.", TN_GRID_PUSH, 0, 0, -9, ".A." },
  { "/grid/move/by-nothing", "ABB\n.BB", TN_GRID_PUSH, 0, 0, 0, "ABB\n.BB" },

  { "/grid/push/aside", "A.B.", TN_GRID_PUSH, 0, 2, 0, ".BA." },
  { "/grid/push/of-equals-the-upper", ".\n.\nB\n.\nA", TN_GRID_PUSH, 0, 0, -2, ".\nB\nA" },
  { "/grid/push/the-shorter-way", "AA..BB....", TN_GRID_PUSH, 0, 3, 0, "...AABB..." },
  { "/grid/push/down-at-the-edge", "A.BB", TN_GRID_PUSH, 0, 2, 0, "..A.\n..BB" },
  { "/grid/push/into-the-place-that-was-left", "AABB\nAABB", TN_GRID_PUSH, 0, 2, 0, "BBAA\nBBAA" },
  { "/grid/push/two-at-once", "BC..\nAA..", TN_GRID_PUSH, 0, 0, -1, "AAC.\nB..." },
  { "/grid/push/one-that-pushes-on", "A\nB\nC\n.", TN_GRID_PUSH, 0, 0, 1, "B\nA\nC" },
  { "/grid/push/wide-over-narrow", "AAAA\nB..C", TN_GRID_PUSH, 0, 0, 1, "B..C\nAAAA" },
  { "/grid/push/leaves-the-rest-alone", "AA.DD\nBB.EE\nCC.FF", TN_GRID_PUSH, 0, 0, 1, "BB.DD\nAA.EE\nCC.FF" },

  { "/grid/locked/is-gone-around", "A.b", TN_GRID_PUSH, 0, 2, 0, ".Ab" },
  { "/grid/locked/is-gone-past", "Abb.", TN_GRID_PUSH, 0, 2, 0, ".bbA" },
  { "/grid/locked/is-not-pushed-on", "A.Bc", TN_GRID_PUSH, 0, 2, 0, ".BAc" },

  { "/grid/free/into-the-open", "A..B", TN_GRID_FREE, 0, 2, 0, "..AB" },
  { "/grid/free/nearest-place", "A..BB.", TN_GRID_FREE, 0, 4, 0, "...BBA" },
  { "/grid/free/nowhere-nearer-than-home", "ABB\n.BB", TN_GRID_FREE, 0, 1, 0, "ABB\n.BB" },

  { "/grid/resize/right", "A...", TN_GRID_PUSH, RIGHT, 2, 0, "AAA." },
  { "/grid/resize/left", "...A", TN_GRID_PUSH, LEFT, -2, 0, ".AAA" },
  { "/grid/resize/top", ".\n.\nA", TN_GRID_PUSH, TOP, 0, -1, ".\nA\nA" },
  { "/grid/resize/bottom", "A", TN_GRID_PUSH, BOTTOM, 0, 2, "A\nA\nA" },
  { "/grid/resize/corner", "...\n..A", TN_GRID_PUSH, LEFT | TOP, -1, -1, ".AA\n.AA" },
  { "/grid/resize/smaller", "AAAA\nAAAA", TN_GRID_PUSH, RIGHT | BOTTOM, -2, -1, "AA.." },
  { "/grid/resize/smaller-from-the-left", "AAAA", TN_GRID_PUSH, LEFT, 3, 0, "...A" },
  { "/grid/resize/never-to-nothing", "AAAA", TN_GRID_PUSH, LEFT, 9, 0, "...A" },
  { "/grid/resize/stops-at-the-columns", ".A..", TN_GRID_PUSH, RIGHT, 9, 0, ".AAA" },
  { "/grid/resize/stops-at-the-top", ".\nA", TN_GRID_PUSH, TOP, 0, -9, "A\nA" },
  { "/grid/resize/ignores-what-is-not-pulled", "A...", TN_GRID_PUSH, RIGHT, 0, 3, "A..." },
  { "/grid/resize/pushes", "AB..\nAB..", TN_GRID_PUSH, RIGHT, 1, 0, "AAB.\nAAB." },
  { "/grid/resize/stops-at-locked", "A.bb", TN_GRID_PUSH, RIGHT, 3, 0, "AAbb" },
  { "/grid/resize/gives-back-the-least", "A..\n...\nbbb", TN_GRID_PUSH, RIGHT | BOTTOM, 2, 2, "AAA\nAAA\nbbb" },
  { "/grid/resize/counts-only-what-it-could-have", "A...\n...b\n...b", TN_GRID_PUSH, RIGHT | BOTTOM, 9, 2,
    "AAA.\nAAAb\nAAAb" },
  { "/grid/resize/free-pushes-nothing", "A.B.", TN_GRID_FREE, RIGHT, 3, 0, "AAB." },

  { "/grid/group/moves-as-one", "AB..\n.C..", TN_GRID_PUSH, 0, 2, 0, "..AB\n...C", B | C },
  { "/grid/group/stops-as-one", "A.B.", TN_GRID_PUSH, 0, 9, 0, ".A.B", B },
  { "/grid/group/stops-at-the-top-as-one", ".B\n..\nA.", TN_GRID_PUSH, 0, 0, -9, ".B\n..\nA.", B },
  { "/grid/group/pushes", "ABC..", TN_GRID_PUSH, 0, 2, 0, ".CAB.", B },
  { "/grid/group/pushes-into-what-it-left", "ABCD", TN_GRID_PUSH, 0, 2, 0, ".CAB\n...D", B },
  { "/grid/group/goes-around-locked", "AB.c..", TN_GRID_PUSH, 0, 2, 0, ".ABc..", B },
  { "/grid/group/goes-around-locked-between", "A.B..c....", TN_GRID_PUSH, 0, 3, 0, "..A.Bc....", B },
  { "/grid/group/leaves-locked-ones", "Ab..", TN_GRID_PUSH, 0, 2, 0, ".bA.", B },
  { "/grid/group/free", "AB.C....", TN_GRID_FREE, 0, 3, 0, "...CAB..", B },
  { "/grid/group/of-all", "AB\nCD", TN_GRID_PUSH, 0, 0, 1, "..\nAB\nCD", B | C | D },
  { "/grid/group/resizes-each", "A.\nB.", TN_GRID_PUSH, RIGHT, 1, 0, "AA\nBB", B },
  { "/grid/group/gives-way-to-the-first", "BA..", TN_GRID_PUSH, RIGHT, 1, 0, ".AA.\nBB..", B },
  { "/grid/group/resized-pushes-the-rest", "A.C\nB..", TN_GRID_PUSH, RIGHT, 2, 0, "AAA\nBBB\n..C", B },

  { "/grid/swap/equals", "A.B", TN_GRID_SWAP, 0, 2, 0, "B.A" },
  { "/grid/swap/nobody-else-moves", "ACDB", TN_GRID_SWAP, 0, 3, 0, "BCDA" },
  { "/grid/swap/half-is-enough", "AA.BB", TN_GRID_SWAP, 0, 2, 0, "BB.AA" },
  { "/grid/swap/less-than-half-is-not", "AAA..BBB", TN_GRID_SWAP, 0, 3, 0, "..AAABBB" },
  { "/grid/swap/with-the-most-covered", "AAAA.....\n....BBCCC", TN_GRID_SWAP, 0, 5, 1, "CCC.BB...\n.....AAAA" },
  { "/grid/swap/of-equals-the-left", "....\nAABC", TN_GRID_SWAP, 0, 2, 0, "...C\nB.AA" },
  { "/grid/swap/small-with-big", "A.BB\n..BB", TN_GRID_SWAP, 0, 2, 0, "BBA.\nBB.." },
  { "/grid/swap/pushes-a-third", "ACBB\n.CBB", TN_GRID_SWAP, 0, 2, 0, "BBAC\nBB.C" },
  { "/grid/swap/not-with-locked", "A.b.", TN_GRID_SWAP, 0, 2, 0, ".Ab." },
  { "/grid/swap/into-the-open", "A..B", TN_GRID_SWAP, 0, 2, 0, "..AB" },
  { "/grid/swap/a-resize-pushes", "AB.", TN_GRID_SWAP, RIGHT, 1, 0, "AAB" },
  { "/grid/swap/a-group-pushes", "AB.C", TN_GRID_SWAP, 0, 2, 0, "..AB\n...C", B },

  { "/grid/compact/falls", "A..\n..B", TN_GRID_COMPACT, 0, 1, 2, ".AB" },
  { "/grid/compact/pushes-first", "A\nB", TN_GRID_COMPACT, 0, 0, 1, "B\nA" },
  { "/grid/compact/onto-locked", "A..\nbb.", TN_GRID_COMPACT, 0, 1, 5, "...\nbb.\n.A." },
  { "/grid/compact/nothing-for-nothing", "...\nA.B", TN_GRID_COMPACT, 0, 0, 0, "...\nA.B" },
  { "/grid/compact/resize", "AA\nB.\n.C", TN_GRID_COMPACT, BOTTOM, 0, 1, "AA\nAA\nBC" },

  { "/grid/share/gives", "AABB", TN_GRID_PUSH, RIGHT, 1, 0, "AAAB", 0, TRUE },
  { "/grid/share/takes", "AABB", TN_GRID_PUSH, RIGHT, -1, 0, "ABBB", 0, TRUE },
  { "/grid/share/to-the-left", "BBAA", TN_GRID_PUSH, LEFT, -1, 0, "BAAA", 0, TRUE },
  { "/grid/share/down", "A\nA\nB\nB", TN_GRID_PUSH, BOTTOM, 0, 1, "A\nA\nA\nB", 0, TRUE },
  { "/grid/share/up", "B\nB\nA", TN_GRID_PUSH, TOP, 0, -1, "B\nA\nA", 0, TRUE },
  { "/grid/share/never-to-nothing", "AABB", TN_GRID_PUSH, RIGHT, 2, 0, "AAAB", 0, TRUE },
  { "/grid/share/all-that-face", "AABB\nAACC\nDDDD", TN_GRID_PUSH, RIGHT, 1, 0, "AAAB\nAAAC\nDDDD", 0, TRUE },
  { "/grid/share/one-holds-all", "AABB\nAA.c", TN_GRID_PUSH, RIGHT, 2, 0, "AAAB\nAAAc", 0, TRUE },
  { "/grid/share/across-a-gap", "A.BB", TN_GRID_PUSH, RIGHT, 2, 0, "AAAB", 0, TRUE },
  { "/grid/share/from-the-middle", "AABBBCC", TN_GRID_FREE, RIGHT, 1, 0, "AAABBCC", 0, TRUE },
  { "/grid/share/takes-what-is-free", "AAA.\n.CBB\n..BB", TN_GRID_PUSH, RIGHT, -2, 0, "A...\n.CBB\n..BB", 0, TRUE },
  { "/grid/share/of-two-one-can-follow", "AABB\nAAcc", TN_GRID_PUSH, RIGHT, -1, 0, "ABBB\nA.cc", 0, TRUE },
  { "/grid/share/stops-at-what-is-in-the-way", "AAABB\n.C.BB", TN_GRID_PUSH, RIGHT, -2, 0, "A.BBB\n.CBBB", 0, TRUE },
  { "/grid/share/corner", "AABB\nAABB\nCCDD\nCCDD", TN_GRID_PUSH, RIGHT | BOTTOM, 1, 1, "AAAB\nAAAB\nAAA.\nCCDD", 0,
    TRUE },
  { "/grid/share/with-nobody", "A...", TN_GRID_PUSH, RIGHT, 2, 0, "AAA.", 0, TRUE },
  { "/grid/share/falls", "AABB\nCC..", TN_GRID_COMPACT, BOTTOM, 0, -1, "AABB\nCC..", 0, TRUE },
};

static void
test_example (gconstpointer data)
{
  const Example *example = data;
  TnPlacement result[MAX_TILES];
  g_autofree char *after = NULL;
  Case made;

  case_read (&made, example->before);
  made.gesture = (TnGridGesture){ "A", example->edges, example->dx, example->dy, example->share };
  made.group = example->group;
  made.policy = example->policy;
  case_solve (&made, result);
  after = layout_draw (made.columns, result, made.n);
  g_assert_cmpstr (after, ==, example->after);
}

static const TnPlacement *
solve_one (TnPlacement *tile, int columns, TnGridEdges edges, int dx, int dy)
{
  static TnPlacement result;
  TnGridGesture gesture = { tile->id, edges, dx, dy };

  g_assert_true (tn_grid_solve (columns, tile, 1, &gesture, TN_GRID_PUSH, &result));
  return &result;
}

static void
test_bounds (void)
{
  TnPlacement tile = { "clock", 4, 4, 4, 4, .min_w = 3, .min_h = 2, .max_w = 6, .max_h = 5 };

  g_assert_cmpint (solve_one (&tile, 12, RIGHT, 9, 0)->w, ==, 6);
  g_assert_cmpint (solve_one (&tile, 12, RIGHT, -9, 0)->w, ==, 3);
  g_assert_cmpint (solve_one (&tile, 12, BOTTOM, 0, 9)->h, ==, 5);
  g_assert_cmpint (solve_one (&tile, 12, TOP, 0, 9)->h, ==, 2);
  g_assert_cmpint (solve_one (&tile, 12, TOP, 0, 9)->y, ==, 6);
  g_assert_cmpint (solve_one (&tile, 12, LEFT, -9, 0)->x, ==, 2);
}

static void
test_aspect (void)
{
  TnPlacement tile = { "photo", 4, 4, 4, 2, .aspect = 2 };
  const TnPlacement *result = solve_one (&tile, 12, RIGHT, 4, 0);

  g_assert_cmpint (result->w, ==, 8);
  g_assert_cmpint (result->h, ==, 4);
  result = solve_one (&tile, 12, TOP, 0, -1);
  g_assert_cmpint (result->w, ==, 6);
  g_assert_cmpint (result->h, ==, 3);
  g_assert_cmpint (result->y, ==, 3);
  /* The longer pull leads. */
  result = solve_one (&tile, 12, RIGHT | BOTTOM, 1, 2);
  g_assert_cmpint (result->w, ==, 8);
  g_assert_cmpint (result->h, ==, 4);
  /* There are only eight columns from 4 on. */
  result = solve_one (&tile, 12, BOTTOM, 0, 9);
  g_assert_cmpint (result->w, ==, 8);
  g_assert_cmpint (result->h, ==, 4);
}

static void
test_refused (void)
{
  TnPlacement result[MAX_TILES];
  Case made;

  case_read (&made, "a.BB");
  made.gesture = (TnGridGesture){ "A", TN_GRID_EDGE_NONE, 1, 1 };
  g_assert_false (tn_grid_solve (4, made.tiles, made.n, &made.gesture, TN_GRID_PUSH, result));
  g_assert_true (layouts_equal (result, made.tiles, made.n));

  made.gesture.id = "no such tile";
  g_assert_false (tn_grid_solve (4, made.tiles, made.n, &made.gesture, TN_GRID_PUSH, result));
  g_assert_true (layouts_equal (result, made.tiles, made.n));

  made.gesture = (TnGridGesture){ "B", LEFT | RIGHT, 1, 0 };
  g_assert_false (tn_grid_solve (4, made.tiles, made.n, &made.gesture, TN_GRID_PUSH, result));
  made.gesture = (TnGridGesture){ "B", TOP | BOTTOM | LEFT, 1, 1 };
  g_assert_false (tn_grid_solve (4, made.tiles, made.n, &made.gesture, TN_GRID_PUSH, result));
  g_assert_true (layouts_equal (result, made.tiles, made.n));

  g_assert_false (tn_grid_solve (4, NULL, 0, &made.gesture, TN_GRID_PUSH, NULL));
}

/* A drag over a layout and back: at every step it is as if the tile had come straight there. */
static void
test_neighbours_come_back (void)
{
  static const char *const steps[] = { "AABB\nCCDD", "BBAA\nCCDD", "CCBB\nAADD" };
  static const int way[][2] = { { 0, 0 }, { 2, 0 }, { 0, 1 }, { 2, 0 }, { 0, 0 } };
  static const int expected[] = { 0, 1, 2, 1, 0 };
  Case made;

  case_read (&made, steps[0]);
  for (gsize i = 0; i < G_N_ELEMENTS (way); i++)
    {
      TnPlacement result[MAX_TILES];
      g_autofree char *picture = NULL;

      made.gesture = (TnGridGesture){ "A", TN_GRID_EDGE_NONE, way[i][0], way[i][1] };
      g_assert_true (tn_grid_solve (4, made.tiles, made.n, &made.gesture, TN_GRID_PUSH, result));
      picture = layout_draw (4, result, made.n);
      g_assert_cmpstr (picture, ==, steps[expected[i]]);
    }
}

/* At the last row, and past it, a layout is still one. */
static void
test_deep (void)
{
  TnPlacement tiles[] = { { "A", 0, 0, 12, 8 }, { "B", 0, TN_GRID_MAX_ROWS, 12, 8 } }, result[2];
  TnGridGesture gesture = { "A", TN_GRID_EDGE_NONE, 0, G_MAXINT };

  g_assert_true (tn_grid_solve (12, tiles, 2, &gesture, TN_GRID_PUSH, result));
  g_assert_cmpint (result[0].y, ==, TN_GRID_MAX_ROWS);
  g_assert_cmpint (result[1].y, !=, TN_GRID_MAX_ROWS);
  g_assert_true (tn_grid_is_valid (12, result, 2));
}

static void
test_widest (void)
{
  TnPlacement tiles[] = { { "A", 0, 0, 64, 1 }, { "B", 0, 1, 32, 1 }, { "C", 32, 1, 32, 1 } }, result[3];
  TnGridGesture gesture = { "A", TN_GRID_EDGE_NONE, 1, 1 };

  g_assert_true (tn_grid_solve (64, tiles, 3, &gesture, TN_GRID_PUSH, result));
  g_assert_cmpint (result[0].y, ==, 1);
  g_assert_cmpint (result[1].y, ==, 0);
  g_assert_cmpint (result[2].y, ==, 0);
}

/* Whatever the numbers of a gesture, the hand stays in the layout. */
static void
test_bad_numbers (void)
{
  static const int numbers[] = { G_MININT, -1, 0, 1, TN_GRID_MAX_ROWS, G_MAXINT };
  static const TnGridEdges edges[] = { 0, LEFT, RIGHT, TOP, BOTTOM, LEFT | TOP, RIGHT | BOTTOM };
  TnPlacement result[MAX_TILES];
  Case made;

  case_read (&made, "AABB..\nAABB..\nCCCC..\ndd....");
  for (guint i = 0; i < G_N_ELEMENTS (numbers) * G_N_ELEMENTS (numbers) * G_N_ELEMENTS (edges); i++)
    for (made.policy = TN_GRID_PUSH; made.policy < TN_GRID_N_POLICIES; made.policy++)
      for (guint kind = 0; kind < 4; kind++)
        {
          int dx = numbers[i % G_N_ELEMENTS (numbers)],
              dy = numbers[i / G_N_ELEMENTS (numbers) % G_N_ELEMENTS (numbers)];

          made.group = kind & 1 ? B | C : 0;
          made.gesture
            = (TnGridGesture){ "A", edges[i / G_N_ELEMENTS (numbers) / G_N_ELEMENTS (numbers)], dx, dy, kind / 2 };
          g_assert_true (case_solve (&made, result));
          g_assert_true (tn_grid_is_valid (made.columns, result, made.n));
          g_assert_cmpint (tn_grid_rows (result, made.n), <=, TN_GRID_MAX_ROWS + TN_GRID_MAX_HEIGHT);
        }
}

static void
test_group_of_strangers (void)
{
  const char *others[] = { "no such tile", NULL, "A", "B", "B" };
  TnGridGesture gesture = { "A", TN_GRID_EDGE_NONE, 1, 0, .others = others, .n_others = G_N_ELEMENTS (others) };
  g_autofree char *picture = NULL;
  TnPlacement result[MAX_TILES];
  Case made;

  case_read (&made, "AB.C");
  g_assert_true (tn_grid_solve (4, made.tiles, made.n, &gesture, TN_GRID_PUSH, result));
  picture = layout_draw (4, result, made.n);
  g_assert_cmpstr (picture, ==, ".ABC");
}

static void
test_widest_group (void)
{
  TnPlacement tiles[] = { { "A", 0, 0, 1, 1 }, { "B", 63, 5, 1, 256 }, { "C", 10, 1, 20, 1, .locked = TRUE } },
              result[3];
  const char *others[] = { "B" };
  TnGridGesture gesture = { "A", TN_GRID_EDGE_NONE, 9, G_MAXINT, .others = others, .n_others = 1 };

  g_assert_true (tn_grid_solve (64, tiles, 3, &gesture, TN_GRID_PUSH, result));
  g_assert_cmpint (result[0].x, ==, 0);
  g_assert_cmpint (result[1].x, ==, 63);
  g_assert_cmpint (result[1].y, ==, TN_GRID_MAX_ROWS);
  g_assert_cmpint (result[0].y, ==, TN_GRID_MAX_ROWS - 5);
}

static void
test_share_bounds (void)
{
  TnPlacement tiles[] = { { "A", 0, 0, 4, 2 }, { "B", 4, 0, 4, 1, .min_w = 2, .max_w = 5 }, { "C", 4, 1, 4, 1 } },
              result[3];
  TnGridGesture gesture = { "A", RIGHT, 3, 0, TRUE };

  g_assert_true (tn_grid_solve (12, tiles, 3, &gesture, TN_GRID_PUSH, result));
  g_assert_cmpint (result[0].w, ==, 6);
  g_assert_cmpint (result[1].w, ==, 2);
  g_assert_cmpint (result[2].x, ==, 6);
  gesture.dx = -3;
  g_assert_true (tn_grid_solve (12, tiles, 3, &gesture, TN_GRID_PUSH, result));
  g_assert_cmpint (result[0].w, ==, 1);
  g_assert_cmpint (result[1].x, ==, 3);
  g_assert_cmpint (result[2].x, ==, 1);
  /* What keeps an aspect neither gives nor takes. */
  tiles[2].aspect = 4;
  g_assert_true (tn_grid_solve (12, tiles, 3, &gesture, TN_GRID_PUSH, result));
  g_assert_cmpint (result[2].x, ==, 4);
  gesture.dx = 1;
  g_assert_true (tn_grid_solve (12, tiles, 3, &gesture, TN_GRID_PUSH, result));
  g_assert_true (layouts_equal (tiles, result, 3));
}

/* Hundreds in hand among thousands are put in their order once, and looked for together. */
static void
test_big_group (void)
{
  gsize n = 6000, n_others = 3000;
  g_autofree TnPlacement *tiles = g_new0 (TnPlacement, n), *result = g_new (TnPlacement, n);
  g_autofree const char **ids = g_new (const char *, n);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  TnGridGesture gesture = { .others = ids, .n_others = n_others };

  for (gsize i = 0; i < n; i++)
    {
      ids[i] = g_strdup_printf ("%zu", i);
      g_ptr_array_add (names, (char *) ids[i]);
      tiles[i] = (TnPlacement){ ids[i], 0, 0, 1 + i % 4, 1 + i % 3 };
    }
  tn_grid_repair (12, tiles, n);
  gesture.id = ids[1];
  for (TnGridPolicy policy = TN_GRID_PUSH; policy < TN_GRID_N_POLICIES; policy++)
    for (int dy = 1; dy < 3000; dy *= 10)
      {
        gesture.dy = dy;
        g_assert_true (tn_grid_solve (12, tiles, n, &gesture, policy, result));
        g_assert_true (tn_grid_is_valid (12, result, n));
      }
  gesture.edges = RIGHT | BOTTOM;
  gesture.dx = gesture.dy = 2;
  g_assert_true (tn_grid_solve (12, tiles, n, &gesture, TN_GRID_PUSH, result));
  g_assert_true (tn_grid_is_valid (12, result, n));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++)
    g_test_add_data_func (examples[i].path, &examples[i], test_example);
  g_test_add_func ("/grid/resize/bounds", test_bounds);
  g_test_add_func ("/grid/resize/aspect", test_aspect);
  g_test_add_func ("/grid/solve/refused", test_refused);
  g_test_add_func ("/grid/solve/neighbours-come-back", test_neighbours_come_back);
  g_test_add_func ("/grid/solve/deep", test_deep);
  g_test_add_func ("/grid/solve/widest", test_widest);
  g_test_add_func ("/grid/solve/bad-numbers", test_bad_numbers);
  g_test_add_func ("/grid/group/strangers", test_group_of_strangers);
  g_test_add_func ("/grid/group/widest", test_widest_group);
  g_test_add_func ("/grid/group/big", test_big_group);
  g_test_add_func ("/grid/share/bounds", test_share_bounds);
  return g_test_run ();
}
