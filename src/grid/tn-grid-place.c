/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-grid.h"

#include "tn-grid-fill.h"
#include "tn-grid-order.h"
#include "tn-grid-size.h"

static int
compare_claims (gconstpointer a, gconstpointer b)
{
  const TnPlacement *p = *(const TnPlacement *const *) a, *q = *(const TnPlacement *const *) b;

  if (!p->locked != !q->locked)
    return p->locked ? -1 : 1;
  return tn_grid_compare_reading_order (a, b);
}

void
tn_grid_find_place (int columns, const TnPlacement *layout, gsize n, TnPlacement *placement)
{
  g_auto (TnGridOccupancy) taken = { 0 };
  guint64 starts;

  g_return_if_fail (tn_grid_is_valid (columns, layout, n));

  tn_grid_occupancy_init (&taken, columns, tn_grid_rows (layout, n));
  for (gsize i = 0; i < n; i++)
    tn_grid_occupancy_add (&taken, &layout[i]);
  tn_grid_size_fit (placement, columns, TN_GRID_MAX_HEIGHT, FALSE);
  for (placement->y = 0; (starts = tn_grid_occupancy_starts (&taken, placement, placement->y)) == 0; placement->y++)
    ;
  placement->x = __builtin_ctzll (starts);
}

gsize
tn_grid_repair (int columns, TnPlacement *layout, gsize n)
{
  g_autofree TnPlacement *before = g_memdup2 (layout, n * sizeof *layout);
  g_autoptr (GPtrArray) claims = NULL;
  g_auto (TnGridOccupancy) taken = { 0 };
  g_auto (TnGridFill) fill = { 0 };
  gsize changed = 0;

  g_return_val_if_fail (columns >= 1 && columns <= TN_GRID_MAX_COLUMNS, 0);

  for (gsize i = 0; i < n; i++)
    {
      tn_grid_size_fit (&layout[i], columns, TN_GRID_MAX_HEIGHT, FALSE);
      layout[i].x = CLAMP (layout[i].x, 0, columns - layout[i].w);
      layout[i].y = CLAMP (layout[i].y, 0, TN_GRID_MAX_ROWS);
    }
  claims = tn_grid_sorted (layout, n, compare_claims);
  tn_grid_occupancy_init (&taken, columns, tn_grid_rows (layout, n));
  for (guint i = 0; i < n; i++)
    {
      TnPlacement *tile = g_ptr_array_index (claims, i);

      /* Those that can stay do, so that none of them has to make room for one that can't. */
      if (tn_grid_occupancy_claim (&taken, tile))
        claims->pdata[i] = NULL;
    }
  tn_grid_fill_init (&fill, &taken, TN_GRID_MAX_HEIGHT);
  for (guint i = 0; i < n; i++)
    if (claims->pdata[i] != NULL)
      tn_grid_fill_settle (&fill, claims->pdata[i], FALSE);
  for (gsize i = 0; i < n; i++)
    changed += layout[i].x != before[i].x || layout[i].y != before[i].y || layout[i].w != before[i].w
               || layout[i].h != before[i].h;
  return changed;
}

void
tn_grid_reflow (int from_columns, int columns, TnPlacement *layout, gsize n)
{
  g_autoptr (GPtrArray) order = NULL;
  g_auto (TnGridOccupancy) taken = { 0 };
  int x = 0, y = 0;

  g_return_if_fail (columns >= 1 && columns <= TN_GRID_MAX_COLUMNS);
  g_return_if_fail (tn_grid_is_valid (from_columns, layout, n));
  if (columns == from_columns)
    return;

  order = tn_grid_sorted (layout, n, tn_grid_compare_reading_order);
  tn_grid_occupancy_init (&taken, columns, tn_grid_rows (layout, n));
  for (guint i = 0; i < n; i++)
    {
      TnPlacement *tile = g_ptr_array_index (order, i);
      guint64 starts;

      tile->w = (2 * tile->w * columns + from_columns) / (2 * from_columns);
      tn_grid_size_fit (tile, columns, TN_GRID_MAX_HEIGHT, FALSE);
      while ((starts = tn_grid_occupancy_starts (&taken, tile, y) & G_MAXUINT64 << x) == 0)
        {
          y++;
          x = 0;
        }
      x = __builtin_ctzll (starts);
      tile->x = x;
      tile->y = y;
      tn_grid_occupancy_add (&taken, tile);
    }
}
