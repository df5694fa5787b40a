/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-window-private.h"

#include <glib/gi18n-lib.h>

#include "tn-developer-window.h"

static gboolean
is_open (TnWindow *self)
{
  TnPolicy *policy = tn_workspace_get_policy (self->workspace);

  return policy != NULL && tn_policy_opens (policy, NULL, TN_FEATURE_LOG);
}

/* One is enough. @parameter: of a tile, by its id; "" of all. */
static void
show_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;

  if (!is_open (self))
    {
      tn_window_toast (self, _("The mode of the program does not open the log"));
      return;
    }
  if (self->developer == NULL)
    {
      self->developer = GTK_WINDOW (tn_developer_window_new (GTK_WINDOW (self), self->workspace, self->pages));
      g_object_add_weak_pointer (G_OBJECT (self->developer), (gpointer *) &self->developer);
    }
  tn_developer_window_choose (TN_DEVELOPER_WINDOW (self->developer), g_variant_get_string (parameter, NULL));
  gtk_window_present (self->developer);
}

static const TnActionEntry entries[] = {
  { "developer", N_("Developer Panel"), N_("Window"), N_("Shows the log, and what pages say on their consoles."), NULL, "s",
    show_cb },
};

void
tn_window_add_develop_action (TnWindow *self)
{
  tn_window_add_table (self, entries, G_N_ELEMENTS (entries));
}
