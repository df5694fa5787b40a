/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-store.h"

G_BEGIN_DECLS

/**
 * TnStorageWatch:
 *
 * What apps that run keep: web storage and cache, measured in their folders from outside every 2 s and off the main
 * thread, and the values and webxdc updates in the store, together. WebKit has no quota of its own to set: IndexedDB took 160 MB without a
 * word. What is kept for a session only, in memory, is not seen here.
 */
typedef struct _TnStorageWatch TnStorageWatch;

/* The app's web storage has grown past what it may keep; @app_key may be removed from within. */
typedef void (*TnStorageOver) (const char *app_key, gpointer user_data);

/* @directory: with a folder for each app, named by its key */
TnStorageWatch *tn_storage_watch_new (const char *directory, TnStore *store, TnStorageOver over, gpointer user_data);
void tn_storage_watch_free (TnStorageWatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnStorageWatch, tn_storage_watch_free)

/* Counted: as often as it is added an app has to be removed. */
void tn_storage_watch_add (TnStorageWatch *self, const char *app_key, guint limit_mib);
void tn_storage_watch_set_limit (TnStorageWatch *self, const char *app_key, guint limit_mib);
void tn_storage_watch_remove (TnStorageWatch *self, const char *app_key);

/**
 * tn_storage_watch_may_write:
 * @bytes: that the app is about to write to the store
 *
 * Returns: whether there is room for them; they are counted then
 */
gboolean tn_storage_watch_may_write (TnStorageWatch *self, const char *app_key, gsize bytes);

/* What the app keeps, as far as it was measured; -1 where it is not watched. */
gint64 tn_storage_watch_get_bytes (TnStorageWatch *self, const char *app_key);

/* Something of the app's is gone from the store: it is to be measured again. */
void tn_storage_watch_note_deletion (TnStorageWatch *self, const char *app_key);

G_END_DECLS
