/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-app.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TnAppCard:
 *
 * An app in the Add panel: what it is, who made it, what it asks for. It can be dragged onto a canvas.
 *
 * Signals: "add" when its button is pressed; "drag" (gboolean) when a drag of it begins and ends.
 */
#define TN_TYPE_APP_CARD (tn_app_card_get_type ())
G_DECLARE_FINAL_TYPE (TnAppCard, tn_app_card, TN, APP_CARD, GtkWidget)

GtkWidget *tn_app_card_new (void);

void tn_app_card_set_app (TnAppCard *self, TnApp *app);
TnApp *tn_app_card_get_app (TnAppCard *self);

G_END_DECLS
