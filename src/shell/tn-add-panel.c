/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-add-panel.h"

#include "tn-app-card.h"

struct _TnAddPanel
{
  GtkWidget parent;

  /* template */
  GtkSearchEntry *search;
  GtkWidget *close;
  GtkStack *stack;
  GtkListView *list;

  /* owned */
  GtkFilter *filter;
  GtkFilterListModel *found;
};

enum
{
  ADD,
  DRAG,
  CLOSE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TnAddPanel, tn_add_panel, GTK_TYPE_WIDGET)

static gboolean
match_cb (gpointer app, gpointer user_data)
{
  TnAddPanel *self = user_data;

  return tn_catalogue_matches (app, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
add (TnAddPanel *self, guint position)
{
  g_autoptr (TnApp) app = g_list_model_get_item (G_LIST_MODEL (self->found), position);

  if (app == NULL || tn_app_get_manifest (app) == NULL)
    gtk_widget_error_bell (GTK_WIDGET (self));
  else
    g_signal_emit (self, signals[ADD], 0, app);
}

static void
activate_cb (TnAddPanel *self, guint position)
{
  add (self, position);
}

static void
search_changed_cb (TnAddPanel *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

/* The entry tells what was typed only after a while; Enter may come before that. */
static void
search_activate_cb (TnAddPanel *self)
{
  search_changed_cb (self);
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    add (self, 0);
}

static void
items_changed_cb (TnAddPanel *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->found)) > 0;

  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "nothing");
}

static void
close_cb (TnAddPanel *self)
{
  g_signal_emit (self, signals[CLOSE], 0);
}

static gboolean
search_key_cb (TnAddPanel *self, guint keyval)
{
  if (keyval != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
  return GDK_EVENT_STOP;
}

static gboolean
escape_cb (TnAddPanel *self, guint keyval)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  close_cb (self);
  return GDK_EVENT_STOP;
}

static void
card_add_cb (TnAddPanel *self, TnAppCard *card)
{
  g_signal_emit (self, signals[ADD], 0, tn_app_card_get_app (card));
}

static void
card_drag_cb (TnAddPanel *self, gboolean begins)
{
  g_signal_emit (self, signals[DRAG], 0, begins);
}

static void
setup_cb (TnAddPanel *self, GtkListItem *item)
{
  GtkWidget *card = tn_app_card_new ();

  g_signal_connect_object (card, "add", G_CALLBACK (card_add_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "drag", G_CALLBACK (card_drag_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, card);
}

static void
bind_cb (TnAddPanel *self, GtkListItem *item)
{
  GtkWidget *card = gtk_list_item_get_child (item);
  TnApp *app = gtk_list_item_get_item (item);

  tn_app_card_set_app (TN_APP_CARD (card), app);
  /* The row takes the focus, so it is what is read out. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (card)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tn_app_get_name (app), -1);
}

static void
tn_add_panel_dispose (GObject *object)
{
  TnAddPanel *self = TN_ADD_PANEL (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->found);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (tn_add_panel_parent_class)->dispose (object);
}

static void
tn_add_panel_class_init (TnAddPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tn_add_panel_dispose;

  signals[ADD]
    = g_signal_new ("add", TN_TYPE_ADD_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, TN_TYPE_APP);
  signals[DRAG]
    = g_signal_new ("drag", TN_TYPE_ADD_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[CLOSE] = g_signal_new ("close", TN_TYPE_ADD_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "add-panel");
  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/tn-add-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TnAddPanel, search);
  gtk_widget_class_bind_template_child (widget_class, TnAddPanel, close);
  gtk_widget_class_bind_template_child (widget_class, TnAddPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, TnAddPanel, list);
}

static void
on_key (TnAddPanel *self, GtkWidget *widget, GCallback callback)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (keys, "key-pressed", callback, self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, keys);
}

static void
tn_add_panel_init (TnAddPanel *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->close, "clicked", G_CALLBACK (close_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (close_cb), self, G_CONNECT_SWAPPED);
  on_key (self, GTK_WIDGET (self->search), G_CALLBACK (search_key_cb));
  on_key (self, GTK_WIDGET (self), G_CALLBACK (escape_cb));
}

void
tn_add_panel_set_catalogue (TnAddPanel *self, TnCatalogue *catalogue)
{
  g_autoptr (GtkSingleSelection) selection = NULL;

  g_return_if_fail (TN_IS_ADD_PANEL (self));
  g_return_if_fail (self->found == NULL);

  self->filter = GTK_FILTER (gtk_custom_filter_new (match_cb, self, NULL));
  self->found = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (catalogue)), g_object_ref (self->filter));
  g_signal_connect_object (self->found, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->found)));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_single_selection_set_selected (selection, GTK_INVALID_LIST_POSITION);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
}

void
tn_add_panel_focus_search (TnAddPanel *self)
{
  g_return_if_fail (TN_IS_ADD_PANEL (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}
