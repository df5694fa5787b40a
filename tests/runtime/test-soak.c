/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"
#include "tn-monitor.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <webkit/webkit.h>

/* Twenty tiles to which anything happens at any time, for as long as the first argument says, in seconds; and in the end
 * nothing is left of it. The seed that g_test_init() prints repeats the order of what happens. */

#define TILES 20
#define STEP_MS 200
#define SAMPLE_S 10
#define ROUND_S 40       /* after so many all are stopped, and what is left is looked at */
#define WARM_UP 0.25     /* of the rounds */
#define JUDGED_S 600     /* from so many on the slope of the memory is judged */
#define SLOPE_KIB 1024.0 /* in 10 minutes */
#define FILES 5          /* that may be open more: of what opens its own later than in the first round */

static const struct
{
  const char *id, *script;
} apps[] = {
  { "com.example.plain", "nexus.register({getState: () => ({at: Date.now()})});" },
  { "com.example.ticking", "nexus.register({}); setInterval(() => nexus.storage.set('tick', performance.now()), 500);" },
  { "com.example.painting",
    "nexus.register({}); const c = document.createElement('canvas'); document.body.append(c); let n = 0;"
    "setInterval(() => { const x = c.getContext('2d'); x.fillStyle = `hsl(${n += 7}, 50%, 50%)`; x.fillRect(0, 0, 300, 150); },"
    " 250);" },
  { "com.example.busy",
    "nexus.register({}); setInterval(() => { const end = performance.now() + 60; while (performance.now() < end); }, 1000);" },
};

/* What a page is made to do by "flood". */
#define FLOOD "for (let i = 0; i < 3000; i++) nexus.storage.get('x').catch(() => {});"

typedef struct
{
  char *apps;
  Stage *stage;
  GPtrArray *tiles; /* of TnInstance, borrowed from the stage */
  guint n_alive;    /* instances that were made and not finalized */
  guint n_places;
  guint least_files; /* that were open when nothing ran; 0 before that was counted */
  gint64 start_us;
  GArray *times, *sizes; /* of double: our own memory after each round */
  GHashTable *zombies;   /* at the last sample */
} Soak;

static double soak_seconds = 75;

static void
gone_cb (gpointer user_data, GObject *instance)
{
  ((Soak *) user_data)->n_alive--;
}

/* Each is in another tile: what was left of an old one would not be found by a new one. */
static TnInstance *
place (Soak *soak)
{
  guint n = soak->n_places++;
  g_autofree char *tile_id = g_strdup_printf ("tile-%u", n);
  TnInstance *instance = stage_place_as (soak->stage, apps[n % G_N_ELEMENTS (apps)].id, tile_id);

  g_object_weak_ref (G_OBJECT (instance), gone_cb, soak);
  soak->n_alive++;
  return instance;
}

static void
begin (Soak *soak, TnInstance *instance)
{
  tn_instance_start (instance);
}

static void
end (Soak *soak, TnInstance *instance)
{
  tn_instance_stop_async (instance, NULL, NULL, NULL);
}

static void
crash (Soak *soak, TnInstance *instance)
{
  int pid = tn_instance_get_pid (instance);

  if (pid != 0)
    kill (pid, SIGKILL);
}

static void
hide (Soak *soak, TnInstance *instance)
{
  tn_instance_set_visible (instance, !tn_instance_get_visible (instance));
}

static void
flood (Soak *soak, TnInstance *instance)
{
  if (tn_instance_get_state (instance) == TN_STATE_RUNNING)
    webkit_web_view_call_async_javascript_function (tn_instance_get_view (instance), FLOOD, -1, NULL, NULL, NULL, NULL,
                                                    NULL, NULL);
}

static void
hold (Soak *soak, TnInstance *instance)
{
  tn_instance_pause (instance);
}

static void
go_on (Soak *soak, TnInstance *instance)
{
  tn_instance_remedy (instance);
}

static void
restart (Soak *soak, TnInstance *instance)
{
  tn_instance_restart (instance);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_ptr_array_remove_fast (((Soak *) user_data)->stage->instances, source);
}

static void
replace (Soak *soak, TnInstance *instance)
{
  g_ptr_array_remove_fast (soak->tiles, instance);
  tn_instance_stop_async (instance, NULL, removed_cb, soak);
  g_ptr_array_add (soak->tiles, place (soak));
}

/* What ends a tile is followed by what brings it back, more often than not. */
static void (*const deeds[]) (Soak *soak, TnInstance *instance)
  = { begin, begin, go_on, go_on, go_on, end, crash, crash, hide, hide, flood, hold, restart, replace };

/* (transfer full): the numbers of all processes that are ours, and theirs, and what they do. */
typedef struct
{
  GArray *pids, *parents;
  GString *states;
  GPtrArray *names;
} Table;

static void
table_free (Table *table)
{
  g_array_unref (table->pids);
  g_array_unref (table->parents);
  g_string_free (table->states, TRUE);
  g_ptr_array_unref (table->names);
  g_free (table);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Table, table_free)

static void
add_process (Table *table, const char *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/stat", name), *text = NULL;
  const char *open, *close;
  int pid = atoi (name), parent;
  char state;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (open = strchr (text, '(')) == NULL
      || (close = strrchr (text, ')')) == NULL || sscanf (close + 1, " %c %d", &state, &parent) != 2)
    return;
  g_array_append_val (table->pids, pid);
  g_array_append_val (table->parents, parent);
  g_string_append_c (table->states, state);
  g_ptr_array_add (table->names, g_strndup (open + 1, close - open - 1));
}

static Table *
read_processes (void)
{
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  Table *table = g_new (Table, 1);
  const char *name;

  *table = (Table){ g_array_new (FALSE, FALSE, sizeof (int)), g_array_new (FALSE, FALSE, sizeof (int)),
                    g_string_new (NULL), g_ptr_array_new_with_free_func (g_free) };
  while ((name = g_dir_read_name (proc)) != NULL)
    if (g_ascii_isdigit (*name))
      add_process (table, name);
  return table;
}

static gboolean
is_below_us (const Table *table, int pid)
{
  for (guint depth = 0; depth < 10 && pid > 1; depth++)
    {
      guint i = 0;

      while (i < table->pids->len && g_array_index (table->pids, int, i) != pid)
        i++;
      if (i == table->pids->len)
        return FALSE;
      pid = g_array_index (table->parents, int, i);
      if (pid == getpid ())
        return TRUE;
    }
  return FALSE;
}

static guint
count_web_processes (void)
{
  g_autoptr (Table) table = read_processes ();
  guint n = 0;

  for (guint i = 0; i < table->pids->len; i++)
    n += g_str_has_prefix (table->names->pdata[i], "WebKitWebProc")
         && is_below_us (table, g_array_index (table->pids, int, i));
  return n;
}

/* (transfer full): the numbers of those that ended and that nobody asked about. */
static GHashTable *
list_zombies (void)
{
  g_autoptr (Table) table = read_processes ();
  GHashTable *zombies = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < table->pids->len; i++)
    if (table->states->str[i] == 'Z' && is_below_us (table, g_array_index (table->pids, int, i)))
      g_hash_table_add (zombies, GINT_TO_POINTER (g_array_index (table->pids, int, i)));
  return zombies;
}

static guint
count_files (void)
{
  g_autoptr (GDir) files = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (files) != NULL)
    n++;
  return n;
}

static double
read_own_kib (void)
{
  int fd = open ("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  double kib = tn_monitor_read_own_kib (fd);

  close (fd);
  return kib;
}

static double
elapsed (Soak *soak)
{
  return (double) (g_get_monotonic_time () - soak->start_us) / G_USEC_PER_SEC;
}

/* One that was a zombie at the last sample too stays one. */
static void
look (Soak *soak)
{
  g_autoptr (GHashTable) before = g_steal_pointer (&soak->zombies);
  GHashTableIter iter;
  gpointer pid;

  soak->zombies = list_zombies ();
  g_hash_table_iter_init (&iter, soak->zombies);
  while (before != NULL && g_hash_table_iter_next (&iter, &pid, NULL))
    g_assert_false (g_hash_table_contains (before, pid));
  g_test_message ("%.0f s: %.0f KiB, %u files, %u web processes", elapsed (soak), read_own_kib (), count_files (),
                  count_web_processes ());
}

static gboolean
never (gpointer data)
{
  return FALSE;
}

static void
run (Soak *soak, double seconds)
{
  gint64 start = g_get_monotonic_time (), now, next = start;

  while ((now = g_get_monotonic_time ()) < start + seconds * G_USEC_PER_SEC)
    {
      TnInstance *instance = soak->tiles->pdata[g_test_rand_int_range (0, soak->tiles->len)];

      if (now >= next)
        {
          look (soak);
          next = now + SAMPLE_S * G_USEC_PER_SEC;
        }
      deeds[g_test_rand_int_range (0, G_N_ELEMENTS (deeds))] (soak, instance);
      stage_wait (never, NULL, STEP_MS / 1000.0);
    }
}

static gboolean
is_all_quiet (gpointer data)
{
  g_autoptr (GHashTable) zombies = list_zombies ();

  return g_hash_table_size (zombies) == 0 && count_web_processes () == 0;
}

static gboolean
has_only_those_seen (gpointer data)
{
  Soak *soak = data;

  return soak->n_alive == soak->tiles->len && soak->stage->instances->len == soak->tiles->len;
}

/* What led to a process is closed a little after it. */
static gboolean
has_few_files (gpointer data)
{
  Soak *soak = data;
  guint n = count_files ();

  soak->least_files = soak->least_files != 0 ? MIN (soak->least_files, n) : n;
  return n <= soak->least_files + FILES;
}

/* Nothing runs, and nothing is left of what did. */
static void
calm_down (Soak *soak)
{
  for (guint i = 0; i < soak->tiles->len; i++)
    {
      tn_instance_set_visible (soak->tiles->pdata[i], TRUE);
      tn_instance_stop_async (soak->tiles->pdata[i], NULL, NULL, NULL);
    }
  g_assert_true (stage_wait (has_only_those_seen, soak, 30));
  g_assert_true (stage_wait (is_all_quiet, soak, 30));
  g_assert_true (stage_wait (has_few_files, soak, 30));
}

/* What the allocator only holds back is no leak. */
static void
measure (Soak *soak)
{
  double seconds = elapsed (soak), kib;

  malloc_trim (0);
  kib = read_own_kib ();
  g_array_append_val (soak->times, seconds);
  g_array_append_val (soak->sizes, kib);
  g_test_message ("%.0f s, nothing runs: %.0f KiB", seconds, kib);
}

/* KiB in 10 minutes, by least squares over what was measured after the warm-up. */
static double
find_slope (Soak *soak)
{
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;

  for (guint i = soak->times->len * WARM_UP; i < soak->times->len; i++)
    {
      double time = g_array_index (soak->times, double, i) / 600, size = g_array_index (soak->sizes, double, i);

      n++;
      x += time;
      y += size;
      xx += time * time;
      xy += time * size;
    }
  return (n * xy - x * y) / (n * xx - x * x);
}

static void
set_up (Soak *soak)
{
  soak->apps = g_dir_make_tmp ("tn-apps-XXXXXX", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (apps); i++)
    stage_write_app (soak->apps, apps[i].id, "", apps[i].script);
  soak->stage = stage_new (soak->apps);
  tn_runtime_set_budget (soak->stage->runtime, &(TnBudget){ .suspend_s = 5, .memory_mib = 8000, .instances = TILES });
  soak->tiles = g_ptr_array_new ();
  soak->times = g_array_new (FALSE, FALSE, sizeof (double));
  soak->sizes = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < TILES; i++)
    g_ptr_array_add (soak->tiles, place (soak));
}

static void
tear_down (Soak *soak)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", soak->apps);

  g_ptr_array_unref (soak->tiles);
  stage_free (soak->stage);
  g_assert_cmpuint (soak->n_alive, ==, 0);
  g_clear_pointer (&soak->zombies, g_hash_table_unref);
  g_array_unref (soak->times);
  g_array_unref (soak->sizes);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (soak->apps);
}

static void
test_soak (void)
{
  Soak soak = { .start_us = g_get_monotonic_time () };
  double slope;

  set_up (&soak);
  while (elapsed (&soak) < soak_seconds)
    {
      run (&soak, ROUND_S);
      calm_down (&soak);
      measure (&soak);
    }
  g_test_message ("%u tiles came and went", soak.n_places);
  if (soak_seconds >= JUDGED_S)
    {
      slope = find_slope (&soak);
      g_test_message ("Own memory grows by %.0f KiB in 10 minutes", slope);
      g_assert_cmpfloat (slope, <=, SLOPE_KIB);
    }
  tear_down (&soak);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  if (argc > 1)
    soak_seconds = g_ascii_strtod (argv[1], NULL);
  g_test_add_func ("/soak", test_soak);
  return g_test_run ();
}
