/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-audit-key.h"
#include "tn-log.h"
#include "tn-store.h"

G_BEGIN_DECLS

/**
 * TnAudit:
 *
 * What happened, for later: every grant, refusal, call, violation, install and change of mode becomes a row of the chain
 * in the store (tn-audit-record.h). Rows are written in batches off this thread; a flood becomes rows with a count
 * (tn-audit-sieve.h). Where the store can't write they wait, up to a bound; how many went beyond it is a row too.
 *
 * Signal: "written" after rows became part of the chain.
 */
#define TN_TYPE_AUDIT (tn_audit_get_type ())
G_DECLARE_FINAL_TYPE (TnAudit, tn_audit, TN, AUDIT, GObject)

/**
 * tn_audit_new:
 * @heads: (nullable): path of the file to which signed heads go
 */
TnAudit *tn_audit_new (TnStore *store, const char *heads);

/**
 * tn_audit_add:
 * @kind: dot-separated, lower case: grant.given, call.refused, process.proved …
 * @app_key: (nullable)
 * @tile_id: (nullable)
 * @subject: (nullable): the thing; from a page it may be any bytes
 * @outcome: (nullable): one word
 * @detail: (nullable): more, any bytes
 *
 * Fire and forget, on the thread that made the audit. Does nothing after tn_audit_close().
 */
void tn_audit_add (TnAudit *self, const char *kind, const char *app_key, const char *tile_id, const char *subject,
                   const char *outcome, const char *detail);

/* From now on rows are told there too, as they come: as %TN_LOG_SECURITY what an app was kept from, else as
 * %TN_LOG_AUDIT. Not violations of the content-security policy: who sees them knows more about them. */
void tn_audit_set_log (TnAudit *self, TnLog *log);

/* @key: (transfer full): from now on heads are signed: now, after 5 minutes in which rows were written, and at the end. Each goes
 * to the file of heads and, where there is one, to the journal, as TN_AUDIT_HEAD. */
void tn_audit_set_key (TnAudit *self, TnAuditKey *key);

/* Whether heads are signed. */
gboolean tn_audit_is_signed (TnAudit *self);

/* (nullable): with which heads are signed; %NULL where they are not. */
const char *tn_audit_get_public_key (TnAudit *self);

/**
 * tn_audit_flush_async:
 *
 * Finishes when all that was added before is written, or could not be. What is being counted goes on being so.
 */
void tn_audit_flush_async (TnAudit *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_audit_flush_finish (TnAudit *self, GAsyncResult *result, GError **error);

/* Hands over all that waits, closes the store, which waits for it, and signs the last head. */
void tn_audit_close (TnAudit *self);

G_END_DECLS
