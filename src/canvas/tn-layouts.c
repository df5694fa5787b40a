/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-layouts.h"

#include <math.h>
#include <string.h>

struct _TnLayouts
{
  TnCanvasRecord *record; /* the wide one: its tiles own the ids of all placements */
  GArray *places[TN_N_WIDTHS];
  gboolean *own[TN_N_WIDTHS]; /* whether the person chose the place, per tile */
};

static gboolean
same_place (const TnPlacement *a, const TnPlacement *b)
{
  return a->x == b->x && a->y == b->y && a->w == b->w && a->h == b->h;
}

static void
limit (TnPlacement *place, TnApp *app, int columns)
{
  TnManifest *manifest = app != NULL ? tn_app_get_manifest (app) : NULL;

  if (manifest == NULL)
    return;
  tn_manifest_get_min_size (manifest, &place->min_w, &place->min_h);
  place->aspect = tn_manifest_get_aspect (manifest);
  place->min_w = MIN (place->min_w, columns);
}

static TnPlacement
placement (const TnTileRecord *tile, const char *id, TnCatalogue *catalogue, int columns)
{
  TnPlacement place = { .id = id, .x = tile->x, .y = tile->y, .w = tile->w, .h = tile->h, .locked = tile->locked };

  limit (&place, catalogue != NULL ? tn_catalogue_find (catalogue, tile->app_key) : NULL, columns);
  return place;
}

/* From the wide layout as it was mended: what lies over another can't be derived from. */
static void
take_place (TnPlacement *place, const TnPlacement *wide)
{
  place->x = wide->x;
  place->y = wide->y;
  place->w = wide->w;
  place->h = wide->h;
}

static int
scale (int w, TnWidthClass class)
{
  int columns = tn_width_class_columns (class);
  int wide = tn_width_class_columns (TN_WIDTH_WIDE);

  return CLAMP ((int) ceil ((double) w * columns / wide), 1, columns);
}

static GHashTable *
index_tiles (const TnCanvasRecord *record)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < record->tiles->len; i++)
    {
      TnTileRecord *tile = g_ptr_array_index (record->tiles, i);

      g_hash_table_insert (index, tile->id, tile);
    }
  return index;
}

/* Tiles that the person has not placed here take the first free places, after the others, in reading order. */
static void
find_places (TnLayouts *self, TnWidthClass class)
{
  GArray *places = self->places[class];
  g_autoptr (GArray) settled = g_array_new (FALSE, FALSE, sizeof (TnPlacement));

  for (guint i = 0; i < places->len; i++)
    if (self->own[class][i])
      g_array_append_val (settled, g_array_index (places, TnPlacement, i));
  for (guint i = 0; i < places->len; i++)
    {
      TnPlacement *place = &g_array_index (places, TnPlacement, i);

      if (self->own[class][i])
        continue;
      place->w = MAX (scale (place->w, class), place->min_w);
      tn_grid_find_place (tn_width_class_columns (class), (TnPlacement *) settled->data, settled->len, place);
      g_array_append_val (settled, *place);
    }
}

/* What had to be mended counts as not placed by the person, so that the next change stores it whole. */
static void
repair (TnLayouts *self, TnWidthClass class)
{
  GArray *places = self->places[class];
  g_autofree TnPlacement *before = g_memdup2 (places->data, places->len * sizeof (TnPlacement));

  if (tn_grid_repair (tn_width_class_columns (class), (TnPlacement *) places->data, places->len) == 0)
    return;
  for (guint i = 0; i < places->len; i++)
    if (!same_place (&before[i], &g_array_index (places, TnPlacement, i)))
      self->own[class][i] = FALSE;
}

static void
build (TnLayouts *self, TnWidthClass class, const TnCanvasRecord *record, TnCatalogue *catalogue)
{
  int columns = tn_width_class_columns (class);
  gsize n = self->record->tiles->len;
  gsize n_own = 0;
  g_autoptr (GHashTable) index = index_tiles (record);

  self->places[class] = g_array_sized_new (FALSE, FALSE, sizeof (TnPlacement), n);
  self->own[class] = g_new0 (gboolean, n + 1);
  for (gsize i = 0; i < n; i++)
    {
      const TnTileRecord *wide = g_ptr_array_index (self->record->tiles, i);
      const TnTileRecord *tile = g_hash_table_lookup (index, wide->id);
      gboolean own = tile != NULL && g_strcmp0 (tile->layout, tn_width_class_layout (class)) == 0;
      TnPlacement place = placement (own ? tile : wide, wide->id, catalogue, columns);

      if (!own && class != TN_WIDTH_WIDE)
        take_place (&place, &g_array_index (self->places[TN_WIDTH_WIDE], TnPlacement, i));
      self->own[class][i] = own;
      n_own += own;
      g_array_append_val (self->places[class], place);
    }
  if (n_own == 0 && class != TN_WIDTH_WIDE)
    tn_grid_reflow (tn_width_class_columns (TN_WIDTH_WIDE), columns, (TnPlacement *) self->places[class]->data, n);
  else if (n_own < n && class != TN_WIDTH_WIDE)
    find_places (self, class);
  repair (self, class);
}

TnLayouts *
tn_layouts_new (GPtrArray *records, TnCatalogue *catalogue)
{
  TnLayouts *self;

  g_return_val_if_fail (records != NULL && records->len == TN_N_WIDTHS, NULL);

  self = g_new0 (TnLayouts, 1);
  self->record = tn_canvas_record_copy (g_ptr_array_index (records, TN_WIDTH_WIDE));
  for (guint class = 0; class < TN_N_WIDTHS; class ++)
    build (self, class, g_ptr_array_index (records, class), catalogue);
  g_ptr_array_unref (records);
  return self;
}

void
tn_layouts_free (TnLayouts *self)
{
  if (self == NULL)
    return;
  for (guint class = 0; class < TN_N_WIDTHS; class ++)
    {
      g_array_unref (self->places[class]);
      g_free (self->own[class]);
    }
  tn_canvas_record_free (self->record);
  g_free (self);
}

const TnCanvasRecord *
tn_layouts_get_record (TnLayouts *self)
{
  return self->record;
}

gsize
tn_layouts_get_n (TnLayouts *self)
{
  return self->record->tiles->len;
}

const TnTileRecord *
tn_layouts_get_tile (TnLayouts *self, gsize i)
{
  g_return_val_if_fail (i < self->record->tiles->len, NULL);

  return g_ptr_array_index (self->record->tiles, i);
}

const TnPlacement *
tn_layouts_get (TnLayouts *self, TnWidthClass class)
{
  return (const TnPlacement *) self->places[class]->data;
}

gboolean
tn_layouts_same (const TnPlacement *a, const TnPlacement *b, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!same_place (&a[i], &b[i]))
      return FALSE;
  return TRUE;
}

TnPlacement
tn_layouts_size_app (TnApp *app, TnWidthClass class)
{
  TnPlacement place = { .w = 4, .h = 4 };

  if (app != NULL && tn_app_get_manifest (app) != NULL)
    tn_manifest_get_default_size (tn_app_get_manifest (app), &place.w, &place.h);
  limit (&place, app, tn_width_class_columns (class));
  place.w = MAX (scale (place.w, class), place.min_w);
  return place;
}

void
tn_layouts_put (TnLayouts *self, TnOperation *operation, TnWidthClass class, const TnPlacement *places, gsize n)
{
  const char *layout = tn_width_class_layout (class);
  const TnPlacement *before = tn_layouts_get (self, class);

  g_return_if_fail (n >= tn_layouts_get_n (self));

  for (gsize i = 0; i < tn_layouts_get_n (self); i++)
    if (!self->own[class][i] || !same_place (&before[i], &places[i]))
      tn_operation_put_place (operation, places[i].id, layout, places[i].x, places[i].y, places[i].w, places[i].h);
}

static gboolean
is_derived (TnLayouts *self, TnWidthClass class)
{
  for (gsize i = 0; i < tn_layouts_get_n (self); i++)
    if (self->own[class][i])
      return FALSE;
  return class != TN_WIDTH_WIDE;
}

static void
set_place (TnTileRecord *tile, const TnPlacement *place)
{
  g_free (tile->layout);
  tile->layout = g_strdup (TN_LAYOUT_WIDE);
  tile->x = place->x;
  tile->y = place->y;
  tile->w = place->w;
  tile->h = place->h;
}

static void
put_found (TnLayouts *self, TnOperation *operation, TnWidthClass class, TnTileRecord *tile, TnApp *app)
{
  TnPlacement place = tn_layouts_size_app (app, class);

  tn_grid_find_place (tn_width_class_columns (class), tn_layouts_get (self, class), tn_layouts_get_n (self), &place);
  if (class == TN_WIDTH_WIDE)
    set_place (tile, &place);
  else if (!is_derived (self, class))
    tn_operation_put_place (operation, tile->id, tn_width_class_layout (class), place.x, place.y, place.w, place.h);
}

void
tn_layouts_put_new (TnLayouts *self, TnOperation *operation, TnWidthClass class, TnTileRecord *tile, TnApp *app,
                    const TnPlacement *places, gsize n)
{
  const TnPlacement *chosen = places != NULL ? &places[n - 1] : NULL;

  if (chosen != NULL && class == TN_WIDTH_WIDE)
    set_place (tile, chosen);
  else
    put_found (self, operation, TN_WIDTH_WIDE, tile, app);
  tn_operation_put_tile (operation, tile);
  for (TnWidthClass other = TN_WIDTH_MEDIUM; other <= TN_WIDTH_NARROW; other++)
    if (chosen == NULL || other != class)
      put_found (self, operation, other, tile, app);
  if (chosen == NULL)
    return;
  tn_layouts_put (self, operation, class, places, n - 1);
  if (class != TN_WIDTH_WIDE)
    tn_operation_put_place (operation, tile->id, tn_width_class_layout (class), chosen->x, chosen->y, chosen->w,
                            chosen->h);
}
