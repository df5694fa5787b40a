/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-store-private.h"

#include "tn-clock.h"

static gpointer
do_add_usage (TnWorker *worker, TnCall *call, GError **error)
{
  gint64 now_s = tn_clock_wall_us () / G_USEC_PER_SEC;

  return GINT_TO_POINTER (tn_db_add_usage (worker->db, call->texts[0], call->number, now_s, call->texts[1], error));
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (tn_store_finish (TN_STORE (source), result, tn_store_add_usage, &error) == NULL)
    g_message ("What a tile used is not kept: %s", error->message);
}

void
tn_store_add_usage (TnStore *self, const char *tile_id, guint span_s, const char *json)
{
  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (tile_id != NULL && json != NULL);
  tn_store_submit (self, tn_call_new (do_add_usage, NULL, span_s, tile_id, json, NULL), tn_store_add_usage, NULL,
                   added_cb, NULL);
}

static gpointer
do_list_usage (TnWorker *worker, TnCall *call, GError **error)
{
  return tn_db_list_usage (worker->db, call->texts[0], call->number, call->limit, error);
}

void
tn_store_list_usage_async (TnStore *self, const char *tile_id, guint span_s, guint limit, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  TnCall *call;

  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (tile_id != NULL);

  call = tn_call_new (do_list_usage, (GDestroyNotify) g_strfreev, span_s, tile_id, NULL, NULL);
  call->limit = limit;
  tn_store_submit (self, call, tn_store_list_usage_async, cancellable, callback, user_data);
}

GStrv
tn_store_list_usage_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_list_usage_async, error);
}
