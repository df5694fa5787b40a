/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-violation.h"

#include <glib/gi18n-lib.h>

#define SLOWED 0.25 /* of its time has an app that went on calling: that slows its calls too */

/* Nothing is warned of that has a watch of its own. */
static const struct
{
  const char *subject, *warned, *throttled;
  TnTrouble rests, stops;
} violations[TN_N_LIMITS] = {
  [TN_LIMIT_CPU] = { "processor", N_("“%s” keeps the processor busier than it may"),
                     N_("“%s” runs slower now: it kept the processor busier than it may"), TN_TROUBLE_BUSY,
                     TN_TROUBLE_CPU },
  [TN_LIMIT_NETWORK] = { "requests", N_("“%s” keeps on asking servers more often than it may"),
                         N_("“%s” runs slower now: it kept on asking servers more often than it may"),
                         TN_TROUBLE_PUSHY, TN_TROUBLE_TRAFFIC },
  [TN_LIMIT_API_CALLS] = { "calls", N_("“%s” keeps on making more calls than it may"),
                           N_("“%s” runs slower now: it kept on making more calls than it may"), TN_TROUBLE_PUSHY,
                           TN_TROUBLE_TRAFFIC },
  [TN_LIMIT_BYTES] = { "bytes", N_("“%s” keeps on asking for more data than it may have today"),
                       N_("“%s” runs slower now: it kept on asking for more data than it may have today"),
                       TN_TROUBLE_PUSHY, TN_TROUBLE_TRAFFIC },
};

TnLimit
tn_violation_worst (TnInstance *instance)
{
  TnLimit worst = TN_LIMIT_CPU;

  for (TnLimit limit = 0; limit < TN_N_LIMITS; limit++)
    if (instance->ladders[limit].rung > instance->ladders[worst].rung)
      worst = limit;
  return worst;
}

void
tn_violation_tell (TnInstance *instance)
{
  TnUsage usage = tn_history_sum (instance->history, TN_SPAN_SECOND, 60);
  JsonObject *object = tn_usage_to_json (&usage);
  JsonNode *node = json_node_init_object (json_node_alloc (), object);
  TnLimit worst = tn_violation_worst (instance);
  TnRung rung = instance->ladders[worst].rung;

  json_object_set_string_member (object, "tile", instance->tile_id);
  json_object_set_string_member (object, "app", instance->app_id);
  json_object_set_string_member (object, "step", tn_rung_name (rung));
  json_object_set_string_member (object, "limit", rung != TN_RUNG_NONE ? tn_limit_name (worst) : "");
  json_object_unref (object);
  tn_runtime_tell (instance->runtime, "host.tile.usage", node);
}

void
tn_violation_warn (TnInstance *instance, const char *sentence)
{
  g_autoptr (GString) text = g_string_new (sentence);

  g_string_replace (text, "%s", tn_app_get_name (instance->app), 1);
  g_signal_emit_by_name (instance, "warning", text->str);
}

/* One rung up, or down to the ground. */
static void
step (TnInstance *instance, TnLimit limit)
{
  TnRung rung = instance->ladders[limit].rung;

  tn_violation_tell (instance);
  if (rung != TN_RUNG_NONE && rung != TN_RUNG_STOPPED)
    {
      g_autofree char *kind = g_strconcat ("limit.", tn_rung_name (rung), NULL);

      tn_instance_audit (instance, kind, instance->app_id, violations[limit].subject, NULL);
    }
  if (rung == TN_RUNG_WARNED)
    tn_violation_warn (instance, _(violations[limit].warned));
  else if (rung == TN_RUNG_THROTTLED)
    tn_violation_warn (instance, _(violations[limit].throttled));
  else if (rung == TN_RUNG_SUSPENDED)
    {
      tn_instance_throttle (instance, 1);
      instance->trouble = violations[limit].rests;
      tn_instance_rest (instance, TN_STATE_SUSPENDED);
    }
  else if (rung == TN_RUNG_STOPPED)
    {
      tn_instance_fail (instance, violations[limit].stops, NULL);
      memset (instance->ladders, 0, sizeof instance->ladders);
    }
}

/* Of its time, so that it keeps to its limit of the processor. What it was held back from for its calls says nothing. */
static double
measure_share (TnInstance *instance)
{
  guint times = tn_mode_relief (tn_instance_has_open (instance, TN_FEATURE_LIMITS)).cpu;
  double limit = (double) times * tn_limits_get (instance->runtime->limits, instance->app, TN_LIMIT_CPU);
  double used = tn_history_sum (instance->history, TN_SPAN_SECOND, TN_VIOLATION_S).cpu;
  gboolean slowed = instance->ladders[TN_LIMIT_CPU].rung == TN_RUNG_THROTTLED;

  return tn_ladder_share (limit, used, slowed ? instance->share : 1);
}

static gboolean
is_slowed_for_calls (TnInstance *instance)
{
  for (TnLimit limit = TN_LIMIT_NETWORK; limit <= TN_LIMIT_BYTES; limit++)
    if (instance->ladders[limit].rung == TN_RUNG_THROTTLED)
      return TRUE;
  return FALSE;
}

void
tn_violation_judge (TnInstance *instance)
{
  double share = measure_share (instance);
  gboolean over[TN_N_LIMITS] = { [TN_LIMIT_CPU] = share < 1 };

  for (TnLimit limit = TN_LIMIT_NETWORK; limit <= TN_LIMIT_BYTES; limit++)
    over[limit] = tn_ladder_is_hammering (&instance->streaks[limit], instance->traffic.refused[limit]);
  memset (instance->traffic.refused, 0, sizeof instance->traffic.refused);
  for (TnLimit limit = 0; limit < TN_N_LIMITS && instance->state == TN_STATE_RUNNING; limit++)
    if (violations[limit].subject != NULL && tn_ladder_look (&instance->ladders[limit], over[limit]))
      step (instance, limit);
  if (instance->state != TN_STATE_RUNNING || instance->resting != TN_STATE_STOPPED)
    return;
  if (instance->ladders[TN_LIMIT_CPU].rung != TN_RUNG_THROTTLED)
    share = 1;
  tn_instance_throttle (instance, is_slowed_for_calls (instance) ? MIN (share, SLOWED) : share);
}
