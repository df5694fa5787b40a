/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-app.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * tn_app_icon_show:
 * @app: (nullable): an app, or %NULL for one that is not here
 *
 * Shows the app's icon in @image at its pixel size: a general one at once, the app's own when it has been read.
 * The file is an app's and so not trusted: it is decoded in a process of its own (tn-decoder.h), and too
 * large a file or picture is not shown.
 */
void tn_app_icon_show (GtkImage *image, TnApp *app);

G_END_DECLS
