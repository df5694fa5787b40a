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

/**
 * TnGridPolicy:
 * @TN_GRID_PUSH: displaced tiles move little
 * @TN_GRID_SWAP: the moved tile and the one that it comes to cover most change places, where at least half of the
 *   smaller is covered, and what else is in the way is pushed; without such a one it is as with %TN_GRID_FREE. A resize
 *   and a group are as with %TN_GRID_PUSH
 * @TN_GRID_COMPACT: as %TN_GRID_PUSH, then everything falls to the top (see tn_grid_compact())
 * @TN_GRID_FREE: nothing else moves; the moved tile takes the nearest free place
 */
typedef enum
{
  TN_GRID_PUSH,
  TN_GRID_SWAP,
  TN_GRID_COMPACT,
  TN_GRID_FREE,
  TN_GRID_N_POLICIES,
} TnGridPolicy;

/* "push", "swap", "compact", "free": what files and the store call them. */
const char *tn_grid_policy_to_name (TnGridPolicy policy);

/* %FALSE leaves @policy alone where there is none of that name, %NULL included. */
gboolean tn_grid_policy_from_name (const char *name, TnGridPolicy *policy);

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
 * @share: in a resize of one tile, those beyond the pulled edges give or take the space: their facing edge follows, as
 *   far as their own bounds and what lies around them let it. A tile with an aspect shares nothing, and a group neither
 * @others: (array length=n_others) (nullable): ids of tiles in the same hand; unknown and locked ones are passed over,
 *   and so is @id
 *
 * A group moves as one: all by the same way, the nearest to the wanted one on which none leaves the columns or lies on
 * a tile that does not give way. In a resize of a group each tile's edges are pulled by as much, and those of the group
 * that would come to lie on one another give way to the earlier ones in reading order, @id first: each goes to the
 * nearest place that is free of the group and of what does not give way.
 */
typedef struct
{
  const char *id;
  TnGridEdges edges;
  int dx, dy;
  gboolean share;
  const char *const *others;
  gsize n_others;
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
 * tn_grid_compact:
 * @layout: (array length=n) (inout): valid
 *
 * Lets every tile that is not locked fall to the top: in the order of y, x, id each goes up until it lies against
 * another or the top. Doing it again changes nothing.
 *
 * Returns: how many tiles moved
 */
gsize tn_grid_compact (int columns, TnPlacement *layout, gsize n);

typedef enum
{
  TN_GRID_ALIGN_LEFT, /* the first column's side, whichever that is on the screen */
  TN_GRID_ALIGN_CENTER,
  TN_GRID_ALIGN_RIGHT,
  TN_GRID_ALIGN_TOP,
  TN_GRID_ALIGN_MIDDLE,
  TN_GRID_ALIGN_BOTTOM,
} TnGridAlign;

/**
 * tn_grid_align:
 * @layout: (array length=n) (inout): valid
 * @ids: (array length=n_ids): two or more tiles; locked ones count for where the others go and stay
 *
 * Brings an edge or the middle of the tiles onto one line: the outermost of those edges, or the middle of all. Tiles
 * that would come to lie on one another keep the line and move along it, downwards or towards the last column and on
 * down, to the first place that is free of the others and of locked tiles; what else is in the way is pushed as by
 * %TN_GRID_PUSH.
 *
 * Returns: %FALSE where nothing can be aligned (fewer than two tiles known); @layout is then as it was
 */
gboolean tn_grid_align (int columns, TnPlacement *layout, gsize n, const char *const *ids, gsize n_ids,
                        TnGridAlign align);

/**
 * tn_grid_distribute:
 * @layout: (array length=n) (inout): valid
 * @ids: (array length=n_ids): three or more tiles
 * @vertical: along rows rather than along columns
 *
 * Makes the gaps between the tiles equal, as nearly as whole cells allow. They are taken in the order of their middles;
 * the first and the last stay, and so do locked ones, on whose both sides the gaps are then made equal apart. A tile
 * that would come to lie on one before it goes to the nearest free place, and what else is in the way is pushed as by
 * %TN_GRID_PUSH.
 *
 * Returns: %FALSE where there is nothing to distribute (fewer than three tiles known); @layout is then as it was
 */
gboolean tn_grid_distribute (int columns, TnPlacement *layout, gsize n, const char *const *ids, gsize n_ids,
                             gboolean vertical);

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
