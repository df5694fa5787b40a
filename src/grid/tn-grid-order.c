/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-grid-order.h"

int
tn_grid_compare_reading_order (gconstpointer a, gconstpointer b)
{
  const TnPlacement *p = *(const TnPlacement *const *) a, *q = *(const TnPlacement *const *) b;

  if (p->y != q->y)
    return p->y < q->y ? -1 : 1;
  if (p->x != q->x)
    return p->x < q->x ? -1 : 1;
  return g_strcmp0 (p->id, q->id);
}

GPtrArray *
tn_grid_sorted (TnPlacement *layout, gsize n, GCompareFunc compare)
{
  GPtrArray *order = g_ptr_array_sized_new (n);

  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (order, &layout[i]);
  g_ptr_array_sort (order, compare);
  return order;
}

GPtrArray *
tn_grid_pick (TnPlacement *layout, gsize n, const char *const *ids, gsize n_ids)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *picked = g_ptr_array_new ();

  for (gsize i = 0; i < n_ids; i++)
    if (ids[i] != NULL)
      g_hash_table_add (wanted, (gpointer) ids[i]);
  for (gsize i = 0; i < n; i++)
    if (layout[i].id != NULL && g_hash_table_contains (wanted, layout[i].id))
      g_ptr_array_add (picked, &layout[i]);
  g_ptr_array_sort (picked, tn_grid_compare_reading_order);
  return picked;
}
