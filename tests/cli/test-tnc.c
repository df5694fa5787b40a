/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pack.h"
#include "tn-db.h"
#include "tn-json.h"

/* Runs the built tnc, whose path is the first argument, in a home of its own. */
static char *tnc;

typedef struct
{
  char *home;
  char *data;      /* what TN_DATA_DIR is for tnc */
  const char *bus; /* address of a session bus; NULL where there is none */
} Home;

typedef struct
{
  int code;
  char *out;
  char *err;
} Run;

static void
run_clear (Run *run)
{
  g_free (run->out);
  g_free (run->err);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static char *
in_home (Home *home, const char *path)
{
  return g_build_filename (home->home, path, NULL);
}

static GSubprocess *
spawn (Home *home, const char *line, GSubprocessFlags flags, const char *out)
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

static Run
run (Home *home, const char *line)
{
  g_autoptr (GSubprocess) process
    = spawn (home, line, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL);
  g_autoptr (GError) error = NULL;
  Run result = { 0 };

  g_subprocess_communicate_utf8 (process, NULL, NULL, &result.out, &result.err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  result.code = g_subprocess_get_exit_status (process);
  g_test_message ("tnc %s\n%s%s=> %d", line, result.out, result.err, result.code);
  return result;
}

static void
set_up (Home *home, gconstpointer data)
{
  home->home = g_dir_make_tmp ("tnc-XXXXXX", NULL);
  home->data = in_home (home, "data");
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) entries = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);

  for (const char *name; entries != NULL && (name = g_dir_read_name (entries)) != NULL;)
    {
      g_autofree char *entry = g_build_filename (path, name, NULL);

      remove_tree (entry);
    }
  g_remove (path);
}

static void
tear_down (Home *home, gconstpointer data)
{
  remove_tree (home->home);
  g_free (home->home);
  g_free (home->data);
}

static void
add_file (Home *home, const char *path, const char *content)
{
  g_autofree char *file = in_home (home, path);
  g_autofree char *folder = g_path_get_dirname (file);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (file, content, -1, NULL));
}

static void
add_app (Home *home, const char *folder, const char *id, const char *name)
{
  g_autofree char *manifest = g_build_filename (folder, "manifest.json", NULL);
  g_autofree char *page = g_build_filename (folder, "index.html", NULL);
  g_autofree char *text
    = g_strdup_printf ("{\"sdk\": 1, \"id\": \"%s\", \"name\": \"%s\", \"version\": \"1.2.0\"}", id, name);

  add_file (home, manifest, text);
  add_file (home, page, "<!doctype html>\n");
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
static void
describe_tree (const char *path, GString *text)
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
    describe_tree (names->pdata[i], text);
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

static char *
add_workspace (Home *home, const char *name)
{
  g_autofree char *path = g_build_filename ("token-nexus-canvas", name, NULL);
  char *directory = in_home (home, path);
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

static const char *const formats[] = { "native", "gridstack", "grafana", "homeassistant" };

static void
test_version_and_help (Home *home, gconstpointer data)
{
  g_auto (Run) version = run (home, "--version");
  g_auto (Run) json = run (home, "--version --json");
  g_auto (Run) help = run (home, "help");
  g_auto (Run) same = run (home, "--help");
  g_auto (Run) verb = run (home, "help canvas export");
  g_auto (Run) also = run (home, "canvas export --help");
  g_auto (Run) group = run (home, "help app");
  g_auto (Run) wrong = run (home, "help lsit");
  g_autoptr (JsonObject) object = tn_json_parse_object (json.out, -1, NULL, NULL);

  g_assert_cmpstr (version.out, ==, "tnc " APP_VERSION "\n");
  g_assert_cmpint (version.code, ==, 0);
  g_assert_cmpstr (tn_json_get_string (object, "version", NULL), ==, APP_VERSION);
  g_assert_cmpint (help.code, ==, 0);
  g_assert_nonnull (strstr (help.out, "tnc canvas export FILE [--canvas NAME|ID] [--format FORMAT]"));
  g_assert_cmpstr (help.out, ==, same.out);
  g_assert_nonnull (strstr (verb.out, "--canvas NAME|ID"));
  g_assert_null (strstr (verb.out, "tnc doctor"));
  g_assert_cmpstr (verb.out, ==, also.out);
  g_assert_nonnull (strstr (group.out, "tnc app validate"));
  g_assert_null (strstr (group.out, "tnc canvas"));
  g_assert_cmpint (wrong.code, ==, 2);
  g_assert_nonnull (strstr (wrong.err, "“list”"));
}

static void
test_help_json (Home *home, gconstpointer data)
{
  g_auto (Run) all = run (home, "help --json");
  g_auto (Run) one = run (home, "help --json canvas export");
  g_autoptr (JsonNode) verbs = tn_json_parse (all.out, -1, NULL, NULL);
  g_autoptr (JsonNode) verb = tn_json_parse (one.out, -1, NULL, NULL);

  g_assert_cmpuint (json_array_get_length (json_node_get_array (verbs)), >=, 7);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (verb)), ==, 1);
  g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (verb, "/0/verb")), ==, "canvas export");
  g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (verb, "/0/options/0/name")), ==, "canvas");
  g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (verb, "/0/options/0/value")), ==, "NAME|ID");
  g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (verb, "/0/options/1/name")), ==, "format");
  g_assert_true (json_node_is_null (tn_json_pointer_get (verb, "/0/options/2/value")));
}

/* Every line that must fail, with its exit code and what the sentence names. */
static const struct
{
  const char *line;
  int code;
  const char *word;
} failures[] = {
  { "", 2, "tnc help" },
  { "lits", 2, "“list”" },
  { "list --jsn", 2, "“--json”" },
  { "list --workspace ../../etc", 2, "“../../etc”" },
  { "list --workspace .git", 2, "“.git”" },
  { "canvas list --workspace 'a\nb'", 2, "\\u{A}" },
  { "canvas \033[2J", 2, "\\u{1B}[2J" },
  { "app validate", 2, "PATH" },
  { "app validate nowhere", 4, "nowhere" },
  { "app validate /dev/null", 4, "/dev/null" },
  { "app validate ''", 4, "" },
  { "list", 4, "apps" },
  { "canvas list", 4, "default" },
  { "canvas list --json", 4, "default" },
  { "canvas show --workspace work", 4, "work" },
  { "canvas export -", 4, "default" },
  { "canvas export - --format gridstak", 2, "“gridstack”" },
  { "canvas import", 2, "FILE" },
  { "canvas import nowhere.json", 4, "nowhere.json" },
  { "canvas import .", 1, "“.”" },
  { "canvas import . --format yaml", 2, "“native”" },
  { "canvas import /dev/null", 1, "line 1" },
};

static void
test_failures (Home *home, gconstpointer data)
{
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) after = g_string_new (NULL);

  describe_tree (home->home, before);
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_auto (Run) result = run (home, failures[i].line);

      g_assert_cmpint (result.code, ==, failures[i].code);
      g_assert_cmpstr (result.out, ==, "");
      g_assert_true (g_str_has_prefix (result.err, "tnc: "));
      g_assert_nonnull (strstr (result.err, failures[i].word));
      g_assert_true (strchr (result.err, '\n') == result.err + strlen (result.err) - 1);
      g_assert_null (strchr (result.err, '\033'));
    }
  describe_tree (home->home, after);
  g_assert_cmpstr (before->str, ==, after->str);
}

static void
test_validate (Home *home, gconstpointer data)
{
  add_app (home, "good", "com.example.good", "Good");
  add_file (home, "bad/manifest.json", "{\"sdk\": 1, \"id\": 7, \"name\": \"\", \"version\": \"one\"}");
  add_file (home, "torn/manifest.json", "{\"sdk\":");
  {
    g_auto (Run) good = run (home, "app validate good");
    g_auto (Run) bad = run (home, "app validate bad");
    g_auto (Run) torn = run (home, "app validate torn");

    g_assert_cmpint (good.code, ==, 0);
    g_assert_nonnull (strstr (good.out, "Good, version 1.2.0"));
    g_assert_cmpstr (good.err, ==, "");
    g_assert_cmpint (bad.code, ==, 1);
    g_assert_nonnull (strstr (bad.out, "/id"));
    g_assert_nonnull (strstr (bad.out, "/version"));
    g_assert_nonnull (strstr (bad.err, "“bad” is not valid"));
    g_assert_cmpint (torn.code, ==, 1);
    g_assert_nonnull (strstr (torn.out, "(whole file)"));
    g_assert_nonnull (strstr (torn.err, "1 fault\n"));
  }
}

static void
add_package (Home *home, const char *name, gboolean zip, const PackEntry *entries, gsize n)
{
  g_autoptr (GBytes) bytes = zip ? pack_zip (entries, n) : pack_tgz (entries, n);

  g_free (pack_write_bytes (home->home, name, bytes));
}

/* A package is unpacked for that, and nothing stays of it. */
static void
test_validate_package (Home *home, gconstpointer data)
{
  static const PackEntry good[] = {
    { '0', "p/manifest.json", "{\"sdk\":1,\"id\":\"com.example.a\",\"name\":\"Good\",\"version\":\"1.2.0\"}" },
    { '0', "p/index.html", "<p>" },
  };
  static const PackEntry bad[] = { { '0', "p/manifest.json", "{\"sdk\":1,\"id\":\"a\"}" } };
  static const PackEntry xdc[] = { { '0', "index.html", "<p>" }, { '0', "manifest.toml", "name = 7" } };
  static const struct
  {
    const char *name;
    gboolean zip;
    const PackEntry *entries;
    gsize n;
    int code;
    const char *word;
  } packages[] = {
    { "good.tgz", FALSE, good, 2, 0, "“good.tgz” is valid: Good, version 1.2.0" },
    { "bad.tnapp", FALSE, bad, 1, 1, "“bad.tnapp” is not valid: 4 faults" },
    { "none.tgz", FALSE, good + 1, 1, 4, "“none.tgz” has no manifest.json" },
    { "Chess.xdc", TRUE, xdc, 1, 0, "“Chess.xdc” is valid: Chess, version 1.0.0" },
    { "odd.xdc", TRUE, xdc, 2, 1, "manifest.toml, line 1" },
    { "torn.tgz", TRUE, xdc, 1, 6, "damaged" },
  };
  g_autofree char *tmp = in_home (home, "tmp");

  g_assert_cmpint (g_mkdir (tmp, 0700), ==, 0);
  g_setenv ("TMPDIR", tmp, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (packages); i++)
    {
      g_autofree char *line = g_strconcat ("app validate ", packages[i].name, NULL);
      g_auto (Run) result = { 0 };

      add_package (home, packages[i].name, packages[i].zip, packages[i].entries, packages[i].n);
      result = run (home, line);
      g_assert_cmpint (result.code, ==, packages[i].code);
      g_assert_true (strstr (result.out, packages[i].word) != NULL || strstr (result.err, packages[i].word) != NULL);
    }
  g_unsetenv ("TMPDIR");
  g_assert_cmpint (g_rmdir (tmp), ==, 0);
}

static void
test_validate_json (Home *home, gconstpointer data)
{
  add_app (home, "good", "com.example.good", "Good");
  add_file (home, "torn/manifest.json", "[");
  {
    g_auto (Run) good = run (home, "app validate good --json");
    g_auto (Run) torn = run (home, "app validate torn --json");
    g_autoptr (JsonNode) right = tn_json_parse (good.out, -1, NULL, NULL);
    g_autoptr (JsonNode) wrong = tn_json_parse (torn.out, -1, NULL, NULL);

    g_assert_cmpint (good.code, ==, 0);
    g_assert_true (json_node_get_boolean (tn_json_pointer_get (right, "/valid")));
    g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (right, "/id")), ==, "com.example.good");
    g_assert_cmpuint (json_array_get_length (json_node_get_array (tn_json_pointer_get (right, "/faults"))), ==, 0);
    g_assert_cmpint (torn.code, ==, 1);
    g_assert_cmpstr (torn.err, ==, "");
    g_assert_false (json_node_get_boolean (tn_json_pointer_get (wrong, "/valid")));
    g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (wrong, "/faults/0/pointer")), ==, "");
    g_assert_nonnull (tn_json_pointer_get (wrong, "/faults/0/message"));
    g_assert_null (tn_json_pointer_get (wrong, "/id"));
  }
}

static void
test_list (Home *home, gconstpointer data)
{
  add_app (home, "data/apps/b", "com.example.beta", "Beta");
  add_app (home, "data/apps/a", "com.example.alpha", "Alpha");
  add_file (home, "data/apps/broken/manifest.json", "{}");
  {
    g_auto (Run) table = run (home, "list");
    g_auto (Run) json = run (home, "list --json");
    g_autoptr (JsonNode) apps = tn_json_parse (json.out, -1, NULL, NULL);
    g_auto (GStrv) lines = g_strsplit (table.out, "\n", -1);

    g_assert_cmpint (table.code, ==, 0);
    g_assert_cmpuint (g_strv_length (lines), ==, 4);
    g_assert_true (g_str_has_prefix (lines[0], "ID                 NAME   VERSION  SOURCE   KEY"));
    g_assert_true (g_str_has_prefix (lines[1], "com.example.alpha  Alpha  1.2.0    bundled  "));
    g_assert_true (g_str_has_prefix (lines[2], "com.example.beta   Beta   1.2.0    bundled  "));
    g_assert_nonnull (strstr (table.err, "“broken” can't be placed"));
    g_assert_nonnull (strstr (table.err, "tnc app validate"));
    g_assert_cmpuint (json_array_get_length (json_node_get_array (apps)), ==, 2);
    g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (apps, "/1/id")), ==, "com.example.beta");
    g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (apps, "/1/version")), ==, "1.2.0");
    g_assert_cmpuint (strlen (json_node_get_string (tn_json_pointer_get (apps, "/1/key"))), ==, 16);
  }
}

static void
test_canvas_list_and_show (Home *home, gconstpointer data)
{
  g_autofree char *directory = add_workspace (home, "work");
  g_auto (Run) list = run (home, "canvas list --workspace work");
  g_auto (Run) json = run (home, "canvas list --workspace work --json");
  g_auto (Run) first = run (home, "canvas show --workspace work");
  g_auto (Run) named = run (home, "canvas show Home --workspace work");
  g_auto (Run) by_id = run (home, "canvas show c3 --workspace work --json");
  g_auto (Run) twins = run (home, "canvas show Twin --workspace work");
  g_auto (Run) none = run (home, "canvas show Hoem --workspace work");
  g_autoptr (JsonNode) canvases = tn_json_parse (json.out, -1, NULL, NULL);
  g_autoptr (JsonNode) shown = tn_json_parse (by_id.out, -1, NULL, NULL);

  g_assert_cmpstr (list.out, ==, "ID  NAME  LOCKED\nc1  Home  no\nc2  Twin  no\nc3  Twin  no\n");
  g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (canvases, "/0/name")), ==, "Home");
  g_assert_cmpstr (first.out, ==,
                   "TILE     APP               TITLE          PLACE    LOCKED\n"
                   "t-left   com.example.todo  –              0,0 4×3  no\n"
                   "t-right  com.example.todo  \\u{1B}[31mRed  4,0 4×3  no\n");
  g_assert_cmpstr (named.out, ==, first.out);
  g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (shown, "/id")), ==, "c3");
  g_assert_cmpint (twins.code, ==, 2);
  g_assert_nonnull (strstr (twins.err, "“c2” or “c3”"));
  g_assert_cmpint (none.code, ==, 4);
  g_assert_nonnull (strstr (none.err, "“Home”"));
}

static void
test_export (Home *home, gconstpointer data)
{
  g_autofree char *directory = add_workspace (home, "default");
  g_autofree char *file = in_home (home, "out.json");
  g_autofree char *link = in_home (home, "link.json");
  g_autofree char *written = NULL;
  g_auto (Run) out = run (home, "canvas export -");
  g_auto (Run) plain = run (home, "canvas export out.json --canvas Home");
  g_auto (Run) json = { 0 };
  g_autoptr (JsonNode) document = tn_json_parse (out.out, -1, NULL, NULL);
  g_autoptr (JsonNode) report = NULL;

  g_assert_cmpint (out.code, ==, 0);
  g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (document, "/format")), ==, "token-nexus-canvas");
  g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (document, "/canvas/tiles/0/id")), ==, "t-left");
  g_assert_cmpint (plain.code, ==, 0);
  g_assert_cmpstr (plain.out, ==, "");
  g_assert_nonnull (strstr (plain.err, "2 tiles"));
  g_assert_true (g_file_get_contents (file, &written, NULL, NULL));
  g_assert_cmpstr (written, ==, out.out);

  g_assert_cmpint (symlink ("out.json", link), ==, 0);
  json = run (home, "canvas export link.json --canvas c3 --json");
  report = tn_json_parse (json.out, -1, NULL, NULL);
  g_assert_cmpint (json_node_get_int (tn_json_pointer_get (report, "/tiles")), ==, 0);
  g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (report, "/canvas")), ==, "c3");
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_clear_pointer (&written, g_free);
  g_assert_true (g_file_get_contents (file, &written, NULL, NULL));
  g_assert_nonnull (strstr (written, "\"c3\""));
}

static void
test_export_refused (Home *home, gconstpointer data)
{
  g_autofree char *directory = add_workspace (home, "default");
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) after = g_string_new (NULL);
  g_autofree char *pipe = in_home (home, "pipe");

  add_file (home, "kept.json", "mine");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  describe_tree (home->home, before);
  {
    g_auto (Run) special = run (home, "canvas export pipe");
    g_auto (Run) folder = run (home, "canvas export .");
    g_auto (Run) nowhere = run (home, "canvas export nowhere/out.json");
    g_auto (Run) unknown = run (home, "canvas export kept.json --canvas Nothing");

    g_assert_cmpint (special.code, ==, 2);
    g_assert_nonnull (strstr (special.err, "not a plain file"));
    g_assert_cmpint (folder.code, ==, 2);
    g_assert_cmpint (nowhere.code, ==, 4);
    g_assert_nonnull (strstr (nowhere.err, "nowhere"));
    g_assert_cmpint (unknown.code, ==, 4);
  }
  describe_tree (home->home, after);
  g_assert_cmpstr (before->str, ==, after->str);
  g_assert_false (g_file_test (pipe, G_FILE_TEST_IS_REGULAR));
}

/* What was exported in any format is imported again, into whatever workspace. */
static void
test_import (Home *home, gconstpointer data)
{
  g_autofree char *directory = add_workspace (home, "default");
  g_autofree char *other = add_workspace (home, "other");

  add_app (home, "data/apps/a", "com.example.alpha", "Alpha");
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *export = g_strdup_printf ("canvas export out.json --canvas c1 --format %s", formats[i]);
      g_autofree char *made = g_strdup_printf ("“Home %zu” with 2 tiles", i + 2);
      g_auto (Run) out = run (home, export);
      g_auto (Run) plain = run (home, "canvas import out.json");
      g_auto (Run) json = run (home, "canvas import out.json --json --workspace other");
      g_auto (Run) list = run (home, "canvas list");
      g_autoptr (JsonNode) report = tn_json_parse (json.out, -1, NULL, NULL);
      g_autofree char *show = NULL;
      g_auto (Run) shown = { 0 };

      g_assert_cmpint (out.code, ==, 0);
      g_assert_cmpint (plain.code, ==, 0);
      g_assert_cmpstr (plain.out, ==, "");
      g_assert_nonnull (strstr (plain.err, made)); /* its own name is taken */
      g_assert_cmpint (json.code, ==, 0);
      g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (report, "/format")), ==, formats[i]);
      g_assert_cmpint (json_node_get_int (tn_json_pointer_get (report, "/tiles")), ==, 2);
      show = g_strdup_printf ("canvas show --workspace other %s",
                              json_node_get_string (tn_json_pointer_get (report, "/canvas")));
      shown = run (home, show);
      g_assert_nonnull (strstr (shown.out, "com.example.todo  "));
      g_assert_nonnull (strstr (shown.out, "  0,0 4×3  no\n"));
      g_assert_nonnull (strstr (shown.out, "  4,0 4×3  no\n"));
    }
}

/* What can't be imported leaves the workspace alone, and says where it is wrong. */
static void
test_import_refused (Home *home, gconstpointer data)
{
  g_autofree char *directory = add_workspace (home, "default");
  g_autoptr (GString) before = g_string_new (NULL), after = g_string_new (NULL);

  add_file (home, "lovelace.yaml", "views:\n  - title: Home\n");
  add_file (home, "torn.json", "[\n{\"x\": NaN}]");
  add_file (home, "other.json", "{\"a\": 1}");
  add_file (home, "wide.json", "{\"column\": 65, \"children\": []}");
  add_file (home, "list.json", "[{\"x\": 0, \"y\": 0}]");
  describe_tree (home->home, before);
  {
    /* Without the folder of apps each would become a placeholder. */
    g_auto (Run) import = run (home, "canvas import list.json");

    g_assert_cmpint (import.code, ==, 4);
    g_assert_nonnull (strstr (import.err, "nothing was imported"));
  }
  describe_tree (home->home, after);
  g_assert_cmpstr (before->str, ==, after->str);
  add_app (home, "data/apps/a", "com.example.alpha", "Alpha");
  g_string_truncate (before, 0);
  g_string_truncate (after, 0);
  describe_tree (home->home, before);
  {
    g_auto (Run) yaml = run (home, "canvas import lovelace.yaml");
    g_auto (Run) torn = run (home, "canvas import torn.json");
    g_auto (Run) other = run (home, "canvas import other.json");
    g_auto (Run) named = run (home, "canvas import other.json --format grafana");
    g_auto (Run) wide = run (home, "canvas import wide.json");
    g_auto (Run) nowhere = run (home, "canvas import wide.json --workspace nowhere");

    g_assert_cmpint (yaml.code, ==, 1);
    g_assert_nonnull (strstr (yaml.err, "yq"));
    g_assert_nonnull (strstr (torn.err, "line 2"));
    g_assert_nonnull (strstr (other.err, "Grafana"));
    g_assert_nonnull (strstr (named.err, "Grafana dashboard"));
    g_assert_cmpint (wide.code, ==, 1);
    g_assert_nonnull (strstr (wide.err, "/column"));
    g_assert_cmpint (nowhere.code, ==, 1);
  }
  describe_tree (home->home, after);
  g_assert_cmpstr (before->str, ==, after->str);
}

static void
take_signal (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *member,
             GVariant *arguments, gpointer told)
{
  *(GVariant **) told = g_variant_ref (arguments);
}

/* An open window hears of it. */
static void
test_import_announced (Home *home, gconstpointer data)
{
  g_autofree char *directory = add_workspace (home, "default");
  g_autoptr (GTestDBus) daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GVariant) told = NULL;
  const char *workspace, *canvas;

  g_test_dbus_up (daemon);
  home->bus = g_test_dbus_get_bus_address (daemon);
  bus = g_dbus_connection_new_for_address_sync (home->bus,
                                                G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                  | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                NULL, NULL, NULL);
  g_dbus_connection_signal_subscribe (bus, NULL, "com.tokennexus.Canvas1", "StoreChanged", "/com/tokennexus/Canvas",
                                      NULL, G_DBUS_SIGNAL_FLAGS_NONE, take_signal, &told, NULL);
  add_app (home, "data/apps/a", "com.example.alpha", "Alpha");
  add_file (home, "list.json", "\xef\xbb\xbf[{\"x\": 0, \"y\": 0}]");
  {
    g_auto (Run) import = run (home, "canvas import list.json --json");
    g_autoptr (JsonNode) report = tn_json_parse (import.out, -1, NULL, NULL);

    while (told == NULL)
      g_main_context_iteration (NULL, TRUE);
    g_variant_get (told, "(&s&s)", &workspace, &canvas);
    g_assert_cmpstr (workspace, ==, "default");
    g_assert_cmpstr (canvas, ==, json_node_get_string (tn_json_pointer_get (report, "/canvas")));
  }
  home->bus = NULL;
  g_clear_object (&bus);
  g_test_dbus_down (daemon);
}

static void
test_import_unknown_workspace (Home *home, gconstpointer data)
{
  g_autofree char *made = in_home (home, "token-nexus-canvas");

  add_file (home, "list.json", "[{\"x\": 0, \"y\": 0}]");
  {
    g_auto (Run) misspelt = run (home, "canvas import list.json --workspace wrok");

    g_assert_cmpint (misspelt.code, ==, 4);
    g_assert_false (g_file_test (made, G_FILE_TEST_EXISTS));
  }
}

/* What reads changes nothing. */
static void
test_reads_only (Home *home, gconstpointer data)
{
  static const char *const lines[] = { "canvas list", "canvas show", "canvas export -", "doctor", "list" };
  g_autofree char *directory = add_workspace (home, "default");
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) after = g_string_new (NULL);

  add_app (home, "data/apps/a", "com.example.alpha", "Alpha");
  describe_tree (home->home, before);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto (Run) result = run (home, lines[i]);

      g_assert_cmpint (strlen (result.out), >, 0);
    }
  describe_tree (home->home, after);
  g_assert_cmpstr (before->str, ==, after->str);
}

static void
test_damaged (Home *home, gconstpointer data)
{
  g_autofree char *directory = add_workspace (home, "default");
  g_autofree char *file = g_build_filename (directory, "canvas.db", NULL);
  g_autofree char *rubbish = g_strnfill (8192, '#');
  g_autofree char *after = NULL;

  g_assert_true (g_file_set_contents (file, rubbish, -1, NULL));
  {
    g_auto (Run) list = run (home, "canvas list");
    g_auto (Run) export = run (home, "canvas export out.json");
    g_autofree char *out = in_home (home, "out.json");

    g_assert_cmpint (list.code, ==, 6);
    g_assert_cmpstr (list.out, ==, "");
    g_assert_nonnull (strstr (list.err, "damaged"));
    g_assert_cmpint (export.code, ==, 6);
    g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
  }
  g_assert_true (g_file_get_contents (file, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, rubbish);
}

static void
test_newer (Home *home, gconstpointer data)
{
  g_autofree char *directory = add_workspace (home, "default");
  g_autofree char *file = g_build_filename (directory, "canvas.db", NULL);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (file, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA user_version = 9999", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  {
    g_auto (Run) list = run (home, "canvas list");

    g_assert_cmpint (list.code, ==, 1);
    g_assert_cmpstr (list.out, ==, "");
    g_assert_nonnull (strstr (list.err, "newer version"));
  }
}

static void
test_unreadable (Home *home, gconstpointer data)
{
  g_autofree char *directory = NULL;
  g_autofree char *app = in_home (home, "app/manifest.json");
  g_autofree char *apps = in_home (home, "data/apps");

  if (geteuid () == 0)
    {
      g_test_skip ("root can read everything");
      return;
    }
  directory = add_workspace (home, "default");
  add_app (home, "app", "com.example.app", "App");
  add_app (home, "data/apps/a", "com.example.alpha", "Alpha");
  g_chmod (directory, 0);
  g_chmod (app, 0);
  g_chmod (apps, 0);
  {
    g_auto (Run) canvases = run (home, "canvas list");
    g_auto (Run) validate = run (home, "app validate app");
    g_auto (Run) list = run (home, "list");

    g_assert_cmpint (canvases.code, ==, 1);
    g_assert_nonnull (strstr (canvases.err, "Permission denied"));
    g_assert_cmpint (validate.code, ==, 1);
    g_assert_nonnull (strstr (validate.err, "Permission denied"));
    g_assert_cmpint (list.code, ==, 1);
    g_assert_nonnull (strstr (list.err, "Permission denied"));
  }
  g_chmod (directory, 0700);
  g_chmod (apps, 0700);
}

/* A full disk behind standard output is no success. */
static void
test_full_output (Home *home, gconstpointer data)
{
  g_autoptr (GSubprocess) process = spawn (home, "help", G_SUBPROCESS_FLAGS_STDERR_PIPE, "/dev/full");
  g_autofree char *err = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &err, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  g_assert_nonnull (strstr (err, "Standard output"));
}

static void
test_doctor (Home *home, gconstpointer data)
{
  g_auto (Run) text = run (home, "doctor");
  g_auto (Run) json = run (home, "doctor --json");
  g_autoptr (JsonNode) report = tn_json_parse (json.out, -1, NULL, NULL);
  JsonArray *checks = json_node_get_array (tn_json_pointer_get (report, "/checks"));

  /* Without a display nothing runs, whatever else this machine has. */
  g_assert_cmpint (text.code, ==, 1);
  g_assert_nonnull (strstr (text.out, "xvfb-run"));
  g_assert_nonnull (strstr (text.err, "can't run"));
  g_assert_cmpint (json.code, ==, 1);
  g_assert_false (json_node_get_boolean (tn_json_pointer_get (report, "/ok")));
  g_assert_cmpuint (json_array_get_length (checks), ==, 8);
  for (guint i = 0; i < json_array_get_length (checks); i++)
    {
      JsonObject *check = json_array_get_object_element (checks, i);

      g_assert_nonnull (tn_json_get_string (check, "sentence", NULL));
      if (g_str_equal (tn_json_get_string (check, "id", ""), "display"))
        g_assert_cmpstr (tn_json_get_string (check, "state", NULL), ==, "missing");
    }
}

#define ADD(name, function) g_test_add ("/tnc/" name, Home, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  tnc = g_canonicalize_filename (argv[1], NULL);
  ADD ("version-and-help", test_version_and_help);
  ADD ("help-json", test_help_json);
  ADD ("failures", test_failures);
  ADD ("validate", test_validate);
  ADD ("validate-json", test_validate_json);
  ADD ("validate-package", test_validate_package);
  ADD ("list", test_list);
  ADD ("canvas-list-and-show", test_canvas_list_and_show);
  ADD ("export", test_export);
  ADD ("export-refused", test_export_refused);
  ADD ("import", test_import);
  ADD ("import-refused", test_import_refused);
  ADD ("import-announced", test_import_announced);
  ADD ("import-unknown-workspace", test_import_unknown_workspace);
  ADD ("reads-only", test_reads_only);
  ADD ("damaged", test_damaged);
  ADD ("newer", test_newer);
  ADD ("unreadable", test_unreadable);
  ADD ("full-output", test_full_output);
  ADD ("doctor", test_doctor);
  result = g_test_run ();
  g_free (tnc);
  return result;
}
