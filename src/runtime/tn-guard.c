/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-guard.h"
#include "tn-clock.h"
#include "tn-instance-private.h"
#include "tn-json.h"
#include "tn-lifecycle.h"
#include "tn-watchdog.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <unistd.h>

#define LOOK_S 1
#define JUDGE_S 10 /* over so many seconds the processor's time is judged */

/* The process that all share: what it may have before somebody is to blame, and what it may have at all; KiB. */
#define SHARED_KIB (256 * 1024)
#define SHARED_MOST_KIB (1024 * 1024)
#define SHARED_GROWTH_KIB 1024 /* in a second */
#define SHARED_REST_S 5        /* after one was ended */

struct _TnGuard
{
  TnRuntime *runtime;
  TnHistory *history;
  guint source;
  int shared_pid, shared_fd;
  gint64 shared_kib;
  guint shared_rest;
};

static gboolean
is_tile (TnInstance *instance)
{
  return instance->app == NULL || !g_str_equal (tn_app_get_source (instance->app), TN_SOURCE_HOST);
}

static TnUsage
measure (TnInstance *instance, TnProcessSample *sample)
{
  gint64 now = tn_clock_monotonic_us (), span = now - instance->sampled_us;
  TnUsage usage = { .storage_kib = instance->storage_kib, .requests = instance->n_requests };
  guint64 calls = instance->bridge != NULL ? tn_bridge_get_n_messages (instance->bridge) : 0;

  *sample = (TnProcessSample){ 0 };
  instance->n_requests = 0;
  if (instance->proof.pid == 0 || instance->view == NULL || !tn_process_sample (instance->proof.pid, sample))
    return usage;
  usage.memory_kib = tn_monitor_get_kib (instance->runtime->monitor, instance->proof.pid);
  usage.calls = calls >= instance->n_calls ? calls - instance->n_calls : calls;
  if (instance->sampled_pid == instance->proof.pid && span > 0)
    usage.cpu = 100.0 * (sample->cpu_us - instance->sampled_cpu_us) / span;
  instance->n_calls = calls;
  instance->sampled_pid = instance->proof.pid;
  instance->sampled_cpu_us = sample->cpu_us;
  instance->sampled_us = now;
  return usage;
}

/* Of the last minute. */
static void
tell_usage (TnInstance *instance)
{
  TnUsage usage = tn_history_sum (instance->history, TN_SPAN_SECOND, 60);
  JsonObject *object = tn_usage_to_json (&usage);
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  json_object_set_string_member (object, "tile", instance->tile_id);
  json_object_set_string_member (object, "app", instance->app_id);
  json_object_set_string_member (object, "step", tn_rung_name (instance->ladder.rung));
  json_object_unref (object);
  tn_runtime_tell (instance->runtime, "host.tile.usage", node);
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

/* @text: (transfer full) */
static void
warn (TnInstance *instance, char *text)
{
  g_signal_emit_by_name (instance, "warning", text);
  g_free (text);
}

/* One rung up or down to the ground. */
static void
step (TnInstance *instance)
{
  const char *name = tn_app_get_name (instance->app);

  tell_usage (instance);
  if (instance->ladder.rung != TN_RUNG_NONE && instance->ladder.rung != TN_RUNG_STOPPED)
    {
      g_autofree char *kind = g_strconcat ("limit.", tn_rung_name (instance->ladder.rung), NULL);

      tn_instance_audit (instance, kind, instance->app_id, "processor", NULL);
    }
  switch (instance->ladder.rung)
    {
    case TN_RUNG_NONE:
      tn_instance_throttle (instance, 1);
      break;
    case TN_RUNG_WARNED:
      warn (instance, g_strdup_printf (_("“%s” keeps the processor busier than it may"), name));
      break;
    case TN_RUNG_THROTTLED:
      warn (instance,
            g_strdup_printf (_("“%s” runs slower now: it kept the processor busier than it may"), name));
      break;
    case TN_RUNG_SUSPENDED:
      tn_instance_throttle (instance, 1);
      instance->trouble = TN_TROUBLE_BUSY;
      tn_instance_rest (instance, TN_STATE_SUSPENDED);
      break;
    case TN_RUNG_STOPPED:
      tn_instance_fail (instance, TN_TROUBLE_CPU, NULL);
      instance->ladder = (TnLadder){ 0 };
      break;
    }
}

static void
judge (TnInstance *instance)
{
  guint times = tn_mode_limits (tn_instance_has_open (instance, TN_FEATURE_LIMITS)).cpu;
  double limit = tn_manifest_get_resources (tn_app_get_manifest (instance->app))->cpu * times;
  double used = tn_history_sum (instance->history, TN_SPAN_SECOND, JUDGE_S).cpu;
  double share = tn_ladder_share (limit, used, instance->share);

  if (tn_ladder_look (&instance->ladder, share < 1))
    step (instance);
  if (instance->ladder.rung == TN_RUNG_THROTTLED)
    tn_instance_throttle (instance, share);
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
    tell_usage (instance);
  for (TnSpan span = TN_SPAN_MINUTE; span <= full; span++)
    keep_usage (instance, span);
  tn_watchdog_look (instance, &sample, usage.cpu);
  if (instance->state != TN_STATE_RUNNING)
    instance->unjudged_s = 0;
  else if (++instance->unjudged_s % JUDGE_S == 0)
    judge (instance);
}

/* Out of sight before in sight; of these who was not looked at for longest. */
static TnInstance *
least_seen (TnGuard *self)
{
  TnInstance *found = NULL;

  for (guint i = 0; i < self->runtime->instances->len; i++)
    {
      TnInstance *instance = self->runtime->instances->pdata[i];

      if (instance->focused || !is_tile (instance) || !tn_lifecycle_allows (instance->state, TN_STATE_DISCARDED)
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
      if (instance->view == NULL || instance->resting == TN_STATE_DISCARDED || !is_tile (instance))
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
    warn (instance, g_strdup_printf (_("“%s” was put aside: all apps together use more than they may"),
                                     tn_app_get_name (instance->app)));
  tn_instance_rest (instance, TN_STATE_DISCARDED);
}

/* Nothing says for whom the shared process keeps what it keeps; whoever fills it is busy doing so. */
static TnInstance *
busiest (TnGuard *self)
{
  TnInstance *found = NULL;
  double most = 0;

  for (guint i = 0; i < self->runtime->instances->len; i++)
    {
      TnInstance *instance = self->runtime->instances->pdata[i];
      TnUsage usage = tn_history_sum (instance->history, TN_SPAN_SECOND, SHARED_REST_S);

      if (instance->state == TN_STATE_RUNNING && is_tile (instance) && usage.cpu > most)
        {
          most = usage.cpu;
          found = instance;
        }
    }
  return found;
}

static gint64
read_shared (TnGuard *self)
{
  gint64 kib = self->shared_fd >= 0 ? tn_monitor_read_own_kib (self->shared_fd) : -1;
  g_autofree char *path = NULL;

  if (kib >= 0)
    return kib;
  if (self->shared_fd >= 0)
    close (self->shared_fd);
  self->shared_pid = tn_runtime_get_network_pid (self->runtime);
  path = g_strdup_printf ("/proc/%d/statm", self->shared_pid);
  self->shared_fd = self->shared_pid != 0 ? open (path, O_RDONLY | O_CLOEXEC) : -1;
  return self->shared_fd >= 0 ? tn_monitor_read_own_kib (self->shared_fd) : 0;
}

/* WebKit starts another one when it is gone: pages live on, and lose what was under way. */
static void
watch_shared (TnGuard *self)
{
  gint64 kib = read_shared (self), growth = kib - self->shared_kib;
  TnInstance *guilty;

  self->shared_kib = kib;
  if (kib > SHARED_MOST_KIB)
    {
      g_message ("The process that all apps share for their data used %d MiB and was ended", (int) (kib / 1024));
      kill (self->shared_pid, SIGKILL);
    }
  else if (self->shared_rest > 0)
    self->shared_rest--;
  else if (kib > SHARED_KIB && growth > SHARED_GROWTH_KIB && (guilty = busiest (self)) != NULL)
    {
      self->shared_rest = SHARED_REST_S;
      tn_instance_fail (guilty, TN_TROUBLE_SHARED, NULL);
    }
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
      if (is_tile (instance) && instance->state != TN_STATE_STOPPED)
        look_at (self, instance, &all);
    }
  tn_history_add (self->history, &all);
  keep_ceiling (self);
  watch_shared (self);
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
  self->shared_fd = -1;
  return self;
}

void
tn_guard_free (TnGuard *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->shared_fd >= 0)
    close (self->shared_fd);
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
