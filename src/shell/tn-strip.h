/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-canvases.h"
#include "tn-pages.h"

G_BEGIN_DECLS

/**
 * TnStrip:
 *
 * The other canvases as places to drop what is dragged. Shows one row of them; when it is pointed at, as many as it
 * takes. Takes no events: the canvas that drags asks it.
 */
#define TN_TYPE_STRIP (tn_strip_get_type ())
G_DECLARE_FINAL_TYPE (TnStrip, tn_strip, TN, STRIP, GtkWidget)

/* Makes the chips: of all canvases but the one in view, and of one that is yet to be made. */
void tn_strip_fill (TnStrip *self, TnCanvases *canvases, TnPages *pages);
void tn_strip_clear (TnStrip *self);

/* Which canvas is at that point of @widget; its chip is highlighted. Returns: (nullable) (transfer none): its id */
const char *tn_strip_point_at (TnStrip *self, GtkWidget *widget, double x, double y);

/* The canvas of that id, where it is the one that is yet to be made; (transfer full) (nullable). */
TnCanvasRecord *tn_strip_get_new (TnStrip *self, const char *id);

G_END_DECLS
