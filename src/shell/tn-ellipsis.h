/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * tn_ellipsis_explain:
 * @label: may have too little room for its text
 *
 * Has @label say all of its text in a tooltip while it shows only a part of it.
 */
void tn_ellipsis_explain (GtkLabel *label);

G_END_DECLS
