/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-net.h"
#include "tn-secret.h"
#include "tn-seal.h"

G_BEGIN_DECLS

/* The keys that apps' data are encrypted with, one for each app of a workspace, in the keyring. */

/**
 * tn_seal_keyring_open_async:
 * @app_name: for the keyring's list
 * @key_id: (nullable): of the key that the app's data are encrypted with (tn_seal_get_id()); %NULL where none are yet
 * @manner: whether the keyring may show a dialog
 *
 * Finds an app's key. One is made only where nothing was encrypted before and the keyring has none; it is taken only after
 * the keyring has given it back. Never replaces a key. Finish returns (transfer full) the seal, or %NULL with
 * %TN_NET_ERROR_KEY_LOST where the keyring has another key than @key_id or none, any other #TnNetErrorCode of a keyring, or
 * %G_IO_ERROR_CANCELLED.
 */
void tn_seal_keyring_open_async (const char *workspace, const char *app_key, const char *app_name, const char *key_id,
                                 TnSecretManner manner, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
TnSeal *tn_seal_keyring_open_finish (GAsyncResult *result, GError **error);

/**
 * tn_seal_keyring_destroy_key:
 *
 * Takes an app's key out of the keyring: what was encrypted with it can't be read by anybody any more. Done too where there
 * is none. Blocks: not for a main thread.
 *
 * Returns: whether the keyring has none now; else any #TnNetErrorCode of a keyring
 */
gboolean tn_seal_keyring_destroy_key (const char *workspace, const char *app_key, TnSecretManner manner, GError **error);

G_END_DECLS
