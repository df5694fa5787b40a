/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"
#include "tn-instance-private.h"
#include "tn-lifecycle.h"
#include "tn-processes.h"

#include <signal.h>

#define SPIN "for (;;) ;"
#define LIMITED ", \"resources\": {\"memory\": 150}"
#define EAT "const a = []; for (;;) a.push(new Array(1e6).fill(Math.random()));"

static const struct
{
  const char *id, *more, *script;
} apps[] = {
  { "com.example.good", "", "nexus.register({}); setInterval(() => nexus.storage.set('tick', performance.now()), 200);" },
  { "com.example.other", "", "nexus.register({});" },
  { "com.example.third", "", "nexus.register({});" },
  { "com.example.loop", "", "nexus.register({}); setTimeout(() => { " SPIN " }, 200);" },
  { "com.example.liar", "",
    "nexus.register({}); const lie = () => Promise.resolve('{\"ok\":true,\"value\":true}');"
    "globalThis.nexusAsk = lie; globalThis.nexusDrawn = lie; setTimeout(() => { " SPIN " }, 200);" },
  { "com.example.worker", ", \"resources\": {\"cpu\": 100}", "nexus.register({}); const w = new Worker('spin.js');" },
  { "com.example.hog", ", \"resources\": {\"cpu\": 5}", "nexus.register({}); const w = new Worker('spin.js');" },
  { "com.example.busy", ", \"resources\": {\"cpu\": 80}",
    "nexus.register({}); setInterval(() => { const end = performance.now() + 60; while (performance.now() < end); }, 200);" },
  { "com.example.filler", "",
    "nexus.register({}); const b = new Uint8Array(1 << 22), kept = []; setInterval(() => kept.push(new Blob([b])), 150);" },
  { "com.example.alerts", "", "nexus.register({}); setInterval(() => { for (let i = 0; i < 50; i++) alert(i); }, 20);" },
  { "com.example.bomb", LIMITED, "nexus.register({}); setTimeout(() => { " EAT " }, 200);" },
  { "com.example.worker-bomb", LIMITED, "nexus.register({}); const w = new Worker('eat.js');" },
  { "com.example.typed-bomb", LIMITED,
    "nexus.register({}); setTimeout(() => { const a = []; for (;;) a.push(new Uint8Array(1 << 24).fill(7)); }, 200);" },
  { "com.example.timer-bomb", LIMITED,
    "nexus.register({}); const a = []; setInterval(() => a.push(new Array(1e6).fill(Math.random())), 5);" },
};

typedef struct
{
  char *apps;
  Stage *stage;
  GString *warnings;
} Fixture;

static void
write_worker (Fixture *fixture, const char *id, const char *name, const char *body)
{
  g_autofree char *path = g_build_filename (fixture->apps, id, name, NULL);

  g_assert_true (g_file_set_contents (path, body, -1, NULL));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->apps = g_dir_make_tmp ("tn-apps-XXXXXX", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (apps); i++)
    stage_write_app (fixture->apps, apps[i].id, apps[i].more, apps[i].script);
  write_worker (fixture, "com.example.worker", "spin.js", SPIN);
  write_worker (fixture, "com.example.hog", "spin.js", SPIN);
  write_worker (fixture, "com.example.worker-bomb", "eat.js", EAT);
  fixture->stage = stage_new (fixture->apps);
  fixture->warnings = g_string_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->apps);

  stage_free (fixture->stage);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_string_free (fixture->warnings, TRUE);
  g_free (fixture->apps);
}

static void
warning_cb (TnInstance *instance, const char *text, Fixture *fixture)
{
  g_string_append_printf (fixture->warnings, "%s\n", text);
}

static TnInstance *
place_running (Fixture *fixture, const char *id)
{
  TnInstance *instance = stage_place (fixture->stage, id);

  g_signal_connect (instance, "warning", G_CALLBACK (warning_cb), fixture);
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
  return instance;
}

static void
assert_trouble (TnInstance *instance, TnTrouble trouble, double seconds)
{
  g_assert_true (stage_wait_state (instance, TN_STATE_TROUBLED, seconds));
  g_assert_cmpint (tn_instance_get_trouble (instance), ==, trouble);
}

/* Stopped by one click. */
static void
test_hung_and_stopped (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, "com.example.loop"), *good = place_running (fixture, "com.example.good");

  g_assert_true (stage_wait_state (instance, TN_STATE_HUNG, 30));
  g_assert_cmpstr (tn_instance_get_sentence (instance), ==, "This app does not answer.");
  g_assert_cmpstr (tn_instance_get_remedy (instance), ==, "Stop It");
  g_assert_cmpint (tn_instance_get_state (good), ==, TN_STATE_RUNNING);
  tn_instance_remedy (instance);
  assert_trouble (instance, TN_TROUBLE_HUNG, 1);
}

static void
test_hung_for_long (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, "com.example.liar");

  g_assert_true (stage_wait_state (instance, TN_STATE_HUNG, 30));
  assert_trouble (instance, TN_TROUBLE_HUNG, 60);
}

static gboolean
is_busy (gpointer instance)
{
  return tn_history_sum (tn_instance_get_history (instance), TN_SPAN_SECOND, 5).cpu > 30;
}

static void
test_busy_worker_is_no_hang (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, "com.example.worker");

  g_assert_true (stage_wait (is_busy, instance, 30));
  g_assert_false (stage_wait_state (instance, TN_STATE_HUNG, 5));
}

static void
test_stopped_by_others (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, "com.example.other");

  kill (tn_instance_get_pid (instance), SIGSTOP);
  g_assert_true (stage_wait_state (instance, TN_STATE_HUNG, 30));
  kill (tn_instance_get_pid (instance), SIGCONT);
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 30));
  g_assert_cmpstr (tn_instance_get_sentence (instance), ==, "");
}

static gboolean
has_history (gpointer instance)
{
  return tn_history_get_n (tn_instance_get_history (instance), TN_SPAN_SECOND) >= 3;
}

/* The host itself does nothing for four seconds, with a page that had been asked. */
static void
test_busy_host_is_no_hang (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, "com.example.worker");

  g_assert_true (stage_wait (has_history, instance, 30));
  g_usleep (4 * G_USEC_PER_SEC);
  g_assert_false (stage_wait_state (instance, TN_STATE_HUNG, 3));
}

static void
test_frozen_is_no_hang (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, "com.example.worker");

  tn_instance_pause (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_PAUSED, 10));
  g_assert_false (stage_wait_state (instance, TN_STATE_HUNG, 4));
  g_assert_cmpint (tn_instance_get_state (instance), ==, TN_STATE_PAUSED);
}

static void
test_alerts (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, "com.example.alerts"), *good = place_running (fixture, "com.example.good");

  g_assert_true (stage_wait (has_history, instance, 30));
  g_free (stage_wait_value (fixture->stage, "com.example.good", "tick", 10));
  g_assert_cmpint (tn_instance_get_state (good), ==, TN_STATE_RUNNING);
}

/* Of each kind; the neighbour does not notice. */
static void
test_bombs (Fixture *fixture, gconstpointer data)
{
  const char *bombs[]
    = { "com.example.bomb", "com.example.worker-bomb", "com.example.typed-bomb", "com.example.timer-bomb" };
  TnInstance *good = place_running (fixture, "com.example.good");

  for (gsize i = 0; i < G_N_ELEMENTS (bombs); i++)
    assert_trouble (stage_place (fixture->stage, bombs[i]), TN_TROUBLE_MEMORY, 30);
  g_assert_cmpint (tn_instance_get_state (good), ==, TN_STATE_RUNNING);
}

static gboolean
is_throttled (gpointer instance)
{
  return tn_instance_get_share (instance) < 1;
}

static gboolean
is_within_limit (gpointer instance)
{
  return tn_history_sum (tn_instance_get_history (instance), TN_SPAN_SECOND, 5).cpu < 40;
}

/* Twenty seconds over its limit: it is told, and then slowed down until it keeps to it. */
static void
test_hog (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, "com.example.hog");

  g_assert_true (stage_wait (is_throttled, instance, 60));
  g_assert_cmpint (tn_instance_get_rung (instance), ==, TN_RUNG_THROTTLED);
  g_assert_nonnull (strstr (fixture->warnings->str, "busier than it may\n"));
  g_assert_nonnull (strstr (fixture->warnings->str, "runs slower now"));
  g_assert_true (stage_wait (is_within_limit, instance, 30));
  g_assert_cmpint (tn_instance_get_state (instance), ==, TN_STATE_RUNNING);
  tn_instance_pause (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_PAUSED, 10));
}

static gboolean
has_network (gpointer runtime)
{
  return tn_runtime_get_network_pid (runtime) != 0;
}

static void
test_network_process_killed (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, "com.example.good"), *later;
  int pid;

  g_assert_true (stage_wait (has_network, fixture->stage->runtime, 10));
  pid = tn_runtime_get_network_pid (fixture->stage->runtime);
  kill (pid, SIGKILL);
  later = place_running (fixture, "com.example.other");
  g_assert_cmpint (tn_instance_get_state (instance), ==, TN_STATE_RUNNING);
  g_assert_cmpint (tn_instance_get_state (later), ==, TN_STATE_RUNNING);
  g_assert_cmpint (tn_runtime_get_network_pid (fixture->stage->runtime), !=, pid);
}

static gboolean
has_heard (gpointer data)
{
  return strstr (((Fixture *) data)->warnings->str, "was started anew") != NULL;
}

/* Killed by anybody, it is said once. */
static void
test_network_process_gone (Fixture *fixture, gconstpointer data)
{
  int pid;

  place_running (fixture, "com.example.good");
  place_running (fixture, "com.example.other");
  g_assert_true (stage_wait (has_network, fixture->stage->runtime, 10));
  g_assert_cmpint (stage_wait_rows (fixture->stage, (TnAuditFilter){ .kind = "process.shared" }, 0), ==, 0);
  pid = tn_runtime_get_network_pid (fixture->stage->runtime);
  g_assert_true (stage_wait (has_history, fixture->stage->instances->pdata[0], 30));
  kill (pid, SIGKILL);
  g_assert_true (stage_wait (has_heard, fixture, 10));
  g_assert_cmpint (stage_wait_rows (fixture->stage, (TnAuditFilter){ .kind = "process.shared" }, 1), ==, 1);
  g_assert_null (strstr (strstr (fixture->warnings->str, "started anew") + 1, "started anew"));
  g_free (stage_wait_value (fixture->stage, "com.example.good", "tick", 10));
  g_assert_cmpint (tn_instance_get_state (fixture->stage->instances->pdata[0]), ==, TN_STATE_RUNNING);
}

static gboolean
is_suspected (gpointer instance)
{
  return ((TnInstance *) instance)->suspected;
}

/* Whoever fills it is ended, not the one that is busiest by far; nor is that one because what it is suspected of filling goes. */
static void
test_network_process_filled (Fixture *fixture, gconstpointer data)
{
  TnInstance *busy = place_running (fixture, "com.example.busy"), *filler = place_running (fixture, "com.example.filler");

  g_assert_true (stage_wait (is_suspected, busy, 60));
  kill (tn_runtime_get_network_pid (fixture->stage->runtime), SIGKILL);
  g_assert_true (stage_wait_state (filler, TN_STATE_TROUBLED, 60));
  g_assert_cmpint (tn_instance_get_trouble (filler), ==, TN_TROUBLE_SHARED);
  g_assert_cmpint (tn_instance_get_state (busy), ==, TN_STATE_RUNNING);
}

/* Stopped by somebody, another one takes its place: a page that begins just then comes up all the same. */
static void
test_network_process_stopped (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, "com.example.good"), *later;
  int pid;

  g_assert_true (stage_wait (has_history, instance, 30));
  pid = tn_runtime_get_network_pid (fixture->stage->runtime);
  kill (pid, SIGSTOP);
  later = stage_place (fixture->stage, "com.example.other");
  g_assert_true (stage_wait_state (later, TN_STATE_RUNNING, 60));
  g_assert_cmpint (tn_instance_get_state (instance), ==, TN_STATE_RUNNING);
  g_assert_cmpint (tn_runtime_get_network_pid (fixture->stage->runtime), !=, pid);
}

/* Three, where two may be: the one that was seen least goes, then comes back for another one. */
static void
test_ceiling_of_instances (Fixture *fixture, gconstpointer data)
{
  const TnBudget two = { .instances = 2 };
  TnInstance *first = place_running (fixture, "com.example.good"), *second = place_running (fixture, "com.example.other");
  TnInstance *third = place_running (fixture, "com.example.third");

  tn_instance_set_visible (second, FALSE);
  tn_instance_set_focused (third, TRUE);
  tn_runtime_set_budget (fixture->stage->runtime, &two);
  g_assert_true (stage_wait_state (second, TN_STATE_DISCARDED, 10));
  g_assert_cmpint (tn_instance_get_trouble (second), ==, TN_TROUBLE_CEILING);
  g_assert_cmpint (tn_instance_get_state (first), ==, TN_STATE_RUNNING);
  tn_instance_set_visible (second, TRUE);
  g_assert_true (stage_wait_state (first, TN_STATE_DISCARDED, 20));
  g_assert_cmpstr (tn_instance_get_remedy (first), ==, "Start Again");
  g_assert_cmpint (tn_instance_get_state (second), ==, TN_STATE_RUNNING);
  g_assert_cmpint (tn_instance_get_state (third), ==, TN_STATE_RUNNING);
  g_assert_nonnull (strstr (fixture->warnings->str, "put aside"));
}

/* The focused one is left, however little there is. */
static void
test_ceiling_of_memory (Fixture *fixture, gconstpointer data)
{
  const TnBudget little = { .memory_mib = 1 };
  TnInstance *first = place_running (fixture, "com.example.good"), *second = place_running (fixture, "com.example.other");

  tn_instance_set_focused (second, TRUE);
  tn_runtime_set_budget (fixture->stage->runtime, &little);
  g_assert_true (stage_wait_state (first, TN_STATE_DISCARDED, 10));
  g_assert_false (stage_wait_state (second, TN_STATE_DISCARDED, 3));
}

static const struct
{
  const char *path;
  void (*test) (Fixture *, gconstpointer);
} tests[] = {
  { "/guard/hung-and-stopped", test_hung_and_stopped },
  { "/guard/hung-for-long", test_hung_for_long },
  { "/guard/busy-worker", test_busy_worker_is_no_hang },
  { "/guard/stopped-by-others", test_stopped_by_others },
  { "/guard/busy-host", test_busy_host_is_no_hang },
  { "/guard/frozen", test_frozen_is_no_hang },
  { "/guard/alerts", test_alerts },
  { "/guard/bombs", test_bombs },
  { "/guard/hog", test_hog },
  { "/guard/network-process", test_network_process_killed },
  { "/guard/network-process-gone", test_network_process_gone },
  { "/guard/network-process-filled", test_network_process_filled },
  { "/guard/network-process-stopped", test_network_process_stopped },
  { "/guard/ceiling-instances", test_ceiling_of_instances },
  { "/guard/ceiling-memory", test_ceiling_of_memory },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
