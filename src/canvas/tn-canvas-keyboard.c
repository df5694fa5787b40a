/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvas-private.h"

#include <glib/gi18n-lib.h>

#include "tn-announce.h"
#include "tn-compat.h"

#define PULLED (TN_GRID_EDGE_RIGHT | TN_GRID_EDGE_BOTTOM) /* the edges that Shift and arrows move */

typedef gboolean (*Handler) (TnCanvas *self, TnTile *tile);

static const char **
list_titles (TnCanvas *self)
{
  const char **titles = g_new (const char *, self->entries->len + 1);

  for (guint i = 0; i < self->entries->len; i++)
    titles[i] = tn_tile_get_title (((TnEntry *) g_ptr_array_index (self->entries, i))->tile);
  return titles;
}

/* Says what a step did, or why it did nothing. */
static void
announce_step (TnCanvas *self, TnGridEdges edges, int dx, int dy, gboolean stepped)
{
  const TnHand *hand = &self->hand;
  g_autofree const char **titles = list_titles (self);
  TnAnnounce step = {
    .before = (TnPlacement *) hand->origin->data,
    .after = (TnPlacement *) hand->result->data,
    .titles = titles,
    .n = hand->result->len,
    .indices = (guint *) hand->indices->data,
    .n_indices = hand->indices->len,
    .edges = edges,
    .rtl = self->geometry.rtl,
  };
  g_autofree char *text
    = stepped ? tn_announce_step (&step) : tn_announce_refusal (&step, self->geometry.columns, dx, dy);

  tn_compat_announce (GTK_WIDGET (hand->entry->tile), text);
}

static void
announce_selected (TnCanvas *self, TnTile *tile)
{
  guint n = g_hash_table_size (self->selected);
  g_autofree char *text = g_strdup_printf (ngettext ("%u widget selected", "%u widgets selected", n), n);

  tn_compat_announce (GTK_WIDGET (tile), n > 0 ? text : _("Nothing selected"));
}

static gboolean
lift (TnCanvas *self, TnTile *tile)
{
  g_autofree char *text = NULL;
  guint n;

  if (!tn_canvas_hand_take (self, tile, TN_GRID_EDGE_NONE, 0))
    {
      tn_compat_announce (GTK_WIDGET (tile), _("It is locked in its place."));
      return TRUE;
    }
  n = self->hand.indices->len;
  /* Translators: the same for one widget and, with their number before it, for several */
  text
    = g_strdup_printf (ngettext ("Lifted. Arrow keys move it, Shift and arrow keys resize it, Enter drops it, Escape "
                                 "puts it back.",
                                 "%u widgets lifted. Arrow keys move them, Shift and arrow keys resize them, Enter "
                                 "drops them, Escape puts them back.",
                                 n),
                       n);
  tn_compat_announce (GTK_WIDGET (tile), text);
  return TRUE;
}

static gboolean
select_tile (TnCanvas *self, TnTile *tile)
{
  if (tn_canvas_is_locked (self))
    return FALSE;
  tn_canvas_toggle_selected (self, tile);
  announce_selected (self, tile);
  return TRUE;
}

static gboolean
remove_tile (TnCanvas *self, TnTile *tile)
{
  if (tn_canvas_is_selected (self, tile))
    tn_canvas_remove_selected (self);
  else
    tn_canvas_remove_tile (self, tile);
  return TRUE;
}

static gboolean
popup_menu (TnCanvas *self, TnTile *tile)
{
  tn_tile_popup_menu (tile);
  return TRUE;
}

static gboolean
drop (TnCanvas *self, TnTile *tile)
{
  tn_canvas_hand_drop (self);
  tn_compat_announce (GTK_WIDGET (tile), _("Dropped."));
  return TRUE;
}

static gboolean
restore (TnCanvas *self, TnTile *tile)
{
  tn_canvas_hand_restore (self);
  tn_compat_announce (GTK_WIDGET (tile), _("Put back."));
  return TRUE;
}

typedef struct
{
  guint keyval;
  GdkModifierType modifiers;
  Handler handler;
} Key;

/* What keys do on a tile that has the focus, and on one that was lifted. */
static const Key focused_keys[] = {
  { GDK_KEY_Return, 0, lift },
  { GDK_KEY_KP_Enter, 0, lift },
  { GDK_KEY_space, GDK_CONTROL_MASK, select_tile },
  { GDK_KEY_Delete, 0, remove_tile },
  { GDK_KEY_KP_Delete, 0, remove_tile },
  { GDK_KEY_Menu, 0, popup_menu },
  { GDK_KEY_F10, GDK_SHIFT_MASK, popup_menu },
};

static const Key lifted_keys[] = {
  { GDK_KEY_Return, 0, drop },
  { GDK_KEY_KP_Enter, 0, drop },
  { GDK_KEY_Escape, 0, restore },
};

static const struct
{
  guint keyval, keypad;
  int dx, dy;
} arrows[] = {
  { GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0 },
  { GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0 },
  { GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1 },
  { GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1 },
};

static gboolean
look_up (TnCanvas *self, TnTile *tile, const Key *keys, gsize n, guint keyval, GdkModifierType modifiers)
{
  for (gsize i = 0; i < n; i++)
    if (keys[i].keyval == keyval && keys[i].modifiers == modifiers)
      return keys[i].handler (self, tile);
  return FALSE;
}

static gboolean
step (TnCanvas *self, guint keyval, TnGridEdges edges)
{
  int sign = self->geometry.rtl ? -1 : 1;

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      int dx = sign * arrows[i].dx, dy = arrows[i].dy;
      gboolean stepped;

      if (keyval != arrows[i].keyval && keyval != arrows[i].keypad)
        continue;
      stepped = tn_canvas_hand_step (self, edges, dx, dy);
      if (stepped)
        tn_canvas_reveal (self, self->hand.entry);
      announce_step (self, edges, dx, dy, stepped);
      return TRUE;
    }
  return FALSE;
}

/* While a tile is lifted, every key is for it: nothing else may change under it. */
static gboolean
lifted_key (TnCanvas *self, guint keyval, GdkModifierType modifiers)
{
  TnTile *tile = self->hand.entry->tile;

  if (self->hand.pointer)
    return keyval == GDK_KEY_Escape && restore (self, tile);
  if (!look_up (self, tile, lifted_keys, G_N_ELEMENTS (lifted_keys), keyval, modifiers))
    step (self, keyval, (modifiers & GDK_SHIFT_MASK) != 0 ? PULLED : TN_GRID_EDGE_NONE);
  return TRUE;
}

/* Escape ends what is under way, then the selection; a popover has it first. */
static gboolean
escape (TnCanvas *self, GtkWidget *focus)
{
  TnTile *tile = tn_canvas_get_focus_tile (self);

  if (focus != NULL && gtk_widget_get_native (focus) != gtk_widget_get_native (GTK_WIDGET (self)))
    return FALSE;
  if (self->marquee.active)
    {
      tn_canvas_marquee_end (self, FALSE);
      return TRUE;
    }
  if (self->press != TN_PRESS_NONE)
    {
      tn_canvas_hand_restore (self);
      return TRUE;
    }
  if (g_hash_table_size (self->selected) == 0)
    return FALSE;
  tn_canvas_clear_selection (self);
  if (tile != NULL)
    announce_selected (self, tile);
  return TRUE;
}

/* A key that forces a policy for as long as it is held: at once, not only with the pointer's next move. */
static GdkModifierType
forcing (guint keyval)
{
  if (keyval == GDK_KEY_Shift_L || keyval == GDK_KEY_Shift_R)
    return GDK_SHIFT_MASK;
  if (keyval == GDK_KEY_Control_L || keyval == GDK_KEY_Control_R)
    return GDK_CONTROL_MASK;
  return 0;
}

static void
force (TnCanvas *self, guint keyval, GdkModifierType state, gboolean held)
{
  GdkModifierType key = forcing (keyval);

  if (key != 0 && self->hand.active && self->hand.entry != NULL && self->hand.pointer)
    tn_canvas_hand_set_modifiers (self, held ? state | key : state & ~key);
}

static void
key_released_cb (TnCanvas *self, guint keyval, guint keycode, GdkModifierType state)
{
  force (self, keyval, state, FALSE);
}

static gboolean
key_pressed_cb (TnCanvas *self, guint keyval, guint keycode, GdkModifierType state)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  force (self, keyval, state, TRUE);
  if (self->hand.active && self->hand.entry != NULL)
    return lifted_key (self, keyval, modifiers);
  if (keyval == GDK_KEY_Escape && escape (self, focus))
    return TRUE;
  if (!TN_IS_TILE (focus))
    return FALSE;
  return look_up (self, TN_TILE (focus), focused_keys, G_N_ELEMENTS (focused_keys), keyval, modifiers);
}

/* A tile that loses the focus while it is lifted stays where it is. */
static void
leave_cb (TnCanvas *self)
{
  if (self->hand.active && !self->hand.pointer)
    tn_canvas_hand_drop (self);
}

void
tn_canvas_add_keyboard (TnCanvas *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-released", G_CALLBACK (key_released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (focus, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

static gboolean
focus_entry (TnCanvas *self, TnEntry *entry, GtkDirectionType direction)
{
  /* A tile out of view can't take the focus before it is shown. */
  gtk_widget_set_child_visible (GTK_WIDGET (entry->tile), TRUE);
  if (!gtk_widget_child_focus (GTK_WIDGET (entry->tile), direction))
    return FALSE;
  tn_canvas_reveal (self, entry);
  return TRUE;
}

static int
find_focus (TnCanvas *self, GPtrArray *entries)
{
  TnTile *focused = tn_canvas_get_focus_tile (self);

  for (guint i = 0; i < entries->len; i++)
    if (((TnEntry *) g_ptr_array_index (entries, i))->tile == focused)
      return i;
  return -1;
}

/* Tab goes through the tiles in reading order: row by row, whatever their heights. */
gboolean
tn_canvas_focus (GtkWidget *widget, GtkDirectionType direction)
{
  TnCanvas *self = TN_CANVAS (widget);
  int step_by = direction == GTK_DIR_TAB_BACKWARD ? -1 : 1;
  g_autoptr (GPtrArray) sorted = NULL;
  int i;

  if ((direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD) || self->entries->len == 0)
    return GTK_WIDGET_CLASS (g_type_class_peek (GTK_TYPE_WIDGET))->focus (widget, direction);
  sorted = tn_canvas_reading_order (self);
  i = find_focus (self, sorted);
  if (i < 0)
    i = step_by > 0 ? 0 : (int) sorted->len - 1;
  for (; i >= 0 && i < (int) sorted->len; i += step_by)
    if (focus_entry (self, g_ptr_array_index (sorted, i), direction))
      return TRUE;
  return FALSE;
}

void
tn_canvas_focus_next (TnCanvas *self, gboolean backward)
{
  g_autoptr (GPtrArray) sorted = NULL;
  TnEntry *entry;
  int n, i;

  g_return_if_fail (TN_IS_CANVAS (self));

  sorted = tn_canvas_reading_order (self);
  n = sorted->len;
  if (n == 0)
    return;
  i = find_focus (self, sorted);
  if (backward)
    i = i <= 0 ? n - 1 : i - 1;
  else
    i = (i + 1) % n;
  entry = g_ptr_array_index (sorted, i);
  /* A tile out of view can't take the focus before it is shown. */
  gtk_widget_set_child_visible (GTK_WIDGET (entry->tile), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (entry->tile));
  gtk_window_set_focus_visible (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), TRUE);
  tn_canvas_reveal (self, entry);
}
