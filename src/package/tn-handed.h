/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a person may hand over as an app. */
typedef enum
{
  TN_HANDED_NOTHING, /* none of these */
  TN_HANDED_FOLDER,
  TN_HANDED_TGZ, /* .tgz, .tnapp, .tar.gz */
  TN_HANDED_XDC,
} TnHandedKind;

/* By what @path is, and for a file by the end of its name in any case. */
TnHandedKind tn_handed_kind (const char *path);

/**
 * tn_handed_unpack:
 * @path: what tn_handed_kind() knows
 * @directory: an empty folder that is there; where this fails it may hold a part
 *
 * Makes an app's folder of what was handed over: see tn_archive_unpack() and tn_archive_copy_folder(). A .xdc gets a
 * manifest.json of what its manifest.toml says, in place of one that it may have; name and id follow from the name and
 * source_code_url there, the name from that of the file where there is none. Whether the app is valid is not asked.
 *
 * Errors: %TN_ARCHIVE_ERROR, or %TN_PACKAGE_ERROR_MANIFEST where manifest.toml can't be read
 */
gboolean tn_handed_unpack (const char *path, const char *directory, GCancellable *cancellable, GError **error);

G_END_DECLS
