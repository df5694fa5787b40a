/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-board-private.h"

#include <glib/gi18n-lib.h>

#include "tn-grid-occupancy.h"

/* Half up, for negative numbers too. */
static int
scaled (gint64 edge, int columns)
{
  gint64 doubled = 2 * edge * TN_BOARD_COLUMNS + columns;

  return doubled / (2 * columns) - (doubled % (2 * columns) < 0);
}

void
tn_board_scale_columns (int columns, TnTileRecord *tile)
{
  int right = scaled ((gint64) tile->x + tile->w, columns);

  tile->x = scaled (tile->x, columns);
  tile->w = MAX (1, right - tile->x);
}

void
tn_board_scale_limits (int columns, TnTileRecord *tile)
{
  tile->min_w = scaled (tile->min_w, columns);
  tile->max_w = tile->max_w != 0 ? MAX (1, scaled (tile->max_w, columns)) : 0;
}

static int
compare_ints (gconstpointer a, gconstpointer b)
{
  return *(const int *) a < *(const int *) b ? -1 : *(const int *) a > *(const int *) b;
}

static gsize
find_edge (const int *edges, gsize n, int edge)
{
  gsize from = 0;

  for (gsize to = n; from < to;)
    {
      gsize middle = (from + to) / 2;

      if (edges[middle] < edge)
        from = middle + 1;
      else
        to = middle;
    }
  return from;
}

typedef struct
{
  int *from, *to; /* in rows of the document, ascending and each once; in ours */
  gsize n;
} Edges;

static int
move_edge (const Edges *edges, int edge)
{
  return edges->to[find_edge (edges->from, edges->n, edge)];
}

static int
compare_bottoms (gconstpointer a, gconstpointer b)
{
  const TnTileRecord *p = *(TnTileRecord *const *) a, *q = *(TnTileRecord *const *) b;

  return compare_ints (&(int){ p->y + p->h }, &(int){ q->y + q->h });
}

static void
collect_edges (Edges *edges, GPtrArray *tiles)
{
  gsize n = 0;

  edges->from = g_new (int, 2 * tiles->len);
  edges->to = g_new (int, 2 * tiles->len);
  for (guint i = 0; i < tiles->len; i++)
    {
      const TnTileRecord *tile = tiles->pdata[i];

      edges->from[n++] = tile->y;
      edges->from[n++] = tile->y + tile->h;
    }
  qsort (edges->from, n, sizeof *edges->from, compare_ints);
  for (gsize i = 0; i < n; i++)
    if (edges->n == 0 || edges->from[i] != edges->from[edges->n - 1])
      edges->from[edges->n++] = edges->from[i];
}

/* Each edge goes to the nearest of the coarser rows, but so far below those above it that no tile vanishes: what lay
 * below another tile still does. */
static void
scale_rows (int rows, GPtrArray *tiles)
{
  Edges edges = { 0 };
  guint ending = 0;

  if (tiles->len == 0)
    return;
  collect_edges (&edges, tiles);
  g_ptr_array_sort (tiles, compare_bottoms);
  for (gsize i = 0; i < edges.n; i++)
    {
      int to = edges.from[i] > 0 ? (edges.from[i] + rows / 2) / rows : edges.from[i] / rows;

      if (i > 0)
        to = MAX (to, edges.to[i - 1]);
      for (; ending < tiles->len; ending++)
        {
          const TnTileRecord *tile = tiles->pdata[ending];

          if (tile->y + tile->h != edges.from[i])
            break;
          to = MAX (to, move_edge (&edges, tile->y) + 1);
        }
      edges.to[i] = to;
    }
  for (guint i = 0; i < tiles->len; i++)
    {
      TnTileRecord *tile = tiles->pdata[i];
      int bottom = move_edge (&edges, tile->y + tile->h);

      tile->y = move_edge (&edges, tile->y);
      tile->h = bottom - tile->y;
    }
  g_free (edges.from);
  g_free (edges.to);
}

static void
scale (TnBoardReader *reader)
{
  g_autoptr (GPtrArray) placed = g_ptr_array_new ();

  for (guint i = 0; i < reader->entries->len; i++)
    {
      const TnBoardEntry *entry = &g_array_index (reader->entries, TnBoardEntry, i);
      TnTileRecord *tile = entry->tile->record;

      tn_board_scale_columns (reader->columns, tile);
      if (entry->placed)
        g_ptr_array_add (placed, tile);
      else
        tile->h = MAX (1, tile->h / reader->rows);
    }
  if (reader->rows > 1)
    scale_rows (reader->rows, placed);
}

static gboolean
is_at (const TnTileRecord *tile, const TnPlacement *place)
{
  return tile->x == place->x && tile->y == place->y && tile->w == place->w && tile->h == place->h;
}

/* What is further down than a canvas goes would be lost there. */
static void
fetch_lost (TnBoardReader *reader)
{
  for (guint i = 0; i < reader->entries->len; i++)
    {
      TnBoardEntry *entry = &g_array_index (reader->entries, TnBoardEntry, i);

      if (!entry->placed || entry->tile->record->y <= TN_GRID_MAX_ROWS)
        continue;
      entry->placed = FALSE;
      tn_board_note (reader->report, entry->pointer, _("It lay below the last row; the first free place was taken"));
    }
}

/* Why a tile is not where its document put it. */
static char *
say_why (const TnBoardReader *reader)
{
  if (reader->columns != TN_BOARD_COLUMNS)
    return g_strdup_printf (_("Of %d columns %d were made, and so it met another tile or its limits"),
                            reader->columns, TN_BOARD_COLUMNS);
  return g_strdup (_("It lay over another tile, outside of the columns or beyond its limits"));
}

static void
settle_placed (TnBoardReader *reader)
{
  g_autofree TnPlacement *places = g_new (TnPlacement, reader->entries->len);
  g_autofree char *why = say_why (reader);
  gsize n = 0;

  for (guint i = 0; i < reader->entries->len; i++)
    if (g_array_index (reader->entries, TnBoardEntry, i).placed)
      places[n++] = tn_tile_record_get_place (g_array_index (reader->entries, TnBoardEntry, i).tile->record);
  if (n > 0)
    tn_grid_repair (TN_BOARD_COLUMNS, places, n);
  n = 0;
  for (guint i = 0; i < reader->entries->len; i++)
    {
      const TnBoardEntry *entry = &g_array_index (reader->entries, TnBoardEntry, i);

      if (!entry->placed)
        continue;
      if (!is_at (entry->tile->record, &places[n]))
        tn_board_note (reader->report, entry->pointer,
                       _("%s. It is now in column %d, row %d, %d wide and %d high"), why,
                       places[n].x + 1, places[n].y + 1, places[n].w, places[n].h);
      tn_tile_record_set_place (entry->tile->record, &places[n++]);
    }
}

/* The first row from @y on at which @place may begin: past the lowest row that, with those below it, has no room. */
static int
find_row (const TnGridOccupancy *taken, const TnPlacement *place, int y)
{
  guint64 columns = 0;

  for (int row = y + place->h - 1; row >= y; row--)
    {
      columns |= tn_grid_occupancy_taken (taken, row, 1);
      if (tn_grid_starts (TN_BOARD_COLUMNS, place->w, columns) != 0)
        continue;
      y = row + 1;
      row = y + place->h;
      columns = 0;
    }
  return y;
}

/* Returns: how many have no place yet */
static guint
occupy_placed (const TnBoardReader *reader, TnGridOccupancy *taken)
{
  guint n_unplaced = 0;

  tn_grid_occupancy_init (taken, TN_BOARD_COLUMNS, 64);
  for (guint i = 0; i < reader->entries->len; i++)
    n_unplaced += !g_array_index (reader->entries, TnBoardEntry, i).placed;
  for (guint i = 0; i < reader->entries->len && n_unplaced > 0; i++)
    {
      const TnBoardEntry *entry = &g_array_index (reader->entries, TnBoardEntry, i);
      TnPlacement place = tn_tile_record_get_place (entry->tile->record);

      if (entry->placed)
        tn_grid_occupancy_add (taken, &place);
    }
  return n_unplaced;
}

/* Only the size: alone it lies over nothing. Returns: the place, with any column and row */
static TnPlacement
fit_size (TnBoardReader *reader, const TnBoardEntry *entry)
{
  TnPlacement place = tn_tile_record_get_place (entry->tile->record);
  int w = place.w, h = place.h;

  tn_grid_repair (TN_BOARD_COLUMNS, &place, 1);
  if (place.w != w || place.h != h)
    tn_board_note (reader->report, entry->pointer,
                   _("Its size is beyond the columns or its limits; it is now %d wide and %d high"), place.w, place.h);
  return place;
}

/* In reading order, as the programs do that place tiles. Nothing is taken away, so that what was full for a size stays
 * full: thousands of tiles don't each search the same rows. */
static void
find_places (TnBoardReader *reader)
{
  g_auto (TnGridOccupancy) taken = { 0 };
  g_autofree int *from = NULL;

  if (occupy_placed (reader, &taken) == 0)
    return;
  from = g_new0 (int, (TN_BOARD_COLUMNS + 1) * (TN_GRID_MAX_HEIGHT + 1));
  for (guint i = 0; i < reader->entries->len; i++)
    {
      const TnBoardEntry *entry = &g_array_index (reader->entries, TnBoardEntry, i);
      TnPlacement place;
      int *row;

      if (entry->placed)
        continue;
      place = fit_size (reader, entry);
      row = &from[place.h * (TN_BOARD_COLUMNS + 1) + place.w];
      place.y = *row = find_row (&taken, &place, *row);
      place.x = __builtin_ctzll (tn_grid_occupancy_starts (&taken, &place, *row));
      tn_grid_occupancy_add (&taken, &place);
      tn_tile_record_set_place (entry->tile->record, &place);
    }
}

void
tn_board_settle (TnBoardReader *reader)
{
  scale (reader);
  fetch_lost (reader);
  settle_placed (reader);
  find_places (reader);
}
