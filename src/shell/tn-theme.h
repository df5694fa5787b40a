/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-runtime.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * tn_theme_follow:
 * @widget: whose style is asked for the colours
 *
 * Tells @runtime how apps should look, now and whenever that changes, for as long as @widget lives.
 */
void tn_theme_follow (TnRuntime *runtime, GtkWidget *widget);

G_END_DECLS
