/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-db.h"

G_BEGIN_DECLS

/* Runs on the store's thread; see tn_db_open() for what may be done with @db. */
typedef gboolean (*TnStoreRun) (TnDb *db, gpointer data, GError **error);

/**
 * tn_store_run_async:
 * @data: stays the caller's, and has to be there until the callback
 *
 * For work of several steps on the database that belongs to a room below: nothing else is done on the database meanwhile.
 * "changed" and "history-changed" follow as after an operation. Finish returns what @run does.
 */
void tn_store_run_async (TnStore *self, TnStoreRun run, gpointer data, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_store_run_finish (TnStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
