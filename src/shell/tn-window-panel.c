/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-window-private.h"

/* The place at the side that the list of apps and the history share. */

static const char *const names[] = { [TN_PANEL_ADD] = "add", [TN_PANEL_HISTORY] = "history" };

static gboolean
is_shown (TnWindow *self, TnPanel panel)
{
  return tn_split_get_revealed (self->split)
         && g_strcmp0 (gtk_stack_get_visible_child_name (self->panels), names[panel]) == 0;
}

void
tn_window_toggle_panel (TnWindow *self, TnPanel panel)
{
  gboolean shown = is_shown (self, panel);

  gtk_stack_set_visible_child_name (self->panels, names[panel]);
  tn_split_set_revealed (self->split, !shown);
  gtk_toggle_button_set_active (self->add_button, is_shown (self, TN_PANEL_ADD));
}

static void
add_toggled_cb (TnWindow *self)
{
  if (gtk_toggle_button_get_active (self->add_button) != is_shown (self, TN_PANEL_ADD))
    tn_window_toggle_panel (self, TN_PANEL_ADD);
}

static void
open_add (TnWindow *self)
{
  tn_workspace_read_catalogue (self->workspace);
  /* Filled when first needed: cards cost time that the start does not have. */
  if (!self->panel_filled)
    tn_add_panel_set_catalogue (self->add_panel, tn_workspace_get_catalogue (self->workspace));
  self->panel_filled = TRUE;
  tn_add_panel_focus_search (self->add_panel);
}

static void
shown_cb (TnWindow *self)
{
  gtk_toggle_button_set_active (self->add_button, is_shown (self, TN_PANEL_ADD));
  if (is_shown (self, TN_PANEL_ADD))
    open_add (self);
  else if (is_shown (self, TN_PANEL_HISTORY))
    tn_history_panel_focus_list (self->history_panel);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->add_button));
  /* What was looked back at goes with the list that it was chosen from. */
  if (!is_shown (self, TN_PANEL_HISTORY))
    tn_window_end_look_back (self);
}

static void
reserved_cb (TnWindow *self)
{
  tn_pages_set_reserved_width (self->pages, tn_split_get_reserved_width (self->split));
}

static void
add_cb (TnWindow *self, TnApp *app)
{
  tn_canvas_add_app (tn_window_get_canvas (self), app);
}

static void
drag_cb (TnWindow *self, gboolean begins)
{
  tn_split_set_peeking (self->split, begins);
}

static void
close_cb (TnWindow *self)
{
  tn_split_set_revealed (self->split, FALSE);
}

void
tn_window_connect_panel (TnWindow *self)
{
  const struct
  {
    gpointer object;
    const char *signal;
    GCallback callback;
  } connections[] = {
    { self->split, "notify::reserved-width", G_CALLBACK (reserved_cb) },
    { self->split, "notify::revealed", G_CALLBACK (shown_cb) },
    { self->panels, "notify::visible-child", G_CALLBACK (shown_cb) },
    { self->add_button, "toggled", G_CALLBACK (add_toggled_cb) },
    { self->add_panel, "add", G_CALLBACK (add_cb) },
    { self->add_panel, "drag", G_CALLBACK (drag_cb) },
    { self->add_panel, "close", G_CALLBACK (close_cb) },
    { self->history_panel, "close", G_CALLBACK (close_cb) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_connect_object (connections[i].object, connections[i].signal, connections[i].callback, self,
                             G_CONNECT_SWAPPED);
}
