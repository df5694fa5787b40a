/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-sink.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tn-archive.h"
#include "tn-fault.h"
#include "tn-words.h"

#define NAME_MAX_BYTES 255
#define PATH_MAX_BYTES 1024
#define SHOWN_CHARACTERS 100
#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

struct _TnSink
{
  char *directory;
  int root;
  int file; /* the one that is being written, or -1 */
  char *file_path;
  GHashTable *entries; /* path, folded → path, with a slash behind where it is a folder */
  guint64 bytes;
};

gboolean
tn_archive_fail (GError **error, int code, const char *format, ...)
{
  g_autofree char *message = NULL;
  g_autoptr (TnFault) fault = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fault = tn_fault_new ("", "%s", message);
  g_set_error_literal (error, TN_ARCHIVE_ERROR, code, fault->message);
  return FALSE;
}

/* A long path must not push the reason out of what is shown. */
gboolean
tn_archive_refuse (GError **error, const char *path, const char *why)
{
  g_autofree char *valid = g_utf8_make_valid (path, -1);
  g_autofree char *shown
    = g_utf8_strlen (valid, -1) > SHOWN_CHARACTERS ? g_utf8_substring (valid, 0, SHOWN_CHARACTERS) : g_strdup (valid);

  return tn_archive_fail (error, TN_ARCHIVE_ERROR_UNSAFE, _("“%s%s” can't be taken: %s"), shown,
                          g_str_equal (shown, valid) ? "" : "…", why);
}

static gboolean
fail_to_write (GError **error, const char *path)
{
  int number = errno;

  return tn_archive_fail (error, TN_ARCHIVE_ERROR_IO, _("“%s” can't be written: %s"), path, g_strerror (number));
}

TnSink *
tn_sink_new (const char *directory, GError **error)
{
  int root = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  TnSink *self;

  if (root < 0)
    {
      fail_to_write (error, directory);
      return NULL;
    }
  self = g_new0 (TnSink, 1);
  self->directory = g_strdup (directory);
  self->root = root;
  self->file = -1;
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
tn_sink_free (TnSink *self)
{
  close (self->root);
  if (self->file >= 0)
    close (self->file);
  g_hash_table_unref (self->entries);
  g_free (self->directory);
  g_free (self->file_path);
  g_free (self);
}

/* Returns: what is wrong with a name, translated; %NULL if nothing */
static const char *
judge_name (const char *name)
{
  gsize length = strlen (name);

  if (length == 0)
    return _("a name in its path is empty");
  if (g_str_equal (name, ".") || g_str_equal (name, ".."))
    return _("“.” and “..” are no names");
  if (length > NAME_MAX_BYTES)
    return _("a name in its path is too long");
  if (name[length - 1] == '.' || name[length - 1] == ' ')
    return _("a name must not end with a dot or a space");
  return NULL;
}

static const char *
judge_path (const char *path)
{
  if (!g_utf8_validate (path, -1, NULL))
    return _("its name is not UTF-8");
  if (path[0] == '\0')
    return _("it has no name");
  if (path[0] == '/')
    return _("its path must start in the package, not at /");
  if (strlen (path) > PATH_MAX_BYTES)
    return _("its path is too long");
  if (strchr (path, '\\') != NULL)
    return _("there must be / between folders, not \\");
  return tn_word_judge_label (path) != NULL ? _("its name has characters that can't be seen") : NULL;
}

/* Returns: (transfer full): the names of a path; %NULL with @error where one must not be */
static GStrv
split_path (const char *path, GError **error)
{
  const char *wrong = judge_path (path);
  g_auto (GStrv) names = wrong == NULL ? g_strsplit (path, "/", -1) : NULL;

  for (guint i = 0; wrong == NULL && names[i] != NULL; i++)
    wrong = judge_name (names[i]);
  if (wrong != NULL)
    tn_archive_refuse (error, path, wrong);
  else if (g_strv_length (names) > TN_ARCHIVE_MAX_DEPTH)
    tn_archive_fail (error, TN_ARCHIVE_ERROR_TOO_LARGE, _("“%s” is more than %d folders deep"), path,
                     TN_ARCHIVE_MAX_DEPTH);
  else
    return g_steal_pointer (&names);
  return NULL;
}

/* The same for names that are one but for case and normalization (Unicode 15, D145). */
static char *
fold (const char *path)
{
  g_autofree char *decomposed = g_utf8_normalize (path, -1, G_NORMALIZE_DEFAULT);
  g_autofree char *folded = g_utf8_casefold (decomposed, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_DEFAULT);
}

/* Notes that @path will be there. @fresh: whether it is not yet; only a folder may be. */
static gboolean
claim (TnSink *self, const char *path, gboolean folder, gboolean *fresh, GError **error)
{
  g_autofree char *key = fold (path);
  g_autofree char *value = g_strconcat (path, folder ? "/" : "", NULL);
  const char *there = g_hash_table_lookup (self->entries, key);

  *fresh = there == NULL;
  if (there != NULL && folder && g_str_equal (there, value))
    return TRUE;
  if (there != NULL)
    return tn_archive_fail (error, TN_ARCHIVE_ERROR_UNSAFE,
                            _("“%s” and “%s” can't both be taken: they have the same name on some computers"), there,
                            value);
  if (g_hash_table_size (self->entries) >= TN_ARCHIVE_MAX_FILES)
    return tn_archive_fail (error, TN_ARCHIVE_ERROR_TOO_LARGE, _("There are more than %d files and folders in it"),
                            TN_ARCHIVE_MAX_FILES);
  g_hash_table_insert (self->entries, g_steal_pointer (&key), g_steal_pointer (&value));
  return TRUE;
}

/* Goes from @folder, which is closed, into its folder @name, made where it is missing. Returns: -1 with @error */
static int
step_into (TnSink *self, int folder, const char *name, const char *path, GError **error)
{
  gboolean fresh;
  int next = -1;

  if (claim (self, path, TRUE, &fresh, error))
    {
      next = fresh && mkdirat (folder, name, 0755) != 0 ? -1 : openat (folder, name, FOLDER_FLAGS);
      if (next < 0)
        fail_to_write (error, path);
    }
  close (folder);
  return next;
}

/* Goes into the first @n of @names. */
static int
open_folder (TnSink *self, GStrv names, guint n, GError **error)
{
  g_autoptr (GString) path = g_string_new (NULL);
  int folder = openat (self->root, ".", FOLDER_FLAGS);

  if (folder < 0)
    fail_to_write (error, self->directory);
  for (guint i = 0; folder >= 0 && i < n; i++)
    {
      g_string_append_printf (path, "%s%s", i > 0 ? "/" : "", names[i]);
      folder = step_into (self, folder, names[i], path->str, error);
    }
  return folder;
}

gboolean
tn_sink_add_folder (TnSink *self, const char *path, GError **error)
{
  g_auto (GStrv) names = split_path (path, error);
  int folder = names != NULL ? open_folder (self, names, g_strv_length (names), error) : -1;

  if (folder < 0)
    return FALSE;
  close (folder);
  return TRUE;
}

/* What a full disk only says at the end is heard here. */
static gboolean
end_file (TnSink *self, GError **error)
{
  int file = self->file;

  self->file = -1;
  return file < 0 || close (file) == 0 || fail_to_write (error, self->file_path);
}

gboolean
tn_sink_begin_file (TnSink *self, const char *path, GError **error)
{
  g_auto (GStrv) names = split_path (path, error);
  guint n = names != NULL ? g_strv_length (names) : 0;
  gboolean fresh;
  int folder;

  if (names == NULL || !end_file (self, error))
    return FALSE;
  folder = open_folder (self, names, n - 1, error);
  if (folder < 0)
    return FALSE;
  g_free (self->file_path);
  self->file_path = g_strdup (path);
  if (claim (self, path, FALSE, &fresh, error))
    {
      self->file = openat (folder, names[n - 1], O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
      if (self->file < 0)
        fail_to_write (error, path);
    }
  close (folder);
  return self->file >= 0;
}

gboolean
tn_sink_write (TnSink *self, gconstpointer data, gsize length, GError **error)
{
  const guint8 *bytes = data;

  self->bytes += length;
  if (self->bytes > TN_ARCHIVE_MAX_BYTES)
    return tn_archive_fail (error, TN_ARCHIVE_ERROR_TOO_LARGE, _("It is larger than %d MiB"),
                            TN_ARCHIVE_MAX_BYTES / (1024 * 1024));
  while (length > 0)
    {
      ssize_t n = TEMP_FAILURE_RETRY (write (self->file, bytes, length));

      if (n < 0)
        return fail_to_write (error, self->file_path);
      bytes += n;
      length -= n;
    }
  return TRUE;
}

/* Whether it is a file or folder as this program makes them. */
static gboolean
is_plain (const FTSENT *entry)
{
  const struct stat *status = entry->fts_statp;

  if (entry->fts_info == FTS_D)
    return S_ISDIR (status->st_mode);
  return entry->fts_info == FTS_F && S_ISREG (status->st_mode) && status->st_nlink == 1
         && (status->st_mode & (S_ISUID | S_ISGID | S_ISVTX | S_IXUSR | S_IXGRP | S_IXOTH)) == 0;
}

/* The archive's word is not taken for what the disk now has. */
static gboolean
check_tree (TnSink *self, GError **error)
{
  char *const roots[] = { self->directory, NULL };
  FTS *walk = fts_open (roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
  guint64 bytes = 0, n = 0;
  gboolean plain = walk != NULL;

  for (FTSENT *entry; plain && (entry = fts_read (walk)) != NULL;)
    if (entry->fts_info != FTS_DP && entry->fts_level > 0)
      {
        plain = is_plain (entry);
        bytes += entry->fts_info == FTS_F ? entry->fts_statp->st_size : 0;
        n++;
      }
  if (walk != NULL)
    fts_close (walk);
  if (plain && n == g_hash_table_size (self->entries) && bytes == self->bytes)
    return TRUE;
  return tn_archive_fail (error, TN_ARCHIVE_ERROR_UNSAFE,
                          _("What was unpacked into “%s” is not what was in the package"), self->directory);
}

gboolean
tn_sink_finish (TnSink *self, GError **error)
{
  if (g_hash_table_size (self->entries) == 0)
    return tn_archive_fail (error, TN_ARCHIVE_ERROR_FORMAT, _("It is empty: there is no file in it"));
  return end_file (self, error) && check_tree (self, error);
}
