/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-tile-placer.h"

/* Far enough for anybody; the grid takes more. */
#define MAX_ROWS 1000

struct _TnTilePlacer
{
  GtkPopover parent;

  /* template */
  GtkSpinButton *column, *row, *width, *height;
  GtkWidget *apply;

  TnTile *tile; /* borrowed: the popover's parent */
};

G_DEFINE_FINAL_TYPE (TnTilePlacer, tn_tile_placer, GTK_TYPE_POPOVER)

/* Enter does it at once, as in the namer. */
static void
apply_cb (TnTilePlacer *self)
{
  g_autoptr (TnTile) tile = g_object_ref (self->tile);
  int column = gtk_spin_button_get_value_as_int (self->column) - 1;
  int row = gtk_spin_button_get_value_as_int (self->row) - 1;
  int width = gtk_spin_button_get_value_as_int (self->width);
  int height = gtk_spin_button_get_value_as_int (self->height);

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit_by_name (tile, "place", column, row, width, height);
}

static void
tn_tile_placer_class_init (TnTilePlacerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/tokennexus/Canvas/canvas/tn-tile-placer.ui");
  gtk_widget_class_bind_template_child (widget_class, TnTilePlacer, column);
  gtk_widget_class_bind_template_child (widget_class, TnTilePlacer, row);
  gtk_widget_class_bind_template_child (widget_class, TnTilePlacer, width);
  gtk_widget_class_bind_template_child (widget_class, TnTilePlacer, height);
  gtk_widget_class_bind_template_child (widget_class, TnTilePlacer, apply);
}

static void
tn_tile_placer_init (TnTilePlacer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_popover_set_default_widget (GTK_POPOVER (self), self->apply);
  g_signal_connect_swapped (self->apply, "clicked", G_CALLBACK (apply_cb), self);
}

static void
offer (TnTilePlacer *self, GtkSpinButton *button, int value, int least, int most)
{
  gtk_spin_button_set_range (button, least, most);
  gtk_spin_button_set_increments (button, 1, 2);
  gtk_spin_button_set_value (button, value);
  g_signal_connect_swapped (gtk_editable_get_delegate (GTK_EDITABLE (button)), "activate", G_CALLBACK (apply_cb), self);
}

GtkPopover *
tn_tile_placer_new (TnTile *tile)
{
  TnTilePlacer *self = g_object_new (TN_TYPE_TILE_PLACER, NULL);
  const TnPlacement *place = tn_tile_get_place (tile);
  int columns = tn_tile_get_columns (tile);

  self->tile = tile;
  offer (self, self->column, place->x + 1, 1, columns);
  offer (self, self->row, place->y + 1, 1, MAX_ROWS);
  offer (self, self->width, place->w, MAX (1, place->min_w), place->max_w > 0 ? MIN (place->max_w, columns) : columns);
  offer (self, self->height, place->h, MAX (1, place->min_h), place->max_h > 0 ? place->max_h : TN_GRID_MAX_HEIGHT);
  return GTK_POPOVER (self);
}
