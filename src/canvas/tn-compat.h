/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What newer GTK does otherwise, in one place. */

/**
 * tn_compat_announce:
 * @widget: what it is about; has the focus
 * @text: one sentence
 *
 * Has a screen reader say @text now.
 */
void tn_compat_announce (GtkWidget *widget, const char *text);

G_END_DECLS
