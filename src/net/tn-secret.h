/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-net.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TnSecretId:
 * @purpose: what it is good for: "audit", "app-data", "registry" …
 * @workspace: whose it is
 * @name: which one of that purpose: an app key, an address …; "" where there is only one
 *
 * What a secret is found by. It is kept by the Secret Service (org.freedesktop.secrets) in its default collection; inside
 * Flatpak, where that is out of reach, in a file that a key from the Secret portal encrypts.
 */
typedef struct
{
  const char *purpose;
  const char *workspace;
  const char *name;
} TnSecretId;

/* Whether the keyring may show a dialog of its own, to be unlocked or made. Without it a locked keyring is an error. */
typedef enum
{
  TN_SECRET_SILENT,
  TN_SECRET_MAY_ASK,
} TnSecretManner;

/**
 * tn_secret_lookup_async:
 *
 * Finish returns (transfer full) the secret, or %NULL without @error where there is none; with @error a #TnNetErrorCode or
 * %G_IO_ERROR_CANCELLED.
 */
void tn_secret_lookup_async (const TnSecretId *id, TnSecretManner manner, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
char *tn_secret_lookup_finish (GAsyncResult *result, GError **error);

/**
 * tn_secret_store_async:
 * @label: what the person sees in a keyring's list
 * @secret: UTF-8; takes the place of one with the same @id
 */
void tn_secret_store_async (const TnSecretId *id, const char *label, const char *secret, TnSecretManner manner,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_secret_store_finish (GAsyncResult *result, GError **error);

/* Done too where there is none. */
void tn_secret_clear_async (const TnSecretId *id, TnSecretManner manner, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_secret_clear_finish (GAsyncResult *result, GError **error);

/* The same, waiting for the answer; for the command line and for threads. */
char *tn_secret_lookup (const TnSecretId *id, TnSecretManner manner, GCancellable *cancellable, GError **error);
gboolean tn_secret_store (const TnSecretId *id, const char *label, const char *secret, TnSecretManner manner,
                          GCancellable *cancellable, GError **error);
gboolean tn_secret_clear (const TnSecretId *id, TnSecretManner manner, GCancellable *cancellable, GError **error);

G_END_DECLS
