/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TnErasureRecord:
 *
 * An app that is being erased.
 */
typedef struct
{
  char *app_key;
  char *app_id;
} TnErasureRecord;

void tn_erasure_record_free (TnErasureRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnErasureRecord, tn_erasure_record_free)

G_END_DECLS
