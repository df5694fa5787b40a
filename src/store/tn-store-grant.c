/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-grant-record.h"
#include "tn-store-private.h"

static gpointer
do_list_grants (TnWorker *worker, TnCall *call, GError **error)
{
  return tn_db_list_grants (worker->db, NULL, error);
}

void
tn_store_list_grants_async (TnStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  tn_store_submit (self, tn_call_new (do_list_grants, (GDestroyNotify) g_ptr_array_unref, 0, NULL, NULL, NULL),
                   tn_store_list_grants_async, cancellable, callback, user_data);
}

GPtrArray *
tn_store_list_grants_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_list_grants_async, error);
}

static gpointer
do_set_grant (TnWorker *worker, TnCall *call, GError **error)
{
  return GINT_TO_POINTER (tn_db_set_grant (worker->db, call->record, error));
}

static gpointer
do_drop_grant (TnWorker *worker, TnCall *call, GError **error)
{
  return GINT_TO_POINTER (tn_db_drop_grant (worker->db, call->record, error));
}

static TnCall *
grant_call (TnCallWork work, const TnGrantRecord *grant)
{
  TnCall *call = tn_call_new (work, NULL, 0, NULL, NULL, NULL);

  call->record = tn_grant_record_copy (grant);
  call->free_record = (GDestroyNotify) tn_grant_record_free;
  return call;
}

void
tn_store_set_grant_async (TnStore *self, const TnGrantRecord *grant, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self) && grant != NULL);
  tn_store_submit (self, grant_call (do_set_grant, grant), tn_store_set_grant_async, cancellable, callback, user_data);
}

gboolean
tn_store_set_grant_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_set_grant_async, error) != NULL;
}

void
tn_store_drop_grant_async (TnStore *self, const TnGrantRecord *grant, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self) && grant != NULL);
  tn_store_submit (self, grant_call (do_drop_grant, grant), tn_store_drop_grant_async, cancellable, callback,
                   user_data);
}

gboolean
tn_store_drop_grant_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_drop_grant_async, error) != NULL;
}

static gpointer
do_list_levels (TnWorker *worker, TnCall *call, GError **error)
{
  return tn_db_list_levels (worker->db, error);
}

void
tn_store_list_levels_async (TnStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self));
  tn_store_submit (self, tn_call_new (do_list_levels, (GDestroyNotify) g_ptr_array_unref, 0, NULL, NULL, NULL),
                   tn_store_list_levels_async, cancellable, callback, user_data);
}

GPtrArray *
tn_store_list_levels_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_list_levels_async, error);
}

static gpointer
do_set_level (TnWorker *worker, TnCall *call, GError **error)
{
  return GINT_TO_POINTER (tn_db_set_level (worker->db, call->texts[0], call->texts[1], error));
}

void
tn_store_set_level_async (TnStore *self, const char *app_key, const char *level, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self) && app_key != NULL && level != NULL);
  tn_store_submit (self, tn_call_new (do_set_level, NULL, 0, app_key, level, NULL), tn_store_set_level_async,
                   cancellable, callback, user_data);
}

gboolean
tn_store_set_level_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_set_level_async, error) != NULL;
}

static gpointer
do_get_setting (TnWorker *worker, TnCall *call, GError **error)
{
  return tn_db_get_setting (worker->db, call->texts[0], error);
}

void
tn_store_get_setting_async (TnStore *self, const char *name, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self) && name != NULL);
  tn_store_submit (self, tn_call_new (do_get_setting, g_free, 0, name, NULL, NULL), tn_store_get_setting_async,
                   cancellable, callback, user_data);
}

char *
tn_store_get_setting_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_get_setting_async, error);
}

static gpointer
do_set_setting (TnWorker *worker, TnCall *call, GError **error)
{
  return GINT_TO_POINTER (tn_db_set_setting (worker->db, call->texts[0], call->texts[1], error));
}

void
tn_store_set_setting_async (TnStore *self, const char *name, const char *value, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_STORE (self) && name != NULL && value != NULL);
  tn_store_submit (self, tn_call_new (do_set_setting, NULL, 0, name, value, NULL), tn_store_set_setting_async,
                   cancellable, callback, user_data);
}

gboolean
tn_store_set_setting_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_set_setting_async, error) != NULL;
}
