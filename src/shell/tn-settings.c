/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-settings.h"

#define DEFAULT_WIDTH 1200
#define DEFAULT_HEIGHT 800

GSettings *
tn_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  /* g_settings_new() ends the program where the schema is not there: an uninstalled run must do without. */
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APP_ID, TRUE);
  if (schema != NULL)
    return g_settings_new_full (schema, NULL, NULL);
  g_message ("The settings schema %s is not installed: nothing about the window is remembered", APP_ID);
  return NULL;
}

void
tn_settings_restore_window (GSettings *settings, GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  gtk_window_set_default_size (window,
                               settings != NULL ? g_settings_get_int (settings, TN_SETTINGS_WIDTH) : DEFAULT_WIDTH,
                               settings != NULL ? g_settings_get_int (settings, TN_SETTINGS_HEIGHT) : DEFAULT_HEIGHT);
  if (settings != NULL && g_settings_get_boolean (settings, TN_SETTINGS_MAXIMIZED))
    gtk_window_maximize (window);
}

void
tn_settings_save_window (GSettings *settings, GtkWindow *window)
{
  int width, height;

  g_return_if_fail (GTK_IS_WINDOW (window));

  if (settings == NULL)
    return;
  /* The default size follows the person's resizing, and is the unmaximized one while maximized. */
  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (settings, TN_SETTINGS_WIDTH, width);
  g_settings_set_int (settings, TN_SETTINGS_HEIGHT, height);
  g_settings_set_boolean (settings, TN_SETTINGS_MAXIMIZED, gtk_window_is_maximized (window));
}

static void
budget_changed_cb (GSettings *settings, const char *key, TnRuntime *runtime)
{
  const TnBudget budget = {
    .suspend_s = g_settings_get_uint (settings, TN_SETTINGS_SUSPEND_SECONDS),
    .discard_s = g_settings_get_uint (settings, TN_SETTINGS_DISCARD_SECONDS),
    .memory_mib = g_settings_get_uint (settings, TN_SETTINGS_MEMORY_CEILING),
    .instances = g_settings_get_uint (settings, TN_SETTINGS_INSTANCES_CEILING),
  };

  tn_runtime_set_budget (runtime, &budget);
}

void
tn_settings_follow_budget (GSettings *settings, TnRuntime *runtime)
{
  g_return_if_fail (TN_IS_RUNTIME (runtime));

  if (settings == NULL)
    return;
  g_signal_connect_object (settings, "changed", G_CALLBACK (budget_changed_cb), runtime, 0);
  budget_changed_cb (settings, NULL, runtime);
}
