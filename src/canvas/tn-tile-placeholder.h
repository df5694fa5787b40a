/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-record.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TnTilePlaceholder:
 *
 * What a tile shows that stands for a panel of another program: what it is, and that it is kept.
 */
#define TN_TYPE_TILE_PLACEHOLDER (tn_tile_placeholder_get_type ())
G_DECLARE_FINAL_TYPE (TnTilePlaceholder, tn_tile_placeholder, TN, TILE_PLACEHOLDER, GtkWidget)

GtkWidget *tn_tile_placeholder_new (void);

/* @title: what the person calls it */
void tn_tile_placeholder_set_record (TnTilePlaceholder *self, const TnTileRecord *record, const char *title);

G_END_DECLS
