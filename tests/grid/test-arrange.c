/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "layout.h"

#include <string.h>

#define LETTER(letter) (1 << ((letter) - 'A'))
#define AB (LETTER ('A') | LETTER ('B'))
#define ABC (AB | LETTER ('C'))
#define ABCD (ABC | LETTER ('D'))

#define ACROSS FALSE
#define DOWN TRUE

/* What becomes of a layout when the chosen tiles are aligned or distributed, or when it is compacted. */
typedef struct
{
  const char *path;
  const char *before;
  guint chosen;
  int how;
  const char *after;
} Example;

static const Example aligned[] = {
  { "/grid/align/left", "A...\n..B.", AB, TN_GRID_ALIGN_LEFT, "A...\nB..." },
  { "/grid/align/right", "A...\n..B.", AB, TN_GRID_ALIGN_RIGHT, "..A.\n..B." },
  { "/grid/align/center", "AAAA.\n...BB", AB, TN_GRID_ALIGN_CENTER, "AAAA.\n.BB.." },
  { "/grid/align/top", ".B\n..\nA.", AB, TN_GRID_ALIGN_TOP, "AB" },
  { "/grid/align/bottom", ".B\n..\nA.", AB, TN_GRID_ALIGN_BOTTOM, "..\n..\nAB" },
  { "/grid/align/middle", "A.\nA.\nA.\n.B", AB, TN_GRID_ALIGN_MIDDLE, "A.\nAB\nA." },
  { "/grid/align/down-the-line", "A.B.", AB, TN_GRID_ALIGN_LEFT, "A...\nB..." },
  { "/grid/align/along-the-line", "A..\nB..", AB, TN_GRID_ALIGN_TOP, "AB." },
  { "/grid/align/around-the-end-of-the-line", ".A\n.B", AB, TN_GRID_ALIGN_TOP, ".A\nB." },
  { "/grid/align/to-a-locked-one", "..a\nB..", AB, TN_GRID_ALIGN_RIGHT, "..a\n..B" },
  { "/grid/align/past-a-locked-one", "A...\nc.B.", AB, TN_GRID_ALIGN_LEFT, "A...\nc...\nB..." },
  { "/grid/align/pushes", "A..\nC.B", AB, TN_GRID_ALIGN_LEFT, "A..\nBC." },
  { "/grid/align/unknown-ones-are-passed-over", "A...\n..B.", ABCD, TN_GRID_ALIGN_LEFT, "A...\nB..." },
};

static const Example distributed[] = {
  { "/grid/distribute/across", "AB....C", ABC, ACROSS, "A..B..C" },
  { "/grid/distribute/nearly", "AB...C", ABC, ACROSS, "A.B..C" },
  { "/grid/distribute/four", "ABC.....D", ABCD, ACROSS, "A.B..C..D" },
  { "/grid/distribute/down", "A\nB\n.\n.\nC", ABC, DOWN, "A\n.\nB\n.\nC" },
  { "/grid/distribute/sizes", "AAB....CC", ABC, ACROSS, "AA..B..CC" },
  { "/grid/distribute/in-their-rows", "A.....\n.B....\n.....C", ABC, ACROSS, "A.....\n..B...\n.....C" },
  { "/grid/distribute/what-overlaps-in-columns", "AAA...\n...BBB\n..CC..", ABC, ACROSS, "AAA...\n...BBB\n..CC.." },
  { "/grid/distribute/between-locked-ones", "ABc....D", ABCD, ACROSS, "ABc....D" },
  { "/grid/distribute/pushes", "AB.D.C", ABC, ACROSS, "A.BD.C" },
};

static const Example compacted[] = {
  { "/grid/compact/alone", "...\nA..\n..B", 0, 0, "A.B" },
  { "/grid/compact/one-on-another", "..\nA.\n..\nBB", 0, 0, "A.\nBB" },
  { "/grid/compact/not-past-locked", "..\nA.\nbb\n..\nCC", 0, 0, "A.\n..\nbb\nCC" },
};

static void
assert_after (const Case *made, const Example *example)
{
  g_autofree char *after = layout_draw (made->columns, made->tiles, made->n);

  g_assert_cmpstr (after, ==, example->after);
}

static void
test_aligned (gconstpointer data)
{
  const Example *example = data;
  const char *ids[MAX_TILES];
  gsize n_ids = letters_to_ids (example->chosen, ids);
  Case made;

  case_read (&made, example->before);
  g_assert_true (tn_grid_align (made.columns, made.tiles, made.n, ids, n_ids, example->how));
  assert_after (&made, example);
}

static void
test_distributed (gconstpointer data)
{
  const Example *example = data;
  const char *ids[MAX_TILES];
  gsize n_ids = letters_to_ids (example->chosen, ids);
  Case made;

  case_read (&made, example->before);
  g_assert_true (tn_grid_distribute (made.columns, made.tiles, made.n, ids, n_ids, example->how));
  assert_after (&made, example);
}

static void
test_compacted (gconstpointer data)
{
  const Example *example = data;
  Case made;

  case_read (&made, example->before);
  g_assert_cmpuint (tn_grid_compact (made.columns, made.tiles, made.n), >, 0);
  assert_after (&made, example);
  g_assert_cmpuint (tn_grid_compact (made.columns, made.tiles, made.n), ==, 0);
}

static void
test_too_few (void)
{
  const char *ids[] = { "A", "A", NULL, "no such tile" };
  TnPlacement before[MAX_TILES];
  Case made;

  case_read (&made, "A.BC\n....");
  memcpy (before, made.tiles, sizeof before);
  g_assert_false (tn_grid_align (4, made.tiles, made.n, ids, G_N_ELEMENTS (ids), TN_GRID_ALIGN_BOTTOM));
  g_assert_false (tn_grid_align (4, made.tiles, made.n, NULL, 0, TN_GRID_ALIGN_BOTTOM));
  ids[2] = "C";
  g_assert_false (tn_grid_distribute (4, made.tiles, made.n, ids, G_N_ELEMENTS (ids), ACROSS));
  g_assert_false (tn_grid_distribute (4, NULL, 0, ids, G_N_ELEMENTS (ids), DOWN));
  g_assert_true (layouts_equal (before, made.tiles, made.n));
  g_assert_cmpuint (tn_grid_compact (4, NULL, 0), ==, 0);
}

/* The lowest rows, and rows below them that only a push reaches. */
static void
test_deep (void)
{
  TnPlacement tiles[] = { { "A", 0, 0, 2, 1 }, { "B", 4, TN_GRID_MAX_ROWS, 2, 256 }, { "C", 0, 1, 2, 256 } };
  const char *ids[] = { "A", "B", "C" };

  g_assert_true (tn_grid_align (12, tiles, 3, ids, 3, TN_GRID_ALIGN_BOTTOM));
  g_assert_true (tn_grid_is_valid (12, tiles, 3));
  g_assert_cmpint (tiles[0].y, ==, TN_GRID_MAX_ROWS + 255);
  g_assert_true (tn_grid_align (12, tiles, 3, ids, 3, TN_GRID_ALIGN_LEFT));
  g_assert_true (tn_grid_is_valid (12, tiles, 3));
  g_assert_true (tn_grid_distribute (12, tiles, 3, ids, 3, DOWN));
  g_assert_true (tn_grid_is_valid (12, tiles, 3));
  g_assert_cmpuint (tn_grid_compact (12, tiles, 3), >, 0);
  g_assert_cmpint (tn_grid_rows (tiles, 3), ==, 513);
}

/* Thousands at once are one choice, not thousands. */
static void
test_thousands (void)
{
  gsize n = 4000;
  g_autofree TnPlacement *tiles = g_new0 (TnPlacement, n);
  g_autofree const char **ids = g_new0 (const char *, n);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < n; i++)
    {
      ids[i] = g_strdup_printf ("%zu", i);
      g_ptr_array_add (names, (char *) ids[i]);
      tiles[i] = (TnPlacement){ ids[i], 0, 0, 1 + i % 4, 1 + i % 3 };
    }
  tn_grid_repair (64, tiles, n);
  for (TnGridAlign align = TN_GRID_ALIGN_LEFT; align <= TN_GRID_ALIGN_BOTTOM; align++)
    g_assert_true (tn_grid_align (64, tiles, n, ids, n / 2, align));
  g_assert_true (tn_grid_distribute (64, tiles, n, ids, n / 2, ACROSS));
  g_assert_true (tn_grid_distribute (64, tiles, n, ids, n / 2, DOWN));
  g_assert_true (tn_grid_is_valid (64, tiles, n));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (aligned); i++)
    g_test_add_data_func (aligned[i].path, &aligned[i], test_aligned);
  for (gsize i = 0; i < G_N_ELEMENTS (distributed); i++)
    g_test_add_data_func (distributed[i].path, &distributed[i], test_distributed);
  for (gsize i = 0; i < G_N_ELEMENTS (compacted); i++)
    g_test_add_data_func (compacted[i].path, &compacted[i], test_compacted);
  g_test_add_func ("/grid/arrange/too-few", test_too_few);
  g_test_add_func ("/grid/arrange/deep", test_deep);
  g_test_add_func ("/grid/arrange/thousands", test_thousands);
  return g_test_run ();
}
