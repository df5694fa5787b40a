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

/**
 * tn_compat_hold_keys:
 * @widget: what is dragged from
 * @hold: whether a drag begins or ends
 *
 * Lets Escape cancel a drag on X11. There GTK 4 has the keys of a drag sent to the root window, whose events it then
 * passes over; while the keyboard is held by the window they come to it instead.
 */
void tn_compat_hold_keys (GtkWidget *widget, gboolean hold);

G_END_DECLS
