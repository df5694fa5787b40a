/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-audit-record.h"
#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TnAuditItem:
 *
 * The place of a row in a list. It may be filled only later: "filled" is emitted then.
 */
#define TN_TYPE_AUDIT_ITEM (tn_audit_item_get_type ())
G_DECLARE_FINAL_TYPE (TnAuditItem, tn_audit_item, TN, AUDIT_ITEM, GObject)

TnAuditItem *tn_audit_item_new (void);

/* (nullable): %NULL as long as it is not filled */
const TnAuditRecord *tn_audit_item_get_record (TnAuditItem *self);

/* @record: (transfer full) */
void tn_audit_item_fill (TnAuditItem *self, TnAuditRecord *record);

G_END_DECLS
