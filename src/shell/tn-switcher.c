/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-switcher.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "tn-canvas-card.h"
#include "tn-compat.h"

struct _TnSwitcher
{
  GtkWidget parent;

  /* template */
  GtkMenuButton *button;
  GtkPopover *popover;
  GtkListBox *list;
  GtkWidget *create, *overview;
  GtkLabel *name, *count;

  /* borrowed */
  TnCanvases *canvases;
  TnPages *pages;

  gboolean narrow;
};

enum
{
  RENAME,
  DELETE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TnSwitcher, tn_switcher, GTK_TYPE_WIDGET)

static void
update_title (TnSwitcher *self)
{
  guint index, n = tn_canvases_get_list (self->canvases)->len;
  const TnCanvasRecord *canvas = tn_canvases_find (self->canvases, tn_pages_get_current_id (self->pages), &index);
  g_autofree char *count = NULL, *label = NULL;

  if (canvas == NULL)
    return;
  /* Translators: which of how many canvases is in view */
  count = g_strdup_printf (_("· %u of %u"), index + 1, n);
  label = g_strdup_printf (_("Canvas %s, %u of %u"), canvas->name, index + 1, n);
  gtk_label_set_text (self->name, canvas->name);
  gtk_label_set_text (self->count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->count), n > 1 && !self->narrow);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static GtkWidget *
build_row (TnSwitcher *self, const TnCanvasRecord *canvas, gboolean current)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *card = tn_canvas_card_new (TN_CANVAS_CARD_ROW, canvas, self->pages);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_widget_set_hexpand (card, TRUE);
  gtk_widget_set_opacity (mark, current ? 1 : 0);
  gtk_box_append (GTK_BOX (box), card);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "canvas", g_strdup (canvas->id), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, canvas->name, -1);
  return row;
}

static void
clear_list (TnSwitcher *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static void
fill_list (TnSwitcher *self)
{
  GPtrArray *list = tn_canvases_get_list (self->canvases);
  const char *current = tn_pages_get_current_id (self->pages);

  clear_list (self);
  for (guint i = 0; i < list->len; i++)
    {
      const TnCanvasRecord *canvas = g_ptr_array_index (list, i);
      gboolean is_current = g_strcmp0 (canvas->id, current) == 0;
      GtkWidget *row = build_row (self, canvas, is_current);

      gtk_list_box_append (self->list, row);
      if (is_current)
        gtk_widget_grab_focus (row);
    }
}

/* The cards are made when they are seen, and follow what happens in their canvases only as long as that. */
static void
shown_cb (TnSwitcher *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    {
      fill_list (self);
      return;
    }
  tn_compat_leave_popover (self->popover, GTK_WIDGET (self->button));
  clear_list (self);
}

static void
changed_cb (TnSwitcher *self)
{
  update_title (self);
  shown_cb (self);
}

static void
close_cb (TnSwitcher *self)
{
  gtk_menu_button_popdown (self->button);
}

static void
chosen_cb (TnSwitcher *self, GtkListBoxRow *row)
{
  const char *id = g_object_get_data (G_OBJECT (row), "canvas");

  gtk_widget_activate_action (GTK_WIDGET (self), "win.canvas.show", "s", id);
  close_cb (self);
}

static gboolean
key_cb (TnSwitcher *self, guint keyval)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  const char *id = row != NULL ? g_object_get_data (G_OBJECT (row), "canvas") : NULL;
  g_autofree char *kept = g_strdup (id);

  if (id == NULL || (keyval != GDK_KEY_F2 && keyval != GDK_KEY_Delete))
    return GDK_EVENT_PROPAGATE;
  gtk_menu_button_popdown (self->button);
  g_signal_emit (self, signals[keyval == GDK_KEY_F2 ? RENAME : DELETE], 0, kept);
  return GDK_EVENT_STOP;
}

static void
tn_switcher_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (tn_switcher_parent_class)->dispose (object);
}

static void
tn_switcher_class_init (TnSwitcherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tn_switcher_dispose;

  signals[RENAME]
    = g_signal_new ("rename", TN_TYPE_SWITCHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[DELETE]
    = g_signal_new ("delete", TN_TYPE_SWITCHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/tn-switcher.ui");
  gtk_widget_class_bind_template_child (widget_class, TnSwitcher, button);
  gtk_widget_class_bind_template_child (widget_class, TnSwitcher, popover);
  gtk_widget_class_bind_template_child (widget_class, TnSwitcher, list);
  gtk_widget_class_bind_template_child (widget_class, TnSwitcher, create);
  gtk_widget_class_bind_template_child (widget_class, TnSwitcher, overview);
  gtk_widget_class_bind_template_child (widget_class, TnSwitcher, name);
  gtk_widget_class_bind_template_child (widget_class, TnSwitcher, count);
}

static void
tn_switcher_init (TnSwitcher *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->popover, "notify::visible", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->create, "clicked", G_CALLBACK (close_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->overview, "clicked", G_CALLBACK (close_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

void
tn_switcher_set_canvases (TnSwitcher *self, TnCanvases *canvases, TnPages *pages)
{
  g_return_if_fail (TN_IS_SWITCHER (self));
  g_return_if_fail (self->canvases == NULL);

  self->canvases = canvases;
  self->pages = pages;
  g_signal_connect_object (canvases, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pages, "notify::current", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

void
tn_switcher_set_narrow (TnSwitcher *self, gboolean narrow)
{
  g_return_if_fail (TN_IS_SWITCHER (self));

  self->narrow = narrow;
  if (self->canvases != NULL)
    update_title (self);
}
