/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hostile-app.h"

#include "record.h"
#include "tn-json.h"
#include "tn-proof.h"

#include <string.h>
#include <sys/stat.h>

#define PATIENCE_US (60 * G_USEC_PER_SEC)

/* Watches how long the main loop is kept from coming round. */
typedef struct
{
  gint64 last_us, gap_us;
} Pace;

static gboolean
tick_cb (gpointer user_data)
{
  Pace *pace = user_data;
  gint64 now = g_get_monotonic_time ();

  pace->gap_us = MAX (pace->gap_us, now - pace->last_us);
  pace->last_us = now;
  return G_SOURCE_CONTINUE;
}

static gboolean
never (gpointer data)
{
  return FALSE;
}

static char *
beat (Stage *stage)
{
  stage_wait (never, NULL, 0.1);
  return stage_wait_value (stage, HOSTILE_NEIGHBOUR, "beat", 0);
}

typedef struct
{
  Stage *stage;
  char *before;
} Heart;

static gboolean
has_beaten (gpointer data)
{
  Heart *heart = data;
  g_autofree char *now = beat (heart->stage);

  return now != NULL && !g_str_equal (now, heart->before);
}

void
hostile_assert_beats (Stage *stage)
{
  g_autofree char *before = stage_wait_value (stage, HOSTILE_NEIGHBOUR, "beat", 20);
  Heart heart = { stage, before };

  g_assert_nonnull (before);
  g_assert_true (stage_wait (has_beaten, &heart, 10));
}

void
hostile_add_neighbour (const char *apps)
{
  stage_write_app (apps, HOSTILE_NEIGHBOUR,
                   ", \"permissions\": [{\"type\": \"event\", \"resource\": \"neighbour.>\", \"actions\": [\"emit\"]}]",
                   "let n = 0; localStorage.setItem('secret', 'mine'); indexedDB.open('secret'); setInterval(() => {"
                   " n += 1; nexus.storage.set('beat', n); nexus.emit('neighbour.beat', n); }, 100);");
}

static void
assert_hidden (int pid, const char *folder, const char *name)
{
  g_autofree char *here = g_build_filename (folder, name, NULL);
  g_autofree char *there = g_strdup_printf ("/proc/%d/root%s", pid, here);

  g_assert_true (g_file_test (here, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (there, G_FILE_TEST_EXISTS));
}

static void
assert_sees_no_files (int pid, Stage *stage)
{
  g_autofree char *shown = g_strdup_printf ("/proc/%d/root/usr/lib", pid);

  g_assert_true (g_file_test (shown, G_FILE_TEST_IS_DIR));
  assert_hidden (pid, stage->folder, "canvas.db");
  assert_hidden (pid, stage->folder, "filters");
  assert_hidden (pid, g_get_home_dir (), "Downloads");
  assert_hidden (pid, g_get_home_dir (), ".config/user-dirs.dirs");
}

void
hostile_assert_locked_in (int pid, Stage *stage)
{
  g_autofree char *theirs = g_strdup_printf ("/proc/%d/ns/net", pid);
  struct stat a, b;
  TnProof proof;

  g_assert_true (tn_proof_read (pid, &proof));
  g_assert_cmpint (stat (theirs, &a), ==, 0);
  g_assert_cmpint (stat ("/proc/self/ns/net", &b), ==, 0);
  g_assert_cmpuint (a.st_ino, !=, b.st_ino);
  assert_sees_no_files (pid, stage);
}

static gboolean
is_ended (gpointer data)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/cmdline", GPOINTER_TO_INT (data));
  g_autofree char *text = NULL;

  return !g_file_get_contents (path, &text, NULL, NULL) || *text == '\0';
}

void
hostile_assert_ended (int pid)
{
  g_assert_true (stage_wait (is_ended, GINT_TO_POINTER (pid), 10));
}

/* With a real pointer: what is done then, the page does at the person's wish. There is no window manager, so the window
 * is where the screen begins. */
/* Until it has reported or is in trouble. An app that is expected to fail is waited for until it does. */
static void
await (HostileCase *self, Stage *stage, TnInstance *instance, gint64 end)
{
  gboolean fails = json_object_has_member (self->about, "trouble");
  gboolean clicked = tn_json_get_boolean (self->about, "click", FALSE);
  g_autofree char *text = NULL;

  while (text == NULL && !stage_wait_state (instance, TN_STATE_TROUBLED, 0.1) && g_get_monotonic_time () < end)
    {
      if (clicked && tn_instance_get_state (instance) == TN_STATE_RUNNING)
        stage_click (stage, instance);
      text = fails ? NULL : stage_wait_value (stage, self->id, "done", 0);
    }
  self->done = text != NULL ? tn_json_parse_object (text, -1, NULL, NULL) : NULL;
  self->trouble = tn_instance_get_trouble (instance);
  self->pid = tn_instance_get_pid (instance);
}

static void
assert_nothing_above (GtkWidget *widget)
{
  g_assert_false (GTK_IS_POPOVER (widget) && gtk_widget_get_visible (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    assert_nothing_above (child);
}

static void
watch_batch (HostileGroup *group, guint from, guint to, Stage *stage, TnInstance **instances)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;
  Pace pace = { g_get_monotonic_time (), 0 };
  g_autoptr (GtkWidget) window = NULL;
  guint source = g_timeout_add_full (G_PRIORITY_HIGH, 5, tick_cb, &pace, NULL);

  for (guint i = from; i < to; i++)
    await (group->cases->pdata[i], stage, instances[i - from], end);
  hostile_assert_beats (stage);
  g_source_remove (source);
  g_test_message ("%s: the main loop was kept for %.0f ms at most", group->name, pace.gap_us / 1000.0);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, 1);
  window = g_list_model_get_item (gtk_window_get_toplevels (), 0);
  assert_nothing_above (window);
  /* Those that still run: one that has reported may have been stopped since. */
  for (guint i = 0; i < to - from; i++)
    if (tn_instance_get_pid (instances[i]) != 0)
      hostile_assert_locked_in (tn_instance_get_pid (instances[i]), stage);
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

static GStrv
list_kinds (Stage *stage, const char *id)
{
  g_autofree char *key = tn_app_key ("test", id, "");
  TnAuditFilter filter = { .app_key = key };
  g_autoptr (GAsyncResult) flushed = NULL, listed = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GStrvBuilder) kinds = g_strv_builder_new ();

  tn_audit_flush_async (stage->audit, NULL, take_result_cb, &flushed);
  g_assert_true (stage_wait (has_result, &flushed, 20));
  tn_store_list_audit_async (stage->store, &filter, 0, 10000, NULL, take_result_cb, &listed);
  g_assert_true (stage_wait (has_result, &listed, 20));
  rows = tn_store_list_audit_finish (stage->store, listed, NULL);
  g_assert_nonnull (rows);
  for (guint i = 0; i < rows->len; i++)
    g_strv_builder_add (kinds, ((TnAuditRecord *) rows->pdata[i])->kind);
  return g_strv_builder_end (kinds);
}

/* Some cases side by side on a stage of their own; their processes have ended when it returns. */
static void
run_batch (HostileGroup *group, guint from, guint to)
{
  g_autofree char *apps = g_dir_make_tmp ("tn-apps-XXXXXX", NULL);
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", apps);
  g_autofree TnInstance **instances = g_new0 (TnInstance *, to - from);
  Stage *stage;

  hostile_add_neighbour (apps);
  for (guint i = from; i < to; i++)
    hostile_write (group->cases->pdata[i], apps);
  stage = stage_new (apps);
  stage_place (stage, HOSTILE_NEIGHBOUR);
  for (guint i = from; i < to; i++)
    instances[i - from] = stage_place (stage, ((HostileCase *) group->cases->pdata[i])->id);
  watch_batch (group, from, to, stage, instances);
  for (guint i = from; i < to; i++)
    ((HostileCase *) group->cases->pdata[i])->kinds = list_kinds (stage, ((HostileCase *) group->cases->pdata[i])->id);
  stage_free (stage);
  for (guint i = from; i < to; i++)
    if (((HostileCase *) group->cases->pdata[i])->pid != 0)
      hostile_assert_ended (((HostileCase *) group->cases->pdata[i])->pid);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
}

static void
run_group (HostileGroup *group)
{
  if (group->over)
    return;
  group->over = TRUE;
  group->first_line = record_get_lines ()->len;
  for (guint i = 0; i < group->cases->len; i += group->together)
    run_batch (group, i, MIN (i + group->together, group->cases->len));
}

static void
test_case (gconstpointer data)
{
  HostileCase *self = (HostileCase *) data;

  run_group (self->group);
  hostile_check (self);
}

/* The record holds the whole life of the group's processes, which have all ended. */
static void
test_nothing_leaves (gconstpointer data)
{
  HostileGroup *group = (HostileGroup *) data;
  GPtrArray *came = listener_get_lines (group->listener);
  guint line;

  run_group (group);
  g_assert_cmpuint (record_count_attached ("WebKitWebProcess"), >=, group->cases->len);
  g_assert_cmpuint (record_count_attached ("WebKitNetworkProcess"), >=, 1);
  record_assert_home_untouched ();
  for (line = group->first_line; (line = record_find (line)) != 0; line++)
    {
      g_test_message ("recorded: %s", (char *) record_get_lines ()->pdata[line]);
      g_test_fail ();
    }
  for (guint i = 0; i < came->len; i++)
    {
      g_test_message ("arrived: %s", (char *) came->pdata[i]);
      g_test_fail ();
    }
}

void
hostile_add_group (const char *name, const char *level, guint together, Listener *listener)
{
  HostileGroup *group = g_new0 (HostileGroup, 1);
  g_autofree char *last = g_strdup_printf ("/hostile/%s-%s/nothing-leaves", name, level);

  *group = (HostileGroup) { name, level, together, listener, NULL, FALSE, 0 };
  group->cases = hostile_load (group);
  for (guint i = 0; i < group->cases->len; i++)
    {
      HostileCase *self = group->cases->pdata[i];
      g_autofree char *path = g_strdup_printf ("/hostile/%s-%s/%s", name, level, self->name);

      g_test_add_data_func (path, self, test_case);
    }
  g_test_add_data_func (last, group, test_nothing_leaves);
}
