/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-webxdc-private.h"
#include "tn-json.h"
#include "tn-paths.h"
#include "tn-scheme.h"

#include <string.h>

#define UPDATE_BYTES 128000 /* what apps expect where nothing is said */
#define INTERVAL_MS 100
#define INFO_LENGTH 50 /* characters that are shown */
#define TITLE_LENGTH 20
#define NOTICES_PER_SECOND 0.2
#define NOTICES_BURST 3

TnWebxdcCall *
tn_webxdc_call_new (TnInstance *instance, TnCall *call)
{
  TnWebxdcCall *self = g_new (TnWebxdcCall, 1);

  self->instance = g_object_ref (instance);
  self->call = call;
  return self;
}

void
tn_webxdc_call_free (TnWebxdcCall *self)
{
  g_object_unref (self->instance);
  g_free (self);
}

char *
tn_webxdc_line (const char *text, glong length)
{
  GString *line;
  glong n = 0;

  if (text == NULL)
    return NULL;
  line = g_string_new (NULL);
  for (const char *at = text; *at != '\0' && n <= length; at = g_utf8_next_char (at), n++)
    {
      gunichar c = g_utf8_get_char (at);

      if (n == length)
        g_string_append (line, "…");
      else
        g_string_append_unichar (line, g_unichar_isgraph (c) ? c : ' ');
    }
  g_strstrip (line->str);
  return g_string_free (line, FALSE);
}

/* All that run the same app as @self, itself included; (transfer container). */
static GPtrArray *
list_tiles (TnInstance *self)
{
  GPtrArray *tiles = g_ptr_array_new ();

  for (guint i = 0; i < self->runtime->instances->len; i++)
    {
      TnInstance *other = self->runtime->instances->pdata[i];

      if (other->webxdc != NULL && g_str_equal (other->app_key, self->app_key))
        g_ptr_array_add (tiles, other);
    }
  return tiles;
}

static void tell_news (TnInstance *self);

static void
told_cb (JsonNode *value, const char *message, gpointer user_data)
{
  TnInstance *self = user_data;
  gboolean again = self->webxdc->tell_again;

  self->webxdc->telling = self->webxdc->tell_again = FALSE;
  if (again)
    tell_news (self);
}

/* Only that there are some: the page fetches them when it can. */
static void
tell_news (TnInstance *self)
{
  if (!self->at_app)
    return;
  self->webxdc->tell_again = self->webxdc->telling;
  if (self->webxdc->telling)
    return;
  self->webxdc->telling = TRUE;
  tn_bridge_ask (self->bridge, self->view, "news", NULL, told_cb, self);
}

static void
show_titles (TnInstance *self, const TnWebxdcRecord *record)
{
  g_autofree char *document = tn_webxdc_line (record->document, TITLE_LENGTH);
  g_autofree char *summary = tn_webxdc_line (record->summary, TITLE_LENGTH);
  gboolean both = document != NULL && *document != '\0' && summary != NULL && *summary != '\0';
  g_autofree char *caption = g_strconcat (document != NULL ? document : "", both ? " · " : "",
                                          summary != NULL ? summary : "", NULL);

  tn_instance_set_caption (self, caption);
}

static void
titles_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnInstance) self = user_data;
  g_autoptr (TnWebxdcRecord) record = tn_store_webxdc_open_finish (TN_STORE (source), result, NULL);
  g_autoptr (GPtrArray) tiles = list_tiles (self);

  for (guint i = 0; record != NULL && i < tiles->len; i++)
    show_titles (tiles->pdata[i], record);
}

/* An update on its way to the store. */
typedef struct
{
  TnWebxdcCall *call;
  char *info;
  gboolean has_title;
} Sending;

static void
say_info (TnInstance *self, const char *info)
{
  if (info != NULL && *info != '\0' && self->webxdc != NULL && tn_rate_take (&self->webxdc->notices, 1))
    tn_runtime_notice (self->runtime, self, info);
}

static void
sent (TnInstance *self, const Sending *sending)
{
  g_autoptr (GPtrArray) tiles = list_tiles (self);

  for (guint i = 0; i < tiles->len; i++)
    tell_news (tiles->pdata[i]);
  say_info (self, sending->info);
  if (sending->has_title)
    tn_store_webxdc_open_async (self->runtime->store, self->app_key, NULL, titles_cb, g_object_ref (self));
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Sending *sending = user_data;
  g_autoptr (TnWebxdcCall) waiting = sending->call;
  g_autofree char *info = sending->info;
  g_autoptr (GError) error = NULL;

  if (tn_store_webxdc_add_finish (TN_STORE (source), result, &error) == 0)
    {
      tn_call_fail (waiting->call, TN_WIRE_FAILED, "%s", error->message);
      return;
    }
  tn_call_return (waiting->call, NULL);
  sent (waiting->instance, sending);
}

/* What the update says beyond its titles is between the app's pages: it is not looked into. */
static void
send_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *self = owner;
  const char *text = tn_json_get_string (params, "update", NULL);
  const char *document = tn_json_get_string (params, "document", NULL);
  const char *summary = tn_json_get_string (params, "summary", NULL);
  Sending *sending;

  if (text == NULL || strlen (text) > UPDATE_BYTES)
    {
      tn_call_fail (call, TN_WIRE_PARAMS, "An update is a string of at most %d bytes", UPDATE_BYTES);
      return;
    }
  if (!tn_storage_watch_may_write (self->runtime->storage, self->app_key, strlen (text)))
    {
      tn_call_fail (call, TN_WIRE_REFUSED, "The app has stored all of the %u MiB that it may",
                    tn_limits_get (self->runtime->limits, self->app, TN_LIMIT_STORAGE));
      return;
    }
  sending = g_new (Sending, 1);
  sending->call = tn_webxdc_call_new (self, call);
  sending->info = tn_webxdc_line (tn_json_get_string (params, "info", NULL), INFO_LENGTH);
  sending->has_title = document != NULL || summary != NULL;
  tn_store_webxdc_add_async (self->runtime->store, self->app_key, text, document, summary, NULL, added_cb, sending);
}

static JsonNode *
page_node (const TnWebxdcPage *page)
{
  JsonObject *answer = json_object_new ();
  JsonArray *updates = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < page->updates->len; i++)
    {
      const TnWebxdcUpdate *update = page->updates->pdata[i];
      JsonObject *element = json_object_new ();

      json_object_set_int_member (element, "serial", update->serial);
      json_object_set_string_member (element, "text", update->text);
      json_array_add_object_element (updates, element);
    }
  json_object_set_array_member (answer, "updates", updates);
  json_object_set_int_member (answer, "max", page->max_serial);
  json_node_take_object (node, answer);
  return node;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnWebxdcCall) waiting = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnWebxdcPage) page = tn_store_webxdc_list_finish (TN_STORE (source), result, &error);

  if (page != NULL)
    tn_call_return (waiting->call, page_node (page));
  else
    tn_call_fail (waiting->call, TN_WIRE_FAILED, "%s", error->message);
}

static void
list_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *self = owner;

  tn_store_webxdc_list_async (self->runtime->store, self->app_key, tn_json_get_int (params, "after", 0), NULL,
                              listed_cb, tn_webxdc_call_new (self, call));
}

const TnBridgeMethod TN_WEBXDC_METHODS[] = {
  { "webxdc.send", send_method },           { "webxdc.list", list_method },
  { "webxdc.join", tn_webxdc_join_method }, { "webxdc.leave", tn_webxdc_leave_method },
  { "webxdc.beam", tn_webxdc_beam_method }, { "webxdc.part", tn_webxdc_part_method },
  { "webxdc.share", tn_webxdc_share_method }, { NULL },
};

/* A request for the script that waits for the store. */
typedef struct
{
  TnInstance *instance;
  TnApp *app;
  WebKitURISchemeRequest *request;
} Serving;

/* The file is a function of what differs from page to page. */
static char *
make_script (const TnWebxdcRecord *record)
{
  g_autofree char *path = g_build_filename (tn_paths_data_dir (), "sdk", TN_WEBXDC_SCRIPT, NULL);
  g_autoptr (JsonObject) given = json_object_new ();
  g_autofree char *text = NULL, *argument = NULL, *name = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error))
    {
      g_warning ("The webxdc script can’t be read: %s", error->message);
      return NULL;
    }
  name = g_utf8_make_valid (g_get_real_name (), -1);
  json_object_set_string_member (given, "address", record->address);
  json_object_set_string_member (given, "name", name);
  json_object_set_int_member (given, "interval", INTERVAL_MS);
  json_object_set_int_member (given, "maxSize", UPDATE_BYTES);
  argument = tn_json_object_to_string (given);
  return g_strdup_printf ("%s(%s);\n", text, argument);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Serving *serving = user_data;
  g_autoptr (TnInstance) self = serving->instance;
  g_autoptr (TnApp) app = serving->app;
  g_autoptr (WebKitURISchemeRequest) request = serving->request;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnWebxdcRecord) record = tn_store_webxdc_open_finish (TN_STORE (source), result, &error);

  if (record != NULL && self->webxdc != NULL)
    show_titles (self, record);
  if (record == NULL)
    g_warning ("Tile %s gets no webxdc: %s", self->tile_id, error->message);
  tn_scheme_serve_script (app, request, record != NULL ? make_script (record) : NULL);
}

void
tn_webxdc_serve (TnInstance *instance, WebKitURISchemeRequest *request)
{
  Serving *serving = g_new (Serving, 1);

  serving->instance = g_object_ref (instance);
  serving->app = g_object_ref (instance->app);
  serving->request = g_object_ref (request);
  tn_store_webxdc_open_async (instance->runtime->store, instance->app_key, NULL, opened_cb, serving);
}

TnWebxdc *
tn_webxdc_new (TnInstance *instance)
{
  TnWebxdc *self = g_new0 (TnWebxdc, 1);

  self->instance = instance;
  self->waiting = g_queue_new ();
  self->cancellable = g_cancellable_new ();
  tn_rate_init (&self->notices, NOTICES_PER_SECOND, NOTICES_BURST);
  return self;
}

void
tn_webxdc_reset (TnWebxdc *self)
{
  self->telling = self->tell_again = FALSE;
  tn_webxdc_realtime_reset (self);
  g_clear_pointer (&self->parts, g_byte_array_unref);
}

void
tn_webxdc_free (TnWebxdc *self)
{
  tn_webxdc_reset (self);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_queue_free (self->waiting);
  g_free (self);
}
