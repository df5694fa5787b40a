/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-window-private.h"

#include "tn-settings.h"

/* Which monitor the window is on, so that each keeps its own layouts. The first one ever seen is the home of those from
 * which the others start. */

static gboolean
are_alike (GdkMonitor *one, GdkMonitor *other)
{
  return g_strcmp0 (gdk_monitor_get_manufacturer (one), gdk_monitor_get_manufacturer (other)) == 0
         && g_strcmp0 (gdk_monitor_get_model (one), gdk_monitor_get_model (other)) == 0;
}

/* Whether it is the second or a later one of its kind, in the order of connectors. */
static gboolean
is_another (GdkMonitor *monitor)
{
  GListModel *all = gdk_display_get_monitors (gdk_monitor_get_display (monitor));

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GdkMonitor) other = g_list_model_get_item (all, i);

      if (are_alike (monitor, other)
          && g_strcmp0 (gdk_monitor_get_connector (other), gdk_monitor_get_connector (monitor)) < 0)
        return TRUE;
    }
  return FALSE;
}

/* (transfer full) (nullable): what stays the same when it is plugged in again; the connector where it says nothing, and
 * to tell apart those that are alike. */
static char *
name_monitor (GdkMonitor *monitor)
{
  const char *maker = gdk_monitor_get_manufacturer (monitor), *model = gdk_monitor_get_model (monitor);
  const char *connector = gdk_monitor_get_connector (monitor);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  if (model == NULL || *model == '\0')
    return g_strdup (connector);
  if (maker != NULL && *maker != '\0')
    g_ptr_array_add (parts, (gpointer) maker);
  g_ptr_array_add (parts, (gpointer) model);
  if (connector != NULL && is_another (monitor))
    g_ptr_array_add (parts, (gpointer) connector);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv ("-", (char **) parts->pdata);
}

static void
follow_cb (TnWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));
  GdkMonitor *monitor
    = surface != NULL ? gdk_display_get_monitor_at_surface (gdk_surface_get_display (surface), surface) : NULL;
  g_autofree char *name = monitor != NULL ? name_monitor (monitor) : NULL;
  g_autofree char *home = NULL;

  if (name == NULL || *name == '\0' || self->settings == NULL || self->closing)
    return;
  home = g_settings_get_string (self->settings, TN_SETTINGS_HOME_MONITOR);
  if (*home == '\0')
    g_settings_set_string (self->settings, TN_SETTINGS_HOME_MONITOR, name);
  tn_pages_set_monitor (self->pages, *home == '\0' || g_str_equal (home, name) ? NULL : name);
}

static void
realize_cb (TnWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));

  g_signal_connect_object (surface, "enter-monitor", G_CALLBACK (follow_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (surface, "leave-monitor", G_CALLBACK (follow_cb), self, G_CONNECT_SWAPPED);
}

void
tn_window_follow_monitor (TnWindow *self)
{
  g_signal_connect_object (self, "realize", G_CALLBACK (realize_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}
