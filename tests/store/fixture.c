/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

char *
fixture_make_folder (void)
{
  char *folder = g_strdup ("/dev/shm/tn-store-XXXXXX");

  if (g_mkdtemp (folder) == NULL)
    {
      g_free (folder);
      folder = g_dir_make_tmp ("tn-store-XXXXXX", NULL);
    }
  g_assert_nonnull (folder);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  return folder;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  if (dir != NULL)
    g_chmod (path, 0700);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

void
fixture_remove_folder (char *folder)
{
  remove_tree (folder);
  g_free (folder);
}

TnDb *
fixture_open (const char *folder)
{
  g_autoptr (GError) error = NULL;
  TnDb *db = tn_db_open (folder, TN_DB_READ_WRITE, &error);

  g_assert_no_error (error);
  g_assert_nonnull (db);
  return db;
}

TnDb *
fixture_open_expecting (const char *folder, TnStoreOutcome outcome)
{
  TnDb *db = fixture_open (folder);

  g_test_message ("notice: %s", tn_db_get_notice (db));
  g_assert_cmpint (tn_db_get_outcome (db), ==, outcome);
  return db;
}

void
fixture_set_up (FixtureDb *f, gconstpointer data)
{
  f->folder = fixture_make_folder ();
  f->db = fixture_open_expecting (f->folder, TN_STORE_CREATED);
}

void
fixture_tear_down (FixtureDb *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  tn_db_check (f->db, &error);
  g_assert_no_error (error);
  tn_db_close (f->db);
  fixture_remove_folder (f->folder);
}

char *
fixture_path (const char *folder, const char *name)
{
  return g_build_filename (folder, name, NULL);
}

gboolean
fixture_exists (const char *folder, const char *name)
{
  g_autofree char *path = fixture_path (folder, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

guint
fixture_count (const char *folder, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, prefix);
  return n;
}

GBytes *
fixture_read (const char *folder, const char *name)
{
  g_autofree char *path = fixture_path (folder, name);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

void
fixture_write (const char *folder, const char *name, gconstpointer data, gsize length)
{
  g_autofree char *path = fixture_path (folder, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, length, &error);
  g_assert_no_error (error);
}

void
fixture_copy (const char *from_folder, const char *to_folder, const char *name)
{
  g_autoptr (GBytes) bytes = fixture_read (from_folder, name);

  fixture_write (to_folder, name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

void
fixture_scribble (const char *folder, const char *name, gsize offset, guint8 byte, gsize length)
{
  g_autofree char *path = fixture_path (folder, name);
  g_autofree guint8 *bytes = g_malloc (length);
  int fd = g_open (path, O_WRONLY, 0);

  g_assert_cmpint (fd, >=, 0);
  memset (bytes, byte, length);
  g_assert_cmpint (pwrite (fd, bytes, length, offset), ==, length);
  close (fd);
}

char *
fixture_sql (const char *folder, const char *sql)
{
  g_autofree char *path = fixture_path (folder, "canvas.db");
  g_autoptr (GString) lines = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;
  sqlite3 *connection = NULL;
  int result;

  g_assert_cmpint (sqlite3_open (path, &connection), ==, SQLITE_OK);
  sqlite3_busy_timeout (connection, 5000);
  /* As a second program would: whoever is last to close moves the log over, and that is not this one's business. */
  sqlite3_db_config (connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  result = sqlite3_prepare_v2 (connection, sql, -1, &statement, NULL);
  while (result == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW)
    g_string_append_printf (lines, "%s\n", (const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  g_assert_cmpstr (sqlite3_errmsg (connection), ==, "not an error");
  sqlite3_close (connection);
  return g_strdup (lines->str);
}

char *
fixture_dump (const char *folder)
{
  return fixture_sql (
    folder,
    "SELECT json_array ('canvas', id, name, position, locked, policy, foreign_data) FROM canvas"
    " UNION ALL SELECT json_array ('tile', id, canvas_id, app_key, app_id, title, locked, config, foreign_data, min_w,"
    "                              min_h, max_w, max_h) FROM tile"
    " UNION ALL SELECT json_array ('place', tile_id, layout, x, y, w, h) FROM place"
    " UNION ALL SELECT json_array ('kv', scope, owner, key, value) FROM kv ORDER BY 1");
}

static void
apply (TnDb *db, TnOperation *operation)
{
  g_autoptr (GError) error = NULL;

  tn_db_apply (db, operation, &error);
  g_assert_no_error (error);
}

void
fixture_add_canvas (TnDb *db, const char *canvas)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("canvas.create", canvas, canvas);
  g_autoptr (TnCanvasRecord) record = tn_canvas_record_new (canvas, canvas);

  tn_operation_put_canvas (operation, record);
  apply (db, operation);
}

void
fixture_add_tile (TnDb *db, const char *canvas, const char *tile, int x, int y)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.add", canvas, tile);
  g_autoptr (TnTileRecord) record = tn_tile_record_new (tile, canvas, "abcdefghijklmnop", "com.example.todo");

  record->x = x;
  record->y = y;
  record->w = record->h = 2;
  tn_operation_put_tile (operation, record);
  apply (db, operation);
}

void
fixture_move (TnDb *db, const char *canvas, const char *tile, int x, int y)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.move", canvas, tile);

  tn_operation_put_place (operation, tile, TN_LAYOUT_WIDE, x, y, 2, 2);
  apply (db, operation);
}

static char *last_warning;

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  if (level != G_LOG_LEVEL_WARNING)
    return g_log_writer_default (level, fields, n_fields, data);
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      {
        g_free (last_warning);
        last_warning = g_strdup (fields[i].value);
      }
  return G_LOG_WRITER_HANDLED;
}

void
fixture_catch_warnings (void)
{
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  g_log_set_writer_func (write_log, NULL, NULL);
}

char *
fixture_take_warning (void)
{
  return g_steal_pointer (&last_warning);
}

static void
run_child (FixtureChild child, gpointer data, gboolean unprivileged)
{
  int status = 0;
  pid_t pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      if (unprivileged && geteuid () == 0 && (setgroups (0, NULL) != 0 || setgid (NOBODY) != 0 || setuid (NOBODY) != 0))
        g_error ("no way to be nobody");
      child (data);
      fflush (NULL);
      _exit (0);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
}

void
fixture_run_unprivileged (FixtureChild child, gpointer data)
{
  run_child (child, data, TRUE);
}

void
fixture_run_child (FixtureChild child, gpointer data)
{
  run_child (child, data, FALSE);
}
