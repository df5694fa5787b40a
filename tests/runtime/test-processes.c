/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-processes.h"
#include "tn-warden.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t
start_spinner (void)
{
  pid_t pid = fork ();

  if (pid == 0)
    {
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      for (volatile int i = 0;; i++)
        ;
    }
  return pid;
}

static void
end (pid_t pid)
{
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
}

static void
wait_stopped (pid_t pid, gboolean stopped)
{
  TnProcessSample sample;

  do
    g_assert_true (tn_process_sample (pid, &sample));
  while (sample.stopped != stopped);
}

static void
test_sample (void)
{
  pid_t pid = start_spinner ();
  TnProcessSample first, later;

  g_assert_true (tn_process_sample (pid, &first));
  do
    g_assert_true (tn_process_sample (pid, &later));
  while (later.cpu_us < first.cpu_us + 50000);
  g_assert_false (later.stopped);
  g_assert_false (later.traced);
  end (pid);
  g_assert_false (tn_process_sample (pid, &later));
  g_assert_false (tn_process_sample (0, &later));
}

/* Three on two processors: each must wait for its turn at last. */
static void
test_late (void)
{
  pid_t pids[16];
  guint n = MIN (G_N_ELEMENTS (pids), g_get_num_processors () + 1);
  gint64 late = 0;

  for (guint i = 0; i < n; i++)
    pids[i] = start_spinner ();
  while (late < 10000)
    for (guint i = 0; i < n; i++)
      late = MAX (late, tn_process_get_late (pids[i]));
  for (guint i = 0; i < n; i++)
    end (pids[i]);
  g_assert_cmpint (tn_process_get_late (pids[0]), ==, 0);
}

/* One that has ended but was not waited for is no process any more. */
static void
test_zombie (void)
{
  pid_t pid = start_spinner ();
  TnProcessSample sample;

  kill (pid, SIGKILL);
  while (tn_process_sample (pid, &sample))
    ;
  waitpid (pid, NULL, 0);
}

static void
test_signal (void)
{
  pid_t pid = start_spinner (), neighbour = start_spinner ();
  TnProcessSample sample;

  tn_processes_signal (pid, SIGSTOP);
  wait_stopped (pid, TRUE);
  g_assert_true (tn_process_sample (neighbour, &sample));
  g_assert_false (sample.stopped);
  tn_processes_signal (pid, SIGCONT);
  wait_stopped (pid, FALSE);
  end (pid);
  end (neighbour);
}

static void
count_cb (int pid, guint64 namespace, gpointer user_data)
{
  if (pid == getpid () && namespace == tn_processes_get_namespace (pid))
    ++*(int *) user_data;
}

static void
test_namespaces (void)
{
  int n = 0;

  g_assert_cmpuint (tn_processes_get_namespace (getpid ()), !=, 0);
  g_assert_cmpuint (tn_processes_get_namespace (0), ==, 0);
  tn_processes_foreach (count_cb, &n);
  g_assert_cmpint (n, ==, 1);
}

/* The program that held it is killed: what was held goes on; what was released before is left as it is. */
static void
test_warden (void)
{
  pid_t held = start_spinner (), released = start_spinner (), program;

  kill (held, SIGSTOP);
  kill (released, SIGSTOP);
  wait_stopped (held, TRUE);
  wait_stopped (released, TRUE);
  program = fork ();
  if (program == 0)
    {
      TnWarden *warden = tn_warden_new ();

      tn_warden_hold (warden, released);
      tn_warden_hold (warden, held);
      tn_warden_release (warden, released);
      kill (getpid (), SIGKILL);
    }
  waitpid (program, NULL, 0);
  wait_stopped (held, FALSE);
  wait_stopped (released, TRUE);
  end (held);
  end (released);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/processes/sample", test_sample);
  g_test_add_func ("/runtime/processes/late", test_late);
  g_test_add_func ("/runtime/processes/zombie", test_zombie);
  g_test_add_func ("/runtime/processes/signal", test_signal);
  g_test_add_func ("/runtime/processes/namespaces", test_namespaces);
  g_test_add_func ("/runtime/warden", test_warden);
  return g_test_run ();
}
