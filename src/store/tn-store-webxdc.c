/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-store-private.h"

static gpointer
do_open (TnWorker *worker, TnCall *call, GError **error)
{
  return tn_db_webxdc_open (worker->db, call->texts[0], error);
}

void
tn_store_webxdc_open_async (TnStore *self, const char *app_key, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (app_key != NULL);
  tn_store_submit (self, tn_call_new (do_open, (GDestroyNotify) tn_webxdc_record_free, 0, app_key, NULL, NULL),
                   tn_store_webxdc_open_async, cancellable, callback, user_data);
}

TnWebxdcRecord *
tn_store_webxdc_open_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_webxdc_open_async, error);
}

static gpointer
do_add (TnWorker *worker, TnCall *call, GError **error)
{
  gint64 serial
    = tn_db_webxdc_add (worker->db, call->texts[0], call->texts[1], call->texts[2], call->texts[3], error);

  return serial != 0 ? g_memdup2 (&serial, sizeof serial) : NULL;
}

void
tn_store_webxdc_add_async (TnStore *self, const char *app_key, const char *text, const char *document,
                           const char *summary, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  TnCall *call;

  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (app_key != NULL && text != NULL);

  call = tn_call_new (do_add, g_free, 0, app_key, text, document);
  call->texts[3] = g_strdup (summary);
  tn_store_submit (self, call, tn_store_webxdc_add_async, cancellable, callback, user_data);
}

gint64
tn_store_webxdc_add_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *serial = tn_store_finish (self, result, tn_store_webxdc_add_async, error);

  return serial != NULL ? *serial : 0;
}

static gpointer
do_list (TnWorker *worker, TnCall *call, GError **error)
{
  return tn_db_webxdc_list (worker->db, call->texts[0], call->number, error);
}

void
tn_store_webxdc_list_async (TnStore *self, const char *app_key, gint64 after, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (app_key != NULL);
  tn_store_submit (self, tn_call_new (do_list, (GDestroyNotify) tn_webxdc_page_free, after, app_key, NULL, NULL),
                   tn_store_webxdc_list_async, cancellable, callback, user_data);
}

TnWebxdcPage *
tn_store_webxdc_list_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_webxdc_list_async, error);
}
