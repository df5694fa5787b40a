/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-window-private.h"

#include <glib/gi18n-lib.h>

#include "tn-clock.h"
#include "tn-settings.h"

/* libadwaita 1.2 crashes where a toast is dismissed while it still comes in, as keys that repeat make it. */
#define SETTLE_US (400 * 1000)
#define TOAST_GAP 12 /* pixels between a toast and what is below it */

static gboolean
has_settled (gint64 shown_us)
{
  return tn_clock_monotonic_us () - shown_us > SETTLE_US;
}

static void
undo_gone_cb (TnWindow *self)
{
  self->undo_toast = NULL;
  g_clear_handle_id (&self->undo_retire_id, g_source_remove);
}

static void
plain_gone_cb (TnWindow *self)
{
  self->plain_toast = NULL;
}

/* One at a time: what was said before is old news, and a key held down must not fill minutes with it. */
void
tn_window_toast (TnWindow *self, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  if (self->plain_toast != NULL && !has_settled (self->plain_shown_us))
    {
      adw_toast_set_title (self->plain_toast, markup);
      return;
    }
  if (self->plain_toast != NULL)
    adw_toast_dismiss (self->plain_toast);
  self->plain_toast = adw_toast_new (markup);
  self->plain_shown_us = tn_clock_monotonic_us ();
  g_signal_connect_object (self->plain_toast, "dismissed", G_CALLBACK (plain_gone_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, self->plain_toast);
}

static gboolean
retire_cb (gpointer user_data)
{
  TnWindow *self = user_data;

  self->undo_retire_id = 0;
  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);
  return G_SOURCE_REMOVE;
}

/* An older offer to undo is about something else than Undo would take back now. */
void
tn_window_dismiss_undo (TnWindow *self)
{
  if (self->undo_toast == NULL || self->undo_retire_id != 0)
    return;
  if (has_settled (self->undo_shown_us))
    adw_toast_dismiss (self->undo_toast);
  else
    self->undo_retire_id = g_timeout_add (SETTLE_US / 1000, retire_cb, self);
}

/* What they say belongs to what was before. */
void
tn_window_dismiss_toasts (TnWindow *self)
{
  tn_window_dismiss_undo (self);
  if (self->plain_toast != NULL && has_settled (self->plain_shown_us))
    adw_toast_dismiss (self->plain_toast);
}

static void
fill_undo (AdwToast *toast, const char *markup, const char *action, GVariant *target)
{
  adw_toast_set_title (toast, markup);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, action);
  adw_toast_set_action_target_value (toast, target);
}

static void
toast_undo (TnWindow *self, const char *text, const char *action, GVariant *target)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  if (self->undo_toast != NULL && !has_settled (self->undo_shown_us))
    {
      g_clear_handle_id (&self->undo_retire_id, g_source_remove);
      fill_undo (self->undo_toast, markup, action, target);
      return;
    }
  tn_window_dismiss_undo (self);
  self->undo_toast = adw_toast_new ("");
  self->undo_shown_us = tn_clock_monotonic_us ();
  fill_undo (self->undo_toast, markup, action, target);
  g_signal_connect_object (self->undo_toast, "dismissed", G_CALLBACK (undo_gone_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, self->undo_toast);
}

void
tn_window_toast_undo (TnWindow *self, const char *text)
{
  toast_undo (self, text, "win.history.undo", NULL);
}

/* @back: the moment that Undo goes to */
void
tn_window_toast_travel (TnWindow *self, const char *text, gint64 back)
{
  toast_undo (self, text, "win.history.go-to", g_variant_new_int64 (back));
}

void
tn_window_show_notice (TnWindow *self, const char *text)
{
  gtk_label_set_text (self->notice, text);
  gtk_revealer_set_reveal_child (self->notice_revealer, *text != '\0');
}

static void
dismiss_notice_cb (TnWindow *self)
{
  gtk_revealer_set_reveal_child (self->notice_revealer, FALSE);
}

/* How high what is in @revealer is in this window, in pixels; its own margins are part of it. */
static int
measure_revealed (TnWindow *self, GtkRevealer *revealer)
{
  GtkWidget *child = gtk_revealer_get_child (revealer);
  int width, height;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  width = MIN (width, gtk_widget_get_width (GTK_WIDGET (self->pages)));
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width > 0 ? width : -1, NULL, &height, NULL, NULL);
  return height;
}

/* Only a style can say where a toast is. */
static void
raise_toasts (TnWindow *self, int height)
{
  g_autofree char *style = g_strdup_printf (".raised toast { margin-bottom: %dpx; }", height + TOAST_GAP);

  if (height > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->toasts), "raised");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->toasts), "raised");
  gtk_css_provider_load_from_data (self->toast_style, style, -1);
}

/* One thing at a time has the lower edge; toasts rise above it. */
void
tn_window_update_bottom (TnWindow *self)
{
  gboolean bar = gtk_revealer_get_reveal_child (self->selection_revealer);

  gtk_revealer_set_reveal_child (self->hint_revealer, self->hinting && !bar);
  if (bar)
    raise_toasts (self, measure_revealed (self, self->selection_revealer));
  else
    raise_toasts (self, self->hinting ? measure_revealed (self, self->hint_revealer) : 0);
}

void
tn_window_show_hint (TnWindow *self)
{
  self->hinting = self->settings == NULL || !g_settings_get_boolean (self->settings, TN_SETTINGS_HINT_DISMISSED);
  tn_window_update_bottom (self);
}

void
tn_window_dismiss_hint (TnWindow *self)
{
  if (!self->hinting)
    return;
  self->hinting = FALSE;
  tn_window_update_bottom (self);
  if (self->settings != NULL)
    g_settings_set_boolean (self->settings, TN_SETTINGS_HINT_DISMISSED, TRUE);
}

/* What fades out must not take the pointer from the tiles under it. */
static void
revealed_cb (GtkRevealer *revealer)
{
  gtk_widget_set_visible (GTK_WIDGET (revealer),
                          gtk_revealer_get_reveal_child (revealer) || gtk_revealer_get_child_revealed (revealer));
}

void
tn_window_hide_with (GtkRevealer *revealer)
{
  g_signal_connect (revealer, "notify::reveal-child", G_CALLBACK (revealed_cb), NULL);
  g_signal_connect (revealer, "notify::child-revealed", G_CALLBACK (revealed_cb), NULL);
  revealed_cb (revealer);
}

void
tn_window_connect_messages (TnWindow *self)
{
  self->toast_style = gtk_css_provider_new ();
  gtk_style_context_add_provider_for_display (gtk_widget_get_display (GTK_WIDGET (self)),
                                              GTK_STYLE_PROVIDER (self->toast_style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_signal_connect_object (self->notice_close, "clicked", G_CALLBACK (dismiss_notice_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->hint_close, "clicked", G_CALLBACK (tn_window_dismiss_hint), self, G_CONNECT_SWAPPED);
  tn_window_hide_with (self->hint_revealer);
  tn_window_hide_with (self->selection_revealer);
}
