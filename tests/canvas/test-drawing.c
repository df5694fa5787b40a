/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-drawing.h"

#include <string.h>

#define LATER (10 * G_USEC_PER_SEC)

typedef struct
{
  GtkWidget *window, *box, *label;
  TnDrawing drawing;
} Fixture;

static void
wait_ms (int ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->window = gtk_window_new ();
  f->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  f->label = gtk_label_new ("Drawn again and again");
  gtk_widget_set_margin_start (f->label, 37);
  gtk_box_append (GTK_BOX (f->box), f->label);
  gtk_window_set_child (GTK_WINDOW (f->window), f->box);
  gtk_window_present (GTK_WINDOW (f->window));
  wait_ms (300);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  tn_drawing_clear (&f->drawing);
  gtk_window_destroy (GTK_WINDOW (f->window));
}

static GskRenderNode *
snapshot (Fixture *f, gint64 now)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  tn_drawing_snapshot (&f->drawing, f->box, f->label, snapshot, now);
  return gtk_snapshot_free_to_node (snapshot);
}

static cairo_surface_t *
draw (GskRenderNode *node)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 300, 60);
  cairo_t *cr = cairo_create (surface);

  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static gsize
bytes_in (cairo_surface_t *surface)
{
  return (gsize) cairo_image_surface_get_stride (surface) * cairo_image_surface_get_height (surface);
}

static gboolean
same (GskRenderNode *a, GskRenderNode *b)
{
  cairo_surface_t *first = draw (a), *second = draw (b);
  const guchar *bytes = cairo_image_surface_get_data (first);
  gsize n = bytes_in (first), n_drawn = 0;
  gboolean same = memcmp (bytes, cairo_image_surface_get_data (second), n) == 0;

  for (gsize i = 0; i < n; i++)
    n_drawn += bytes[i] != 0;
  g_assert_cmpuint (n_drawn, >, 100);
  cairo_surface_destroy (first);
  cairo_surface_destroy (second);
  return same;
}

/* The image is the drawing to the pixel, at the same place, and is the same node in every frame. */
static void
test_same_pixels (Fixture *f, gconstpointer data)
{
  g_autoptr (GskRenderNode) direct = snapshot (f, 0);
  g_autoptr (GskRenderNode) image = NULL, again = NULL;
  GskRenderNode *pixels;

  g_assert_true (tn_drawing_wants_pixels (&f->drawing, LATER));
  tn_drawing_make_pixels (&f->drawing, 1);
  g_assert_false (tn_drawing_wants_pixels (&f->drawing, LATER));
  pixels = f->drawing.pixels;
  image = snapshot (f, LATER);
  again = snapshot (f, LATER + 1);
  g_assert_true (f->drawing.pixels == pixels);
  g_assert_true (same (direct, image));
  g_assert_true (same (direct, again));
  g_assert_true (gsk_transform_node_get_child (again) == pixels);
}

/* What changes all the time is not made an image of. */
static void
test_only_what_is_still (Fixture *f, gconstpointer data)
{
  g_autoptr (GskRenderNode) node = snapshot (f, 1000);

  g_assert_false (tn_drawing_wants_pixels (&f->drawing, 1000));
  g_assert_false (tn_drawing_wants_pixels (&f->drawing, 100000));
  g_assert_true (tn_drawing_wants_pixels (&f->drawing, 1000000));
}

static void
test_change (Fixture *f, gconstpointer data)
{
  g_autoptr (GskRenderNode) before = snapshot (f, 0);
  g_autoptr (GskRenderNode) after = NULL, fresh = NULL;

  tn_drawing_make_pixels (&f->drawing, 1);
  gtk_label_set_text (GTK_LABEL (f->label), "Something else");
  wait_ms (200);
  after = snapshot (f, LATER);
  g_assert_null (f->drawing.pixels);
  g_assert_false (same (before, after));
  g_assert_false (tn_drawing_wants_pixels (&f->drawing, LATER));
  tn_drawing_make_pixels (&f->drawing, 1);
  fresh = snapshot (f, LATER);
  g_assert_true (same (after, fresh));
}

static void
test_out_of_sight (Fixture *f, gconstpointer data)
{
  g_autoptr (GskRenderNode) node = NULL;

  gtk_widget_set_child_visible (f->label, FALSE);
  node = snapshot (f, 0);
  g_assert_null (node);
  g_assert_false (tn_drawing_wants_pixels (&f->drawing, LATER));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_test_add ("/drawing/same-pixels", Fixture, NULL, set_up, test_same_pixels, tear_down);
  g_test_add ("/drawing/only-what-is-still", Fixture, NULL, set_up, test_only_what_is_still, tear_down);
  g_test_add ("/drawing/change", Fixture, NULL, set_up, test_change, tear_down);
  g_test_add ("/drawing/out-of-sight", Fixture, NULL, set_up, test_out_of_sight, tear_down);
  return g_test_run ();
}
