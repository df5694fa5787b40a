/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-gate.h"
#include "tn-clock.h"
#include "tn-question-private.h"

/* How long after a click a page may do what needs one. */
#define CLICK_US G_USEC_PER_SEC

/* A call on its way through. */
typedef struct
{
  TnInstance *instance;
  TnCall *call;
  char *resource;
  TnRequest request;
  TnGateFunc open;
  gpointer user_data;
  GDestroyNotify destroy;
} Passage;

static void
passage_free (Passage *passage)
{
  if (passage->destroy != NULL)
    passage->destroy (passage->user_data);
  g_object_unref (passage->instance);
  g_free (passage->resource);
  g_free (passage);
}

static void
refuse (Passage *passage, const char *reason)
{
  passage->instance->n_calls_refused++;
  tn_instance_audit (passage->instance, "call.refused", passage->resource, "refused", reason);
  tn_call_fail (passage->call, TN_WIRE_REFUSED, "“%.200s”: %s", passage->resource, reason);
  passage_free (passage);
}

/* The same for all calls under one entry; the page's own data is granted by nobody, and ends with the page. */
static GCancellable *
find_grant (TnInstance *instance, const TnPermission *permission)
{
  GCancellable *grant = g_hash_table_lookup (instance->grants, permission);

  if (grant == NULL)
    {
      grant = g_cancellable_new ();
      g_hash_table_insert (instance->grants, (gpointer) permission, grant);
    }
  return grant;
}

static void
let_through (Passage *passage, const TnPermission *permission)
{
  g_autoptr (GCancellable) grant = g_object_ref (find_grant (passage->instance, permission));

  passage->instance->n_calls_allowed++;
  tn_instance_audit (passage->instance, "call.allowed", passage->resource, "allowed", NULL);
  passage->open (passage->instance, passage->call, grant, passage->user_data);
  passage_free (passage);
}

static void try (Passage *passage);

static void
asked_cb (TnAsked asked, gpointer user_data)
{
  Passage *passage = user_data;

  if (asked == TN_ASKED_ANSWERED)
    try (passage);
  else
    refuse (passage, asked == TN_ASKED_WITHDRAWN ? "The page went before the person answered"
                                                 : "Nobody answered; it can be tried again");
}

static void
try (Passage *passage)
{
  TnInstance *instance = passage->instance;
  TnDecision decision = tn_policy_decide (instance->runtime->policy, instance->app, &passage->request);

  if (decision.verdict == TN_VERDICT_ALLOWED)
    let_through (passage, decision.permission);
  else if (decision.verdict == TN_VERDICT_DENIED)
    refuse (passage, decision.reason);
  else if (!tn_question_ask (instance, decision.permission, asked_cb, passage))
    refuse (passage, "Too many calls wait for the person’s answer");
}

gboolean
tn_gate_was_clicked (TnInstance *instance)
{
  return instance->clicked_us != 0 && tn_clock_monotonic_us () - instance->clicked_us <= CLICK_US;
}

static gboolean
is_seen (TnInstance *instance)
{
  return instance->visible && gtk_widget_get_mapped (GTK_WIDGET (instance->view));
}

void
tn_gate_pass (TnInstance *instance, TnCall *call, TnPermissionType type, const char *resource,
              TnPermissionActions action, TnGateFunc open, gpointer user_data, GDestroyNotify destroy)
{
  Passage *passage;

  g_return_if_fail (TN_IS_INSTANCE (instance) && call != NULL && resource != NULL && open != NULL);

  passage = g_new (Passage, 1);
  *passage = (Passage) { g_object_ref (instance), call, g_strdup (resource), { type, NULL, action }, open, user_data,
                         destroy };
  passage->request.resource = passage->resource;
  passage->request.visible = is_seen (instance);
  passage->request.clicked = tn_gate_was_clicked (instance);
  try (passage);
}

TnVerdict
tn_gate_probe (TnInstance *instance, TnPermissionType type, const char *resource, TnPermissionActions action)
{
  TnRequest request = { type, resource, action, TRUE, TRUE, TRUE };

  return tn_policy_decide (instance->runtime->policy, instance->app, &request).verdict;
}

GCancellable *
tn_gate_follow (TnInstance *instance, TnPermissionType type, const char *resource, TnPermissionActions action,
                gboolean clicked, GCancellable *grant)
{
  TnRequest request = { type, resource, action, is_seen (instance), clicked, TRUE };
  TnDecision decision = tn_policy_decide (instance->runtime->policy, instance->app, &request);

  if (decision.verdict != TN_VERDICT_ALLOWED)
    return NULL;
  if (find_grant (instance, decision.permission) == grant)
    return grant;
  request.probe = FALSE;
  decision = tn_policy_decide (instance->runtime->policy, instance->app, &request);
  return find_grant (instance, decision.permission);
}

void
tn_gate_close (TnInstance *instance)
{
  g_autoptr (GHashTable) grants
    = g_steal_pointer (&instance->grants);
  GHashTableIter iter;
  gpointer grant;

  instance->grants = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  tn_question_withdraw (instance);
  g_hash_table_iter_init (&iter, grants);
  while (g_hash_table_iter_next (&iter, NULL, &grant))
    g_cancellable_cancel (grant);
}

void
tn_gate_app_changed (TnInstance *instance)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer permission, grant;

  g_hash_table_iter_init (&iter, instance->grants);
  while (g_hash_table_iter_next (&iter, &permission, &grant))
    if (permission != NULL
        && !tn_standing_is_allowed (tn_policy_get_standing (instance->runtime->policy, instance->app, permission)))
      {
        g_ptr_array_add (taken, g_object_ref (grant));
        g_hash_table_iter_remove (&iter);
      }
  for (guint i = 0; i < taken->len; i++)
    g_cancellable_cancel (taken->pdata[i]);
  if (taken->len > 0)
    tn_instance_unsubscribe_cancelled (instance);
}
