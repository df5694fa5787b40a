/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-monitor.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#define INTERVAL_MS 100

typedef struct
{
  int pid, fd;
  guint limit_mib;
  TnMonitorExceeded exceeded;
  gpointer user_data;
} Watch;

struct _TnMonitor
{
  GHashTable *watches; /* pid → Watch */
  guint source;
};

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  close (watch->fd);
  g_free (watch);
}

gint64
tn_monitor_read_own_kib (int statm_fd)
{
  char text[128];
  long long resident, shared;
  ssize_t n = pread (statm_fd, text, sizeof text - 1, 0);

  if (n <= 0)
    return -1;
  text[n] = '\0';
  if (sscanf (text, "%*d %lld %lld", &resident, &shared) != 2)
    return -1;
  return (resident - shared) * (sysconf (_SC_PAGESIZE) / 1024);
}

static gboolean
look_cb (gpointer user_data)
{
  TnMonitor *self = user_data;
  g_autoptr (GPtrArray) over = g_ptr_array_new ();
  GHashTableIter iter;
  Watch *watch;

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &watch))
    if (tn_monitor_read_own_kib (watch->fd) > (gint64) watch->limit_mib * 1024)
      {
        kill (watch->pid, SIGKILL);
        g_hash_table_iter_steal (&iter);
        g_ptr_array_add (over, watch);
      }
  for (guint i = 0; i < over->len; i++)
    {
      watch = over->pdata[i];
      watch->exceeded (watch->pid, watch->user_data);
      watch_free (watch);
    }
  if (g_hash_table_size (self->watches) > 0)
    return G_SOURCE_CONTINUE;
  self->source = 0;
  return G_SOURCE_REMOVE;
}

TnMonitor *
tn_monitor_new (void)
{
  TnMonitor *self = g_new0 (TnMonitor, 1);

  self->watches = g_hash_table_new_full (NULL, NULL, NULL, watch_free);
  return self;
}

void
tn_monitor_free (TnMonitor *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_hash_table_unref (self->watches);
  g_free (self);
}

gboolean
tn_monitor_add (TnMonitor *self, int pid, guint limit_mib, TnMonitorExceeded exceeded, gpointer user_data)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/statm", pid);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  Watch *watch;

  if (fd < 0)
    return FALSE;
  watch = g_new (Watch, 1);
  *watch = (Watch) { pid, fd, limit_mib, exceeded, user_data };
  g_hash_table_replace (self->watches, GINT_TO_POINTER (pid), watch);
  if (self->source == 0)
    self->source = g_timeout_add (INTERVAL_MS, look_cb, self);
  return TRUE;
}

void
tn_monitor_remove (TnMonitor *self, int pid)
{
  g_hash_table_remove (self->watches, GINT_TO_POINTER (pid));
}
