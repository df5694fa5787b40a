/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-gate.h"
#include "tn-policy.h"

void
tn_gate_pass (TnInstance *instance, TnCall *call, TnPermissionType type, const char *resource,
              TnPermissionActions action, TnGateFunc open, gpointer user_data, GDestroyNotify destroy)
{
  g_return_if_fail (TN_IS_INSTANCE (instance) && call != NULL && resource != NULL && open != NULL);

  if (tn_policy_allows (tn_app_get_manifest (instance->app), type, resource, action))
    open (instance, call, instance->cancellable, user_data);
  else
    {
      tn_instance_audit (instance, "call.refused", resource, "undeclared", NULL);
      tn_call_fail (call, TN_WIRE_REFUSED, "The manifest does not declare “%s”", resource);
    }
  if (destroy != NULL)
    destroy (user_data);
}
