/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TnMonitor:
 *
 * Watches the memory of processes from outside, every 100 ms and what nears its limit more often, because WebKit's own
 * limit does not see what never yields. It does so, and kills, in a thread of its own. What counts is resident memory of the process's own (statm of proc(5): resident less shared).
 */
typedef struct _TnMonitor TnMonitor;

/* @pid has been sent SIGKILL; called by the main loop. */
typedef void (*TnMonitorExceeded) (int pid, gpointer user_data);

TnMonitor *tn_monitor_new (void);
void tn_monitor_free (TnMonitor *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnMonitor, tn_monitor_free)

/* @limit_mib: over which the process is killed and @exceeded called. Returns: %FALSE where it can't be watched */
gboolean tn_monitor_add (TnMonitor *self, int pid, guint limit_mib, TnMonitorExceeded exceeded, gpointer user_data);
void tn_monitor_set_limit (TnMonitor *self, int pid, guint limit_mib);
void tn_monitor_remove (TnMonitor *self, int pid);

/* What was seen last; 0 where @pid is not watched. */
gint64 tn_monitor_get_kib (TnMonitor *self, int pid);

/* Own resident memory in KiB, -1 where there is no such process. */
gint64 tn_monitor_read_own_kib (int statm_fd);

G_END_DECLS
