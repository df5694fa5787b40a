/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-store-private.h"

#include "tn-board.h"

/* What is asked of the store: for each thing what runs on the thread, and the pair of functions that hands it over and
 * brings back what came of it. */

static gpointer
do_apply (TnWorker *worker, TnCall *call, GError **error)
{
  gboolean done = tn_db_apply (worker->db, call->operation, error);

  tn_call_note_history (call, worker->db);
  return GINT_TO_POINTER (done);
}

void
tn_store_apply_async (TnStore *self, TnOperation *operation, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  TnCall *call;

  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (operation != NULL);

  call = tn_call_new (do_apply, NULL, 0, NULL, NULL, NULL);
  call->operation = tn_operation_ref (operation);
  tn_store_submit (self, call, tn_store_apply_async, cancellable, callback, user_data);
}

gboolean
tn_store_apply_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_apply_async, error) != NULL;
}

static gpointer
do_undo (TnWorker *worker, TnCall *call, GError **error)
{
  TnOperation *operation = tn_db_undo (worker->db, error);

  tn_call_note_history (call, worker->db);
  return operation;
}

void
tn_store_undo_async (TnStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  tn_store_submit (self, tn_call_new (do_undo, (GDestroyNotify) tn_operation_unref, 0, NULL, NULL, NULL),
                   tn_store_undo_async, cancellable, callback, user_data);
}

TnOperation *
tn_store_undo_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_undo_async, error);
}

static gpointer
do_redo (TnWorker *worker, TnCall *call, GError **error)
{
  TnOperation *operation = tn_db_redo (worker->db, error);

  tn_call_note_history (call, worker->db);
  return operation;
}

void
tn_store_redo_async (TnStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  tn_store_submit (self, tn_call_new (do_redo, (GDestroyNotify) tn_operation_unref, 0, NULL, NULL, NULL),
                   tn_store_redo_async, cancellable, callback, user_data);
}

TnOperation *
tn_store_redo_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_redo_async, error);
}

static gpointer
do_list_canvases (TnWorker *worker, TnCall *call, GError **error)
{
  return tn_db_list_canvases (worker->db, error);
}

void
tn_store_list_canvases_async (TnStore *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  tn_store_submit (self, tn_call_new (do_list_canvases, (GDestroyNotify) g_ptr_array_unref, 0, NULL, NULL, NULL),
                   tn_store_list_canvases_async, cancellable, callback, user_data);
}

GPtrArray *
tn_store_list_canvases_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_list_canvases_async, error);
}

static gpointer
do_load_canvas (TnWorker *worker, TnCall *call, GError **error)
{
  return tn_db_load_canvas (worker->db, call->texts[0], call->texts[1], error);
}

void
tn_store_load_canvas_async (TnStore *self, const char *canvas_id, const char *layout, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (canvas_id != NULL && layout != NULL);
  tn_store_submit (self,
                   tn_call_new (do_load_canvas, (GDestroyNotify) tn_canvas_record_free, 0, canvas_id, layout, NULL),
                   tn_store_load_canvas_async, cancellable, callback, user_data);
}

TnCanvasRecord *
tn_store_load_canvas_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_load_canvas_async, error);
}

static gpointer
do_load_board (TnWorker *worker, TnCall *call, GError **error)
{
  return tn_board_load (worker->db, call->texts[0], error);
}

void
tn_store_load_board_async (TnStore *self, const char *canvas_id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (canvas_id != NULL);
  tn_store_submit (self, tn_call_new (do_load_board, (GDestroyNotify) tn_board_free, 0, canvas_id, NULL, NULL),
                   tn_store_load_board_async, cancellable, callback, user_data);
}

TnBoard *
tn_store_load_board_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_load_board_async, error);
}

static gpointer
do_kv_get (TnWorker *worker, TnCall *call, GError **error)
{
  return tn_db_kv_get (worker->db, call->number, call->texts[0], call->texts[1], error);
}

void
tn_store_kv_get_async (TnStore *self, TnKvScope scope, const char *owner, const char *key, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (owner != NULL && key != NULL);
  tn_store_submit (self, tn_call_new (do_kv_get, g_free, scope, owner, key, NULL), tn_store_kv_get_async, cancellable,
                   callback, user_data);
}

char *
tn_store_kv_get_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_kv_get_async, error);
}

static gpointer
do_kv_set (TnWorker *worker, TnCall *call, GError **error)
{
  return GINT_TO_POINTER (
    tn_db_kv_set (worker->db, call->number, call->texts[0], call->texts[1], call->texts[2], error));
}

void
tn_store_kv_set_async (TnStore *self, TnKvScope scope, const char *owner, const char *key, const char *json,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (owner != NULL && key != NULL);
  tn_store_submit (self, tn_call_new (do_kv_set, NULL, scope, owner, key, json), tn_store_kv_set_async, cancellable,
                   callback, user_data);
}

gboolean
tn_store_kv_set_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_kv_set_async, error) != NULL;
}

static gpointer
do_kv_keys (TnWorker *worker, TnCall *call, GError **error)
{
  return tn_db_kv_keys (worker->db, call->number, call->texts[0], error);
}

void
tn_store_kv_keys_async (TnStore *self, TnKvScope scope, const char *owner, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (owner != NULL);
  tn_store_submit (self, tn_call_new (do_kv_keys, (GDestroyNotify) g_strfreev, scope, owner, NULL, NULL),
                   tn_store_kv_keys_async, cancellable, callback, user_data);
}

GStrv
tn_store_kv_keys_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_kv_keys_async, error);
}

static gpointer
do_kv_list (TnWorker *worker, TnCall *call, GError **error)
{
  return tn_db_kv_list (worker->db, call->number, call->texts[0], error);
}

void
tn_store_kv_list_async (TnStore *self, TnKvScope scope, const char *key, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (key != NULL);
  tn_store_submit (self, tn_call_new (do_kv_list, (GDestroyNotify) g_hash_table_unref, scope, key, NULL, NULL),
                   tn_store_kv_list_async, cancellable, callback, user_data);
}

GHashTable *
tn_store_kv_list_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_kv_list_async, error);
}

static gpointer
do_kv_bytes (TnWorker *worker, TnCall *call, GError **error)
{
  gint64 bytes = tn_db_kv_bytes (worker->db, call->texts[0], error);

  return bytes >= 0 ? g_memdup2 (&bytes, sizeof bytes) : NULL;
}

void
tn_store_kv_bytes_async (TnStore *self, const char *app_key, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (app_key != NULL);
  tn_store_submit (self, tn_call_new (do_kv_bytes, g_free, 0, app_key, NULL, NULL), tn_store_kv_bytes_async,
                   cancellable, callback, user_data);
}

gint64
tn_store_kv_bytes_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *bytes = tn_store_finish (self, result, tn_store_kv_bytes_async, error);

  return bytes != NULL ? *bytes : -1;
}

static gpointer
do_load_state (TnWorker *worker, TnCall *call, GError **error)
{
  return tn_db_load_state (worker->db, call->texts[0], error);
}

void
tn_store_load_state_async (TnStore *self, const char *tile_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (tile_id != NULL);
  tn_store_submit (self, tn_call_new (do_load_state, g_free, 0, tile_id, NULL, NULL), tn_store_load_state_async,
                   cancellable, callback, user_data);
}

char *
tn_store_load_state_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_load_state_async, error);
}

static gpointer
do_save_state (TnWorker *worker, TnCall *call, GError **error)
{
  return GINT_TO_POINTER (tn_db_save_state (worker->db, call->texts[0], call->texts[1], error));
}

void
tn_store_save_state_async (TnStore *self, const char *tile_id, const char *json, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (tile_id != NULL);
  tn_store_submit (self, tn_call_new (do_save_state, NULL, 0, tile_id, json, NULL), tn_store_save_state_async,
                   cancellable, callback, user_data);
}

gboolean
tn_store_save_state_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_save_state_async, error) != NULL;
}

static gpointer
do_list_events (TnWorker *worker, TnCall *call, GError **error)
{
  TnEventFilter filter = { call->texts[0], call->limit, call->since_us, call->number };

  return tn_db_list_events (worker->db, &filter, error);
}

void
tn_store_list_events_async (TnStore *self, const TnEventFilter *filter, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  TnCall *call;

  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (filter != NULL);

  call = tn_call_new (do_list_events, (GDestroyNotify) g_ptr_array_unref, filter->max_bytes, filter->pattern, NULL, NULL);
  call->limit = filter->limit;
  call->since_us = filter->since_us;
  tn_store_submit (self, call, tn_store_list_events_async, cancellable, callback, user_data);
}

GPtrArray *
tn_store_list_events_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_list_events_async, error);
}
