/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Icons are files of apps, and so may be anything. */
#include "tn-app-icon.h"

#include <glib/gstdio.h>

#define SIZE 40
#define PATIENCE 10

typedef struct
{
  char *folder;
  GtkImage *image;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("icon-XXXXXX", NULL);
  f->image = GTK_IMAGE (g_object_ref_sink (gtk_image_new ()));
  gtk_image_set_pixel_size (f->image, SIZE);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", f->folder);

  g_object_unref (f->image);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (f->folder);
}

static void
write_file (Fixture *f, const char *name, const char *bytes, gssize length)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, length, &error);
  g_assert_no_error (error);
}

static TnApp *
load (Fixture *f, const char *icon)
{
  g_autofree char *manifest
    = g_strdup_printf ("{\"sdk\": 1, \"id\": \"com.example.icon\", \"name\": \"Icon\", \"version\": \"1.0.0\","
                       " \"entryPoint\": \"index.html\", \"icon\": \"%s\"}",
                       icon);
  TnApp *app;

  write_file (f, "index.html", "<!doctype html>", -1);
  write_file (f, "manifest.json", manifest, -1);
  app = tn_app_load ("test", f->folder);
  g_assert_nonnull (tn_app_get_manifest (app));
  return app;
}

/* Waits until whoever reads the icon has let go of the image. */
static void
wait_until_read (Fixture *f)
{
  gint64 end = g_get_monotonic_time () + PATIENCE * G_USEC_PER_SEC;

  while (G_OBJECT (f->image)->ref_count > 1 && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
  g_assert_cmpuint (G_OBJECT (f->image)->ref_count, ==, 1);
}

static void
assert_own (Fixture *f, gboolean own)
{
  wait_until_read (f);
  g_assert_cmpint (gtk_image_get_storage_type (f->image), ==, own ? GTK_IMAGE_PAINTABLE : GTK_IMAGE_ICON_NAME);
}

/* A PNG that says it is @side pixels wide and high, all of one colour. */
static void
write_png (Fixture *f, const char *name, int side)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, side, side);
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_fill (pixbuf, 0x3584e4ff);
  gdk_pixbuf_save (pixbuf, path, "png", &error, NULL);
  g_assert_no_error (error);
}

static void
test_svg (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = NULL;
  GdkPaintable *paintable;

  write_file (f, "icon.svg",
              "<svg xmlns='http://www.w3.org/2000/svg' width='16' height='16'><rect width='16' height='16'/></svg>",
              -1);
  app = load (f, "icon.svg");
  tn_app_icon_show (f->image, app);
  g_assert_cmpint (gtk_image_get_storage_type (f->image), ==, GTK_IMAGE_ICON_NAME);
  assert_own (f, TRUE);
  paintable = gtk_image_get_paintable (f->image);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (paintable), ==, SIZE);
}

static void
test_png (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = NULL;

  write_png (f, "icon.png", 256);
  app = load (f, "icon.png");
  tn_app_icon_show (f->image, app);
  assert_own (f, TRUE);
}

static void
test_too_many_pixels (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = NULL;

  write_png (f, "icon.png", 2049);
  app = load (f, "icon.png");
  tn_app_icon_show (f->image, app);
  assert_own (f, FALSE);
}

static void
test_too_many_bytes (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) svg = g_string_new ("<svg xmlns='http://www.w3.org/2000/svg' width='16' height='16'><!--");
  g_autofree char *filler = g_strnfill (600 * 1024, 'x');
  g_autoptr (TnApp) app = NULL;

  g_string_append (svg, filler);
  g_string_append (svg, "--><rect width='16' height='16'/></svg>");
  write_file (f, "icon.svg", svg->str, svg->len);
  app = load (f, "icon.svg");
  tn_app_icon_show (f->image, app);
  assert_own (f, FALSE);
}

static void
test_no_picture (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = NULL;

  write_file (f, "icon.png", "this is no picture", -1);
  app = load (f, "icon.png");
  tn_app_icon_show (f->image, app);
  assert_own (f, FALSE);
}

static void
test_no_app (Fixture *f, gconstpointer data)
{
  tn_app_icon_show (f->image, NULL);
  assert_own (f, FALSE);
}

/* The image is given another app while the first one's icon is still being read. */
static void
test_overtaken (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = NULL;

  write_png (f, "icon.png", 512);
  app = load (f, "icon.png");
  tn_app_icon_show (f->image, app);
  tn_app_icon_show (f->image, NULL);
  assert_own (f, FALSE);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  add ("/app-icon/svg", test_svg);
  add ("/app-icon/png", test_png);
  add ("/app-icon/too-many-pixels", test_too_many_pixels);
  add ("/app-icon/too-many-bytes", test_too_many_bytes);
  add ("/app-icon/no-picture", test_no_picture);
  add ("/app-icon/no-app", test_no_app);
  add ("/app-icon/overtaken", test_overtaken);
  return g_test_run ();
}
