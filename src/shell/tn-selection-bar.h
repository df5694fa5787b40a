/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TnSelectionBar:
 *
 * What can be done with the selected widgets, as buttons of the window's selection actions.
 */
#define TN_TYPE_SELECTION_BAR (tn_selection_bar_get_type ())
G_DECLARE_FINAL_TYPE (TnSelectionBar, tn_selection_bar, TN, SELECTION_BAR, GtkWidget)

void tn_selection_bar_set_targets (TnSelectionBar *self, GMenuModel *targets);

/* @locked: all of them are locked already */
void tn_selection_bar_set_selected (TnSelectionBar *self, guint n_selected, gboolean locked);

/* Whether it has to do with two rows. */
void tn_selection_bar_set_narrow (TnSelectionBar *self, gboolean narrow);

G_END_DECLS
