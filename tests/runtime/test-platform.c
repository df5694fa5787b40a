/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"
#include "tn-json.h"
#include "tn-platform.h"

#include <string.h>

#define ID "com.example.wisher"

/* A desktop that writes down what it is asked for, and answers as the test wants. */
#define FAKE_TYPE_DESKTOP (fake_desktop_get_type ())
G_DECLARE_FINAL_TYPE (FakeDesktop, fake_desktop, FAKE, DESKTOP, GObject)

struct _FakeDesktop
{
  GObject parent_instance;

  GString *log;
  gboolean open_links;
  GFile *file; /* nullable: the one that is chosen */
};

static void fake_desktop_platform_init (TnPlatformInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeDesktop, fake_desktop, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TN_TYPE_PLATFORM, fake_desktop_platform_init))

static void
fake_notify (TnPlatform *platform, TnApp *app, const char *tile_id, const char *title, const char *body)
{
  g_string_append_printf (FAKE_DESKTOP (platform)->log, "notify %s %s %s;", tile_id, title, body);
}

static void
fake_copy (TnPlatform *platform, const char *text)
{
  g_string_append_printf (FAKE_DESKTOP (platform)->log, "copy %s;", text);
}

static void
fake_open_link_async (TnPlatform *platform, TnApp *app, const char *url, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  FakeDesktop *self = FAKE_DESKTOP (platform);
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_string_append_printf (self->log, "link %s;", url);
  g_task_return_boolean (task, self->open_links);
}

static gboolean
fake_open_link_finish (TnPlatform *platform, GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
fake_choose_file_async (TnPlatform *platform, TnApp *app, const char *name, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  FakeDesktop *self = FAKE_DESKTOP (platform);
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_string_append_printf (self->log, "file %s;", name != NULL ? name : "?");
  g_task_return_pointer (task, self->file != NULL ? g_object_ref (self->file) : NULL, g_object_unref);
}

static GFile *
fake_choose_file_finish (TnPlatform *platform, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
fake_desktop_platform_init (TnPlatformInterface *iface)
{
  iface->notify = fake_notify;
  iface->copy = fake_copy;
  iface->open_link_async = fake_open_link_async;
  iface->open_link_finish = fake_open_link_finish;
  iface->choose_file_async = fake_choose_file_async;
  iface->choose_file_finish = fake_choose_file_finish;
}

static void
fake_desktop_finalize (GObject *object)
{
  g_string_free (FAKE_DESKTOP (object)->log, TRUE);
  g_clear_object (&FAKE_DESKTOP (object)->file);
  G_OBJECT_CLASS (fake_desktop_parent_class)->finalize (object);
}

static void
fake_desktop_class_init (FakeDesktopClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_desktop_finalize;
}

static void
fake_desktop_init (FakeDesktop *self)
{
  self->log = g_string_new (NULL);
}

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
  ", {\"type\": \"api\", \"resource\": \"files\", \"actions\": [\"read\", \"write\"]}," API ("system", "read") "]"

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->apps = g_dir_make_tmp ("tn-apps-XXXXXX", NULL);
  fixture->desktop = g_object_new (FAKE_TYPE_DESKTOP, NULL);
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
is_done (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *value = stage_wait_value (fixture->stage, ID, "done", 0);

  return value != NULL;
}

/* Runs @script when the page loads, or, with @click, after a click in it; what it returns, or throws. */
static char *
result (Fixture *fixture, const char *more, gboolean click, const char *script)
{
  g_autofree char *whole = g_strdup_printf (
    "const run = () => (async () => {%s})().then(v => nexus.storage.set('done', v ?? null), e => nexus.storage.set('done', e.code ?? e.message));"
    "%s; nexus.register({});",
    script, click ? "addEventListener('click', run, {once: true})" : "run()");

  stage_write_app (fixture->apps, ID, more, whole);
  fixture->stage = stage_new (fixture->apps);
  tn_runtime_set_platform (fixture->stage->runtime, TN_PLATFORM (fixture->desktop));
  fixture->instance = stage_place (fixture->stage, ID);
  g_assert_true (stage_wait_state (fixture->instance, TN_STATE_RUNNING, 20));
  for (guint i = 0; click && i < 10 && !stage_wait (is_done, fixture, 1); i++)
    stage_click (fixture->stage, fixture->instance);
  return stage_wait_value (fixture->stage, ID, "done", 20);
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
    " () => nexus.system.info()]) out.push(await f().catch(e => e.code)); return out;");

  g_assert_cmpstr (value, ==, "[-32001,-32001,-32001,-32001,-32001,-32001]");
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
    "return [await nexus.openLink('https://a.example/b?c'), await nexus.openLink('javascript:alert(1)').catch(e => e.code),"
    " await nexus.openLink('file:///etc/passwd').catch(e => e.code), await nexus.files.open()];");

  g_assert_cmpstr (value, ==, "[false,-32602,-32602,null]");
  g_assert_cmpstr (fixture->desktop->log->str, ==, "copy mine;link https://a.example/b?c;file ?;");
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
  g_assert_cmpstr (fixture->desktop->log->str, ==, "file ?;file new.txt;");
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
  ADD ("/platform/system", test_system);
  return g_test_run ();
}
