/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-db.h"
#include "tn-json.h"
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The formats in which a canvas can be handed on. */
typedef enum
{
  TN_FORMAT_NATIVE,
  TN_FORMAT_GRIDSTACK,
  TN_FORMAT_GRAFANA,
  TN_FORMAT_HOMEASSISTANT,
  TN_N_FORMATS,
} TnFormat;

const char *tn_format_to_name (TnFormat format);  /* "native", "gridstack", "grafana", "homeassistant" */
const char *tn_format_to_title (TnFormat format); /* translated, for a list: "Grafana dashboard" */
gboolean tn_format_from_name (const char *name, TnFormat *format);

/* Which format a document is in, by its shape. Returns: %FALSE where it is none of them */
gboolean tn_format_guess (JsonNode *document, TnFormat *format);

/* What is taken of a file: 64 MiB, 128 deep; a dashboard may have an object with a member for each of its tiles. */
extern const TnJsonCaps TN_BOARD_CAPS;

/**
 * tn_board_parse:
 * @length: bytes, or -1 when terminated
 *
 * Reads the text of a file, as tn_json_parse() does with %TN_BOARD_CAPS; it may begin with a byte order mark.
 *
 * Returns: (transfer full): the document, or %NULL with a #TnJsonErrorCode that names line and column; with
 *   %TN_BOARD_ERROR_FORMAT where it is YAML, and then says how to come by JSON
 */
JsonNode *tn_board_parse (const char *text, gssize length, GError **error);

/* What the program's own format says of itself. */
#define TN_BOARD_FORMAT "token-nexus-canvas"
#define TN_BOARD_FORMAT_VERSION 1

/**
 * TnBoardTile:
 * @record: the tile; its layout and place are those of the wide layout, valid
 * @places: (element-type TnTileRecord): places in further layouts, mostly none; only id, layout and place are used
 */
typedef struct
{
  TnTileRecord *record;
  GPtrArray *places;
} TnBoardTile;

/**
 * TnBoard:
 * @canvas: name, locked, policy, foreign; tiles are not used, and id is what the document says, which may be ""
 * @tiles: (element-type TnBoardTile)
 * @n_sealed: of how many tiles the settings are encrypted; they are not among these
 *
 * A canvas on its way from or to a file: what the formats share. Whatever a format says that we have no word for stands
 * in the foreign member of the tile or the canvas, so that writing the same format gives it back.
 */
typedef struct
{
  TnCanvasRecord *canvas;
  GPtrArray *tiles;
  guint n_sealed;
} TnBoard;

TnBoard *tn_board_new (const char *name);
void tn_board_free (TnBoard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnBoard, tn_board_free)

/* Takes @record over. Returns: (transfer none): the tile that holds it */
TnBoardTile *tn_board_add (TnBoard *self, TnTileRecord *record);

/**
 * tn_board_load:
 *
 * The canvas as one moment has it, in the reading order of its wide layout, with the places of all its layouts; a tile
 * without a wide place comes last and stands in another layout.
 *
 * Returns: (transfer full): the board, or %NULL with a #TnStoreErrorCode (NOT_FOUND: no such canvas)
 */
TnBoard *tn_board_load (TnDb *db, const char *canvas_id, GError **error);

/* tn_board_load() on the store's thread; finish returns (transfer full). */
void tn_store_load_board_async (TnStore *self, const char *canvas_id, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
TnBoard *tn_store_load_board_finish (TnStore *self, GAsyncResult *result, GError **error);

/* Says which app a foreign panel is: finds the app with that id. Returns: (nullable): its key */
typedef const char *(*TnBoardFindApp) (const char *app_id, gpointer user_data);

/**
 * tn_board_read:
 * @document: of any shape
 * @name: what the canvas is called where the document doesn't say
 * @find_app: (nullable): see #TnBoardFindApp
 * @report: (element-type TnFault): gets what was repaired, left out or only kept, each with its place in @document
 *
 * Reads a document of any of the formats. Numbers out of range, overlaps and duplicate ids are repaired and reported;
 * a panel for which there is no app becomes a placeholder (tn_tile_record_is_placeholder()). @document is not changed,
 * and nothing of it is held on to.
 *
 * Returns: (transfer full): the board, or %NULL with a #TnBoardErrorCode where the document can't be understood
 */
TnBoard *tn_board_read (TnFormat format, JsonNode *document, const char *name, TnBoardFindApp find_app,
                        gpointer user_data, GPtrArray *report, GError **error);

/**
 * tn_board_write:
 * @report: (element-type TnFault): gets what the format can't say, each with its place in the returned document
 *
 * Returns: (transfer full): a document as the format's own program reads it
 */
JsonNode *tn_board_write (TnFormat format, const TnBoard *board, GPtrArray *report);

/**
 * tn_board_operation:
 * @canvases: (element-type TnCanvasRecord): all there are, in order
 *
 * Returns: (transfer full): the operation canvas.import that makes the board a new canvas, the last one, with a name
 *   that none of them has; id and name are the operation's canvas and subject
 */
TnOperation *tn_board_operation (const TnBoard *board, GPtrArray *canvases);

#define TN_BOARD_ERROR (tn_board_error_quark ())
GQuark tn_board_error_quark (void);

typedef enum
{
  TN_BOARD_ERROR_FORMAT = 1, /* none of the formats, or not the one that was named */
  TN_BOARD_ERROR_NEWER,      /* a later version of the format */
  TN_BOARD_ERROR_SHAPE,      /* of the format, but with a part that can't be understood; says where */
  TN_BOARD_ERROR_TOO_LARGE,  /* more tiles than are taken */
} TnBoardErrorCode;

/* More than these in one canvas are refused. */
#define TN_BOARD_MAX_TILES 20000

G_END_DECLS
