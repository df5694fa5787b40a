/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-tile-handles.h"

#include <math.h>

#include "tn-tile-private.h"

#define EDGE 10   /* pixels along an edge that pull it */
#define CORNER 20 /* and in a corner */
#define REACH 24  /* to all sides of its middle, where its mark is drawn, for a finger */

/* START and END stand for LEFT and RIGHT: the first column's side and the other. */
static const struct
{
  TnGridEdges edges;
  const char *style;
  const char *cursor;
  const char *cursor_rtl;
} handles[] = {
  { TN_GRID_EDGE_TOP, "top", "n-resize", "n-resize" },
  { TN_GRID_EDGE_BOTTOM, "bottom", "s-resize", "s-resize" },
  { TN_GRID_EDGE_LEFT, "start", "w-resize", "e-resize" },
  { TN_GRID_EDGE_RIGHT, "end", "e-resize", "w-resize" },
  { TN_GRID_EDGE_TOP | TN_GRID_EDGE_LEFT, "top-start", "nw-resize", "ne-resize" },
  { TN_GRID_EDGE_TOP | TN_GRID_EDGE_RIGHT, "top-end", "ne-resize", "nw-resize" },
  { TN_GRID_EDGE_BOTTOM | TN_GRID_EDGE_LEFT, "bottom-start", "sw-resize", "se-resize" },
  { TN_GRID_EDGE_BOTTOM | TN_GRID_EDGE_RIGHT, "bottom-end", "se-resize", "sw-resize" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (handles) == TN_TILE_N_HANDLES);

#define MAIN_HANDLE (TN_TILE_N_HANDLES - 1)

static gboolean
is_corner (TnGridEdges edges)
{
  return (edges & (TN_GRID_EDGE_LEFT | TN_GRID_EDGE_RIGHT)) != 0 && (edges & (TN_GRID_EDGE_TOP | TN_GRID_EDGE_BOTTOM)) != 0;
}

/* Smaller than what is pulled by it. */
static void
add_mark (GtkWidget *corner)
{
  GtkWidget *mark = tn_tile_add_layer (corner, "mark");

  gtk_widget_set_can_target (mark, FALSE);
  gtk_widget_set_hexpand (mark, TRUE);
}

void
tn_tile_handles_add (TnTileHandles *self, GtkWidget *tile)
{
  for (guint i = 0; i < TN_TILE_N_HANDLES; i++)
    {
      self->widgets[i] = tn_tile_add_layer (tile, "tile-handle");
      gtk_widget_add_css_class (self->widgets[i], handles[i].style);
      if (is_corner (handles[i].edges))
        add_mark (self->widgets[i]);
    }
}

void
tn_tile_handles_update (TnTileHandles *self, gboolean rtl, gboolean movable, gboolean editing)
{
  for (guint i = 0; i < TN_TILE_N_HANDLES; i++)
    {
      gtk_widget_set_visible (self->widgets[i], movable && (editing || i == MAIN_HANDLE));
      gtk_widget_set_cursor_from_name (self->widgets[i], rtl ? handles[i].cursor_rtl : handles[i].cursor);
    }
}

static void
allocate_handle (TnTileHandles *self, guint i, gboolean rtl, int width, int height)
{
  TnGridEdges edges = handles[i].edges;
  gboolean sides = (edges & (TN_GRID_EDGE_LEFT | TN_GRID_EDGE_RIGHT)) != 0;
  gboolean ends = (edges & (TN_GRID_EDGE_TOP | TN_GRID_EDGE_BOTTOM)) != 0;
  gboolean right = (edges & (rtl ? TN_GRID_EDGE_LEFT : TN_GRID_EDGE_RIGHT)) != 0;
  int w = !sides ? width - 2 * CORNER : ends ? CORNER : EDGE;
  int h = !ends ? height - 2 * CORNER : sides ? CORNER : EDGE;
  int x = !sides ? CORNER : right ? width - w : 0;
  int y = !ends ? CORNER : (edges & TN_GRID_EDGE_BOTTOM) != 0 ? height - h : 0;

  tn_tile_allocate_child (self->widgets[i], x, y, w, h);
}

void
tn_tile_handles_allocate (TnTileHandles *self, gboolean rtl, int width, int height)
{
  for (guint i = 0; i < TN_TILE_N_HANDLES; i++)
    allocate_handle (self, i, rtl, width, height);
}

gboolean
tn_tile_handles_at (TnTileHandles *self, GtkWidget *widget, TnGridEdges *edges)
{
  for (guint i = 0; i < TN_TILE_N_HANDLES; i++)
    if (widget == self->widgets[i])
      {
        *edges = handles[i].edges;
        return TRUE;
      }
  return FALSE;
}

gboolean
tn_tile_handles_near (TnTileHandles *self, GtkWidget *canvas, double x, double y, TnGridEdges *edges)
{
  double nearest = REACH;
  gboolean found = FALSE;

  for (guint i = 0; i < TN_TILE_N_HANDLES; i++)
    {
      graphene_rect_t bounds;
      graphene_point_t middle;
      double away;

      if (!gtk_widget_get_mapped (self->widgets[i]) || !gtk_widget_compute_bounds (self->widgets[i], canvas, &bounds))
        continue;
      graphene_rect_get_center (&bounds, &middle);
      away = MAX (fabs (x - middle.x), fabs (y - middle.y));
      if (away > nearest)
        continue;
      nearest = away;
      found = TRUE;
      *edges = handles[i].edges;
    }
  return found;
}
