/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include "pack.h"
#include "tn-db-private.h"
#include "tn-erasure-record.h"
#include "tn-grant-record.h"

/* Apps that are removed come back; of apps that are erased no byte is left, and all else is as it was. */

#define TODO "abcdefghijklmnop"
#define NOTES "nnnnnnnnnnnnnnnn"
#define CANARY "KANARI"
#define BYSTANDER "bystander"

typedef struct
{
  char *folder;
  TnDb *db;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_make_folder ();
  f->db = fixture_open_expecting (f->folder, TN_STORE_CREATED);
  fixture_add_canvas (f->db, "c");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->db, tn_db_close);
  fixture_remove_folder (f->folder);
}

static void
apply (TnDb *db, TnOperation *operation)
{
  g_autoptr (GError) error = NULL;

  tn_db_apply (db, operation, &error);
  g_assert_no_error (error);
}

/* A tile with @text wherever it can hold some. */
static void
put_tile (TnDb *db, const char *kind, const char *app_key, const char *tile, const char *text, int y)
{
  g_autoptr (TnOperation) operation = tn_operation_new (kind, "c", text);
  g_autoptr (TnTileRecord) record = tn_tile_record_new (tile, "c", app_key, "com.example.app");

  record->title = g_strdup (text);
  record->config = g_strdup_printf ("{\"text\": \"%s\"}", text);
  record->foreign = g_strdup_printf ("{\"text\": \"%s\"}", text);
  record->y = y;
  record->w = record->h = 2;
  tn_operation_put_tile (operation, record);
  apply (db, operation);
}

static void
say (TnDb *db, const char *app_key, const char *tile, const char *text)
{
  g_autofree char *source = g_strdup_printf ("tn:/%s/%s", app_key, tile);
  g_autoptr (JsonNode) data = json_node_init_string (json_node_alloc (), text);
  g_autoptr (TnEvent) event = tn_event_new (source, "todo.item.done", data, NULL);

  g_assert_nonnull (event);
  g_assert_true (tn_db_append_event (db, event, NULL));
}

static void
audit (TnDb *db, const char *app_key, const char *tile, const char *text)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_audit_record_free);

  g_ptr_array_add (records, tn_audit_record_new ("call.refused", app_key, tile, text, "refused", text));
  g_assert_true (tn_db_append_audit (db, records, NULL));
}

/* @text in every place that an app can write to or have written about it. */
static void
fill (TnDb *db, const char *app_key, const char *tile, const char *text, int y)
{
  g_autofree char *json = g_strdup_printf ("\"%s\"", text);
  g_autoptr (TnGrantRecord) grant = tn_grant_record_new (app_key, "event", text, "emit", text);
  g_autoptr (TnWebxdcRecord) webxdc = NULL;

  put_tile (db, "tile.add", app_key, tile, text, y);
  put_tile (db, "tile.rename", app_key, tile, text, y + 2);
  g_assert_true (tn_db_kv_set (db, TN_KV_TILE, tile, text, json, NULL));
  g_assert_true (tn_db_kv_set (db, TN_KV_APP, app_key, text, json, NULL));
  g_assert_true (tn_db_kv_set (db, TN_KV_HOST, app_key, text, json, NULL));
  g_assert_true (tn_db_save_state (db, tile, json, NULL));
  webxdc = tn_db_webxdc_open (db, app_key, NULL);
  g_assert_nonnull (webxdc);
  g_assert_cmpint (tn_db_webxdc_add (db, app_key, json, text, text, NULL), >, 0);
  g_assert_true (tn_db_add_usage (db, tile, 60, 1000, json, NULL));
  g_assert_true (tn_db_set_grant (db, grant, NULL));
  g_assert_true (tn_db_set_level (db, app_key, text, NULL));
  say (db, app_key, tile, text);
  audit (db, app_key, tile, text);
}

/* Whether any file holds @text. */
static gboolean
is_anywhere (Fixture *f, const char *text)
{
  g_autofree char *where = pack_find_text (f->folder, text);

  if (where != NULL)
    g_test_message ("“%s” is in %s", text, where);
  return where != NULL;
}

static void
erase (TnDb *db, const char *app_key)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (tn_db_begin_erasure (db, app_key, "com.example.app", &error));
  tn_db_forget_app (db, app_key, &error);
  g_assert_no_error (error);
  g_assert_true (tn_db_end_erasure (db, app_key, &error));
}

/* What was overwritten and deleted before is in free space, the log and the backups. Some builds of SQLite write zeros over
 * it by themselves. */
static void
leave_traces (Fixture *f)
{
  TnDb *other;
  g_autoptr (TnOperation) operation = NULL;

  g_assert_true (tn_db_run (f->db, NULL, "PRAGMA secure_delete = OFF", ""));
  fill (f->db, TODO, "t1", CANARY, 0);
  fill (f->db, NOTES, "n1", BYSTANDER, 10);
  for (int i = 0; i < 200; i++)
    {
      g_autofree char *key = g_strdup_printf ("%s%d", CANARY, i);
      g_autofree char *json = g_strdup_printf ("\"%s%d\"", CANARY, i);

      g_assert_true (tn_db_kv_set (f->db, TN_KV_TILE, "t1", key, json, NULL));
      g_assert_true (tn_db_kv_set (f->db, TN_KV_TILE, "t1", key, NULL, NULL));
    }
  tn_db_close (f->db);
  /* A log that is not in the file yet, with what was taken back. */
  f->db = fixture_open (f->folder);
  other = fixture_open (f->folder);
  put_tile (f->db, "tile.add", TODO, "t2", CANARY, 20);
  operation = tn_db_undo (f->db, NULL);
  tn_db_close (other);
}

static void
plant_copies (Fixture *f)
{
  g_autofree char *backups = fixture_path (f->folder, "backups");
  g_autoptr (GBytes) bytes = fixture_read (f->folder, "canvas.db");
  static const char *const names[] = { "backups/canvas-000001-2026-01-01.db", "backups/making-1.tmp",
                                       "canvas.db.damaged-20260101-000000", "canvas.db.damaged-20260101-000000-wal",
                                       "canvas.db.restoring" };

  g_mkdir_with_parents (backups, 0700);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    fixture_write (f->folder, names[i], g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
assert_bystander_whole (Fixture *f)
{
  g_autofree char *dump = fixture_dump (f->folder);
  g_autoptr (GPtrArray) grants = tn_db_list_grants (f->db, NOTES, NULL),
                        events = tn_db_list_events (f->db, &(TnEventFilter){ NULL, 99 }, NULL);
  g_autoptr (TnWebxdcPage) page = tn_db_webxdc_list (f->db, NOTES, 0, NULL);
  g_auto (GStrv) usage = tn_db_list_usage (f->db, "n1", 60, 9, NULL);

  g_assert_cmpstr (dump, ==,
                   "[\"canvas\",\"c\",\"c\",0,0,\"push\",null]\n"
                   "[\"kv\",\"app\",\"" NOTES "\",\"bystander\",\"\\\"bystander\\\"\"]\n"
                   "[\"kv\",\"host\",\"" NOTES "\",\"bystander\",\"\\\"bystander\\\"\"]\n"
                   "[\"kv\",\"state\",\"n1\",\"\",\"\\\"bystander\\\"\"]\n"
                   "[\"kv\",\"tile\",\"n1\",\"bystander\",\"\\\"bystander\\\"\"]\n"
                   "[\"place\",\"n1\",\"wide\",0,12,2,2]\n"
                   "[\"tile\",\"n1\",\"c\",\"" NOTES "\",\"com.example.app\",\"bystander\",0,"
                   "\"{\\\"text\\\": \\\"bystander\\\"}\",\"{\\\"text\\\": \\\"bystander\\\"}\",0,0,0,0]\n");
  g_assert_cmpuint (grants->len, ==, 1);
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpuint (page->updates->len, ==, 1);
  g_assert_cmpuint (g_strv_length (usage), ==, 1);
}

static void
assert_audit (Fixture *f, guint n_erased)
{
  TnAuditVerdict verdict = { 0 };
  g_autofree char *kinds = fixture_sql (f->folder, "SELECT kind FROM audit ORDER BY seq");

  g_assert_true (tn_db_verify_audit (f->db, &verdict, NULL));
  g_assert_cmpint (verdict.fault, ==, TN_AUDIT_WHOLE);
  g_assert_cmpint (verdict.n_erased, ==, n_erased);
  g_assert_cmpstr (kinds, ==, "call.refused\ncall.refused\napp.erased\n");
}

static void
test_no_byte (Fixture *f, gconstpointer data)
{
  leave_traces (f);
  plant_copies (f);
  g_assert_true (is_anywhere (f, CANARY));
  erase (f->db, TODO);
  g_assert_false (is_anywhere (f, CANARY));
  assert_bystander_whole (f);
  assert_audit (f, 1);
  tn_db_close (f->db);
  g_assert_false (is_anywhere (f, CANARY));
  g_assert_true (is_anywhere (f, BYSTANDER));
  f->db = fixture_open_expecting (f->folder, TN_STORE_OPENED);
  g_assert_true (tn_db_check (f->db, NULL));
  assert_bystander_whole (f);
}

/* What one reads from does not keep another's words alive. */
static void
test_open_elsewhere (Fixture *f, gconstpointer data)
{
  g_autoptr (TnDb) other = NULL;
  g_autofree char *value = NULL;

  fill (f->db, TODO, "t1", CANARY, 0);
  other = fixture_open (f->folder);
  value = tn_db_kv_get (other, TN_KV_APP, TODO, CANARY, NULL);
  g_assert_nonnull (value);
  g_assert_false (tn_db_is_alone (f->db));
  erase (f->db, TODO);
  g_assert_false (is_anywhere (f, CANARY));
  g_clear_pointer (&other, tn_db_close);
  g_assert_true (tn_db_is_alone (f->db));
  g_assert_false (is_anywhere (f, CANARY));
}

/* The newest backup has to be as good as the one that it replaces. */
static void
test_backup_left (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) history = NULL;

  leave_traces (f);
  erase (f->db, TODO);
  g_clear_pointer (&f->db, tn_db_close);
  g_assert_cmpuint (fixture_count (f->folder, "canvas.db.damaged"), ==, 0);
  fixture_write (f->folder, "canvas.db", "no database", 11);
  f->db = fixture_open_expecting (f->folder, TN_STORE_RECOVERED);
  assert_bystander_whole (f);
  history = tn_db_list_history (f->db, 0, 99, NULL);
  g_assert_cmpuint (history->len, ==, 3);
}

/* Undo passes over the place where it was: what others did is taken back and done again as before. */
static void
test_history_holds (Fixture *f, gconstpointer data)
{
  g_autoptr (TnOperation) both = tn_operation_new ("tiles.move", "c", CANARY), undone = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autofree char *before = NULL, *after = NULL, *subjects = NULL;

  put_tile (f->db, "tile.add", NOTES, "n1", BYSTANDER, 10);
  put_tile (f->db, "tile.add", TODO, "t1", CANARY, 0);
  tn_operation_put_place (both, "t1", TN_LAYOUT_WIDE, 3, 3, 2, 2);
  tn_operation_put_place (both, "n1", TN_LAYOUT_WIDE, 6, 6, 2, 2);
  apply (f->db, both);
  put_tile (f->db, "tile.rename", TODO, "t1", CANARY "2", 0);
  g_assert_true (tn_db_name_moment (f->db, 5, "then", NULL));
  fixture_move (f->db, "c", "n1", 8, 8);
  undone = tn_db_undo (f->db, NULL);
  g_assert_nonnull (undone);
  erase (f->db, TODO);
  g_assert_false (is_anywhere (f, CANARY));
  subjects = fixture_sql (f->folder, "SELECT kind || ' ' || subject || ' ' || undone FROM operation ORDER BY seq");
  g_assert_cmpstr (subjects, ==,
                   "canvas.create c 0\ntile.add bystander 0\ntiles.move a widget of an erased app 0\n"
                   "tile.rename a widget of an erased app 0\ntile.move n1 1\n");
  before = fixture_dump (f->folder);
  history = tn_db_list_history (f->db, 0, 99, NULL);
  for (guint i = 0; i < history->len; i++)
    g_assert_true (tn_db_go_to (f->db, ((TnHistoryRecord *) history->pdata[i])->seq, NULL, NULL));
  for (guint i = history->len - 1; i > 0; i--)
    g_assert_true (tn_db_go_to (f->db, ((TnHistoryRecord *) history->pdata[i])->seq, NULL, NULL));
  after = fixture_dump (f->folder);
  g_assert_cmpstr (after, ==, before);
}

/* Between two steps, as after a kill: the second time ends it, and the audit says it once. */
static void
test_goes_on (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) left = NULL, none = NULL;
  g_autofree char *said = NULL;

  fill (f->db, TODO, "t1", CANARY, 0);
  g_assert_true (tn_db_begin_erasure (f->db, TODO, "com.example.app", NULL));
  g_assert_true (tn_db_begin_erasure (f->db, TODO, "com.example.app", NULL));
  g_assert_true (tn_db_forget_app (f->db, TODO, NULL));
  tn_db_close (f->db);
  f->db = fixture_open (f->folder);
  left = tn_db_list_erasures (f->db, NULL);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_cmpstr (((TnErasureRecord *) left->pdata[0])->app_key, ==, TODO);
  g_assert_cmpstr (((TnErasureRecord *) left->pdata[0])->app_id, ==, "com.example.app");
  g_assert_true (tn_db_forget_app (f->db, TODO, NULL));
  g_assert_true (tn_db_end_erasure (f->db, TODO, NULL));
  none = tn_db_list_erasures (f->db, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  said = fixture_sql (f->folder, "SELECT count (*) FROM audit WHERE kind = 'app.erased'");
  g_assert_cmpstr (said, ==, "1\n");
}

static void
assert_touched (TnDb *db, const char *expected)
{
  g_auto (GStrv) touched = tn_db_take_touched (db);
  g_autofree char *joined = g_strjoinv (" ", touched);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_remove (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) removed = NULL, none = NULL;
  g_autoptr (TnOperation) undone = NULL;
  g_autofree char *before = NULL, *without = NULL, *after = NULL, *said = NULL;
  gboolean needed = FALSE;

  fixture_add_canvas (f->db, "d");
  fixture_add_tile (f->db, "c", "t1", 0, 0);
  fixture_add_tile (f->db, "d", "t2", 0, 0);
  put_tile (f->db, "tile.add", NOTES, "n1", BYSTANDER, 10);
  g_assert_true (tn_db_kv_set (f->db, TN_KV_TILE, "t1", "k", "1", NULL));
  before = fixture_dump (f->folder);
  tn_db_remove_app (f->db, TODO, "com.example.todo", "Todo", TRUE, &error);
  g_assert_no_error (error);
  assert_touched (f->db, "c d");
  without = fixture_sql (f->folder, "SELECT id FROM tile");
  g_assert_cmpstr (without, ==, "n1\n");
  removed = tn_db_list_removals (f->db, NULL);
  g_assert_true (g_strv_equal ((const char *const *) removed, (const char *[]){ "com.example.todo", NULL }));
  g_assert_true (tn_db_needs_app (f->db, TODO, &needed, NULL) && needed);
  said = fixture_sql (f->folder, "SELECT kind || app_key || subject FROM audit");
  g_assert_cmpstr (said, ==, "app.removed" TODO "com.example.todo\n");
  undone = tn_db_undo (f->db, &error);
  g_assert_cmpstr (tn_operation_get_kind (undone), ==, "app.remove");
  after = fixture_dump (f->folder);
  g_assert_cmpstr (after, ==, before);
  none = tn_db_list_removals (f->db, NULL);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

/* Without a tile, the window hears of it all the same. */
static void
test_remove_unplaced (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnOperation) undone = NULL;

  g_assert_false (tn_db_remove_app (f->db, TODO, "com.example.todo", "Todo", FALSE, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND);
  g_assert_true (tn_db_remove_app (f->db, TODO, "com.example.todo", "Todo", TRUE, NULL));
  assert_touched (f->db, "c");
  undone = tn_db_undo (f->db, NULL);
  assert_touched (f->db, "c");
}

static void
test_erase_removed (Fixture *f, gconstpointer data)
{
  g_auto (GStrv) removed = NULL;
  gboolean needed = TRUE;

  fill (f->db, TODO, "t1", CANARY, 0);
  g_assert_true (tn_db_remove_app (f->db, TODO, "com.example.todo", CANARY, TRUE, NULL));
  erase (f->db, TODO);
  g_assert_false (is_anywhere (f, CANARY));
  removed = tn_db_list_removals (f->db, NULL);
  g_assert_cmpuint (g_strv_length (removed), ==, 0);
  g_assert_true (tn_db_needs_app (f->db, TODO, &needed, NULL) && !needed);
  g_assert_false (tn_db_can_undo (f->db));
}

static gboolean
has_value (Fixture *f, const char *tile)
{
  g_autofree char *value = tn_db_kv_get (f->db, TN_KV_TILE, tile, "k", NULL);
  g_auto (GStrv) usage = tn_db_list_usage (f->db, tile, 60, 9, NULL);

  g_assert_cmpuint (g_strv_length (usage), ==, value != NULL ? 1 : 0);
  return value != NULL;
}

/* At random, by what a person can do: what any undo, redo or moment shows has its values, whenever was tidied. */
static void
test_collect (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) history = NULL;
  g_autofree char *kept = NULL;
  guint n_gone = 0;

  for (int i = 0; i < 300; i++)
    {
      g_autofree char *tile = g_strdup_printf ("t%d", i);
      g_autoptr (TnOperation) passed = NULL;

      switch (g_test_rand_int_range (0, 5))
        {
        case 0:
          passed = tn_db_undo (f->db, NULL);
          break;
        case 1:
          passed = tn_db_redo (f->db, NULL);
          break;
        case 2:
          g_assert_true (tn_db_collect (f->db, NULL));
          break;
        default:
          fixture_add_tile (f->db, "c", tile, 0, 2 * i);
          g_assert_true (tn_db_kv_set (f->db, TN_KV_TILE, tile, "k", "1", NULL));
          g_assert_true (tn_db_add_usage (f->db, tile, 60, 1000, "{}", NULL));
        }
    }
  g_assert_true (tn_db_collect (f->db, NULL));
  history = tn_db_list_history (f->db, 0, 1000, NULL);
  for (guint i = 0; i < history->len; i++)
    {
      const TnHistoryRecord *moment = history->pdata[i];
      g_autoptr (TnCanvasRecord) canvas = tn_db_preview_canvas (f->db, moment->seq, "c", TN_LAYOUT_WIDE, NULL);

      for (guint t = 0; canvas != NULL && t < canvas->tiles->len; t++)
        g_assert_true (has_value (f, ((TnTileRecord *) canvas->tiles->pdata[t])->id));
    }
  for (int i = 0; i < 300; i++)
    {
      g_autofree char *tile = g_strdup_printf ("t%d", i);

      n_gone += !has_value (f, tile);
    }
  kept = fixture_sql (f->folder, "SELECT count (*) FROM kv WHERE owner NOT IN (SELECT key FROM change)");
  g_assert_cmpstr (kept, ==, "0\n");
  g_assert_cmpuint (n_gone, >, 100);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/store/erase/no-byte", test_no_byte },
    { "/store/erase/open-elsewhere", test_open_elsewhere },
    { "/store/erase/backup-left", test_backup_left },
    { "/store/erase/history-holds", test_history_holds },
    { "/store/erase/goes-on", test_goes_on },
    { "/store/erase/removed", test_erase_removed },
    { "/store/remove/with-tiles", test_remove },
    { "/store/remove/unplaced", test_remove_unplaced },
    { "/store/collect", test_collect },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
