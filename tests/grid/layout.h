/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-grid.h"

#define MAX_TILES 16

/* A layout, and what is done to it. */
typedef struct
{
  int columns;
  gsize n;
  TnPlacement tiles[MAX_TILES];
  TnGridGesture gesture; /* without others */
  guint group;           /* bit 0 for A and so on: the others in the hand */
  TnGridPolicy policy;
} Case;

gboolean case_solve (const Case *self, TnPlacement *result);

/* The ids of those of @letters, a bit for each. Returns: how many */
gsize letters_to_ids (guint letters, const char **ids);

/*
 * A layout as a picture: a line per row, a character per column, '.' where it is free. Every letter is a tile with
 * that letter as its id, and a small one is locked. A tile that is drawn over others hides them.
 */
void case_read (Case *self, const char *picture);
char *layout_draw (int columns, const TnPlacement *layout, gsize n);

gboolean tiles_overlap (const TnPlacement *a, const TnPlacement *b);
gboolean tiles_equal (const TnPlacement *a, const TnPlacement *b);
gboolean layouts_equal (const TnPlacement *a, const TnPlacement *b, gsize n);
gboolean layout_holds (int columns, const TnPlacement *layout, gsize n);
int tiles_distance (const TnPlacement *a, const TnPlacement *b);

gssize case_hand (const Case *self);
/* Whether tile @i is in the hand: the first, or one of the group that is not locked. */
gboolean case_holds (const Case *self, gsize i);
/* Whether the gesture is of one of the tiles of a valid layout, which a shrunk case need not be. */
gboolean case_is_usable (const Case *self);

/* @n_max at most MAX_TILES; the layout is valid. */
void case_randomize (Case *self, GRand *random, int n_max);

/* What a law finds wrong with a case, or NULL. */
typedef const char *(*Law) (const Case *self);
typedef void (*Maker) (Case *self, GRand *random);

void make_any (Case *self, GRand *random);

typedef struct
{
  const char *path;
  Law law;
  Maker maker;
  guint cases;
} LawTest;

/* @tests are kept. */
void add_laws (const LawTest *tests, gsize n);
