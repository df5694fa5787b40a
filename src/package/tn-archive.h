/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is taken of an archive or folder. */
#define TN_ARCHIVE_MAX_FILES 10000
#define TN_ARCHIVE_MAX_BYTES (256 * 1024 * 1024) /* unpacked */
#define TN_ARCHIVE_MAX_DEPTH 32
#define TN_ARCHIVE_MAX_RATIO 200 /* unpacked to packed, once 1 MiB is unpacked */

typedef enum
{
  TN_ARCHIVE_TGZ, /* gzip tar; the one leading folder is stripped, whatever its name */
  TN_ARCHIVE_ZIP,
} TnArchiveKind;

#define TN_ARCHIVE_ERROR (tn_archive_error_quark ())
GQuark tn_archive_error_quark (void);

typedef enum
{
  TN_ARCHIVE_ERROR_FORMAT = 1, /* not such an archive, or cut off */
  TN_ARCHIVE_ERROR_UNSAFE,     /* something in it must not be unpacked; says which entry and why */
  TN_ARCHIVE_ERROR_TOO_LARGE,  /* beyond a limit above */
  TN_ARCHIVE_ERROR_IO,         /* the disk */
} TnArchiveErrorCode;

/**
 * tn_archive_unpack:
 * @path: the archive
 * @directory: an empty folder that is there; where this fails it may hold a part
 *
 * Takes regular files and folders only; refuses links, devices, files with holes or a password, absolute paths, "..",
 * backslashes, names that are not UTF-8, can't be seen, end with a dot or space, have more than 255 bytes, or are the same
 * but for case or normalization (NFC), and anything beyond the limits. Modes are 0644 and 0755, whatever the archive says.
 * What follows behind the end of a TGZ is refused. Reads @path in a stream. Blocks.
 */
gboolean tn_archive_unpack (TnArchiveKind kind, const char *path, const char *directory, GCancellable *cancellable,
                            GError **error);

/* The same rules for a folder: copies it, links refused. Hidden files and "node_modules" are left out. */
gboolean tn_archive_copy_folder (const char *from, const char *directory, GCancellable *cancellable, GError **error);

G_END_DECLS
