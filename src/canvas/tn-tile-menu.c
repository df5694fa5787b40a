/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-tile-private.h"

#include "tn-tile-placer.h"
#include "tn-tile-proof.h"

static void
reload_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tn_tile_reload (TN_TILE (widget));
}

static void
place_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tn_tile_present_popover (TN_TILE (widget), tn_tile_placer_new (TN_TILE (widget)));
}

static void
proof_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TnTile *self = TN_TILE (widget);

  tn_tile_present_popover (self, tn_tile_proof_new (tn_tile_get_instance (self)));
}

static void
lock_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit_by_name (widget, "lock", !tn_tile_get_record (TN_TILE (widget))->locked);
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
  { "tile.reload", reload_cb }, { "tile.place", place_cb }, { "tile.lock", lock_cb },
  { "tile.unlock", lock_cb },   { "tile.proof", proof_cb }, { "tile.remove", remove_cb },
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
  GtkWidget *widget = GTK_WIDGET (self);
  const TnTileRecord *record = tn_tile_get_record (self);
  gboolean locked = record != NULL && record->locked;

  gtk_widget_action_set_enabled (widget, "tile.reload", tn_tile_get_instance (self) != NULL);
  gtk_widget_action_set_enabled (widget, "tile.proof", tn_tile_get_instance (self) != NULL);
  gtk_widget_action_set_enabled (widget, "tile.place", tn_tile_get_movable (self));
  gtk_widget_action_set_enabled (widget, "tile.lock", !locked);
  gtk_widget_action_set_enabled (widget, "tile.unlock", locked);
}
