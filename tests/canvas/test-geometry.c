/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-geometry.h"

static const int widths[] = { 280, 360, 437, 599, 600, 848, 999, 1000, 1200, 1600, 3840 };

static void
test_classes (void)
{
  static const struct
  {
    int width;
    TnWidthClass class;
    int columns;
    const char *layout;
  } cases[] = {
    { 360, TN_WIDTH_NARROW, 4, "narrow" }, { 599, TN_WIDTH_NARROW, 4, "narrow" }, { 600, TN_WIDTH_MEDIUM, 8, "medium" },
    { 999, TN_WIDTH_MEDIUM, 8, "medium" }, { 1000, TN_WIDTH_WIDE, 12, "wide" },   { 5000, TN_WIDTH_WIDE, 12, "wide" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TnWidthClass class = tn_width_class (cases[i].width);

      g_assert_cmpint (class, ==, cases[i].class);
      g_assert_cmpint (tn_width_class_columns (class), ==, cases[i].columns);
      g_assert_cmpstr (tn_width_class_layout (class), ==, cases[i].layout);
    }
}

static void
test_margins (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    for (int rtl = 0; rtl < 2; rtl++)
      {
        int columns = tn_width_class_columns (tn_width_class (widths[i]));
        TnGeometry geometry = tn_geometry_new (widths[i], columns, rtl);
        TnPlacement all = { .x = 0, .y = 0, .w = columns, .h = 1 };
        graphene_rect_t rect = tn_geometry_rect (&geometry, &all);

        g_assert_cmpfloat (rect.origin.x, ==, TN_GEOMETRY_MARGIN);
        g_assert_cmpfloat (rect.origin.x + rect.size.width, ==, widths[i] - TN_GEOMETRY_MARGIN);
        g_assert_cmpfloat (rect.origin.y, ==, TN_GEOMETRY_MARGIN);
        g_assert_cmpfloat (rect.size.height, ==, TN_GEOMETRY_ROW);
      }
}

/* Neighbours keep the gap between them, to the pixel that rounding may cost. */
static void
test_gaps (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      int columns = tn_width_class_columns (tn_width_class (widths[i]));
      TnGeometry geometry = tn_geometry_new (widths[i], columns, FALSE);

      for (int x = 1; x < columns; x++)
        {
          graphene_rect_t left = tn_geometry_rect (&geometry, &(TnPlacement){ .x = x - 1, .y = 3, .w = 1, .h = 2 });
          graphene_rect_t right = tn_geometry_rect (&geometry, &(TnPlacement){ .x = x, .y = 5, .w = 1, .h = 1 });
          double gap = right.origin.x - left.origin.x - left.size.width;

          g_assert_cmpfloat_with_epsilon (gap, TN_GEOMETRY_GAP, 1);
          g_assert_cmpfloat (right.origin.y - left.origin.y - left.size.height, ==, TN_GEOMETRY_GAP);
          g_assert_cmpfloat (left.origin.x, ==, (int) left.origin.x);
          g_assert_cmpfloat (left.size.width, ==, (int) left.size.width);
        }
    }
}

/* What is drawn at a cell is found at that cell again. */
static void
test_round_trip (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    for (int rtl = 0; rtl < 2; rtl++)
      {
        int columns = tn_width_class_columns (tn_width_class (widths[i]));
        TnGeometry geometry = tn_geometry_new (widths[i], columns, rtl);

        for (int round = 0; round < 200; round++)
          {
            int w = g_test_rand_int_range (1, columns + 1);
            TnPlacement place = { .x = g_test_rand_int_range (0, columns - w + 1),
                                  .y = g_test_rand_int_range (0, 500),
                                  .w = w,
                                  .h = g_test_rand_int_range (1, 9) };
            graphene_rect_t rect = tn_geometry_rect (&geometry, &place);
            int column, row;

            tn_geometry_cell (&geometry, rect.origin.x, rect.origin.y, w, &column, &row);
            g_assert_cmpint (column, ==, place.x);
            g_assert_cmpint (row, ==, place.y);
          }
      }
}

static void
test_cell_stays_inside (void)
{
  TnGeometry geometry = tn_geometry_new (1200, 12, FALSE);
  int column, row;

  tn_geometry_cell (&geometry, -900, -900, 4, &column, &row);
  g_assert_cmpint (column, ==, 0);
  g_assert_cmpint (row, ==, 0);
  tn_geometry_cell (&geometry, 9000, 0, 4, &column, &row);
  g_assert_cmpint (column, ==, 8);
  tn_geometry_cell (&geometry, 9000, 0, 20, &column, &row);
  g_assert_cmpint (column, ==, 0);
}

static void
test_offset (void)
{
  TnGeometry ltr = tn_geometry_new (1200, 12, FALSE), rtl = tn_geometry_new (1200, 12, TRUE);
  double pitch = tn_geometry_pitch (&ltr);
  int dx, dy;

  tn_geometry_offset (&ltr, pitch * 0.49, 92 * 0.49, &dx, &dy);
  g_assert_cmpint (dx, ==, 0);
  g_assert_cmpint (dy, ==, 0);
  tn_geometry_offset (&ltr, pitch * 2.51, -92 * 1.2, &dx, &dy);
  g_assert_cmpint (dx, ==, 3);
  g_assert_cmpint (dy, ==, -1);
  tn_geometry_offset (&rtl, pitch * 2.51, -92 * 1.2, &dx, &dy);
  g_assert_cmpint (dx, ==, -3);
  g_assert_cmpint (dy, ==, -1);
}

static void
test_height (void)
{
  TnGeometry geometry = tn_geometry_new (1200, 12, FALSE);

  g_assert_cmpint (tn_geometry_height (&geometry, 0), ==, 0);
  g_assert_cmpint (tn_geometry_height (&geometry, 1), ==, TN_GEOMETRY_ROW + 2 * TN_GEOMETRY_MARGIN);
  g_assert_cmpint (tn_geometry_height (&geometry, 8), ==,
                   8 * TN_GEOMETRY_ROW + 7 * TN_GEOMETRY_GAP + 2 * TN_GEOMETRY_MARGIN);
}

/* Fitted rows fill the height to the pixel, on whole pixels, with the gaps kept; too many of them stay high enough. */
static void
test_fit (void)
{
  static const int heights[] = { 480, 601, 768, 1080, 2160 };

  for (gsize i = 0; i < G_N_ELEMENTS (heights); i++)
    for (int rows = 1; rows <= 40; rows++)
      {
        TnGeometry geometry = tn_geometry_new (1200, 12, FALSE);
        TnGeometry plain = geometry;
        graphene_rect_t last;
        int column, row;

        tn_geometry_fit (&geometry, rows, heights[i]);
        g_assert_false (tn_geometry_equal (&geometry, &plain));
        last = tn_geometry_rect (&geometry, &(TnPlacement){ .x = 0, .y = rows - 1, .w = 1, .h = 1 });
        g_assert_cmpfloat (geometry.row, >=, TN_GEOMETRY_LEAST_ROW);
        if (geometry.row > TN_GEOMETRY_LEAST_ROW)
          {
            g_assert_cmpint (tn_geometry_height (&geometry, rows), ==, heights[i]);
            g_assert_cmpfloat (last.origin.y + last.size.height, ==, heights[i] - TN_GEOMETRY_MARGIN);
          }
        else
          {
            g_assert_cmpint (tn_geometry_height (&geometry, rows), >=, heights[i]);
          }
        g_assert_cmpfloat (last.origin.y, ==, (int) last.origin.y);
        tn_geometry_cell (&geometry, last.origin.x, last.origin.y, 1, &column, &row);
        g_assert_cmpint (row, ==, rows - 1);
      }
}

static void
test_pull (void)
{
  TnGeometry ltr = tn_geometry_new (1200, 12, FALSE), rtl = tn_geometry_new (1200, 12, TRUE);
  graphene_rect_t start = GRAPHENE_RECT_INIT (100, 100, 300, 200), rect;

  rect = tn_geometry_pull (&ltr, &start, TN_GRID_EDGE_RIGHT | TN_GRID_EDGE_BOTTOM, 50, 60);
  g_assert_true (graphene_rect_equal (&rect, &GRAPHENE_RECT_INIT (100, 100, 350, 260)));
  rect = tn_geometry_pull (&ltr, &start, TN_GRID_EDGE_LEFT | TN_GRID_EDGE_TOP, 50, 60);
  g_assert_true (graphene_rect_equal (&rect, &GRAPHENE_RECT_INIT (150, 160, 250, 140)));
  rect = tn_geometry_pull (&rtl, &start, TN_GRID_EDGE_RIGHT, -50, 0);
  g_assert_true (graphene_rect_equal (&rect, &GRAPHENE_RECT_INIT (50, 100, 350, 200)));

  rect = tn_geometry_pull (&ltr, &start, TN_GRID_EDGE_RIGHT | TN_GRID_EDGE_BOTTOM, -900, -900);
  g_assert_cmpfloat_with_epsilon (rect.size.width, ltr.column, 0.01);
  g_assert_cmpfloat (rect.size.height, ==, TN_GEOMETRY_ROW);
  g_assert_cmpfloat (rect.origin.x, ==, 100);
  rect = tn_geometry_pull (&ltr, &start, TN_GRID_EDGE_LEFT | TN_GRID_EDGE_TOP, 900, 900);
  g_assert_cmpfloat_with_epsilon (rect.origin.x + rect.size.width, 400, 0.01);
  g_assert_cmpfloat (rect.origin.y + rect.size.height, ==, 300);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geometry/classes", test_classes);
  g_test_add_func ("/geometry/margins", test_margins);
  g_test_add_func ("/geometry/gaps", test_gaps);
  g_test_add_func ("/geometry/round-trip", test_round_trip);
  g_test_add_func ("/geometry/cell-stays-inside", test_cell_stays_inside);
  g_test_add_func ("/geometry/offset", test_offset);
  g_test_add_func ("/geometry/height", test_height);
  g_test_add_func ("/geometry/fit", test_fit);
  g_test_add_func ("/geometry/pull", test_pull);
  return g_test_run ();
}
