/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-name-dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define WIDTH 360

typedef struct
{
  GtkWindow *window; /* borrowed: owns this */
  GtkEditable *entry;
  GtkWidget *accept;
  gboolean optional;
  TnNameDialogDone done;
  gpointer user_data;
  GDestroyNotify destroy;
} Dialog;

static void
dialog_free (Dialog *dialog)
{
  if (dialog->destroy != NULL)
    dialog->destroy (dialog->user_data);
  g_free (dialog);
}

static void
changed_cb (Dialog *dialog)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (dialog->entry)));

  gtk_widget_set_sensitive (dialog->accept, dialog->optional || *name != '\0');
}

static void
accept_cb (Dialog *dialog)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (dialog->entry)));

  if (!gtk_widget_get_sensitive (dialog->accept))
    return;
  dialog->done (name, dialog->user_data);
  gtk_window_destroy (dialog->window);
}

static GtkWidget *
build_header (Dialog *dialog)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  dialog->accept = gtk_button_new_with_mnemonic (_("_Rename"));
  gtk_widget_add_css_class (dialog->accept, "suggested-action");
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), dialog->accept);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_destroy), dialog->window);
  g_signal_connect_swapped (dialog->accept, "clicked", G_CALLBACK (accept_cb), dialog);
  return header;
}

static GtkWidget *
build_entry (Dialog *dialog, const char *label, const char *name)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_entry_row_new ();

  dialog->entry = GTK_EDITABLE (row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_widget_set_margin_top (group, 12);
  gtk_widget_set_margin_bottom (group, 24);
  gtk_widget_set_margin_start (group, 12);
  gtk_widget_set_margin_end (group, 12);
  gtk_editable_set_text (dialog->entry, name);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (changed_cb), dialog);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (accept_cb), dialog);
  return group;
}

static void
close_on_escape (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
}

void
tn_name_dialog_show (GtkWindow *parent, const char *title, const char *label, const char *name, gboolean optional,
                     TnNameDialogDone done, gpointer user_data, GDestroyNotify destroy)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Dialog *dialog = g_new0 (Dialog, 1);

  *dialog = (Dialog){ GTK_WINDOW (window), NULL, NULL, optional, done, user_data, destroy };
  g_object_set_data_full (G_OBJECT (window), "dialog", dialog, (GDestroyNotify) dialog_free);
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_resizable (GTK_WINDOW (window), FALSE);
  close_on_escape (window);
  gtk_widget_set_size_request (box, WIDTH, -1);
  gtk_box_append (GTK_BOX (box), build_header (dialog));
  gtk_box_append (GTK_BOX (box), build_entry (dialog, label, name));
  adw_window_set_content (ADW_WINDOW (window), box);
  changed_cb (dialog);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (GTK_WIDGET (dialog->entry));
  gtk_editable_select_region (dialog->entry, 0, -1);
}
