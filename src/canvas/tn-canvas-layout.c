/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvas-layout.h"

#include "tn-canvas-private.h"

#define MIN_WIDTH 280
#define NATURAL_WIDTH 1176
#define SPARE_ROWS 2 /* below the last one, to drag to */
#define APPEAR_SCALE 0.04

struct _TnCanvasLayout
{
  GtkLayoutManager parent;
};

G_DEFINE_FINAL_TYPE (TnCanvasLayout, tn_canvas_layout, GTK_TYPE_LAYOUT_MANAGER)

/* A drag has room below for what is in hand, but no more with every row that it goes down: else it would scroll on for
 * ever. */
static int
content_rows (TnCanvas *self)
{
  gsize n;
  const TnPlacement *places = tn_canvas_get_places (self, &n);
  GArray *origin = self->hand.origin;

  if (!self->hand.active || !self->hand.pointer)
    return tn_grid_rows (places, n);
  return tn_grid_rows ((const TnPlacement *) origin->data, origin->len)
         + MAX (SPARE_ROWS, tn_canvas_hand_place (self)->h);
}

/* What is in hand changes nothing of how high rows are: everything would jump under the pointer. */
static double
row_height (TnCanvas *self, const TnGeometry *geometry, int height)
{
  TnGeometry fitted = *geometry;

  if (!self->fitted)
    return TN_GEOMETRY_ROW;
  if (self->hand.active)
    return self->geometry.row;
  tn_geometry_fit (&fitted, content_rows (self), height);
  return fitted.row;
}

static void
take_class (TnCanvas *self, TnWidthClass class)
{
  if (class == self->width_class)
    return;
  tn_canvas_hand_restore (self);
  g_clear_pointer (&self->pending, g_array_unref);
  self->width_class = class;
}

/* Returns: whether places are in other pixels than before, so that nothing should slide. */
static gboolean
update_geometry (TnCanvas *self, int width, int height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  TnWidthClass class = tn_width_class (width + self->reserved_width);
  TnGeometry geometry = tn_geometry_new (width, tn_width_class_columns (class), rtl);

  take_class (self, class);
  geometry.row = row_height (self, &geometry, height);
  if (tn_geometry_equal (&geometry, &self->geometry))
    return FALSE;
  self->geometry = geometry;
  tn_canvas_queue_reshaped (self);
  tn_canvas_update_places (self);
  return TRUE;
}

static int
content_height (TnCanvas *self)
{
  return tn_geometry_height (&self->geometry, content_rows (self));
}

static gboolean
extend_cb (gpointer user_data)
{
  TnCanvas *self = user_data;

  self->extend_id = 0;
  self->extending = TRUE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

/* Another height of the content may bring or take the scroll bar, which changes the layout of what is around. While
 * only the canvas is laid out, GTK loses such a change, and leaves out what it then has no place for. So everything is
 * laid out again for it, in the next frame. */
static gboolean
must_wait (TnCanvas *self, int width, int height, double content)
{
  gboolean same = width == gtk_adjustment_get_page_size (self->hadjustment)
                  && height == gtk_adjustment_get_page_size (self->vadjustment);

  if (!same || self->extending || content == gtk_adjustment_get_upper (self->vadjustment))
    return FALSE;
  if (self->extend_id == 0)
    self->extend_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, extend_cb, self, NULL);
  return TRUE;
}

static void
update_adjustments (TnCanvas *self, int width, int height)
{
  double content = MAX (height, content_height (self));
  double value = gtk_adjustment_get_value (self->vadjustment);

  if (must_wait (self, width, height, content))
    return;
  self->extending = FALSE;
  gtk_adjustment_configure (self->hadjustment, 0, 0, width, width * 0.1, width * 0.9, width);
  gtk_adjustment_configure (self->vadjustment, CLAMP (value, 0, content - height), 0, content,
                            tn_geometry_row_pitch (&self->geometry), height * 0.9, height);
}

static void
allocate_rect (TnCanvas *self, GtkWidget *child, const graphene_rect_t *rect, double presence)
{
  double scale = 1 - APPEAR_SCALE * (1 - presence);
  double left = rect->origin.x + rect->size.width * (1 - scale) / 2;
  double top = rect->origin.y + rect->size.height * (1 - scale) / 2 - tn_canvas_get_scroll (self);
  GskTransform *transform;

  transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((int) left, (int) top));
  if (scale < 1)
    transform = gsk_transform_scale (transform, scale, scale);
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (child, MAX (1, rect->size.width), MAX (1, rect->size.height), -1, transform);
}

/* Only what has been allocated can be drawn. */
void
tn_canvas_allocate_entry (TnCanvas *self, TnEntry *entry)
{
  graphene_rect_t rect;
  double presence;

  tn_motion_at (&entry->motion, tn_canvas_now (self), &rect, &presence);
  allocate_rect (self, GTK_WIDGET (entry->tile), &rect, presence);
}

static void
show_entry (TnCanvas *self, TnEntry *entry, const graphene_rect_t *rect, double presence, int height)
{
  double top = rect->origin.y - tn_canvas_get_scroll (self);
  gboolean in_view = top < height && top + rect->size.height > 0;

  if (in_view != entry->in_view)
    tn_canvas_queue_start (self);
  gtk_widget_set_opacity (GTK_WIDGET (entry->tile), presence);
  if (!in_view && entry->in_view)
    {
      tn_canvas_keep_picture (self, entry);
      tn_drawing_clear (&entry->drawing);
    }
  gtk_widget_set_child_visible (GTK_WIDGET (entry->tile), in_view);
  allocate_rect (self, GTK_WIDGET (entry->tile), rect, presence);
  if (in_view && !entry->in_view)
    tn_canvas_show_live (self, entry);
  entry->in_view = in_view;
}

static void
allocate_entry (TnCanvas *self, TnEntry *entry, const TnPlacement *place, gboolean slide, int height)
{
  graphene_rect_t target = tn_geometry_rect (&self->geometry, place);
  graphene_rect_t rect;
  double presence;

  if (!entry->placed)
    tn_motion_rest (&entry->motion, &target, self->layouts != NULL && slide ? entry->motion.to_presence : 1);
  entry->placed = TRUE;
  if (tn_canvas_hand_rect (self, entry, &rect))
    {
      tn_motion_rest (&entry->motion, &rect, 1);
      presence = 1;
    }
  else
    {
      if (slide)
        tn_motion_aim (&entry->motion, &target, 1, tn_canvas_now (self));
      else
        tn_motion_rest (&entry->motion, &target, 1);
      self->moving |= tn_motion_at (&entry->motion, tn_canvas_now (self), &rect, &presence);
    }
  tn_tile_set_page_size (entry->tile, target.size.width, target.size.height);
  show_entry (self, entry, &rect, presence, height);
}

static void
allocate_leaving (TnCanvas *self, int height)
{
  for (guint i = self->leaving->len; i-- > 0;)
    {
      TnEntry *entry = g_ptr_array_index (self->leaving, i);
      graphene_rect_t rect;
      double presence;

      if (tn_motion_at (&entry->motion, tn_canvas_now (self), &rect, &presence))
        self->moving = TRUE;
      show_entry (self, entry, &rect, presence, height);
    }
}

static void
allocate_ghosts (TnCanvas *self)
{
  for (guint i = 0; i < self->ghosts->len; i++)
    {
      GtkWidget *ghost = g_ptr_array_index (self->ghosts, i);
      const TnPlacement *place = tn_canvas_hand_ghost (self, i);
      graphene_rect_t rect;

      gtk_widget_set_child_visible (ghost, place != NULL);
      if (place == NULL)
        continue;
      rect = tn_geometry_rect (&self->geometry, place);
      allocate_rect (self, ghost, &rect, 1);
    }
}

static void
allocate_others (TnCanvas *self, int width, int height)
{
  graphene_rect_t band;
  gboolean marquee = tn_canvas_marquee_rect (self, &band);

  allocate_ghosts (self);
  gtk_widget_set_child_visible (self->band, marquee);
  if (marquee)
    allocate_rect (self, self->band, &band, 1);
  if (self->placeholder != NULL && gtk_widget_should_layout (self->placeholder))
    {
      int least;

      gtk_widget_measure (self->placeholder, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      gtk_widget_allocate (self->placeholder, MAX (width, least), height, -1, NULL);
    }
}

static void
tn_canvas_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  TnCanvas *self = TN_CANVAS (widget);
  gboolean slide;
  const TnPlacement *places;
  gsize n;

  self->allocating = TRUE;
  self->moving = FALSE;
  slide = !update_geometry (self, width, height) && tn_canvas_animates (self);
  update_adjustments (self, width, height);
  places = tn_canvas_get_places (self, &n);
  for (guint i = 0; i < self->entries->len; i++)
    allocate_entry (self, g_ptr_array_index (self->entries, i), &places[i], slide, height);
  allocate_leaving (self, height);
  allocate_others (self, width, height);
  if (self->moving || self->leaving->len > 0)
    tn_canvas_start_ticking (self);
  self->allocating = FALSE;
}

static void
tn_canvas_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                          int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  TnCanvas *self = TN_CANVAS (widget);
  gboolean horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = horizontal ? MIN_WIDTH : TN_GEOMETRY_ROW;
  *natural = horizontal ? NATURAL_WIDTH : MAX (TN_GEOMETRY_ROW, content_height (self));
}

static GtkSizeRequestMode
tn_canvas_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
tn_canvas_layout_class_init (TnCanvasLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->allocate = tn_canvas_layout_allocate;
  layout_class->measure = tn_canvas_layout_measure;
  layout_class->get_request_mode = tn_canvas_layout_get_request_mode;
}

static void
tn_canvas_layout_init (TnCanvasLayout *self)
{
}
