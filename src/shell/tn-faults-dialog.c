/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-faults-dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "tn-fault.h"

#define WIDTH 520

#define TN_TYPE_FAULTS_DIALOG (tn_faults_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TnFaultsDialog, tn_faults_dialog, TN, FAULTS_DIALOG, AdwWindow)

struct _TnFaultsDialog
{
  AdwWindow parent;

  /* template */
  GtkWidget *copy;
  GtkLabel *text;
  GtkListBox *list;

  char *lines;
};

G_DEFINE_FINAL_TYPE (TnFaultsDialog, tn_faults_dialog, ADW_TYPE_WINDOW)

static const char *
place_of (const TnFault *fault)
{
  return *fault->pointer != '\0' ? fault->pointer : _("The whole file");
}

static void
copy_cb (TnFaultsDialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->lines);
}

static GtkWidget *
new_label (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  /* Tab goes from line to line by the rows. */
  gtk_widget_set_focusable (label, FALSE);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

static void
add_fault (TnFaultsDialog *self, const TnFault *fault)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *place = new_label (place_of (fault), "caption");
  g_autofree char *name = g_strdup_printf ("%s: %s", place_of (fault), fault->message);

  gtk_widget_add_css_class (box, "fault");
  gtk_widget_add_css_class (place, "dim-label");
  /* A path is written from left to right in every language. */
  gtk_label_set_xalign (GTK_LABEL (place), gtk_widget_get_direction (box) == GTK_TEXT_DIR_RTL ? 1 : 0);
  gtk_widget_set_direction (place, GTK_TEXT_DIR_LTR);
  gtk_box_append (GTK_BOX (box), new_label (fault->message, NULL));
  gtk_box_append (GTK_BOX (box), place);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (self->list, row);
}

static void
tn_faults_dialog_finalize (GObject *object)
{
  g_free (TN_FAULTS_DIALOG (object)->lines);

  G_OBJECT_CLASS (tn_faults_dialog_parent_class)->finalize (object);
}

static void
tn_faults_dialog_class_init (TnFaultsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tn_faults_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/tn-faults-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TnFaultsDialog, copy);
  gtk_widget_class_bind_template_child (widget_class, TnFaultsDialog, text);
  gtk_widget_class_bind_template_child (widget_class, TnFaultsDialog, list);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tn_faults_dialog_init (TnFaultsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->copy, "clicked", G_CALLBACK (copy_cb), self, G_CONNECT_SWAPPED);
}

void
tn_faults_dialog_show (GtkWindow *parent, const char *title, const char *text, GPtrArray *faults)
{
  TnFaultsDialog *self;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (faults != NULL && faults->len > 0);

  self = g_object_new (TN_TYPE_FAULTS_DIALOG, "transient-for", parent, "title", title, NULL);
  /* No wider than what it is about. */
  gtk_window_set_default_size (GTK_WINDOW (self), MIN (WIDTH, gtk_widget_get_width (GTK_WIDGET (parent))), -1);
  gtk_label_set_text (self->text, text);
  for (guint i = 0; i < faults->len; i++)
    add_fault (self, g_ptr_array_index (faults, i));
  self->lines = tn_faults_dialog_lines (faults);
  gtk_window_present (GTK_WINDOW (self));
}

char *
tn_faults_dialog_lines (GPtrArray *faults)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  g_return_val_if_fail (faults != NULL, NULL);

  for (guint i = 0; i < faults->len; i++)
    {
      const TnFault *fault = g_ptr_array_index (faults, i);

      g_string_append_printf (lines, "%s: %s\n", place_of (fault), fault->message);
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}
