/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tn-file-chooser.h"

G_BEGIN_DECLS

/**
 * TnChooser:
 *
 * #TnFileChooser with the windows of the desktop: what an app is given or gives, the person sees and decides.
 */
#define TN_TYPE_CHOOSER (tn_chooser_get_type ())
G_DECLARE_FINAL_TYPE (TnChooser, tn_chooser, TN, CHOOSER, GObject)

/* @parent: (not owned): what its windows belong to; (transfer full). */
TnFileChooser *tn_chooser_new (GtkWindow *parent);

G_END_DECLS
