/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-history-row.h"

#include <glib/gi18n-lib.h>

#include "tn-ellipsis.h"
#include "tn-history-words.h"

struct _TnHistoryRow
{
  GtkListBoxRow parent;

  TnHistoryRecord *record;
};

G_DEFINE_FINAL_TYPE (TnHistoryRow, tn_history_row, GTK_TYPE_LIST_BOX_ROW)

static guint name_signal;

static void
tn_history_row_finalize (GObject *object)
{
  tn_history_record_free (TN_HISTORY_ROW (object)->record);

  G_OBJECT_CLASS (tn_history_row_parent_class)->finalize (object);
}

static void
tn_history_row_class_init (TnHistoryRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tn_history_row_finalize;

  name_signal = g_signal_new ("name", TN_TYPE_HISTORY_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tn_history_row_init (TnHistoryRow *self)
{
}

static GtkWidget *
new_label (const char *text, const char *css_class, int max_lines)
{
  GtkWidget *label = gtk_label_new (text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  /* Where a long name is broken, a hyphen would be taken for a part of it. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), max_lines > 1);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), max_lines);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  tn_ellipsis_explain (GTK_LABEL (label));
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
name_cb (TnHistoryRow *self)
{
  g_signal_emit (self, name_signal, 0);
}

static GtkWidget *
new_name_button (TnHistoryRow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-edit-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "history-name");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Name this moment"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name this moment"), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (name_cb), self, G_CONNECT_SWAPPED);
  return button;
}

GtkWidget *
tn_history_row_new (TnHistoryRecord *record, const char *canvas)
{
  TnHistoryRow *self = g_object_new (TN_TYPE_HISTORY_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *words = tn_history_words (record->kind, record->subject);
  g_autofree char *time = tn_history_time (record->time_us);
  g_autofree char *where = canvas != NULL ? g_strdup_printf ("%s · %s", time, canvas) : g_strdup (time);
  g_autofree char *label = g_strdup_printf ("%s%s%s, %s", record->name != NULL ? record->name : "",
                                            record->name != NULL ? ", " : "", words, where);

  self->record = record;
  gtk_widget_set_hexpand (lines, TRUE);
  if (record->name != NULL)
    gtk_box_append (GTK_BOX (lines), new_label (record->name, "heading", 2));
  gtk_box_append (GTK_BOX (lines), new_label (words, NULL, 2));
  gtk_box_append (GTK_BOX (lines), new_label (where, "caption", 1));
  gtk_widget_add_css_class (gtk_widget_get_last_child (lines), "dim-label");
  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), new_name_button (self));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  if (record->undone)
    gtk_widget_add_css_class (GTK_WIDGET (self), "undone");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_WIDGET (self);
}

const TnHistoryRecord *
tn_history_row_get_record (TnHistoryRow *self)
{
  g_return_val_if_fail (TN_IS_HISTORY_ROW (self), NULL);

  return self->record;
}

static GtkWidget *
new_now (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), new_label (_("Now"), "caption-heading", 1));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      gtk_widget_set_hexpand (child, GTK_IS_SEPARATOR (child));
      gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
    }
  gtk_widget_add_css_class (box, "history-now");
  return box;
}

void
tn_history_row_update_header (TnHistoryRow *self, TnHistoryRow *before)
{
  gint64 now = g_get_real_time ();
  g_autofree char *day = tn_history_day (self->record->time_us, now);
  g_autofree char *last = before != NULL ? tn_history_day (before->record->time_us, now) : NULL;
  gboolean is_now = before != NULL && before->record->undone && !self->record->undone;
  GtkWidget *box = NULL;

  if (g_strcmp0 (day, last) != 0 || is_now)
    box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  if (is_now)
    gtk_box_append (GTK_BOX (box), new_now ());
  if (g_strcmp0 (day, last) != 0)
    {
      gtk_box_append (GTK_BOX (box), new_label (day, "caption-heading", 1));
      gtk_widget_add_css_class (gtk_widget_get_last_child (box), "history-day");
    }
  gtk_list_box_row_set_header (GTK_LIST_BOX_ROW (self), box);
}
