/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-archive.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tn-sink.h"

#define BLOCK_BYTES (64 * 1024)

/* One folder on its way into another. */
typedef struct
{
  TnSink *sink;
  GCancellable *cancellable;
  char block[BLOCK_BYTES];
} Copying;

static gboolean copy_entries (Copying *self, int fd, const char *path, GError **error);

static gboolean
fail_to_read (GError **error, const char *path)
{
  int number = errno;

  if (number == ELOOP)
    return tn_archive_refuse (error, path, _("it is a link"));
  return tn_archive_fail (error, TN_ARCHIVE_ERROR_IO, _("“%s” can't be read: %s"), path, g_strerror (number));
}

static gboolean
copy_file (Copying *self, int fd, const char *path, GError **error)
{
  ssize_t n = 1;

  if (!tn_sink_begin_file (self->sink, path, error))
    return FALSE;
  while (n > 0)
    {
      n = TEMP_FAILURE_RETRY (read (fd, self->block, BLOCK_BYTES));
      if (n < 0)
        return fail_to_read (error, path);
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error)
          || !tn_sink_write (self->sink, self->block, n, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
copy_folder (Copying *self, int fd, const char *path, GError **error)
{
  return tn_sink_add_folder (self->sink, path, error) && copy_entries (self, fd, path, error);
}

/* What stands there is judged by what was opened, without waiting: a pipe can't hold the program up. */
static gboolean
copy_entry (Copying *self, int folder, const char *name, const char *path, GError **error)
{
  int fd = openat (folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  struct stat status;
  gboolean done;

  if (fd < 0)
    return fail_to_read (error, path);
  if (fstat (fd, &status) != 0)
    done = fail_to_read (error, path);
  else if (S_ISREG (status.st_mode))
    done = copy_file (self, fd, path, error);
  else if (S_ISDIR (status.st_mode))
    done = copy_folder (self, fd, path, error);
  else
    done = tn_archive_refuse (error, path, _("it is neither a file nor a folder"));
  close (fd);
  return done;
}

static gboolean
is_wanted (const char *name)
{
  return *name != '.' && !g_str_equal (name, "node_modules");
}

/* @path: the folder's, "" for the first one */
static gboolean
copy_entries (Copying *self, int fd, const char *path, GError **error)
{
  DIR *folder = fdopendir (dup (fd));
  gboolean done = folder != NULL || fail_to_read (error, path);

  for (struct dirent *entry; done && (entry = readdir (folder)) != NULL;)
    if (is_wanted (entry->d_name))
      {
        g_autofree char *child = g_strconcat (path, *path != '\0' ? "/" : "", entry->d_name, NULL);

        done = copy_entry (self, fd, entry->d_name, child, error);
      }
  if (folder != NULL)
    closedir (folder);
  return done;
}

gboolean
tn_archive_copy_folder (const char *from, const char *directory, GCancellable *cancellable, GError **error)
{
  g_autoptr (TnSink) sink = NULL;
  g_autofree Copying *self = NULL;
  gboolean done;
  int fd;

  g_return_val_if_fail (from != NULL && directory != NULL, FALSE);

  sink = tn_sink_new (directory, error);
  if (sink == NULL)
    return FALSE;
  fd = open (from, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return fail_to_read (error, from);
  self = g_new (Copying, 1);
  self->sink = sink;
  self->cancellable = cancellable;
  done = copy_entries (self, fd, "", error) && tn_sink_finish (sink, error);
  close (fd);
  return done;
}
