/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machine fails while apps run: the host goes on, says what is wrong, loses nothing that it said was kept. */
#include "stage.h"
#include "tn-clock.h"
#include "tn-db.h"
#include "tn-instance-private.h"
#include "tn-json.h"
#include "tn-proof.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

#define SAVER "com.example.saver"
#define HEART "com.example.heart"
#define LOOP "com.example.loop"
#define PLAIN "com.example.plain"
#define DISK_MIB 64
#define MAY_SAY                                                                                                        \
  ", \"permissions\": [{\"type\": \"event\", \"resource\": \"fault.>\", \"actions\": [\"emit\"]}],"                  \
  "\"resources\": {\"apiCalls\": 100000}"

/* Saves one number after the other, 20 kB each time, and says which of them it was told were kept. */
static const char saver[]
  = "const rest = ms => new Promise(resolve => setTimeout(resolve, ms));"
    "(async () => { for (let i = 1;;) { try {"
    " await nexus.storage.set('pad', 'x'.repeat(20000)); await nexus.storage.set('n', i);"
    " await nexus.emit('fault.kept', i); i += 1; }"
    " catch (error) { await nexus.emit('fault.said', error.message).catch(() => {}); await rest(50); } await rest(10); } })();"
    "nexus.register({});";

static const char heart[] = "setInterval(() => nexus.emit('fault.beat'), 50); nexus.register({});";
static const char loop[] = "nexus.register({}); setTimeout(() => { for (;;) ; }, 200);";

typedef struct
{
  char *apps;
  Stage *stage;
  TnInstance *saver, *heart;
  gint64 kept, wanted;
  guint beats;
  char *said; /* (nullable): the last that the saver was told */
} Fixture;

/* Microseconds that the clock on the wall goes ahead of this machine's. */
static gint64 ahead_us;

static gint64
fake_wall (void)
{
  return g_get_real_time () + ahead_us;
}

static void
random_bytes (guint8 *buffer, gsize length)
{
  g_assert_cmpint (getrandom (buffer, length, 0), ==, length);
}

static gboolean
heard_cb (TnEvent *event, gpointer user_data)
{
  Fixture *f = user_data;
  const char *type = tn_event_get_event_type (event);

  if (g_str_equal (type, "fault.beat"))
    {
      f->beats++;
    }
  else if (g_str_equal (type, "fault.kept"))
    {
      f->kept = json_node_get_int (tn_event_get_data (event));
    }
  else
    {
      g_free (f->said);
      f->said = json_node_dup_string (tn_event_get_data (event));
    }
  return TRUE;
}

static gboolean
has_kept (gpointer data)
{
  return ((Fixture *) data)->kept >= ((Fixture *) data)->wanted;
}

static void
wait_kept (Fixture *f, gint64 more)
{
  f->wanted = f->kept + more;
  g_assert_true (stage_wait (has_kept, f, 60));
}

static gboolean
has_said (gpointer data)
{
  return ((Fixture *) data)->said != NULL;
}

static gboolean
has_beaten (gpointer data)
{
  return ((Fixture *) data)->beats >= 5;
}

static void
assert_beats (Fixture *f)
{
  f->beats = 0;
  g_assert_true (stage_wait (has_beaten, f, 20));
}

static TnInstance *
place_running (Fixture *f, const char *id)
{
  TnInstance *instance = stage_place (f->stage, id);

  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 30));
  return instance;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->apps = g_dir_make_tmp ("tn-apps-XXXXXX", NULL);
  stage_write_app (f->apps, SAVER, MAY_SAY, saver);
  stage_write_app (f->apps, HEART, MAY_SAY, heart);
  stage_write_app (f->apps, LOOP, "", loop);
  stage_write_app (f->apps, PLAIN, "", "nexus.register({});");
  f->stage = stage_new (f->apps);
  tn_bus_subscribe (f->stage->bus, "fault.>", &(TnBusQueue){ 1000 }, heard_cb, f, NULL, NULL);
  f->saver = place_running (f, SAVER);
  f->heart = place_running (f, HEART);
  wait_kept (f, 5);
  assert_beats (f);
}

/* What the app was told is kept is there for another reader, or what came after it. */
static void
assert_kept (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDb) db = tn_db_open (f->stage->folder, TN_DB_READ_ONLY, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = tn_db_kv_get (db, TN_KV_TILE, SAVER, "n", &error);
  g_assert_no_error (error);
  g_assert_nonnull (text);
  g_assert_cmpint (g_ascii_strtoll (text, NULL, 10), >=, f->kept);
  g_assert_true (tn_db_check (db, &error));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", f->apps);

  g_assert_cmpstr (f->said, ==, NULL);
  assert_beats (f);
  assert_kept (f);
  stage_free (f->stage);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (f->apps);
}

static void
assert_said (Fixture *f, const char *sentence)
{
  g_assert_true (stage_wait (has_said, f, 60));
  g_test_message ("%s", f->said);
  g_assert_nonnull (strstr (f->said, sentence));
}

/* It works again, and nobody has been told of trouble since. */
static void
assert_well (Fixture *f)
{
  wait_kept (f, 1);
  g_clear_pointer (&f->said, g_free);
  wait_kept (f, 5);
}

/* The disk */

static char *disk; /* (nullable): a small one of the test's own; %NULL where this machine gives none */

static void
make_disk (void)
{
  char folder[] = "/tmp/tn-disk-XXXXXX";

  if (unshare (CLONE_NEWNS) != 0 || mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0
      || mkdtemp (folder) == NULL)
    return;
  if (mount ("tn-disk", folder, "tmpfs", 0, "size=" G_STRINGIFY (DISK_MIB) "m,mode=0700") != 0)
    {
      rmdir (folder);
      return;
    }
  disk = g_strdup (folder);
  g_setenv ("TMPDIR", disk, TRUE);
}

static void
drop_disk (void)
{
  if (disk == NULL)
    return;
  umount2 (disk, MNT_DETACH);
  rmdir (disk);
}

/* To the last byte. */
static char *
fill_disk (void)
{
  char *path = g_build_filename (disk, "filler", NULL);
  g_autofree char *block = g_strnfill (4096, 'x');
  int fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  while (write (fd, block, 4096) > 0)
    ;
  g_assert_cmpint (errno, ==, ENOSPC);
  close (fd);
  return path;
}

static void
test_disk_full (Fixture *f, gconstpointer data)
{
  g_autofree char *filler = NULL;

  if (disk == NULL)
    {
      g_test_skip ("a disk of one's own takes the right to mount one");
      return;
    }
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *before = filler;

      filler = fill_disk ();
      assert_said (f, "no room left on the disk");
      assert_beats (f);
      assert_kept (f);
      g_assert_cmpint (tn_instance_get_state (f->saver), ==, TN_STATE_RUNNING);
      g_assert_cmpint (unlink (filler), ==, 0);
      assert_well (f);
    }
}

/* A web process can start on a full disk, or say why not, and can start when there is room. */
static void
test_disk_full_at_start (Fixture *f, gconstpointer data)
{
  g_autofree char *filler = NULL;

  if (disk == NULL)
    {
      g_test_skip ("a disk of one's own takes the right to mount one");
      return;
    }
  filler = fill_disk ();
  tn_instance_restart (f->saver);
  assert_beats (f);
  g_assert_cmpint (unlink (filler), ==, 0);
  if (!stage_wait_state (f->saver, TN_STATE_RUNNING, 20))
    {
      g_assert_cmpint (tn_instance_get_state (f->saver), ==, TN_STATE_TROUBLED);
      g_assert_cmpstr (tn_instance_get_sentence (f->saver), !=, "");
      tn_instance_remedy (f->saver);
      g_assert_true (stage_wait_state (f->saver, TN_STATE_RUNNING, 20));
    }
  f->kept = 0;
  assert_well (f);
}

/* The database */

/* Another process that holds the write lock until its input ends; run by this program itself. */
static int
hold_lock (const char *path)
{
  sqlite3 *db;
  char byte;

  if (sqlite3_open (path, &db) != SQLITE_OK || sqlite3_busy_timeout (db, 20000) != SQLITE_OK
      || sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK || write (1, "!", 1) != 1)
    return 1;
  while (read (0, &byte, 1) > 0)
    ;
  sqlite3_close (db);
  return 0;
}

static void
test_database_locked (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->stage->folder, "canvas.db", NULL);
  const char *argv[] = { "/proc/self/exe", "--hold", path, NULL };
  g_autoptr (GError) error = NULL;
  int input, output, status;
  GPid pid;
  char byte;

  g_assert_true (g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &input,
                                           &output, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (read (output, &byte, 1), ==, 1);
  assert_said (f, "Another program is writing to the workspace");
  assert_beats (f);
  assert_kept (f);
  close (input);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  close (output);
  assert_well (f);
}

/* The clock */

static void
test_clock_jumps (Fixture *f, gconstpointer data)
{
  static const gint64 days[] = { 1, -1, 3650, -7000, 0 };
  TnInstance *hung;

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      ahead_us = days[i] * G_TIME_SPAN_DAY;
      wait_kept (f, 20);
      assert_beats (f);
      g_assert_cmpint (tn_instance_get_state (f->saver), ==, TN_STATE_RUNNING);
      g_assert_cmpint (tn_instance_get_state (f->heart), ==, TN_STATE_RUNNING);
    }
  /* It helps nobody who hangs. */
  hung = stage_place (f->stage, LOOP);
  g_assert_true (stage_wait_state (hung, TN_STATE_RUNNING, 20));
  ahead_us = -3650 * G_TIME_SPAN_DAY;
  g_assert_true (stage_wait_state (hung, TN_STATE_HUNG, 30));
  ahead_us = 3650 * G_TIME_SPAN_DAY;
  g_assert_true (stage_wait_state (hung, TN_STATE_TROUBLED, 30));
  g_assert_cmpint (tn_instance_get_trouble (hung), ==, TN_TROUBLE_HUNG);
  ahead_us = 0;
}

/* The network process, which all share */

static gboolean
has_network (gpointer runtime)
{
  return tn_runtime_get_network_pid (runtime) != 0;
}

/* Frozen it keeps nobody from what they do, nor an app from starting. */
static void
test_network_process_stopped (Fixture *f, gconstpointer data)
{
  int pid;

  g_assert_true (stage_wait (has_network, f->stage->runtime, 10));
  pid = tn_runtime_get_network_pid (f->stage->runtime);
  kill (pid, SIGSTOP);
  wait_kept (f, 20);
  assert_beats (f);
  place_running (f, PLAIN);
  g_assert_cmpint (tn_instance_get_state (f->saver), ==, TN_STATE_RUNNING);
  kill (pid, SIGCONT);
  wait_kept (f, 20);
}

static int stopped_pid;

static gboolean
is_stopped (gpointer instance)
{
  const char *marker = ((TnInstance *) instance)->marker;

  stopped_pid = marker != NULL ? tn_proof_find_process (marker) : 0;
  return stopped_pid != 0 && kill (stopped_pid, SIGSTOP) == 0;
}

static gboolean
is_gone (gpointer data)
{
  return kill (stopped_pid, 0) != 0;
}

/* A process that does not come up is not waited for without end, holds up nobody, and does not stay. */
static void
test_web_process_stopped_at_start (Fixture *f, gconstpointer data)
{
  TnInstance *instance = stage_place (f->stage, PLAIN);

  g_assert_true (stage_wait_state (instance, TN_STATE_PROVING, 10));
  g_assert_true (stage_wait (is_stopped, instance, 20));
  wait_kept (f, 20);
  assert_beats (f);
  g_assert_true (stage_wait_state (instance, TN_STATE_TROUBLED, 60));
  g_assert_cmpint (tn_instance_get_trouble (instance), ==, TN_TROUBLE_TIMEOUT);
  g_assert_true (stage_wait (is_gone, NULL, 10));
  tn_instance_remedy (instance);
  g_assert_true (stage_wait_state (instance, TN_STATE_RUNNING, 30));
}

static const struct
{
  const char *path;
  void (*test) (Fixture *, gconstpointer);
} tests[] = {
  { "/faults/disk-full", test_disk_full },
  { "/faults/disk-full-at-start", test_disk_full_at_start },
  { "/faults/database-locked", test_database_locked },
  { "/faults/clock-jumps", test_clock_jumps },
  { "/faults/network-process-stopped", test_network_process_stopped },
  { "/faults/web-process-stopped-at-start", test_web_process_stopped_at_start },
};

int
main (int argc, char **argv)
{
  static const TnClockSource source = { g_get_monotonic_time, fake_wall, random_bytes };
  int result;

  if (argc == 3 && strcmp (argv[1], "--hold") == 0)
    return hold_lock (argv[2]);
  make_disk ();
  g_test_init (&argc, &argv, NULL);
  /* The program warns of much that is done to it here. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  tn_clock_set_source (&source);
  gtk_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  result = g_test_run ();
  drop_disk ();
  return result;
}
