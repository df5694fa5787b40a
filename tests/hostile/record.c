/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIPE_BYTES (1024 * 1024)

/* Downloads, and the three folders of the XDG base directories. */
#define HOME_ENTRIES 4

static int pipe_fd = -1;

static const struct
{
  const char *variable, *folder;
} folders[] = {
  { "HOME", "home" },
  { "XDG_CACHE_HOME", "home/.cache" },
  { "XDG_CONFIG_HOME", "home/.config" },
  { "XDG_DATA_HOME", "home/.local/share" },
  { "XDG_RUNTIME_DIR", "run" },
};

/* Where a browser would put what a page makes it download (xdg-user-dirs). */
static void
write_user_folders (const char *root)
{
  g_autofree char *downloads = g_build_filename (root, "home", "Downloads", NULL);
  g_autofree char *path = g_build_filename (root, "home", ".config", "user-dirs.dirs", NULL);

  g_assert_cmpint (g_mkdir_with_parents (downloads, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "XDG_DOWNLOAD_DIR=\"$HOME/Downloads\"\n", -1, NULL));
}

/* WebKit's sandbox shows its processes the folders of LD_LIBRARY_PATH: so the recorder and its FIFO get in. */
static void
begin_anew (char **argv)
{
  g_autofree char *root = g_dir_make_tmp ("tn-hostile-XXXXXX", NULL);
  g_autofree char *built = g_build_filename (g_getenv ("G_TEST_BUILDDIR"), "hostile", NULL);
  g_autofree char *library = g_build_filename (built, "libtn-recorder.so", NULL);
  g_autofree char *record = g_build_filename (root, "record", NULL);
  g_autofree char *fifo = g_build_filename (record, "fifo", NULL);
  g_autofree char *paths = g_strdup_printf ("%s:%s", built, record);

  g_assert_cmpint (g_mkdir_with_parents (record, 0700), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (root, folders[i].folder, NULL);

      g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
      g_setenv (folders[i].variable, path, TRUE);
    }
  write_user_folders (root);
  g_setenv ("LD_LIBRARY_PATH", paths, TRUE);
  g_setenv ("LD_PRELOAD", library, TRUE);
  g_setenv ("TN_RECORD", fifo, TRUE);
  execv ("/proc/self/exe", argv);
  g_error ("The test could not start itself anew: %s", g_strerror (errno));
}

void
record_begin (char **argv)
{
  const char *path = g_getenv ("TN_RECORD");

  if (path == NULL)
    begin_anew (argv);
  pipe_fd = open (path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  g_assert_cmpint (pipe_fd, >=, 0);
  g_assert_cmpint (fcntl (pipe_fd, F_SETPIPE_SZ, PIPE_BYTES), >=, PIPE_BYTES);
}

GPtrArray *
record_get_lines (void)
{
  static GPtrArray *lines;
  static GString *rest;
  char buffer[4096], *end;
  gssize n;

  if (lines == NULL)
    {
      lines = g_ptr_array_new_with_free_func (g_free);
      rest = g_string_new (NULL);
    }
  while ((n = read (pipe_fd, buffer, sizeof buffer)) > 0)
    g_string_append_len (rest, buffer, n);
  while ((end = strchr (rest->str, '\n')) != NULL)
    {
      g_ptr_array_add (lines, g_strndup (rest->str, end - rest->str));
      g_string_erase (rest, 0, end - rest->str + 1);
    }
  return lines;
}

guint
record_find (guint from)
{
  GPtrArray *lines = record_get_lines ();

  for (guint i = from; i < lines->len; i++)
    if (strstr (lines->pdata[i], " attached ") == NULL)
      return i;
  return 0;
}

guint
record_count_attached (const char *program)
{
  GPtrArray *lines = record_get_lines ();
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    n += g_str_has_prefix (lines->pdata[i], program) && strstr (lines->pdata[i], " attached ") != NULL;
  return n;
}

static guint
count_entries (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

void
record_assert_home_untouched (void)
{
  g_autofree char *downloads = g_build_filename (g_get_home_dir (), "Downloads", NULL);

  g_assert_cmpuint (count_entries (downloads), ==, 0);
  g_assert_cmpuint (count_entries (g_get_home_dir ()), ==, HOME_ENTRIES);
}

/* What has just been told to end may still be writing. */
void
record_end (void)
{
  g_autofree char *root = g_path_get_dirname (g_get_home_dir ());
  const char *command[] = { "rm", "-rf", root, NULL };
  int status = 1;

  for (int i = 0; i < 20 && status != 0; i++)
    {
      g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                    NULL, &status, NULL);
      g_usleep (100000);
    }
}
