/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"

#include <string.h>

/* Pages that ask, and a person who answers. */

#define ENTRY(type, resource, actions, more)                                                                           \
  "{\"type\": \"" type "\", \"resource\": \"" resource "\", \"actions\": [\"" actions "\"]" more "}"
#define PERMISSIONS(list) ", \"permissions\": [" list "]"
#define EMIT PERMISSIONS (ENTRY ("event", "a.*", "emit", "") "," ENTRY ("event", "b.*", "emit", ""))

/* Says under a name what became of a call. */
#define NOTE                                                                                                           \
  "const note = async (name, call) => nexus.storage.set(name, await call.then(() => 'done', e => e.code));"

static const struct
{
  const char *id, *more, *script;
} apps[] = {
  { "com.example.two", EMIT,
    NOTE "note('first', nexus.emit('a.b', 1)); note('second', nexus.emit('a.c', 1)); note('other', nexus.emit('b.c', 1));"
         "nexus.subscribe('never.said', () => {});" },
  { "com.example.again", EMIT, NOTE "note('first', nexus.emit('a.b', 1).catch(() => nexus.emit('a.b', 1)));" },
  { "com.example.impatient", EMIT,
    NOTE "const abort = new AbortController();"
         "note('asked', nexus.request('a.b', 1, {signal: abort.signal}).catch(e => Promise.reject({code: e.name})));"
         "note('said', nexus.emit('a.c', 1)); nexus.storage.set('waiting', 1).then(() => abort.abort());" },
  { "com.example.hearer", PERMISSIONS (ENTRY ("event", "news.>", "listen", "")),
    "let n = 0; nexus.register({onEvent: () => nexus.storage.set('heard', n += 1)});" },
  { "com.example.slow", EMIT, "nexus.register({onMount: () => nexus.emit('a.b', 1)});" },
  { "com.example.query",
    PERMISSIONS (ENTRY ("event", "a.*", "emit", "") "," ENTRY ("ui", "title", "write", "") "," ENTRY (
      "api", "clipboard", "write", ", \"when\": [\"click\"]")),
    "const {query, request} = nexus.permissions, a = {type: 'event', resource: 'a.b', action: 'emit'}, said = [];"
    "const say = async call => said.push(await call.catch(e => e.code));"
    "nexus.register({onMount: async ({granted}) => {"
    "  said.push(granted.map(g => g.resource).join());"
    "  await say(query(a)); await say(request(a)); await say(query(a));"
    "  await say(query({type: 'ui', resource: 'title', action: 'write'}));"
    "  await say(request({type: 'ui', resource: 'badge', action: 'write'}));"
    "  await say(query({type: 'api', resource: 'clipboard', action: 'write'}));"
    "  await say(request({type: 'api', resource: 'clipboard', action: 'write'}));"
    "  await say(query({type: 'api', resource: 'clipboard'}));"
    "  await say(query({type: 'x', resource: 'clipboard', action: 'write'}));"
    "  await nexus.storage.set('said', said); }});" },
  { "com.example.click", PERMISSIONS (ENTRY ("event", "a.*", "emit", ", \"when\": [\"click\"]")),
    NOTE
    "document.documentElement.style.height = '100%';"
    /* Everything that might pass for a click. */
    "Object.defineProperty(Event.prototype, 'isTrusted', {get: () => true});"
    "const target = document.body.appendChild(document.createElement('label'));"
    "target.append(document.createElement('input'));"
    "for (const type of ['pointerdown', 'click', 'keydown', 'clicked'])"
    "  for (const on of [window, document, target])"
    "    on.dispatchEvent(new MouseEvent(type, {bubbles: true, isTrusted: true}));"
    "target.click(); target.firstChild.click(); target.firstChild.focus();"
    "try { window.webkit.messageHandlers.clicked.postMessage(null); } catch {}"
    "note('faked', nexus.emit('a.b', 1));"
    "const timer = setInterval(() => note('later', nexus.emit('a.b', 1)), 100);"
    "addEventListener('click', event => { clearInterval(timer); event.stopImmediatePropagation();"
    "  note('clicked', nexus.emit('a.b', 1)); setTimeout(() => note('stale', nexus.emit('a.b', 1)), 1300); }, true);" },
  { "com.example.level", "", "" },
  { "com.example.flood", EMIT,
    "let refused = 0; for (let i = 0; i < 100; i++) nexus.emit('a.b', 1).catch(() => nexus.storage.set('n', refused += 1));" },
};

typedef struct
{
  char *apps;
  Stage *stage;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->apps = g_dir_make_tmp ("tn-apps-XXXXXX", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (apps); i++)
    stage_write_app (fixture->apps, apps[i].id, apps[i].more, apps[i].script);
  fixture->stage = stage_new (fixture->apps);
  fixture->stage->asks = TRUE;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->apps);

  stage_free (fixture->stage);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (fixture->apps);
}

typedef struct
{
  Fixture *fixture;
  const char *tile, *key, *expected;
  char *value;
} Wish;

static gboolean
is_fulfilled (gpointer data)
{
  Wish *wish = data;

  g_free (wish->value);
  wish->value = stage_wait_value (wish->fixture->stage, wish->tile, wish->key, 0);
  return g_strcmp0 (wish->value, wish->expected) == 0;
}

static void
assert_value (Fixture *fixture, const char *tile, const char *key, const char *expected)
{
  Wish wish = { fixture, tile, key, expected, NULL };

  if (!stage_wait (is_fulfilled, &wish, 15))
    g_error ("%s of %s is %s, not %s", key, tile, wish.value, expected);
  g_free (wish.value);
}

static gboolean
has_question (gpointer data)
{
  return tn_runtime_get_question (((Fixture *) data)->stage->runtime) != NULL;
}

static gboolean
has_no_question (gpointer data)
{
  return !has_question (data);
}

/* The question that is asked now, which must be for @resource. */
static TnQuestion *
wait_question (Fixture *fixture, const char *resource)
{
  TnQuestion *question;
  const TnPermission *permission;

  g_assert_true (stage_wait (has_question, fixture, 20));
  question = tn_runtime_get_question (fixture->stage->runtime);
  permission = tn_question_get_permission (question);
  g_assert_cmpstr (permission != NULL ? permission->resource : NULL, ==, resource);
  return question;
}

static void
answer (Fixture *fixture, const char *resource, TnAnswer given)
{
  tn_question_answer (wait_question (fixture, resource), given);
}

/* Two calls under one entry are one question; the other entry waits its turn. */
static void
test_one_at_a_time (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = stage_place (fixture->stage, "com.example.two");
  TnQuestion *question = wait_question (fixture, "a.*");

  g_assert_cmpstr (tn_question_get_tile_id (question), ==, "com.example.two");
  g_assert_true (tn_question_get_app (question) == tn_instance_get_app (instance));
  answer (fixture, "a.*", TN_ANSWER_ONCE);
  assert_value (fixture, "com.example.two", "first", "\"done\"");
  assert_value (fixture, "com.example.two", "second", "\"done\"");
  answer (fixture, "b.*", TN_ANSWER_NEVER);
  assert_value (fixture, "com.example.two", "other", "-32001");
  g_assert_false (has_question (fixture));
}

/* No means no for as long as the app runs, however often it tries; the next run may ask again. */
static void
test_not_now (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = stage_place (fixture->stage, "com.example.again");

  answer (fixture, "a.*", TN_ANSWER_NOT_NOW);
  assert_value (fixture, "com.example.again", "first", "-32001");
  g_assert_false (has_question (fixture));
  tn_instance_restart (instance);
  answer (fixture, "a.*", TN_ANSWER_ALWAYS);
  assert_value (fixture, "com.example.again", "first", "\"done\"");
}

static void
never_cb (TnBusRequest *request, gpointer user_data)
{
  g_assert_not_reached ();
}

/* What the page took back while the person was asked is not done when they agree. */
static void
test_impatient (Fixture *fixture, gconstpointer data)
{
  static const char *const tile = "com.example.impatient";

  tn_bus_respond (fixture->stage->bus, "tn:/test/1", "a.b", never_cb, NULL, NULL, NULL);
  stage_place (fixture->stage, tile);
  assert_value (fixture, tile, "asked", "\"AbortError\"");
  answer (fixture, "a.*", TN_ANSWER_ONCE);
  assert_value (fixture, tile, "said", "\"done\"");
}

/* The page goes, and with it what it asked. */
static void
test_page_goes (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = stage_place (fixture->stage, "com.example.two");

  wait_question (fixture, "a.*");
  tn_instance_stop_async (instance, NULL, NULL, NULL);
  g_assert_true (stage_wait (has_no_question, fixture, 5));
  g_assert_true (stage_wait_state (instance, TN_STATE_STOPPED, 5));
}

/* Somebody grants it elsewhere, as tnc does, while the question is on the screen. */
static void
test_answered_elsewhere (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = stage_place (fixture->stage, "com.example.again");
  TnQuestion *question = wait_question (fixture, "a.*");

  tn_policy_answer (fixture->stage->policy, tn_app_get_key (tn_instance_get_app (instance)),
                    tn_question_get_permission (question), TN_ANSWER_ALWAYS);
  g_assert_false (has_question (fixture));
  assert_value (fixture, "com.example.again", "first", "\"done\"");
}

static void
say_news (Fixture *fixture)
{
  g_autoptr (TnEvent) event = tn_event_new ("tn:/test", "news.today", NULL, NULL);

  tn_bus_publish (fixture->stage->bus, event, 0);
}

/* Taken back, a grant ends what was begun under it: what was on its way does not arrive either. */
static void
test_taken_back (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = stage_place (fixture->stage, "com.example.hearer");
  guint before = tn_bus_get_n_subscriptions (fixture->stage->bus);
  const TnPermission *listen;
  gsize n;

  answer (fixture, "news.>", TN_ANSWER_ONCE);
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
  listen = tn_manifest_get_permissions (tn_app_get_manifest (tn_instance_get_app (instance)), &n);
  g_assert_cmpuint (tn_bus_get_n_subscriptions (fixture->stage->bus), ==, before + 1);
  say_news (fixture);
  assert_value (fixture, "com.example.hearer", "heard", "1");
  say_news (fixture);
  tn_policy_revoke (fixture->stage->policy, tn_app_get_key (tn_instance_get_app (instance)), listen);
  g_assert_cmpuint (tn_bus_get_n_subscriptions (fixture->stage->bus), ==, before);
  say_news (fixture);
  /* Given again it does not come back by itself. */
  tn_policy_answer (fixture->stage->policy, tn_app_get_key (tn_instance_get_app (instance)), listen,
                    TN_ANSWER_ALWAYS);
  say_news (fixture);
  g_assert_cmpuint (tn_bus_get_n_subscriptions (fixture->stage->bus), ==, before);
  /* It has handled all that reached it when it has stopped. */
  tn_instance_stop_async (instance, NULL, NULL, NULL);
  g_assert_true (stage_wait_state (instance, TN_STATE_STOPPED, 5));
  assert_value (fixture, "com.example.hearer", "heard", "1");
}

/* The time in which an app has to be there does not run while the person thinks. */
static void
test_slow_answer (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = stage_place (fixture->stage, "com.example.slow");

  wait_question (fixture, "a.*");
  g_assert_false (stage_wait_state (instance, TN_STATE_TROUBLED, 6));
  g_assert_cmpint (tn_instance_get_state (instance), ==, TN_STATE_LOADING);
  answer (fixture, "a.*", TN_ANSWER_ONCE);
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
}

static void
test_query (Fixture *fixture, gconstpointer data)
{
  stage_place (fixture->stage, "com.example.query");
  answer (fixture, "a.*", TN_ANSWER_ALWAYS);
  assert_value (fixture, "com.example.query", "said",
                "[\"title\",\"prompt\",\"granted\",\"granted\",\"granted\",\"denied\",\"prompt\",\"denied\","
                "-32602,-32602]");
  g_assert_false (has_question (fixture));
}

static void
test_click (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = stage_place (fixture->stage, "com.example.click");

  assert_value (fixture, "com.example.click", "faked", "-32001");
  assert_value (fixture, "com.example.click", "later", "-32001");
  g_assert_false (has_question (fixture));
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
  stage_click (fixture->stage, instance);
  answer (fixture, "a.*", TN_ANSWER_ALWAYS);
  assert_value (fixture, "com.example.click", "clicked", "\"done\"");
  assert_value (fixture, "com.example.click", "stale", "-32001");
}

static void
set_level (Fixture *fixture, const char *level)
{
  g_autofree char *more = g_strdup_printf (", \"security\": {\"sandboxLevel\": \"%s\"}", level);

  stage_write_app (fixture->apps, "com.example.level", more, "nexus.register({});");
}

static void
test_level (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = stage_place (fixture->stage, "com.example.level");

  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
  set_level (fixture, "permissive");
  tn_instance_restart (instance);
  answer (fixture, NULL, TN_ANSWER_NOT_NOW);
  g_assert_true (stage_wait_state (instance, TN_STATE_TROUBLED, 5));
  g_assert_cmpint (tn_instance_get_trouble (instance), ==, TN_TROUBLE_LEVEL);
  /* It can go back to what it was. */
  set_level (fixture, "moderate");
  tn_instance_restart (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
  set_level (fixture, "permissive");
  tn_instance_restart (instance);
  wait_question (fixture, NULL);
  tn_instance_stop_async (instance, NULL, NULL, NULL);
  g_assert_true (stage_wait (has_no_question, fixture, 5));
  g_assert_true (stage_wait_state (instance, TN_STATE_STOPPED, 5));
  tn_instance_start (instance);
  answer (fixture, NULL, TN_ANSWER_ALWAYS);
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
  tn_instance_stop_async (instance, NULL, NULL, NULL);
  g_assert_true (stage_wait_state (instance, TN_STATE_STOPPED, 5));
  tn_instance_start (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
}

/* However many calls wait, there is one question, and the others are refused at once. */
static void
test_flood (Fixture *fixture, gconstpointer data)
{
  stage_place (fixture->stage, "com.example.flood");
  wait_question (fixture, "a.*");
  assert_value (fixture, "com.example.flood", "n", "36");
}

static const struct
{
  const char *path;
  void (*test) (Fixture *, gconstpointer);
} tests[] = {
  { "/permissions/one-at-a-time", test_one_at_a_time },
  { "/permissions/impatient", test_impatient },
  { "/permissions/not-now", test_not_now },
  { "/permissions/page-goes", test_page_goes },
  { "/permissions/answered-elsewhere", test_answered_elsewhere },
  { "/permissions/taken-back", test_taken_back },
  { "/permissions/slow-answer", test_slow_answer },
  { "/permissions/query", test_query },
  { "/permissions/click", test_click },
  { "/permissions/level", test_level },
  { "/permissions/flood", test_flood },
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
