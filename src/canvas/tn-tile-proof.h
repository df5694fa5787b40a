/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-instance.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TnTileProof:
 *
 * Says what was measured about a tile's process before its app was loaded.
 */
#define TN_TYPE_TILE_PROOF (tn_tile_proof_get_type ())
G_DECLARE_FINAL_TYPE (TnTileProof, tn_tile_proof, TN, TILE_PROOF, GtkPopover)

GtkPopover *tn_tile_proof_new (TnInstance *instance);

G_END_DECLS
