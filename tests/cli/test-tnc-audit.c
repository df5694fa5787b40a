/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "real-keyring.h"

#include <gio/gio.h>
#include <string.h>

#include "tn-app.h"
#include "tn-audit-heads.h"
#include "tn-json.h"
#include "tn-secret.h"

/* Runs the built tnc, whose path is the first argument, on a workspace with an audit. */
static char *tnc;

typedef struct
{
  char *home;
  char *folder;
  char *heads;
  const char *bus; /* (nullable) */
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

static Run
run (Home *home, const char *line)
{
  g_autoptr (GSubprocessLauncher) launcher
    = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autofree char *full = g_strdup_printf ("'%s' audit %s", tnc, line);
  g_autoptr (GSubprocess) process = NULL;
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;
  Run result = { 0 };

  g_assert_true (g_shell_parse_argv (full, NULL, &argv, NULL));
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", home->home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", home->home, TRUE);
  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", home->bus != NULL ? home->bus : "unix:path=/no",
                                TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &result.out, &result.err, &error);
  g_assert_no_error (error);
  result.code = g_subprocess_get_exit_status (process);
  g_test_message ("tnc audit %s\n%s%s=> %d", line, result.out, result.err, result.code);
  return result;
}

static void
append (TnDb *db, const char *kind, const char *app, const char *subject)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_audit_record_free);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (records, tn_audit_record_new (kind, app, "tile", subject, "done", NULL));
  g_assert_true (tn_db_append_audit (db, records, &error));
  g_assert_no_error (error);
}

static void
set_up (Home *home, gconstpointer data)
{
  TnDb *db;

  home->home = fixture_make_folder ();
  home->folder = g_build_filename (home->home, "token-nexus-canvas", "default", NULL);
  home->heads = g_build_filename (home->home, "copied heads", NULL);
  home->bus = NULL;
  db = fixture_open (home->folder);
  append (db, "grant.given", "abcdefghijklmnop", "https://x.example/?q=geheim");
  append (db, "call.refused", "abcdefghijklmnop", "\033[31mred");
  append (db, "app.installed", "other-app", "Todo");
  tn_db_close (db);
}

static void
tear_down (Home *home, gconstpointer data)
{
  g_free (home->heads);
  g_free (home->folder);
  fixture_remove_folder (home->home);
}

static void
sign (Home *home, TnAuditKey *key)
{
  TnDb *db = fixture_open (home->folder);
  g_autofree char *hash = tn_db_get_audit_hash (db, 2, NULL), *head = tn_audit_head_new (2, hash, 0, key);

  g_assert_true (tn_audit_heads_append (home->heads, head, NULL));
  tn_db_close (db);
}

static void
rewrite (Home *home)
{
  TnDb *db;

  g_free (fixture_sql (home->folder, "DELETE FROM audit"));
  g_free (fixture_sql (home->folder, "DELETE FROM sqlite_sequence"));
  db = fixture_open (home->folder);
  for (int i = 0; i < 3; i++)
    append (db, "grant.given", NULL, "another story");
  tn_db_close (db);
}

static void
test_list (Home *home, gconstpointer data)
{
  g_auto (Run) all = run (home, ""), one = run (home, "--app other-app"), none = run (home, "--app nobody");
  g_auto (Run) json = run (home, "--json --app abcdefghijklmnop");
  g_autoptr (JsonNode) rows = tn_json_parse (json.out, -1, NULL, NULL);

  g_assert_cmpint (all.code, ==, 0);
  g_assert_nonnull (strstr (all.out, "grant.given"));
  g_assert_nonnull (strstr (all.out, "\\u{1B}[31mred"));
  g_assert_null (strchr (all.out, '\033'));
  g_assert_null (strstr (one.out, "grant.given"));
  g_assert_nonnull (strstr (one.out, "Todo"));
  g_assert_cmpint (none.code, ==, 4);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (rows)), ==, 2);
  g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (rows, "/0/subject")), ==, "https://x.example/?q=geheim");
}

/* The host's own page is no app that can be placed, and has a name all the same. */
static void
test_canary (Home *home, gconstpointer data)
{
  TnDb *db = fixture_open (home->folder);
  g_autofree char *key = tn_app_key ("host", "com.tokennexus.canary", "");

  append (db, "process.proved", key, "locked in");
  tn_db_close (db);
  {
    g_auto (Run) all = run (home, ""), one = run (home, "--app com.tokennexus.canary");

    g_assert_nonnull (strstr (all.out, "com.tokennexus.canary"));
    g_assert_null (strstr (all.out, key));
    g_assert_nonnull (strstr (one.out, "locked in"));
    g_assert_null (strstr (one.out, "grant.given"));
  }
}

static void
test_many (Home *home, gconstpointer data)
{
  TnDb *db = fixture_open (home->folder);

  for (int i = 0; i < 250; i++)
    append (db, "test.row", NULL, "x");
  tn_db_close (db);
  {
    g_auto (Run) all = run (home, "--json");
    g_autoptr (JsonNode) rows = tn_json_parse (all.out, -1, NULL, NULL);

    g_assert_cmpuint (json_array_get_length (json_node_get_array (rows)), ==, 200);
    g_assert_cmpint (json_node_get_int (tn_json_pointer_get (rows, "/199/seq")), ==, 253);
    g_assert_nonnull (strstr (all.err, "253"));
  }
}

static void
test_usage (Home *home, gconstpointer data)
{
  g_auto (Run) against = run (home, "--against x"), app = run (home, "--verify --app x");
  g_auto (Run) missing = run (home, "--verify --against /nowhere");
  g_auto (Run) workspace = run (home, "--verify --workspace none");

  g_assert_cmpint (against.code, ==, 2);
  g_assert_cmpint (app.code, ==, 2);
  g_assert_cmpint (missing.code, ==, 4);
  g_assert_cmpint (workspace.code, ==, 4);
}

static void
test_export (Home *home, gconstpointer data)
{
  g_autofree char *path = g_build_filename (home->home, "out.jsonl", NULL), *text = NULL;
  g_autofree char *line = g_strdup_printf ("--export '%s'", path);
  g_auto (Run) file = run (home, line), output = run (home, "--export -"), broken = run (home, "--export /nowhere/x");

  g_assert_cmpint (file.code, ==, 0);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, output.out);
  g_assert_null (strstr (text, "geheim"));
  g_assert_nonnull (strstr (text, "https://x.example/?…"));
  g_assert_cmpint (broken.code, ==, 4);
}

static void
test_verify (Home *home, gconstpointer data)
{
  g_auto (Run) good = run (home, "--verify"), json = run (home, "--verify --json");
  g_autoptr (JsonObject) verdict = tn_json_parse_object (json.out, -1, NULL, NULL);

  g_assert_cmpint (good.code, ==, 0);
  g_assert_nonnull (strstr (good.out, "3 entries"));
  g_assert_true (tn_json_get_boolean (verdict, "ok", FALSE));
  g_assert_cmpint (tn_json_get_int (verdict, "last", 0), ==, 3);
  g_assert_cmpuint (strlen (tn_json_get_string (verdict, "hash", "")), ==, 64);

  g_free (fixture_sql (home->folder, "UPDATE audit SET subject = 'y' WHERE seq = 2"));
  {
    g_auto (Run) bad = run (home, "--verify"), bad_json = run (home, "--verify --json");
    g_autoptr (JsonObject) fault = tn_json_parse_object (bad_json.out, -1, NULL, NULL);

    g_assert_cmpint (bad.code, ==, 6);
    g_assert_nonnull (strstr (bad.out, "Entry 2"));
    g_assert_cmpint (bad_json.code, ==, 6);
    g_assert_cmpstr (tn_json_get_string (fault, "fault", NULL), ==, "changed");
    g_assert_cmpint (tn_json_get_int (fault, "seq", 0), ==, 2);
  }
}

/* Without a keyring it is said what can't be known; a chain that was rewritten is found out all the same. */
static void
test_against_unknown_key (Home *home, gconstpointer data)
{
  g_autofree char *line = g_strdup_printf ("--verify --against '%s'", home->heads);
  g_autoptr (TnAuditKey) key = tn_audit_key_new ();

  sign (home, key);
  {
    g_auto (Run) good = run (home, line);

    g_assert_cmpint (good.code, ==, 0);
    g_assert_nonnull (strstr (good.err, "not whose it is"));
    g_assert_nonnull (strstr (good.out, tn_audit_key_get_public (key)));
  }
  rewrite (home);
  {
    g_auto (Run) chain = run (home, "--verify"), bad = run (home, line);

    g_assert_cmpint (chain.code, ==, 0);
    g_assert_cmpint (bad.code, ==, 6);
    g_assert_nonnull (strstr (bad.out, "rewritten"));
  }
}

static void
check_with_keyring (Home *home)
{
  static const TnSecretId id = { "audit", "default", "" };
  g_autofree char *line = g_strdup_printf ("--verify --json --against '%s'", home->heads);
  g_autoptr (TnAuditKey) key = tn_audit_key_new (), other = tn_audit_key_new ();
  g_autofree char *secret = tn_audit_key_to_text (key);
  g_autoptr (GError) error = NULL;

  g_assert_true (tn_secret_store (&id, "test", secret, TN_SECRET_SILENT, NULL, &error));
  g_assert_no_error (error);
  sign (home, key);
  {
    g_auto (Run) good = run (home, line);
    g_autoptr (JsonNode) verdict = tn_json_parse (good.out, -1, NULL, NULL);

    g_assert_cmpint (good.code, ==, 0);
    g_assert_cmpstr (good.err, ==, "");
    g_assert_true (json_node_get_boolean (tn_json_pointer_get (verdict, "/against/keyKnown")));
  }
  /* Whoever rewrites both the chain and the heads still has not the key. */
  g_assert_true (g_file_set_contents (home->heads, "", -1, NULL));
  sign (home, other);
  {
    g_auto (Run) bad = run (home, line);
    g_autoptr (JsonNode) verdict = tn_json_parse (bad.out, -1, NULL, NULL);

    g_assert_cmpint (bad.code, ==, 6);
    g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (verdict, "/against/fault")), ==, "foreign-key");
  }
}

static void
test_against_known_key (Home *home, gconstpointer data)
{
  /* Never let go, which would wait for the connection that libsecret holds as long as the process lives. */
  static GTestDBus *bus;
  RealKeyring *keyring;

  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  home->bus = g_test_dbus_get_bus_address (bus);
  keyring = real_keyring_new (home->bus);
  if (keyring != NULL)
    {
      check_with_keyring (home);
      real_keyring_free (keyring);
    }
  else
    g_test_skip ("gnome-keyring-daemon is not installed");
  g_test_dbus_stop (bus);
}

#define ADD(name, function) g_test_add ("/tnc/audit/" name, Home, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  tnc = argv[1];
  ADD ("list", test_list);
  ADD ("canary", test_canary);
  ADD ("many", test_many);
  ADD ("usage", test_usage);
  ADD ("export", test_export);
  ADD ("verify", test_verify);
  ADD ("against-unknown-key", test_against_unknown_key);
  ADD ("against-known-key", test_against_known_key);
  return g_test_run ();
}
