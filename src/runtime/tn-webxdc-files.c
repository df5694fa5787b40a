/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-webxdc-private.h"
#include "tn-gate.h"
#include "tn-json.h"

#include <string.h>

#define FILE_BYTES (32 * 1024 * 1024)
#define NAME_BYTES 255

/* A page can't fill the screen with windows: it gets one at a time. */
static gboolean
may_ask (TnInstance *instance)
{
  return !instance->choosing && instance->runtime->platform != NULL;
}

typedef struct
{
  TnInstance *instance;
  WebKitFileChooserRequest *request;
} Choosing;

/* What has no path, such as a file on another computer, can't be given to the page. */
static GStrv
list_paths (GListModel *files)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      if (g_file_peek_path (file) != NULL)
        g_strv_builder_add (paths, g_file_peek_path (file));
    }
  return g_strv_builder_end (paths);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Choosing *choosing = user_data;
  g_autoptr (TnInstance) instance = choosing->instance;
  g_autoptr (WebKitFileChooserRequest) request = choosing->request;
  g_autoptr (GListModel) files = TN_PLATFORM_GET_IFACE (source)->open_files_finish (TN_PLATFORM (source), result);
  g_auto (GStrv) paths = list_paths (files);

  instance->choosing = FALSE;
  if (*paths != NULL)
    webkit_file_chooser_request_select_files (request, (const char *const *) paths);
  else
    webkit_file_chooser_request_cancel (request);
}

/* The click is one that the host saw: WebKit's own rule takes also what a script did. */
void
tn_webxdc_choose_files (TnWebxdc *self, WebKitFileChooserRequest *request)
{
  TnInstance *instance = self->instance;
  Choosing *choosing;

  if (!may_ask (instance) || !tn_gate_was_clicked (instance))
    {
      webkit_file_chooser_request_cancel (request);
      return;
    }
  instance->choosing = TRUE;
  choosing = g_new (Choosing, 1);
  *choosing = (Choosing){ g_object_ref (instance), g_object_ref (request) };
  TN_PLATFORM_GET_IFACE (instance->runtime->platform)
    ->open_files_async (instance->runtime->platform, instance->app, webkit_file_chooser_request_get_mime_types (request),
                        webkit_file_chooser_request_get_select_multiple (request), opened_cb, choosing);
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

/* What a page has for the person, while they are asked: first about the text, then about the file. */
typedef struct
{
  TnInstance *instance;
  TnCall *call;
  char *name; /* nullable: of a file with the next one in it */
  GBytes *content;
} Share;

static void
share_free (Share *share)
{
  share->instance->choosing = FALSE;
  g_object_unref (share->instance);
  g_free (share->name);
  g_bytes_unref (share->content);
  g_free (share);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Share, share_free)

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Share) share = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    tn_call_return (share->call, NULL);
  else
    tn_call_fail (share->call, TN_WIRE_FAILED, "%s", error->message);
}

static void
place_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Share) share = user_data;
  g_autoptr (GFile) file = TN_PLATFORM_GET_IFACE (source)->choose_place_finish (TN_PLATFORM (source), result);
  GBytes *content = share->content;

  if (file != NULL)
    g_file_replace_contents_bytes_async (file, content, NULL, FALSE, G_FILE_CREATE_NONE, NULL, written_cb,
                                         g_steal_pointer (&share));
  else
    tn_call_return (share->call, NULL);
}

/* Takes @share over. */
static void
share_file (TnPlatform *platform, Share *share)
{
  g_autoptr (Share) owned = share;

  if (share->name != NULL)
    TN_PLATFORM_GET_IFACE (platform)->choose_place_async (platform, share->instance->app, share->name, place_chosen_cb,
                                                          g_steal_pointer (&owned));
  else
    tn_call_return (share->call, NULL);
}

static void
text_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TN_PLATFORM_GET_IFACE (source)->offer_text_finish (TN_PLATFORM (source), result);
  share_file (TN_PLATFORM (source), user_data);
}

/* Takes @share over. */
static void
begin_share (TnPlatform *platform, Share *share, const char *text)
{
  share->instance->choosing = TRUE;
  if (text != NULL)
    TN_PLATFORM_GET_IFACE (platform)->offer_text_async (platform, share->instance->app, text, text_answered_cb, share);
  else
    share_file (platform, share);
}

static gboolean
is_file_name (const char *name)
{
  return *name != '\0' && *name != '.' && strlen (name) <= NAME_BYTES && strchr (name, '/') == NULL
         && g_utf8_validate (name, -1, NULL);
}

/* GIO writes no bytes only from somewhere. */
static GBytes *
take_content (GByteArray *parts)
{
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (parts);

  return g_bytes_get_size (bytes) > 0 ? g_steal_pointer (&bytes) : g_bytes_new_static ("", 0);
}

void
tn_webxdc_share_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *instance = owner;
  TnWebxdc *self = instance->webxdc;
  const char *text = tn_json_get_string (params, "text", NULL), *name = tn_json_get_string (params, "name", NULL);
  g_autoptr (GByteArray) parts = g_steal_pointer (&self->parts);
  Share *share;

  if (parts == NULL)
    parts = g_byte_array_new ();
  if (text == NULL && name == NULL)
    tn_call_fail (call, TN_WIRE_PARAMS, "What is sent has a text, a file, or both");
  else if (name != NULL && (!is_file_name (name) || tn_json_get_int (params, "size", -1) != parts->len))
    tn_call_fail (call, TN_WIRE_PARAMS, "A file has a name without folders, and all its parts");
  else if (!may_ask (instance))
    tn_call_fail (call, TN_WIRE_REFUSED, "Nobody can be asked now; try again later");
  else
    {
      share = g_new (Share, 1);
      *share = (Share){ g_object_ref (instance), call, g_strdup (name), take_content (g_steal_pointer (&parts)) };
      begin_share (instance->runtime->platform, share, text);
    }
}
