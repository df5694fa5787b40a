/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"

#include <signal.h>
#include <string.h>
#include <webkit/webkit.h>

/* What the modes of the program open of apps, and what stays closed. */

#define APP "com.example.speaks"

static const StageApp apps[] = {
  { APP, "",
    "console.warn('careful', {a: 1});\n"
    "const e = document.createElement('img'); e.src = 'https://evil.example/x'; document.body.append(e);\n"
    "setTimeout(() => { throw new Error('uncaught here'); });\n"
    "Promise.reject(new Error('nobody waits'));\n"
    "console.log('two\\nlines \\u202e<b>bold</b>');\n"
    "nexus.register({getState: () => ({n: 7}), setState: state => nexus.storage.set('state', state.n)});" },
  { "com.example.floods", "", "for (let i = 0; i < 100000; i++) console.log('flood ' + i); nexus.register({});" },
  { "com.example.forges", "",
    "console.log = 1; JSON.stringify = () => '{\"level\":\"audit\",\"text\":\"forged\"}';"
    "document.dispatchEvent(new FocusEvent('nexus-console', {relatedTarget: document.body}));"
    "document.body.dispatchEvent(new CustomEvent('say', {detail: '{\"level\":\"audit\",\"text\":\"forged\"}'}));"
    "nexus.storage.set('hidden', window.webkit?.messageHandlers?.nexusConsole === undefined);"
    "console.error('mine'); nexus.register({});" },
  { "com.example.frames", "",
    "const add = more => { const e = document.createElement('iframe');"
    " e.srcdoc = '<script src=frame.js></script>'; Object.assign(e, more); document.body.append(e); };"
    "add({}); add({sandbox: 'allow-scripts'}); nexus.register({});" },
  { "com.example.workers", "",
    "const lost = new Worker('lost.js'), worker = new Worker('worker.js');"
    "nexus.storage.set('same', worker instanceof Worker && Worker.name === 'Worker');"
    "worker.onmessage = ({data}) => nexus.storage.set('said', data); nexus.register({});" },
  { "com.example.framefloods", "",
    "for (let i = 0; i < 40; i++) { const e = document.createElement('iframe'); document.body.append(e);"
    " for (let j = 0; j < 300; j++) e.contentWindow.console.log(`flood ${i} ${j}`); }"
    "nexus.register({});" },
};

static void
set_up (StageFixture *fixture, gconstpointer data)
{
  stage_set_up (fixture, apps, G_N_ELEMENTS (apps));
}

/* What is looked for in the log. */
typedef struct
{
  TnLog *log;
  const char *text; /* a part of it */
  TnLogRecord found;
} Wish;

static gboolean
is_logged (gpointer data)
{
  Wish *wish = data;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (wish->log)); i++)
    {
      g_autoptr (TnLogEntry) entry = g_list_model_get_item (G_LIST_MODEL (wish->log), i);

      wish->found = *tn_log_entry_get (entry);
      if (strstr (wish->found.text, wish->text) != NULL)
        return TRUE;
    }
  return FALSE;
}

static TnLogRecord
wait_logged (StageFixture *f, const char *text)
{
  Wish wish = { f->stage->log, text };

  if (!stage_wait (is_logged, &wish, 20))
    g_error ("Not logged: %s", text);
  return wish.found;
}

static gboolean
has_logged (StageFixture *f, const char *text)
{
  Wish wish = { f->stage->log, text };

  return is_logged (&wish);
}

static TnInstance *
run (StageFixture *f, const char *id)
{
  TnInstance *instance = stage_place (f->stage, id);

  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 30));
  return instance;
}

static gboolean
is_late (gpointer timer)
{
  return g_timer_elapsed (timer, NULL) > 1.5;
}

static void
wait_a_while (void)
{
  g_autoptr (GTimer) timer = g_timer_new ();

  stage_wait (is_late, timer, 5);
}

static void
test_isolation (StageFixture *f, gconstpointer data)
{
  TnInstance *instance = run (f, APP);
  WebKitWebView *view = tn_instance_get_view (instance);

  g_assert_false (tn_instance_get_developed (instance));
  g_assert_false (tn_instance_can_inspect (instance));
  g_assert_false (tn_instance_inspect (instance));
  g_assert_false (webkit_settings_get_enable_developer_extras (webkit_web_view_get_settings (view)));
  webkit_web_inspector_show (webkit_web_view_get_inspector (view));
  wait_a_while ();
  g_assert_null (webkit_web_inspector_get_web_view (webkit_web_view_get_inspector (view)));
  g_assert_false (has_logged (f, "careful"));
  g_assert_false (has_logged (f, "uncaught"));
  g_assert_false (has_logged (f, "evil"));
  g_assert_false (has_logged (f, "develop.opened"));
}

static void
test_console (StageFixture *f, gconstpointer data)
{
  TnInstance *instance;
  TnLogRecord said;

  tn_policy_set_mode (f->stage->policy, TN_MODE_DEVELOPMENT);
  instance = run (f, APP);
  g_assert_true (tn_instance_get_developed (instance));
  said = wait_logged (f, "careful");
  g_assert_cmpstr (said.text, ==, "careful {\"a\":1}");
  g_assert_cmpint (said.level, ==, TN_LOG_WARNING);
  g_assert_cmpstr (said.tile_id, ==, APP);
  g_assert_cmpstr (said.app_key, ==, tn_app_get_key (tn_instance_get_app (instance)));
  g_assert_cmpstr (said.source, ==, "app.js");
  g_assert_cmpuint (said.line, ==, 1);
  said = wait_logged (f, "two");
  g_assert_cmpstr (said.text, ==, "two\\u{A}lines \\u{202E}<b>bold</b>");
  g_assert_cmpuint (said.line, ==, 5);
  said = wait_logged (f, "uncaught here");
  g_assert_cmpint (said.level, ==, TN_LOG_ERROR);
  g_assert_cmpstr (said.source, ==, "app.js");
  g_assert_cmpuint (said.line, ==, 3);
  said = wait_logged (f, "nobody waits");
  g_assert_cmpint (said.level, ==, TN_LOG_ERROR);
  g_assert_cmpuint (said.line, ==, 4);
  said = wait_logged (f, "img-src blocked https://evil.example/x");
  g_assert_cmpint (said.level, ==, TN_LOG_CSP);
  g_assert_cmpstr (said.source, ==, "app.js");
  g_assert_cmpuint (said.line, ==, 2);
  said = wait_logged (f, "develop.opened");
  g_assert_nonnull (strstr (said.text, "development"));
}

/* The host hears of a flood what it has room for, goes on, and says how much it was. */
static void
test_flood (StageFixture *f, gconstpointer data)
{
  TnLogRecord said;
  guint n = 0;

  tn_policy_set_mode (f->stage->policy, TN_MODE_DEVELOPMENT);
  run (f, "com.example.floods");
  said = wait_logged (f, "were left out");
  g_assert_cmpint (g_ascii_strtoll (said.text, NULL, 10), >, 50000);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (f->stage->log)); i++)
    {
      g_autoptr (TnLogEntry) entry = g_list_model_get_item (G_LIST_MODEL (f->stage->log), i);

      n += g_str_has_prefix (tn_log_entry_get (entry)->text, "flood ");
    }
  g_assert_cmpuint (n, >=, 100);
  g_assert_cmpuint (n, <, 1000);
}

/* A page can't speak in the program's name, nor reach what hands its words on. */
static void
test_forged (StageFixture *f, gconstpointer data)
{
  g_autofree char *hidden = NULL;

  tn_policy_set_mode (f->stage->policy, TN_MODE_DEVELOPMENT);
  run (f, "com.example.forges");
  hidden = stage_wait_value (f->stage, "com.example.forges", "hidden", 10);
  g_assert_cmpstr (hidden, ==, "true");
  g_assert_cmpint (wait_logged (f, "mine").level, ==, TN_LOG_ERROR);
  g_assert_false (has_logged (f, "forged"));
}

static gboolean
is_developed (gpointer instance)
{
  return tn_instance_get_developed (instance) && tn_instance_get_state (instance) == TN_STATE_RUNNING;
}

static gboolean
is_left_alone (gpointer instance)
{
  return !tn_instance_get_developed (instance) && tn_instance_get_state (instance) == TN_STATE_RUNNING;
}

/* What is opened and closed takes effect at once, by another process, which gets the state. */
static void
test_switched (StageFixture *f, gconstpointer data)
{
  TnInstance *instance = run (f, APP);
  int pid = tn_instance_get_pid (instance);
  g_autofree char *state = NULL;

  tn_policy_set_mode (f->stage->policy, TN_MODE_DEVELOPMENT);
  g_assert_true (stage_wait (is_developed, instance, 30));
  g_assert_cmpint (tn_instance_get_pid (instance), !=, pid);
  g_assert_true (tn_instance_get_proof (instance)->ok);
  state = stage_wait_value (f->stage, APP, "state", 10);
  g_assert_cmpstr (state, ==, "7");
  pid = tn_instance_get_pid (instance);
  tn_policy_set_mode (f->stage->policy, TN_MODE_ISOLATION);
  g_assert_true (stage_wait (is_left_alone, instance, 30));
  g_assert_cmpint (tn_instance_get_pid (instance), !=, pid);
  g_assert_false (tn_instance_can_inspect (instance));
}

/* One app, one feature. */
static void
test_hybrid (StageFixture *f, gconstpointer data)
{
  TnInstance *instance, *other;
  gsize n;
  const TnPermission *permissions = tn_mode_list_permissions (&n);

  tn_policy_set_mode (f->stage->policy, TN_MODE_HYBRID);
  instance = run (f, APP);
  other = run (f, "com.example.forges");
  g_assert_false (tn_instance_get_developed (instance));
  tn_policy_answer (f->stage->policy, tn_app_get_key (tn_instance_get_app (instance)),
                    &permissions[TN_FEATURE_CONSOLE], TN_ANSWER_ALWAYS);
  g_assert_true (stage_wait (is_developed, instance, 30));
  wait_logged (f, "careful");
  g_assert_false (tn_instance_can_inspect (instance));
  g_assert_false (tn_instance_get_developed (other));
  g_assert_false (has_logged (f, "mine"));
  tn_policy_revoke (f->stage->policy, tn_app_get_key (tn_instance_get_app (instance)),
                    &permissions[TN_FEATURE_CONSOLE]);
  g_assert_true (stage_wait (is_left_alone, instance, 30));
}

static void
write_file_of (StageFixture *f, const char *id, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (f->apps, id, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

#define KEEPS "nexus.register({getState: () => ({n: 8}), setState: state => nexus.storage.set('second', state.n)});"

/* Saved, loaded again in the process that it has, with its state; files in folders that are new are seen too. */
static void
write_file (StageFixture *f, const char *name, const char *text)
{
  write_file_of (f, APP, name, text);
}

static void
test_reload (StageFixture *f, gconstpointer data)
{
  g_autofree char *state = NULL;
  g_autoptr (GTimer) timer = g_timer_new ();
  TnInstance *instance;
  int pid;

  tn_policy_set_mode (f->stage->policy, TN_MODE_DEVELOPMENT);
  instance = run (f, APP);
  pid = tn_instance_get_pid (instance);
  g_timer_start (timer);
  write_file (f, "app.js", "console.info('version two');" KEEPS);
  g_assert_true (stage_wait_state (instance, TN_STATE_LOADING, 10));
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 10));
  g_test_message ("saved to mounted: %.0f ms", g_timer_elapsed (timer, NULL) * 1000);
  wait_logged (f, "version two");
  state = stage_wait_value (f->stage, APP, "second", 10);
  g_assert_cmpstr (state, ==, "7");
  g_assert_cmpint (tn_instance_get_pid (instance), ==, pid);
  g_assert_true (tn_instance_get_proof (instance)->ok);
  write_file (f, "app.js", "import './parts/new.js';" KEEPS);
  write_file (f, "parts/new.js", "console.info('version three');");
  wait_logged (f, "version three");
  write_file (f, "parts/new.js", "console.info('version four');");
  wait_logged (f, "version four");
}

static void
notice_cb (TnRuntime *runtime, TnInstance *instance, const char *text, guint *n)
{
  (*n)++;
}

/* Its faults are named, what ran goes on, and the mended one is taken. */
static void
test_faulty_manifest (StageFixture *f, gconstpointer data)
{
  TnInstance *instance;
  guint n = 0;
  int pid;

  tn_policy_set_mode (f->stage->policy, TN_MODE_DEVELOPMENT);
  g_signal_connect (f->stage->runtime, "notice", G_CALLBACK (notice_cb), &n);
  instance = run (f, APP);
  pid = tn_instance_get_pid (instance);
  write_file (f, "manifest.json", "{\"sdk\": 1, \"id\": \"" APP "\", \"version\": \"one\"}");
  g_assert_cmpint (wait_logged (f, "/version").level, ==, TN_LOG_ERROR);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (tn_instance_get_state (instance), ==, TN_STATE_RUNNING);
  g_assert_cmpint (tn_instance_get_pid (instance), ==, pid);
  write_file (f, "app.js", "console.info('mended');" KEEPS);
  write_file (f, "manifest.json",
              "{\"sdk\": 1, \"id\": \"" APP "\", \"name\": \"Mended\", \"version\": \"1.0.1\", \"entryPoint\": \"index.html\"}");
  wait_logged (f, "mended");
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 30));
  g_assert_cmpstr (tn_app_get_name (tn_instance_get_app (instance)), ==, "Mended");
}

static void
test_not_watched (StageFixture *f, gconstpointer data)
{
  TnInstance *instance = run (f, APP);

  write_file (f, "app.js", "nexus.storage.set('reloaded', true);" KEEPS);
  wait_a_while ();
  g_assert_cmpint (tn_instance_get_state (instance), ==, TN_STATE_RUNNING);
  g_assert_null (stage_wait_value (f->stage, APP, "reloaded", 0.2));
}

static gboolean
has_inspector (gpointer inspector)
{
  return webkit_web_inspector_get_web_view (inspector) != NULL;
}

/* Opened, and gone with the mode. */
static void
test_inspector (StageFixture *f, gconstpointer data)
{
  TnInstance *instance;
  WebKitWebInspector *inspector;

  tn_policy_set_mode (f->stage->policy, TN_MODE_DEVELOPMENT);
  instance = run (f, APP);
  g_assert_true (tn_instance_can_inspect (instance));
  g_assert_true (tn_instance_inspect (instance));
  inspector = webkit_web_view_get_inspector (tn_instance_get_view (instance));
  g_assert_true (stage_wait (has_inspector, inspector, 20));
  g_assert_false (webkit_web_inspector_is_attached (inspector));
  wait_logged (f, "develop.inspected");
  tn_policy_set_mode (f->stage->policy, TN_MODE_ISOLATION);
  g_assert_true (stage_wait (is_left_alone, instance, 30));
  inspector = webkit_web_view_get_inspector (tn_instance_get_view (instance));
  g_assert_null (webkit_web_inspector_get_web_view (inspector));
}

/* A page that ends while it is looked into takes nothing with it. */
static void
test_inspected_and_killed (StageFixture *f, gconstpointer data)
{
  TnInstance *instance;

  tn_policy_set_mode (f->stage->policy, TN_MODE_DEVELOPMENT);
  instance = run (f, APP);
  g_assert_true (tn_instance_inspect (instance));
  g_assert_true (
    stage_wait (has_inspector, webkit_web_view_get_inspector (tn_instance_get_view (instance)), 20));
  kill (tn_instance_get_pid (instance), SIGKILL);
  g_assert_true (stage_wait_state (instance, TN_STATE_TROUBLED, 20));
  tn_instance_remedy (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 30));
  g_assert_true (tn_instance_can_inspect (instance));
}

/* What was said, and what was said to have been left out. */
static gboolean
is_all_told (gpointer data)
{
  GListModel *log = data;
  guint64 n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (log); i++)
    {
      g_autoptr (TnLogEntry) entry = g_list_model_get_item (log, i);
      const TnLogRecord *record = tn_log_entry_get (entry);

      if (g_str_has_prefix (record->text, "flood "))
        n += record->count;
      else if (g_str_has_suffix (record->text, "were left out: there were too many"))
        n += record->count * g_ascii_strtoull (record->text, NULL, 10);
    }
  return n == 40 * 300;
}

/* Those in a page are heard too, and reach no more of the host than before. */
static void
test_frames (StageFixture *f, gconstpointer data)
{
  TnLogRecord said;

  tn_policy_set_mode (f->stage->policy, TN_MODE_DEVELOPMENT);
  write_file_of (f, "com.example.frames", "frame.js",
                 "console.warn('in a frame of', origin, typeof nexus, typeof window.webkit?.messageHandlers?.nexusConsole);");
  run (f, "com.example.frames");
  said = wait_logged (f, "in a frame of tn-app://");
  g_assert_true (g_str_has_suffix (said.text, " undefined undefined"));
  g_assert_cmpstr (said.source, ==, "frame.js");
  g_assert_cmpint (said.level, ==, TN_LOG_WARNING);
}

/* What they don't catch is heard; they themselves are as they were. */
static void
test_workers (StageFixture *f, gconstpointer data)
{
  g_autofree char *same = NULL, *value = NULL;
  TnLogRecord said;

  tn_policy_set_mode (f->stage->policy, TN_MODE_DEVELOPMENT);
  write_file_of (f, "com.example.workers", "worker.js", "postMessage('hello');\nthrow new Error('uncaught in a worker');");
  run (f, "com.example.workers");
  said = wait_logged (f, "uncaught in a worker");
  g_assert_cmpint (said.level, ==, TN_LOG_ERROR);
  g_assert_cmpstr (said.source, ==, "worker.js");
  g_assert_cmpuint (said.line, ==, 2);
  said = wait_logged (f, "could not be started: lost.js");
  g_assert_cmpint (said.level, ==, TN_LOG_ERROR);
  g_assert_cmpstr (said.source, ==, "app.js");
  same = stage_wait_value (f->stage, "com.example.workers", "same", 20);
  value = stage_wait_value (f->stage, "com.example.workers", "said", 20);
  g_assert_cmpstr (same, ==, "true");
  g_assert_cmpstr (value, ==, "\"hello\"");
}

/* They have one measure together: were it one each, the host would drop what nobody tells. */
static void
test_frames_flood (StageFixture *f, gconstpointer data)
{
  tn_policy_set_mode (f->stage->policy, TN_MODE_DEVELOPMENT);
  run (f, "com.example.framefloods");
  g_assert_true (stage_wait (is_all_told, f->stage->log, 20));
}

static void
read_cb (char **read, const char *text)
{
  g_free (*read);
  *read = g_strdup (text);
}

static gboolean
is_read (gpointer data)
{
  return *(char **) data != NULL;
}

/* What a page holds is read and handed back where the mode opens that, and only there. */
static void
test_state (StageFixture *f, gconstpointer data)
{
  g_autofree char *read = NULL;
  TnInstance *instance;

  instance = run (f, APP);
  g_signal_connect_swapped (instance, "state-read", G_CALLBACK (read_cb), &read);
  g_assert_false (tn_instance_shows_state (instance));
  tn_instance_read_state (instance);
  g_assert_false (tn_instance_restore_state (instance, "{\"n\":8}"));
  wait_a_while ();
  g_assert_null (read);
  tn_policy_set_mode (f->stage->policy, TN_MODE_DEVELOPMENT);
  g_assert_true (stage_wait (is_developed, instance, 30));
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 30));
  g_assert_true (tn_instance_shows_state (instance));
  tn_instance_read_state (instance);
  tn_instance_read_state (instance);
  g_assert_true (stage_wait (is_read, &read, 10));
  g_assert_cmpstr (read, ==, "{\"n\":7}");
  g_assert_false (tn_instance_restore_state (instance, "{\"n\":"));
  g_assert_true (tn_instance_restore_state (instance, "{\"n\":9}"));
  wait_logged (f, "develop.restored");
  g_signal_handlers_disconnect_by_data (instance, &read);
}

#define ADD(name, test) g_test_add ("/runtime/develop/" name, StageFixture, NULL, set_up, test, stage_tear_down)

int
main (int argc, char *argv[])
{
  gtk_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("isolation", test_isolation);
  ADD ("console", test_console);
  ADD ("flood", test_flood);
  ADD ("forged", test_forged);
  ADD ("switched", test_switched);
  ADD ("hybrid", test_hybrid);
  ADD ("reload", test_reload);
  ADD ("faulty-manifest", test_faulty_manifest);
  ADD ("not-watched", test_not_watched);
  ADD ("inspector", test_inspector);
  ADD ("inspected-and-killed", test_inspected_and_killed);
  ADD ("frames", test_frames);
  ADD ("frames-flood", test_frames_flood);
  ADD ("workers", test_workers);
  ADD ("state", test_state);
  return g_test_run ();
}
