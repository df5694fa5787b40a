/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-instance-private.h"
#include "tn-json.h"

#include <string.h>

#define KEY_BYTES 256

/* A call that waits for the store, and whose it is. */
typedef struct
{
  TnInstance *instance;
  TnCall *call;
} Pending;

static Pending *
pending_new (TnInstance *instance, TnCall *call)
{
  Pending *pending = g_new (Pending, 1);

  pending->instance = g_object_ref (instance);
  pending->call = call;
  return pending;
}

static void
pending_free (Pending *pending)
{
  g_object_unref (pending->instance);
  g_free (pending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pending, pending_free)

static void
register_method (gpointer owner, JsonObject *params, TnCall *call)
{
  tn_instance_registered (owner);
  tn_call_return (call, NULL);
}

/* Whose values the page means; fails the call where it says neither. */
static gboolean
read_scope (TnInstance *self, JsonObject *params, TnCall *call, TnKvScope *scope, const char **owner)
{
  const char *name = tn_json_get_string (params, "scope", "");

  *scope = g_str_equal (name, "app") ? TN_KV_APP : TN_KV_TILE;
  *owner = *scope == TN_KV_APP ? self->app_key : self->tile_id;
  if (g_str_equal (name, "app") || g_str_equal (name, "tile"))
    return TRUE;
  tn_call_fail (call, TN_WIRE_PARAMS, "Storage has the scopes “tile” and “app”");
  return FALSE;
}

static const char *
read_key (JsonObject *params, TnCall *call)
{
  const char *key = tn_json_get_string (params, "key", NULL);

  if (key != NULL && *key != '\0' && strlen (key) <= KEY_BYTES)
    return key;
  tn_call_fail (call, TN_WIRE_PARAMS, "A key is a string of 1 to %d bytes", KEY_BYTES);
  return NULL;
}

static void
kv_got_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Pending) pending = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = tn_store_kv_get_finish (TN_STORE (source), result, &error);
  JsonNode *value = text != NULL ? tn_json_parse (text, -1, NULL, NULL) : NULL;
  JsonObject *answer;
  JsonNode *node;

  if (error != NULL)
    {
      tn_call_fail (pending->call, TN_WIRE_FAILED, "%s", error->message);
      return;
    }
  answer = json_object_new ();
  node = json_node_new (JSON_NODE_OBJECT);
  json_object_set_boolean_member (answer, "found", value != NULL);
  if (value != NULL)
    json_object_set_member (answer, "value", value);
  json_node_take_object (node, answer);
  tn_call_return (pending->call, node);
}

static void
storage_get_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *self = owner;
  TnKvScope scope;
  const char *whose, *key;

  if (read_scope (self, params, call, &scope, &whose) && (key = read_key (params, call)) != NULL)
    tn_store_kv_get_async (self->runtime->store, scope, whose, key, NULL, kv_got_cb, pending_new (self, call));
}

static void
kv_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Pending) pending = user_data;
  g_autoptr (GError) error = NULL;

  if (tn_store_kv_set_finish (TN_STORE (source), result, &error))
    tn_call_return (pending->call, NULL);
  else
    tn_call_fail (pending->call, TN_WIRE_FAILED, "%s", error->message);
}

static void
storage_write (TnInstance *self, JsonObject *params, TnCall *call, const char *json)
{
  TnKvScope scope;
  const char *whose, *key;

  if (!read_scope (self, params, call, &scope, &whose) || (key = read_key (params, call)) == NULL)
    return;
  if (json == NULL)
    tn_storage_watch_note_deletion (self->runtime->storage, self->app_key);
  else if (!tn_storage_watch_may_write (self->runtime->storage, self->app_key, strlen (key) + strlen (json)))
    {
      tn_call_fail (call, TN_WIRE_REFUSED, "The app has stored all of the %u MiB that it may; delete something first",
                    tn_limits_get (self->runtime->limits, self->app, TN_LIMIT_STORAGE));
      return;
    }
  tn_store_kv_set_async (self->runtime->store, scope, whose, key, json, NULL, kv_set_cb, pending_new (self, call));
  tn_instance_want_picture (self);
}

static void
storage_set_method (gpointer owner, JsonObject *params, TnCall *call)
{
  JsonNode *value = json_object_get_member (params, "value");
  g_autofree char *json = value != NULL ? tn_json_to_string (value) : g_strdup ("null");

  storage_write (owner, params, call, json);
}

static void
storage_delete_method (gpointer owner, JsonObject *params, TnCall *call)
{
  storage_write (owner, params, call, NULL);
}

static void
kv_keys_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Pending) pending = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) keys = tn_store_kv_keys_finish (TN_STORE (source), result, &error);
  JsonArray *list;
  JsonNode *node;

  if (keys == NULL)
    {
      tn_call_fail (pending->call, TN_WIRE_FAILED, "%s", error->message);
      return;
    }
  list = json_array_new ();
  node = json_node_new (JSON_NODE_ARRAY);
  for (guint i = 0; keys[i] != NULL; i++)
    json_array_add_string_element (list, keys[i]);
  json_node_take_array (node, list);
  tn_call_return (pending->call, node);
}

static void
storage_keys_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *self = owner;
  TnKvScope scope;
  const char *whose;

  if (read_scope (self, params, call, &scope, &whose))
    tn_store_kv_keys_async (self->runtime->store, scope, whose, NULL, kv_keys_cb, pending_new (self, call));
}

static void
config_get_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *self = owner;
  JsonNode *config = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (config, tn_vault_read_settings (self->runtime->vault, self));
  tn_call_return (call, config);
}

const TnBridgeMethod TN_INSTANCE_METHODS[] = {
  { "register", register_method },
  { "storage.get", storage_get_method },
  { "storage.set", storage_set_method },
  { "storage.delete", storage_delete_method },
  { "storage.keys", storage_keys_method },
  { "config.get", config_get_method },
  { NULL },
};
