/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvas-private.h"

static TnEntry *
new_entry (TnCanvas *self, gboolean appears)
{
  TnEntry *entry = g_new0 (TnEntry, 1);

  entry->tile = tn_tile_new ();
  entry->motion.to_presence = appears ? 0 : 1;
  /* It is shown once it is known where it is. */
  gtk_widget_set_child_visible (GTK_WIDGET (entry->tile), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (entry->tile), GTK_WIDGET (self));
  tn_canvas_connect_tile (self, entry->tile);
  return entry;
}

static GHashTable *
steal_entries (TnCanvas *self)
{
  GHashTable *old = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize n;
  gpointer *entries = g_ptr_array_steal (self->entries, &n);

  for (gsize i = 0; i < n; i++)
    {
      TnEntry *entry = entries[i];

      g_hash_table_insert (old, g_strdup (tn_tile_get_id (entry->tile)), entry);
    }
  g_free (entries);
  return old;
}

/* The focus goes to the tile that comes next in reading order, or last, rather than nowhere. */
static void
pass_focus (TnCanvas *self, TnTile *from)
{
  g_autoptr (GPtrArray) sorted = tn_canvas_reading_order (self);
  const TnPlacement *gone = tn_tile_get_place (from);
  TnTile *next = NULL;

  for (guint i = 0; i < sorted->len; i++)
    {
      const TnPlacement *place;

      next = ((TnEntry *) g_ptr_array_index (sorted, i))->tile;
      place = tn_tile_get_place (next);
      if (place->y > gone->y || (place->y == gone->y && place->x >= gone->x))
        break;
    }
  if (next != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (next));
}

static void
leave (TnCanvas *self, TnEntry *entry)
{
  if (tn_canvas_get_focus_tile (self) == entry->tile)
    pass_focus (self, entry->tile);
  if (self->drag_tile == entry->tile)
    {
      self->drag_tile = NULL;
      self->press = TN_PRESS_NONE;
    }
  gtk_widget_set_can_target (GTK_WIDGET (entry->tile), FALSE);
  gtk_widget_set_can_focus (GTK_WIDGET (entry->tile), FALSE);
  tn_canvas_discard (self, entry);
  if (tn_canvas_animates (self))
    tn_motion_aim (&entry->motion, &entry->motion.to, 0, tn_canvas_now (self));
  else
    tn_motion_rest (&entry->motion, &entry->motion.to, 0);
  g_ptr_array_add (self->leaving, entry);
  tn_canvas_start_ticking (self);
}

static void
leave_all (TnCanvas *self, GHashTable *entries)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    leave (self, entry);
}

static void
show_new (TnCanvas *self)
{
  for (guint i = 0; self->reveal_id != NULL && i < self->entries->len; i++)
    {
      TnEntry *entry = g_ptr_array_index (self->entries, i);

      if (strcmp (tn_tile_get_id (entry->tile), self->reveal_id) == 0)
        {
          tn_canvas_reveal (self, entry);
          g_clear_pointer (&self->reveal_id, g_free);
        }
    }
}

/* Tiles that stay keep their widget: a page must not notice. */
static void
follow (TnCanvas *self, TnLayouts *layouts)
{
  gboolean first = self->layouts == NULL;
  g_autoptr (GHashTable) old = steal_entries (self);

  g_clear_pointer (&self->pending, g_array_unref);
  g_clear_pointer (&self->layouts, tn_layouts_free);
  self->layouts = layouts;
  for (gsize i = 0; i < tn_layouts_get_n (layouts); i++)
    {
      const TnTileRecord *record = tn_layouts_get_tile (layouts, i);
      TnApp *app = self->catalogue != NULL ? tn_catalogue_find (self->catalogue, record->app_key) : NULL;
      TnEntry *entry = g_hash_table_lookup (old, record->id);

      if (entry == NULL)
        entry = new_entry (self, !first);
      g_hash_table_remove (old, record->id);
      tn_tile_set_record (entry->tile, record, app);
      g_ptr_array_add (self->entries, entry);
    }
  leave_all (self, old);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tn_layouts_get_record (layouts)->name, -1);
  if (self->placeholder != NULL)
    gtk_widget_set_visible (self->placeholder, self->entries->len == 0);
  tn_canvas_update_shields (self);
  tn_canvas_update_places (self);
  tn_canvas_prune_selection (self);
  show_new (self);
  tn_canvas_start_in_view (self);
  g_object_notify (G_OBJECT (self), "n-tiles");
  g_signal_emit_by_name (self, "state-changed");
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnCanvas) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnCanvasRecord) record = tn_store_load_canvas_finish (TN_STORE (source), result, &error);
  gboolean stale = self->hand.active || self->n_applying > 0;

  self->syncing = FALSE;
  if (self->stopped)
    return;
  if (g_error_matches (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND))
    g_signal_emit_by_name (self, "missing");
  else if (error != NULL)
    tn_canvas_fail (self, error->message);
  else if (!stale && !self->sync_again)
    follow (self, tn_layouts_new (record, self->monitor, self->catalogue));
  else
    self->sync_again = TRUE;

  if (self->sync_again && !stale)
    tn_canvas_sync (self);
}

/* Reads the canvas and follows it; once more where it is asked for meanwhile, later where a tile is in hand. All layouts
 * come at once, so that a change of width needs nothing from the disk. */
void
tn_canvas_sync (TnCanvas *self)
{
  if (self->store == NULL || self->id == NULL || self->stopped)
    return;
  self->sync_again = self->syncing;
  if (self->syncing)
    return;
  self->syncing = TRUE;
  tn_store_load_canvas_async (self->store, self->id, TN_LAYOUT_WIDE, NULL, loaded_cb, g_object_ref (self));
}
