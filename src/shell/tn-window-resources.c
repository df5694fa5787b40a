/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-window-private.h"

#include <glib/gi18n-lib.h>

#include "tn-resources-window.h"

/* One is enough. */
static void
show_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;
  TnRuntime *runtime = tn_workspace_get_runtime (self->workspace);

  if (runtime == NULL)
    {
      tn_window_toast (self, _("Nothing runs yet"));
      return;
    }
  if (self->resources == NULL)
    {
      self->resources = GTK_WINDOW (tn_resources_window_new (GTK_WINDOW (self), self->pages, runtime, self->settings));
      g_object_add_weak_pointer (G_OBJECT (self->resources), (gpointer *) &self->resources);
    }
  gtk_window_present (self->resources);
}

static const TnActionEntry entries[] = {
  { "resources.show", N_("Resources"), N_("Widgets"), N_("Shows what each widget uses, and pauses or stops it."), NULL,
    NULL, show_cb },
};

void
tn_window_add_resources_action (TnWindow *self)
{
  tn_window_add_table (self, entries, G_N_ELEMENTS (entries));
}
