/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-gate.h"
#include "tn-json.h"
#include "tn-lifecycle.h"

/* Requests of a page to another one, and those that it replies to. The reply is what the page's own function gave: it can
 * go nowhere but to who asked. */

#define TIMEOUT_MS 10000
#define LONGEST_MS 60000
#define RESPONDERS 64
#define UNANSWERED 64

/* A request of the page's on its way. */
typedef struct
{
  TnInstance *instance;
  TnCall *call;
  gint64 number; /* the page's */
  TnEvent *event;
  guint timeout_ms;
  GCancellable *cancellable, *grant;
  gulong revoked;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_cancellable_disconnect (asking->grant, asking->revoked);
  g_clear_object (&asking->grant);
  g_object_unref (asking->cancellable);
  g_clear_object (&asking->instance);
  tn_event_unref (asking->event);
  g_free (asking);
}

/* What is too much is told as refused, and kept in mind. */
static void
fail (Asking *asking, const GError *error)
{
  const char *type = tn_event_get_event_type (asking->event);
  gboolean refused = g_error_matches (error, TN_BUS_ERROR, TN_BUS_ERROR_CYCLE)
                     || g_error_matches (error, TN_BUS_ERROR, TN_BUS_ERROR_BUSY);

  if (refused)
    tn_instance_audit (asking->instance, "call.refused", type, "refused", error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tn_call_fail (asking->call, TN_WIRE_FAILED, "The request “%.200s” was cancelled", type);
  else
    tn_call_fail (asking->call, refused ? TN_WIRE_REFUSED : TN_WIRE_FAILED, "%s", error->message);
}

/* A new page of the same tile may have one of that number. */
static void
forget_request (TnInstance *self, const Asking *asking)
{
  gpointer number = GINT_TO_POINTER (asking->number);

  if (g_hash_table_lookup (self->requests, number) == asking->cancellable)
    g_hash_table_remove (self->requests, number);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asking *asking = user_data;
  g_autoptr (GError) error = NULL;
  JsonNode *data = tn_bus_request_finish (TN_BUS (source), result, &error);

  forget_request (asking->instance, asking);
  if (error != NULL)
    fail (asking, error);
  else
    tn_call_return (asking->call, data);
  asking_free (asking);
}

static void
revoked_cb (GCancellable *grant, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
ask (TnInstance *self, TnCall *call, GCancellable *grant, gpointer user_data)
{
  Asking *wish = user_data;
  Asking *asking = g_new (Asking, 1);

  *asking = (Asking){ g_object_ref (self), call, wish->number, g_steal_pointer (&wish->event), wish->timeout_ms,
                      g_steal_pointer (&wish->cancellable), g_object_ref (grant), 0 };
  asking->revoked = g_cancellable_connect (grant, G_CALLBACK (revoked_cb), asking->cancellable, NULL);
  tn_bus_request_async (self->runtime->bus, asking->event, asking->timeout_ms, asking->cancellable, asked_cb, asking);
}

/* What was not let through. */
static void
wish_free (gpointer data)
{
  Asking *wish = data;

  if (wish->cancellable != NULL)
    forget_request (wish->instance, wish);
  g_clear_object (&wish->cancellable);
  g_clear_pointer (&wish->event, tn_event_unref);
  g_clear_object (&wish->instance);
  g_free (wish);
}

/* It can be cancelled from now on, also while the person is asked whether it may be. */
static void
request_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *self = owner;
  gint64 number = tn_json_get_int (params, "request", 0);
  TnEvent *event;
  Asking *wish;

  if (number <= 0 || number > G_MAXINT || g_hash_table_contains (self->requests, GINT_TO_POINTER (number)))
    {
      tn_call_fail (call, TN_WIRE_PARAMS, "A request needs a number of its own");
      return;
    }
  event = tn_instance_read_event (self, params, call);
  if (event == NULL)
    return;
  wish = g_new (Asking, 1);
  *wish = (Asking){ g_object_ref (self), NULL, number, event,
                    CLAMP (tn_json_get_int (params, "timeout", TIMEOUT_MS), 1, LONGEST_MS), g_cancellable_new () };
  g_hash_table_insert (self->requests, GINT_TO_POINTER (number), g_object_ref (wish->cancellable));
  tn_gate_pass (self, call, TN_PERMISSION_EVENT, tn_event_get_event_type (event), TN_ACTION_EMIT, ask, wish, wish_free);
}

static void
cancel_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *self = owner;
  GCancellable *cancellable
    = g_hash_table_lookup (self->requests, GINT_TO_POINTER (tn_json_get_int (params, "request", 0)));

  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
  tn_call_return (call, NULL);
}

/* A function of the page's that replies, as long as it may. */
typedef struct
{
  TnInstance *instance; /* not owned */
  gint64 number;
  guint id;
  GCancellable *grant;
} Responding;

typedef struct
{
  gint64 number;
  char *type;
} Offer;

static void
offer_free (gpointer data)
{
  Offer *offer = data;

  g_free (offer->type);
  g_free (offer);
}

void
tn_responding_free (gpointer data)
{
  Responding *responding = data;

  tn_bus_unrespond (responding->instance->runtime->bus, responding->id);
  g_object_unref (responding->grant);
  g_free (responding);
}

/* A request that the page was asked, until it answers or goes; that may be long after the request’s time. */
typedef struct
{
  TnBusRequest *request;
  guint *unanswered;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  --*asked->unanswered;
  g_rc_box_release (asked->unanswered);
  tn_bus_request_unref (asked->request);
  g_free (asked);
}

static void
replied_cb (JsonNode *value, const char *message, gpointer user_data)
{
  TnBusRequest *request = ((Asked *) user_data)->request;

  if (message != NULL)
    tn_bus_request_fail (request, message);
  else
    tn_bus_request_reply (request, value != NULL ? json_node_copy (value) : NULL);
}

static JsonNode *
request_node (Responding *responding, TnEvent *event)
{
  JsonObject *params = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (params, "responder", responding->number);
  json_object_set_member (params, "event", tn_json_parse (tn_event_get_json (event), -1, NULL, NULL));
  json_node_take_object (node, params);
  return node;
}

static void
respond_cb (TnBusRequest *request, gpointer user_data)
{
  Responding *responding = user_data;
  TnInstance *self = responding->instance;
  Asked *asked;

  if (!tn_lifecycle_is (self->state, TN_LIFE_HEARS))
    {
      tn_bus_request_fail (request, "its tile is held still");
      return;
    }
  if (*self->unanswered >= UNANSWERED)
    {
      tn_bus_request_fail (request, "it has left too many requests without an answer");
      return;
    }
  ++*self->unanswered;
  asked = g_new (Asked, 1);
  *asked = (Asked){ tn_bus_request_ref (request), g_rc_box_acquire (self->unanswered) };
  tn_bridge_ask_full (self->bridge, self->view, "request", request_node (responding, tn_bus_request_get_event (request)),
                      replied_cb, asked, asked_free);
}

static void
respond (TnInstance *self, TnCall *call, GCancellable *grant, gpointer user_data)
{
  const Offer *offer = user_data;
  gpointer number = GINT_TO_POINTER (offer->number);
  Responding *responding;

  if (g_hash_table_contains (self->responders, number) || g_hash_table_size (self->responders) >= RESPONDERS)
    {
      tn_call_fail (call, TN_WIRE_REFUSED, "An app may reply to at most %d types, each with a number of its own",
                    RESPONDERS);
      return;
    }
  responding = g_new (Responding, 1);
  *responding = (Responding){ self, offer->number, 0, g_object_ref (grant) };
  responding->id
    = tn_bus_respond (self->runtime->bus, self->source, offer->type, respond_cb, responding, NULL, NULL);
  g_hash_table_insert (self->responders, number, responding);
  tn_call_return (call, NULL);
}

static void
respond_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *self = owner;
  const char *type = tn_json_get_string (params, "type", "");
  gint64 number = tn_json_get_int (params, "responder", 0);
  Offer *offer;

  if (number <= 0 || number > G_MAXINT || !tn_subject_is_valid_type (type))
    {
      tn_call_fail (call, TN_WIRE_PARAMS, "Who replies needs a number and a type such as “todo.items.count”");
      return;
    }
  offer = g_new (Offer, 1);
  *offer = (Offer){ number, g_strdup (type) };
  tn_gate_pass (self, call, TN_PERMISSION_EVENT, type, TN_ACTION_RESPOND, respond, offer, offer_free);
}

static void
unrespond_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *self = owner;

  g_hash_table_remove (self->responders, GINT_TO_POINTER (tn_json_get_int (params, "responder", 0)));
  tn_call_return (call, NULL);
}

void
tn_instance_end_requests (TnInstance *self)
{
  GHashTableIter iter;
  gpointer cancellable;

  g_hash_table_remove_all (self->responders);
  g_hash_table_iter_init (&iter, self->requests);
  while (g_hash_table_iter_next (&iter, NULL, &cancellable))
    g_cancellable_cancel (cancellable);
  g_hash_table_remove_all (self->requests);
}

void
tn_instance_end_cancelled_requests (TnInstance *self)
{
  GHashTableIter iter;
  gpointer responding;

  g_hash_table_iter_init (&iter, self->responders);
  while (g_hash_table_iter_next (&iter, NULL, &responding))
    if (g_cancellable_is_cancelled (((Responding *) responding)->grant))
      g_hash_table_iter_remove (&iter);
}

const TnBridgeMethod TN_REQUEST_METHODS[] = {
  { "bus.request", request_method },
  { "bus.cancel", cancel_method },
  { "bus.respond", respond_method },
  { "bus.unrespond", unrespond_method },
  { NULL },
};
