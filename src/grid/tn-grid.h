/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TN_GRID_MAX_COLUMNS 64
/* The lowest row at which a tile may be put by hand or by a file; what is pushed may come to lie below it. */
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
 * @aspect: width / height to keep, as nearly as whole cells allow; 0 for none
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

/* Which edges of a tile a resize pulls; not both of an opposite pair. */
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
 * The tile in hand goes where the pointer says: within the columns, and where a tile that does not give way lies
 * there, to the nearest place beside it; a resize goes as far as such tiles let it. What gives way then moves so that
 * the sum of |dx| + |dy| is within 5/4 of the least. Few tiles are searched to the end for that, many for a time in
 * proportion to their number, and are then never worse off than each in the free place nearest to it.
 *
 * Returns: %FALSE where the gesture can't be honoured (locked or unknown tile, opposite edges); @result is then the
 *   snapshot
 */
gboolean tn_grid_solve (int columns, const TnPlacement *snapshot, gsize n, const TnGridGesture *gesture,
                        TnGridPolicy policy, TnPlacement *result);

/**
 * tn_grid_find_place:
 * @layout: (array length=n): valid
 * @placement: (inout): its w and h are looked for (made to fit its bounds and @columns), its x and y set to the first
 *   free place in reading order
 */
void tn_grid_find_place (int columns, const TnPlacement *layout, gsize n, TnPlacement *placement);

/**
 * tn_grid_repair:
 *
 * Makes any numbers a valid layout: sizes clamped to min, max, aspect, @columns and %TN_GRID_MAX_HEIGHT, positions into
 * the columns and %TN_GRID_MAX_ROWS, what overlaps moved to the nearest free place that is not above. The order of
 * claims is locked first, then y, x, id; who loses its place takes none that another can keep.
 *
 * Returns: how many placements it had to change
 */
gsize tn_grid_repair (int columns, TnPlacement *layout, gsize n);

/**
 * tn_grid_reflow:
 * @layout: (array length=n) (inout): valid for @from_columns
 *
 * Derives a layout for another number of columns: tiles in reading order, locked or not, widths scaled by @columns /
 * @from_columns (within min and max), each in the first free place that keeps the order; heights stay but where an
 * aspect is kept. The same number of columns changes nothing.
 */
void tn_grid_reflow (int from_columns, int columns, TnPlacement *layout, gsize n);

/* Whether no two overlap and all lie within @columns. */
gboolean tn_grid_is_valid (int columns, const TnPlacement *layout, gsize n);

/* Rows that the layout takes: the lowest bottom edge. */
int tn_grid_rows (const TnPlacement *layout, gsize n);

G_END_DECLS
