/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-foreign.h"

#include <string.h>

#include "tn-window.h"

#define PATH "/com/tokennexus/Canvas"
#define INTERFACE "com.tokennexus.Canvas1"
#define MEMBER "StoreChanged"

static void
changed_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *member,
            GVariant *parameters, gpointer user_data)
{
  const char *name, *canvas_id;

  /* Whoever is on the session bus can say anything. */
  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ss)")))
    return;
  g_variant_get (parameters, "(&s&s)", &name, &canvas_id);
  for (GList *l = gtk_application_get_windows (user_data); l != NULL; l = l->next)
    {
      TnWorkspace *workspace = TN_IS_WINDOW (l->data) ? tn_window_get_workspace (l->data) : NULL;
      TnStore *store = workspace != NULL ? tn_workspace_get_store (workspace) : NULL;

      if (store != NULL && strcmp (tn_workspace_get_name (workspace), name) == 0)
        tn_store_notice_foreign_change (store, canvas_id);
    }
}

void
tn_foreign_follow (GtkApplication *application, GDBusConnection *bus)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));

  /* The application lives as long as the process listens. */
  if (bus != NULL)
    g_dbus_connection_signal_subscribe (bus, NULL, INTERFACE, MEMBER, PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE, changed_cb,
                                        application, NULL);
}
