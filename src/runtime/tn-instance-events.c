/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-fault.h"
#include "tn-gate.h"
#include "tn-json.h"
#include "tn-lifecycle.h"
#include "tn-schema.h"

#include <string.h>

/* What a page says on the bus and hears of it. Events wait in the queues of its subscriptions, under the rule that the page
 * chose; only the next batch is taken out of them, and only while the page has not taken the one before. */

#define QUEUE 1024 /* events that wait for one subscription */
#define BATCH 64
#define BATCH_BYTES (512 * 1024)
#define SUBSCRIPTIONS 64
#define REPLAY 1000 /* what is replayed at most, and the bytes of it */
#define REPLAY_BYTES (1024 * 1024)

/* (transfer full) (nullable): what the page wants to say; %NULL where it can't be said, and the call has failed. */
TnEvent *
tn_instance_read_event (TnInstance *self, JsonObject *params, TnCall *call)
{
  const char *type = tn_json_get_string (params, "type", "");
  JsonNode *data = json_object_get_member (params, "data");
  JsonObject *schemas = tn_json_get_object (tn_manifest_get_json (tn_app_get_manifest (self->app)), "events");
  JsonNode *schema = schemas != NULL ? json_object_get_member (schemas, type) : NULL;
  gboolean takes_back = data != NULL && JSON_NODE_HOLDS_NULL (data) && tn_json_get_boolean (params, "retain", FALSE);
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError) error = NULL;
  TnEvent *event = tn_event_new (self->source, type, data, &error);

  if (event == NULL)
    {
      tn_call_fail (call, TN_WIRE_PARAMS, "%s", error->message);
      return NULL;
    }
  if (schema == NULL || data == NULL || takes_back)
    return event;
  faults = tn_schema_validate (schema, data);
  if (faults->len > 0)
    {
      const TnFault *fault = faults->pdata[0];
      g_autofree char *reason
        = g_strconcat (fault->pointer, *fault->pointer != '\0' ? ": " : "", fault->message, NULL);

      tn_instance_audit (self, "call.refused", type, "refused", reason);
      tn_call_fail (call, TN_WIRE_PARAMS, "The data of “%.200s” are not what the manifest says. %s", type, reason);
      g_clear_pointer (&event, tn_event_unref);
    }
  return event;
}

typedef struct
{
  TnEvent *event;
  TnBusFlags flags;
} Emission;

static void
emission_free (gpointer data)
{
  Emission *emission = data;

  tn_event_unref (emission->event);
  g_free (emission);
}

static void
emit (TnInstance *self, TnCall *call, GCancellable *grant, gpointer user_data)
{
  Emission *emission = user_data;

  tn_bus_publish (self->runtime->bus, emission->event, emission->flags);
  tn_call_return (call, NULL);
}

static void
emit_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *self = owner;
  TnEvent *event = tn_instance_read_event (self, params, call);
  Emission *emission;

  if (event == NULL)
    return;
  emission = g_new (Emission, 1);
  *emission = (Emission){ event, tn_gate_was_clicked (self) ? TN_BUS_URGENT : 0 };
  if (tn_json_get_boolean (params, "retain", FALSE))
    emission->flags |= TN_BUS_RETAIN;
  tn_gate_pass (self, call, TN_PERMISSION_EVENT, tn_event_get_event_type (event), TN_ACTION_EMIT, emit, emission,
                emission_free);
}

/* A subscription as long as it is held. */
typedef struct
{
  TnInstance *instance; /* not owned */
  gint64 number;        /* the page's */
  guint id;
  GCancellable *grant;
  GCancellable *replaying; /* nullable: while what was said before is looked for */
} Held;

/* One event for one of the page's subscriptions. */
typedef struct
{
  gint64 number;
  TnEvent *event;
  gboolean ends_replay;
} TnDelivery;

void
tn_delivery_free (gpointer data)
{
  TnDelivery *delivery = data;

  tn_event_unref (delivery->event);
  g_free (delivery);
}

static void
add_delivery (TnInstance *self, gint64 number, TnEvent *event, gboolean ends_replay)
{
  TnDelivery *delivery = g_new (TnDelivery, 1);

  *delivery = (TnDelivery){ number, tn_event_ref (event), ends_replay };
  g_queue_push_tail (self->outbox, delivery);
  self->outbox_bytes += tn_event_get_size (event);
  self->n_replays += ends_replay;
}

static TnDelivery *
take_delivery (TnInstance *self)
{
  TnDelivery *delivery = g_queue_pop_head (self->outbox);

  self->outbox_bytes -= tn_event_get_size (delivery->event);
  self->n_replays -= delivery->ends_replay;
  return delivery;
}

static gboolean
is_batch_full (TnInstance *self)
{
  return g_queue_get_length (self->outbox) >= BATCH || self->outbox_bytes >= BATCH_BYTES;
}

static void
resume_all (TnInstance *self)
{
  GHashTableIter iter;
  gpointer held;

  g_hash_table_iter_init (&iter, self->subscriptions);
  while (g_hash_table_iter_next (&iter, NULL, &held))
    tn_bus_resume (self->runtime->bus, ((Held *) held)->id);
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

/* One batch at a time: a page that is slow to take them, or frozen, makes them wait where they are bounded. */
void
tn_instance_send_events (TnInstance *self)
{
  JsonArray *list;
  JsonNode *node;
  gsize begun_with = self->outbox_bytes;

  if (self->delivering || !tn_lifecycle_is (self->state, TN_LIFE_HEARS) || g_queue_is_empty (self->outbox))
    return;
  list = json_array_new ();
  while (!g_queue_is_empty (self->outbox) && json_array_get_length (list) < BATCH
         && begun_with - self->outbox_bytes < BATCH_BYTES)
    {
      TnDelivery *delivery = take_delivery (self);

      json_array_add_element (list, delivery_node (delivery));
      tn_delivery_free (delivery);
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, list);
  self->delivering = TRUE;
  tn_bridge_ask (self->bridge, self->view, "events", node, events_taken_cb, self);
  resume_all (self);
}

static gboolean
deliver_cb (TnEvent *event, gpointer user_data)
{
  Held *held = user_data;
  TnInstance *self = held->instance;

  if (held->replaying != NULL || is_batch_full (self))
    return FALSE;
  add_delivery (self, held->number, event, FALSE);
  tn_instance_send_events (self);
  return TRUE;
}

void
tn_held_free (gpointer data)
{
  Held *held = data;

  tn_bus_unsubscribe (held->instance->runtime->bus, held->id);
  if (held->replaying != NULL)
    g_cancellable_cancel (held->replaying);
  g_clear_object (&held->replaying);
  g_object_unref (held->grant);
  g_free (held);
}

/* What was said before, in front of what came since it was asked for: the log was read up to that moment. */
typedef struct
{
  TnInstance *instance;
  gint64 number;
  GCancellable *cancellable;
} Replay;

static void
replay_free (Replay *replay)
{
  g_object_unref (replay->instance);
  g_object_unref (replay->cancellable);
  g_free (replay);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Replay, replay_free)

static void
replayed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Replay) replay = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = tn_store_list_events_finish (TN_STORE (source), result, &error);
  TnInstance *self = replay->instance;
  Held *held;

  self->n_replays--;
  if (g_cancellable_is_cancelled (replay->cancellable))
    return;
  held = g_hash_table_lookup (self->subscriptions, GINT_TO_POINTER (replay->number));
  g_clear_object (&held->replaying);
  if (events == NULL)
    g_warning ("What was said before can’t be heard again: %s", error->message);
  for (guint i = 0; events != NULL && i < events->len; i++)
    add_delivery (self, replay->number, events->pdata[i], i + 1 == events->len);
  tn_bus_resume (self->runtime->bus, held->id);
  tn_instance_send_events (self);
}

typedef struct
{
  gint64 number;
  char *pattern, *key;
  gboolean coalesces;
  gint64 since_ms;
  guint last; /* events to hear again; 0 for none */
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->pattern);
  g_free (wish->key);
  g_free (wish);
}

static void
replay (TnInstance *self, Held *held, const Wish *wish)
{
  const TnEventFilter filter = { wish->pattern, wish->last, wish->since_ms * 1000, REPLAY_BYTES };
  Replay *data = g_new (Replay, 1);

  self->n_replays++;
  held->replaying = g_cancellable_new ();
  *data = (Replay){ g_object_ref (self), held->number, g_object_ref (held->replaying) };
  tn_store_list_events_async (self->runtime->store, &filter, held->replaying, replayed_cb, data);
}

/* What speaks against it, for the page; %NULL for nothing. A replay looks through the whole log where it has to, and what it
 * finds is beyond the bounds of the queues: both is done so often and no more. */
static const char *
judge_wish (TnInstance *self, const Wish *wish)
{
  if (g_hash_table_contains (self->subscriptions, GINT_TO_POINTER (wish->number)))
    return "A subscription needs a number of its own";
  if (g_hash_table_size (self->subscriptions) >= SUBSCRIPTIONS)
    return "An app may have at most " G_STRINGIFY (SUBSCRIPTIONS) " subscriptions";
  if (wish->last > 0 && (self->n_replays >= TN_REPLAYS || !tn_rate_take (&self->replay_rate, 1)))
    return "At most " G_STRINGIFY (TN_REPLAYS) " replays at a time, and then one a second: subscribe again later";
  return NULL;
}

static void
subscribe (TnInstance *self, TnCall *call, GCancellable *grant, gpointer user_data)
{
  Wish *wish = user_data;
  const char *reason = judge_wish (self, wish);
  TnBusQueue queue = { QUEUE, wish->coalesces ? TN_BUS_COALESCE : TN_BUS_DROP_OLDEST, wish->key, &self->waiting,
                       wish->last > 0 };
  Held *held;

  if (reason != NULL)
    {
      tn_call_fail (call, TN_WIRE_REFUSED, "%s", reason);
      return;
    }
  held = g_new (Held, 1);
  *held = (Held){ self, wish->number, 0, g_object_ref (grant), NULL };
  /* The pattern was found good before the person was asked. */
  held->id = tn_bus_subscribe (self->runtime->bus, wish->pattern, &queue, deliver_cb, held, NULL, NULL);
  g_hash_table_insert (self->subscriptions, GINT_TO_POINTER (wish->number), held);
  if (wish->last > 0)
    replay (self, held, wish);
  tn_call_return (call, NULL);
}

static void
subscribe_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *self = owner;
  const char *pattern = tn_json_get_string (params, "pattern", "");
  const char *overflow = tn_json_get_string (params, "overflow", "drop");
  JsonObject *replayed = tn_json_get_object (params, "replay");
  gint64 number = tn_json_get_int (params, "subscription", 0);
  Wish *wish;

  if (number <= 0 || number > G_MAXINT || !tn_subject_is_valid_pattern (pattern))
    {
      tn_call_fail (call, TN_WIRE_PARAMS, "A subscription needs a number and a pattern such as “todo.item.*”");
      return;
    }
  if (!g_str_equal (overflow, "drop") && !g_str_equal (overflow, "coalesce"))
    {
      tn_call_fail (call, TN_WIRE_PARAMS, "What does not fit is treated by “drop” or “coalesce”");
      return;
    }
  wish = g_new0 (Wish, 1);
  wish->number = number;
  wish->pattern = g_strdup (pattern);
  wish->coalesces = g_str_equal (overflow, "coalesce");
  wish->key = g_strdup (tn_json_get_string (params, "key", NULL));
  if (replayed != NULL)
    {
      wish->since_ms = CLAMP (tn_json_get_int (replayed, "since", 0), 0, G_MAXINT64 / 1000);
      wish->last = CLAMP (tn_json_get_int (replayed, "last", REPLAY), 1, REPLAY);
    }
  tn_gate_pass (self, call, TN_PERMISSION_EVENT, pattern, TN_ACTION_LISTEN, subscribe, wish, wish_free);
}

/* What was on its way to a listener that is not there any more, or may not hear it: others may have waited for its place. */
static void
drop_deliveries (TnInstance *self)
{
  for (guint n = g_queue_get_length (self->outbox); n > 0; n--)
    {
      TnDelivery *delivery = take_delivery (self);

      if (g_hash_table_contains (self->subscriptions, GINT_TO_POINTER (delivery->number)))
        add_delivery (self, delivery->number, delivery->event, delivery->ends_replay);
      tn_delivery_free (delivery);
    }
  resume_all (self);
}

static void
unsubscribe_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *self = owner;

  if (g_hash_table_remove (self->subscriptions, GINT_TO_POINTER (tn_json_get_int (params, "subscription", 0))))
    drop_deliveries (self);
  tn_call_return (call, NULL);
}

void
tn_instance_unsubscribe_all (TnInstance *self)
{
  g_hash_table_remove_all (self->subscriptions);
  while (!g_queue_is_empty (self->outbox))
    tn_delivery_free (take_delivery (self));
  self->delivering = FALSE;
  tn_instance_end_requests (self);
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
  tn_instance_end_cancelled_requests (self);
}

const TnBridgeMethod TN_EVENT_METHODS[] = {
  { "bus.emit", emit_method },
  { "bus.subscribe", subscribe_method },
  { "bus.unsubscribe", unsubscribe_method },
  { NULL },
};
