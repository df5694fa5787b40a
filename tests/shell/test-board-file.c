/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-board-file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "tn-fault.h"
#include "tn-faults-dialog.h"

typedef struct
{
  char *directory;
  TnCatalogue *catalogue;
  GAsyncResult *result;
} Fixture;

static void
setup (Fixture *fixture, gconstpointer data)
{
  fixture->directory = g_dir_make_tmp ("tn-board-file-XXXXXX", NULL);
  fixture->catalogue = tn_catalogue_new ();
  g_assert_true (tn_catalogue_load (fixture->catalogue, fixture->directory, NULL));
}

static void
teardown (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->directory, 0, NULL);

  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (fixture->directory, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->directory);
  g_free (fixture->directory);
  g_object_unref (fixture->catalogue);
  g_clear_object (&fixture->result);
}

static GFile *
file_of (Fixture *fixture, const char *name)
{
  return g_file_new_build_filename (fixture->directory, name, NULL);
}

static GFile *
put_file (Fixture *fixture, const char *name, const char *text)
{
  GFile *file = file_of (fixture, name);

  g_assert_true (g_file_set_contents (g_file_peek_path (file), text, -1, NULL));
  return file;
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->result = g_object_ref (result);
}

static GAsyncResult *
wait_for (Fixture *fixture)
{
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return fixture->result;
}

static TnBoardFile *
read_file (Fixture *fixture, GFile *file, GError **error)
{
  g_clear_object (&fixture->result);
  tn_board_file_read_async (file, fixture->catalogue, result_cb, fixture);
  return tn_board_file_read_finish (wait_for (fixture), error);
}

static GPtrArray *
write_file (Fixture *fixture, GFile *file, TnFormat format, TnBoard *board, GError **error)
{
  g_clear_object (&fixture->result);
  tn_board_file_write_async (file, format, board, result_cb, fixture);
  return tn_board_file_write_finish (wait_for (fixture), error);
}

static void
assert_refused (Fixture *fixture, GFile *file, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *title = tn_board_file_title (file);

  g_assert_null (read_file (fixture, file, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, title));
  if (strstr (error->message, word) == NULL)
    g_error ("no “%s” in: %s", word, error->message);
}

static void
test_name (void)
{
  static const char *const names[][2]
    = { { "Home", "Home.json" }, { "a/b", "a-b.json" }, { "../up", "-.-up.json" }, { "", ".json" } };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = tn_board_file_name (names[i][0]);

      g_assert_cmpstr (name, ==, names[i][1]);
    }
}

static void
test_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file
    = put_file (fixture, "Team.v2.json", "[{\"x\":0,\"y\":0,\"w\":2,\"h\":2},{\"x\":1,\"y\":0,\"w\":2,\"h\":2}]");
  g_autoptr (GError) error = NULL;
  g_autoptr (TnBoardFile) read = read_file (fixture, file, &error);

  g_assert_no_error (error);
  g_assert_cmpint (read->format, ==, TN_FORMAT_GRIDSTACK);
  g_assert_cmpstr (read->board->canvas->name, ==, "Team.v2");
  g_assert_cmpuint (read->board->tiles->len, ==, 2);
  g_assert_cmpuint (read->report->len, ==, 1);
}

static void
test_refuse (Fixture *fixture, gconstpointer data)
{
  static const char *const bad[][2]
    = { { "", "line 1" }, { "[", "line 1" }, { "{\"a\":1}", "choose" }, { "views:\n  - title: x\n", "YAML" } };
  g_autoptr (GFile) missing = file_of (fixture, "missing.json");
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->directory);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GFile) file = put_file (fixture, "bad.json", bad[i][0]);

      assert_refused (fixture, file, bad[i][1]);
    }
  assert_refused (fixture, missing, "No such file");
  assert_refused (fixture, folder, "not a file");
}

/* A sparse file costs nothing on the disk, and no more of it is read than is taken. */
static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = put_file (fixture, "large.json", "[");

  g_assert_cmpint (truncate (g_file_peek_path (file), (goffset) 1 << 40), ==, 0);
  assert_refused (fixture, file, "64");
}

/* Apps are found by their ids, in the thread that reads. */
static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  TnApp *clock = tn_catalogue_find_id (fixture->catalogue, "com.tokennexus.clock");
  TnBoard *board = tn_board_new ("Home");
  TnTileRecord *tile = tn_tile_record_new ("t1", "c1", "another-key-0000", tn_app_get_id (clock));
  g_autoptr (GFile) file = file_of (fixture, "home.json");
  g_autoptr (GPtrArray) report = NULL;
  g_autoptr (TnBoardFile) read = NULL;
  g_autoptr (GError) error = NULL;

  tile->w = tile->h = 2;
  tn_board_add (board, tile);
  report = write_file (fixture, file, TN_FORMAT_NATIVE, board, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->len, ==, 0);
  read = read_file (fixture, file, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read->format, ==, TN_FORMAT_NATIVE);
  g_assert_cmpstr (read->board->canvas->name, ==, "Home");
  g_assert_cmpuint (read->board->tiles->len, ==, 1);
}

/* What can't be written leaves what is there. */
static void
test_unwritable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = file_of (fixture, "no-folder/home.json");
  g_autoptr (GError) error = NULL;

  g_assert_null (write_file (fixture, file, TN_FORMAT_NATIVE, tn_board_new ("Home"), &error));
  g_assert_nonnull (strstr (error->message, "“home.json” can’t be written"));
}

static void
test_lines (void)
{
  g_autoptr (GPtrArray) faults = tn_fault_list_new ();
  g_autofree char *lines = NULL;

  tn_fault_list_add (faults, "/a/1", "too %s", "wide");
  tn_fault_list_add (faults, "", "old");
  lines = tn_faults_dialog_lines (faults);
  g_assert_cmpstr (lines, ==, "/a/1: too wide\nThe whole file: old\n");
}

#define ADD(path, run) g_test_add (path, Fixture, NULL, setup, run, teardown)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-file/name", test_name);
  ADD ("/board-file/read", test_read);
  ADD ("/board-file/refuse", test_refuse);
  ADD ("/board-file/too-large", test_too_large);
  ADD ("/board-file/round-trip", test_round_trip);
  ADD ("/board-file/unwritable", test_unwritable);
  g_test_add_func ("/faults/lines", test_lines);
  return g_test_run ();
}
