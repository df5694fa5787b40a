/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-audit-record.h"
#include "tn-record.h"
#include "tn-webxdc-record.h"
#include "tn-bus.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define TN_STORE_ERROR (tn_store_error_quark ())
GQuark tn_store_error_quark (void);

typedef enum
{
  TN_STORE_ERROR_OPEN = 1,  /* can't be opened or made */
  TN_STORE_ERROR_READ_ONLY, /* the folder or file can't be written */
  TN_STORE_ERROR_NEWER,     /* written by a newer program; untouched */
  TN_STORE_ERROR_DAMAGED,   /* not a database any more, and no backup is */
  TN_STORE_ERROR_BUSY,      /* another program holds the write lock for too long */
  TN_STORE_ERROR_FULL,      /* no room on the disk */
  TN_STORE_ERROR_NOT_FOUND, /* no such row */
  TN_STORE_ERROR_INVALID,   /* the change breaks a rule of the schema */
  TN_STORE_ERROR_FAILED,    /* anything else SQLite says */
  TN_STORE_ERROR_SEALED,    /* encrypted, and the key is not at hand */
  TN_STORE_ERROR_OTHER_KEY, /* encrypted with another key than the one that was given */
  TN_STORE_ERROR_TAMPERED,  /* encrypted, and changed since by somebody without the key */
} TnStoreErrorCode;

/* What opening found. */
typedef enum
{
  TN_STORE_OPENED,    /* as it was left */
  TN_STORE_CREATED,   /* new and empty */
  TN_STORE_RECOVERED, /* damaged: set aside, newest good backup opened */
  TN_STORE_RESET,     /* damaged: set aside, no good backup, begun anew */
  TN_STORE_IN_MEMORY, /* the folder can't be written: nothing will be kept */
} TnStoreOutcome;

/**
 * TnStore:
 *
 * The workspace's database, asynchronous: one thread of its own does what design.md section 10 says, in the order it
 * was asked. Implements #TnEventLog. A write's finish returns after the change is on disk.
 */
#define TN_TYPE_STORE (tn_store_get_type ())
G_DECLARE_FINAL_TYPE (TnStore, tn_store, TN, STORE, GObject)

/**
 * tn_store_open_async:
 * @directory: the workspace's folder; made where absent
 */
void tn_store_open_async (const char *directory, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data);
TnStore *tn_store_open_finish (GAsyncResult *result, GError **error);

TnStoreOutcome tn_store_get_outcome (TnStore *self);

/* What happened on opening, one sentence for the person; "" where nothing did. */
const char *tn_store_get_notice (TnStore *self);

/* Waits for what was asked so far and closes the file. */
void tn_store_close (TnStore *self);

/* Signals, on the main context:
 * "changed" (const char *canvas_id) after every operation that was applied, undone, redone or passed on the way to a
 * moment: once for each canvas that it touched, those that it made or took away included; none where nothing differs.
 * "history-changed" after those, and after a moment got another name.
 * "tampered" (const char *app_key, const char *owner) for each text that is not what was sealed; see tn-store-seal.h. */

/* Another process wrote to the workspace, and says to which canvas: looks again at what can be undone and redone, then
 * emits "changed" and "history-changed". */
void tn_store_notice_foreign_change (TnStore *self, const char *canvas_id);

void tn_store_apply_async (TnStore *self, TnOperation *operation, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_store_apply_finish (TnStore *self, GAsyncResult *result, GError **error);

/* Takes the newest operation back, unless no canvas would be left / does the newest taken-back one again. Finish
 * returns (transfer full) the operation, or %NULL with %TN_STORE_ERROR_NOT_FOUND where there is none. */
void tn_store_undo_async (TnStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
TnOperation *tn_store_undo_finish (TnStore *self, GAsyncResult *result, GError **error);
void tn_store_redo_async (TnStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
TnOperation *tn_store_redo_finish (TnStore *self, GAsyncResult *result, GError **error);

/* As of the last finished call; notify::can-undo and notify::can-redo tell of changes. */
gboolean tn_store_get_can_undo (TnStore *self);
gboolean tn_store_get_can_redo (TnStore *self);

/**
 * tn_store_list_history_async:
 * @before: only operations older than that one; 0 for the newest
 * @limit: at most so many
 *
 * (element-type TnHistoryRecord) (transfer full): newest first, those that were taken back included.
 */
void tn_store_list_history_async (TnStore *self, gint64 before, guint limit, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *tn_store_list_history_finish (TnStore *self, GAsyncResult *result, GError **error);

/* @name: (nullable): the person's own name for the moment after that operation; %NULL takes it away. It is no
 * operation itself, and goes when its operation goes. */
void tn_store_name_moment_async (TnStore *self, gint64 seq, const char *name, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_store_name_moment_finish (TnStore *self, GAsyncResult *result, GError **error);

/**
 * tn_store_go_to_async:
 * @seq: the moment after that operation; 0 for before the oldest one
 *
 * Undoes or redoes, all or nothing, until @seq is the newest operation that is not taken back. It is not an operation
 * itself: going forward again is possible until something else is done. Finish returns (transfer full) the way that was
 * gone.
 */
void tn_store_go_to_async (TnStore *self, gint64 seq, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
TnJourney *tn_store_go_to_finish (TnStore *self, GAsyncResult *result, GError **error);

/**
 * tn_store_preview_canvas_async:
 *
 * tn_store_load_canvas_async() as it would be after tn_store_go_to_async(), with nothing changed;
 * %TN_STORE_ERROR_NOT_FOUND where the canvas was not there then.
 */
void tn_store_preview_canvas_async (TnStore *self, gint64 seq, const char *canvas_id, const char *layout,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
TnCanvasRecord *tn_store_preview_canvas_finish (TnStore *self, GAsyncResult *result, GError **error);

/* (element-type TnCanvasRecord) (transfer full): in order, without tiles. */
void tn_store_list_canvases_async (TnStore *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *tn_store_list_canvases_finish (TnStore *self, GAsyncResult *result, GError **error);

/**
 * tn_store_load_canvas_async:
 * @layout: which places the tiles come with; one with none in @layout comes with its wide one and says so in its layout.
 *   The places in all other layouts come beside them
 */
void tn_store_load_canvas_async (TnStore *self, const char *canvas_id, const char *layout, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
TnCanvasRecord *tn_store_load_canvas_finish (TnStore *self, GAsyncResult *result, GError **error);

/**
 * tn_store_duplicate_canvas_async:
 * @name: what the copy is called
 *
 * One operation, canvas.duplicate, on the copy and with @name as its subject: the canvas with all tiles, all their
 * places, settings and the values that they keep (state included), right after the original in the order. Finish
 * returns (transfer full) the new canvas's id.
 */
void tn_store_duplicate_canvas_async (TnStore *self, const char *canvas_id, const char *name, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
char *tn_store_duplicate_canvas_finish (TnStore *self, GAsyncResult *result, GError **error);

/* Whose values: a tile's own, shared by all tiles of an app, or the host's own about an app. */
typedef enum
{
  TN_KV_TILE,
  TN_KV_APP,
  TN_KV_HOST,
} TnKvScope;

/**
 * tn_store_kv_get_async:
 * @owner: tile id or app key
 *
 * Finish returns (transfer full) the JSON text, or %NULL without @error where there is none.
 */
void tn_store_kv_get_async (TnStore *self, TnKvScope scope, const char *owner, const char *key,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *tn_store_kv_get_finish (TnStore *self, GAsyncResult *result, GError **error);

/* @json: (nullable): %NULL deletes. */
void tn_store_kv_set_async (TnStore *self, TnKvScope scope, const char *owner, const char *key, const char *json,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_store_kv_set_finish (TnStore *self, GAsyncResult *result, GError **error);

/* Sorted; (transfer full). */
void tn_store_kv_keys_async (TnStore *self, TnKvScope scope, const char *owner, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
GStrv tn_store_kv_keys_finish (TnStore *self, GAsyncResult *result, GError **error);

/* (element-type utf8 utf8) (transfer full): what each owner has under @key. */
void tn_store_kv_list_async (TnStore *self, TnKvScope scope, const char *key, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
GHashTable *tn_store_kv_list_finish (TnStore *self, GAsyncResult *result, GError **error);

/* What the values of an app and of all its tiles take, keys and states included, and its webxdc updates, in bytes; -1 with
 * @error. */
void tn_store_kv_bytes_async (TnStore *self, const char *app_key, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
gint64 tn_store_kv_bytes_finish (TnStore *self, GAsyncResult *result, GError **error);

/* What getState() of a tile returned last; like a kv value of its own. */
void tn_store_load_state_async (TnStore *self, const char *tile_id, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
char *tn_store_load_state_finish (TnStore *self, GAsyncResult *result, GError **error);
void tn_store_save_state_async (TnStore *self, const char *tile_id, const char *json, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_store_save_state_finish (TnStore *self, GAsyncResult *result, GError **error);

/* What the tiles of a webxdc app share; finish returns (transfer full). Made where it is asked for the first time. */
void tn_store_webxdc_open_async (TnStore *self, const char *app_key, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
TnWebxdcRecord *tn_store_webxdc_open_finish (TnStore *self, GAsyncResult *result, GError **error);

/**
 * tn_store_webxdc_add_async:
 * @text: the update, kept as it is
 * @document: (nullable): see #TnWebxdcRecord; %NULL leaves what is there, like @summary
 *
 * Finish returns the update's serial; 0 with @error, %TN_STORE_ERROR_FULL past %TN_WEBXDC_MAX_BYTES.
 */
void tn_store_webxdc_add_async (TnStore *self, const char *app_key, const char *text, const char *document,
                                const char *summary, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
gint64 tn_store_webxdc_add_finish (TnStore *self, GAsyncResult *result, GError **error);

/* The first updates after the serial @after, any number; (transfer full). */
void tn_store_webxdc_list_async (TnStore *self, const char *app_key, gint64 after, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
TnWebxdcPage *tn_store_webxdc_list_finish (TnStore *self, GAsyncResult *result, GError **error);

/**
 * tn_store_add_usage:
 * @span_s: 60 or 3,600
 * @json: what the tile used in it
 *
 * Kept for a while: minutes for a day, hours for 90 days. Nobody waits for it.
 */
void tn_store_add_usage (TnStore *self, const char *tile_id, guint span_s, const char *json);

/* The newest @limit of these, oldest first; (transfer full). */
void tn_store_list_usage_async (TnStore *self, const char *tile_id, guint span_s, guint limit,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GStrv tn_store_list_usage_finish (TnStore *self, GAsyncResult *result, GError **error);

/**
 * TnEventFilter:
 * @pattern: (nullable): subject pattern
 * @limit: the newest so many
 * @since_us: none from before, since 1970 UTC; 0 for all
 * @max_bytes: of the envelopes together, 0 for any; the newest are taken
 */
typedef struct
{
  const char *pattern;
  guint limit;
  gint64 since_us;
  gsize max_bytes;
} TnEventFilter;

/**
 * tn_store_list_events_async:
 *
 * What the log has of events, to be replayed: all that was published before this call and nothing that is after, each
 * once. The last 100,000 are kept, and at most 64 MiB.
 *
 * (element-type TnEvent) (transfer full): in the order they were published.
 */
void tn_store_list_events_async (TnStore *self, const TnEventFilter *filter, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *tn_store_list_events_finish (TnStore *self, GAsyncResult *result, GError **error);

/**
 * tn_store_append_audit_async:
 * @records: (element-type TnAuditRecord): not to be looked at until finished, and then with their numbers and hashes
 *
 * Appends to the chain of the audit, all or none.
 */
void tn_store_append_audit_async (TnStore *self, GPtrArray *records, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_store_append_audit_finish (TnStore *self, GAsyncResult *result, GError **error);

/* Takes what the rows about an app say out of them; the chain holds. */
void tn_store_erase_audit_async (TnStore *self, const char *app_key, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_store_erase_audit_finish (TnStore *self, GAsyncResult *result, GError **error);

/**
 * tn_store_list_audit_async:
 * @skip: leave out so many of the oldest that match
 * @limit: at most so many
 *
 * (element-type TnAuditRecord) (transfer full): oldest first.
 */
void tn_store_list_audit_async (TnStore *self, const TnAuditFilter *filter, gint64 skip, guint limit,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *tn_store_list_audit_finish (TnStore *self, GAsyncResult *result, GError **error);

/* How many rows match; -1 with @error. */
void tn_store_count_audit_async (TnStore *self, const TnAuditFilter *filter, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
gint64 tn_store_count_audit_finish (TnStore *self, GAsyncResult *result, GError **error);

/* (element-type utf8) (transfer full): the keys of all apps that rows are about. */
void tn_store_list_audited_apps_async (TnStore *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *tn_store_list_audited_apps_finish (TnStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
