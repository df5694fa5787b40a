/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-policy.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * tn_permissions_dialog_show:
 * @app: one with a manifest
 *
 * The app's page. Lists what the app's manifest declares, each in words with how it stands. What is changed there takes
 * effect at once, and what changes elsewhere is shown.
 *
 * Returns: (transfer none): the page, which has closed when it emits "remove" or "erase" (TnApp): what the person wants
 */
GtkWidget *tn_permissions_dialog_show (GtkWindow *parent, TnPolicy *policy, TnApp *app);

G_END_DECLS
