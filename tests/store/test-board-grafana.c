/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "boards.h"

static TnBoard *
read_file (const char *name, JsonNode **document, GPtrArray *report)
{
  g_autoptr (JsonNode) parsed = boards_parse (name);
  TnBoard *board = boards_read (TN_FORMAT_GRAFANA, parsed, report);

  if (document != NULL)
    *document = g_steal_pointer (&parsed);
  return board;
}

static void
test_lossless (void)
{
  boards_assert_lossless (TN_FORMAT_GRAFANA, "grafana.json");
  boards_assert_lossless (TN_FORMAT_GRAFANA, "grafana-api.json");
  boards_assert_lossless (TN_FORMAT_GRAFANA, "grafana-v2.json");
  boards_assert_lossless (TN_FORMAT_GRAFANA, "grafana-v2-rows.json");
  boards_assert_lossless (TN_FORMAT_GRAFANA, "grafana-v2-full.json");
  boards_assert_lossless (TN_FORMAT_GRAFANA, "{\"panels\":[]}");
  boards_assert_lossless (TN_FORMAT_GRAFANA, "{\"schemaVersion\":16,\"title\":\"Empty\"}");
}

/* Half the columns and half the rows; what was folded comes below its row, and what is below moves down. */
static void
test_classic (void)
{
  g_autoptr (TnBoard) board = read_file ("grafana.json", NULL, NULL);

  g_assert_cmpstr (board->canvas->name, ==, "Node “1”");
  g_assert_cmpuint (board->tiles->len, ==, 15);
  g_assert_cmpstr (boards_tile (board, 0)->app_id, ==, "grafana:row");
  g_assert_cmpstr (boards_tile (board, 1)->app_id, ==, "grafana:stat");
  g_assert_cmpstr (boards_tile (board, 1)->title, ==, "CPU");
  g_assert_true (tn_tile_record_is_placeholder (boards_tile (board, 1)));
  boards_assert_place (board, 0, 0, 0, 12, 1);
  boards_assert_place (board, 1, 0, 1, 2, 2);
  boards_assert_place (board, 2, 2, 1, 1, 2);
  boards_assert_place (board, 3, 3, 1, 3, 2);
  boards_assert_place (board, 4, 6, 1, 6, 2);
  boards_assert_place (board, 5, 0, 3, 12, 4);
  boards_assert_place (board, 9, 0, 15, 12, 1);
  boards_assert_place (board, 10, 0, 16, 6, 3);
  boards_assert_place (board, 11, 6, 16, 6, 3);
  boards_assert_place (board, 12, 0, 19, 12, 3);
  boards_assert_place (board, 13, 0, 22, 12, 1);
  boards_assert_place (board, 14, 0, 23, 12, 2);
}

static void
test_wrapped (void)
{
  g_autoptr (TnBoard) board = read_file ("grafana-api.json", NULL, NULL);
  const TnTileRecord *app = boards_tile (board, 1);

  g_assert_true (board->canvas->locked);
  g_assert_cmpstr (app->app_id, ==, "com.example.todo");
  g_assert_cmpstr (app->app_key, ==, "abcdefghijklmnop");
  g_assert_cmpstr (app->title, ==, "App");
  g_assert_cmpstr (app->config, ==, "{\"list\":\"home\"}");
  g_assert_true (app->locked);
  boards_assert_place (board, 2, 0, 2, 6, 4);
}

static void
test_v2 (void)
{
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (TnBoard) board = read_file ("grafana-v2.json", NULL, NULL);
  g_autoptr (TnBoard) rows = read_file ("grafana-v2-rows.json", NULL, report);

  g_assert_cmpstr (board->canvas->name, ==, "New shape");
  g_assert_cmpuint (board->tiles->len, ==, 4);
  g_assert_cmpstr (boards_tile (board, 0)->app_id, ==, "grafana:timeseries");
  g_assert_cmpstr (boards_tile (board, 1)->app_id, ==, "grafana:gauge");
  g_assert_cmpstr (boards_tile (board, 2)->title, ==, "Shared");
  g_assert_cmpstr (boards_tile (board, 3)->app_id, ==, "grafana:row");
  boards_assert_place (board, 0, 0, 0, 6, 4);
  boards_assert_place (board, 2, 0, 4, 12, 3);
  boards_assert_place (board, 3, 0, 7, 12, 1);

  boards_assert_place (rows, 0, 0, 0, 6, 4);
  boards_assert_place (rows, 1, 6, 0, 6, 4);
  boards_assert_place (rows, 2, 0, 4, 12, 3);
  boards_assert_place (rows, 3, 6, 7, 6, 2);
  g_assert_true (boards_reports (report, "/layout/spec/rows/0"));
}

/* The one that was moved has twice our numbers, the others what they had. */
static void
test_moved (void)
{
  g_autoptr (JsonNode) document = NULL;
  g_autoptr (TnBoard) board = read_file ("grafana-api.json", &document, NULL);
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (JsonNode) written = NULL;

  boards_move (board, 1, 5, 10);
  boards_move (board, 2, 0, 20);
  ((TnTileRecord *) boards_tile (board, 2))->h = 5;
  written = tn_board_write (TN_FORMAT_GRAFANA, board, report);
  g_assert_cmpuint (report->len, ==, 0);
  boards_assert_at (written, "/dashboard/panels/0/gridPos", "{\"x\":0,\"y\":0,\"w\":12,\"h\":3}");
  boards_assert_at (written, "/dashboard/panels/1/gridPos", "{\"x\":10,\"y\":20,\"w\":12,\"h\":8}");
  boards_assert_at (written, "/dashboard/panels/2/gridPos", "{\"x\":0,\"y\":40,\"w\":12,\"h\":10}");
  boards_assert_at (written, "/meta/slug", "\"small\"");
}

/* With a fold all is written anew, and comes back as it is here. */
static void
test_moved_all (gconstpointer data)
{
  g_autoptr (TnBoard) board = read_file (data, NULL, NULL);
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (JsonNode) written = NULL;
  g_autoptr (TnBoard) again = NULL;
  guint last = board->tiles->len - 1;

  /* A row of a grid is as wide as that. */
  if (g_str_equal (boards_tile (board, last)->app_id, "grafana:row"))
    last--;
  boards_move (board, last, 0, boards_tile (board, last)->y + 3);
  ((TnTileRecord *) boards_tile (board, last))->w = 5;
  g_free (((TnTileRecord *) boards_tile (board, last))->title);
  ((TnTileRecord *) boards_tile (board, last))->title = g_strdup ("Renamed");
  g_free (board->canvas->name);
  board->canvas->name = g_strdup ("Also renamed");
  written = tn_board_write (TN_FORMAT_GRAFANA, board, report);
  again = boards_read (TN_FORMAT_GRAFANA, written, NULL);
  g_assert_cmpuint (again->tiles->len, ==, board->tiles->len);
  g_assert_cmpstr (again->canvas->name, ==, "Also renamed");
  g_assert_cmpstr (boards_tile (again, last)->title, ==, "Renamed");
  g_assert_cmpint (boards_tile (again, last)->w, ==, 5);
}

/* Tiles of ours among those of the file; a fold whose row is gone. */
static void
test_added (gconstpointer data)
{
  g_autoptr (TnBoard) board = read_file (data, NULL, NULL);
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (JsonNode) written = NULL;
  g_autoptr (TnBoard) again = NULL;
  TnTileRecord *tile = tn_tile_record_new ("new", "", "abcdefghijklmnop", "com.example.clock");
  const TnTileRecord *found = NULL;

  tile->y = 500;
  tile->w = 3;
  tile->h = 2;
  tile->min_w = 2;
  tn_board_add (board, tile);
  if (board->tiles->len > 10)
    g_ptr_array_remove_index (board->tiles, 9);
  written = tn_board_write (TN_FORMAT_GRAFANA, board, report);
  again = boards_read (TN_FORMAT_GRAFANA, written, NULL);
  g_assert_cmpuint (again->tiles->len, ==, board->tiles->len);
  for (guint i = 0; i < again->tiles->len; i++)
    if (g_str_equal (boards_tile (again, i)->app_id, "com.example.clock"))
      found = boards_tile (again, i);
  g_assert_nonnull (found);
  g_assert_cmpint (found->min_w, ==, 2);
  g_assert_cmpstr (found->title, ==, NULL);
  g_assert_cmpuint (report->len, >=, 2);
}

/* All that the newer schema can say of layouts and items and a canvas doesn't do; and no line for what it does. */
static void
test_unsaid (void)
{
  static const char *const pointers[] = {
    "/layout/spec/rows/0",
    "/layout/spec/rows/0/spec/collapse",
    "/layout/spec/rows/0/spec/fillScreen",
    "/layout/spec/rows/0/spec/repeat",
    "/layout/spec/rows/0/spec/conditionalRendering",
    "/layout/spec/rows/0/spec/variables",
    "/layout/spec/rows/0/spec/layout/spec/columnWidthMode",
    "/layout/spec/rows/0/spec/layout/spec/columnWidth",
    "/layout/spec/rows/0/spec/layout/spec/rowHeightMode",
    "/layout/spec/rows/0/spec/layout/spec/rowHeight",
    "/layout/spec/rows/0/spec/layout/spec/fillScreen",
    "/layout/spec/rows/0/spec/layout/spec/items/0/spec/repeat",
    "/layout/spec/rows/0/spec/layout/spec/items/0/spec/conditionalRendering",
    "/layout/spec/rows/1",
    "/layout/spec/rows/1/spec/layout/spec/tabs/0",
    "/layout/spec/rows/1/spec/layout/spec/tabs/0/spec/repeat",
    "/layout/spec/rows/1/spec/layout/spec/tabs/0/spec/conditionalRendering",
    "/layout/spec/rows/1/spec/layout/spec/tabs/0/spec/layout/spec/items/0/spec/repeat",
    "/layout/spec/rows/1/spec/layout/spec/tabs/0/spec/layout/spec/items/1",
    "/layout/spec/rows/1/spec/layout/spec/tabs/0/spec/layout/spec/items/2/spec/elements",
    "/layout/spec/rows/2",
  };
  g_autoptr (GPtrArray) report = tn_fault_list_new (), plain = tn_fault_list_new ();
  g_autoptr (TnBoard) board = read_file ("grafana-v2-full.json", NULL, report);
  g_autoptr (TnBoard) rows = read_file ("grafana-v2-rows.json", NULL, plain);
  g_autoptr (TnBoard) classic
    = boards_read_reporting (TN_FORMAT_GRAFANA, "{\"panels\":[{\"repeat\":\"host\"}]}", "/panels/0/repeat");

  for (gsize i = 0; i < G_N_ELEMENTS (pointers); i++)
    g_assert_true (boards_reports (report, pointers[i]));
  g_assert_cmpuint (report->len, ==, G_N_ELEMENTS (pointers));
  /* Two rows, two tabs, and one that is folded. */
  g_assert_cmpuint (plain->len, ==, 5);
}

/* The width of a row, a place in an auto grid, and what is now among another row's panels. */
static void
test_unsaid_places (void)
{
  g_autoptr (TnBoard) board = read_file ("grafana-v2.json", NULL, NULL), rows = NULL, again = NULL;
  g_autoptr (GPtrArray) report = tn_fault_list_new (), moved = tn_fault_list_new ();
  g_autoptr (JsonNode) written = NULL, written_rows = NULL;

  ((TnTileRecord *) boards_tile (board, 3))->w = 7;
  written = tn_board_write (TN_FORMAT_GRAFANA, board, report);
  g_assert_cmpuint (report->len, ==, 1);
  g_assert_true (boards_reports (report, "/spec/layout/spec/items/3"));

  /* The second of an auto grid comes first, wider than it can be; the fourth leaves its tab. */
  rows = read_file ("grafana-v2-rows.json", NULL, NULL);
  boards_move (rows, 0, 6, 0);
  boards_move (rows, 1, 0, 0);
  ((TnTileRecord *) boards_tile (rows, 1))->w = 5;
  boards_move (rows, 3, 0, 50);
  written_rows = tn_board_write (TN_FORMAT_GRAFANA, rows, moved);
  again = boards_read (TN_FORMAT_GRAFANA, written_rows, NULL);
  boards_assert_place (again, 0, 0, 0, 6, 4);
  g_assert_cmpstr (boards_tile (again, 0)->title, ==, "B");
  g_assert_cmpstr (boards_tile (again, 1)->title, ==, "A");
  g_assert_cmpuint (moved->len, ==, 2);
  g_assert_true (boards_reports (moved, "/layout/spec/rows/0/spec/layout/spec/items/0"));
  g_assert_true (boards_reports (moved, "/layout/spec/rows/1/spec/layout/spec/tabs/1/spec/layout/spec/items/0"));
}

/* More elements than other objects may have members, in one object as Grafana has them. */
static void
test_many_elements (void)
{
  g_autoptr (GString) elements = g_string_new (NULL), items = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) document = NULL;
  g_autoptr (TnBoard) board = NULL;

  for (guint i = 0; i < 5000; i++)
    {
      g_string_append_printf (elements, "%s\"panel-%u\":{\"kind\":\"Panel\",\"spec\":{\"title\":\"%u\"}}",
                              i > 0 ? "," : "", i, i);
      g_string_append_printf (items,
                              "%s{\"kind\":\"GridLayoutItem\",\"spec\":{\"x\":0,\"y\":%u,\"width\":24,\"height\":2,"
                              "\"element\":{\"kind\":\"ElementReference\",\"name\":\"panel-%u\"}}}",
                              i > 0 ? "," : "", 2 * i, i);
    }
  text = g_strdup_printf ("{\"elements\":{%s},\"layout\":{\"kind\":\"GridLayout\",\"spec\":{\"items\":[%s]}}}",
                          elements->str, items->str);
  boards_assert_lossless (TN_FORMAT_GRAFANA, text);
  document = boards_parse (text);
  board = boards_read (TN_FORMAT_GRAFANA, document, NULL);
  g_assert_cmpuint (board->tiles->len, ==, 5000);
  g_assert_cmpstr (boards_tile (board, 4999)->title, ==, "4999");
}

static const struct
{
  const char *text;
  const char *pointer;
} repairs[] = {
  { "{\"panels\":[{\"gridPos\":{\"x\":0,\"y\":0,\"w\":30,\"h\":4}}]}", "/panels/0" },
  { "{\"panels\":[{\"gridPos\":{\"x\":-2,\"y\":0,\"w\":3,\"h\":4}}]}", "/panels/0" },
  { "{\"panels\":[{\"gridPos\":{\"x\":0,\"y\":1e99,\"w\":3,\"h\":4}}]}", "/panels/0/gridPos/y" },
  { "{\"panels\":[{\"gridPos\":{\"x\":\"0\",\"y\":0,\"w\":3,\"h\":4}}]}", "/panels/0/gridPos/x" },
  { "{\"panels\":[{\"id\":1},{\"id\":1}]}", "/panels/1" },
  { "{\"panels\":[{\"type\":\"row\",\"id\":1,\"panels\":[{\"id\":1},7]},null]}", "/panels/0/panels/1" },
  { "{\"panels\":[{\"title\":[]}]}", "/panels/0/title" },
  { "{\"panels\":[{\"type\":7}]}", "/panels/0/type" },
  { "{\"panels\":[{\"gridPos\":[]}]}", "/panels/0/gridPos" },
  { "{\"panels\":[{\"options\":{\"tokenNexus\":true}}]}", "/panels/0/tokenNexus" },
  { "{\"panels\":7,\"schemaVersion\":39}", "/panels" },
  { "{\"panels\":[],\"tokenNexus\":[]}", "/tokenNexus" },
  { "{\"elements\":{},\"layout\":{\"kind\":\"AutoGridLayout\",\"spec\":{\"maxColumnCount\":0,\"items\":[]}}}",
    "/layout/spec/maxColumnCount" },
  { "{\"editable\":3,\"panels\":[{}]}", "/editable" },
  { "{\"elements\":{},\"layout\":{\"kind\":\"GridLayout\",\"spec\":{\"items\":[{\"spec\":{\"element\":{\"name\":\"x\"}}"
    "}]}}}",
    "/layout/spec/items/0" },
  { "{\"elements\":{\"a\":{}},\"layout\":{\"kind\":\"GridLayout\",\"spec\":{\"items\":[{\"spec\":{\"x\":0,\"y\":-4,"
    "\"element\":{\"name\":\"a\"}}}]}}}",
    "/layout/spec/items/0" },
  { "{\"elements\":{},\"layout\":{\"kind\":\"Spiral\"}}", "/layout" },
  { "{\"elements\":{},\"layout\":{\"kind\":\"TabsLayout\",\"spec\":{\"tabs\":[7]}}}", "/layout/spec/tabs/0" },
  { "{\"elements\":{},\"layout\":{\"kind\":\"GridLayout\",\"spec\":{\"items\":[{\"kind\":\"GridLayoutItem\"}]}}}",
    "/layout/spec/items/0" },
};

static void
test_repairs (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (repairs); i++)
    {
      g_autoptr (TnBoard) board = boards_read_reporting (TN_FORMAT_GRAFANA, repairs[i].text, repairs[i].pointer);
      g_autoptr (GPtrArray) report = tn_fault_list_new ();
      g_autoptr (JsonNode) written = tn_board_write (TN_FORMAT_GRAFANA, board, report);
      g_autoptr (TnBoard) again = boards_read (TN_FORMAT_GRAFANA, written, NULL);

      boards_assert_same (board, again);
    }
}

static void
test_refusals (void)
{
  g_autoptr (GString) many = g_string_new ("{\"panels\":[{}");

  boards_assert_refused (TN_FORMAT_GRAFANA, "{\"schemaVersion\":14,\"rows\":[{\"panels\":[{\"span\":12}]}]}",
                         TN_BOARD_ERROR_SHAPE, "/rows");
  for (guint i = 1; i < 100000; i++)
    g_string_append (many, ",{}");
  g_string_append (many, "]}");
  boards_assert_refused (TN_FORMAT_GRAFANA, many->str, TN_BOARD_ERROR_TOO_LARGE, "/panels/20000");
}

/* What both formats can say goes over, and each thing that is lost is said. */
static void
test_to_another (gconstpointer data)
{
  TnFormat to = GPOINTER_TO_INT (data);
  g_autoptr (TnBoard) board = read_file ("grafana-api.json", NULL, NULL);
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (JsonNode) written = tn_board_write (to, board, report);
  g_autoptr (TnBoard) again = boards_read (to, written, NULL);

  g_assert_cmpuint (report->len, >=, 3);
  for (guint i = 0; i < again->tiles->len; i++)
    {
      const TnTileRecord *tile = boards_tile (again, i);

      if (g_str_equal (tile->app_id, "com.example.todo"))
        g_assert_cmpstr (tile->config, ==, "{\"list\":\"home\"}");
      else
        g_assert_cmpstr (tile->app_id, ==, "grafana:stat");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/grafana/lossless", test_lossless);
  g_test_add_func ("/board/grafana/classic", test_classic);
  g_test_add_func ("/board/grafana/wrapped", test_wrapped);
  g_test_add_func ("/board/grafana/v2", test_v2);
  g_test_add_func ("/board/grafana/unsaid", test_unsaid);
  g_test_add_func ("/board/grafana/unsaid-places", test_unsaid_places);
  g_test_add_func ("/board/grafana/many-elements", test_many_elements);
  g_test_add_func ("/board/grafana/moved", test_moved);
  g_test_add_data_func ("/board/grafana/moved-all/classic", "grafana.json", test_moved_all);
  g_test_add_data_func ("/board/grafana/moved-all/v2", "grafana-v2.json", test_moved_all);
  g_test_add_data_func ("/board/grafana/moved-all/rows", "grafana-v2-rows.json", test_moved_all);
  g_test_add_data_func ("/board/grafana/added/classic", "grafana.json", test_added);
  g_test_add_data_func ("/board/grafana/added/v2", "grafana-v2.json", test_added);
  g_test_add_data_func ("/board/grafana/added/rows", "grafana-v2-rows.json", test_added);
  g_test_add_func ("/board/grafana/repairs", test_repairs);
  g_test_add_func ("/board/grafana/refusals", test_refusals);
  g_test_add_data_func ("/board/grafana/to/gridstack", GINT_TO_POINTER (TN_FORMAT_GRIDSTACK), test_to_another);
  g_test_add_data_func ("/board/grafana/to/homeassistant", GINT_TO_POINTER (TN_FORMAT_HOMEASSISTANT), test_to_another);
  return g_test_run ();
}
