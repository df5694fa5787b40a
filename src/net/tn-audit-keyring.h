/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-audit-key.h"
#include "tn-net.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * tn_audit_keyring_load:
 * @workspace: its name
 *
 * The key that signs the heads of a workspace's audit, from the keyring, which is never asked to show a dialog.
 *
 * Returns: (transfer full): %NULL without @error where there is none; with @error a #TnNetErrorCode
 */
TnAuditKey *tn_audit_keyring_load (const char *workspace, GCancellable *cancellable, GError **error);

/* The same without waiting, and where there is no key yet one is made and kept: finish always returns one, or @error. */
void tn_audit_keyring_ensure_async (const char *workspace, GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);
TnAuditKey *tn_audit_keyring_ensure_finish (GAsyncResult *result, GError **error);

G_END_DECLS
