/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-audit-item.h"
#include "tn-store.h"

G_BEGIN_DECLS

/* How many rows are read at once, and of how many such pages are kept. */
#define TN_AUDIT_PAGE 100
#define TN_AUDIT_PAGES 8

/**
 * TnAuditModel:
 *
 * The rows of the audit that match a filter, newest first, as a #GListModel of #TnAuditItem. It knows how many there are
 * and reads only those that are asked for, page by page; of old pages none is kept.
 *
 * Signal: "counted" whenever it is known anew how many there are.
 */
#define TN_TYPE_AUDIT_MODEL (tn_audit_model_get_type ())
G_DECLARE_FINAL_TYPE (TnAuditModel, tn_audit_model, TN, AUDIT_MODEL, GObject)

TnAuditModel *tn_audit_model_new (TnStore *store);

/* Begins anew with other rows. */
void tn_audit_model_set_filter (TnAuditModel *self, const TnAuditFilter *filter);

/* Rows were written: those that match come to the front, and all others stay where they are. */
void tn_audit_model_grow (TnAuditModel *self);

G_END_DECLS
