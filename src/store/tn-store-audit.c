/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-store-private.h"

/* What is asked of the audit; as in tn-store-calls.c. */

static gpointer
do_append_audit (TnWorker *worker, TnCall *call, GError **error)
{
  return GINT_TO_POINTER (tn_db_append_audit (worker->db, call->records, error));
}

void
tn_store_append_audit_async (TnStore *self, GPtrArray *records, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  TnCall *call;

  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (records != NULL);

  call = tn_call_new (do_append_audit, NULL, 0, NULL, NULL, NULL);
  call->records = g_ptr_array_ref (records);
  tn_store_submit (self, call, tn_store_append_audit_async, cancellable, callback, user_data);
}

gboolean
tn_store_append_audit_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_append_audit_async, error) != NULL;
}

static gpointer
do_erase_audit (TnWorker *worker, TnCall *call, GError **error)
{
  return GINT_TO_POINTER (tn_db_erase_audit (worker->db, call->texts[0], error));
}

void
tn_store_erase_audit_async (TnStore *self, const char *app_key, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (app_key != NULL);

  tn_store_submit (self, tn_call_new (do_erase_audit, NULL, 0, app_key, NULL, NULL), tn_store_erase_audit_async,
                   cancellable, callback, user_data);
}

gboolean
tn_store_erase_audit_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_erase_audit_async, error) != NULL;
}

/* A call carries the filter: app, kind and text as its texts. */
static TnCall *
new_filtered (TnCallWork work, GDestroyNotify free_result, const TnAuditFilter *filter)
{
  TnCall *call = tn_call_new (work, free_result, 0, filter->app_key, filter->kind, filter->text);

  call->since_us = filter->since_us;
  return call;
}

static TnAuditFilter
get_filter (const TnCall *call)
{
  return (TnAuditFilter){ call->texts[0], call->texts[1], call->texts[2], call->since_us };
}

static gpointer
do_list_audit (TnWorker *worker, TnCall *call, GError **error)
{
  TnAuditFilter filter = get_filter (call);

  return tn_db_list_audit (worker->db, &filter, call->number, call->limit, error);
}

void
tn_store_list_audit_async (TnStore *self, const TnAuditFilter *filter, gint64 skip, guint limit,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  TnCall *call;

  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (filter != NULL);

  call = new_filtered (do_list_audit, (GDestroyNotify) g_ptr_array_unref, filter);
  call->number = skip;
  call->limit = limit;
  tn_store_submit (self, call, tn_store_list_audit_async, cancellable, callback, user_data);
}

GPtrArray *
tn_store_list_audit_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_list_audit_async, error);
}

static gpointer
do_count_audit (TnWorker *worker, TnCall *call, GError **error)
{
  TnAuditFilter filter = get_filter (call);
  gint64 n = tn_db_count_audit (worker->db, &filter, error);

  return n < 0 ? NULL : g_memdup2 (&n, sizeof n);
}

void
tn_store_count_audit_async (TnStore *self, const TnAuditFilter *filter, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (filter != NULL);

  tn_store_submit (self, new_filtered (do_count_audit, g_free, filter), tn_store_count_audit_async, cancellable,
                   callback, user_data);
}

gint64
tn_store_count_audit_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *n = tn_store_finish (self, result, tn_store_count_audit_async, error);

  return n != NULL ? *n : -1;
}

static gpointer
do_list_audited_apps (TnWorker *worker, TnCall *call, GError **error)
{
  return tn_db_list_audited_apps (worker->db, error);
}

void
tn_store_list_audited_apps_async (TnStore *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));

  tn_store_submit (self, tn_call_new (do_list_audited_apps, (GDestroyNotify) g_ptr_array_unref, 0, NULL, NULL, NULL),
                   tn_store_list_audited_apps_async, cancellable, callback, user_data);
}

GPtrArray *
tn_store_list_audited_apps_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_list_audited_apps_async, error);
}
