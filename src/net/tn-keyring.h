/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-net.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TnKeyringState:
 * @TN_KEYRING_UNLOCKED: secrets can be read and written now
 * @TN_KEYRING_LOCKED: the person is asked for the password when a secret is needed
 * @TN_KEYRING_EMPTY: no default collection yet; the service makes one with the first secret
 *
 * What the Secret Service (org.freedesktop.secrets) says about its default collection.
 */
typedef enum
{
  TN_KEYRING_UNLOCKED,
  TN_KEYRING_LOCKED,
  TN_KEYRING_EMPTY,
} TnKeyringState;

/**
 * tn_keyring_check_async:
 * @timeout_ms: how long to wait for the answers, all together
 *
 * Asks the Secret Service on the session bus whether its default collection is unlocked. Starts the service where the
 * bus can, unlocks nothing and never shows a dialog.
 */
void tn_keyring_check_async (guint timeout_ms, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * tn_keyring_check_finish:
 * @state: (out): set where %TRUE is returned
 *
 * Returns: whether a service answered; else @error is a #TnNetErrorCode or %G_IO_ERROR_CANCELLED
 */
gboolean tn_keyring_check_finish (GAsyncResult *result, TnKeyringState *state, GError **error);

/* The same, waiting for the answer; callbacks of the caller's main context do not run meanwhile. */
gboolean tn_keyring_check (guint timeout_ms, GCancellable *cancellable, TnKeyringState *state, GError **error);

/* Says what @cause, which came from D-Bus, means for a keyring, as a #TnNetErrorCode. */
void tn_keyring_translate_error (GError **error, GError *cause);

G_END_DECLS
