/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive-fixture.h"
#include "tn-archive.h"
#include "tn-sink.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pack.h"

static const PackEntry package[] = {
  { '0', "package/manifest.json", "{}" },
  { '5', "package/js/", NULL },
  { '0', "package/js/app.js", "run ()" },
};

/* Something else puts a link or file where one is about to be: it is neither followed nor written over. */
static void
test_occupied (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = pack_tgz (package, G_N_ELEMENTS (package));
  g_autofree char *elsewhere = pack_write_text (self->root, "elsewhere/kept", "kept");
  g_autofree char *folder = g_build_filename (self->out, "js", NULL);
  g_autofree char *file = g_build_filename (self->out, "manifest.json", NULL);
  g_autofree char *list = NULL;
  g_autoptr (GError) error = NULL;

  write_archive (self, bytes);
  g_assert_cmpint (symlink ("../elsewhere/kept", file), ==, 0);
  g_assert_false (tn_archive_unpack (TN_ARCHIVE_TGZ, self->path, self->out, NULL, &error));
  g_assert_error (error, TN_ARCHIVE_ERROR, TN_ARCHIVE_ERROR_IO);
  g_assert_cmpint (g_unlink (file), ==, 0);
  g_clear_error (&error);
  g_assert_cmpint (symlink ("../elsewhere", folder), ==, 0);
  g_assert_false (tn_archive_unpack (TN_ARCHIVE_TGZ, self->path, self->out, NULL, &error));
  g_assert_error (error, TN_ARCHIVE_ERROR, TN_ARCHIVE_ERROR_IO);
  g_free (list);
  g_assert_cmpint (g_unlink (folder), ==, 0);
  list = g_path_get_dirname (elsewhere);
  {
    g_autofree char *there = pack_list (list);

    g_assert_cmpstr (there, ==, "kept=kept\n");
  }
}

/* The file system's own refusal, as a full disk would give it. */
static void
unpack_without_room (Fixture *self)
{
  struct rlimit limit = { 3, 3 };
  g_autoptr (GError) error = NULL;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  if (!tn_archive_unpack (TN_ARCHIVE_TGZ, self->path, self->out, NULL, &error)
      && g_error_matches (error, TN_ARCHIVE_ERROR, TN_ARCHIVE_ERROR_IO) && strstr (error->message, "app.js") != NULL)
    _exit (0);
  _exit (1);
}

static void
test_no_room (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = pack_tgz (package, G_N_ELEMENTS (package));
  int status;
  pid_t pid;

  write_archive (self, bytes);
  pid = fork ();
  if (pid == 0)
    unpack_without_room (self);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
}

/* A folder that was made, and is a link by the time that something is to go into it. */
static void
test_swapped (Fixture *self, gconstpointer data)
{
  g_autoptr (TnSink) sink = tn_sink_new (self->out, NULL);
  g_autofree char *folder = g_build_filename (self->out, "js", NULL);
  g_autofree char *outside = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (tn_sink_add_folder (sink, "js", NULL));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_cmpint (symlink ("..", folder), ==, 0);
  g_assert_false (tn_sink_begin_file (sink, "js/a.js", &error));
  g_assert_error (error, TN_ARCHIVE_ERROR, TN_ARCHIVE_ERROR_IO);
  outside = g_build_filename (self->root, "a.js", NULL);
  g_assert_false (g_file_test (outside, G_FILE_TEST_EXISTS));
}

/* What somebody else puts into the folder meanwhile is not taken for a part of the package. */
static void
test_added (Fixture *self, gconstpointer data)
{
  g_autoptr (TnSink) sink = tn_sink_new (self->out, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (tn_sink_begin_file (sink, "a.js", NULL));
  g_assert_true (tn_sink_write (sink, "a", 1, NULL));
  g_free (pack_write_text (self->out, "b.js", ""));
  g_assert_false (tn_sink_finish (sink, &error));
  g_assert_error (error, TN_ARCHIVE_ERROR, TN_ARCHIVE_ERROR_UNSAFE);
}

static void
test_sink_no_name (Fixture *self, gconstpointer data)
{
  g_autoptr (TnSink) sink = tn_sink_new (self->out, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (tn_sink_begin_file (sink, "", &error));
  g_assert_error (error, TN_ARCHIVE_ERROR, TN_ARCHIVE_ERROR_UNSAFE);
  g_clear_error (&error);
  g_assert_false (tn_sink_add_folder (sink, "", &error));
  g_assert_error (error, TN_ARCHIVE_ERROR, TN_ARCHIVE_ERROR_UNSAFE);
}

static void
test_sink_too_large (Fixture *self, gconstpointer data)
{
  g_autoptr (TnSink) sink = tn_sink_new (self->out, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (tn_sink_begin_file (sink, "a.js", NULL));
  g_assert_false (tn_sink_write (sink, "", TN_ARCHIVE_MAX_BYTES + 1, &error));
  g_assert_error (error, TN_ARCHIVE_ERROR, TN_ARCHIVE_ERROR_TOO_LARGE);
}

static void
assert_folder_refused (Fixture *self, const char *from, int code, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tn_archive_copy_folder (from, self->out, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, TN_ARCHIVE_ERROR, code);
  g_assert_nonnull (strstr (error->message, word));
  empty_out (self);
}

static void
test_folder (Fixture *self, gconstpointer data)
{
  static const char *const names[]
    = { "in/index.html", "in/js/a.js", "in/.git/config", "in/js/.hidden", "in/node_modules/left/index.js" };
  g_autofree char *from = g_build_filename (self->root, "in", NULL);
  g_autofree char *link = g_build_filename (from, "js", "link", NULL);
  g_autofree char *pipe = g_build_filename (from, "pipe", NULL);
  g_autofree char *list = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_free (pack_write_text (self->root, names[i], names[i]));
  g_assert_true (tn_archive_copy_folder (from, self->out, NULL, NULL));
  list = pack_list (self->out);
  g_assert_cmpstr (list, ==, "index.html=in/index.html\njs/\njs/a.js=in/js/a.js\n");
  empty_out (self);

  g_assert_cmpint (symlink ("a.js", link), ==, 0);
  assert_folder_refused (self, from, TN_ARCHIVE_ERROR_UNSAFE, "“js/link” can't be taken: it is a link");
  g_assert_cmpint (g_unlink (link), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  assert_folder_refused (self, from, TN_ARCHIVE_ERROR_UNSAFE, "“pipe” can't be taken: it is neither");
  g_assert_cmpint (g_unlink (pipe), ==, 0);
  g_free (pack_write_text (from, "JS/b.js", ""));
  assert_folder_refused (self, from, TN_ARCHIVE_ERROR_UNSAFE, "same name");
}

/* Copying a folder into one that is inside of it comes to an end. */
static void
test_folder_into_itself (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_free (pack_write_text (self->root, "index.html", "x"));
  if (!tn_archive_copy_folder (self->root, self->out, NULL, &error))
    g_assert_error (error, TN_ARCHIVE_ERROR, TN_ARCHIVE_ERROR_TOO_LARGE);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sink/occupied", test_occupied);
  ADD ("/sink/no-room", test_no_room);
  ADD ("/sink/swapped", test_swapped);
  ADD ("/sink/added", test_added);
  ADD ("/sink/no-name", test_sink_no_name);
  ADD ("/sink/too-large", test_sink_too_large);
  ADD ("/sink/folder", test_folder);
  ADD ("/sink/folder-into-itself", test_folder_into_itself);
  return g_test_run ();
}
