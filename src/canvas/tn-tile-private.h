/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-tile.h"

G_BEGIN_DECLS

/* Adds the actions of the tile's menu to the class; tn-tile-menu.c. */
void tn_tile_class_add_actions (GtkWidgetClass *klass);

/* Enables what can be done now. */
void tn_tile_update_actions (TnTile *self);

/* (nullable) (transfer none) */
TnApp *tn_tile_get_app (TnTile *self);

/* Whether the canvas lets anything be changed. */
gboolean tn_tile_can_change (TnTile *self);

/* Shows a popover that points to the menu button, and takes it away when it closes. */
void tn_tile_present_popover (TnTile *self, GtkPopover *popover);

/* A child that only shows something. (transfer none) */
GtkWidget *tn_tile_add_layer (GtkWidget *self, const char *style);

/* @child: (nullable); in pixels of the tile, and no smaller than it has to be */
void tn_tile_allocate_child (GtkWidget *child, int x, int y, int width, int height);

G_END_DECLS
