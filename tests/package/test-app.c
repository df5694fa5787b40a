/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-app.h"
#include "tn-fault.h"
#include "tn-paths.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;
  char *manifest;
  char *index;
} Fixture;

static void
write_manifest (Fixture *f, const char *text)
{
  g_assert_true (g_file_set_contents (f->manifest, text, -1, NULL));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("tn-app-XXXXXX", NULL);
  f->manifest = g_build_filename (f->folder, "manifest.json", NULL);
  f->index = g_build_filename (f->folder, "index.html", NULL);
  g_assert_true (g_file_set_contents (f->index, "", -1, NULL));
  write_manifest (f, "{\"sdk\":1,\"id\":\"com.example.a\",\"name\":\"Äpp\",\"version\":\"1.0.0\"}");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_remove (f->manifest);
  g_remove (f->index);
  g_rmdir (f->folder);
  g_free (f->manifest);
  g_free (f->index);
  g_free (f->folder);
}

/* printf 'bundled\ncom.example.a\n\n' | sha256sum | xxd -r -p | base32 | tr A-Z a-z | cut -c 1-16 */
static void
test_key (void)
{
  g_autofree char *key = tn_app_key ("bundled", "com.example.a", "");

  g_assert_cmpstr (key, ==, "lkthz5taegfsl6av");
}

/* Where the parts meet must make a difference. */
static void
test_keys_differ (void)
{
  static const char *const parts[][3] = {
    { "bundled", "com.example.a", "" }, { "bundled", "com.example.b", "" }, { "file:///x", "com.example.a", "" },
    { "bundled", "com.example.a", "k" }, { "bundled", "com.example.ak", "" }, { "bundledc", "om.example.a", "" },
    { "bundled\ncom", "example.a", "" }, { "", "bundledcom.example.a", "" },
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      char *key = tn_app_key (parts[i][0], parts[i][1], parts[i][2]);

      g_assert_cmpuint (strlen (key), ==, 16);
      g_assert_cmpuint (strspn (key, "abcdefghijklmnopqrstuvwxyz234567"), ==, 16);
      g_assert_true (g_hash_table_add (seen, key));
    }
}

static void
test_whole (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = tn_app_load ("bundled", f->folder);
  g_autofree char *key = tn_app_key ("bundled", "com.example.a", "");

  g_assert_cmpstr (tn_app_get_key (app), ==, key);
  g_assert_cmpstr (tn_app_get_id (app), ==, "com.example.a");
  g_assert_cmpstr (tn_app_get_name (app), ==, "Äpp");
  g_assert_cmpstr (tn_app_get_source (app), ==, "bundled");
  g_assert_cmpstr (tn_app_get_directory (app), ==, f->folder);
  g_assert_cmpstr (tn_manifest_get_version (tn_app_get_manifest (app)), ==, "1.0.0");
  g_assert_cmpuint (tn_app_get_faults (app)->len, ==, 0);
  g_assert_false (tn_app_is_missing (app));
}

static void
check_broken (Fixture *f, const char *text, const char *id)
{
  g_autoptr (TnApp) app = NULL;
  g_autofree char *key = tn_app_key ("bundled", id, "");

  write_manifest (f, text);
  app = tn_app_load ("bundled", f->folder);
  g_assert_null (tn_app_get_manifest (app));
  g_assert_cmpuint (tn_app_get_faults (app)->len, >, 0);
  g_assert_cmpstr (tn_app_get_id (app), ==, id);
  g_assert_cmpstr (tn_app_get_name (app), ==, id);
  g_assert_cmpstr (tn_app_get_key (app), ==, key);
  g_assert_false (tn_app_is_missing (app));
}

/* A tile of an app must find it again when its manifest breaks. */
static void
test_broken (Fixture *f, gconstpointer data)
{
  g_autofree char *name = g_path_get_basename (f->folder);

  check_broken (f, "{\"id\":\"com.example.a\"}", "com.example.a");
  check_broken (f, "{\"id\":\"../a\",\"name\":\"A\"}", name);
  check_broken (f, "{\"id\":7}", name);
  check_broken (f, "[]", name);
  check_broken (f, "{\"id\":\"com.example.a\"", name);
}

static void
test_missing (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = tn_app_load ("bundled", "/nowhere/com.example.b");
  const TnFault *fault = g_ptr_array_index (tn_app_get_faults (app), 0);

  g_assert_true (tn_app_is_missing (app));
  g_assert_null (tn_app_get_manifest (app));
  g_assert_cmpstr (tn_app_get_id (app), ==, "com.example.b");
  g_assert_cmpuint (tn_app_get_faults (app)->len, ==, 1);
  g_assert_cmpstr (fault->pointer, ==, "");
  g_assert_cmpstr (fault->message, ==, "“/nowhere/com.example.b” is not there");
}

static void
test_looks_again (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = tn_app_load ("bundled", f->folder);

  g_assert_false (tn_app_is_missing (app));
  g_remove (f->manifest);
  g_assert_true (tn_app_is_missing (app));
  write_manifest (f, "{}");
  g_assert_false (tn_app_is_missing (app));
  g_assert_nonnull (tn_app_get_manifest (app));
}

/* The apps that come with the program are as whole as those of others must be. */
static void
test_bundled (void)
{
  g_autofree char *apps = g_build_filename (tn_paths_data_dir (), "apps", NULL);
  g_autoptr (GDir) dir = g_dir_open (apps, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (apps, name, NULL);
      g_autoptr (TnApp) app = tn_app_load ("bundled", folder);
      GPtrArray *faults = tn_app_get_faults (app);

      if (faults->len > 0)
        g_error ("%s: %s: %s", name, ((TnFault *) g_ptr_array_index (faults, 0))->pointer,
                 ((TnFault *) g_ptr_array_index (faults, 0))->message);
      g_assert_cmpstr (tn_app_get_id (app), ==, name);
      n++;
    }
  g_assert_cmpuint (n, >=, 6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/key", test_key);
  g_test_add_func ("/app/keys-differ", test_keys_differ);
  g_test_add ("/app/whole", Fixture, NULL, set_up, test_whole, tear_down);
  g_test_add ("/app/broken", Fixture, NULL, set_up, test_broken, tear_down);
  g_test_add ("/app/missing", Fixture, NULL, set_up, test_missing, tear_down);
  g_test_add ("/app/looks-again", Fixture, NULL, set_up, test_looks_again, tear_down);
  g_test_add_func ("/app/bundled", test_bundled);
  return g_test_run ();
}
