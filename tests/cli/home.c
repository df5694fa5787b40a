/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "home.h"

#include <glib/gstdio.h>
#include <string.h>

#include "pack.h"
#include "tn-db.h"

char *tnc;

void
home_init_tests (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  tnc = g_canonicalize_filename (argv[1], NULL);
}

void
run_clear (Run *run)
{
  g_free (run->out);
  g_free (run->err);
}

char *
home_path (Home *home, const char *path)
{
  return g_build_filename (home->home, path, NULL);
}

GSubprocess *
home_spawn (Home *home, const char *line, GSubprocessFlags flags, const char *out)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autofree char *full = g_strdup_printf ("tnc %s", line);
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_assert_true (g_shell_parse_argv (full, NULL, &argv, NULL));
  g_free (argv[0]);
  argv[0] = g_strdup (tnc);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", home->home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", home->home, TRUE);
  g_subprocess_launcher_setenv (launcher, "TN_DATA_DIR", home->data, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "DBUS_SESSION_BUS_ADDRESS");
  if (home->bus != NULL)
    g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", home->bus, TRUE);
  g_subprocess_launcher_set_cwd (launcher, home->home);
  if (out != NULL)
    g_subprocess_launcher_set_stdout_file_path (launcher, out);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  g_assert_no_error (error);
  return process;
}

Run
home_run (Home *home, const char *line)
{
  g_autoptr (GSubprocess) process
    = home_spawn (home, line, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL);
  g_autoptr (GError) error = NULL;
  Run result = { 0 };

  g_subprocess_communicate_utf8 (process, NULL, NULL, &result.out, &result.err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  result.code = g_subprocess_get_exit_status (process);
  g_test_message ("tnc %s\n%s%s=> %d", line, result.out, result.err, result.code);
  return result;
}

void
home_set_up (Home *home, gconstpointer data)
{
  home->home = pack_make_folder ();
  home->data = home_path (home, "data");
}

static void
take_signal (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *member,
             GVariant *arguments, gpointer user_data)
{
  Home *home = user_data;

  g_clear_pointer (&home->told, g_variant_unref);
  home->told = g_variant_ref (arguments);
}

void
home_listen (Home *home, const char *signal)
{
  g_autoptr (GError) error = NULL;

  home->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (home->daemon);
  home->bus = g_test_dbus_get_bus_address (home->daemon);
  home->listener = g_dbus_connection_new_for_address_sync (home->bus,
                                                           G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                             | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                           NULL, NULL, &error);
  g_assert_no_error (error);
  home->subscription = g_dbus_connection_signal_subscribe (home->listener, NULL, "com.tokennexus.Canvas1", signal,
                                                           "/com/tokennexus/Canvas", NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                                           take_signal, home, NULL);
}

GVariant *
home_wait_told (Home *home)
{
  while (home->told == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (&home->told);
}

static void
stop_listening (Home *home)
{
  if (home->daemon == NULL)
    return;
  /* A signal that nobody waited for is still on its way to this home. */
  g_dbus_connection_signal_unsubscribe (home->listener, home->subscription);
  g_clear_object (&home->listener);
  g_clear_pointer (&home->told, g_variant_unref);
  home->bus = NULL;
  g_test_dbus_down (home->daemon);
  g_clear_object (&home->daemon);
}

void
home_tear_down (Home *home, gconstpointer data)
{
  stop_listening (home);
  pack_remove_folder (home->home);
  g_free (home->data);
}

void
home_add_file (Home *home, const char *path, const char *content)
{
  g_autofree char *file = home_path (home, path);
  g_autofree char *folder = g_path_get_dirname (file);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (file, content, -1, NULL));
}

void
home_add_app (Home *home, const char *folder, const char *id, const char *name)
{
  g_autofree char *manifest = g_build_filename (folder, "manifest.json", NULL);
  g_autofree char *page = g_build_filename (folder, "index.html", NULL);
  g_autofree char *text
    = g_strdup_printf ("{\"sdk\": 1, \"id\": \"%s\", \"name\": \"%s\", \"version\": \"1.2.0\"}", id, name);

  home_add_file (home, manifest, text);
  home_add_file (home, page, "<!doctype html>\n");
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* SQLite can't read a database with a log without its index beside it, and leaves both. An empty log says nothing. */
static gboolean
is_of_sqlite (const char *path, goffset size)
{
  return g_str_has_suffix (path, "-shm") || (g_str_has_suffix (path, "-wal") && size == 0);
}

/* Every file's name, size and time of change: what a verb that only reads must leave alone. */
void
home_describe (const char *path, GString *text)
{
  g_autoptr (GDir) entries = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GStatBuf status;

  g_assert_cmpint (g_lstat (path, &status), ==, 0);
  if (entries != NULL)
    g_string_append_printf (text, "%s\n", path);
  else if (!is_of_sqlite (path, status.st_size))
    g_string_append_printf (text, "%s %" G_GINT64_FORMAT " %ld.%09ld\n", path, (gint64) status.st_size,
                            status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
  for (const char *name; entries != NULL && (name = g_dir_read_name (entries)) != NULL;)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    home_describe (names->pdata[i], text);
}

static void
put_tile (TnDb *db, const char *canvas, const char *id, int x, const char *title)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.add", canvas, "Todo");
  g_autoptr (TnTileRecord) tile = tn_tile_record_new (id, canvas, "abcdefghijklmnop", "com.example.todo");

  tile->title = g_strdup (title);
  tile->x = x;
  tile->w = 4;
  tile->h = 3;
  tn_operation_put_tile (operation, tile);
  g_assert_true (tn_db_apply (db, operation, NULL));
}

static void
put_canvas (TnDb *db, const char *id, const char *name, int position)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("canvas.create", id, name);
  g_autoptr (TnCanvasRecord) canvas = tn_canvas_record_new (id, name);

  canvas->position = position;
  tn_operation_put_canvas (operation, canvas);
  g_assert_true (tn_db_apply (db, operation, NULL));
}

char *
home_add_workspace (Home *home, const char *name)
{
  g_autofree char *path = g_build_filename ("token-nexus-canvas", name, NULL);
  char *directory = home_path (home, path);
  g_autoptr (GError) error = NULL;
  TnDb *db = tn_db_open (directory, TN_DB_READ_WRITE, &error);

  g_assert_no_error (error);
  put_canvas (db, "c2", "Twin", 1);
  put_canvas (db, "c1", "Home", 0);
  put_canvas (db, "c3", "Twin", 2);
  put_tile (db, "c1", "t-right", 4, "\033[31mRed");
  put_tile (db, "c1", "t-left", 0, NULL);
  tn_db_close (db);
  return directory;
}
