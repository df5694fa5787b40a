/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-private.h"

#include "tn-clock.h"

#define ID_LENGTH 12

typedef struct
{
  const char *canvas_id;
  const char *name;
  char *new_id;

  TnOperation *operation;
  GHashTable *tiles; /* old id to the new tile */
} Duplication;

/* Makes the copy, and room for it: the order goes by id where positions are the same, so that one more need not do. */
static gboolean
put_canvases (TnDb *self, Duplication *duplication, GError **error)
{
  g_autoptr (GPtrArray) canvases = tn_db_list_canvases (self, error);
  gboolean is_later = FALSE;
  int taken = 0;

  for (guint i = 0; canvases != NULL && i < canvases->len; i++)
    {
      TnCanvasRecord *canvas = g_ptr_array_index (canvases, i);

      if (is_later)
        {
          taken = canvas->position = MAX (canvas->position, taken) + 1;
          tn_operation_put_canvas (duplication->operation, canvas);
        }
      else if (g_str_equal (canvas->id, duplication->canvas_id))
        {
          g_autoptr (TnCanvasRecord) copy = tn_canvas_record_copy (canvas);

          g_free (copy->id);
          copy->id = g_strdup (duplication->new_id);
          g_free (copy->name);
          copy->name = g_strdup (duplication->name);
          taken = copy->position = canvas->position + 1;
          tn_operation_put_canvas (duplication->operation, copy);
          is_later = TRUE;
        }
    }
  return canvases != NULL;
}

static gboolean
put_tiles (TnDb *self, Duplication *duplication, GPtrArray *tiles, GError **error)
{
  for (guint i = 0; i < tiles->len; i++)
    {
      TnTileRecord *tile = g_ptr_array_index (tiles, i);
      char *old_id = tile->id;

      g_hash_table_insert (duplication->tiles, old_id, tile);
      tile->id = tn_random_id (ID_LENGTH);
      if (!tn_db_move_settings (self, old_id, tile->id, &tile->config, error))
        return FALSE;
      g_free (tile->canvas_id);
      tile->canvas_id = g_strdup (duplication->new_id);
      tn_operation_put_tile (duplication->operation, tile);
      tn_operation_copy_values (duplication->operation, old_id, tile->id);
    }
  return TRUE;
}

/* Those of the other layouts: in one the tile has been put already. */
static void
put_places (Duplication *duplication, GPtrArray *places)
{
  for (guint i = 0; i < places->len; i++)
    {
      const TnPlaceRecord *place = g_ptr_array_index (places, i);
      const TnTileRecord *tile = g_hash_table_lookup (duplication->tiles, place->tile_id);

      if (!g_str_equal (tile->layout, place->layout))
        tn_operation_put_place (duplication->operation, tile->id, place->layout, place->x, place->y, place->w, place->h);
    }
}

static gboolean
duplicate (TnDb *self, gpointer user_data, GError **error)
{
  Duplication *duplication = user_data;
  g_autoptr (TnCanvasRecord) canvas = tn_db_load_canvas_here (self, duplication->canvas_id, TN_LAYOUT_WIDE, error);

  if (canvas == NULL || !put_canvases (self, duplication, error)
      || !put_tiles (self, duplication, canvas->tiles, error))
    return FALSE;
  put_places (duplication, canvas->places);
  return tn_db_apply_here (self, duplication->operation, error);
}

/**
 * tn_db_duplicate_canvas:
 * @name: what the copy is called
 *
 * One operation, canvas.duplicate, on the copy and with @name as its subject: the canvas with all tiles, all their
 * places, settings and the values that they keep (state included), right after the original in the order. Undo leaves
 * the values, as it does for a tile that was removed.
 *
 * Returns: (transfer full): the new canvas's id, or %NULL with %TN_STORE_ERROR_NOT_FOUND where there is no such canvas
 */
char *
tn_db_duplicate_canvas (TnDb *self, const char *canvas_id, const char *name, GError **error)
{
  g_autofree char *new_id = tn_random_id (ID_LENGTH);
  g_autoptr (TnOperation) operation = NULL;
  g_autoptr (GHashTable) tiles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Duplication duplication = { canvas_id, name, new_id, NULL, tiles };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (canvas_id != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  operation = duplication.operation = tn_operation_new ("canvas.duplicate", new_id, name);
  return tn_db_write_history (self, duplicate, &duplication, error) ? g_steal_pointer (&new_id) : NULL;
}
