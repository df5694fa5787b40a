/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-board.h"

#include <glib/gstdio.h>

#include "tn-fault.h"

#define CANVAS "c-home"
#define N_RANDOM 40

static TnDb *
open_scratch (char **directory)
{
  g_autoptr (GError) error = NULL;
  TnDb *db;

  *directory = g_dir_make_tmp ("tn-format-XXXXXX", &error);
  g_assert_no_error (error);
  db = tn_db_open (*directory, TN_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  return db;
}

static void
close_scratch (TnDb *db, char *directory)
{
  g_autoptr (GDir) files = NULL;

  tn_db_close (db);
  files = g_dir_open (directory, 0, NULL);
  for (const char *name; (name = g_dir_read_name (files)) != NULL;)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      g_unlink (path);
    }
  g_rmdir (directory);
  g_free (directory);
}

static void
apply (TnDb *db, TnOperation *operation)
{
  g_autoptr (GError) error = NULL;

  tn_db_apply (db, operation, &error);
  g_assert_no_error (error);
  tn_operation_unref (operation);
}

static void
put_canvas (TnDb *db, const char *id, const char *name, gboolean locked)
{
  TnOperation *operation = tn_operation_new ("canvas.create", id, name);
  g_autoptr (TnCanvasRecord) canvas = tn_canvas_record_new (id, name);

  canvas->locked = locked;
  tn_operation_put_canvas (operation, canvas);
  apply (db, operation);
}

static void
put_tile (TnDb *db, const TnTileRecord *tile)
{
  TnOperation *operation = tn_operation_new ("tile.add", tile->canvas_id, "tile");

  tn_operation_put_tile (operation, tile);
  apply (db, operation);
}

static JsonObject *
export_canvas (TnDb *db, JsonNode **document)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnBoard) board = tn_board_load (db, CANVAS, &error);
  g_autoptr (GPtrArray) report = tn_fault_list_new ();

  g_assert_no_error (error);
  *document = tn_board_write (TN_FORMAT_NATIVE, board, report);
  g_assert_cmpuint (report->len, ==, 0);
  return json_object_get_object_member (json_node_get_object (*document), "canvas");
}

static void
test_exact (void)
{
  char *directory;
  TnDb *db = open_scratch (&directory);
  g_autoptr (TnTileRecord) tile = tn_tile_record_new ("t2", CANVAS, "k2", "com.example.notes");
  g_autoptr (JsonNode) document = NULL;
  g_autofree char *text = NULL;
  TnOperation *move;

  put_canvas (db, "c-other", "Other", FALSE);
  put_canvas (db, CANVAS, "Home “1”\n", TRUE);
  tile->x = 4;
  put_tile (db, tile);
  tile->id[1] = '1';
  tile->x = 0;
  tile->w = 4;
  tile->h = 3;
  tile->title = g_strdup ("Mine");
  tile->locked = TRUE;
  tile->min_w = 2;
  tile->foreign = g_strdup ("{\"format\": \"grafana\"}");
  tile->config = g_strdup ("{\"zone\":\"Europe/Oslo\",\"list\":[1,2.5,null]}");
  put_tile (db, tile);
  move = tn_operation_new ("tile.move", CANVAS, "tile");
  tn_operation_put_place (move, "t1", "narrow", 0, 7, 2, 3);
  apply (db, move);

  export_canvas (db, &document);
  text = tn_json_to_string (document);
  g_assert_cmpstr (text, ==,
                   "{\"format\":\"token-nexus-canvas\",\"version\":1,\"canvas\":{\"id\":\"c-home\","
                   "\"name\":\"Home “1”\\n\",\"locked\":true,\"policy\":\"push\",\"tiles\":["
                   "{\"id\":\"t1\",\"app\":{\"id\":\"com.example.notes\",\"key\":\"k2\"},\"title\":\"Mine\","
                   "\"locked\":true,\"config\":{\"zone\":\"Europe/Oslo\",\"list\":[1,2.5,null]},"
                   "\"limits\":{\"minW\":2},\"foreign\":{\"format\":\"grafana\"},"
                   "\"places\":{\"wide\":{\"x\":0,\"y\":0,\"w\":4,\"h\":3},"
                   "\"narrow\":{\"x\":0,\"y\":7,\"w\":2,\"h\":3}}},"
                   "{\"id\":\"t2\",\"app\":{\"id\":\"com.example.notes\",\"key\":\"k2\"},\"title\":null,"
                   "\"locked\":false,\"config\":null,\"places\":{\"wide\":{\"x\":4,\"y\":0,\"w\":1,\"h\":1}}}]}}");
  close_scratch (db, directory);
}

/* Random tiles; what the document says of each must be what was put in. */
static TnTileRecord *
make_tile (guint number)
{
  static const char *const titles[] = { NULL, "", "Ærø \"x\" \\ /", "日本\t" };
  static const char *const configs[] = { NULL, "{}", "{\"a\":{\"b\":[true,\"\\u0007\"]}}", "{\"n\":-0.125}" };
  g_autofree char *id = g_strdup_printf ("tile-%u", number);
  TnTileRecord *tile = tn_tile_record_new (id, CANVAS, "key", "com.example.app");

  tile->title = g_strdup (titles[g_test_rand_int_range (0, G_N_ELEMENTS (titles))]);
  tile->config = g_strdup (configs[g_test_rand_int_range (0, G_N_ELEMENTS (configs))]);
  tile->locked = g_test_rand_bit ();
  tile->x = g_test_rand_int_range (0, 64);
  tile->y = g_test_rand_int_range (0, 1000000);
  tile->w = g_test_rand_int_range (1, 65);
  tile->h = g_test_rand_int_range (1, 1000);
  return tile;
}

static void
assert_config (JsonObject *object, const char *config)
{
  g_autofree char *said = json_to_string (json_object_get_member (object, "config"), FALSE);
  g_autoptr (JsonNode) expected = config != NULL ? json_from_string (config, NULL) : json_node_new (JSON_NODE_NULL);
  g_autofree char *text = json_to_string (expected, FALSE);

  g_assert_cmpstr (said, ==, text);
}

static void
assert_tile (JsonObject *object, const TnTileRecord *tile)
{
  JsonObject *app = tn_json_get_object (object, "app");
  JsonObject *place = tn_json_get_object (tn_json_get_object (object, "places"), "wide");

  g_assert_cmpstr (tn_json_get_string (app, "id", NULL), ==, tile->app_id);
  g_assert_cmpstr (tn_json_get_string (app, "key", NULL), ==, tile->app_key);
  g_assert_cmpstr (tn_json_get_string (object, "title", NULL), ==, tile->title);
  g_assert_cmpint (tn_json_get_boolean (object, "locked", !tile->locked), ==, tile->locked);
  g_assert_cmpint (tn_json_get_int (place, "x", -1), ==, tile->x);
  g_assert_cmpint (tn_json_get_int (place, "y", -1), ==, tile->y);
  g_assert_cmpint (tn_json_get_int (place, "w", -1), ==, tile->w);
  g_assert_cmpint (tn_json_get_int (place, "h", -1), ==, tile->h);
  assert_config (object, tile->config);
}

static void
test_random (void)
{
  char *directory;
  TnDb *db = open_scratch (&directory);
  g_autoptr (GHashTable) tiles
    = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) tn_tile_record_free);
  g_autoptr (JsonNode) document = NULL;
  JsonArray *array;
  gint64 last = -1;

  put_canvas (db, CANVAS, "Home", FALSE);
  for (guint i = 0; i < N_RANDOM; i++)
    {
      TnTileRecord *tile = make_tile (i);

      put_tile (db, tile);
      g_hash_table_insert (tiles, tile->id, tile);
    }
  array = tn_json_get_array (export_canvas (db, &document), "tiles");
  g_assert_cmpuint (json_array_get_length (array), ==, N_RANDOM);
  for (guint i = 0; i < N_RANDOM; i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      const TnTileRecord *tile = g_hash_table_lookup (tiles, tn_json_get_string (object, "id", ""));

      g_assert_nonnull (tile);
      assert_tile (object, tile);
      g_assert_cmpint (tile->y * 64 + tile->x, >=, last);
      last = tile->y * 64 + tile->x;
      g_hash_table_remove (tiles, tile->id);
    }
  close_scratch (db, directory);
}

static void
test_empty_and_missing (void)
{
  char *directory;
  TnDb *db = open_scratch (&directory);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) document = NULL;

  g_assert_null (tn_board_load (db, CANVAS, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND);
  g_assert_nonnull (g_strstr_len (error->message, -1, CANVAS));

  put_canvas (db, CANVAS, "Home", FALSE);
  g_assert_cmpuint (json_array_get_length (tn_json_get_array (export_canvas (db, &document), "tiles")), ==, 0);
  close_scratch (db, directory);
}

/* A reader that recurses must not be led too deep, nor settings be left out without a word. */
static void
test_deep_config (void)
{
  char *directory;
  TnDb *db = open_scratch (&directory);
  g_autoptr (TnTileRecord) tile = tn_tile_record_new ("deep", CANVAS, "k", "com.example.deep");
  g_autofree char *open = g_strnfill (200, '[');
  g_autofree char *shut = g_strnfill (200, ']');
  g_autoptr (TnBoard) board = NULL;
  g_autoptr (GPtrArray) report = tn_fault_list_new ();
  g_autoptr (JsonNode) document = NULL;

  put_canvas (db, CANVAS, "Home", FALSE);
  tile->config = g_strdup_printf ("{\"a\":%s%s}", open, shut);
  put_tile (db, tile);
  board = tn_board_load (db, CANVAS, NULL);
  document = tn_board_write (TN_FORMAT_NATIVE, board, report);
  g_assert_cmpuint (report->len, ==, 1);
  g_assert_cmpstr (((TnFault *) report->pdata[0])->pointer, ==, "/canvas/tiles/0");
  g_assert_true (json_node_is_null (tn_json_pointer_get (document, "/canvas/tiles/0/config")));
  close_scratch (db, directory);
}

/* What is imported is a new canvas with tiles of its own, as one operation that can be taken back. */
static void
test_operation (void)
{
  char *directory;
  TnDb *db = open_scratch (&directory);
  g_autoptr (TnTileRecord) tile = tn_tile_record_new ("t1", CANVAS, "k", "com.example.app");
  g_autoptr (TnBoard) board = NULL, again = NULL;
  g_autoptr (TnOperation) operation = NULL, undone = NULL;
  g_autoptr (GPtrArray) canvases = NULL;
  const TnTileRecord *copy;
  const char *id;

  put_canvas (db, CANVAS, "Home", TRUE);
  tile->foreign = g_strdup ("{\"a\":1}");
  tile->max_h = 7;
  put_tile (db, tile);
  board = tn_board_load (db, CANVAS, NULL);
  g_ptr_array_add (((TnBoardTile *) board->tiles->pdata[0])->places, tn_tile_record_copy (tile));
  ((TnTileRecord *) ((TnBoardTile *) board->tiles->pdata[0])->places->pdata[0])->layout[0] = 'r';
  canvases = tn_db_list_canvases (db, NULL);
  operation = tn_board_operation (board, canvases);
  id = tn_operation_get_canvas_id (operation);
  g_assert_cmpstr (tn_operation_get_kind (operation), ==, "canvas.import");
  g_assert_true (tn_db_apply (db, operation, NULL));

  again = tn_board_load (db, id, NULL);
  copy = ((TnBoardTile *) again->tiles->pdata[0])->record;
  g_assert_cmpstr (copy->id, !=, "t1");
  g_assert_cmpstr (copy->canvas_id, ==, id);
  g_assert_cmpstr (copy->foreign, ==, "{\"a\":1}");
  g_assert_cmpint (copy->max_h, ==, 7);
  g_assert_cmpuint (((TnBoardTile *) again->tiles->pdata[0])->places->len, ==, 1);
  g_assert_true (again->canvas->locked);
  g_assert_cmpstr (again->canvas->name, ==, "Home 2");
  undone = tn_db_undo (db, NULL);
  g_assert_nonnull (undone);
  g_assert_null (tn_board_load (db, id, NULL));
  close_scratch (db, directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-db/exact", test_exact);
  g_test_add_func ("/board-db/random", test_random);
  g_test_add_func ("/board-db/empty-and-missing", test_empty_and_missing);
  g_test_add_func ("/board-db/deep-config", test_deep_config);
  g_test_add_func ("/board-db/operation", test_operation);
  return g_test_run ();
}
