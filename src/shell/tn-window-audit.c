/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-window-private.h"

#include <glib/gi18n-lib.h>

#include "tn-audit-window.h"

static void
show_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;

  if (tn_workspace_get_audit (self->workspace) != NULL)
    tn_audit_window_show (GTK_WINDOW (self), self->workspace);
}

static const TnActionEntry entries[] = {
  { "audit.show", N_("Audit"), N_("Window"), N_("Shows what apps did and were refused, and whether that is still what was written."),
    NULL, NULL, show_cb },
};

void
tn_window_add_audit_actions (TnWindow *self)
{
  tn_window_add_table (self, entries, G_N_ELEMENTS (entries));
}
