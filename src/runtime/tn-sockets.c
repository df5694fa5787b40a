/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-sockets.h"
#include "tn-gate.h"
#include "tn-json.h"
#include "tn-socket.h"
#include "tn-url.h"

#include <string.h>

#define SOCKETS 8
#define BATCH_BYTES (512 * 1024)
#define MAX_PROTOCOLS 8
#define PROTOCOL_CHARACTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._"

/* One socket of a page. */
typedef struct
{
  TnInstance *instance;
  gint64 number; /* the page's */
  TnBook *book;
  TnSocket *socket;
  GCancellable *grant;
  gulong grant_handler;
  TnCall *opening;    /* nullable: waits for the connection */
  GQueue sending;     /* of TnCall: in order */
  gboolean delivering;
  JsonObject *good_bye; /* nullable: to be said when all before it was */
} Live;

/* What a page wants to open. */
typedef struct
{
  gint64 number;
  GUri *url;
  GStrv protocols;
} Wish;

static void deliver (Live *self);

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_clear_pointer (&wish->url, g_uri_unref);
  g_strfreev (wish->protocols);
  g_free (wish);
}

void
tn_sockets_free_one (gpointer data)
{
  Live *self = data;
  TnCall *call;

  g_signal_handler_disconnect (self->grant, self->grant_handler);
  g_object_unref (self->grant);
  tn_socket_free (self->socket);
  if (self->opening != NULL)
    tn_call_fail (self->opening, TN_WIRE_REFUSED, "The connection was ended");
  while ((call = g_queue_pop_head (&self->sending)) != NULL)
    tn_call_fail (call, TN_WIRE_FAILED, "The connection has ended");
  g_clear_pointer (&self->good_bye, json_object_unref);
  g_free (self);
}

static gpointer
key_of (gint64 number)
{
  return GSIZE_TO_POINTER ((gsize) number);
}

static void
forget (Live *self)
{
  g_hash_table_remove (self->instance->sockets, key_of (self->number));
}

void
tn_sockets_end_all (TnInstance *instance)
{
  g_hash_table_remove_all (instance->sockets);
}

static JsonObject *
new_delivery (Live *self)
{
  JsonObject *delivery = json_object_new ();

  json_object_set_int_member (delivery, "socket", self->number);
  return delivery;
}

static void
tell (Live *self, JsonObject *delivery, TnBridgeAnswer answer)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, delivery);
  tn_bridge_ask (self->instance->bridge, self->instance->view, "socket", node, answer, self->instance);
}

/* The page has taken a batch; which socket it was of may be gone meanwhile. */
static void
taken_cb (JsonNode *value, const char *message, gpointer user_data)
{
  TnInstance *instance = user_data;
  GHashTableIter iter;
  gpointer live;
  gint64 number = value != NULL && JSON_NODE_HOLDS_VALUE (value) ? json_node_get_int (value) : 0;

  live = g_hash_table_lookup (instance->sockets, key_of (number));
  if (live != NULL)
    {
      ((Live *) live)->delivering = FALSE;
      deliver (live);
      return;
    }
  /* A page that answers nonsense waits for nothing more. */
  g_hash_table_iter_init (&iter, instance->sockets);
  while (number == 0 && g_hash_table_iter_next (&iter, NULL, &live))
    if (((Live *) live)->delivering)
      g_hash_table_iter_remove (&iter);
}

static JsonNode *
message_node (GBytes *bytes, gboolean text)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *encoded = text ? g_strndup ((const char *) data, size) : g_base64_encode (data, size);

  json_object_set_string_member (object, text ? "text" : "data", encoded);
  json_node_take_object (node, object);
  return node;
}

/* One batch at a time: a page that is slow to take them lets the other side wait. */
static void
deliver (Live *self)
{
  JsonArray *messages = json_array_new ();
  JsonObject *delivery;
  GError *error = NULL;
  gsize size = 0;
  gboolean text;
  GBytes *bytes;

  while (!self->delivering && error == NULL && size < BATCH_BYTES
         && (bytes = tn_socket_take (self->socket, &text)) != NULL)
    {
      size += g_bytes_get_size (bytes);
      json_array_add_element (messages, message_node (bytes, text));
      tn_book_take_bytes (self->book, &self->instance->traffic, 0, g_bytes_get_size (bytes), &error);
      g_bytes_unref (bytes);
    }
  if (json_array_get_length (messages) > 0 && error == NULL)
    {
      delivery = new_delivery (self);
      json_object_set_array_member (delivery, "messages", messages);
      self->delivering = TRUE;
      tell (self, delivery, taken_cb);
      return;
    }
  json_array_unref (messages);
  if (error != NULL && self->good_bye == NULL)
    {
      self->good_bye = new_delivery (self);
      json_object_set_string_member (self->good_bye, "error", error->message);
    }
  g_clear_error (&error);
  if (!self->delivering && self->good_bye != NULL)
    {
      tell (self, g_steal_pointer (&self->good_bye), NULL);
      forget (self);
    }
}

static void
opened_cb (const char *protocol, gpointer user_data)
{
  Live *self = user_data;

  tn_call_return (g_steal_pointer (&self->opening),
                  json_node_init_string (json_node_alloc (), protocol != NULL ? protocol : ""));
}

static void
came_cb (gpointer user_data)
{
  Live *self = user_data;

  if (!self->delivering)
    deliver (self);
}

static void
closed_cb (guint code, const char *reason, const GError *error, gpointer user_data)
{
  Live *self = user_data;

  if (error != NULL)
    tn_book_note_failure (self->book, &self->instance->traffic);
  if (self->opening != NULL)
    {
      tn_call_fail (g_steal_pointer (&self->opening),
                    g_error_matches (error, TN_NET_ERROR, TN_NET_ERROR_INSIDE) ? TN_WIRE_REFUSED : TN_WIRE_FAILED, "%s",
                    error != NULL ? error->message : "The connection has ended");
      forget (self);
      return;
    }
  self->good_bye = new_delivery (self);
  json_object_set_int_member (self->good_bye, "code", code);
  json_object_set_string_member (self->good_bye, "reason", reason);
  deliver (self);
}

static const TnSocketEvents events = { opened_cb, came_cb, closed_cb };

/* The page is told as of any other end. */
static void
taken_back_cb (GCancellable *grant, Live *self)
{
  JsonObject *delivery;

  if (self->opening == NULL && self->instance->bridge != NULL)
    {
      delivery = new_delivery (self);
      json_object_set_string_member (delivery, "error", "The permission was taken back");
      tell (self, delivery, NULL);
    }
  forget (self);
}

static void
open_socket (TnInstance *instance, TnCall *call, GCancellable *grant, gpointer user_data)
{
  Wish *wish = user_data;
  TnBook *book = tn_proxy_open_book (instance->runtime->proxy, instance->app);
  const char *fault = tn_book_take_call (book, &instance->traffic);
  g_autoptr (GError) error = NULL;
  TnAddressScopes open = 0;
  Live *self;

  if (fault != NULL)
    tn_call_fail (call, TN_WIRE_RATE, "%s", fault);
  else if (g_hash_table_size (instance->sockets) >= SOCKETS
           || g_hash_table_contains (instance->sockets, key_of (wish->number)))
    tn_call_fail (call, TN_WIRE_RATE, "At most %d connections at a time, each with a number of its own", SOCKETS);
  else if (!tn_book_judge (book, &instance->traffic, tn_app_get_manifest (instance->app), wish->url,
                           TN_ACTION_SOCKET, &open, &error))
    tn_call_fail (call, TN_WIRE_REFUSED, "%s", error->message);
  else
    {
      self = g_new0 (Live, 1);
      self->instance = instance;
      self->number = wish->number;
      self->book = book;
      self->book->metrics.calls++;
      self->opening = call;
      self->grant = g_object_ref (grant);
      self->grant_handler = g_signal_connect (grant, "cancelled", G_CALLBACK (taken_back_cb), self);
      self->socket = tn_socket_open (book->http, wish->url, open, (const char *const *) wish->protocols, &events, self);
      g_hash_table_insert (instance->sockets, key_of (self->number), self);
    }
}

/* NULL where one is no token (RFC 6455, section 4.1). */
static GStrv
read_protocols (JsonArray *list)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      const char *name = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      if (name == NULL || *name == '\0' || i >= MAX_PROTOCOLS || strspn (name, PROTOCOL_CHARACTERS) != strlen (name))
        return NULL;
      g_strv_builder_add (builder, name);
    }
  return g_strv_builder_end (builder);
}

static void
open_method (gpointer owner, JsonObject *params, TnCall *call)
{
  Wish *wish = g_new0 (Wish, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  wish->number = tn_json_get_int (params, "socket", 0);
  wish->url = tn_url_parse (NULL, tn_json_get_string (params, "url", ""), &error);
  wish->protocols = read_protocols (tn_json_get_array (params, "protocols"));
  if (error != NULL || !g_str_has_prefix (g_uri_get_scheme (wish->url), "ws"))
    tn_call_fail (call, TN_WIRE_PARAMS, "%s",
                  error != NULL ? error->message : "nexus.socket takes addresses of ws and wss");
  else if (wish->number <= 0 || wish->protocols == NULL)
    tn_call_fail (call, TN_WIRE_PARAMS, "A connection needs a number, and protocols are at most %d plain words",
                  MAX_PROTOCOLS);
  else
    {
      url = tn_url_to_string (wish->url);
      tn_gate_pass (owner, call, TN_PERMISSION_NETWORK, url, TN_ACTION_SOCKET, open_socket, wish, wish_free);
      return;
    }
  wish_free (wish);
}

/* Fails the call where the page has no such socket, or none that is open. */
static Live *
find (TnInstance *instance, JsonObject *params, TnCall *call)
{
  Live *self = g_hash_table_lookup (instance->sockets, key_of (tn_json_get_int (params, "socket", 0)));

  if (self != NULL && self->opening == NULL)
    return self;
  tn_call_fail (call, TN_WIRE_FAILED, "The connection has ended");
  return NULL;
}

static void
sent_cb (gboolean done, gpointer user_data)
{
  TnCall *call = g_queue_pop_head (&((Live *) user_data)->sending);

  if (done)
    tn_call_return (call, NULL);
  else
    tn_call_fail (call, TN_WIRE_FAILED, "The connection has ended");
}

static void
send_method (gpointer owner, JsonObject *params, TnCall *call)
{
  const char *text = tn_json_get_string (params, "text", NULL);
  const char *encoded = tn_json_get_string (params, "data", "");
  Live *self = find (owner, params, call);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  guchar *data;
  gsize size;

  if (self == NULL)
    return;
  data = text != NULL ? NULL : g_base64_decode (encoded, &size);
  bytes = text != NULL ? g_bytes_new (text, strlen (text)) : g_bytes_new_take (data, size);
  size = g_bytes_get_size (bytes);
  if (size > TN_SOCKET_MAX_MESSAGE)
    tn_call_fail (call, TN_WIRE_PARAMS, "A message may have at most %d bytes", TN_SOCKET_MAX_MESSAGE);
  else if (!tn_book_take_bytes (self->book, &self->instance->traffic, size, 0, &error))
    tn_call_fail (call, TN_WIRE_REFUSED, "%s", error->message);
  else
    {
      g_queue_push_tail (&self->sending, call);
      tn_socket_send (self->socket, bytes, text != NULL, sent_cb, self);
    }
}

static void
close_method (gpointer owner, JsonObject *params, TnCall *call)
{
  Live *self = find (owner, params, call);
  gint64 code = tn_json_get_int (params, "code", SOUP_WEBSOCKET_CLOSE_NORMAL);
  const char *reason = tn_json_get_string (params, "reason", "");

  if (self == NULL)
    return;
  /* RFC 6455, section 7.4.2, as the WebSocket API lets a page say them. */
  if ((code != SOUP_WEBSOCKET_CLOSE_NORMAL && (code < 3000 || code > 4999)) || strlen (reason) > 123)
    {
      tn_call_fail (call, TN_WIRE_PARAMS, "A code is 1000 or of 3000 to 4999, a reason has at most 123 bytes");
      return;
    }
  tn_socket_close (self->socket, code, reason);
  tn_call_return (call, NULL);
}

const TnBridgeMethod TN_SOCKETS_METHODS[] = {
  { "socket.open", open_method },
  { "socket.send", send_method },
  { "socket.close", close_method },
  { NULL },
};
