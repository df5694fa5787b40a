/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-tile-usage.h"

#include <glib/gi18n-lib.h>

#include "tn-graph.h"

#define GRAPH_WIDTH 72
#define GRAPH_HEIGHT 24

static const struct
{
  TnUsageKind kind;
  double least;
  const char *name, *style;
} rows[] = {
  { TN_USAGE_MEMORY, 64 * 1024, N_("Memory"), "memory" },
  { TN_USAGE_CPU, 20, N_("Processor"), "processor" },
};

struct _TnTileUsage
{
  GtkWidget parent;

  GtkLabel *values[G_N_ELEMENTS (rows)];
  TnGraph *graphs[G_N_ELEMENTS (rows)];
  TnInstance *instance; /* owned */
  guint source;
};

G_DEFINE_FINAL_TYPE (TnTileUsage, tn_tile_usage, GTK_TYPE_WIDGET)

static gboolean
update_cb (gpointer user_data)
{
  TnTileUsage *self = user_data;
  TnHistory *history = tn_instance_get_history (self->instance);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TnUsage now = tn_history_sum (history, TN_SPAN_SECOND, 3);
      g_autofree char *value = tn_graph_format (rows[i].kind, tn_usage_get (&now, rows[i].kind));

      gtk_label_set_text (self->values[i], value);
      tn_graph_show (self->graphs[i], history, TN_SPAN_SECOND, rows[i].kind, rows[i].least, _(rows[i].name));
    }
  return G_SOURCE_CONTINUE;
}

static void
tn_tile_usage_map (GtkWidget *widget)
{
  TnTileUsage *self = TN_TILE_USAGE (widget);

  GTK_WIDGET_CLASS (tn_tile_usage_parent_class)->map (widget);
  update_cb (self);
  self->source = g_timeout_add_seconds (1, update_cb, self);
}

static void
tn_tile_usage_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&TN_TILE_USAGE (widget)->source, g_source_remove);
  GTK_WIDGET_CLASS (tn_tile_usage_parent_class)->unmap (widget);
}

static void
tn_tile_usage_dispose (GObject *object)
{
  TnTileUsage *self = TN_TILE_USAGE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->instance);

  G_OBJECT_CLASS (tn_tile_usage_parent_class)->dispose (object);
}

static void
tn_tile_usage_class_init (TnTileUsageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tn_tile_usage_dispose;
  widget_class->map = tn_tile_usage_map;
  widget_class->unmap = tn_tile_usage_unmap;
  gtk_widget_class_set_css_name (widget_class, "tile-usage");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_GRID_LAYOUT);
}

static void
put (TnTileUsage *self, GtkWidget *child, int column, int row)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_widget_set_parent (child, GTK_WIDGET (self));
  g_object_set (gtk_layout_manager_get_layout_child (layout, child), "column", column, "row", row, NULL);
}

static GtkWidget *
new_label (const char *text, float align, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), align);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
tn_tile_usage_init (TnTileUsage *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  g_object_set (layout, "column-spacing", 12, "row-spacing", 6, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      self->values[i] = GTK_LABEL (new_label ("", 1, "numeric"));
      gtk_label_set_width_chars (self->values[i], 8);
      self->graphs[i] = TN_GRAPH (tn_graph_new ());
      gtk_widget_set_size_request (GTK_WIDGET (self->graphs[i]), GRAPH_WIDTH, GRAPH_HEIGHT);
      gtk_widget_set_hexpand (GTK_WIDGET (self->graphs[i]), TRUE);
      gtk_widget_add_css_class (GTK_WIDGET (self->graphs[i]), rows[i].style);
      put (self, new_label (_(rows[i].name), 0, "dim-label"), 0, i);
      put (self, GTK_WIDGET (self->graphs[i]), 1, i);
      put (self, GTK_WIDGET (self->values[i]), 2, i);
    }
}

GtkWidget *
tn_tile_usage_new (TnInstance *instance)
{
  TnTileUsage *self = g_object_new (TN_TYPE_TILE_USAGE, NULL);

  g_return_val_if_fail (TN_IS_INSTANCE (instance), GTK_WIDGET (self));

  self->instance = g_object_ref (instance);
  return GTK_WIDGET (self);
}
