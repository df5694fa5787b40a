/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-record.h"

G_DEFINE_BOXED_TYPE (TnTileRecord, tn_tile_record, tn_tile_record_copy, tn_tile_record_free)
G_DEFINE_BOXED_TYPE (TnCanvasRecord, tn_canvas_record, tn_canvas_record_copy, tn_canvas_record_free)

/**
 * tn_tile_record_new:
 *
 * Returns: (transfer full): a tile of one cell at 0, 0 of the wide layout, without title or settings
 */
TnTileRecord *
tn_tile_record_new (const char *id, const char *canvas_id, const char *app_key, const char *app_id)
{
  TnTileRecord *self = g_new0 (TnTileRecord, 1);

  self->id = g_strdup (id);
  self->canvas_id = g_strdup (canvas_id);
  self->app_key = g_strdup (app_key);
  self->app_id = g_strdup (app_id);
  self->layout = g_strdup (TN_LAYOUT_WIDE);
  self->w = 1;
  self->h = 1;
  return self;
}

/**
 * tn_tile_record_copy:
 *
 * Returns: (transfer full): a deep copy
 */
TnTileRecord *
tn_tile_record_copy (const TnTileRecord *self)
{
  TnTileRecord *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->canvas_id = g_strdup (self->canvas_id);
  copy->app_key = g_strdup (self->app_key);
  copy->app_id = g_strdup (self->app_id);
  copy->title = g_strdup (self->title);
  copy->config = g_strdup (self->config);
  copy->foreign = g_strdup (self->foreign);
  copy->layout = g_strdup (self->layout);
  return copy;
}

void
tn_tile_record_free (TnTileRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->canvas_id);
  g_free (self->app_key);
  g_free (self->app_id);
  g_free (self->title);
  g_free (self->config);
  g_free (self->foreign);
  g_free (self->layout);
  g_free (self);
}

TnPlacement
tn_tile_record_get_place (const TnTileRecord *self)
{
  g_return_val_if_fail (self != NULL, (TnPlacement){ 0 });

  return (TnPlacement){ .id = self->id,
                        .x = self->x,
                        .y = self->y,
                        .w = self->w,
                        .h = self->h,
                        .min_w = self->min_w,
                        .min_h = self->min_h,
                        .max_w = self->max_w,
                        .max_h = self->max_h,
                        .locked = self->locked };
}

void
tn_tile_record_set_place (TnTileRecord *self, const TnPlacement *place)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (place != NULL);

  self->x = place->x;
  self->y = place->y;
  self->w = place->w;
  self->h = place->h;
}

gboolean
tn_tile_record_is_placeholder (const TnTileRecord *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return *self->app_key == '\0';
}

/**
 * tn_place_record_new:
 *
 * Returns: (transfer full)
 */
TnPlaceRecord *
tn_place_record_new (const char *tile_id, const char *layout, int x, int y, int w, int h)
{
  TnPlaceRecord *self = g_new (TnPlaceRecord, 1);

  *self = (TnPlaceRecord){ g_strdup (tile_id), g_strdup (layout), x, y, w, h };
  return self;
}

void
tn_place_record_free (TnPlaceRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->tile_id);
  g_free (self->layout);
  g_free (self);
}

/**
 * tn_canvas_record_new:
 *
 * Returns: (transfer full): an unlocked canvas at position 0 without tiles
 */
TnCanvasRecord *
tn_canvas_record_new (const char *id, const char *name)
{
  TnCanvasRecord *self = g_new0 (TnCanvasRecord, 1);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->tiles = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_tile_record_free);
  self->places = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_place_record_free);
  return self;
}

/**
 * tn_canvas_record_copy:
 *
 * Returns: (transfer full): a deep copy, tiles included
 */
TnCanvasRecord *
tn_canvas_record_copy (const TnCanvasRecord *self)
{
  TnCanvasRecord *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = tn_canvas_record_new (self->id, self->name);
  copy->position = self->position;
  copy->locked = self->locked;
  copy->policy = self->policy;
  copy->foreign = g_strdup (self->foreign);
  for (guint i = 0; i < self->tiles->len; i++)
    g_ptr_array_add (copy->tiles, tn_tile_record_copy (g_ptr_array_index (self->tiles, i)));
  for (guint i = 0; i < self->places->len; i++)
    {
      const TnPlaceRecord *place = g_ptr_array_index (self->places, i);

      g_ptr_array_add (copy->places, tn_place_record_new (place->tile_id, place->layout, place->x, place->y, place->w,
                                                          place->h));
    }
  return copy;
}

static gboolean
is_taken (GPtrArray *canvases, const char *name)
{
  for (guint i = 0; i < canvases->len; i++)
    if (strcmp (((TnCanvasRecord *) g_ptr_array_index (canvases, i))->name, name) == 0)
      return TRUE;
  return FALSE;
}

char *
tn_canvas_record_free_name (GPtrArray *canvases, const char *base)
{
  char *name = g_strdup (base);

  for (guint i = 2; is_taken (canvases, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s %u", base, i);
    }
  return name;
}

void
tn_canvas_record_free (TnCanvasRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->foreign);
  g_ptr_array_unref (self->tiles);
  g_ptr_array_unref (self->places);
  g_free (self);
}

void
tn_history_record_free (TnHistoryRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->canvas_id);
  g_free (self->subject);
  g_free (self->name);
  g_free (self);
}
