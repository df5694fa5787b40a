/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-compat.h"

#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>
#endif

void
tn_compat_announce (GtkWidget *widget, const char *text)
{
#if GTK_CHECK_VERSION(4, 14, 0)
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_accessible_announce (GTK_ACCESSIBLE (widget), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  G_GNUC_END_IGNORE_DEPRECATIONS
#else
  /* A change of the description of what has the focus is read out. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
#endif
}

void
tn_compat_hold_keys (GtkWidget *widget, gboolean hold)
{
#ifdef GDK_WINDOWING_X11
  GtkNative *native = gtk_widget_get_native (widget);
  GdkToplevel *toplevel = native != NULL ? GDK_TOPLEVEL (gtk_native_get_surface (native)) : NULL;

  /* Elsewhere this would ask the person for leave, and nothing needs it. */
  if (toplevel == NULL || !GDK_IS_X11_DISPLAY (gtk_widget_get_display (widget)))
    return;
  if (hold)
    gdk_toplevel_inhibit_system_shortcuts (toplevel, NULL);
  else
    gdk_toplevel_restore_system_shortcuts (toplevel);
#endif
}
