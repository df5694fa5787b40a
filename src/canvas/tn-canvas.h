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
 * Properties: "editing" (the pointer arranges tiles instead of using them), "n-tiles", "n-selected", "dragging" (a tile
 * follows the pointer and could go to another canvas).
 *
 * Signals: "removed" (const char *title) after a tile was removed; "arranged" after the person moved, resized or added
 * one; "state-changed" when a tile's state or what is in view has; "missing" when the canvas is not in the store any
 * more; "failed" (const char *message) when something could not be done; "files-dropped" (GPtrArray of GFile *files, int
 * column, int row) when files were dropped at that cell; "sending" (const char *canvas_id) before tiles that were
 * dropped are put onto another canvas: where it is yet to be made, the answer is its #TnCanvasRecord (transfer full),
 * else %NULL; "reshaped" after its width, cells or monitor have become others.
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

/* Places @app at that cell of the layout in view; what is in its way moves by the canvas's policy. */
void tn_canvas_add_app_at (TnCanvas *self, TnApp *app, int column, int row);

/**
 * tn_canvas_set_monitor:
 * @monitor: (nullable): names the monitor that the window is on; %NULL for the one whose layouts the others start from
 *
 * A monitor has layouts of its own from the moment the person changes one there.
 */
void tn_canvas_set_monitor (TnCanvas *self, const char *monitor);

/* Fitted: rows are as high as it takes to show all of them without scrolling. */
void tn_canvas_set_fitted (TnCanvas *self, gboolean fitted);

/* Puts back what is in hand, and ends a marquee. */
void tn_canvas_cancel (TnCanvas *self);

/* Frozen: nothing can be arranged, whatever the canvas says; pages work. */
void tn_canvas_set_frozen (TnCanvas *self, gboolean frozen);

/* What the whole canvas does with tiles in the way of a gesture; one operation. Choosing %TN_GRID_COMPACT compacts. */
TnGridPolicy tn_canvas_get_policy (TnCanvas *self);
void tn_canvas_set_policy (TnCanvas *self, TnGridPolicy policy);

/* Lets everything fall to the top now; one operation. */
void tn_canvas_tidy (TnCanvas *self);

/* Whether the canvas is locked as a whole; one operation. */
void tn_canvas_set_locked (TnCanvas *self, gboolean locked);

/* The selection: what a gesture and these take as one. Each of the latter is one operation. */
void tn_canvas_select_all (TnCanvas *self);
void tn_canvas_clear_selection (TnCanvas *self);
GPtrArray *tn_canvas_list_selected (TnCanvas *self); /* (transfer container) (element-type TnTile): in reading order */
void tn_canvas_align_selected (TnCanvas *self, TnGridAlign align);
void tn_canvas_distribute_selected (TnCanvas *self, gboolean vertical);
void tn_canvas_lock_selected (TnCanvas *self, gboolean locked);
void tn_canvas_remove_selected (TnCanvas *self);
void tn_canvas_duplicate_selected (TnCanvas *self);

/* Puts the selected tiles onto another canvas, to the first free places there. @copy: they stay here too */
void tn_canvas_send_selected (TnCanvas *self, const char *canvas_id, gboolean copy);

/* The same with a canvas that is made for them; all one operation. */
void tn_canvas_send_selected_to_new (TnCanvas *self, const TnCanvasRecord *made);

/**
 * TnCanvasTargetFunc:
 * @x: in the canvas's coordinates, like @y
 *
 * Asked while a tile is dragged: whether the pointer is over something that stands for another canvas. It shows that it
 * would be taken, too. A drop there sends the tiles to that canvas.
 *
 * Returns: (nullable) (transfer none): that canvas's id
 */
typedef const char *(*TnCanvasTargetFunc) (TnCanvas *self, double x, double y, gpointer user_data);
void tn_canvas_set_target_func (TnCanvas *self, TnCanvasTargetFunc func, gpointer user_data);

/* What the tile looks like now, or did when it was last seen; (transfer full) (nullable). */
GdkPaintable *tn_canvas_get_picture (TnCanvas *self, const char *tile_id);

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
