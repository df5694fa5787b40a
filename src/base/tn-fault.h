/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TnFault:
 * @pointer: where, as a JSON Pointer (RFC 6901); "" is the whole document
 * @message: what is wrong and what to do, one plain sentence that reads well behind "pointer: "
 *
 * One thing that is wrong with a document. Validators report every fault they find, never only the first. Both texts
 * can be shown as they are: what they quote of a hostile document is cut where it is long, and control characters stand
 * as U+FFFD.
 */
typedef struct
{
  char *pointer;
  char *message;
} TnFault;

#define TN_TYPE_FAULT (tn_fault_get_type ())
GType tn_fault_get_type (void);

TnFault *tn_fault_new (const char *pointer, const char *format, ...) G_GNUC_PRINTF (2, 3);
TnFault *tn_fault_copy (const TnFault *self);
void tn_fault_free (TnFault *self);

/**
 * tn_fault_list_new:
 *
 * Returns: (transfer full) (element-type TnFault): an empty list that frees its faults
 */
GPtrArray *tn_fault_list_new (void);

/* What a list takes: nobody reads further, and a hostile document could have a million. */
#define TN_FAULT_LIST_MAX 200

/* Adds a fault; the last one that fits says instead that there are more. */
void tn_fault_list_add (GPtrArray *list, const char *pointer, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Whether no more are taken, so that a validator may stop looking. */
gboolean tn_fault_list_is_full (GPtrArray *list);

/* Whether a terminal or a label would do something else with the character than show it. */
gboolean tn_fault_is_acting (gunichar c);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnFault, tn_fault_free)

G_END_DECLS
