/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-gate.h"
#include "tn-json.h"
#include "tn-permission.h"

/* What a page may learn of its permissions, and ask for ahead of use. */

typedef struct
{
  TnPermissionType type;
  TnPermissionActions action;
  const char *resource; /* of the message */
} Wish;

static gboolean
read_wish (JsonObject *params, TnCall *call, Wish *wish)
{
  wish->resource = tn_json_get_string (params, "resource", NULL);
  if (wish->resource != NULL && tn_permission_type_from_name (tn_json_get_string (params, "type", ""), &wish->type)
      && tn_permission_action_from_name (tn_json_get_string (params, "action", ""), &wish->action))
    return TRUE;
  tn_call_fail (call, TN_WIRE_PARAMS, "A permission has a type, a resource and one action, in the manifest’s words");
  return FALSE;
}

static JsonNode *
word_node (const char *word)
{
  return json_node_init_string (json_node_alloc (), word);
}

static void
query_method (gpointer owner, JsonObject *params, TnCall *call)
{
  static const char *const words[] = {
    [TN_VERDICT_DENIED] = "denied",
    [TN_VERDICT_ASK] = "prompt",
    [TN_VERDICT_ALLOWED] = "granted",
  };
  Wish wish;

  if (read_wish (params, call, &wish))
    tn_call_return (call, word_node (words[tn_gate_probe (owner, wish.type, wish.resource, wish.action)]));
}

static void
granted (TnInstance *self, TnCall *call, GCancellable *grant, gpointer user_data)
{
  tn_call_return (call, word_node ("granted"));
}

static void
request_method (gpointer owner, JsonObject *params, TnCall *call)
{
  Wish wish;

  if (read_wish (params, call, &wish))
    tn_gate_pass (owner, call, wish.type, wish.resource, wish.action, granted, NULL, NULL);
}

const TnBridgeMethod TN_PERMISSION_METHODS[] = {
  { "permissions.query", query_method },
  { "permissions.request", request_method },
  { NULL },
};
