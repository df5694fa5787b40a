/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-canvases.h"
#include "tn-pages.h"

G_BEGIN_DECLS

/**
 * TnOverview:
 *
 * All canvases side by side, to see, choose, sort and name them.
 *
 * Signals: "open", "rename", "duplicate", "delete" (const char *canvas_id); "sort" (const char *canvas_id, guint to);
 * "create"; "close".
 */
#define TN_TYPE_OVERVIEW (tn_overview_get_type ())
G_DECLARE_FINAL_TYPE (TnOverview, tn_overview, TN, OVERVIEW, GtkWidget)

/* Borrowed: both must live as long as the overview. */
void tn_overview_set_canvases (TnOverview *self, TnCanvases *canvases, TnPages *pages);

/* The id of the canvas that the focus is on; (transfer none) (nullable). */
const char *tn_overview_get_focused (TnOverview *self);

G_END_DECLS
