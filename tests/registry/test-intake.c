/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-intake.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utime.h>

#include "pack.h"
#include "tn-app.h"
#include "tn-archive.h"
#include "tn-catalogue.h"
#include "tn-tree.h"

#define ID "org.test.todo"
#define N_KILLS 100

static char *program;

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
  g_autofree char *before = pack_list (self->mine), *after = NULL, *name = g_filename_display_basename (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = take (self, path, FALSE, &error);

  g_assert_null (id);
  g_test_message ("%s", error->message);
  g_assert_error (error, domain, code);
  g_assert_nonnull (strstr (error->message, word));
  /* What can't be unpacked is named. */
  g_assert_true (domain != TN_ARCHIVE_ERROR || strstr (error->message, name) != NULL);
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

/* The person's own folder for an app may have any name: the id says which one it is. */
static void
test_other_folder (Fixture *self, gconstpointer data)
{
  g_autofree char *first = write_app (self, "1.tgz", ID, "1.0.0", "one");
  g_autofree char *second = write_app (self, "2.tgz", ID, "2.0.0", "two");
  g_autofree char *from = g_build_filename (self->mine, ID, NULL);
  g_autofree char *to = g_build_filename (self->mine, "my-todo", NULL);

  assert_taken (self, first, FALSE, ID);
  g_assert_cmpint (g_rename (from, to), ==, 0);
  assert_taken (self, first, FALSE, ID);
  assert_refused (self, second, TN_INTAKE_ERROR, TN_INTAKE_ERROR_EXISTS, "1.0.0");
  assert_taken (self, second, TRUE, ID);
  assert_file (self, "my-todo/index.html", "two");
  g_assert_false (g_file_test (from, G_FILE_TEST_EXISTS));
}

/* In the place of one whose manifest is broken. */
static void
test_over_broken (Fixture *self, gconstpointer data)
{
  g_autofree char *path = write_app (self, "1.tgz", ID, "1.0.0", "one");

  g_free (pack_write_text (self->mine, ID "/manifest.json", "{"));
  assert_refused (self, path, TN_INTAKE_ERROR, TN_INTAKE_ERROR_EXISTS,
                  "with faults in its manifest; this is version 1.0.0");
  assert_taken (self, path, TRUE, ID);
  assert_file (self, ".replaced-" ID "/manifest.json", "{");
}

/* A place that is taken by what is no app of this id stays as it is. */
static void
test_occupied (Fixture *self, gconstpointer data)
{
  g_autofree char *path = write_app (self, "1.tgz", ID, "1.0.0", "one");
  g_autofree char *other = write_app (self, "2.tgz", "org.test.other", "1.0.0", "other");
  g_autofree char *from = g_build_filename (self->mine, "org.test.other", NULL);
  g_autofree char *place = g_build_filename (self->mine, ID, NULL);

  assert_taken (self, other, FALSE, "org.test.other");
  g_assert_cmpint (g_rename (from, place), ==, 0);
  assert_refused (self, path, G_IO_ERROR, G_IO_ERROR_NOT_EMPTY, ID "” can't be written");
  tn_tree_remove (place);
  g_assert_cmpint (symlink ("..", place), ==, 0);
  assert_refused (self, path, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY, ID "” can't be written");
}

static void
test_folder (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (self->root, "todo", NULL);
  g_autofree char *link = g_build_filename (self->root, "link", NULL);
  g_autofree char *own = g_build_filename (self->mine, ID, NULL);

  g_free (pack_write_text (folder, "manifest.json",
                           "{\"sdk\": 1, \"id\": \"" ID "\", \"name\": \"Todo\", \"version\": \"1.0.0\"}"));
  g_free (pack_write_text (folder, "index.html", "page"));
  g_free (pack_write_text (folder, ".git/config", "hidden"));
  g_assert_cmpint (symlink ("todo", link), ==, 0);
  assert_taken (self, folder, FALSE, ID);
  assert_taken (self, link, FALSE, ID);
  assert_file (self, ID "/index.html", "page");
  assert_file (self, ID "/.git/config", NULL);
  /* the one that is there, with what it would not be copied with */
  g_free (pack_write_text (own, ".git/config", "hidden"));
  assert_taken (self, own, FALSE, ID);
  assert_file (self, ID "/.git/config", "hidden");
}

static void
test_xdc (Fixture *self, gconstpointer data)
{
  static const PackEntry entries[] = { { '0', "index.html", "<p>" }, { '0', "manifest.toml", "name = 'Chess'" } };
  g_autoptr (GBytes) bytes = pack_zip (entries, G_N_ELEMENTS (entries));
  g_autofree char *path = pack_write_bytes (self->root, "Chess.xdc", bytes);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = take (self, path, FALSE, &error);
  g_autofree char *page = NULL;

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (id, "xdc."));
  page = g_build_filename (id, "index.html", NULL);
  assert_file (self, page, "<p>");
  assert_taken (self, path, FALSE, id);
}

/* Nothing of an archive gets out of the place that it is given. */
static void
test_hostile (Fixture *self, gconstpointer data)
{
  static const PackEntry entries[] = { { '0', "p/manifest.json", "{}" }, { '0', "p/../../../escaped", "x" } };
  g_autoptr (GBytes) bytes = pack_tgz (entries, G_N_ELEMENTS (entries));
  g_autofree char *path = pack_write_bytes (self->root, "a.tgz", bytes);
  g_autofree char *list = NULL;

  g_assert_cmpint (g_mkdir_with_parents (self->mine, 0700), ==, 0);
  assert_refused (self, path, TN_ARCHIVE_ERROR, TN_ARCHIVE_ERROR_UNSAFE, "../escaped");
  list = pack_list (self->root);
  g_assert_null (strstr (list, "\nescaped"));
}

/* What a killed process left goes with the next one, unless it is so young that its process may live. */
static void
test_leftovers (Fixture *self, gconstpointer data)
{
  g_autofree char *path = write_app (self, "1.tgz", ID, "1.0.0", "one");
  g_autofree char *old = g_build_filename (self->mine, ".staging-oldold", NULL);
  g_autofree char *young = g_build_filename (self->mine, ".staging-young1", NULL);
  g_autofree char *kept = g_build_filename (self->mine, ".replaced-org.test.other", NULL);
  struct utimbuf times = { time (NULL) - 2 * 60 * 60, time (NULL) - 2 * 60 * 60 };

  g_free (pack_write_text (old, "js/a.js", "x"));
  g_free (pack_write_text (young, "js/a.js", "x"));
  g_free (pack_write_text (kept, "index.html", "x"));
  g_assert_cmpint (utime (old, &times), ==, 0);
  g_assert_cmpint (utime (kept, &times), ==, 0);
  assert_taken (self, path, FALSE, ID);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (young, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autofree char *path = write_app (self, "1.tgz", ID, "1.0.0", "one");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  tn_intake_async (self->workspace, file, FALSE, cancellable, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (tn_intake_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_folders (self, "");
}

#define N_AT_ONCE 10
#define N_ROUNDS 30

/* Handed over many times at once: one takes the place, all are content. */
static void
take_at_once (Fixture *self, GFile *file)
{
  GAsyncResult *results[N_AT_ONCE] = { NULL };

  for (guint i = 0; i < N_AT_ONCE; i++)
    tn_intake_async (self->workspace, file, i % 2 == 0, NULL, done_cb, &results[i]);
  for (guint i = 0; i < N_AT_ONCE; i++)
    {
      g_autofree char *id = NULL;
      g_autoptr (GError) error = NULL;

      while (results[i] == NULL)
        g_main_context_iteration (NULL, TRUE);
      id = tn_intake_finish (results[i], &error);
      g_assert_no_error (error);
      g_assert_cmpstr (id, ==, ID);
      g_object_unref (results[i]);
    }
  assert_folders (self, ID " ");
}

static void
test_at_once (Fixture *self, gconstpointer data)
{
  g_autofree char *path = write_app (self, "1.tgz", ID, "1.0.0", "one");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      take_at_once (self, file);
      tn_tree_remove (self->mine);
    }
}

/* This program again, as a process of its own that does one of the @children. */
static pid_t
start_child (Fixture *self, const char *what, const char *first, const char *second, int *out)
{
  char *const argv[] = { program, (char *) what, self->workspace, (char *) first, (char *) second, NULL };
  int fds[2];
  pid_t pid;

  g_assert_cmpint (pipe2 (fds, O_CLOEXEC), ==, 0);
  pid = fork ();
  if (pid == 0)
    {
      dup2 (fds[1], STDOUT_FILENO);
      execv (program, argv);
      _exit (127);
    }
  g_assert_cmpint (pid, >, 0);
  close (fds[1]);
  *out = fds[0];
  return pid;
}

/* No file may be longer than this: what a full disk would say. */
static void
take_without_room (Fixture *self, const char *first, const char *second)
{
  struct rlimit limit = { 500, 500 };
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  assert_taken (self, first, FALSE, ID);
  id = take (self, second, TRUE, &error);
  g_assert_null (id);
  g_assert_error (error, TN_ARCHIVE_ERROR, TN_ARCHIVE_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "“index.html” can't be written: File too large"));
}

/* One and the other, for ever; says when each is done. */
static void
take_in_turn (Fixture *self, const char *first, const char *second)
{
  for (guint i = 0;; i++)
    {
      assert_taken (self, i % 2 == 0 ? first : second, TRUE, ID);
      g_assert_cmpint (write (STDOUT_FILENO, "+", 1), ==, 1);
    }
}

/* All is as before, and nothing lies about. */
static void
test_no_room (Fixture *self, gconstpointer data)
{
  g_autofree char *page = g_strnfill (1000, 'x');
  g_autofree char *first = write_app (self, "1.tgz", ID, "1.0.0", "one");
  g_autofree char *second = write_app (self, "2.tgz", ID, "2.0.0", page);
  int status, out;
  pid_t pid = start_child (self, "without-room", first, second, &out);

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  close (out);
  g_assert_cmpint (status, ==, 0);
  assert_folders (self, ID " ");
  assert_file (self, ID "/index.html", "one");
}

/* Whole is what has all of the one or all of the other. Returns: whether there is anything */
static gboolean
assert_whole (Fixture *self, const char *folder)
{
  g_autofree char *path = g_build_filename (self->mine, folder, NULL);
  g_autofree char *list = pack_list (path);
  const char *const wholes[] = {
    "",
    "index.html=one\njs/\njs/a/\njs/a/b.js=b\nmanifest.json={\"sdk\": 1, \"id\": \"" ID
    "\", \"name\": \"Todo\", \"version\": \"1.0.0\"}\n",
    "index.html=two\njs/\njs/a/\njs/a/b.js=b\nmanifest.json={\"sdk\": 1, \"id\": \"" ID
    "\", \"name\": \"Todo\", \"version\": \"2.0.0\"}\n",
    NULL,
  };

  g_test_message ("%s", list);
  g_assert_true (g_strv_contains (wholes, list));
  return *list != '\0';
}

/* Killed at any moment: the old one or the new one is there, never a mix, and never none once there was one. */
static void
test_killed (Fixture *self, gconstpointer data)
{
  g_autofree char *first = write_app (self, "1.tgz", ID, "1.0.0", "one");
  g_autofree char *second = write_app (self, "2.tgz", ID, "2.0.0", "two");
  gboolean there = FALSE;
  guint n_done = 0;

  for (guint i = 0; i < N_KILLS; i++)
    {
      char done[4096];
      int status, out;
      pid_t pid = start_child (self, "in-turn", first, second, &out);
      ssize_t n;

      g_assert_cmpint (read (out, done, 1), ==, 1);
      g_usleep ((gulong) g_test_rand_int_range (0, 8000));
      g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
      n = read (out, done, sizeof done);
      n_done += n > 0 ? n : 0;
      close (out);
      there |= assert_whole (self, ID);
      g_assert_cmpint (assert_whole (self, ID), ==, there);
    }
  g_test_message ("%u replacements in %d lives", n_done, N_KILLS);
  g_assert_true (there);
  assert_taken (self, first, TRUE, ID);
  assert_taken (self, second, TRUE, ID);
  assert_whole (self, ".replaced-" ID);
}

static const struct
{
  const char *name;
  void (*run) (Fixture *self, const char *first, const char *second);
} children[] = {
  { "without-room", take_without_room },
  { "in-turn", take_in_turn },
};

static int
run_child (char **argv)
{
  g_autofree char *mine = g_build_filename (argv[2], "mine", NULL);
  Fixture self = { NULL, argv[2], mine };

  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    if (g_str_equal (argv[1], children[i].name))
      children[i].run (&self, argv[3], argv[4]);
  return 0;
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
    { "/intake/other-folder", test_other_folder },
    { "/intake/over-broken", test_over_broken },
    { "/intake/occupied", test_occupied },
    { "/intake/folder", test_folder },
    { "/intake/xdc", test_xdc },
    { "/intake/hostile", test_hostile },
    { "/intake/leftovers", test_leftovers },
    { "/intake/no-room", test_no_room },
    { "/intake/killed", test_killed },
    { "/intake/cancelled", test_cancelled },
    { "/intake/at-once", test_at_once },
  };

  if (argc == 5)
    return run_child (argv);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
