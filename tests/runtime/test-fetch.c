/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-resolver.h"
#include "stage.h"
#include "tn-json.h"
#include "tn-instance-private.h"
#include "tn-wire.h"
#include "web.h"

#include <string.h>

#define ID "com.example.fetcher"
#define MIB (1024 * 1024)

/* A page that calls, and real servers on loopback, of which it may reach what the manifest names. */
typedef struct
{
  char *apps;
  Web *web, *secure;
  Stage *stage;
  TnInstance *instance;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->apps = g_dir_make_tmp ("tn-apps-XXXXXX", NULL);
  fixture->web = web_new (FALSE);
  fixture->secure = web_new (TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->apps);

  if (fixture->stage != NULL)
    stage_free (fixture->stage);
  web_free (fixture->web);
  web_free (fixture->secure);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (fixture->apps);
}

/* @text with @WEB@ and @TLS@, the ports, filled in; (transfer full). */
static char *
fill (Fixture *fixture, const char *text)
{
  g_autofree char *web = g_strdup_printf ("%u", fixture->web->port);
  g_autofree char *tls = g_strdup_printf ("%u", fixture->secure->port);
  g_autoptr (GString) filled = g_string_new (text);

  g_string_replace (filled, "@WEB@", web, 0);
  g_string_replace (filled, "@TLS@", tls, 0);
  return g_strdup (filled->str);
}

#define MANIFEST                                                                                                       \
  ", \"permissions\": ["                                                                                               \
  "{\"type\": \"network\", \"resource\": \"http://localhost:@WEB@/*\", \"actions\": [\"read\", \"write\", \"socket\"]},"      \
  "{\"type\": \"network\", \"resource\": \"https://localhost:@TLS@/*\", \"actions\": [\"read\"]},"                          \
  "{\"type\": \"network\", \"resource\": \"http://web.example:@WEB@/*\", \"actions\": [\"read\"]}],"                        \
  "\"security\": {\"allowedDomains\": [\"localhost\", \"web.example\", \"127.0.0.1\"]}"
#define PRELUDE                                                                                                        \
  "const here = 'http://localhost:@WEB@';"                                                                             \
  "const done = value => nexus.storage.set('done', value === undefined ? null : value);"                               \
  "const failed = e => done({code: e.code ?? null, name: e.name, message: e.message});"

/* Starts a page whose script is the body of an asynchronous function; what it returns is stored, or what it throws. */
static void
start (Fixture *fixture, const char *more, const char *script)
{
  const char *loopback[] = { "127.0.0.1", NULL };
  g_autoptr (GResolver) resolver = NULL;
  g_autofree char *manifest = fill (fixture, more);
  g_autofree char *whole = g_strconcat (PRELUDE "(async () => {", script, "})().then(done, failed);", NULL);
  g_autofree char *text = fill (fixture, whole);

  resolver = fake_resolver_new (loopback);
  stage_write_app (fixture->apps, ID, manifest, text);
  stage_write_app (fixture->apps, "com.example.other", "", "nexus.register({});");
  fixture->stage = stage_new (fixture->apps);
  tn_proxy_set_world (fixture->stage->runtime->proxy, resolver, NULL);
  fixture->instance = stage_place (fixture->stage, ID);
}

static char *
result (Fixture *fixture, const char *more, const char *script)
{
  char *value;

  start (fixture, more, script);
  value = stage_wait_value (fixture->stage, ID, "done", 30);
  g_test_message ("%s", value);
  g_assert_nonnull (value);
  return value;
}

static void
assert_result (Fixture *fixture, const char *script, const char *expected)
{
  g_autofree char *value = result (fixture, MANIFEST, script);

  g_assert_cmpstr (value, ==, expected);
}

static void
assert_failure (Fixture *fixture, const char *script, TnWireCode code, const char *part)
{
  g_autofree char *value = result (fixture, MANIFEST, script);
  g_autoptr (JsonObject) failure = tn_json_parse_object (value, -1, NULL, NULL);

  g_assert_nonnull (failure);
  g_assert_cmpint (tn_json_get_int (failure, "code", 0), ==, code);
  g_assert_nonnull (strstr (tn_json_get_string (failure, "message", ""), part));
}

static void
test_response (Fixture *fixture, gconstpointer data)
{
  assert_result (fixture,
                 "const r = await nexus.fetch(here + '/hello');"
                 "return [r instanceof Response, r.status, r.ok, r.url === here + '/hello', r.redirected,"
                 " r.headers.get('content-type'), await r.text()];",
                 "[true,200,true,true,false,\"text/plain\",\"hello\"]");
  g_assert_cmpuint (tn_runtime_get_call_metrics (fixture->stage->runtime,
                                                 tn_app_get_key (tn_instance_get_app (fixture->instance)))
                      .calls,
                    ==, 1);
}

static void
test_statuses (Fixture *fixture, gconstpointer data)
{
  assert_result (fixture,
                 "const out = [];"
                 "for (const s of [204, 404, 500, 418, 304]) {"
                 " const r = await nexus.fetch(`${here}/status?is=${s}`);"
                 " out.push(r.status, (await r.text()).length); }"
                 "const h = await nexus.fetch(here + '/hello', {method: 'HEAD'});"
                 "out.push(h.status, await h.text());"
                 "const e = await nexus.fetch(here + '/redirect?to=/hello');"
                 "out.push(e.redirected, e.url === here + '/hello');"
                 "return out;",
                 "[204,0,404,10,500,10,418,10,304,0,200,\"\",true,true]");
}

static void
test_bodies (Fixture *fixture, gconstpointer data)
{
  assert_result (
    fixture,
    "const out = [];"
    "const form = new FormData(); form.append('a', 'b');"
    "const stream = new ReadableStream({start(c) { c.enqueue(new Uint8Array([120, 121])); c.enqueue(new Uint8Array([122])); c.close(); }});"
    "for (const body of ['abc', new TextEncoder().encode('def'), new Blob(['ghi'], {type: 'text/x'}),"
    "    new URLSearchParams('a=b'), form, stream, '']) {"
    " const r = await nexus.fetch(here + '/echo', {method: 'POST', body});"
    " const [head, ...rest] = (await r.text()).split('\\n\\n');"
    " const type = /^Content-Type: ([^;\\n]*)/im.exec(head)?.[1] ?? null;"
    " const length = /^Content-Length: (.*)/im.exec(head)?.[1] ?? null;"
    " out.push(body === form ? [type, rest.join().includes('name=\"a\"')] : [type, length, rest.join()]); }"
    "return out;",
    "[[\"text/plain\",\"3\",\"abc\"],[null,\"3\",\"def\"],[\"text/x\",\"3\",\"ghi\"],"
    "[\"application/x-www-form-urlencoded\",null,\"a=b\"],[\"multipart/form-data\",true],[null,null,\"xyz\"],"
    "[\"text/plain\",\"0\",\"\"]]");
}

static void
test_headers (Fixture *fixture, gconstpointer data)
{
  assert_result (
    fixture,
    "const r = await nexus.fetch(here + '/echo', {headers: {Authorization: 'Bearer mine', 'X-Mine': 'ü'}});"
    "const text = await r.text();"
    "const own = /authorization: Bearer mine/i.test(text) && /x-mine: /i.test(text);"
    "const c = await nexus.fetch(here + '/cookie');"
    "return [own, [...c.headers.keys()].filter(n => /set-cookie|refresh|security-policy/.test(n)),"
    " c.headers.get('x-kept'), document.cookie, c.headers.get('content-security-policy')?.includes('evil') ?? false];",
    "[true,[\"content-security-policy\"],\"yes\",\"\",false]");
}

/* Said past nexus.js, by the page's own words on the channel it has: here by what the browser would never let through. */
static void
test_smuggling (Fixture *fixture, gconstpointer data)
{
  assert_result (
    fixture,
    "const names = ['Cookie', 'Host', 'Proxy-Authorization', 'Sec-Fetch-Site', 'Content-Length', 'Transfer-Encoding',"
    " 'Connection', 'Upgrade', 'Origin', 'Referer', 'X-HTTP-Method-Override', 'Nexus-Failure', 'TE', 'User-Agent'];"
    "const plain = Object.fromEntries(names.map(n => [n, 'evil']));"
    "const text = await (await nexus.fetch(here + '/echo', {headers: plain})).text();"
    "const split = await nexus.fetch(here + '/echo', {headers: {'X-A': 'b\\r\\nX-Evil: c'}}).then(() => 'sent', e => e.name);"
    "const method = await nexus.fetch(here + '/echo', {method: 'GET /echo HTTP/1.1\\r\\nX: y'}).then(() => 'sent', e => e.code);"
    "const trace = await nexus.fetch(here + '/echo', {method: 'TRACE'}).then(() => 'sent', e => e.code);"
    "return [text.includes('evil'), split, method, trace];",
    "[false,\"TypeError\",-32602,-32602]");
}

static void
test_undeclared (Fixture *fixture, gconstpointer data)
{
  assert_failure (fixture, "await nexus.fetch('https://evil.example/');", TN_WIRE_REFUSED, "evil.example");
}

static void
test_action (Fixture *fixture, gconstpointer data)
{
  assert_failure (fixture, "await nexus.fetch('https://localhost:@TLS@/echo', {method: 'DELETE'});", TN_WIRE_REFUSED,
                  "localhost");
  g_assert_cmpuint (fixture->secure->requests, ==, 0);
}

/* A name that anybody could point to this machine opens nothing of it, however exactly it is declared. */
static void
test_inside (Fixture *fixture, gconstpointer data)
{
  assert_failure (fixture, "await nexus.fetch('http://web.example:@WEB@/hello');", TN_WIRE_REFUSED, "web.example");
  g_assert_cmpuint (fixture->web->requests, ==, 0);
}

static void
test_redirect_denied (Fixture *fixture, gconstpointer data)
{
  assert_failure (fixture, "await nexus.fetch(here + '/redirect?to=http://127.0.0.1:@WEB@/hello');", TN_WIRE_REFUSED,
                  "127.0.0.1");
  g_assert_cmpuint (fixture->web->requests, ==, 1);
}

static void
test_redirect_inside (Fixture *fixture, gconstpointer data)
{
  assert_failure (fixture, "await nexus.fetch(here + '/redirect?to=http://web.example:@WEB@/hello');", TN_WIRE_REFUSED,
                  "web.example");
  g_assert_cmpuint (fixture->web->requests, ==, 1);
}

static void
test_redirect_error (Fixture *fixture, gconstpointer data)
{
  assert_failure (fixture, "await nexus.fetch(here + '/redirect?to=/hello', {redirect: 'error'});", 0, "somewhere else");
}

static void
test_self_signed (Fixture *fixture, gconstpointer data)
{
  assert_failure (fixture, "await nexus.fetch('https://localhost:@TLS@/hello');", TN_WIRE_FAILED, "localhost");
  g_assert_cmpuint (fixture->secure->requests, ==, 0);
}

static void
test_unreachable (Fixture *fixture, gconstpointer data)
{
  soup_server_disconnect (fixture->web->server);
  assert_failure (fixture, "await nexus.fetch(here + '/hello');", TN_WIRE_FAILED, "localhost");
}

static void
test_rate (Fixture *fixture, gconstpointer data)
{
  g_autofree char *value = result (
    fixture, MANIFEST ", \"resources\": {\"network\": 3}",
    "const out = []; for (let i = 0; i < 5; i++)"
    " out.push(await nexus.fetch(here + '/hello').then(r => r.status, e => e.code)); return out;");

  g_assert_cmpstr (value, ==, "[200,200,200,-32001,-32001]");
  g_assert_cmpuint (fixture->web->requests, ==, 3);
  g_assert_cmpuint (fixture->instance->traffic.refused[TN_LIMIT_NETWORK], ==, 2);
}

static void
test_calls (Fixture *fixture, gconstpointer data)
{
  g_autofree char *value = result (
    fixture, MANIFEST ", \"resources\": {\"apiCalls\": 2}",
    "const out = []; for (let i = 0; i < 3; i++)"
    " out.push(await nexus.fetch(here + '/hello').then(r => r.status, e => e.code)); return out;");

  g_assert_cmpstr (value, ==, "[200,200,-32002]");
  g_assert_cmpuint (fixture->instance->traffic.refused[TN_LIMIT_API_CALLS], ==, 1);
}

static TnUsage
sum_usage (TnInstance *instance)
{
  return tn_history_sum (tn_instance_get_history (instance), TN_SPAN_SECOND, TN_HISTORY_LENGTH);
}

static gboolean
has_all_calls (gpointer instance)
{
  return sum_usage (instance).calls >= 4;
}

/* What it did is in the columns of the monitor: a megabyte down, some up, and one call that nobody answered. */
static void
test_usage (Fixture *fixture, gconstpointer data)
{
  TnUsage usage;
  g_autofree char *value = result (
    fixture, MANIFEST ", \"resources\": {\"network\": 50}",
    "await (await nexus.fetch(here + '/big?mib=1')).arrayBuffer();"
    "await (await nexus.fetch(here + '/sink', {method: 'POST', body: new Uint8Array(100000)})).text();"
    "await nexus.fetch('https://localhost:@TLS@/hello').catch(() => 0);"
    "const s = await nexus.socket('ws://localhost:@WEB@/socket', () => {}); await s.send('x'.repeat(50000)); return 1;");

  g_assert_cmpstr (value, ==, "1");
  g_assert_true (stage_wait (has_all_calls, fixture->instance, 20));
  usage = sum_usage (fixture->instance);
  g_assert_cmpfloat (usage.calls, ==, 4);
  g_assert_cmpfloat (usage.requests, ==, 4);
  g_assert_cmpfloat (usage.failures, ==, 1);
  g_assert_cmpfloat (usage.received_kib, >=, 1024);
  g_assert_cmpfloat (usage.sent_kib, >=, 150000 / 1024.0);
  g_assert_cmpfloat (usage.sent_kib, <, 200);
}

/* The person's word counts for a page that runs already. */
static void
test_limit_moves (Fixture *fixture, gconstpointer data)
{
  g_autofree char *value = NULL;
  TnLimits *limits;

  start (fixture, MANIFEST ", \"resources\": {\"network\": 2}",
         "const ask = () => nexus.fetch(here + '/hello').then(r => r.status, e => e.code);"
         "const first = [await ask(), await ask(), await ask()]; await nexus.storage.set('asked', first);"
         "while (await ask() !== 200) await new Promise(r => setTimeout(r, 100)); return first;");
  value = stage_wait_value (fixture->stage, ID, "asked", 30);
  g_assert_cmpstr (value, ==, "[200,200,-32001]");
  limits = tn_runtime_get_limits (fixture->stage->runtime);
  tn_limits_set (limits, tn_instance_get_app (fixture->instance), TN_LIMIT_NETWORK, 600);
  tn_limits_set (limits, tn_instance_get_app (fixture->instance), TN_LIMIT_API_CALLS, 100000);
  g_free (value);
  value = stage_wait_value (fixture->stage, ID, "done", 5);
  g_assert_cmpstr (value, ==, "[200,200,-32001]");
}

static void
test_quota (Fixture *fixture, gconstpointer data)
{
  g_autofree char *value = result (
    fixture, MANIFEST ", \"resources\": {\"bytes\": 2}",
    "const first = await nexus.fetch(here + '/big?mib=1').then(r => r.arrayBuffer()).then(b => b.byteLength);"
    "const second = await nexus.fetch(here + '/big?mib=5').then(r => r.arrayBuffer()).then(b => b.byteLength, e => e.name);"
    "const up = await nexus.fetch(here + '/sink', {method: 'POST', body: new Uint8Array(2000000)})"
    " .then(r => r.text(), e => e.code);"
    "return [first, second, up];");

  g_assert_cmpstr (value, ==, "[1048576,\"TypeError\",-32001]");
  g_assert_cmpuint (fixture->instance->traffic.refused[TN_LIMIT_BYTES], ==, 2);
}

/* The day's bytes outlast the program. */
static void
test_quota_kept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *value
    = result (fixture, MANIFEST, "return (await (await nexus.fetch(here + '/big?mib=1')).arrayBuffer()).byteLength;");
  g_autoptr (TnProxy) later = NULL;
  TnApp *app = tn_instance_get_app (fixture->instance);
  TnBook *book;

  tn_proxy_save (fixture->stage->runtime->proxy);
  later = tn_proxy_new (fixture->stage->store, fixture->stage->runtime->limits);
  book = tn_proxy_open_book (later, app);
  while (book->quota.used == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (book->quota.used, ==, MIB);
}

static gboolean
was_given_up (gpointer data)
{
  return ((Web *) data)->ended > 0;
}

static gboolean
was_asked (gpointer data)
{
  return ((Web *) data)->requests > 0;
}

static void
test_abort (Fixture *fixture, gconstpointer data)
{
  assert_result (fixture,
                 "const before = new AbortController(), while_ = new AbortController(), late = new AbortController();"
                 "before.abort();"
                 "const a = await nexus.fetch(here + '/hello', {signal: before.signal}).catch(e => e.name);"
                 "setTimeout(() => while_.abort(), 300);"
                 "const b = await nexus.fetch(here + '/silence', {signal: while_.signal}).catch(e => e.name);"
                 "const r = await nexus.fetch(here + '/drip', {signal: late.signal});"
                 "setTimeout(() => late.abort(), 300);"
                 "const c = await r.text().catch(e => e.name);"
                 "return [a, b, c];",
                 "[\"AbortError\",\"AbortError\",\"AbortError\"]");
  g_assert_true (stage_wait (was_given_up, fixture->web, 10));
  g_assert_cmpuint (g_hash_table_size (fixture->instance->transfers), ==, 0);
}

static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  start (fixture, MANIFEST, "await (await nexus.fetch(here + '/drip')).text();");
  g_assert_true (stage_wait (was_asked, fixture->web, 20));
  tn_instance_restart (fixture->instance);
  g_assert_true (stage_wait (was_given_up, fixture->web, 10));
}

/* The person says no to the first permission, which is the one for the plain server. */
static void
take_back (Fixture *fixture)
{
  TnApp *app = tn_instance_get_app (fixture->instance);
  gsize n;

  tn_policy_answer (fixture->stage->policy, tn_app_get_key (app),
                    tn_manifest_get_permissions (tn_app_get_manifest (app), &n), TN_ANSWER_NEVER);
}

static void
test_taken_back (Fixture *fixture, gconstpointer data)
{
  g_autofree char *value = NULL;
  g_autoptr (JsonObject) failure = NULL;

  start (fixture, MANIFEST, "await nexus.fetch(here + '/silence');");
  g_assert_true (stage_wait (was_asked, fixture->web, 20));
  take_back (fixture);
  value = stage_wait_value (fixture->stage, ID, "done", 10);
  failure = tn_json_parse_object (value, -1, NULL, NULL);
  g_assert_cmpint (tn_json_get_int (failure, "code", 0), ==, TN_WIRE_REFUSED);
  g_assert_true (stage_wait (was_given_up, fixture->web, 10));
}

static gsize
resident_mib (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/statm", pid);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return g_ascii_strtoull (strchr (text, ' '), NULL, 10) * sysconf (_SC_PAGESIZE) / MIB;
}

static void
test_big (Fixture *fixture, gconstpointer data)
{
  gsize before;
  g_autofree char *value = NULL;

  start (fixture, MANIFEST ", \"resources\": {\"bytes\": 500}",
         "await new Promise(r => setTimeout(r, 500));"
         "const reader = (await nexus.fetch(here + '/big?mib=100')).body.getReader(); let n = 0;"
         "for (let {done, value} = await reader.read(); !done; {done, value} = await reader.read()) n += value.length;"
         "let left = 100; const chunk = new Uint8Array(1048576);"
         "const body = new ReadableStream({pull(c) { if (left-- > 0) c.enqueue(chunk); else c.close(); }});"
         "const up = await (await nexus.fetch(here + '/sink', {method: 'POST', body})).text();"
         "return [n, up];");
  g_assert_true (stage_wait_state (fixture->instance, TN_STATE_RUNNING, 20));
  before = resident_mib (getpid ());
  value = stage_wait_value (fixture->stage, ID, "done", 60);
  g_assert_cmpstr (value, ==, "[104857600,\"104857600\"]");
  g_assert_cmpuint (resident_mib (getpid ()), <, before + 50);
}

static void
test_cache (Fixture *fixture, gconstpointer data)
{
  assert_result (fixture,
                 "const out = []; for (const path of ['/etag', '/etag', '/fresh', '/fresh'])"
                 " out.push(await (await nexus.fetch(here + path)).text()); return out;",
                 "[\"marked\",\"marked\",\"fresh\",\"fresh\"]");
  g_assert_cmpuint (fixture->web->requests, ==, 3);
}

static void
test_retry (Fixture *fixture, gconstpointer data)
{
  assert_result (fixture, "return await (await nexus.fetch(here + '/flaky?times=2&after=0')).text();", "\"at last\"");
}

static void
test_socket (Fixture *fixture, gconstpointer data)
{
  assert_result (
    fixture,
    "const heard = []; let wake; const all = new Promise(r => { wake = r; });"
    "const s = await nexus.socket('ws://localhost:@WEB@/socket', m => {"
    " heard.push(typeof m === 'string' ? m : [...m]); if (heard.length === 3) wake(); });"
    "await s.send('grüß'); await s.send(new Uint8Array([0, 255])); await s.send(new Uint16Array([1, 2, 3]).subarray(1, 2));"
    "await all; await s.close(3001, 'enough');"
    "const end = await s.closed; const late = await s.send('x').catch(e => e.code);"
    "return [heard, s.protocol, end, late];",
    "[[\"grüß\",[0,255],[2,0]],\"\",{\"code\":3001,\"reason\":\"enough\"},-32000]");
  g_assert_cmpuint (g_hash_table_size (fixture->instance->sockets), ==, 0);
}

static void
test_socket_refused (Fixture *fixture, gconstpointer data)
{
  assert_result (
    fixture,
    "const out = [];"
    "for (const url of ['ws://evil.example/', 'ws://web.example:@WEB@/socket', 'http://localhost:@WEB@/', 'wss://localhost:@TLS@/socket',"
    "  'ws://localhost:@WEB@/hello', 'ws://localhost:@WEB@/redirect?to=/socket'])"
    " out.push(await nexus.socket(url, () => {}).then(() => 'open', e => e.code));"
    "return out;",
    "[-32001,-32001,-32602,-32001,-32000,-32000]");
}

/* Much comes while the page is slow; all of it comes in the end. */
static void
test_socket_slow (Fixture *fixture, gconstpointer data)
{
  assert_result (
    fixture,
    "let n = 0, wake; const all = new Promise(r => { wake = r; });"
    "const s = await nexus.socket('ws://localhost:@WEB@/socket', async m => {"
    " await new Promise(r => setTimeout(r, 1)); n += m.length; if (n === 5000000) wake(); });"
    "const message = 'x'.repeat(100000);"
    "for (let i = 0; i < 50; i++) await s.send(message);"
    "await all; return n;",
    "5000000");
}

static void
test_socket_taken_back (Fixture *fixture, gconstpointer data)
{
  g_autofree char *value = NULL;

  start (fixture, MANIFEST, "return (await nexus.socket('ws://localhost:@WEB@/socket', () => {})).closed;");
  g_assert_true (stage_wait (was_asked, fixture->web, 20));
  stage_wait_state (fixture->instance, TN_STATE_RUNNING, 20);
  take_back (fixture);
  value = stage_wait_value (fixture->stage, ID, "done", 10);
  g_assert_nonnull (value);
  g_assert_cmpuint (g_hash_table_size (fixture->instance->sockets), ==, 0);
}

/* What a page sees of an address of another's, or of its own that it has used. */
static void
try_address (TnInstance *instance, const char *name)
{
  g_autofree char *body = g_strdup_printf (
    "const out = [];"
    "for (const folder of ['body', 'up']) for (const method of ['GET', 'PUT', 'DELETE'])"
    " for (const headers of [{}, {'Nexus-Fetch': '1'}])"
    "  out.push((await fetch(`/.nexus/${folder}/%s`, {method, headers, body: method === 'PUT' ? 'x' : undefined})).status);"
    "await nexus.storage.set('tried', out);",
    name);

  webkit_web_view_call_async_javascript_function (tn_instance_get_view (instance), body, -1, NULL, NULL, NULL, NULL, NULL,
                                                  NULL);
}

static void
test_addresses (Fixture *fixture, gconstpointer data)
{
  const char *nothing = "[404,404,404,404,404,404,404,404,404,404,404,404]";
  g_autofree char *mine = NULL, *others = NULL, *name = NULL;
  g_autoptr (GList) names = NULL;
  TnInstance *other;

  start (fixture, MANIFEST, "await (await nexus.fetch(here + '/drip')).body.getReader().read(); return 'begun';");
  mine = stage_wait_value (fixture->stage, ID, "done", 20);
  g_assert_cmpstr (mine, ==, "\"begun\"");
  names = g_hash_table_get_keys (fixture->instance->transfers);
  g_assert_cmpuint (g_list_length (names), ==, 1);
  name = g_strdup (names->data);
  other = stage_place (fixture->stage, "com.example.other");
  g_assert_true (stage_wait_state (other, TN_STATE_RUNNING, 20));
  try_address (other, name);
  others = stage_wait_value (fixture->stage, "com.example.other", "tried", 10);
  g_assert_cmpstr (others, ==, nothing);
  try_address (fixture->instance, name);
  g_free (mine);
  mine = stage_wait_value (fixture->stage, ID, "tried", 10);
  g_assert_cmpstr (mine, ==, nothing);
}

/* An address that waits to be fetched is nothing to scripts, frames and styles: what came from the network is data. */
static void
test_never_runs (Fixture *fixture, gconstpointer data)
{
  assert_result (
    fixture,
    "const out = [];"
    "const element = (tag, more) => new Promise(r => { const e = Object.assign(document.createElement(tag), more);"
    " e.onload = () => r('loaded'); e.onerror = () => r('refused'); setTimeout(() => r('silent'), 500);"
    " document.head.append(e); });"
    "const text = await (await nexus.fetch(here + '/type?is=text/javascript')).text();"
    "const src = URL.createObjectURL(new Blob([text], {type: 'text/javascript'}));"
    "out.push(await element('script', {src}), await import(src).then(() => 'loaded', () => 'refused'));"
    "for (const path of ['/.nexus/body/x', '/.nexus/', '/.nexus'])"
    " out.push(await element('script', {src: path}), (await fetch(path, {headers: {'Nexus-Fetch': '1'}})).status);"
    "out.push(typeof globalThis.broughtIn); return out;",
    "[\"refused\",\"refused\",\"refused\",404,\"refused\",404,\"refused\",404,\"undefined\"]");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/fetch/response", test_response);
  ADD ("/fetch/statuses", test_statuses);
  ADD ("/fetch/bodies", test_bodies);
  ADD ("/fetch/headers", test_headers);
  ADD ("/fetch/smuggling", test_smuggling);
  ADD ("/fetch/undeclared", test_undeclared);
  ADD ("/fetch/action", test_action);
  ADD ("/fetch/inside", test_inside);
  ADD ("/fetch/redirect-denied", test_redirect_denied);
  ADD ("/fetch/redirect-inside", test_redirect_inside);
  ADD ("/fetch/redirect-error", test_redirect_error);
  ADD ("/fetch/self-signed", test_self_signed);
  ADD ("/fetch/unreachable", test_unreachable);
  ADD ("/fetch/rate", test_rate);
  ADD ("/fetch/calls", test_calls);
  ADD ("/fetch/usage", test_usage);
  ADD ("/fetch/limit-moves", test_limit_moves);
  ADD ("/fetch/quota", test_quota);
  ADD ("/fetch/quota-kept", test_quota_kept);
  ADD ("/fetch/abort", test_abort);
  ADD ("/fetch/stopped", test_stopped);
  ADD ("/fetch/taken-back", test_taken_back);
  ADD ("/fetch/big", test_big);
  ADD ("/fetch/cache", test_cache);
  ADD ("/fetch/retry", test_retry);
  ADD ("/fetch/socket", test_socket);
  ADD ("/fetch/socket-refused", test_socket_refused);
  ADD ("/fetch/socket-slow", test_socket_slow);
  ADD ("/fetch/socket-taken-back", test_socket_taken_back);
  ADD ("/fetch/addresses", test_addresses);
  ADD ("/fetch/never-runs", test_never_runs);
  return g_test_run ();
}
