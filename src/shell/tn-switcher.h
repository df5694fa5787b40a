/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-canvases.h"
#include "tn-pages.h"

G_BEGIN_DECLS

/**
 * TnSwitcher:
 *
 * The window's title: the name of the canvas in view and which of how many it is; pressed, a list of all of them.
 *
 * Signals: "rename" and "delete" (const char *canvas_id) when the person asks for that in the list.
 */
#define TN_TYPE_SWITCHER (tn_switcher_get_type ())
G_DECLARE_FINAL_TYPE (TnSwitcher, tn_switcher, TN, SWITCHER, GtkWidget)

/* Borrowed: both must live as long as the switcher. */
void tn_switcher_set_canvases (TnSwitcher *self, TnCanvases *canvases, TnPages *pages);

/* Whether the name is all that there is room for. */
void tn_switcher_set_narrow (TnSwitcher *self, gboolean narrow);

G_END_DECLS
