/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-audit-item.h"

struct _TnAuditItem
{
  GObject parent;

  TnAuditRecord *record;
};

G_DEFINE_FINAL_TYPE (TnAuditItem, tn_audit_item, G_TYPE_OBJECT)

static guint filled_signal;

static void
tn_audit_item_finalize (GObject *object)
{
  tn_audit_record_free (TN_AUDIT_ITEM (object)->record);

  G_OBJECT_CLASS (tn_audit_item_parent_class)->finalize (object);
}

static void
tn_audit_item_class_init (TnAuditItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tn_audit_item_finalize;

  filled_signal
    = g_signal_new ("filled", TN_TYPE_AUDIT_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tn_audit_item_init (TnAuditItem *self)
{
}

TnAuditItem *
tn_audit_item_new (void)
{
  return g_object_new (TN_TYPE_AUDIT_ITEM, NULL);
}

const TnAuditRecord *
tn_audit_item_get_record (TnAuditItem *self)
{
  g_return_val_if_fail (TN_IS_AUDIT_ITEM (self), NULL);

  return self->record;
}

void
tn_audit_item_fill (TnAuditItem *self, TnAuditRecord *record)
{
  tn_audit_record_free (self->record);
  self->record = record;
  g_signal_emit (self, filled_signal, 0);
}
