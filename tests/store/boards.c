/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "boards.h"

#include <string.h>

JsonNode *
boards_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  JsonNode *document;

  if (g_str_has_suffix (text, ".json"))
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "store", "boards", text, NULL);

      g_file_get_contents (path, &content, NULL, &error);
      g_assert_no_error (error);
    }
  document = tn_board_parse (content != NULL ? content : text, -1, &error);
  g_assert_no_error (error);
  return document;
}

static void
print_report (GPtrArray *report)
{
  for (guint i = 0; i < report->len; i++)
    g_test_message ("%s: %s", ((TnFault *) report->pdata[i])->pointer, ((TnFault *) report->pdata[i])->message);
}

TnBoard *
boards_read (TnFormat format, JsonNode *document, GPtrArray *report)
{
  g_autoptr (GPtrArray) own = tn_fault_list_new ();
  g_autoptr (GError) error = NULL;
  TnBoard *board = tn_board_read (format, document, "Untitled", NULL, NULL, report != NULL ? report : own, &error);

  g_assert_no_error (error);
  print_report (report != NULL ? report : own);
  boards_assert_valid (board);
  return board;
}

void
boards_assert_refused (TnFormat format, const char *text, int code, const char *word)
{
  g_autoptr (JsonNode) document = boards_parse (text);
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TnBoard) board = tn_board_read (format, document, "Untitled", NULL, NULL, report, &error);

  g_assert_null (board);
  g_assert_error (error, TN_BOARD_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, word));
}

const char *
boards_get_message (GPtrArray *report, const char *pointer)
{
  for (guint i = 0; i < report->len; i++)
    if (g_str_equal (((TnFault *) report->pdata[i])->pointer, pointer))
      return ((TnFault *) report->pdata[i])->message;
  print_report (report);
  return NULL;
}

gboolean
boards_reports (GPtrArray *report, const char *pointer)
{
  return boards_get_message (report, pointer) != NULL;
}

TnBoard *
boards_read_reporting (TnFormat format, const char *text, const char *pointer)
{
  g_autoptr (JsonNode) document = boards_parse (text);
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  TnBoard *board = boards_read (format, document, report);

  g_test_message ("expected at %s", pointer);
  g_assert_true (boards_reports (report, pointer));
  return board;
}

const TnTileRecord *
boards_tile (const TnBoard *board, guint index)
{
  g_assert_cmpuint (index, <, board->tiles->len);
  return ((TnBoardTile *) board->tiles->pdata[index])->record;
}

void
boards_move (TnBoard *board, guint index, int x, int y)
{
  TnTileRecord *tile = (TnTileRecord *) boards_tile (board, index);

  tile->x = x;
  tile->y = y;
}

void
boards_assert_place (const TnBoard *board, guint index, int x, int y, int w, int h)
{
  const TnTileRecord *tile = boards_tile (board, index);
  g_autofree char *found = g_strdup_printf ("%d,%d %d×%d", tile->x, tile->y, tile->w, tile->h);
  g_autofree char *expected = g_strdup_printf ("%d,%d %d×%d", x, y, w, h);

  g_assert_cmpstr (found, ==, expected);
}

static void
find_difference (JsonNode *found, JsonNode *expected, const char *pointer)
{
  g_autofree char *one = NULL, *other = NULL;

  if (json_node_equal (found, expected))
    return;
  if (JSON_NODE_HOLDS_OBJECT (found) && JSON_NODE_HOLDS_OBJECT (expected))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *node;

      json_object_iter_init (&iter, json_node_get_object (expected));
      while (json_object_iter_next (&iter, &name, &node))
        {
          JsonNode *same = json_object_get_member (json_node_get_object (found), name);
          g_autofree char *place = tn_json_pointer_join (pointer, name);

          if (same == NULL)
            g_error ("%s is missing", place);
          find_difference (same, node, place);
        }
    }
  if (JSON_NODE_HOLDS_ARRAY (found) && JSON_NODE_HOLDS_ARRAY (expected))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (expected)); i++)
      {
        g_autofree char *place = g_strdup_printf ("%s/%u", pointer, i);

        if (i >= json_array_get_length (json_node_get_array (found)))
          g_error ("%s is missing", place);
        find_difference (json_array_get_element (json_node_get_array (found), i),
                         json_array_get_element (json_node_get_array (expected), i), place);
      }
  one = tn_json_to_string (found);
  other = tn_json_to_string (expected);
  g_error ("%s is %s, not %s", pointer, one, other);
}

void
boards_assert_json (JsonNode *found, JsonNode *expected)
{
  find_difference (found, expected, "");
}

void
boards_assert_at (JsonNode *document, const char *pointer, const char *expected)
{
  JsonNode *node = tn_json_pointer_get (document, pointer);
  g_autofree char *text = node != NULL ? tn_json_to_string (node) : g_strdup ("nothing");

  g_test_message ("at %s", pointer);
  g_assert_cmpstr (text, ==, expected);
}

void
boards_assert_lossless (TnFormat format, const char *text)
{
  g_autoptr (JsonNode) document = boards_parse (text);
  g_autoptr (TnBoard) board = boards_read (format, document, NULL);
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (JsonNode) written = tn_board_write (format, board, report);
  TnFormat guessed = TN_N_FORMATS;

  print_report (report);
  g_assert_cmpuint (report->len, ==, 0);
  boards_assert_json (written, document);
  g_assert_true (tn_format_guess (document, &guessed));
  g_assert_cmpint (guessed, ==, format);
}

static void
assert_same_tile (const TnTileRecord *a, const TnTileRecord *b)
{
  g_assert_cmpstr (a->app_id, ==, b->app_id);
  g_assert_cmpstr (a->app_key, ==, b->app_key);
  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpint (a->locked, ==, b->locked);
  g_assert_cmpstr (a->config, ==, b->config);
  g_assert_cmpstr (a->layout, ==, b->layout);
  g_assert_cmpint (a->min_w, ==, b->min_w);
  g_assert_cmpint (a->min_h, ==, b->min_h);
  g_assert_cmpint (a->max_w, ==, b->max_w);
  g_assert_cmpint (a->max_h, ==, b->max_h);
  g_assert_cmpint (a->x, ==, b->x);
  g_assert_cmpint (a->y, ==, b->y);
  g_assert_cmpint (a->w, ==, b->w);
  g_assert_cmpint (a->h, ==, b->h);
}

void
boards_assert_same (const TnBoard *a, const TnBoard *b)
{
  g_assert_cmpstr (a->canvas->name, ==, b->canvas->name);
  g_assert_cmpint (a->canvas->locked, ==, b->canvas->locked);
  g_assert_cmpint (a->canvas->policy, ==, b->canvas->policy);
  g_assert_cmpuint (a->tiles->len, ==, b->tiles->len);
  for (guint i = 0; i < a->tiles->len; i++)
    assert_same_tile (boards_tile (a, i), boards_tile (b, i));
}

void
boards_assert_valid (const TnBoard *board)
{
  g_autofree TnPlacement *layout = g_new0 (TnPlacement, board->tiles->len);

  for (guint i = 0; i < board->tiles->len; i++)
    {
      const TnTileRecord *tile = boards_tile (board, i);

      layout[i] = (TnPlacement){ .id = tile->id, .x = tile->x, .y = tile->y, .w = tile->w, .h = tile->h };
    }
  g_assert_true (tn_grid_is_valid (12, layout, board->tiles->len));
}

static int
compare_reading_order (gconstpointer a, gconstpointer b)
{
  const TnTileRecord *p = (*(TnBoardTile *const *) a)->record, *q = (*(TnBoardTile *const *) b)->record;

  return p->y != q->y ? p->y - q->y : p->x - q->x;
}

TnBoard *
boards_make_random (guint n)
{
  static const char *const titles[] = { NULL, "Mine", "Ærø \"x\" \\ /", "日本", "<b>&amp;" };
  static const char *const configs[] = { NULL, "{}", "{\"a\":{\"b\":[true,\"\\u0007\"]}}", "{\"n\":-0.125}" };
  TnBoard *board = tn_board_new ("A canvas");
  TnPlacement *layout = g_new0 (TnPlacement, n);

  board->canvas->locked = g_test_rand_bit ();
  board->canvas->policy = g_test_rand_int_range (0, TN_GRID_N_POLICIES);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("t%04u", i);
      gboolean placeholder = g_test_rand_int_range (0, 5) == 0;
      TnTileRecord *tile = tn_tile_record_new (id, "", placeholder ? "" : "abcdefghijklmnop",
                                               placeholder ? "grafana:stat" : "com.example.app");

      tile->title = g_strdup (titles[g_test_rand_int_range (0, G_N_ELEMENTS (titles))]);
      tile->config = g_strdup (configs[g_test_rand_int_range (0, G_N_ELEMENTS (configs))]);
      tile->locked = g_test_rand_int_range (0, 4) == 0;
      tile->max_h = g_test_rand_int_range (0, 3) == 0 ? 200 : 0;
      layout[i].w = g_test_rand_int_range (1, 13);
      layout[i].h = g_test_rand_int_range (1, 6);
      tn_grid_find_place (12, layout, i, &layout[i]);
      tile->x = layout[i].x;
      tile->y = layout[i].y;
      tile->w = layout[i].w;
      tile->h = layout[i].h;
      tn_board_add (board, tile);
    }
  g_ptr_array_sort (board->tiles, compare_reading_order);
  g_free (layout);
  return board;
}
