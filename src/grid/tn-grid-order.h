/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-grid.h"

G_BEGIN_DECLS

/* By y, x, id. Like all that tn_grid_sorted() takes, it compares what two pointers to pointers to placements point to.
 */
int tn_grid_compare_reading_order (gconstpointer a, gconstpointer b);

/**
 * tn_grid_sorted:
 *
 * Sorting is stable: of tiles that compare equal, which hostile ones may, the earlier comes first.
 *
 * Returns: (transfer container): pointers into @layout
 */
GPtrArray *tn_grid_sorted (TnPlacement *layout, gsize n, GCompareFunc compare);

/**
 * tn_grid_pick:
 * @ids: (array length=n_ids) (nullable): may name one twice, or none
 *
 * Returns: (transfer container): pointers to those of @layout that have one of @ids, in reading order
 */
GPtrArray *tn_grid_pick (TnPlacement *layout, gsize n, const char *const *ids, gsize n_ids);

G_END_DECLS
