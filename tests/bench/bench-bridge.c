/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"
#include "tn-bus.h"
#include "tn-json.h"

/* How long a page waits for an answer of the host, alone and beside a page that floods it. Needs a display.
 *
 * WebKit rounds the clock of a page to a millisecond, so the host looks: the page calls again as soon as it has its answer,
 * and the time from one call to the next is what a call takes. */

#define CALLER "com.example.caller"
#define FLOODER "com.example.flooder"
#define CALLS 1500
#define ROUNDS 5
#define REST_MS 2500
#define FLOOD_PER_S 10000
#define FLOOD "what a flood of 10,000 messages a second from another tile adds to it, 99th percentile"

#define MAY_EMIT                                                                                                       \
  ", \"permissions\": [{\"type\": \"event\", \"resource\": \"bench.>\", \"actions\": [\"emit\"]}],"                  \
  "\"resources\": {\"apiCalls\": 1000000, \"cpu\": 100}"

/* Between its rounds it gets its messages back: the bridge takes a thousand a second. */
static const char caller[]
  = "(async () => { const rest = ms => new Promise(resolve => setTimeout(resolve, ms));"
    "for (;;) { await rest(" G_STRINGIFY (REST_MS) "); for (let i = 0; i <= " G_STRINGIFY (CALLS) "; i++)"
    " await nexus.emit('bench.call', i).catch(() => {}); } })();";

static const char flooder[]
  = "const begun = performance.now(); let sent = 0; setInterval(() => {"
    " for (const due = (performance.now() - begun) * " G_STRINGIFY (FLOOD_PER_S) " / 1000; sent < due; sent++)"
    " nexus.emit('bench.flood', sent).catch(() => {}); }, 5);"
    "const tell = () => nexus.storage.set('rate', sent * 1000 / (performance.now() - begun)).then(() => 1000, () => 20)"
    " .then(ms => setTimeout(tell, ms)); tell();";

typedef struct
{
  GArray *ms;
  gint64 last_us;
  guint rounds;
} Watch;

static gboolean
call_cb (TnEvent *event, gpointer user_data)
{
  Watch *watch = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 n = json_node_get_int (tn_event_get_data (event));
  double ms = (now - watch->last_us) / 1000.0;

  if (n > 0)
    g_array_append_val (watch->ms, ms);
  watch->rounds += n == CALLS;
  watch->last_us = now;
  return TRUE;
}

static gboolean
has_rounds (gpointer data)
{
  return ((Watch *) data)->rounds >= ROUNDS;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double p = *(const double *) a, q = *(const double *) b;

  return (p > q) - (p < q);
}

/* Sorted milliseconds of each call. */
static GArray *
watch_caller (Stage *stage)
{
  Watch watch = { g_array_new (FALSE, FALSE, sizeof (double)), 0, 0 };
  guint id = tn_bus_subscribe (stage->bus, "bench.call", &(TnBusQueue){ 10 * CALLS }, call_cb, &watch, NULL, NULL);

  if (!stage_wait (has_rounds, &watch, 120))
    g_error ("The page made %u of %d calls", watch.ms->len, ROUNDS * CALLS);
  tn_bus_unsubscribe (stage->bus, id);
  g_array_sort (watch.ms, compare);
  return watch.ms;
}

static double
percentile (GArray *sorted, double part)
{
  return g_array_index (sorted, double, (guint) ((sorted->len - 1) * part));
}

/* Whether it flooded as it should: a machine may be too slow for it, and the host may hold it back. */
static gboolean
was_flood (Stage *stage)
{
  g_autofree char *rate = stage_wait_value (stage, FLOODER, "rate", 10);

  return rate != NULL && g_ascii_strtod (rate, NULL) >= 0.9 * FLOOD_PER_S;
}

static const char *separator = "[";

static void
report (const char *id, const char *what, double value, const char *unit, double goal)
{
  g_print ("%s\n  {\"id\": \"%s\", \"what\": \"%s\", \"value\": %.4f, \"unit\": \"%s\", \"better\": \"less\", \"goal\": %g, "
           "\"met\": %s}",
           separator, id, what, value, unit, goal, value <= goal ? "true" : "false");
  separator = ",";
}

int
main (void)
{
  g_autofree char *apps = g_dir_make_tmp ("tn-bench-XXXXXX", NULL);
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", apps);
  g_autoptr (GArray) alone = NULL, beside = NULL;
  Stage *stage;

  gtk_init ();
  stage_write_app (apps, CALLER, MAY_EMIT, caller);
  stage_write_app (apps, FLOODER, MAY_EMIT, flooder);
  stage = stage_new (apps);
  stage_place (stage, CALLER);
  alone = watch_caller (stage);
  stage_place (stage, FLOODER);
  beside = watch_caller (stage);
  report ("bridge.call-median", "a call from a page to the host and back, median", percentile (alone, 0.5), "ms", 0.6);
  report ("bridge.call-p99", "the same, 99th percentile", percentile (alone, 0.99), "ms", 3);
  if (was_flood (stage))
    report ("bridge.flood-added-p99", FLOOD, percentile (beside, 0.99) - percentile (alone, 0.99), "ms", 10);
  else
    g_print (",\n  {\"id\": \"bridge.flood-added-p99\", \"what\": \"" FLOOD "\", \"value\": null, \"why\": "
             "\"the page did not come to as many\"}");
  g_print ("\n]\n");
  stage_free (stage);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  return 0;
}
