/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-layouts.h"

#include <math.h>
#include <string.h>

#define WIDE ((guint) TN_WIDTH_WIDE)
#define MAX_MONITORS 8 /* beside the home one; more have no layouts of their own */

typedef struct
{
  char *name;
  TnWidthClass class;
  int columns;
  int base; /* the layout that it is derived from, an earlier one; -1 for the wide one */
  GArray *places;
  gboolean *own; /* whether the person chose the place, per tile */
} Layout;

struct _TnLayouts
{
  TnCanvasRecord *record; /* the wide one: its tiles own the ids of all placements */
  char *monitor;          /* nullable: the one in view, where it is not the home one */
  GArray *layouts;        /* of Layout: of the home monitor, of the one in view, of all others; each by TnWidthClass */
};

static Layout *
get_layout (TnLayouts *self, guint i)
{
  return &g_array_index (self->layouts, Layout, i);
}

static Layout *
in_view (TnLayouts *self, TnWidthClass class)
{
  return get_layout (self, class + (self->monitor != NULL ? TN_N_WIDTHS : 0));
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
placement (const TnTileRecord *tile, TnCatalogue *catalogue, int columns)
{
  TnPlacement place = tn_tile_record_get_place (tile);

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

/* The places of the layout of that name, by tile. */
static GHashTable *
index_places (const TnCanvasRecord *record, const char *layout)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < record->places->len; i++)
    {
      TnPlaceRecord *place = g_ptr_array_index (record->places, i);

      if (g_str_equal (place->layout, layout))
        g_hash_table_insert (index, place->tile_id, place);
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

static gboolean
take_own_place (TnPlacement *place, const TnTileRecord *tile, const char *layout, GHashTable *index)
{
  const TnPlaceRecord *own = g_hash_table_lookup (index, tile->id);

  if (own == NULL)
    return g_str_equal (tile->layout, layout);
  place->x = own->x;
  place->y = own->y;
  place->w = own->w;
  place->h = own->h;
  return TRUE;
}

/* Returns: how many tiles the person placed in this layout */
static gsize
take_places (TnLayouts *self, Layout *layout, TnCatalogue *catalogue)
{
  gsize n = self->record->tiles->len, n_own = 0;
  g_autoptr (GHashTable) index = index_places (self->record, layout->name);

  layout->places = g_array_sized_new (FALSE, FALSE, sizeof (TnPlacement), n);
  layout->own = g_new0 (gboolean, n + 1);
  for (gsize i = 0; i < n; i++)
    {
      const TnTileRecord *tile = g_ptr_array_index (self->record->tiles, i);
      TnPlacement place = placement (tile, catalogue, layout->columns);

      layout->own[i] = take_own_place (&place, tile, layout->name, index);
      if (!layout->own[i] && layout->base >= 0)
        take_place (&place, &places_of (get_layout (self, layout->base))[i]);
      n_own += layout->own[i];
      g_array_append_val (layout->places, place);
    }
  return n_own;
}

static void
add_layout (TnLayouts *self, TnWidthClass class, const char *monitor, TnCatalogue *catalogue)
{
  Layout layout = { .name = tn_layouts_name (class, monitor),
                    .class = class,
                    .columns = tn_width_class_columns (class),
                    .base = monitor != NULL ? (int) class : class == TN_WIDTH_WIDE ? -1 : TN_WIDTH_WIDE };
  gsize n = self->record->tiles->len;
  gsize n_own = take_places (self, &layout, catalogue);

  if (layout.base >= 0)
    {
      int from_columns = get_layout (self, layout.base)->columns;

      if (n_own == 0)
        tn_grid_reflow (from_columns, layout.columns, places_of (&layout), n);
      else if (n_own < n)
        find_places (&layout, from_columns);
    }
  repair (&layout);
  g_array_append_val (self->layouts, layout);
}

static void
add_monitor (TnLayouts *self, const char *monitor, TnCatalogue *catalogue)
{
  for (TnWidthClass class = TN_WIDTH_WIDE; class < TN_N_WIDTHS; class ++)
    add_layout (self, class, monitor, catalogue);
}

/* Those out of view count only when a tile comes: it is found a place there too. */
static void
add_other_monitors (TnLayouts *self, const char *in_view, TnCatalogue *catalogue)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->record->places->len && g_hash_table_size (seen) < MAX_MONITORS; i++)
    {
      const TnPlaceRecord *place = g_ptr_array_index (self->record->places, i);
      const char *at = strchr (place->layout, '@');

      if (at != NULL && g_strcmp0 (at + 1, in_view) != 0 && g_hash_table_add (seen, (gpointer) (at + 1)))
        add_monitor (self, at + 1, catalogue);
    }
}

char *
tn_layouts_name (TnWidthClass class, const char *monitor)
{
  const char *name = tn_width_class_layout (class);

  return monitor != NULL ? g_strconcat (name, "@", monitor, NULL) : g_strdup (name);
}

static void
clear_layout (gpointer data)
{
  Layout *layout = data;

  g_array_unref (layout->places);
  g_free (layout->own);
  g_free (layout->name);
}

TnLayouts *
tn_layouts_new (const TnCanvasRecord *record, const char *monitor, TnCatalogue *catalogue)
{
  TnLayouts *self;

  g_return_val_if_fail (record != NULL, NULL);

  self = g_new0 (TnLayouts, 1);
  self->record = tn_canvas_record_copy (record);
  self->monitor = g_strdup (monitor);
  self->layouts = g_array_new (FALSE, FALSE, sizeof (Layout));
  g_array_set_clear_func (self->layouts, clear_layout);
  add_monitor (self, NULL, catalogue);
  if (monitor != NULL)
    add_monitor (self, monitor, catalogue);
  add_other_monitors (self, monitor, catalogue);
  return self;
}

void
tn_layouts_free (TnLayouts *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->layouts);
  tn_canvas_record_free (self->record);
  g_free (self->monitor);
  g_free (self);
}

const TnCanvasRecord *
tn_layouts_get_record (TnLayouts *self)
{
  return self->record;
}

const char *
tn_layouts_get_monitor (TnLayouts *self)
{
  return self->monitor;
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

static void
put_tile (TnOperation *operation, TnTileRecord *tile, const Layout *layout, const TnPlacement *place)
{
  if (layout->base >= 0)
    {
      tn_operation_put_place (operation, tile->id, layout->name, place->x, place->y, place->w, place->h);
      return;
    }
  g_free (tile->layout);
  tile->layout = g_strdup (layout->name);
  tn_tile_record_set_place (tile, place);
  tn_operation_put_tile (operation, tile);
}

/* One after the other, so that each finds another place. */
static void
put_tiles (TnOperation *operation, GPtrArray *tiles, const TnPlacement *sizes, const Layout *layout)
{
  g_autoptr (GArray) taken = g_array_copy (layout->places);

  for (guint i = 0; i < tiles->len; i++)
    {
      TnPlacement place = sizes[i * TN_N_WIDTHS + layout->class];

      tn_grid_find_place (layout->columns, (TnPlacement *) taken->data, taken->len, &place);
      g_array_append_val (taken, place);
      put_tile (operation, g_ptr_array_index (tiles, i), layout, &place);
    }
}

void
tn_layouts_put_new (TnLayouts *self, TnOperation *operation, GPtrArray *tiles, const TnPlacement *sizes)
{
  for (guint i = 0; i < self->layouts->len; i++)
    if (!is_derived (self, get_layout (self, i)))
      put_tiles (operation, tiles, sizes, get_layout (self, i));
}

void
tn_layouts_put_new_at (TnLayouts *self, TnOperation *operation, TnWidthClass class, TnTileRecord *tile,
                       const TnPlacement *sizes, const TnPlacement *places, gsize n)
{
  g_autoptr (GPtrArray) tiles = g_ptr_array_new ();

  g_return_if_fail (n > 0);

  g_ptr_array_add (tiles, tile);
  for (guint i = 0; i < self->layouts->len; i++)
    {
      const Layout *layout = get_layout (self, i);

      if (layout == in_view (self, class))
        put_tile (operation, tile, layout, &places[n - 1]);
      else if (!is_derived (self, layout))
        put_tiles (operation, tiles, sizes, layout);
    }
  tn_layouts_put (self, operation, class, places, n - 1);
}
