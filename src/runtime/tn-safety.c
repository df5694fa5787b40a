/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-safety.h"
#include "tn-csp.h"
#include "tn-instance-private.h"
#include "tn-json.h"
#include "tn-lifecycle.h"

#define RECENT_S 3
#define MINUTE_S 60

void
tn_safety_free (TnSafety *self)
{
  g_clear_object (&self->app);
  g_free (self->tile_id);
  g_free (self->csp);
  g_strfreev (self->domains);
  g_free (self);
}

static GStrv
list_domains (TnManifest *manifest)
{
  JsonObject *security = tn_json_get_object (tn_manifest_get_json (manifest), "security");
  JsonArray *domains = security != NULL ? tn_json_get_array (security, "allowedDomains") : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; domains != NULL && i < json_array_get_length (domains); i++)
    g_strv_builder_add (builder, json_array_get_string_element (domains, i));
  return g_strv_builder_end (builder);
}

static void
count_permissions (TnSafety *self, TnPolicy *policy)
{
  gsize n;
  const TnPermission *permissions = tn_manifest_get_permissions (tn_app_get_manifest (self->app), &n);

  for (gsize i = 0; i < n; i++)
    {
      TnStanding standing = tn_policy_get_standing (policy, self->app, &permissions[i]);

      if (standing == TN_STANDING_ASK)
        self->to_ask++;
      else if (tn_standing_is_allowed (standing))
        self->allowed++;
      else
        self->denied++;
    }
}

/* What holds now, be it the manifest's word or the person's. */
static void
read_limits (TnSafety *self, TnLimits *limits)
{
  guint *const amounts[] = {
    [TN_LIMIT_MEMORY] = &self->limits.memory,   [TN_LIMIT_CPU] = &self->limits.cpu,
    [TN_LIMIT_STORAGE] = &self->limits.storage, [TN_LIMIT_NETWORK] = &self->limits.network,
    [TN_LIMIT_API_CALLS] = &self->limits.api_calls, [TN_LIMIT_BYTES] = &self->limits.bytes,
  };

  for (guint i = 0; i < TN_N_LIMITS; i++)
    *amounts[i] = tn_limits_get (limits, self->app, i);
}

/* What its manifest says, and what follows from that. */
static void
read_app (TnSafety *self, TnInstance *instance)
{
  TnManifest *manifest = self->app != NULL ? tn_app_get_manifest (self->app) : NULL;

  if (manifest == NULL)
    {
      self->csp = g_strdup ("");
      self->domains = g_new0 (char *, 1);
      return;
    }
  self->level = tn_manifest_get_level (manifest);
  self->csp = tn_csp_build (self->level, tn_manifest_get_blocked_apis (manifest));
  self->domains = list_domains (manifest);
  read_limits (self, instance->runtime->limits);
  count_permissions (self, instance->runtime->policy);
}

static TnSafety *
read_instance (TnInstance *instance)
{
  TnRuntime *runtime = instance->runtime;
  TnSafety *self = g_new0 (TnSafety, 1);

  g_set_object (&self->app, instance->app);
  self->tile_id = g_strdup (instance->tile_id);
  self->trouble = instance->state == TN_STATE_TROUBLED ? instance->trouble : TN_TROUBLE_NONE;
  self->running = instance->view != NULL && instance->proof.pid != 0;
  self->held = tn_lifecycle_is (instance->state, TN_LIFE_FROZEN);
  self->proof = instance->proof;
  self->proved = instance->n_proved;
  self->proved_us = instance->proved_us;
  self->by_portal = g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
  self->canary = runtime->verdict;
  self->csp_blocked = instance->n_csp_blocked;
  self->calls = tn_runtime_get_call_metrics (runtime, instance->app_key);
  self->messages = instance->bridge != NULL ? tn_bridge_get_n_messages (instance->bridge) : 0;
  self->messages_refused = instance->bridge != NULL ? tn_bridge_get_n_refused (instance->bridge) : 0;
  self->message_bytes = TN_JSON_CAPS_DEFAULT.max_bytes;
  self->message_depth = TN_JSON_CAPS_DEFAULT.max_depth;
  self->messages_per_second = TN_BRIDGE_PER_SECOND;
  self->calls_allowed = instance->n_calls_allowed;
  self->calls_refused = instance->n_calls_refused;
  self->usage = tn_history_sum (instance->history, TN_SPAN_SECOND, RECENT_S);
  self->requests = tn_history_sum (instance->history, TN_SPAN_SECOND, MINUTE_S).requests;
  self->share = instance->share;
  read_app (self, instance);
  return self;
}

static void
measure_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  TnSafety *self = data;

  if (self->running)
    tn_proof_read (self->proof.pid, &self->proof);
  g_task_return_boolean (task, TRUE);
}

void
tn_safety_measure_async (TnInstance *instance, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TN_IS_INSTANCE (instance));

  task = g_task_new (instance, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_safety_measure_async);
  g_task_set_task_data (task, read_instance (instance), NULL);
  g_task_run_in_thread (task, measure_thread);
}

/* A process that has ended meanwhile is none that got out. */
static void
forget_ended (TnSafety *self, TnInstance *instance)
{
  if (!self->running || (instance->view != NULL && instance->proof.pid == self->proof.pid))
    return;
  self->running = FALSE;
  self->proof = instance->proof;
}

TnSafety *
tn_safety_measure_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (TnSafety) self = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, tn_safety_measure_async), NULL);

  self = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  forget_ended (self, g_task_get_source_object (G_TASK (result)));
  return g_steal_pointer (&self);
}
