/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-gate.h"
#include "tn-policy.h"

gboolean
tn_gate_is_open (TnInstance *instance, TnPermissionType type, const char *resource, TnPermissionActions action)
{
  g_return_val_if_fail (TN_IS_INSTANCE (instance) && resource != NULL, FALSE);

  return tn_policy_allows (tn_app_get_manifest (instance->app), type, resource, action);
}

void
tn_gate_pass (TnInstance *instance, TnCall *call, TnPermissionType type, const char *resource,
              TnPermissionActions action, TnGateFunc open, gpointer user_data, GDestroyNotify destroy)
{
  g_return_if_fail (TN_IS_INSTANCE (instance) && call != NULL && resource != NULL && open != NULL);

  if (tn_gate_is_open (instance, type, resource, action))
    open (instance, call, instance->cancellable, user_data);
  else
    tn_call_fail (call, TN_WIRE_REFUSED, "The manifest does not declare “%s”", resource);
  if (destroy != NULL)
    destroy (user_data);
}
