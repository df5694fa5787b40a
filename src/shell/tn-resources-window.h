/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-pages.h"
#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TnResourcesWindow:
 *
 * The page “Resources”: what all tiles use together and each of them, live, with buttons to pause and stop it and for its limits.
 */
#define TN_TYPE_RESOURCES_WINDOW (tn_resources_window_get_type ())
G_DECLARE_FINAL_TYPE (TnResourcesWindow, tn_resources_window, TN, RESOURCES_WINDOW, AdwWindow)

/* @settings: (nullable): where the limits of all together are kept */
TnResourcesWindow *tn_resources_window_new (GtkWindow *parent, TnPages *pages, TnRuntime *runtime, GSettings *settings);

G_END_DECLS
