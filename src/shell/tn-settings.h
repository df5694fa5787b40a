/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-runtime.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TN_SETTINGS_WIDTH "window-width"
#define TN_SETTINGS_HEIGHT "window-height"
#define TN_SETTINGS_MAXIMIZED "window-maximized"
#define TN_SETTINGS_HINT_DISMISSED "hint-dismissed"
#define TN_SETTINGS_LAST_CANVAS "last-canvas"
#define TN_SETTINGS_KIOSK_SECONDS "kiosk-seconds"
#define TN_SETTINGS_KIOSK_KEY "kiosk-key"
#define TN_SETTINGS_HOME_MONITOR "home-monitor"
#define TN_SETTINGS_SUSPEND_SECONDS "suspend-seconds"
#define TN_SETTINGS_DISCARD_SECONDS "discard-seconds"
#define TN_SETTINGS_MEMORY_CEILING "memory-ceiling"
#define TN_SETTINGS_INSTANCES_CEILING "instances-ceiling"

/**
 * tn_settings_new:
 *
 * Returns: (transfer full) (nullable): what the program remembers; %NULL where the schema is not installed
 */
GSettings *tn_settings_new (void);

/* Gives @window the size it had last; @settings may be %NULL. */
void tn_settings_restore_window (GSettings *settings, GtkWindow *window);
void tn_settings_save_window (GSettings *settings, GtkWindow *window);

/* Gives @runtime the person's budget, now and whenever it changes; @settings may be %NULL. */
void tn_settings_follow_budget (GSettings *settings, TnRuntime *runtime);

G_END_DECLS
