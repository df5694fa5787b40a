/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-webxdc-private.h"
#include "tn-json.h"

#include <string.h>

#define FILE_BYTES (32 * 1024 * 1024)
#define NAME_BYTES 255

/* Asking once more while the person is being asked gets nowhere: a page can't fill the screen with windows. */
static gboolean
may_ask (TnWebxdc *self)
{
  return !self->choosing && self->instance->runtime->chooser != NULL;
}

typedef struct
{
  TnInstance *instance;
  WebKitFileChooserRequest *request;
} Choosing;

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Choosing *choosing = user_data;
  g_autoptr (TnInstance) instance = choosing->instance;
  g_autoptr (WebKitFileChooserRequest) request = choosing->request;
  g_auto (GStrv) paths = tn_file_chooser_open_finish (TN_FILE_CHOOSER (source), result, NULL);

  if (instance->webxdc != NULL)
    instance->webxdc->choosing = FALSE;
  if (paths != NULL && *paths != NULL)
    webkit_file_chooser_request_select_files (request, (const char *const *) paths);
  else
    webkit_file_chooser_request_cancel (request);
}

void
tn_webxdc_choose_files (TnWebxdc *self, WebKitFileChooserRequest *request)
{
  Choosing *choosing;

  if (!may_ask (self))
    {
      webkit_file_chooser_request_cancel (request);
      return;
    }
  self->choosing = TRUE;
  choosing = g_new (Choosing, 1);
  choosing->instance = g_object_ref (self->instance);
  choosing->request = g_object_ref (request);
  tn_file_chooser_open_async (self->instance->runtime->chooser, self->instance,
                              webkit_file_chooser_request_get_mime_types (request),
                              webkit_file_chooser_request_get_select_multiple (request), self->cancellable, opened_cb,
                              choosing);
}

/* A file comes in parts: a message may have 1 MiB. */
void
tn_webxdc_part_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnWebxdc *self = ((TnInstance *) owner)->webxdc;
  gint64 at = tn_json_get_int (params, "at", -1);
  gsize length = 0;
  g_autofree guchar *bytes = g_base64_decode (tn_json_get_string (params, "data", ""), &length);

  if (at == 0)
    g_clear_pointer (&self->parts, g_byte_array_unref);
  if (self->parts == NULL)
    self->parts = g_byte_array_new ();
  if (at != self->parts->len)
    tn_call_fail (call, TN_WIRE_PARAMS, "The next part of the file begins at %u", self->parts->len);
  else if (length > FILE_BYTES - self->parts->len)
    tn_call_fail (call, TN_WIRE_REFUSED, "A file may have at most %d MiB", FILE_BYTES / 1024 / 1024);
  else
    {
      g_byte_array_append (self->parts, bytes, length);
      tn_call_return (call, NULL);
    }
}

static void
shared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnWebxdcCall) waiting = user_data;
  g_autoptr (GError) error = NULL;

  if (waiting->instance->webxdc != NULL)
    waiting->instance->webxdc->choosing = FALSE;
  if (tn_file_chooser_share_finish (TN_FILE_CHOOSER (source), result, &error))
    tn_call_return (waiting->call, NULL);
  else
    tn_call_fail (waiting->call, TN_WIRE_FAILED, "%s", error->message);
}

static gboolean
is_file_name (const char *name)
{
  return *name != '\0' && *name != '.' && strlen (name) <= NAME_BYTES && strchr (name, '/') == NULL
         && g_utf8_validate (name, -1, NULL);
}

void
tn_webxdc_share_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *instance = owner;
  TnWebxdc *self = instance->webxdc;
  const char *text = tn_json_get_string (params, "text", NULL), *name = tn_json_get_string (params, "name", NULL);
  g_autoptr (GByteArray) parts = g_steal_pointer (&self->parts);
  g_autoptr (GBytes) content = NULL;

  if (parts == NULL)
    parts = g_byte_array_new ();
  if (text == NULL && name == NULL)
    tn_call_fail (call, TN_WIRE_PARAMS, "What is sent has a text, a file, or both");
  else if (name != NULL && (!is_file_name (name) || tn_json_get_int (params, "size", -1) != parts->len))
    tn_call_fail (call, TN_WIRE_PARAMS, "A file has a name without folders, and all its parts");
  else if (!may_ask (self))
    tn_call_fail (call, TN_WIRE_REFUSED, "Nobody can be asked now; try again later");
  else
    {
      if (name != NULL)
        content = g_byte_array_free_to_bytes (g_steal_pointer (&parts));
      self->choosing = TRUE;
      tn_file_chooser_share_async (instance->runtime->chooser, instance, text, name, content, self->cancellable,
                                   shared_cb, tn_webxdc_call_new (instance, call));
    }
}
