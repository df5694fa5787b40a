/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-bridge.h"
#include "tn-json.h"
#include "tn-paths.h"
#include "tn-rate.h"

#define HANDLER "nexus"
#define MESSAGES_BURST 2000
#define BYTES_PER_TOKEN 4096

struct _TnBridge
{
  /* borrowed */
  const TnBridgeMethod *const *tables;
  gpointer owner;

  /* owned */
  WebKitUserContentManager *content;
  GCancellable *cancellable;
  TnRate rate;
  guint64 received, asked;
  guint64 n_messages, n_refused;
};

struct _TnCall
{
  WebKitScriptMessageReply *reply;
  JSCContext *context;
  guint64 id;
};

typedef struct
{
  TnBridgeAnswer answer;
  gpointer user_data;
  GDestroyNotify destroy;
} Ask;

static void
ask_free (Ask *ask)
{
  if (ask->destroy != NULL)
    ask->destroy (ask->user_data);
  g_free (ask);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ask, ask_free)

static void
finish_call (TnCall *call, char *text)
{
  g_autofree char *owned = text;
  g_autoptr (JSCValue) value = jsc_value_new_string (call->context, owned);

  webkit_script_message_reply_return_value (call->reply, value);
  webkit_script_message_reply_unref (call->reply);
  g_object_unref (call->context);
  g_free (call);
}

void
tn_call_return (TnCall *call, JsonNode *result)
{
  finish_call (call, tn_wire_result (call->id, result));
}

void
tn_call_fail (TnCall *call, TnWireCode code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  finish_call (call, tn_wire_error (call->id, code, message));
}

static void
dispatch (TnBridge *self, TnWireMessage *message, TnCall *call)
{
  for (const TnBridgeMethod *const *table = self->tables; *table != NULL; table++)
    for (const TnBridgeMethod *method = *table; method->name != NULL; method++)
      if (g_str_equal (method->name, message->method))
        {
          method->func (self->owner, message->params, call);
          return;
        }
  tn_call_fail (call, TN_WIRE_METHOD, "There is no method “%.64s”", message->method);
}

/* (transfer full) (nullable): %NULL where it was refused, and answered. */
static TnWireMessage *
read_message (TnBridge *self, JSCValue *value, TnCall *call)
{
  TnWireMessage *message = NULL;
  g_autoptr (GBytes) bytes = jsc_value_is_string (value) ? jsc_value_to_string_as_bytes (value) : NULL;
  gsize size = bytes != NULL ? g_bytes_get_size (bytes) : 0;
  g_autofree char *reason = NULL;
  TnWireCode code;

  if (!tn_rate_take (&self->rate, 1 + size / BYTES_PER_TOKEN))
    tn_call_fail (call, TN_WIRE_RATE, "More than %d messages a second, or as many times %d bytes; wait a moment",
                  TN_BRIDGE_PER_SECOND, BYTES_PER_TOKEN);
  else if (bytes == NULL)
    tn_call_fail (call, TN_WIRE_REQUEST, "Not a string");
  else if ((message = tn_wire_parse (g_bytes_get_data (bytes, NULL), size, call->id, &code, &reason)) == NULL)
    tn_call_fail (call, code, "%s", reason);
  return message;
}

/* What is refused counts too: the other side has numbered it, and goes on with the next. */
static gboolean
message_cb (WebKitUserContentManager *content, JSCValue *value, WebKitScriptMessageReply *reply, TnBridge *self)
{
  TnCall *call = g_new0 (TnCall, 1);
  g_autoptr (TnWireMessage) message = NULL;

  call->reply = webkit_script_message_reply_ref (reply);
  call->context = g_object_ref (jsc_value_get_context (value));
  call->id = ++self->received;
  self->n_messages++;
  message = read_message (self, value, call);
  if (message != NULL)
    dispatch (self, message, call);
  else
    self->n_refused++;
  return TRUE;
}

static char *
read_script (const char *name)
{
  g_autofree char *path = g_build_filename (tn_paths_data_dir (), "sdk", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error))
    g_warning ("The page’s side of the bridge can’t be read: %s", error->message);
  return text;
}

static void
add_script (WebKitUserContentManager *content, const char *source, const char *world, WebKitUserContentInjectedFrames frames)
{
  g_autoptr (WebKitUserScript) script
    = world != NULL
        ? webkit_user_script_new_for_world (source, frames, WEBKIT_USER_SCRIPT_INJECT_AT_DOCUMENT_START, world, NULL,
                                            NULL)
        : webkit_user_script_new (source, frames, WEBKIT_USER_SCRIPT_INJECT_AT_DOCUMENT_START, NULL, NULL);

  webkit_user_content_manager_add_script (content, script);
}

/* The theme travels as a JSON string inside a script: JSON text is a JavaScript expression. */
static void
add_scripts (TnBridge *self, const char *paint, gboolean has_nexus, gboolean has_console)
{
  static char *relay, *nexus, *console, *console_relay;
  g_autoptr (JsonNode) quoted = json_node_init_string (json_node_alloc (), paint);
  g_autofree char *literal = tn_json_to_string (quoted);
  g_autofree char *source = NULL;

  if (relay == NULL)
    relay = read_script ("relay.js");
  if (nexus == NULL)
    nexus = read_script ("nexus.js");
  if (has_console && console == NULL)
    {
      console = read_script ("console.js");
      console_relay = read_script ("console-relay.js");
    }
  if (relay == NULL || nexus == NULL)
    return;
  /* First: what is said by the others is to be heard too. */
  if (has_console && console != NULL && console_relay != NULL)
    {
      add_script (self->content, console_relay, TN_BRIDGE_WORLD, WEBKIT_USER_CONTENT_INJECT_ALL_FRAMES);
      add_script (self->content, console, NULL, WEBKIT_USER_CONTENT_INJECT_ALL_FRAMES);
    }
  source = g_strdup_printf ("%s\nnexusPaint(%s);\n", relay, literal);
  add_script (self->content, source, TN_BRIDGE_WORLD, WEBKIT_USER_CONTENT_INJECT_TOP_FRAME);
  if (has_nexus)
    add_script (self->content, nexus, NULL, WEBKIT_USER_CONTENT_INJECT_TOP_FRAME);
}

TnBridge *
tn_bridge_new (const TnBridgeMethod *const *tables, gpointer owner, const char *paint, gboolean has_nexus,
               gboolean has_console)
{
  TnBridge *self = g_new0 (TnBridge, 1);

  self->tables = tables;
  self->owner = owner;
  self->content = webkit_user_content_manager_new ();
  self->cancellable = g_cancellable_new ();
  tn_rate_init (&self->rate, TN_BRIDGE_PER_SECOND, MESSAGES_BURST);
  webkit_user_content_manager_register_script_message_handler_with_reply (self->content, HANDLER, TN_BRIDGE_WORLD);
  g_signal_connect (self->content, "script-message-with-reply-received::" HANDLER, G_CALLBACK (message_cb), self);
  add_scripts (self, paint, has_nexus, has_console);
  return self;
}

void
tn_bridge_free (TnBridge *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_signal_handlers_disconnect_by_data (self->content, self);
  webkit_user_content_manager_unregister_script_message_handler (self->content, HANDLER, TN_BRIDGE_WORLD);
  g_object_unref (self->content);
  g_free (self);
}

WebKitUserContentManager *
tn_bridge_get_content (TnBridge *self)
{
  return self->content;
}

guint64
tn_bridge_get_n_messages (TnBridge *self)
{
  return self->n_messages;
}

guint64
tn_bridge_get_n_refused (TnBridge *self)
{
  return self->n_refused;
}

void
tn_bridge_reset (TnBridge *self)
{
  self->received = 0;
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Ask) ask = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value
    = webkit_web_view_call_async_javascript_function_finish (WEBKIT_WEB_VIEW (source), result, &error);
  g_autofree char *text = value != NULL && jsc_value_is_string (value) ? jsc_value_to_string (value) : NULL;
  g_autoptr (JsonObject) answer = text != NULL ? tn_json_parse_object (text, -1, NULL, NULL) : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || ask->answer == NULL)
    return;
  if (answer != NULL && tn_json_get_boolean (answer, "ok", FALSE))
    ask->answer (json_object_get_member (answer, "value"), NULL, ask->user_data);
  else
    ask->answer (NULL, tn_json_get_string (answer, "message", "no answer"), ask->user_data);
}

static void
run (TnBridge *self, WebKitWebView *view, const char *body, const char *text, GAsyncReadyCallback callback,
     gpointer user_data)
{
  g_autoptr (GVariant) arguments = g_variant_ref_sink (g_variant_new_parsed ("{'text': <%s>}", text));

  webkit_web_view_call_async_javascript_function (view, body, -1, arguments, TN_BRIDGE_WORLD, NULL, self->cancellable,
                                                  callback, user_data);
}

void
tn_bridge_ask (TnBridge *self, WebKitWebView *view, const char *method, JsonNode *params, TnBridgeAnswer answer,
               gpointer user_data)
{
  tn_bridge_ask_full (self, view, method, params, answer, user_data, NULL);
}

void
tn_bridge_ask_full (TnBridge *self, WebKitWebView *view, const char *method, JsonNode *params, TnBridgeAnswer answer,
                    gpointer user_data, GDestroyNotify destroy)
{
  g_autofree char *text = tn_wire_request (++self->asked, method, params);
  Ask *ask = g_new0 (Ask, 1);

  ask->answer = answer;
  ask->user_data = user_data;
  ask->destroy = destroy;
  run (self, view, "return nexusAsk(text)", text, asked_cb, ask);
}

void
tn_bridge_probe (TnBridge *self, WebKitWebView *view, TnBridgeProbe probe, TnBridgeAnswer answer, gpointer user_data)
{
  static const char *const bodies[] = {
    [TN_BRIDGE_PING] = "return '{\"ok\":true,\"value\":true}'",
    [TN_BRIDGE_DRAWN] = "return nexusDrawn()",
  };
  Ask *ask = g_new0 (Ask, 1);

  ask->answer = answer;
  ask->user_data = user_data;
  run (self, view, bodies[probe], "", asked_cb, ask);
}

void
tn_bridge_paint (TnBridge *self, WebKitWebView *view, const char *paint)
{
  run (self, view, "nexusPaint(text)", paint, NULL, NULL);
}
