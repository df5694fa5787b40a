/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hostile-app.h"

#include "record.h"
#include "tn-json.h"
#include "tn-proof.h"

#include <string.h>
#include <sys/stat.h>

#define BATCH 14
#define PATIENCE 25.0

/* Watches how long the main loop is kept from coming round. */
typedef struct
{
  gint64 last_us, gap_us;
  guint source;
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
  g_autofree char *before = beat (stage);
  Heart heart = { stage, before };

  g_assert_nonnull (before);
  g_assert_true (stage_wait (has_beaten, &heart, 10));
}

void
hostile_add_neighbour (const char *apps)
{
  stage_write_app (apps, HOSTILE_NEIGHBOUR,
                   ", \"permissions\": [{\"type\": \"event\", \"resource\": \"neighbour.>\", \"actions\": [\"emit\"]}]",
                   "let n = 0; localStorage.setItem('secret', 'mine'); indexedDB.open('secret');"
                   "setInterval(() => { n += 1; nexus.storage.set('beat', n); nexus.emit('neighbour.beat', n); }, 100);");
}

void
hostile_assert_locked_in (int pid)
{
  g_autofree char *theirs = g_strdup_printf ("/proc/%d/ns/net", pid);
  struct stat a, b;
  TnProof proof;

  g_assert_true (tn_proof_read (pid, &proof));
  g_assert_cmpint (stat (theirs, &a), ==, 0);
  g_assert_cmpint (stat ("/proc/self/ns/net", &b), ==, 0);
  g_assert_cmpuint (a.st_ino, !=, b.st_ino);
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

/* Until it has reported or is in trouble. An app that is expected to fail is waited for until it does. */
static void
await (HostileCase *self, Stage *stage, TnInstance *instance)
{
  gboolean fails = json_object_has_member (self->about, "trouble");
  gint64 end = g_get_monotonic_time () + (gint64) (PATIENCE * G_USEC_PER_SEC);
  g_autofree char *text = NULL;

  while (text == NULL && !stage_wait_state (instance, TN_STATE_TROUBLED, 0.1) && g_get_monotonic_time () < end)
    text = fails ? NULL : stage_wait_value (stage, self->id, "done", 0);
  self->done = text != NULL ? tn_json_parse_object (text, -1, NULL, NULL) : NULL;
  self->trouble = tn_instance_get_trouble (instance);
  self->pid = tn_instance_get_pid (instance);
}

static void
run_batch (HostileGroup *group, guint from, guint to)
{
  g_autofree char *apps = g_dir_make_tmp ("tn-apps-XXXXXX", NULL);
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", apps);
  g_autoptr (GPtrArray) instances = g_ptr_array_new ();
  Stage *stage;

  hostile_add_neighbour (apps);
  for (guint i = from; i < to; i++)
    hostile_write (group->cases->pdata[i], apps);
  stage = stage_new (apps);
  stage_place (stage, HOSTILE_NEIGHBOUR);
  for (guint i = from; i < to; i++)
    g_ptr_array_add (instances, stage_place (stage, ((HostileCase *) group->cases->pdata[i])->id));
  for (guint i = from; i < to; i++)
    await (group->cases->pdata[i], stage, instances->pdata[i - from]);
  hostile_assert_beats (stage);
  for (guint i = from; i < to; i++)
    if (((HostileCase *) group->cases->pdata[i])->pid != 0)
      hostile_assert_locked_in (((HostileCase *) group->cases->pdata[i])->pid);
  stage_free (stage);
  for (guint i = from; i < to; i++)
    if (((HostileCase *) group->cases->pdata[i])->pid != 0)
      hostile_assert_ended (((HostileCase *) group->cases->pdata[i])->pid);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
}

static void
run_group (HostileGroup *group)
{
  Pace pace = { g_get_monotonic_time (), 0, 0 };

  if (group->over)
    return;
  group->over = TRUE;
  group->first_line = record_get_lines ()->len;
  pace.source = g_timeout_add_full (G_PRIORITY_HIGH, 5, tick_cb, &pace, NULL);
  for (guint i = 0; i < group->cases->len; i += BATCH)
    run_batch (group, i, MIN (i + BATCH, group->cases->len));
  g_source_remove (pace.source);
  g_test_message ("%s at %s: the main loop was kept for %.0f ms at most", group->name, group->level,
                  pace.gap_us / 1000.0);
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
hostile_add_group (const char *name, const char *level, Listener *listener)
{
  HostileGroup *group = g_new0 (HostileGroup, 1);
  g_autofree char *last = g_strdup_printf ("/hostile/%s-%s/nothing-leaves", name, level);

  *group = (HostileGroup) { name, level, listener, NULL, FALSE, 0 };
  group->cases = hostile_load (group);
  for (guint i = 0; i < group->cases->len; i++)
    {
      HostileCase *self = group->cases->pdata[i];
      g_autofree char *path = g_strdup_printf ("/hostile/%s-%s/%s", name, level, self->name);

      g_test_add_data_func (path, self, test_case);
    }
  g_test_add_data_func (last, group, test_nothing_leaves);
}
