/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvas-private.h"

#define NEW_ID "new"

static GArray *
copy_places (const TnPlacement *places, gsize n)
{
  GArray *copy = g_array_sized_new (FALSE, FALSE, sizeof (TnPlacement), n + 1);

  g_array_append_vals (copy, places, n);
  return copy;
}

static TnPlacement *
place_at (GArray *places, guint index)
{
  return &g_array_index (places, TnPlacement, index);
}

const TnPlacement *
tn_canvas_hand_place (TnCanvas *self)
{
  return place_at (self->hand.result, self->hand.index);
}

static void
set_lifted (TnCanvas *self, gboolean lifted)
{
  TnEntry *entry = self->hand.entry;

  if (entry == NULL)
    return;
  if (lifted)
    gtk_widget_add_css_class (GTK_WIDGET (entry->tile), "lifted");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry->tile), "lifted");
}

static void
take (TnCanvas *self, GArray *origin, guint index)
{
  TnHand *hand = &self->hand;

  hand->active = TRUE;
  hand->origin = origin;
  hand->index = index;
  hand->stage = copy_places (place_at (origin, 0), origin->len);
  hand->result = copy_places (place_at (origin, 0), origin->len);
  hand->dx = hand->dy = 0;
  hand->offset_x = hand->offset_y = 0;
  set_lifted (self, TRUE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Returns: whether the tile can be taken up */
gboolean
tn_canvas_hand_take (TnCanvas *self, TnTile *tile, TnGridEdges edges, gboolean pointer)
{
  TnHand *hand = &self->hand;
  const TnPlacement *places;
  double presence;
  guint index;
  gsize n;

  if (hand->active || !tn_tile_get_movable (tile))
    return FALSE;
  hand->entry = tn_canvas_find_entry (self, tile, &index);
  if (hand->entry == NULL)
    return FALSE;
  hand->pointer = pointer;
  hand->edges = edges;
  tn_motion_at (&hand->entry->motion, tn_canvas_now (self), &hand->start, &presence);
  places = tn_canvas_get_places (self, &n);
  take (self, copy_places (places, n), index);
  return TRUE;
}

/* What is dragged in starts below everything, in nobody's way. */
gboolean
tn_canvas_hand_take_app (TnCanvas *self, TnApp *app)
{
  TnHand *hand = &self->hand;
  TnPlacement place = tn_layouts_size_app (app, self->width_class);
  const TnPlacement *places;
  GArray *origin;
  gsize n;

  if (hand->active || tn_canvas_is_locked (self))
    return FALSE;
  hand->entry = NULL;
  hand->app = g_object_ref (app);
  hand->pointer = TRUE;
  hand->edges = TN_GRID_EDGE_NONE;
  places = tn_canvas_get_places (self, &n);
  place.id = NEW_ID;
  place.y = tn_grid_rows (places, n);
  origin = copy_places (places, n);
  g_array_append_val (origin, place);
  take (self, origin, n);
  return TRUE;
}

/* Returns: whether anything is elsewhere than before */
static gboolean
solve (TnCanvas *self, int dx, int dy)
{
  TnHand *hand = &self->hand;
  TnGridGesture gesture = { place_at (hand->stage, hand->index)->id, hand->edges, dx, dy };
  gsize n = hand->stage->len;
  g_autoptr (GArray) result = copy_places (place_at (hand->stage, 0), n);

  tn_grid_solve (self->geometry.columns, place_at (hand->stage, 0), n, &gesture, TN_GRID_PUSH, place_at (result, 0));
  if (tn_layouts_same (place_at (result, 0), place_at (hand->result, 0), n))
    return FALSE;
  g_array_unref (hand->result);
  hand->result = g_steal_pointer (&result);
  tn_canvas_update_places (self);
  return TRUE;
}

/* The pointer is @dx, @dy cells from where the tile was. */
void
tn_canvas_hand_move_to (TnCanvas *self, int dx, int dy)
{
  TnHand *hand = &self->hand;

  if (hand->dx == dx && hand->dy == dy)
    return;
  hand->dx = dx;
  hand->dy = dy;
  solve (self, dx, dy);
}

/* One step by keyboard. Moving and resizing may alternate: each begins from where the other led to.
 * Returns: whether it changed anything */
gboolean
tn_canvas_hand_step (TnCanvas *self, TnGridEdges edges, int dx, int dy)
{
  TnHand *hand = &self->hand;

  if (hand->edges != edges)
    {
      g_array_unref (hand->stage);
      hand->stage = copy_places (place_at (hand->result, 0), hand->result->len);
      hand->edges = edges;
      hand->dx = hand->dy = 0;
    }
  if (!solve (self, hand->dx + dx, hand->dy + dy))
    return FALSE;
  hand->dx += dx;
  hand->dy += dy;
  return TRUE;
}

static void
let_go (TnCanvas *self)
{
  TnHand *hand = &self->hand;

  set_lifted (self, FALSE);
  /* The button may still be down: what it holds on to is not taken up again. */
  self->drag_tile = NULL;
  hand->active = FALSE;
  hand->entry = NULL;
  g_clear_object (&hand->app);
  g_clear_pointer (&hand->origin, g_array_unref);
  g_clear_pointer (&hand->stage, g_array_unref);
  g_clear_pointer (&hand->result, g_array_unref);
  tn_canvas_update_places (self);
  if (self->sync_again && !self->syncing)
    tn_canvas_sync (self);
}

static void
apply_moved (TnCanvas *self)
{
  TnHand *hand = &self->hand;
  const TnPlacement *before = place_at (hand->origin, hand->index);
  const TnPlacement *after = place_at (hand->result, hand->index);
  gboolean resized = before->w != after->w || before->h != after->h;
  g_autoptr (TnOperation) operation
    = tn_operation_new (resized ? "tile.resize" : "tile.move", self->id, tn_tile_get_title (hand->entry->tile));

  tn_layouts_put (self->layouts, operation, self->width_class, place_at (hand->result, 0), hand->result->len);
  tn_canvas_apply (self, operation, "arranged");
}

/* What was done becomes one operation. */
void
tn_canvas_hand_drop (TnCanvas *self)
{
  TnHand *hand = &self->hand;
  gboolean changed = !tn_layouts_same (place_at (hand->origin, 0), place_at (hand->result, 0), hand->result->len);

  if (hand->app != NULL)
    tn_canvas_apply_new (self, hand->app, place_at (hand->result, 0), hand->result->len);
  else if (changed)
    apply_moved (self);
  if (changed || hand->app != NULL)
    {
      g_clear_pointer (&self->pending, g_array_unref);
      self->pending = g_array_ref (hand->result);
    }
  let_go (self);
}

/* Everything goes back to where it was. */
void
tn_canvas_hand_restore (TnCanvas *self)
{
  if (self->hand.active)
    let_go (self);
}
