/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "boards.h"

static TnBoard *
read_file (const char *name, GPtrArray *report)
{
  g_autoptr (JsonNode) document = boards_parse (name);

  return boards_read (TN_FORMAT_HOMEASSISTANT, document, report);
}

static void
test_lossless (void)
{
  boards_assert_lossless (TN_FORMAT_HOMEASSISTANT, "homeassistant.json");
  boards_assert_lossless (TN_FORMAT_HOMEASSISTANT, "homeassistant-stored.json");
  boards_assert_lossless (TN_FORMAT_HOMEASSISTANT, "{\"type\":\"sections\",\"sections\":[]}");
  boards_assert_lossless (TN_FORMAT_HOMEASSISTANT, "{\"cards\":[{\"type\":\"tile\"}]}");
}

/* Three sections' widths side by side, the second of two: it and the first fill a row, the third comes below. */
static void
test_sections (void)
{
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (TnBoard) board = read_file ("homeassistant.json", report);

  g_assert_cmpstr (board->canvas->name, ==, "Home");
  g_assert_true (boards_reports (report, "/views"));
  g_assert_cmpuint (board->tiles->len, ==, 11);
  g_assert_cmpstr (boards_tile (board, 0)->title, ==, "Living room");
  g_assert_cmpstr (boards_tile (board, 1)->title, ==, "Ceiling");
  g_assert_cmpstr (boards_tile (board, 1)->app_id, ==, "homeassistant:tile");
  g_assert_cmpstr (boards_tile (board, 6)->app_id, ==, "homeassistant:custom:mini-graph-card");
  g_assert_cmpint (boards_tile (board, 3)->min_h, ==, 4);
  boards_assert_place (board, 0, 0, 0, 4, 1);
  boards_assert_place (board, 1, 0, 1, 2, 2);
  boards_assert_place (board, 2, 2, 1, 2, 1);
  boards_assert_place (board, 3, 0, 3, 4, 5);
  boards_assert_place (board, 4, 4, 0, 8, 3);
  boards_assert_place (board, 5, 4, 3, 4, 5);
  boards_assert_place (board, 6, 8, 3, 3, 4);
  boards_assert_place (board, 7, 8, 7, 2, 3);
  boards_assert_place (board, 8, 0, 10, 4, 2);
  boards_assert_place (board, 10, 2, 12, 2, 2);
}

static void
test_cards (void)
{
  g_autoptr (TnBoard) board = read_file ("homeassistant-stored.json", NULL);

  g_assert_cmpstr (board->canvas->name, ==, "One");
  boards_assert_place (board, 0, 0, 0, 6, 1);
  boards_assert_place (board, 1, 0, 1, 12, 3);
  g_assert_cmpstr (boards_tile (board, 1)->title, ==, "All");
}

/* Order and size are all that a moved card can say. */
static void
test_moved (void)
{
  g_autoptr (TnBoard) board = read_file ("homeassistant.json", NULL);
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (JsonNode) written = NULL;
  TnTileRecord *button = (TnTileRecord *) boards_tile (board, 10);

  boards_move (board, 10, 0, 10);
  button->w = 1;
  button->h = 3;
  boards_move (board, 8, 0, 13);
  written = tn_board_write (TN_FORMAT_HOMEASSISTANT, board, report);
  boards_assert_at (written, "/views/1/sections/2/cards/0/name", "\"All on\"");
  boards_assert_at (written, "/views/1/sections/2/cards/0/grid_options", "{\"columns\":3,\"rows\":3}");
  boards_assert_at (written, "/views/1/sections/2/cards/2/title", "\"Notes\"");
  boards_assert_at (written, "/views/1/sections/2/cards/2/grid_options", "nothing");
  boards_assert_at (written, "/views/1/sections/0/cards/1/grid_options", "{\"columns\":6,\"rows\":2}");
  boards_assert_at (written, "/views/2/title", "\"Map\"");
}

/* A canvas of ours in reading order without gaps comes back as it is. */
static void
test_ours (void)
{
  g_autoptr (TnBoard) board = tn_board_new ("Ours"), again = NULL;
  g_autoptr (GPtrArray) report = tn_fault_list_new (), gap = tn_fault_list_new ();
  g_autoptr (JsonNode) written = NULL;

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      TnTileRecord *tile = tn_tile_record_new (id, "", "abcdefghijklmnop", "com.example.app");

      tile->x = i % 2 * 5;
      tile->y = i / 2 * 3;
      tile->w = 5 + i % 2 * 2;
      tile->h = 3;
      tn_board_add (board, tile);
    }
  written = tn_board_write (TN_FORMAT_HOMEASSISTANT, board, report);
  again = boards_read (TN_FORMAT_HOMEASSISTANT, written, NULL);
  boards_assert_same (board, again);

  /* A gap can't be said. */
  boards_move (board, 11, 5, 100);
  json_node_unref (g_steal_pointer (&written));
  written = tn_board_write (TN_FORMAT_HOMEASSISTANT, board, gap);
  g_assert_cmpuint (gap->len, ==, report->len + 1);
  g_assert_cmpstr (((TnFault *) gap->pdata[report->len])->pointer, ==, "/sections/0/cards/11");
}

/* What Home Assistant shows under a condition, and what is around the cards. */
static void
test_unsaid (void)
{
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (TnBoard) board = read_file ("homeassistant.json", report);
  g_autoptr (TnBoard) card
    = boards_read_reporting (TN_FORMAT_HOMEASSISTANT, "{\"cards\":[{\"visibility\":[{}]}]}", "/cards/0/visibility");

  g_assert_true (boards_reports (report, "/views/1/sections/2/visibility"));
  g_assert_true (boards_reports (report, "/views/1/badges"));
  g_assert_true (boards_reports (report, "/views/1/header"));
  g_assert_cmpuint (report->len, ==, 4);
}

/* Whatever the places: apps, titles, settings and locks come back. */
static void
test_random (void)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (TnBoard) board = boards_make_random (g_test_rand_int_range (0, 40));
      g_autoptr (GPtrArray) report = tn_fault_list_new ();
      g_autoptr (JsonNode) written = tn_board_write (TN_FORMAT_HOMEASSISTANT, board, report);
      g_autoptr (TnBoard) again = boards_read (TN_FORMAT_HOMEASSISTANT, written, NULL);

      g_assert_cmpuint (again->tiles->len, ==, board->tiles->len);
      for (guint k = 0; k < board->tiles->len; k++)
        {
          const TnTileRecord *tile = boards_tile (again, k);

          boards_move (board, k, tile->x, tile->y);
        }
      boards_assert_same (board, again);
    }
}

static const struct
{
  const char *text;
  const char *pointer;
} repairs[] = {
  { "{\"cards\":[7,{\"type\":\"tile\"}]}", "/cards/0" },
  { "{\"cards\":[{\"type\":7}]}", "/cards/0/type" },
  { "{\"cards\":[{\"grid_options\":[]}]}", "/cards/0/grid_options" },
  { "{\"cards\":[{\"tokenNexus\":7}]}", "/cards/0/tokenNexus" },
  { "{\"sections\":[7,{\"cards\":[]}]}", "/sections/0" },
  { "{\"sections\":[{\"cards\":{}}]}", "/sections/0" },
  { "{\"sections\":[{\"column_span\":9,\"cards\":[]}]}", "/sections/0/column_span" },
  { "{\"max_columns\":\"many\",\"sections\":[]}", "/max_columns" },
  { "{\"cards\":[{\"grid_options\":{\"columns\":0}}]}", "/cards/0/grid_options/columns" },
  { "{\"cards\":[{\"grid_options\":{\"columns\":\"wide\"}}]}", "/cards/0/grid_options/columns" },
  { "{\"cards\":[{\"grid_options\":{\"rows\":1e30}}]}", "/cards/0/grid_options/rows" },
  { "{\"cards\":[{\"grid_options\":{\"rows\":2,\"min_rows\":3}}]}", "/cards/0" },
  { "{\"sections\":[null,{\"cards\":[{\"title\":{}}]}]}", "/sections/1/cards/0/title" },
};

static void
test_repairs (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (repairs); i++)
    {
      g_autoptr (TnBoard) board = boards_read_reporting (TN_FORMAT_HOMEASSISTANT, repairs[i].text, repairs[i].pointer);
      g_autoptr (GPtrArray) report = tn_fault_list_new ();
      g_autoptr (JsonNode) written = tn_board_write (TN_FORMAT_HOMEASSISTANT, board, report);
      g_autoptr (TnBoard) again = boards_read (TN_FORMAT_HOMEASSISTANT, written, NULL);

      boards_assert_same (board, again);
    }
}

static void
test_refusals (void)
{
  g_autoptr (GString) many = g_string_new ("{\"cards\":[{}");

  boards_assert_refused (TN_FORMAT_HOMEASSISTANT, "{\"views\":[]}", TN_BOARD_ERROR_FORMAT, "Home Assistant");
  boards_assert_refused (TN_FORMAT_HOMEASSISTANT, "{\"views\":[{\"title\":\"x\"}]}", TN_BOARD_ERROR_FORMAT, "Home");
  for (guint i = 1; i < 100000; i++)
    g_string_append (many, ",{}");
  g_string_append (many, "]}");
  boards_assert_refused (TN_FORMAT_HOMEASSISTANT, many->str, TN_BOARD_ERROR_TOO_LARGE, "/cards/20000");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/homeassistant/lossless", test_lossless);
  g_test_add_func ("/board/homeassistant/sections", test_sections);
  g_test_add_func ("/board/homeassistant/cards", test_cards);
  g_test_add_func ("/board/homeassistant/moved", test_moved);
  g_test_add_func ("/board/homeassistant/ours", test_ours);
  g_test_add_func ("/board/homeassistant/unsaid", test_unsaid);
  g_test_add_func ("/board/homeassistant/random", test_random);
  g_test_add_func ("/board/homeassistant/repairs", test_repairs);
  g_test_add_func ("/board/homeassistant/refusals", test_refusals);
  return g_test_run ();
}
