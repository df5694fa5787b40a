/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-resources-window.h"

#include <glib/gi18n-lib.h>

#include "tn-graph.h"
#include "tn-limits-dialog.h"
#include "tn-resource.h"
#include "tn-resource-columns.h"

#define GRAPH_HEIGHT 56

static const struct
{
  TnUsageKind kind;
  double least;
  const char *name, *style;
} totals[] = {
  { TN_USAGE_MEMORY, 256 * 1024, N_("Memory"), "memory" },
  { TN_USAGE_CPU, 50, N_("Processor"), "processor" },
};

struct _TnResourcesWindow
{
  AdwWindow parent;

  /* template */
  GtkDropDown *span;
  GtkBox *totals;
  GtkStack *stack;
  GtkColumnView *view;

  GtkEventControllerMotion *pointer; /* borrowed, like the next two */
  GtkLabel *values[G_N_ELEMENTS (totals)];
  TnGraph *graphs[G_N_ELEMENTS (totals)];

  /* owned */
  TnPages *pages;
  TnRuntime *runtime;
  GSettings *settings; /* nullable */
  GListStore *resources;
  TnResourceColumns *columns;
  guint source;
};

G_DEFINE_FINAL_TYPE (TnResourcesWindow, tn_resources_window, ADW_TYPE_WINDOW)

static TnSpan
get_span (TnResourcesWindow *self)
{
  return MIN (gtk_drop_down_get_selected (self->span), TN_N_SPANS - 1);
}

static void
update_totals (TnResourcesWindow *self)
{
  TnHistory *history = tn_runtime_get_history (self->runtime);
  TnUsage now = tn_history_sum (history, TN_SPAN_SECOND, 3);

  for (guint i = 0; i < G_N_ELEMENTS (totals); i++)
    {
      g_autofree char *value = tn_graph_format (totals[i].kind, tn_usage_get (&now, totals[i].kind));

      gtk_label_set_text (self->values[i], value);
      tn_graph_show (self->graphs[i], history, get_span (self), totals[i].kind, totals[i].least, _(totals[i].name));
    }
}

/* (transfer container): of all tiles that ever ran here */
static GPtrArray *
list_tiles (TnResourcesWindow *self)
{
  g_autoptr (GPtrArray) canvases = tn_pages_list (self->pages);
  GPtrArray *running = g_ptr_array_new ();

  for (guint i = 0; i < canvases->len; i++)
    {
      g_autoptr (GPtrArray) tiles = tn_canvas_list_tiles (canvases->pdata[i], FALSE);

      for (guint j = 0; j < tiles->len; j++)
        if (tn_tile_get_instance (tiles->pdata[j]) != NULL)
          g_ptr_array_add (running, tiles->pdata[j]);
    }
  return running;
}

static TnTile *
find_tile (GPtrArray *tiles, TnInstance *instance)
{
  for (guint i = 0; i < tiles->len; i++)
    if (tn_tile_get_instance (tiles->pdata[i]) == instance)
      return tiles->pdata[i];
  return NULL;
}

/* Rows stay where their tiles do, so that the one that is chosen stays so. */
static void
update_rows (TnResourcesWindow *self)
{
  g_autoptr (GPtrArray) tiles = list_tiles (self);

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->resources)); i > 0; i--)
    {
      g_autoptr (TnResource) resource = g_list_model_get_item (G_LIST_MODEL (self->resources), i - 1);
      TnTile *tile = find_tile (tiles, tn_resource_get_instance (resource));

      if (tile == NULL)
        g_list_store_remove (self->resources, i - 1);
      else
        tn_resource_update (resource, tn_tile_get_title (tile));
      g_ptr_array_remove (tiles, tile);
    }
  for (guint i = 0; i < tiles->len; i++)
    {
      g_autoptr (TnResource) resource = tn_resource_new (tn_tile_get_instance (tiles->pdata[i]));

      tn_resource_update (resource, tn_tile_get_title (tiles->pdata[i]));
      g_list_store_append (self->resources, resource);
    }
}

static gboolean
update_cb (gpointer user_data)
{
  TnResourcesWindow *self = user_data;

  tn_resource_columns_set_span (self->columns, get_span (self));
  update_totals (self);
  update_rows (self);
  /* What is pointed at stays there: a row that moved away would take the click on its buttons with it. */
  if (!gtk_event_controller_motion_contains_pointer (self->pointer))
    tn_resource_columns_sort (self->columns);
  gtk_stack_set_visible_child_name (
    self->stack, g_list_model_get_n_items (G_LIST_MODEL (self->resources)) > 0 ? "list" : "empty");
  return G_SOURCE_CONTINUE;
}

static void
span_cb (TnResourcesWindow *self)
{
  if (self->runtime != NULL)
    update_cb (self);
}

static TnApp *
find_app (TnResourcesWindow *self, const char *app_key)
{
  g_autoptr (GPtrArray) tiles = list_tiles (self);

  for (guint i = 0; i < tiles->len; i++)
    {
      TnApp *app = tn_instance_get_app (tn_tile_get_instance (tiles->pdata[i]));

      if (app != NULL && tn_app_get_manifest (app) != NULL && g_str_equal (tn_app_get_key (app), app_key))
        return app;
    }
  return NULL;
}

/* Of an app, by its key; "" for those of all together. */
static void
limits_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TnResourcesWindow *self = TN_RESOURCES_WINDOW (widget);

  tn_limits_dialog_show (GTK_WINDOW (self), self->runtime, find_app (self, g_variant_get_string (parameter, NULL)),
                         self->settings);
}

static void
tn_resources_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  tn_resource_columns_set_width (TN_RESOURCES_WINDOW (widget)->columns, width);
  GTK_WIDGET_CLASS (tn_resources_window_parent_class)->size_allocate (widget, width, height, baseline);
}

static void
tn_resources_window_dispose (GObject *object)
{
  TnResourcesWindow *self = TN_RESOURCES_WINDOW (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->pages);
  g_clear_object (&self->runtime);
  g_clear_object (&self->settings);
  g_clear_object (&self->resources);
  g_clear_pointer (&self->columns, tn_resource_columns_free);

  G_OBJECT_CLASS (tn_resources_window_parent_class)->dispose (object);
}

static void
tn_resources_window_class_init (TnResourcesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tn_resources_window_dispose;
  widget_class->size_allocate = tn_resources_window_size_allocate;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/tn-resources-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TnResourcesWindow, span);
  gtk_widget_class_bind_template_child (widget_class, TnResourcesWindow, totals);
  gtk_widget_class_bind_template_child (widget_class, TnResourcesWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, TnResourcesWindow, view);
  gtk_widget_class_install_action (widget_class, "resources.limits", "s", limits_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
add_total (TnResourcesWindow *self, guint i)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (_(totals[i].name));

  self->values[i] = GTK_LABEL (gtk_label_new (""));
  self->graphs[i] = TN_GRAPH (tn_graph_new ());
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (name, "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->values[i]), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->graphs[i]), totals[i].style);
  gtk_widget_set_size_request (GTK_WIDGET (self->graphs[i]), -1, GRAPH_HEIGHT);
  gtk_box_append (GTK_BOX (line), name);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->values[i]));
  gtk_box_append (GTK_BOX (card), line);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->graphs[i]));
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "total");
  gtk_box_append (self->totals, card);
}

static void
tn_resources_window_init (TnResourcesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (totals); i++)
    add_total (self, i);
  self->resources = g_list_store_new (TN_TYPE_RESOURCE);
  self->columns = tn_resource_columns_new (self->view, G_LIST_MODEL (self->resources));
  self->pointer = GTK_EVENT_CONTROLLER_MOTION (gtk_event_controller_motion_new ());
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (self->pointer));
  g_signal_connect_object (self->span, "notify::selected", G_CALLBACK (span_cb), self, G_CONNECT_SWAPPED);
}

TnResourcesWindow *
tn_resources_window_new (GtkWindow *parent, TnPages *pages, TnRuntime *runtime, GSettings *settings)
{
  TnResourcesWindow *self;

  g_return_val_if_fail (TN_IS_PAGES (pages) && TN_IS_RUNTIME (runtime), NULL);

  self = g_object_new (TN_TYPE_RESOURCES_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  self->pages = g_object_ref (pages);
  self->runtime = g_object_ref (runtime);
  g_set_object (&self->settings, settings);
  update_cb (self);
  self->source = g_timeout_add_seconds (1, update_cb, self);
  return self;
}
