/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-audit-heads.h"

G_BEGIN_DECLS

/* What was found, one or two sentences for the person; (transfer full). @heads: (nullable): where there were none */
char *tn_audit_verdict_to_words (const TnAuditVerdict *chain, const TnAuditHeadsVerdict *heads);

/* The same as one word for programs. */
const char *tn_audit_fault_to_name (TnAuditFault fault);
const char *tn_audit_heads_fault_to_name (TnAuditHeadsFault fault);

G_END_DECLS
