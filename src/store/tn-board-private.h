/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-board.h"
#include "tn-fault.h"

G_BEGIN_DECLS

/* Columns of the wide layout, in which a board's tiles are placed. */
#define TN_BOARD_COLUMNS 12

/* The fullest line that is shown of a title, in characters. */
#define TN_BOARD_MAX_TEXT 200

/**
 * TnBoardEntry:
 * @tile: owned by the board
 * @pointer: where in the document it stands
 * @placed: the document says where; else a place is found for it
 * @envelope: (nullable): what becomes the tile's foreign, but for "at"
 */
typedef struct
{
  TnBoardTile *tile;
  char *pointer;
  gboolean placed;
  JsonObject *envelope;
} TnBoardEntry;

/**
 * TnBoardReader:
 * @columns: of the document; tn_board_read() brings the tiles into %TN_BOARD_COLUMNS
 * @rows: how many rows of the document make one of ours
 *
 * A document on its way to a board. What the places are is settled when all tiles are there.
 */
typedef struct
{
  TnBoard *board;
  TnBoardFindApp find_app;
  gpointer user_data;
  GPtrArray *report; /* nullable: nobody wants to know */
  GArray *entries;   /* of TnBoardEntry */
  int columns;
  int rows;
} TnBoardReader;

/* One of the formats: all that is known of it. */
typedef struct
{
  const char *name;
  const char *title;
  gboolean (*guess) (JsonNode *document);
  gboolean (*read) (TnBoardReader *reader, JsonNode *document, GError **error);
  JsonNode *(*write) (const TnBoard *board, GPtrArray *report);
} TnBoardFormat;

extern const TnBoardFormat tn_board_native, tn_board_gridstack, tn_board_grafana, tn_board_homeassistant;

/* tn-board.c */

/* Takes @tile over. %FALSE with %TN_BOARD_ERROR_TOO_LARGE where there are too many. */
gboolean tn_board_reader_add (TnBoardReader *self, TnTileRecord *tile, const char *pointer, gboolean placed,
                              JsonObject *envelope, GError **error);

/* A fault for the report, where one is wanted. */
#define tn_board_note(report, ...)                                                                                     \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    if ((report) != NULL)                                                                                              \
      tn_fault_list_add ((report), __VA_ARGS__);                                                                       \
  }                                                                                                                    \
  G_STMT_END

/* tn-board-take.c: values of a document that may hold anything. @pointer is that of @object. */

/* A title or a name: one line, not too long; (transfer full) (nullable): %NULL where there is no such text. */
char *tn_board_take_text (GPtrArray *report, const char *pointer, JsonObject *object, const char *member);

/* A whole number from @min to @max. @value is left alone where there is none. Returns: whether there was one */
gboolean tn_board_take_int (GPtrArray *report, const char *pointer, JsonObject *object, const char *member, int min,
                            int max, int *value);

gboolean tn_board_take_boolean (GPtrArray *report, const char *pointer, JsonObject *object, const char *member,
                                gboolean *value);

/* (transfer none) (nullable): %NULL where there is none; what is something else is reported. */
JsonObject *tn_board_take_object (GPtrArray *report, const char *pointer, JsonObject *object, const char *member);
JsonArray *tn_board_take_array (GPtrArray *report, const char *pointer, JsonObject *object, const char *member);

/* @members: what x, y, w and h are called. Returns: whether both x and y are said */
gboolean tn_board_take_place (GPtrArray *report, const char *pointer, JsonObject *object, const char *const members[4],
                              TnTileRecord *tile);
extern const char *const tn_board_place_members[4];
extern const char *const tn_board_limit_members[4];

/* minW, minH, maxW, maxH */
void tn_board_take_limits (GPtrArray *report, const char *pointer, JsonObject *object, TnTileRecord *tile);
void tn_board_put_limits (JsonObject *object, const TnTileRecord *tile);
void tn_board_put_place (JsonObject *object, const char *const members[4], int x, int y, int w, int h);

/* Sets a member, or takes it away where @text is %NULL. */
void tn_board_put_text (JsonObject *object, const char *member, const char *text);

/* tn-board-settle.c */

/* @columns columns to those of a board: edges to the nearest, nothing narrower than one. */
void tn_board_scale_columns (int columns, TnTileRecord *tile);
void tn_board_scale_limits (int columns, TnTileRecord *tile);

/* Makes the places of all entries a valid layout, and says what had to change. */
void tn_board_settle (TnBoardReader *reader);

/* tn-board-words.c: what a tile is beyond its place, in the words of the native format:
 * "app": {"id", "key"}, "title", "locked", "config", "limits": {"minW", …}. */

/* What @object doesn't say is left as it is in @tile. */
void tn_board_words_read (TnBoardReader *reader, const char *pointer, JsonObject *object, TnTileRecord *tile);

/* Sets what @was doesn't say already; all where that is %NULL. @report gets a line for each thing said only here. */
void tn_board_words_write (JsonObject *object, const TnTileRecord *tile, const TnTileRecord *was, GPtrArray *report,
                           const char *pointer);
gboolean tn_board_words_same (const TnTileRecord *a, const TnTileRecord *b);

G_END_DECLS
