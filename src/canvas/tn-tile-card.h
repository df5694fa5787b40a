/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TnTileCard:
 *
 * What a tile shows: the header, which is its first child, and below that the others, one over the other, the shield
 * last. It cuts off what does not fit, also from its round corners, where the pointer then meets nothing of it.
 */
#define TN_TYPE_TILE_CARD (tn_tile_card_get_type ())
G_DECLARE_FINAL_TYPE (TnTileCard, tn_tile_card, TN, TILE_CARD, GtkWidget)

GtkWidget *tn_tile_card_new (void);

/* How large what lies between header and shield is, in pixels, whatever the card's own size is. */
void tn_tile_card_set_page_size (TnTileCard *self, int width, int height);

G_END_DECLS
