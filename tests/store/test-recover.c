/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tn-clock.h"
#include "tn-db-private.h"

/* Backups, and what becomes of a file that was damaged. */

#define DAY_US (24 * 3600 * (gint64) G_USEC_PER_SEC)
#define DAMAGED "canvas.db.damaged-"

static gint64 wall_us;

static gint64
get_wall (void)
{
  return wall_us;
}

static void
fill (guint8 *buffer, gsize length)
{
  for (gsize i = 0; i < length; i++)
    buffer[i] = g_random_int_range (0, 256);
}

static gint64
get_hasty (void)
{
  static gint64 us;

  return us += G_USEC_PER_SEC;
}

static const TnClockSource clock_source = { g_get_monotonic_time, get_wall, fill };
static const TnClockSource hasty_source = { get_hasty, get_wall, fill };

typedef struct
{
  char *folder;
  char *backups;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  wall_us = 20000 * DAY_US + 12345678;
  f->folder = fixture_make_folder ();
  f->backups = fixture_path (f->folder, "backups");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *warning = fixture_take_warning ();

  g_assert_cmpstr (warning, ==, NULL);
  g_free (f->backups);
  fixture_remove_folder (f->folder);
}

/* Ends as a killed process does: the mark and the log stay. */
static void
leave_unclean (gpointer folder)
{
  TnDb *db = fixture_open (folder);

  fixture_add_canvas (db, "late");
  kill (getpid (), SIGKILL);
}

static void
kill_while_open (const char *folder)
{
  int status = 0;
  pid_t pid = fork ();

  if (pid == 0)
    leave_unclean ((gpointer) folder);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
}

/* A workspace with the canvases "first" and "second", of which a backup has only "first"; closed. */
static void
make_with_backup (Fixture *f)
{
  TnDb *db = fixture_open_expecting (f->folder, TN_STORE_CREATED);

  fixture_add_canvas (db, "first");
  for (int i = 0; i < 40; i++)
    {
      g_autofree char *tile = g_strdup_printf ("tile%d", i);

      fixture_add_tile (db, "first", tile, 0, i);
    }
  tn_db_close (db);
  g_assert_cmpuint (fixture_count (f->backups, ""), ==, 0);
  wall_us += DAY_US;
  db = fixture_open (f->folder);
  fixture_add_canvas (db, "second");
  tn_db_close (db);
  g_assert_cmpuint (fixture_count (f->backups, "canvas-"), ==, 1);
}

static void
assert_canvases (const char *folder, const char *expected)
{
  g_autofree char *ids = fixture_sql (folder, "SELECT group_concat (id) FROM (SELECT id FROM canvas ORDER BY id)");

  g_strchomp (ids);
  g_assert_cmpstr (ids, ==, expected);
}

static void
open_recovered (Fixture *f)
{
  TnDb *db = fixture_open_expecting (f->folder, TN_STORE_RECOVERED);
  g_autofree char *notice = g_strdup (tn_db_get_notice (db));

  g_assert_nonnull (strstr (notice, "2024-10-05"));
  assert_canvases (f->folder, "first");
  g_assert_true (tn_db_check (db, NULL));
  fixture_add_canvas (db, "after");
  tn_db_close (db);
  tn_db_close (fixture_open_expecting (f->folder, TN_STORE_OPENED));
}

static gsize
get_size (Fixture *f)
{
  g_autoptr (GBytes) bytes = fixture_read (f->folder, "canvas.db");

  return g_bytes_get_size (bytes);
}

static void
truncate_to (Fixture *f, gsize length)
{
  g_autofree char *path = fixture_path (f->folder, "canvas.db");

  g_assert_cmpint (truncate (path, length), ==, 0);
}

static void
test_truncated (Fixture *f, gconstpointer data)
{
  static const double shares[] = { 0.9, 0.5, 0.1, 0.001 };

  for (gsize i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      make_with_backup (f);
      truncate_to (f, get_size (f) * shares[i]);
      open_recovered (f);
      g_assert_cmpuint (fixture_count (f->folder, DAMAGED), ==, 1);
      tear_down (f, NULL);
      set_up (f, NULL);
    }
}

static void
test_empty_file (Fixture *f, gconstpointer data)
{
  make_with_backup (f);
  truncate_to (f, 0);
  open_recovered (f);
}

static void
test_missing_file (Fixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_path (f->folder, "canvas.db");

  make_with_backup (f);
  g_assert_cmpint (g_unlink (path), ==, 0);
  open_recovered (f);
  g_assert_cmpuint (fixture_count (f->folder, DAMAGED), ==, 0);
}

static void
test_missing_file_without_backup (Fixture *f, gconstpointer data)
{
  TnDb *db;

  g_mkdir (f->backups, 0755);
  fixture_write (f->backups, "canvas-000001-2024-10-05.db", "", 0);
  db = fixture_open_expecting (f->folder, TN_STORE_RESET);
  g_assert_nonnull (strstr (tn_db_get_notice (db), "gone"));
  g_assert_null (strstr (tn_db_get_notice (db), "“"));
  tn_db_close (db);
}

static void
test_garbage_header (Fixture *f, gconstpointer data)
{
  make_with_backup (f);
  fixture_scribble (f->folder, "canvas.db", 0, 0xa5, 100);
  open_recovered (f);
}

/* Every page in turn, found by the check after an unclean end. */
static void
test_flipped_pages (Fixture *f, gconstpointer data)
{
  gsize n_pages;

  make_with_backup (f);
  kill_while_open (f->folder);
  n_pages = get_size (f) / 4096;
  g_assert_cmpuint (n_pages, >, 5);
  for (gsize page = 0; page < n_pages; page++)
    {
      g_autofree char *copy = fixture_make_folder ();
      g_autofree char *backups = fixture_path (copy, "backups");
      g_autofree char *ignored = NULL;
      Fixture g = { copy, backups };

      g_mkdir (backups, 0755);
      fixture_copy (f->folder, copy, "canvas.db");
      fixture_copy (f->folder, copy, "canvas.lock");
      fixture_copy (f->backups, backups, "canvas-000001-2024-10-05.db");
      fixture_scribble (copy, "canvas.db", page * 4096, 0xff, 64);
      g_test_message ("page %zu", page);
      open_recovered (&g);
      fixture_remove_folder (g_steal_pointer (&copy));
    }
}

static void
test_without_backup (Fixture *f, gconstpointer data)
{
  TnDb *db = fixture_open (f->folder);

  fixture_add_canvas (db, "only");
  tn_db_close (db);
  fixture_scribble (f->folder, "canvas.db", 0, 0xa5, 100);
  db = fixture_open_expecting (f->folder, TN_STORE_RESET);
  g_assert_nonnull (strstr (tn_db_get_notice (db), DAMAGED));
  fixture_add_canvas (db, "anew");
  tn_db_close (db);
  assert_canvases (f->folder, "anew");
  g_assert_cmpuint (fixture_count (f->folder, DAMAGED), ==, 1);
}

/* What is set aside is what was there, byte for byte, log included; and two of the same second don't meet. */
static void
test_set_aside_whole (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) before = NULL, after = NULL, wal_before = NULL, wal_after = NULL;

  make_with_backup (f);
  kill_while_open (f->folder);
  fixture_scribble (f->folder, "canvas.db", 0, 0xa5, 100);
  before = fixture_read (f->folder, "canvas.db");
  wal_before = fixture_read (f->folder, "canvas.db-wal");
  tn_db_close (fixture_open_expecting (f->folder, TN_STORE_RECOVERED));
  after = fixture_read (f->folder, DAMAGED "20241005-000012");
  wal_after = fixture_read (f->folder, DAMAGED "20241005-000012-wal");
  g_assert_true (g_bytes_equal (after, before));
  g_assert_true (g_bytes_equal (wal_after, wal_before));

  fixture_scribble (f->folder, "canvas.db", 0, 0xa5, 100);
  tn_db_close (fixture_open_expecting (f->folder, TN_STORE_RECOVERED));
  g_assert_true (fixture_exists (f->folder, DAMAGED "20241005-000012-2"));
}

static void
test_garbage_wal (Fixture *f, gconstpointer data)
{
  TnDb *db;

  make_with_backup (f);
  kill_while_open (f->folder);
  fixture_scribble (f->folder, "canvas.db-wal", 0, 0x5a, 8192);
  db = fixture_open_expecting (f->folder, TN_STORE_OPENED);
  /* What had reached the file itself is there, and the rest is kept. */
  g_assert_nonnull (strstr (tn_db_get_notice (db), DAMAGED "20241005-000012-wal"));
  g_assert_true (fixture_exists (f->folder, DAMAGED "20241005-000012-wal"));
  tn_db_close (db);
  assert_canvases (f->folder, "first,second");

  fixture_write (f->folder, "canvas.db-wal", "garbage, garbage", 16);
  tn_db_close (fixture_open_expecting (f->folder, TN_STORE_OPENED));
  g_assert_true (fixture_exists (f->folder, DAMAGED "20241005-000012-2-wal"));
}

/* Where the log is lost, the file may have been caught halfway. */
static void
test_garbage_wal_beside_damage (Fixture *f, gconstpointer data)
{
  make_with_backup (f);
  fixture_write (f->folder, "canvas.db-wal", "garbage, garbage", 16);
  fixture_scribble (f->folder, "canvas.db", 8192, 0xff, 64);
  open_recovered (f);
}

static void
test_garbage_inside_wal (Fixture *f, gconstpointer data)
{
  TnDb *db;

  make_with_backup (f);
  kill_while_open (f->folder);
  fixture_scribble (f->folder, "canvas.db-wal", 32 + 24 + 50, 0x5a, 500);
  db = fixture_open_expecting (f->folder, TN_STORE_OPENED);
  g_assert_true (tn_db_check (db, NULL));
  tn_db_close (db);
  assert_canvases (f->folder, "first,second");
}

static void
test_killed (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) marks = NULL;

  make_with_backup (f);
  kill_while_open (f->folder);
  tn_db_close (fixture_open_expecting (f->folder, TN_STORE_OPENED));
  /* Looked at once, it need not be again. */
  marks = fixture_read (f->folder, "canvas.lock");
  g_assert_cmpuint (g_bytes_get_size (marks), ==, 0);
  assert_canvases (f->folder, "first,late,second");
}

/* Only what nobody else has open may be judged; who was killed beside others is remembered. */
static void
test_killed_beside_others (Fixture *f, gconstpointer data)
{
  TnDb *other;

  make_with_backup (f);
  other = fixture_open (f->folder);
  kill_while_open (f->folder);
  tn_db_close (fixture_open_expecting (f->folder, TN_STORE_OPENED));
  tn_db_close (other);
  fixture_scribble (f->folder, "canvas.db", 8192, 0xff, 64);
  open_recovered (f);
}

/* Past the size that every start looks through. */
static void
grow (Fixture *f)
{
  g_autofree char *text = g_strnfill (200 * 1024, 'x');
  g_autoptr (JsonNode) data = json_node_init_string (json_node_alloc (), text);
  TnDb *db = fixture_open (f->folder);

  for (int i = 0; i < 90; i++)
    {
      g_autoptr (TnEvent) event = tn_event_new ("tn:/host", "a.b", data, NULL);

      g_assert_true (tn_db_append_event (db, event, NULL));
    }
  tn_db_close (db);
  g_assert_cmpuint (get_size (f), >, 17 * 1024 * 1024);
}

static void
test_damage_of_a_small_file (Fixture *f, gconstpointer data)
{
  make_with_backup (f);
  fixture_scribble (f->folder, "canvas.db", get_size (f) / 2 / 4096 * 4096, 0xee, 4096);
  open_recovered (f);
}

/* A file that is gone would take every change and keep none. */
static void
test_removed_while_open (Fixture *f, gconstpointer data)
{
  TnDb *db = fixture_open (f->folder);
  g_autofree char *path = fixture_path (f->folder, "canvas.db");
  g_autoptr (TnOperation) operation = tn_operation_new ("canvas.create", "late", "Late");
  g_autoptr (TnCanvasRecord) canvas = tn_canvas_record_new ("late", "Late");
  g_autoptr (GError) error = NULL;

  fixture_add_canvas (db, "first");
  g_assert_cmpint (g_unlink (path), ==, 0);
  tn_operation_put_canvas (operation, canvas);
  g_assert_false (tn_db_apply (db, operation, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_READ_ONLY);
  tn_db_close (db);
}

/* Damage that shows while the program runs makes the next start look closely. */
static void
test_damage_while_open (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *root = NULL;
  gsize page;
  TnDb *db;

  make_with_backup (f);
  grow (f);
  root = fixture_sql (f->folder, "SELECT rootpage FROM sqlite_schema WHERE name = 'canvas'");
  page = g_ascii_strtoull (root, NULL, 10) - 1;
  g_assert_cmpuint (page, >, 0);
  fixture_scribble (f->folder, "canvas.db", page * 4096, 0xee, 4096);
  db = fixture_open_expecting (f->folder, TN_STORE_OPENED);
  g_assert_null (tn_db_list_canvases (db, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_DAMAGED);
  tn_db_close (db);
  open_recovered (f);
}

static void
test_bad_backups_are_passed_over (Fixture *f, gconstpointer data)
{
  static const char junk[]
    = "not a database at all, though long enough to have a header of its own, were it one. ........";

  make_with_backup (f);
  fixture_write (f->backups, "canvas-000009-2024-10-09.db", junk, sizeof junk);
  fixture_copy (f->backups, f->backups, "canvas-000001-2024-10-05.db");
  fixture_write (f->backups, "canvas-000008-2024-10-08.db", "", 0);
  fixture_write (f->backups, "notes.txt", "", 0);
  fixture_write (f->backups, "canvas-7-x.db", "", 0);
  fixture_scribble (f->folder, "canvas.db", 0, 0xa5, 100);
  open_recovered (f);
}

static void
test_daily (Fixture *f, gconstpointer data)
{
  TnDb *db = fixture_open (f->folder);

  fixture_add_canvas (db, "c");
  for (int day = 0; day < 12; day++)
    {
      wall_us += DAY_US;
      fixture_add_tile (db, "c", (char[]){ 'a' + day, 0 }, 0, day);
      fixture_move (db, "c", "a", 3, day);
      g_assert_true (tn_db_kv_set (db, TN_KV_TILE, "a", "k", "1", NULL));
      g_assert_cmpuint (fixture_count (f->backups, ""), ==, MIN (day + 1, 7));
    }
  tn_db_close (db);
  g_assert_true (fixture_exists (f->backups, "canvas-000012-2024-10-16.db"));
  g_assert_true (fixture_exists (f->backups, "canvas-000006-2024-10-10.db"));
  db = fixture_open (f->folder);
  fixture_move (db, "c", "a", 5, 5);
  tn_db_close (db);
  g_assert_cmpuint (fixture_count (f->backups, ""), ==, 7);
}

/* A clock that was years ahead for a day must not make its backup the newest for years. */
static void
test_clock_jumps (Fixture *f, gconstpointer data)
{
  TnDb *db = fixture_open (f->folder);

  g_mkdir (f->backups, 0755);
  fixture_write (f->backups, "canvas-000099-2024-10-05.db~", "", 0);
  fixture_add_canvas (db, "c");
  wall_us += 9000 * DAY_US;
  fixture_add_tile (db, "c", "future", 0, 0);
  wall_us -= 8999 * DAY_US;
  fixture_add_tile (db, "c", "present", 4, 0);
  tn_db_close (db);
  g_assert_true (fixture_exists (f->backups, "canvas-000001-2049-05-26.db"));
  g_assert_true (fixture_exists (f->backups, "canvas-000002-2024-10-05.db"));
  fixture_scribble (f->folder, "canvas.db", 0, 0xa5, 100);
  db = fixture_open_expecting (f->folder, TN_STORE_RECOVERED);
  g_assert_nonnull (strstr (tn_db_get_notice (db), "2024-10-05"));
  tn_db_close (db);
}

/* No room for a backup is no reason to refuse a change. */
static void
test_backup_fails (Fixture *f, gconstpointer data)
{
  g_autofree char *warning = NULL;
  TnDb *db = fixture_open (f->folder);

  fixture_write (f->folder, "backups", "in the way", 10);
  wall_us += DAY_US;
  fixture_add_canvas (db, "c");
  warning = fixture_take_warning ();
  g_assert_nonnull (strstr (warning, "backup could not be made"));
  fixture_add_canvas (db, "d");
  tn_db_close (db);
  assert_canvases (f->folder, "c,d");
}

/* A backup of what is damaged is none, and pushes no good one out. */
static void
test_backup_of_damaged (Fixture *f, gconstpointer data)
{
  g_autofree char *warning = NULL;
  TnDb *db;

  make_with_backup (f);
  grow (f);
  /* The pages of the events: nothing that the next change itself has to read. */
  db = fixture_open (f->folder);
  for (int i = 0; i < 200; i++)
    {
      g_autoptr (TnEvent) event = tn_event_new ("tn:/host", "a.b", NULL, NULL);

      g_assert_true (tn_db_append_event (db, event, NULL));
    }
  tn_db_close (db);
  fixture_scribble (f->folder, "canvas.db", get_size (f) - 3 * 4096, 0xee, 3 * 4096);
  wall_us += DAY_US;
  db = fixture_open_expecting (f->folder, TN_STORE_OPENED);
  fixture_add_canvas (db, "third");
  tn_db_close (db);
  warning = fixture_take_warning ();
  g_assert_nonnull (strstr (warning, "backup could not be made"));
  g_assert_cmpuint (fixture_count (f->backups, ""), ==, 1);
  open_recovered (f);
}

/* Sound pages whose rows do not fit together. */
static void
test_orphans (Fixture *f, gconstpointer data)
{
  g_autofree char *done = NULL, *warning = NULL;
  g_autoptr (GError) error = NULL;
  TnDb *db;

  make_with_backup (f);
  grow (f);
  done = fixture_sql (f->folder, "INSERT INTO place VALUES ('nobody', 'wide', 0, 0, 1, 1)");
  wall_us += DAY_US;
  db = fixture_open_expecting (f->folder, TN_STORE_OPENED);
  g_assert_false (tn_db_check (db, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_DAMAGED);
  fixture_add_canvas (db, "third");
  tn_db_close (db);
  warning = fixture_take_warning ();
  g_assert_nonnull (strstr (warning, "backup could not be made"));
  g_assert_cmpuint (fixture_count (f->backups, ""), ==, 1);
  open_recovered (f);
}

/* Files of others. */

static void
refuse (Fixture *f, TnStoreErrorCode code)
{
  static const TnDbMode modes[] = { TN_DB_READ_WRITE, TN_DB_READ_ONLY, TN_DB_READ_WRITE };
  g_autoptr (GBytes) before = fixture_read (f->folder, "canvas.db");

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) after = NULL;

      g_assert_null (tn_db_open (f->folder, modes[i], &error));
      g_assert_error (error, TN_STORE_ERROR, (int) code);
      g_test_message ("%s", error->message);
      after = fixture_read (f->folder, "canvas.db");
      g_assert_true (g_bytes_equal (after, before));
    }
}

static void
test_newer (Fixture *f, gconstpointer data)
{
  g_autofree char *done = NULL;

  make_with_backup (f);
  done = fixture_sql (f->folder, "PRAGMA user_version = 99");
  refuse (f, TN_STORE_ERROR_NEWER);
}

/* Untouched means its log too. */
static void
test_newer_and_killed (Fixture *f, gconstpointer data)
{
  g_autofree char *done = NULL;
  g_autoptr (GBytes) before = NULL, after = NULL;

  make_with_backup (f);
  kill_while_open (f->folder);
  done = fixture_sql (f->folder, "PRAGMA user_version = 99");
  before = fixture_read (f->folder, "canvas.db-wal");
  refuse (f, TN_STORE_ERROR_NEWER);
  after = fixture_read (f->folder, "canvas.db-wal");
  g_assert_true (g_bytes_equal (after, before));
}

static void
test_foreign (Fixture *f, gconstpointer data)
{
  g_autofree char *done = fixture_sql (f->folder, "CREATE TABLE somebody (s)");

  refuse (f, TN_STORE_ERROR_OPEN);
}

static void
test_in_the_way (Fixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_path (f->folder, "canvas.db");
  g_autofree char *below = fixture_path (path, "below");
  g_autoptr (GError) error = NULL;

  g_mkdir (path, 0755);
  g_assert_null (tn_db_open (f->folder, TN_DB_READ_WRITE, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_OPEN);
  g_clear_error (&error);
  g_rmdir (path);
  fixture_write (f->folder, "canvas.db", "x", 1);
  g_assert_null (tn_db_open (below, TN_DB_READ_WRITE, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_OPEN);
  g_assert_nonnull (strstr (error->message, below));
}

static void
test_lock_in_the_way (Fixture *f, gconstpointer data)
{
  g_autofree char *path = fixture_path (f->folder, "canvas.lock");
  g_autoptr (GError) error = NULL;

  g_mkdir (path, 0755);
  g_assert_null (tn_db_open (f->folder, TN_DB_READ_WRITE, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_OPEN);
}

/* Somebody who prepares the workspace and does not come to an end. */
static void
test_locked_for_long (Fixture *f, gconstpointer data)
{
  TnDbLock *lock = tn_db_lock_take (f->folder, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (tn_db_lock_is_exclusive (lock));
  tn_clock_set_source (&hasty_source);
  g_assert_null (tn_db_open (f->folder, TN_DB_READ_WRITE, &error));
  tn_clock_set_source (&clock_source);
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_BUSY);
  tn_db_lock_release (lock, FALSE);
  tn_db_close (fixture_open_expecting (f->folder, TN_STORE_CREATED));
}

/* Between being made and being filled; a reader may come then. */
static void
test_read_too_early (Fixture *f, gconstpointer data)
{
  g_autofree char *done = fixture_sql (f->folder, "PRAGMA application_id = 5");
  g_autoptr (GError) error = NULL;

  g_assert_null (tn_db_open (f->folder, TN_DB_READ_ONLY, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_OPEN);
  g_assert_nonnull (strstr (error->message, "older"));
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/store/recover/truncated", test_truncated },
    { "/store/recover/empty-file", test_empty_file },
    { "/store/recover/missing-file", test_missing_file },
    { "/store/recover/missing-file-without-backup", test_missing_file_without_backup },
    { "/store/recover/garbage-header", test_garbage_header },
    { "/store/recover/flipped-pages", test_flipped_pages },
    { "/store/recover/without-backup", test_without_backup },
    { "/store/recover/set-aside-whole", test_set_aside_whole },
    { "/store/recover/garbage-wal", test_garbage_wal },
    { "/store/recover/garbage-wal-beside-damage", test_garbage_wal_beside_damage },
    { "/store/recover/garbage-inside-wal", test_garbage_inside_wal },
    { "/store/recover/killed", test_killed },
    { "/store/recover/killed-beside-others", test_killed_beside_others },
    { "/store/recover/damage-of-a-small-file", test_damage_of_a_small_file },
    { "/store/recover/removed-while-open", test_removed_while_open },
    { "/store/recover/damage-while-open", test_damage_while_open },
    { "/store/recover/bad-backups", test_bad_backups_are_passed_over },
    { "/store/backup/daily", test_daily },
    { "/store/backup/clock-jumps", test_clock_jumps },
    { "/store/backup/fails", test_backup_fails },
    { "/store/backup/of-damaged", test_backup_of_damaged },
    { "/store/backup/of-orphans", test_orphans },
    { "/store/open/newer", test_newer },
    { "/store/open/newer-and-killed", test_newer_and_killed },
    { "/store/open/foreign", test_foreign },
    { "/store/open/in-the-way", test_in_the_way },
    { "/store/open/lock-in-the-way", test_lock_in_the_way },
    { "/store/open/locked-for-long", test_locked_for_long },
    { "/store/open/read-too-early", test_read_too_early },
  };

  g_test_init (&argc, &argv, NULL);
  fixture_catch_warnings ();
  tn_clock_set_source (&clock_source);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
