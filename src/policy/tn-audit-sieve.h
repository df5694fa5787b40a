/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-audit-record.h"

G_BEGIN_DECLS

/**
 * TnAuditSieve:
 *
 * Makes few rows of many. What a page can bring about at will (call.*, csp.*, limit.*, process.*, grant.asked) gets a
 * row of its own 20 times, and then once in 10 s, for each kind and app; what comes beyond that, and what is the same
 * as a row of the last minute, is only counted, and becomes a row with a count when the minute is over. Everything else
 * always is a row of its own.
 */
typedef struct _TnAuditSieve TnAuditSieve;

TnAuditSieve *tn_audit_sieve_new (void);
void tn_audit_sieve_free (TnAuditSieve *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnAuditSieve, tn_audit_sieve_free)

/* @record: (transfer full). Returns: (transfer full) (nullable): what is to be written now */
TnAuditRecord *tn_audit_sieve_add (TnAuditSieve *self, TnAuditRecord *record);

/**
 * tn_audit_sieve_drain:
 * @rows: (element-type TnAuditRecord): get what was counted
 * @all: also of minutes that are not over
 *
 * Returns: whether anything is still being counted
 */
gboolean tn_audit_sieve_drain (TnAuditSieve *self, GPtrArray *rows, gboolean all);

G_END_DECLS
