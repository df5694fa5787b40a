/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

/* What is kept and how it comes back: canvases, tiles, places, values. */

static void
reopen (FixtureDb *f)
{
  tn_db_close (f->db);
  f->db = fixture_open_expecting (f->folder, TN_STORE_OPENED);
  g_assert_cmpstr (tn_db_get_notice (f->db), ==, "");
}

static TnTileRecord *
get_tile (TnCanvasRecord *canvas, guint index)
{
  g_assert_cmpuint (index, <, canvas->tiles->len);
  return g_ptr_array_index (canvas->tiles, index);
}

static TnCanvasRecord *
load (FixtureDb *f, const char *canvas, const char *layout)
{
  g_autoptr (GError) error = NULL;
  TnCanvasRecord *record = tn_db_load_canvas (f->db, canvas, layout, &error);

  g_assert_no_error (error);
  return record;
}

static void
apply (FixtureDb *f, TnOperation *operation)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (tn_db_apply (f->db, operation, &error));
  g_assert_no_error (error);
}

static void
test_create (FixtureDb *f, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (f->folder, "deep", "down", NULL);
  g_autoptr (TnDb) db = fixture_open_expecting (folder, TN_STORE_CREATED);
  g_autoptr (GPtrArray) canvases = tn_db_list_canvases (db, NULL);

  g_assert_cmpstr (tn_db_get_notice (db), ==, "");
  g_assert_nonnull (canvases);
  g_assert_cmpuint (canvases->len, ==, 0);
  g_assert_false (tn_db_can_undo (db));
  g_assert_false (tn_db_can_redo (db));
}

static void
test_pragmas (FixtureDb *f, gconstpointer data)
{
  g_autofree char *mode = fixture_sql (f->folder, "PRAGMA journal_mode");
  g_autofree char *version = fixture_sql (f->folder, "PRAGMA user_version");

  g_assert_cmpstr (mode, ==, "wal\n");
  g_assert_cmpint (g_ascii_strtoll (version, NULL, 10), >, 0);
}

static void
test_canvases (FixtureDb *f, gconstpointer data)
{
  static const char *const names[] = { "Home “1”", "Büro\n\\", "" };
  g_autoptr (TnOperation) operation = tn_operation_new ("canvas.create", "c0", "all");
  g_autoptr (GPtrArray) canvases = NULL;

  for (int i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%d", i);
      g_autoptr (TnCanvasRecord) record = tn_canvas_record_new (id, names[i]);

      record->position = 2 - i;
      record->locked = i == 1;
      record->policy = TN_GRID_N_POLICIES - 1 - i;
      record->foreign = i == 0 ? g_strdup ("{ \"refresh\" : \"5m\" }") : NULL;
      tn_operation_put_canvas (operation, record);
    }
  apply (f, operation);
  reopen (f);
  canvases = tn_db_list_canvases (f->db, NULL);
  g_assert_cmpuint (canvases->len, ==, 3);
  for (int i = 0; i < 3; i++)
    {
      TnCanvasRecord *record = g_ptr_array_index (canvases, 2 - i);

      g_assert_cmpstr (record->name, ==, names[i]);
      g_assert_cmpint (record->position, ==, 2 - i);
      g_assert_cmpint (record->locked, ==, i == 1);
      g_assert_cmpint (record->policy, ==, TN_GRID_N_POLICIES - 1 - i);
      g_assert_cmpstr (record->foreign, ==, i == 0 ? "{ \"refresh\" : \"5m\" }" : NULL);
      g_assert_cmpuint (record->tiles->len, ==, 0);
    }
}

static void
test_tile_comes_back_whole (FixtureDb *f, gconstpointer data)
{
  g_autoptr (TnTileRecord) put = tn_tile_record_new ("t1", "c", "abcdefghijklmnop", "com.example.todo");
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.add", "c", "Todo");
  g_autoptr (TnCanvasRecord) canvas = NULL;
  TnTileRecord *got;

  fixture_add_canvas (f->db, "c");
  put->title = g_strdup ("“Einkäufe” \t\x01 \xf0\x9f\x9b\x92 '; DROP TABLE tile; --");
  put->config = g_strdup ("{ \"a\" : [1, 2.50, null, \"\\u0041\\n\"] }");
  put->foreign = g_strdup ("{ \"type\" : \"timeseries\" }");
  put->min_w = 2;
  put->min_h = 3;
  put->max_w = 11;
  put->max_h = 1000000;
  put->locked = TRUE;
  put->x = 3;
  put->y = 1000000;
  put->w = 5;
  put->h = 7;
  tn_operation_put_tile (operation, put);
  apply (f, operation);
  reopen (f);

  canvas = load (f, "c", TN_LAYOUT_WIDE);
  g_assert_cmpuint (canvas->tiles->len, ==, 1);
  got = get_tile (canvas, 0);
  g_assert_cmpstr (got->id, ==, put->id);
  g_assert_cmpstr (got->canvas_id, ==, put->canvas_id);
  g_assert_cmpstr (got->app_key, ==, put->app_key);
  g_assert_cmpstr (got->app_id, ==, put->app_id);
  g_assert_cmpstr (got->title, ==, put->title);
  g_assert_cmpstr (got->config, ==, put->config);
  g_assert_cmpstr (got->foreign, ==, put->foreign);
  g_assert_cmpint (got->min_w, ==, 2);
  g_assert_cmpint (got->min_h, ==, 3);
  g_assert_cmpint (got->max_w, ==, 11);
  g_assert_cmpint (got->max_h, ==, 1000000);
  g_assert_cmpstr (got->layout, ==, TN_LAYOUT_WIDE);
  g_assert_true (got->locked);
  g_assert_cmpint (got->x, ==, 3);
  g_assert_cmpint (got->y, ==, 1000000);
  g_assert_cmpint (got->w, ==, 5);
  g_assert_cmpint (got->h, ==, 7);
}

static void
test_reading_order (FixtureDb *f, gconstpointer data)
{
  static const char *const order[] = { "c", "b", "a", "d", "e" };
  g_autoptr (TnCanvasRecord) canvas = NULL;

  fixture_add_canvas (f->db, "one");
  fixture_add_canvas (f->db, "two");
  fixture_add_tile (f->db, "one", "a", 0, 2);
  fixture_add_tile (f->db, "one", "b", 4, 0);
  fixture_add_tile (f->db, "one", "c", 0, 0);
  fixture_add_tile (f->db, "one", "e", 2, 2);
  fixture_add_tile (f->db, "one", "d", 2, 2);
  fixture_add_tile (f->db, "two", "z", 0, 0);
  canvas = load (f, "one", TN_LAYOUT_WIDE);
  g_assert_cmpuint (canvas->tiles->len, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    g_assert_cmpstr (get_tile (canvas, i)->id, ==, order[i]);
}

static void
test_layouts (FixtureDb *f, gconstpointer data)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.move", "c", "a");
  g_autoptr (TnCanvasRecord) wide = NULL, narrow = NULL, medium = NULL;

  fixture_add_canvas (f->db, "c");
  fixture_add_tile (f->db, "c", "a", 6, 1);
  fixture_add_tile (f->db, "c", "b", 8, 2);
  tn_operation_put_place (operation, "a", "narrow", 0, 5, 4, 4);
  apply (f, operation);

  wide = load (f, "c", TN_LAYOUT_WIDE);
  g_assert_cmpint (get_tile (wide, 0)->x, ==, 6);
  g_assert_cmpstr (get_tile (wide, 0)->layout, ==, TN_LAYOUT_WIDE);

  medium = load (f, "c", "medium");
  g_assert_cmpstr (get_tile (medium, 0)->id, ==, "a");
  g_assert_cmpstr (get_tile (medium, 0)->layout, ==, TN_LAYOUT_WIDE);

  narrow = load (f, "c", "narrow");
  g_assert_cmpuint (narrow->tiles->len, ==, 2);
  g_assert_cmpstr (get_tile (narrow, 0)->id, ==, "b");
  g_assert_cmpstr (get_tile (narrow, 0)->layout, ==, TN_LAYOUT_WIDE);
  g_assert_cmpint (get_tile (narrow, 0)->x, ==, 8);
  g_assert_cmpstr (get_tile (narrow, 1)->id, ==, "a");
  g_assert_cmpstr (get_tile (narrow, 1)->layout, ==, "narrow");
  g_assert_cmpint (get_tile (narrow, 1)->w, ==, 4);
}

static void
test_only_another_layout (FixtureDb *f, gconstpointer data)
{
  g_autoptr (TnTileRecord) tile = tn_tile_record_new ("t", "c", "k", "i");
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.add", "c", "t");
  g_autoptr (TnCanvasRecord) canvas = NULL;

  fixture_add_canvas (f->db, "c");
  g_free (tile->layout);
  tile->layout = g_strdup ("narrow");
  tn_operation_put_tile (operation, tile);
  apply (f, operation);
  canvas = load (f, "c", "medium");
  g_assert_cmpstr (get_tile (canvas, 0)->layout, ==, "narrow");
}

static void
test_no_such_canvas (FixtureDb *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tn_db_load_canvas (f->db, "nowhere", TN_LAYOUT_WIDE, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "nowhere"));
}

static void
assert_value (FixtureDb *f, TnKvScope scope, const char *owner, const char *key, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = tn_db_kv_get (f->db, scope, owner, key, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (json, ==, expected);
}

static void
set_value (FixtureDb *f, TnKvScope scope, const char *owner, const char *key, const char *json)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (tn_db_kv_set (f->db, scope, owner, key, json, &error));
  g_assert_no_error (error);
}

static void
test_kv (FixtureDb *f, gconstpointer data)
{
  g_auto (GStrv) keys = NULL;
  g_auto (GStrv) none = NULL;

  set_value (f, TN_KV_TILE, "t", "b", "1");
  set_value (f, TN_KV_TILE, "t", "a", "{\"x\": \"\\u0000\"}");
  set_value (f, TN_KV_TILE, "t", "", "true");
  set_value (f, TN_KV_APP, "t", "b", "2");
  set_value (f, TN_KV_TILE, "u", "b", "3");
  set_value (f, TN_KV_TILE, "t", "b", "4");
  reopen (f);
  assert_value (f, TN_KV_TILE, "t", "a", "{\"x\": \"\\u0000\"}");
  assert_value (f, TN_KV_TILE, "t", "b", "4");
  assert_value (f, TN_KV_TILE, "t", "", "true");
  assert_value (f, TN_KV_APP, "t", "b", "2");
  assert_value (f, TN_KV_TILE, "u", "b", "3");
  assert_value (f, TN_KV_APP, "u", "b", NULL);

  keys = tn_db_kv_keys (f->db, TN_KV_TILE, "t", NULL);
  g_assert_cmpstrv (keys, ((const char *[]){ "", "a", "b", NULL }));
  none = tn_db_kv_keys (f->db, TN_KV_APP, "nobody", NULL);
  g_assert_cmpuint (g_strv_length (none), ==, 0);

  set_value (f, TN_KV_TILE, "t", "a", NULL);
  set_value (f, TN_KV_TILE, "t", "never there", NULL);
  assert_value (f, TN_KV_TILE, "t", "a", NULL);
  assert_value (f, TN_KV_TILE, "t", "b", "4");
}

/* Of the app and its tiles, in bytes; a name outside of ASCII counts as long as it is. */
static void
test_kv_bytes (FixtureDb *f, gconstpointer data)
{
  fixture_add_canvas (f->db, "c");
  fixture_add_tile (f->db, "c", "t", 0, 0);
  g_assert_cmpint (tn_db_kv_bytes (f->db, "abcdefghijklmnop", NULL), ==, 0);
  g_assert_true (tn_db_kv_set (f->db, TN_KV_TILE, "t", "ü", "\"ü\"", NULL));
  g_assert_true (tn_db_kv_set (f->db, TN_KV_APP, "abcdefghijklmnop", "k", "12345", NULL));
  g_assert_true (tn_db_save_state (f->db, "t", "{}", NULL));
  g_assert_true (tn_db_kv_set (f->db, TN_KV_TILE, "another", "k", "12345", NULL));
  g_assert_true (tn_db_kv_set (f->db, TN_KV_APP, "t", "k", "12345", NULL));
  g_assert_cmpint (tn_db_kv_bytes (f->db, "abcdefghijklmnop", NULL), ==, 6 + 6 + 2);
}

static void
test_kv_bytes_with_updates (FixtureDb *f, gconstpointer data)
{
  gint64 before;
  g_autoptr (TnWebxdcRecord) record = tn_db_webxdc_open (f->db, "abcdefghijklmnop", NULL);

  g_assert_nonnull (record);
  before = tn_db_kv_bytes (f->db, "abcdefghijklmnop", NULL);
  g_assert_cmpint (tn_db_webxdc_add (f->db, "abcdefghijklmnop", "{\"payload\":1}", NULL, NULL, NULL), ==, 1);
  g_assert_cmpint (tn_db_kv_bytes (f->db, "abcdefghijklmnop", NULL), >=, before + 13);
  g_assert_cmpint (tn_db_kv_bytes (f->db, "another", NULL), ==, 0);
}

static void
test_kv_list (FixtureDb *f, gconstpointer data)
{
  g_autoptr (GHashTable) values = NULL, none = NULL;

  set_value (f, TN_KV_HOST, "a", "k", "1");
  set_value (f, TN_KV_HOST, "b", "k", "2");
  set_value (f, TN_KV_HOST, "c", "another", "3");
  set_value (f, TN_KV_APP, "d", "k", "4");
  values = tn_db_kv_list (f->db, TN_KV_HOST, "k", NULL);
  g_assert_cmpuint (g_hash_table_size (values), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (values, "a"), ==, "1");
  g_assert_cmpstr (g_hash_table_lookup (values, "b"), ==, "2");
  none = tn_db_kv_list (f->db, TN_KV_TILE, "k", NULL);
  g_assert_cmpuint (g_hash_table_size (none), ==, 0);
}

static void
test_kv_large (FixtureDb *f, gconstpointer data)
{
  g_autofree char *json = g_strnfill (3 * 1024 * 1024, '7');

  set_value (f, TN_KV_APP, "k", "large", json);
  reopen (f);
  assert_value (f, TN_KV_APP, "k", "large", json);
}

static void
test_kv_not_utf8 (FixtureDb *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tn_db_kv_set (f->db, TN_KV_TILE, "t", "k", "\"\xff\xfe\"", &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_INVALID);
  assert_value (f, TN_KV_TILE, "t", "k", NULL);
}

static void
test_state (FixtureDb *f, gconstpointer data)
{
  g_autofree char *none = tn_db_load_state (f->db, "t", NULL);
  g_autofree char *some = NULL, *gone = NULL;
  g_auto (GStrv) keys = NULL;

  g_assert_null (none);
  g_assert_true (tn_db_save_state (f->db, "t", "[1]", NULL));
  g_assert_true (tn_db_save_state (f->db, "t", "[2]", NULL));
  reopen (f);
  some = tn_db_load_state (f->db, "t", NULL);
  g_assert_cmpstr (some, ==, "[2]");
  /* Not among the values that the app itself sees. */
  keys = tn_db_kv_keys (f->db, TN_KV_TILE, "t", NULL);
  g_assert_cmpuint (g_strv_length (keys), ==, 0);
  g_assert_true (tn_db_save_state (f->db, "t", NULL, NULL));
  gone = tn_db_load_state (f->db, "t", NULL);
  g_assert_null (gone);
}

static void
test_read_only (FixtureDb *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDb) reader = NULL;
  g_autoptr (GPtrArray) canvases = NULL;

  fixture_add_canvas (f->db, "c");
  reader = tn_db_open (f->folder, TN_DB_READ_ONLY, &error);
  g_assert_no_error (error);
  canvases = tn_db_list_canvases (reader, NULL);
  g_assert_cmpuint (canvases->len, ==, 1);
  g_assert_false (tn_db_kv_set (reader, TN_KV_TILE, "t", "k", "1", &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_READ_ONLY);
}

static void
test_read_only_absent (FixtureDb *f, gconstpointer data)
{
  g_autofree char *folder = fixture_path (f->folder, "absent");
  g_autoptr (GError) error = NULL;

  g_assert_null (tn_db_open (folder, TN_DB_READ_ONLY, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, folder));
  g_assert_false (fixture_exists (f->folder, "absent"));
}

static void
test_records_copy (void)
{
  g_autoptr (TnCanvasRecord) canvas = tn_canvas_record_new ("c", "Home");
  g_autoptr (TnCanvasRecord) copy = NULL;
  TnTileRecord *tile = tn_tile_record_new ("t", "c", "k", "i");

  tile->title = g_strdup ("title");
  tile->w = 9;
  canvas->position = 4;
  canvas->locked = TRUE;
  g_ptr_array_add (canvas->tiles, tile);
  copy = g_boxed_copy (TN_TYPE_CANVAS_RECORD, canvas);
  g_clear_pointer (&tile->title, g_free);
  g_ptr_array_set_size (canvas->tiles, 0);
  g_assert_cmpint (copy->position, ==, 4);
  g_assert_true (copy->locked);
  g_assert_cmpstr (get_tile (copy, 0)->title, ==, "title");
  g_assert_cmpstr (get_tile (copy, 0)->layout, ==, TN_LAYOUT_WIDE);
  g_assert_cmpint (get_tile (copy, 0)->w, ==, 9);
  g_assert_cmpint (get_tile (copy, 0)->h, ==, 1);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (FixtureDb *f, gconstpointer data);
  } tests[] = {
    { "/store/db/create", test_create },
    { "/store/db/pragmas", test_pragmas },
    { "/store/db/canvases", test_canvases },
    { "/store/db/tile", test_tile_comes_back_whole },
    { "/store/db/reading-order", test_reading_order },
    { "/store/db/layouts", test_layouts },
    { "/store/db/only-another-layout", test_only_another_layout },
    { "/store/db/no-such-canvas", test_no_such_canvas },
    { "/store/db/kv", test_kv },
    { "/store/db/kv-bytes", test_kv_bytes },
    { "/store/db/kv-bytes-with-updates", test_kv_bytes_with_updates },
    { "/store/db/kv-list", test_kv_list },
    { "/store/db/kv-large", test_kv_large },
    { "/store/db/kv-not-utf8", test_kv_not_utf8 },
    { "/store/db/state", test_state },
    { "/store/db/read-only", test_read_only },
    { "/store/db/read-only-absent", test_read_only_absent },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, FixtureDb, NULL, fixture_set_up, tests[i].run, fixture_tear_down);
  g_test_add_func ("/store/record/copy", test_records_copy);
  return g_test_run ();
}
