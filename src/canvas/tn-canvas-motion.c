/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvas-private.h"

/* The frame's time, so that all tiles of a frame agree. */
gint64
tn_canvas_now (TnCanvas *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  return clock != NULL ? gdk_frame_clock_get_frame_time (clock) : g_get_monotonic_time ();
}

gboolean
tn_canvas_animates (TnCanvas *self)
{
  gboolean enabled;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &enabled, NULL);
  return enabled && gtk_widget_get_mapped (GTK_WIDGET (self));
}

static void
drop_the_gone (TnCanvas *self)
{
  for (guint i = self->leaving->len; i-- > 0;)
    {
      TnEntry *entry = g_ptr_array_index (self->leaving, i);

      if (entry->motion.start_us == 0)
        g_ptr_array_remove_index (self->leaving, i);
    }
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  TnCanvas *self = TN_CANVAS (widget);

  drop_the_gone (self);
  if ((self->hand.active && self->hand.pointer) || self->marquee.active)
    tn_canvas_follow_pointer (self);
  else
    self->scrolled_us = 0;
  if (!self->moving && self->leaving->len == 0 && self->scrolled_us == 0)
    {
      self->tick_id = 0;
      return G_SOURCE_REMOVE;
    }
  gtk_widget_queue_allocate (widget);
  return G_SOURCE_CONTINUE;
}

/* Ticks only while something moves, so that an idle canvas costs nothing. */
void
tn_canvas_start_ticking (TnCanvas *self)
{
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

/* Scrolls so far that all of the tile is in view, or its top where it is too high. */
void
tn_canvas_reveal (TnCanvas *self, TnEntry *entry)
{
  graphene_rect_t rect = tn_geometry_rect (&self->geometry, tn_tile_get_place (entry->tile));
  double top = rect.origin.y - TN_GEOMETRY_MARGIN;
  double bottom = rect.origin.y + rect.size.height + TN_GEOMETRY_MARGIN;
  double value = tn_canvas_get_scroll (self);
  double page = gtk_adjustment_get_page_size (self->vadjustment);

  if (bottom > gtk_adjustment_get_upper (self->vadjustment))
    gtk_adjustment_set_upper (self->vadjustment, bottom);
  if (bottom > value + page)
    value = bottom - page;
  if (top < value)
    value = top;
  gtk_adjustment_set_value (self->vadjustment, value);
}
