/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TN_GRID_MAX_COLUMNS 64
#define TN_GRID_MAX_ROWS 1000000
#define TN_GRID_MAX_HEIGHT 256

/**
 * TnPlacement:
 * @id: what is placed; owned by the caller, unique in a layout
 * @x: first column
 * @y: first row
 * @w: width in columns
 * @h: height in rows
 * @min_w: least width; 0 for none, like the other three
 * @aspect: width / height to keep; 0 for none
 * @locked: stays where it is whatever happens
 */
typedef struct
{
  const char *id;
  int x, y, w, h;
  int min_w, min_h, max_w, max_h;
  double aspect;
  gboolean locked;
} TnPlacement;

typedef enum
{
  TN_GRID_PUSH, /* displaced tiles move little */
  TN_GRID_FREE, /* nothing else moves; the moved tile takes the nearest free place */
} TnGridPolicy;

/* Which edges of a tile a resize pulls. */
typedef enum
{
  TN_GRID_EDGE_NONE = 0,
  TN_GRID_EDGE_LEFT = 1 << 0,
  TN_GRID_EDGE_RIGHT = 1 << 1,
  TN_GRID_EDGE_TOP = 1 << 2,
  TN_GRID_EDGE_BOTTOM = 1 << 3,
} TnGridEdges;

/**
 * TnGridGesture:
 * @id: the tile in hand
 * @edges: %TN_GRID_EDGE_NONE moves the tile, else these edges are pulled
 * @dx: columns from where the tile was in the snapshot
 * @dy: rows from where the tile was in the snapshot
 */
typedef struct
{
  const char *id;
  TnGridEdges edges;
  int dx, dy;
} TnGridGesture;

/**
 * tn_grid_solve:
 * @columns: 1 to %TN_GRID_MAX_COLUMNS
 * @snapshot: (array length=n): the layout when the gesture began; valid (see tn_grid_repair())
 * @result: (array length=n): the layout it leads to, in the order of @snapshot
 *
 * A pure function: the answer depends on where the pointer is, never on the way it took. No two placements overlap,
 * none leaves the columns, locked ones stay, min, max and aspect hold; a gesture that changes nothing changes nothing.
 *
 * Returns: %FALSE where the gesture can't be honoured (locked or unknown tile); @result is then the snapshot
 */
gboolean tn_grid_solve (int columns, const TnPlacement *snapshot, gsize n, const TnGridGesture *gesture,
                        TnGridPolicy policy, TnPlacement *result);

/**
 * tn_grid_find_place:
 * @placement: (inout): its w and h are looked for (narrowed to @columns where wider), its x and y set to the first
 *   free place in reading order
 */
void tn_grid_find_place (int columns, const TnPlacement *layout, gsize n, TnPlacement *placement);

/**
 * tn_grid_repair:
 *
 * Makes any numbers a valid layout: sizes clamped to min, max and @columns, positions into the columns, what overlaps
 * moved to the nearest free place below; the order of claims is locked first, then y, x, id.
 *
 * Returns: how many placements it had to change
 */
gsize tn_grid_repair (int columns, TnPlacement *layout, gsize n);

/**
 * tn_grid_reflow:
 *
 * Derives a layout for another number of columns: tiles in reading order, widths scaled by @columns / @from_columns
 * (at least min_w), each in the first free place that keeps the order; heights stay.
 */
void tn_grid_reflow (int from_columns, int columns, TnPlacement *layout, gsize n);

/* Whether no two overlap and all lie within @columns. */
gboolean tn_grid_is_valid (int columns, const TnPlacement *layout, gsize n);

/* Rows that the layout takes: the lowest bottom edge. */
int tn_grid_rows (const TnPlacement *layout, gsize n);

G_END_DECLS
