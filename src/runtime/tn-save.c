/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-save.h"
#include "tn-clock.h"
#include "tn-net.h"
#include "tn-transfer.h"

#include <glib/gi18n-lib.h>

#define NAME_LENGTH 32
#define MIB (1024 * 1024)
#define MAX_MIB 1024
#define SAVES 16

struct _TnSave
{
  grefcount references; /* of the instance's table, and of each request under way */
  GFile *file;
  GFileOutputStream *stream;
  GCancellable *grant;
  goffset bytes;
  gboolean fresh;      /* there was no such file before */
  gboolean busy, over; /* with a chunk; and nothing more is taken */
};

/* A request on its way to the disk, or a call that waits for the file. */
typedef struct
{
  TnSave *save;
  TnInstance *instance;
  WebKitURISchemeRequest *request; /* nullable */
  TnCall *call;                    /* nullable */
} Step;

static Step *
step_new (TnSave *save, WebKitURISchemeRequest *request)
{
  Step *step = g_new0 (Step, 1);

  g_ref_count_inc (&save->references);
  step->save = save;
  step->request = g_object_ref (request);
  return step;
}

static void
step_free (Step *step)
{
  tn_save_unref (step->save);
  g_clear_object (&step->instance);
  g_clear_object (&step->request);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

/* A file that was there has been written beside, and closing with this leaves it as it was. */
static void
throw_away (TnSave *self)
{
  g_autoptr (GCancellable) never = g_cancellable_new ();

  g_cancellable_cancel (never);
  g_output_stream_close_async (G_OUTPUT_STREAM (self->stream), G_PRIORITY_DEFAULT, never, NULL, NULL);
  if (self->fresh)
    g_file_delete_async (self->file, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

void
tn_save_unref (gpointer data)
{
  TnSave *self = data;

  if (!g_ref_count_dec (&self->references))
    return;
  if (self->stream != NULL && !g_output_stream_is_closed (G_OUTPUT_STREAM (self->stream)))
    throw_away (self);
  g_clear_object (&self->stream);
  g_object_unref (self->file);
  g_object_unref (self->grant);
  g_free (self);
}

static void
answer (Step *step, GError *error)
{
  g_autoptr (GInputStream) nothing = g_memory_input_stream_new ();

  if (error == NULL)
    {
      tn_transfer_respond (step->request, SOUP_STATUS_NO_CONTENT, soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE),
                           nothing, 0);
      return;
    }
  step->save->over = TRUE;
  if (g_cancellable_is_cancelled (step->save->grant))
    {
      g_clear_error (&error);
      error = g_error_new_literal (TN_NET_ERROR, TN_NET_ERROR_REFUSED, _("The permission was taken back"));
    }
  tn_transfer_refuse (step->request, error);
  g_error_free (error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  TnSave *self = step->save;
  GError *error = NULL;
  gssize size = g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error);

  self->busy = FALSE;
  self->bytes += MAX (size, 0);
  if (error == NULL && self->bytes > (goffset) MAX_MIB * MIB)
    error = g_error_new (TN_NET_ERROR, TN_NET_ERROR_REFUSED, _("A file may have at most %d MiB"), MAX_MIB);
  answer (step, error);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  GError *error = NULL;

  g_output_stream_close_finish (G_OUTPUT_STREAM (source), result, &error);
  answer (step, error);
}

static void
take_chunk (TnSave *self, WebKitURISchemeRequest *request)
{
  g_autoptr (GInputStream) body = webkit_uri_scheme_request_get_http_body (request);
  g_autoptr (GInputStream) nothing = g_memory_input_stream_new ();

  self->busy = TRUE;
  g_output_stream_splice_async (G_OUTPUT_STREAM (self->stream), body != NULL ? body : nothing,
                                G_OUTPUT_STREAM_SPLICE_NONE, G_PRIORITY_DEFAULT, self->grant, written_cb,
                                step_new (self, request));
}

static void
finish (TnSave *self, WebKitURISchemeRequest *request, gboolean keep)
{
  g_autoptr (Step) step = step_new (self, request);

  self->over = TRUE;
  if (keep)
    g_output_stream_close_async (G_OUTPUT_STREAM (self->stream), G_PRIORITY_DEFAULT, self->grant, closed_cb,
                                 g_steal_pointer (&step));
  else
    answer (step, NULL);
}

gboolean
tn_save_serve (TnInstance *instance, const char *name, WebKitURISchemeRequest *request, const char *method)
{
  TnSave *self = g_hash_table_lookup (instance->saves, name);
  gboolean last = g_str_equal (method, "POST"), taken;

  if (self == NULL || self->busy)
    return FALSE;
  taken = !self->over && (last || g_str_equal (method, "PUT") || g_str_equal (method, "DELETE"));
  if (taken && g_str_equal (method, "PUT"))
    take_chunk (self, request);
  else if (taken)
    finish (self, request, last);
  if (self->over)
    g_hash_table_remove (instance->saves, name);
  return taken;
}

static void
tell_name (Step *step)
{
  TnInstance *instance = step->instance;
  g_autofree char *name = tn_random_id (NAME_LENGTH);
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "save", name);
  json_node_take_object (node, object);
  g_ref_count_inc (&step->save->references);
  g_hash_table_insert (instance->saves, g_steal_pointer (&name), step->save);
  tn_call_return (step->call, node);
}

static void
opened (Step *step, GFileOutputStream *stream, const GError *error)
{
  step->save->stream = stream;
  if (stream == NULL)
    tn_call_fail (step->call, TN_WIRE_FAILED, _("The file can’t be written: %s"), error->message);
  else if (g_cancellable_is_cancelled (step->save->grant))
    tn_call_fail (step->call, TN_WIRE_REFUSED, "The permission was taken back");
  else
    tell_name (step);
}

static void
replaced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  g_autoptr (GError) error = NULL;
  GFileOutputStream *stream = g_file_replace_finish (G_FILE (source), result, &error);

  opened (step, stream, error);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  g_autoptr (GError) error = NULL;
  GFileOutputStream *stream = g_file_create_finish (G_FILE (source), result, &error);

  step->save->fresh = stream != NULL;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    g_file_replace_async (G_FILE (source), NULL, FALSE, G_FILE_CREATE_NONE, G_PRIORITY_DEFAULT, NULL, replaced_cb,
                          g_steal_pointer (&step));
  else
    opened (step, stream, error);
}

void
tn_save_begin (TnInstance *instance, TnCall *call, GFile *file, GCancellable *grant)
{
  TnSave *self;
  Step *step;

  if (g_hash_table_size (instance->saves) >= SAVES)
    {
      tn_call_fail (call, TN_WIRE_RATE, "At most %d files are written at a time", SAVES);
      return;
    }
  self = g_new0 (TnSave, 1);
  step = g_new0 (Step, 1);
  g_ref_count_init (&self->references);
  self->file = g_object_ref (file);
  self->grant = g_object_ref (grant);
  *step = (Step){ self, g_object_ref (instance), NULL, call };
  g_file_create_async (file, G_FILE_CREATE_NONE, G_PRIORITY_DEFAULT, NULL, created_cb, step);
}
