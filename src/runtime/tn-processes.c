/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-processes.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static gssize
read_small (int pid, const char *name, char *text, gsize size)
{
  char path[64];
  ssize_t n;
  int fd;

  g_snprintf (path, sizeof path, "/proc/%d/%s", pid, name);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return -1;
  n = read (fd, text, size - 1);
  close (fd);
  text[MAX (n, 0)] = '\0';
  return n;
}

guint64
tn_processes_get_namespace (int pid)
{
  char path[64];
  struct stat info;

  g_snprintf (path, sizeof path, "/proc/%d/ns/pid", pid);
  return stat (path, &info) == 0 ? info.st_ino : 0;
}

/* The last number of the line is the pid inside. */
static gboolean
is_first (int pid)
{
  char status[2048];
  const char *line, *last;

  if (read_small (pid, "status", status, sizeof status) <= 0 || (line = strstr (status, "\nNSpid:")) == NULL)
    return FALSE;
  last = line + strcspn (line + 1, "\n");
  return last[0] == '1' && g_ascii_isspace (last[-1]);
}

void
tn_processes_foreach (TnProcessFunc func, gpointer user_data)
{
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  const char *name;

  while (proc != NULL && (name = g_dir_read_name (proc)) != NULL)
    {
      int pid = g_ascii_isdigit (*name) ? (int) g_ascii_strtoll (name, NULL, 10) : 0;
      guint64 namespace = pid > 0 ? tn_processes_get_namespace (pid) : 0;

      if (namespace != 0)
        func (pid, namespace, user_data);
    }
}

typedef struct
{
  int pid, signal;
  guint64 namespace;
} Send;

static void
send_cb (int pid, guint64 namespace, gpointer user_data)
{
  const Send *send = user_data;

  if (namespace == send->namespace && pid != send->pid && !is_first (pid))
    kill (pid, send->signal);
}

void
tn_processes_signal (int pid, int signal)
{
  Send send = { pid, signal, tn_processes_get_namespace (pid) };

  g_return_if_fail (pid > 1 && pid != getpid ());

  if (kill (pid, signal) == 0 && send.namespace != 0 && send.namespace != tn_processes_get_namespace (getpid ()))
    tn_processes_foreach (send_cb, &send);
}

/* After the command's name, which may hold anything: state is the first field, utime the twelfth (proc(5), stat). */
static gboolean
read_stat (int pid, TnProcessSample *sample)
{
  char text[1024];
  const char *after;
  char state;
  unsigned long long utime, stime;

  if (read_small (pid, "stat", text, sizeof text) <= 0 || (after = strrchr (text, ')')) == NULL
      || sscanf (after + 1, " %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu", &state, &utime, &stime) != 3)
    return FALSE;
  sample->cpu_us = (gint64) (utime + stime) * (G_USEC_PER_SEC / sysconf (_SC_CLK_TCK));
  sample->stopped = state == 'T';
  sample->traced = state == 't';
  return state != 'Z' && state != 'X';
}

gboolean
tn_process_sample (int pid, TnProcessSample *sample)
{
  g_return_val_if_fail (sample != NULL, FALSE);

  *sample = (TnProcessSample){ 0 };
  return read_stat (pid, sample);
}

gint64
tn_process_get_late (int pid)
{
  char text[128];
  long long late_ns;

  return read_small (pid, "schedstat", text, sizeof text) > 0 && sscanf (text, "%*d %lld", &late_ns) == 1
           ? late_ns / 1000
           : 0;
}
