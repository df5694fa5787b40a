/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whole folders. Links in them are never followed; all of these block. */

/* Removes what @path names with all that is in it, as far as that can be done; nothing there is nothing to do. */
void tn_tree_remove (const char *path);

/**
 * tn_tree_digest:
 *
 * Returns: (transfer full): SHA-256 in hexadecimal over paths, sorted, and contents: the same for the same tree. %NULL
 *   with a #GFileError where something can't be read
 */
char *tn_tree_digest (const char *path, GError **error);

/* Brings files and folders to the disk, so that what is renamed afterwards is whole even after a power cut. */
gboolean tn_tree_sync (const char *path, GError **error);

G_END_DECLS
