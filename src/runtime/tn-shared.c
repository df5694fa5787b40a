/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-shared.h"
#include "tn-instance-private.h"
#include "tn-violation.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <unistd.h>

/* What it may have before somebody is to blame, and what it may have at all. */
#define BLAMED_KIB (256 * 1024)
#define MOST_KIB (1024 * 1024)
#define GROWTH_KIB 1024 /* in a second */
#define REST_S 5        /* after one was ended */
#define STOPPED_S 2     /* looks at which it may stand still: pages that begin wait for it, 5 s at most */

struct _TnShared
{
  TnRuntime *runtime; /* borrowed */
  int pid, fd;
  gint64 kib;
  guint rest, stopped;
};

TnShared *
tn_shared_new (TnRuntime *runtime)
{
  TnShared *self = g_new0 (TnShared, 1);

  self->runtime = runtime;
  self->fd = -1;
  return self;
}

void
tn_shared_free (TnShared *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

/* Nothing says for whom it keeps what it keeps; whoever fills it is busy doing so. */
static TnInstance *
busiest (TnShared *self)
{
  TnInstance *found = NULL;
  double most = 0;

  for (guint i = 0; i < self->runtime->instances->len; i++)
    {
      TnInstance *instance = self->runtime->instances->pdata[i];
      TnUsage usage = tn_history_sum (instance->history, TN_SPAN_SECOND, REST_S);

      if (instance->state == TN_STATE_RUNNING && tn_instance_is_tile (instance) && usage.cpu > most)
        {
          most = usage.cpu;
          found = instance;
        }
    }
  return found;
}

/* Once, by any tile that is in sight: it is the same for all. What had not begun yet begins again. */
static void
tell_gone (TnShared *self)
{
  g_autoptr (GPtrArray) instances = g_ptr_array_copy (self->runtime->instances, (GCopyFunc) g_object_ref, NULL);
  gboolean told = FALSE;

  g_ptr_array_set_free_func (instances, g_object_unref);
  tn_audit_add (self->runtime->audit, "process.shared", NULL, NULL, NULL, "ended", NULL);
  for (guint i = 0; i < instances->len; i++)
    {
      TnInstance *instance = instances->pdata[i];

      if (!tn_instance_is_tile (instance))
        continue;
      if (!told && instance->visible && instance->state == TN_STATE_RUNNING)
        {
          tn_violation_warn (instance, _("What all apps load and keep data with has ended, and was started anew"));
          told = TRUE;
        }
      if (instance->state == TN_STATE_PROVING || instance->state == TN_STATE_LOADING)
        tn_instance_restart (instance);
    }
}

static void
look_for_another (TnShared *self)
{
  g_autofree char *path = NULL;

  if (self->fd >= 0)
    close (self->fd);
  self->pid = tn_runtime_get_network_pid (self->runtime);
  path = g_strdup_printf ("/proc/%d/statm", self->pid);
  self->fd = self->pid != 0 ? open (path, O_RDONLY | O_CLOEXEC) : -1;
  self->stopped = 0;
}

/* 0 where there is none. */
static gint64
read_kib (TnShared *self)
{
  gint64 kib = self->fd >= 0 ? tn_monitor_read_own_kib (self->fd) : -1;
  gboolean gone = kib < 0 && self->fd >= 0;

  if (kib >= 0)
    return kib;
  look_for_another (self);
  if (gone)
    tell_gone (self);
  return self->fd >= 0 ? MAX (tn_monitor_read_own_kib (self->fd), 0) : 0;
}

/* A debugger is let be. */
static gboolean
is_stopped (TnShared *self)
{
  TnProcessSample sample;
  gboolean stopped = self->pid != 0 && tn_process_sample (self->pid, &sample) && sample.stopped;

  self->stopped = stopped ? self->stopped + 1 : 0;
  return self->stopped > STOPPED_S;
}

void
tn_shared_look (TnShared *self)
{
  gint64 kib = read_kib (self), growth = kib - self->kib;
  TnInstance *guilty;

  self->kib = kib;
  if (kib > MOST_KIB || is_stopped (self))
    {
      g_message ("The process that all apps share for their data is ended: it %s",
                 kib > MOST_KIB ? "has grown too large" : "stands still");
      kill (self->pid, SIGKILL);
    }
  else if (self->rest > 0)
    self->rest--;
  else if (kib > BLAMED_KIB && growth > GROWTH_KIB && (guilty = busiest (self)) != NULL)
    {
      self->rest = REST_S;
      tn_instance_fail (guilty, TN_TROUBLE_SHARED, NULL);
    }
}
