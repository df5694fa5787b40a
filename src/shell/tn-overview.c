/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-overview.h"

#include <glib/gi18n-lib.h>

#include "tn-canvas-card.h"
#include "tn-compat.h"

#define LEAST_PER_LINE 2
#define MAX_PER_LINE 6

struct _TnOverview
{
  GtkWidget parent;

  GtkWidget *scroller;
  GtkFlowBox *box;

  /* borrowed */
  TnCanvases *canvases;
  TnPages *pages;
};

enum
{
  OPEN,
  RENAME,
  DUPLICATE,
  DELETE,
  N_CARD_SIGNALS,
  SORT = N_CARD_SIGNALS,
  CREATE,
  CLOSE,
  N_SIGNALS
};

static const char *const names[N_SIGNALS] = { "open", "rename", "duplicate", "delete", "sort", "create", "close" };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TnOverview, tn_overview, GTK_TYPE_WIDGET)

static TnCanvasCard *
card_of (GtkWidget *child)
{
  return g_object_get_data (G_OBJECT (child), "card");
}

static const char *
id_of (GtkWidget *child)
{
  TnCanvasCard *card = child != NULL ? card_of (child) : NULL;

  return card != NULL ? tn_canvas_card_get_canvas (card)->id : NULL;
}

static void
emit (TnOverview *self, guint signal, const char *id)
{
  g_autofree char *kept = g_strdup (id);

  if (kept != NULL)
    g_signal_emit (self, signals[signal], 0, kept);
}

static void
activated_cb (TnOverview *self, GtkWidget *child)
{
  if (id_of (child) != NULL)
    emit (self, OPEN, id_of (child));
  else
    g_signal_emit (self, signals[CREATE], 0);
}

static void
menu_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWidget *child = user_data;
  TnOverview *self = TN_OVERVIEW (gtk_widget_get_ancestor (child, TN_TYPE_OVERVIEW));

  for (guint i = 0; self != NULL && i < N_CARD_SIGNALS; i++)
    if (g_strcmp0 (names[i], g_action_get_name (G_ACTION (action))) == 0)
      emit (self, i, id_of (child));
}

static GtkWidget *
new_menu (GtkWidget *child, const TnCanvasRecord *canvas, gboolean can_delete)
{
  const GActionEntry actions[] = { { "rename", menu_cb }, { "duplicate", menu_cb }, { "delete", menu_cb } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *label = g_strdup_printf (_("What to do with %s"), canvas->name);
  GtkWidget *button = gtk_menu_button_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), child);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (group), "delete")),
                               can_delete);
  gtk_widget_insert_action_group (child, "card", G_ACTION_GROUP (group));
  g_menu_append (menu, _("_Rename…"), "card.rename");
  g_menu_append (menu, _("_Duplicate"), "card.duplicate");
  g_menu_append (menu, _("D_elete"), "card.delete");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, TnCanvasCard *card)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (card));

  gtk_drag_source_set_icon (source, picture, x, y);
  return gdk_content_provider_new_typed (TN_TYPE_CANVAS_CARD, card);
}

/* For Escape. */
static void
drag_begin_cb (TnOverview *self)
{
  tn_compat_hold_keys (GTK_WIDGET (self), TRUE);
}

static void
drag_end_cb (TnOverview *self)
{
  tn_compat_hold_keys (GTK_WIDGET (self), FALSE);
}

static gboolean
drop_cb (TnOverview *self, const GValue *value, double x, double y, GtkDropTarget *target)
{
  GtkWidget *child = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  TnCanvasCard *card = g_value_get_object (value);
  g_autofree char *id = g_strdup (tn_canvas_card_get_canvas (card)->id);

  g_signal_emit (self, signals[SORT], 0, id, (guint) gtk_flow_box_child_get_index (GTK_FLOW_BOX_CHILD (child)));
  return TRUE;
}

static void
make_sortable (TnOverview *self, GtkWidget *child, TnCanvasCard *card)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (TN_TYPE_CANVAS_CARD, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), card, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-end", G_CALLBACK (drag_end_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (child, GTK_EVENT_CONTROLLER (source));
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (child, GTK_EVENT_CONTROLLER (target));
}

static GtkWidget *
new_child (TnOverview *self, const TnCanvasRecord *canvas)
{
  GtkWidget *child = gtk_flow_box_child_new ();
  GtkWidget *card = tn_canvas_card_new (TN_CANVAS_CARD_PAGE, canvas, self->pages);
  gboolean many = tn_canvases_get_list (self->canvases)->len > 1;

  g_object_set_data (G_OBJECT (child), "card", card);
  tn_canvas_card_add_button (TN_CANVAS_CARD (card), new_menu (child, canvas, many));
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), card);
  make_sortable (self, child, TN_CANVAS_CARD (card));
  if (g_strcmp0 (canvas->id, tn_pages_get_current_id (self->pages)) == 0)
    gtk_widget_add_css_class (child, "current");
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, canvas->name, -1);
  return child;
}

static GtkWidget *
new_create (void)
{
  GtkWidget *child = gtk_flow_box_child_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("list-add-symbolic");
  GtkWidget *label = gtk_label_new (_("New Canvas"));

  gtk_image_set_pixel_size (GTK_IMAGE (icon), 32);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, _("New Canvas"), -1);
  return child;
}

static void
clear (TnOverview *self)
{
  GtkFlowBoxChild *child;

  while ((child = gtk_flow_box_get_child_at_index (self->box, 0)) != NULL)
    gtk_flow_box_remove (self->box, GTK_WIDGET (child));
}

/* Which canvas the focus is on after what happened: the same, else the one that took its place. */
static guint
choose (TnOverview *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self->box));
  const char *id = child != NULL ? id_of (child) : tn_pages_get_current_id (self->pages);
  guint last = tn_canvases_get_list (self->canvases)->len - 1, index;

  if (tn_canvases_find (self->canvases, id, &index) != NULL)
    return index;
  return child != NULL ? MIN ((guint) gtk_flow_box_child_get_index (GTK_FLOW_BOX_CHILD (child)), last) : 0;
}

static void
fill (TnOverview *self)
{
  GPtrArray *list = tn_canvases_get_list (self->canvases);
  guint chosen = choose (self);

  clear (self);
  for (guint i = 0; i < list->len; i++)
    {
      GtkWidget *child = new_child (self, g_ptr_array_index (list, i));

      gtk_flow_box_append (self->box, child);
      if (i == chosen)
        gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD); /* where arrow keys begin, too */
    }
  gtk_flow_box_append (self->box, new_create ());
}

static void
changed_cb (TnOverview *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill (self);
}

static gboolean
key_cb (TnOverview *self, guint keyval)
{
  if (keyval == GDK_KEY_Escape)
    g_signal_emit (self, signals[CLOSE], 0);
  else if (keyval == GDK_KEY_F2)
    emit (self, RENAME, tn_overview_get_focused (self));
  else if (keyval == GDK_KEY_Delete)
    emit (self, DELETE, tn_overview_get_focused (self));
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
tn_overview_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tn_overview_parent_class)->map (widget);
  fill (TN_OVERVIEW (widget));
}

static void
tn_overview_unmap (GtkWidget *widget)
{
  clear (TN_OVERVIEW (widget));
  GTK_WIDGET_CLASS (tn_overview_parent_class)->unmap (widget);
}

static void
tn_overview_dispose (GObject *object)
{
  g_clear_pointer (&TN_OVERVIEW (object)->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (tn_overview_parent_class)->dispose (object);
}

static void
tn_overview_class_init (TnOverviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tn_overview_dispose;
  widget_class->map = tn_overview_map;
  widget_class->unmap = tn_overview_unmap;

  for (guint i = 0; i < N_CARD_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], TN_TYPE_OVERVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                               G_TYPE_STRING);
  signals[SORT] = g_signal_new (names[SORT], TN_TYPE_OVERVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_STRING, G_TYPE_UINT);
  for (guint i = CREATE; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], TN_TYPE_OVERVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "overview");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tn_overview_init (TnOverview *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->box = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (self->box, TRUE);
  gtk_flow_box_set_min_children_per_line (self->box, LEAST_PER_LINE);
  gtk_flow_box_set_max_children_per_line (self->box, MAX_PER_LINE);
  gtk_flow_box_set_row_spacing (self->box, 12);
  gtk_flow_box_set_column_spacing (self->box, 12);
  gtk_widget_set_valign (GTK_WIDGET (self->box), GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, _("All canvases"), -1);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->box));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  g_signal_connect_object (self->box, "child-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
tn_overview_set_canvases (TnOverview *self, TnCanvases *canvases, TnPages *pages)
{
  g_return_if_fail (TN_IS_OVERVIEW (self));

  self->canvases = canvases;
  self->pages = pages;
  g_signal_connect_object (canvases, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

const char *
tn_overview_get_focused (TnOverview *self)
{
  g_return_val_if_fail (TN_IS_OVERVIEW (self), NULL);

  return id_of (gtk_widget_get_focus_child (GTK_WIDGET (self->box)));
}
