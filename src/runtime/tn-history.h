/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TnUsage:
 * @memory_kib: resident and its own
 * @cpu: percent of one core
 * @calls: for what the host does for it, those that were refused for their number aside
 * @requests: over the network, by the host for it
 * @storage_kib: kept on the disk, by its app
 * @sent_kib, @received_kib: over the network
 * @failures: of what it tried over the network
 *
 * What a tile used in a second, or in a longer span: of memory the most, of the processor the mean, of storage what it
 * came to, of all others the sum.
 */
typedef struct
{
  double memory_kib;
  double cpu;
  double calls;
  double requests;
  double storage_kib;
  double sent_kib, received_kib;
  double failures;
} TnUsage;

/* The columns of a #TnUsage. */
typedef enum
{
  TN_USAGE_MEMORY,
  TN_USAGE_CPU,
  TN_USAGE_CALLS,
  TN_USAGE_REQUESTS,
  TN_USAGE_STORAGE,
  TN_USAGE_SENT,
  TN_USAGE_RECEIVED,
  TN_USAGE_FAILURES,
  TN_N_USAGES
} TnUsageKind;

double tn_usage_get (const TnUsage *self, TnUsageKind kind);
void tn_usage_add (TnUsage *self, const TnUsage *other);

/* As the bus says it and the store keeps it: {"memoryKiB", "cpu", "calls", "requests", "storageKiB", "sentKiB",
 * "receivedKiB", "failures"}; (transfer full). */
JsonObject *tn_usage_to_json (const TnUsage *self);
TnUsage tn_usage_from_json (JsonObject *object);

typedef enum
{
  TN_SPAN_SECOND,
  TN_SPAN_MINUTE,
  TN_SPAN_HOUR,
  TN_N_SPANS
} TnSpan;

/* How long one is: 1, 60 or 3,600. */
guint tn_span_seconds (TnSpan span);

/* How many of each are remembered. */
#define TN_HISTORY_LENGTH 120

/**
 * TnHistory:
 *
 * What was used in each of the last seconds, minutes and hours, in rings of a fixed size.
 */
typedef struct _TnHistory TnHistory;

TnHistory *tn_history_new (void);
void tn_history_free (TnHistory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnHistory, tn_history_free)

/**
 * tn_history_add:
 *
 * Adds one second.
 * Returns: the longest span that it completed: %TN_SPAN_MINUTE every sixtieth time, %TN_SPAN_HOUR every 3,600th
 */
TnSpan tn_history_add (TnHistory *self, const TnUsage *second);

/* Adds to what is remembered of a longer span, without the seconds that it was made of: from an earlier life. */
void tn_history_restore (TnHistory *self, TnSpan span, const TnUsage *usage);

/* How many there are of a span, at most %TN_HISTORY_LENGTH; and one of them, 0 for the latest; (transfer none). */
guint tn_history_get_n (TnHistory *self, TnSpan span);
const TnUsage *tn_history_get (TnHistory *self, TnSpan span, guint ago);

/* The last @n of a span as one. */
TnUsage tn_history_sum (TnHistory *self, TnSpan span, guint n);

G_END_DECLS
