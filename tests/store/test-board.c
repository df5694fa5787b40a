/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "boards.h"

#include <string.h>

/* What all formats do, and the program's own. */

static void
test_names (void)
{
  TnFormat format;

  for (TnFormat i = 0; i < TN_N_FORMATS; i++)
    {
      g_assert_true (tn_format_from_name (tn_format_to_name (i), &format));
      g_assert_cmpint (format, ==, i);
      g_assert_cmpuint (strlen (tn_format_to_title (i)), >, 3);
    }
  g_assert_false (tn_format_from_name ("kibana", &format));
  g_assert_false (tn_format_from_name (NULL, &format));
}

static const struct
{
  const char *text;
  int format; /* -1: none */
} guesses[] = {
  { "{\"format\":\"token-nexus-canvas\"}", TN_FORMAT_NATIVE },
  { "[]", TN_FORMAT_GRIDSTACK },
  { "[{\"x\":0}]", TN_FORMAT_GRIDSTACK },
  { "{\"children\":[]}", TN_FORMAT_GRIDSTACK },
  { "{\"panels\":[]}", TN_FORMAT_GRAFANA },
  { "{\"meta\":{},\"dashboard\":{\"schemaVersion\":39}}", TN_FORMAT_GRAFANA },
  { "{\"elements\":{},\"layout\":{}}", TN_FORMAT_GRAFANA },
  { "{\"views\":[{\"sections\":[]}]}", TN_FORMAT_HOMEASSISTANT },
  { "{\"cards\":[]}", TN_FORMAT_HOMEASSISTANT },
  { "[1,2]", -1 },
  { "{}", -1 },
  { "7", -1 },
  { "null", -1 },
};

static void
test_guess (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (guesses); i++)
    {
      g_autoptr (JsonNode) document = boards_parse (guesses[i].text);
      TnFormat format;
      int found = tn_format_guess (document, &format) ? (int) format : -1;

      g_test_message ("%s", guesses[i].text);
      g_assert_cmpint (found, ==, guesses[i].format);
    }
  boards_assert_refused (TN_FORMAT_GRIDSTACK, "{}", TN_BOARD_ERROR_FORMAT, "gridstack");
}

static const struct
{
  const char *text;
  gboolean yaml;
} texts[] = {
  { "views:\n  - title: Home\n", TRUE },
  { "# mine\n\ntitle: Home\n", TRUE },
  { "- x: 1\n", TRUE },
  { "---\na: 1\n", TRUE },
  { "{\"a\": NaN}", FALSE },
  { "{\"a\": 1e400}", FALSE },
  { "", FALSE },
  { "[1,", FALSE },
  { "\xef\xbb\xbfviews:\n", TRUE },
  { "\xef\xbb\xbf", FALSE },
  { "\xef\xbb\xbf\xef\xbb\xbf[]", FALSE },
  { "[\xef\xbb\xbf]", FALSE },
};

static void
test_parse (void)
{
  g_autoptr (JsonNode) marked = tn_board_parse ("\xef\xbb\xbf[1]", -1, NULL);
  g_autoptr (JsonNode) cut = tn_board_parse ("\xef\xbb\xbf[1]x", 6, NULL);

  g_assert_true (marked != NULL && cut != NULL && json_node_equal (marked, cut));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (tn_board_parse (texts[i].text, -1, &error));
      g_test_message ("%s", error->message);
      g_assert_true (error->domain == (texts[i].yaml ? TN_BOARD_ERROR : TN_JSON_ERROR));
      g_assert_true (!texts[i].yaml || strstr (error->message, "JSON") != NULL);
    }
}

static void
test_lossless (void)
{
  boards_assert_lossless (TN_FORMAT_NATIVE, "native.json");
}

/* As the first version of the format was written. */
static void
test_older (void)
{
  g_autoptr (JsonNode) document = boards_parse ("native-first.json");
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (TnBoard) board = boards_read (TN_FORMAT_NATIVE, document, report);

  g_assert_cmpuint (report->len, ==, 0);
  g_assert_cmpstr (board->canvas->name, ==, "Home");
  g_assert_cmpint (board->canvas->policy, ==, TN_GRID_PUSH);
  g_assert_cmpuint (board->tiles->len, ==, 2);
  boards_assert_place (board, 1, 4, 0, 8, 3);
  g_assert_cmpstr (boards_tile (board, 0)->app_key, ==, "abcdefghijklmnop");
  g_assert_cmpstr (boards_tile (board, 0)->config, ==, "{\"zone\":\"Europe/Oslo\"}");
}

#define TILES(tiles) "{\"format\":\"token-nexus-canvas\",\"version\":1,\"canvas\":{\"name\":\"C\",\"tiles\":" tiles "}}"
#define APP "\"app\":{\"id\":\"a.b\",\"key\":\"k\"}"
#define WIDE(place) "\"places\":{\"wide\":" place "}"

/* What is repaired, where that is said, and where the first tile then is. */
static const struct
{
  const char *text;
  const char *pointer;
  int x, y, w, h;
} repairs[] = {
  { TILES ("[{\"id\":\"a\"," APP "," WIDE ("{\"x\":-3,\"y\":1e300,\"w\":99,\"h\":0}") "}]"), "/canvas/tiles/0", 0, 0,
    12, 1 },
  { TILES ("[{\"id\":\"a\"," APP "," WIDE ("{\"x\":1.5,\"y\":0,\"w\":2,\"h\":2}") "}]"),
    "/canvas/tiles/0/places/wide/x", 1, 0, 2, 2 },
  { TILES ("[{\"id\":\"a\"," APP "," WIDE ("{\"x\":\"3\",\"y\":0,\"w\":\"two\",\"h\":2}") "}]"),
    "/canvas/tiles/0/places/wide/w", 3, 0, 1, 2 },
  { TILES ("[{\"id\":\"a\"," APP "}]"), "/canvas/tiles/0/places/wide", 0, 0, 1, 1 },
  { TILES ("[{\"id\":\"a\"," APP ",\"places\":7}]"), "/canvas/tiles/0/places/wide", 0, 0, 1, 1 },
  { TILES ("[{\"id\":\"a\"," APP
           ",\"limits\":{\"minW\":4,\"maxW\":2}," WIDE ("{\"x\":0,\"y\":0,\"w\":1,\"h\":1}") "}]"),
    "/canvas/tiles/0", 0, 0, 4, 1 },
  { TILES ("[3,{\"id\":\"a\"," APP "," WIDE ("{\"x\":0,\"y\":0,\"w\":1,\"h\":1}") "}]"), "/canvas/tiles/0", 0, 0, 1,
    1 },
  { TILES ("[{\"id\":\"a\",\"app\":\"x\"," WIDE ("{\"x\":0,\"y\":0,\"w\":1,\"h\":1}") "}]"), "/canvas/tiles/0/app", 0,
    0, 1, 1 },
  { TILES ("[{\"id\":\"a\"," APP ",\"locked\":1," WIDE ("{\"x\":0,\"y\":0,\"w\":1,\"h\":1}") "}]"),
    "/canvas/tiles/0/locked", 0, 0, 1, 1 },
  { TILES ("[{\"id\":\"a\"," APP ",\"config\":[]," WIDE ("{\"x\":0,\"y\":0,\"w\":1,\"h\":1}") "}]"),
    "/canvas/tiles/0/config", 0, 0, 1, 1 },
  { TILES ("[{\"id\":\"a\"," APP ",\"title\":\"a\\u0007\\u202eb\"," WIDE ("{\"x\":0,\"y\":0,\"w\":1,\"h\":1}") "}]"),
    "/canvas/tiles/0/title", 0, 0, 1, 1 },
  { TILES ("[{\"id\":\"a\"," APP ",\"foreign\":\"x\"," WIDE ("{\"x\":0,\"y\":0,\"w\":1,\"h\":1}") "}]"),
    "/canvas/tiles/0/foreign", 0, 0, 1, 1 },
  { TILES ("[{\"id\":\"a\"," APP ",\"places\":{\"wide\":{\"x\":0,\"y\":0,\"w\":1,\"h\":1},\"narrow\":[]}}]"),
    "/canvas/tiles/0/places/narrow", 0, 0, 1, 1 },
  { TILES ("[7,{\"id\":\"a\"," APP ",\"places\":{\"wide\":{\"x\":0,\"y\":0},\"narrow\":{\"x\":70,\"y\":0}}}]"),
    "/canvas/tiles/1/places/narrow", 0, 0, 1, 1 },
};

static void
test_repairs (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (repairs); i++)
    {
      g_autoptr (TnBoard) board = boards_read_reporting (TN_FORMAT_NATIVE, repairs[i].text, repairs[i].pointer);

      boards_assert_place (board, 0, repairs[i].x, repairs[i].y, repairs[i].w, repairs[i].h);
    }
}

static void
test_overlaps (void)
{
  g_autoptr (TnBoard) board
    = boards_read_reporting (TN_FORMAT_NATIVE,
                             TILES ("[{\"id\":\"a\"," APP
                                    "," WIDE ("{\"x\":0,\"y\":0,\"w\":4,\"h\":2}") "},{\"id\":\"a\"," APP "," WIDE (
                                      "{\"x\":1,\"y\":0,\"w\":4,\"h\":2}") "}]"),
                             "/canvas/tiles/1");

  boards_assert_place (board, 0, 0, 0, 4, 2);
  boards_assert_place (board, 1, 1, 2, 4, 2);
  g_assert_cmpstr (boards_tile (board, 0)->id, !=, boards_tile (board, 1)->id);
}

static void
test_long_title (void)
{
  g_autofree char *long_title = g_strnfill (100000, 'a');
  g_autofree char *text = g_strdup_printf (TILES ("[{\"title\":\"%s\"}]"), long_title);
  g_autoptr (TnBoard) board = boards_read_reporting (TN_FORMAT_NATIVE, text, "/canvas/tiles/0/title");

  g_assert_cmpuint (strlen (boards_tile (board, 0)->title), ==, 200);
}

static void
test_refusals (void)
{
  g_autoptr (GString) many
    = g_string_new ("{\"format\":\"token-nexus-canvas\",\"version\":1,\"canvas\":{\"tiles\":[{}");

  boards_assert_refused (TN_FORMAT_NATIVE, "{\"format\":\"token-nexus-canvas\",\"version\":2}", TN_BOARD_ERROR_NEWER,
                         "newer");
  boards_assert_refused (TN_FORMAT_NATIVE, "{\"format\":\"token-nexus-canvas\"}", TN_BOARD_ERROR_SHAPE, "/version");
  boards_assert_refused (TN_FORMAT_NATIVE, "{\"format\":\"token-nexus-canvas\",\"version\":1,\"canvas\":[]}",
                         TN_BOARD_ERROR_SHAPE, "/canvas/tiles");
  for (guint i = 1; i < 100000; i++)
    g_string_append (many, ",{}");
  g_string_append (many, "]}}");
  boards_assert_refused (TN_FORMAT_NATIVE, many->str, TN_BOARD_ERROR_TOO_LARGE, "/canvas/tiles/20000");
}

static const char *
find_app (const char *app_id, gpointer user_data)
{
  return g_str_equal (app_id, "com.example.here") ? "found" : NULL;
}

/* A key is kept, since it names one app of one source; without one the app of that id is taken. */
static void
test_apps (void)
{
  g_autoptr (JsonNode) document = boards_parse (
    TILES ("[{\"app\":{\"id\":\"com.example.here\"}},{\"app\":{\"id\":\"com.example.here\",\"key\":\"other\"}},"
           "{\"app\":{\"id\":\"com.example.gone\"}},{\"app\":{\"id\":\"com.example.gone\",\"key\":\"k\"}}]"));
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (TnBoard) board = tn_board_read (TN_FORMAT_NATIVE, document, "", find_app, NULL, report, NULL);
  static const char *const keys[] = { "found", "other", "", "k" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_cmpstr (boards_tile (board, i)->app_key, ==, keys[i]);
  g_assert_false (boards_reports (report, "/canvas/tiles/0/app"));
  g_assert_false (boards_reports (report, "/canvas/tiles/1/app"));
  g_assert_true (boards_reports (report, "/canvas/tiles/2/app"));
  g_assert_true (boards_reports (report, "/canvas/tiles/3/app"));
  g_assert_true (tn_tile_record_is_placeholder (boards_tile (board, 2)));
}

/* Any canvas of ours comes back from any format that can say places; what order alone says is for its own test. */
static void
test_random (gconstpointer data)
{
  TnFormat format = GPOINTER_TO_INT (data);

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (TnBoard) board = boards_make_random (g_test_rand_int_range (0, 40));
      g_autoptr (GPtrArray) report = tn_fault_list_new ();
      g_autoptr (JsonNode) document = tn_board_write (format, board, report);
      g_autofree char *text = tn_json_to_lines (document);
      g_autoptr (JsonNode) parsed = boards_parse (text);
      g_autoptr (TnBoard) again = tn_board_read (format, parsed, "", NULL, NULL, report, NULL);

      boards_assert_same (board, again);
    }
}

/* The format's own program may have written numbers as texts; a store may hold anything as foreign. */
static void
test_foreign_rubbish (void)
{
  static const char *const rubbish[]
    = { "{",
        "[]",
        "{\"format\":\"%s\"}",
        "{\"format\":\"%s\",\"panel\":7,\"document\":7}",
        "{\"format\":\"%s\",\"panel\":{},\"document\":{},\"list\":7,\"index\":\"x\",\"at\":[]}",
        "{\"format\":\"%s\",\"panel\":{},\"document\":[],\"list\":\"/nowhere\",\"index\":-1,\"at\":{}}" };

  for (TnFormat format = 0; format < TN_N_FORMATS; format++)
    for (gsize i = 0; i < G_N_ELEMENTS (rubbish); i++)
      {
        g_autoptr (TnBoard) board = boards_make_random (3);
        g_autoptr (GString) foreign = g_string_new (rubbish[i]);
        g_autoptr (GPtrArray) report = tn_fault_list_new ();
        g_autoptr (JsonNode) document = NULL;
        g_autoptr (TnBoard) again = NULL;

        g_string_replace (foreign, "%s", tn_format_to_name (format), 0);
        board->canvas->foreign = g_strdup (foreign->str);
        ((TnTileRecord *) boards_tile (board, 1))->foreign = g_strdup (foreign->str);
        document = tn_board_write (format, board, report);
        again = boards_read (format, document, NULL);
        g_assert_cmpuint (again->tiles->len, ==, 3);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/names", test_names);
  g_test_add_func ("/board/guess", test_guess);
  g_test_add_func ("/board/parse", test_parse);
  g_test_add_func ("/board/native/lossless", test_lossless);
  g_test_add_func ("/board/native/older", test_older);
  g_test_add_func ("/board/native/repairs", test_repairs);
  g_test_add_func ("/board/native/overlaps", test_overlaps);
  g_test_add_func ("/board/native/long-title", test_long_title);
  g_test_add_func ("/board/native/refusals", test_refusals);
  g_test_add_func ("/board/native/apps", test_apps);
  g_test_add_data_func ("/board/random/native", GINT_TO_POINTER (TN_FORMAT_NATIVE), test_random);
  g_test_add_data_func ("/board/random/gridstack", GINT_TO_POINTER (TN_FORMAT_GRIDSTACK), test_random);
  g_test_add_data_func ("/board/random/grafana", GINT_TO_POINTER (TN_FORMAT_GRAFANA), test_random);
  g_test_add_func ("/board/foreign-rubbish", test_foreign_rubbish);
  return g_test_run ();
}
