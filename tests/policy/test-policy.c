/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

/* What is declared, and the terms of it: who may be asked, and who is refused without a question. */

#define DECLARED                                                                                                       \
  ENTRY ("event", "todo.>", "\"emit\"", "") "," ENTRY ("event", "calendar.*", "\"listen\"", "") ","                    \
  ENTRY ("event", "todo.find", "\"respond\"", "") ","                                                                  \
  ENTRY ("network", "https://api.example.com/v1/*", "\"read\"", "") ","                                                \
  ENTRY ("network", "https://*.example.org/*", "\"read\", \"socket\"", "") ","                                         \
  ENTRY ("data", "contacts", "\"read\"", "") "," ENTRY ("ui", "title", "\"write\"", "") ","                            \
  ENTRY ("api", "clipboard", "\"write\"", "")

#define DENIED TN_VERDICT_DENIED
#define ASK TN_VERDICT_ASK
#define ALLOWED TN_VERDICT_ALLOWED

typedef struct
{
  TnPermissionType type;
  const char *resource;
  TnPermissionActions action;
  TnVerdict verdict;
} Case;

static TnDecision
decide (Fixture *f, TnApp *app, TnPermissionType type, const char *resource, TnPermissionActions action)
{
  TnRequest request = { type, resource, action };

  return tn_policy_decide (f->policy, app, &request);
}

static void
assert_cases (Fixture *f, TnApp *app, const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      TnDecision decision = decide (f, app, cases[i].type, cases[i].resource, cases[i].action);

      g_test_message ("type %d, resource “%s”, action %d", cases[i].type, cases[i].resource, cases[i].action);
      g_assert_cmpint (decision.verdict, ==, cases[i].verdict);
      g_assert_true ((decision.reason != NULL) == (decision.verdict == DENIED));
    }
}

static void
test_events (Fixture *f, gconstpointer data)
{
  static const Case cases[] = {
    { TN_PERMISSION_EVENT, "todo.item.done", TN_ACTION_EMIT, ASK },
    { TN_PERMISSION_EVENT, "todo", TN_ACTION_EMIT, DENIED },
    { TN_PERMISSION_EVENT, "host.theme", TN_ACTION_EMIT, DENIED },
    { TN_PERMISSION_EVENT, "todo.item.done", TN_ACTION_LISTEN, DENIED },
    { TN_PERMISSION_EVENT, "calendar.day", TN_ACTION_LISTEN, ASK },
    { TN_PERMISSION_EVENT, "calendar.*", TN_ACTION_LISTEN, ASK },
    { TN_PERMISSION_EVENT, "calendar.day", TN_ACTION_EMIT, DENIED },
    { TN_PERMISSION_EVENT, "calendar.>", TN_ACTION_LISTEN, DENIED },
    { TN_PERMISSION_EVENT, "*.day", TN_ACTION_LISTEN, DENIED },
    { TN_PERMISSION_EVENT, ">", TN_ACTION_LISTEN, DENIED },
    { TN_PERMISSION_EVENT, "todo.find", TN_ACTION_RESPOND, ASK },
    { TN_PERMISSION_EVENT, "todo.find.all", TN_ACTION_RESPOND, DENIED },
    /* Only listeners name patterns, though a declared one would cover it. */
    { TN_PERMISSION_EVENT, "todo.*", TN_ACTION_EMIT, DENIED },
    { TN_PERMISSION_EVENT, "todo.>", TN_ACTION_EMIT, DENIED },
    { TN_PERMISSION_EVENT, "todo..done", TN_ACTION_EMIT, DENIED },
    { TN_PERMISSION_EVENT, "", TN_ACTION_LISTEN, DENIED },
  };
  g_autoptr (TnApp) app = fixture_write_app (f, "test", "com.example.todo", DECLARED, NULL);

  assert_cases (f, app, cases, G_N_ELEMENTS (cases));
}

static void
test_others (Fixture *f, gconstpointer data)
{
  static const Case cases[] = {
    { TN_PERMISSION_NETWORK, "https://api.example.com/v1/items", TN_ACTION_READ, ASK },
    { TN_PERMISSION_NETWORK, "https://API.example.com/v1/items", TN_ACTION_READ, ASK },
    { TN_PERMISSION_NETWORK, "https://api.example.com/v1/items", TN_ACTION_WRITE, DENIED },
    { TN_PERMISSION_NETWORK, "https://api.example.com/v2/items", TN_ACTION_READ, DENIED },
    { TN_PERMISSION_NETWORK, "https://api.example.com/v1/../v2/items", TN_ACTION_READ, DENIED },
    { TN_PERMISSION_NETWORK, "http://api.example.com/v1/items", TN_ACTION_READ, DENIED },
    { TN_PERMISSION_NETWORK, "https://api.example.com.evil.test/v1/", TN_ACTION_READ, DENIED },
    { TN_PERMISSION_NETWORK, "wss://a.b.example.org/", TN_ACTION_SOCKET, ASK },
    { TN_PERMISSION_NETWORK, "https://a.b.example.org/x?y", TN_ACTION_READ, ASK },
    { TN_PERMISSION_NETWORK, "https://example.org/", TN_ACTION_READ, DENIED },
    { TN_PERMISSION_DATA, "contacts", TN_ACTION_READ, ASK },
    { TN_PERMISSION_DATA, "contacts", TN_ACTION_WRITE, DENIED },
    { TN_PERMISSION_DATA, "mail", TN_ACTION_READ, DENIED },
    { TN_PERMISSION_API, "clipboard", TN_ACTION_WRITE, ASK },
    { TN_PERMISSION_API, "clipboard", TN_ACTION_READ, DENIED },
    { TN_PERMISSION_UI, "title", TN_ACTION_WRITE, ALLOWED },
    { TN_PERMISSION_UI, "badge", TN_ACTION_WRITE, DENIED },
    /* What is declared for one type says nothing of another. */
    { TN_PERMISSION_API, "title", TN_ACTION_WRITE, DENIED },
    { TN_PERMISSION_API, "contacts", TN_ACTION_READ, DENIED },
    { TN_PERMISSION_NETWORK, "todo.find", TN_ACTION_RESPOND, DENIED },
  };
  g_autoptr (TnApp) app = fixture_write_app (f, "test", "com.example.todo", DECLARED, NULL);

  assert_cases (f, app, cases, G_N_ELEMENTS (cases));
}

static void
test_actions_one_at_a_time (Fixture *f, gconstpointer data)
{
  static const Case cases[] = {
    { TN_PERMISSION_DATA, "contacts", 0, DENIED },
    { TN_PERMISSION_DATA, "self", 0, DENIED },
    { TN_PERMISSION_DATA, "contacts", TN_ACTION_READ | TN_ACTION_WRITE, DENIED },
    { TN_PERMISSION_EVENT, "todo.item", TN_ACTION_EMIT | TN_ACTION_LISTEN, DENIED },
  };
  g_autoptr (TnApp) app = fixture_write_app (f, "test", "com.example.todo", DECLARED, NULL);

  assert_cases (f, app, cases, G_N_ELEMENTS (cases));
}

static void
test_nothing_declared (Fixture *f, gconstpointer data)
{
  static const Case cases[] = {
    { TN_PERMISSION_DATA, "self", TN_ACTION_READ, ALLOWED },
    { TN_PERMISSION_DATA, "self", TN_ACTION_WRITE, ALLOWED },
    { TN_PERMISSION_DATA, "self", TN_ACTION_EMIT, DENIED },
    { TN_PERMISSION_DATA, "Self", TN_ACTION_READ, DENIED },
    { TN_PERMISSION_API, "self", TN_ACTION_READ, DENIED },
    { TN_PERMISSION_EVENT, "self", TN_ACTION_LISTEN, DENIED },
    { TN_PERMISSION_EVENT, "a", TN_ACTION_EMIT, DENIED },
    { TN_PERMISSION_NETWORK, "https://api.example.com/", TN_ACTION_READ, DENIED },
    { TN_PERMISSION_UI, "title", TN_ACTION_WRITE, DENIED },
  };
  g_autoptr (TnApp) app = fixture_write_app (f, "test", "com.example.todo", "", NULL);

  assert_cases (f, app, cases, G_N_ELEMENTS (cases));
}

static void
test_host_events_are_the_hosts (Fixture *f, gconstpointer data)
{
  static const Case cases[] = {
    { TN_PERMISSION_EVENT, "host.tile.state", TN_ACTION_EMIT, DENIED },
    { TN_PERMISSION_EVENT, "host.tile.state", TN_ACTION_RESPOND, DENIED },
    { TN_PERMISSION_EVENT, "host.tile.state", TN_ACTION_LISTEN, ASK },
    { TN_PERMISSION_EVENT, ">", TN_ACTION_LISTEN, ASK },
    { TN_PERMISSION_EVENT, "hostel.full", TN_ACTION_EMIT, ASK },
  };
  g_autoptr (TnApp) app = fixture_write_app (
    f, "test", "com.example.todo", ENTRY ("event", ">", "\"emit\", \"listen\", \"respond\"", ""), NULL);

  assert_cases (f, app, cases, G_N_ELEMENTS (cases));
}

/* The program's own apps speak with each other unasked, and get nothing else for it. */
static void
test_own_apps (Fixture *f, gconstpointer data)
{
  static const Case cases[] = {
    { TN_PERMISSION_EVENT, "todo.item.done", TN_ACTION_EMIT, ALLOWED },
    { TN_PERMISSION_EVENT, "other", TN_ACTION_EMIT, DENIED },
    { TN_PERMISSION_UI, "title", TN_ACTION_WRITE, ALLOWED },
    { TN_PERMISSION_DATA, "contacts", TN_ACTION_READ, ASK },
    { TN_PERMISSION_API, "clipboard", TN_ACTION_WRITE, ASK },
    { TN_PERMISSION_NETWORK, "https://api.example.com/v1/", TN_ACTION_READ, ASK },
  };
  g_autoptr (TnApp) app = fixture_write_app (f, "bundled", "com.example.todo", DECLARED, NULL);

  assert_cases (f, app, cases, G_N_ELEMENTS (cases));
}

/* Which entry it is matters, for that is what the person is asked about. */
static void
test_entry (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = fixture_write_app (f, "test", "com.example.todo", DECLARED, NULL);

  g_assert_true (decide (f, app, TN_PERMISSION_EVENT, "todo.a", TN_ACTION_EMIT).permission
                 == fixture_permission (app, 0));
  g_assert_true (decide (f, app, TN_PERMISSION_NETWORK, "https://x.example.org/", TN_ACTION_READ).permission
                 == fixture_permission (app, 4));
  g_assert_null (decide (f, app, TN_PERMISSION_EVENT, "x", TN_ACTION_EMIT).permission);
  g_assert_null (decide (f, app, TN_PERMISSION_DATA, "self", TN_ACTION_READ).permission);
}

/* Of several that cover it, the one that lets it through. */
static void
test_best_entry (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = fixture_write_app (
    f, "test", "com.example.todo",
    ENTRY ("event", "a.b", "\"emit\"", ", \"when\": [\"visible\"]") "," ENTRY ("event", "a.*", "\"emit\"", "") ","
      ENTRY ("event", ">", "\"emit\"", ", \"when\": [\"click\"]") "," ENTRY ("event", "*.b", "\"emit\"", ""), NULL);
  static const guint expected[] = { 1, 3, 1 };

  g_assert_true (decide (f, app, TN_PERMISSION_EVENT, "a.b", TN_ACTION_EMIT).permission
                 == fixture_permission (app, expected[0]));
  tn_policy_answer (f->policy, tn_app_get_key (app), fixture_permission (app, 1), TN_ANSWER_NEVER);
  g_assert_true (decide (f, app, TN_PERMISSION_EVENT, "a.b", TN_ACTION_EMIT).permission
                 == fixture_permission (app, expected[1]));
  tn_policy_answer (f->policy, tn_app_get_key (app), fixture_permission (app, 1), TN_ANSWER_ALWAYS);
  g_assert_true (decide (f, app, TN_PERMISSION_EVENT, "a.b", TN_ACTION_EMIT).permission
                 == fixture_permission (app, expected[2]));
  /* Only wildcards cover a pattern that begins with one. */
  g_assert_cmpint (decide (f, app, TN_PERMISSION_EVENT, "*.b", TN_ACTION_LISTEN).verdict, ==, DENIED);
  g_assert_cmpint (decide (f, app, TN_PERMISSION_EVENT, "x.b", TN_ACTION_EMIT).verdict, ==, ASK);
}

static TnDecision
try (Fixture *f, TnApp *app, gboolean visible, gboolean clicked, gboolean probe)
{
  TnRequest request = { TN_PERMISSION_API, "clipboard", TN_ACTION_WRITE, visible, clicked, probe };

  return tn_policy_decide (f->policy, app, &request);
}

#define ON(when) ENTRY ("api", "clipboard", "\"write\"", ", \"when\": [" when "]")

static void
test_visible_and_click (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *permission;
    TnVerdict verdicts[4]; /* neither, in sight, clicked, both */
  } rows[] = {
    { ON ("\"visible\""), { DENIED, ASK, DENIED, ASK } },
    { ON ("\"click\""), { DENIED, DENIED, ASK, ASK } },
    { ON ("\"visible\", \"click\""), { DENIED, DENIED, DENIED, ASK } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TnApp) app = fixture_write_app (f, "test", "com.example.todo", rows[i].permission, NULL);

      for (guint k = 0; k < 4; k++)
        g_assert_cmpint (try (f, app, k & 1, k & 2, FALSE).verdict, ==, rows[i].verdicts[k]);
      tn_policy_answer (f->policy, tn_app_get_key (app), fixture_permission (app, 0), TN_ANSWER_ALWAYS);
      for (guint k = 0; k < 4; k++)
        g_assert_cmpint (try (f, app, k & 1, k & 2, FALSE).verdict, ==, rows[i].verdicts[k] == ASK ? ALLOWED : DENIED);
    }
}

/* By the program's clock, to the minute. */
static void
test_hours (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) day = fixture_write_app (f, "test", "com.example.day", ON ("{\"hours\": \"12:01-13:00\"}"), NULL);
  g_autoptr (TnApp) night
    = fixture_write_app (f, "test", "com.example.night", ON ("{\"hours\": \"22:00-12:01\"}"), NULL);
  static const struct
  {
    int minutes;
    TnVerdict day, night;
  } steps[] = {
    { 0, DENIED, ASK },       /* 12:00 */
    { 1, ASK, DENIED },       /* 12:01 */
    { 58, ASK, DENIED },      /* 12:59 */
    { 1, DENIED, DENIED },    /* 13:00 */
    { 9 * 60, DENIED, ASK },  /* 22:00 */
    { 4 * 60, DENIED, ASK },  /* 02:00 */
    { -14 * 60, DENIED, ASK } /* back to 12:00 */
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      fixture_advance (steps[i].minutes * (gint64) G_TIME_SPAN_MINUTE);
      g_assert_cmpint (try (f, day, TRUE, TRUE, FALSE).verdict, ==, steps[i].day);
      g_assert_cmpint (try (f, night, TRUE, TRUE, FALSE).verdict, ==, steps[i].night);
    }
}

/* An address that no judge of manifests lets pass stands for nothing, wherever it came from. */
static void
test_unreadable_address (Fixture *f, gconstpointer data)
{
  static const Case cases[] = {
    { TN_PERMISSION_NETWORK, "https://api.example.com/v1/", TN_ACTION_READ, DENIED },
    { TN_PERMISSION_DATA, "contacts", TN_ACTION_READ, ASK },
  };
  g_autoptr (TnApp) app = fixture_write_app (f, "test", "com.example.todo", DECLARED, NULL);

  fixture_permission (app, 3)->resource[0] = ' ';
  assert_cases (f, app, cases, G_N_ELEMENTS (cases));
}

static guint
count_allowed (Fixture *f, TnApp *app, gboolean probe)
{
  guint n = 0;

  while (n < 100 && try (f, app, FALSE, FALSE, probe).verdict == ALLOWED)
    n++;
  return n;
}

static void
test_rate (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = fixture_write_app (f, "test", "com.example.todo", ON ("{\"rate\": \"6/min\"}"), NULL);
  g_autoptr (TnApp) again = tn_app_load ("test", tn_app_get_directory (app));

  /* A question does not count. */
  for (guint i = 0; i < 20; i++)
    g_assert_cmpint (try (f, app, FALSE, FALSE, FALSE).verdict, ==, ASK);
  tn_policy_answer (f->policy, tn_app_get_key (app), fixture_permission (app, 0), TN_ANSWER_ALWAYS);
  g_assert_cmpuint (count_allowed (f, app, TRUE), ==, 100);
  g_assert_cmpuint (count_allowed (f, app, FALSE), ==, 6);
  /* All tiles of an app share it, whenever each was started. */
  g_assert_cmpuint (count_allowed (f, again, FALSE), ==, 0);
  fixture_advance (10 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (count_allowed (f, again, FALSE), ==, 1);
  fixture_advance (G_TIME_SPAN_HOUR);
  g_assert_cmpuint (count_allowed (f, app, FALSE), ==, 6);
}

/* The clock on the wall may be set to anything: what is allowed so often a minute stays so. */
static void
test_rate_and_clock (Fixture *f, gconstpointer data)
{
  static const gint64 jumps[] = { 1, -1, 400, -800 };
  g_autoptr (TnApp) app = fixture_write_app (f, "test", "com.example.todo", ON ("{\"rate\": \"6/min\"}"), NULL);

  tn_policy_answer (f->policy, tn_app_get_key (app), fixture_permission (app, 0), TN_ANSWER_ALWAYS);
  g_assert_cmpuint (count_allowed (f, app, FALSE), ==, 6);
  for (gsize i = 0; i < G_N_ELEMENTS (jumps); i++)
    {
      fixture_set_wall (jumps[i] * G_TIME_SPAN_DAY);
      g_assert_cmpuint (count_allowed (f, app, FALSE), ==, 0);
    }
  fixture_set_wall (0);
  fixture_advance (10 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (count_allowed (f, app, FALSE), ==, 1);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/policy/events", test_events },
    { "/policy/others", test_others },
    { "/policy/actions-one-at-a-time", test_actions_one_at_a_time },
    { "/policy/nothing-declared", test_nothing_declared },
    { "/policy/host-events", test_host_events_are_the_hosts },
    { "/policy/own-apps", test_own_apps },
    { "/policy/entry", test_entry },
    { "/policy/best-entry", test_best_entry },
    { "/policy/visible-and-click", test_visible_and_click },
    { "/policy/hours", test_hours },
    { "/policy/rate", test_rate },
    { "/policy/rate-and-clock", test_rate_and_clock },
    { "/policy/unreadable-address", test_unreadable_address },
  };

  g_test_init (&argc, &argv, NULL);
  fixture_stop_clock ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, fixture_set_up, tests[i].test, fixture_tear_down);
  return g_test_run ();
}
