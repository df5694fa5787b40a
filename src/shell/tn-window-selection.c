/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-window-private.h"

#include <glib/gi18n-lib.h>

#include "tn-canvas-change.h"

/* What is done to the selected widgets, and the bar that offers it. */

/* The grid counts from the side where reading begins; left is left for the person. */
static const struct
{
  const char *name;
  TnGridAlign ltr, rtl;
} alignments[] = {
  { "left", TN_GRID_ALIGN_LEFT, TN_GRID_ALIGN_RIGHT },      { "center", TN_GRID_ALIGN_CENTER, TN_GRID_ALIGN_CENTER },
  { "right", TN_GRID_ALIGN_RIGHT, TN_GRID_ALIGN_LEFT },     { "top", TN_GRID_ALIGN_TOP, TN_GRID_ALIGN_TOP },
  { "middle", TN_GRID_ALIGN_MIDDLE, TN_GRID_ALIGN_MIDDLE }, { "bottom", TN_GRID_ALIGN_BOTTOM, TN_GRID_ALIGN_BOTTOM },
};

static void
align_cb (gpointer owner, GVariant *parameter)
{
  gboolean is_rtl = gtk_widget_get_direction (owner) == GTK_TEXT_DIR_RTL;

  for (gsize i = 0; i < G_N_ELEMENTS (alignments); i++)
    if (g_str_equal (alignments[i].name, g_variant_get_string (parameter, NULL)))
      tn_canvas_align_selected (tn_window_get_canvas (owner), is_rtl ? alignments[i].rtl : alignments[i].ltr);
}

static void
distribute_cb (gpointer owner, GVariant *parameter)
{
  tn_canvas_distribute_selected (tn_window_get_canvas (owner), g_variant_get_boolean (parameter));
}

static gboolean
all_locked (GPtrArray *tiles)
{
  for (guint i = 0; i < tiles->len; i++)
    if (!tn_tile_get_record (g_ptr_array_index (tiles, i))->locked)
      return FALSE;
  return tiles->len > 0;
}

static void
lock_cb (gpointer owner, GVariant *parameter)
{
  TnCanvas *canvas = tn_window_get_canvas (owner);
  g_autoptr (GPtrArray) tiles = tn_canvas_list_selected (canvas);

  tn_canvas_lock_selected (canvas, !all_locked (tiles));
}

static void
duplicate_cb (gpointer owner, GVariant *parameter)
{
  tn_canvas_duplicate_selected (tn_window_get_canvas (owner));
}

static void
send_cb (gpointer owner, GVariant *parameter)
{
  tn_canvas_send_selected (tn_window_get_canvas (owner), g_variant_get_string (parameter, NULL), FALSE);
}

static void
send_new_cb (gpointer owner, GVariant *parameter)
{
  TnWindow *self = owner;
  g_autoptr (TnCanvasRecord) made = tn_canvas_change_new (tn_canvases_get_list (self->canvases));

  tn_canvas_send_selected_to_new (tn_window_get_canvas (self), made);
}

static void
remove_cb (gpointer owner, GVariant *parameter)
{
  tn_canvas_remove_selected (tn_window_get_canvas (owner));
}

static void
clear_cb (gpointer owner, GVariant *parameter)
{
  tn_canvas_clear_selection (tn_window_get_canvas (owner));
}

static void
select_all_cb (gpointer owner, GVariant *parameter)
{
  tn_canvas_select_all (tn_window_get_canvas (owner));
}

/* From how many selected widgets on each makes sense is said in update(). */
static const TnActionEntry entries[] = {
  { "selection.all", N_("Select All Widgets"), N_("Selection"), N_("Selects every widget on the canvas."),
    "<Control>a", NULL, select_all_cb },
  { "selection.clear", N_("Select Nothing"), N_("Selection"), N_("Lets go of the selected widgets."),
    "<Control><Shift>a Escape", NULL, clear_cb },
  { "selection.align", N_("Align"), N_("Selection"), N_("Lines edges or middles up."), NULL, "s", align_cb },
  { "selection.distribute", N_("Distribute"), N_("Selection"), N_("Makes the gaps equal."), NULL, "b", distribute_cb },
  { "selection.lock", N_("Lock or Unlock"), N_("Selection"), N_("Locks the selected widgets in their places."), NULL,
    NULL, lock_cb },
  { "selection.duplicate", N_("Duplicate"), N_("Selection"), N_("Puts copies of the selected widgets beside them."),
    "<Control>d", NULL, duplicate_cb },
  { "selection.send", N_("Send to a Canvas"), N_("Selection"), N_("Moves the selected widgets to that canvas."),
    NULL, "s", send_cb },
  { "selection.send-new", N_("Send to a New Canvas"), N_("Selection"),
    N_("Moves the selected widgets to a canvas of their own."), NULL, NULL, send_new_cb },
  { "selection.remove", N_("Remove the Selected Widgets"), N_("Selection"),
    N_("Takes the selected widgets off the canvas."), NULL, NULL, remove_cb },
};

static const struct
{
  const char *id;
  guint least; /* selected widgets that it takes */
} needs[] = {
  { "selection.clear", 1 },     { "selection.align", 2 }, { "selection.distribute", 3 }, { "selection.lock", 1 },
  { "selection.duplicate", 1 }, { "selection.send", 1 },  { "selection.send-new", 1 },   { "selection.remove", 1 },
};

void
tn_window_update_selection (TnWindow *self)
{
  g_autoptr (GPtrArray) tiles = tn_canvas_list_selected (tn_window_get_canvas (self));

  for (gsize i = 0; i < G_N_ELEMENTS (needs); i++)
    tn_action_registry_set_enabled (self->actions, needs[i].id, tiles->len >= needs[i].least);
  if (tiles->len > 0)
    tn_selection_bar_set_selected (self->selection_bar, tiles->len, all_locked (tiles));
  gtk_revealer_set_reveal_child (self->selection_revealer, tiles->len > 0);
  tn_window_update_bottom (self);
}

/* The other canvases, for the menu of the bar. */
void
tn_window_update_targets (TnWindow *self)
{
  GPtrArray *canvases = tn_canvases_get_list (self->canvases);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) others = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();

  for (guint i = 0; i < canvases->len; i++)
    {
      const TnCanvasRecord *canvas = g_ptr_array_index (canvases, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (canvas->name, NULL);

      if (g_strcmp0 (canvas->id, tn_pages_get_current_id (self->pages)) == 0)
        continue;
      g_menu_item_set_action_and_target (item, "win.selection.send", "s", canvas->id);
      g_menu_append_item (others, item);
    }
  g_menu_append (more, _("_New Canvas"), "win.selection.send-new");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (others));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  tn_selection_bar_set_targets (self->selection_bar, G_MENU_MODEL (menu));
}

void
tn_window_add_selection_actions (TnWindow *self)
{
  tn_window_add_table (self, entries, G_N_ELEMENTS (entries));
}
