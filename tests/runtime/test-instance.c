/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"
#include "tn-lifecycle.h"

#include <signal.h>
#include <string.h>
#include <webkit/webkit.h>

#define NO_SANDBOX "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS"
#define EMIT ", \"permissions\": [{\"type\": \"event\", \"resource\": \"test.said\", \"actions\": [\"emit\"]}]"
#define LISTEN ", \"permissions\": [{\"type\": \"event\", \"resource\": \"test.>\", \"actions\": [\"listen\"]}]"

static const struct
{
  const char *id, *more, *script;
} apps[] = {
  { "com.example.good", "",
    "nexus.register({onMount: c => nexus.storage.set('context', c),"
    " onResize: s => nexus.storage.set('size', s),"
    " onTheme: t => nexus.storage.set('theme', t),"
    " onUnmount: () => nexus.storage.set('unmounted', true),"
    " getState: () => ({n: 7}), setState: s => nexus.storage.set('state', s)});" },
  { "com.example.plain", "", "document.body.textContent = 'plain';" },
  { "com.example.never", "", "nexus.register({onMount: () => new Promise(() => {})});" },
  { "com.example.throws", "", "nexus.register({onMount: () => { throw new Error('no'); }});" },
  { "com.example.speaker", EMIT,
    "nexus.register({onMount() { setInterval(() => nexus.emit('test.said', {a: [1, 'ü']}), 100); }});"
    "nexus.emit('test.other', 1).catch(e => nexus.storage.set('refused', e.code));" },
  { "com.example.hearer", LISTEN,
    "nexus.register({}); nexus.subscribe('test.said', e => nexus.storage.set('heard', e));"
    "nexus.subscribe('other.>', () => {});" },
  { "com.example.onevent", LISTEN, "nexus.register({onEvent: e => nexus.storage.set('heard', e)});" },
  { "com.example.bomb", ", \"resources\": {\"memory\": 150}",
    "nexus.register({onMount() { const a = []; setTimeout(() => { for (;;) a.push(new Array(1e6).fill(Math.random())); }"
    ", 300); }});" },
  { "com.example.hoarder", ", \"resources\": {\"storage\": 1}",
    "nexus.register({onMount() { setInterval(() => { for (let i = 0; i < 40; i++)"
    " try { localStorage.setItem(Math.random(), 'x'.repeat(1e5)); } catch {} }, 100); }});" },
  { "com.example.indexer", ", \"resources\": {\"storage\": 1}",
    "nexus.register({onMount() { const open = indexedDB.open('d'); open.onupgradeneeded = () =>"
    " open.result.createObjectStore('s'); open.onsuccess = () => setInterval(() => open.result.transaction('s',"
    " 'readwrite').objectStore('s').put('x'.repeat(1e6), Math.random()), 100); }});" },
  { "com.example.keeper", ", \"resources\": {\"storage\": 1}",
    "nexus.register({async onMount() { for (let i = 0; i < 9; i++) try {"
    " await nexus.shared.set('k' + i, 'x'.repeat(2e5)); } catch (e) {"
    " await nexus.shared.delete('k0'); document.title = e.code + e.message; break; } }});" },
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
  stage_write_app (fixture->apps, "com.example.broken", ", \"author\": 5, \"colour\": 1", "");
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
assert_value (Fixture *fixture, const char *tile, const char *key, const char *part)
{
  g_autofree char *value = stage_wait_value (fixture->stage, tile, key, 10);

  if (value == NULL || strstr (value, part) == NULL)
    g_error ("%s of %s is %s, without %s", key, tile, value, part);
}

static void
test_mounts_proved (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = stage_place (fixture->stage, "com.example.good");
  const TnProof *proof;

  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
  proof = tn_instance_get_proof (instance);
  g_assert_true (proof->ok && proof->process && proof->pid_ns && proof->net_ns && proof->mnt_ns);
  g_assert_cmpint (proof->seccomp, ==, 2);
  g_assert_cmpint (tn_instance_get_pid (instance), ==, proof->pid);
  g_assert_cmpint (tn_instance_get_mounted_us (instance), >, 0);
  g_assert_cmpint (tn_runtime_read_pss (proof->pid), >, 10000);
  assert_value (fixture, "com.example.good", "context", "\"tileId\":\"com.example.good\"");
  assert_value (fixture, "com.example.good", "context", "\"width\":400");
}

static void
test_two_apps_two_processes (Fixture *fixture, gconstpointer data)
{
  TnInstance *a = stage_place (fixture->stage, "com.example.good"), *b = stage_place (fixture->stage, "com.example.plain");

  g_assert_true (stage_wait_state (a, TN_STATE_RUNNING, 20));
  g_assert_true (stage_wait_state (b, TN_STATE_RUNNING, 20));
  g_assert_cmpint (tn_instance_get_pid (a), !=, tn_instance_get_pid (b));
}

static void
test_callbacks (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = stage_place (fixture->stage, "com.example.good");
  TnTheme theme = { TRUE, FALSE, "#ff0000", "#eeeeee", "#222222" };

  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
  tn_instance_set_size (instance, 6, 5, 600, 444);
  assert_value (fixture, "com.example.good", "size", "\"height\":444");
  tn_runtime_set_theme (fixture->stage->runtime, &theme);
  assert_value (fixture, "com.example.good", "theme", "\"accent\":\"#ff0000\"");
  tn_instance_restart (instance);
  assert_value (fixture, "com.example.good", "unmounted", "true");
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
  assert_value (fixture, "com.example.good", "state", "{\"n\":7}");
}

static void
test_events (Fixture *fixture, gconstpointer data)
{
  TnInstance *speaker = stage_place (fixture->stage, "com.example.speaker");
  TnInstance *hearer = stage_place (fixture->stage, "com.example.hearer");
  g_autofree char *source = NULL;

  g_assert_true (stage_wait_state (speaker, TN_STATE_RUNNING, 20));
  g_assert_true (stage_wait_state (hearer, TN_STATE_RUNNING, 20));
  source = g_strdup_printf ("\"source\":\"tn:/%s/com.example.speaker\"", tn_app_get_key (tn_instance_get_app (speaker)));
  assert_value (fixture, "com.example.hearer", "heard", source);
  assert_value (fixture, "com.example.hearer", "heard", "\"data\":{\"a\":[1,\"ü\"]}");
  assert_value (fixture, "com.example.speaker", "refused", "-32001");
  stage_place (fixture->stage, "com.example.onevent");
  assert_value (fixture, "com.example.onevent", "heard", "\"type\":\"test.said\"");
}

static void
assert_trouble (TnInstance *instance, TnTrouble trouble)
{
  g_assert_true (stage_wait_state (instance, TN_STATE_TROUBLED, 20));
  g_assert_cmpint (tn_instance_get_trouble (instance), ==, trouble);
  g_assert_true (g_str_has_prefix (tn_instance_get_sentence (instance), tn_lifecycle_sentence (TN_STATE_TROUBLED, trouble)));
  g_assert_cmpstr (tn_instance_get_remedy (instance), ==, tn_lifecycle_remedy (TN_STATE_TROUBLED, trouble));
  g_assert_null (tn_instance_get_view (instance));
}

static void
test_no_mount_in_time (Fixture *fixture, gconstpointer data)
{
  assert_trouble (stage_place (fixture->stage, "com.example.never"), TN_TROUBLE_TIMEOUT);
}

static void
test_throwing_mount_has_settled (Fixture *fixture, gconstpointer data)
{
  g_assert_true (stage_wait_state (stage_place (fixture->stage, "com.example.throws"), TN_STATE_RUNNING, 20));
}

static void
test_killed_and_started_again (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = stage_place (fixture->stage, "com.example.good");
  TnInstance *neighbour = stage_place (fixture->stage, "com.example.plain");
  int first;

  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
  g_assert_true (stage_wait_state (neighbour, TN_STATE_RUNNING, 20));
  first = tn_instance_get_pid (instance);
  kill (first, SIGKILL);
  assert_trouble (instance, TN_TROUBLE_CRASHED);
  g_assert_cmpint (tn_instance_get_state (neighbour), ==, TN_STATE_RUNNING);
  tn_instance_restart (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
  g_assert_cmpint (tn_instance_get_pid (instance), !=, first);
  g_assert_true (tn_instance_get_proof (instance)->ok);
}

static void
test_memory_bomb (Fixture *fixture, gconstpointer data)
{
  assert_trouble (stage_place (fixture->stage, "com.example.bomb"), TN_TROUBLE_MEMORY);
}

static void
test_broken_manifest (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = stage_place (fixture->stage, "com.example.broken");

  assert_trouble (instance, TN_TROUBLE_BROKEN);
  stage_write_app (fixture->apps, "com.example.broken", "", "nexus.register({});");
  tn_instance_restart (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *mine = g_build_filename (fixture->stage->folder, "mine", NULL);
  g_autofree char *key = tn_app_key (TN_SOURCE_MINE, "com.example.late", "");
  TnInstance *instance
    = tn_runtime_create_instance (fixture->stage->runtime, key, "com.example.late", "late", NULL);

  g_ptr_array_add (fixture->stage->instances, instance);
  tn_instance_start (instance);
  assert_trouble (instance, TN_TROUBLE_MISSING);
  stage_write_app (mine, "com.example.late", "", "nexus.register({});");
  tn_instance_restart (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
}

static void
test_folder_deleted_under_it (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = stage_place (fixture->stage, "com.example.good");
  g_autofree char *command = g_strdup_printf ("rm -rf '%s/com.example.good'", fixture->apps);

  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  assert_trouble (instance, TN_TROUBLE_MISSING);
  stage_write_app (fixture->apps, "com.example.good", "", "nexus.register({});");
  tn_instance_restart (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
}

/* Run with WebKit's sandbox switched off: what is not locked in is not shown. */
static void
test_unproved (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance;

  if (g_getenv (NO_SANDBOX) == NULL)
    {
      g_test_skip ("only where WebKit is told to do without its sandbox");
      return;
    }
  instance = stage_place (fixture->stage, "com.example.good");
  assert_trouble (instance, TN_TROUBLE_UNPROVED);
  g_assert_null (stage_wait_value (fixture->stage, "com.example.good", "context", 1));
}

/* Web storage has no quota of WebKit's: what grows past the app's is ended, and may start again to tidy up. */
static void
test_web_storage (Fixture *fixture, gconstpointer id)
{
  TnInstance *instance = stage_place (fixture->stage, id);

  assert_trouble (instance, TN_TROUBLE_STORAGE);
  tn_instance_restart (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
}

static gboolean
is_refused (gpointer data)
{
  const char *title = webkit_web_view_get_title (tn_instance_get_view (data));

  return title != NULL && g_str_has_prefix (title, "-32001") && strstr (title, "1 MiB") != NULL;
}

static void
test_values_over_quota (Fixture *fixture, gconstpointer data)
{
  TnInstance *instance = stage_place (fixture->stage, "com.example.keeper");

  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
  g_assert_true (stage_wait (is_refused, instance, 20));
  g_assert_cmpint (tn_instance_get_state (instance), ==, TN_STATE_RUNNING);
}

static const struct
{
  const char *path;
  void (*test) (Fixture *, gconstpointer);
} tests[] = {
  { "/instance/mounts-proved", test_mounts_proved },
  { "/instance/two-processes", test_two_apps_two_processes },
  { "/instance/callbacks", test_callbacks },
  { "/instance/events", test_events },
  { "/instance/no-mount-in-time", test_no_mount_in_time },
  { "/instance/throwing-mount", test_throwing_mount_has_settled },
  { "/instance/killed", test_killed_and_started_again },
  { "/instance/memory-bomb", test_memory_bomb },
  { "/instance/values-over-quota", test_values_over_quota },
  { "/instance/broken-manifest", test_broken_manifest },
  { "/instance/missing", test_missing },
  { "/instance/folder-deleted", test_folder_deleted_under_it },
  { "/instance/unproved", test_unproved },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  g_test_add ("/instance/local-storage", Fixture, "com.example.hoarder", set_up, test_web_storage, tear_down);
  g_test_add ("/instance/indexed-db", Fixture, "com.example.indexer", set_up, test_web_storage, tear_down);
  return g_test_run ();
}
