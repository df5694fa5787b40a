/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvas-private.h"

#define SCROLL_ZONE 48   /* pixels from an edge in which a drag scrolls */
#define SCROLL_SPEED 900 /* pixels a second, at the edge itself */

static TnTile *
tile_at (TnCanvas *self, double x, double y, GtkWidget **picked)
{
  *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  return *picked != NULL ? TN_TILE (gtk_widget_get_ancestor (*picked, TN_TYPE_TILE)) : NULL;
}

static void
drag_begin_cb (TnCanvas *self, double x, double y, GtkGesture *gesture)
{
  GtkWidget *picked;

  self->drag_tile = tile_at (self, x, y, &picked);
  if (self->hand.active || self->drag_tile == NULL || !tn_tile_grip_at (self->drag_tile, picked, &self->drag_edges))
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->pointer_y = y;
  gtk_widget_grab_focus (GTK_WIDGET (self->drag_tile));
}

/* How far the pointer is inside a scroll zone: -1 at the top edge, 1 at the bottom edge, 0 in between. */
static double
scroll_pull (TnCanvas *self)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->pointer_y < SCROLL_ZONE)
    return MAX (-1, (self->pointer_y - SCROLL_ZONE) / SCROLL_ZONE);
  if (self->pointer_y > height - SCROLL_ZONE)
    return MIN (1, (self->pointer_y - height + SCROLL_ZONE) / SCROLL_ZONE);
  return 0;
}

/* While the pointer rests near an edge: one frame's scrolling. */
void
tn_canvas_follow_pointer (TnCanvas *self)
{
  double pull = scroll_pull (self);
  double before = tn_canvas_get_scroll (self);
  gint64 now = tn_canvas_now (self);
  int dx, dy;

  if (pull == 0)
    {
      self->scrolled_us = 0;
      return;
    }
  if (self->scrolled_us != 0)
    {
      gtk_adjustment_set_value (self->vadjustment,
                                before + pull * SCROLL_SPEED * (now - self->scrolled_us) / G_USEC_PER_SEC);
      self->hand.offset_y += tn_canvas_get_scroll (self) - before;
      tn_geometry_offset (&self->geometry, self->hand.offset_x, self->hand.offset_y, &dx, &dy);
      if (self->hand.entry != NULL)
        tn_canvas_hand_move_to (self, dx, dy);
    }
  self->scrolled_us = now;
}

static void
drag_update_cb (TnCanvas *self, double x, double y, GtkGesture *gesture)
{
  TnHand *hand = &self->hand;
  double start_x, start_y, moved;
  int dx, dy;

  if (!hand->active)
    {
      if (self->drag_tile == NULL || !gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, x, y))
        return;
      if (!tn_canvas_hand_take (self, self->drag_tile, self->drag_edges, TRUE))
        {
          gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
          return;
        }
      hand->start_scroll = tn_canvas_get_scroll (self);
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
    }
  gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (gesture), &start_x, &start_y);
  self->pointer_y = start_y + y;
  moved = tn_canvas_get_scroll (self) - hand->start_scroll;
  hand->offset_x = x;
  hand->offset_y = y + moved;
  tn_geometry_offset (&self->geometry, hand->offset_x, hand->offset_y, &dx, &dy);
  tn_canvas_hand_move_to (self, dx, dy);
  if (scroll_pull (self) != 0)
    tn_canvas_start_ticking (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
drag_end_cb (TnCanvas *self)
{
  if (self->hand.active && self->hand.pointer && self->hand.entry != NULL)
    tn_canvas_hand_drop (self);
}

static void
cancel_cb (TnCanvas *self)
{
  if (self->hand.active && self->hand.pointer && self->hand.entry != NULL)
    tn_canvas_hand_restore (self);
}

void
tn_canvas_add_drag (TnCanvas *self)
{
  self->drag = gtk_gesture_drag_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (self->drag), GDK_BUTTON_PRIMARY);
  /* Before the page sees the press; what is no grip is let through. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (self->drag), GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drag, "drag-update", G_CALLBACK (drag_update_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drag, "drag-end", G_CALLBACK (drag_end_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drag, "cancel", G_CALLBACK (cancel_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (self->drag));
}
