/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-selection-bar.h"

#include <glib/gi18n-lib.h>

struct _TnSelectionBar
{
  GtkWidget parent;

  /* template */
  GtkLabel *count;
  GtkWidget *arrange;
  GtkButton *lock;
  GtkMenuButton *send;
};

G_DEFINE_FINAL_TYPE (TnSelectionBar, tn_selection_bar, GTK_TYPE_WIDGET)

static void
tn_selection_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (tn_selection_bar_parent_class)->dispose (object);
}

static void
tn_selection_bar_class_init (TnSelectionBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tn_selection_bar_dispose;

  gtk_widget_class_set_css_name (widget_class, "selection-bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TOOLBAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/tn-selection-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, TnSelectionBar, count);
  gtk_widget_class_bind_template_child (widget_class, TnSelectionBar, arrange);
  gtk_widget_class_bind_template_child (widget_class, TnSelectionBar, lock);
  gtk_widget_class_bind_template_child (widget_class, TnSelectionBar, send);
}

static void
tn_selection_bar_init (TnSelectionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Selected widgets"), -1);
  /* They are about sides of the screen, not about the order of reading. */
  gtk_widget_set_direction (self->arrange, GTK_TEXT_DIR_LTR);
}

void
tn_selection_bar_set_targets (TnSelectionBar *self, GMenuModel *targets)
{
  g_return_if_fail (TN_IS_SELECTION_BAR (self));

  gtk_menu_button_set_menu_model (self->send, targets);
}

void
tn_selection_bar_set_selected (TnSelectionBar *self, guint n_selected, gboolean locked)
{
  const char *words = locked ? _("Unlock") : _("Lock");
  g_autofree char *count = NULL;

  g_return_if_fail (TN_IS_SELECTION_BAR (self));

  count = g_strdup_printf (ngettext ("%u selected", "%u selected", n_selected), n_selected);
  gtk_label_set_text (self->count, count);
  gtk_button_set_icon_name (self->lock, locked ? "changes-allow-symbolic" : "changes-prevent-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->lock), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->lock), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* In a narrow window what arranges comes into a row of its own below. */
void
tn_selection_bar_set_narrow (TnSelectionBar *self, gboolean narrow)
{
  GtkLayoutManager *layout;
  GtkGridLayoutChild *arrange;

  g_return_if_fail (TN_IS_SELECTION_BAR (self));

  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  arrange = GTK_GRID_LAYOUT_CHILD (gtk_layout_manager_get_layout_child (layout, self->arrange));
  gtk_grid_layout_child_set_column (arrange, narrow ? 0 : 1);
  gtk_grid_layout_child_set_column_span (arrange, narrow ? 3 : 1);
  gtk_grid_layout_child_set_row (arrange, narrow ? 1 : 0);
}
