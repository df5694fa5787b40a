/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-intake.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "pack.h"
#include "tn-app.h"
#include "tn-archive.h"
#include "tn-catalogue.h"

#define ID "org.test.todo"

/* A workspace, and beside it a folder with what is handed over. */
typedef struct
{
  char *root;
  char *workspace;
  char *mine;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->root = pack_make_folder ();
  self->workspace = g_build_filename (self->root, "workspace", NULL);
  self->mine = g_build_filename (self->workspace, "mine", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  pack_remove_folder (self->root);
  g_free (self->workspace);
  g_free (self->mine);
}

/* An app in a .tgz; (transfer full): its path. */
static char *
write_app (Fixture *self, const char *name, const char *id, const char *version, const char *page)
{
  g_autofree char *manifest
    = g_strdup_printf ("{\"sdk\": 1, \"id\": \"%s\", \"name\": \"Todo\", \"version\": \"%s\"}", id, version);
  const PackEntry entries[] = {
    { '0', "package/manifest.json", manifest },
    { '0', "package/index.html", page },
    { '0', "package/js/a/b.js", "b" },
  };
  g_autoptr (GBytes) bytes = pack_tgz (entries, G_N_ELEMENTS (entries));

  return pack_write_bytes (self->root, name, bytes);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* What is handed over, taken to its end. */
static char *
take_file (Fixture *self, GFile *file, gboolean replace, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tn_intake_async (self->workspace, file, replace, NULL, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return tn_intake_finish (result, error);
}

static char *
take (Fixture *self, const char *path, gboolean replace, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return take_file (self, file, replace, error);
}

static void
assert_taken (Fixture *self, const char *path, gboolean replace, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = take (self, path, replace, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, expected);
}

/* Refused with a sentence; among the person's own apps all is as it was. */
static void
assert_refused (Fixture *self, const char *path, GQuark domain, int code, const char *word)
{
  g_autofree char *before = pack_list (self->mine), *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = take (self, path, FALSE, &error);

  g_assert_null (id);
  g_test_message ("%s", error->message);
  g_assert_error (error, domain, code);
  g_assert_nonnull (strstr (error->message, word));
  after = pack_list (self->mine);
  g_assert_cmpstr (after, ==, before);
}

static void
assert_file (Fixture *self, const char *name, const char *expected)
{
  g_autofree char *path = g_build_filename (self->mine, name, NULL);
  g_autofree char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, expected);
}

/* The names in “mine”, hidden ones too. */
static void
assert_folders (Fixture *self, const char *expected)
{
  g_autoptr (GDir) dir = g_dir_open (self->mine, 0, NULL);
  g_autoptr (GString) names = g_string_new (NULL);
  const char *parts[] = { ".replaced-" ID, ID };
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n++;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_build_filename (self->mine, parts[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          g_string_append_printf (names, "%s ", parts[i]);
          n--;
        }
    }
  g_assert_cmpstr (names->str, ==, expected);
  g_assert_cmpuint (n, ==, 0);
}

static void
test_kinds (Fixture *self, gconstpointer data)
{
  static const char *const names[] = { "a.tgz", "b.tnapp", "c.tar.gz", "D.TGZ" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *id = g_strdup_printf ("org.test.app%" G_GSIZE_FORMAT, i);
      g_autofree char *path = write_app (self, names[i], id, "1.0.0", "page");
      g_autofree char *page = g_build_filename (id, "index.html", NULL);

      assert_taken (self, path, FALSE, id);
      assert_file (self, page, "page");
    }
}

/* What was taken is in the catalogue as soon as it is read again. */
static void
test_catalogue (Fixture *self, gconstpointer data)
{
  g_autofree char *first = write_app (self, "1.tgz", ID, "1.0.0", "one");
  g_autofree char *second = write_app (self, "2.tgz", ID, "2.0.0", "two");
  g_autoptr (TnCatalogue) catalogue = tn_catalogue_new ();
  TnApp *app;

  assert_taken (self, first, FALSE, ID);
  assert_taken (self, second, TRUE, ID);
  tn_catalogue_load (catalogue, self->workspace, NULL);
  app = tn_catalogue_find_id (catalogue, ID);
  g_assert_cmpstr (tn_app_get_source (app), ==, TN_SOURCE_MINE);
  g_assert_cmpstr (tn_manifest_get_version (tn_app_get_manifest (app)), ==, "2.0.0");
}

static void
test_again_and_replace (Fixture *self, gconstpointer data)
{
  g_autofree char *first = write_app (self, "1.tgz", ID, "1.0.0", "one");
  g_autofree char *second = write_app (self, "2.tgz", ID, "1.1.0", "two");
  g_autofree char *third = write_app (self, "3.tgz", ID, "1.1.0", "three");

  assert_taken (self, first, FALSE, ID);
  assert_taken (self, first, FALSE, ID);
  assert_taken (self, first, TRUE, ID);
  assert_folders (self, ID " ");
  assert_refused (self, second, TN_INTAKE_ERROR, TN_INTAKE_ERROR_EXISTS,
                  "“Todo” is among your own apps already, in version 1.0.0; this is another one, version 1.1.0");
  assert_taken (self, second, TRUE, ID);
  assert_folders (self, ".replaced-" ID " " ID " ");
  assert_file (self, ID "/index.html", "two");
  assert_file (self, ".replaced-" ID "/index.html", "one");
  assert_refused (self, third, TN_INTAKE_ERROR, TN_INTAKE_ERROR_EXISTS, "1.1.0");
  assert_taken (self, third, TRUE, ID);
  assert_folders (self, ".replaced-" ID " " ID " ");
  assert_file (self, ".replaced-" ID "/index.html", "two");
}

static void
test_refused (Fixture *self, gconstpointer data)
{
  g_autofree char *text = pack_write_text (self->root, "page.html", "<p>");
  g_autofree char *torn = pack_write_text (self->root, "torn.tgz", "torn");
  g_autofree char *nothing = g_build_filename (self->root, "nothing.tgz", NULL);
  g_autofree char *folder = g_build_filename (self->root, "folder", NULL);
  g_autofree char *faulty = write_app (self, "faulty.tgz", "todo", "one", "page");
  g_autoptr (GFile) far = g_file_new_for_uri ("https://example.com/app.tgz");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (self->mine, 0700), ==, 0);
  assert_refused (self, text, TN_INTAKE_ERROR, TN_INTAKE_ERROR_KIND, ".xdc");
  assert_refused (self, nothing, TN_INTAKE_ERROR, TN_INTAKE_ERROR_KIND, "nothing.tgz” is not there");
  assert_refused (self, folder, TN_INTAKE_ERROR, TN_INTAKE_ERROR_APP, "no manifest.json");
  assert_refused (self, torn, TN_ARCHIVE_ERROR, TN_ARCHIVE_ERROR_FORMAT, "damaged");
  assert_refused (self, faulty, TN_INTAKE_ERROR, TN_INTAKE_ERROR_APP, "has 2 faults: /id: must");
  assert_refused (self, faulty, TN_INTAKE_ERROR, TN_INTAKE_ERROR_APP, "; /version: must");
  g_assert_null (take_file (self, far, FALSE, &error));
  g_assert_error (error, TN_INTAKE_ERROR, TN_INTAKE_ERROR_KIND);
  g_assert_nonnull (strstr (error->message, "https://example.com/app.tgz"));
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "/intake/kinds", test_kinds },
    { "/intake/catalogue", test_catalogue },
    { "/intake/again-and-replace", test_again_and_replace },
    { "/intake/refused", test_refused },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
