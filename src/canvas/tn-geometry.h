/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-grid.h"
#include <graphene.h>

G_BEGIN_DECLS

#define TN_GEOMETRY_ROW 80       /* pixels, like the next three; how high a row is where it need not fit */
#define TN_GEOMETRY_LEAST_ROW 24 /* no row is lower than this, fitted or not */
#define TN_GEOMETRY_GAP 12
#define TN_GEOMETRY_MARGIN 12

/* How wide the window is; each class has its own layout. */
typedef enum
{
  TN_WIDTH_WIDE,
  TN_WIDTH_MEDIUM,
  TN_WIDTH_NARROW,
} TnWidthClass;

#define TN_N_WIDTHS 3

/* The class of a window @width pixels wide. */
TnWidthClass tn_width_class (int width);

int tn_width_class_columns (TnWidthClass class);

/* What the store calls its layout. */
const char *tn_width_class_layout (TnWidthClass class);

/**
 * TnGeometry:
 * @column: width of a cell, without the gap
 * @row: height of a cell, without the gap
 * @rtl: the first column is the rightmost
 *
 * Where cells lie, in pixels from the top left corner of the content (which scrolls).
 */
typedef struct
{
  int columns;
  double width;
  double column;
  double row;
  gboolean rtl;
} TnGeometry;

/* With rows of %TN_GEOMETRY_ROW. */
TnGeometry tn_geometry_new (int width, int columns, gboolean rtl);

gboolean tn_geometry_equal (const TnGeometry *a, const TnGeometry *b);

/* Makes @rows rows fill @height pixels, margins included; they are higher than that where they would be too low. */
void tn_geometry_fit (TnGeometry *self, int rows, int height);

/* From one column to the next, in pixels, and from one row to the next. */
double tn_geometry_pitch (const TnGeometry *self);
double tn_geometry_row_pitch (const TnGeometry *self);

/* Where @place is drawn, on whole pixels. */
graphene_rect_t tn_geometry_rect (const TnGeometry *self, const TnPlacement *place);

/* The pixel offset (@x, @y) in cells, columns counted from the first, whichever side that is on. */
void tn_geometry_offset (const TnGeometry *self, double x, double y, int *dx, int *dy);

/**
 * tn_geometry_cell:
 * @x: where the left edge of something @w columns wide is
 * @y: where its top edge is
 *
 * The nearest cell for it, inside the columns.
 */
void tn_geometry_cell (const TnGeometry *self, double x, double y, int w, int *column, int *row);

/* Pixels that @rows rows take, margins included. */
int tn_geometry_height (const TnGeometry *self, int rows);

/* The edges of a tile that was pulled by (@x, @y) pixels; never smaller than a cell. */
graphene_rect_t tn_geometry_pull (const TnGeometry *self, const graphene_rect_t *start, TnGridEdges edges, double x,
                                  double y);

G_END_DECLS
