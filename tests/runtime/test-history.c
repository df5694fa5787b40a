/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-history.h"

static TnSpan
add (TnHistory *history, double memory, double cpu)
{
  const TnUsage usage = { memory, cpu, 1, 2, memory / 2, 3, 4, 5 };

  return tn_history_add (history, &usage);
}

static void
test_empty (void)
{
  g_autoptr (TnHistory) history = tn_history_new ();

  for (TnSpan span = 0; span < TN_N_SPANS; span++)
    g_assert_cmpuint (tn_history_get_n (history, span), ==, 0);
  g_assert_cmpfloat (tn_history_sum (history, TN_SPAN_SECOND, 10).memory_kib, ==, 0);
}

static void
test_latest_first (void)
{
  g_autoptr (TnHistory) history = tn_history_new ();

  for (int i = 0; i < TN_HISTORY_LENGTH + 30; i++)
    add (history, i, 0);
  g_assert_cmpuint (tn_history_get_n (history, TN_SPAN_SECOND), ==, TN_HISTORY_LENGTH);
  for (guint ago = 0; ago < TN_HISTORY_LENGTH; ago++)
    g_assert_cmpfloat (tn_history_get (history, TN_SPAN_SECOND, ago)->memory_kib, ==, TN_HISTORY_LENGTH + 29.0 - ago);
}

static void
test_minutes_and_hours (void)
{
  g_autoptr (TnHistory) history = tn_history_new ();
  guint minutes = 0, hours = 0;

  for (int i = 0; i < 2 * 3600; i++)
    switch (add (history, i % 60, i < 3600 ? 10 : 30))
      {
      case TN_SPAN_HOUR:
        hours++;
        G_GNUC_FALLTHROUGH;
      case TN_SPAN_MINUTE:
        minutes++;
        break;
      default:
        break;
      }
  g_assert_cmpuint (minutes, ==, 120);
  g_assert_cmpuint (hours, ==, 2);
  g_assert_cmpuint (tn_history_get_n (history, TN_SPAN_MINUTE), ==, TN_HISTORY_LENGTH);
  g_assert_cmpuint (tn_history_get_n (history, TN_SPAN_HOUR), ==, 2);
}

/* Of memory the most, of the processor the mean, of calls the sum, of storage the last. */
static void
test_sums (void)
{
  g_autoptr (TnHistory) history = tn_history_new ();
  TnUsage sum;

  add (history, 900, 500);
  for (int i = 1; i <= 4; i++)
    add (history, i == 2 ? 50 : 10, i);
  sum = tn_history_sum (history, TN_SPAN_SECOND, 4);
  g_assert_cmpfloat (sum.memory_kib, ==, 50);
  g_assert_cmpfloat (sum.cpu, ==, 2.5);
  g_assert_cmpfloat (sum.calls, ==, 4);
  g_assert_cmpfloat (sum.requests, ==, 8);
  g_assert_cmpfloat (sum.storage_kib, ==, 5);
  g_assert_cmpfloat (sum.sent_kib, ==, 12);
  g_assert_cmpfloat (sum.received_kib, ==, 16);
  g_assert_cmpfloat (sum.failures, ==, 20);
  g_assert_cmpfloat (tn_history_sum (history, TN_SPAN_SECOND, 100).memory_kib, ==, 900);
}

static void
test_an_hour_is_of_its_minutes (void)
{
  g_autoptr (TnHistory) history = tn_history_new ();
  const TnUsage *hour;

  for (int i = 0; i < 3600; i++)
    add (history, i == 1234 ? 777 : 1, i < 1800 ? 0 : 40);
  hour = tn_history_get (history, TN_SPAN_HOUR, 0);
  g_assert_cmpfloat (hour->memory_kib, ==, 777);
  g_assert_cmpfloat_with_epsilon (hour->cpu, 20, 0.001);
  g_assert_cmpfloat (hour->calls, ==, 3600);
}

static void
test_columns (void)
{
  TnUsage usage = { 1, 2, 3, 4, 5, 6, 7, 8 };
  const TnUsage other = { 10, 20, 30, 40, 50, 60, 70, 80 };

  tn_usage_add (&usage, &other);
  for (TnUsageKind kind = 0; kind < TN_N_USAGES; kind++)
    g_assert_cmpfloat (tn_usage_get (&usage, kind), ==, 11 * (kind + 1));
}

static void
test_json (void)
{
  const TnUsage usage = { 45000, 12.345, 7, 3, 1, 0.5, 1234.5, 2 };
  g_autoptr (JsonObject) object = tn_usage_to_json (&usage);
  TnUsage back = tn_usage_from_json (object);

  for (TnUsageKind kind = 0; kind < TN_N_USAGES; kind++)
    g_assert_cmpfloat_with_epsilon (tn_usage_get (&back, kind), tn_usage_get (&usage, kind), 0.006);
}

/* What the file holds may be anything. */
static void
test_hostile_json (void)
{
  g_autoptr (JsonNode) node
    = json_from_string ("{\"memoryKiB\": \"much\", \"cpu\": [1], \"calls\": null, \"requests\": -5, \"storageKiB\": true, \"sentKiB\": {}, \"failures\": -1}", NULL);
  TnUsage usage = tn_usage_from_json (json_node_get_object (node));

  for (TnUsageKind kind = 0; kind < TN_N_USAGES; kind++)
    g_assert_cmpfloat (tn_usage_get (&usage, kind), ==, 0);
}

/* What is put back does not count as seconds: the next minute is full after sixty as always. */
static void
test_restored (void)
{
  g_autoptr (TnHistory) history = tn_history_new ();
  const TnUsage before = { .cpu = 77 };

  for (int i = 0; i < 60; i++)
    tn_history_restore (history, TN_SPAN_MINUTE, &before);
  for (int i = 1; i < 60; i++)
    g_assert_cmpint (add (history, 1, 2), ==, TN_SPAN_SECOND);
  g_assert_cmpint (add (history, 1, 2), ==, TN_SPAN_MINUTE);
  g_assert_cmpuint (tn_history_get_n (history, TN_SPAN_MINUTE), ==, 61);
  g_assert_cmpuint (tn_history_get_n (history, TN_SPAN_HOUR), ==, 0);
  g_assert_cmpfloat_with_epsilon (tn_history_get (history, TN_SPAN_MINUTE, 0)->cpu, 2, 1e-6);
  g_assert_cmpfloat (tn_history_get (history, TN_SPAN_MINUTE, 1)->cpu, ==, 77);
}

static void
test_seconds (void)
{
  g_assert_cmpuint (tn_span_seconds (TN_SPAN_SECOND), ==, 1);
  g_assert_cmpuint (tn_span_seconds (TN_SPAN_MINUTE), ==, 60);
  g_assert_cmpuint (tn_span_seconds (TN_SPAN_HOUR), ==, 3600);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/history/empty", test_empty);
  g_test_add_func ("/runtime/history/latest-first", test_latest_first);
  g_test_add_func ("/runtime/history/minutes-and-hours", test_minutes_and_hours);
  g_test_add_func ("/runtime/history/sums", test_sums);
  g_test_add_func ("/runtime/history/hour-of-minutes", test_an_hour_is_of_its_minutes);
  g_test_add_func ("/runtime/history/columns", test_columns);
  g_test_add_func ("/runtime/history/json", test_json);
  g_test_add_func ("/runtime/history/hostile-json", test_hostile_json);
  g_test_add_func ("/runtime/history/restored", test_restored);
  g_test_add_func ("/runtime/history/seconds", test_seconds);
  return g_test_run ();
}
