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
#define TRIAL_S 2       /* a page is held for; what was on its way comes in the first of them */

struct _TnShared
{
  TnRuntime *runtime; /* borrowed */
  int pid, fd;
  gint64 kib;
  guint rest;
  TnInstance *suspect;  /* (nullable): weak; it is held */
  gint64 before;        /* how much was added in a second until then */
  guint trial;          /* seconds that are left of it */
  GHashTable *innocent; /* of TnInstance, which are only compared: it grew without them too */
};

TnShared *
tn_shared_new (TnRuntime *runtime)
{
  TnShared *self = g_new0 (TnShared, 1);

  self->runtime = runtime;
  self->fd = -1;
  self->innocent = g_hash_table_new (NULL, NULL);
  return self;
}

void
tn_shared_free (TnShared *self)
{
  g_clear_weak_pointer (&self->suspect);
  g_hash_table_unref (self->innocent);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

/* (nullable): of those that are not known to be innocent. Whoever fills it is busy doing so. */
static TnInstance *
busiest (TnShared *self)
{
  TnInstance *found = NULL;
  double most = 0;

  for (guint i = 0; i < self->runtime->instances->len; i++)
    {
      TnInstance *instance = self->runtime->instances->pdata[i];
      TnUsage usage = tn_history_sum (instance->history, TN_SPAN_SECOND, REST_S);

      if (instance->state == TN_STATE_RUNNING && tn_instance_is_tile (instance) && usage.cpu > most
          && !g_hash_table_contains (self->innocent, instance))
        {
          most = usage.cpu;
          found = instance;
        }
    }
  return found;
}

/* It was proved of nothing. */
static void
let_go (TnShared *self)
{
  if (self->suspect != NULL)
    tn_instance_suspect (self->suspect, FALSE);
  g_clear_weak_pointer (&self->suspect);
}

/* By any one tile that is in sight: it is the same for all. */
static void
tell_gone (TnShared *self)
{
  tn_audit_add (self->runtime->audit, "process.shared", NULL, NULL, NULL, "ended", NULL);
  for (guint i = 0; i < self->runtime->instances->len; i++)
    {
      TnInstance *instance = self->runtime->instances->pdata[i];

      if (instance->visible && instance->state == TN_STATE_RUNNING && tn_instance_is_tile (instance))
        {
          tn_violation_warn (instance, _("What all apps load and keep data with has ended, and was started anew"));
          return;
        }
    }
}

static void
look_for_another (TnShared *self)
{
  g_autofree char *path = NULL;

  /* What the last one grew by says nothing of this one. */
  let_go (self);
  if (self->fd >= 0)
    close (self->fd);
  self->pid = tn_runtime_get_network_pid (self->runtime);
  path = g_strdup_printf ("/proc/%d/statm", self->pid);
  self->fd = self->pid != 0 ? open (path, O_RDONLY | O_CLOEXEC) : -1;
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

static void
end (TnShared *self, TnInstance *guilty)
{
  self->rest = REST_S;
  g_hash_table_remove_all (self->innocent);
  tn_instance_fail (guilty, TN_TROUBLE_SHARED, NULL);
}

static void
suspect (TnShared *self, gint64 growth)
{
  TnInstance *instance = busiest (self);

  if (instance == NULL)
    {
      /* Then it was somebody who paused just then. */
      g_hash_table_remove_all (self->innocent);
      return;
    }
  g_set_weak_pointer (&self->suspect, instance);
  self->before = growth;
  self->trial = TRIAL_S;
  tn_instance_suspect (instance, TRUE);
}

/* @growth: in the last second. One that rests by now was held by others too. */
static void
try (TnShared *self, gint64 growth)
{
  TnInstance *instance = self->suspect;

  if (--self->trial > 0 && instance->state == TN_STATE_RUNNING)
    return;
  let_go (self);
  if (instance->state != TN_STATE_RUNNING)
    return;
  if (growth < self->before / 2)
    end (self, instance);
  else
    g_hash_table_add (self->innocent, instance);
}

void
tn_shared_look (TnShared *self)
{
  gint64 kib = read_kib (self), growth = kib - self->kib;
  TnInstance *guilty;

  self->kib = kib;
  if (kib > MOST_KIB)
    {
      g_message ("The process that all apps share for their data used %d MiB and was ended", (int) (kib / 1024));
      kill (self->pid, SIGKILL);
    }
  else if (self->suspect != NULL)
    try (self, growth);
  else if (self->rest > 0)
    self->rest--;
  else if (kib <= BLAMED_KIB || growth <= GROWTH_KIB)
    g_hash_table_remove_all (self->innocent);
  else if (kib + growth * (TRIAL_S + 1) > MOST_KIB && (guilty = busiest (self)) != NULL)
    end (self, guilty);
  else
    suspect (self, growth);
}
