/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-app-icon.h"

#include "tn-decoder.h"

#define MAX_BYTES (512 * 1024)
#define FALLBACK "application-x-addon-symbolic"

typedef struct
{
  char *path;
  int size;
} Order;

static void
order_free (Order *order)
{
  g_free (order->path);
  g_free (order);
}

static void
read_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Order *order = task_data;
  g_autoptr (GFile) file = g_file_new_for_path (order->path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree char *bytes = g_malloc (MAX_BYTES + 1);
  gsize length = 0;
  GError *error = NULL;

  stream = g_file_read (file, cancellable, &error);
  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, MAX_BYTES + 1, &length, cancellable, &error))
    g_task_return_error (task, error);
  else if (length > MAX_BYTES)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "too large an icon");
  else
    g_task_return_pointer (task, g_bytes_new (bytes, length), (GDestroyNotify) g_bytes_unref);
}

/* The image may have been given another app meanwhile. */
static gboolean
is_wanted (GTask *task)
{
  return g_object_get_data (g_task_get_source_object (task), "tn-app-icon") == g_task_get_task_data (task);
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GdkTexture) texture = tn_decoder_decode_finish (result, NULL);

  if (texture != NULL && is_wanted (task))
    gtk_image_set_from_paintable (g_task_get_source_object (task), GDK_PAINTABLE (texture));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = G_TASK (result);
  Order *order = g_task_get_task_data (task);
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (task, NULL);

  if (bytes != NULL && is_wanted (task))
    tn_decoder_decode_async (bytes, order->size, decoded_cb, g_object_ref (task));
}

void
tn_app_icon_show (GtkImage *image, TnApp *app)
{
  TnManifest *manifest = app != NULL ? tn_app_get_manifest (app) : NULL;
  g_autoptr (GTask) task = NULL;
  Order *order;

  g_return_if_fail (GTK_IS_IMAGE (image));

  gtk_image_set_from_icon_name (image, FALLBACK);
  g_object_set_data (G_OBJECT (image), "tn-app-icon", NULL);
  if (manifest == NULL || tn_manifest_get_icon (manifest) == NULL)
    return;
  order = g_new0 (Order, 1);
  order->path = g_build_filename (tn_app_get_directory (app), tn_manifest_get_icon (manifest), NULL);
  order->size = gtk_image_get_pixel_size (image) * gtk_widget_get_scale_factor (GTK_WIDGET (image));
  g_object_set_data (G_OBJECT (image), "tn-app-icon", order);
  task = g_task_new (image, NULL, read_cb, NULL);
  g_task_set_task_data (task, order, (GDestroyNotify) order_free);
  g_task_run_in_thread (task, read_thread);
}
