/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-grid.h"

G_BEGIN_DECLS

/**
 * TnAnnounce:
 * @before: (array length=n): the layout when the tiles were taken up
 * @after: (array length=n): where the step led to
 * @titles: (array length=n): what the person calls them
 * @indices: (array length=n_indices): which are in hand; the first was gripped
 * @edges: what the step pulled; %TN_GRID_EDGE_NONE for a move
 * @rtl: the first column is the rightmost
 *
 * One step of an arrangement by keyboard, to be put into words.
 */
typedef struct
{
  const TnPlacement *before, *after;
  const char *const *titles;
  gsize n;
  const guint *indices;
  gsize n_indices;
  TnGridEdges edges;
  gboolean rtl;
} TnAnnounce;

/* What it is and where, and what that does to others: “Todo, column 3 row 2, pushes Clock down”. (transfer full) */
char *tn_announce_step (const TnAnnounce *self);

/* Why a step of @dx, @dy cells among @columns led nowhere. (transfer full) */
char *tn_announce_refusal (const TnAnnounce *self, int columns, int dx, int dy);

G_END_DECLS
