/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-seal.h"
#include "tn-store.h"

G_BEGIN_DECLS

/**
 * TnDb:
 *
 * One SQLite connection and all that is done with it, synchronous, on the thread that opened it. #TnStore runs one on
 * its thread; the command line uses it directly.
 */
typedef struct _TnDb TnDb;

typedef enum
{
  TN_DB_READ_WRITE, /* made, migrated, backed up, recovered as need be */
  TN_DB_READ_ONLY,  /* as it is: for tnc's listings; TN_STORE_ERROR_NOT_FOUND where there is none */
} TnDbMode;

TnDb *tn_db_open (const char *directory, TnDbMode mode, GError **error);
void tn_db_close (TnDb *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnDb, tn_db_close)

TnStoreOutcome tn_db_get_outcome (TnDb *self);
const char *tn_db_get_notice (TnDb *self);

gboolean tn_db_apply (TnDb *self, TnOperation *operation, GError **error);
TnOperation *tn_db_undo (TnDb *self, GError **error);
TnOperation *tn_db_redo (TnDb *self, GError **error);
gboolean tn_db_can_undo (TnDb *self);
gboolean tn_db_can_redo (TnDb *self);

GPtrArray *tn_db_list_history (TnDb *self, gint64 before, guint limit, GError **error);
gboolean tn_db_name_moment (TnDb *self, gint64 seq, const char *name, GError **error);
gboolean tn_db_go_to (TnDb *self, gint64 seq, TnJourney *journey, GError **error);
TnCanvasRecord *tn_db_preview_canvas (TnDb *self, gint64 seq, const char *canvas_id, const char *layout,
                                      GError **error);
char *tn_db_duplicate_canvas (TnDb *self, const char *canvas_id, const char *name, GError **error);
GStrv tn_db_take_touched (TnDb *self);

gboolean tn_db_remove_app (TnDb *self, const char *app_key, const char *app_id, const char *name, gboolean package,
                           GError **error);
GStrv tn_db_list_removals (TnDb *self, GError **error);

gboolean tn_db_begin_erasure (TnDb *self, const char *app_key, const char *app_id, GError **error);
GPtrArray *tn_db_list_erasures (TnDb *self, GError **error);
gboolean tn_db_forget_app (TnDb *self, const char *app_key, GError **error);
gboolean tn_db_end_erasure (TnDb *self, const char *app_key, GError **error);
gboolean tn_db_is_alone (TnDb *self);

gboolean tn_db_collect (TnDb *self, GError **error);
gboolean tn_db_needs_app (TnDb *self, const char *app_key, gboolean *needs, GError **error);

GPtrArray *tn_db_list_canvases (TnDb *self, GError **error);
TnCanvasRecord *tn_db_load_canvas (TnDb *self, const char *canvas_id, const char *layout, GError **error);

char *tn_db_kv_get (TnDb *self, TnKvScope scope, const char *owner, const char *key, GError **error);
gboolean tn_db_kv_set (TnDb *self, TnKvScope scope, const char *owner, const char *key, const char *json,
                       GError **error);
GStrv tn_db_kv_keys (TnDb *self, TnKvScope scope, const char *owner, GError **error);
GHashTable *tn_db_kv_list (TnDb *self, TnKvScope scope, const char *key, GError **error);
gint64 tn_db_kv_bytes (TnDb *self, const char *app_key, GError **error);
char *tn_db_load_state (TnDb *self, const char *tile_id, GError **error);
gboolean tn_db_save_state (TnDb *self, const char *tile_id, const char *json, GError **error);

gboolean tn_db_use_seal (TnDb *self, TnSeal *seal, const char *tile_id, GError **error);
void tn_db_drop_seal (TnDb *self, const char *app_key);
GHashTable *tn_db_list_seals (TnDb *self, GError **error);
gboolean tn_db_forget_seal (TnDb *self, const char *app_key, GError **error);
GPtrArray *tn_db_take_tampered (TnDb *self);

TnWebxdcRecord *tn_db_webxdc_open (TnDb *self, const char *app_key, GError **error);
gint64 tn_db_webxdc_add (TnDb *self, const char *app_key, const char *text, const char *document, const char *summary,
                         GError **error);
TnWebxdcPage *tn_db_webxdc_list (TnDb *self, const char *app_key, gint64 after, GError **error);
gboolean tn_db_add_usage (TnDb *self, const char *tile_id, guint span_s, gint64 time_s, const char *json,
                          GError **error);
GStrv tn_db_list_usage (TnDb *self, const char *tile_id, guint span_s, guint limit, GError **error);

gboolean tn_db_append_event (TnDb *self, TnEvent *event, GError **error);
GPtrArray *tn_db_list_events (TnDb *self, const TnEventFilter *filter, GError **error);

gboolean tn_db_append_audit (TnDb *self, GPtrArray *records, GError **error);
gboolean tn_db_erase_audit (TnDb *self, const char *app_key, GError **error);
GPtrArray *tn_db_list_audit (TnDb *self, const TnAuditFilter *filter, gint64 skip, guint limit, GError **error);
gint64 tn_db_count_audit (TnDb *self, const TnAuditFilter *filter, GError **error);
GPtrArray *tn_db_list_audited_apps (TnDb *self, GError **error);
gboolean tn_db_verify_audit (TnDb *self, TnAuditVerdict *verdict, GError **error);
char *tn_db_get_audit_hash (TnDb *self, gint64 seq, GError **error);

/* PRAGMA integrity_check; for doctor. */
gboolean tn_db_check (TnDb *self, GError **error);

G_END_DECLS
