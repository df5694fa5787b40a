/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-look.h"

struct _TnLook
{
  GObject parent;

  GdkPaintable *source; /* owned, nullable */
};

static void paintable_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TnLook, tn_look, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_init))

static void
tn_look_snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot, double width, double height)
{
  TnLook *self = TN_LOOK (paintable);

  if (self->source != NULL)
    gdk_paintable_snapshot (self->source, snapshot, width, height);
}

static GdkPaintable *
tn_look_get_current_image (GdkPaintable *paintable)
{
  TnLook *self = TN_LOOK (paintable);

  return self->source != NULL ? gdk_paintable_get_current_image (self->source) : gdk_paintable_new_empty (0, 0);
}

static int
tn_look_get_intrinsic_width (GdkPaintable *paintable)
{
  TnLook *self = TN_LOOK (paintable);

  return self->source != NULL ? gdk_paintable_get_intrinsic_width (self->source) : 0;
}

static int
tn_look_get_intrinsic_height (GdkPaintable *paintable)
{
  TnLook *self = TN_LOOK (paintable);

  return self->source != NULL ? gdk_paintable_get_intrinsic_height (self->source) : 0;
}

static double
tn_look_get_intrinsic_aspect_ratio (GdkPaintable *paintable)
{
  TnLook *self = TN_LOOK (paintable);

  return self->source != NULL ? gdk_paintable_get_intrinsic_aspect_ratio (self->source) : 0;
}

static void
paintable_init (GdkPaintableInterface *iface)
{
  iface->snapshot = tn_look_snapshot;
  iface->get_current_image = tn_look_get_current_image;
  iface->get_intrinsic_width = tn_look_get_intrinsic_width;
  iface->get_intrinsic_height = tn_look_get_intrinsic_height;
  iface->get_intrinsic_aspect_ratio = tn_look_get_intrinsic_aspect_ratio;
}

static void
tn_look_dispose (GObject *object)
{
  tn_look_set_source (TN_LOOK (object), NULL);

  G_OBJECT_CLASS (tn_look_parent_class)->dispose (object);
}

static void
tn_look_class_init (TnLookClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tn_look_dispose;
}

static void
tn_look_init (TnLook *self)
{
}

TnLook *
tn_look_new (void)
{
  return g_object_new (TN_TYPE_LOOK, NULL);
}

void
tn_look_set_source (TnLook *self, GdkPaintable *source)
{
  g_return_if_fail (TN_IS_LOOK (self));

  if (self->source == source)
    return;
  if (self->source != NULL)
    g_signal_handlers_disconnect_by_data (self->source, self);
  g_set_object (&self->source, source);
  if (source != NULL)
    {
      g_signal_connect_swapped (source, "invalidate-contents", G_CALLBACK (gdk_paintable_invalidate_contents), self);
      g_signal_connect_swapped (source, "invalidate-size", G_CALLBACK (gdk_paintable_invalidate_size), self);
    }
  gdk_paintable_invalidate_size (GDK_PAINTABLE (self));
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
}
