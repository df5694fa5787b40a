/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvas-private.h"

#define GRAB_Y 16 /* the pointer holds what is dragged in by its header */

static TnApp *
dragged_app (GtkDropTarget *target)
{
  const GValue *value = gtk_drop_target_get_value (target);

  return value != NULL && G_VALUE_HOLDS (value, TN_TYPE_APP) ? g_value_get_object (value) : NULL;
}

static void
set_dragging_in (TnCanvas *self, gboolean dragging_in)
{
  self->dragging_in = dragging_in;
  tn_canvas_update_shields (self);
}

static void
follow (TnCanvas *self, double x, double y)
{
  const TnPlacement *start = &g_array_index (self->hand.stage, TnPlacement, self->hand.index);
  double width = start->w * tn_geometry_pitch (&self->geometry) - TN_GEOMETRY_GAP;
  int column, row;

  tn_geometry_cell (&self->geometry, x - width / 2, y - GRAB_Y + tn_canvas_get_scroll (self), start->w, &column, &row);
  tn_canvas_hand_move_to (self, column - start->x, row - start->y);
  self->pointer_y = y;
  tn_canvas_start_ticking (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static GdkDragAction
motion_cb (TnCanvas *self, double x, double y, GtkDropTarget *target)
{
  TnApp *app = dragged_app (target);

  if (app == NULL || self->layouts == NULL)
    return 0;
  if (!self->hand.active && !tn_canvas_hand_take_app (self, app))
    return 0;
  if (!self->dragging_in)
    set_dragging_in (self, TRUE);
  if (self->hand.app == NULL)
    return 0;
  follow (self, x, y);
  return GDK_ACTION_COPY;
}

static void
leave_cb (TnCanvas *self)
{
  if (self->hand.app != NULL)
    tn_canvas_hand_restore (self);
  if (self->dragging_in)
    set_dragging_in (self, FALSE);
}

static gboolean
drop_cb (TnCanvas *self, const GValue *value, double x, double y, GtkDropTarget *target)
{
  gboolean taken = self->hand.app != NULL;

  if (taken)
    {
      follow (self, x, y);
      tn_canvas_hand_drop (self);
    }
  set_dragging_in (self, FALSE);
  return taken;
}

/* Takes apps that are dragged here from the Add panel. */
void
tn_canvas_add_drop (TnCanvas *self)
{
  GtkDropTarget *target = gtk_drop_target_new (TN_TYPE_APP, GDK_ACTION_COPY);

  /* What is dragged decides the ghost's size before the drop. */
  gtk_drop_target_set_preload (target, TRUE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "enter", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
