/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-tree.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pack.h"

typedef struct
{
  char *root;
  char *one, *two;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->root = pack_make_folder ();
  self->one = g_build_filename (self->root, "one", NULL);
  self->two = g_build_filename (self->root, "two", NULL);
  g_free (pack_write_text (self->one, "a/b/c", "text"));
  g_free (pack_write_text (self->one, "a-b", "text"));
  g_free (pack_write_text (self->two, "a-b", "text"));
  g_free (pack_write_text (self->two, "a/b/c", "text"));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  pack_remove_folder (self->root);
  g_free (self->one);
  g_free (self->two);
}

static void
assert_same (Fixture *self, gboolean same)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = tn_tree_digest (self->one, &error);
  g_autofree char *second = NULL;

  g_assert_no_error (error);
  second = tn_tree_digest (self->two, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_str_equal (first, second), ==, same);
}

static void
test_digest (Fixture *self, gconstpointer data)
{
  g_autofree char *moved = g_build_filename (self->two, "a", "c", NULL);
  g_autofree char *file = g_build_filename (self->two, "a", "b", "c", NULL);
  g_autofree char *folder = g_build_filename (self->two, "empty", NULL);
  g_autofree char *link = g_build_filename (self->two, "link", NULL);

  assert_same (self, TRUE);
  g_free (pack_write_text (self->two, "a/b/c", "Text"));
  assert_same (self, FALSE);
  g_free (pack_write_text (self->two, "a/b/c", "text"));
  assert_same (self, TRUE);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  assert_same (self, FALSE);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_cmpint (symlink ("a-b", link), ==, 0);
  assert_same (self, FALSE);
  g_assert_cmpint (g_unlink (link), ==, 0);
  g_assert_cmpint (mkfifo (link, 0600), ==, 0);
  assert_same (self, FALSE);
  g_assert_cmpint (g_unlink (link), ==, 0);
  g_assert_cmpint (g_rename (file, moved), ==, 0);
  assert_same (self, FALSE);
}

/* An empty file, an empty folder and a link of one name are three things. */
static void
test_digest_of_kinds (Fixture *self, gconstpointer data)
{
  g_autofree char *other = g_build_filename (self->two, "x", NULL);

  g_free (pack_write_text (self->one, "x", ""));
  g_assert_cmpint (g_mkdir (other, 0700), ==, 0);
  assert_same (self, FALSE);
  g_assert_cmpint (g_rmdir (other), ==, 0);
  g_assert_cmpint (symlink ("nowhere", other), ==, 0);
  assert_same (self, FALSE);
}

static void
test_digest_of_nothing (Fixture *self, gconstpointer data)
{
  g_autofree char *nothing = g_build_filename (self->root, "nothing", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (tn_tree_digest (nothing, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

/* Links are removed, and what they lead to stays. */
static void
test_remove (Fixture *self, gconstpointer data)
{
  g_autofree char *link = g_build_filename (self->one, "link", NULL);
  g_autofree char *list = NULL;

  g_assert_cmpint (symlink ("../two", link), ==, 0);
  tn_tree_remove (self->one);
  tn_tree_remove (self->one);
  list = pack_list (self->root);
  g_assert_cmpstr (list, ==, "two/\ntwo/a/\ntwo/a/b/\ntwo/a/b/c=text\ntwo/a-b=text\n");
}

static void
test_remove_link (Fixture *self, gconstpointer data)
{
  g_autofree char *link = g_build_filename (self->root, "link", NULL);

  g_assert_cmpint (symlink ("two", link), ==, 0);
  tn_tree_remove (link);
  g_assert_false (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  assert_same (self, TRUE);
}

static void
test_sync (Fixture *self, gconstpointer data)
{
  g_autofree char *nothing = g_build_filename (self->root, "nothing", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (tn_tree_sync (self->one, &error));
  g_assert_no_error (error);
  g_assert_false (tn_tree_sync (nothing, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "/tree/digest", test_digest },
    { "/tree/digest-of-kinds", test_digest_of_kinds },
    { "/tree/digest-of-nothing", test_digest_of_nothing },
    { "/tree/remove", test_remove },
    { "/tree/remove-link", test_remove_link },
    { "/tree/sync", test_sync },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
