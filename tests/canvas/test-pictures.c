/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-pictures.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

static GdkTexture *
new_texture (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 2, 2);

  return gdk_texture_new_for_pixbuf (pixbuf);
}

/* The one that was least recently looked at or kept goes. */
static void
test_bounded (void)
{
  g_autoptr (TnPictures) pictures = tn_pictures_new (2);
  g_autoptr (GdkTexture) texture = new_texture ();

  tn_pictures_keep (pictures, "a", GDK_PAINTABLE (texture));
  tn_pictures_keep (pictures, "b", GDK_PAINTABLE (texture));
  g_assert_nonnull (tn_pictures_get (pictures, "a"));
  tn_pictures_keep (pictures, "c", GDK_PAINTABLE (texture));
  g_assert_null (tn_pictures_get (pictures, "b"));
  g_assert_nonnull (tn_pictures_get (pictures, "a"));
  g_assert_nonnull (tn_pictures_get (pictures, "c"));
}

static void
test_replaced (void)
{
  g_autoptr (TnPictures) pictures = tn_pictures_new (2);
  g_autoptr (GdkTexture) first = new_texture (), second = new_texture ();

  tn_pictures_keep (pictures, "a", GDK_PAINTABLE (first));
  tn_pictures_keep (pictures, "a", GDK_PAINTABLE (second));
  g_assert_true (tn_pictures_get (pictures, "a") == GDK_PAINTABLE (second));
  g_assert_cmpuint (G_OBJECT (first)->ref_count, ==, 1);
}

static void
test_large (void)
{
  g_autoptr (TnPictures) pictures = tn_pictures_new (4);
  g_autoptr (GdkTexture) small = new_texture ();
  g_autoptr (GdkPaintable) large = gdk_paintable_new_empty (900, 600);
  const char *id = NULL;

  tn_pictures_keep (pictures, "a", GDK_PAINTABLE (small));
  g_assert_null (tn_pictures_get_large (pictures, &id));
  tn_pictures_keep (pictures, "b", large);
  tn_pictures_keep (pictures, "c", GDK_PAINTABLE (small));
  g_assert_true (tn_pictures_get_large (pictures, &id) == large);
  g_assert_cmpstr (id, ==, "b");
  tn_pictures_keep (pictures, id, GDK_PAINTABLE (small));
  g_assert_null (tn_pictures_get_large (pictures, &id));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pictures/bounded", test_bounded);
  g_test_add_func ("/pictures/replaced", test_replaced);
  g_test_add_func ("/pictures/large", test_large);
  return g_test_run ();
}
