/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "home.h"

#include <pty.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tn-grant-record.h"
#include "tn-json.h"

#define ID "com.example.weather"
#define NETWORK "network:https://api.example.com:8443/*:"

typedef struct
{
  Home home;
  char *workspace;
} Desk;

static void
write_app (Desk *desk, const char *place)
{
  g_autofree char *folder = g_build_filename (desk->home.home, place, ID, NULL);
  g_autofree char *manifest = g_build_filename (folder, "manifest.json", NULL);
  g_autofree char *page = g_build_filename (folder, "index.html", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (
    manifest,
    "{\"sdk\": 1, \"id\": \"" ID "\", \"name\": \"Wea\\u0074her\", \"version\": \"1.0.0\", "
    "\"security\": {\"allowedDomains\": [\"api.example.com\"]}, \"permissions\": ["
    "{\"type\": \"network\", \"resource\": \"https://api.example.com:8443/*\", \"actions\": [\"read\", \"write\"]}, "
    "{\"type\": \"event\", \"resource\": \"weather.>\", \"actions\": [\"emit\"], \"when\": [\"click\"]}, "
    "{\"type\": \"ui\", \"resource\": \"title\", \"actions\": [\"write\"]}]}",
    -1, NULL));
  g_assert_true (g_file_set_contents (page, "", -1, NULL));
}

static void
set_up (Desk *desk, gconstpointer data)
{
  g_autofree char *bundled = NULL;

  home_set_up (&desk->home, NULL);
  desk->workspace = home_path (&desk->home, "token-nexus-canvas/default");
  bundled = home_path (&desk->home, "data/apps");
  g_assert_cmpint (g_mkdir_with_parents (bundled, 0700), ==, 0);
  write_app (desk, "token-nexus-canvas/default/mine");
  home_listen (&desk->home, "GrantsChanged");
  g_setenv ("XDG_DATA_HOME", desk->home.home, TRUE);
  g_setenv ("TN_DATA_DIR", desk->home.data, TRUE);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  home_tear_down (&desk->home, NULL);
  g_free (desk->workspace);
}

/* On a terminal of its own, where somebody types @typed. */
static Run
run_typing (Desk *desk, const char *line, const char *typed)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  g_autofree char *full = g_strdup_printf ("exec '%s' %s", tnc, line);
  char buffer[256];
  int master, status;
  gssize n;
  pid_t child = forkpty (&master, NULL, NULL, NULL);

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      execl ("/bin/sh", "sh", "-c", full, NULL);
      _exit (127);
    }
  g_assert_cmpint (write (master, typed, strlen (typed)), ==, strlen (typed));
  while ((n = read (master, buffer, sizeof buffer)) > 0)
    g_string_append_len (shown, buffer, n);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  close (master);
  g_test_message ("tnc %s\n%s", line, shown->str);
  return (Run) { WEXITSTATUS (status), g_string_free (g_steal_pointer (&shown), FALSE), NULL };
}

/* What is kept, "type:resource:actions answer" by line. */
static char *
kept (Desk *desk)
{
  g_autoptr (TnDb) db = tn_db_open (desk->workspace, TN_DB_READ_ONLY, NULL);
  g_autoptr (GPtrArray) records = tn_db_list_grants (db, NULL, NULL);
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    {
      const TnGrantRecord *record = records->pdata[i];

      g_string_append_printf (lines, "%s:%s:%s %s\n", record->type, record->resource, record->actions,
                              record->always ? "always" : "never");
    }
  return g_string_free (lines, FALSE);
}

static void
assert_kept (Desk *desk, const char *expected)
{
  g_autofree char *now = kept (desk);

  g_assert_cmpstr (now, ==, expected);
}

static void
open_workspace (Desk *desk)
{
  tn_db_close (tn_db_open (desk->workspace, TN_DB_READ_WRITE, NULL));
}

/* The open window hears whose it was. */
static void
assert_told (Desk *desk)
{
  g_autoptr (GVariant) told = home_wait_told (&desk->home);
  const char *workspace, *key;

  g_variant_get (told, "(&s&s)", &workspace, &key);
  g_assert_cmpstr (workspace, ==, "default");
  g_assert_cmpuint (strlen (key), ==, 16);
}

static void
test_no_terminal (Desk *desk, gconstpointer data)
{
  open_workspace (desk);
  {
    g_auto (Run) grant = home_run (&desk->home, "grant " ID " '" NETWORK "read'");
    g_auto (Run) piped = home_run (&desk->home, "grant " ID " '" NETWORK "read' --json");

    g_assert_cmpint (grant.code, ==, 3);
    g_assert_nonnull (strstr (grant.err, "terminal"));
    g_assert_cmpint (piped.code, ==, 3);
  }
  assert_kept (desk, "");
}

static void
test_grant_and_revoke (Desk *desk, gconstpointer data)
{
  open_workspace (desk);
  {
    g_auto (Run) no = run_typing (desk, "grant " ID " '" NETWORK "read'", "n\n");
    g_auto (Run) nothing = run_typing (desk, "grant " ID " '" NETWORK "read'", "\n");

    g_assert_cmpint (no.code, ==, 3);
    g_assert_cmpint (nothing.code, ==, 3);
    g_assert_nonnull (strstr (no.out, "“Weather” (" ID ") asks for permission: Load data from and send data to"));
    assert_kept (desk, "");
  }
  {
    g_auto (Run) yes = run_typing (desk, "grant " ID " '" NETWORK "read'", "y\n");
    g_auto (Run) click = run_typing (desk, "grant " ID " 'event:weather.>:emit'", "y\n");

    g_assert_cmpint (yes.code, ==, 0);
    g_assert_cmpint (click.code, ==, 0);
    g_assert_nonnull (strstr (click.out, "only right after a click"));
    assert_told (desk);
  }
  assert_kept (desk, "event:weather.>:emit always\nnetwork:https://api.example.com:8443/*:read,write always\n");
  {
    g_auto (Run) revoke = home_run (&desk->home, "revoke " ID " '" NETWORK "read,write'");
    g_auto (Run) again = home_run (&desk->home, "revoke " ID " '" NETWORK "write'");

    g_assert_cmpint (revoke.code, ==, 0);
    assert_told (desk);
    g_assert_cmpint (again.code, ==, 4);
  }
  assert_kept (desk, "event:weather.>:emit always\n");
}

static void
test_list (Desk *desk, gconstpointer data)
{
  open_workspace (desk);
  {
    g_auto (Run) yes = run_typing (desk, "grant " ID " '" NETWORK "write'", "y\n");
    g_auto (Run) all = home_run (&desk->home, "grants");
    g_auto (Run) one = home_run (&desk->home, "grants " ID);
    g_auto (Run) json = home_run (&desk->home, "grants " ID " --json");
    g_autoptr (JsonNode) root = tn_json_parse (json.out, -1, NULL, NULL);

    g_assert_cmpint (yes.code, ==, 0);
    g_assert_nonnull (strstr (all.out, NETWORK "read,write  "));
    g_assert_nonnull (strstr (all.out, "always\n"));
    g_assert_null (strstr (all.out, "weather.>"));
    g_assert_nonnull (strstr (one.out, "event:weather.>:emit"));
    g_assert_nonnull (strstr (one.out, "click  ask\n"));
    g_assert_nonnull (strstr (one.out, "given\n"));
    g_assert_nonnull (root);
    g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (root, "/0/answer")), ==, "always");
    g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (root, "/0/actions/1")), ==, "write");
    g_assert_nonnull (tn_json_pointer_get (root, "/0/since"));
    g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (root, "/1/only")), ==, "click");
    g_assert_null (tn_json_pointer_get (root, "/1/since"));
    g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (root, "/2/app")), ==, ID);
  }
}

/* No manifest asks for it; the person gives it all the same, knowing what for. */
static void
test_develop (Desk *desk, gconstpointer data)
{
  open_workspace (desk);
  {
    g_auto (Run) before = home_run (&desk->home, "grants " ID);
    g_auto (Run) piped = home_run (&desk->home, "grant " ID " develop:console:use");
    g_auto (Run) yes = run_typing (desk, "grant " ID " develop:console:use", "y\n");
    g_auto (Run) after = home_run (&desk->home, "grants " ID);

    g_assert_nonnull (strstr (before.out, "develop:inspector:use"));
    g_assert_nonnull (strstr (before.out, "no\n"));
    g_assert_cmpint (piped.code, ==, 3);
    g_assert_cmpint (yes.code, ==, 0);
    g_assert_nonnull (strstr (yes.out, "In hybrid mode “Weather” (" ID ") would: Show what its page says"));
    g_assert_nonnull (strstr (after.out, "always\n"));
    assert_told (desk);
  }
  assert_kept (desk, "develop:console:use always\n");
}

static void
test_wrong (Desk *desk, gconstpointer data)
{
  static const struct
  {
    const char *line;
    int code;
  } rows[] = {
    { "grant " ID " event:weather.x:emit", 4 },  { "grant " ID " event:weather.>:listen", 4 },
    { "grant " ID " weather", 2 },               { "grant " ID " event:weather", 2 },
    { "grant com.example.other a:b:c", 4 },      { "revoke com.example.other a:b:c", 4 },
    { "grants com.example.other", 4 },           { "revoke " ID " event:weather.>:emit", 4 },
    { "grant " ID, 2 },
  };

  open_workspace (desk);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *quoted = g_strdelimit (g_strdup (rows[i].line), ">", '~');
      g_auto (GStrv) parts = g_strsplit (quoted, "~", -1);
      g_autofree char *line = g_strjoinv ("\\>", parts);
      g_auto (Run) result = home_run (&desk->home, line);

      g_assert_cmpint (result.code, ==, rows[i].code);
      g_assert_cmpuint (strlen (result.err), >, 0);
    }
  assert_kept (desk, "");
}

/* The same id from two places are two apps, and one has to be meant. */
static void
test_namesakes (Desk *desk, gconstpointer data)
{
  write_app (desk, "data/apps");
  open_workspace (desk);
  {
    g_auto (Run) ambiguous = home_run (&desk->home, "grants " ID);

    g_assert_cmpint (ambiguous.code, ==, 2);
    g_assert_nonnull (strstr (ambiguous.err, "key"));
  }
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Desk *desk, gconstpointer data);
  } tests[] = {
    { "/tnc/grants/no-terminal", test_no_terminal }, { "/tnc/grants/grant-and-revoke", test_grant_and_revoke },
    { "/tnc/grants/list", test_list },               { "/tnc/grants/wrong", test_wrong },
    { "/tnc/grants/namesakes", test_namesakes },     { "/tnc/grants/develop", test_develop },
  };

  home_init_tests (argc, argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Desk, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
