/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvas-private.h"

/* What changes many places at once, or how they are chosen. */

static GArray *
copy_layout (TnCanvas *self)
{
  GArray *copy = g_array_new (FALSE, FALSE, sizeof (TnPlacement));
  gsize n;
  const TnPlacement *places = tn_canvas_get_places (self, &n);

  g_array_append_vals (copy, places, n);
  return copy;
}

/* Shows @places at once, while they are on their way through the store. */
static void
apply_places (TnCanvas *self, TnOperation *operation, GArray *places)
{
  tn_layouts_put (self->layouts, operation, self->width_class, (TnPlacement *) places->data, places->len);
  g_clear_pointer (&self->pending, g_array_unref);
  self->pending = g_array_ref (places);
  tn_canvas_apply (self, operation, "arranged");
  tn_canvas_update_places (self);
}

static gboolean
differ (TnCanvas *self, GArray *places)
{
  gsize n;
  const TnPlacement *before = tn_canvas_get_places (self, &n);

  return !tn_layouts_same (before, (TnPlacement *) places->data, n);
}

static gboolean
compact (TnCanvas *self, GArray *places)
{
  return tn_grid_compact (tn_width_class_columns (self->width_class), (TnPlacement *) places->data, places->len) > 0;
}

static TnOperation *
canvas_operation (TnCanvas *self, const char *kind)
{
  return tn_operation_new (kind, self->id, tn_canvas_get_record (self)->name);
}

/* Nothing else may be under way: a tile in hand is put back. */
static gboolean
begin (TnCanvas *self)
{
  if (tn_canvas_refuse_locked (self))
    return FALSE;
  tn_canvas_hand_restore (self);
  return TRUE;
}

void
tn_canvas_tidy (TnCanvas *self)
{
  g_autoptr (TnOperation) operation = NULL;
  g_autoptr (GArray) places = NULL;

  g_return_if_fail (TN_IS_CANVAS (self));

  if (!begin (self))
    return;
  places = copy_layout (self);
  if (!compact (self, places))
    return;
  operation = canvas_operation (self, "canvas.tidy");
  apply_places (self, operation, places);
}

void
tn_canvas_set_policy (TnCanvas *self, TnGridPolicy policy)
{
  g_autoptr (TnCanvasRecord) record = NULL;
  g_autoptr (TnOperation) operation = NULL;
  g_autoptr (GArray) places = NULL;

  g_return_if_fail (TN_IS_CANVAS (self));
  g_return_if_fail (policy < TN_GRID_N_POLICIES);

  if (policy == tn_canvas_get_policy (self) || !begin (self))
    return;
  record = tn_canvas_record_copy (tn_canvas_get_record (self));
  record->policy = policy;
  operation = canvas_operation (self, "canvas.policy");
  tn_operation_put_canvas (operation, record);
  places = copy_layout (self);
  if (policy == TN_GRID_COMPACT && compact (self, places))
    apply_places (self, operation, places);
  else
    tn_canvas_apply (self, operation, "arranged");
}

void
tn_canvas_set_locked (TnCanvas *self, gboolean locked)
{
  g_autoptr (TnCanvasRecord) record = NULL;
  g_autoptr (TnOperation) operation = NULL;

  g_return_if_fail (TN_IS_CANVAS (self));

  if (self->layouts == NULL || self->frozen || tn_canvas_get_record (self)->locked == locked)
    return;
  tn_canvas_hand_restore (self);
  record = tn_canvas_record_copy (tn_canvas_get_record (self));
  record->locked = locked;
  operation = canvas_operation (self, "canvas.lock");
  tn_operation_put_canvas (operation, record);
  tn_canvas_apply (self, operation, "arranged");
}

static void
apply_selected (TnCanvas *self, const char *kind, GArray *places, GPtrArray *tiles)
{
  g_autofree char *subject = tn_canvas_describe (tiles);
  g_autoptr (TnOperation) operation = NULL;

  if (!differ (self, places))
    return;
  operation = tn_operation_new (kind, self->id, subject);
  apply_places (self, operation, places);
}

static const char **
list_ids (GPtrArray *tiles)
{
  const char **ids = g_new (const char *, tiles->len + 1);

  for (guint i = 0; i < tiles->len; i++)
    ids[i] = tn_tile_get_id (g_ptr_array_index (tiles, i));
  return ids;
}

typedef gboolean (*Arrange) (int columns, TnPlacement *layout, gsize n, const char *const *ids, gsize n_ids, int how);

static gboolean
align (int columns, TnPlacement *layout, gsize n, const char *const *ids, gsize n_ids, int how)
{
  return tn_grid_align (columns, layout, n, ids, n_ids, how);
}

static gboolean
distribute (int columns, TnPlacement *layout, gsize n, const char *const *ids, gsize n_ids, int how)
{
  return tn_grid_distribute (columns, layout, n, ids, n_ids, how);
}

static void
arrange_selected (TnCanvas *self, const char *kind, Arrange arrange, int how)
{
  g_autoptr (GPtrArray) tiles = NULL;
  g_autoptr (GArray) places = NULL;
  g_autofree const char **ids = NULL;

  if (!begin (self))
    return;
  tiles = tn_canvas_list_selected (self);
  ids = list_ids (tiles);
  places = copy_layout (self);
  if (arrange (tn_width_class_columns (self->width_class), (TnPlacement *) places->data, places->len, ids, tiles->len,
               how))
    apply_selected (self, kind, places, tiles);
}

void
tn_canvas_align_selected (TnCanvas *self, TnGridAlign line)
{
  g_return_if_fail (TN_IS_CANVAS (self));

  arrange_selected (self, "tiles.align", align, line);
}

void
tn_canvas_distribute_selected (TnCanvas *self, gboolean vertical)
{
  g_return_if_fail (TN_IS_CANVAS (self));

  arrange_selected (self, "tiles.distribute", distribute, vertical);
}
