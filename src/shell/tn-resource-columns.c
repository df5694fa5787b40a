/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-resource-columns.h"

#include <glib/gi18n-lib.h>

#include "tn-app-icon.h"
#include "tn-graph.h"
#include "tn-resource.h"

#define GRAPH_WIDTH 72
#define NAME_CHARS 9
#define GRAPH_HEIGHT 28
#define LEAST_KIB (64 * 1024)
#define ICON_SIZE 24

typedef struct _Column Column;

struct _Column
{
  const char *title;
  GtkWidget *(*make) (const Column *column);
  void (*fill) (const Column *column, GtkWidget *cell, TnResource *resource, TnSpan span);
  GtkOrdering (*compare) (const Column *column, TnResource *a, TnResource *b); /* nullable: can't be sorted by */
  TnUsageKind kind;
  int width; /* of the window in pixels, from which it is shown */
};

struct _TnResourceColumns
{
  GtkColumnView *view; /* borrowed */
  TnSpan span;
  int width;
};

static GtkWidget *
make_name (const Column *column)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9), *icon = gtk_image_new ();
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *name = gtk_label_new (""), *state = gtk_label_new ("");

  gtk_image_set_pixel_size (GTK_IMAGE (icon), ICON_SIZE);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (name), NAME_CHARS);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (state), 0);
  gtk_label_set_ellipsize (GTK_LABEL (state), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (state, "caption");
  gtk_widget_add_css_class (state, "dim-label");
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), name);
  gtk_box_append (GTK_BOX (words), state);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  return box;
}

static void
fill_name (const Column *column, GtkWidget *cell, TnResource *resource, TnSpan span)
{
  GtkWidget *icon = gtk_widget_get_first_child (cell), *words = gtk_widget_get_next_sibling (icon);
  TnApp *app = tn_instance_get_app (tn_resource_get_instance (resource));

  if (g_object_get_data (G_OBJECT (icon), "app") != app)
    tn_app_icon_show (GTK_IMAGE (icon), app);
  g_object_set_data (G_OBJECT (icon), "app", app);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (words)), tn_resource_get_title (resource));
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (words)), tn_resource_describe (resource));
}

static GtkOrdering
compare_name (const Column *column, TnResource *a, TnResource *b)
{
  return gtk_ordering_from_cmpfunc (g_utf8_collate (tn_resource_get_title (a), tn_resource_get_title (b)));
}

static GtkWidget *
make_number (const Column *column)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_width_chars (GTK_LABEL (label), 7);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static void
fill_number (const Column *column, GtkWidget *cell, TnResource *resource, TnSpan span)
{
  double value = tn_usage_get (tn_resource_get_usage (resource), column->kind);
  g_autofree char *text = tn_graph_format (column->kind, value);

  gtk_label_set_text (GTK_LABEL (cell), text);
}

static double
get_data (TnResource *resource)
{
  const TnUsage *usage = tn_resource_get_usage (resource);

  return usage->sent_kib + usage->received_kib;
}

/* Both ways; which is which, and what went wrong, is said on a closer look. */
static void
fill_data (const Column *column, GtkWidget *cell, TnResource *resource, TnSpan span)
{
  const TnUsage *usage = tn_resource_get_usage (resource);
  g_autofree char *text = tn_graph_format (column->kind, get_data (resource));
  g_autofree char *sent = tn_graph_format (TN_USAGE_SENT, usage->sent_kib);
  g_autofree char *received = tn_graph_format (TN_USAGE_RECEIVED, usage->received_kib);
  g_autofree char *more = g_strdup_printf (_("%s sent, %s received, %.0f failed"), sent, received, usage->failures);

  gtk_label_set_text (GTK_LABEL (cell), text);
  gtk_widget_set_tooltip_text (cell, more);
}

static GtkOrdering
order (double first, double second)
{
  return first < second ? GTK_ORDERING_SMALLER : first > second ? GTK_ORDERING_LARGER : GTK_ORDERING_EQUAL;
}

static GtkOrdering
compare_data (const Column *column, TnResource *a, TnResource *b)
{
  return order (get_data (a), get_data (b));
}

static GtkOrdering
compare_number (const Column *column, TnResource *a, TnResource *b)
{
  return order (tn_usage_get (tn_resource_get_usage (a), column->kind),
                tn_usage_get (tn_resource_get_usage (b), column->kind));
}

static GtkWidget *
make_graph (const Column *column)
{
  GtkWidget *graph = tn_graph_new ();

  gtk_widget_set_size_request (graph, GRAPH_WIDTH, GRAPH_HEIGHT);
  gtk_widget_set_valign (graph, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (graph, column->kind == TN_USAGE_CPU ? "processor" : "memory");
  return graph;
}

static void
fill_graph (const Column *column, GtkWidget *cell, TnResource *resource, TnSpan span)
{
  gboolean cpu = column->kind == TN_USAGE_CPU;
  /* Translators: “Memory of Clock” */
  g_autofree char *name
    = g_strdup_printf (cpu ? _("Processor time of %s") : _("Memory of %s"), tn_resource_get_title (resource));

  tn_graph_show (TN_GRAPH (cell), tn_instance_get_history (tn_resource_get_instance (resource)), span, column->kind,
                 cpu ? 20 : LEAST_KIB, name);
}

static TnInstance *
instance_of (GtkWidget *button)
{
  TnResource *resource = g_object_get_data (G_OBJECT (gtk_widget_get_parent (button)), "resource");

  return resource != NULL ? tn_resource_get_instance (resource) : NULL;
}

static void
pause_cb (GtkWidget *button)
{
  TnInstance *instance = instance_of (button);

  if (instance != NULL && tn_instance_get_state (instance) == TN_STATE_PAUSED)
    tn_instance_resume (instance);
  else if (instance != NULL)
    tn_instance_pause (instance);
}

static void
stop_cb (GtkWidget *button)
{
  TnInstance *instance = instance_of (button);

  if (instance != NULL && tn_instance_get_state (instance) == TN_STATE_TROUBLED)
    tn_instance_remedy (instance);
  else if (instance != NULL)
    tn_instance_end (instance);
}

static void
limits_cb (GtkWidget *button)
{
  TnInstance *instance = instance_of (button);

  if (instance != NULL && tn_instance_get_app (instance) != NULL)
    gtk_widget_activate_action (button, "resources.limits", "s", tn_app_get_key (tn_instance_get_app (instance)));
}

static GtkWidget *
make_buttons (const Column *column)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GCallback callbacks[] = { G_CALLBACK (pause_cb), G_CALLBACK (stop_cb), G_CALLBACK (limits_cb) };

  for (guint i = 0; i < G_N_ELEMENTS (callbacks); i++)
    {
      GtkWidget *button = gtk_button_new ();

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "circular");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_signal_connect (button, "clicked", callbacks[i], NULL);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

static void
show_button (GtkWidget *button, const char *icon, const char *words, const char *title)
{
  /* Translators: a button and the widget it is for, such as “Pause Clock” */
  g_autofree char *label = g_strdup_printf (_("%s %s"), words, title);

  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
fill_buttons (const Column *column, GtkWidget *cell, TnResource *resource, TnSpan span)
{
  GtkWidget *pause = gtk_widget_get_first_child (cell), *stop = gtk_widget_get_next_sibling (pause);
  GtkWidget *limits = gtk_widget_get_last_child (cell);
  TnInstance *instance = tn_resource_get_instance (resource);
  TnInstanceState state = tn_instance_get_state (instance);
  TnApp *app = tn_instance_get_app (instance);
  gboolean paused = state == TN_STATE_PAUSED, ended = state == TN_STATE_TROUBLED;
  const char *title = tn_resource_get_title (resource);

  g_object_set_data (G_OBJECT (cell), "resource", resource);
  show_button (pause, paused ? "media-playback-start-symbolic" : "media-playback-pause-symbolic",
               paused ? _("Go On") : _("Pause"), title);
  show_button (stop, ended ? "view-refresh-symbolic" : "media-playback-stop-symbolic",
               ended ? _("Start Again") : _("Stop"), title);
  show_button (limits, "power-profile-balanced-symbolic", _("Limits"), title);
  gtk_widget_set_sensitive (limits, app != NULL && tn_app_get_manifest (app) != NULL);
  gtk_widget_set_sensitive (pause, paused || state == TN_STATE_RUNNING || state == TN_STATE_SUSPENDED);
}

#define SOME 460
#define MORE 660
#define MOST 780
#define ALL 960

static const Column columns[] = {
  { N_("Widget"), make_name, fill_name, compare_name, 0, 0 },
  { "", make_graph, fill_graph, NULL, TN_USAGE_CPU, MORE },
  { N_("Processor"), make_number, fill_number, compare_number, TN_USAGE_CPU, SOME },
  { "", make_graph, fill_graph, NULL, TN_USAGE_MEMORY, MORE },
  { N_("Memory"), make_number, fill_number, compare_number, TN_USAGE_MEMORY, 0 },
  { N_("Calls/min"), make_number, fill_number, compare_number, TN_USAGE_CALLS, MOST },
  { N_("Requests/min"), make_number, fill_number, compare_number, TN_USAGE_REQUESTS, ALL },
  { N_("Data/min"), make_number, fill_data, compare_data, TN_USAGE_RECEIVED, ALL },
  { N_("Storage"), make_number, fill_number, compare_number, TN_USAGE_STORAGE, MOST },
  { "", make_buttons, fill_buttons, NULL, 0, 0 },
};

#define SORTED_FIRST 4

static const Column *
column_of (GtkSignalListItemFactory *factory)
{
  return g_object_get_data (G_OBJECT (factory), "column");
}

static void
fill (GtkListItem *item, TnResource *resource)
{
  const Column *column = g_object_get_data (G_OBJECT (item), "column");
  const TnResourceColumns *self = g_object_get_data (G_OBJECT (item), "columns");

  column->fill (column, gtk_list_item_get_child (item), resource, self->span);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, TnResourceColumns *self)
{
  const Column *column = column_of (factory);

  g_object_set_data (G_OBJECT (item), "column", (gpointer) column);
  g_object_set_data (G_OBJECT (item), "columns", self);
  gtk_list_item_set_child (item, column->make (column));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  TnResource *resource = gtk_list_item_get_item (item);

  g_signal_connect_object (resource, "changed", G_CALLBACK (fill), item, G_CONNECT_SWAPPED);
  fill (item, resource);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), fill, item);
  g_object_set_data (G_OBJECT (gtk_list_item_get_child (item)), "resource", NULL);
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Column *column = user_data;

  return column->compare (column, (TnResource *) a, (TnResource *) b);
}

static GtkColumnViewColumn *
add_column (TnResourceColumns *self, const Column *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *added;

  g_object_set_data (G_OBJECT (factory), "column", (gpointer) column);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  added = gtk_column_view_column_new (*column->title != '\0' ? _(column->title) : "", factory);
  gtk_column_view_column_set_expand (added, column->make == make_name);
  if (column->compare != NULL)
    {
      g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, (gpointer) column, NULL));

      gtk_column_view_column_set_sorter (added, sorter);
    }
  gtk_column_view_append_column (self->view, added);
  g_object_unref (added);
  return added;
}

TnResourceColumns *
tn_resource_columns_new (GtkColumnView *view, GListModel *model)
{
  TnResourceColumns *self = g_new0 (TnResourceColumns, 1);
  GtkSortListModel *sorted;
  g_autoptr (GtkNoSelection) selection = NULL;

  self->view = view;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkColumnViewColumn *column = add_column (self, &columns[i]);

      if (i == SORTED_FIRST)
        gtk_column_view_sort_by_column (view, column, GTK_SORT_DESCENDING);
    }
  sorted = gtk_sort_list_model_new (g_object_ref (model), g_object_ref (gtk_column_view_get_sorter (view)));
  selection = gtk_no_selection_new (G_LIST_MODEL (sorted));
  gtk_column_view_set_model (view, GTK_SELECTION_MODEL (selection));
  return self;
}

void
tn_resource_columns_free (TnResourceColumns *self)
{
  gtk_column_view_set_model (self->view, NULL);
  g_free (self);
}

void
tn_resource_columns_set_span (TnResourceColumns *self, TnSpan span)
{
  self->span = span;
}

void
tn_resource_columns_set_width (TnResourceColumns *self, int width)
{
  GListModel *list = gtk_column_view_get_columns (self->view);

  if (self->width == width)
    return;
  self->width = width;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (list, i);

      gtk_column_view_column_set_visible (column, width >= columns[i].width);
    }
}

void
tn_resource_columns_sort (TnResourceColumns *self)
{
  gtk_sorter_changed (gtk_column_view_get_sorter (self->view), GTK_SORTER_CHANGE_DIFFERENT);
}
