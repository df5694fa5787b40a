/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-wire.h"
#include "tn-json.h"

#include <string.h>

static TnWireMessage *
refuse (TnWireCode why, const char *sentence, TnWireCode *code, char **reason)
{
  *code = why;
  *reason = g_strdup (sentence);
  return NULL;
}

TnWireMessage *
tn_wire_parse (const char *text, gsize length, guint64 expected_id, TnWireCode *code, char **reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = NULL;
  const char *method;
  JsonObject *params;
  TnWireMessage *message;

  g_return_val_if_fail (text != NULL && code != NULL && reason != NULL, NULL);

  object = tn_json_parse_object (text, length, NULL, &error);
  if (object == NULL)
    return refuse (TN_WIRE_PARSE, error->message, code, reason);
  method = tn_json_get_string (object, "method", NULL);
  params = tn_json_get_object (object, "params");
  if (g_strcmp0 (tn_json_get_string (object, "jsonrpc", NULL), "2.0") != 0 || method == NULL || params == NULL)
    return refuse (TN_WIRE_REQUEST, "Not a JSON-RPC 2.0 request with a method and params", code, reason);
  if (expected_id != (guint64) tn_json_get_int (object, "id", 0))
    return refuse (TN_WIRE_REQUEST, "The sequence number is not the next one", code, reason);
  message = g_new0 (TnWireMessage, 1);
  message->id = expected_id;
  message->method = g_strdup (method);
  message->params = json_object_ref (params);
  return message;
}

void
tn_wire_message_free (TnWireMessage *self)
{
  g_free (self->method);
  json_object_unref (self->params);
  g_free (self);
}

static JsonObject *
new_envelope (const char *number, guint64 value)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "jsonrpc", "2.0");
  json_object_set_int_member (object, number, value);
  return object;
}

char *
tn_wire_result (guint64 id, JsonNode *result)
{
  g_autoptr (JsonObject) object = new_envelope ("id", id);

  json_object_set_member (object, "result", result != NULL ? result : json_node_new (JSON_NODE_NULL));
  return tn_json_object_to_string (object);
}

char *
tn_wire_error (guint64 id, TnWireCode code, const char *message)
{
  g_autoptr (JsonObject) object = new_envelope ("id", id);
  JsonObject *error = json_object_new ();

  json_object_set_int_member (error, "code", code);
  json_object_set_string_member (error, "message", message);
  json_object_set_object_member (object, "error", error);
  return tn_json_object_to_string (object);
}

char *
tn_wire_request (guint64 seq, const char *method, JsonNode *params)
{
  g_autoptr (JsonObject) object = new_envelope ("seq", seq);

  json_object_set_string_member (object, "method", method);
  json_object_set_member (object, "params", params != NULL ? params : json_node_new (JSON_NODE_NULL));
  return tn_json_object_to_string (object);
}
