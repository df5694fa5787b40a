/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-tile-header.h"

#include <glib/gi18n-lib.h>

#include "tn-app-icon.h"

struct _TnTileHeader
{
  GtkWidget parent;

  /* template */
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *caption;
  GtkWidget *developed;
  GtkWidget *lock;
  GtkWidget *dot;
  GtkMenuButton *menu_button;
};

G_DEFINE_FINAL_TYPE (TnTileHeader, tn_tile_header, GTK_TYPE_WIDGET)

static const struct
{
  const char *style;
  const char *text;
} states[] = {
  [TN_STATE_STOPPED] = { "stopped", N_("Not running") },
  [TN_STATE_PROVING] = { "starting", N_("Checking that it is locked in") },
  [TN_STATE_LOADING] = { "starting", N_("Loading") },
  [TN_STATE_RUNNING] = { "running", N_("Running, locked in") },
  [TN_STATE_HUNG] = { "troubled", N_("Does not answer") },
  [TN_STATE_PAUSED] = { "resting", N_("Paused") },
  [TN_STATE_SUSPENDED] = { "resting", N_("Resting") },
  [TN_STATE_DISCARDED] = { "resting", N_("Put aside") },
  [TN_STATE_TROUBLED] = { "troubled", N_("In trouble") },
};

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, TnTileHeader *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  /* Not in the middle of a drag: see the window's keys. */
  if ((state & GDK_BUTTON1_MASK) == 0)
    tn_tile_header_popup_menu (self);
}

/* The pointer is on the menu now, but the header must not fade under it. */
static void
menu_visible_cb (TnTileHeader *self, GParamSpec *pspec, GtkWidget *popover)
{
  if (gtk_widget_get_visible (popover))
    gtk_widget_add_css_class (GTK_WIDGET (self), "open");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "open");
}

static void
tn_tile_header_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (tn_tile_header_parent_class)->dispose (object);
}

static void
tn_tile_header_class_init (TnTileHeaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tn_tile_header_dispose;

  gtk_widget_class_set_css_name (widget_class, "tile-header");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/canvas/tn-tile-header.ui");
  gtk_widget_class_bind_template_child (widget_class, TnTileHeader, icon);
  gtk_widget_class_bind_template_child (widget_class, TnTileHeader, title);
  gtk_widget_class_bind_template_child (widget_class, TnTileHeader, caption);
  gtk_widget_class_bind_template_child (widget_class, TnTileHeader, developed);
  gtk_widget_class_bind_template_child (widget_class, TnTileHeader, lock);
  gtk_widget_class_bind_template_child (widget_class, TnTileHeader, dot);
  gtk_widget_class_bind_template_child (widget_class, TnTileHeader, menu_button);
}

static void
tn_tile_header_init (TnTileHeader *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  /* Not the header's, which says that it can be dragged. */
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->menu_button), "default");
  g_signal_connect_object (gtk_menu_button_get_popover (self->menu_button), "notify::visible",
                           G_CALLBACK (menu_visible_cb), self, G_CONNECT_SWAPPED);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
tn_tile_header_new (void)
{
  return g_object_new (TN_TYPE_TILE_HEADER, NULL);
}

void
tn_tile_header_set_app (TnTileHeader *self, const char *title, TnApp *app)
{
  g_return_if_fail (TN_IS_TILE_HEADER (self));

  gtk_label_set_text (self->title, title);
  tn_app_icon_show (self->icon, app);
}

void
tn_tile_header_set_locked (TnTileHeader *self, gboolean locked)
{
  g_return_if_fail (TN_IS_TILE_HEADER (self));

  gtk_widget_set_visible (self->lock, locked);
}

void
tn_tile_header_set_runs (TnTileHeader *self, gboolean runs)
{
  g_return_if_fail (TN_IS_TILE_HEADER (self));

  gtk_widget_set_visible (self->dot, runs);
}

void
tn_tile_header_show_state (TnTileHeader *self, TnInstance *instance)
{
  TnInstanceState state = instance != NULL ? tn_instance_get_state (instance) : TN_STATE_STOPPED;
  const char *text;

  g_return_if_fail (TN_IS_TILE_HEADER (self));

  gtk_widget_set_visible (self->developed, instance != NULL && tn_instance_get_developed (instance));
  text = _ (states[state].text);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    gtk_widget_remove_css_class (self->dot, states[i].style);
  gtk_widget_add_css_class (self->dot, states[state].style);
  gtk_widget_set_tooltip_text (self->dot, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->dot), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

void
tn_tile_header_set_caption (TnTileHeader *self, const char *caption)
{
  g_return_if_fail (TN_IS_TILE_HEADER (self));

  gtk_label_set_text (self->caption, caption);
  gtk_widget_set_visible (GTK_WIDGET (self->caption), *caption != '\0');
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->caption), caption);
}

void
tn_tile_header_popup_menu (TnTileHeader *self)
{
  g_return_if_fail (TN_IS_TILE_HEADER (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self->menu_button)))
    gtk_menu_button_popup (self->menu_button);
}

void
tn_tile_header_set_has_menu (TnTileHeader *self, gboolean has_menu)
{
  g_return_if_fail (TN_IS_TILE_HEADER (self));

  gtk_widget_set_visible (GTK_WIDGET (self->menu_button), has_menu);
}

GtkWidget *
tn_tile_header_get_menu_button (TnTileHeader *self)
{
  g_return_val_if_fail (TN_IS_TILE_HEADER (self), NULL);

  return GTK_WIDGET (self->menu_button);
}
