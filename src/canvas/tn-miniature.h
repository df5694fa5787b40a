/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-canvas.h"

G_BEGIN_DECLS

/**
 * TnMiniature:
 *
 * A canvas drawn small, or as it once was: every tile a card with its picture where there is one, else its icon and
 * title. Keeps the aspect of what it is given; nothing in it can be used.
 *
 * Tiles' pictures are asked of a function, so that a canvas that is alive shows what happens in it.
 */
#define TN_TYPE_MINIATURE (tn_miniature_get_type ())
G_DECLARE_FINAL_TYPE (TnMiniature, tn_miniature, TN, MINIATURE, GtkWidget)

GtkWidget *tn_miniature_new (void);

/* (transfer full) (nullable): what the tile looks like; live where it changes by itself */
typedef GdkPaintable *(*TnMiniaturePicture) (const char *tile_id, gpointer user_data);

/* For both that follow: @picture may be %NULL. */
void tn_miniature_set_picture_func (TnMiniature *self, TnMiniaturePicture picture, gpointer user_data);

/**
 * tn_miniature_set_record:
 * @record: (nullable): a canvas with its tiles, as loaded for %TN_LAYOUT_WIDE
 * @like: (nullable): the canvas in view, in whose width, on whose monitor and with whose cells @record is drawn, also
 *   when they become others; %NULL for a wide one
 * @catalogue: names and icons
 */
void tn_miniature_set_record (TnMiniature *self, const TnCanvasRecord *record, TnCanvas *like, TnCatalogue *catalogue);

/* Whether it is as high as the canvas is, however high that is; else it is cut off where it would be a tower. */
void tn_miniature_set_whole (TnMiniature *self, gboolean whole);

G_END_DECLS
