/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "boards.h"

#include <string.h>

static void
test_lossless (void)
{
  boards_assert_lossless (TN_FORMAT_GRIDSTACK, "gridstack-list.json");
  boards_assert_lossless (TN_FORMAT_GRIDSTACK, "gridstack-options.json");
  boards_assert_lossless (TN_FORMAT_GRIDSTACK, "[]");
  boards_assert_lossless (TN_FORMAT_GRIDSTACK, "{\"children\":[]}");
}

static void
test_list (void)
{
  g_autoptr (JsonNode) document = boards_parse ("gridstack-list.json");
  g_autoptr (TnBoard) board = boards_read (TN_FORMAT_GRIDSTACK, document, NULL);

  g_assert_cmpstr (board->canvas->name, ==, "Untitled");
  g_assert_cmpint (board->canvas->policy, ==, TN_GRID_COMPACT);
  g_assert_cmpstr (boards_tile (board, 0)->title, ==, "Sales");
  g_assert_cmpstr (boards_tile (board, 1)->title, ==, NULL);
  g_assert_cmpstr (boards_tile (board, 4)->title, ==, "Titled");
  g_assert_cmpstr (boards_tile (board, 0)->app_id, ==, "gridstack:item");
  g_assert_true (tn_tile_record_is_placeholder (boards_tile (board, 0)));
  g_assert_true (boards_tile (board, 1)->locked);
  g_assert_false (boards_tile (board, 2)->locked);
  g_assert_cmpint (boards_tile (board, 3)->max_w, ==, 6);
  boards_assert_place (board, 2, 8, 0, 2, 1);
  boards_assert_place (board, 5, 2, 2, 1, 1);
  /* Placed after all others, in reading order. */
  boards_assert_place (board, 6, 8, 2, 3, 1);
  boards_assert_place (board, 7, 3, 2, 1, 2);
}

/* 24 columns become 12 of ours. */
static void
test_columns (void)
{
  g_autoptr (JsonNode) document = boards_parse ("gridstack-options.json");
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (TnBoard) board = boards_read (TN_FORMAT_GRIDSTACK, document, report);

  g_assert_cmpint (board->canvas->policy, ==, TN_GRID_PUSH);
  boards_assert_place (board, 0, 0, 0, 3, 3);
  boards_assert_place (board, 1, 3, 0, 3, 3);
  boards_assert_place (board, 2, 6, 0, 6, 6);
  boards_assert_place (board, 7, 4, 6, 8, 2);
  g_assert_cmpint (boards_tile (board, 1)->min_w, ==, 2);
  g_assert_cmpstr (boards_tile (board, 2)->app_id, ==, "gridstack:subgrid");
  g_assert_true (boards_reports (report, "/children/2"));
}

/* What was not moved keeps its place to the column, as long as what was moved does not lie on it. */
static void
test_moved (void)
{
  g_autoptr (JsonNode) document = boards_parse ("gridstack-options.json");
  g_autoptr (TnBoard) board = boards_read (TN_FORMAT_GRIDSTACK, document, NULL);
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (JsonNode) written = NULL, crowded = NULL;

  boards_move (board, 4, 11, 9);
  written = tn_board_write (TN_FORMAT_GRIDSTACK, board, report);
  boards_assert_at (written, "/children/4", "{\"x\":22,\"y\":9,\"w\":2,\"id\":\"d\",\"h\":1}");
  boards_assert_at (written, "/children/0/w", "5");
  boards_assert_at (written, "/children/2/subGridOpts/children/1/subGridOpts/children/0/id", "\"n3\"");

  /* Ours leaves room there, the document does not. */
  boards_move (board, 4, 0, 6);
  boards_move (board, 5, 1, 6);
  crowded = tn_board_write (TN_FORMAT_GRIDSTACK, board, report);
  boards_assert_at (crowded, "/children/5/x", "2");
  boards_assert_at (crowded, "/children/0/w", "5");
  g_assert_cmpuint (report->len, ==, 0);
}

/* Columns that ours are no multiple of can't say every place. */
static void
test_odd_columns (void)
{
  g_autoptr (JsonNode) document = boards_parse (
    "{\"column\":5,\"children\":[{\"x\":0,\"y\":0,\"w\":2,\"h\":1},{\"x\":2,\"y\":0,\"w\":3,\"h\":1,\"minW\":2}]}");
  g_autoptr (TnBoard) board = boards_read (TN_FORMAT_GRIDSTACK, document, NULL);
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (JsonNode) same = tn_board_write (TN_FORMAT_GRIDSTACK, board, report);
  g_autoptr (JsonNode) written = NULL;

  boards_assert_place (board, 0, 0, 0, 5, 1);
  boards_assert_place (board, 1, 5, 0, 7, 1);
  boards_assert_json (same, document);
  boards_move (board, 1, 5, 3);
  written = tn_board_write (TN_FORMAT_GRIDSTACK, board, report);
  g_assert_true (boards_reports (report, "/column"));
  boards_assert_at (written, "/column", "12");
  boards_assert_at (written, "/children/0/w", "5");
  boards_assert_at (written, "/children/1/y", "3");
  boards_assert_at (written, "/children/1/minW", "5");
}

/* What was changed here is in the document; what was not is as it was. */
static void
test_changed (void)
{
  g_autoptr (JsonNode) document = boards_parse ("gridstack-list.json");
  g_autoptr (TnBoard) board = boards_read (TN_FORMAT_GRIDSTACK, document, NULL);
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (JsonNode) written = NULL;
  g_autoptr (TnBoard) again = NULL;
  TnTileRecord *first = (TnTileRecord *) boards_tile (board, 0), *second = (TnTileRecord *) boards_tile (board, 1);

  g_free (first->title);
  first->title = g_strdup ("Costs");
  first->locked = TRUE;
  first->min_h = 2;
  second->locked = FALSE;
  second->title = g_strdup ("Map");
  g_ptr_array_remove_index (board->tiles, 8);
  g_free (board->canvas->name);
  board->canvas->name = g_strdup ("Renamed");
  written = tn_board_write (TN_FORMAT_GRIDSTACK, board, report);
  boards_assert_at (
    written, "/children/0",
    "{\"x\":0,\"y\":0,\"w\":4,\"h\":2,\"id\":\"1\",\"content\":\"Costs\",\"locked\":true,\"noMove\":true,"
    "\"noResize\":true,\"minH\":2}");
  boards_assert_at (written, "/children/1",
                    "{\"x\":4,\"y\":0,\"w\":4,\"h\":4,\"id\":2,\"content\":\"<h1>Map &amp; more</h1>\","
                    "\"tokenNexus\":{\"title\":\"Map\"}}");
  g_assert_true (boards_reports (report, "/children/1"));
  boards_assert_at (written, "/children/8", "nothing");
  again = boards_read (TN_FORMAT_GRIDSTACK, written, NULL);
  boards_assert_same (board, again);
}

static const struct
{
  const char *text;
  const char *pointer;
} repairs[] = {
  { "[{\"x\":0,\"y\":0},{\"x\":0,\"y\":0}]", "/1" },
  { "[{\"id\":\"a\",\"x\":0,\"y\":0},{\"id\":\"a\",\"x\":1,\"y\":0}]", "/1" },
  { "[{\"id\":7,\"x\":0,\"y\":0},{\"id\":\"7\",\"x\":1,\"y\":0}]", "/1" },
  { "[{\"x\":-1,\"y\":0}]", "/0" },
  { "[{\"x\":1e300,\"y\":0}]", "/0/x" },
  { "[{\"x\":0,\"y\":\"low\"}]", "/0/y" },
  { "[{\"x\":0,\"y\":0,\"w\":13}]", "/0" },
  { "[{\"x\":0,\"y\":0,\"w\":1,\"minW\":3}]", "/0" },
  { "[{\"x\":0,\"y\":0,\"locked\":\"yes\"}]", "/0/locked" },
  { "[{\"x\":0,\"y\":0},null]", "/1" },
  { "[{\"x\":0,\"y\":0,\"subGridOpts\":7}]", "/0/subGridOpts" },
  { "[{\"x\":0,\"y\":0,\"tokenNexus\":7}]", "/0/tokenNexus" },
  { "{\"column\":-4,\"children\":[{\"x\":0,\"y\":0}]}", "/column" },
  { "{\"column\":true,\"children\":[{\"x\":0,\"y\":0}]}", "/column" },
  { "{\"tokenNexus\":{\"name\":7},\"children\":[{\"x\":0,\"y\":0}]}", "/tokenNexus/name" },
};

static void
test_repairs (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (repairs); i++)
    {
      g_autoptr (TnBoard) board = boards_read_reporting (TN_FORMAT_GRIDSTACK, repairs[i].text, repairs[i].pointer);
      g_autoptr (GPtrArray) report = tn_fault_list_new ();
      g_autoptr (JsonNode) written = tn_board_write (TN_FORMAT_GRIDSTACK, board, report);
      g_autoptr (TnBoard) again = boards_read (TN_FORMAT_GRIDSTACK, written, NULL);

      boards_assert_same (board, again);
    }
}

/* The least and the most that are named are those that are taken. */
/* Why a tile was changed is said as it is: for what was scaled, and for what has no place of its own. */
static void
test_reasons (void)
{
  g_autoptr (GPtrArray) scaled = tn_fault_list_new (), wide = tn_fault_list_new ();
  g_autoptr (JsonNode) narrow = boards_parse (
    "{\"column\":60,\"children\":[{\"x\":0,\"y\":0,\"w\":1,\"h\":1},{\"x\":1,\"y\":0,\"w\":1,\"h\":1}]}");
  g_autoptr (JsonNode) unplaced = boards_parse ("{\"column\":12,\"children\":[{\"w\":400,\"h\":2}]}");
  g_autoptr (TnBoard) a = boards_read (TN_FORMAT_GRIDSTACK, narrow, scaled);
  g_autoptr (TnBoard) b = boards_read (TN_FORMAT_GRIDSTACK, unplaced, wide);

  boards_assert_valid (a);
  g_assert_nonnull (strstr (boards_get_message (scaled, "/children/1"), "Of 60 columns 12 were made"));
  boards_assert_valid (b);
  g_assert_cmpuint (wide->len, ==, 1);
  g_assert_nonnull (strstr (((TnFault *) wide->pdata[0])->message, "12"));
}

static void
test_column_range (void)
{
  static const char *const columns[] = { "0", "-4", "1.5", "\"7\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"column\":%s,\"children\":[]}", columns[i]);
      g_autoptr (JsonNode) document = boards_parse (text);
      g_autoptr (GPtrArray) report = tn_fault_list_new ();
      g_autoptr (TnBoard) board = boards_read (TN_FORMAT_GRIDSTACK, document, report);

      g_assert_cmpuint (report->len, ==, 1);
      g_assert_nonnull (strstr (boards_get_message (report, "/column"), "from 1 to 64;"));
    }
  boards_assert_lossless (TN_FORMAT_GRIDSTACK, "{\"column\":64,\"children\":[]}");
  boards_assert_refused (TN_FORMAT_GRIDSTACK, "{\"column\":1000,\"children\":[]}", TN_BOARD_ERROR_SHAPE, "/column");
  boards_assert_refused (TN_FORMAT_GRIDSTACK, "{\"column\":\"1e9\",\"children\":[]}", TN_BOARD_ERROR_SHAPE,
                         "at most 64");
}

static void
test_refusals (void)
{
  g_autoptr (GString) many = g_string_new ("[{}");

  boards_assert_refused (TN_FORMAT_GRIDSTACK, "{\"column\":65,\"children\":[]}", TN_BOARD_ERROR_SHAPE, "/column");
  boards_assert_refused (TN_FORMAT_GRIDSTACK,
                         "[{\"id\":\"a\",\"subGridOpts\":{\"children\":[{\"id\":\"b\",\"subGridOpts\":{\"children\":["
                         "{\"id\":\"a\"}]}}]}}]",
                         TN_BOARD_ERROR_SHAPE, "/0/subGridOpts/children/0/subGridOpts/children/0");
  for (guint i = 1; i < 100000; i++)
    g_string_append (many, ",{}");
  g_string_append (many, "]");
  boards_assert_refused (TN_FORMAT_GRIDSTACK, many->str, TN_BOARD_ERROR_TOO_LARGE, "/20000");
}

/* The most that is taken, and without a place for any. */
static void
test_many (void)
{
  g_autoptr (GString) many = g_string_new ("[{\"w\":12,\"h\":256}");
  g_autoptr (JsonNode) document = NULL;
  g_autoptr (TnBoard) board = NULL;

  for (guint i = 1; i < TN_BOARD_MAX_TILES; i++)
    g_string_append_printf (many, ",{\"w\":%u,\"h\":%u}", i % 12 + 1, i % 256 + 1);
  g_string_append (many, "]");
  document = boards_parse (many->str);
  board = boards_read (TN_FORMAT_GRIDSTACK, document, NULL);
  g_assert_cmpuint (board->tiles->len, ==, TN_BOARD_MAX_TILES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/gridstack/lossless", test_lossless);
  g_test_add_func ("/board/gridstack/list", test_list);
  g_test_add_func ("/board/gridstack/columns", test_columns);
  g_test_add_func ("/board/gridstack/moved", test_moved);
  g_test_add_func ("/board/gridstack/odd-columns", test_odd_columns);
  g_test_add_func ("/board/gridstack/changed", test_changed);
  g_test_add_func ("/board/gridstack/repairs", test_repairs);
  g_test_add_func ("/board/gridstack/column-range", test_column_range);
  g_test_add_func ("/board/gridstack/reasons", test_reasons);
  g_test_add_func ("/board/gridstack/refusals", test_refusals);
  g_test_add_func ("/board/gridstack/many", test_many);
  return g_test_run ();
}
