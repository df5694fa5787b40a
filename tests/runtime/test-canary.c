/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"
#include "tn-canary.h"

typedef struct
{
  char *apps;
  Stage *stage;
  gboolean judged;
  TnCanaryVerdict verdict;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->apps = g_dir_make_tmp ("tn-apps-XXXXXX", NULL);
  stage_write_app (fixture->apps, "com.example.good", "", "nexus.register({});");
  fixture->stage = stage_new (fixture->apps);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->apps);

  stage_free (fixture->stage);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (fixture->apps);
}

static void
done_cb (TnCanaryVerdict verdict, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->verdict = verdict;
  fixture->judged = TRUE;
}

static gboolean
is_judged (gpointer data)
{
  return ((Fixture *) data)->judged;
}

static void
test_is_kept_in (Fixture *fixture, gconstpointer data)
{
  TnCanary *canary = tn_canary_new (fixture->stage->runtime, done_cb, fixture, NULL);

  g_assert_true (stage_wait (is_judged, fixture, 20));
  g_assert_cmpint (fixture->verdict, ==, TN_CANARY_KEPT_IN);
  tn_canary_free (canary);
}

/* The listener is real: one that calls is heard. */
static void
test_is_heard (Fixture *fixture, gconstpointer data)
{
  TnCanary *canary = tn_canary_new (fixture->stage->runtime, done_cb, fixture, NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection
    = g_socket_client_connect_to_host (client, "127.0.0.1", tn_canary_get_port (canary), NULL, NULL);

  g_assert_nonnull (connection);
  g_assert_true (stage_wait (is_judged, fixture, 20));
  g_assert_cmpint (fixture->verdict, ==, TN_CANARY_GOT_OUT);
  tn_canary_free (canary);
}

/* As it goes at a start: the runtime's own canary flies after the first tile, and the tile goes on. */
static void
test_flies_at_start (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = stage_place (fixture->stage, "com.example.good");

  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
  g_assert_false (stage_wait_state (instance, TN_STATE_TROUBLED, 6));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_test_add ("/canary/is-kept-in", Fixture, NULL, set_up, test_is_kept_in, tear_down);
  g_test_add ("/canary/is-heard", Fixture, NULL, set_up, test_is_heard, tear_down);
  g_test_add ("/canary/flies-at-start", Fixture, NULL, set_up, test_flies_at_start, tear_down);
  return g_test_run ();
}
