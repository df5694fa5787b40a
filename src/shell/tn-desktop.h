/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-platform.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TnDesktop:
 *
 * #TnPlatform by a window: notifications of its application, its clipboard, dialogs over it.
 */
#define TN_TYPE_DESKTOP (tn_desktop_get_type ())
G_DECLARE_FINAL_TYPE (TnDesktop, tn_desktop, TN, DESKTOP, GObject)

/* @window: not kept alive; without it nothing is done. Returns: (transfer full) */
TnDesktop *tn_desktop_new (GtkWindow *window);

G_END_DECLS
