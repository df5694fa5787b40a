/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tries real apps in real processes, on the display there is, and prints one JSON object of what bench_runtime.py asks
 * for: what a suspended tile costs, how fast it comes back, and how bombs end. */
#include "config.h"

#include "stage.h"
#include "tn-monitor.h"
#include "tn-processes.h"

#include <fcntl.h>
#include <unistd.h>

#define LIMIT_MIB 150
#define LIMITED ", \"resources\": {\"memory\": 150}"
#define EAT "const a = []; for (;;) a.push(new Array(1e6).fill(Math.random()));"
#define STILL_S 10
#define ROUNDS 5

static const char busy[]
  = "nexus.register({onResume: () => nexus.storage.set('resumed', 1)});"
    "setInterval(() => { for (let end = performance.now() + 5; performance.now() < end;) ; }, 10);";

static const struct
{
  const char *id, *more, *script;
} apps[] = {
  { "com.example.busy", ", \"resources\": {\"cpu\": 100}", busy },
  { "com.example.calm", ", \"ui\": {\"background\": \"discard\"}", "nexus.register({getState: () => ({n: 1})});" },
  { "com.example.sync", LIMITED, "nexus.register({}); setTimeout(() => { " EAT " }, 300);" },
  { "com.example.worker", LIMITED, "nexus.register({}); const w = new Worker('eat.js');" },
  { "com.example.typed", LIMITED,
    "nexus.register({}); setTimeout(() => { const a = []; for (;;) a.push(new Uint8Array(1 << 24).fill(7)); }, 300);" },
  { "com.example.timer", LIMITED,
    "nexus.register({}); const a = []; setInterval(() => a.push(new Array(1e6).fill(Math.random())), 5);" },
};

static void
print (const char *name, double value)
{
  static gboolean more;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_print ("%s\"%s\": %s", more ? ", " : "{", name, g_ascii_formatd (number, sizeof number, "%.3f", value));
  more = TRUE;
}

static TnInstance *
place_running (Stage *stage, const char *id)
{
  TnInstance *instance = stage_place (stage, id);

  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 30));
  return instance;
}

static gboolean
is_over (gpointer timer)
{
  return g_timer_elapsed (timer, NULL) > STILL_S;
}

/* A page that works half of the time, as long as it may. */
static void
measure_suspended (Stage *stage)
{
  TnInstance *instance = place_running (stage, "com.example.busy");
  g_autoptr (GTimer) timer = NULL;
  TnProcessSample before, after;

  tn_instance_set_visible (instance, FALSE);
  g_assert_true (stage_wait_state (instance, TN_STATE_SUSPENDED, 30));
  do
    g_assert_true (tn_process_sample (tn_instance_get_pid (instance), &before));
  while (!before.stopped);
  timer = g_timer_new ();
  stage_wait (is_over, timer, 2 * STILL_S);
  g_assert_true (tn_process_sample (tn_instance_get_pid (instance), &after));
  print ("suspended-cpu", (after.cpu_us - before.cpu_us) / 1000.0);
  tn_instance_end (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_TROUBLED, 30));
}

static void
painted_cb (GdkFrameClock *clock, gboolean *painted)
{
  *painted = TRUE;
}

static gboolean
is_true (gpointer flag)
{
  return *(gboolean *) flag;
}

static gboolean
is_alive (gpointer instance)
{
  return tn_instance_get_state (instance) == TN_STATE_RUNNING && !tn_instance_get_covered (instance);
}

/* Seen again: the frame with its picture in it, and the page drawn anew. */
static void
measure_return (Stage *stage, TnInstance *instance, TnInstanceState from, GArray *pictures, GArray *lives)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (stage->window);
  GtkWidget *picture = gtk_picture_new ();
  gboolean painted = FALSE;
  gulong handler;
  gint64 begin;
  double ms;

  tn_instance_set_visible (instance, FALSE);
  g_assert_true (stage_wait_state (instance, from, 30));
  begin = g_get_monotonic_time ();
  tn_instance_set_visible (instance, TRUE);
  gtk_picture_set_paintable (GTK_PICTURE (picture), tn_instance_get_picture (instance));
  gtk_box_append (GTK_BOX (stage->box), picture);
  handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);
  g_assert_true (stage_wait (is_true, &painted, 10));
  ms = (g_get_monotonic_time () - begin) / 1000.0;
  g_array_append_val (pictures, ms);
  g_assert_true (stage_wait (is_alive, instance, 30));
  ms = (g_get_monotonic_time () - begin) / 1000.0;
  g_array_append_val (lives, ms);
  g_signal_handler_disconnect (clock, handler);
  gtk_box_remove (GTK_BOX (stage->box), picture);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static double
median (GArray *values)
{
  g_array_sort (values, compare);
  return g_array_index (values, double, values->len / 2);
}

static void
measure_returns (Stage *stage)
{
  const struct
  {
    TnInstanceState from;
    const char *life;
  } kinds[] = { { TN_STATE_SUSPENDED, "suspended-life" }, { TN_STATE_DISCARDED, "discarded-life" } };
  TnInstance *instance = place_running (stage, "com.example.calm");
  g_autoptr (GArray) pictures = g_array_new (FALSE, FALSE, sizeof (double));

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GArray) lives = g_array_new (FALSE, FALSE, sizeof (double));

      for (int round = 0; round < ROUNDS; round++)
        measure_return (stage, instance, kinds[i].from, pictures, lives);
      print (kinds[i].life, median (lives));
    }
  print ("return-picture", median (pictures));
}

/* Looks as often as it can, in a thread of its own, so that nothing here is measured late. */
typedef struct
{
  int pid;
  double ended_s, most_mib;
} Bomb;

static gpointer
watch_thread (gpointer user_data)
{
  Bomb *bomb = user_data;
  g_autofree char *path = g_strdup_printf ("/proc/%d/statm", bomb->pid);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gint64 crossed = 0, kib;

  while ((kib = tn_monitor_read_own_kib (fd)) > 0)
    {
      if (crossed == 0 && kib > LIMIT_MIB * 1024)
        crossed = g_get_monotonic_time ();
      bomb->most_mib = MAX (bomb->most_mib, kib / 1024.0);
      g_usleep (500);
    }
  bomb->ended_s = crossed != 0 ? (g_get_monotonic_time () - crossed) / (double) G_USEC_PER_SEC : 0;
  close (fd);
  return NULL;
}

static void
measure_bombs (Stage *stage)
{
  const char *kinds[] = { "sync", "worker", "typed", "timer" };
  double slowest = 0, most = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *id = g_strconcat ("com.example.", kinds[i], NULL);
      TnInstance *instance = place_running (stage, id);
      Bomb bomb = { tn_instance_get_pid (instance), 0, 0 };
      GThread *thread = g_thread_new ("watch", watch_thread, &bomb);

      g_assert_true (stage_wait_state (instance, TN_STATE_TROUBLED, 60));
      g_assert_cmpint (tn_instance_get_trouble (instance), ==, TN_TROUBLE_MEMORY);
      g_thread_join (thread);
      slowest = MAX (slowest, bomb.ended_s);
      most = MAX (most, bomb.most_mib / LIMIT_MIB);
    }
  print ("bomb-ended", slowest);
  print ("bomb-overshoot", most);
}

int
main (void)
{
  const TnBudget soon = { .suspend_s = 1, .discard_s = 1 };
  g_autofree char *folder = g_dir_make_tmp ("tn-lives-XXXXXX", NULL);
  g_autofree char *worker = g_build_filename (folder, "com.example.worker", "eat.js", NULL);
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", folder);
  Stage *stage;

  gtk_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (apps); i++)
    stage_write_app (folder, apps[i].id, apps[i].more, apps[i].script);
  g_assert_true (g_file_set_contents (worker, EAT, -1, NULL));
  stage = stage_new (folder);
  tn_runtime_set_budget (stage->runtime, &soon);
  measure_suspended (stage);
  measure_returns (stage);
  measure_bombs (stage);
  g_print ("}\n");
  stage_free (stage);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  return 0;
}
