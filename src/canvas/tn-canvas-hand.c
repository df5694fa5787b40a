/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvas-private.h"

#include "tn-ghost.h"

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

static guint
index_of (TnHand *hand, guint i)
{
  return g_array_index (hand->indices, guint, i);
}

const TnPlacement *
tn_canvas_hand_place (TnCanvas *self)
{
  return place_at (self->hand.result, index_of (&self->hand, 0));
}

/* Where the ghost of that number is; %NULL where it is not shown. */
const TnPlacement *
tn_canvas_hand_ghost (TnCanvas *self, guint i)
{
  TnHand *hand = &self->hand;

  if (!hand->active || !hand->pointer || hand->target != NULL || i >= hand->indices->len)
    return NULL;
  return place_at (hand->result, index_of (hand, i));
}

/* Where the pointer carries the tile to; its size and page follow the cells. %FALSE where it does not. */
gboolean
tn_canvas_hand_rect (TnCanvas *self, TnEntry *entry, graphene_rect_t *rect)
{
  TnHand *hand = &self->hand;

  if (!hand->active || !hand->pointer || !entry->in_hand)
    return FALSE;
  if (hand->edges != TN_GRID_EDGE_NONE)
    *rect = tn_geometry_pull (&self->geometry, &entry->grip, hand->edges, hand->offset_x, hand->offset_y);
  else
    graphene_rect_offset_r (&entry->grip, hand->offset_x, hand->offset_y, rect);
  return TRUE;
}

static void
show_in_hand (TnCanvas *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      TnEntry *entry = g_ptr_array_index (self->entries, i);

      tn_tile_set_lifted (entry->tile, entry->in_hand, entry->in_hand && self->hand.target != NULL);
    }
}

static void
add_ghosts (TnCanvas *self, guint n)
{
  while (self->ghosts->len < n)
    {
      GtkWidget *ghost = tn_ghost_new ();

      gtk_widget_set_child_visible (ghost, FALSE);
      gtk_widget_set_parent (ghost, GTK_WIDGET (self));
      g_ptr_array_add (self->ghosts, ghost);
    }
}

static void
grip (TnCanvas *self, TnEntry *entry, guint index)
{
  double presence;

  entry->in_hand = TRUE;
  tn_motion_at (&entry->motion, tn_canvas_now (self), &entry->grip, &presence);
  g_array_append_val (self->hand.indices, index);
}

/* The others that are selected come along. */
static void
grip_others (TnCanvas *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      TnEntry *entry = g_ptr_array_index (self->entries, i);

      if (!entry->in_hand && tn_canvas_is_selected (self, entry->tile) && tn_tile_get_movable (entry->tile))
        grip (self, entry, i);
    }
}

/* Whether the pointer moves tiles, which could go to another canvas. */
gboolean
tn_canvas_hand_drags (TnCanvas *self)
{
  const TnHand *hand = &self->hand;

  return hand->active && hand->pointer && hand->entry != NULL && hand->edges == TN_GRID_EDGE_NONE;
}

static void
take (TnCanvas *self, GArray *origin, gboolean pointer)
{
  TnHand *hand = &self->hand;

  hand->active = TRUE;
  hand->pointer = pointer;
  hand->origin = origin;
  hand->stage = copy_places (place_at (origin, 0), origin->len);
  hand->result = copy_places (place_at (origin, 0), origin->len);
  hand->modifiers = 0;
  hand->dx = hand->dy = 0;
  hand->offset_x = hand->offset_y = 0;
  show_in_hand (self);
  if (pointer)
    add_ghosts (self, hand->indices->len);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  if (tn_canvas_hand_drags (self))
    g_object_notify (G_OBJECT (self), "dragging");
}

/* Returns: whether the tile can be taken up */
gboolean
tn_canvas_hand_take (TnCanvas *self, TnTile *tile, TnGridEdges edges, TnTake how)
{
  TnHand *hand = &self->hand;
  const TnPlacement *places;
  guint index;
  gsize n;

  if (hand->active || !tn_tile_get_movable (tile))
    return FALSE;
  hand->entry = tn_canvas_find_entry (self, tile, &index);
  if (hand->entry == NULL)
    return FALSE;
  hand->edges = edges;
  hand->indices = g_array_new (FALSE, FALSE, sizeof (guint));
  grip (self, hand->entry, index);
  if ((how & TN_TAKE_ALONE) == 0 && tn_canvas_is_selected (self, tile))
    grip_others (self);
  places = tn_canvas_get_places (self, &n);
  take (self, copy_places (places, n), (how & TN_TAKE_POINTER) != 0);
  return TRUE;
}

/* What is dragged in starts below everything, in nobody's way. @app: (nullable): %NULL for files */
gboolean
tn_canvas_hand_take_new (TnCanvas *self, TnApp *app)
{
  TnHand *hand = &self->hand;
  TnPlacement place = tn_layouts_size_app (app, self->width_class);
  const TnPlacement *places;
  GArray *origin;
  gsize n;
  guint index;

  if (hand->active || tn_canvas_is_locked (self))
    return FALSE;
  hand->entry = NULL;
  hand->app = app != NULL ? g_object_ref (app) : NULL;
  hand->edges = TN_GRID_EDGE_NONE;
  places = tn_canvas_get_places (self, &n);
  index = n;
  place.id = NEW_ID;
  place.y = tn_grid_rows (places, n);
  origin = copy_places (places, n);
  g_array_append_val (origin, place);
  hand->indices = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (hand->indices, index);
  take (self, origin, TRUE);
  return TRUE;
}

/* What the keys that are held make of the canvas's own policy: Shift swaps, or moves an edge that two share; Ctrl
 * leaves all others where they are; both push, or compact where all push anyway. */
static TnGridPolicy
choose_policy (TnCanvas *self, gboolean *share)
{
  gboolean shift = (self->hand.modifiers & GDK_SHIFT_MASK) != 0;
  gboolean control = (self->hand.modifiers & GDK_CONTROL_MASK) != 0;
  gboolean resize = self->hand.edges != TN_GRID_EDGE_NONE;

  *share = resize && shift && !control;
  if (control && shift)
    return tn_canvas_get_policy (self) == TN_GRID_PUSH ? TN_GRID_COMPACT : TN_GRID_PUSH;
  if (control)
    return TN_GRID_FREE;
  if (shift && !resize)
    return TN_GRID_SWAP;
  return tn_canvas_get_policy (self);
}

/* Over another canvas, what is in hand is as good as gone: here everything is as it was. */
static void
find_result (TnCanvas *self, int dx, int dy, GArray *result)
{
  TnHand *hand = &self->hand;
  g_autofree const char **others = g_new (const char *, hand->indices->len);
  TnGridGesture gesture = { .edges = hand->edges, .dx = dx, .dy = dy };
  TnGridPolicy policy = choose_policy (self, &gesture.share);

  if (hand->target != NULL)
    return;
  for (guint i = 1; i < hand->indices->len; i++)
    others[gesture.n_others++] = place_at (hand->stage, index_of (hand, i))->id;
  gesture.id = place_at (hand->stage, index_of (hand, 0))->id;
  gesture.others = others;
  tn_grid_solve (self->geometry.columns, place_at (hand->stage, 0), result->len, &gesture, policy,
                 place_at (result, 0));
}

/* Returns: whether anything is elsewhere than before */
static gboolean
solve (TnCanvas *self, int dx, int dy)
{
  TnHand *hand = &self->hand;
  gsize n = hand->stage->len;
  g_autoptr (GArray) result = copy_places (place_at (hand->stage, 0), n);

  find_result (self, dx, dy, result);
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

/* The keys that force a policy: what is held at the moment counts. */
void
tn_canvas_hand_set_modifiers (TnCanvas *self, GdkModifierType modifiers)
{
  TnHand *hand = &self->hand;

  modifiers &= GDK_SHIFT_MASK | GDK_CONTROL_MASK;
  if (!hand->active || hand->modifiers == modifiers)
    return;
  hand->modifiers = modifiers;
  solve (self, hand->dx, hand->dy);
}

/* Whether the pointer, in the canvas's coordinates, holds tiles over another canvas. */
void
tn_canvas_hand_point (TnCanvas *self, double x, double y)
{
  TnHand *hand = &self->hand;
  const char *target = NULL;

  if (tn_canvas_hand_drags (self) && self->target_func != NULL)
    target = self->target_func (self, x, y, self->target_data);
  if (g_strcmp0 (target, self->id) == 0)
    target = NULL;
  if (g_strcmp0 (target, hand->target) == 0)
    return;
  g_free (hand->target);
  hand->target = g_strdup (target);
  show_in_hand (self);
  solve (self, hand->dx, hand->dy);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
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
  gboolean dragging = tn_canvas_hand_drags (self);

  for (guint i = 0; i < self->entries->len; i++)
    ((TnEntry *) g_ptr_array_index (self->entries, i))->in_hand = FALSE;
  show_in_hand (self);
  /* The button may still be down: what it holds on to is not taken up again. */
  self->press = TN_PRESS_NONE;
  self->drag_tile = NULL;
  hand->active = FALSE;
  hand->entry = NULL;
  g_clear_object (&hand->app);
  g_clear_pointer (&hand->origin, g_array_unref);
  g_clear_pointer (&hand->stage, g_array_unref);
  g_clear_pointer (&hand->result, g_array_unref);
  g_clear_pointer (&hand->indices, g_array_unref);
  g_clear_pointer (&hand->target, g_free);
  tn_canvas_update_places (self);
  if (dragging)
    g_object_notify (G_OBJECT (self), "dragging");
  if (self->sync_again && !self->syncing)
    tn_canvas_sync (self);
}

static GPtrArray *
list_in_hand (TnCanvas *self)
{
  GPtrArray *tiles = g_ptr_array_new ();
  GArray *indices = self->hand.indices;

  for (guint i = 0; i < indices->len; i++)
    g_ptr_array_add (tiles, ((TnEntry *) g_ptr_array_index (self->entries, g_array_index (indices, guint, i)))->tile);
  return tiles;
}

static const char *
kind_of (TnHand *hand)
{
  const TnPlacement *before = place_at (hand->origin, index_of (hand, 0));
  const TnPlacement *after = place_at (hand->result, index_of (hand, 0));

  gboolean resized = before->w != after->w || before->h != after->h;

  if (hand->indices->len > 1)
    return resized ? "tiles.resize" : "tiles.move";
  return resized ? "tile.resize" : "tile.move";
}

static void
apply_moved (TnCanvas *self)
{
  GArray *result = self->hand.result;
  g_autoptr (GPtrArray) tiles = list_in_hand (self);
  g_autofree char *subject = tn_canvas_describe (tiles);
  g_autoptr (TnOperation) operation = tn_operation_new (kind_of (&self->hand), self->id, subject);

  tn_layouts_put (self->layouts, operation, self->width_class, place_at (result, 0), result->len);
  tn_canvas_apply (self, operation, "arranged");
}

/* What was done becomes one operation. */
void
tn_canvas_hand_drop (TnCanvas *self)
{
  TnHand *hand = &self->hand;
  gboolean changed = !tn_layouts_same (place_at (hand->origin, 0), place_at (hand->result, 0), hand->result->len);

  if (hand->target != NULL)
    {
      g_autoptr (GPtrArray) tiles = list_in_hand (self);

      tn_canvas_send_dropped (self, tiles, hand->target);
    }
  else if (hand->app != NULL)
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

/* Everything goes back to where it was; a press that is no drag yet becomes none. */
void
tn_canvas_hand_restore (TnCanvas *self)
{
  if (self->hand.active)
    let_go (self);
  self->press = TN_PRESS_NONE;
}
