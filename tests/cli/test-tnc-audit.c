/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "home.h"
#include "real-keyring.h"

#include <gio/gio.h>
#include <string.h>

#include "tn-app.h"
#include "tn-audit-heads.h"
#include "tn-json.h"
#include "tn-secret.h"

/* `tnc audit`, on a workspace that has one. */

typedef struct
{
  Home home;
  char *folder;
  char *heads;
} Desk;

static Run
run (Desk *desk, const char *line)
{
  g_autofree char *full = g_strconcat ("audit ", line, NULL);

  return home_run (&desk->home, full);
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
set_up (Desk *desk, gconstpointer data)
{
  TnDb *db;

  home_set_up (&desk->home, NULL);
  /* What the program brings along is in it. */
  g_free (desk->home.data);
  desk->home.data = g_strdup (g_getenv ("TN_DATA_DIR"));
  desk->folder = home_path (&desk->home, "token-nexus-canvas/default");
  desk->heads = home_path (&desk->home, "copied heads");
  db = fixture_open (desk->folder);
  append (db, "grant.given", "abcdefghijklmnop", "https://x.example/?q=geheim");
  append (db, "call.refused", "abcdefghijklmnop", "\033[31mred");
  append (db, "app.installed", "other-app", "Todo");
  tn_db_close (db);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  g_free (desk->heads);
  g_free (desk->folder);
  home_tear_down (&desk->home, NULL);
}

static void
sign (Desk *desk, TnAuditKey *key)
{
  TnDb *db = fixture_open (desk->folder);
  g_autofree char *hash = tn_db_get_audit_hash (db, 2, NULL), *head = tn_audit_head_new (2, hash, 0, key);

  g_assert_true (tn_audit_heads_append (desk->heads, head, NULL));
  tn_db_close (db);
}

static void
rewrite (Desk *desk)
{
  TnDb *db;

  g_free (fixture_sql (desk->folder, "DELETE FROM audit"));
  g_free (fixture_sql (desk->folder, "DELETE FROM sqlite_sequence"));
  db = fixture_open (desk->folder);
  for (int i = 0; i < 3; i++)
    append (db, "grant.given", NULL, "another story");
  tn_db_close (db);
}

static void
test_list (Desk *desk, gconstpointer data)
{
  g_auto (Run) all = run (desk, ""), one = run (desk, "--app other-app"), none = run (desk, "--app nobody");
  g_auto (Run) json = run (desk, "--json --app abcdefghijklmnop");
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
test_canary (Desk *desk, gconstpointer data)
{
  TnDb *db = fixture_open (desk->folder);
  g_autofree char *key = tn_app_key ("host", "com.tokennexus.canary", "");

  append (db, "process.proved", key, "locked in");
  tn_db_close (db);
  {
    g_auto (Run) all = run (desk, ""), one = run (desk, "--app com.tokennexus.canary");

    g_assert_nonnull (strstr (all.out, "com.tokennexus.canary"));
    g_assert_null (strstr (all.out, key));
    g_assert_nonnull (strstr (one.out, "locked in"));
    g_assert_null (strstr (one.out, "grant.given"));
  }
}

static void
test_many (Desk *desk, gconstpointer data)
{
  TnDb *db = fixture_open (desk->folder);

  for (int i = 0; i < 250; i++)
    append (db, "test.row", NULL, "x");
  tn_db_close (db);
  {
    g_auto (Run) all = run (desk, "--json");
    g_autoptr (JsonNode) rows = tn_json_parse (all.out, -1, NULL, NULL);

    g_assert_cmpuint (json_array_get_length (json_node_get_array (rows)), ==, 200);
    g_assert_cmpint (json_node_get_int (tn_json_pointer_get (rows, "/199/seq")), ==, 253);
    g_assert_nonnull (strstr (all.err, "253"));
  }
}

static void
test_usage (Desk *desk, gconstpointer data)
{
  g_auto (Run) against = run (desk, "--against x"), app = run (desk, "--verify --app x");
  g_auto (Run) missing = run (desk, "--verify --against /nowhere");
  g_auto (Run) workspace = run (desk, "--verify --workspace none");

  g_assert_cmpint (against.code, ==, 2);
  g_assert_cmpint (app.code, ==, 2);
  g_assert_cmpint (missing.code, ==, 4);
  g_assert_cmpint (workspace.code, ==, 4);
}

static void
test_export (Desk *desk, gconstpointer data)
{
  g_autofree char *path = home_path (&desk->home, "out.jsonl"), *text = NULL;
  g_autofree char *line = g_strdup_printf ("--export '%s'", path);
  g_auto (Run) file = run (desk, line), output = run (desk, "--export -"), broken = run (desk, "--export /nowhere/x");

  g_assert_cmpint (file.code, ==, 0);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, output.out);
  g_assert_null (strstr (text, "geheim"));
  g_assert_nonnull (strstr (text, "https://x.example/?…"));
  g_assert_cmpint (broken.code, ==, 4);
}

static void
test_verify (Desk *desk, gconstpointer data)
{
  g_auto (Run) good = run (desk, "--verify"), json = run (desk, "--verify --json");
  g_autoptr (JsonObject) verdict = tn_json_parse_object (json.out, -1, NULL, NULL);

  g_assert_cmpint (good.code, ==, 0);
  g_assert_nonnull (strstr (good.out, "3 entries"));
  g_assert_true (tn_json_get_boolean (verdict, "ok", FALSE));
  g_assert_cmpint (tn_json_get_int (verdict, "last", 0), ==, 3);
  g_assert_cmpuint (strlen (tn_json_get_string (verdict, "hash", "")), ==, 64);

  g_free (fixture_sql (desk->folder, "UPDATE audit SET subject = 'y' WHERE seq = 2"));
  {
    g_auto (Run) bad = run (desk, "--verify"), bad_json = run (desk, "--verify --json");
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
test_against_unknown_key (Desk *desk, gconstpointer data)
{
  g_autofree char *line = g_strdup_printf ("--verify --against '%s'", desk->heads);
  g_autoptr (TnAuditKey) key = tn_audit_key_new ();

  sign (desk, key);
  {
    g_auto (Run) good = run (desk, line);

    g_assert_cmpint (good.code, ==, 0);
    g_assert_nonnull (strstr (good.err, "not whose it is"));
    g_assert_nonnull (strstr (good.out, tn_audit_key_get_public (key)));
  }
  rewrite (desk);
  {
    g_auto (Run) chain = run (desk, "--verify"), bad = run (desk, line);

    g_assert_cmpint (chain.code, ==, 0);
    g_assert_cmpint (bad.code, ==, 6);
    g_assert_nonnull (strstr (bad.out, "rewritten"));
  }
}

static void
check_with_keyring (Desk *desk)
{
  static const TnSecretId id = { "audit", "default", "" };
  g_autofree char *line = g_strdup_printf ("--verify --json --against '%s'", desk->heads);
  g_autoptr (TnAuditKey) key = tn_audit_key_new (), other = tn_audit_key_new ();
  g_autofree char *secret = tn_audit_key_to_text (key);
  g_autoptr (GError) error = NULL;

  g_assert_true (tn_secret_store (&id, "test", secret, TN_SECRET_SILENT, NULL, &error));
  g_assert_no_error (error);
  sign (desk, key);
  {
    g_auto (Run) good = run (desk, line);
    g_autoptr (JsonNode) verdict = tn_json_parse (good.out, -1, NULL, NULL);

    g_assert_cmpint (good.code, ==, 0);
    g_assert_cmpstr (good.err, ==, "");
    g_assert_true (json_node_get_boolean (tn_json_pointer_get (verdict, "/against/keyKnown")));
  }
  /* Whoever rewrites both the chain and the heads still has not the key. */
  g_assert_true (g_file_set_contents (desk->heads, "", -1, NULL));
  sign (desk, other);
  {
    g_auto (Run) bad = run (desk, line);
    g_autoptr (JsonNode) verdict = tn_json_parse (bad.out, -1, NULL, NULL);

    g_assert_cmpint (bad.code, ==, 6);
    g_assert_cmpstr (json_node_get_string (tn_json_pointer_get (verdict, "/against/fault")), ==, "foreign-key");
  }
}

static void
test_against_known_key (Desk *desk, gconstpointer data)
{
  /* Never let go, which would wait for the connection that libsecret holds as long as the process lives. */
  static GTestDBus *bus;
  RealKeyring *keyring;

  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  desk->home.bus = g_test_dbus_get_bus_address (bus);
  keyring = real_keyring_new (desk->home.bus);
  if (keyring != NULL)
    {
      check_with_keyring (desk);
      real_keyring_free (keyring);
    }
  else
    g_test_skip ("gnome-keyring-daemon is not installed");
  g_test_dbus_stop (bus);
}

#define ADD(name, function) g_test_add ("/tnc/audit/" name, Desk, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  home_init_tests (argc, argv);
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
