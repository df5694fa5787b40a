/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desktop.h"
#include "pack.h"
#include "stage.h"
#include "tn-handed.h"
#include "tn-json.h"

#include <glib/gstdio.h>
#include <string.h>
#include <webkit/webkit.h>

/* A .xdc as its author packed it, in real web processes: the whole of window.webxdc, and what it does with pages that
 * mean no good. */

#define SECONDS 20

/* It brings a webxdc.js of its own, as none should; raw.html speaks to the host without the host's. */
static const PackEntry whole[] = {
  { '0', "index.html",
    "<!doctype html><title>Whole</title><script src=\"webxdc.js\"></script><script>\n"
    "const got = [], data = [];\n"
    "const serials = () => got.map(u => u.serial + ':' + JSON.stringify(u.payload)).join(' ');\n"
    "const caught = async f => { try { await f(); return 'done'; } catch (e) { return e.constructor.name; } };\n"
    "</script>" },
  { '0', "raw.html",
    "<!doctype html><title>Raw</title><script>\n"
    "const channel = document.createElement('i'), waiting = new Map(); let last = 0;\n"
    "channel.addEventListener('down', e => { const m = JSON.parse(e.detail);\n"
    "  if (m.ask) channel.dispatchEvent(new CustomEvent('up', {detail: JSON.stringify({answer: m.ask, result: {ok: 1}})}));\n"
    "  else waiting.get(m.id)(m.error ? m.error.code : m.result); });\n"
    "document.dispatchEvent(new FocusEvent('nexus-hello', {relatedTarget: channel}));\n"
    "const call = (method, params) => new Promise(r => { waiting.set(++last, r);\n"
    "  channel.dispatchEvent(new CustomEvent('up', {detail: JSON.stringify({id: last, method, params})})); });\n"
    "</script>" },
  { '0', "webxdc.js", "window.fake = true;" },
  { '0', "manifest.toml", "name = \"Whole\"\nsource_code_url = \"https://example.org/whole\"\n" },
};

static const PackEntry plain[] = { { '0', "index.html", "<!doctype html><title>Plain</title>" } };

typedef struct
{
  char *folder, *apps, *whole, *plain;
  Stage *stage;
  FakeDesktop *desktop;
  GString *notices;
} Fixture;

/* (transfer full): the app's id */
static char *
add_app (Fixture *f, const char *name, const PackEntry *entries, gsize n)
{
  g_autoptr (GBytes) bytes = pack_zip (entries, n);
  g_autofree char *path = pack_write_bytes (f->folder, name, bytes);
  g_autofree char *place = g_strconcat (f->apps, "/", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnApp) app = NULL;

  g_assert_cmpint (g_mkdir_with_parents (place, 0700), ==, 0);
  g_assert_true (tn_handed_unpack (path, place, NULL, &error));
  g_assert_no_error (error);
  app = tn_app_load ("test", place);
  return g_strdup (tn_app_get_id (app));
}

static void
notice_cb (TnRuntime *runtime, TnInstance *instance, const char *text, Fixture *f)
{
  g_string_append_printf (f->notices, "%s: %s;", tn_instance_get_tile_id (instance), text);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = pack_make_folder ();
  f->apps = g_build_filename (f->folder, "apps", NULL);
  f->whole = add_app (f, "whole.xdc", whole, G_N_ELEMENTS (whole));
  f->plain = add_app (f, "plain.xdc", plain, G_N_ELEMENTS (plain));
  f->stage = stage_new (f->apps);
  f->desktop = fake_desktop_new ();
  f->notices = g_string_new (NULL);
  tn_runtime_set_platform (f->stage->runtime, TN_PLATFORM (f->desktop));
  g_signal_connect (f->stage->runtime, "notice", G_CALLBACK (notice_cb), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  stage_free (f->stage);
  g_object_unref (f->desktop);
  g_string_free (f->notices, TRUE);
  pack_remove_folder (f->folder);
  g_free (f->apps);
  g_free (f->whole);
  g_free (f->plain);
}

static TnInstance *
place (Fixture *f, const char *tile)
{
  TnInstance *instance = stage_place_as (f->stage, f->whole, tile);

  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, SECONDS));
  return instance;
}

typedef struct
{
  TnInstance *instance;
  gint64 before;
} Restart;

static gboolean
is_back (gpointer data)
{
  Restart *restart = data;

  return tn_instance_get_state (restart->instance) == TN_STATE_RUNNING
         && tn_instance_get_mounted_us (restart->instance) > restart->before;
}

static void
restart (TnInstance *instance)
{
  Restart wish = { instance, tn_instance_get_mounted_us (instance) };

  tn_instance_restart (instance);
  g_assert_true (stage_wait (is_back, &wish, SECONDS));
}

typedef struct
{
  gboolean done;
  char *text;
} Said;

static void
said_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Said *said = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value
    = webkit_web_view_call_async_javascript_function_finish (WEBKIT_WEB_VIEW (source), result, &error);

  said->text = value != NULL ? jsc_value_to_string (value) : g_strdup (error->message);
  said->done = TRUE;
}

static gboolean
has_said (gpointer data)
{
  return ((Said *) data)->done;
}

/* What the body of an asynchronous function in the page itself returns, as a string; (transfer full). */
static char *
ask (TnInstance *instance, const char *body)
{
  Said said = { FALSE, NULL };

  if (tn_instance_get_view (instance) == NULL)
    g_error ("The tile has ended: %s", tn_instance_get_sentence (instance));
  webkit_web_view_call_async_javascript_function (tn_instance_get_view (instance), body, -1, NULL, NULL, NULL, NULL,
                                                  said_cb, &said);
  g_assert_true (stage_wait (has_said, &said, SECONDS));
  return said.text;
}

static void
assert_says (TnInstance *instance, const char *body, const char *expected)
{
  g_autofree char *said = ask (instance, body);

  g_assert_cmpstr (said, ==, expected);
}

/* Asks until it is so. */
static void
assert_comes_to (TnInstance *instance, const char *body, const char *expected)
{
  gint64 end = g_get_monotonic_time () + SECONDS * G_USEC_PER_SEC;
  g_autofree char *said = NULL;

  do
    {
      g_free (said);
      said = ask (instance, body);
    }
  while (!g_str_equal (said, expected) && g_get_monotonic_time () < end);
  g_assert_cmpstr (said, ==, expected);
}

#define LISTEN "return webxdc.setUpdateListener(u => got.push(u), %d).then(serials)"

static void
assert_hears (TnInstance *instance, int serial, const char *expected)
{
  g_autofree char *body = g_strdup_printf (LISTEN, serial);

  assert_says (instance, body, expected);
}

static void
test_page (Fixture *f, gconstpointer data)
{
  TnInstance *a = place (f, "a"), *plain_tile = stage_place_as (f->stage, f->plain, "p");
  g_autofree char *address = ask (a, "return webxdc.selfAddr"), *again = NULL;

  g_assert_cmpuint (strlen (address), ==, 32);
  assert_says (a, "return typeof webxdc.selfName + webxdc.sendUpdateMaxSize + (webxdc.sendUpdateInterval > 0)",
               "string128000true");
  /* Nothing of ours, and none of the package's own. */
  assert_says (a, "return typeof nexus + typeof fake", "undefinedundefined");
  assert_says (a, "return fetch('%77ebxdc.js').then(r => r.text()).then(t => t.includes('fake'))", "false");
  assert_says (a, "return fetch('webxdc.js?x#y').then(r => r.text()).then(t => t.includes('fake'))", "false");
  /* White paper, as the author saw it. */
  assert_says (a, "return document.documentElement.getAttribute('style')", "null");
  /* One that does not want the API runs too. */
  g_assert_true (stage_wait_state (plain_tile, TN_STATE_RUNNING, SECONDS));
  assert_says (plain_tile, "return typeof webxdc", "undefined");
  restart (a);
  again = ask (a, "return webxdc.selfAddr");
  g_assert_cmpstr (again, ==, address);
}

static gboolean
has_caption (gpointer data)
{
  return g_str_equal (tn_instance_get_caption (data), "Poll of the week, th… · 8 votes");
}

static void
test_updates (Fixture *f, gconstpointer data)
{
  TnInstance *a = place (f, "a"), *b = place (f, "b"), *c;

  assert_hears (a, 0, "");
  assert_hears (b, 0, "");
  ask (a, "webxdc.sendUpdate({payload: {n: 'ü'}, info: 'Bob\\nvoted', document: 'Poll of the week, the first',"
          " summary: '8 votes', href: 'index.html#x'}, '')");
  assert_comes_to (b, "return serials()", "1:{\"n\":\"ü\"}");
  assert_comes_to (a, "return serials()", "1:{\"n\":\"ü\"}");
  assert_says (b, "return got[0].info + got[0].document + got[0].summary + got[0].href",
               "Bob\nvotedPoll of the week, the first8 votesindex.html#x");
  g_assert_true (stage_wait (has_caption, a, SECONDS));
  g_assert_true (stage_wait (has_caption, b, SECONDS));
  g_assert_cmpstr (f->notices->str, ==, "a: Bob voted;");
  ask (b, "webxdc.sendUpdate({payload: null}); webxdc.sendUpdate({payload: [1, false]})");
  assert_comes_to (a, "return serials()", "1:{\"n\":\"ü\"} 2:null 3:[1,false]");
  /* A tile that comes later gets them all, or those after what it knows; and so does one that starts again. */
  c = place (f, "c");
  assert_hears (c, 0, "1:{\"n\":\"ü\"} 2:null 3:[1,false]");
  assert_says (c, "return got.map(u => u.max_serial).join()", "3,3,3");
  restart (c);
  assert_hears (c, 2, "3:[1,false]");
  assert_says (c, "return webxdc.getAllUpdates().then(all => all.length)", "3");
}

static void
test_serials (Fixture *f, gconstpointer data)
{
  TnInstance *a = place (f, "a");

  ask (a, "webxdc.sendUpdate({payload: 1}); await webxdc.getAllUpdates()");
  assert_comes_to (a, "return webxdc.getAllUpdates().then(all => all.length)", "1");
  /* What nobody gave out does not hide what comes. */
  assert_says (a, "return webxdc.setUpdateListener(u => got.push(u), 2 ** 52).then(serials)", "");
  ask (a, "webxdc.sendUpdate({payload: 2})");
  assert_comes_to (a, "return serials()", "2:2");
  assert_says (a, "got.length = 0; return webxdc.setUpdateListener(u => got.push(u), -7).then(serials)",
               "1:1 2:2");
  assert_says (a, "got.length = 0; return webxdc.setUpdateListener(u => got.push(u), 'x').then(serials)",
               "1:1 2:2");
  assert_says (a, "return caught(() => webxdc.setUpdateListener(null))", "TypeError");
  /* One that throws does not lose the rest. */
  assert_says (a, "got.length = 0; return webxdc.setUpdateListener(u => { got.push(u); throw 1; }, 0).then(serials)",
               "1:1 2:2");
}

static void
test_limits (Fixture *f, gconstpointer data)
{
  TnInstance *a = place (f, "a"), *b = place (f, "b");

  assert_says (a, "return caught(() => webxdc.sendUpdate({payload: 'x'.repeat(128000)}))", "RangeError");
  assert_says (a, "return caught(() => webxdc.sendUpdate({info: 'x'}))", "TypeError");
  assert_says (a, "return caught(() => webxdc.sendUpdate(null))", "TypeError");
  assert_hears (b, 0, "");
  ask (a, "webxdc.sendUpdate({payload: 'x'.repeat(127900)});"
          "for (let i = 0; i < 100; i++) webxdc.sendUpdate({payload: i})");
  assert_comes_to (b, "return got.length", "101");
  assert_says (b, "return got.every(u => u.serial <= u.max_serial && u.max_serial <= 101)", "true");
  assert_says (b, "return got.slice(1).every((u, i) => u.payload === i && u.serial === i + 2)", "true");
}

/* Any page may say this: nothing of it harms the host or another tile. */
static void
test_malformed (Fixture *f, gconstpointer data)
{
  TnInstance *a = place (f, "a"), *b = place (f, "b");

  assert_hears (b, 0, "");
  ask (a, "location.href = 'raw.html'");
  assert_comes_to (a, "return document.title", "Raw");
  assert_says (a, "return call('storage.set', {scope: 'tile', key: 'k', value: 1})", "-32601");
  assert_says (a, "return call('webxdc.send', {update: {payload: 1}})", "-32602");
  assert_says (a, "return call('webxdc.send', {update: 'x'.repeat(128001)})", "-32602");
  assert_says (a, "return call('webxdc.beam', {data: '<b>'})", "-32602");
  assert_says (a, "return call('webxdc.beam', {data: 'A'.repeat(170672)})", "-32602");
  assert_says (a, "return call('webxdc.part', {at: 5, data: 'AAAA'})", "-32602");
  assert_says (a, "return call('webxdc.share', {})", "-32602");
  assert_says (a, "return call('webxdc.share', {name: '../x', size: 0})", "-32602");
  assert_says (a, "return call('webxdc.share', {name: 'x', size: 3})", "-32602");
  assert_says (a, "return call('webxdc.list', {after: 1e300}).then(r => r.updates.length)", "0");
  assert_says (a, "return call('webxdc.list', {after: {}}).then(r => r.updates.length)", "0");
  for (guint i = 0; i < 4; i++)
    {
      static const char *const texts[] = { "'not json'", "'null'", "'7'", "'{\"serial\": 99, \"max_serial\": 98}'" };
      g_autofree char *body = g_strdup_printf ("return call('webxdc.send', {update: %s, document: 5, info: {}})",
                                               texts[i]);

      assert_says (a, body, "null");
    }
  assert_comes_to (b, "return got.map(u => u.serial + '/' + u.max_serial).join(' ')", "4/4");
  g_assert_cmpstr (f->desktop->log->str, ==, "");
  g_assert_cmpstr (tn_instance_get_caption (b), ==, "");
}

static void
test_realtime (Fixture *f, gconstpointer data)
{
  TnInstance *a = place (f, "a"), *b = place (f, "b");

  ask (b, "window.r = webxdc.joinRealtimeChannel(); r.setListener(d => data.push(d.constructor.name + d.join()));"
          "await webxdc.getAllUpdates()");
  ask (a, "window.r = webxdc.joinRealtimeChannel(); r.setListener(d => data.push('own'));"
          "r.send(new Uint8Array([0, 255, 7])); r.send(new Uint8Array(0));");
  assert_comes_to (b, "return data.join(' ')", "Uint8Array0,255,7 Uint8Array");
  assert_says (a, "return data.length", "0");
  assert_says (a, "return caught(() => r.send(new Uint8Array(128001)))", "RangeError");
  assert_says (a, "return caught(() => r.send('text'))", "TypeError");
  assert_says (a, "return caught(() => webxdc.joinRealtimeChannel())", "Error");
  ask (a, "r.send(new Uint8Array(128000))");
  assert_comes_to (b, "return data.length === 3 && data[2].length", "256009");
  /* Who left hears nothing, may not send, and can come back. */
  ask (b, "r.leave(); await webxdc.getAllUpdates()");
  ask (a, "r.send(new Uint8Array([1])); await webxdc.getAllUpdates()");
  assert_says (b, "return caught(() => r.send(new Uint8Array([1])))", "Error");
  ask (b, "window.r = webxdc.joinRealtimeChannel(); r.setListener(d => data.push(d.join()));"
          "await webxdc.getAllUpdates()");
  ask (a, "r.send(new Uint8Array([2]))");
  assert_comes_to (b, "return data.slice(3).join()", "2");
  /* More than is kept for one page: it gets some, and everything goes on. */
  ask (a, "for (let i = 0; i < 400; i++) r.send(new Uint8Array(2000))");
  assert_comes_to (a, "return webxdc.getAllUpdates().then(() => 'free', () => 'busy')", "free");
  ask (a, "r.send(new Uint8Array([9]))");
  assert_comes_to (b, "return data.at(-1)", "9");
}

/* Shares @message, and looks at what the person was asked for and what came to the place that they chose. */
static void
assert_shares (Fixture *f, TnInstance *a, const char *message, const char *asked, const char *content)
{
  g_autofree char *body = g_strdup_printf ("return caught(() => webxdc.sendToChat(%s))", message);
  g_autofree char *path = g_file_get_path (f->desktop->file), *kept = NULL;

  g_remove (path);
  g_string_truncate (f->desktop->log, 0);
  assert_says (a, body, "done");
  g_assert_cmpstr (f->desktop->log->str, ==, asked);
  g_assert_cmpint (g_file_get_contents (path, &kept, NULL, NULL), ==, content != NULL);
  g_assert_cmpstr (kept, ==, content);
}

static void
test_share (Fixture *f, gconstpointer data)
{
  TnInstance *a = place (f, "a");
  g_autofree char *path = g_build_filename (f->folder, "kept", NULL);
  g_autofree char *mega = g_strnfill (1500000, 'm');

  f->desktop->yes = TRUE;
  f->desktop->file = g_file_new_for_path (path);
  assert_shares (f, a, "{file: {base64: 'aGVsbG8=', name: 'hello.txt'}, text: 'Hi'}", "text Hi;save hello.txt;", "hello");
  assert_shares (f, a, "{file: {plainText: 'ü', name: 'ü.txt'}}", "save ü.txt;", "ü");
  assert_shares (f, a, "{file: {plainText: '', name: 'e'}}", "save e;", "");
  assert_shares (f, a, "{file: {blob: new Blob(['m'.repeat(1500000)]), name: 'b'}}", "save b;", mega);
  assert_shares (f, a, "{text: 'only'}", "text only;", NULL);
  g_string_truncate (f->desktop->log, 0);
  assert_says (a, "return caught(() => webxdc.sendToChat({file: {name: 'x'}}))", "TypeError");
  assert_says (a, "return caught(() => webxdc.sendToChat({file: {name: '../x', plainText: ''}}))", "Error");
  assert_says (a, "return caught(() => webxdc.sendToChat({}))", "Error");
  assert_says (a, "return caught(() => webxdc.sendToChat())", "Error");
  g_assert_cmpstr (f->desktop->log->str, ==, "");
  tn_runtime_set_platform (f->stage->runtime, NULL);
  assert_says (a, "return caught(() => webxdc.sendToChat({text: 'nobody there'}))", "Error");
}

/* One window at a time, whatever the page asks for. */
static void
test_share_once (Fixture *f, gconstpointer data)
{
  TnInstance *a = place (f, "a");

  g_free (ask (a, "location.href = 'raw.html'"));
  assert_comes_to (a, "return document.title", "Raw");
  f->desktop->slow = TRUE;
  assert_says (a, "window.first = call('webxdc.share', {text: 'one'}); return call('webxdc.share', {text: 'two'})",
               "-32001");
  g_assert_cmpstr (f->desktop->log->str, ==, "text one;");
  fake_desktop_close (f->desktop);
  assert_says (a, "return first", "null");
}

/* What the person does in the page makes it ask for files; until it has. */
static void
assert_imports (Fixture *f, TnInstance *a, const char *filter, const char *expected)
{
  g_autofree char *body = g_strdup_printf (
    "window.imported = ''; addEventListener('click', async () => {"
    " imported = (await Promise.all((await webxdc.importFiles(%s)).map(async file => file.name + await file.text())))"
    "  .join() || 'none'; }, {once: true})", filter);

  g_free (ask (a, body));
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *now = NULL;

      stage_click (f->stage, a);
      now = ask (a, "for (let i = 0; i < 20 && !imported; i++) await new Promise(r => setTimeout(r, 50)); return imported");
      if (!g_str_equal (now, ""))
        break;
    }
  assert_says (a, "return imported", expected);
}

static void
test_import (Fixture *f, gconstpointer data)
{
  TnInstance *a = place (f, "a");
  g_autofree char *path = pack_write_text (f->folder, "day.ics", "BEGIN:VCALENDAR");

  /* A script may make WebKit believe in a click. */
  assert_says (a, "return webxdc.importFiles({}).then(files => files.length)", "0");
  g_assert_cmpstr (f->desktop->log->str, ==, "");
  f->desktop->file = g_file_new_for_path (path);
  assert_imports (f, a, "{mimeTypes: ['text/calendar'], extensions: ['.ics']}", "day.icsBEGIN:VCALENDAR");
  g_assert_nonnull (strstr (f->desktop->log->str, "text/calendar"));
  g_clear_object (&f->desktop->file);
  assert_imports (f, a, "{multiple: true}", "none");
  g_assert_nonnull (strstr (f->desktop->log->str, " many;"));
}

static const struct
{
  const char *path;
  void (*test) (Fixture *, gconstpointer);
} tests[] = {
  { "/webxdc/page", test_page },           { "/webxdc/updates", test_updates },
  { "/webxdc/serials", test_serials },     { "/webxdc/limits", test_limits },
  { "/webxdc/malformed", test_malformed }, { "/webxdc/realtime", test_realtime },
  { "/webxdc/share", test_share },         { "/webxdc/share-once", test_share_once },
  { "/webxdc/import", test_import },
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
