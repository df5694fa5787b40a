/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvas-private.h"

#include "tn-canvas-layout.h"

static void scrollable_init (GtkScrollableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TnCanvas, tn_canvas, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, scrollable_init))

enum
{
  PROP_0,
  PROP_EDITING,
  PROP_N_TILES,
  PROP_N_SELECTED,
  PROP_DRAGGING,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

static void
scrollable_init (GtkScrollableInterface *iface)
{
}

static void
entry_free (TnEntry *entry)
{
  gtk_widget_unparent (GTK_WIDGET (entry->tile));
  tn_drawing_clear (&entry->drawing);
  g_free (entry);
}

double
tn_canvas_get_scroll (TnCanvas *self)
{
  return gtk_adjustment_get_value (self->vadjustment);
}

gboolean
tn_canvas_is_locked (TnCanvas *self)
{
  return self->frozen || self->layouts == NULL || tn_layouts_get_record (self->layouts)->locked;
}

void
tn_canvas_fail (TnCanvas *self, const char *message)
{
  g_signal_emit_by_name (self, "failed", message);
}

/* The layout to draw: what the gesture leads to, else what was dropped last, else what the store says. */
const TnPlacement *
tn_canvas_get_places (TnCanvas *self, gsize *n)
{
  GArray *places = self->hand.active ? self->hand.result : self->pending;

  if (places != NULL)
    {
      *n = places->len;
      return (const TnPlacement *) places->data;
    }
  *n = self->layouts != NULL ? tn_layouts_get_n (self->layouts) : 0;
  return self->layouts != NULL ? tn_layouts_get (self->layouts, self->width_class) : NULL;
}

/* A screen reader goes through the tiles as they follow each other in the tree: that is reading order, too. */
void
tn_canvas_order_tiles (TnCanvas *self)
{
  g_autoptr (GPtrArray) sorted = NULL;

  if (self->hand.active)
    return;
  sorted = tn_canvas_reading_order (self);
  for (guint i = 1; i < sorted->len; i++)
    {
      GtkWidget *before = GTK_WIDGET (((TnEntry *) g_ptr_array_index (sorted, i - 1))->tile);
      GtkWidget *tile = GTK_WIDGET (((TnEntry *) g_ptr_array_index (sorted, i))->tile);

      if (gtk_widget_get_prev_sibling (tile) != before)
        gtk_widget_insert_after (tile, GTK_WIDGET (self), before);
    }
}

/* Tells each tile its place, and has them slide there. */
void
tn_canvas_update_places (TnCanvas *self)
{
  gsize n;
  const TnPlacement *places = tn_canvas_get_places (self, &n);

  for (guint i = 0; i < self->entries->len; i++)
    {
      TnEntry *entry = g_ptr_array_index (self->entries, i);

      tn_tile_set_place (entry->tile, &places[i], tn_width_class_columns (self->width_class));
    }
  if (self->allocating)
    return;
  tn_canvas_order_tiles (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
tn_canvas_update_shields (TnCanvas *self)
{
  gboolean editing = self->editing && !tn_canvas_is_locked (self);

  for (guint i = 0; i < self->entries->len; i++)
    {
      TnEntry *entry = g_ptr_array_index (self->entries, i);

      tn_tile_set_movable (entry->tile, !tn_canvas_is_locked (self));
      tn_tile_set_shielded (entry->tile, editing || self->dragging_in, editing);
      tn_tile_set_frozen (entry->tile, self->frozen);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

TnEntry *
tn_canvas_find_entry (TnCanvas *self, TnTile *tile, guint *index)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      TnEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->tile != tile)
        continue;
      if (index != NULL)
        *index = i;
      return entry;
    }
  return NULL;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const TnPlacement *first = tn_tile_get_place ((*(TnEntry *const *) a)->tile);
  const TnPlacement *second = tn_tile_get_place ((*(TnEntry *const *) b)->tile);

  return first->y != second->y ? first->y - second->y : first->x - second->x;
}

/* (transfer container) (element-type TnEntry) */
GPtrArray *
tn_canvas_reading_order (TnCanvas *self)
{
  GPtrArray *sorted = g_ptr_array_sized_new (self->entries->len);

  g_ptr_array_extend (sorted, self->entries, NULL, NULL);
  g_ptr_array_sort (sorted, compare_entries);
  return sorted;
}

static void
value_changed_cb (TnCanvas *self)
{
  if (!self->allocating)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
set_adjustment (TnCanvas *self, GtkAdjustment **field, GtkAdjustment *adjustment)
{
  if (*field != NULL)
    g_signal_handlers_disconnect_by_func (*field, value_changed_cb, self);
  g_clear_object (field);
  *field = g_object_ref_sink (adjustment != NULL ? adjustment : gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_signal_connect_object (*field, "value-changed", G_CALLBACK (value_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* A faint dot where four cells meet. */
static void
snapshot_dots (TnCanvas *self, GtkSnapshot *snapshot)
{
  double pitch = tn_geometry_pitch (&self->geometry);
  double row = tn_geometry_row_pitch (&self->geometry);
  double first = TN_GEOMETRY_MARGIN - TN_GEOMETRY_GAP / 2.0;
  double top = first - tn_canvas_get_scroll (self);
  graphene_rect_t area
    = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &color);
  color.alpha *= 0.25;
  gtk_snapshot_push_repeat (snapshot, &area, &GRAPHENE_RECT_INIT (first - 1, top - 1, pitch, row));
  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (first - 1, top - 1, 2, 2));
  gtk_snapshot_pop (snapshot);
}

static void
snapshot_entries (TnCanvas *self, GtkSnapshot *snapshot, GPtrArray *entries, gboolean in_hand)
{
  for (guint i = 0; i < entries->len; i++)
    {
      TnEntry *entry = g_ptr_array_index (entries, i);

      if (entry->in_hand == in_hand)
        tn_canvas_snapshot_entry (self, entry, snapshot);
    }
}

/* What is in hand is above all others. */
static void
tn_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TnCanvas *self = TN_CANVAS (widget);

  if (self->editing && !tn_canvas_is_locked (self) && self->geometry.columns > 0)
    snapshot_dots (self, snapshot);
  snapshot_entries (self, snapshot, self->leaving, FALSE);
  if (self->placeholder != NULL)
    gtk_widget_snapshot_child (widget, self->placeholder, snapshot);
  snapshot_entries (self, snapshot, self->entries, FALSE);
  for (guint i = 0; i < self->ghosts->len; i++)
    gtk_widget_snapshot_child (widget, g_ptr_array_index (self->ghosts, i), snapshot);
  snapshot_entries (self, snapshot, self->entries, TRUE);
  gtk_widget_snapshot_child (widget, self->band, snapshot);
}

static void
tn_canvas_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (tn_canvas_parent_class)->direction_changed (widget, previous);
  gtk_widget_queue_allocate (widget);
}

static void
tn_canvas_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tn_canvas_parent_class)->map (widget);
  tn_canvas_enter_view (TN_CANVAS (widget));
  tn_canvas_watch_window (TN_CANVAS (widget), TRUE);
  tn_canvas_update_sight (TN_CANVAS (widget));
}

static void
tn_canvas_unmap (GtkWidget *widget)
{
  tn_canvas_leave_view (TN_CANVAS (widget));
  tn_canvas_watch_window (TN_CANVAS (widget), FALSE);
  GTK_WIDGET_CLASS (tn_canvas_parent_class)->unmap (widget);
  tn_canvas_update_sight (TN_CANVAS (widget));
}

static void
tn_canvas_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TnCanvas *self = TN_CANVAS (object);

  switch (id)
    {
    case PROP_EDITING:
      g_value_set_boolean (value, self->editing);
      break;
    case PROP_N_TILES:
      g_value_set_uint (value, self->entries->len);
      break;
    case PROP_N_SELECTED:
      g_value_set_uint (value, g_hash_table_size (self->selected));
      break;
    case PROP_DRAGGING:
      g_value_set_boolean (value, tn_canvas_hand_drags (self));
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, GTK_SCROLL_MINIMUM);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tn_canvas_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TnCanvas *self = TN_CANVAS (object);

  switch (id)
    {
    case PROP_EDITING:
      tn_canvas_set_editing (self, g_value_get_boolean (value));
      break;
    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->vadjustment, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tn_canvas_dispose (GObject *object)
{
  TnCanvas *self = TN_CANVAS (object);

  self->stopped = TRUE;
  tn_canvas_hand_restore (self);
  tn_canvas_marquee_end (self, FALSE);
  g_clear_handle_id (&self->start_id, g_source_remove);
  g_clear_handle_id (&self->shrink_id, g_source_remove);
  g_clear_handle_id (&self->extend_id, g_source_remove);
  g_clear_handle_id (&self->pixels_id, g_source_remove);
  g_clear_handle_id (&self->reshaped_id, g_source_remove);
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
  g_ptr_array_set_size (self->entries, 0);
  g_ptr_array_set_size (self->leaving, 0);
  g_ptr_array_set_size (self->ghosts, 0);
  g_clear_pointer (&self->band, gtk_widget_unparent);
  g_clear_pointer (&self->placeholder, gtk_widget_unparent);
  g_clear_object (&self->runtime);
  g_clear_object (&self->store);
  g_clear_object (&self->catalogue);

  G_OBJECT_CLASS (tn_canvas_parent_class)->dispose (object);
}

static void
tn_canvas_finalize (GObject *object)
{
  TnCanvas *self = TN_CANVAS (object);

  g_clear_pointer (&self->layouts, tn_layouts_free);
  g_clear_pointer (&self->pending, g_array_unref);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->leaving);
  tn_canvas_free_pictures (self);
  g_ptr_array_unref (self->ghosts);
  g_hash_table_unref (self->selected);
  g_free (self->reveal_id);
  g_free (self->monitor);
  g_free (self->id);

  G_OBJECT_CLASS (tn_canvas_parent_class)->finalize (object);
}

static void
add_properties (GObjectClass *object_class)
{
  g_object_class_install_property (object_class, PROP_EDITING,
                                   g_param_spec_boolean ("editing", NULL, NULL, FALSE,
                                                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                           | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (object_class, PROP_N_TILES,
                                   g_param_spec_uint ("n-tiles", NULL, NULL, 0, G_MAXUINT, 0,
                                                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (object_class, PROP_N_SELECTED,
                                   g_param_spec_uint ("n-selected", NULL, NULL, 0, G_MAXUINT, 0,
                                                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (object_class, PROP_DRAGGING,
                                   g_param_spec_boolean ("dragging", NULL, NULL, FALSE,
                                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
}

static void
add_signals (void)
{
  g_signal_new ("removed", TN_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("arranged", TN_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("state-changed", TN_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("reshaped", TN_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("missing", TN_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("failed", TN_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("files-dropped", TN_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                G_TYPE_PTR_ARRAY, G_TYPE_INT, G_TYPE_INT);
  g_signal_new ("sending", TN_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, TN_TYPE_CANVAS_RECORD, 1,
                G_TYPE_STRING);
}

static void
tn_canvas_class_init (TnCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tn_canvas_get_property;
  object_class->set_property = tn_canvas_set_property;
  object_class->dispose = tn_canvas_dispose;
  object_class->finalize = tn_canvas_finalize;
  widget_class->snapshot = tn_canvas_snapshot;
  widget_class->map = tn_canvas_map;
  widget_class->unmap = tn_canvas_unmap;
  widget_class->focus = tn_canvas_focus;
  widget_class->direction_changed = tn_canvas_direction_changed;

  add_properties (object_class);
  add_signals ();

  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_layout_manager_type (widget_class, TN_TYPE_CANVAS_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tn_canvas_init (TnCanvas *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->leaving = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->pictures = tn_pictures_new (TN_CANVAS_MAX_PICTURES);
  self->looks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->geometry.row = TN_GEOMETRY_ROW;
  set_adjustment (self, &self->hadjustment, NULL);
  set_adjustment (self, &self->vadjustment, NULL);
  self->ghosts = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  self->selected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->band = g_object_new (GTK_TYPE_BOX, "css-name", "rubberband", "accessible-role",
                             GTK_ACCESSIBLE_ROLE_PRESENTATION, "can-target", FALSE, NULL);
  gtk_widget_set_child_visible (self->band, FALSE);
  gtk_widget_set_parent (self->band, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  tn_canvas_add_drag (self);
  tn_canvas_add_drop (self);
  tn_canvas_add_keyboard (self);
}

GtkWidget *
tn_canvas_new (void)
{
  return g_object_new (TN_TYPE_CANVAS, NULL);
}

void
tn_canvas_set_catalogue (TnCanvas *self, TnCatalogue *catalogue)
{
  g_return_if_fail (TN_IS_CANVAS (self));

  g_set_object (&self->catalogue, catalogue);
}

static void
changed_cb (TnCanvas *self, const char *id)
{
  if (g_strcmp0 (self->id, id) == 0)
    tn_canvas_sync (self);
}

void
tn_canvas_set_store (TnCanvas *self, TnStore *store)
{
  g_return_if_fail (TN_IS_CANVAS (self));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  tn_canvas_sync (self);
}

void
tn_canvas_set_runtime (TnCanvas *self, TnRuntime *runtime)
{
  g_return_if_fail (TN_IS_CANVAS (self));

  g_set_object (&self->runtime, runtime);
  tn_canvas_start_in_view (self);
}

void
tn_canvas_show (TnCanvas *self, const char *id)
{
  g_return_if_fail (TN_IS_CANVAS (self));
  g_return_if_fail (id != NULL);

  if (g_strcmp0 (self->id, id) != 0)
    {
      tn_canvas_hand_restore (self);
      tn_canvas_marquee_end (self, FALSE);
    }
  g_free (self->id);
  self->id = g_strdup (id);
  tn_canvas_sync (self);
}

const TnCanvasRecord *
tn_canvas_get_record (TnCanvas *self)
{
  g_return_val_if_fail (TN_IS_CANVAS (self), NULL);

  return self->layouts != NULL ? tn_layouts_get_record (self->layouts) : NULL;
}

void
tn_canvas_set_reserved_width (TnCanvas *self, int width)
{
  g_return_if_fail (TN_IS_CANVAS (self));

  self->reserved_width = width;
}

void
tn_canvas_set_placeholder (TnCanvas *self, GtkWidget *placeholder)
{
  g_return_if_fail (TN_IS_CANVAS (self));
  g_return_if_fail (self->placeholder == NULL);

  self->placeholder = placeholder;
  gtk_widget_set_visible (placeholder, FALSE);
  gtk_widget_set_parent (placeholder, GTK_WIDGET (self));
}

gboolean
tn_canvas_get_editing (TnCanvas *self)
{
  g_return_val_if_fail (TN_IS_CANVAS (self), FALSE);

  return self->editing;
}

void
tn_canvas_set_editing (TnCanvas *self, gboolean editing)
{
  g_return_if_fail (TN_IS_CANVAS (self));

  if (self->editing == editing)
    return;
  self->editing = editing;
  tn_canvas_hand_restore (self);
  tn_canvas_update_shields (self);
  g_object_notify (G_OBJECT (self), "editing");
}

void
tn_canvas_cancel (TnCanvas *self)
{
  g_return_if_fail (TN_IS_CANVAS (self));

  self->press = TN_PRESS_NONE;
  tn_canvas_hand_restore (self);
  tn_canvas_marquee_end (self, FALSE);
}

void
tn_canvas_set_frozen (TnCanvas *self, gboolean frozen)
{
  g_return_if_fail (TN_IS_CANVAS (self));

  if (self->frozen == frozen)
    return;
  self->frozen = frozen;
  tn_canvas_cancel (self);
  tn_canvas_update_shields (self);
  tn_canvas_update_selection (self);
}

void
tn_canvas_set_target_func (TnCanvas *self, TnCanvasTargetFunc func, gpointer user_data)
{
  g_return_if_fail (TN_IS_CANVAS (self));

  self->target_func = func;
  self->target_data = user_data;
}

TnGridPolicy
tn_canvas_get_policy (TnCanvas *self)
{
  const TnCanvasRecord *record;

  g_return_val_if_fail (TN_IS_CANVAS (self), TN_GRID_PUSH);

  record = tn_canvas_get_record (self);
  return record != NULL ? record->policy : TN_GRID_PUSH;
}

void
tn_canvas_add_app (TnCanvas *self, TnApp *app)
{
  g_return_if_fail (TN_IS_CANVAS (self));
  g_return_if_fail (TN_IS_APP (app));

  if (!tn_canvas_refuse_locked (self))
    tn_canvas_apply_new (self, app, NULL, 0);
}

void
tn_canvas_add_app_at (TnCanvas *self, TnApp *app, int column, int row)
{
  const TnPlacement *start;

  g_return_if_fail (TN_IS_CANVAS (self));
  g_return_if_fail (TN_IS_APP (app));

  if (tn_canvas_refuse_locked (self) || !tn_canvas_hand_take_new (self, app))
    return;
  start = tn_canvas_hand_place (self);
  tn_canvas_hand_move_to (self, column - start->x, row - start->y);
  tn_canvas_hand_drop (self);
}

TnTile *
tn_canvas_get_focus_tile (TnCanvas *self)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_val_if_fail (TN_IS_CANVAS (self), NULL);

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return focus != NULL ? TN_TILE (gtk_widget_get_ancestor (focus, TN_TYPE_TILE)) : NULL;
}

GPtrArray *
tn_canvas_list_tiles (TnCanvas *self, gboolean in_view)
{
  g_autoptr (GPtrArray) sorted = NULL;
  GPtrArray *tiles = g_ptr_array_new ();

  g_return_val_if_fail (TN_IS_CANVAS (self), tiles);

  sorted = tn_canvas_reading_order (self);
  for (guint i = 0; i < sorted->len; i++)
    {
      TnEntry *entry = g_ptr_array_index (sorted, i);

      if (!in_view || entry->in_view)
        g_ptr_array_add (tiles, entry->tile);
    }
  return tiles;
}
