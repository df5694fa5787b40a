/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-runtime.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * tn_limits_dialog_show:
 * @app: (nullable): one with a manifest; %NULL for what all have together only
 * @settings: (nullable): where what all have together is kept; nothing of it is shown without
 *
 * How much the app may use, and all together: what the person says holds at once, and is taken back by a button beside it.
 */
void tn_limits_dialog_show (GtkWindow *parent, TnRuntime *runtime, TnApp *app, GSettings *settings);

G_END_DECLS
