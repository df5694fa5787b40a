/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-log-row.h"

#include <glib/gi18n-lib.h>

#include "tn-log-words.h"

#define MAX_CHARACTERS 300 /* a row has no room for more, and long lines take long to lay out */

typedef struct
{
  GtkWidget *icon, *text, *level, *caption; /* borrowed */
  const char *style;                        /* nullable */
} Row;

char *
tn_log_time (gint64 time_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  /* Translators: a time as strftime writes it, to the second */
  return local != NULL ? g_date_time_format (local, _("%H:%M:%S")) : g_strdup ("");
}

static GtkWidget *
new_label (const char *css_class, GtkBox *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);
  return label;
}

/* icon | text over “level · time · who · place” */
static void
setup_cb (GtkListItemFactory *factory, GtkListItem *list_item)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  GtkBox *lines = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  GtkBox *second = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  Row *row = g_new0 (Row, 1);

  row->icon = gtk_image_new ();
  gtk_box_append (box, row->icon);
  gtk_box_append (box, GTK_WIDGET (lines));
  gtk_widget_set_hexpand (GTK_WIDGET (lines), TRUE);
  row->text = new_label ("log-text", lines);
  gtk_label_set_ellipsize (GTK_LABEL (row->text), PANGO_ELLIPSIZE_END);
  gtk_box_append (lines, GTK_WIDGET (second));
  row->level = new_label ("caption-heading", second);
  row->caption = new_label ("caption", second);
  gtk_widget_add_css_class (row->caption, "dim-label");
  gtk_widget_set_hexpand (row->caption, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (row->caption), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (box), "log-row");
  g_object_set_data_full (G_OBJECT (list_item), "row", row, g_free);
  gtk_list_item_set_child (list_item, GTK_WIDGET (box));
}

static char *
make_caption (const TnLogRecord *record, const char *who)
{
  g_autofree char *time = tn_log_time (record->time_us), *place = tn_log_place (record);
  GString *caption = g_string_new (time);

  if (record->count > 1)
    g_string_append_printf (caption, " · ×%u", record->count);
  if (who != NULL)
    g_string_append_printf (caption, " · %s", who);
  if (*place != '\0')
    g_string_append_printf (caption, " · %s", place);
  return g_string_free (caption, FALSE);
}

static void
set_style (Row *row, const char *style)
{
  GtkWidget *const coloured[] = { row->icon, row->level };

  for (gsize i = 0; i < G_N_ELEMENTS (coloured); i++)
    {
      if (row->style != NULL)
        gtk_widget_remove_css_class (coloured[i], row->style);
      if (style != NULL)
        gtk_widget_add_css_class (coloured[i], style);
    }
  row->style = style;
}

static char *
shorten (const char *text)
{
  g_autofree char *cut = g_utf8_strlen (text, -1) > MAX_CHARACTERS ? g_utf8_substring (text, 0, MAX_CHARACTERS) : NULL;

  return cut != NULL ? g_strconcat (cut, "…", NULL) : g_strdup (text);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *list_item, gpointer owner)
{
  const TnLogRecord *record = tn_log_entry_get (gtk_list_item_get_item (list_item));
  const TnLogLook *look = tn_log_look (record->level);
  TnLogWho who = g_object_get_data (G_OBJECT (factory), "who");
  Row *row = g_object_get_data (G_OBJECT (list_item), "row");
  g_autofree char *text = shorten (record->text), *caption = make_caption (record, who (record, owner));

  gtk_image_set_from_icon_name (GTK_IMAGE (row->icon), look->icon);
  gtk_label_set_text (GTK_LABEL (row->text), text);
  gtk_label_set_text (GTK_LABEL (row->level), _(look->title));
  gtk_label_set_text (GTK_LABEL (row->caption), caption);
  set_style (row, look->style);
}

GtkListItemFactory *
tn_log_row_factory (TnLogWho who, gpointer owner)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_object_set_data (G_OBJECT (factory), "who", who);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), owner, 0);
  return factory;
}
