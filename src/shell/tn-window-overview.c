/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-window-private.h"

#include <glib/gi18n-lib.h>

#include "tn-canvas-change.h"

/* What lies over the canvas in view: all canvases, and while something is dragged the others to drop it on. */

static gboolean
is_open (TnWindow *self)
{
  return gtk_revealer_get_reveal_child (self->overview_revealer);
}

static void
set_open (TnWindow *self, gboolean open)
{
  gtk_revealer_set_reveal_child (self->overview_revealer, open);
  if (!open)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

static void
overview_cb (gpointer owner, GVariant *parameter)
{
  set_open (owner, !is_open (owner));
}

static const TnActionEntry entries[] = {
  { "canvas.overview", N_("All Canvases"), N_("Canvases"),
    N_("Shows all canvases side by side, to choose and sort."), "<Control><Shift>o", NULL, overview_cb },
};

/* The canvas that the person means: the focused one in the overview, else the one in view. */
const char *
tn_window_get_meant (TnWindow *self)
{
  const char *focused = is_open (self) ? tn_overview_get_focused (self->overview) : NULL;

  return focused != NULL ? focused : tn_pages_get_current_id (self->pages);
}

static void
open_cb (TnWindow *self, const char *id)
{
  tn_pages_show (self->pages, id);
  set_open (self, FALSE);
}

static void
close_cb (TnWindow *self)
{
  set_open (self, FALSE);
}

static void
create_cb (TnWindow *self)
{
  set_open (self, FALSE);
  tn_window_apply (self, tn_canvas_change_create (tn_canvases_get_list (self->canvases)), TRUE, NULL);
}

static const char *
target_cb (TnCanvas *canvas, double x, double y, gpointer user_data)
{
  TnWindow *self = user_data;

  if (!gtk_revealer_get_reveal_child (self->strip_revealer))
    return NULL;
  return tn_strip_point_at (self->strip, GTK_WIDGET (canvas), x, y);
}

TnCanvasRecord *
tn_window_prepare_send (TnWindow *self, const char *id)
{
  return tn_strip_get_new (self->strip, id);
}

void
tn_window_update_strip (TnWindow *self)
{
  gboolean dragging;

  g_object_get (tn_window_get_canvas (self), "dragging", &dragging, NULL);
  if (dragging)
    tn_strip_fill (self->strip, self->canvases, self->pages);
  gtk_revealer_set_reveal_child (self->strip_revealer, dragging);
}

static void
current_cb (TnWindow *self)
{
  tn_canvas_set_target_func (tn_window_get_canvas (self), target_cb, self);
  gtk_revealer_set_reveal_child (self->strip_revealer, FALSE);
}

void
tn_window_connect_overview (TnWindow *self)
{
  const struct
  {
    gpointer object;
    const char *signal;
    GCallback callback;
  } connections[] = {
    { self->overview, "open", G_CALLBACK (open_cb) },
    { self->overview, "rename", G_CALLBACK (tn_window_rename_canvas) },
    { self->overview, "duplicate", G_CALLBACK (tn_window_duplicate_canvas) },
    { self->overview, "delete", G_CALLBACK (tn_window_delete_canvas) },
    { self->overview, "sort", G_CALLBACK (tn_window_sort_canvas) },
    { self->overview, "create", G_CALLBACK (create_cb) },
    { self->overview, "close", G_CALLBACK (close_cb) },
    { self->pages, "notify::current", G_CALLBACK (current_cb) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_connect_object (connections[i].object, connections[i].signal, connections[i].callback, self,
                             G_CONNECT_SWAPPED);
  tn_overview_set_canvases (self->overview, self->canvases, self->pages);
  tn_window_hide_with (self->overview_revealer);
  tn_window_hide_with (self->strip_revealer);
  current_cb (self);
}

void
tn_window_add_overview_actions (TnWindow *self)
{
  tn_window_add_table (self, entries, G_N_ELEMENTS (entries));
}
