/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Icons are files of apps, and so may be anything. */
#include "tn-app-icon.h"

#include <glib/gstdio.h>

#define SIZE 40
#define PATIENCE 30

typedef struct
{
  char *folder, *programs;
  GtkImage *image;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("icon-XXXXXX", NULL);
  f->image = GTK_IMAGE (g_object_ref_sink (gtk_image_new ()));
  gtk_image_set_pixel_size (f->image, SIZE);
  f->programs = g_strdup (g_getenv ("TN_PROGRAM_DIR"));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", f->folder);

  g_object_unref (f->image);
  g_setenv ("TN_PROGRAM_DIR", f->programs, TRUE);
  g_free (f->programs);
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

/* Each picture is drawn from ten of the one below, and the lowest from noise: it would take days. */
static char *
make_endless (void)
{
  GString *svg = g_string_new ("<svg xmlns='http://www.w3.org/2000/svg' width='64' height='64'><defs><filter id='f'>"
                               "<feTurbulence baseFrequency='.9' numOctaves='9'/><feGaussianBlur stdDeviation='20'/>"
                               "</filter><rect id='p0' width='64' height='64' filter='url(#f)'/>");

  for (guint level = 1; level <= 5; level++)
    {
      g_string_append_printf (svg, "<g id='p%u'>", level);
      for (guint i = 0; i < 10; i++)
        g_string_append_printf (svg, "<use href='#p%u'/>", level - 1);
      g_string_append (svg, "</g>");
    }
  g_string_append (svg, "</defs><use href='#p5'/></svg>");
  return g_string_free (svg, FALSE);
}

static void
test_endless (Fixture *f, gconstpointer data)
{
  g_autofree char *svg = make_endless ();
  g_autoptr (TnApp) app = NULL;

  write_file (f, "icon.svg", svg, -1);
  app = load (f, "icon.svg");
  tn_app_icon_show (f->image, app);
  assert_own (f, FALSE);
}

/* A picture that would be shown if its kind were one of an icon's. */
static void
test_other_kind (Fixture *f, gconstpointer data)
{
  static const char gif[] = "GIF89a\1\0\1\0\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;";
  g_autoptr (TnApp) app = NULL;

  write_file (f, "icon.png", gif, sizeof gif - 1);
  app = load (f, "icon.png");
  tn_app_icon_show (f->image, app);
  assert_own (f, FALSE);
}

/* Puts a program in the decoder's place that notes that it was asked, and says @length bytes of @answer. */
static void
stand_in (Fixture *f, const void *answer, gsize length, const char *after)
{
  g_autofree char *path = g_build_filename (f->folder, "token-nexus-icon", NULL);
  g_autofree char *script
    = g_strdup_printf ("#!/bin/sh\necho >> '%s/asked'\ncat '%s/answer'\n%s\n", f->folder, f->folder, after);

  write_file (f, "answer", answer, length);
  write_file (f, "token-nexus-icon", script, -1);
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  g_setenv ("TN_PROGRAM_DIR", f->folder, TRUE);
}

static gsize
count_asked (Fixture *f)
{
  g_autofree char *path = g_build_filename (f->folder, "asked", NULL);
  g_autofree char *asked = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &asked, &length, NULL));
  return length;
}

/* An icon unlike all before it. */
static TnApp *
load_new (Fixture *f)
{
  g_autofree char *bytes = g_strdup_printf ("<!-- %s -->", f->folder);

  write_file (f, "icon.svg", bytes, -1);
  return load (f, "icon.svg");
}

static void
test_kept (Fixture *f, gconstpointer data)
{
  static const guint32 pixel[] = { 1, 1, 0xffffffff };
  g_autoptr (TnApp) app = load_new (f);

  stand_in (f, pixel, sizeof pixel, "");
  for (guint i = 0; i < 3; i++)
    {
      tn_app_icon_show (f->image, app);
      tn_app_icon_show (f->image, app);
      assert_own (f, TRUE);
    }
  g_assert_cmpuint (count_asked (f), ==, 1);
  gtk_image_set_pixel_size (f->image, 2 * SIZE);
  tn_app_icon_show (f->image, app);
  assert_own (f, TRUE);
  g_assert_cmpuint (count_asked (f), ==, 2);
}

typedef struct
{
  const char *name;
  guint32 width, height;
  gsize length;
  const char *after;
} Answer;

static const Answer answers[] = {
  { "/app-icon/answer/nothing", 0, 0, 0, "" },
  { "/app-icon/answer/half-a-head", 1, 1, 4, "" },
  { "/app-icon/answer/no-sides", 0, 0, 8, "" },
  { "/app-icon/answer/too-wide", SIZE + 1, 1, 8 + 4 * (SIZE + 1), "" },
  { "/app-icon/answer/too-high", 1, SIZE + 1, 8 + 4 * (SIZE + 1), "" },
  { "/app-icon/answer/too-short", 2, 2, 20, "" },
  { "/app-icon/answer/too-long", 1, 1, 16, "" },
  { "/app-icon/answer/without-end", 1, 1, 8, "exec cat /dev/zero" },
  { "/app-icon/answer/asleep", 1, 1, 12, "exec sleep 1000" },
};

/* What is no picture is not asked for again, whatever the size. */
static void
test_answer (Fixture *f, gconstpointer data)
{
  const Answer *answer = data;
  guint32 bytes[64] = { answer->width, answer->height };
  g_autoptr (TnApp) app = load_new (f);

  g_assert_cmpuint (answer->length, <=, sizeof bytes);
  stand_in (f, bytes, answer->length, answer->after);
  tn_app_icon_show (f->image, app);
  assert_own (f, FALSE);
  gtk_image_set_pixel_size (f->image, 2 * SIZE);
  tn_app_icon_show (f->image, app);
  assert_own (f, FALSE);
  g_assert_cmpuint (count_asked (f), ==, 1);
}

static void
test_no_program (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = load_new (f);

  g_setenv ("TN_PROGRAM_DIR", f->folder, TRUE);
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
  add ("/app-icon/endless", test_endless);
  add ("/app-icon/other-kind", test_other_kind);
  add ("/app-icon/no-app", test_no_app);
  add ("/app-icon/overtaken", test_overtaken);
  add ("/app-icon/kept", test_kept);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    g_test_add (answers[i].name, Fixture, &answers[i], set_up, test_answer, tear_down);
  add ("/app-icon/no-program", test_no_program);
  return g_test_run ();
}
