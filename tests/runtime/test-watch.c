/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-monitor.h"
#include "tn-proof.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* A child that touches @mib of its own memory and then waits to be killed. */
static pid_t
start_eater (gsize mib)
{
  int ready[2];
  char byte;
  pid_t pid;

  g_assert_cmpint (pipe (ready), ==, 0);
  pid = fork ();
  if (pid == 0)
    {
      void *memory = mmap (NULL, mib << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

      prctl (PR_SET_PDEATHSIG, SIGKILL);
      memset (memory, 1, mib << 20);
      if (write (ready[1], "x", 1) == 1)
        pause ();
      _exit (0);
    }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  close (ready[0]);
  close (ready[1]);
  return pid;
}

static void
exceeded_cb (int pid, gpointer user_data)
{
  *(int *) user_data = pid;
}

static void
test_kills_what_is_over (void)
{
  g_autoptr (TnMonitor) monitor = tn_monitor_new ();
  pid_t large = start_eater (80), small = start_eater (8);
  int killed = 0, spared = 0, status;

  tn_monitor_add (monitor, large, 50, exceeded_cb, &killed);
  tn_monitor_add (monitor, small, 50, exceeded_cb, &spared);
  while (killed == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (killed, ==, large);
  g_assert_cmpint (waitpid (large, &status, 0), ==, large);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  g_assert_cmpint (spared, ==, 0);
  g_assert_cmpint (waitpid (small, &status, WNOHANG), ==, 0);
  kill (small, SIGKILL);
  waitpid (small, &status, 0);
}

/* What was enough is too much under another limit. */
static void
test_limit_moves (void)
{
  g_autoptr (TnMonitor) monitor = tn_monitor_new ();
  pid_t pid = start_eater (80);
  int killed = 0, status;

  tn_monitor_add (monitor, pid, 200, exceeded_cb, &killed);
  tn_monitor_set_limit (monitor, pid, 400);
  tn_monitor_set_limit (monitor, 1, 10);
  g_assert_cmpint (waitpid (pid, &status, WNOHANG), ==, 0);
  tn_monitor_set_limit (monitor, pid, 50);
  while (killed == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
}

static void
test_reads_own_memory (void)
{
  pid_t pid = start_eater (64);
  g_autofree char *path = g_strdup_printf ("/proc/%d/statm", (int) pid);
  int fd = open (path, O_RDONLY), status;

  g_assert_cmpint (tn_monitor_read_own_kib (fd), >=, 64 * 1024);
  g_assert_cmpint (tn_monitor_read_own_kib (fd), <, 96 * 1024);
  kill (pid, SIGKILL);
  waitpid (pid, &status, 0);
  g_assert_cmpint (tn_monitor_read_own_kib (fd), ==, -1);
  close (fd);
}

/* A process in our own namespaces is the very thing that must not pass. */
static void
test_open_process_is_not_proved (void)
{
  pid_t pid = start_eater (1);
  g_autofree char *fault = NULL;
  TnProof proof;
  int status;

  g_assert_false (tn_proof_read (pid, &proof));
  g_assert_true (proof.process);
  g_assert_false (proof.pid_ns);
  g_assert_false (proof.net_ns);
  g_assert_false (proof.mnt_ns);
  g_assert_false (proof.ok);
  fault = tn_proof_describe_fault (&proof);
  g_assert_nonnull (strstr (fault, "network"));
  kill (pid, SIGKILL);
  waitpid (pid, &status, 0);
}

static void
test_no_process_is_not_proved (void)
{
  TnProof proof;

  g_assert_false (tn_proof_read (0, &proof));
  g_assert_false (tn_proof_read (getpid (), &proof));
  g_assert_false (proof.process);
  g_assert_cmpint (tn_proof_find_process ("/nowhere/that/is/mounted"), ==, 0);
}

static void
test_whole_proof_has_no_fault (void)
{
  TnProof proof = { 5, TRUE, TRUE, TRUE, TRUE, 2, TRUE, TRUE };

  g_assert_null (tn_proof_describe_fault (&proof));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/monitor/kills-what-is-over", test_kills_what_is_over);
  g_test_add_func ("/runtime/monitor/limit-moves", test_limit_moves);
  g_test_add_func ("/runtime/monitor/reads-own-memory", test_reads_own_memory);
  g_test_add_func ("/runtime/proof/open-process", test_open_process_is_not_proved);
  g_test_add_func ("/runtime/proof/no-process", test_no_process_is_not_proved);
  g_test_add_func ("/runtime/proof/whole", test_whole_proof_has_no_fault);
  return g_test_run ();
}
