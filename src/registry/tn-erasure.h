/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-db.h"

G_BEGIN_DECLS

/**
 * tn_erasure_run:
 * @workspace: the workspace's folder
 * @app_key: noted with tn_db_begin_erasure(); nothing of it runs
 *
 * Erases an app: what the database keeps of it (see tn_db_forget_app()), its data folder, and its package if that is one of
 * the person's own. Cut short at any moment it is to be done again, which ends it.
 *
 * Returns: whether nothing is left; with a #TnStoreErrorCode, or a #GFileError for what can't be removed
 */
gboolean tn_erasure_run (TnDb *db, const char *workspace, const char *app_key, const char *app_id, GError **error);

/* The same for all that were noted; as many as can be, with the first error. */
gboolean tn_erasure_run_all (TnDb *db, const char *workspace, GError **error);

G_END_DECLS
