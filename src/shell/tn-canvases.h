/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-store.h"

G_BEGIN_DECLS

/**
 * TnCanvases:
 *
 * The canvases of a workspace, as the store last said.
 *
 * Signals: "changed" when it has said so; "failed" (const char *message) when they can't be read.
 */
#define TN_TYPE_CANVASES (tn_canvases_get_type ())
G_DECLARE_FINAL_TYPE (TnCanvases, tn_canvases, TN, CANVASES, GObject)

/* Empty until a store is there. */
TnCanvases *tn_canvases_new (void);
void tn_canvases_set_store (TnCanvases *self, TnStore *store);
TnStore *tn_canvases_get_store (TnCanvases *self); /* nullable until set */

/* (transfer none) (element-type TnCanvasRecord): in order, without tiles; another array after every "changed" */
GPtrArray *tn_canvases_get_list (TnCanvases *self);

/* The one of that id; (transfer none) (nullable). @index: (out) (optional) */
const TnCanvasRecord *tn_canvases_find (TnCanvases *self, const char *id, guint *index);

G_END_DECLS
