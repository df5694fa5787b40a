/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-window-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tn-about.h"
#include "tn-shortcuts.h"

#define PREFIX "win."

static void
add_cb (gpointer owner, GVariant *parameter)
{
  tn_window_toggle_panel (owner, TN_PANEL_ADD);
}

static void
reload_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;
  TnTile *tile = tn_canvas_get_focus_tile (tn_window_get_canvas (self));

  if (tile != NULL)
    tn_tile_reload (tile);
}

static void
remove_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;
  TnTile *tile = tn_canvas_get_focus_tile (tn_window_get_canvas (self));

  if (tile != NULL)
    tn_canvas_remove_tile (tn_window_get_canvas (self), tile);
}

static void
edit_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;
  TnCanvas *canvas = tn_window_get_canvas (self);

  tn_canvas_set_editing (canvas, !tn_canvas_get_editing (canvas));
}

static void
next_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;

  tn_canvas_focus_next (tn_window_get_canvas (self), FALSE);
}

static void
previous_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;

  tn_canvas_focus_next (tn_window_get_canvas (self), TRUE);
}

static void
close_cb (gpointer owner, GVariant *parameter)
{
  gtk_window_close (owner);
}

static void
quit_cb (gpointer owner, GVariant *parameter)
{
  GtkApplication *application = gtk_window_get_application (owner);

  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
}

static void
shortcuts_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;

  tn_shortcuts_show (GTK_WINDOW (self), self->actions);
}

static void
about_cb (gpointer owner, GVariant *parameter)
{
  tn_about_show (owner);
}

static const TnActionEntry entries[] = {
  { "widget.add", N_("Add a Widget"), N_("Widgets"), N_("Opens or closes the list of apps."), "<Control>n", NULL,
    add_cb },
  { "widget.reload", N_("Reload the Widget"), N_("Widgets"), N_("Starts the focused widget again."), "F5", NULL,
    reload_cb },
  { "widget.remove", N_("Remove the Widget"), N_("Widgets"), N_("Takes the focused widget off the canvas."), NULL,
    NULL, remove_cb },
  { "canvas.edit", N_("Arrange Widgets"), N_("Canvas"), N_("Turns arranging on or off."), "<Control>e", NULL,
    edit_cb },
  { "widget.next", N_("Next Widget"), N_("Widgets"), N_("Moves the focus to the next widget, out of any page."),
    "F6", NULL, next_cb },
  { "widget.previous", N_("Previous Widget"), N_("Widgets"),
    N_("Moves the focus to the widget before, out of any page."), "<Shift>F6", NULL, previous_cb },
  { "help.shortcuts", N_("Keyboard Shortcuts"), N_("General"), N_("Shows this list."), "<Control>question F1", NULL,
    shortcuts_cb },
  { "help.about", N_("About"), N_("General"), N_("Says what this program is."), NULL, NULL, about_cb },
  { "window.close", N_("Close the Window"), N_("General"), N_("Stops the widgets and closes the window."),
    "<Control>w", NULL, close_cb },
  { "app.quit", N_("Quit"), N_("General"), N_("Stops the widgets and ends the program."), "<Control>q", NULL,
    quit_cb },
};

/* Keys that a page may need for itself: a text field has its own undo. The others never reach a page. */
static const char *const yielding[]
  = { "history.undo", "history.redo", "selection.all", "selection.clear", "selection.duplicate", NULL };

/* Those that show something beside the canvas, and leave a look back as it is. */
static const char *const beside[]
  = { "audit.show", "developer", "help.about", "help.shortcuts", "resources.show", NULL };

/* Those that menus show as chosen or not. */
static const struct
{
  const char *id;
  const char *state;
} stateful[] = {
  { "canvas.policy", "'push'" },
  { "canvas.lock", "false" },
  { "mode.choose", "'isolation'" },
};

static void
activate_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TnWindow *self = user_data;
  const char *id = g_action_get_name (G_ACTION (action));
  g_autoptr (GError) error = NULL;

  /* Also not by a button of what was there before, such as a toast. */
  if (self->kiosk_active)
    return;
  /* What is in hand goes back: nothing may happen under it, and it must not be dropped where nobody sees it. */
  tn_canvas_cancel (tn_window_get_canvas (self));
  if (!g_strv_contains (beside, id))
    tn_window_end_look_back (self);
  if (!tn_action_registry_run (self->actions, id, parameter, &error))
    tn_window_toast (self, error->message);
}

static void
enabled_changed_cb (TnWindow *self, const char *id)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), id);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), tn_action_registry_is_enabled (self->actions, id));
}

static void
add_shortcuts (const TnActionEntry *entry, GtkEventController *controller)
{
  g_autofree char *name = g_strconcat (PREFIX, entry->id, NULL);
  g_auto (GStrv) keys = entry->accelerators != NULL ? g_strsplit (entry->accelerators, " ", -1) : NULL;

  for (gsize i = 0; keys != NULL && keys[i] != NULL; i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i]),
                                                            gtk_named_action_new (name)));
}

static GSimpleAction *
new_action (const TnActionEntry *entry)
{
  const GVariantType *type = entry->parameter_type != NULL ? G_VARIANT_TYPE (entry->parameter_type) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (stateful); i++)
    if (strcmp (stateful[i].id, entry->id) == 0)
      return g_simple_action_new_stateful (entry->id, type, g_variant_new_parsed (stateful[i].state));
  return g_simple_action_new (entry->id, type);
}

static void
add_entry (TnWindow *self, const TnActionEntry *entry)
{
  g_autoptr (GSimpleAction) action = new_action (entry);

  g_signal_connect_object (action, "activate", G_CALLBACK (activate_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

/* Every action of the table becomes one of the window, with its keys. */
void
tn_window_add_table (TnWindow *self, const TnActionEntry *table, gsize n)
{
  tn_action_registry_add_table (self->actions, table, n, self);
  for (gsize i = 0; i < n; i++)
    {
      add_entry (self, &table[i]);
      add_shortcuts (&table[i], g_strv_contains (yielding, table[i].id) ? self->last_keys : self->first_keys);
    }
}

void
tn_window_add_actions (TnWindow *self)
{
  self->first_keys = gtk_shortcut_controller_new ();
  self->last_keys = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (self->first_keys, GTK_PHASE_CAPTURE);
  self->actions = tn_action_registry_new ();
  tn_window_add_table (self, entries, G_N_ELEMENTS (entries));
  tn_window_add_canvas_actions (self);
  tn_window_add_arrange_actions (self);
  tn_window_add_selection_actions (self);
  tn_window_add_history_actions (self);
  tn_window_add_kiosk (self);
  tn_window_add_overview_actions (self);
  tn_window_add_permission_actions (self);
  tn_window_add_file_actions (self);
  tn_window_add_resources_action (self);
  tn_window_add_audit_actions (self);
  tn_window_add_develop_action (self);
  tn_window_add_mode_actions (self);
  gtk_widget_add_controller (GTK_WIDGET (self), self->first_keys);
  gtk_widget_add_controller (GTK_WIDGET (self), self->last_keys);
  g_signal_connect_object (self->actions, "enabled-changed", G_CALLBACK (enabled_changed_cb), self, G_CONNECT_SWAPPED);
  tn_window_update_history (self);
  tn_window_update_selection (self);
  tn_window_update_mode (self);
}
