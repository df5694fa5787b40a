/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-scheme.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *outside, *app;
} Fixture;

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sub = NULL, *link = NULL, *folder_link = NULL, *secret = NULL, *pipe = NULL;

  fixture->outside = g_dir_make_tmp ("tn-scheme-XXXXXX", NULL);
  fixture->app = g_build_filename (fixture->outside, "app", NULL);
  sub = g_build_filename (fixture->app, "sub", NULL);
  g_assert_cmpint (g_mkdir_with_parents (sub, 0700), ==, 0);
  write_file (fixture->outside, "secret.txt", "secret");
  write_file (fixture->app, "index.html", "<p>");
  write_file (fixture->app, "a b%.js", "1");
  write_file (sub, "deep.css", "p{}");
  link = g_build_filename (fixture->app, "link.txt", NULL);
  secret = g_build_filename (fixture->outside, "secret.txt", NULL);
  g_assert_cmpint (symlink (secret, link), ==, 0);
  folder_link = g_build_filename (fixture->app, "up", NULL);
  g_assert_cmpint (symlink (fixture->outside, folder_link), ==, 0);
  pipe = g_build_filename (fixture->app, "pipe", NULL);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->outside);

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->outside);
  g_free (fixture->app);
}

static void
test_opens (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const char *path;
    gint64 size;
  } good[] = { { "/index.html", 3 }, { "/sub/deep.css", 3 }, { "/a%20b%25.js", 1 }, { "/%69ndex.html", 3 } };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      gint64 size = 0;
      int fd = tn_scheme_open (fixture->app, good[i].path, &size);

      g_assert_cmpint (fd, >=, 0);
      g_assert_cmpint (size, ==, good[i].size);
      close (fd);
    }
}

static void
test_refuses (Fixture *fixture, gconstpointer data)
{
  const char *bad[] = {
    "/../secret.txt", "/sub/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt",
    "/sub/%2e%2e/index.html", "/./index.html", "//index.html", "/sub//deep.css", "/index.html/", "/", "", "/sub",
    "/link.txt", "/up/secret.txt", "/up/app/index.html", "/index.html%00.css", "/INDEX.HTML", "/..\\secret.txt",
    "/..%5csecret.txt", "/pipe", "/nothing", "/%zz",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      gint64 size = 0;
      int fd = tn_scheme_open (fixture->app, bad[i], &size);

      if (fd >= 0)
        g_error ("“%s” was opened", bad[i]);
    }
}

static void
test_media_types (void)
{
  g_assert_cmpstr (tn_scheme_media_type ("/a/b.JS"), ==, "text/javascript");
  g_assert_cmpstr (tn_scheme_media_type ("/x.wasm"), ==, "application/wasm");
  g_assert_cmpstr (tn_scheme_media_type ("/x.html.exe"), ==, "application/octet-stream");
  g_assert_cmpstr (tn_scheme_media_type ("/html"), ==, "application/octet-stream");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/runtime/scheme/opens", Fixture, NULL, set_up, test_opens, tear_down);
  g_test_add ("/runtime/scheme/refuses", Fixture, NULL, set_up, test_refuses, tear_down);
  g_test_add_func ("/runtime/scheme/media-types", test_media_types);
  return g_test_run ();
}
