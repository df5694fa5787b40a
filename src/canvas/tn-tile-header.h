/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-instance.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TnTileHeader:
 *
 * The strip on top of a tile: icon and title, and on hover or focus the state dot and the menu. Its place is always
 * kept, so that nothing moves. Whatever of it is no button drags the tile.
 */
#define TN_TYPE_TILE_HEADER (tn_tile_header_get_type ())
G_DECLARE_FINAL_TYPE (TnTileHeader, tn_tile_header, TN, TILE_HEADER, GtkWidget)

GtkWidget *tn_tile_header_new (void);

/* @app: (nullable) */
void tn_tile_header_set_app (TnTileHeader *self, const char *title, TnApp *app);

/* What the page says it shows, beside the title; "" where it says nothing. */
void tn_tile_header_set_caption (TnTileHeader *self, const char *caption);

void tn_tile_header_set_locked (TnTileHeader *self, gboolean locked);

/* %FALSE where nothing runs that has a state. */
void tn_tile_header_set_runs (TnTileHeader *self, gboolean runs);

/* @instance: (nullable): whose state the dot tells */
void tn_tile_header_show_state (TnTileHeader *self, TnInstance *instance);

void tn_tile_header_popup_menu (TnTileHeader *self);
void tn_tile_header_set_has_menu (TnTileHeader *self, gboolean has_menu);

/* What a popover about the tile points to; (transfer none). */
GtkWidget *tn_tile_header_get_menu_button (TnTileHeader *self);

G_END_DECLS
