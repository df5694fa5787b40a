/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

/* The history as a list: named, looked into, gone back to; and the copy of a whole canvas. */

/* 1: the canvas, 2: todo at 0, 0; 3, 4, 5: todo to 1, 2, 3. */
static void
set_up (FixtureDb *f, gconstpointer data)
{
  fixture_set_up (f, data);
  fixture_add_canvas (f->db, "c");
  fixture_add_tile (f->db, "c", "todo", 0, 0);
  for (int x = 1; x <= 3; x++)
    fixture_move (f->db, "c", "todo", x, 0);
}

static void
go_to (FixtureDb *f, gint64 seq)
{
  g_autoptr (GError) error = NULL;

  tn_db_go_to (f->db, seq, NULL, &error);
  g_assert_no_error (error);
}

/* The list as "seq name-", newest first, - where it was taken back. */
static void
assert_history (FixtureDb *f, gint64 before, guint limit, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = tn_db_list_history (f->db, before, limit, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    {
      const TnHistoryRecord *record = g_ptr_array_index (records, i);

      g_string_append_printf (text, "%" G_GINT64_FORMAT "%s%s ", record->seq, record->name != NULL ? record->name : "",
                              record->undone ? "-" : "");
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
name (FixtureDb *f, gint64 seq, const char *text)
{
  g_autoptr (GError) error = NULL;

  tn_db_name_moment (f->db, seq, text, &error);
  g_assert_no_error (error);
}

static void
test_list (FixtureDb *f, gconstpointer data)
{
  g_autoptr (GPtrArray) records = NULL;
  const TnHistoryRecord *record;
  gint64 now = g_get_real_time ();

  assert_history (f, 0, 100, "5 4 3 2 1 ");
  assert_history (f, 0, 2, "5 4 ");
  assert_history (f, 4, 2, "3 2 ");
  assert_history (f, 1, 2, "");
  assert_history (f, 0, 0, "");
  go_to (f, 3);
  assert_history (f, 0, G_MAXUINT, "5- 4- 3 2 1 ");
  go_to (f, 0);
  assert_history (f, 0, 100, "5- 4- 3- 2- 1- ");

  records = tn_db_list_history (f->db, 3, 1, NULL);
  record = g_ptr_array_index (records, 0);
  g_assert_cmpstr (record->kind, ==, "tile.add");
  g_assert_cmpstr (record->canvas_id, ==, "c");
  g_assert_cmpstr (record->subject, ==, "todo");
  g_assert_cmpint (ABS (record->time_us - now), <, 600 * (gint64) G_USEC_PER_SEC);
}

/* A number means one operation for good, though its like was dropped. */
static void
test_numbers (FixtureDb *f, gconstpointer data)
{
  go_to (f, 3);
  fixture_move (f->db, "c", "todo", 9, 9);
  assert_history (f, 0, 100, "6 3 2 1 ");
  g_assert_false (tn_db_go_to (f->db, 5, NULL, NULL));
  go_to (f, 2);
  go_to (f, 6);
  assert_history (f, 0, 100, "6 3 2 1 ");
}

static void
test_names (FixtureDb *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  name (f, 3, "Three “é”");
  name (f, 5, "five");
  g_assert_true (tn_db_can_undo (f->db));
  assert_history (f, 0, 100, "5five 4 3Three “é” 2 1 ");
  /* It is no operation: it takes nothing away that could be done again, and stays while its operation is taken back. */
  go_to (f, 2);
  assert_history (f, 0, 100, "5five- 4- 3Three “é”- 2 1 ");
  name (f, 4, "four");
  name (f, 3, NULL);
  go_to (f, 4);
  assert_history (f, 0, 100, "5five- 4four 3 2 1 ");
  /* Another way: what can't be reached any more is not listed, names included. */
  fixture_move (f->db, "c", "todo", 9, 9);
  assert_history (f, 0, 100, "6 4four 3 2 1 ");

  for (gint64 seq = -1; seq <= 0; seq++)
    {
      g_assert_false (tn_db_name_moment (f->db, seq, "x", &error));
      g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND);
      g_clear_error (&error);
    }
  g_assert_false (tn_db_name_moment (f->db, 5, "x", &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (tn_db_name_moment (f->db, 4, "\xff", &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_INVALID);
}

static void
assert_refused (FixtureDb *f, gint64 seq, TnStoreErrorCode code)
{
  g_autofree char *before = fixture_dump (f->folder), *after = NULL;
  g_autoptr (GError) error = NULL, preview_error = NULL;
  g_auto (GStrv) touched = NULL;

  g_assert_false (tn_db_go_to (f->db, seq, NULL, &error));
  g_assert_error (error, TN_STORE_ERROR, (int) code);
  g_assert_null (tn_db_preview_canvas (f->db, seq, "c", TN_LAYOUT_WIDE, &preview_error));
  g_assert_error (preview_error, TN_STORE_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, preview_error->message);
  touched = tn_db_take_touched (f->db);
  g_assert_cmpuint (g_strv_length (touched), ==, 0);
  after = fixture_dump (f->folder);
  g_assert_cmpstr (after, ==, before);
}

static void
test_no_such_moment (FixtureDb *f, gconstpointer data)
{
  static const gint64 moments[] = { -1, 6, G_MAXINT64, G_MININT64 };

  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    assert_refused (f, moments[i], TN_STORE_ERROR_NOT_FOUND);
  assert_history (f, 0, 100, "5 4 3 2 1 ");
}

/* Not a step of the way is gone where one can't be. */
static void
test_all_or_nothing (FixtureDb *f, gconstpointer data)
{
  g_autofree char *back = NULL, *forth = NULL;

  back = fixture_sql (f->folder, "UPDATE change SET after = json_set (after, '$.w', 9) WHERE seq = 3");
  assert_refused (f, 0, TN_STORE_ERROR_INVALID);
  assert_refused (f, 2, TN_STORE_ERROR_INVALID);
  assert_history (f, 0, 100, "5 4 3 2 1 ");
  go_to (f, 3);
  assert_history (f, 0, 100, "5- 4- 3 2 1 ");

  forth = fixture_sql (f->folder, "UPDATE change SET before = json_set (before, '$.w', 9) WHERE seq = 5");
  assert_refused (f, 5, TN_STORE_ERROR_INVALID);
  assert_history (f, 0, 100, "5- 4- 3 2 1 ");
  go_to (f, 4);
}

static void
assert_previewed_at (FixtureDb *f, gint64 seq, int x)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnCanvasRecord) canvas = tn_db_preview_canvas (f->db, seq, "c", TN_LAYOUT_WIDE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (canvas->tiles->len, ==, 1);
  g_assert_cmpint (((TnTileRecord *) g_ptr_array_index (canvas->tiles, 0))->x, ==, x);
}

static void
test_preview (FixtureDb *f, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (TnCanvasRecord) empty = NULL;
  g_autoptr (GError) error = NULL;

  go_to (f, 4);
  before = fixture_dump (f->folder);
  for (int x = 0; x <= 3; x++)
    assert_previewed_at (f, x + 2, x);
  empty = tn_db_preview_canvas (f->db, 1, "c", TN_LAYOUT_WIDE, &error);
  g_assert_cmpuint (empty->tiles->len, ==, 0);
  g_assert_null (tn_db_preview_canvas (f->db, 0, "c", TN_LAYOUT_WIDE, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND);
  after = fixture_dump (f->folder);
  g_assert_cmpstr (after, ==, before);
  assert_history (f, 0, 100, "5- 4 3 2 1 ");
}

/* Canvases. */

static void
apply (FixtureDb *f, TnOperation *operation)
{
  g_autoptr (GError) error = NULL;

  tn_db_apply (f->db, operation, &error);
  g_assert_no_error (error);
}

static void
put_canvas (FixtureDb *f, const char *id, int position)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("canvas.create", id, id);
  g_autoptr (TnCanvasRecord) canvas = tn_canvas_record_new (id, id);

  canvas->position = position;
  canvas->locked = TRUE;
  canvas->policy = TN_GRID_SWAP;
  canvas->foreign = g_strdup ("{\"title\":\"é\"}");
  tn_operation_put_canvas (operation, canvas);
  apply (f, operation);
}

static char *
duplicate (FixtureDb *f, const char *id, const char *text)
{
  g_autoptr (GError) error = NULL;
  char *new_id = tn_db_duplicate_canvas (f->db, id, text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (new_id), ==, 12);
  return new_id;
}

static void
assert_order (FixtureDb *f, const char *expected)
{
  g_autoptr (GPtrArray) canvases = tn_db_list_canvases (f->db, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < canvases->len; i++)
    {
      const TnCanvasRecord *canvas = g_ptr_array_index (canvases, i);

      g_string_append_printf (text, "%s:%d ", canvas->name, canvas->position);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_duplicate_order (FixtureDb *f, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL, *last = NULL;
  g_autoptr (TnOperation) undone = NULL;

  put_canvas (f, "d", 1);
  put_canvas (f, "e", 2);
  put_canvas (f, "g", 7);
  first = duplicate (f, "c", "c2");
  assert_order (f, "c:0 c2:1 d:2 e:3 g:8 ");
  second = duplicate (f, "d", "d2");
  last = duplicate (f, "g", "g2");
  assert_order (f, "c:0 c2:1 d:2 d2:3 e:4 g:9 g2:10 ");
  undone = tn_db_undo (f->db, NULL);
  g_assert_cmpstr (tn_operation_get_kind (undone), ==, "canvas.duplicate");
  g_assert_cmpstr (tn_operation_get_subject (undone), ==, "g2");
  g_assert_cmpstr (tn_operation_get_canvas_id (undone), ==, last);
  assert_order (f, "c:0 c2:1 d:2 d2:3 e:4 g:9 ");
}

/* Where two have the same position, which then goes by their ids, the copy is next to its original all the same. */
static void
test_duplicate_order_of_equals (FixtureDb *f, gconstpointer data)
{
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *id = NULL;

      put_canvas (f, "d", 0);
      put_canvas (f, "zz", 0);
      id = duplicate (f, "d", "d2");
      assert_order (f, "c:0 d:0 d2:1 zz:2 ");
      go_to (f, 5);
    }
}

/* With the ids of the copy written like those of the original, the two are the same to the byte. */
#define AS_ORIGINAL(of)                                                                                                \
  "SELECT json_array (app_key, app_id, title, tile.locked, config, tile.foreign_data, min_w, max_h, layout, x, y, w,"  \
  " h, canvas.locked, policy, canvas.foreign_data,"                                                                    \
  " (SELECT group_concat (scope || key || value) FROM (SELECT * FROM kv WHERE owner = tile.id AND scope <> 'app' "     \
  "ORDER BY scope, key)))"                                                                                             \
  " FROM tile JOIN place ON tile_id = tile.id JOIN canvas ON canvas.id = canvas_id WHERE canvas_id " of                \
  " ORDER BY title, layout"

static void
fill_canvas (FixtureDb *f)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("canvas.import", "d", "d");

  put_canvas (f, "d", 5);
  for (int i = 0; i < 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("d%d", i), *value = g_strdup_printf ("[\"%d é\"]", i);
      g_autoptr (TnTileRecord) tile = tn_tile_record_new (id, "d", "abcdefghijklmnop", "com.example.todo");

      tile->title = g_strdup (id);
      tile->locked = i == 0;
      tile->config = g_strdup ("{\"a\":\"\\\"\"}");
      tile->foreign = i == 1 ? g_strdup ("{}") : NULL;
      tile->min_w = i;
      tile->max_h = 9;
      g_free (tile->layout);
      tile->layout = g_strdup (i == 4 ? "narrow" : TN_LAYOUT_WIDE);
      tn_operation_put_tile (operation, tile);
      tn_operation_put_place (operation, id, "medium", 0, i, 2, 1);
      g_assert_true (tn_db_kv_set (f->db, TN_KV_TILE, id, "items", value, NULL));
      g_assert_true (tn_db_save_state (f->db, id, value, NULL));
    }
  apply (f, operation);
  g_assert_true (tn_db_kv_set (f->db, TN_KV_APP, "abcdefghijklmnop", "shared", "1", NULL));
  /* An app's key that is called as a tile is. */
  g_assert_true (tn_db_kv_set (f->db, TN_KV_APP, "d0", "shared", "1", NULL));
}

static void
test_duplicate_whole (FixtureDb *f, gconstpointer data)
{
  g_autofree char *id = NULL, *before = NULL, *original = NULL, *copy = NULL, *n = NULL, *after = NULL, *undone = NULL,
                  *redone = NULL;
  g_autoptr (TnOperation) undo = NULL, redo = NULL;

  fill_canvas (f);
  before = fixture_sql (f->folder, "SELECT count (*) FROM tile UNION ALL SELECT count (*) FROM place");
  id = duplicate (f, "d", "Copy");
  original = fixture_sql (f->folder, AS_ORIGINAL ("= 'd'"));
  copy = fixture_sql (f->folder, AS_ORIGINAL ("NOT IN ('c', 'd')"));
  g_assert_cmpstr (copy, ==, original);
  n = fixture_sql (f->folder, "SELECT count (*) FROM kv WHERE scope = 'app'");
  g_assert_cmpstr (n, ==, "2\n");

  after = fixture_dump (f->folder);
  undo = tn_db_undo (f->db, NULL);
  undone = fixture_sql (f->folder, "SELECT count (*) FROM tile UNION ALL SELECT count (*) FROM place");
  g_assert_cmpstr (undone, ==, before);
  redo = tn_db_redo (f->db, NULL);
  redone = fixture_dump (f->folder);
  g_assert_cmpstr (redone, ==, after);
}

static void
test_duplicate_refused (FixtureDb *f, gconstpointer data)
{
  g_autofree char *before = fixture_dump (f->folder), *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (tn_db_duplicate_canvas (f->db, "nowhere", "x", &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (tn_db_duplicate_canvas (f->db, "c", "\xff", &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_INVALID);
  after = fixture_dump (f->folder);
  g_assert_cmpstr (after, ==, before);
  assert_history (f, 0, 100, "5 4 3 2 1 ");
}

/* A tile that goes to another canvas comes back with the places that it had. */
static void
test_send (FixtureDb *f, gconstpointer data)
{
  g_autoptr (TnOperation) places = tn_operation_new ("tile.move", "c", "Todo"), undone = NULL;
  g_autoptr (TnOperation) send = tn_operation_new ("tile.send", "c", "Todo");
  g_autoptr (TnTileRecord) tile = tn_tile_record_new ("todo", "d", "abcdefghijklmnop", "com.example.todo");
  g_autofree char *before = NULL, *sent = NULL, *after = NULL;
  g_auto (GStrv) touched = NULL;

  put_canvas (f, "d", 1);
  tn_operation_put_place (places, "todo", "narrow", 0, 4, 1, 1);
  tn_operation_put_place (places, "todo", "medium", 0, 5, 1, 1);
  apply (f, places);
  before = fixture_dump (f->folder);

  tn_operation_clear_places (send, "todo");
  tile->y = 7;
  tn_operation_put_tile (send, tile);
  tn_operation_put_place (send, "todo", "narrow", 0, 8, 1, 1);
  apply (f, send);
  touched = tn_db_take_touched (f->db);
  g_assert_cmpstrv (touched, ((const char *[]){ "c", "d", NULL }));
  sent = fixture_sql (f->folder, "SELECT layout || y FROM place WHERE tile_id = 'todo' ORDER BY 1");
  g_assert_cmpstr (sent, ==, "narrow8\nwide7\n");
  undone = tn_db_undo (f->db, NULL);
  after = fixture_dump (f->folder);
  g_assert_cmpstr (after, ==, before);
}

#define KEPT_BY(tile) "SELECT scope || key || value FROM kv WHERE owner = '" tile "' ORDER BY scope, key"

/* A copy of a tile has what the tile keeps, of its own; undone, and done again, it has it still. */
static void
test_copy_values (FixtureDb *f, gconstpointer data)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.duplicate", "d", "d1"), undone = NULL, redone = NULL;
  g_autoptr (TnTileRecord) tile = tn_tile_record_new ("copy", "d", "abcdefghijklmnop", "com.example.todo");
  g_autofree char *copied = NULL, *original = NULL, *after = NULL, *again = NULL;

  fill_canvas (f);
  g_assert_true (tn_db_kv_set (f->db, TN_KV_APP, "d1", "shared", "1", NULL));
  tn_operation_put_tile (operation, tile);
  tn_operation_copy_values (operation, "d1", "copy");
  apply (f, operation);
  copied = fixture_sql (f->folder, KEPT_BY ("copy"));
  g_assert_cmpstr (copied, ==, "state[\"1 é\"]\ntileitems[\"1 é\"]\n");
  after = fixture_dump (f->folder);
  undone = tn_db_undo (f->db, NULL);
  redone = tn_db_redo (f->db, NULL);
  again = fixture_dump (f->folder);
  g_assert_cmpstr (again, ==, after);

  g_assert_true (tn_db_kv_set (f->db, TN_KV_TILE, "copy", "items", "2", NULL));
  original = fixture_sql (f->folder, "SELECT value FROM kv WHERE owner = 'd1' AND scope = 'tile'");
  g_assert_cmpstr (original, ==, "[\"1 é\"]\n");
}

/* Where the operation is refused, nothing is copied either. */
static void
test_copy_values_refused (FixtureDb *f, gconstpointer data)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.duplicate", "d", "d1");
  g_autofree char *copied = NULL;
  g_autoptr (GError) error = NULL;

  fill_canvas (f);
  tn_operation_copy_values (operation, "d1", "copy");
  tn_operation_delete_tile (operation, "nobody");
  g_assert_false (tn_db_apply (f->db, operation, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND);
  copied = fixture_sql (f->folder, KEPT_BY ("copy"));
  g_assert_cmpstr (copied, ==, "");
}

/* Large operations and long histories: to be had, and in the time that a test may take. */

#define MANY 20000

static void
say_time (const char *what, gint64 *since)
{
  gint64 now = g_get_monotonic_time ();

  g_test_message ("%s: %.0f ms", what, (now - *since) / 1000.0);
  *since = now;
}

static TnOperation *
make_import (void)
{
  TnOperation *operation = tn_operation_new ("canvas.import", "big", "Big");
  g_autoptr (TnCanvasRecord) canvas = tn_canvas_record_new ("big", "Big");
  g_autofree char *foreign = g_strdup_printf ("{\"a\":\"%0400d\"}", 0);

  tn_operation_put_canvas (operation, canvas);
  for (int i = 0; i < MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("big%d", i);
      g_autoptr (TnTileRecord) tile = tn_tile_record_new (id, "big", "", "panel");

      tile->foreign = g_strdup (foreign);
      tile->y = i;
      tn_operation_put_tile (operation, tile);
    }
  return operation;
}

static void
test_large (FixtureDb *f, gconstpointer data)
{
  g_autoptr (TnOperation) import = make_import (), undone = NULL, redone = NULL;
  g_autoptr (TnCanvasRecord) then = NULL;
  g_autofree char *before = NULL, *after = NULL, *again = NULL, *id = NULL;
  gint64 since;

  before = fixture_dump (f->folder);
  since = g_get_monotonic_time ();
  apply (f, import);
  say_time ("apply", &since);
  after = fixture_dump (f->folder);
  since = g_get_monotonic_time ();
  undone = tn_db_undo (f->db, NULL);
  say_time ("undo", &since);
  again = fixture_dump (f->folder);
  g_assert_cmpstr (again, ==, before);
  since = g_get_monotonic_time ();
  then = tn_db_preview_canvas (f->db, 6, "big", "narrow", NULL);
  say_time ("preview", &since);
  g_assert_cmpuint (then->tiles->len, ==, MANY);
  redone = tn_db_redo (f->db, NULL);
  say_time ("redo", &since);
  g_clear_pointer (&again, g_free);
  again = fixture_dump (f->folder);
  g_assert_cmpstr (again, ==, after);
  since = g_get_monotonic_time ();
  id = duplicate (f, "big", "Copy");
  say_time ("duplicate", &since);
  go_to (f, 5);
  say_time ("go to", &since);
}

/* A list does not read through what its operations did. */
static void
test_list_reads_little (FixtureDb *f, gconstpointer data)
{
  g_autofree char *done = fixture_sql (f->folder, "DROP TABLE change");

  assert_history (f, 0, 100, "5 4 3 2 1 ");
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (FixtureDb *f, gconstpointer data);
  } tests[] = {
    { "/store/history/list", test_list },
    { "/store/history/numbers", test_numbers },
    { "/store/history/names", test_names },
    { "/store/history/no-such-moment", test_no_such_moment },
    { "/store/history/all-or-nothing", test_all_or_nothing },
    { "/store/history/preview", test_preview },
    { "/store/history/duplicate-order", test_duplicate_order },
    { "/store/history/duplicate-order-of-equals", test_duplicate_order_of_equals },
    { "/store/history/duplicate-whole", test_duplicate_whole },
    { "/store/history/duplicate-refused", test_duplicate_refused },
    { "/store/history/send", test_send },
    { "/store/history/copy-values", test_copy_values },
    { "/store/history/copy-values-refused", test_copy_values_refused },
    { "/store/history/large", test_large },
    { "/store/history/list-reads-little", test_list_reads_little },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, FixtureDb, NULL, set_up, tests[i].run, fixture_tear_down);
  return g_test_run ();
}
