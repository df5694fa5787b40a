/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"
#include "tn-json.h"
#include "tn-violation.h"

#define ID "com.example.app"
#define MANY 10 /* refusals, as no app has that waits when it is told to */

/* A page that runs, and is judged by the test instead of by the clock. */
typedef struct
{
  char *apps;
  Stage *stage;
  TnInstance *instance;
  GString *warnings, *told;
} Fixture;

static void
warning_cb (TnInstance *instance, const char *text, Fixture *fixture)
{
  g_string_append_printf (fixture->warnings, "%s\n", text);
}

/* What the bus says of it: step and limit. */
static gboolean
usage_cb (TnEvent *event, gpointer user_data)
{
  Fixture *fixture = user_data;
  JsonObject *data = json_node_get_object (tn_event_get_data (event));

  if (*tn_json_get_string (data, "step", "") != '\0')
    g_string_append_printf (fixture->told, "%s by %s\n", tn_json_get_string (data, "step", ""),
                            tn_json_get_string (data, "limit", ""));
  return TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->apps = g_dir_make_tmp ("tn-apps-XXXXXX", NULL);
  fixture->warnings = g_string_new (NULL);
  fixture->told = g_string_new (NULL);
  stage_write_app (fixture->apps, ID, "", "nexus.register({}); nexus.storage.set('kept', 'x'.repeat(300000));");
  fixture->stage = stage_new (fixture->apps);
  tn_bus_subscribe (fixture->stage->bus, "host.tile.usage", &(TnBusQueue){ 64 }, usage_cb, fixture, NULL, NULL);
  fixture->instance = stage_place (fixture->stage, ID);
  g_signal_connect (fixture->instance, "warning", G_CALLBACK (warning_cb), fixture);
  g_assert_true (stage_wait_state (fixture->instance, TN_STATE_RUNNING, 20));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->apps);

  stage_free (fixture->stage);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_string_free (fixture->warnings, TRUE);
  g_string_free (fixture->told, TRUE);
  g_free (fixture->apps);
}

/* @looks in a row at which it had been refused @refused times. */
static void
judge (Fixture *fixture, TnLimit limit, guint refused, guint looks)
{
  for (guint i = 0; i < looks; i++)
    {
      fixture->instance->traffic.refused[limit] = refused;
      tn_violation_judge (fixture->instance);
    }
}

static gint64
count_rows (Fixture *fixture, const char *kind, gint64 wanted)
{
  return stage_wait_rows (fixture->stage, (TnAuditFilter){ .kind = kind }, wanted);
}

static void
assert_rung (Fixture *fixture, TnRung rung)
{
  g_assert_cmpint (tn_instance_get_rung (fixture->instance), ==, rung);
}

/* However large it is, it is refused and that is all; so is a little again and again. */
static void
test_burst (Fixture *fixture, gconstpointer data)
{
  for (TnLimit limit = TN_LIMIT_NETWORK; limit <= TN_LIMIT_BYTES; limit++)
    {
      judge (fixture, limit, 100000, 2);
      judge (fixture, limit, 0, 1);
      judge (fixture, limit, MANY - 1, 10);
    }
  assert_rung (fixture, TN_RUNG_NONE);
  g_assert_cmpstr (fixture->warnings->str, ==, "");
  g_assert_cmpfloat (tn_instance_get_share (fixture->instance), ==, 1);
}

static gboolean
has_been_told (gpointer data)
{
  return strstr (((Fixture *) data)->told->str, "suspended by ") != NULL;
}

/* Told, slowed, frozen until the person lets it go on, ended: each of the three limits by itself. */
static void
test_climbs (Fixture *fixture, gconstpointer data)
{
  TnLimit limit = GPOINTER_TO_INT (data);
  g_autofree char *warned = g_strdup_printf ("warned by %s\n", tn_limit_name (limit));
  g_autofree char *suspended = g_strdup_printf ("suspended by %s\n", tn_limit_name (limit));

  judge (fixture, limit, MANY, 3);
  assert_rung (fixture, TN_RUNG_WARNED);
  g_assert_nonnull (strstr (fixture->warnings->str, "“" ID "” keeps on"));
  judge (fixture, limit, MANY, 1);
  assert_rung (fixture, TN_RUNG_THROTTLED);
  g_assert_nonnull (strstr (fixture->warnings->str, "“" ID "” runs slower now"));
  g_assert_cmpfloat (tn_instance_get_share (fixture->instance), <, 1);
  judge (fixture, limit, MANY, 6);
  assert_rung (fixture, TN_RUNG_SUSPENDED);
  g_assert_true (stage_wait_state (fixture->instance, TN_STATE_SUSPENDED, 20));
  g_assert_cmpstr (tn_instance_get_sentence (fixture->instance), ==,
                   "This app rests because it kept on calling for more than it may.");
  g_assert_cmpfloat (tn_instance_get_share (fixture->instance), ==, 1);
  tn_instance_remedy (fixture->instance);
  g_assert_true (stage_wait_state (fixture->instance, TN_STATE_RUNNING, 20));
  judge (fixture, limit, MANY, 1);
  g_assert_true (stage_wait_state (fixture->instance, TN_STATE_TROUBLED, 20));
  g_assert_cmpint (tn_instance_get_trouble (fixture->instance), ==, TN_TROUBLE_TRAFFIC);
  g_assert_cmpint (count_rows (fixture, "limit", 4), ==, 4);
  g_assert_cmpint (count_rows (fixture, "limit.stopped", 1), ==, 1);
  g_assert_true (stage_wait (has_been_told, fixture, 10));
  g_assert_true (g_str_has_prefix (fixture->told->str, warned));
  g_assert_nonnull (strstr (fixture->told->str, suspended));
}

/* Whoever behaves again is as one who always did. */
static void
test_forgotten (Fixture *fixture, gconstpointer data)
{
  judge (fixture, TN_LIMIT_NETWORK, MANY, 4);
  assert_rung (fixture, TN_RUNG_THROTTLED);
  judge (fixture, TN_LIMIT_NETWORK, 0, 2);
  assert_rung (fixture, TN_RUNG_THROTTLED);
  judge (fixture, TN_LIMIT_NETWORK, 0, 1);
  assert_rung (fixture, TN_RUNG_NONE);
  g_assert_cmpfloat (tn_instance_get_share (fixture->instance), ==, 1);
  g_assert_cmpint (tn_instance_get_state (fixture->instance), ==, TN_STATE_RUNNING);
}

/* One that calls too often is slowed for that; of the processor it uses what it may, and gets no blame for it. */
static void
test_one_by_one (Fixture *fixture, gconstpointer data)
{
  judge (fixture, TN_LIMIT_API_CALLS, MANY, 8);
  assert_rung (fixture, TN_RUNG_THROTTLED);
  g_assert_cmpint (fixture->instance->ladders[TN_LIMIT_CPU].rung, ==, TN_RUNG_NONE);
  g_assert_cmpint (fixture->instance->ladders[TN_LIMIT_NETWORK].rung, ==, TN_RUNG_NONE);
  g_assert_cmpint (tn_violation_worst (fixture->instance), ==, TN_LIMIT_API_CALLS);
}

static gboolean
shows_storage (gpointer instance)
{
  return tn_history_sum (tn_instance_get_history (instance), TN_SPAN_SECOND, 1).storage_kib >= 290;
}

static void
test_storage_is_shown (Fixture *fixture, gconstpointer data)
{
  g_assert_true (stage_wait (shows_storage, fixture->instance, 20));
}

/* Less than the page has is too much, and it ends as any that took too much. */
static void
test_memory_moves (Fixture *fixture, gconstpointer data)
{
  TnLimits *limits = tn_runtime_get_limits (fixture->stage->runtime);

  tn_limits_set (limits, tn_instance_get_app (fixture->instance), TN_LIMIT_MEMORY, 2);
  g_assert_true (stage_wait_state (fixture->instance, TN_STATE_TROUBLED, 10));
  g_assert_cmpint (tn_instance_get_trouble (fixture->instance), ==, TN_TROUBLE_MEMORY);
  tn_limits_set (limits, tn_instance_get_app (fixture->instance), TN_LIMIT_MEMORY, 0);
  tn_instance_remedy (fixture->instance);
  g_assert_true (stage_wait_state (fixture->instance, TN_STATE_RUNNING, 20));
  g_assert_cmpint (count_rows (fixture, "limit.set", 2), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
#define ADD(name, data, func) g_test_add ("/violation/" name, Fixture, GINT_TO_POINTER (data), set_up, func, tear_down)
  ADD ("burst", 0, test_burst);
  ADD ("climbs-requests", TN_LIMIT_NETWORK, test_climbs);
  ADD ("climbs-calls", TN_LIMIT_API_CALLS, test_climbs);
  ADD ("climbs-bytes", TN_LIMIT_BYTES, test_climbs);
  ADD ("forgotten", 0, test_forgotten);
  ADD ("one-by-one", 0, test_one_by_one);
  ADD ("storage-is-shown", 0, test_storage_is_shown);
  ADD ("memory-moves", 0, test_memory_moves);
  return g_test_run ();
}
