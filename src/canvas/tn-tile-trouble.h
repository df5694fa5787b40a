/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-instance.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TnTileTrouble:
 *
 * What a tile shows whose app does not run: its last picture greyed, one sentence, one button.
 */
#define TN_TYPE_TILE_TROUBLE (tn_tile_trouble_get_type ())
G_DECLARE_FINAL_TYPE (TnTileTrouble, tn_tile_trouble, TN, TILE_TROUBLE, GtkWidget)

GtkWidget *tn_tile_trouble_new (void);

/* Shows what is wrong with @instance; its button restarts it. */
void tn_tile_trouble_set_instance (TnTileTrouble *self, TnInstance *instance);

G_END_DECLS
