/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TnGhost:
 *
 * The dashed outline of where what is in hand would drop.
 */
#define TN_TYPE_GHOST (tn_ghost_get_type ())
G_DECLARE_FINAL_TYPE (TnGhost, tn_ghost, TN, GHOST, GtkWidget)

GtkWidget *tn_ghost_new (void);

G_END_DECLS
