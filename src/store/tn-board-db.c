/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-board.h"

#include <glib/gi18n-lib.h>

#include "tn-clock.h"
#include "tn-db-private.h"

typedef struct
{
  const char *canvas_id;
  TnBoard *board; /* NULL until found */
  TnBoardTile *tile;
} Load;

static gboolean
take_canvas (sqlite3_stmt *row, gpointer data)
{
  Load *load = data;

  load->board = tn_board_new ("");
  tn_canvas_record_free (load->board->canvas);
  load->board->canvas = tn_db_read_canvas (row);
  return FALSE;
}

/* Rows of one tile follow each other, that of its wide layout first. */
static gboolean
add_place (sqlite3_stmt *row, gpointer data)
{
  Load *load = data;
  TnTileRecord *tile = tn_db_read_tile (row);
  gboolean sealed = tn_seal_is_settings (tile->config);

  if (sealed)
    g_clear_pointer (&tile->config, g_free);
  if (load->tile != NULL && g_str_equal (load->tile->record->id, tile->id))
    g_ptr_array_add (load->tile->places, tile);
  else
    {
      load->tile = tn_board_add (load->board, tile);
      load->board->n_sealed += sealed;
    }
  return TRUE;
}

static gboolean
load_board (TnDb *db, gpointer data, GError **error)
{
  Load *load = data;

  if (!tn_db_each (db, take_canvas, load, error,
                   "SELECT " TN_DB_CANVAS_COLUMNS " FROM canvas WHERE id = ?1", "s", load->canvas_id))
    return FALSE;
  if (load->board == NULL)
    {
      g_set_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND, _("There is no canvas “%s”"), load->canvas_id);
      return FALSE;
    }
  return tn_db_each (db, add_place, load, error,
                     "SELECT " TN_DB_TILE_COLUMNS " FROM tile JOIN place ON tile_id = id LEFT JOIN"
                     " (SELECT tile_id AS wide_id, y AS wide_y, x AS wide_x FROM place"
                     "  WHERE layout = '" TN_LAYOUT_WIDE "') ON wide_id = id"
                     " WHERE canvas_id = ?1"
                     " ORDER BY wide_y IS NULL, wide_y, wide_x, id, layout = '" TN_LAYOUT_WIDE "' DESC, layout",
                     "s", load->canvas_id);
}

TnBoard *
tn_board_load (TnDb *db, const char *canvas_id, GError **error)
{
  Load load = { canvas_id, NULL, NULL };

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (canvas_id != NULL, NULL);

  if (tn_db_transact (db, "BEGIN", load_board, &load, error))
    return load.board;
  tn_board_free (load.board);
  return NULL;
}

static void
put_tile (TnOperation *operation, const char *canvas_id, const TnBoardTile *tile)
{
  g_autoptr (TnTileRecord) record = tn_tile_record_copy (tile->record);

  g_free (record->id);
  g_free (record->canvas_id);
  record->id = tn_uuid_new ();
  record->canvas_id = g_strdup (canvas_id);
  tn_operation_put_tile (operation, record);
  for (guint i = 0; i < tile->places->len; i++)
    {
      const TnTileRecord *place = tile->places->pdata[i];

      tn_operation_put_place (operation, record->id, place->layout, place->x, place->y, place->w, place->h);
    }
}

TnOperation *
tn_board_operation (const TnBoard *board, GPtrArray *canvases)
{
  g_autofree char *id = tn_uuid_new (), *name = NULL;
  g_autoptr (TnCanvasRecord) canvas = NULL;
  TnOperation *operation;

  g_return_val_if_fail (board != NULL && canvases != NULL, NULL);

  name = tn_canvas_record_free_name (canvases, board->canvas->name);
  canvas = tn_canvas_record_new (id, name);
  if (canvases->len > 0)
    canvas->position = ((TnCanvasRecord *) canvases->pdata[canvases->len - 1])->position + 1;
  canvas->locked = board->canvas->locked;
  canvas->policy = board->canvas->policy;
  canvas->foreign = g_strdup (board->canvas->foreign);
  operation = tn_operation_new ("canvas.import", id, name);
  tn_operation_put_canvas (operation, canvas);
  for (guint i = 0; i < board->tiles->len; i++)
    put_tile (operation, id, board->tiles->pdata[i]);
  return operation;
}
