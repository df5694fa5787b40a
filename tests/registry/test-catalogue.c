/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-catalogue.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define SOURCE "test:folder"

/* A folder of apps on disk, and a catalogue. */
typedef struct
{
  char *root;
  TnCatalogue *catalogue;
} Fixture;

static GString *warnings;

/* Keeps what is said instead of printing it. */
static GLogWriterOutput
log_cb (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  if (level > G_LOG_LEVEL_WARNING)
    return g_log_writer_default (level, fields, n_fields, data);
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      g_string_append (warnings, fields[i].value);
  return G_LOG_WRITER_HANDLED;
}

static void
assert_warned (const char *pattern)
{
  g_autofree char *whole = g_strconcat ("*", pattern, "*", NULL);

  g_test_message ("%s", warnings->str);
  g_assert_true (g_pattern_match_simple (whole, warnings->str));
  g_string_truncate (warnings, 0);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);

  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->root = g_dir_make_tmp ("tn-catalogue-XXXXXX", &error);
  g_assert_no_error (error);
  self->catalogue = tn_catalogue_new ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->catalogue);
  g_assert_cmpstr (warnings->str, ==, "");
  remove_tree (self->root);
  g_free (self->root);
}

static void
write_file (const char *directory, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* @more: further members of the manifest, each with a comma before it */
static void
add_app (Fixture *self, const char *folder, const char *id, const char *name, const char *more)
{
  g_autofree char *directory = g_build_filename (self->root, folder, NULL);
  g_autofree char *manifest = g_strdup_printf (
    "{\"sdk\": 1, \"id\": \"%s\", \"name\": \"%s\", \"version\": \"1.0.0\", \"entryPoint\": \"index.html\"%s}",
    id, name, more);

  write_file (directory, "manifest.json", manifest);
  write_file (directory, "index.html", "<!doctype html><title>x</title>");
}

static void
scan (Fixture *self, const char *source, int expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (tn_catalogue_add_folder (self->catalogue, source, self->root, &error), ==, expected);
  g_assert_no_error (error);
}

static void
assert_listed (Fixture *self, const char *names)
{
  g_autoptr (GString) listed = g_string_new (NULL);
  GListModel *model = G_LIST_MODEL (self->catalogue);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (TnApp) app = g_list_model_get_item (model, i);

      g_string_append_printf (listed, "%s%s", i > 0 ? "|" : "", tn_app_get_name (app));
    }
  g_assert_cmpstr (listed->str, ==, names);
  g_assert_null (g_list_model_get_item (model, g_list_model_get_n_items (model)));
}

static void
test_order (Fixture *self, gconstpointer data)
{
  add_app (self, "1", "org.test.todo", "todo", "");
  add_app (self, "2", "org.test.clock-b", "clock", "");
  add_app (self, "3", "org.test.notes", "Notes", "");
  add_app (self, "4", "org.test.alarm", "alarm", "");
  add_app (self, "5", "org.test.clock", "Clock", "");
  scan (self, SOURCE, 5);
  assert_listed (self, "alarm|Clock|clock|Notes|todo");
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (self->catalogue)) == TN_TYPE_APP);
}

static void
test_find (Fixture *self, gconstpointer data)
{
  g_autofree char *key = tn_app_key (SOURCE, "org.test.todo", "");
  g_autofree char *other_key = tn_app_key ("elsewhere", "org.test.todo", "");

  add_app (self, "todo", "org.test.todo", "Todo", "");
  scan (self, SOURCE, 1);
  g_assert_cmpstr (tn_app_get_name (tn_catalogue_find (self->catalogue, key)), ==, "Todo");
  g_assert_true (tn_catalogue_find_id (self->catalogue, "org.test.todo") == tn_catalogue_find (self->catalogue, key));
  g_assert_null (tn_catalogue_find (self->catalogue, other_key));
  g_assert_null (tn_catalogue_find_id (self->catalogue, "org.test"));
}

/* An app of another source can't take the place of one with its id by a name that comes first. */
static void
test_find_id_by_age_of_source (Fixture *self, gconstpointer data)
{
  g_autofree char *second = g_build_filename (self->root, ".second", NULL);
  g_autofree char *third = g_build_filename (self->root, ".third", NULL);

  add_app (self, "todo", "org.test.todo", "Todo", "");
  add_app (self, ".second/todo", "org.test.todo", "A Todo", "");
  add_app (self, ".third/todo", "org.test.todo", "Z Todo", "");
  scan (self, SOURCE, 1);
  g_assert_cmpint (tn_catalogue_add_folder (self->catalogue, "second", second, NULL), ==, 1);
  g_assert_cmpint (tn_catalogue_add_folder (self->catalogue, "third", third, NULL), ==, 1);
  assert_listed (self, "A Todo|Todo|Z Todo");
  g_assert_cmpstr (tn_app_get_name (tn_catalogue_find_id (self->catalogue, "org.test.todo")), ==, "Todo");
}

static void
test_broken_is_listed (Fixture *self, gconstpointer data)
{
  g_autofree char *broken = g_build_filename (self->root, "broken", NULL);
  g_autofree char *empty = g_build_filename (self->root, "empty", NULL);
  TnApp *app;

  write_file (broken, "manifest.json", "{\"name\": ");
  g_assert_cmpint (g_mkdir (empty, 0700), ==, 0);
  add_app (self, "whole", "org.test.whole", "Whole", "");
  scan (self, SOURCE, 3);
  assert_listed (self, "broken|empty|Whole");
  app = tn_catalogue_find_id (self->catalogue, "broken");
  g_assert_null (tn_app_get_manifest (app));
  g_assert_cmpuint (tn_app_get_faults (app)->len, >, 0);
}

static void
test_passed_over (Fixture *self, gconstpointer data)
{
  g_autofree char *link = g_build_filename (self->root, "link", NULL);
  g_autofree char *dangling = g_build_filename (self->root, "dangling", NULL);

  add_app (self, "real", "org.test.real", "Real", "");
  add_app (self, ".hidden", "org.test.hidden", "Hidden", "");
  write_file (self->root, "README", "not an app");
  g_assert_cmpint (symlink ("real", link), ==, 0);
  g_assert_cmpint (symlink ("nowhere", dangling), ==, 0);
  scan (self, SOURCE, 1);
  assert_listed (self, "Real");
}

static void
test_same_id_twice (Fixture *self, gconstpointer data)
{
  add_app (self, "a", "org.test.todo", "First", "");
  add_app (self, "b", "org.test.todo", "Second", "");
  scan (self, SOURCE, 1);
  assert_warned ("/b” is left out*“org.test.todo”*/a”");
  assert_listed (self, "First");
}

/* A broken app, whose folder's name stands for its id, doesn't hide the whole one that has this id. */
static void
test_whole_before_broken (Fixture *self, gconstpointer data)
{
  g_autofree char *broken = g_build_filename (self->root, "org.test.todo", NULL);

  g_assert_cmpint (g_mkdir (broken, 0700), ==, 0);
  add_app (self, "z", "org.test.todo", "Whole", "");
  scan (self, SOURCE, 1);
  assert_warned ("/org.test.todo” is left out*/z”");
  assert_listed (self, "Whole");
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, GString *seen)
{
  g_string_append_printf (seen, "%u-%u+%u=%u ", position, removed, added, g_list_model_get_n_items (model));
}

static void
test_rescan (Fixture *self, gconstpointer data)
{
  g_autofree char *gone = g_build_filename (self->root, "a", NULL);
  g_autofree char *roundabout = g_build_filename (self->root, "b", "..", NULL);
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (TnApp) last = NULL;

  g_signal_connect (self->catalogue, "items-changed", G_CALLBACK (items_changed_cb), seen);
  add_app (self, "a", "org.test.a", "A", "");
  add_app (self, "b", "org.test.b", "B", "");
  add_app (self, "d", "org.test.d", "D", "");
  scan (self, SOURCE, 3);
  scan (self, "second", 3);
  assert_listed (self, "A|A|B|B|D|D");

  remove_tree (gone);
  add_app (self, "b", "org.test.b", "Bee", "");
  add_app (self, "c", "org.test.c", "C", "");
  g_assert_cmpint (tn_catalogue_add_folder (self->catalogue, SOURCE, roundabout, NULL), ==, 3);
  assert_listed (self, "A|B|Bee|C|D|D");
  g_assert_cmpstr (seen->str, ==, "0-0+3=3 0-3+6=6 0-6+6=6 ");

  /* Of two with one name and id, that of the younger source comes last, read again or not. */
  last = g_list_model_get_item (G_LIST_MODEL (self->catalogue), 5);
  g_assert_cmpstr (tn_app_get_source (last), ==, "second");
}

static void
test_unreadable (Fixture *self, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (self->root, "missing", NULL);
  g_autoptr (GError) error = NULL;

  add_app (self, "a", "org.test.a", "A", "");
  scan (self, SOURCE, 1);
  g_assert_cmpint (tn_catalogue_add_folder (self->catalogue, SOURCE, missing, &error), ==, -1);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (error->message, missing));
  assert_listed (self, "A");
}

static void
test_matches (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *text;
    gboolean expected;
  } cases[] = {
    { "", TRUE },
    { "  ", TRUE },
    { "uhr", TRUE },
    { "UHRÜ", TRUE },
    { "uhru", TRUE },
    { "uhrübersicht zeit", TRUE },
    { "zonen  uhr", TRUE },
    { "Zürich", TRUE },
    { "zurich", TRUE },
    { "ZU\xcc\x88RICH", TRUE },
    { "org.test", TRUE },
    { "日历", TRUE },
    { "世", FALSE },
    { "strasse", TRUE },
    { "ﬁne", TRUE },
    { "uhr\xe3\x80\x80zonen", TRUE },
    { "uhr nirgends", FALSE },
    { "uhr,zonen", FALSE },
  };
  TnApp *app;

  add_app (self, "a", "org.test.clock", "Uhrübersicht 我的日历",
           ", \"description\": \"Zeitzonen, fine. Straße\", \"author\": \"Zoë aus Zürich\"");
  scan (self, SOURCE, 1);
  app = tn_catalogue_find_id (self->catalogue, "org.test.clock");
  g_assert_nonnull (app);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("“%s”", cases[i].text);
      g_assert_cmpint (tn_catalogue_matches (app, cases[i].text), ==, cases[i].expected);
    }
}

/* The name of a folder need not be text. */
static void
test_matches_broken (Fixture *self, gconstpointer data)
{
  g_autofree char *odd = g_build_filename (self->root, "odd\xff", NULL);
  g_autoptr (TnApp) app = NULL;

  g_assert_cmpint (g_mkdir (odd, 0700), ==, 0);
  scan (self, SOURCE, 1);
  app = g_list_model_get_item (G_LIST_MODEL (self->catalogue), 0);
  g_assert_true (tn_catalogue_matches (app, "ODD"));
  g_assert_false (tn_catalogue_matches (app, "even"));
}

/* What a workspace's catalogue holds: what comes with the program, and the folder "mine". */
static void
test_load (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint bundled;

  g_assert_true (tn_catalogue_load (self->catalogue, self->root, &error));
  g_assert_no_error (error);
  bundled = g_list_model_get_n_items (G_LIST_MODEL (self->catalogue));
  g_assert_nonnull (tn_catalogue_find_id (self->catalogue, "com.tokennexus.clock"));
  add_app (self, "mine/counter", "org.test.counter", "Counter", "");
  g_assert_true (tn_catalogue_load (self->catalogue, self->root, &error));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->catalogue)), ==, bundled + 1);
  g_assert_cmpstr (tn_app_get_source (tn_catalogue_find_id (self->catalogue, "org.test.counter")), ==, TN_SOURCE_MINE);
}

/* The host's own page has a name where it left traces, and can't be placed. */
static void
test_canary (Fixture *self, gconstpointer data)
{
  g_autofree char *key = tn_app_key (TN_SOURCE_HOST, "com.tokennexus.canary", "");
  TnApp *clock;

  g_assert_null (tn_catalogue_find_any (self->catalogue, key));
  g_assert_true (tn_catalogue_load (self->catalogue, self->root, NULL));
  clock = tn_catalogue_find_id (self->catalogue, "com.tokennexus.clock");
  g_assert_cmpstr (tn_app_get_name (tn_catalogue_find_any (self->catalogue, key)), ==, "Canary");
  g_assert_true (tn_catalogue_find_any (self->catalogue, tn_app_get_key (clock)) == clock);
  g_assert_null (tn_catalogue_find_any (self->catalogue, "abcdefghijklmnop"));
  g_assert_null (tn_catalogue_find (self->catalogue, key));
  g_assert_null (tn_catalogue_find_id (self->catalogue, "com.tokennexus.canary"));
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/catalogue/order", test_order },
    { "/catalogue/find", test_find },
    { "/catalogue/find-id-by-age-of-source", test_find_id_by_age_of_source },
    { "/catalogue/broken-is-listed", test_broken_is_listed },
    { "/catalogue/passed-over", test_passed_over },
    { "/catalogue/same-id-twice", test_same_id_twice },
    { "/catalogue/whole-before-broken", test_whole_before_broken },
    { "/catalogue/rescan", test_rescan },
    { "/catalogue/unreadable", test_unreadable },
    { "/catalogue/load", test_load },
    { "/catalogue/canary", test_canary },
    { "/catalogue/matches", test_matches },
    { "/catalogue/matches-broken", test_matches_broken },
  };

  g_autoptr (GString) said = g_string_new (NULL);

  g_test_init (&argc, &argv, NULL);
  warnings = said;
  g_log_set_writer_func (log_cb, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
