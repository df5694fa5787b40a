/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-pages.h"

G_BEGIN_DECLS

/**
 * TnCanvasCard:
 *
 * One canvas to choose from: what it looks like, its name, how many widgets are on it. Reads these from the store as
 * soon as it is made.
 */
#define TN_TYPE_CANVAS_CARD (tn_canvas_card_get_type ())
G_DECLARE_FINAL_TYPE (TnCanvasCard, tn_canvas_card, TN, CANVAS_CARD, GtkWidget)

typedef enum
{
  TN_CANVAS_CARD_ROW,  /* small, the words beside the picture */
  TN_CANVAS_CARD_CHIP, /* the same without the number of widgets */
  TN_CANVAS_CARD_PAGE, /* large, the words below */
} TnCanvasCardSize;

/* @pages: shows what those look like that are alive */
GtkWidget *tn_canvas_card_new (TnCanvasCardSize size, const TnCanvasRecord *canvas, TnPages *pages);

/* @button: (transfer none): is put beside the words */
void tn_canvas_card_add_button (TnCanvasCard *self, GtkWidget *button);

const TnCanvasRecord *tn_canvas_card_get_canvas (TnCanvasCard *self);

G_END_DECLS
