/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Says what the program is. The one place that knows which about window the libadwaita at hand has. */
void tn_about_show (GtkWindow *parent);

G_END_DECLS
