/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-gate.h"
#include "tn-json.h"
#include "tn-lifecycle.h"

#include <string.h>

#define QUEUE 256       /* events that wait for one subscription */
#define OUTBOX 1024 /* events that wait for one page, and the bytes of all of them */
#define OUTBOX_BYTES (4 * 1024 * 1024)
#define BATCH_BYTES (512 * 1024)
#define SUBSCRIPTIONS 64
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

static void
emit (TnInstance *self, TnCall *call, GCancellable *grant, gpointer user_data)
{
  tn_bus_publish (self->runtime->bus, user_data);
  tn_call_return (call, NULL);
}

static void
emit_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *self = owner;
  const char *type = tn_json_get_string (params, "type", "");
  g_autoptr (GError) error = NULL;
  TnEvent *event = tn_event_new (self->source, type, json_object_get_member (params, "data"), &error);

  if (event == NULL)
    tn_call_fail (call, TN_WIRE_PARAMS, "%s", error->message);
  else
    tn_gate_pass (self, call, TN_PERMISSION_EVENT, type, TN_ACTION_EMIT, emit, event,
                  (GDestroyNotify) tn_event_unref);
}

/* One event for one of the page's subscriptions. */
typedef struct
{
  gint64 number;
  TnEvent *event;
} TnDelivery;

void
tn_delivery_free (gpointer data)
{
  TnDelivery *delivery = data;

  tn_event_unref (delivery->event);
  g_free (delivery);
}

static void
events_taken_cb (JsonNode *value, const char *message, gpointer user_data)
{
  TnInstance *self = user_data;

  self->delivering = FALSE;
  tn_instance_send_events (self);
}

static JsonNode *
delivery_node (const TnDelivery *delivery)
{
  JsonObject *item = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (item, "subscription", delivery->number);
  json_object_set_member (item, "event", tn_json_parse (tn_event_get_json (delivery->event), -1, NULL, NULL));
  json_node_take_object (node, item);
  return node;
}

static TnDelivery *
take_delivery (TnInstance *self)
{
  TnDelivery *delivery = g_queue_pop_head (self->outbox);

  if (delivery != NULL)
    self->outbox_bytes -= strlen (tn_event_get_json (delivery->event));
  return delivery;
}

/* One batch at a time: a page that is slow to take them, or frozen, makes them wait here, where they are bounded. */
void
tn_instance_send_events (TnInstance *self)
{
  JsonArray *list;
  JsonNode *node;
  gsize begun_with = self->outbox_bytes;

  if (self->delivering || !tn_lifecycle_is (self->state, TN_LIFE_HEARS) || g_queue_is_empty (self->outbox))
    return;
  list = json_array_new ();
  while (!g_queue_is_empty (self->outbox) && begun_with - self->outbox_bytes < BATCH_BYTES)
    {
      TnDelivery *delivery = take_delivery (self);

      json_array_add_element (list, delivery_node (delivery));
      tn_delivery_free (delivery);
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, list);
  self->delivering = TRUE;
  tn_bridge_ask (self->bridge, self->view, "events", node, events_taken_cb, self);
}

typedef struct
{
  TnInstance *instance;
  gint64 number;
} Subscription;

static void
deliver_cb (TnEvent *event, gpointer user_data)
{
  Subscription *subscription = user_data;
  TnInstance *self = subscription->instance;
  TnDelivery *delivery = g_new (TnDelivery, 1);

  *delivery = (TnDelivery){ subscription->number, tn_event_ref (event) };
  g_queue_push_tail (self->outbox, delivery);
  self->outbox_bytes += strlen (tn_event_get_json (event));
  while (g_queue_get_length (self->outbox) > OUTBOX || self->outbox_bytes > OUTBOX_BYTES)
    tn_delivery_free (take_delivery (self));
  tn_instance_send_events (self);
}

/* A subscription as long as it is held. */
typedef struct
{
  TnBus *bus;
  guint id;
  GCancellable *grant;
} Held;

void
tn_held_free (gpointer data)
{
  Held *held = data;

  tn_bus_unsubscribe (held->bus, held->id);
  g_object_unref (held->grant);
  g_free (held);
}

typedef struct
{
  gint64 number;
  char *pattern;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->pattern);
  g_free (wish);
}

static void
subscribe (TnInstance *self, TnCall *call, GCancellable *grant, gpointer user_data)
{
  Wish *wish = user_data;
  gpointer number = GINT_TO_POINTER (wish->number);
  g_autoptr (GError) error = NULL;
  Subscription *subscription;
  Held *held;
  guint id;

  if (g_hash_table_contains (self->subscriptions, number))
    {
      tn_call_fail (call, TN_WIRE_PARAMS, "A subscription needs a number of its own");
      return;
    }
  if (g_hash_table_size (self->subscriptions) >= SUBSCRIPTIONS)
    {
      tn_call_fail (call, TN_WIRE_REFUSED, "An app may have at most %d subscriptions", SUBSCRIPTIONS);
      return;
    }
  subscription = g_new (Subscription, 1);
  *subscription = (Subscription) { self, wish->number };
  id = tn_bus_subscribe (self->runtime->bus, wish->pattern, QUEUE, deliver_cb, subscription, g_free, &error);
  if (id == 0)
    {
      tn_call_fail (call, TN_WIRE_PARAMS, "%s", error->message);
      return;
    }
  held = g_new (Held, 1);
  *held = (Held) { self->runtime->bus, id, g_object_ref (grant) };
  g_hash_table_insert (self->subscriptions, number, held);
  tn_call_return (call, NULL);
}

static void
subscribe_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *self = owner;
  const char *pattern = tn_json_get_string (params, "pattern", "");
  gint64 number = tn_json_get_int (params, "subscription", 0);
  Wish *wish;

  if (number <= 0 || !tn_subject_is_valid_pattern (pattern))
    {
      tn_call_fail (call, TN_WIRE_PARAMS, "A subscription needs a number and a pattern such as “todo.item.*”");
      return;
    }
  wish = g_new (Wish, 1);
  *wish = (Wish) { number, g_strdup (pattern) };
  tn_gate_pass (self, call, TN_PERMISSION_EVENT, pattern, TN_ACTION_LISTEN, subscribe, wish, wish_free);
}

static void
unsubscribe_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *self = owner;

  g_hash_table_remove (self->subscriptions, GINT_TO_POINTER (tn_json_get_int (params, "subscription", 0)));
  tn_call_return (call, NULL);
}

void
tn_instance_unsubscribe_all (TnInstance *self)
{
  g_hash_table_remove_all (self->subscriptions);
  g_queue_clear_full (self->outbox, tn_delivery_free);
  self->outbox_bytes = 0;
  self->delivering = FALSE;
}

/* What was on its way to a listener that may not hear it any more. */
static void
drop_deliveries (TnInstance *self)
{
  for (guint n = g_queue_get_length (self->outbox); n > 0; n--)
    {
      TnDelivery *delivery = take_delivery (self);

      if (g_hash_table_contains (self->subscriptions, GINT_TO_POINTER (delivery->number)))
        {
          g_queue_push_tail (self->outbox, delivery);
          self->outbox_bytes += strlen (tn_event_get_json (delivery->event));
        }
      else
        {
          tn_delivery_free (delivery);
        }
    }
}

void
tn_instance_unsubscribe_cancelled (TnInstance *self)
{
  GHashTableIter iter;
  gpointer held;

  g_hash_table_iter_init (&iter, self->subscriptions);
  while (g_hash_table_iter_next (&iter, NULL, &held))
    if (g_cancellable_is_cancelled (((Held *) held)->grant))
      g_hash_table_iter_remove (&iter);
  drop_deliveries (self);
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
  JsonNode *config = self->config != NULL ? tn_json_parse (self->config, -1, NULL, NULL) : NULL;

  if (config == NULL)
    {
      config = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (config, json_object_new ());
    }
  tn_call_return (call, config);
}

const TnBridgeMethod TN_INSTANCE_METHODS[] = {
  { "register", register_method },          { "bus.emit", emit_method },
  { "bus.subscribe", subscribe_method },    { "bus.unsubscribe", unsubscribe_method },
  { "storage.get", storage_get_method },    { "storage.set", storage_set_method },
  { "storage.delete", storage_delete_method }, { "storage.keys", storage_keys_method },
  { "config.get", config_get_method },
  { NULL },
};
