/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-window-private.h"

#include <glib/gi18n-lib.h>

#include "tn-compat.h"
#include "tn-permission.h"

/* In which mode the program is run: chosen after it was said what that opens, and seen for as long as it does. */

static const struct
{
  const char *heading; /* of the question; NULL for the one that opens nothing */
  const char *who;
  const char *mark;
} modes[] = {
  [TN_MODE_ISOLATION] = { NULL, NULL, "" },
  [TN_MODE_DEVELOPMENT]
  = { N_("Switch to Development?"), N_("Every app then can:"), N_("Development: every app can be looked into") },
  [TN_MODE_HYBRID] = { N_("Switch to Hybrid?"), N_("An app that you allow it on its Permissions page then can:"),
                       N_("Hybrid: apps that you allow it can be looked into") },
};

typedef struct
{
  TnWindow *window;
  TnMode mode;
} Choice;

static void
meant_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Choice *choice = user_data;
  g_autoptr (TnWindow) self = choice->window;

  if (tn_compat_ask_finish (result) && !self->closing)
    tn_policy_set_mode (tn_workspace_get_policy (self->workspace), choice->mode);
}

/* As the table has it. */
static char *
describe (TnMode mode)
{
  g_autoptr (GString) text = g_string_new (_(modes[mode].who));
  gsize n;
  const TnPermission *permissions = tn_mode_list_permissions (&n);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *words = tn_permission_describe (&permissions[i]);

      if (tn_mode_get_access (mode, i) != TN_ACCESS_CLOSED)
        g_string_append_printf (text, "\n• %s", words);
    }
  g_string_append_printf (text, "\n\n%s\n\n%s",
                          _("Each still runs alone, without a network of its own, and may do only what you allow. Whatever "
                            "is opened is written down in the audit."),
                          _("Widgets that this changes start again."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
ask (TnWindow *self, TnMode mode)
{
  g_autofree char *text = describe (mode);
  Choice *choice = g_new (Choice, 1);

  *choice = (Choice){ g_object_ref (self), mode };
  tn_compat_ask_async (GTK_WINDOW (self), _(modes[mode].heading), text, _("_Switch"), TN_COMPAT_ASK_PLAIN, meant_cb, choice);
}

static void
choose_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;
  TnPolicy *policy = tn_workspace_get_policy (self->workspace);
  TnMode mode;

  if (policy == NULL || !tn_mode_from_name (g_variant_get_string (parameter, NULL), &mode)
      || mode == tn_policy_get_mode (policy))
    return;
  if (tn_mode_widens (tn_policy_get_mode (policy), mode))
    ask (self, mode);
  else
    tn_policy_set_mode (policy, mode);
}

static void
inspect_cb (gpointer owner, GVariant *parameter)
{
  TnTile *tile = tn_canvas_get_focus_tile (tn_window_get_canvas (owner));

  if (tile != NULL && (tn_tile_get_instance (tile) == NULL || !tn_instance_inspect (tn_tile_get_instance (tile))))
    tn_window_toast (owner, _("This widget is not open for the inspector"));
}

static const TnActionEntry entries[] = {
  { "mode.choose", N_("Mode"), N_("General"), N_("Says whether apps can be looked into by who develops them."), NULL, "s",
    choose_cb },
  { "widget.inspect", N_("Inspect the Widget"), N_("Widgets"), N_("Opens the inspector for the focused widget’s page."),
    "<Shift><Control>i F12", NULL, inspect_cb },
};

void
tn_window_update_mode (TnWindow *self)
{
  TnPolicy *policy = self->workspace != NULL ? tn_workspace_get_policy (self->workspace) : NULL;
  TnMode mode = policy != NULL ? tn_policy_get_mode (policy) : TN_MODE_ISOLATION;
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "mode.choose");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (tn_mode_name (mode)));
  tn_action_registry_set_enabled (self->actions, "widget.inspect", mode != TN_MODE_ISOLATION);
  if (mode != TN_MODE_ISOLATION)
    gtk_label_set_text (self->mode_words, _(modes[mode].mark));
  gtk_revealer_set_reveal_child (self->mode_revealer, mode != TN_MODE_ISOLATION);
}

void
tn_window_add_mode_actions (TnWindow *self)
{
  tn_window_add_table (self, entries, G_N_ELEMENTS (entries));
  tn_window_hide_with (self->mode_revealer);
  g_object_bind_property (self->header, "visible", self->mode_buttons, "visible", G_BINDING_SYNC_CREATE);
}

void
tn_window_follow_mode (TnWindow *self)
{
  g_signal_connect_object (tn_workspace_get_policy (self->workspace), "mode-changed", G_CALLBACK (tn_window_update_mode), self,
                           G_CONNECT_SWAPPED);
  tn_window_update_mode (self);
}
