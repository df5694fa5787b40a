/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Killed at any moment: what was reported as done is there, and nothing is half there. */

#define N_KILLS 200
#define N_TILES 8
#define MAX_LIFE_US 25000

#define DONE "SELECT ifnull (max (seq), 0) FROM operation WHERE undone = 0 AND kind = 'test.step'"
#define KEPT "SELECT ifnull (max (seq), 0) FROM operation"

/* What the child says through the pipe as soon as a call has returned. */
typedef struct
{
  int operation; /* the newest that was applied */
  int value;     /* the newest that was set */
} Report;

/* The number that @sql says; 0 where it says nothing. */
static int
read_number (const char *folder, const char *sql)
{
  g_autofree char *text = fixture_sql (folder, sql);

  return atoi (text);
}

/* Operation n puts every tile at row n and n into every title: half of one would show. */
static void
apply_numbered (TnDb *db, int number)
{
  g_autofree char *subject = g_strdup_printf ("%d", number);
  g_autoptr (TnOperation) operation = tn_operation_new ("test.step", "c", subject);
  g_autoptr (TnCanvasRecord) canvas = tn_canvas_record_new ("c", subject);
  g_autoptr (GError) error = NULL;

  canvas->position = number;
  tn_operation_put_canvas (operation, canvas);
  for (int i = 0; i < N_TILES; i++)
    {
      g_autofree char *id = g_strdup_printf ("tile%d", i);
      g_autoptr (TnTileRecord) tile = tn_tile_record_new (id, "c", "abcdefghijklmnop", "com.example.app");

      tile->title = g_strdup (subject);
      tile->x = i;
      tile->y = number;
      tn_operation_put_tile (operation, tile);
    }
  g_assert_true (tn_db_apply (db, operation, &error));
  g_assert_no_error (error);
}

/* There and back: at any moment the newest is done or it is not. The only canvas stays. */
static void
waver (TnDb *db)
{
  g_autoptr (TnOperation) undone = NULL, redone = NULL;
  g_autoptr (GError) error = NULL;

  if (!tn_db_can_undo (db))
    return;
  undone = tn_db_undo (db, &error);
  g_assert_no_error (error);
  redone = tn_db_redo (db, &error);
  g_assert_no_error (error);
}

/* The same over several at once. */
static void
leap (TnDb *db)
{
  g_autoptr (GPtrArray) history = tn_db_list_history (db, 0, 4, NULL);
  TnHistoryRecord *newest = g_ptr_array_index (history, 0), *oldest = g_ptr_array_index (history, history->len - 1);
  g_autoptr (TnCanvasRecord) canvas = tn_db_preview_canvas (db, oldest->seq, "c", TN_LAYOUT_WIDE, NULL);

  g_assert_nonnull (canvas);
  g_assert_true (tn_db_go_to (db, oldest->seq, NULL, NULL));
  g_assert_true (tn_db_go_to (db, newest->seq, NULL, NULL));
}

/* Operation @number makes a copy, which is taken away again and dropped by the next. */
static void
copy_numbered (TnDb *db, int number)
{
  g_autofree char *name = g_strdup_printf ("%d", number);
  g_autofree char *id = tn_db_duplicate_canvas (db, "c", name, NULL);
  g_autoptr (TnOperation) undone = tn_db_undo (db, NULL);

  g_assert_nonnull (id);
  g_assert_cmpstr (tn_operation_get_subject (undone), ==, name);
}

static void
live (const char *folder, int pipe_fd)
{
  g_autoptr (TnDb) db = fixture_open (folder);
  Report report = { 0, 0 };
  int number = read_number (folder, KEPT);
  g_autoptr (TnEvent) event = tn_event_new ("tn:/host", "test.step", NULL, NULL);

  while (TRUE)
    {
      g_autofree char *json = NULL;

      apply_numbered (db, ++number);
      report.operation = number;
      g_assert_cmpint (write (pipe_fd, &report, sizeof report), ==, sizeof report);
      json = g_strdup_printf ("%d", number);
      g_assert_true (tn_db_kv_set (db, TN_KV_APP, "app", "n", json, NULL));
      g_assert_true (tn_db_save_state (db, "tile0", json, NULL));
      report.value = number;
      g_assert_cmpint (write (pipe_fd, &report, sizeof report), ==, sizeof report);
      tn_db_append_event (db, event, NULL);
      waver (db);
      leap (db);
      copy_numbered (db, ++number);
    }
}

/* Lets one live for @life_us and kills it. Returns: what it reported last. */
static Report
live_and_die (const char *folder, gulong life_us)
{
  Report report = { 0, 0 }, next;
  int fds[2], status = 0;
  pid_t pid;

  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  if (pid == 0)
    {
      close (fds[0]);
      live (folder, fds[1]);
      _exit (1);
    }
  close (fds[1]);
  g_usleep (life_us);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  while (read (fds[0], &next, sizeof next) == sizeof next)
    report = next;
  close (fds[0]);
  return report;
}

/* @done: the newest numbered operation that is done; %d stands for it. */
static void
assert_whole (const char *folder, int done)
{
  static const char *const halves[] = {
    "SELECT count (*) FROM canvas WHERE id = 'c' AND (name <> '%d' OR position <> name)",
    "SELECT count (*) FROM tile JOIN place ON tile_id = id WHERE canvas_id = 'c' AND (title <> '%d' OR y <> title)",
    "SELECT count (*) FROM operation WHERE subject <> CAST (seq AS TEXT) OR (undone = 1 AND seq < %d)",
    "SELECT count (*) FROM operation WHERE seq = %d AND (SELECT count (*) FROM change WHERE change.seq = operation.seq)"
    " <> 17",
    /* Copies, of what the operation before them left; one that a life could not take away stays. */
    "SELECT count (*) FROM tile JOIN place ON tile_id = tile.id JOIN canvas ON canvas.id = canvas_id"
    " WHERE canvas_id <> 'c' AND (name <> title + 1 OR y <> title OR %d = 0)",
    "SELECT count (*) FROM canvas WHERE (SELECT count (*) FROM tile JOIN place ON tile_id = tile.id"
    "                                    WHERE canvas_id = canvas.id) <> 8 OR %d = 0",
    "SELECT count (*) FROM canvas WHERE %d > 0 AND (SELECT count (*) FROM kv JOIN tile ON owner = tile.id"
    "                                   WHERE canvas_id = canvas.id) <> (SELECT count (*) FROM kv WHERE owner = "
    "'tile0')",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (halves); i++)
    {
      g_auto (GStrv) parts = g_strsplit (halves[i], "%d", 2);
      g_autofree char *sql = g_strdup_printf ("%s%d%s", parts[0], done, parts[1]);

      g_test_message ("%s", sql);
      g_assert_cmpint (read_number (folder, sql), ==, 0);
    }
  g_assert_cmpint (read_number (folder, "SELECT count (*) FROM tile WHERE canvas_id = 'c'"), ==,
                   done > 0 ? N_TILES : 0);
}

/* What is in the file after a kill, against what was @reported; @before: the newest operation before that life. */
static int
judge (const char *folder, int before, Report reported)
{
  TnDb *db = fixture_open (folder);
  g_autoptr (GError) error = NULL;
  int newest, value;

  g_assert_true (tn_db_get_outcome (db) == TN_STORE_OPENED || before == 0);
  g_assert_cmpstr (tn_db_get_notice (db), ==, "");
  g_assert_true (tn_db_check (db, &error));
  newest = read_number (folder, KEPT);
  value = read_number (folder, "SELECT value FROM kv WHERE scope = 'app'");
  g_assert_cmpint (newest, >=, MAX (before, reported.operation));
  g_assert_cmpint (newest, <=, MAX (before, reported.operation) + 2);
  g_assert_cmpint (value, >=, reported.value);
  g_assert_cmpint (value, <=, newest);
  assert_whole (folder, read_number (folder, DONE));
  tn_db_close (db);
  return newest;
}

static void
test_kill (void)
{
  char *folder = fixture_make_folder ();
  int newest = 0, n_fruitful = 0;

  for (int i = 0; i < N_KILLS; i++)
    {
      Report reported = live_and_die (folder, g_test_rand_int_range (0, MAX_LIFE_US));

      n_fruitful += reported.operation > 0;
      newest = judge (folder, newest, reported);
    }
  g_test_message ("%d operations, %d of %d lives came to one", newest, n_fruitful, N_KILLS);
  /* Deaths before the first operation prove little. */
  g_assert_cmpint (n_fruitful, >, N_KILLS / 4);
  fixture_remove_folder (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/kill", test_kill);
  return g_test_run ();
}
