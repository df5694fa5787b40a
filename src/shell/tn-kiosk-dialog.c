/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-kiosk-dialog.h"

#include <glib/gi18n-lib.h>

struct _TnKioskDialog
{
  AdwWindow parent;

  /* template */
  GtkSpinButton *seconds;
  GtkToggleButton *key;
  GtkWidget *start;

  TnKiosk kiosk;
  gboolean pressed; /* the key goes down here: its coming up is not another press */
};

G_DEFINE_FINAL_TYPE (TnKioskDialog, tn_kiosk_dialog, ADW_TYPE_WINDOW)

static void
show_key (TnKioskDialog *self)
{
  g_autofree char *label = tn_kiosk_get_key_label (&self->kiosk);
  gboolean listening = gtk_toggle_button_get_active (self->key);

  gtk_button_set_label (GTK_BUTTON (self->key), listening ? _("Press a Key…") : label);
}

/* While a key is asked for, every key is the answer; the bell says of one that it won't do. */
static gboolean
key_pressed_cb (TnKioskDialog *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (!gtk_toggle_button_get_active (self->key))
    return FALSE;
  if (!tn_kiosk_set_key (&self->kiosk, keyval, state))
    {
      gtk_widget_error_bell (GTK_WIDGET (self->key));
      return TRUE;
    }
  self->pressed = TRUE;
  gtk_toggle_button_set_active (self->key, FALSE);
  return TRUE;
}

static gboolean
key_released_cb (TnKioskDialog *self)
{
  gboolean swallow = self->pressed;

  self->pressed = FALSE;
  return swallow;
}

static void
start_cb (TnKioskDialog *self)
{
  gtk_spin_button_update (self->seconds);
  g_signal_emit_by_name (self, "start");
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
tn_kiosk_dialog_class_init (TnKioskDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_signal_new ("start", TN_TYPE_KIOSK_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/tn-kiosk-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TnKioskDialog, seconds);
  gtk_widget_class_bind_template_child (widget_class, TnKioskDialog, key);
  gtk_widget_class_bind_template_child (widget_class, TnKioskDialog, start);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tn_kiosk_dialog_init (TnKioskDialog *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-released", G_CALLBACK (key_released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_spin_button_set_range (self->seconds, 0, TN_KIOSK_MAX_SECONDS);
  g_signal_connect_object (self->key, "toggled", G_CALLBACK (show_key), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->start, "clicked", G_CALLBACK (start_cb), self, G_CONNECT_SWAPPED);
}

TnKioskDialog *
tn_kiosk_dialog_new (GtkWindow *parent, const TnKiosk *kiosk)
{
  TnKioskDialog *self = g_object_new (TN_TYPE_KIOSK_DIALOG, "transient-for", parent, NULL);

  g_return_val_if_fail (kiosk != NULL, self);

  self->kiosk = *kiosk;
  gtk_spin_button_set_value (self->seconds, kiosk->seconds);
  show_key (self);
  gtk_widget_grab_focus (self->start);
  return self;
}

TnKiosk
tn_kiosk_dialog_get (TnKioskDialog *self)
{
  TnKiosk kiosk = { 0 };

  g_return_val_if_fail (TN_IS_KIOSK_DIALOG (self), kiosk);

  kiosk = self->kiosk;
  kiosk.seconds = gtk_spin_button_get_value_as_int (self->seconds);
  return kiosk;
}
