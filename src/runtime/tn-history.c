/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-history.h"

#define PER_SPAN 60
#define CENTS 100 /* numbers are kept to two digits after the point */

static const char *const members[] = {
  [TN_USAGE_MEMORY] = "memoryKiB",     [TN_USAGE_CPU] = "cpu",            [TN_USAGE_CALLS] = "calls",
  [TN_USAGE_REQUESTS] = "requests",    [TN_USAGE_STORAGE] = "storageKiB", [TN_USAGE_SENT] = "sentKiB",
  [TN_USAGE_RECEIVED] = "receivedKiB", [TN_USAGE_FAILURES] = "failures",
};

typedef struct
{
  TnUsage usages[TN_HISTORY_LENGTH];
  guint next, n;
  guint since; /* how many have come that the next longer span does not have yet */
} Ring;

struct _TnHistory
{
  Ring rings[TN_N_SPANS];
};

double
tn_usage_get (const TnUsage *self, TnUsageKind kind)
{
  const double values[] = {
    [TN_USAGE_MEMORY] = self->memory_kib,     [TN_USAGE_CPU] = self->cpu,
    [TN_USAGE_CALLS] = self->calls,           [TN_USAGE_REQUESTS] = self->requests,
    [TN_USAGE_STORAGE] = self->storage_kib,   [TN_USAGE_SENT] = self->sent_kib,
    [TN_USAGE_RECEIVED] = self->received_kib, [TN_USAGE_FAILURES] = self->failures,
  };

  g_return_val_if_fail (kind < TN_N_USAGES, 0);

  return values[kind];
}

void
tn_usage_add (TnUsage *self, const TnUsage *other)
{
  self->memory_kib += other->memory_kib;
  self->cpu += other->cpu;
  self->calls += other->calls;
  self->requests += other->requests;
  self->storage_kib += other->storage_kib;
  self->sent_kib += other->sent_kib;
  self->received_kib += other->received_kib;
  self->failures += other->failures;
}

JsonObject *
tn_usage_to_json (const TnUsage *self)
{
  JsonObject *object = json_object_new ();

  for (TnUsageKind kind = 0; kind < TN_N_USAGES; kind++)
    json_object_set_double_member (object, members[kind], (gint64) (tn_usage_get (self, kind) * CENTS + 0.5) / (double) CENTS);
  return object;
}

static double
read_number (JsonObject *object, TnUsageKind kind)
{
  JsonNode *node = json_object_get_member (object, members[kind]);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  return type == G_TYPE_DOUBLE || type == G_TYPE_INT64 ? MAX (0, json_node_get_double (node)) : 0;
}

TnUsage
tn_usage_from_json (JsonObject *object)
{
  return (TnUsage){
    .memory_kib = read_number (object, TN_USAGE_MEMORY),
    .cpu = read_number (object, TN_USAGE_CPU),
    .calls = read_number (object, TN_USAGE_CALLS),
    .requests = read_number (object, TN_USAGE_REQUESTS),
    .storage_kib = read_number (object, TN_USAGE_STORAGE),
    .sent_kib = read_number (object, TN_USAGE_SENT),
    .received_kib = read_number (object, TN_USAGE_RECEIVED),
    .failures = read_number (object, TN_USAGE_FAILURES),
  };
}

guint
tn_span_seconds (TnSpan span)
{
  guint seconds = 1;

  while (span-- > TN_SPAN_SECOND)
    seconds *= PER_SPAN;
  return seconds;
}

TnHistory *
tn_history_new (void)
{
  return g_new0 (TnHistory, 1);
}

void
tn_history_free (TnHistory *self)
{
  g_free (self);
}

static void
push (Ring *ring, const TnUsage *usage)
{
  ring->usages[ring->next] = *usage;
  ring->next = (ring->next + 1) % TN_HISTORY_LENGTH;
  ring->n = MIN (ring->n + 1, TN_HISTORY_LENGTH);
  ring->since++;
}

TnSpan
tn_history_add (TnHistory *self, const TnUsage *second)
{
  TnSpan span = TN_SPAN_SECOND;

  g_return_val_if_fail (second != NULL, span);

  push (&self->rings[span], second);
  while (span + 1 < TN_N_SPANS && self->rings[span].since == PER_SPAN)
    {
      TnUsage sum = tn_history_sum (self, span, PER_SPAN);

      self->rings[span].since = 0;
      push (&self->rings[++span], &sum);
    }
  return span;
}

void
tn_history_restore (TnHistory *self, TnSpan span, const TnUsage *usage)
{
  guint since = self->rings[span].since;

  g_return_if_fail (span < TN_N_SPANS && usage != NULL);

  push (&self->rings[span], usage);
  self->rings[span].since = since;
}

guint
tn_history_get_n (TnHistory *self, TnSpan span)
{
  g_return_val_if_fail (span < TN_N_SPANS, 0);

  return self->rings[span].n;
}

const TnUsage *
tn_history_get (TnHistory *self, TnSpan span, guint ago)
{
  const Ring *ring = &self->rings[span];

  g_return_val_if_fail (span < TN_N_SPANS && ago < ring->n, NULL);

  return &ring->usages[(ring->next + TN_HISTORY_LENGTH - 1 - ago) % TN_HISTORY_LENGTH];
}

TnUsage
tn_history_sum (TnHistory *self, TnSpan span, guint n)
{
  TnUsage sum = { 0 };

  n = MIN (n, tn_history_get_n (self, span));
  for (guint i = 0; i < n; i++)
    {
      const TnUsage *usage = tn_history_get (self, span, i);

      sum.memory_kib = MAX (sum.memory_kib, usage->memory_kib);
      sum.cpu += usage->cpu / n;
      sum.calls += usage->calls;
      sum.requests += usage->requests;
      sum.sent_kib += usage->sent_kib;
      sum.received_kib += usage->received_kib;
      sum.failures += usage->failures;
    }
  if (n > 0)
    sum.storage_kib = tn_history_get (self, span, 0)->storage_kib;
  return sum;
}
