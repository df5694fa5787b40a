/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvas-private.h"

#define MAX_MONITOR 64
#define STILL_MS (TN_DRAWING_STILL_US / 1000)
#define NEXT_PIXELS_MS 10
#define PICTURE_SIDE 512 /* pixels: as large as a kept picture is ever looked at */

/* A name from the outside becomes part of the names of layouts in the store. */
static char *
clean_monitor (const char *monitor)
{
  g_autofree char *clean = g_strndup (monitor, MAX_MONITOR);

  for (char *c = clean; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '.')
      *c = '-';
  return *clean != '\0' ? g_steal_pointer (&clean) : NULL;
}

static gboolean
reshaped_cb (gpointer user_data)
{
  TnCanvas *self = user_data;

  self->reshaped_id = 0;
  tn_canvas_order_tiles (self);
  g_signal_emit_by_name (self, "reshaped");
  return G_SOURCE_REMOVE;
}

/* What hears of it asks for another size, which must not be while sizes are given. */
void
tn_canvas_queue_reshaped (TnCanvas *self)
{
  if (self->reshaped_id == 0)
    self->reshaped_id = g_idle_add (reshaped_cb, self);
}

void
tn_canvas_set_monitor (TnCanvas *self, const char *monitor)
{
  g_autofree char *clean = monitor != NULL ? clean_monitor (monitor) : NULL;

  g_return_if_fail (TN_IS_CANVAS (self));

  if (g_strcmp0 (clean, self->monitor) == 0)
    return;
  tn_canvas_hand_restore (self);
  g_free (self->monitor);
  self->monitor = g_steal_pointer (&clean);
  tn_canvas_queue_reshaped (self);
  tn_canvas_sync (self);
}

void
tn_canvas_set_fitted (TnCanvas *self, gboolean fitted)
{
  g_return_if_fail (TN_IS_CANVAS (self));

  if (self->fitted == fitted)
    return;
  self->fitted = fitted;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static GdkTexture *
shrink (TnCanvas *self, GdkPaintable *picture)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GskRenderer *renderer = native != NULL ? gtk_native_get_renderer (native) : NULL;
  double width = gdk_paintable_get_intrinsic_width (picture), height = gdk_paintable_get_intrinsic_height (picture);
  double scale = MIN (1, PICTURE_SIDE / MAX (1, MAX (width, height)));
  GtkSnapshot *snapshot;
  GskRenderNode *node;
  GdkTexture *texture;

  if (renderer == NULL)
    return NULL;
  width = MAX (1, width * scale);
  height = MAX (1, height * scale);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (picture, snapshot, width, height);
  /* A snapshot without anything in it has no node. */
  gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 0 }, &GRAPHENE_RECT_INIT (0, 0, width, height));
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gsk_render_node_unref (node);
  return texture;
}

/* Whoever shows the tile shows this from now on. */
static void
keep (TnCanvas *self, const char *id, GdkPaintable *picture)
{
  TnLook *look = g_hash_table_lookup (self->looks, id);

  tn_pictures_keep (self->pictures, id, picture);
  if (look != NULL)
    tn_look_set_source (look, picture);
}

/* What is taken holds on to all that the tile drew. One at a time is made small when there is nothing else to do. */
static gboolean
shrink_cb (gpointer user_data)
{
  TnCanvas *self = user_data;
  const char *id;
  GdkPaintable *large = tn_pictures_get_large (self->pictures, &id);
  g_autoptr (GdkTexture) texture = large != NULL ? shrink (self, large) : NULL;

  if (texture == NULL)
    {
      self->shrink_id = 0;
      return G_SOURCE_REMOVE;
    }
  keep (self, id, GDK_PAINTABLE (texture));
  return G_SOURCE_CONTINUE;
}

/* What was never drawn has nothing to show. */
static gboolean
has_look (TnEntry *entry)
{
  TnInstance *instance = tn_tile_get_instance (entry->tile);

  return instance != NULL && tn_instance_get_state (instance) >= TN_STATE_RUNNING
         && gtk_widget_get_mapped (GTK_WIDGET (entry->tile));
}

/* A GtkWidgetPaintable is empty from the moment that anything in the widget wants to be drawn anew until the next
 * frame, which does not come any more. So the tile is drawn here. */
void
tn_canvas_keep_picture (TnCanvas *self, TnEntry *entry)
{
  GtkWidget *tile = GTK_WIDGET (entry->tile);
  g_autoptr (GdkPaintable) picture = NULL;
  GtkSnapshot *snapshot;
  graphene_rect_t bounds;

  if (!has_look (entry))
    return;
  tn_canvas_allocate_entry (self, entry);
  if (!gtk_widget_compute_bounds (tile, GTK_WIDGET (self), &bounds))
    return;
  snapshot = gtk_snapshot_new ();
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-bounds.origin.x, -bounds.origin.y));
  gtk_widget_snapshot_child (GTK_WIDGET (self), tile, snapshot);
  picture = gtk_snapshot_free_to_paintable (snapshot, &bounds.size);
  keep (self, tn_tile_get_id (entry->tile), picture);
  if (self->shrink_id == 0)
    self->shrink_id = g_idle_add_full (G_PRIORITY_LOW, shrink_cb, self, NULL);
}

/* The tile is in sight again: it is shown as it is. */
void
tn_canvas_show_live (TnCanvas *self, TnEntry *entry)
{
  TnLook *look = g_hash_table_lookup (self->looks, tn_tile_get_id (entry->tile));
  g_autoptr (GdkPaintable) live = NULL;

  if (look == NULL || !has_look (entry))
    return;
  live = gtk_widget_paintable_new (GTK_WIDGET (entry->tile));
  tn_look_set_source (look, live);
}

static TnEntry *
find_entry (TnCanvas *self, const char *tile_id)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      TnEntry *entry = g_ptr_array_index (self->entries, i);

      if (g_str_equal (tn_tile_get_id (entry->tile), tile_id))
        return entry;
    }
  return NULL;
}

static gboolean
is_look (gpointer id, gpointer look, gpointer gone)
{
  return look == gone;
}

static void
forget_look (gpointer looks, GObject *gone)
{
  g_hash_table_foreach_remove (looks, is_look, gone);
}

GdkPaintable *
tn_canvas_get_picture (TnCanvas *self, const char *tile_id)
{
  TnLook *look;
  TnEntry *entry;
  GdkPaintable *kept;

  g_return_val_if_fail (TN_IS_CANVAS (self), NULL);
  g_return_val_if_fail (tile_id != NULL, NULL);

  look = g_hash_table_lookup (self->looks, tile_id);
  if (look != NULL)
    return g_object_ref (GDK_PAINTABLE (look));
  entry = find_entry (self, tile_id);
  kept = tn_pictures_get (self->pictures, tile_id);
  if (kept == NULL && (entry == NULL || !has_look (entry)))
    return NULL;
  look = tn_look_new ();
  tn_look_set_source (look, kept);
  g_object_weak_ref (G_OBJECT (look), forget_look, self->looks);
  g_hash_table_insert (self->looks, g_strdup (tile_id), look);
  if (entry != NULL)
    tn_canvas_show_live (self, entry);
  return GDK_PAINTABLE (look);
}

void
tn_canvas_free_pictures (TnCanvas *self)
{
  GHashTableIter iter;
  gpointer look;

  g_hash_table_iter_init (&iter, self->looks);
  while (g_hash_table_iter_next (&iter, NULL, &look))
    g_object_weak_unref (look, forget_look, self->looks);
  g_hash_table_unref (self->looks);
  tn_pictures_free (self->pictures);
}

void
tn_canvas_enter_view (TnCanvas *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    tn_canvas_show_live (self, g_ptr_array_index (self->entries, i));
}

static gboolean
draws_in_software (TnCanvas *self)
{
  return GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (gtk_widget_get_native (GTK_WIDGET (self))));
}

static gboolean pixels_cb (gpointer user_data);

static void
queue_pixels (TnCanvas *self, guint ms)
{
  if (self->pixels_id == 0)
    self->pixels_id = g_timeout_add_full (G_PRIORITY_LOW, ms, pixels_cb, self, NULL);
}

/* One at a time, so that no frame is late for it; what is not still yet gets another chance. */
static gboolean
pixels_cb (gpointer user_data)
{
  TnCanvas *self = user_data;
  gint64 now = g_get_monotonic_time ();
  gboolean later = FALSE;

  self->pixels_id = 0;
  for (guint i = 0; i < self->entries->len; i++)
    {
      TnDrawing *drawing = &((TnEntry *) g_ptr_array_index (self->entries, i))->drawing;

      if (tn_drawing_wants_pixels (drawing, now))
        {
          tn_drawing_make_pixels (drawing, gtk_widget_get_scale_factor (GTK_WIDGET (self)));
          queue_pixels (self, NEXT_PIXELS_MS);
          return G_SOURCE_REMOVE;
        }
      later |= drawing->node != NULL && drawing->pixels == NULL;
    }
  if (later)
    queue_pixels (self, STILL_MS);
  return G_SOURCE_REMOVE;
}

void
tn_canvas_snapshot_entry (TnCanvas *self, TnEntry *entry, GtkSnapshot *snapshot)
{
  if (!draws_in_software (self))
    {
      gtk_widget_snapshot_child (GTK_WIDGET (self), GTK_WIDGET (entry->tile), snapshot);
      return;
    }
  tn_drawing_snapshot (&entry->drawing, GTK_WIDGET (self), GTK_WIDGET (entry->tile), snapshot, g_get_monotonic_time ());
  if (entry->drawing.pixels == NULL)
    queue_pixels (self, STILL_MS);
}

/* Out of sight nothing moves, and there is nothing to take a picture of any more. */
void
tn_canvas_leave_view (TnCanvas *self)
{
  tn_canvas_hand_restore (self);
  tn_canvas_marquee_end (self, FALSE);
  for (guint i = 0; i < self->entries->len; i++)
    tn_canvas_keep_picture (self, g_ptr_array_index (self->entries, i));
  for (guint i = 0; i < self->entries->len; i++)
    tn_drawing_clear (&((TnEntry *) g_ptr_array_index (self->entries, i))->drawing);
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
}
