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
  TnCanvasRecord *canvas;

  load->board = tn_board_new (tn_db_text (row, 1));
  canvas = load->board->canvas;
  g_free (canvas->id);
  canvas->id = g_strdup (tn_db_text (row, 0));
  canvas->locked = sqlite3_column_int (row, 2);
  tn_grid_policy_from_name (tn_db_text (row, 3), &canvas->policy);
  canvas->foreign = g_strdup (tn_db_text (row, 4));
  return FALSE;
}

static TnTileRecord *
read_place (sqlite3_stmt *row)
{
  TnTileRecord *tile
    = tn_tile_record_new (tn_db_text (row, 0), tn_db_text (row, 1), tn_db_text (row, 2), tn_db_text (row, 3));

  g_free (tile->layout);
  tile->layout = g_strdup (tn_db_text (row, 4));
  tile->x = sqlite3_column_int (row, 5);
  tile->y = sqlite3_column_int (row, 6);
  tile->w = sqlite3_column_int (row, 7);
  tile->h = sqlite3_column_int (row, 8);
  return tile;
}

/* Rows of one tile follow each other, that of its wide layout first. */
static gboolean
add_place (sqlite3_stmt *row, gpointer data)
{
  Load *load = data;
  TnTileRecord *tile = read_place (row);

  if (load->tile != NULL && g_str_equal (load->tile->record->id, tile->id))
    {
      g_ptr_array_add (load->tile->places, tile);
      return TRUE;
    }
  tile->title = g_strdup (tn_db_text (row, 9));
  tile->locked = sqlite3_column_int (row, 10);
  tile->config = g_strdup (tn_db_text (row, 11));
  tile->foreign = g_strdup (tn_db_text (row, 12));
  tile->min_w = sqlite3_column_int (row, 13);
  tile->min_h = sqlite3_column_int (row, 14);
  tile->max_w = sqlite3_column_int (row, 15);
  tile->max_h = sqlite3_column_int (row, 16);
  load->tile = tn_board_add (load->board, tile);
  return TRUE;
}

static gboolean
load_board (TnDb *db, gpointer data, GError **error)
{
  Load *load = data;

  if (!tn_db_each (db, take_canvas, load, error,
                   "SELECT id, name, locked, policy, foreign_data FROM canvas WHERE id = ?1", "s", load->canvas_id))
    return FALSE;
  if (load->board == NULL)
    {
      g_set_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND, _("There is no canvas “%s”"), load->canvas_id);
      return FALSE;
    }
  return tn_db_each (db, add_place, load, error,
                     "SELECT t.id, canvas_id, app_key, app_id, p.layout, p.x, p.y, p.w, p.h, title, locked, config,"
                     " foreign_data, min_w, min_h, max_w, max_h"
                     " FROM tile AS t JOIN place AS p ON p.tile_id = t.id"
                     " LEFT JOIN place AS wide ON wide.tile_id = t.id AND wide.layout = '" TN_LAYOUT_WIDE "'"
                     " WHERE canvas_id = ?1"
                     " ORDER BY wide.y IS NULL, wide.y, wide.x, t.id, p.layout = '" TN_LAYOUT_WIDE "' DESC, p.layout",
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
tn_board_operation (const TnBoard *board, int position)
{
  g_autofree char *id = tn_uuid_new ();
  g_autoptr (TnCanvasRecord) canvas = NULL;
  TnOperation *operation;

  g_return_val_if_fail (board != NULL, NULL);

  canvas = tn_canvas_record_new (id, board->canvas->name);
  canvas->position = position;
  canvas->locked = board->canvas->locked;
  canvas->policy = board->canvas->policy;
  canvas->foreign = g_strdup (board->canvas->foreign);
  operation = tn_operation_new ("canvas.import", id, canvas->name);
  tn_operation_put_canvas (operation, canvas);
  for (guint i = 0; i < board->tiles->len; i++)
    put_tile (operation, id, board->tiles->pdata[i]);
  return operation;
}
