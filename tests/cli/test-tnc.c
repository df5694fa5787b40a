/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "home.h"

#include <glib/gstdio.h>
#include <string.h>

#include "pack.h"
#include "tn-json.h"

static void
test_version_and_help (Home *home, gconstpointer data)
{
  g_auto (Run) version = home_run (home, "--version");
  g_auto (Run) json = home_run (home, "--version --json");
  g_auto (Run) help = home_run (home, "help");
  g_auto (Run) same = home_run (home, "--help");
  g_auto (Run) verb = home_run (home, "help canvas export");
  g_auto (Run) also = home_run (home, "canvas export --help");
  g_auto (Run) group = home_run (home, "help app");
  g_auto (Run) wrong = home_run (home, "help lsit");
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
  g_auto (Run) all = home_run (home, "help --json");
  g_auto (Run) one = home_run (home, "help --json canvas export");
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

  home_describe (home->home, before);
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_auto (Run) result = home_run (home, failures[i].line);

      g_assert_cmpint (result.code, ==, failures[i].code);
      g_assert_cmpstr (result.out, ==, "");
      g_assert_true (g_str_has_prefix (result.err, "tnc: "));
      g_assert_nonnull (strstr (result.err, failures[i].word));
      g_assert_true (strchr (result.err, '\n') == result.err + strlen (result.err) - 1);
      g_assert_null (strchr (result.err, '\033'));
    }
  home_describe (home->home, after);
  g_assert_cmpstr (before->str, ==, after->str);
}

static void
test_validate (Home *home, gconstpointer data)
{
  home_add_app (home, "good", "com.example.good", "Good");
  home_add_file (home, "bad/manifest.json", "{\"sdk\": 1, \"id\": 7, \"name\": \"\", \"version\": \"one\"}");
  home_add_file (home, "torn/manifest.json", "{\"sdk\":");
  {
    g_auto (Run) good = home_run (home, "app validate good");
    g_auto (Run) bad = home_run (home, "app validate bad");
    g_auto (Run) torn = home_run (home, "app validate torn");

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
  g_autofree char *tmp = home_path (home, "tmp");

  g_assert_cmpint (g_mkdir (tmp, 0700), ==, 0);
  g_setenv ("TMPDIR", tmp, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (packages); i++)
    {
      g_autofree char *line = g_strconcat ("app validate ", packages[i].name, NULL);
      g_auto (Run) result = { 0 };

      add_package (home, packages[i].name, packages[i].zip, packages[i].entries, packages[i].n);
      result = home_run (home, line);
      g_assert_cmpint (result.code, ==, packages[i].code);
      g_assert_true (strstr (result.out, packages[i].word) != NULL || strstr (result.err, packages[i].word) != NULL);
    }
  g_unsetenv ("TMPDIR");
  g_assert_cmpint (g_rmdir (tmp), ==, 0);
}

static void
test_validate_json (Home *home, gconstpointer data)
{
  home_add_app (home, "good", "com.example.good", "Good");
  home_add_file (home, "torn/manifest.json", "[");
  {
    g_auto (Run) good = home_run (home, "app validate good --json");
    g_auto (Run) torn = home_run (home, "app validate torn --json");
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
  home_add_app (home, "data/apps/b", "com.example.beta", "Beta");
  home_add_app (home, "data/apps/a", "com.example.alpha", "Alpha");
  home_add_file (home, "data/apps/broken/manifest.json", "{}");
  {
    g_auto (Run) table = home_run (home, "list");
    g_auto (Run) json = home_run (home, "list --json");
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

/* A full disk behind standard output is no success. */
static void
test_full_output (Home *home, gconstpointer data)
{
  g_autoptr (GSubprocess) process = home_spawn (home, "help", G_SUBPROCESS_FLAGS_STDERR_PIPE, "/dev/full");
  g_autofree char *err = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &err, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  g_assert_nonnull (strstr (err, "Standard output"));
}

static void
test_doctor (Home *home, gconstpointer data)
{
  g_auto (Run) text = home_run (home, "doctor");
  g_auto (Run) json = home_run (home, "doctor --json");
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

#define ADD(name, function) g_test_add ("/tnc/" name, Home, NULL, home_set_up, function, home_tear_down)

int
main (int argc, char **argv)
{
  home_init_tests (argc, argv);
  ADD ("version-and-help", test_version_and_help);
  ADD ("help-json", test_help_json);
  ADD ("failures", test_failures);
  ADD ("validate", test_validate);
  ADD ("validate-json", test_validate_json);
  ADD ("validate-package", test_validate_package);
  ADD ("list", test_list);
  ADD ("full-output", test_full_output);
  ADD ("doctor", test_doctor);
  return g_test_run ();
}
