/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvas-private.h"

#define GRAB_Y 16 /* the pointer holds what is dragged in by its header */

/* Files come from other programs. Of what a page lets be dragged it may say that it is files as well: any that it likes. */
static gboolean
is_from_within (GtkDropTarget *target)
{
  GdkDrop *drop = gtk_drop_target_get_current_drop (target);

  return drop != NULL && gdk_drop_get_drag (drop) != NULL;
}

/* Whether it can be dropped here; %FALSE before the other side has said what it is. @app: %NULL for files */
static gboolean
read_value (const GValue *value, GtkDropTarget *target, TnApp **app)
{
  *app = NULL;
  if (value == NULL)
    return FALSE;
  if (G_VALUE_HOLDS (value, TN_TYPE_APP))
    *app = g_value_get_object (value);
  return *app != NULL || (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) && !is_from_within (target));
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
  const TnPlacement *start
    = &g_array_index (self->hand.stage, TnPlacement, g_array_index (self->hand.indices, guint, 0));
  double width = start->w * tn_geometry_pitch (&self->geometry) - TN_GEOMETRY_GAP;
  int column, row;

  tn_geometry_cell (&self->geometry, x - width / 2, y - GRAB_Y + tn_canvas_get_scroll (self), start->w, &column, &row);
  tn_canvas_hand_move_to (self, column - start->x, row - start->y);
  self->pointer_x = x;
  self->pointer_y = y;
  tn_canvas_start_ticking (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* The content has moved under a pointer that rests. */
void
tn_canvas_follow_drop (TnCanvas *self)
{
  follow (self, self->pointer_x, self->pointer_y);
}

static gboolean
is_dragged_in (TnCanvas *self)
{
  return self->hand.active && self->hand.entry == NULL;
}

static gboolean
take (TnCanvas *self, const GValue *value, double x, double y, GtkDropTarget *target)
{
  TnApp *app;

  if (self->layouts == NULL || !read_value (value, target, &app))
    return FALSE;
  if (!self->hand.active && !tn_canvas_hand_take_new (self, app))
    return FALSE;
  if (!self->dragging_in)
    set_dragging_in (self, TRUE);
  if (!is_dragged_in (self))
    return FALSE;
  follow (self, x, y);
  return TRUE;
}

static GdkDragAction
motion_cb (TnCanvas *self, double x, double y, GtkDropTarget *target)
{
  return take (self, gtk_drop_target_get_value (target), x, y, target) ? GDK_ACTION_COPY : 0;
}

static void
leave_cb (TnCanvas *self)
{
  if (is_dragged_in (self))
    tn_canvas_hand_restore (self);
  if (self->dragging_in)
    set_dragging_in (self, FALSE);
}

/* What becomes of files is not known here; the place is kept for the answer. */
static void
drop_files (TnCanvas *self, GdkFileList *list)
{
  const TnPlacement *place = tn_canvas_hand_place (self);
  int column = place->x, row = place->y;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GSList) listed = gdk_file_list_get_files (list);

  for (GSList *file = listed; file != NULL; file = file->next)
    g_ptr_array_add (files, g_object_ref (file->data));
  tn_canvas_hand_restore (self);
  g_signal_emit_by_name (self, "files-dropped", files, column, row);
}

static gboolean
drop_cb (TnCanvas *self, const GValue *value, double x, double y, GtkDropTarget *target)
{
  gboolean taken = take (self, value, x, y, target);

  if (taken && self->hand.app == NULL)
    drop_files (self, g_value_get_boxed (value));
  else if (taken)
    tn_canvas_hand_drop (self);
  set_dragging_in (self, FALSE);
  return taken;
}

/* Takes apps that are dragged here from the Add panel, and files from elsewhere. */
void
tn_canvas_add_drop (TnCanvas *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { TN_TYPE_APP, GDK_TYPE_FILE_LIST };

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  /* What is dragged decides the ghost's size before the drop. */
  gtk_drop_target_set_preload (target, TRUE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "enter", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
