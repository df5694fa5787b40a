/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-guard.h"
#include "tn-clock.h"
#include "tn-instance-private.h"
#include "tn-json.h"
#include "tn-lifecycle.h"
#include "tn-shared.h"
#include "tn-violation.h"
#include "tn-watchdog.h"

#include <glib/gi18n-lib.h>

#define LOOK_S 1
#define KIB 1024.0

struct _TnGuard
{
  TnRuntime *runtime;
  TnHistory *history;
  guint source;
  TnShared *shared;
};

/* What was refused stays until it is judged. */
static TnUsage
take_traffic (TnInstance *instance)
{
  TnTraffic *traffic = &instance->traffic;
  gint64 bytes = tn_storage_watch_get_bytes (instance->runtime->storage, instance->app_key);
  TnUsage usage;

  if (bytes >= 0)
    instance->storage_kib = bytes / KIB;
  usage = (TnUsage){ .calls = traffic->calls,
                     .requests = traffic->requests,
                     .failures = traffic->failures,
                     .sent_kib = traffic->sent / KIB,
                     .received_kib = traffic->received / KIB,
                     .storage_kib = instance->storage_kib };
  traffic->calls = traffic->requests = traffic->failures = 0;
  traffic->sent = traffic->received = 0;
  return usage;
}

static TnUsage
measure (TnInstance *instance, TnProcessSample *sample)
{
  gint64 now = tn_clock_monotonic_us (), span = now - instance->sampled_us;
  TnUsage usage = take_traffic (instance);

  *sample = (TnProcessSample){ 0 };
  if (instance->proof.pid == 0 || instance->view == NULL || !tn_process_sample (instance->proof.pid, sample))
    return usage;
  usage.memory_kib = tn_monitor_get_kib (instance->runtime->monitor, instance->proof.pid);
  if (instance->sampled_pid == instance->proof.pid && span > 0)
    usage.cpu = 100.0 * (sample->cpu_us - instance->sampled_cpu_us) / span;
  instance->sampled_pid = instance->proof.pid;
  instance->sampled_cpu_us = sample->cpu_us;
  instance->sampled_us = now;
  return usage;
}

static void
keep_usage (TnInstance *instance, TnSpan span)
{
  g_autoptr (JsonObject) object = tn_usage_to_json (tn_history_get (instance->history, span, 0));
  g_autofree char *json = tn_json_object_to_string (object);

  tn_store_add_usage (instance->runtime->store, instance->tile_id, tn_span_seconds (span), json);
}

static void
put_back (GObject *source, GAsyncResult *result, TnSpan span, TnInstance *instance)
{
  g_auto (GStrv) texts = tn_store_list_usage_finish (TN_STORE (source), result, NULL);

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      g_autoptr (JsonObject) object = tn_json_parse_object (texts[i], -1, NULL, NULL);
      TnUsage usage = object != NULL ? tn_usage_from_json (object) : (TnUsage){ 0 };

      tn_history_restore (instance->history, span, &usage);
    }
}

static void
minutes_restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnInstance) instance = user_data;

  put_back (source, result, TN_SPAN_MINUTE, instance);
}

static void
hours_restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnInstance) instance = user_data;

  put_back (source, result, TN_SPAN_HOUR, instance);
}

/* What it used in an earlier life of this program. */
static void
restore (TnInstance *instance)
{
  TnStore *store = instance->runtime->store;

  if (instance->restored)
    return;
  instance->restored = TRUE;
  tn_store_list_usage_async (store, instance->tile_id, tn_span_seconds (TN_SPAN_MINUTE), TN_HISTORY_LENGTH, NULL,
                             minutes_restored_cb, g_object_ref (instance));
  tn_store_list_usage_async (store, instance->tile_id, tn_span_seconds (TN_SPAN_HOUR), TN_HISTORY_LENGTH, NULL,
                             hours_restored_cb, g_object_ref (instance));
}

static void
look_at (TnGuard *self, TnInstance *instance, TnUsage *all)
{
  TnProcessSample sample;
  TnUsage usage = measure (instance, &sample);
  TnSpan full;

  restore (instance);
  tn_usage_add (all, &usage);
  full = tn_history_add (instance->history, &usage);
  if (full >= TN_SPAN_MINUTE)
    tn_violation_tell (instance);
  for (TnSpan span = TN_SPAN_MINUTE; span <= full; span++)
    keep_usage (instance, span);
  tn_watchdog_look (instance, &sample, usage.cpu);
  if (instance->state != TN_STATE_RUNNING)
    instance->unjudged_s = 0;
  else if (++instance->unjudged_s % TN_VIOLATION_S == 0)
    tn_violation_judge (instance);
}

/* Out of sight before in sight; of these who was not looked at for longest. */
static TnInstance *
least_seen (TnGuard *self)
{
  TnInstance *found = NULL;

  for (guint i = 0; i < self->runtime->instances->len; i++)
    {
      TnInstance *instance = self->runtime->instances->pdata[i];

      if (instance->focused || !tn_instance_is_tile (instance) || !tn_lifecycle_allows (instance->state, TN_STATE_DISCARDED)
          || instance->resting == TN_STATE_DISCARDED)
        continue;
      if (found == NULL || instance->visible < found->visible
          || (instance->visible == found->visible && instance->seen_us < found->seen_us))
        found = instance;
    }
  return found;
}

/* One at a time: what it gives back shows a second later. */
static void
keep_ceiling (TnGuard *self)
{
  const TnBudget *budget = &self->runtime->budget;
  double kib = 0;
  guint n = 0;
  TnInstance *instance;

  for (guint i = 0; i < self->runtime->instances->len; i++)
    {
      instance = self->runtime->instances->pdata[i];
      if (instance->view == NULL || instance->resting == TN_STATE_DISCARDED || !tn_instance_is_tile (instance))
        continue;
      n++;
      kib += tn_monitor_get_kib (self->runtime->monitor, instance->proof.pid);
    }
  if (n <= budget->instances && kib <= budget->memory_mib * 1024.0)
    return;
  instance = least_seen (self);
  if (instance == NULL)
    return;
  instance->trouble = TN_TROUBLE_CEILING;
  tn_instance_audit (instance, "limit.discarded", instance->app_id, "all together", NULL);
  if (instance->visible)
    tn_violation_warn (instance, _("“%s” was put aside: all apps together use more than they may"));
  tn_instance_rest (instance, TN_STATE_DISCARDED);
}

static gboolean
look_cb (gpointer user_data)
{
  TnGuard *self = user_data;
  g_autoptr (GPtrArray) instances = g_ptr_array_copy (self->runtime->instances, (GCopyFunc) g_object_ref, NULL);
  TnUsage all = { 0 };
  gboolean any = FALSE;

  g_ptr_array_set_free_func (instances, g_object_unref);
  for (guint i = 0; i < instances->len; i++)
    {
      TnInstance *instance = instances->pdata[i];

      any |= instance->view != NULL;
      if (tn_instance_is_tile (instance) && instance->state != TN_STATE_STOPPED)
        look_at (self, instance, &all);
    }
  tn_history_add (self->history, &all);
  keep_ceiling (self);
  tn_shared_look (self->shared);
  if (any)
    return G_SOURCE_CONTINUE;
  self->source = 0;
  return G_SOURCE_REMOVE;
}

TnGuard *
tn_guard_new (TnRuntime *runtime)
{
  TnGuard *self = g_new0 (TnGuard, 1);

  self->runtime = runtime;
  self->history = tn_history_new ();
  self->shared = tn_shared_new (runtime);
  return self;
}

void
tn_guard_free (TnGuard *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  tn_shared_free (self->shared);
  tn_history_free (self->history);
  g_free (self);
}

void
tn_guard_start (TnGuard *self)
{
  if (self->source == 0)
    self->source = g_timeout_add_seconds (LOOK_S, look_cb, self);
}

TnHistory *
tn_guard_get_history (TnGuard *self)
{
  return self->history;
}
