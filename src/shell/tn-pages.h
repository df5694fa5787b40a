/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-canvas.h"

G_BEGIN_DECLS

/* So many canvases stay alive. */
#define TN_PAGES_MAX 3

/**
 * TnPages:
 *
 * The canvases that were visited last, one of them in view. A few stay alive; the one that was in view the longest time
 * ago is stopped with its state kept when another is visited. There is always a current canvas: until the first is
 * shown it is an empty one.
 *
 * Properties: "current" (TnCanvas).
 *
 * Signals: "added" (TnCanvas *canvas) when another is visited: not for the one that is there from the start.
 */
#define TN_TYPE_PAGES (tn_pages_get_type ())
G_DECLARE_FINAL_TYPE (TnPages, tn_pages, TN, PAGES, GtkWidget)

/* What every canvas gets; see the functions of TnCanvas. */
void tn_pages_set_catalogue (TnPages *self, TnCatalogue *catalogue);
void tn_pages_set_store (TnPages *self, TnStore *store);
void tn_pages_set_runtime (TnPages *self, TnRuntime *runtime);
void tn_pages_set_reserved_width (TnPages *self, int width);
void tn_pages_set_monitor (TnPages *self, const char *monitor);

/* Fitted to the screen, and frozen. */
void tn_pages_set_kiosk (TnPages *self, gboolean kiosk);

TnCatalogue *tn_pages_get_catalogue (TnPages *self); /* nullable until set, like the next */
TnStore *tn_pages_get_store (TnPages *self);

/* Brings the canvas of that id into view. */
void tn_pages_show (TnPages *self, const char *id);

TnCanvas *tn_pages_get_current (TnPages *self);      /* (transfer none) */
const char *tn_pages_get_current_id (TnPages *self); /* (transfer none) (nullable): %NULL before the first is shown */

/* The canvas of that id where it is alive; (transfer none) (nullable) */
TnCanvas *tn_pages_find (TnPages *self, const char *id);

/* (transfer container) (element-type TnCanvas): those that are alive */
GPtrArray *tn_pages_list (TnPages *self);

/* What that tile of any canvas looks like, or did when its canvas was alive; (transfer full) (nullable). */
GdkPaintable *tn_pages_get_picture (TnPages *self, const char *tile_id);

/* Stops those that @exists says are no more, unless they are in view. */
typedef gboolean (*TnPagesExists) (const char *id, gpointer user_data);
void tn_pages_keep (TnPages *self, TnPagesExists exists, gpointer user_data);

/* Stops all of them; see tn_canvas_stop_async(). */
void tn_pages_stop_async (TnPages *self, GAsyncReadyCallback callback, gpointer user_data);
void tn_pages_stop_finish (TnPages *self, GAsyncResult *result);

G_END_DECLS
