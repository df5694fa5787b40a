/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <time.h>

#include "tn-bus.h"

/* The same as in tests/peers/bus-peers.mjs. */
#define AREAS 1000
#define PER_AREA 10
#define PUBLISHES 200000
#define ROUNDS 5

#define BURST 100

static const char *separator = "[";
static guint64 delivered;

static gint64
now_ns (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

static void
report (const char *id, const char *what, double value, const char *unit, const char *better, double goal)
{
  gboolean met = *better == 'l' ? value <= goal : value >= goal;

  g_print ("%s\n  {\"id\": \"%s\", \"what\": \"%s\", \"value\": %g, \"unit\": \"%s\", \"better\": \"%s\", ", separator, id,
           what, value, unit, better);
  if (goal > 0)
    g_print ("\"goal\": %g, \"met\": %s}", goal, met ? "true" : "false");
  else
    g_print ("\"goal\": null, \"met\": null}");
  separator = ",";
}

static gboolean
count_cb (TnEvent *event, gpointer user_data)
{
  delivered++;
  return TRUE;
}

static void
subscribe (TnBus *bus, const char *format, guint area)
{
  g_auto (GStrv) halves = g_strsplit (format, "%u", 2);
  g_autofree char *pattern = g_strdup_printf ("%s%u%s", halves[0], area, halves[1]);

  tn_bus_subscribe (bus, pattern, &(TnBusQueue){ 256 }, count_cb, NULL, NULL, NULL);
}

static TnEvent *
make_event (guint area)
{
  g_autofree char *type = g_strdup_printf ("area%u.item.done", area);
  g_autoptr (JsonNode) data = json_node_init_int (json_node_alloc (), area);

  return tn_event_new (TN_EVENT_HOST_SOURCE, type, data, NULL);
}

static void
run (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Deliveries a second: matched and queued; and what they are handed out by the main loop too. */
typedef struct
{
  double queued, handed_out;
} Speed;

static void
measure_round (TnBus *bus, TnEvent **events, Speed *best)
{
  guint64 before = delivered;
  gint64 queueing = 0, whole = now_ns ();

  for (guint i = 0; i < PUBLISHES; i += BURST)
    {
      gint64 start = now_ns ();

      for (guint j = i; j < i + BURST; j++)
        tn_bus_publish (bus, events[j * 7919u % AREAS], 0);
      queueing += now_ns () - start;
      run ();
    }
  best->queued = MAX (best->queued, (delivered - before) * 1e9 / queueing);
  best->handed_out = MAX (best->handed_out, (delivered - before) * 1e9 / (now_ns () - whole));
}

static void
bench_deliveries (void)
{
  static const char *const patterns[PER_AREA] = {
    "area%u.item.done", "area%u.item.done", "area%u.item.done", "area%u.item.*", "area%u.item.*",
    "area%u.*.done",    "area%u.*.done",    "area%u.>",         "area%u.>",      "area%u.item.>",
  };
  g_autoptr (TnBus) bus = tn_bus_new (NULL);
  TnEvent *events[AREAS];
  Speed best = { 0 };

  for (guint area = 0; area < AREAS; area++)
    {
      events[area] = make_event (area);
      for (guint i = 0; i < PER_AREA; i++)
        subscribe (bus, patterns[i], area);
    }
  for (guint round = 0; round < ROUNDS; round++)
    measure_round (bus, events, &best);
  report ("bus.queued", "Deliveries a second, 10000 subscriptions, 10 matches a publish: matched and queued",
          best.queued, "/s", "more", 0);
  report ("bus.deliveries", "The same, and handed out by the main loop", best.handed_out, "/s", "more", 0);
  for (guint area = 0; area < AREAS; area++)
    tn_event_unref (events[area]);
}

/* Nanoseconds for a publish that one of @n subscriptions matches. */
static double
measure_publish (guint n)
{
  g_autoptr (TnBus) bus = tn_bus_new (NULL);
  g_autoptr (TnEvent) event = make_event (0);
  double best = G_MAXDOUBLE;

  subscribe (bus, "area%u.item.done", 0);
  for (guint area = 1; area < n; area++)
    subscribe (bus, area % 3 == 0 ? "area%u.item.done" : area % 3 == 1 ? "area%u.>" : "area%u.*.done", area);
  for (guint round = 0; round < 3 * ROUNDS; round++)
    {
      gint64 start = now_ns ();

      for (guint i = 0; i < PUBLISHES; i++)
        tn_bus_publish (bus, event, 0);
      best = MIN (best, (double) (now_ns () - start) / PUBLISHES);
      run ();
    }
  return best;
}

static void
bench_growth (void)
{
  double few = measure_publish (100), many = measure_publish (100000);

  report ("bus.publish", "A publish among 100000 subscriptions", many, "ns", "less", 0);
  report ("bus.growth", "A publish among 100000 subscriptions that do not match, against 100", many / few, "x", "less",
          1.2);
}

int
main (int argc, char *argv[])
{
  bench_deliveries ();
  bench_growth ();
  g_print ("\n]\n");
  return EXIT_SUCCESS;
}
