/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-app-icon.h"

#define MAX_BYTES (512 * 1024)
#define MAX_SIDE 2048
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
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  int size = GPOINTER_TO_INT (user_data);
  double scale = (double) size / MAX (1, MAX (width, height));

  /* A loader given no size gives up before it allocates the picture. */
  if (width > MAX_SIDE || height > MAX_SIDE)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else
    gdk_pixbuf_loader_set_size (loader, MAX (1, width * scale), MAX (1, height * scale));
}

static GdkTexture *
decode (const char *bytes, gsize length, int size, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  gboolean written;
  GdkPixbuf *pixbuf;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), GINT_TO_POINTER (size));
  written = gdk_pixbuf_loader_write (loader, (const guchar *) bytes, length, error);
  if (!gdk_pixbuf_loader_close (loader, written ? error : NULL) || !written)
    return NULL;
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no picture");
      return NULL;
    }
  return gdk_texture_new_for_pixbuf (pixbuf);
}

static void
read_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Order *order = task_data;
  g_autoptr (GFile) file = g_file_new_for_path (order->path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree char *bytes = g_malloc (MAX_BYTES);
  gsize length = 0;
  GError *error = NULL;
  GdkTexture *texture = NULL;

  stream = g_file_read (file, cancellable, &error);
  if (stream != NULL
      && g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, MAX_BYTES, &length, cancellable, &error))
    texture = decode (bytes, length, order->size, &error);
  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GtkImage *image = GTK_IMAGE (source);
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), NULL);

  /* The image may have been given another app meanwhile. */
  if (texture != NULL && g_object_get_data (source, "tn-app-icon") == g_task_get_task_data (G_TASK (result)))
    gtk_image_set_from_paintable (image, GDK_PAINTABLE (texture));
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
