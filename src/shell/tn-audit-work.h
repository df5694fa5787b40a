/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-audit-record.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* What takes long with the audit of the workspace in @directory: on a thread and a connection of its own, so that
 * nothing else waits for it. */

/**
 * TnAuditState:
 * @whole: nothing is wrong with it
 * @words: what was found, for the person
 */
typedef struct
{
  gboolean whole;
  char *words;
} TnAuditState;

void tn_audit_state_free (TnAuditState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnAuditState, tn_audit_state_free)

/* @public_key: (nullable): with which heads are signed; %NULL where they are not. Verifies the chain, and holds it against
 * the workspace's own signed heads. */
void tn_audit_verify_async (const char *directory, const char *public_key, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
TnAuditState *tn_audit_verify_finish (GAsyncResult *result, GError **error);

/* Writes rows to @file, what is private masked. Finish returns how many; -1 with @error. */
void tn_audit_export_async (const char *directory, const TnAuditFilter *filter, GFile *file, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
gint64 tn_audit_export_finish (GAsyncResult *result, GError **error);

G_END_DECLS
