/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvas-private.h"

gboolean
tn_canvas_is_selected (TnCanvas *self, TnTile *tile)
{
  return g_hash_table_contains (self->selected, tn_tile_get_id (tile));
}

static gboolean
is_gone_cb (gpointer id, gpointer value, gpointer here)
{
  return !g_hash_table_contains (here, id);
}

/* After other tiles have come or gone: what is not here is not selected. */
void
tn_canvas_prune_selection (TnCanvas *self)
{
  g_autoptr (GHashTable) here = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->entries->len; i++)
    g_hash_table_add (here, (gpointer) tn_tile_get_id (((TnEntry *) g_ptr_array_index (self->entries, i))->tile));
  g_hash_table_foreach_remove (self->selected, is_gone_cb, here);
  tn_canvas_update_selection (self);
}

/* After the selection, or whether anything can be selected, has changed. */
void
tn_canvas_update_selection (TnCanvas *self)
{
  if (tn_canvas_is_locked (self))
    g_hash_table_remove_all (self->selected);
  for (guint i = 0; i < self->entries->len; i++)
    {
      TnTile *tile = ((TnEntry *) g_ptr_array_index (self->entries, i))->tile;

      tn_tile_set_selected (tile, tn_canvas_is_selected (self, tile));
    }
  g_object_notify (G_OBJECT (self), "n-selected");
}

static void
select_id (TnCanvas *self, const char *id)
{
  g_hash_table_add (self->selected, g_strdup (id));
}

void
tn_canvas_toggle_selected (TnCanvas *self, TnTile *tile)
{
  if (!g_hash_table_remove (self->selected, tn_tile_get_id (tile)))
    select_id (self, tn_tile_get_id (tile));
  tn_canvas_update_selection (self);
}

/* @ids: a set of strings */
void
tn_canvas_set_selected (TnCanvas *self, GHashTable *ids)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_remove_all (self->selected);
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    select_id (self, id);
  tn_canvas_update_selection (self);
}

void
tn_canvas_select_all (TnCanvas *self)
{
  g_return_if_fail (TN_IS_CANVAS (self));

  for (guint i = 0; i < self->entries->len; i++)
    select_id (self, tn_tile_get_id (((TnEntry *) g_ptr_array_index (self->entries, i))->tile));
  tn_canvas_update_selection (self);
}

void
tn_canvas_clear_selection (TnCanvas *self)
{
  g_return_if_fail (TN_IS_CANVAS (self));

  if (g_hash_table_size (self->selected) == 0)
    return;
  g_hash_table_remove_all (self->selected);
  tn_canvas_update_selection (self);
}

GPtrArray *
tn_canvas_list_selected (TnCanvas *self)
{
  GPtrArray *tiles;

  g_return_val_if_fail (TN_IS_CANVAS (self), g_ptr_array_new ());

  tiles = tn_canvas_list_tiles (self, FALSE);
  for (guint i = tiles->len; i-- > 0;)
    if (!tn_canvas_is_selected (self, g_ptr_array_index (tiles, i)))
      g_ptr_array_remove_index (tiles, i);
  return tiles;
}
