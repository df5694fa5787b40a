/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tn-db-private.h"

/* Folders that can't be written, and disks without room. The first run as somebody whom file modes stop. */

typedef struct
{
  char *folder; /* everybody may write it */
  char *inside; /* the workspace's, in there */
} Fixture;

static void
make (gpointer folder)
{
  g_autoptr (TnDb) db = fixture_open (folder);

  fixture_add_canvas (db, "kept");
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_make_folder ();
  f->inside = fixture_path (f->folder, "workspace");
  g_assert_cmpint (g_chmod (f->folder, 0777), ==, 0);
  fixture_run_unprivileged (make, f->inside);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->inside);
  fixture_remove_folder (f->folder);
}

static void
set_mode (Fixture *f, const char *name, int mode)
{
  g_autofree char *path = fixture_path (f->inside, name);

  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

static void
assert_canvases (TnDb *db, guint n, const char *first)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) canvases = tn_db_list_canvases (db, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (canvases->len, ==, n);
  if (n > 0)
    g_assert_cmpstr (((TnCanvasRecord *) canvases->pdata[0])->id, ==, first);
}

/* Everything works, and nothing stays. */
static void
open_in_memory (gpointer folder)
{
  g_autoptr (TnDb) db = fixture_open_expecting (folder, TN_STORE_IN_MEMORY);
  g_autoptr (TnOperation) undone = NULL;

  g_assert_nonnull (strstr (tn_db_get_notice (db), folder));
  assert_canvases (db, 1, "kept");
  fixture_add_canvas (db, "new");
  g_assert_true (tn_db_kv_set (db, TN_KV_APP, "a", "k", "1", NULL));
  assert_canvases (db, 2, "kept");
  undone = tn_db_undo (db, NULL);
  g_assert_nonnull (undone);
  assert_canvases (db, 1, "kept");
  g_assert_true (tn_db_check (db, NULL));
}

static void
open_empty_in_memory (gpointer folder)
{
  g_autoptr (TnDb) db = fixture_open_expecting (folder, TN_STORE_IN_MEMORY);

  g_assert_nonnull (strstr (tn_db_get_notice (db), folder));
  assert_canvases (db, 0, NULL);
  fixture_add_canvas (db, "new");
}

static void
list_read_only (gpointer folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDb) db = tn_db_open (folder, TN_DB_READ_ONLY, &error);

  g_assert_no_error (error);
  assert_canvases (db, 1, "kept");
}

static void
test_folder (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) before = fixture_read (f->inside, "canvas.db"), after = NULL;

  set_mode (f, "canvas.db", 0444);
  set_mode (f, "canvas.lock", 0444);
  set_mode (f, ".", 0555);
  fixture_run_unprivileged (open_in_memory, f->inside);
  fixture_run_unprivileged (open_in_memory, f->inside);
  fixture_run_unprivileged (list_read_only, f->inside);
  after = fixture_read (f->inside, "canvas.db");
  g_assert_true (g_bytes_equal (after, before));
  g_assert_cmpuint (fixture_count (f->inside, "canvas"), ==, 2);
}

static void
test_only_the_file (Fixture *f, gconstpointer data)
{
  set_mode (f, "canvas.db", 0444);
  fixture_run_unprivileged (open_in_memory, f->inside);
}

static void
test_only_the_lock (Fixture *f, gconstpointer data)
{
  set_mode (f, "canvas.lock", 0444);
  fixture_run_unprivileged (open_in_memory, f->inside);
}

static void
add_and_die (gpointer folder)
{
  TnDb *db = fixture_open (folder);

  fixture_add_canvas (db, "later");
  _exit (0);
}

static void
list_both (gpointer folder)
{
  g_autoptr (TnDb) db = fixture_open_expecting (folder, TN_STORE_IN_MEMORY);
  g_autoptr (TnDb) reader = tn_db_open (folder, TN_DB_READ_ONLY, NULL);

  assert_canvases (db, 2, "kept");
  assert_canvases (reader, 2, "kept");
}

/* What is still in the log belongs to what the person sees. */
static void
test_with_log (Fixture *f, gconstpointer data)
{
  fixture_run_unprivileged (add_and_die, f->inside);
  g_assert_true (fixture_exists (f->inside, "canvas.db-wal"));
  set_mode (f, "canvas.db", 0444);
  set_mode (f, "canvas.db-wal", 0444);
  set_mode (f, "canvas.db-shm", 0000);
  set_mode (f, ".", 0555);
  fixture_run_unprivileged (list_both, f->inside);
}

static void
test_unreadable_file (Fixture *f, gconstpointer data)
{
  set_mode (f, "canvas.db", 0000);
  set_mode (f, ".", 0555);
  fixture_run_unprivileged (open_empty_in_memory, f->inside);
}

static void
test_damaged_file (Fixture *f, gconstpointer data)
{
  fixture_scribble (f->inside, "canvas.db", 0, 0xa5, 100);
  set_mode (f, ".", 0555);
  set_mode (f, "canvas.lock", 0444);
  fixture_run_unprivileged (open_empty_in_memory, f->inside);
}

static void
open_newer (gpointer folder)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tn_db_open (folder, TN_DB_READ_WRITE, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NEWER);
}

static void
test_newer_file (Fixture *f, gconstpointer data)
{
  g_autofree char *done = fixture_sql (f->inside, "PRAGMA user_version = 99");

  set_mode (f, "canvas.lock", 0444);
  set_mode (f, ".", 0555);
  fixture_run_unprivileged (open_newer, f->inside);
}

static void
test_no_folder (Fixture *f, gconstpointer data)
{
  g_autofree char *absent = fixture_path (f->inside, "absent/deep");

  set_mode (f, ".", 0555);
  fixture_run_unprivileged (open_empty_in_memory, absent);
  g_assert_false (fixture_exists (f->inside, "absent"));
}

/* Disks without room. */

static gboolean
fill (TnDb *db, GError **error)
{
  g_autofree char *json = g_strnfill (30000, '7');

  for (int i = 0; i < 200; i++)
    {
      g_autofree char *key = g_strdup_printf ("%d", i);

      if (!tn_db_kv_set (db, TN_KV_APP, "app", key, json, error))
        return FALSE;
    }
  return TRUE;
}

static void
assert_full (const char *folder, TnDb *db)
{
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.add", "kept", "many");
  g_autoptr (GError) error = NULL;

  g_assert_false (fill (db, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_FULL);
  g_clear_error (&error);

  before = fixture_dump (folder);
  for (int i = 0; i < 2000; i++)
    {
      g_autofree char *id = g_strdup_printf ("tile %d", i);
      g_autoptr (TnTileRecord) tile = tn_tile_record_new (id, "kept", "key", "id");

      tn_operation_put_tile (operation, tile);
    }
  g_assert_false (tn_db_apply (db, operation, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_FULL);
  after = fixture_dump (folder);
  g_assert_cmpstr (after, ==, before);
}

static void
assert_well (TnDb *db)
{
  g_autoptr (GError) error = NULL;

  tn_db_check (db, &error);
  g_assert_no_error (error);
  fixture_add_canvas (db, "room");
  assert_canvases (db, 2, "kept");
}

static void
fill_up_pages (gpointer folder)
{
  g_autoptr (TnDb) db = fixture_open (folder);

  g_assert_true (tn_db_run (db, NULL, "PRAGMA max_page_count = 60", ""));
  assert_full (folder, db);
  g_assert_true (tn_db_run (db, NULL, "PRAGMA max_page_count = 100000", ""));
  assert_well (db);
}

static void
test_no_pages (Fixture *f, gconstpointer data)
{
  fixture_run_child (fill_up_pages, f->inside);
}

/* The file system's own refusal, in the log, as a full disk or a quota would give it. */
static void
fill_up_files (gpointer folder)
{
  g_autoptr (TnDb) db = fixture_open (folder);
  struct rlimit limit = { 300 * 1024, RLIM_INFINITY }, none = { RLIM_INFINITY, RLIM_INFINITY };

  signal (SIGXFSZ, SIG_IGN);
  fixture_catch_warnings ();
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  assert_full (folder, db);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &none), ==, 0);
  assert_well (db);
}

static void
test_no_room (Fixture *f, gconstpointer data)
{
  g_autofree char *ids = NULL;

  fixture_run_child (fill_up_files, f->inside);
  tn_db_close (fixture_open_expecting (f->inside, TN_STORE_OPENED));
  ids = fixture_sql (f->inside, "SELECT id FROM canvas ORDER BY id");
  g_assert_cmpstr (ids, ==, "kept\nroom\n");
}

/* No room from the very start: a sentence, and the file as it was. */
static void
open_without_room (gpointer folder)
{
  struct rlimit limit = { 0, 0 };
  g_autoptr (GError) error = NULL;

  signal (SIGXFSZ, SIG_IGN);
  fixture_catch_warnings ();
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_null (tn_db_open (folder, TN_DB_READ_WRITE, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_FULL);
}

static void
test_no_room_to_open (Fixture *f, gconstpointer data)
{
  g_autofree char *ids = NULL;

  fixture_run_child (open_without_room, f->inside);
  tn_db_close (fixture_open_expecting (f->inside, TN_STORE_OPENED));
  ids = fixture_sql (f->inside, "SELECT id FROM canvas");
  g_assert_cmpstr (ids, ==, "kept\n");
}

static void
hold_lock (gpointer folder)
{
  g_autoptr (TnDb) db = fixture_open (folder);
  g_autoptr (TnDb) other = fixture_open (folder);
  g_autoptr (GError) error = NULL;

  sqlite3_busy_timeout (db->sql, 20);
  g_assert_true (tn_db_run (other, NULL, "BEGIN IMMEDIATE", ""));
  g_assert_false (tn_db_kv_set (db, TN_KV_APP, "a", "k", "1", &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_false (tn_db_go_to (db, 0, NULL, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_null (tn_db_preview_canvas (db, 0, "kept", TN_LAYOUT_WIDE, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_null (tn_db_duplicate_canvas (db, "kept", "Copy", &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_BUSY);
  assert_canvases (db, 1, "kept");
  g_assert_true (tn_db_run (other, NULL, "COMMIT", ""));
  g_assert_true (tn_db_kv_set (db, TN_KV_APP, "a", "k", "1", NULL));
}

static void
test_busy (Fixture *f, gconstpointer data)
{
  fixture_run_child (hold_lock, f->inside);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/store/read-only/folder", test_folder },
    { "/store/read-only/only-the-file", test_only_the_file },
    { "/store/read-only/only-the-lock", test_only_the_lock },
    { "/store/read-only/with-log", test_with_log },
    { "/store/read-only/unreadable", test_unreadable_file },
    { "/store/read-only/damaged", test_damaged_file },
    { "/store/read-only/newer", test_newer_file },
    { "/store/read-only/no-folder", test_no_folder },
    { "/store/full/pages", test_no_pages },
    { "/store/full/files", test_no_room },
    { "/store/full/opening", test_no_room_to_open },
    { "/store/busy", test_busy },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
