/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-instance-platform.h"
#include "tn-clock.h"
#include "tn-gate.h"
#include "tn-json.h"
#include "tn-location.h"
#include "tn-save.h"
#include "tn-url.h"

#include <string.h>

#define TITLE_BYTES 200
#define BODY_BYTES 1000
#define COPY_BYTES (256 * 1024)
#define NAME_BYTES 200
#define OFFER_NAME_LENGTH 32
#define OFFERS 16
#define LOCATE_MS (120 * 1000)

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
  Pending *pending = g_new (Pending, 1);

  *pending = (Pending){ g_object_ref (instance), call, g_object_ref (grant) };
  return pending;
}

static void
pending_free (Pending *pending)
{
  g_object_unref (pending->instance);
  g_object_unref (pending->grant);
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

/* The same, for what opens a window of ours: a page can't fill the screen with them. */
static TnPlatformInterface *
reach_person (TnInstance *self, TnCall *call)
{
  TnPlatformInterface *platform = NULL;

  if (self->choosing)
    tn_call_fail (call, TN_WIRE_REFUSED, "The person is at another question of this page");
  else if ((platform = reach (self, call)) != NULL)
    self->choosing = TRUE;
  return platform;
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

  pending->instance->choosing = FALSE;
  tn_call_return (pending->call, boolean_node (opened));
}

static void
open_link (TnInstance *self, TnCall *call, GCancellable *grant, gpointer user_data)
{
  TnPlatformInterface *platform = reach_person (self, call);

  if (platform != NULL)
    platform->open_link_async (self->runtime->platform, self->app, ((Wish *) user_data)->text, link_opened_cb,
                               pending_new (self, call, grant));
}

/* What stands behind the # is for the browser only, and is shown as it will be there: nothing in it turns the line around. */
static char *
link_text (GUri *url, const char *given)
{
  g_autofree char *text = tn_url_to_string (url);
  const char *fragment = strchr (given, '#');
  g_autofree char *escaped
    = fragment != NULL ? g_uri_escape_string (fragment + 1, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH "?%", FALSE) : NULL;

  return escaped != NULL ? g_strconcat (text, "#", escaped, NULL) : g_steal_pointer (&text);
}

static void
open_link_method (gpointer owner, JsonObject *params, TnCall *call)
{
  g_autoptr (GError) error = NULL;
  const char *given = tn_json_get_string (params, "url", "");
  g_autoptr (GUri) url = tn_url_parse (NULL, given, &error);
  g_autofree char *text = url != NULL ? link_text (url, given) : NULL;

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
offer_file (Pending *pending, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *offer = tn_random_id (OFFER_NAME_LENGTH);
  JsonObject *answer;

  if (g_hash_table_size (pending->instance->offers) >= OFFERS)
    {
      tn_call_fail (pending->call, TN_WIRE_RATE, "Too many files were chosen and not read");
      return;
    }
  answer = json_object_new ();
  json_object_set_string_member (answer, "offer", offer);
  json_object_set_string_member (answer, "name", name);
  g_hash_table_insert (pending->instance->offers, g_steal_pointer (&offer), g_object_ref (file));
  tn_call_return (pending->call, take_object (answer));
}

static void
files_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Pending) pending = user_data;
  g_autoptr (GListModel) files = TN_PLATFORM_GET_IFACE (source)->open_files_finish (TN_PLATFORM (source), result);
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);

  pending->instance->choosing = FALSE;
  if (g_cancellable_is_cancelled (pending->grant))
    tn_call_fail (pending->call, TN_WIRE_REFUSED, "The permission was taken back");
  else if (file == NULL)
    tn_call_return (pending->call, NULL);
  else
    offer_file (pending, file);
}

static void
open_file (TnInstance *self, TnCall *call, GCancellable *grant, gpointer user_data)
{
  TnPlatformInterface *platform = reach_person (self, call);

  if (platform != NULL)
    platform->open_files_async (self->runtime->platform, self->app, NULL, FALSE, files_chosen_cb,
                                pending_new (self, call, grant));
}

static void
open_file_method (gpointer owner, JsonObject *params, TnCall *call)
{
  if (!needs_click (owner, call))
    tn_gate_pass (owner, call, TN_PERMISSION_API, "files", TN_ACTION_READ, open_file, NULL, NULL);
}

static void
place_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Pending) pending = user_data;
  g_autoptr (GFile) file = TN_PLATFORM_GET_IFACE (source)->choose_place_finish (TN_PLATFORM (source), result);

  pending->instance->choosing = FALSE;
  if (g_cancellable_is_cancelled (pending->grant))
    tn_call_fail (pending->call, TN_WIRE_REFUSED, "The permission was taken back");
  else if (file == NULL)
    tn_call_return (pending->call, NULL);
  else
    tn_save_begin (pending->instance, pending->call, file, pending->grant);
}

static void
save_file (TnInstance *self, TnCall *call, GCancellable *grant, gpointer user_data)
{
  TnPlatformInterface *platform = reach_person (self, call);

  if (platform != NULL)
    platform->choose_place_async (self->runtime->platform, self->app, user_data, place_chosen_cb,
                                  pending_new (self, call, grant));
}

static void
save_file_method (gpointer owner, JsonObject *params, TnCall *call)
{
  const char *name = tn_json_get_string (params, "name", "");

  if (*name == '\0' || *name == '.' || strlen (name) > NAME_BYTES || strpbrk (name, "/\\\n") != NULL)
    tn_call_fail (call, TN_WIRE_PARAMS, "A file to save has a plain name, without folders, of at most %d bytes", NAME_BYTES);
  else if (!needs_click (owner, call))
    tn_gate_pass (owner, call, TN_PERMISSION_API, "files", TN_ACTION_WRITE, save_file, g_strdup (name), g_free);
}

/* In a page's words, in the order of #TnNearness from 1 on. */
static const char *const nearness_names[] = { "country", "city", "neighborhood", "street", "exact" };

typedef struct
{
  TnNearness nearness;
  guint timeout_ms;
} Place;

static JsonObject *
position_object (const TnPosition *position)
{
  JsonObject *object = json_object_new ();
  g_autofree char *time = tn_clock_format (position->time_us);

  json_object_set_double_member (object, "latitude", position->latitude);
  json_object_set_double_member (object, "longitude", position->longitude);
  if (position->accuracy >= 0)
    json_object_set_double_member (object, "accuracy", position->accuracy);
  if (position->has_altitude)
    json_object_set_double_member (object, "altitude", position->altitude);
  if (position->speed >= 0)
    json_object_set_double_member (object, "speed", position->speed);
  if (position->heading >= 0)
    json_object_set_double_member (object, "heading", position->heading);
  json_object_set_string_member (object, "time", time);
  return object;
}

static void
located_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Pending) pending = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree TnPosition *position = tn_location_find_finish (result, &error);

  pending->instance->locating = FALSE;
  if (position != NULL)
    tn_call_return (pending->call, take_object (position_object (position)));
  else if (g_cancellable_is_cancelled (pending->grant))
    tn_call_fail (pending->call, TN_WIRE_REFUSED, "The permission was taken back");
  else
    tn_call_fail (pending->call,
                  g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ? TN_WIRE_REFUSED : TN_WIRE_FAILED,
                  "%s", error->message);
}

static void
locate (TnInstance *self, TnCall *call, GCancellable *grant, gpointer user_data)
{
  Place *place = user_data;

  if (self->locating)
    tn_call_fail (call, TN_WIRE_RATE, "The desktop is being asked already where this is");
  else if (reach (self, call) != NULL)
    {
      self->locating = TRUE;
      tn_location_find_async (place->nearness, place->timeout_ms, grant, located_cb, pending_new (self, call, grant));
    }
}

static void
locate_method (gpointer owner, JsonObject *params, TnCall *call)
{
  const char *accuracy = tn_json_get_string (params, "accuracy", "");
  gint64 timeout = tn_json_get_int (params, "timeout", 0);
  TnNearness nearness = TN_NEARNESS_COUNTRY;
  Place *place;

  while (nearness <= TN_NEARNESS_EXACT && !g_str_equal (nearness_names[nearness - 1], accuracy))
    nearness++;
  if (nearness > TN_NEARNESS_EXACT || timeout <= 0 || timeout > LOCATE_MS)
    {
      tn_call_fail (call, TN_WIRE_PARAMS,
                    "accuracy is country, city, neighborhood, street or exact; timeout is 1 to %d milliseconds", LOCATE_MS);
      return;
    }
  place = g_new (Place, 1);
  *place = (Place){ nearness, timeout };
  tn_gate_pass (owner, call, TN_PERMISSION_API, "geolocation", TN_ACTION_READ, locate, place, g_free);
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
  { "geolocation.get", locate_method },
  { "system.info", system_method },
  { NULL },
};
