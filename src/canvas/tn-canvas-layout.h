/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TnCanvasLayout:
 *
 * Allocates the children of a #TnCanvas: how many columns there are, where each tile is on its way to its place, which
 * are in view.
 */
#define TN_TYPE_CANVAS_LAYOUT (tn_canvas_layout_get_type ())
G_DECLARE_FINAL_TYPE (TnCanvasLayout, tn_canvas_layout, TN, CANVAS_LAYOUT, GtkLayoutManager)

G_END_DECLS
