/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-audit-record.h"

G_BEGIN_DECLS

/**
 * TnAuditGroup:
 * @prefix: (nullable): of kinds, as a #TnAuditFilter takes it; %NULL for all
 * @title: marked with N_()
 * @icon: name of a symbolic icon
 *
 * What kinds belong together.
 */
typedef struct
{
  const char *prefix;
  const char *title;
  const char *icon;
} TnAuditGroup;

/* All groups, that of all kinds first. (transfer none) */
const TnAuditGroup *tn_audit_groups (gsize *n);

/* The one that @kind belongs to; that of all where it is of none. */
const TnAuditGroup *tn_audit_group_of (const char *kind);

/* What happened, in words: "Call refused"; a kind without words is named as it is. (transfer none) */
const char *tn_audit_kind_title (const char *kind);

/* A row in one line: "Call refused: https://… (12 times)"; (transfer full). */
char *tn_audit_describe (const TnAuditRecord *record);

G_END_DECLS
