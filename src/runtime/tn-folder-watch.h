/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TnFolderWatch:
 *
 * Tells when something in a folder was changed, however deep, once for what an editor does in one go. Hidden folders and
 * node_modules are left out, and so is what goes beyond 64 folders.
 */
typedef struct _TnFolderWatch TnFolderWatch;

typedef void (*TnFolderChanged) (gpointer user_data);

TnFolderWatch *tn_folder_watch_new (const char *path, TnFolderChanged changed, gpointer user_data);
void tn_folder_watch_free (TnFolderWatch *self);

G_END_DECLS
