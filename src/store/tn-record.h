/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-grid.h"
#include <glib-object.h>

G_BEGIN_DECLS

/* The layout that the others are derived from. */
#define TN_LAYOUT_WIDE "wide"

/**
 * TnTileRecord:
 * @layout: which width class the place is for
 * @config: (nullable): the tile's settings, a JSON object as text
 * @foreign: (nullable): what another program's file said of it that is kept for the way back, a JSON object as text
 * @min_w: least width that the person or a file set; 0 for none beyond the app's own, like the other three
 *
 * A tile as it is kept, with its place in one layout.
 */
typedef struct
{
  char *id;
  char *canvas_id;
  char *app_key;
  char *app_id;
  char *title; /* nullable: the person's own */
  gboolean locked;
  char *config;
  char *foreign;
  int min_w, min_h, max_w, max_h;
  char *layout;
  int x, y, w, h;
} TnTileRecord;

/* Where the tile is, with its limits; the id is borrowed from it. */
TnPlacement tn_tile_record_get_place (const TnTileRecord *self);

/* Takes over x, y, w and h. */
void tn_tile_record_set_place (TnTileRecord *self, const TnPlacement *place);

/* Whether the tile stands for a panel of another program for which there is no app: nothing runs in it. */
gboolean tn_tile_record_is_placeholder (const TnTileRecord *self);

/* Where a tile is in one layout. */
typedef struct
{
  char *tile_id;
  char *layout;
  int x, y, w, h;
} TnPlaceRecord;

TnPlaceRecord *tn_place_record_new (const char *tile_id, const char *layout, int x, int y, int w, int h);
void tn_place_record_free (TnPlaceRecord *self);

/**
 * TnCanvasRecord:
 * @position: place among the canvases, from 0
 * @policy: what a gesture does with the tiles in its way
 * @foreign: (nullable): see #TnTileRecord; of the document as a whole
 * @tiles: (element-type TnTileRecord): in reading order
 * @places: (element-type TnPlaceRecord): where they are in the layouts other than the one that was loaded
 */
typedef struct
{
  char *id;
  char *name;
  int position;
  gboolean locked;
  TnGridPolicy policy;
  char *foreign;
  GPtrArray *tiles;
  GPtrArray *places;
} TnCanvasRecord;

#define TN_TYPE_TILE_RECORD (tn_tile_record_get_type ())
GType tn_tile_record_get_type (void);
TnTileRecord *tn_tile_record_new (const char *id, const char *canvas_id, const char *app_key, const char *app_id);
TnTileRecord *tn_tile_record_copy (const TnTileRecord *self);
void tn_tile_record_free (TnTileRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnTileRecord, tn_tile_record_free)

#define TN_TYPE_CANVAS_RECORD (tn_canvas_record_get_type ())
GType tn_canvas_record_get_type (void);
TnCanvasRecord *tn_canvas_record_new (const char *id, const char *name);
TnCanvasRecord *tn_canvas_record_copy (const TnCanvasRecord *self);

/**
 * tn_canvas_record_free_name:
 * @canvases: (element-type TnCanvasRecord): all there are
 *
 * Returns: (transfer full): @base where none is called that, else "Base 2", with the first number that is not taken
 */
char *tn_canvas_record_free_name (GPtrArray *canvases, const char *base);
void tn_canvas_record_free (TnCanvasRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnCanvasRecord, tn_canvas_record_free)

/**
 * TnJourney:
 * @from: the moment before it, as for tn_store_go_to_async()
 * @to: the moment after it
 * @n_steps: how many operations it passed over
 *
 * A way through the history that was gone.
 */
typedef struct
{
  gint64 from, to;
  guint n_steps;
} TnJourney;

/**
 * TnHistoryRecord:
 * @seq: its place in the history, growing with time
 * @time_us: when, in microseconds since 1970
 * @name: (nullable): the person's own, of the moment after it
 * @undone: it was taken back and could be done again
 *
 * An operation as it is listed.
 */
typedef struct
{
  gint64 seq;
  gint64 time_us;
  char *kind;
  char *canvas_id;
  char *subject;
  char *name;
  gboolean undone;
} TnHistoryRecord;

void tn_history_record_free (TnHistoryRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnHistoryRecord, tn_history_record_free)

/**
 * TnOperation:
 *
 * One change that the person made: what the touched rows are afterwards. The store reads what they were before in the
 * same transaction, keeps both, and so can take it back and do it again at any time.
 */
typedef struct _TnOperation TnOperation;

#define TN_TYPE_OPERATION (tn_operation_get_type ())
GType tn_operation_get_type (void);

/**
 * tn_operation_new:
 * @kind: what was done: tile.add, tile.remove, tile.move, tile.resize, tile.lock, tile.settings, canvas.create …
 *   Every kind has its words in shell/tn-history-words.c
 * @canvas_id: where
 * @subject: what it was done to, in the person's words ("Todo")
 */
TnOperation *tn_operation_new (const char *kind, const char *canvas_id, const char *subject);
TnOperation *tn_operation_ref (TnOperation *self);
void tn_operation_unref (TnOperation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnOperation, tn_operation_unref)

const char *tn_operation_get_kind (TnOperation *self);
const char *tn_operation_get_canvas_id (TnOperation *self);
const char *tn_operation_get_subject (TnOperation *self);

/* The row as it is to be; tiles bring their place in @record->layout along. */
void tn_operation_put_canvas (TnOperation *self, const TnCanvasRecord *record);
void tn_operation_put_tile (TnOperation *self, const TnTileRecord *record);

/* Only the place of a tile, in one layout. */
void tn_operation_put_place (TnOperation *self, const char *tile_id, const char *layout, int x, int y, int w, int h);

/* Takes the tile's places away in every layout; to be followed by those that it is to have: a tile that goes to another
 * canvas leaves the places that it had among other tiles. */
void tn_operation_clear_places (TnOperation *self, const char *tile_id);

/* What the tile @from_tile_id keeps by then, state included, @to_tile_id keeps too, in place of what it kept under the
 * same keys. Undo leaves these values, as it leaves those of a tile that was removed, so that redo finds them. */
void tn_operation_copy_values (TnOperation *self, const char *from_tile_id, const char *to_tile_id);

/* Takes the row away with all its places; its data stays until erased, so that undo brings everything back. */
void tn_operation_delete_canvas (TnOperation *self, const char *canvas_id);
void tn_operation_delete_tile (TnOperation *self, const char *tile_id);

/* Says that the package of an app of the person's own is to lie aside; see tn_db_list_removals(). */
void tn_operation_remove_package (TnOperation *self, const char *app_key, const char *app_id);

G_END_DECLS
