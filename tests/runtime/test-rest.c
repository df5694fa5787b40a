/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"
#include "tn-lifecycle.h"
#include "tn-processes.h"

#include <signal.h>
#include <unistd.h>

#define APP "com.example.ticker"
#define LISTEN ", \"permissions\": [{\"type\": \"event\", \"resource\": \"test.>\", \"actions\": [\"listen\"]}]"

/* Says what it hears of its life, and counts as long as it lives. */
static const char script[]
  = "let n = 0; const mark = (key, value) => nexus.storage.set(key, value);"
    "nexus.register({"
    " onPause: () => mark('paused', true), onResume: () => mark('resumed', n), onUnmount: () => mark('unmounted', true),"
    " onResize: size => mark('size', size.width), onEvent: event => mark('heard', event.data),"
    " getState: () => ({n: 7}), setState: state => mark('state', state)});"
    "setInterval(() => mark('tick', ++n), 50);";

static const struct
{
  const char *id, *more, *script;
} apps[] = {
  { APP, LISTEN, script },
  { "com.example.discards", ", \"ui\": {\"background\": \"discard\"}", script },
  { "com.example.keeps", ", \"ui\": {\"background\": \"keep\"}", script },
  { "com.example.stubborn", "", "nexus.register({onPause: () => new Promise(() => {})});" },
  { "com.example.neighbour", "", script },
};

typedef struct
{
  char *apps;
  Stage *stage;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const TnBudget soon = { .suspend_s = 1, .discard_s = 1 };

  fixture->apps = g_dir_make_tmp ("tn-apps-XXXXXX", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (apps); i++)
    stage_write_app (fixture->apps, apps[i].id, apps[i].more, apps[i].script);
  fixture->stage = stage_new (fixture->apps);
  tn_runtime_set_budget (fixture->stage->runtime, &soon);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->apps);

  stage_free (fixture->stage);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (fixture->apps);
}

static TnInstance *
place_running (Fixture *fixture, const char *id)
{
  TnInstance *instance = stage_place (fixture->stage, id);

  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
  return instance;
}

static void
assert_value (Fixture *fixture, const char *id, const char *key, const char *expected)
{
  g_autofree char *value = stage_wait_value (fixture->stage, id, key, 10);

  g_assert_cmpstr (value, ==, expected);
}

static gboolean
is_stopped (gpointer pid)
{
  TnProcessSample sample;

  return tn_process_sample (GPOINTER_TO_INT (pid), &sample) && sample.stopped;
}

static gboolean
is_gone (gpointer pid)
{
  TnProcessSample sample;

  return !tn_process_sample (GPOINTER_TO_INT (pid), &sample);
}

static gboolean
is_over (gpointer timer)
{
  return g_timer_elapsed (timer, NULL) > 1.5;
}

/* Whatever the page had on its mind, its processes use no time at all while this waits. */
static void
assert_frozen (TnInstance *instance)
{
  g_autoptr (GTimer) timer = g_timer_new ();
  int pid = tn_instance_get_pid (instance);
  TnProcessSample before, after;

  g_assert_true (stage_wait (is_stopped, GINT_TO_POINTER (pid), 5));
  g_assert_true (tn_process_sample (pid, &before));
  g_assert_true (stage_wait (is_over, timer, 5));
  g_assert_true (tn_process_sample (pid, &after));
  g_assert_cmpint (after.cpu_us, ==, before.cpu_us);
  g_assert_true (after.stopped);
}

static void
test_pause_and_resume (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, APP), *neighbour = place_running (fixture, "com.example.neighbour");

  tn_instance_pause (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_PAUSED, 10));
  assert_value (fixture, APP, "paused", "true");
  g_assert_true (tn_instance_get_covered (instance));
  g_assert_nonnull (tn_instance_get_picture (instance));
  g_assert_cmpstr (tn_instance_get_remedy (instance), ==, "Go On");
  assert_frozen (instance);
  g_assert_cmpint (tn_instance_get_state (neighbour), ==, TN_STATE_RUNNING);
  tn_instance_remedy (instance);
  g_assert_cmpint (tn_instance_get_state (instance), ==, TN_STATE_RUNNING);
  g_free (stage_wait_value (fixture->stage, APP, "resumed", 10));
  g_assert_false (is_stopped (GINT_TO_POINTER (tn_instance_get_pid (instance))));
}

static gboolean
is_uncovered (gpointer instance)
{
  return !tn_instance_get_covered (instance);
}

static void
test_out_of_sight (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, APP);
  int pid = tn_instance_get_pid (instance);

  tn_instance_set_visible (instance, FALSE);
  g_assert_cmpint (tn_instance_get_state (instance), ==, TN_STATE_RUNNING);
  g_assert_true (stage_wait_state (instance, TN_STATE_SUSPENDED, 10));
  g_assert_cmpstr (tn_instance_get_sentence (instance), ==, "");
  assert_frozen (instance);
  tn_instance_set_visible (instance, TRUE);
  g_assert_cmpint (tn_instance_get_state (instance), ==, TN_STATE_RUNNING);
  g_assert_true (stage_wait (is_uncovered, instance, 10));
  g_assert_cmpint (tn_instance_get_pid (instance), ==, pid);
  g_free (stage_wait_value (fixture->stage, APP, "resumed", 10));
}

/* Seen again before it had come to rest: nothing is left of it. */
static void
test_back_in_the_middle (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, "com.example.stubborn");

  tn_instance_pause (instance);
  tn_instance_resume (instance);
  g_assert_false (stage_wait_state (instance, TN_STATE_PAUSED, 2));
  g_assert_cmpint (tn_instance_get_state (instance), ==, TN_STATE_RUNNING);
}

static void
test_stubborn_is_frozen_all_the_same (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, "com.example.stubborn");

  tn_instance_pause (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_PAUSED, 10));
  assert_frozen (instance);
}

static void
test_keep_is_never_suspended (Fixture *fixture, gconstpointer data)
{
  TnInstance *keeps = place_running (fixture, "com.example.keeps"), *other = place_running (fixture, APP);

  tn_instance_set_visible (keeps, FALSE);
  tn_instance_set_visible (other, FALSE);
  g_assert_true (stage_wait_state (other, TN_STATE_SUSPENDED, 10));
  g_assert_cmpint (tn_instance_get_state (keeps), ==, TN_STATE_RUNNING);
}

/* What the person paused stays so, in sight or not. */
static void
test_paused_by_the_person (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, APP);

  tn_instance_set_visible (instance, FALSE);
  g_assert_true (stage_wait_state (instance, TN_STATE_SUSPENDED, 10));
  tn_instance_pause (instance);
  g_assert_cmpint (tn_instance_get_state (instance), ==, TN_STATE_PAUSED);
  tn_instance_set_visible (instance, TRUE);
  g_assert_cmpint (tn_instance_get_state (instance), ==, TN_STATE_PAUSED);
  assert_frozen (instance);
  tn_instance_resume (instance);
  g_assert_cmpint (tn_instance_get_state (instance), ==, TN_STATE_RUNNING);
}

static void
test_discarded_and_back (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, "com.example.discards");
  int pid = tn_instance_get_pid (instance);

  tn_instance_set_visible (instance, FALSE);
  g_assert_true (stage_wait_state (instance, TN_STATE_DISCARDED, 10));
  g_assert_true (stage_wait (is_gone, GINT_TO_POINTER (pid), 10));
  g_assert_null (tn_instance_get_view (instance));
  g_assert_nonnull (tn_instance_get_picture (instance));
  tn_instance_set_visible (instance, TRUE);
  g_assert_true (tn_instance_get_covered (instance));
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
  g_assert_true (stage_wait (is_uncovered, instance, 10));
  g_assert_cmpint (tn_instance_get_pid (instance), !=, pid);
  g_assert_true (tn_instance_get_proof (instance)->ok);
  assert_value (fixture, "com.example.discards", "state", "{\"n\":7}");
}

/* The files were replaced by a newer version meanwhile. */
static void
test_state_survives_an_update (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, APP);
  g_autofree char *newer = g_strdup_printf ("nexus.storage.set('newer', true); %s", script);

  tn_instance_pause (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_PAUSED, 10));
  stage_write_app (fixture->apps, APP, ", \"description\": \"newer\"", newer);
  tn_instance_restart (instance);
  assert_value (fixture, APP, "unmounted", "true");
  assert_value (fixture, APP, "newer", "true");
  assert_value (fixture, APP, "state", "{\"n\":7}");
}

static void
publish (Fixture *fixture, int number)
{
  g_autoptr (JsonNode) data = json_node_init_int (json_node_alloc (), number);
  g_autoptr (TnEvent) event = tn_event_new (TN_EVENT_HOST_SOURCE, "test.number", data, NULL);

  tn_bus_publish (fixture->stage->bus, event, 0);
}

static gboolean
has_heard_last (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *value = stage_wait_value (fixture->stage, APP, "heard", 1);

  return g_strcmp0 (value, "2") == 0;
}

/* What happened meanwhile arrives afterwards, in order; the size as it is then. */
static void
test_messages_wait (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, APP);

  tn_instance_pause (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_PAUSED, 10));
  publish (fixture, 1);
  publish (fixture, 2);
  tn_instance_set_size (instance, 2, 2, 250, 200);
  tn_instance_set_size (instance, 3, 2, 350, 200);
  assert_frozen (instance);
  tn_instance_resume (instance);
  assert_value (fixture, APP, "size", "350");
  g_assert_true (stage_wait (has_heard_last, fixture, 10));
}

/* Killed while it is frozen, it is found out all the same, and nothing of it stays behind. */
static void
test_killed_while_frozen (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, APP);
  int pid = tn_instance_get_pid (instance);

  tn_instance_pause (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_PAUSED, 10));
  kill (pid, SIGKILL);
  g_assert_true (stage_wait_state (instance, TN_STATE_TROUBLED, 10));
  g_assert_cmpint (tn_instance_get_trouble (instance), ==, TN_TROUBLE_CRASHED);
  g_assert_true (stage_wait (is_gone, GINT_TO_POINTER (pid), 10));
}

static void
test_stopped_while_frozen (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, APP);
  int pid = tn_instance_get_pid (instance);

  tn_instance_pause (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_PAUSED, 10));
  tn_instance_stop_async (instance, NULL, NULL, NULL);
  g_assert_true (stage_wait_state (instance, TN_STATE_STOPPED, 10));
  assert_value (fixture, APP, "unmounted", "true");
  g_assert_true (stage_wait (is_gone, GINT_TO_POINTER (pid), 10));
}

/* By the person, frozen or not: nothing is left of it, and the button brings it back. */
static void
test_ended_by_the_person (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, APP);
  int pid = tn_instance_get_pid (instance);

  tn_instance_pause (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_PAUSED, 10));
  tn_instance_end (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_TROUBLED, 10));
  g_assert_cmpint (tn_instance_get_trouble (instance), ==, TN_TROUBLE_ENDED);
  g_assert_true (stage_wait (is_gone, GINT_TO_POINTER (pid), 10));
  tn_instance_remedy (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
}

static void
kill_and_wait (TnInstance *instance)
{
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
  kill (tn_instance_get_pid (instance), SIGKILL);
  g_assert_true (stage_wait_state (instance, TN_STATE_TROUBLED, 10));
}

/* The first is the person's to mend; the second is mended by itself, and what waits for that can be asked for at once. */
static void
test_crash_loop_backs_off (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = place_running (fixture, APP);

  kill_and_wait (instance);
  g_assert_cmpstr (tn_instance_get_sentence (instance), ==, "This app has ended unexpectedly.");
  tn_instance_remedy (instance);
  kill_and_wait (instance);
  g_assert_true (g_str_has_suffix (tn_instance_get_sentence (instance), "It starts again in 5 seconds."));
  g_assert_false (stage_wait_state (instance, TN_STATE_RUNNING, 3));
  kill_and_wait (instance);
  g_assert_true (g_str_has_suffix (tn_instance_get_sentence (instance), "It starts again in 30 seconds."));
  tn_instance_remedy (instance);
  kill_and_wait (instance);
  g_assert_true (g_str_has_suffix (tn_instance_get_sentence (instance), "not started by itself any more."));
}

static const struct
{
  const char *path;
  void (*test) (Fixture *, gconstpointer);
} tests[] = {
  { "/rest/pause", test_pause_and_resume },
  { "/rest/out-of-sight", test_out_of_sight },
  { "/rest/back-in-the-middle", test_back_in_the_middle },
  { "/rest/stubborn", test_stubborn_is_frozen_all_the_same },
  { "/rest/keep", test_keep_is_never_suspended },
  { "/rest/paused-by-the-person", test_paused_by_the_person },
  { "/rest/discarded", test_discarded_and_back },
  { "/rest/update", test_state_survives_an_update },
  { "/rest/messages-wait", test_messages_wait },
  { "/rest/killed", test_killed_while_frozen },
  { "/rest/stopped", test_stopped_while_frozen },
  { "/rest/ended", test_ended_by_the_person },
  { "/rest/crash-loop", test_crash_loop_backs_off },
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
