/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-catalogue.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TnAddPanel:
 *
 * The apps that can be added: searched, then dragged onto the canvas or added by Enter.
 *
 * Signals: "add" (TnApp *app); "drag" (gboolean) when a card's drag begins and ends; "close".
 */
#define TN_TYPE_ADD_PANEL (tn_add_panel_get_type ())
G_DECLARE_FINAL_TYPE (TnAddPanel, tn_add_panel, TN, ADD_PANEL, GtkWidget)

void tn_add_panel_set_catalogue (TnAddPanel *self, TnCatalogue *catalogue);

/* Puts the focus where typing searches, anew. */
void tn_add_panel_focus_search (TnAddPanel *self);

G_END_DECLS
