/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-grid.h"
#include "tn-instance.h"
#include "tn-record.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TnTile:
 *
 * The card of one app on a canvas: header, page or trouble, and in edit mode a shield that takes the pointer from the
 * page, and handles on its edges.
 *
 * Signals: "state-changed" when its instance's state has; "warning" (const char *text) when it uses more than it may; "remove", "duplicate", "rename" (const char
 * *title, "" for the app's own), "lock" (gboolean), "place" (int column, int row, int w, int h) when the person asks
 * for that.
 */
#define TN_TYPE_TILE (tn_tile_get_type ())
G_DECLARE_FINAL_TYPE (TnTile, tn_tile, TN, TILE, GtkWidget)

TnTile *tn_tile_new (void);

/* @app: (nullable): what the record's app is; %NULL where it is not here */
void tn_tile_set_record (TnTile *self, const TnTileRecord *record, TnApp *app);
const TnTileRecord *tn_tile_get_record (TnTile *self);
const char *tn_tile_get_id (TnTile *self);

/* What the person calls it: its own title, or the app's name. */
const char *tn_tile_get_title (TnTile *self);

/* What runs in it; stopped by whoever made it. */
void tn_tile_set_instance (TnTile *self, TnInstance *instance);
TnInstance *tn_tile_get_instance (TnTile *self);

/* Where it is, of how many columns; its id is not looked at. */
void tn_tile_set_place (TnTile *self, const TnPlacement *place, int columns);
const TnPlacement *tn_tile_get_place (TnTile *self);
int tn_tile_get_columns (TnTile *self);

/* How large the page is drawn while the card around it has another size: in a resize and on its way back. */
void tn_tile_set_page_size (TnTile *self, int width, int height);

/* @shielded: the pointer does not reach the page; @editing: all of the tile drags, and it shows its handles */
void tn_tile_set_shielded (TnTile *self, gboolean shielded, gboolean editing);

/* %FALSE where the canvas is locked; a tile that is locked itself is not movable either way. */
void tn_tile_set_movable (TnTile *self, gboolean movable);
gboolean tn_tile_get_movable (TnTile *self);

/* Shown by its outline and a badge, and said in its name. */
void tn_tile_set_selected (TnTile *self, gboolean selected);

/* @lifted: it is in hand; @sending: and is held over another canvas */
void tn_tile_set_lifted (TnTile *self, gboolean lifted, gboolean sending);

/**
 * tn_tile_grip_at:
 * @widget: what the pointer is on, inside the tile
 * @edges: (out): which edges it pulls; none moves the tile
 *
 * Returns: whether what begins there is for the tile rather than for its page; a tile that is not movable is only
 *   selected there
 */
gboolean tn_tile_grip_at (TnTile *self, GtkWidget *widget, TnGridEdges *edges);

/**
 * tn_tile_handle_near:
 * @canvas: what @x and @y are pixels of
 * @edges: (out): which edges it pulls
 *
 * Returns: whether a finger there is on a handle, or so near that it is meant
 */
gboolean tn_tile_handle_near (TnTile *self, GtkWidget *canvas, double x, double y, TnGridEdges *edges);

void tn_tile_popup_menu (TnTile *self);

/* Frozen: it has no menu. */
void tn_tile_set_frozen (TnTile *self, gboolean frozen);

/* Starts what runs in it again. */
void tn_tile_reload (TnTile *self);

G_END_DECLS
