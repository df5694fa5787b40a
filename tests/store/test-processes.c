/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* The window and the command line may write at once. */

#define N_WRITERS 4
#define N_OPERATIONS 60

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_make_folder ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  fixture_remove_folder (f->folder);
}

static void
expect_number (const char *folder, const char *sql, int expected)
{
  g_autofree char *number = fixture_sql (folder, sql);

  g_assert_cmpint (atoi (number), ==, expected);
}

/* Runs @work in @n processes at once and expects all to come to their ends. */
static void
run_writers (Fixture *f, int n, void (*work) (const char *folder, int number))
{
  pid_t pids[N_WRITERS];

  for (int i = 0; i < n; i++)
    {
      pids[i] = fork ();
      if (pids[i] == 0)
        {
          work (f->folder, i);
          _exit (0);
        }
    }
  for (int i = 0; i < n; i++)
    {
      int status = -1;

      g_assert_cmpint (waitpid (pids[i], &status, 0), ==, pids[i]);
      g_assert_cmpint (status, ==, 0);
    }
}

static void
open_and_close (const char *folder, int number)
{
  g_autoptr (TnDb) db = fixture_open (folder);

  g_assert_true (tn_db_get_outcome (db) == TN_STORE_CREATED || tn_db_get_outcome (db) == TN_STORE_OPENED);
  g_assert_cmpstr (tn_db_get_notice (db), ==, "");
}

/* All find the same new workspace, whoever made it. */
static void
test_open_at_once (Fixture *f, gconstpointer data)
{
  for (int round = 0; round < 10; round++)
    {
      run_writers (f, N_WRITERS, open_and_close);
      tear_down (f, NULL);
      set_up (f, NULL);
    }
}

static void
write_operations (const char *folder, int number)
{
  g_autoptr (TnDb) db = fixture_open (folder);
  g_autofree char *tile = g_strdup_printf ("tile%d", number);

  fixture_add_tile (db, "c", tile, number, 0);
  for (int i = 1; i < N_OPERATIONS; i++)
    {
      g_autofree char *json = g_strdup_printf ("%d", i);

      fixture_move (db, "c", tile, number, i);
      g_assert_true (tn_db_kv_set (db, TN_KV_TILE, tile, "n", json, NULL));
    }
}

static void
test_write_at_once (Fixture *f, gconstpointer data)
{
  TnDb *db = fixture_open (f->folder);

  fixture_add_canvas (db, "c");
  tn_db_close (db);
  run_writers (f, N_WRITERS, write_operations);

  expect_number (f->folder, "SELECT count (*) FROM operation", 1 + N_WRITERS * N_OPERATIONS);
  expect_number (f->folder, "SELECT max (seq) FROM operation", 1 + N_WRITERS * N_OPERATIONS);
  expect_number (f->folder, "SELECT count (*) FROM place WHERE y = 59", N_WRITERS);
  expect_number (f->folder, "SELECT count (*) FROM kv WHERE value = '59'", N_WRITERS);

  /* What they did one after the other is one history. */
  db = fixture_open_expecting (f->folder, TN_STORE_OPENED);
  for (int i = 0; i < N_WRITERS * N_OPERATIONS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TnOperation) operation = tn_db_undo (db, &error);

      g_assert_no_error (error);
    }
  expect_number (f->folder, "SELECT count (*) FROM tile", 0);
  g_assert_true (tn_db_check (db, NULL));
  tn_db_close (db);
}

static void
undo_some (const char *folder, int number)
{
  g_autoptr (TnDb) db = fixture_open (folder);

  for (int i = 0; i < 20; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TnOperation) operation = tn_db_undo (db, &error);

      g_assert_no_error (error);
    }
}

/* Everything is taken back once and nothing twice. */
static void
test_undo_at_once (Fixture *f, gconstpointer data)
{
  TnDb *db = fixture_open (f->folder);

  fixture_add_canvas (db, "c");
  fixture_add_tile (db, "c", "t", 0, 0);
  for (int i = 1; i <= 100; i++)
    fixture_move (db, "c", "t", 0, i);
  tn_db_close (db);
  run_writers (f, N_WRITERS, undo_some);
  expect_number (f->folder, "SELECT y FROM place", 100 - 20 * N_WRITERS);
  expect_number (f->folder, "SELECT count (*) FROM operation WHERE undone = 1", 20 * N_WRITERS);
}

/* What one did the other sees at once, and may take back. */
static void
test_one_sees_the_other (Fixture *f, gconstpointer data)
{
  g_autoptr (TnDb) window = fixture_open (f->folder);
  g_autoptr (TnDb) tnc = fixture_open (f->folder);
  g_autoptr (TnCanvasRecord) canvas = NULL;
  g_autoptr (TnOperation) undone = NULL;

  fixture_add_canvas (window, "c");
  fixture_add_tile (tnc, "c", "t", 3, 4);
  canvas = tn_db_load_canvas (window, "c", TN_LAYOUT_WIDE, NULL);
  g_assert_cmpuint (canvas->tiles->len, ==, 1);
  undone = tn_db_undo (window, NULL);
  g_assert_cmpstr (tn_operation_get_kind (undone), ==, "tile.add");
  g_assert_true (tn_db_can_redo (tnc));
  fixture_add_tile (tnc, "c", "other", 9, 9);
  g_assert_false (tn_db_can_redo (window));
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/store/processes/open-at-once", test_open_at_once },
    { "/store/processes/write-at-once", test_write_at_once },
    { "/store/processes/undo-at-once", test_undo_at_once },
    { "/store/processes/one-sees-the-other", test_one_sees_the_other },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
