/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-tile-namer.h"

#include "tn-tile-private.h"

struct _TnTileNamer
{
  GtkPopover parent;

  /* template */
  GtkEntry *title;
  GtkWidget *apply;

  TnTile *tile; /* borrowed: the popover's parent */
};

G_DEFINE_FINAL_TYPE (TnTileNamer, tn_tile_namer, GTK_TYPE_POPOVER)

/* Enter does it at once: a button that is activated is first seen to be pressed, and keys before that go to the field. */
static void
apply_cb (TnTileNamer *self)
{
  g_autoptr (TnTile) tile = g_object_ref (self->tile);
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->title))));

  gtk_popover_popdown (GTK_POPOVER (self));
  if (g_strcmp0 (title, tn_tile_get_title (tile)) != 0)
    g_signal_emit_by_name (tile, "rename", title);
}

static void
tn_tile_namer_class_init (TnTileNamerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/canvas/tn-tile-namer.ui");
  gtk_widget_class_bind_template_child (widget_class, TnTileNamer, title);
  gtk_widget_class_bind_template_child (widget_class, TnTileNamer, apply);
}

static void
tn_tile_namer_init (TnTileNamer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_popover_set_default_widget (GTK_POPOVER (self), self->apply);
  g_signal_connect_swapped (self->apply, "clicked", G_CALLBACK (apply_cb), self);
  g_signal_connect_swapped (self->title, "activate", G_CALLBACK (apply_cb), self);
}

GtkPopover *
tn_tile_namer_new (TnTile *tile)
{
  TnTileNamer *self = g_object_new (TN_TYPE_TILE_NAMER, NULL);
  TnApp *app = tn_tile_get_app (tile);

  self->tile = tile;
  if (app != NULL)
    gtk_entry_set_placeholder_text (self->title, tn_app_get_name (app));
  gtk_editable_set_text (GTK_EDITABLE (self->title), tn_tile_get_title (tile));
  return GTK_POPOVER (self);
}
