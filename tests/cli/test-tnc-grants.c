/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <pty.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tn-grant-record.h"
#include "tn-json.h"

/* Runs the built tnc, whose path is the first argument, with and without a terminal. */
static char *tnc;

#define ID "com.example.weather"
#define NETWORK "network:https://api.example.com:8443/*:"

typedef struct
{
  char *home, *workspace;
  GTestDBus *daemon;
  GDBusConnection *bus;
  guint subscription;
  GVariant *told;
} Home;

typedef struct
{
  int code;
  char *out, *err;
} Run;

static void
run_clear (Run *run)
{
  g_free (run->out);
  g_free (run->err);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
take_signal (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *member,
             GVariant *arguments, gpointer data)
{
  Home *home = data;

  g_clear_pointer (&home->told, g_variant_unref);
  home->told = g_variant_ref (arguments);
}

static void
write_app (Home *home, const char *place)
{
  g_autofree char *folder = g_build_filename (home->home, place, ID, NULL);
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
set_up (Home *home, gconstpointer data)
{
  g_autofree char *bundled = NULL;

  home->home = g_dir_make_tmp ("tnc-grants-XXXXXX", NULL);
  home->workspace = g_build_filename (home->home, "token-nexus-canvas", "default", NULL);
  bundled = g_build_filename (home->home, "apps", NULL);
  g_assert_cmpint (g_mkdir_with_parents (bundled, 0700), ==, 0);
  write_app (home, "token-nexus-canvas/default/mine");
  home->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (home->daemon);
  home->bus = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (home->daemon),
                                                      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                        | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                      NULL, NULL, NULL);
  home->subscription = g_dbus_connection_signal_subscribe (home->bus, NULL, "com.tokennexus.Canvas1", "GrantsChanged",
                                                           "/com/tokennexus/Canvas", NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                                           take_signal, home, NULL);
  g_setenv ("XDG_DATA_HOME", home->home, TRUE);
  g_setenv ("TN_DATA_DIR", home->home, TRUE);
}

static void
tear_down (Home *home, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", home->home);

  /* A signal that nobody waited for is still on its way to this home. */
  g_dbus_connection_signal_unsubscribe (home->bus, home->subscription);
  g_clear_object (&home->bus);
  g_clear_pointer (&home->told, g_variant_unref);
  g_test_dbus_down (home->daemon);
  g_object_unref (home->daemon);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (home->home);
  g_free (home->workspace);
}

/* Without a terminal, as a script does. */
static Run
run (const char *line)
{
  g_autofree char *full = g_strdup_printf ("'%s' %s </dev/null", tnc, line);
  const char *argv[] = { "/bin/sh", "-c", full, NULL };
  Run result = { 0 };
  int status;
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &result.out, &result.err, &status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));
  result.code = WEXITSTATUS (status);
  g_test_message ("tnc %s\n%s%s=> %d", line, result.out, result.err, result.code);
  return result;
}

/* On a terminal of its own, where somebody types @typed. */
static Run
run_typing (const char *line, const char *typed)
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
kept (Home *home)
{
  g_autoptr (TnDb) db = tn_db_open (home->workspace, TN_DB_READ_ONLY, NULL);
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
assert_kept (Home *home, const char *expected)
{
  g_autofree char *now = kept (home);

  g_assert_cmpstr (now, ==, expected);
}

static void
open_workspace (Home *home)
{
  tn_db_close (tn_db_open (home->workspace, TN_DB_READ_WRITE, NULL));
}

/* The open window hears whose it was. */
static void
assert_told (Home *home)
{
  const char *workspace, *key;

  while (home->told == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_variant_get (home->told, "(&s&s)", &workspace, &key);
  g_assert_cmpstr (workspace, ==, "default");
  g_assert_cmpuint (strlen (key), ==, 16);
  g_clear_pointer (&home->told, g_variant_unref);
}

static void
test_no_terminal (Home *home, gconstpointer data)
{
  open_workspace (home);
  {
    g_auto (Run) grant = run ("grant " ID " '" NETWORK "read'");
    g_auto (Run) piped = run ("grant " ID " '" NETWORK "read' --json");

    g_assert_cmpint (grant.code, ==, 3);
    g_assert_nonnull (strstr (grant.err, "terminal"));
    g_assert_cmpint (piped.code, ==, 3);
  }
  assert_kept (home, "");
}

static void
test_grant_and_revoke (Home *home, gconstpointer data)
{
  open_workspace (home);
  {
    g_auto (Run) no = run_typing ("grant " ID " '" NETWORK "read'", "n\n");
    g_auto (Run) nothing = run_typing ("grant " ID " '" NETWORK "read'", "\n");

    g_assert_cmpint (no.code, ==, 3);
    g_assert_cmpint (nothing.code, ==, 3);
    g_assert_nonnull (strstr (no.out, "“Weather” (" ID ") asks for permission: Load data from and send data to"));
    assert_kept (home, "");
  }
  {
    g_auto (Run) yes = run_typing ("grant " ID " '" NETWORK "read'", "y\n");
    g_auto (Run) click = run_typing ("grant " ID " 'event:weather.>:emit'", "y\n");

    g_assert_cmpint (yes.code, ==, 0);
    g_assert_cmpint (click.code, ==, 0);
    g_assert_nonnull (strstr (click.out, "only right after a click"));
    assert_told (home);
  }
  assert_kept (home, "event:weather.>:emit always\nnetwork:https://api.example.com:8443/*:read,write always\n");
  {
    g_auto (Run) revoke = run ("revoke " ID " '" NETWORK "read,write'");
    g_auto (Run) again = run ("revoke " ID " '" NETWORK "write'");

    g_assert_cmpint (revoke.code, ==, 0);
    assert_told (home);
    g_assert_cmpint (again.code, ==, 4);
  }
  assert_kept (home, "event:weather.>:emit always\n");
}

static void
test_list (Home *home, gconstpointer data)
{
  open_workspace (home);
  {
    g_auto (Run) yes = run_typing ("grant " ID " '" NETWORK "write'", "y\n");
    g_auto (Run) all = run ("grants");
    g_auto (Run) one = run ("grants " ID);
    g_auto (Run) json = run ("grants " ID " --json");
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
test_develop (Home *home, gconstpointer data)
{
  open_workspace (home);
  {
    g_auto (Run) before = run ("grants " ID);
    g_auto (Run) piped = run ("grant " ID " develop:console:use");
    g_auto (Run) yes = run_typing ("grant " ID " develop:console:use", "y\n");
    g_auto (Run) after = run ("grants " ID);

    g_assert_nonnull (strstr (before.out, "develop:inspector:use"));
    g_assert_nonnull (strstr (before.out, "no\n"));
    g_assert_cmpint (piped.code, ==, 3);
    g_assert_cmpint (yes.code, ==, 0);
    g_assert_nonnull (strstr (yes.out, "In hybrid mode “Weather” (" ID ") would: Show what its page says"));
    g_assert_nonnull (strstr (after.out, "always\n"));
    assert_told (home);
  }
  assert_kept (home, "develop:console:use always\n");
}

static void
test_wrong (Home *home, gconstpointer data)
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

  open_workspace (home);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *quoted = g_strdelimit (g_strdup (rows[i].line), ">", '~');
      g_auto (GStrv) parts = g_strsplit (quoted, "~", -1);
      g_autofree char *line = g_strjoinv ("\\>", parts);
      g_auto (Run) result = run (line);

      g_assert_cmpint (result.code, ==, rows[i].code);
      g_assert_cmpuint (strlen (result.err), >, 0);
    }
  assert_kept (home, "");
}

/* The same id from two places are two apps, and one has to be meant. */
static void
test_namesakes (Home *home, gconstpointer data)
{
  write_app (home, "apps");
  open_workspace (home);
  {
    g_auto (Run) ambiguous = run ("grants " ID);

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
    void (*test) (Home *home, gconstpointer data);
  } tests[] = {
    { "/tnc/grants/no-terminal", test_no_terminal }, { "/tnc/grants/grant-and-revoke", test_grant_and_revoke },
    { "/tnc/grants/list", test_list },               { "/tnc/grants/wrong", test_wrong },
    { "/tnc/grants/namesakes", test_namesakes },     { "/tnc/grants/develop", test_develop },
  };

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  tnc = argv[1];
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Home, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
