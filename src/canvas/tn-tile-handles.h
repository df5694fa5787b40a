/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tn-grid.h"

G_BEGIN_DECLS

/* What a tile is resized by: four edges and four corners. */
#define TN_TILE_N_HANDLES 8

typedef struct
{
  GtkWidget *widgets[TN_TILE_N_HANDLES]; /* borrowed: children of the tile */
} TnTileHandles;

void tn_tile_handles_add (TnTileHandles *self, GtkWidget *tile);

/* Shows what can be pulled now: while the canvas is arranged all of them, else one corner. */
void tn_tile_handles_update (TnTileHandles *self, gboolean rtl, gboolean movable, gboolean editing);

/* @width, @height: the tile's, in pixels */
void tn_tile_handles_allocate (TnTileHandles *self, gboolean rtl, int width, int height);

/* Returns: whether that widget is one of them; @edges: (out): what it pulls */
gboolean tn_tile_handles_at (TnTileHandles *self, GtkWidget *widget, TnGridEdges *edges);

/* The nearest one for a finger at that point of @canvas: it is broader than a handle and sees no cursor, so it has to
 * reach what is around the mark. Returns: whether there is any; @edges: (out): what it pulls */
gboolean tn_tile_handles_near (TnTileHandles *self, GtkWidget *canvas, double x, double y, TnGridEdges *edges);

G_END_DECLS
