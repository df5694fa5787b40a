/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvas-private.h"

#include "tn-clock.h"

#define TILE_ID_LENGTH 12

/* Tiles on their way to a canvas, which is read first: where there is room for them is known only then. */
typedef struct
{
  TnCanvas *canvas;
  TnOperation *operation;
  GPtrArray *records; /* TnTileRecord */
  GArray *sizes;      /* TnPlacement: of each, for each TnWidthClass */
  gboolean copy;
} Send;

static void
send_free (Send *send)
{
  g_object_unref (send->canvas);
  tn_operation_unref (send->operation);
  g_ptr_array_unref (send->records);
  g_array_unref (send->sizes);
  g_free (send);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Send, send_free)

static void
arrive (Send *send, const TnCanvasRecord *canvas)
{
  TnCanvas *self = send->canvas;
  g_autoptr (TnLayouts) layouts = tn_layouts_new (canvas, self->monitor, self->catalogue);

  for (guint i = 0; !send->copy && i < send->records->len; i++)
    tn_operation_clear_places (send->operation, ((TnTileRecord *) g_ptr_array_index (send->records, i))->id);
  tn_layouts_put_new (layouts, send->operation, send->records, (TnPlacement *) send->sizes->data);
  tn_canvas_apply (self, send->operation, "arranged");
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Send) send = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnCanvasRecord) canvas = tn_store_load_canvas_finish (TN_STORE (source), result, &error);

  if (canvas != NULL)
    arrive (send, canvas);
  else
    tn_canvas_fail (send->canvas, error->message);
}

/* As big as it is here, in each width. */
static void
add_sizes (Send *send, TnTile *tile)
{
  guint index = 0;

  tn_canvas_find_entry (send->canvas, tile, &index);
  for (TnWidthClass class = TN_WIDTH_WIDE; class < TN_N_WIDTHS; class ++)
    {
      TnPlacement size = tn_layouts_get (send->canvas->layouts, class)[index];

      size.id = NULL;
      g_array_append_val (send->sizes, size);
    }
}

static void
add_record (Send *send, TnTile *tile, const char *canvas_id)
{
  TnTileRecord *record = tn_tile_record_copy (tn_tile_get_record (tile));

  g_free (record->canvas_id);
  record->canvas_id = g_strdup (canvas_id);
  if (send->copy)
    {
      g_free (record->id);
      record->id = tn_random_id (TILE_ID_LENGTH);
      record->locked = FALSE;
      tn_operation_copy_values (send->operation, tn_tile_get_id (tile), record->id);
    }
  g_ptr_array_add (send->records, record);
  add_sizes (send, tile);
}

static Send *
send_new (TnCanvas *self, GPtrArray *tiles, const char *canvas_id, gboolean copy)
{
  gboolean here = g_strcmp0 (canvas_id, self->id) == 0;
  g_autofree char *subject = tn_canvas_describe (tiles);
  Send *send = g_new0 (Send, 1);

  send->canvas = g_object_ref (self);
  send->copy = copy;
  send->operation = tn_operation_new (here ? "tile.duplicate" : copy ? "tile.copy" : "tile.send", self->id, subject);
  send->sizes = g_array_new (FALSE, FALSE, sizeof (TnPlacement));
  send->records = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_tile_record_free);
  for (guint i = 0; i < tiles->len; i++)
    add_record (send, g_ptr_array_index (tiles, i), canvas_id);
  return send;
}

/* It is made in the same operation, which one undo takes back. */
static void
send_to_made (TnCanvas *self, GPtrArray *tiles, const TnCanvasRecord *made)
{
  g_autoptr (Send) send = send_new (self, tiles, made->id, FALSE);

  tn_operation_put_canvas (send->operation, made);
  arrive (send, made);
}

/* @tiles: (element-type TnTile); @canvas_id: may be the canvas in view, for copies beside the originals */
void
tn_canvas_send (TnCanvas *self, GPtrArray *tiles, const char *canvas_id, gboolean copy)
{
  gboolean here = g_strcmp0 (canvas_id, self->id) == 0;
  Send *send;

  if (tiles->len == 0 || (here && !copy))
    return;
  send = send_new (self, tiles, canvas_id, copy);
  if (here)
    {
      g_free (self->reveal_id);
      self->reveal_id = g_strdup (((TnTileRecord *) g_ptr_array_index (send->records, 0))->id);
    }
  tn_store_load_canvas_async (self->store, canvas_id, TN_LAYOUT_WIDE, NULL, loaded_cb, send);
}

/* What is in hand was let go of over another canvas, which may be yet to be made. */
void
tn_canvas_send_dropped (TnCanvas *self, GPtrArray *tiles, const char *canvas_id)
{
  g_autoptr (TnCanvasRecord) made = NULL;

  g_signal_emit_by_name (self, "sending", canvas_id, &made);
  if (made != NULL)
    send_to_made (self, tiles, made);
  else
    tn_canvas_send (self, tiles, canvas_id, FALSE);
}

static GPtrArray *
list_movable (TnCanvas *self)
{
  GPtrArray *tiles = tn_canvas_list_selected (self);

  for (guint i = tiles->len; i-- > 0;)
    if (!tn_tile_get_movable (g_ptr_array_index (tiles, i)))
      g_ptr_array_remove_index (tiles, i);
  return tiles;
}

void
tn_canvas_send_selected (TnCanvas *self, const char *canvas_id, gboolean copy)
{
  g_autoptr (GPtrArray) tiles = NULL;

  g_return_if_fail (TN_IS_CANVAS (self));
  g_return_if_fail (canvas_id != NULL);

  tiles = copy ? tn_canvas_list_selected (self) : list_movable (self);
  tn_canvas_send (self, tiles, canvas_id, copy);
}

void
tn_canvas_send_selected_to_new (TnCanvas *self, const TnCanvasRecord *made)
{
  g_autoptr (GPtrArray) tiles = NULL;

  g_return_if_fail (TN_IS_CANVAS (self));
  g_return_if_fail (made != NULL);

  tiles = list_movable (self);
  if (tiles->len > 0)
    send_to_made (self, tiles, made);
}

void
tn_canvas_duplicate_selected (TnCanvas *self)
{
  g_return_if_fail (TN_IS_CANVAS (self));

  tn_canvas_send_selected (self, self->id, TRUE);
}
