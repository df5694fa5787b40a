/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-audit-row.h"

#include <glib/gi18n-lib.h>

#include "tn-audit-kinds.h"
#include "tn-clock.h"
#include "tn-history-words.h"

const char *
tn_audit_app_name (TnCatalogue *catalogue, const char *app_key)
{
  TnApp *app = app_key != NULL ? tn_catalogue_find_any (catalogue, app_key) : NULL;

  return app != NULL ? tn_app_get_name (app) : app_key;
}

static GtkWidget *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* icon | title over caption */
static void
setup_cb (GtkListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *caption = new_label ("caption");

  gtk_widget_add_css_class (caption, "dim-label");
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (lines), new_label (NULL));
  gtk_box_append (GTK_BOX (lines), caption);
  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_box_append (GTK_BOX (box), lines);
  gtk_widget_add_css_class (box, "audit-row");
  gtk_list_item_set_child (list_item, box);
}

static char *
make_caption (const TnAuditRecord *record, TnCatalogue *catalogue)
{
  g_autofree char *day = tn_history_day (record->time_us, g_get_real_time ());
  g_autofree char *time = tn_history_time (record->time_us);
  const char *app = tn_audit_app_name (catalogue, record->app_key);
  GString *caption = g_string_new (NULL);

  g_string_append_printf (caption, "%s %s", day, time);
  if (app != NULL)
    g_string_append_printf (caption, " · %s", app);
  if (record->outcome != NULL)
    g_string_append_printf (caption, " · %s", record->outcome);
  return g_string_free (caption, FALSE);
}

static void
fill (GtkListItem *list_item)
{
  TnAuditItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *icon = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_next_sibling (icon));
  TnCatalogue *catalogue = g_object_get_data (G_OBJECT (list_item), "catalogue");
  const TnAuditRecord *record = item != NULL ? tn_audit_item_get_record (item) : NULL;
  g_autofree char *words = record != NULL ? tn_audit_describe (record) : NULL;
  g_autofree char *caption = record != NULL ? make_caption (record, catalogue) : NULL;

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), record != NULL ? tn_audit_group_of (record->kind)->icon : NULL);
  gtk_label_set_text (GTK_LABEL (title), words != NULL ? words : "");
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (title)), caption != NULL ? caption : "");
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *list_item, TnCatalogue *catalogue)
{
  g_object_set_data (G_OBJECT (list_item), "catalogue", catalogue);
  g_signal_connect_object (gtk_list_item_get_item (list_item), "filled", G_CALLBACK (fill), list_item,
                           G_CONNECT_SWAPPED);
  fill (list_item);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *list_item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), fill, list_item);
}

GtkListItemFactory *
tn_audit_row_factory (TnCatalogue *catalogue)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), catalogue, 0);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return factory;
}

static void
add_detail (GtkGrid *grid, int *row, const char *name, const char *value)
{
  GtkWidget *heading = gtk_label_new (name), *text;

  if (value == NULL || *value == '\0')
    return;
  text = gtk_label_new (value);
  gtk_label_set_xalign (GTK_LABEL (heading), 1);
  gtk_label_set_yalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_grid_attach (grid, heading, 0, *row, 1, 1);
  gtk_grid_attach (grid, text, 1, *row, 1, 1);
  (*row)++;
}

void
tn_audit_show_details (GtkGrid *grid, const TnAuditRecord *record, TnCatalogue *catalogue)
{
  g_autofree char *number = NULL, *count = NULL, *time = NULL;
  GtkWidget *child;
  int row = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
  if (record == NULL)
    return;
  number = g_strdup_printf ("%" G_GINT64_FORMAT, record->seq);
  count = record->count > 1 ? g_strdup_printf ("%" G_GINT64_FORMAT, record->count) : NULL;
  time = tn_clock_format (record->time_us);
  add_detail (grid, &row, _("What"), tn_audit_kind_title (record->kind));
  add_detail (grid, &row, _("Subject"), record->subject);
  add_detail (grid, &row, _("Outcome"), record->outcome);
  add_detail (grid, &row, _("Details"), record->salt != NULL ? record->detail : _("Taken out when the app was erased"));
  add_detail (grid, &row, _("How often"), count);
  add_detail (grid, &row, _("App"), tn_audit_app_name (catalogue, record->app_key));
  add_detail (grid, &row, _("Widget"), record->tile_id);
  add_detail (grid, &row, _("Time"), time);
  add_detail (grid, &row, _("Number"), number);
  add_detail (grid, &row, _("Hash"), record->hash);
}
