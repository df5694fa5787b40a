/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "home.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "tn-db.h"
#include "tn-json.h"

static const char *const formats[] = { "native", "gridstack", "grafana", "homeassistant" };

static void
test_canvas_list_and_show (Home *home, gconstpointer data)
{
  g_autofree char *directory = home_add_workspace (home, "work");
  g_auto (Run) list = home_run (home, "canvas list --workspace work");
  g_auto (Run) json = home_run (home, "canvas list --workspace work --json");
  g_auto (Run) first = home_run (home, "canvas show --workspace work");
  g_auto (Run) named = home_run (home, "canvas show Home --workspace work");
  g_auto (Run) by_id = home_run (home, "canvas show c3 --workspace work --json");
  g_auto (Run) twins = home_run (home, "canvas show Twin --workspace work");
  g_auto (Run) none = home_run (home, "canvas show Hoem --workspace work");
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
  g_autofree char *directory = home_add_workspace (home, "default");
  g_autofree char *file = home_path (home, "out.json");
  g_autofree char *link = home_path (home, "link.json");
  g_autofree char *written = NULL;
  g_auto (Run) out = home_run (home, "canvas export -");
  g_auto (Run) plain = home_run (home, "canvas export out.json --canvas Home");
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
  json = home_run (home, "canvas export link.json --canvas c3 --json");
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
  g_autofree char *directory = home_add_workspace (home, "default");
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) after = g_string_new (NULL);
  g_autofree char *pipe = home_path (home, "pipe");

  home_add_file (home, "kept.json", "mine");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  home_describe (home->home, before);
  {
    g_auto (Run) special = home_run (home, "canvas export pipe");
    g_auto (Run) folder = home_run (home, "canvas export .");
    g_auto (Run) nowhere = home_run (home, "canvas export nowhere/out.json");
    g_auto (Run) unknown = home_run (home, "canvas export kept.json --canvas Nothing");

    g_assert_cmpint (special.code, ==, 2);
    g_assert_nonnull (strstr (special.err, "not a plain file"));
    g_assert_cmpint (folder.code, ==, 2);
    g_assert_cmpint (nowhere.code, ==, 4);
    g_assert_nonnull (strstr (nowhere.err, "nowhere"));
    g_assert_cmpint (unknown.code, ==, 4);
  }
  home_describe (home->home, after);
  g_assert_cmpstr (before->str, ==, after->str);
  g_assert_false (g_file_test (pipe, G_FILE_TEST_IS_REGULAR));
}

/* What was exported in any format is imported again, into whatever workspace. */
static void
test_import (Home *home, gconstpointer data)
{
  g_autofree char *directory = home_add_workspace (home, "default");
  g_autofree char *other = home_add_workspace (home, "other");

  home_add_app (home, "data/apps/a", "com.example.alpha", "Alpha");
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *export = g_strdup_printf ("canvas export out.json --canvas c1 --format %s", formats[i]);
      g_autofree char *made = g_strdup_printf ("“Home %zu” with 2 tiles", i + 2);
      g_auto (Run) out = home_run (home, export);
      g_auto (Run) plain = home_run (home, "canvas import out.json");
      g_auto (Run) json = home_run (home, "canvas import out.json --json --workspace other");
      g_auto (Run) list = home_run (home, "canvas list");
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
      shown = home_run (home, show);
      g_assert_nonnull (strstr (shown.out, "com.example.todo  "));
      g_assert_nonnull (strstr (shown.out, "  0,0 4×3  no\n"));
      g_assert_nonnull (strstr (shown.out, "  4,0 4×3  no\n"));
    }
}

/* What can't be imported leaves the workspace alone, and says where it is wrong. */
static void
test_import_refused (Home *home, gconstpointer data)
{
  g_autofree char *directory = home_add_workspace (home, "default");
  g_autoptr (GString) before = g_string_new (NULL), after = g_string_new (NULL);

  home_add_file (home, "lovelace.yaml", "views:\n  - title: Home\n");
  home_add_file (home, "torn.json", "[\n{\"x\": NaN}]");
  home_add_file (home, "other.json", "{\"a\": 1}");
  home_add_file (home, "wide.json", "{\"column\": 65, \"children\": []}");
  home_add_file (home, "list.json", "[{\"x\": 0, \"y\": 0}]");
  home_describe (home->home, before);
  {
    /* Without the folder of apps each would become a placeholder. */
    g_auto (Run) import = home_run (home, "canvas import list.json");

    g_assert_cmpint (import.code, ==, 4);
    g_assert_nonnull (strstr (import.err, "nothing was imported"));
  }
  home_describe (home->home, after);
  g_assert_cmpstr (before->str, ==, after->str);
  home_add_app (home, "data/apps/a", "com.example.alpha", "Alpha");
  g_string_truncate (before, 0);
  g_string_truncate (after, 0);
  home_describe (home->home, before);
  {
    g_auto (Run) yaml = home_run (home, "canvas import lovelace.yaml");
    g_auto (Run) torn = home_run (home, "canvas import torn.json");
    g_auto (Run) other = home_run (home, "canvas import other.json");
    g_auto (Run) named = home_run (home, "canvas import other.json --format grafana");
    g_auto (Run) wide = home_run (home, "canvas import wide.json");
    g_auto (Run) nowhere = home_run (home, "canvas import wide.json --workspace nowhere");

    g_assert_cmpint (yaml.code, ==, 1);
    g_assert_nonnull (strstr (yaml.err, "yq"));
    g_assert_nonnull (strstr (torn.err, "line 2"));
    g_assert_nonnull (strstr (other.err, "Grafana"));
    g_assert_nonnull (strstr (named.err, "Grafana dashboard"));
    g_assert_cmpint (wide.code, ==, 1);
    g_assert_nonnull (strstr (wide.err, "/column"));
    g_assert_cmpint (nowhere.code, ==, 1);
  }
  home_describe (home->home, after);
  g_assert_cmpstr (before->str, ==, after->str);
}

/* An open window hears of it. */
static void
test_import_announced (Home *home, gconstpointer data)
{
  g_autofree char *directory = home_add_workspace (home, "default");

  home_listen (home, "StoreChanged");
  home_add_app (home, "data/apps/a", "com.example.alpha", "Alpha");
  home_add_file (home, "list.json", "\xef\xbb\xbf[{\"x\": 0, \"y\": 0}]");
  {
    g_auto (Run) import = home_run (home, "canvas import list.json --json");
    g_autoptr (JsonNode) report = tn_json_parse (import.out, -1, NULL, NULL);
    g_autoptr (GVariant) told = home_wait_told (home);
    const char *workspace, *canvas;

    g_variant_get (told, "(&s&s)", &workspace, &canvas);
    g_assert_cmpstr (workspace, ==, "default");
    g_assert_cmpstr (canvas, ==, json_node_get_string (tn_json_pointer_get (report, "/canvas")));
  }
}

static void
test_import_unknown_workspace (Home *home, gconstpointer data)
{
  g_autofree char *made = home_path (home, "token-nexus-canvas");

  home_add_file (home, "list.json", "[{\"x\": 0, \"y\": 0}]");
  {
    g_auto (Run) misspelt = home_run (home, "canvas import list.json --workspace wrok");

    g_assert_cmpint (misspelt.code, ==, 4);
    g_assert_false (g_file_test (made, G_FILE_TEST_EXISTS));
  }
}

/* What reads changes nothing. */
static void
test_reads_only (Home *home, gconstpointer data)
{
  static const char *const lines[] = { "canvas list", "canvas show", "canvas export -", "doctor", "list" };
  g_autofree char *directory = home_add_workspace (home, "default");
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) after = g_string_new (NULL);

  home_add_app (home, "data/apps/a", "com.example.alpha", "Alpha");
  home_describe (home->home, before);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto (Run) result = home_run (home, lines[i]);

      g_assert_cmpint (strlen (result.out), >, 0);
    }
  home_describe (home->home, after);
  g_assert_cmpstr (before->str, ==, after->str);
}

static void
test_damaged (Home *home, gconstpointer data)
{
  g_autofree char *directory = home_add_workspace (home, "default");
  g_autofree char *file = g_build_filename (directory, "canvas.db", NULL);
  g_autofree char *rubbish = g_strnfill (8192, '#');
  g_autofree char *after = NULL;

  g_assert_true (g_file_set_contents (file, rubbish, -1, NULL));
  {
    g_auto (Run) list = home_run (home, "canvas list");
    g_auto (Run) export = home_run (home, "canvas export out.json");
    g_autofree char *out = home_path (home, "out.json");

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
  g_autofree char *directory = home_add_workspace (home, "default");
  g_autofree char *file = g_build_filename (directory, "canvas.db", NULL);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (file, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA user_version = 9999", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  {
    g_auto (Run) list = home_run (home, "canvas list");

    g_assert_cmpint (list.code, ==, 1);
    g_assert_cmpstr (list.out, ==, "");
    g_assert_nonnull (strstr (list.err, "newer version"));
  }
}

static void
test_unreadable (Home *home, gconstpointer data)
{
  g_autofree char *directory = NULL;
  g_autofree char *app = home_path (home, "app/manifest.json");
  g_autofree char *apps = home_path (home, "data/apps");

  if (geteuid () == 0)
    {
      g_test_skip ("root can read everything");
      return;
    }
  directory = home_add_workspace (home, "default");
  home_add_app (home, "app", "com.example.app", "App");
  home_add_app (home, "data/apps/a", "com.example.alpha", "Alpha");
  g_chmod (directory, 0);
  g_chmod (app, 0);
  g_chmod (apps, 0);
  {
    g_auto (Run) canvases = home_run (home, "canvas list");
    g_auto (Run) validate = home_run (home, "app validate app");
    g_auto (Run) list = home_run (home, "list");

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

#define ADD(name, function) g_test_add ("/tnc/" name, Home, NULL, home_set_up, function, home_tear_down)

int
main (int argc, char **argv)
{
  home_init_tests (argc, argv);
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
  return g_test_run ();
}
