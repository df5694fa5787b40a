/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvas-private.h"

#include <glib/gi18n-lib.h>

#include "tn-clock.h"

#define TILE_ID_LENGTH 12

typedef struct
{
  TnCanvas *canvas;
  TnOperation *operation;
  const char *signal; /* a literal: what to emit when it is done */
} Order;

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Order *order = user_data;
  g_autoptr (TnCanvas) self = order->canvas;
  g_autoptr (TnOperation) operation = order->operation;
  g_autoptr (GError) error = NULL;

  self->n_applying--;
  if (tn_store_apply_finish (TN_STORE (source), result, &error))
    {
      g_signal_emit_by_name (self, order->signal, tn_operation_get_subject (operation));
    }
  else
    {
      tn_canvas_fail (self, error->message);
      self->sync_again = TRUE;
    }
  /* What another process did meanwhile was passed over, and an operation that changes nothing tells of nothing. */
  if (self->sync_again && !self->syncing && !self->hand.active)
    tn_canvas_sync (self);
  g_free (order);
}

/* @signal: a literal, with the operation's subject as parameter */
void
tn_canvas_apply (TnCanvas *self, TnOperation *operation, const char *signal)
{
  Order *order = g_new0 (Order, 1);

  order->canvas = g_object_ref (self);
  order->operation = tn_operation_ref (operation);
  order->signal = signal;
  self->n_applying++;
  tn_store_apply_async (self->store, operation, NULL, applied_cb, order);
}

static void
put_new (TnLayouts *layouts, TnOperation *operation, TnTileRecord *tile, const TnPlacement *sizes)
{
  g_autoptr (GPtrArray) tiles = g_ptr_array_new ();

  g_ptr_array_add (tiles, tile);
  tn_layouts_put_new (layouts, operation, tiles, sizes);
}

/* @places: (nullable): the layout with the new tile as its last one; %NULL for the first free place */
void
tn_canvas_apply_new (TnCanvas *self, TnApp *app, const TnPlacement *places, gsize n)
{
  g_autofree char *id = tn_random_id (TILE_ID_LENGTH);
  g_autoptr (TnTileRecord) tile = tn_tile_record_new (id, self->id, tn_app_get_key (app), tn_app_get_id (app));
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.add", self->id, tn_app_get_name (app));

  TnPlacement sizes[TN_N_WIDTHS];

  for (TnWidthClass class = TN_WIDTH_WIDE; class < TN_N_WIDTHS; class ++)
    sizes[class] = tn_layouts_size_app (app, class);
  if (places != NULL)
    tn_layouts_put_new_at (self->layouts, operation, self->width_class, tile, sizes, places, n);
  else
    put_new (self->layouts, operation, tile, sizes);
  g_free (self->reveal_id);
  self->reveal_id = places == NULL ? g_strdup (id) : NULL;
  tn_canvas_apply (self, operation, "arranged");
}

/* What history calls them; (element-type TnTile) */
char *
tn_canvas_describe (GPtrArray *tiles)
{
  if (tiles->len == 1)
    return g_strdup (tn_tile_get_title (g_ptr_array_index (tiles, 0)));
  return g_strdup_printf (ngettext ("%u widget", "%u widgets", tiles->len), tiles->len);
}

/* Says so where nothing can be changed now. */
gboolean
tn_canvas_refuse_locked (TnCanvas *self)
{
  if (!tn_canvas_is_locked (self))
    return FALSE;
  if (self->layouts != NULL && !self->frozen)
    tn_canvas_fail (self, _("This canvas is locked."));
  return TRUE;
}

static void
remove_tiles (TnCanvas *self, GPtrArray *tiles)
{
  g_autofree char *subject = tn_canvas_describe (tiles);
  g_autoptr (TnOperation) operation = NULL;

  if (tiles->len == 0 || tn_canvas_refuse_locked (self))
    return;
  operation = tn_operation_new (tiles->len == 1 ? "tile.remove" : "tiles.remove", self->id, subject);
  for (guint i = 0; i < tiles->len; i++)
    tn_operation_delete_tile (operation, tn_tile_get_id (g_ptr_array_index (tiles, i)));
  tn_canvas_apply (self, operation, "removed");
}

static void
lock_tiles (TnCanvas *self, GPtrArray *tiles, gboolean locked)
{
  g_autofree char *subject = tn_canvas_describe (tiles);
  g_autoptr (TnOperation) operation = NULL;

  if (tiles->len == 0 || tn_canvas_refuse_locked (self))
    return;
  operation = tn_operation_new (tiles->len == 1 ? "tile.lock" : "tiles.lock", self->id, subject);
  for (guint i = 0; i < tiles->len; i++)
    {
      g_autoptr (TnTileRecord) record = tn_tile_record_copy (tn_tile_get_record (g_ptr_array_index (tiles, i)));

      record->locked = locked;
      tn_operation_put_tile (operation, record);
    }
  tn_canvas_apply (self, operation, "arranged");
}

void
tn_canvas_remove_selected (TnCanvas *self)
{
  g_autoptr (GPtrArray) tiles = NULL;

  g_return_if_fail (TN_IS_CANVAS (self));

  tiles = tn_canvas_list_selected (self);
  remove_tiles (self, tiles);
}

void
tn_canvas_lock_selected (TnCanvas *self, gboolean locked)
{
  g_autoptr (GPtrArray) tiles = NULL;

  g_return_if_fail (TN_IS_CANVAS (self));

  tiles = tn_canvas_list_selected (self);
  lock_tiles (self, tiles, locked);
}

static GPtrArray *
list_one (TnTile *tile)
{
  GPtrArray *tiles = g_ptr_array_new ();

  g_ptr_array_add (tiles, tile);
  return tiles;
}

void
tn_canvas_remove_tile (TnCanvas *self, TnTile *tile)
{
  g_autoptr (GPtrArray) tiles = NULL;

  g_return_if_fail (TN_IS_CANVAS (self));
  g_return_if_fail (TN_IS_TILE (tile));

  if (self->frozen)
    return;
  tiles = list_one (tile);
  remove_tiles (self, tiles);
}

static void
lock_cb (TnCanvas *self, gboolean locked, TnTile *tile)
{
  g_autoptr (GPtrArray) tiles = list_one (tile);

  lock_tiles (self, tiles, locked);
}

static void
duplicate_cb (TnCanvas *self, TnTile *tile)
{
  g_autoptr (GPtrArray) tiles = list_one (tile);

  tn_canvas_send (self, tiles, self->id, TRUE);
}

/* @title: "" for the app's own name */
static void
rename_cb (TnCanvas *self, const char *title, TnTile *tile)
{
  g_autoptr (TnTileRecord) record = tn_tile_record_copy (tn_tile_get_record (tile));
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.rename", self->id, tn_tile_get_title (tile));

  g_free (record->title);
  record->title = *title != '\0' ? g_strdup (title) : NULL;
  tn_operation_put_tile (operation, record);
  tn_canvas_apply (self, operation, "arranged");
}

static void
place_cb (TnCanvas *self, int column, int row, int w, int h, TnTile *tile)
{
  if (!tn_canvas_hand_take (self, tile, TN_GRID_EDGE_NONE, TN_TAKE_ALONE))
    return;
  /* Twice: a tile may have to shrink before it fits there, or to go there before it has room to grow. */
  for (guint i = 0; i < 2; i++)
    {
      const TnPlacement *place = tn_canvas_hand_place (self);

      tn_canvas_hand_step (self, TN_GRID_EDGE_RIGHT | TN_GRID_EDGE_BOTTOM, w - place->w, h - place->h);
      place = tn_canvas_hand_place (self);
      tn_canvas_hand_step (self, TN_GRID_EDGE_NONE, column - place->x, row - place->y);
    }
  tn_canvas_hand_drop (self);
}

static void
state_changed_cb (TnCanvas *self)
{
  g_signal_emit_by_name (self, "state-changed");
}

/* What the tile asks for is done here. */
void
tn_canvas_connect_tile (TnCanvas *self, TnTile *tile)
{
  const struct
  {
    const char *signal;
    GCallback callback;
  } connections[] = {
    { "remove", G_CALLBACK (tn_canvas_remove_tile) },
    { "lock", G_CALLBACK (lock_cb) },
    { "place", G_CALLBACK (place_cb) },
    { "duplicate", G_CALLBACK (duplicate_cb) },
    { "rename", G_CALLBACK (rename_cb) },
    { "state-changed", G_CALLBACK (state_changed_cb) },
    { "warning", G_CALLBACK (tn_canvas_fail) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_connect_object (tile, connections[i].signal, connections[i].callback, self, G_CONNECT_SWAPPED);
}
