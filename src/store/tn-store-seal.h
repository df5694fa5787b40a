/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-seal.h"
#include "tn-store.h"

G_BEGIN_DECLS

/**
 * tn_store_use_seal_async:
 * @tile_id: a tile of the app, before it runs
 *
 * From now on what the app and that tile keep is opened and closed with @seal: values and their names, states, settings. The
 * first time whatever is there in plain is sealed, and no trace of it is left. Finish returns %FALSE with
 * %TN_STORE_ERROR_OTHER_KEY where the app's data are sealed with another key, or any other #TnStoreErrorCode.
 *
 * Of an app whose data are encrypted nothing can be read, written or copied before (%TN_STORE_ERROR_SEALED). A text that was
 * changed from outside is refused with %TN_STORE_ERROR_TAMPERED and told by "tampered"; keys() leaves it out.
 */
void tn_store_use_seal_async (TnStore *self, TnSeal *seal, const char *tile_id, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_store_use_seal_finish (TnStore *self, GAsyncResult *result, GError **error);

/* The app's key is not at hand any more. Nobody waits for it. */
void tn_store_drop_seal (TnStore *self, const char *app_key);

/* (transfer full): app key → id of the key (tn_seal_get_id()), of all apps whose data are encrypted. */
void tn_store_list_seals_async (TnStore *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
GHashTable *tn_store_list_seals_finish (TnStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
