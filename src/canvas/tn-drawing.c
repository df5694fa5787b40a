/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-drawing.h"

#include <math.h>

#define MAX_SIDE 4096.0 /* device pixels: a larger image costs more than it saves */

void
tn_drawing_clear (TnDrawing *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_clear_pointer (&self->pixels, gsk_render_node_unref);
}

/* A child that did not change draws the very same node, under a transform that says where. */
static GskRenderNode *
split (GskRenderNode *node, GskTransform **transform)
{
  *transform = NULL;
  if (gsk_render_node_get_node_type (node) != GSK_TRANSFORM_NODE)
    return node;
  *transform = gsk_transform_node_get_transform (node);
  return gsk_transform_node_get_child (node);
}

void
tn_drawing_snapshot (TnDrawing *self, GtkWidget *parent, GtkWidget *child, GtkSnapshot *snapshot, gint64 now_us)
{
  GtkSnapshot *apart = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  GskRenderNode *drawn;
  GskTransform *transform;

  gtk_widget_snapshot_child (parent, child, apart);
  node = gtk_snapshot_free_to_node (apart);
  if (node == NULL)
    return;
  drawn = split (node, &transform);
  if (drawn != self->node)
    {
      tn_drawing_clear (self);
      self->node = gsk_render_node_ref (drawn);
      self->since_us = now_us;
    }
  if (self->pixels == NULL)
    {
      gtk_snapshot_append_node (snapshot, node);
      return;
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_transform (snapshot, transform);
  gtk_snapshot_append_node (snapshot, self->pixels);
  gtk_snapshot_restore (snapshot);
}

gboolean
tn_drawing_wants_pixels (const TnDrawing *self, gint64 now_us)
{
  return self->node != NULL && self->pixels == NULL && now_us - self->since_us >= TN_DRAWING_STILL_US;
}

static cairo_surface_t *
draw (GskRenderNode *node, const graphene_rect_t *bounds, int scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) bounds->size.width * scale,
                                                         (int) bounds->size.height * scale);
  cairo_t *cr;

  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  cairo_translate (cr, -bounds->origin.x, -bounds->origin.y);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  return surface;
}

void
tn_drawing_make_pixels (TnDrawing *self, int scale)
{
  graphene_rect_t bounds;
  cairo_surface_t *surface;
  cairo_t *cr;

  g_return_if_fail (self->node != NULL);

  gsk_render_node_get_bounds (self->node, &bounds);
  graphene_rect_round_extents (&bounds, &bounds);
  g_clear_pointer (&self->pixels, gsk_render_node_unref);
  if (MAX (bounds.size.width, bounds.size.height) * scale > MAX_SIDE)
    {
      self->pixels = gsk_render_node_ref (self->node);
      return;
    }
  surface = draw (self->node, &bounds, scale);
  self->pixels = gsk_cairo_node_new (&bounds);
  cr = gsk_cairo_node_get_draw_context (self->pixels);
  cairo_set_source_surface (cr, surface, bounds.origin.x, bounds.origin.y);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}
