/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-event.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tn-bus.h"
#include "tn-clock.h"
#include "tn-json.h"

#define SPEC_VERSION "1.0"
#define DATA_CONTENT_TYPE "application/json"

/* What the envelope adds to its data when read back: other systems' extension attributes included. */
static const TnJsonCaps envelope_caps = { TN_EVENT_MAX_BYTES + 16 * 1024, TN_EVENT_MAX_DEPTH + 1 };

struct _TnEvent
{
  gatomicrefcount refs;
  char *id;
  char *source;
  char *type;
  gint64 time_us;
  JsonNode *data;
  char *json;
  gsize size;
};

G_DEFINE_BOXED_TYPE (TnEvent, tn_event, tn_event_ref, tn_event_unref)

static gboolean fits (JsonNode *node, guint depth);

static gboolean
object_fits (JsonObject *object, guint depth)
{
  JsonObjectIter iter;
  JsonNode *member;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, NULL, &member))
    if (!fits (member, depth))
      return FALSE;
  return TRUE;
}

static gboolean
array_fits (JsonArray *array, guint depth)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!fits (json_array_get_element (array, i), depth))
      return FALSE;
  return TRUE;
}

/* Whether @node nests at most @depth arrays and objects. Recurses no further than that. */
static gboolean
fits (JsonNode *node, guint depth)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return depth > 0 && object_fits (json_node_get_object (node), depth - 1);
  if (JSON_NODE_HOLDS_ARRAY (node))
    return depth > 0 && array_fits (json_node_get_array (node), depth - 1);
  return TRUE;
}

/* On success the data as text, "" where there is none. */
static char *
write_data (const char *type, JsonNode *data, GError **error)
{
  g_autofree char *text = NULL;

  if (data == NULL)
    return g_strdup ("");
  if (!fits (data, TN_EVENT_MAX_DEPTH))
    {
      g_set_error (error, TN_BUS_ERROR, TN_BUS_ERROR_TOO_DEEP,
                   _("The data of the event “%s” are nested deeper than %d; send them flatter"), type,
                   TN_EVENT_MAX_DEPTH);
      return NULL;
    }
  text = tn_json_to_string (data);
  if (strlen (text) > TN_EVENT_MAX_BYTES)
    {
      g_set_error (error, TN_BUS_ERROR, TN_BUS_ERROR_TOO_LARGE,
                   _("The data of the event “%s” are %zu bytes long; at most %d are taken, send less"), type,
                   strlen (text), TN_EVENT_MAX_BYTES);
      return NULL;
    }
  return g_steal_pointer (&text);
}

gboolean
tn_event_check_data (const char *type, JsonNode *data, GError **error)
{
  g_autofree char *text = write_data (type, data, error);

  return text != NULL;
}

static char *
write_envelope (TnEvent *self, const char *data)
{
  g_autoptr (JsonObject) envelope = json_object_new ();
  g_autofree char *time = tn_clock_format (self->time_us);
  g_autofree char *head = NULL;

  json_object_set_string_member (envelope, "specversion", SPEC_VERSION);
  json_object_set_string_member (envelope, "id", self->id);
  json_object_set_string_member (envelope, "source", self->source);
  json_object_set_string_member (envelope, "type", self->type);
  json_object_set_string_member (envelope, "time", time);
  if (*data == '\0')
    return tn_json_object_to_string (envelope);

  json_object_set_string_member (envelope, "datacontenttype", DATA_CONTENT_TYPE);
  head = tn_json_object_to_string (envelope);
  head[strlen (head) - 1] = '\0';
  return g_strconcat (head, ",\"data\":", data, "}", NULL);
}

TnEvent *
tn_event_new (const char *source, const char *type, JsonNode *data, GError **error)
{
  g_autoptr (TnEvent) self = g_new0 (TnEvent, 1);
  g_autofree char *text = NULL;

  g_return_val_if_fail (source != NULL && *source != '\0', NULL);
  g_return_val_if_fail (type != NULL, NULL);

  g_atomic_ref_count_init (&self->refs);
  if (!tn_subject_is_valid_type (type))
    {
      g_autofree char *quoted = tn_subject_quote (type);

      g_set_error (error, TN_BUS_ERROR, TN_BUS_ERROR_TYPE,
                   _("“%s” is not an event type: use 1 to %d words of letters, digits, “-” and “_”, joined by dots"),
                   quoted, TN_SUBJECT_MAX_TOKENS);
      return NULL;
    }
  text = write_data (type, data, error);
  if (text == NULL)
    return NULL;
  if (data != NULL)
    json_node_seal (data);

  self->id = tn_uuid_new ();
  self->source = g_strdup (source);
  self->type = g_strdup (type);
  /* The envelope holds milliseconds, and an event read back has to be the same. */
  self->time_us = tn_clock_wall_us () / 1000 * 1000;
  self->data = data != NULL ? json_node_ref (data) : NULL;
  self->json = write_envelope (self, text);
  self->size = strlen (self->json);
  return g_steal_pointer (&self);
}

TnEvent *
tn_event_ref (TnEvent *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
tn_event_unref (TnEvent *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->id);
  g_free (self->source);
  g_free (self->type);
  g_clear_pointer (&self->data, json_node_unref);
  g_free (self->json);
  g_free (self);
}

const char *
tn_event_get_id (TnEvent *self)
{
  return self->id;
}

const char *
tn_event_get_source (TnEvent *self)
{
  return self->source;
}

const char *
tn_event_get_event_type (TnEvent *self)
{
  return self->type;
}

gint64
tn_event_get_time_us (TnEvent *self)
{
  return self->time_us;
}

JsonNode *
tn_event_get_data (TnEvent *self)
{
  return self->data;
}

const char *
tn_event_get_json (TnEvent *self)
{
  return self->json;
}

gsize
tn_event_get_size (TnEvent *self)
{
  return self->size;
}

static gboolean
refuse (GError **error, const char *reason)
{
  g_set_error (error, TN_BUS_ERROR, TN_BUS_ERROR_ENVELOPE, _("Not a CloudEvents 1.0 envelope: %s"), reason);
  return FALSE;
}

/* CloudEvents 1.0, section 3.1: required attributes are strings that aren't empty. */
static gboolean
read_required (JsonObject *envelope, const char *member, char **value, GError **error)
{
  const char *text = tn_json_get_string (envelope, member, "");
  g_autofree char *reason = NULL;

  if (*text != '\0')
    {
      *value = g_strdup (text);
      return TRUE;
    }
  reason = g_strdup_printf (_("“%s” is missing or not a text"), member);
  return refuse (error, reason);
}

static gboolean
read_time (JsonObject *envelope, gint64 *time_us, GError **error)
{
  const char *text = tn_json_get_string (envelope, "time", "");
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  if (!json_object_has_member (envelope, "time"))
    return TRUE;
  if (time == NULL)
    return refuse (error, _("“time” is not a moment in the form of RFC 3339"));
  *time_us = g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time) / 1000 * 1000;
  return TRUE;
}

static gboolean
read_envelope (TnEvent *self, JsonObject *envelope, GError **error)
{
  g_autofree char *version = NULL;

  if (!read_required (envelope, "specversion", &version, error)
      || !read_required (envelope, "id", &self->id, error) || !read_required (envelope, "source", &self->source, error)
      || !read_required (envelope, "type", &self->type, error) || !read_time (envelope, &self->time_us, error))
    return FALSE;
  if (g_strcmp0 (version, SPEC_VERSION) != 0)
    return refuse (error, _("its “specversion” is not 1.0"));
  if (!tn_subject_is_valid_type (self->type))
    return refuse (error, _("its “type” is not one that can be on the bus"));
  if (json_object_has_member (envelope, "data"))
    self->data = json_node_ref (json_object_get_member (envelope, "data"));
  return TRUE;
}

TnEvent *
tn_event_from_json (const char *json, GError **error)
{
  g_autoptr (TnEvent) self = g_new0 (TnEvent, 1);
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonObject) envelope = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  g_atomic_ref_count_init (&self->refs);
  envelope = tn_json_parse_object (json, -1, &envelope_caps, &local);
  if (envelope == NULL)
    {
      refuse (error, local->message);
      return NULL;
    }
  if (!read_envelope (self, envelope, error))
    return NULL;
  self->json = tn_json_object_to_string (envelope);
  self->size = strlen (self->json);
  return g_steal_pointer (&self);
}
