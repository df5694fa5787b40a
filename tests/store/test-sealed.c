/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include "pack.h"
#include "tn-board.h"
#include "tn-db-private.h"
#include "tn-fault.h"

#include <string.h>

/* What the database keeps of an app whose data are encrypted. */

#define APP "abcdefghijklmnop" /* of fixture_add_tile() */
#define OTHER "ponmlkjihgfedcba"
#define CANARY "KANARI"

typedef struct
{
  char *folder;
  TnDb *db;
  TnSeal *seal;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_make_folder ();
  f->db = fixture_open_expecting (f->folder, TN_STORE_CREATED);
  f->seal = tn_seal_new (APP);
  fixture_add_canvas (f->db, "c");
  fixture_add_tile (f->db, "c", "t", 0, 0);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->db, tn_db_close);
  tn_seal_unref (f->seal);
  fixture_remove_folder (f->folder);
}

static void
use_seal (Fixture *f, const char *tile)
{
  g_autoptr (GError) error = NULL;

  tn_db_use_seal (f->db, f->seal, tile, &error);
  g_assert_no_error (error);
}

static guint
count_backups (Fixture *f)
{
  g_autofree char *folder = g_build_filename (f->folder, "backups", NULL);

  return fixture_count (folder, "canvas-");
}

static void
set (Fixture *f, TnKvScope scope, const char *owner, const char *key, const char *json)
{
  g_autoptr (GError) error = NULL;

  tn_db_kv_set (f->db, scope, owner, key, json, &error);
  g_assert_no_error (error);
}

static void
assert_value (Fixture *f, TnKvScope scope, const char *owner, const char *key, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = tn_db_kv_get (f->db, scope, owner, key, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (json, ==, expected);
}

static void
assert_refused (Fixture *f, TnKvScope scope, const char *owner, const char *key, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tn_db_kv_get (f->db, scope, owner, key, &error));
  g_assert_error (error, TN_STORE_ERROR, code);
}

static void
assert_keys (Fixture *f, TnKvScope scope, const char *owner, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) keys = tn_db_kv_keys (f->db, scope, owner, &error);
  g_autofree char *joined = NULL;

  g_assert_no_error (error);
  joined = g_strjoinv (",", keys);
  g_assert_cmpstr (joined, ==, expected);
}

static void
put_tile (Fixture *f, const char *tile, const char *app_key, const char *config)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.settings", "c", "a widget");
  g_autoptr (TnTileRecord) record = tn_tile_record_new (tile, "c", app_key, "com.example.todo");
  g_autoptr (GError) error = NULL;

  record->config = g_strdup (config);
  record->w = record->h = 2;
  tn_operation_put_tile (operation, record);
  tn_db_apply (f->db, operation, &error);
  g_assert_no_error (error);
}

static char *
get_settings (Fixture *f, const char *tile)
{
  g_autoptr (TnCanvasRecord) canvas = NULL;
  g_autofree char *canvas_id = NULL;

  tn_db_each (f->db, tn_db_take_text, &canvas_id, NULL, "SELECT canvas_id FROM tile WHERE id = ?1", "s", tile);
  canvas = tn_db_load_canvas (f->db, canvas_id, TN_LAYOUT_WIDE, NULL);
  for (guint i = 0; i < canvas->tiles->len; i++)
    {
      const TnTileRecord *record = canvas->tiles->pdata[i];

      if (g_str_equal (record->id, tile))
        return g_strdup (record->config);
    }
  return NULL;
}

static void
assert_settings (Fixture *f, const char *tile, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = get_settings (f, tile);
  g_autofree char *opened = tn_seal_open_settings (f->seal, tile, kept, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (opened, ==, expected);
}

static void
say (Fixture *f, const char *app_key, const char *text)
{
  g_autofree char *source = g_strdup_printf ("tn:/%s/t", app_key);
  g_autoptr (JsonNode) data = json_node_init_string (json_node_alloc (), text);
  g_autoptr (TnEvent) event = tn_event_new (source, "todo.done", data, NULL);

  g_assert_true (tn_db_append_event (f->db, event, NULL));
}

static void
undo (Fixture *f)
{
  g_autoptr (TnOperation) undone = tn_db_undo (f->db, NULL);

  g_assert_nonnull (undone);
}

static void
redo (Fixture *f)
{
  g_autoptr (TnOperation) redone = tn_db_redo (f->db, NULL);

  g_assert_nonnull (redone);
}

static void
fill (Fixture *f)
{
  set (f, TN_KV_TILE, "t", CANARY "-name", "\"" CANARY "\"");
  set (f, TN_KV_APP, APP, CANARY "-name", "\"" CANARY "\"");
  g_assert_true (tn_db_save_state (f->db, "t", "\"" CANARY "\"", NULL));
  put_tile (f, "t", APP, "{\"a\":\"" CANARY "\"}");
  put_tile (f, "t", APP, "{\"b\":\"" CANARY "\"}");
  say (f, APP, CANARY);
}

static void
assert_filled (Fixture *f)
{
  g_autofree char *state = tn_db_load_state (f->db, "t", NULL);

  assert_value (f, TN_KV_TILE, "t", CANARY "-name", "\"" CANARY "\"");
  assert_value (f, TN_KV_APP, APP, CANARY "-name", "\"" CANARY "\"");
  assert_keys (f, TN_KV_TILE, "t", CANARY "-name");
  assert_keys (f, TN_KV_APP, APP, CANARY "-name");
  g_assert_cmpstr (state, ==, "\"" CANARY "\"");
  assert_settings (f, "t", "{\"b\":\"" CANARY "\"}");
}

/* While it is open and after: the log holds what the file does not yet. */
static void
assert_nowhere (Fixture *f, const char *text)
{
  g_autofree char *open = NULL, *closed = NULL;

  g_assert_true (tn_db_flush_events (f->db, NULL));
  open = pack_find_text (f->folder, text);
  g_clear_pointer (&f->db, tn_db_close);
  closed = pack_find_text (f->folder, text);
  f->db = fixture_open (f->folder);
  if (open != NULL || closed != NULL)
    g_test_message ("“%s” is in %s", text, open != NULL ? open : closed);
  g_assert_null (open);
  g_assert_null (closed);
}

static void
test_fresh (Fixture *f, gconstpointer data)
{
  g_autofree char *kv = NULL;

  use_seal (f, "t");
  fill (f);
  assert_filled (f);
  assert_nowhere (f, CANARY);
  /* What is not the app's is not sealed. */
  kv = fixture_sql (f->folder, "SELECT count (*) FROM kv WHERE value LIKE 'tn1:%'");
  g_assert_cmpstr (kv, ==, "3\n");
  use_seal (f, "t");
  assert_filled (f);
  set (f, TN_KV_TILE, "t", CANARY "-name", NULL);
  assert_keys (f, TN_KV_TILE, "t", "");
  assert_value (f, TN_KV_TILE, "t", CANARY "-name", NULL);
}

static void
test_neighbours (Fixture *f, gconstpointer data)
{
  put_tile (f, "u", OTHER, "{\"a\":1}");
  use_seal (f, "t");
  set (f, TN_KV_TILE, "u", "name", "\"plain\"");
  set (f, TN_KV_HOST, APP, "quota", "\"plain\"");
  g_clear_pointer (&f->db, tn_db_close);
  f->db = fixture_open (f->folder);
  assert_value (f, TN_KV_TILE, "u", "name", "\"plain\"");
  assert_value (f, TN_KV_HOST, APP, "quota", "\"plain\"");
  assert_refused (f, TN_KV_TILE, "t", "name", TN_STORE_ERROR_SEALED);
}

/* Everything that there was is sealed, and nobody finds it in the file, its log or a backup. */
static void
test_turned_on (Fixture *f, gconstpointer data)
{
  g_autofree char *backup = NULL, *undone = NULL, *touched = NULL;
  g_auto (GStrv) canvases = NULL;

  fill (f);
  put_tile (f, "gone", APP, "{\"a\":\"" CANARY "\"}");
  set (f, TN_KV_TILE, "gone", "k", "\"" CANARY "\"");
  undo (f);
  backup = tn_db_backup_make (f->db, NULL);
  g_assert_nonnull (backup);
  g_strfreev (tn_db_take_touched (f->db));
  use_seal (f, "t");
  canvases = tn_db_take_touched (f->db);
  touched = g_strjoinv (",", canvases);
  g_assert_cmpstr (touched, ==, "c");
  assert_filled (f);
  assert_nowhere (f, CANARY);
  use_seal (f, "t");
  assert_filled (f);
  /* The history goes on as if nothing had been. */
  undo (f);
  assert_settings (f, "t", "{\"a\":\"" CANARY "\"}");
  undo (f);
  undone = get_settings (f, "t");
  g_assert_null (undone);
  for (int i = 0; i < 3; i++)
    redo (f);
  assert_filled (f);
  assert_settings (f, "gone", "{\"a\":\"" CANARY "\"}");
  assert_value (f, TN_KV_TILE, "gone", "k", "\"" CANARY "\"");
}

/* What it kept in plain was taken away again before: then it stands in no row, but in backups, and in what the file and its
 * log have no use for any more. */
static void
test_left_in_backups (Fixture *f, gconstpointer data)
{
  g_autofree char *backup = NULL;

  put_tile (f, "t", APP, NULL);
  set (f, TN_KV_APP, APP, CANARY "-name", "\"" CANARY "\"");
  set (f, TN_KV_TILE, "t", CANARY "-name", "\"" CANARY "\"");
  backup = tn_db_backup_make (f->db, NULL);
  g_assert_nonnull (backup);
  set (f, TN_KV_APP, APP, CANARY "-name", NULL);
  set (f, TN_KV_TILE, "t", CANARY "-name", NULL);
  use_seal (f, "t");
  assert_nowhere (f, CANARY);
  g_assert_cmpuint (count_backups (f), ==, 1);
}

/* Backups that know nothing of the app are kept: they are all that the person has of earlier days. */
static void
test_keeps_other_backups (Fixture *f, gconstpointer data)
{
  g_autoptr (TnSeal) seal = tn_seal_new (OTHER);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 3; i++)
    g_free (tn_db_backup_make (f->db, NULL));
  put_tile (f, "u", OTHER, NULL);
  tn_db_use_seal (f->db, seal, "u", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_backups (f), ==, 3);
  fixture_write (f->folder, "canvas.db.damaged-20200101-000000", CANARY, strlen (CANARY));
  use_seal (f, "t");
  assert_nowhere (f, CANARY);
}

/* Nobody knows what a backup holds that can't be read. */
static void
test_unreadable_backup (Fixture *f, gconstpointer data)
{
  g_autoptr (TnSeal) seal = tn_seal_new (OTHER);
  g_autoptr (GError) error = NULL;

  g_free (tn_db_backup_make (f->db, NULL));
  fixture_write (f->folder, "backups/canvas-000099-2020-01-01.db", CANARY, strlen (CANARY));
  put_tile (f, "u", OTHER, NULL);
  tn_db_use_seal (f->db, seal, "u", &error);
  g_assert_no_error (error);
  assert_nowhere (f, CANARY);
}

/* Cut short between sealing and writing the file anew, the next time does it. */
static void
test_unclean (Fixture *f, gconstpointer data)
{
  g_autofree char *none = NULL, *clean = NULL;

  fill (f);
  use_seal (f, "t");
  g_clear_pointer (&f->db, tn_db_close);
  none = fixture_sql (f->folder, "UPDATE seal SET clean = 0");
  fixture_write (f->folder, "backups/canvas-000099-2020-01-01.db", CANARY, strlen (CANARY));
  f->db = fixture_open (f->folder);
  use_seal (f, "t");
  clean = fixture_sql (f->folder, "SELECT clean FROM seal");
  g_assert_cmpstr (clean, ==, "1\n");
  assert_nowhere (f, CANARY);
}

static void
assert_locked (Fixture *f)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.settings", "c", "a widget");
  g_autoptr (TnTileRecord) record = tn_tile_record_new ("t", "c", APP, "com.example.todo");
  g_autofree char *before = fixture_dump (f->folder), *after = NULL;

  assert_refused (f, TN_KV_TILE, "t", CANARY "-name", TN_STORE_ERROR_SEALED);
  assert_refused (f, TN_KV_APP, APP, CANARY "-name", TN_STORE_ERROR_SEALED);
  g_assert_null (tn_db_load_state (f->db, "t", NULL));
  g_assert_null (tn_db_kv_keys (f->db, TN_KV_APP, APP, NULL));
  g_assert_false (tn_db_kv_set (f->db, TN_KV_TILE, "t", "k", "1", NULL));
  g_assert_false (tn_db_kv_set (f->db, TN_KV_APP, APP, CANARY "-name", NULL, NULL));
  g_assert_false (tn_db_save_state (f->db, "t", "1", NULL));
  record->config = g_strdup ("{\"" CANARY "\":1}");
  record->w = record->h = 2;
  tn_operation_put_tile (operation, record);
  g_assert_false (tn_db_apply (f->db, operation, NULL));
  g_assert_null (tn_db_duplicate_canvas (f->db, "c", "Copy", NULL));
  after = fixture_dump (f->folder);
  g_assert_cmpstr (before, ==, after);
}

/* Without the key nothing is read, nothing is overwritten and nothing is added in plain; with it all is there again. */
static void
test_locked (Fixture *f, gconstpointer data)
{
  use_seal (f, "t");
  fill (f);
  tn_db_drop_seal (f->db, APP);
  assert_locked (f);
  g_clear_pointer (&f->db, tn_db_close);
  f->db = fixture_open (f->folder);
  assert_locked (f);
  fixture_move (f->db, "c", "t", 3, 3);
  use_seal (f, "t");
  assert_filled (f);
}

static void
test_other_key (Fixture *f, gconstpointer data)
{
  g_autoptr (TnSeal) other = tn_seal_new (APP);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;

  use_seal (f, "t");
  fill (f);
  g_clear_pointer (&f->db, tn_db_close);
  f->db = fixture_open (f->folder);
  before = fixture_dump (f->folder);
  g_assert_false (tn_db_use_seal (f->db, other, "t", &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_OTHER_KEY);
  after = fixture_dump (f->folder);
  g_assert_cmpstr (before, ==, after);
  use_seal (f, "t");
  assert_filled (f);
}

static void
assert_told (Fixture *f, const char *expected)
{
  g_autoptr (GPtrArray) tampered = tn_db_take_tampered (f->db);
  g_autoptr (GString) told = g_string_new (NULL);

  for (guint i = 0; tampered != NULL && i < tampered->len; i++)
    g_string_append_printf (told, "%s ", (char *) tampered->pdata[i]);
  g_assert_cmpstr (told->str, ==, expected);
}

static void
test_tampered (Fixture *f, gconstpointer data)
{
  g_autofree char *a = NULL, *b = NULL, *c = NULL;
  g_autoptr (GError) error = NULL;

  use_seal (f, "t");
  set (f, TN_KV_TILE, "t", "one", "1");
  set (f, TN_KV_TILE, "t", "two", "2");
  set (f, TN_KV_APP, APP, "three", "3");
  assert_told (f, "");
  /* One value in another's place, and one in plain. */
  a = fixture_sql (f->folder, "UPDATE kv SET value = (SELECT value FROM kv WHERE scope = 'app') WHERE scope = 'tile'"
                              " AND rowid = (SELECT min (rowid) FROM kv WHERE scope = 'tile')");
  assert_keys (f, TN_KV_TILE, "t", "two");
  assert_told (f, APP " t ");
  assert_refused (f, TN_KV_TILE, "t", "one", TN_STORE_ERROR_TAMPERED);
  assert_told (f, APP " t ");
  assert_value (f, TN_KV_TILE, "t", "two", "2");
  assert_value (f, TN_KV_APP, APP, "three", "3");
  b = fixture_sql (f->folder, "UPDATE kv SET value = '4' WHERE scope = 'app'");
  assert_refused (f, TN_KV_APP, APP, "three", TN_STORE_ERROR_TAMPERED);
  assert_told (f, APP " " APP " ");
  c = fixture_sql (f->folder, "INSERT INTO kv (scope, owner, key, value) VALUES ('state', 't', '', '{}')");
  g_assert_null (tn_db_load_state (f->db, "t", &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_TAMPERED);
  /* The app may write it anew. */
  set (f, TN_KV_TILE, "t", "one", "5");
  assert_keys (f, TN_KV_TILE, "t", "one,two");
}

static void
test_duplicate (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnCanvasRecord) canvas = NULL;
  g_autofree char *copy = NULL, *state = NULL;
  const char *tile;

  use_seal (f, "t");
  fill (f);
  copy = tn_db_duplicate_canvas (f->db, "c", "Copy", &error);
  g_assert_no_error (error);
  canvas = tn_db_load_canvas (f->db, copy, TN_LAYOUT_WIDE, &error);
  tile = ((TnTileRecord *) canvas->tiles->pdata[0])->id;
  use_seal (f, tile);
  assert_value (f, TN_KV_TILE, tile, CANARY "-name", "\"" CANARY "\"");
  assert_keys (f, TN_KV_TILE, tile, CANARY "-name");
  assert_settings (f, tile, "{\"b\":\"" CANARY "\"}");
  state = tn_db_load_state (f->db, tile, &error);
  g_assert_cmpstr (state, ==, "\"" CANARY "\"");
  assert_filled (f);
  assert_nowhere (f, CANARY);
}

/* A tile writes its last after it was taken away, and no undo is left that knows it. */
static void
test_last_words (Fixture *f, gconstpointer data)
{
  put_tile (f, "late", APP, NULL);
  use_seal (f, "late");
  undo (f);
  fixture_move (f->db, "c", "t", 3, 3);
  g_assert_true (tn_db_save_state (f->db, "late", "\"" CANARY "\"", NULL));
  set (f, TN_KV_TILE, "late", CANARY, "\"" CANARY "\"");
  assert_nowhere (f, CANARY);
}

/* As many as there would be in plain: names and texts. */
static void
test_bytes (Fixture *f, gconstpointer data)
{
  gint64 plain;

  for (int i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strnfill ((gsize) i % 7 + 1, (char) ('a' + i % 26));
      g_autofree char *json = g_strnfill ((gsize) i * i + 1, '1');

      set (f, TN_KV_TILE, "t", name, json);
      set (f, TN_KV_APP, APP, name, json);
    }
  g_assert_true (tn_db_save_state (f->db, "t", "[1,2]", NULL));
  set (f, TN_KV_APP, APP, "ä", "\"ö\"");
  plain = tn_db_kv_bytes (f->db, APP, NULL);
  g_assert_cmpint (plain, >, 20000);
  use_seal (f, "t");
  g_assert_cmpint (tn_db_kv_bytes (f->db, APP, NULL), ==, plain);
}

static void
test_events (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) events = NULL;
  TnEvent *event;

  use_seal (f, "t");
  say (f, APP, CANARY);
  say (f, OTHER, "plain");
  events = tn_db_list_events (f->db, &(TnEventFilter){ NULL, 10 }, NULL);
  g_assert_cmpuint (events->len, ==, 2);
  event = events->pdata[0];
  g_assert_cmpstr (tn_event_get_event_type (event), ==, "todo.done");
  g_assert_null (tn_event_get_data (event));
  g_assert_nonnull (tn_event_get_data (events->pdata[1]));
}

static void
test_export (Fixture *f, gconstpointer data)
{
  use_seal (f, "t");
  fill (f);
  for (TnFormat format = 0; format < TN_N_FORMATS; format++)
    {
      g_autoptr (TnBoard) board = tn_board_load (f->db, "c", NULL);
      g_autoptr (GPtrArray) report = tn_fault_list_new ();
      g_autoptr (JsonNode) document = tn_board_write (format, board, report);
      g_autofree char *text = json_to_string (document, FALSE);

      g_assert_null (strstr (text, CANARY));
      g_assert_null (strstr (text, TN_SEAL_MARK));
      g_assert_cmpstr (((TnFault *) report->pdata[0])->message, ==,
                       "The settings of 1 widget are encrypted and were left out");
    }
}

static void
test_list (Fixture *f, gconstpointer data)
{
  g_autoptr (GHashTable) none = tn_db_list_seals (f->db, NULL), one = NULL;

  g_assert_cmpuint (g_hash_table_size (none), ==, 0);
  use_seal (f, "t");
  one = tn_db_list_seals (f->db, NULL);
  g_assert_cmpstr (g_hash_table_lookup (one, APP), ==, tn_seal_get_id (f->seal));
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/sealed/fresh", test_fresh },         { "/sealed/neighbours", test_neighbours },
    { "/sealed/turned-on", test_turned_on }, { "/sealed/unclean", test_unclean },
    { "/sealed/left-in-backups", test_left_in_backups },
    { "/sealed/keeps-other-backups", test_keeps_other_backups },
    { "/sealed/unreadable-backup", test_unreadable_backup },
    { "/sealed/locked", test_locked },       { "/sealed/other-key", test_other_key },
    { "/sealed/tampered", test_tampered },   { "/sealed/duplicate", test_duplicate },
    { "/sealed/last-words", test_last_words }, { "/sealed/bytes", test_bytes },
    { "/sealed/events", test_events },       { "/sealed/export", test_export },
    { "/sealed/list", test_list },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
