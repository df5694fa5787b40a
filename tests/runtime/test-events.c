/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"

#include <string.h>

#include "tn-json.h"

/* Apps that never heard of each other, over the bus. */

#define ENTRY(resource, actions) "{\"type\": \"event\", \"resource\": \"" resource "\", \"actions\": [" actions "]}"
#define PERMISSIONS(list) ", \"permissions\": [" list "]"
#define NOTE                                                                                                           \
  "const note = async (name, call) => nexus.storage.set(name, await call.then(v => ['done', v], e => [e.code, "       \
  "e.message]));"
#define LISTEN(pattern) PERMISSIONS (ENTRY (pattern, "\"listen\""))

static const StageApp apps[] = {
  { "com.example.math", PERMISSIONS (ENTRY ("math.*", "\"respond\"")),
    "nexus.respond('math.double', ({data, source}) => data.n * 2);"
    "nexus.respond('math.fail', async () => { throw new Error('no head for figures'); });"
    "nexus.respond('math.never', () => new Promise(() => {}));"
    "nexus.respond('math.huge', () => 'x'.repeat(300000));"
    "const stop = nexus.respond('math.stopped', () => 1); stop();"
    "try { nexus.respond('math.double'); } catch (e) { nexus.storage.set('thrown', e.name); }"
    "nexus.respond('other.type', () => 1); nexus.storage.set('ready', true);" },
  { "com.example.pupil", PERMISSIONS (ENTRY ("math.*", "\"emit\"")),
    NOTE "note('doubled', nexus.request('math.double', {n: 21}));"
         "note('failed', nexus.request('math.fail'));"
         "note('late', nexus.request('math.never', null, {timeout: 50}));"
         "note('huge', nexus.request('math.huge'));"
         "note('nobody', nexus.request('math.stopped'));"
         "note('undeclared', nexus.request('other.type'));"
         "const abort = new AbortController();"
         "note('aborted', nexus.request('math.never', null, {signal: abort.signal}).catch("
         "  error => { throw {code: error.name, message: String(abort.signal.aborted)}; }));"
         "setTimeout(() => abort.abort(), 100);" },
  { "com.example.rival", PERMISSIONS (ENTRY ("math.double", "\"listen\"")),
    NOTE "nexus.respond('math.double', () => 'forged'); nexus.storage.set('ready', true);"
         "nexus.subscribe('math.double', event => nexus.storage.set('overheard', event.data));" },
  { "com.example.ping", PERMISSIONS (ENTRY ("game.*", "\"emit\", \"respond\"")),
    NOTE "let n = 0; nexus.respond('game.ping', async () => { n += 1; await nexus.storage.set('n', n);"
         " return nexus.request('game.pong', null); });"
         "nexus.storage.set('ready', true);" },
  { "com.example.pong", PERMISSIONS (ENTRY ("game.*", "\"emit\", \"respond\"")),
    NOTE "nexus.respond('game.pong', () => nexus.request('game.ping', null));"
         "note('game', nexus.request('game.ping', null));" },
  { "com.example.flooder", PERMISSIONS (ENTRY ("math.*", "\"emit\"")),
    "let refused = 0, late = 0; const calls = [];"
    "for (let i = 0; i < 100; i++) calls.push(nexus.request('math.never', i, {timeout: 400}).catch("
    "  e => { if (e.code === -32001) refused += 1; else late += 1; }));"
    "Promise.all(calls).then(() => nexus.storage.set('flood', [refused, late]));" },
  { "com.example.nagger", PERMISSIONS (ENTRY ("math.*", "\"emit\"")),
    "(async () => { const said = [];"
    "  for (let i = 0; i < 70; i++)"
    "    said.push(await nexus.request('math.never', i, {timeout: 1}).catch(e => e.message.includes('without an answer')));"
    "  nexus.storage.set('nagged', [said.indexOf(true), said.filter(refused => refused).length]); })();" },
  { "com.example.typed",
    PERMISSIONS (ENTRY ("item.*", "\"emit\"")) ", \"events\": {\"item.done\": {\"type\": \"object\", \"required\": "
                                               "[\"id\"], \"properties\": {\"id\": {\"type\": \"string\"}}}}",
    NOTE "note('good', nexus.emit('item.done', {id: 'a'}));"
         "note('bad', nexus.emit('item.done', {id: 7}));"
         "note('missing', nexus.request('item.done', {}));"
         "note('taken-back', nexus.emit('item.done', null, {retain: true}));"
         "note('free', nexus.emit('item.other', 7));"
         "note('unknown', nexus.emit('else.where', 7));"
         "note('large', nexus.emit('item.other', 'x'.repeat(300000)));"
         "let deep = 1; for (let i = 0; i < 70; i++) deep = [deep];"
         "note('deep', nexus.emit('item.other', deep));" },
  { "com.example.speaker", PERMISSIONS (ENTRY ("news.*", "\"emit\"")),
    "(async () => { for (let i = 0; i < 5; i++) await nexus.emit('news.said', i);"
    "  await nexus.emit('news.state', 'kept', {retain: true}); await nexus.storage.set('ready', true); })();" },
  { "com.example.latecomer", LISTEN ("news.>"),
    "const kept = [], again = [], last = [];"
    "nexus.subscribe('news.state', e => { kept.push(e.data); nexus.storage.set('kept', kept); });"
    "nexus.subscribe('news.>', e => { again.push(e.data); nexus.storage.set('again', again); }, {replay: {}});"
    "nexus.storage.set('ready', true);" },
  { "com.example.historian", LISTEN ("news.>"),
    "let again = 0, now = 0;"
    "for (let i = 0; i < 30; i++)"
    "  nexus.subscribe('news.*', e => { if (e.type === 'news.last') now += 1; else again += 1;"
    "    if (again === 48) nexus.storage.set('again', again); }, {replay: {}});"
    "nexus.subscribe('news.last', () => nexus.storage.set('now', now >= 8 && now < 30));"
    "nexus.storage.set('ready', true);" },
  { "com.example.leaver", PERMISSIONS (ENTRY ("flood.*", "\"listen\", \"respond\"")),
    "let release;"
    "const stop = nexus.subscribe('flood.many', () => new Promise(resolve => { release = resolve;"
    "  nexus.storage.set('busy', true); }));"
    "nexus.subscribe('flood.one', e => nexus.storage.set('one', e.data));"
    "nexus.respond('flood.leave', async () => { stop(); await nexus.storage.get('a'); await nexus.storage.get('a');"
    "  release(); return 'left'; });"
    "nexus.storage.set('ready', true);" },
  { "com.example.slow", LISTEN ("slow.>"),
    "let most = 0, now = 0; const release = []; const heard = [];"
    "nexus.subscribe('slow.free', () => { release.splice(0).forEach(f => f()); });"
    "nexus.subscribe('slow.work', e => new Promise(resolve => { heard.push(e.data.n);"
    "  nexus.storage.set('heard', heard); setTimeout(resolve, 400); }), {overflow: 'coalesce', key: 'id'});"
    "nexus.storage.set('ready', true);" },
  { "com.example.loud", PERMISSIONS (ENTRY ("a.*", "\"emit\"")),
    "let told = 0, done = 0; const calls = [];"
    "for (let i = 0; i < 4000; i++) calls.push(nexus.emit('a.b', i).then(() => done += 1, () => told += 1));"
    "Promise.all(calls).then(() => nexus.storage.set('flood', [told > 0, told + done]));" },
};

static void
set_up (StageFixture *fixture, gconstpointer data)
{
  stage_set_up (fixture, apps, G_N_ELEMENTS (apps));
}

typedef struct
{
  StageFixture *fixture;
  const char *tile, *key, *expected;
  char *value;
} Wish;

static gboolean
begins_right (gpointer data)
{
  Wish *wish = data;

  g_free (wish->value);
  wish->value = stage_wait_value (wish->fixture->stage, wish->tile, wish->key, 0);
  return wish->value != NULL && g_str_has_prefix (wish->value, wish->expected);
}

/* That what a page noted begins with @expected; (transfer full): all of it. */
static char *
wait_note (StageFixture *fixture, const char *tile, const char *key, const char *expected)
{
  Wish wish = { fixture, tile, key, expected, NULL };

  if (!stage_wait (begins_right, &wish, 20))
    g_error ("%s of %s is %s, not %s…", key, tile, wish.value, expected);
  return wish.value;
}

static void
assert_note (StageFixture *fixture, const char *tile, const char *key, const char *expected)
{
  g_free (wait_note (fixture, tile, key, expected));
}

static void
assert_says (StageFixture *fixture, const char *tile, const char *key, const char *expected, const char *part)
{
  g_autofree char *note = wait_note (fixture, tile, key, expected);

  if (strstr (note, part) == NULL)
    g_error ("%s of %s does not say “%s”: %s", key, tile, part, note);
}

static void
place_ready (StageFixture *fixture, const char *id)
{
  stage_place (fixture->stage, id);
  assert_note (fixture, id, "ready", "true");
}

static void
publish (StageFixture *fixture, const char *type, const char *json)
{
  g_autoptr (JsonNode) data = tn_json_parse (json, -1, NULL, NULL);
  g_autoptr (TnEvent) event = tn_event_new (TN_EVENT_HOST_SOURCE, type, data, NULL);

  tn_bus_publish (fixture->stage->bus, event, 0);
}

static void
test_request (StageFixture *fixture, gconstpointer data)
{
  static const char *const pupil = "com.example.pupil";

  place_ready (fixture, "com.example.math");
  assert_note (fixture, "com.example.math", "thrown", "\"TypeError\"");
  stage_place (fixture->stage, pupil);
  assert_note (fixture, pupil, "doubled", "[\"done\",42]");
  assert_says (fixture, pupil, "failed", "[-32000,", "no head for figures");
  assert_says (fixture, pupil, "late", "[-32000,", "in time");
  assert_says (fixture, pupil, "huge", "[-32000,", "262144");
  assert_says (fixture, pupil, "nobody", "[-32000,", "Nobody replies");
  assert_note (fixture, pupil, "undeclared", "[-32001,");
  assert_note (fixture, pupil, "aborted", "[\"AbortError\",\"true\"]");
}

/* Who may not reply is not asked, and who listens to the type does not hear what is asked. */
static void
test_without_permission (StageFixture *fixture, gconstpointer data)
{
  g_autofree char *overheard = NULL;

  place_ready (fixture, "com.example.rival");
  place_ready (fixture, "com.example.math");
  stage_place (fixture->stage, "com.example.pupil");
  assert_note (fixture, "com.example.pupil", "doubled", "[\"done\",42]");
  overheard = stage_wait_value (fixture->stage, "com.example.rival", "overheard", 0);
  g_assert_null (overheard);
  g_assert_cmpint (
    stage_wait_rows (fixture->stage, (TnAuditFilter){ .kind = "call.refused", .text = "math.double" }, 1), ==, 1);
}

static void
test_cycle (StageFixture *fixture, gconstpointer data)
{
  place_ready (fixture, "com.example.ping");
  stage_place (fixture->stage, "com.example.pong");
  assert_says (fixture, "com.example.pong", "game", "[-32000,", "circle");
  g_assert_cmpint (stage_wait_rows (fixture->stage, (TnAuditFilter){ .kind = "call.refused" }, 1), ==, 1);
}

static void
test_request_flood (StageFixture *fixture, gconstpointer data)
{
  place_ready (fixture, "com.example.math");
  stage_place (fixture->stage, "com.example.flooder");
  assert_note (fixture, "com.example.flooder", "flood", "[36,64]");
}

/* What a page never answers is not asked of it without end, however soon who asks gives up. */
static void
test_unanswered (StageFixture *fixture, gconstpointer data)
{
  place_ready (fixture, "com.example.math");
  stage_place (fixture->stage, "com.example.nagger");
  assert_note (fixture, "com.example.nagger", "nagged", "[64,6]");
}

/* The page that replies goes: who asked is told at once. */
static void
test_responder_ends (StageFixture *fixture, gconstpointer data)
{
  TnInstance *instance = stage_place (fixture->stage, "com.example.math");

  assert_note (fixture, "com.example.math", "ready", "true");
  stage_place (fixture->stage, "com.example.flooder");
  assert_note (fixture, "com.example.flooder", "flood", "[36,64]");
  tn_instance_stop_async (instance, NULL, NULL, NULL);
  g_assert_true (stage_wait_state (instance, TN_STATE_STOPPED, 10));
  stage_place_as (fixture->stage, "com.example.pupil", "later");
  assert_says (fixture, "later", "doubled", "[-32000,", "Nobody replies");
}

static void
test_typed (StageFixture *fixture, gconstpointer data)
{
  static const char *const tile = "com.example.typed";

  stage_place (fixture->stage, tile);
  assert_note (fixture, tile, "good", "[\"done\"");
  assert_says (fixture, tile, "bad", "[-32602,", "/id: ");
  assert_says (fixture, tile, "missing", "[-32602,", "item.done");
  assert_note (fixture, tile, "taken-back", "[\"done\"");
  assert_note (fixture, tile, "free", "[\"done\"");
  assert_note (fixture, tile, "unknown", "[-32001,");
  assert_says (fixture, tile, "large", "[-32602,", "262144");
  assert_says (fixture, tile, "deep", "[-32", "deeper than 64");
  g_assert_cmpint (stage_wait_rows (fixture->stage, (TnAuditFilter){ .kind = "call.refused" }, 3), ==, 3);
}

/* Who comes late hears what is kept, and where it asks for that, what was said before, each once and in order. */
static void
test_late (StageFixture *fixture, gconstpointer data)
{
  static const char *const tile = "com.example.latecomer";

  place_ready (fixture, "com.example.speaker");
  place_ready (fixture, tile);
  assert_note (fixture, tile, "again", "[0,1,2,3,4,\"kept\"]");
  publish (fixture, "news.state", "\"now\"");
  assert_note (fixture, tile, "kept", "[\"kept\",\"now\"]");
  assert_note (fixture, tile, "again", "[0,1,2,3,4,\"kept\",\"now\"]");
}

/* So many replays at a time and no more; who was refused one hears nothing. */
static void
test_many_replays (StageFixture *fixture, gconstpointer data)
{
  static const char *const tile = "com.example.historian";

  place_ready (fixture, "com.example.speaker");
  place_ready (fixture, tile);
  assert_note (fixture, tile, "again", "48");
  publish (fixture, "news.last", "1");
  assert_note (fixture, tile, "now", "true");
}

static void
left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = tn_bus_request_finish (TN_BUS (source), result, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (json_node_get_string (answer), ==, "left");
}

/* What the bus can get rid of now. */
static void
hand_out (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* A page that does not want any more what it was too slow for: what waited behind that comes. */
static void
test_leaver (StageFixture *fixture, gconstpointer data)
{
  static const char *const tile = "com.example.leaver";
  g_autoptr (TnEvent) leave = tn_event_new (TN_EVENT_HOST_SOURCE, "flood.leave", NULL, NULL);

  place_ready (fixture, tile);
  publish (fixture, "flood.many", "0");
  assert_note (fixture, tile, "busy", "true");
  for (guint i = 0; i < 100; i++)
    publish (fixture, "flood.many", "1");
  hand_out ();
  publish (fixture, "flood.one", "7");
  hand_out ();
  tn_bus_request_async (fixture->stage->bus, leave, 20000, NULL, left_cb, NULL);
  assert_note (fixture, tile, "one", "7");
}

/* While a page is at one event the others wait, and what is old by then gives way to what is new. */
static void
test_slow_page (StageFixture *fixture, gconstpointer data)
{
  static const char *const tile = "com.example.slow";
  g_autofree char *heard = NULL;
  g_autoptr (JsonNode) list = NULL;

  place_ready (fixture, tile);
  publish (fixture, "slow.work", "{\"id\": 1, \"n\": 0}");
  assert_note (fixture, tile, "heard", "[0");
  for (guint i = 1; i <= 500; i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"id\": 1, \"n\": %u}", i);

      publish (fixture, "slow.work", json);
    }
  publish (fixture, "slow.work", "{\"id\": 2, \"n\": 1000}");
  for (;;)
    {
      g_clear_pointer (&heard, g_free);
      heard = wait_note (fixture, tile, "heard", "[0,");
      if (g_str_has_suffix (heard, ",1000]"))
        break;
    }
  list = tn_json_parse (heard, -1, NULL, NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (list)), <=, 400);
  g_assert_nonnull (strstr (heard, ",500,1000]"));
}

/* A flood is told by its promises, every one of which settles. */
static void
test_loud_page (StageFixture *fixture, gconstpointer data)
{
  stage_place (fixture->stage, "com.example.loud");
  assert_note (fixture, "com.example.loud", "flood", "[true,4000]");
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (StageFixture *fixture, gconstpointer data);
  } tests[] = {
    { "/events/request", test_request },
    { "/events/without-permission", test_without_permission },
    { "/events/cycle", test_cycle },
    { "/events/request-flood", test_request_flood },
    { "/events/unanswered", test_unanswered },
    { "/events/responder-ends", test_responder_ends },
    { "/events/typed", test_typed },
    { "/events/late", test_late },
    { "/events/many-replays", test_many_replays },
    { "/events/leaver", test_leaver },
    { "/events/slow-page", test_slow_page },
    { "/events/loud-page", test_loud_page },
  };

  gtk_init ();
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, StageFixture, NULL, set_up, tests[i].run, stage_tear_down);
  return g_test_run ();
}
