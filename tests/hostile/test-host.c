/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to the host from outside the page, or by a page that waits for the host to ask. */
#include "hostile.h"
#include "record.h"

#include <signal.h>
#include <string.h>

typedef struct
{
  char *apps;
  Stage *stage;
  TnInstance *neighbour;
} Fixture;

static const struct
{
  const char *id, *script;
} apps[] = {
  { "com.hostile.plain", "nexus.register({}); nexus.storage.set('done', true);" },
  { "com.hostile.circular", "const c = {}; c.c = c; nexus.register({onMount: () => c, getState: () => c});" },
  { "com.hostile.giant", "nexus.register({onMount: () => 'x'.repeat(5e6), getState: () => 'x'.repeat(5e6)});" },
  { "com.hostile.deep",
    "let d = 1; for (let i = 0; i < 5000; i++) d = [d]; nexus.register({onMount: () => d, getState: () => d});" },
  { "com.hostile.silent",
    "const never = () => new Promise(() => {}); nexus.register({onResize: never, onTheme: never, getState: never,"
    " onUnmount: never}); nexus.storage.set('done', true);" },
  { "com.hostile.busy",
    "const go = i => nexus.storage.set('k' + i % 9, 'x'.repeat(9999)).then(() => go(i + 1), () => {});"
    "nexus.register({}); for (let i = 0; i < 200; i++) go(i);" },
  { "com.hostile.writer",
    "nexus.register({onMount() {"
    " throw new Error('a\\n** (token-nexus): CRITICAL **: forged\\x1b[2Jb\\r\\u202ec' + 'x'.repeat(9999)); }});" },
  { "com.hostile.out",
    "const hint = () => Object.assign(document.createElement('link'), {rel: 'dns-prefetch', href: '//a.hostile.test'});"
    "const go = () => { fetch('http://b.hostile.test/').catch(() => {}); new Image().src = 'http://c.hostile.test/';"
    " document.head.append(hint()); location.href = 'http://d.hostile.test/'; };"
    "nexus.storage.set('done', true); for (let i = 0; i < 50; i++) setTimeout(go, i * 50);" },
};

static void
set_up (Fixture *self, gconstpointer data)
{
  self->apps = g_dir_make_tmp ("tn-apps-XXXXXX", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (apps); i++)
    stage_write_app (self->apps, apps[i].id, "", apps[i].script);
  hostile_add_neighbour (self->apps);
  self->stage = stage_new (self->apps);
  self->neighbour = stage_place (self->stage, HOSTILE_NEIGHBOUR);
  g_assert_true (stage_wait_state (self->neighbour, TN_STATE_RUNNING, 20));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", self->apps);

  hostile_assert_beats (self->stage);
  g_assert_cmpint (tn_instance_get_state (self->neighbour), ==, TN_STATE_RUNNING);
  stage_free (self->stage);
  g_assert_cmpuint (record_find (0), ==, 0);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (self->apps);
}

static TnInstance *
place_running (Fixture *self, const char *id)
{
  TnInstance *instance = stage_place (self->stage, id);

  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
  return instance;
}

static void
assert_done (Fixture *self, const char *id)
{
  g_autofree char *done = stage_wait_value (self->stage, id, "done", 10);

  g_assert_nonnull (done);
}

/* An answer that can't be had is no reason to wait for it: the tile runs, and stops in its time. */
static void
test_unanswerable (Fixture *self, gconstpointer data)
{
  const char *ids[] = { "com.hostile.circular", "com.hostile.giant", "com.hostile.deep" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      TnInstance *instance = place_running (self, ids[i]);
      int pid = tn_instance_get_pid (instance);

      tn_instance_restart (instance);
      hostile_assert_ended (pid);
      g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
    }
}

static void
test_never_answers (Fixture *self, gconstpointer data)
{
  TnInstance *instance = place_running (self, "com.hostile.silent");
  int pid = tn_instance_get_pid (instance);

  for (int i = 0; i < 500; i++)
    {
      TnTheme theme = { i % 2 == 0, FALSE, "#3584e4", "#2e2e2e", "#ffffff" };

      tn_instance_set_size (instance, 2 + i % 9, 3, 200 + i, 300);
      tn_runtime_set_theme (self->stage->runtime, &theme);
    }
  assert_done (self, "com.hostile.silent");
  tn_instance_restart (instance);
  hostile_assert_ended (pid);
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
}

/* Ended with hundreds of its calls on their way through the store. */
static void
test_stopped_in_the_middle (Fixture *self, gconstpointer data)
{
  TnInstance *instance = place_running (self, "com.hostile.busy");

  for (int i = 0; i < 8; i++)
    {
      g_autofree char *some = stage_wait_value (self->stage, "com.hostile.busy", "k0", 10);
      int pid = tn_instance_get_pid (instance);

      g_assert_nonnull (some);
      if (i % 2 == 0)
        {
          kill (pid, SIGKILL);
          g_assert_true (stage_wait_state (instance, TN_STATE_TROUBLED, 10));
          g_assert_cmpint (tn_instance_get_trouble (instance), ==, TN_TROUBLE_CRASHED);
        }
      tn_instance_restart (instance);
      hostile_assert_ended (pid);
      g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 20));
    }
}

static GString *written;

static GLogWriterOutput
write_cb (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      g_string_append_printf (written, "%s\n", (const char *) fields[i].value);
  return G_LOG_WRITER_HANDLED;
}

/* GLib lets log functions be set only once: so this one goes on to collect what nobody reads. */
static void
test_log (Fixture *self, gconstpointer data)
{
  const char *line;

  written = g_string_new (NULL);
  g_log_set_writer_func (write_cb, NULL, NULL);
  place_running (self, "com.hostile.writer");
  line = strstr (written->str, "com.hostile.writer");
  g_assert_nonnull (line);
  g_assert_null (strstr (written->str, "\n** (token-nexus)"));
  g_assert_null (strchr (written->str, '\x1b'));
  g_assert_null (strchr (written->str, '\r'));
  g_assert_cmpuint (written->len, <, 2000);
}

/* The network process is shared: what ends it must end nothing else, and the one that follows must be walled in too. */
static void
test_network_process_killed (Fixture *self, gconstpointer data)
{
  guint from = record_get_lines ()->len;
  int pid = tn_runtime_get_network_pid (self->stage->runtime);

  g_assert_cmpint (pid, >, 0);
  kill (pid, SIGKILL);
  hostile_assert_ended (pid);
  hostile_assert_beats (self->stage);
  place_running (self, "com.hostile.out");
  assert_done (self, "com.hostile.out");
  kill (tn_runtime_get_network_pid (self->stage->runtime), SIGKILL);
  hostile_assert_beats (self->stage);
  place_running (self, "com.hostile.plain");
  assert_done (self, "com.hostile.plain");
  hostile_assert_beats (self->stage);
  g_assert_cmpuint (record_count_attached ("WebKitNetworkProcess"), >=, 2);
  g_assert_cmpuint (record_find (from), ==, 0);
}

static const struct
{
  const char *path;
  void (*test) (Fixture *, gconstpointer);
} tests[] = {
  { "/hostile/host/unanswerable", test_unanswerable },
  { "/hostile/host/never-answers", test_never_answers },
  { "/hostile/host/stopped-in-the-middle", test_stopped_in_the_middle },
  { "/hostile/host/network-process-killed", test_network_process_killed },
  { "/hostile/host/log", test_log },
};

int
main (int argc, char **argv)
{
  int result;

  record_begin (argv);
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  result = g_test_run ();
  record_end ();
  return result;
}
