/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-geometry.h"
#include "tn-record.h"

#include <math.h>

static const struct
{
  const char *layout;
  int columns;
  int from_width;
} classes[TN_N_WIDTHS] = {
  [TN_WIDTH_WIDE] = { TN_LAYOUT_WIDE, 12, 1000 },
  [TN_WIDTH_MEDIUM] = { "medium", 8, 600 },
  [TN_WIDTH_NARROW] = { "narrow", 4, 0 },
};

TnWidthClass
tn_width_class (int width)
{
  guint class = TN_WIDTH_WIDE;

  while (class < TN_WIDTH_NARROW && width < classes[class].from_width)
    class ++;
  return class;
}

int
tn_width_class_columns (TnWidthClass class)
{
  return classes[class].columns;
}

const char *
tn_width_class_layout (TnWidthClass class)
{
  return classes[class].layout;
}

TnGeometry
tn_geometry_new (int width, int columns, gboolean rtl)
{
  double room = width - 2 * TN_GEOMETRY_MARGIN - (columns - 1) * TN_GEOMETRY_GAP;

  return (TnGeometry){ columns, width, MAX (1, room / columns), TN_GEOMETRY_ROW, rtl };
}

gboolean
tn_geometry_equal (const TnGeometry *a, const TnGeometry *b)
{
  return a->columns == b->columns && a->width == b->width && a->row == b->row && a->rtl == b->rtl;
}

void
tn_geometry_fit (TnGeometry *self, int rows, int height)
{
  double room = height - 2 * TN_GEOMETRY_MARGIN - (rows - 1) * TN_GEOMETRY_GAP;

  if (rows > 0)
    self->row = MAX (TN_GEOMETRY_LEAST_ROW, room / rows);
}

double
tn_geometry_pitch (const TnGeometry *self)
{
  return self->column + TN_GEOMETRY_GAP;
}

double
tn_geometry_row_pitch (const TnGeometry *self)
{
  return self->row + TN_GEOMETRY_GAP;
}

graphene_rect_t
tn_geometry_rect (const TnGeometry *self, const TnPlacement *place)
{
  double pitch = tn_geometry_pitch (self);
  double left = round (TN_GEOMETRY_MARGIN + place->x * pitch);
  double right = round (TN_GEOMETRY_MARGIN + (place->x + place->w) * pitch - TN_GEOMETRY_GAP);
  double row_pitch = tn_geometry_row_pitch (self);
  double top = round (TN_GEOMETRY_MARGIN + place->y * row_pitch);
  double bottom = round (TN_GEOMETRY_MARGIN + (place->y + place->h) * row_pitch - TN_GEOMETRY_GAP);

  if (self->rtl)
    {
      double mirrored = self->width - right;

      right = self->width - left;
      left = mirrored;
    }
  return GRAPHENE_RECT_INIT (left, top, right - left, bottom - top);
}

void
tn_geometry_offset (const TnGeometry *self, double x, double y, int *dx, int *dy)
{
  *dx = (int) round ((self->rtl ? -x : x) / tn_geometry_pitch (self));
  *dy = (int) round (y / tn_geometry_row_pitch (self));
}

void
tn_geometry_cell (const TnGeometry *self, double x, double y, int w, int *column, int *row)
{
  double width = w * tn_geometry_pitch (self) - TN_GEOMETRY_GAP;
  double start = self->rtl ? self->width - x - width : x;

  *column
    = CLAMP ((int) round ((start - TN_GEOMETRY_MARGIN) / tn_geometry_pitch (self)), 0, MAX (0, self->columns - w));
  *row = MAX (0, (int) round ((y - TN_GEOMETRY_MARGIN) / tn_geometry_row_pitch (self)));
}

int
tn_geometry_height (const TnGeometry *self, int rows)
{
  if (rows == 0)
    return 0;
  return (int) round (2 * TN_GEOMETRY_MARGIN + rows * tn_geometry_row_pitch (self) - TN_GEOMETRY_GAP);
}

graphene_rect_t
tn_geometry_pull (const TnGeometry *self, const graphene_rect_t *start, TnGridEdges edges, double x, double y)
{
  TnGridEdges left = self->rtl ? TN_GRID_EDGE_RIGHT : TN_GRID_EDGE_LEFT;
  TnGridEdges right = self->rtl ? TN_GRID_EDGE_LEFT : TN_GRID_EDGE_RIGHT;
  double x1 = start->origin.x, x2 = x1 + start->size.width;
  double y1 = start->origin.y, y2 = y1 + start->size.height;

  if (edges & left)
    x1 = MIN (x1 + x, x2 - self->column);
  if (edges & right)
    x2 = MAX (x2 + x, x1 + self->column);
  if (edges & TN_GRID_EDGE_TOP)
    y1 = MIN (y1 + y, y2 - self->row);
  if (edges & TN_GRID_EDGE_BOTTOM)
    y2 = MAX (y2 + y, y1 + self->row);
  return GRAPHENE_RECT_INIT (x1, y1, x2 - x1, y2 - y1);
}
