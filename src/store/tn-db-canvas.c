/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *canvas_id;
  const char *layout;
  TnCanvasRecord *canvas;
} Load;

TnCanvasRecord *
tn_db_read_canvas (sqlite3_stmt *row)
{
  TnCanvasRecord *canvas = tn_canvas_record_new (tn_db_text (row, 0), tn_db_text (row, 1));

  canvas->position = sqlite3_column_int (row, 2);
  canvas->locked = sqlite3_column_int (row, 3);
  tn_grid_policy_from_name (tn_db_text (row, 4), &canvas->policy);
  canvas->foreign = g_strdup (tn_db_text (row, 5));
  return canvas;
}

static gboolean
add_canvas (sqlite3_stmt *row, gpointer canvases)
{
  g_ptr_array_add (canvases, tn_db_read_canvas (row));
  return TRUE;
}

static gboolean
take_canvas (sqlite3_stmt *row, gpointer canvas_out)
{
  *(TnCanvasRecord **) canvas_out = tn_db_read_canvas (row);
  return FALSE;
}

TnTileRecord *
tn_db_read_tile (sqlite3_stmt *row)
{
  TnTileRecord *tile
    = tn_tile_record_new (tn_db_text (row, 0), tn_db_text (row, 1), tn_db_text (row, 2), tn_db_text (row, 3));

  tile->title = g_strdup (tn_db_text (row, 4));
  tile->locked = sqlite3_column_int (row, 5);
  tile->config = g_strdup (tn_db_text (row, 6));
  tile->foreign = g_strdup (tn_db_text (row, 7));
  tile->min_w = sqlite3_column_int (row, 8);
  tile->min_h = sqlite3_column_int (row, 9);
  tile->max_w = sqlite3_column_int (row, 10);
  tile->max_h = sqlite3_column_int (row, 11);
  g_free (tile->layout);
  tile->layout = g_strdup (tn_db_text (row, 12));
  tile->x = sqlite3_column_int (row, 13);
  tile->y = sqlite3_column_int (row, 14);
  tile->w = sqlite3_column_int (row, 15);
  tile->h = sqlite3_column_int (row, 16);
  return tile;
}

static gboolean
add_tile (sqlite3_stmt *row, gpointer tiles)
{
  g_ptr_array_add (tiles, tn_db_read_tile (row));
  return TRUE;
}

static gboolean
add_place (sqlite3_stmt *row, gpointer places)
{
  g_ptr_array_add (places, tn_place_record_new (tn_db_text (row, 0), tn_db_text (row, 1), sqlite3_column_int (row, 2),
                                                sqlite3_column_int (row, 3), sqlite3_column_int (row, 4),
                                                sqlite3_column_int (row, 5)));
  return TRUE;
}

TnCanvasRecord *
tn_db_load_canvas_here (TnDb *self, const char *canvas_id, const char *layout, GError **error)
{
  g_autoptr (TnCanvasRecord) canvas = NULL;

  if (!tn_db_each (self, take_canvas, &canvas, error,
                   "SELECT " TN_DB_CANVAS_COLUMNS " FROM canvas WHERE id = ?1", "s", canvas_id))
    return NULL;
  if (canvas == NULL)
    {
      g_set_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND, _("There is no canvas “%s”"), canvas_id);
      return NULL;
    }
  if (!tn_db_each (self, add_tile, canvas->tiles, error,
                   "SELECT " TN_DB_TILE_COLUMNS " FROM tile JOIN place ON tile_id = id WHERE canvas_id = ?1 AND layout ="
                   " (SELECT layout FROM place WHERE tile_id = id"
                   "  ORDER BY layout = ?2 DESC, layout = '" TN_LAYOUT_WIDE "' DESC, layout LIMIT 1)"
                   " ORDER BY y, x, id",
                   "ss", canvas_id, layout)
      || !tn_db_each (self, add_place, canvas->places, error,
                      "SELECT tile_id, layout, x, y, w, h FROM tile JOIN place ON tile_id = id"
                      " WHERE canvas_id = ?1 AND layout <> ?2 ORDER BY layout, tile_id",
                      "ss", canvas_id, layout))
    return NULL;
  return g_steal_pointer (&canvas);
}

static gboolean
load_canvas (TnDb *self, gpointer user_data, GError **error)
{
  Load *load = user_data;

  load->canvas = tn_db_load_canvas_here (self, load->canvas_id, load->layout, error);
  return load->canvas != NULL;
}

/**
 * tn_db_list_canvases:
 *
 * Returns: (transfer full) (element-type TnCanvasRecord): in order, without tiles
 */
GPtrArray *
tn_db_list_canvases (TnDb *self, GError **error)
{
  g_autoptr (GPtrArray) canvases = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_canvas_record_free);

  g_return_val_if_fail (self != NULL, NULL);

  if (!tn_db_each (self, add_canvas, canvases, error,
                   "SELECT " TN_DB_CANVAS_COLUMNS " FROM canvas ORDER BY position, id", ""))
    return NULL;
  return g_steal_pointer (&canvases);
}

/**
 * tn_db_load_canvas:
 * @layout: which places the tiles come with; one with none in @layout comes with its wide one and says so in its layout.
 *   The places in all other layouts come beside them
 *
 * Returns: (transfer full): the canvas with its tiles in reading order, or %NULL with %TN_STORE_ERROR_NOT_FOUND
 */
TnCanvasRecord *
tn_db_load_canvas (TnDb *self, const char *canvas_id, const char *layout, GError **error)
{
  Load load = { canvas_id, layout, NULL };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (canvas_id != NULL, NULL);
  g_return_val_if_fail (layout != NULL, NULL);

  if (tn_db_transact (self, "BEGIN", load_canvas, &load, error))
    return load.canvas;
  tn_canvas_record_free (load.canvas);
  return NULL;
}
