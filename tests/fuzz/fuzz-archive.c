/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <fts.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tn-archive.h"
#include "tn-tree.h"

/* The first byte says what the rest is: 't' a tar that is to be packed, 'g' a packed one, else a zip. */
#define TAR 't'
#define TGZ 'g'
#define TAR_BLOCK 512

static void
write_archive (const char *path, const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, (const char *) data, size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

/* The sum in every head, so that what is changed there is looked at rather than thrown away. */
static void
seal (guint8 *tar, gsize size)
{
  for (gsize at = 0; at + TAR_BLOCK <= size; at += TAR_BLOCK)
    if (memcmp (tar + at + 257, "ustar", 5) == 0)
      {
        guint8 *head = tar + at;
        guint sum = 8 * ' ';

        for (guint i = 0; i < TAR_BLOCK; i++)
          sum += i < 148 || i >= 156 ? head[i] : 0;
        g_snprintf ((char *) head + 148, 8, "%06o", sum);
      }
}

static void
write_packed (const char *path, const guint8 *data, gsize size)
{
  g_autofree guint8 *tar = g_memdup2 (data, size);
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1);
  gsize room = size + size / 8 + 256, n_read, n_written;
  g_autofree guint8 *packed = g_malloc (room);
  GConverterResult result;

  seal (tar, size);
  result = g_converter_convert (G_CONVERTER (compressor), tar, size, packed, room, G_CONVERTER_INPUT_AT_END, &n_read,
                                &n_written, NULL);

  g_assert_cmpint (result, ==, G_CONVERTER_FINISHED);
  write_archive (path, packed, n_written);
}

/* Whatever came to be is a plain file or a folder with a name that can be read. */
static void
check_entry (const FTSENT *entry)
{
  const struct stat *status = entry->fts_statp;

  g_assert_true (S_ISREG (status->st_mode) || S_ISDIR (status->st_mode));
  g_assert_cmpint (status->st_mode & (S_ISUID | S_ISGID | S_ISVTX | S_IWOTH), ==, 0);
  g_assert_true (S_ISDIR (status->st_mode) || status->st_nlink == 1);
  g_assert_true (g_utf8_validate (entry->fts_name, -1, NULL));
  g_assert_null (strpbrk (entry->fts_name, "\\\n\r\033"));
  g_assert_cmpint (entry->fts_level, <=, TN_ARCHIVE_MAX_DEPTH);
}

static void
check_tree (char *directory, gboolean whole)
{
  char *const roots[] = { directory, NULL };
  FTS *walk = fts_open (roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
  gsize n = 0;

  for (FTSENT *entry; (entry = fts_read (walk)) != NULL; n++)
    check_entry (entry);
  fts_close (walk);
  g_assert_cmpuint (n, <=, 2 * (TN_ARCHIVE_MAX_FILES + 1));
  g_assert_true (!whole || n > 2);
}

/* Beside the folder there is the archive, and nothing else. */
static void
check_outside (const char *root)
{
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  g_assert_cmpuint (n, ==, 2);
}

static void
check_error (const GError *error)
{
  g_assert_cmpint (error->domain, ==, TN_ARCHIVE_ERROR);
  g_assert_cmpint (error->code, !=, TN_ARCHIVE_ERROR_IO);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strpbrk (error->message, "\n\r\033"));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  char root[] = "/dev/shm/tn-fuzz-XXXXXX";
  g_autofree char *path = NULL;
  g_autofree char *out = NULL;
  guint8 type = size > 0 ? data[0] : 0;
  g_autoptr (GError) error = NULL;
  gboolean done;

  g_assert_nonnull (g_mkdtemp (root));
  path = g_build_filename (root, "archive", NULL);
  out = g_build_filename (root, "out", NULL);
  g_assert_cmpint (g_mkdir (out, 0700), ==, 0);
  (type == TAR ? write_packed : write_archive) (path, data + (size > 0), size - (size > 0));
  done = tn_archive_unpack (type == TAR || type == TGZ ? TN_ARCHIVE_TGZ : TN_ARCHIVE_ZIP, path, out, NULL, &error);
  g_assert_true (done == (error == NULL));
  if (error != NULL)
    check_error (error);
  check_tree (out, done);
  check_outside (root);
  tn_tree_remove (root);
  return 0;
}
