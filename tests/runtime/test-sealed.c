/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pack.h"
#include "real-keyring.h"
#include "stage.h"
#include "tn-seal-keyring.h"
#include "tn-store-seal.h"

#include <string.h>

/* Apps whose data are encrypted, in real web processes and with a real keyring. */

#define APP "com.example.vault"
#define NEIGHBOUR "com.example.neighbour"
#define CANARY "KANARI"
#define ENCRYPTED ", \"security\": {\"dataEncryption\": true}"
#define SAYS ", \"permissions\": [{\"type\": \"event\", \"resource\": \"vault.>\", \"actions\": [\"emit\"]}]"

/* Writes to wherever a page can, and tells in the end what it found and what it could not do. */
static const char script[]
  = "const secret = 'KAN' + 'ARI', report = [];"
    "const attempt = async (name, work) => { try { await work(); report.push(name); } catch (error) {} };"
    "nexus.register({ getState: () => ({s: secret}), setState: state => nexus.storage.set('state', state.s === secret),"
    " async onMount(context) {"
    "  const before = await nexus.storage.get(secret + '-name'), keys = await nexus.storage.keys();"
    "  const settings = context.config.pin ?? null;"
    "  await attempt('localStorage', () => localStorage.setItem('k', secret));"
    "  await attempt('IndexedDB', () => new Promise((good, bad) => { const open = indexedDB.open(secret);"
    "    open.onerror = bad; open.onsuccess = good; open.onupgradeneeded = () => open.result.createObjectStore('s'); }));"
    "  await attempt('caches', () => caches.open(secret));"
    "  await attempt('cookie', () => { document.cookie = 'k=' + secret; if (!document.cookie) throw 0; });"
    "  try { sessionStorage.setItem('k', secret); } catch (error) {}"
    "  document.title = secret;"
    "  await nexus.emit('vault.said', {s: secret}).catch(() => {});"
    "  await nexus.shared.set(secret + '-name', secret); await nexus.storage.set(secret + '-name', secret);"
    "  const run = (await nexus.storage.get('runs') ?? 0) + 1;"
    "  await nexus.storage.set('runs', run); await nexus.storage.set('report' + run, {before: before ?? null, keys: keys.filter(key => key.startsWith(secret)).length,"
    "    settings, can: report});"
    " } });";

typedef struct
{
  char *apps;
  Stage *stage;
  RealKeyring *keyring;
} Fixture;

static RealKeyring *
start_keyring (void)
{
  return real_keyring_new (g_getenv ("DBUS_SESSION_BUS_ADDRESS"));
}

static void
set_up (Fixture *f, gconstpointer more)
{
  f->apps = g_dir_make_tmp ("tn-apps-XXXXXX", NULL);
  stage_write_app (f->apps, APP, more, script);
  stage_write_app (f->apps, NEIGHBOUR, "", "nexus.register({onMount: () => nexus.storage.set('lives', true)});");
  f->stage = stage_new (f->apps);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", f->apps);

  stage_free (f->stage);
  g_clear_pointer (&f->keyring, real_keyring_free);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (f->apps);
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

static void
assert_value (Fixture *f, const char *tile, const char *key, const char *expected)
{
  g_autofree char *value = stage_wait_value (f->stage, tile, key, 20);

  g_assert_cmpstr (value, ==, expected);
}

static void
assert_running (TnInstance *instance)
{
  if (!stage_wait_state (instance, TN_STATE_RUNNING, 20))
    g_error ("%s", tn_instance_get_sentence (instance));
}

static void
stop (TnInstance *instance)
{
  g_autoptr (GAsyncResult) stopped = NULL;

  tn_instance_stop_async (instance, NULL, take_result_cb, &stopped);
  g_assert_true (stage_wait (has_result, &stopped, 10));
}

/* The store does one thing after the other: what was asked before is on the disk, events included. */
static void
flush (Fixture *f)
{
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GPtrArray) events = NULL;

  tn_store_list_events_async (f->stage->store, &(TnEventFilter){ NULL, 100 }, NULL, take_result_cb, &listed);
  g_assert_true (stage_wait (has_result, &listed, 10));
  events = tn_store_list_events_finish (f->stage->store, listed, NULL);
  g_assert_nonnull (events);
}

static void
assert_nowhere (Fixture *f)
{
  g_autofree char *where = NULL;

  flush (f);
  where = pack_find_text (f->stage->folder, CANARY);
  if (where != NULL)
    g_test_message ("it is in %s", where);
  g_assert_null (where);
}

static char *
get_app_key (void)
{
  return tn_app_key ("test", APP, "");
}

static void
add_tile (TnOperation *operation, const char *id)
{
  g_autofree char *key = get_app_key ();
  g_autoptr (TnTileRecord) tile = tn_tile_record_new (id, "c", key, APP);

  tile->config = g_strdup ("{\"pin\":\"" CANARY "\"}");
  tile->w = tile->h = 2;
  tn_operation_put_tile (operation, tile);
}

/* As the canvas does, with settings from a file. */
static void
put_tiles (Fixture *f)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("canvas.create", "c", "c");
  g_autoptr (TnCanvasRecord) canvas = tn_canvas_record_new ("c", "c");
  g_autoptr (GAsyncResult) applied = NULL;
  g_autoptr (GError) error = NULL;

  tn_operation_put_canvas (operation, canvas);
  add_tile (operation, APP);
  add_tile (operation, "twin");
  tn_store_apply_async (f->stage->store, operation, NULL, take_result_cb, &applied);
  g_assert_true (stage_wait (has_result, &applied, 10));
  tn_store_apply_finish (f->stage->store, applied, &error);
  g_assert_no_error (error);
}

static char *
get_settings (Fixture *f)
{
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (TnCanvasRecord) canvas = NULL;

  tn_store_load_canvas_async (f->stage->store, "c", TN_LAYOUT_WIDE, NULL, take_result_cb, &loaded);
  g_assert_true (stage_wait (has_result, &loaded, 10));
  canvas = tn_store_load_canvas_finish (f->stage->store, loaded, NULL);
  return g_strdup (((TnTileRecord *) canvas->tiles->pdata[0])->config);
}

#define FIRST "{\"before\":null,\"keys\":0,\"settings\":null,\"can\":[]}"

static void
test_canaries (Fixture *f, gconstpointer data)
{
  g_autofree char *key = get_app_key (), *settings = NULL;
  TnInstance *instance, *again;

  f->keyring = start_keyring ();
  instance = stage_place (f->stage, APP);
  assert_running (instance);
  assert_value (f, APP, "report1", FIRST);
  assert_value (f, APP, CANARY "-name", "\"" CANARY "\"");
  put_tiles (f);
  assert_nowhere (f);
  /* What it kept it finds, in a tile that is made from what the store says. */
  stop (instance);
  assert_nowhere (f);
  settings = get_settings (f);
  g_assert_true (tn_seal_is_settings (settings));
  again = tn_runtime_create_instance (f->stage->runtime, key, APP, APP, settings);
  g_ptr_array_add (f->stage->instances, again);
  tn_instance_start (again);
  assert_running (again);
  assert_value (f, APP, "report2", "{\"before\":\"" CANARY "\",\"keys\":1,\"settings\":\"" CANARY "\",\"can\":[]}");
  assert_value (f, APP, "state", "true");
  stop (again);
  assert_nowhere (f);
}

static void
assert_closed (TnInstance *instance)
{
  g_assert_true (stage_wait_state (instance, TN_STATE_TROUBLED, 20));
  g_test_message ("%s", tn_instance_get_sentence (instance));
  g_assert_cmpint (tn_instance_get_trouble (instance), ==, TN_TROUBLE_SEALED);
  g_assert_null (tn_instance_get_view (instance));
}

static void
test_no_keyring (Fixture *f, gconstpointer data)
{
  TnInstance *instance = stage_place (f->stage, APP), *neighbour = stage_place (f->stage, NEIGHBOUR);
  TnInstance *twin = stage_place_as (f->stage, APP, "twin");

  assert_closed (instance);
  assert_closed (twin);
  assert_running (neighbour);
  assert_value (f, NEIGHBOUR, "lives", "true");
  /* The button tries again, and one that waits in vain takes nothing from the other. */
  tn_instance_remedy (instance);
  assert_closed (instance);
  f->keyring = start_keyring ();
  tn_instance_remedy (instance);
  tn_instance_remedy (twin);
  assert_running (instance);
  assert_running (twin);
  assert_value (f, APP, "report1", FIRST);
  assert_value (f, "twin", "report1", FIRST);
  assert_nowhere (f);
}

static void
test_locked (Fixture *f, gconstpointer data)
{
  TnInstance *instance;

  f->keyring = start_keyring ();
  real_keyring_lock (f->keyring);
  instance = stage_place (f->stage, APP);
  assert_closed (instance);
  g_assert_nonnull (strstr (tn_instance_get_sentence (instance), "unlock it"));
  /* A dialog would come now, and nobody answers it. */
  tn_instance_remedy (instance);
  assert_closed (instance);
  g_assert_nonnull (strstr (tn_instance_get_sentence (instance), "unlock it"));
  assert_nowhere (f);
}

/* What runs has its key, and so has what is started again. */
static void
test_gone_meanwhile (Fixture *f, gconstpointer data)
{
  TnInstance *instance;

  f->keyring = start_keyring ();
  instance = stage_place (f->stage, APP);
  assert_running (instance);
  assert_value (f, APP, "report1", FIRST);
  g_clear_pointer (&f->keyring, real_keyring_free);
  stop (instance);
  tn_instance_start (instance);
  assert_running (instance);
  assert_value (f, APP, CANARY "-name", "\"" CANARY "\"");
  assert_nowhere (f);
}

/* Nobody can read what is left, nothing takes its place, and the app says so. */
static void
test_destroyed (Fixture *f, gconstpointer data)
{
  g_autofree char *key = get_app_key ();
  g_autofree char *workspace = g_path_get_basename (f->stage->folder);
  g_autoptr (GAsyncResult) forgotten = NULL;
  g_autoptr (GError) error = NULL;
  TnInstance *instance;

  f->keyring = start_keyring ();
  instance = stage_place (f->stage, APP);
  assert_running (instance);
  assert_value (f, APP, "report1", FIRST);
  stop (instance);
  tn_runtime_forget_app_async (f->stage->runtime, key, NULL, take_result_cb, &forgotten);
  g_assert_true (stage_wait (has_result, &forgotten, 20));
  tn_seal_keyring_destroy_key (workspace, key, TN_SECRET_SILENT, &error);
  g_assert_no_error (error);
  tn_runtime_end_forgetting (f->stage->runtime, key);
  tn_instance_start (instance);
  assert_closed (instance);
  g_assert_nonnull (strstr (tn_instance_get_sentence (instance), "another key"));
  assert_nowhere (f);
}

static gboolean
is_clean (gpointer data)
{
  Fixture *f = data;
  g_autofree char *where = NULL;

  flush (f);
  where = pack_find_text (f->stage->folder, CANARY);
  if (where != NULL)
    g_test_message ("it is in %s", where);
  return where == NULL;
}

/* An update asks for it: what was there is sealed, web storage goes, and what is asked for less later goes on. */
static void
test_turned_on (Fixture *f, gconstpointer data)
{
  g_autofree char *plain = NULL;
  TnInstance *instance, *twin;

  f->keyring = start_keyring ();
  put_tiles (f);
  instance = stage_place (f->stage, APP);
  assert_running (instance);
  assert_value (f, APP, "report1",
                "{\"before\":null,\"keys\":0,\"settings\":null,\"can\":[\"localStorage\",\"IndexedDB\"]}");
  twin = stage_place_as (f->stage, APP, "twin");
  assert_running (twin);
  plain = pack_find_text (f->stage->folder, CANARY);
  g_assert_nonnull (plain);
  stage_write_app (f->apps, APP, ENCRYPTED, script);
  tn_instance_restart (instance);
  assert_running (instance);
  assert_value (f, APP, "report2", "{\"before\":\"" CANARY "\",\"keys\":1,\"settings\":null,\"can\":[]}");
  g_assert_true (stage_wait (is_clean, f, 20));
  stage_write_app (f->apps, APP, "", script);
  stop (instance);
  tn_instance_start (instance);
  assert_running (instance);
  assert_value (f, APP, "report3", "{\"before\":\"" CANARY "\",\"keys\":1,\"settings\":null,\"can\":[]}");
  stop (instance);
  g_assert_true (stage_wait (is_clean, f, 20));
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path, *more;
    void (*test) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/sealed/canaries", ENCRYPTED SAYS, test_canaries },
    { "/sealed/no-keyring", ENCRYPTED, test_no_keyring },
    { "/sealed/locked", ENCRYPTED, test_locked },
    { "/sealed/gone-meanwhile", ENCRYPTED, test_gone_meanwhile },
    { "/sealed/destroyed", ENCRYPTED, test_destroyed },
    { "/sealed/turned-on", "", test_turned_on },
  };
  g_autofree char *keyring = g_find_program_in_path ("gnome-keyring-daemon");
  g_autofree char *display = g_strdup (g_getenv ("DISPLAY"));
  GTestDBus *bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  int result;

  if (keyring == NULL)
    return 77;
  /* On a bus of its own nothing starts by itself: no keyring, and no dialog of one. */
  g_test_dbus_up (bus);
  g_setenv ("DISPLAY", display, TRUE); /* which it takes away */
  g_setenv ("GTK_A11Y", "none", TRUE);
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, tests[i].more, set_up, tests[i].test, tear_down);
  result = g_test_run ();
  /* Not down: libsecret holds the connection to the bus as long as the process lives. */
  g_test_dbus_stop (bus);
  return result;
}
