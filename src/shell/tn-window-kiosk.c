/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-window-private.h"

#include <glib/gi18n-lib.h>

#include "tn-kiosk-dialog.h"

#define POINTER_SECONDS 3 /* so long it is shown when it keeps still */

/* The kiosk: the whole screen for the canvases, one after the other, and nothing to be arranged. */

static void
show_pointer (TnWindow *self, gboolean shown)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));
  g_autoptr (GdkCursor) none = shown ? NULL : gdk_cursor_new_from_name ("none", NULL);

  /* Not the widget's: a page sets its own. The next movement brings back whatever belongs there. */
  if (surface != NULL)
    gdk_surface_set_cursor (surface, none);
}

static gboolean
still_cb (gpointer user_data)
{
  TnWindow *self = user_data;

  self->kiosk_still_id = 0;
  show_pointer (self, FALSE);
  return G_SOURCE_REMOVE;
}

static void
motion_cb (TnWindow *self, double x, double y)
{
  if (!self->kiosk_active || (x == self->kiosk_x && y == self->kiosk_y))
    return;
  self->kiosk_x = x;
  self->kiosk_y = y;
  g_clear_handle_id (&self->kiosk_still_id, g_source_remove);
  self->kiosk_still_id = g_timeout_add_seconds (POINTER_SECONDS, still_cb, self);
}

static gboolean
rotate_cb (gpointer user_data)
{
  TnWindow *self = user_data;
  GPtrArray *canvases = tn_canvases_get_list (self->canvases);

  if (canvases->len > 1)
    tn_pages_show (self->pages,
                   ((TnCanvasRecord *) g_ptr_array_index (canvases, (self->index + 1) % canvases->len))->id);
  return G_SOURCE_CONTINUE;
}

static void
set_keys_heard (TnWindow *self, gboolean heard)
{
  gtk_event_controller_set_propagation_phase (self->first_keys, heard ? GTK_PHASE_CAPTURE : GTK_PHASE_NONE);
  gtk_event_controller_set_propagation_phase (self->last_keys, heard ? GTK_PHASE_BUBBLE : GTK_PHASE_NONE);
}

static void
set_kiosk (TnWindow *self, gboolean active)
{
  self->kiosk_active = active;
  gtk_widget_set_visible (self->header, !active);
  tn_pages_set_kiosk (self->pages, active);
  set_keys_heard (self, !active);
  if (active)
    gtk_window_fullscreen (GTK_WINDOW (self));
  else
    gtk_window_unfullscreen (GTK_WINDOW (self));
}

void
tn_window_start_kiosk (TnWindow *self)
{
  g_return_if_fail (TN_IS_WINDOW (self));

  if (self->kiosk_active)
    return;
  self->kiosk = tn_kiosk_load (self->settings);
  tn_split_set_revealed (self->split, FALSE);
  tn_window_dismiss_toasts (self);
  self->kiosk_editing = tn_canvas_get_editing (tn_window_get_canvas (self));
  tn_canvas_set_editing (tn_window_get_canvas (self), FALSE);
  tn_canvas_clear_selection (tn_window_get_canvas (self));
  gtk_revealer_set_reveal_child (self->hint_revealer, FALSE);
  set_kiosk (self, TRUE);
  if (self->kiosk.seconds > 0)
    self->kiosk_rotate_id = g_timeout_add_seconds (self->kiosk.seconds, rotate_cb, self);
  self->kiosk_still_id = g_timeout_add_seconds (POINTER_SECONDS, still_cb, self);
}

void
tn_window_stop_kiosk (TnWindow *self)
{
  g_return_if_fail (TN_IS_WINDOW (self));

  g_clear_handle_id (&self->kiosk_rotate_id, g_source_remove);
  g_clear_handle_id (&self->kiosk_still_id, g_source_remove);
  if (!self->kiosk_active)
    return;
  show_pointer (self, TRUE);
  set_kiosk (self, FALSE);
  tn_canvas_set_editing (tn_window_get_canvas (self), self->kiosk_editing);
}

static gboolean
key_pressed_cb (TnWindow *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (!self->kiosk_active || !tn_kiosk_unlocks (&self->kiosk, keyval, state))
    return FALSE;
  tn_window_stop_kiosk (self);
  return TRUE;
}

static void
start_cb (TnWindow *self, TnKioskDialog *dialog)
{
  TnKiosk kiosk = tn_kiosk_dialog_get (dialog);

  tn_kiosk_save (&kiosk, self->settings);
  tn_window_start_kiosk (self);
}

static void
kiosk_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;
  TnKiosk kiosk = tn_kiosk_load (self->settings);
  TnKioskDialog *dialog = tn_kiosk_dialog_new (GTK_WINDOW (self), &kiosk);

  g_signal_connect_object (dialog, "start", G_CALLBACK (start_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static const TnActionEntry entries[] = {
  { "canvas.kiosk", N_("Kiosk"), N_("Canvases"),
    N_("Shows the canvases on the whole screen, one after the other, with nothing to arrange."), "F11", NULL,
    kiosk_cb },
};

void
tn_window_add_kiosk (TnWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  tn_window_add_table (self, entries, G_N_ELEMENTS (entries));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}
