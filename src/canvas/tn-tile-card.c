/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-tile-card.h"

#include "tn-tile-private.h"

struct _TnTileCard
{
  GtkWidget parent;

  int page_width, page_height;
};

G_DEFINE_FINAL_TYPE (TnTileCard, tn_tile_card, GTK_TYPE_WIDGET)

static void
tn_tile_card_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TnTileCard *self = TN_TILE_CARD (widget);
  GtkWidget *header = gtk_widget_get_first_child (widget);
  GtkWidget *shield = gtk_widget_get_last_child (widget);
  int top;

  gtk_widget_measure (header, GTK_ORIENTATION_VERTICAL, -1, NULL, &top, NULL, NULL);
  tn_tile_allocate_child (header, 0, 0, width, top);
  for (GtkWidget *child = gtk_widget_get_next_sibling (header); child != shield;
       child = gtk_widget_get_next_sibling (child))
    tn_tile_allocate_child (child, 0, top, self->page_width, self->page_height);
  tn_tile_allocate_child (shield, 0, top, width, MAX (0, height - top));
}

static void
tn_tile_card_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
tn_tile_card_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (tn_tile_card_parent_class)->dispose (object);
}

static void
tn_tile_card_class_init (TnTileCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tn_tile_card_dispose;
  widget_class->measure = tn_tile_card_measure;
  widget_class->size_allocate = tn_tile_card_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "tile-card");
}

static void
tn_tile_card_init (TnTileCard *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
tn_tile_card_new (void)
{
  return g_object_new (TN_TYPE_TILE_CARD, NULL);
}

void
tn_tile_card_set_page_size (TnTileCard *self, int width, int height)
{
  g_return_if_fail (TN_IS_TILE_CARD (self));

  if (self->page_width == width && self->page_height == height)
    return;
  self->page_width = width;
  self->page_height = height;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
