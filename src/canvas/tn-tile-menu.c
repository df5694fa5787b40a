/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-tile-private.h"

#include <glib/gi18n-lib.h>

#include "tn-tile-namer.h"
#include "tn-tile-placer.h"
#include "tn-tile-usage.h"

static void
reload_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tn_tile_reload (TN_TILE (widget));
}

static void
pause_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tn_instance_pause (tn_tile_get_instance (TN_TILE (widget)));
}

static void
resume_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tn_instance_resume (tn_tile_get_instance (TN_TILE (widget)));
}

static void
place_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tn_tile_present_popover (TN_TILE (widget), tn_tile_placer_new (TN_TILE (widget)));
}

static void
proof_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.widget.safety", "s", tn_tile_get_record (TN_TILE (widget))->id);
}

/* The window knows who grants what. */
static void
permissions_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.widget.permissions", "s", tn_tile_get_record (TN_TILE (widget))->app_key);
}

/* Not in the menu itself: one with a widget of our own in it keeps the next click to itself after it has closed, as GTK
 * 4.8 has it. */
static void
usage_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TnTile *self = TN_TILE (widget);
  GtkWidget *popover = gtk_popover_new ();

  gtk_popover_set_child (GTK_POPOVER (popover), tn_tile_usage_new (tn_tile_get_instance (self)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Usage"), -1);
  tn_tile_present_popover (self, GTK_POPOVER (popover));
}

static void
inspect_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tn_instance_inspect (tn_tile_get_instance (TN_TILE (widget)));
}

static void
console_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.developer", "s", tn_tile_get_record (TN_TILE (widget))->id);
}

static void
lock_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit_by_name (widget, "lock", !tn_tile_get_record (TN_TILE (widget))->locked);
}

static void
rename_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tn_tile_present_popover (TN_TILE (widget), tn_tile_namer_new (TN_TILE (widget)));
}

static void
duplicate_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit_by_name (widget, "duplicate");
}

static void
remove_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit_by_name (widget, "remove");
}

static const struct
{
  const char *name;
  GtkWidgetActionActivateFunc activate;
} actions[] = {
  { "tile.reload", reload_cb },       { "tile.place", place_cb },   { "tile.rename", rename_cb },
  { "tile.duplicate", duplicate_cb }, { "tile.lock", lock_cb },     { "tile.unlock", lock_cb },
  { "tile.proof", proof_cb },         { "tile.remove", remove_cb }, { "tile.pause", pause_cb },
  { "tile.resume", resume_cb },       { "tile.permissions", permissions_cb }, { "tile.usage", usage_cb },
  { "tile.inspect", inspect_cb },     { "tile.console", console_cb },
};

void
tn_tile_class_add_actions (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (klass, actions[i].name, NULL, actions[i].activate);
}

void
tn_tile_update_actions (TnTile *self)
{
  const TnTileRecord *record = tn_tile_get_record (self);
  gboolean locked = record != NULL && record->locked;
  TnInstance *instance = tn_tile_get_instance (self);
  TnInstanceState state = instance != NULL ? tn_instance_get_state (instance) : TN_STATE_STOPPED;
  gboolean can_change = tn_tile_can_change (self);
  const struct
  {
    const char *name;
    gboolean enabled;
  } states[] = {
    { "tile.reload", instance != NULL },
    { "tile.proof", instance != NULL },
    { "tile.usage", instance != NULL },
    { "tile.pause", state == TN_STATE_RUNNING || state == TN_STATE_SUSPENDED },
    { "tile.resume", state == TN_STATE_PAUSED },
    { "tile.permissions", instance != NULL },
    { "tile.inspect", instance != NULL && tn_instance_can_inspect (instance) },
    { "tile.console", instance != NULL && tn_instance_get_developed (instance) },
    { "tile.place", tn_tile_get_movable (self) },
    { "tile.rename", can_change },
    { "tile.duplicate", can_change },
    { "tile.lock", can_change && !locked },
    { "tile.unlock", can_change && locked },
    { "tile.remove", can_change },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), states[i].name, states[i].enabled);
}
