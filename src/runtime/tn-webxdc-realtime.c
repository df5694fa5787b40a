/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-webxdc-private.h"
#include "tn-json.h"

#include <string.h>

#define DATA_BYTES 128000
#define WAITING 256 /* items that wait for one page, and the bytes of all of them as base64 */
#define WAITING_BYTES (4 * 1024 * 1024)
#define BATCH_BYTES (512 * 1024)
#define BASE64 G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "+/="

static char *
take (TnWebxdc *self)
{
  char *data = g_queue_pop_head (self->waiting);

  self->waiting_bytes -= strlen (data);
  return data;
}

void
tn_webxdc_realtime_reset (TnWebxdc *self)
{
  self->joined = FALSE;
  self->delivering = FALSE;
  self->waiting_bytes = 0;
  g_queue_clear_full (self->waiting, g_free);
}

static void deliver (TnWebxdc *self);

static void
delivered_cb (JsonNode *value, const char *message, gpointer user_data)
{
  TnInstance *instance = user_data;

  instance->webxdc->delivering = FALSE;
  deliver (instance->webxdc);
}

/* One batch at a time: what a slow page has no time for is dropped, the oldest first. */
static void
deliver (TnWebxdc *self)
{
  TnInstance *instance = self->instance;
  gsize begun_with = self->waiting_bytes;
  JsonArray *list;
  JsonNode *node;

  if (self->delivering || g_queue_is_empty (self->waiting))
    return;
  list = json_array_new ();
  while (!g_queue_is_empty (self->waiting) && begun_with - self->waiting_bytes < BATCH_BYTES)
    {
      g_autofree char *data = take (self);

      json_array_add_string_element (list, data);
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, list);
  self->delivering = TRUE;
  tn_bridge_ask (instance->bridge, instance->view, "realtime", node, delivered_cb, instance);
}

static void
put (TnWebxdc *self, const char *data)
{
  g_queue_push_tail (self->waiting, g_strdup (data));
  self->waiting_bytes += strlen (data);
  while (g_queue_get_length (self->waiting) > WAITING || self->waiting_bytes > WAITING_BYTES)
    g_free (take (self));
  deliver (self);
}

void
tn_webxdc_join_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *self = owner;

  self->webxdc->joined = TRUE;
  tn_call_return (call, NULL);
}

void
tn_webxdc_leave_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *self = owner;

  self->webxdc->joined = FALSE;
  tn_call_return (call, NULL);
}

void
tn_webxdc_beam_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *self = owner;
  const char *data = tn_json_get_string (params, "data", "*");
  gsize length = strlen (data);
  GPtrArray *instances = self->runtime->instances;

  if (length > (DATA_BYTES + 2) / 3 * 4 || strspn (data, BASE64) != length)
    {
      tn_call_fail (call, TN_WIRE_PARAMS, "Realtime data is base64 of at most %d bytes", DATA_BYTES);
      return;
    }
  for (guint i = 0; self->webxdc->joined && i < instances->len; i++)
    {
      TnInstance *other = instances->pdata[i];

      if (other != self && other->webxdc != NULL && other->webxdc->joined && g_str_equal (other->app_key, self->app_key))
        put (other->webxdc, data);
    }
  tn_call_return (call, NULL);
}
