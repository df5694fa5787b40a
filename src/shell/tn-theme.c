/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-theme.h"

#include <adwaita.h>

#define RUNTIME_DATA "tn-theme-runtime"

static void
put_color (char field[8], GtkWidget *widget, const char *name, const char *fallback)
{
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &color))
    gdk_rgba_parse (&color, fallback);
  g_snprintf (field, 8, "#%02x%02x%02x", (int) (color.red * 255 + 0.5) & 0xff, (int) (color.green * 255 + 0.5) & 0xff,
              (int) (color.blue * 255 + 0.5) & 0xff);
}

static void
update (GtkWidget *widget)
{
  TnRuntime *runtime = g_object_get_data (G_OBJECT (widget), RUNTIME_DATA);
  AdwStyleManager *manager = adw_style_manager_get_default ();
  TnTheme theme
    = { .dark = adw_style_manager_get_dark (manager), .high_contrast = adw_style_manager_get_high_contrast (manager) };

  put_color (theme.accent, widget, "accent_bg_color", "#3584e4");
  put_color (theme.foreground, widget, "tile_fg_color", theme.dark ? "#ffffff" : "#2e2e2e");
  put_color (theme.background, widget, "tile_bg_color", theme.dark ? "#303030" : "#ffffff");
  tn_runtime_set_theme (runtime, &theme);
}

void
tn_theme_follow (TnRuntime *runtime, GtkWidget *widget)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_return_if_fail (TN_IS_RUNTIME (runtime));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  g_object_set_data_full (G_OBJECT (widget), RUNTIME_DATA, g_object_ref (runtime), g_object_unref);
  /* After the application has exchanged its style sheets. */
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (update), widget, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (update), widget,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  update (widget);
}
