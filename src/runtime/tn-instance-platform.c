/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-instance-platform.h"
#include "tn-clock.h"
#include "tn-gate.h"
#include "tn-json.h"
#include "tn-url.h"

#include <string.h>

#define TITLE_BYTES 200
#define BODY_BYTES 1000
#define COPY_BYTES (256 * 1024)
#define SAVE_BYTES (512 * 1024)
#define NAME_BYTES 200
#define OFFER_NAME_LENGTH 32
#define OFFERS 16

/* What an app wants of the desktop: two texts at most. */
typedef struct
{
  char *text, *more;
} Wish;

/* A call that waits for the person. */
typedef struct
{
  TnInstance *instance;
  TnCall *call;
  GCancellable *grant;
  GBytes *bytes; /* nullable: to be saved */
} Pending;

static Wish *
wish_new (const char *text, const char *more)
{
  Wish *wish = g_new (Wish, 1);

  *wish = (Wish){ g_strdup (text), g_strdup (more) };
  return wish;
}

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->text);
  g_free (wish->more);
  g_free (wish);
}

static Pending *
pending_new (TnInstance *instance, TnCall *call, GCancellable *grant)
{
  Pending *pending = g_new0 (Pending, 1);

  *pending = (Pending){ g_object_ref (instance), call, g_object_ref (grant) };
  return pending;
}

static void
pending_free (Pending *pending)
{
  g_object_unref (pending->instance);
  g_object_unref (pending->grant);
  g_clear_pointer (&pending->bytes, g_bytes_unref);
  g_free (pending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pending, pending_free)

/* Fails the call where nobody is there to do it, or it is too much. */
static TnPlatformInterface *
reach (TnInstance *self, TnCall *call)
{
  const char *fault = tn_book_take_call (tn_proxy_open_book (self->runtime->proxy, self->app), &self->traffic);

  if (fault != NULL)
    tn_call_fail (call, TN_WIRE_RATE, "%s", fault);
  else if (self->runtime->platform == NULL)
    tn_call_fail (call, TN_WIRE_FAILED, "There is no desktop here");
  else
    return TN_PLATFORM_GET_IFACE (self->runtime->platform);
  return NULL;
}

static JsonNode *
boolean_node (gboolean value)
{
  return json_node_init_boolean (json_node_alloc (), value);
}

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

/* What opens a dialog of ours or replaces what the person copied needs the person to have done something just now. */
static gboolean
needs_click (TnInstance *self, TnCall *call)
{
  if (tn_gate_was_clicked (self))
    return FALSE;
  tn_call_fail (call, TN_WIRE_REFUSED, "This can be done only right after a click in the page");
  return TRUE;
}

static void
notify (TnInstance *self, TnCall *call, GCancellable *grant, gpointer user_data)
{
  TnPlatformInterface *platform = reach (self, call);
  Wish *wish = user_data;

  if (platform == NULL)
    return;
  platform->notify (self->runtime->platform, self->app, self->tile_id, wish->text, wish->more);
  tn_call_return (call, NULL);
}

static void
notify_method (gpointer owner, JsonObject *params, TnCall *call)
{
  const char *title = tn_json_get_string (params, "title", "");
  const char *body = tn_json_get_string (params, "body", "");

  if (*title == '\0' || strlen (title) > TITLE_BYTES || strlen (body) > BODY_BYTES)
    tn_call_fail (call, TN_WIRE_PARAMS, "A notification has a title of at most %d bytes and a body of at most %d",
                  TITLE_BYTES, BODY_BYTES);
  else
    tn_gate_pass (owner, call, TN_PERMISSION_API, "notifications", TN_ACTION_WRITE, notify, wish_new (title, body),
                  wish_free);
}

static void
copy (TnInstance *self, TnCall *call, GCancellable *grant, gpointer user_data)
{
  TnPlatformInterface *platform = reach (self, call);

  if (platform == NULL)
    return;
  platform->copy (self->runtime->platform, ((Wish *) user_data)->text);
  tn_call_return (call, NULL);
}

static void
copy_method (gpointer owner, JsonObject *params, TnCall *call)
{
  const char *text = tn_json_get_string (params, "text", NULL);

  if (text == NULL || strlen (text) > COPY_BYTES)
    tn_call_fail (call, TN_WIRE_PARAMS, "The clipboard takes a text of at most %d bytes", COPY_BYTES);
  else if (!needs_click (owner, call))
    tn_gate_pass (owner, call, TN_PERMISSION_API, "clipboard", TN_ACTION_WRITE, copy, wish_new (text, NULL), wish_free);
}

static void
link_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Pending) pending = user_data;
  gboolean opened = TN_PLATFORM_GET_IFACE (source)->open_link_finish (TN_PLATFORM (source), result);

  tn_call_return (pending->call, boolean_node (opened));
}

static void
open_link (TnInstance *self, TnCall *call, GCancellable *grant, gpointer user_data)
{
  TnPlatformInterface *platform = reach (self, call);

  if (platform != NULL)
    platform->open_link_async (self->runtime->platform, self->app, ((Wish *) user_data)->text, link_opened_cb,
                               pending_new (self, call, grant));
}

static void
open_link_method (gpointer owner, JsonObject *params, TnCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) url = tn_url_parse (NULL, tn_json_get_string (params, "url", ""), &error);
  g_autofree char *text = url != NULL ? tn_url_to_string (url) : NULL;

  if (url == NULL || !g_str_has_prefix (g_uri_get_scheme (url), "http"))
    tn_call_fail (call, TN_WIRE_PARAMS, "%s", error != NULL ? error->message : "A link begins with http or https");
  else if (!needs_click (owner, call))
    tn_gate_pass (owner, call, TN_PERMISSION_API, "open-link", TN_ACTION_WRITE, open_link, wish_new (text, NULL),
                  wish_free);
}

GFile *
tn_instance_take_offer (TnInstance *self, const char *name)
{
  gpointer key, file;

  if (!g_hash_table_steal_extended (self->offers, name, &key, &file))
    return NULL;
  g_free (key);
  return file;
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Pending) pending = user_data;
  g_autoptr (GFile) file = TN_PLATFORM_GET_IFACE (source)->choose_file_finish (TN_PLATFORM (source), result);
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  g_autofree char *offer = tn_random_id (OFFER_NAME_LENGTH);
  JsonObject *answer;

  if (g_cancellable_is_cancelled (pending->grant))
    tn_call_fail (pending->call, TN_WIRE_REFUSED, "The permission was taken back");
  else if (file == NULL)
    tn_call_return (pending->call, NULL);
  else if (g_hash_table_size (pending->instance->offers) >= OFFERS)
    tn_call_fail (pending->call, TN_WIRE_RATE, "Too many files were chosen and not read");
  else
    {
      answer = json_object_new ();
      json_object_set_string_member (answer, "offer", offer);
      json_object_set_string_member (answer, "name", name);
      g_hash_table_insert (pending->instance->offers, g_steal_pointer (&offer), g_steal_pointer (&file));
      tn_call_return (pending->call, take_object (answer));
    }
}

static void
open_file (TnInstance *self, TnCall *call, GCancellable *grant, gpointer user_data)
{
  TnPlatformInterface *platform = reach (self, call);

  if (platform != NULL)
    platform->choose_file_async (self->runtime->platform, self->app, NULL, file_chosen_cb,
                                 pending_new (self, call, grant));
}

static void
open_file_method (gpointer owner, JsonObject *params, TnCall *call)
{
  if (!needs_click (owner, call))
    tn_gate_pass (owner, call, TN_PERMISSION_API, "files", TN_ACTION_READ, open_file, NULL, NULL);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Pending) pending = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    tn_call_return (pending->call, boolean_node (TRUE));
  else
    tn_call_fail (pending->call, TN_WIRE_FAILED, "The file can’t be written: %s", error->message);
}

static void
place_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Pending) pending = user_data;
  g_autoptr (GFile) file = TN_PLATFORM_GET_IFACE (source)->choose_file_finish (TN_PLATFORM (source), result);
  GBytes *bytes = pending->bytes;

  if (g_cancellable_is_cancelled (pending->grant))
    tn_call_fail (pending->call, TN_WIRE_REFUSED, "The permission was taken back");
  else if (file == NULL)
    tn_call_return (pending->call, boolean_node (FALSE));
  else
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, saved_cb,
                                         g_steal_pointer (&pending));
}

static void
save_file (TnInstance *self, TnCall *call, GCancellable *grant, gpointer user_data)
{
  TnPlatformInterface *platform = reach (self, call);
  Wish *wish = user_data;
  Pending *pending;
  guchar *data;
  gsize size;

  if (platform == NULL)
    return;
  pending = pending_new (self, call, grant);
  data = g_base64_decode (wish->more, &size);
  pending->bytes = g_bytes_new_take (data, size);
  platform->choose_file_async (self->runtime->platform, self->app, wish->text, place_chosen_cb, pending);
}

static void
save_file_method (gpointer owner, JsonObject *params, TnCall *call)
{
  const char *name = tn_json_get_string (params, "name", "");
  const char *data = tn_json_get_string (params, "data", NULL);

  if (*name == '\0' || *name == '.' || strlen (name) > NAME_BYTES || strpbrk (name, "/\\\n") != NULL || data == NULL
      || strlen (data) > (SAVE_BYTES + 2) / 3 * 4)
    tn_call_fail (call, TN_WIRE_PARAMS, "A file to save has a plain name and at most %d bytes", SAVE_BYTES);
  else if (!needs_click (owner, call))
    tn_gate_pass (owner, call, TN_PERMISSION_API, "files", TN_ACTION_WRITE, save_file, wish_new (name, data), wish_free);
}

/* Enough to choose a download or a date format by, too little to know a person by. */
static void
tell_system (TnInstance *self, TnCall *call, GCancellable *grant, gpointer user_data)
{
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_NAME);
  g_autofree char *version = g_get_os_info (G_OS_INFO_KEY_VERSION_ID);
  JsonObject *answer = json_object_new ();

  json_object_set_string_member (answer, "os", os != NULL ? os : "Linux");
  json_object_set_string_member (answer, "osVersion", version != NULL ? version : "");
  json_object_set_string_member (answer, "language", g_get_language_names ()[0]);
  json_object_set_string_member (answer, "version", APP_VERSION);
  tn_call_return (call, take_object (answer));
}

static void
system_method (gpointer owner, JsonObject *params, TnCall *call)
{
  tn_gate_pass (owner, call, TN_PERMISSION_API, "system", TN_ACTION_READ, tell_system, NULL, NULL);
}

const TnBridgeMethod TN_PLATFORM_METHODS[] = {
  { "notify", notify_method },
  { "clipboard.write", copy_method },
  { "link.open", open_link_method },
  { "files.open", open_file_method },
  { "files.save", save_file_method },
  { "system.info", system_method },
  { NULL },
};
