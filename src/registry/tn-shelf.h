/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-db.h"

G_BEGIN_DECLS

/* Packages of the person's own apps that were removed lie aside, hidden in the folder "mine" as .removed-<id>, for as long
 * as undo could bring them back. All of these block. @workspace is the workspace's folder. */

/**
 * tn_shelf_settle:
 * @moved: (out): whether there are other apps now
 *
 * Puts aside the packages of apps that are removed (tn_db_list_removals()) and brings back those that are not any more. Of
 * an app that was put there anew since, both stay where they are. To be called after whatever may have changed that; cut
 * short, the next time ends it.
 */
gboolean tn_shelf_settle (TnDb *db, const char *workspace, gboolean *moved, GError **error);

/* Removes every package of an app of the person's own: the one that is there, and those aside; nothing where @app_key is not
 * that of one. */
gboolean tn_shelf_drop (const char *workspace, const char *app_key, const char *app_id, GError **error);

/**
 * tn_shelf_collect:
 *
 * Takes away what nothing can bring back: what was kept for tiles and apps that are gone for good, packages aside, and
 * versions that were replaced over a month ago. What undo, redo or any moment of the history needs stays.
 */
gboolean tn_shelf_collect (TnDb *db, const char *workspace, GError **error);

G_END_DECLS
