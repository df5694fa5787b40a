/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * tn_processes_get_namespace:
 *
 * Returns: the inode that names the process's pid namespace (pid_namespaces(7)); 0 where it can't be read
 */
guint64 tn_processes_get_namespace (int pid);

typedef void (*TnProcessFunc) (int pid, guint64 namespace, gpointer user_data);

/* Calls @func for every process whose namespace can be seen. */
void tn_processes_foreach (TnProcessFunc func, gpointer user_data);

/**
 * tn_processes_signal:
 * @pid: a sandbox's web process
 *
 * Sends @signal to it, and to all others of its sandbox but the first, which only waits for the end of the others. A
 * process in our own namespace is alone.
 */
void tn_processes_signal (int pid, int signal);

/**
 * TnProcessSample:
 * @cpu_us: processor time used so far, of all threads (proc(5), utime and stime)
 * @stopped: by a signal
 * @traced: by a debugger
 */
typedef struct
{
  gint64 cpu_us;
  gboolean stopped;
  gboolean traced;
} TnProcessSample;

/* Returns: %FALSE where there is no such process */
gboolean tn_process_sample (int pid, TnProcessSample *sample);

/* Microseconds that its first thread has been ready so far, and waited for a processor (proc(5), schedstat); else 0. */
gint64 tn_process_get_late (int pid);

G_END_DECLS
