/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-store-seal.h"
#include "tn-store-private.h"

static gpointer
do_use_seal (TnWorker *worker, TnCall *call, GError **error)
{
  gboolean done = tn_db_use_seal (worker->db, call->record, call->texts[0], error);

  tn_call_note_history (call, worker->db);
  return GINT_TO_POINTER (done);
}

void
tn_store_use_seal_async (TnStore *self, TnSeal *seal, const char *tile_id, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  TnCall *call;

  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (seal != NULL && tile_id != NULL);

  call = tn_call_new (do_use_seal, NULL, 0, tile_id, NULL, NULL);
  call->record = tn_seal_ref (seal);
  call->free_record = (GDestroyNotify) tn_seal_unref;
  tn_store_submit (self, call, tn_store_use_seal_async, cancellable, callback, user_data);
}

gboolean
tn_store_use_seal_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_use_seal_async, error) != NULL;
}

static gpointer
do_drop_seal (TnWorker *worker, TnCall *call, GError **error)
{
  tn_db_drop_seal (worker->db, call->texts[0]);
  return NULL;
}

void
tn_store_drop_seal (TnStore *self, const char *app_key)
{
  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (app_key != NULL);

  tn_store_submit (self, tn_call_new (do_drop_seal, NULL, 0, app_key, NULL, NULL), tn_store_drop_seal, NULL, NULL, NULL);
}

static gpointer
do_list_seals (TnWorker *worker, TnCall *call, GError **error)
{
  return tn_db_list_seals (worker->db, error);
}

void
tn_store_list_seals_async (TnStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));

  tn_store_submit (self, tn_call_new (do_list_seals, (GDestroyNotify) g_hash_table_unref, 0, NULL, NULL, NULL),
                   tn_store_list_seals_async, cancellable, callback, user_data);
}

GHashTable *
tn_store_list_seals_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_list_seals_async, error);
}
