/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-window-private.h"

#include <glib/gi18n-lib.h>

/* How the canvas in view as a whole is arranged. */

static void
policy_cb (gpointer owner, GVariant *parameter)
{
  TnGridPolicy policy;

  if (tn_grid_policy_from_name (g_variant_get_string (parameter, NULL), &policy))
    tn_canvas_set_policy (tn_window_get_canvas (owner), policy);
}

static void
tidy_cb (gpointer owner, GVariant *parameter)
{
  tn_canvas_tidy (tn_window_get_canvas (owner));
}

static void
lock_cb (gpointer owner, GVariant *parameter)
{
  TnCanvas *canvas = tn_window_get_canvas (owner);
  const TnCanvasRecord *record = tn_canvas_get_record (canvas);

  if (record != NULL)
    tn_canvas_set_locked (canvas, !record->locked);
}

static const TnActionEntry entries[] = {
  { "canvas.policy", N_("Arrangement"), N_("Canvas"), N_("Says what happens to widgets that are in the way."), NULL,
    "s", policy_cb },
  { "canvas.tidy", N_("Tidy Up"), N_("Canvas"), N_("Lets all widgets move up as far as they can."), NULL, NULL,
    tidy_cb },
  { "canvas.lock", N_("Lock the Canvas"), N_("Canvas"), N_("Keeps every widget where it is."), NULL, NULL, lock_cb },
};

static void
set_state (TnWindow *self, const char *id, GVariant *state)
{
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), id)), state);
}

/* @canvas: the one in view, as the store last said */
void
tn_window_update_arrangement (TnWindow *self, const TnCanvasRecord *canvas)
{
  set_state (self, "canvas.policy", g_variant_new_string (tn_grid_policy_to_name (canvas->policy)));
  set_state (self, "canvas.lock", g_variant_new_boolean (canvas->locked));
  tn_action_registry_set_enabled (self->actions, "canvas.policy", !canvas->locked);
  tn_action_registry_set_enabled (self->actions, "canvas.tidy", !canvas->locked);
}

void
tn_window_add_arrange_actions (TnWindow *self)
{
  tn_window_add_table (self, entries, G_N_ELEMENTS (entries));
}
