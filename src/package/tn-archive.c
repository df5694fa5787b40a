/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tn-sink.h"

#define BLOCK_BYTES (64 * 1024)
#define RATIO_FREE_BYTES (1024 * 1024)

G_DEFINE_QUARK (tn-archive-error-quark, tn_archive_error)

/* One archive on its way into a folder. */
typedef struct
{
  TnArchiveKind kind;
  int fd;
  guint64 packed; /* its size as a file */
  struct archive *reader;
  TnSink *sink;
  GCancellable *cancellable;
  char *top; /* the folder that is stripped, once it is known */
  guint n_entries;
} Unpacking;

static gboolean
fail_format (GError **error, const char *why)
{
  return tn_archive_fail (error, TN_ARCHIVE_ERROR_FORMAT, _("The package is damaged or not a package at all: %s"),
                          why);
}

static gboolean
fail_reading (Unpacking *self, GError **error)
{
  const char *text = archive_error_string (self->reader);
  g_autofree char *why = g_strchomp (g_strdup (text != NULL ? text : _("it can't be read")));

  return fail_format (error, why);
}

/* Returns: why an entry must not be taken, translated; %NULL if it may */
static const char *
judge_entry (struct archive_entry *entry)
{
  mode_t type = archive_entry_filetype (entry);

  if (archive_entry_hardlink (entry) != NULL || archive_entry_symlink (entry) != NULL || type == AE_IFLNK)
    return _("it is a link");
  if (type != AE_IFREG && type != AE_IFDIR)
    return _("it is neither a file nor a folder");
  if (archive_entry_is_encrypted (entry))
    return _("it is locked with a password");
  if (archive_entry_sparse_count (entry) > 0)
    return _("it is a file with holes");
  if (type == AE_IFDIR && archive_entry_size (entry) > 0)
    return _("it is a folder with a file's content");
  return NULL;
}

/* A bomb is known by what came out of how little, before it is all out. */
static gboolean
check_size (Unpacking *self, guint64 unpacked, GError **error)
{
  if (unpacked > TN_ARCHIVE_MAX_BYTES)
    return tn_archive_fail (error, TN_ARCHIVE_ERROR_TOO_LARGE, _("It is larger than %d MiB when it is unpacked"),
                            TN_ARCHIVE_MAX_BYTES / (1024 * 1024));
  if (unpacked > RATIO_FREE_BYTES && unpacked / TN_ARCHIVE_MAX_RATIO > self->packed)
    return tn_archive_fail (error, TN_ARCHIVE_ERROR_TOO_LARGE, _("It unpacks to more than %d times its size"),
                            TN_ARCHIVE_MAX_RATIO);
  return TRUE;
}

/* Of a tar also what is passed over counts: headers and what lies between. */
static gboolean
check_progress (Unpacking *self, guint64 written, GError **error)
{
  guint64 streamed = self->kind == TN_ARCHIVE_TGZ ? archive_filter_bytes (self->reader, 0) : 0;

  return !g_cancellable_set_error_if_cancelled (self->cancellable, error)
         && check_size (self, MAX (written, streamed), error);
}

/* Takes the first folder off. Returns: (nullable): what is left, "" where it is that folder itself */
static const char *
strip_top (Unpacking *self, const char *path, gboolean folder, GError **error)
{
  gsize length = strcspn (path, "/");
  g_autofree char *top = g_strndup (path, length);

  if (length == 0 || g_str_equal (top, "..") || (path[length] == '\0' && !folder))
    tn_archive_fail (error, *path == '/' || *path == '.' ? TN_ARCHIVE_ERROR_UNSAFE : TN_ARCHIVE_ERROR_FORMAT,
                     _("“%s” is not in a folder of the package, as “npm pack” would put it"), path);
  else if (self->top != NULL && !g_str_equal (self->top, top))
    tn_archive_fail (error, TN_ARCHIVE_ERROR_FORMAT,
                     _("The package has more than one folder at its top: “%s” and “%s”"), self->top, top);
  else
    {
      if (self->top == NULL)
        self->top = g_steal_pointer (&top);
      return path[length] == '/' ? path + length + 1 : path + length;
    }
  return NULL;
}

/* @path: without the slash that folders have at their end */
static gboolean
add_entry (Unpacking *self, const char *path, gboolean folder, GError **error)
{
  if (self->kind == TN_ARCHIVE_TGZ)
    path = strip_top (self, path, folder, error);
  if (path == NULL)
    return FALSE;
  if (folder)
    return *path == '\0' || tn_sink_add_folder (self->sink, path, error);
  return tn_sink_begin_file (self->sink, path, error);
}

static gboolean
copy_data (Unpacking *self, guint64 *written, GError **error)
{
  const void *data;
  gsize length;
  la_int64_t offset, expected = 0;
  int result;

  while ((result = archive_read_data_block (self->reader, &data, &length, &offset)) == ARCHIVE_OK)
    {
      *written += length;
      if (offset != expected)
        return tn_archive_fail (error, TN_ARCHIVE_ERROR_UNSAFE, _("There is a file with holes in the package"));
      if (!check_progress (self, *written, error) || !tn_sink_write (self->sink, data, length, error))
        return FALSE;
      expected += length;
    }
  return result == ARCHIVE_EOF || fail_reading (self, error);
}

static gboolean
take_entry (Unpacking *self, struct archive_entry *entry, guint64 *written, GError **error)
{
  const char *name = archive_entry_pathname (entry);
  gboolean folder = archive_entry_filetype (entry) == AE_IFDIR;
  g_autofree char *path = g_strdup (name != NULL ? name : "");
  const char *wrong = judge_entry (entry);
  guint64 before = *written;

  if (wrong != NULL)
    return tn_archive_refuse (error, path, wrong);
  if (++self->n_entries > TN_ARCHIVE_MAX_FILES)
    return tn_archive_fail (error, TN_ARCHIVE_ERROR_TOO_LARGE, _("There are more than %d files and folders in it"),
                            TN_ARCHIVE_MAX_FILES);
  if (folder && g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  if (!add_entry (self, path, folder, error) || !copy_data (self, written, error))
    return FALSE;
  return !archive_entry_size_is_set (entry) || *written - before == (guint64) archive_entry_size (entry)
         || fail_format (error, _("a file is not as long as it says"));
}

static gboolean
take_entries (Unpacking *self, GError **error)
{
  struct archive_entry *entry;
  guint64 written = 0;
  int result;

  while ((result = archive_read_next_header (self->reader, &entry)) == ARCHIVE_OK)
    if (!check_progress (self, written, error) || !take_entry (self, entry, &written, error))
      return FALSE;
  if (result != ARCHIVE_EOF)
    return fail_reading (self, error);
  return tn_sink_finish (self->sink, error);
}

/* Tar is read on behind its end, so that nothing can hide there, nor a cut in what ends the file. */
static gboolean
open_tgz (Unpacking *self, GError **error)
{
  archive_read_support_filter_gzip (self->reader);
  archive_read_support_format_tar (self->reader);
  archive_read_set_format_option (self->reader, "tar", "read_concatenated_archives", "1");
  if (archive_read_open_fd (self->reader, self->fd, BLOCK_BYTES) != ARCHIVE_OK)
    return fail_reading (self, error);
  return (archive_filter_count (self->reader) == 2 && archive_filter_code (self->reader, 0) == ARCHIVE_FILTER_GZIP)
         || fail_format (error, _("it is not packed with gzip, once"));
}

static gboolean
open_zip (Unpacking *self, GError **error)
{
  char magic[4];

  if (pread (self->fd, magic, sizeof magic, 0) != sizeof magic || memcmp (magic, "PK\003\004", sizeof magic) != 0)
    return fail_format (error, _("it is not a zip file"));
  archive_read_support_format_zip_seekable (self->reader);
  return archive_read_open_fd (self->reader, self->fd, BLOCK_BYTES) == ARCHIVE_OK || fail_reading (self, error);
}

/* libarchive passes over the checksum and the length that gzip writes behind its data (RFC 1952, section 2.3.1): what
 * was damaged and is still a tar would be taken. */
static gboolean
check_sum (Unpacking *self, GError **error)
{
  g_autoptr (GConverter) gzip = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autofree guint8 *packed = g_malloc (BLOCK_BYTES), *scratch = g_malloc (BLOCK_BYTES);
  GConverterResult result = G_CONVERTER_CONVERTED;
  gsize n_read, n_written;
  off_t at = 0;
  gssize length;

  while ((length = pread (self->fd, packed, BLOCK_BYTES, at)) > 0 && result != G_CONVERTER_ERROR)
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      result = g_converter_convert (gzip, packed, length, scratch, BLOCK_BYTES, G_CONVERTER_NO_FLAGS, &n_read,
                                    &n_written, NULL);
      if (result == G_CONVERTER_FINISHED)
        g_converter_reset (gzip);
      at += n_read;
    }
  return (length == 0 && result == G_CONVERTER_FINISHED)
         || fail_format (error, _("it is not what was packed: its checksum is wrong"));
}

static gboolean
finish_tgz (Unpacking *self, GError **error)
{
  if ((guint64) archive_filter_bytes (self->reader, -1) != self->packed)
    return fail_format (error, _("something follows behind its end"));
  return check_sum (self, error);
}

static gboolean
run (Unpacking *self, GError **error)
{
  gboolean open = self->kind == TN_ARCHIVE_TGZ ? open_tgz (self, error) : open_zip (self, error);

  return open && take_entries (self, error) && (self->kind != TN_ARCHIVE_TGZ || finish_tgz (self, error));
}

/* Names are read by the locale of the thread; those of a package are UTF-8 in all of them. */
static gboolean
run_in_utf8 (Unpacking *self, GError **error)
{
  locale_t utf8 = newlocale (LC_CTYPE_MASK, "C.UTF-8", duplocale (uselocale ((locale_t) 0)));
  locale_t before = utf8 != (locale_t) 0 ? uselocale (utf8) : (locale_t) 0;
  gboolean done;

  self->reader = archive_read_new ();
  done = run (self, error);
  archive_read_free (self->reader);
  if (utf8 != (locale_t) 0)
    {
      uselocale (before);
      freelocale (utf8);
    }
  return done;
}

/* Without waiting, so that a pipe can't hold the program up. Returns: -1 with @error */
static int
open_archive (const char *path, struct stat *status, GError **error)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  g_autofree char *shown = g_filename_display_name (path);

  if (fd < 0 || fstat (fd, status) != 0)
    tn_archive_fail (error, TN_ARCHIVE_ERROR_IO, _("“%s” can't be read: %s"), shown, g_strerror (errno));
  else if (!S_ISREG (status->st_mode))
    tn_archive_fail (error, TN_ARCHIVE_ERROR_FORMAT, _("“%s” is not a file"), shown);
  else
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

gboolean
tn_archive_unpack (TnArchiveKind kind, const char *path, const char *directory, GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (TnSink) sink = NULL;
  Unpacking self = { .kind = kind, .cancellable = cancellable };
  struct stat status;
  gboolean done;

  g_return_val_if_fail (path != NULL && directory != NULL, FALSE);

  sink = tn_sink_new (directory, error);
  self.fd = sink != NULL ? open_archive (path, &status, error) : -1;
  if (self.fd < 0)
    return FALSE;
  self.packed = status.st_size;
  self.sink = sink;
  done = run_in_utf8 (&self, error);
  close (self.fd);
  g_free (self.top);
  return done;
}
