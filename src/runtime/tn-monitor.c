/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-monitor.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#define INTERVAL_MS 100
#define SOON_MS 10
#define SOON_INTERVALS 4 /* what would be over its limit by then, growing on as it does, is looked at often */

typedef struct
{
  int pid, fd;
  gint64 limit_kib, kib;
  gboolean over;
  TnMonitorExceeded exceeded;
  gpointer user_data;
} Watch;

/* A thread of its own looks, so that a busy window gives nobody time. */
struct _TnMonitor
{
  GThread *thread;
  GMutex mutex; /* guards all that follows */
  GCond changed;
  GHashTable *watches; /* pid → Watch */
  guint source;
  gboolean closing;
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
tell_cb (gpointer user_data)
{
  TnMonitor *self = user_data;
  g_autoptr (GPtrArray) over = g_ptr_array_new_with_free_func (watch_free);
  GHashTableIter iter;
  Watch *watch;

  g_mutex_lock (&self->mutex);
  self->source = 0;
  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &watch))
    if (watch->over)
      {
        g_hash_table_iter_steal (&iter);
        g_ptr_array_add (over, watch);
      }
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < over->len; i++)
    {
      watch = over->pdata[i];
      watch->exceeded (watch->pid, watch->user_data);
    }
  return G_SOURCE_REMOVE;
}

/* Returns: whether it should be looked at again soon */
static gboolean
look (TnMonitor *self, Watch *watch, guint interval_ms)
{
  gint64 kib = tn_monitor_read_own_kib (watch->fd);
  gint64 growth = (kib - watch->kib) * INTERVAL_MS / interval_ms;

  watch->kib = kib;
  if (kib > watch->limit_kib)
    {
      kill (watch->pid, SIGKILL);
      watch->over = TRUE;
      if (self->source == 0)
        self->source = g_idle_add_full (G_PRIORITY_DEFAULT, tell_cb, self, NULL);
    }
  return !watch->over && growth > 0 && kib + growth * SOON_INTERVALS > watch->limit_kib;
}

static gpointer
look_thread (gpointer user_data)
{
  TnMonitor *self = user_data;
  guint interval_ms = INTERVAL_MS;

  g_mutex_lock (&self->mutex);
  while (!self->closing)
    {
      gboolean soon = FALSE;
      GHashTableIter iter;
      Watch *watch;

      if (g_hash_table_size (self->watches) == 0)
        {
          g_cond_wait (&self->changed, &self->mutex);
          continue;
        }
      g_cond_wait_until (&self->changed, &self->mutex, g_get_monotonic_time () + interval_ms * 1000);
      g_hash_table_iter_init (&iter, self->watches);
      while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &watch))
        if (!watch->over)
          soon |= look (self, watch, interval_ms);
      interval_ms = soon ? SOON_MS : INTERVAL_MS;
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

TnMonitor *
tn_monitor_new (void)
{
  TnMonitor *self = g_new0 (TnMonitor, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->watches = g_hash_table_new_full (NULL, NULL, NULL, watch_free);
  self->thread = g_thread_new ("memory", look_thread, self);
  return self;
}

void
tn_monitor_free (TnMonitor *self)
{
  g_mutex_lock (&self->mutex);
  self->closing = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_clear_handle_id (&self->source, g_source_remove);
  g_hash_table_unref (self->watches);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
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
  *watch = (Watch) { pid, fd, (gint64) limit_mib * 1024, tn_monitor_read_own_kib (fd), FALSE, exceeded, user_data };
  g_mutex_lock (&self->mutex);
  g_hash_table_replace (self->watches, GINT_TO_POINTER (pid), watch);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

void
tn_monitor_set_limit (TnMonitor *self, int pid, guint limit_mib)
{
  Watch *watch;

  g_mutex_lock (&self->mutex);
  watch = g_hash_table_lookup (self->watches, GINT_TO_POINTER (pid));
  if (watch != NULL)
    watch->limit_kib = (gint64) limit_mib * 1024;
  g_mutex_unlock (&self->mutex);
}

void
tn_monitor_remove (TnMonitor *self, int pid)
{
  g_mutex_lock (&self->mutex);
  g_hash_table_remove (self->watches, GINT_TO_POINTER (pid));
  g_mutex_unlock (&self->mutex);
}

gint64
tn_monitor_get_kib (TnMonitor *self, int pid)
{
  Watch *watch;
  gint64 kib;

  g_mutex_lock (&self->mutex);
  watch = g_hash_table_lookup (self->watches, GINT_TO_POINTER (pid));
  kib = watch != NULL ? MAX (watch->kib, 0) : 0;
  g_mutex_unlock (&self->mutex);
  return kib;
}
