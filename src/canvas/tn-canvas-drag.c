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

static GdkModifierType
get_modifiers (GtkGesture *gesture)
{
  return gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
}

static gboolean
is_touch (GtkGesture *gesture)
{
  return gtk_gesture_single_get_current_sequence (GTK_GESTURE_SINGLE (gesture)) != NULL;
}

/* What the canvas scrolls in would scroll by a finger anywhere, and sees it first. Its gestures forget this one, and take
 * none up in the middle; the next finger scrolls again. */
static void
keep_finger (TnCanvas *self)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);

  if (scroller == NULL)
    return;
  gtk_scrolled_window_set_kinetic_scrolling (GTK_SCROLLED_WINDOW (scroller), FALSE);
  gtk_scrolled_window_set_kinetic_scrolling (GTK_SCROLLED_WINDOW (scroller), TRUE);
}

/* A finger is broader than a handle, and may touch beside the tile too. */
static gboolean
touch_handle (TnCanvas *self, double x, double y)
{
  for (guint i = 0; self->editing && i < self->entries->len; i++)
    {
      TnTile *tile = ((TnEntry *) g_ptr_array_index (self->entries, i))->tile;

      if (self->drag_tile != NULL && self->drag_tile != tile)
        continue;
      if (!tn_tile_handle_near (tile, GTK_WIDGET (self), x, y, &self->drag_edges))
        continue;
      self->drag_tile = tile;
      return TRUE;
    }
  return FALSE;
}

/* A finger on the empty canvas scrolls it. */
static TnPress
find_empty (TnCanvas *self, GtkWidget *picked, GtkGesture *gesture)
{
  gboolean selects = picked == GTK_WIDGET (self) && !tn_canvas_is_locked (self) && !is_touch (gesture);

  return selects ? TN_PRESS_EMPTY : TN_PRESS_NONE;
}

static TnPress
find_press (TnCanvas *self, double x, double y, GtkGesture *gesture)
{
  GtkWidget *picked;

  self->drag_tile = tile_at (self, x, y, &picked);
  if (self->hand.active)
    return TN_PRESS_NONE;
  if (is_touch (gesture) && touch_handle (self, x, y))
    return TN_PRESS_TILE;
  if (self->drag_tile == NULL)
    return find_empty (self, picked, gesture);
  return tn_tile_grip_at (self->drag_tile, picked, &self->drag_edges) ? TN_PRESS_TILE : TN_PRESS_NONE;
}

static void
drag_begin_cb (TnCanvas *self, double x, double y, GtkGesture *gesture)
{
  self->press = find_press (self, x, y, gesture);
  if (self->press == TN_PRESS_NONE)
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  if (is_touch (gesture))
    keep_finger (self);
  self->pointer_y = y;
  gtk_widget_grab_focus (self->press == TN_PRESS_TILE ? GTK_WIDGET (self->drag_tile) : GTK_WIDGET (self));
}

/* How far the pointer is inside a scroll zone: -1 at the top edge, 1 at the bottom edge, 0 in between. */
static double
scroll_pull (TnCanvas *self)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->hand.target != NULL)
    return 0;
  if (self->pointer_y < SCROLL_ZONE)
    return MAX (-1, (self->pointer_y - SCROLL_ZONE) / SCROLL_ZONE);
  if (self->pointer_y > height - SCROLL_ZONE)
    return MIN (1, (self->pointer_y - height + SCROLL_ZONE) / SCROLL_ZONE);
  return 0;
}

/* The content has moved by @y under a pointer that rests. */
static void
follow_scroll (TnCanvas *self, double y)
{
  int dx, dy;

  if (self->marquee.active)
    tn_canvas_marquee_point (self, self->marquee.x, self->marquee.y);
  if (!self->hand.active)
    return;
  if (self->hand.entry == NULL)
    {
      tn_canvas_follow_drop (self);
      return;
    }
  self->hand.offset_y += y;
  tn_geometry_offset (&self->geometry, self->hand.offset_x, self->hand.offset_y, &dx, &dy);
  tn_canvas_hand_move_to (self, dx, dy);
}

/* While the pointer rests near an edge: one frame's scrolling. */
void
tn_canvas_follow_pointer (TnCanvas *self)
{
  double pull = scroll_pull (self);
  double before = tn_canvas_get_scroll (self);
  gint64 now = tn_canvas_now (self);

  if (pull == 0)
    {
      self->scrolled_us = 0;
      return;
    }
  if (self->scrolled_us != 0)
    {
      gtk_adjustment_set_value (self->vadjustment,
                                before + pull * SCROLL_SPEED * (now - self->scrolled_us) / G_USEC_PER_SEC);
      follow_scroll (self, tn_canvas_get_scroll (self) - before);
    }
  self->scrolled_us = now;
}

/* A press that has moved far enough becomes a drag. Returns: whether it is one */
static gboolean
begin (TnCanvas *self, double start_x, double start_y, GtkGesture *gesture)
{
  if (self->press == TN_PRESS_EMPTY)
    {
      tn_canvas_marquee_begin (self, start_x, start_y, (get_modifiers (gesture) & GDK_CONTROL_MASK) != 0);
    }
  else if (tn_canvas_hand_take (self, self->drag_tile, self->drag_edges, TN_TAKE_POINTER))
    {
      self->hand.start_scroll = tn_canvas_get_scroll (self);
    }
  else
    {
      self->press = TN_PRESS_NONE;
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return FALSE;
    }
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  return TRUE;
}

static void
carry (TnCanvas *self, double x, double y, GtkGesture *gesture)
{
  TnHand *hand = &self->hand;
  double start_x, start_y;
  int dx, dy;

  gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (gesture), &start_x, &start_y);
  hand->offset_x = x;
  hand->offset_y = y + tn_canvas_get_scroll (self) - hand->start_scroll;
  tn_geometry_offset (&self->geometry, hand->offset_x, hand->offset_y, &dx, &dy);
  tn_canvas_hand_set_modifiers (self, get_modifiers (gesture));
  tn_canvas_hand_move_to (self, dx, dy);
  tn_canvas_hand_point (self, start_x + x, start_y + y);
}

static void
drag_update_cb (TnCanvas *self, double x, double y, GtkGesture *gesture)
{
  double start_x, start_y;

  gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (gesture), &start_x, &start_y);
  if (!self->hand.active && !self->marquee.active
      && (self->press == TN_PRESS_NONE || !gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, x, y)
          || !begin (self, start_x, start_y, gesture)))
    return;
  self->pointer_y = start_y + y;
  if (self->marquee.active)
    tn_canvas_marquee_point (self, start_x + x, start_y + y);
  else
    carry (self, x, y, gesture);
  if (scroll_pull (self) != 0)
    tn_canvas_start_ticking (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* A press that never became a drag. A finger has no key to hold: it selects while the canvas is arranged. */
static void
click (TnCanvas *self, GtkGesture *gesture)
{
  gboolean control = (get_modifiers (gesture) & GDK_CONTROL_MASK) != 0;
  gboolean selects = control || (self->editing && is_touch (gesture));

  if (self->press == TN_PRESS_TILE && selects && !tn_canvas_is_locked (self))
    tn_canvas_toggle_selected (self, self->drag_tile);
  else if (self->press == TN_PRESS_EMPTY && !control)
    tn_canvas_clear_selection (self);
}

static gboolean
is_dragging (TnCanvas *self)
{
  return self->hand.active && self->hand.pointer && self->hand.entry != NULL;
}

static void
drag_end_cb (TnCanvas *self, double x, double y, GtkGesture *gesture)
{
  if (self->marquee.active)
    tn_canvas_marquee_end (self, TRUE);
  else if (is_dragging (self))
    tn_canvas_hand_drop (self);
  else
    click (self, gesture);
  self->press = TN_PRESS_NONE;
}

static void
cancel_cb (TnCanvas *self)
{
  tn_canvas_marquee_end (self, FALSE);
  if (is_dragging (self))
    tn_canvas_hand_restore (self);
  self->press = TN_PRESS_NONE;
}

/* A finger that rests where it could drag a tile asks for the tile's menu instead. */
static void
long_pressed_cb (TnCanvas *self, double x, double y, GtkGesture *gesture)
{
  TnTile *tile = self->press == TN_PRESS_TILE && !self->hand.active ? self->drag_tile : NULL;

  if (tile == NULL)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  self->press = TN_PRESS_NONE;
  tn_tile_popup_menu (tile);
}

static void
add_long_press (TnCanvas *self)
{
  GtkGesture *hold = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (hold), GTK_PHASE_CAPTURE);
  g_signal_connect_object (hold, "pressed", G_CALLBACK (long_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (hold));
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
  add_long_press (self);
}
