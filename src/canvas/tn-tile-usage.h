/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-instance.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TnTileUsage:
 *
 * What a tile uses: two small graphs that move while they are seen.
 */
#define TN_TYPE_TILE_USAGE (tn_tile_usage_get_type ())
G_DECLARE_FINAL_TYPE (TnTileUsage, tn_tile_usage, TN, TILE_USAGE, GtkWidget)

GtkWidget *tn_tile_usage_new (TnInstance *instance);

G_END_DECLS
