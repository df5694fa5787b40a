/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desktop.h"
#include "fake-portal.h"
#include "stage.h"
#include "tn-instance-private.h"

#define ID "com.example.wisher"

typedef struct
{
  char *apps;
  Stage *stage;
  FakeDesktop *desktop;
  TnInstance *instance;
} Fixture;

#define API(name, action) "{\"type\": \"api\", \"resource\": \"" name "\", \"actions\": [\"" action "\"]}"
#define ALL                                                                                                            \
  ", \"permissions\": [" API ("notifications", "write") "," API ("clipboard", "write") "," API ("open-link", "write")   \
  "," API ("geolocation", "read") ", {\"type\": \"api\", \"resource\": \"files\", \"actions\": [\"read\", \"write\"]},"   \
  API ("system", "read") "]"

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->apps = g_dir_make_tmp ("tn-apps-XXXXXX", NULL);
  fixture->desktop = fake_desktop_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->apps);

  stage_free (fixture->stage);
  g_object_unref (fixture->desktop);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (fixture->apps);
}

static gboolean
has_begun (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *value = stage_wait_value (fixture->stage, ID, "begun", 0);

  return value != NULL;
}

/* Runs @script when the page loads, or, with @click, after a click in it. */
static void
start (Fixture *fixture, const char *more, gboolean click, const char *script)
{
  g_autofree char *whole = g_strdup_printf (
    "const run = () => (async () => { nexus.storage.set('begun', true); %s})().then(v => nexus.storage.set('done', v ?? null), e => nexus.storage.set('done', e.code ?? e.message));"
    "%s; nexus.register({});",
    script, click ? "addEventListener('click', run, {once: true})" : "run()");

  stage_write_app (fixture->apps, ID, more, whole);
  fixture->stage = stage_new (fixture->apps);
  tn_runtime_set_platform (fixture->stage->runtime, TN_PLATFORM (fixture->desktop));
  fixture->instance = stage_place (fixture->stage, ID);
  g_assert_true (stage_wait_state (fixture->instance, TN_STATE_RUNNING, 20));
  for (guint i = 0; click && i < 10 && !stage_wait (has_begun, fixture, 1); i++)
    stage_click (fixture->stage, fixture->instance);
}

/* What it returned, or threw. */
static char *
get_result (Fixture *fixture)
{
  return stage_wait_value (fixture->stage, ID, "done", 20);
}

static char *
result (Fixture *fixture, const char *more, gboolean click, const char *script)
{
  start (fixture, more, click, script);
  return get_result (fixture);
}

static void
take_back (Fixture *fixture, const char *resource)
{
  TnApp *app = tn_instance_get_app (fixture->instance);
  gsize n;
  const TnPermission *permissions = tn_manifest_get_permissions (tn_app_get_manifest (app), &n);

  for (gsize i = 0; i < n; i++)
    if (g_str_equal (permissions[i].resource, resource))
      tn_policy_revoke (fixture->stage->policy, tn_app_get_key (app), &permissions[i]);
}

static void
test_notify (Fixture *fixture, gconstpointer data)
{
  g_autofree char *value = result (fixture, ALL, FALSE,
                                   "await nexus.notify('Tea', {body: 'is ready'}); "
                                   "return [await nexus.notify('').catch(e => e.code),"
                                   " await nexus.notify('x'.repeat(201)).catch(e => e.code)];");

  g_assert_cmpstr (value, ==, "[-32602,-32602]");
  g_assert_cmpstr (fixture->desktop->log->str, ==, "notify " ID " Tea is ready;");
}

static void
test_undeclared (Fixture *fixture, gconstpointer data)
{
  g_autofree char *value = result (
    fixture, "", TRUE,
    "const out = []; for (const f of [() => nexus.notify('a'), () => nexus.clipboard.write('a'),"
    " () => nexus.openLink('https://a.example/'), () => nexus.files.open(), () => nexus.files.save('a', 'b'),"
    " () => nexus.system.info(), () => nexus.geolocation.get()]) out.push(await f().catch(e => e.code)); return out;");

  g_assert_cmpstr (value, ==, "[-32001,-32001,-32001,-32001,-32001,-32001,-32001]");
  g_assert_cmpstr (fixture->desktop->log->str, ==, "");
}

/* What opens a dialog or replaces the clipboard waits for the person to begin. */
static void
test_unclicked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *value = result (
    fixture, ALL, FALSE,
    "const out = []; for (const f of [() => nexus.clipboard.write('a'), () => nexus.openLink('https://a.example/'),"
    " () => nexus.files.open(), () => nexus.files.save('a', 'b')]) out.push(await f().catch(e => e.code)); return out;");

  g_assert_cmpstr (value, ==, "[-32001,-32001,-32001,-32001]");
  g_assert_cmpstr (fixture->desktop->log->str, ==, "");
}

static void
test_clicked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *value = result (
    fixture, ALL, TRUE,
    "await nexus.clipboard.write('mine');"
    "return [await nexus.openLink('https://a.example/b?c#d\\u202e%20#e'), await nexus.openLink('javascript:alert(1)').catch(e => e.code),"
    " await nexus.openLink('file:///etc/passwd').catch(e => e.code), await nexus.files.open()];");

  g_assert_cmpstr (value, ==, "[false,-32602,-32602,null]");
  g_assert_cmpstr (fixture->desktop->log->str, ==, "copy mine;link https://a.example/b?c#d%E2%80%AE%20%23e;open any;");
}

static void
test_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->apps, "note.txt", NULL);
  g_autofree char *value = NULL, *kept = NULL;

  g_file_set_contents (path, "what was there", -1, NULL);
  fixture->desktop->file = g_file_new_for_path (path);
  value = result (fixture, ALL, TRUE,
                  "const f = await nexus.files.open(); const text = await f.text();"
                  "const saved = await nexus.files.save('new.txt', new Blob(['what is', ' now']));"
                  "const bad = await nexus.files.save('../new.txt', 'x').catch(e => e.code);"
                  "return [f.name, text, saved, bad];");
  g_assert_cmpstr (value, ==, "[\"note.txt\",\"what was there\",true,-32602]");
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "what is now");
  g_assert_cmpstr (fixture->desktop->log->str, ==, "open any;save new.txt;");
}

/* Whatever the page asks for while the person is at one of its windows. */
static void
test_one_window (Fixture *fixture, gconstpointer data)
{
  g_autofree char *second = NULL, *value = NULL;

  fixture->desktop->slow = TRUE;
  start (fixture, ALL, TRUE,
         "const first = nexus.openLink('https://a.example/');"
         "await nexus.storage.set('second', [await nexus.files.open().catch(e => e.code),"
         " await nexus.files.save('a', 'b').catch(e => e.code), await nexus.openLink('https://b.example/').catch(e => e.code)]);"
         "return first;");
  second = stage_wait_value (fixture->stage, ID, "second", 20);
  g_assert_cmpstr (second, ==, "[-32001,-32001,-32001]");
  g_assert_cmpstr (fixture->desktop->log->str, ==, "link https://a.example/;");
  fake_desktop_close (fixture->desktop);
  value = get_result (fixture);
  g_assert_cmpstr (value, ==, "false");
}

/* The folder that files are saved to in a test, with a file in it that was there before. */
static char *
make_place (Fixture *fixture, const char *before)
{
  g_autofree char *folder = g_build_filename (fixture->apps, "saved", NULL);
  char *path = g_build_filename (folder, "file", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  if (before != NULL)
    g_assert_true (g_file_set_contents (path, before, -1, NULL));
  fixture->desktop->file = g_file_new_for_path (path);
  return path;
}

/* That and nothing else: also what was half written is gone. */
typedef struct
{
  const char *path;
  const char *text; /* nullable: no file at all */
} Expected;

static gboolean
is_all_there_is (gpointer data)
{
  Expected *expected = data;
  g_autofree char *folder = g_path_get_dirname (expected->path), *text = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *first = g_dir_read_name (dir), *second = first != NULL ? g_dir_read_name (dir) : NULL;

  g_file_get_contents (expected->path, &text, NULL, NULL);
  return second == NULL && (first == NULL) == (expected->text == NULL) && g_strcmp0 (text, expected->text) == 0;
}

static void
assert_all_there_is (const char *path, const char *text)
{
  Expected expected = { path, text };

  g_assert_true (stage_wait (is_all_there_is, &expected, 20));
}

static void
test_save_large (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = make_place (fixture, "short");
  g_autofree char *large = g_strnfill (3 * 1024 * 1024 + 7, 'b');
  g_autofree char *value
    = result (fixture, ALL, TRUE, "return nexus.files.save('large', new Blob(['b'.repeat(3 * 1024 * 1024 + 7)]));");

  g_assert_cmpstr (value, ==, "true");
  assert_all_there_is (path, large);
  g_assert_cmpuint (g_hash_table_size (fixture->instance->saves), ==, 0);
}

#define BROKEN                                                                                                         \
  "let n = 0; const body = new ReadableStream({pull(c) {"                                                              \
  " if (n++ < 2) c.enqueue(new Uint8Array(600000)); else throw new Error('broken'); }}, {highWaterMark: 0});"          \
  "return nexus.files.save('half', body);"

/* What is not whole is not there, and what was there before stays. */
static void
test_save_broken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = make_place (fixture, "before");
  g_autofree char *value = result (fixture, ALL, TRUE, BROKEN);

  g_assert_cmpstr (value, ==, "\"broken\"");
  assert_all_there_is (path, "before");
}

static void
test_save_broken_new (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = make_place (fixture, NULL);
  g_autofree char *value = result (fixture, ALL, TRUE, BROKEN);

  g_assert_cmpstr (value, ==, "\"broken\"");
  assert_all_there_is (path, NULL);
}

static void
test_save_nowhere (Fixture *fixture, gconstpointer data)
{
  g_autofree char *value = NULL;

  fixture->desktop->file = g_file_new_for_path ("/proc/nothing/here");
  value = result (fixture, ALL, TRUE, "return nexus.files.save('a', 'b').catch(e => [e.code, e.message.length > 20]);");
  g_assert_cmpstr (value, ==, "[-32000,true]");
}

static void
test_save_taken_back (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = make_place (fixture, "before"), *half = NULL, *value = NULL;

  start (fixture, ALL, TRUE,
         "let n = 0; const wish = {type: 'api', resource: 'files', action: 'write'};"
         "const body = new ReadableStream({async pull(c) {"
         " if (n++ === 1) { await nexus.storage.set('half', true);"
         "  while (await nexus.permissions.query(wish) === 'granted') await new Promise(r => setTimeout(r, 20)); }"
         " c.enqueue(new Uint8Array(600000)); }}, {highWaterMark: 0});"
         "return nexus.files.save('half', body).catch(e => [e.code, e.message]);");
  half = stage_wait_value (fixture->stage, ID, "half", 20);
  g_assert_cmpstr (half, ==, "true");
  take_back (fixture, "files");
  value = get_result (fixture);
  g_assert_cmpstr (value, ==, "[-32001,\"The permission was taken back\"]");
  assert_all_there_is (path, "before");
}

/* The page goes in the middle. */
static void
test_save_gone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = make_place (fixture, "before"), *half = NULL;

  start (fixture, ALL, TRUE,
         "let n = 0; const body = new ReadableStream({async pull(c) {"
         " if (n++ === 2) { await nexus.storage.set('half', true); await new Promise(() => {}); }"
         " c.enqueue(new Uint8Array(600000)); }}, {highWaterMark: 0});"
         "return nexus.files.save('half', body);");
  half = stage_wait_value (fixture->stage, ID, "half", 20);
  g_assert_cmpstr (half, ==, "true");
  g_assert_cmpuint (g_hash_table_size (fixture->instance->saves), ==, 1);
  tn_instance_end (fixture->instance);
  g_assert_true (stage_wait_state (fixture->instance, TN_STATE_TROUBLED, 20));
  assert_all_there_is (path, "before");
}

static void
test_place (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FakePortal) portal = fake_portal_new (FAKE_PORTAL_TELLS, NULL);
  g_autofree char *value
    = result (fixture, ALL, FALSE,
              "return [await nexus.geolocation.get(), await nexus.geolocation.get({accuracy: 'mine'}).catch(e => e.code),"
              " await nexus.geolocation.get({timeout: 1e9}).catch(e => e.code),"
              " await new Promise(r => navigator.geolocation ? navigator.geolocation.getCurrentPosition(() => r('got it'),"
              "  e => r('denied')) : r('denied'))];");

  g_assert_cmpstr (value, ==, "[{\"latitude\":52.5,\"longitude\":13.4,\"accuracy\":1000,"
                              "\"time\":\"2023-11-14T22:13:20.500Z\"},-32602,-32602,\"denied\"]");
  g_assert_cmpstr (fake_portal_get_log (portal), ==, "CreateSession 2;Start;Close;");
}

static gboolean
is_asked (gpointer portal)
{
  return g_str_equal (fake_portal_get_log (portal), "CreateSession 5;Start;");
}

static gboolean
is_ended (gpointer portal)
{
  return g_str_equal (fake_portal_get_log (portal), "CreateSession 5;Start;Close;");
}

#define EXACT "return nexus.geolocation.get({accuracy: 'exact'}).catch(e => [e.code, e.message]);"

static void
test_place_taken_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FakePortal) portal = fake_portal_new (FAKE_PORTAL_SILENT, NULL);
  g_autofree char *value = NULL;

  start (fixture, ALL, FALSE, EXACT);
  g_assert_true (stage_wait (is_asked, portal, 20));
  take_back (fixture, "geolocation");
  value = get_result (fixture);
  g_assert_cmpstr (value, ==, "[-32001,\"The permission was taken back\"]");
  g_assert_true (stage_wait (is_ended, portal, 20));
}

static void
test_place_page_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FakePortal) portal = fake_portal_new (FAKE_PORTAL_SILENT, NULL);

  start (fixture, ALL, FALSE, EXACT);
  g_assert_true (stage_wait (is_asked, portal, 20));
  tn_instance_end (fixture->instance);
  g_assert_true (stage_wait (is_ended, portal, 20));
}

static void
test_no_place (Fixture *fixture, gconstpointer data)
{
  g_autofree char *value = result (fixture, ALL, FALSE, EXACT);

  g_assert_cmpstr (value, ==, "[-32000,\"This desktop has no location service that apps can ask\"]");
}

static void
test_system (Fixture *fixture, gconstpointer data)
{
  g_autofree char *value = result (fixture, ALL, FALSE, "return Object.keys(await nexus.system.info()).sort();");

  g_assert_cmpstr (value, ==, "[\"language\",\"os\",\"osVersion\",\"version\"]");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/platform/notify", test_notify);
  ADD ("/platform/undeclared", test_undeclared);
  ADD ("/platform/unclicked", test_unclicked);
  ADD ("/platform/clicked", test_clicked);
  ADD ("/platform/files", test_files);
  ADD ("/platform/one-window", test_one_window);
  ADD ("/platform/save/large", test_save_large);
  ADD ("/platform/save/broken", test_save_broken);
  ADD ("/platform/save/broken-new", test_save_broken_new);
  ADD ("/platform/save/nowhere", test_save_nowhere);
  ADD ("/platform/save/taken-back", test_save_taken_back);
  ADD ("/platform/save/gone", test_save_gone);
  ADD ("/platform/place", test_place);
  ADD ("/platform/place/taken-back", test_place_taken_back);
  ADD ("/platform/place/page-gone", test_place_page_gone);
  ADD ("/platform/place/none", test_no_place);
  ADD ("/platform/system", test_system);
  return g_test_run ();
}
