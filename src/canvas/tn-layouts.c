/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-layouts.h"

#include <math.h>
#include <string.h>

/* Those of the home monitor come first, in the order of TnWidthClass, then those of the monitor in view. */
#define WIDE ((guint) TN_WIDTH_WIDE)

typedef struct
{
  char *name;
  int columns;
  int base; /* the layout that it is derived from, an earlier one; -1 for the wide one */
  GArray *places;
  gboolean *own; /* whether the person chose the place, per tile */
} Layout;

struct _TnLayouts
{
  TnCanvasRecord *record; /* the wide one: its tiles own the ids of all placements */
  gboolean away;          /* another monitor than the home one is in view */
  guint n;
  Layout layouts[TN_LAYOUTS_MAX];
};

static Layout *
in_view (TnLayouts *self, TnWidthClass class)
{
  return &self->layouts[class + (self->away ? TN_N_WIDTHS : 0)];
}

static TnPlacement *
places_of (const Layout *layout)
{
  return (TnPlacement *) layout->places->data;
}

static gboolean
same_place (const TnPlacement *a, const TnPlacement *b)
{
  return a->x == b->x && a->y == b->y && a->w == b->w && a->h == b->h;
}

/* What the person or a file set narrows what the app allows, and never below what it needs. */
static void
limit (TnPlacement *place, TnApp *app, int columns)
{
  TnManifest *manifest = app != NULL ? tn_app_get_manifest (app) : NULL;
  int min_w = 0, min_h = 0;

  if (manifest != NULL)
    {
      tn_manifest_get_min_size (manifest, &min_w, &min_h);
      place->aspect = tn_manifest_get_aspect (manifest);
    }
  place->min_w = MIN (MAX (place->min_w, min_w), columns);
  place->min_h = MAX (place->min_h, min_h);
}

static TnPlacement
placement (const TnTileRecord *tile, const char *id, TnCatalogue *catalogue, int columns)
{
  TnPlacement place = tn_tile_record_get_place (tile);

  place.id = id;
  limit (&place, catalogue != NULL ? tn_catalogue_find (catalogue, tile->app_key) : NULL, columns);
  return place;
}

/* From the base as it was mended: what lies over another can't be derived from. */
static void
take_place (TnPlacement *place, const TnPlacement *base)
{
  place->x = base->x;
  place->y = base->y;
  place->w = base->w;
  place->h = base->h;
}

static int
scale (int w, int from_columns, int columns)
{
  return CLAMP ((int) ceil ((double) w * columns / from_columns), 1, columns);
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
find_places (const Layout *layout, int from_columns)
{
  g_autoptr (GArray) settled = g_array_new (FALSE, FALSE, sizeof (TnPlacement));

  for (guint i = 0; i < layout->places->len; i++)
    if (layout->own[i])
      g_array_append_val (settled, places_of (layout)[i]);
  for (guint i = 0; i < layout->places->len; i++)
    {
      TnPlacement *place = &places_of (layout)[i];

      if (layout->own[i])
        continue;
      place->w = scale (place->w, from_columns, layout->columns);
      tn_grid_find_place (layout->columns, (TnPlacement *) settled->data, settled->len, place);
      g_array_append_val (settled, *place);
    }
}

/* What had to be mended counts as not placed by the person, so that the next change stores it whole. */
static void
repair (const Layout *layout)
{
  gsize n = layout->places->len;
  g_autofree TnPlacement *before = g_memdup2 (layout->places->data, n * sizeof (TnPlacement));

  if (tn_grid_repair (layout->columns, places_of (layout), n) == 0)
    return;
  for (gsize i = 0; i < n; i++)
    if (!same_place (&before[i], &places_of (layout)[i]))
      layout->own[i] = FALSE;
}

/* Returns: how many tiles the person placed in this layout */
static gsize
take_places (TnLayouts *self, Layout *layout, const TnCanvasRecord *record, TnCatalogue *catalogue)
{
  gsize n = self->record->tiles->len, n_own = 0;
  g_autoptr (GHashTable) index = index_tiles (record);

  layout->places = g_array_sized_new (FALSE, FALSE, sizeof (TnPlacement), n);
  layout->own = g_new0 (gboolean, n + 1);
  for (gsize i = 0; i < n; i++)
    {
      const TnTileRecord *wide = g_ptr_array_index (self->record->tiles, i);
      const TnTileRecord *tile = g_hash_table_lookup (index, wide->id);
      gboolean own = tile != NULL && g_strcmp0 (tile->layout, layout->name) == 0;
      TnPlacement place = placement (own ? tile : wide, wide->id, catalogue, layout->columns);

      if (!own && layout->base >= 0)
        take_place (&place, &places_of (&self->layouts[layout->base])[i]);
      layout->own[i] = own;
      n_own += own;
      g_array_append_val (layout->places, place);
    }
  return n_own;
}

static void
build (TnLayouts *self, guint i, const char *monitor, const TnCanvasRecord *record, TnCatalogue *catalogue)
{
  Layout *layout = &self->layouts[i];
  TnWidthClass class = i % TN_N_WIDTHS;
  gsize n = self->record->tiles->len;
  gsize n_own;

  layout->name = tn_layouts_name (class, i < TN_N_WIDTHS ? NULL : monitor);
  layout->columns = tn_width_class_columns (class);
  layout->base = i >= TN_N_WIDTHS ? (int) class : i == WIDE ? -1 : TN_WIDTH_WIDE;
  n_own = take_places (self, layout, record, catalogue);
  if (layout->base >= 0)
    {
      int from_columns = self->layouts[layout->base].columns;

      if (n_own == 0)
        tn_grid_reflow (from_columns, layout->columns, places_of (layout), n);
      else if (n_own < n)
        find_places (layout, from_columns);
    }
  repair (layout);
}

char *
tn_layouts_name (TnWidthClass class, const char *monitor)
{
  const char *name = tn_width_class_layout (class);

  return monitor != NULL ? g_strconcat (name, "@", monitor, NULL) : g_strdup (name);
}

TnLayouts *
tn_layouts_new (GPtrArray *records, const char *monitor, TnCatalogue *catalogue)
{
  TnLayouts *self;

  g_return_val_if_fail (records != NULL && records->len == TN_LAYOUTS_N (monitor), NULL);

  self = g_new0 (TnLayouts, 1);
  self->record = tn_canvas_record_copy (g_ptr_array_index (records, WIDE));
  self->away = monitor != NULL;
  self->n = records->len;
  for (guint i = 0; i < self->n; i++)
    build (self, i, monitor, g_ptr_array_index (records, i), catalogue);
  g_ptr_array_unref (records);
  return self;
}

void
tn_layouts_free (TnLayouts *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n; i++)
    {
      g_array_unref (self->layouts[i].places);
      g_free (self->layouts[i].own);
      g_free (self->layouts[i].name);
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
  return places_of (in_view (self, class));
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
  place.w = scale (place.w, tn_width_class_columns (TN_WIDTH_WIDE), tn_width_class_columns (class));
  place.w = MAX (place.w, place.min_w);
  return place;
}

void
tn_layouts_put (TnLayouts *self, TnOperation *operation, TnWidthClass class, const TnPlacement *places, gsize n)
{
  const Layout *layout = in_view (self, class);
  const TnPlacement *before = places_of (layout);

  g_return_if_fail (n >= tn_layouts_get_n (self));

  for (gsize i = 0; i < tn_layouts_get_n (self); i++)
    if (!layout->own[i] || !same_place (&before[i], &places[i]))
      tn_operation_put_place (operation, places[i].id, layout->name, places[i].x, places[i].y, places[i].w,
                              places[i].h);
}

static gboolean
is_derived (TnLayouts *self, const Layout *layout)
{
  for (gsize i = 0; i < tn_layouts_get_n (self); i++)
    if (layout->own[i])
      return FALSE;
  return layout->base >= 0;
}

static TnPlacement
find_place (TnLayouts *self, guint i, TnApp *app)
{
  const Layout *layout = &self->layouts[i];
  TnPlacement place = tn_layouts_size_app (app, i % TN_N_WIDTHS);

  tn_grid_find_place (layout->columns, places_of (layout), layout->places->len, &place);
  return place;
}

void
tn_layouts_put_new (TnLayouts *self, TnOperation *operation, TnWidthClass class, TnTileRecord *tile, TnApp *app,
                    const TnPlacement *places, gsize n)
{
  for (guint i = 0; i < self->n; i++)
    {
      const Layout *layout = &self->layouts[i];
      gboolean chosen = places != NULL && layout == in_view (self, class);
      TnPlacement place = chosen ? places[n - 1] : find_place (self, i, app);

      if (i == WIDE)
        {
          g_free (tile->layout);
          tile->layout = g_strdup (TN_LAYOUT_WIDE);
          tn_tile_record_set_place (tile, &place);
          tn_operation_put_tile (operation, tile);
        }
      else if (chosen || !is_derived (self, layout))
        {
          tn_operation_put_place (operation, tile->id, layout->name, place.x, place.y, place.w, place.h);
        }
    }
  if (places != NULL)
    tn_layouts_put (self, operation, class, places, n - 1);
}
