/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TnSplit:
 *
 * Content with a panel at its start that slides in: beside the content where there is room, over part of it where
 * there is less, over all of it in a narrow window.
 *
 * Properties: "content", "panel", "revealed"; "reserved-width", the pixels that the panel takes from the content;
 * "covered-width", those that it lies over, 0 where it lies over all; "narrow", whether there is so little room that
 * others should do with less too; "peeking", while the panel lets the content show and be reached under it.
 */
#define TN_TYPE_SPLIT (tn_split_get_type ())
G_DECLARE_FINAL_TYPE (TnSplit, tn_split, TN, SPLIT, GtkWidget)

gboolean tn_split_get_revealed (TnSplit *self);
void tn_split_set_revealed (TnSplit *self, gboolean revealed);
int tn_split_get_reserved_width (TnSplit *self);
void tn_split_set_peeking (TnSplit *self, gboolean peeking);

G_END_DECLS
