/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-db.h"

G_BEGIN_DECLS

/**
 * TnGrantRecord:
 * @type: in the words of manifests, like the next three: see tn-permission.h
 * @always: whether the app may; else it never may
 * @time_us: when the person said so, in microseconds since 1970; set by the store
 *
 * What the person answered for one entry of an app's manifest.
 */
typedef struct
{
  char *app_key;
  char *type, *resource, *actions, *terms;
  gboolean always;
  gint64 time_us;
} TnGrantRecord;

TnGrantRecord *tn_grant_record_new (const char *app_key, const char *type, const char *resource, const char *actions,
                                    const char *terms);
TnGrantRecord *tn_grant_record_copy (const TnGrantRecord *self);
void tn_grant_record_free (TnGrantRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnGrantRecord, tn_grant_record_free)

/**
 * TnLevelRecord:
 * @level: in the words of manifests
 *
 * How an app was last let run.
 */
typedef struct
{
  char *app_key;
  char *level;
} TnLevelRecord;

void tn_level_record_free (TnLevelRecord *self);

/* (element-type TnGrantRecord) (transfer full): in order of app, type and resource. @app_key: (nullable): of all apps */
GPtrArray *tn_db_list_grants (TnDb *self, const char *app_key, GError **error);

/* In place of what was said for the same entry before. */
gboolean tn_db_set_grant (TnDb *self, const TnGrantRecord *grant, GError **error);

/* As if nobody had been asked. */
gboolean tn_db_drop_grant (TnDb *self, const TnGrantRecord *grant, GError **error);

/* (element-type TnLevelRecord) (transfer full) */
GPtrArray *tn_db_list_levels (TnDb *self, GError **error);
gboolean tn_db_set_level (TnDb *self, const char *app_key, const char *level, GError **error);

/* (transfer full): what was set for the whole workspace; "" where nothing was, %NULL with @error */
char *tn_db_get_setting (TnDb *self, const char *name, GError **error);
gboolean tn_db_set_setting (TnDb *self, const char *name, const char *value, GError **error);

/* The same by a #TnStore. */
void tn_store_list_grants_async (TnStore *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *tn_store_list_grants_finish (TnStore *self, GAsyncResult *result, GError **error);
void tn_store_set_grant_async (TnStore *self, const TnGrantRecord *grant, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_store_set_grant_finish (TnStore *self, GAsyncResult *result, GError **error);
void tn_store_drop_grant_async (TnStore *self, const TnGrantRecord *grant, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_store_drop_grant_finish (TnStore *self, GAsyncResult *result, GError **error);
void tn_store_list_levels_async (TnStore *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *tn_store_list_levels_finish (TnStore *self, GAsyncResult *result, GError **error);
void tn_store_set_level_async (TnStore *self, const char *app_key, const char *level, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_store_set_level_finish (TnStore *self, GAsyncResult *result, GError **error);
void tn_store_get_setting_async (TnStore *self, const char *name, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
char *tn_store_get_setting_finish (TnStore *self, GAsyncResult *result, GError **error);
void tn_store_set_setting_async (TnStore *self, const char *name, const char *value, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_store_set_setting_finish (TnStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
