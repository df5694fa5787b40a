/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-store-private.h"

/* What is asked of the history and of whole canvases; as in tn-store-calls.c. */

static gpointer
do_list_history (TnWorker *worker, TnCall *call, GError **error)
{
  return tn_db_list_history (worker->db, call->number, call->limit, error);
}

void
tn_store_list_history_async (TnStore *self, gint64 before, guint limit, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  TnCall *call;

  g_return_if_fail (TN_IS_STORE (self));

  call = tn_call_new (do_list_history, (GDestroyNotify) g_ptr_array_unref, before, NULL, NULL, NULL);
  call->limit = limit;
  tn_store_submit (self, call, tn_store_list_history_async, cancellable, callback, user_data);
}

GPtrArray *
tn_store_list_history_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_list_history_async, error);
}

static gpointer
do_name_moment (TnWorker *worker, TnCall *call, GError **error)
{
  call->list_changed = tn_db_name_moment (worker->db, call->number, call->texts[0], error);
  return GINT_TO_POINTER (call->list_changed);
}

void
tn_store_name_moment_async (TnStore *self, gint64 seq, const char *name, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  tn_store_submit (self, tn_call_new (do_name_moment, NULL, seq, name, NULL, NULL), tn_store_name_moment_async,
                   cancellable, callback, user_data);
}

gboolean
tn_store_name_moment_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_name_moment_async, error) != NULL;
}

static gpointer
do_go_to (TnWorker *worker, TnCall *call, GError **error)
{
  g_autofree TnJourney *journey = g_new0 (TnJourney, 1);
  gboolean done = tn_db_go_to (worker->db, call->number, journey, error);

  tn_call_note_history (call, worker->db);
  return done ? g_steal_pointer (&journey) : NULL;
}

void
tn_store_go_to_async (TnStore *self, gint64 seq, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  tn_store_submit (self, tn_call_new (do_go_to, g_free, seq, NULL, NULL, NULL), tn_store_go_to_async, cancellable,
                   callback, user_data);
}

TnJourney *
tn_store_go_to_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_go_to_async, error);
}

static gpointer
do_preview_canvas (TnWorker *worker, TnCall *call, GError **error)
{
  return tn_db_preview_canvas (worker->db, call->number, call->texts[0], call->texts[1], error);
}

void
tn_store_preview_canvas_async (TnStore *self, gint64 seq, const char *canvas_id, const char *layout,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (canvas_id != NULL && layout != NULL);
  tn_store_submit (self,
                   tn_call_new (do_preview_canvas, (GDestroyNotify) tn_canvas_record_free, seq, canvas_id, layout,
                                NULL),
                   tn_store_preview_canvas_async, cancellable, callback, user_data);
}

TnCanvasRecord *
tn_store_preview_canvas_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_preview_canvas_async, error);
}

static gpointer
do_duplicate_canvas (TnWorker *worker, TnCall *call, GError **error)
{
  char *id = tn_db_duplicate_canvas (worker->db, call->texts[0], call->texts[1], error);

  tn_call_note_history (call, worker->db);
  return id;
}

void
tn_store_duplicate_canvas_async (TnStore *self, const char *canvas_id, const char *name, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (canvas_id != NULL && name != NULL);
  tn_store_submit (self, tn_call_new (do_duplicate_canvas, g_free, 0, canvas_id, name, NULL),
                   tn_store_duplicate_canvas_async, cancellable, callback, user_data);
}

char *
tn_store_duplicate_canvas_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_duplicate_canvas_async, error);
}

static gpointer
do_notice (TnWorker *worker, TnCall *call, GError **error)
{
  tn_call_read_history (call, worker->db);
  call->changed = g_strdupv ((char *[]){ call->texts[0], NULL });
  call->list_changed = TRUE;
  return NULL;
}

void
tn_store_notice_foreign_change (TnStore *self, const char *canvas_id)
{
  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (canvas_id != NULL);
  tn_store_submit (self, tn_call_new (do_notice, NULL, 0, canvas_id, NULL, NULL), tn_store_notice_foreign_change, NULL,
                   NULL, NULL);
}
