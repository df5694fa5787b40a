/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-fault.h"
#include "tn-manifest.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *outside; /* a folder around the app's */
  char *folder;
} Fixture;

#define WHOLE "{\"sdk\":1,\"id\":\"com.example.a\",\"name\":\"A\",\"version\":\"1.0.0\""

static void
write_file (const char *folder, const char *name, const char *content)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
}

static void
link_file (Fixture *f, const char *target, const char *name)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
write_manifest (Fixture *f, const char *members)
{
  g_autofree char *text = g_strconcat (WHOLE, members, "}", NULL);

  write_file (f->folder, "manifest.json", text);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->outside = g_dir_make_tmp ("tn-load-XXXXXX", NULL);
  f->folder = g_build_filename (f->outside, "app", NULL);
  g_assert_cmpint (g_mkdir (f->folder, 0700), ==, 0);
  write_file (f->outside, "secret.html", "secret");
  write_file (f->folder, "index.html", "<p>");
  write_manifest (f, "");
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = !g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? g_dir_open (path, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  remove_all (f->outside);
  g_free (f->folder);
  g_free (f->outside);
}

static void
check_error (const char *folder, TnPackageErrorCode code, const char *piece)
{
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (tn_manifest_load (folder, &faults, &error));
  g_assert_error (error, TN_PACKAGE_ERROR, code);
  g_assert_true ((faults->len > 0) == (code == TN_PACKAGE_ERROR_MANIFEST));
  if (strstr (error->message, piece) == NULL)
    g_error ("“%s” does not say “%s”", error->message, piece);
}

static void
check_fault (Fixture *f, const char *pointer, const char *message)
{
  g_autoptr (GPtrArray) faults = NULL;
  const TnFault *fault;

  g_assert_null (tn_manifest_load (f->folder, &faults, NULL));
  g_assert_cmpuint (faults->len, ==, 1);
  fault = g_ptr_array_index (faults, 0);
  g_assert_cmpstr (fault->pointer, ==, pointer);
  g_assert_cmpstr (fault->message, ==, message);
}

static void
check_fault_begins (Fixture *f, const char *beginning)
{
  g_autoptr (GPtrArray) faults = NULL;

  g_assert_null (tn_manifest_load (f->folder, &faults, NULL));
  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_true (g_str_has_prefix (((TnFault *) faults->pdata[0])->message, beginning));
}

static void
check_loads (const char *folder)
{
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnManifest) manifest = tn_manifest_load (folder, &faults, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (tn_manifest_get_id (manifest), ==, "com.example.a");
  g_assert_cmpuint (faults->len, ==, 0);
}

static void
test_loads (Fixture *f, gconstpointer data)
{
  g_autofree char *linked = g_build_filename (f->outside, "link", NULL);
  g_autofree char *slashed = g_strconcat (f->folder, "/", NULL);

  check_loads (f->folder);
  check_loads (slashed);
  g_assert_cmpint (symlink ("app", linked), ==, 0);
  check_loads (linked);
}

static void
test_missing (Fixture *f, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (f->outside, "nowhere", NULL);
  g_autofree char *file = g_build_filename (f->folder, "index.html", NULL);
  g_autofree char *manifest = g_build_filename (f->folder, "manifest.json", NULL);

  check_error (nowhere, TN_PACKAGE_ERROR_MISSING, "nowhere” is not there");
  check_error (file, TN_PACKAGE_ERROR_MISSING, "is not there");
  g_remove (manifest);
  check_error (f->folder, TN_PACKAGE_ERROR_MISSING, "manifest.json” is not there");
}

/* A pipe would be waited for, for ever. */
static void
test_unreadable (Fixture *f, gconstpointer data)
{
  g_autofree char *manifest = g_build_filename (f->folder, "manifest.json", NULL);

  g_remove (manifest);
  g_assert_cmpint (mkfifo (manifest, 0600), ==, 0);
  check_error (f->folder, TN_PACKAGE_ERROR_UNREADABLE, "manifest.json” is not a file");
  g_remove (manifest);
  g_assert_cmpint (g_mkdir (manifest, 0700), ==, 0);
  check_error (f->folder, TN_PACKAGE_ERROR_UNREADABLE, "manifest.json” is not a file");
  g_remove (manifest);
  link_file (f, "manifest.json", "manifest.json");
  check_error (f->folder, TN_PACKAGE_ERROR_UNREADABLE, "manifest.json” can't be read");
}

static void
test_forbidden (Fixture *f, gconstpointer data)
{
  g_autofree char *manifest = g_build_filename (f->folder, "manifest.json", NULL);

  if (geteuid () == 0)
    {
      g_test_skip ("the superuser may read everything");
      return;
    }
  g_chmod (manifest, 0);
  check_error (f->folder, TN_PACKAGE_ERROR_UNREADABLE, "can't be read");
}

static void
test_manifest_outside (Fixture *f, gconstpointer data)
{
  g_autofree char *manifest = g_build_filename (f->folder, "manifest.json", NULL);
  g_autofree char *moved = g_build_filename (f->outside, "manifest.json", NULL);

  g_assert_cmpint (g_rename (manifest, moved), ==, 0);
  link_file (f, "../manifest.json", "manifest.json");
  check_error (f->folder, TN_PACKAGE_ERROR_UNREADABLE, "leads out of the app's folder");
}

static void
test_large (Fixture *f, gconstpointer data)
{
  g_autofree char *text = g_strnfill (3 * 1024 * 1024, ' ');

  write_file (f->folder, "manifest.json", text);
  check_error (f->folder, TN_PACKAGE_ERROR_MANIFEST, "at most 1048576");
}

static void
test_error_names_first_fault (Fixture *f, gconstpointer data)
{
  write_manifest (f, ",\"version\":\"1\"");
  check_error (f->folder, TN_PACKAGE_ERROR_MANIFEST, "has a fault: /version: must be a semantic version");
  write_manifest (f, ",\"version\":\"1\",\"id\":\"a\"");
  check_error (f->folder, TN_PACKAGE_ERROR_MANIFEST, "has 2 faults, the first of them: /id: ");
  write_file (f->folder, "manifest.json", "{");
  check_error (f->folder, TN_PACKAGE_ERROR_MANIFEST, "has a fault: The JSON can't be read at line 1");
}

static void
test_absent_files (Fixture *f, gconstpointer data)
{
  g_autofree char *index = g_build_filename (f->folder, "index.html", NULL);

  write_manifest (f, ",\"icon\":\"icon.svg\"");
  check_fault (f, "/icon", "names “icon.svg”, which is not in the app's folder");
  write_manifest (f, ",\"workerScript\":\"index.html/x.js\"");
  check_fault (f, "/workerScript", "names “index.html/x.js”, which is not in the app's folder");
  write_manifest (f, "");
  g_remove (index);
  check_fault (f, "/entryPoint", "names “index.html”, which is not in the app's folder");
}

/* Beside a file that is not there the other faults are told too. */
static void
test_all_together (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) faults = NULL;

  write_manifest (f, ",\"icon\":\"icon.svg\",\"preview\":\"../x\",\"version\":\"1\",\"name\":5,\"workerScript\":7");
  g_assert_null (tn_manifest_load (f->folder, &faults, NULL));
  g_assert_cmpuint (faults->len, ==, 5);
}

static void
test_kinds_of_files (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (f->folder, "folder", NULL);
  g_autofree char *pipe_path = g_build_filename (f->folder, "pipe", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  write_manifest (f, ",\"icon\":\"folder\"");
  check_fault (f, "/icon", "names “folder”, which is not a file");
  write_manifest (f, ",\"icon\":\"pipe\"");
  check_fault (f, "/icon", "names “pipe”, which is not a file");
  link_file (f, "/dev/null", "null");
  write_manifest (f, ",\"icon\":\"null\"");
  check_fault (f, "/icon", "names “null”, which leads out of the app's folder");
}

static void
test_links (Fixture *f, gconstpointer data)
{
  g_autofree char *beside = g_strconcat (f->folder, "-beside", NULL);

  g_assert_cmpint (g_mkdir (beside, 0700), ==, 0);
  write_file (beside, "x.html", "x");
  link_file (f, "index.html", "inside.html");
  write_manifest (f, ",\"entryPoint\":\"inside.html\"");
  check_loads (f->folder);
  link_file (f, "../secret.html", "outside.html");
  write_manifest (f, ",\"entryPoint\":\"outside.html\"");
  check_fault (f, "/entryPoint", "names “outside.html”, which leads out of the app's folder");
  link_file (f, "..", "up");
  write_manifest (f, ",\"entryPoint\":\"up/secret.html\"");
  check_fault (f, "/entryPoint", "names “up/secret.html”, which leads out of the app's folder");
  link_file (f, "../app-beside", "beside");
  write_manifest (f, ",\"entryPoint\":\"beside/x.html\"");
  check_fault (f, "/entryPoint", "names “beside/x.html”, which leads out of the app's folder");
  link_file (f, "nothing", "dangling");
  write_manifest (f, ",\"entryPoint\":\"dangling\"");
  check_fault (f, "/entryPoint", "names “dangling”, which is not in the app's folder");
}

/* What npm is told must not be another thing than what the person is told. */
static void
test_package_json (Fixture *f, gconstpointer data)
{
  static const char *const agreeing[] = {
    "{}",
    "{\"name\":\"a\",\"version\":\"1.0.0\",\"scripts\":{\"install\":\"touch ran\"}}",
    "{\"name\":\"@scope/a\"}",
    "{\"name\":\"com.example.a\"}",
    "{\"name\":\"com-example-a\"}",
    "{\"name\":7,\"version\":null}",
  };
  g_autofree char *ran = g_build_filename (f->folder, "ran", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (agreeing); i++)
    {
      write_file (f->folder, "package.json", agreeing[i]);
      check_loads (f->folder);
    }
  g_assert_false (g_file_test (ran, G_FILE_TEST_EXISTS));
  write_file (f->folder, "package.json", "{\"version\":\"1.0.1\"}");
  check_fault (f, "/version", "is “1.0.0”, but package.json says “1.0.1”; the two must agree");
  write_file (f->folder, "package.json", "{\"name\":\"@scope/bank\"}");
  check_fault (f, "/name",
               "is “A”, but package.json says “@scope/bank”; that must be this name, the id, or the id's end");
  write_file (f->folder, "package.json", "[]");
  check_fault_begins (f, "package.json: ");
  write_file (f->folder, "package.json", "{,}");
  check_fault_begins (f, "package.json: The JSON can't be read at line 1");
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/manifest/load/loads", test_loads);
  add ("/manifest/load/missing", test_missing);
  add ("/manifest/load/unreadable", test_unreadable);
  add ("/manifest/load/forbidden", test_forbidden);
  add ("/manifest/load/manifest-outside", test_manifest_outside);
  add ("/manifest/load/large", test_large);
  add ("/manifest/load/error-names-first-fault", test_error_names_first_fault);
  add ("/manifest/load/absent-files", test_absent_files);
  add ("/manifest/load/all-together", test_all_together);
  add ("/manifest/load/kinds-of-files", test_kinds_of_files);
  add ("/manifest/load/links", test_links);
  add ("/manifest/load/package-json", test_package_json);
  return g_test_run ();
}
