/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-catalogue.h"
#include "tn-runtime.h"
#include "tn-store.h"
#include "tn-tile.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TnCanvas:
 *
 * The page of tiles. The store is the model: a gesture ends in one operation, the store says what changed, and the
 * canvas follows. Scrolls; put it into a #GtkScrolledWindow.
 *
 * Properties: "editing" (the pointer arranges tiles instead of using them), "n-tiles".
 *
 * Signals: "removed" (const char *title) after a tile was removed; "arranged" after the person moved, resized or added
 * one; "state-changed" when a tile's state or what is in view has; "missing" when the canvas is not in the store any
 * more; "failed" (const char *message) when something could not be done.
 */
#define TN_TYPE_CANVAS (tn_canvas_get_type ())
G_DECLARE_FINAL_TYPE (TnCanvas, tn_canvas, TN, CANVAS, GtkWidget)

GtkWidget *tn_canvas_new (void);

/* From where: each as soon as it is there; tiles show with the store, and run with the runtime. */
void tn_canvas_set_catalogue (TnCanvas *self, TnCatalogue *catalogue);
void tn_canvas_set_store (TnCanvas *self, TnStore *store);
void tn_canvas_set_runtime (TnCanvas *self, TnRuntime *runtime);

/* Shows the canvas of that id. */
void tn_canvas_show (TnCanvas *self, const char *id);

/* What is shown, without places; (transfer none) (nullable): %NULL before it has been loaded. */
const TnCanvasRecord *tn_canvas_get_record (TnCanvas *self);

/* Pixels beside the canvas that a panel takes: they still count for how many columns there are, so that opening the
 * panel does not rearrange anything. */
void tn_canvas_set_reserved_width (TnCanvas *self, int width);

/* What is shown while there are no tiles. */
void tn_canvas_set_placeholder (TnCanvas *self, GtkWidget *placeholder);

gboolean tn_canvas_get_editing (TnCanvas *self);
void tn_canvas_set_editing (TnCanvas *self, gboolean editing);

/* Places @app in the first free place and scrolls there. */
void tn_canvas_add_app (TnCanvas *self, TnApp *app);

void tn_canvas_remove_tile (TnCanvas *self, TnTile *tile);

/* The tile that has the focus or holds it; (transfer none) (nullable). */
TnTile *tn_canvas_get_focus_tile (TnCanvas *self);

/* Moves the focus to the next tile in reading order, or the one before: the way out of a page that keeps Tab to itself.
 * From outside it goes to the first, and after the last as well. */
void tn_canvas_focus_next (TnCanvas *self, gboolean backward);

/* (transfer container) (element-type TnTile): in reading order; those in view only where @in_view. */
GPtrArray *tn_canvas_list_tiles (TnCanvas *self, gboolean in_view);

/* Whether the canvas was loaded and every tile has its place on the screen. */
gboolean tn_canvas_is_laid_out (TnCanvas *self);

/* Whether it is laid out, and each tile in view is mounted or in trouble. */
gboolean tn_canvas_is_settled (TnCanvas *self);

/**
 * tn_canvas_stop_async:
 *
 * Stops every instance with its state kept; what takes longer than a second is left behind. Nothing starts any more.
 */
void tn_canvas_stop_async (TnCanvas *self, GAsyncReadyCallback callback, gpointer user_data);
void tn_canvas_stop_finish (TnCanvas *self, GAsyncResult *result);

G_END_DECLS
