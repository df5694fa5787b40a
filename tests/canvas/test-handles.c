/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a finger pulls: it reaches farther than a pointer. */
#include "fixture.h"

#define RIGHT_BOTTOM (TN_GRID_EDGE_RIGHT | TN_GRID_EDGE_BOTTOM)

/* At a place in the tile in parts of its size, and some pixels from there. */
static TnGridEdges
pulls (Fixture *f, const char *id, double across, double down, double x, double y)
{
  TnGridEdges edges = TN_GRID_EDGE_NONE;
  graphene_rect_t bounds;
  gboolean near;

  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (find (f, id)), GTK_WIDGET (f->canvas), &bounds));
  near = tn_tile_handle_near (find (f, id), GTK_WIDGET (f->canvas), bounds.origin.x + across * bounds.size.width + x,
                              bounds.origin.y + down * bounds.size.height + y, &edges);
  g_assert_cmpint (near, ==, edges != TN_GRID_EDGE_NONE);
  return edges;
}

static void
arrange (Fixture *f)
{
  tn_canvas_set_editing (f->canvas, TRUE);
  settle (f);
}

static void
test_reach (Fixture *f, gconstpointer data)
{
  arrange (f);
  g_assert_cmpint (pulls (f, "b", 1, 1, -30, -30), ==, RIGHT_BOTTOM);
  g_assert_cmpint (pulls (f, "b", 1, 1, 6, 6), ==, RIGHT_BOTTOM);
  g_assert_cmpint (pulls (f, "b", 0, 0, 20, 20), ==, TN_GRID_EDGE_LEFT | TN_GRID_EDGE_TOP);
  g_assert_cmpint (pulls (f, "b", 1, 0.5, -24, 20), ==, TN_GRID_EDGE_RIGHT);
  g_assert_cmpint (pulls (f, "b", 0.5, 0, 0, 24), ==, TN_GRID_EDGE_TOP);
  g_assert_cmpint (pulls (f, "b", 0.5, 1, -20, 6), ==, TN_GRID_EDGE_BOTTOM);
}

/* The title, the middle, and what is beside the marks move the tile. */
static void
test_out_of_reach (Fixture *f, gconstpointer data)
{
  arrange (f);
  g_assert_cmpint (pulls (f, "b", 0.25, 0, 0, 16), ==, TN_GRID_EDGE_NONE);
  g_assert_cmpint (pulls (f, "b", 0.5, 0.5, 0, 0), ==, TN_GRID_EDGE_NONE);
  g_assert_cmpint (pulls (f, "b", 1, 0.25, -5, 0), ==, TN_GRID_EDGE_NONE);
  g_assert_cmpint (pulls (f, "b", 1, 1, 30, 30), ==, TN_GRID_EDGE_NONE);
}

/* What can't be seen can't be pulled. */
static void
test_shown_ones_only (Fixture *f, gconstpointer data)
{
  g_assert_cmpint (pulls (f, "b", 1, 0.5, -5, 0), ==, TN_GRID_EDGE_NONE);
  g_assert_cmpint (pulls (f, "far", 1, 1, -5, -5), ==, TN_GRID_EDGE_NONE);
  arrange (f);
  g_signal_emit_by_name (find (f, "b"), "lock", TRUE);
  settle (f);
  g_assert_cmpint (pulls (f, "b", 1, 1, -5, -5), ==, TN_GRID_EDGE_NONE);
}

static void
test_mirrored (Fixture *f, gconstpointer data)
{
  gtk_widget_set_direction (GTK_WIDGET (find (f, "b")), GTK_TEXT_DIR_RTL);
  arrange (f);
  g_assert_cmpint (pulls (f, "b", 0, 0.5, 20, 0), ==, TN_GRID_EDGE_RIGHT);
  g_assert_cmpint (pulls (f, "b", 0, 1, 20, -20), ==, RIGHT_BOTTOM);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  fixture_add ("/handles/reach", test_reach);
  fixture_add ("/handles/out-of-reach", test_out_of_reach);
  fixture_add ("/handles/shown-ones-only", test_shown_ones_only);
  fixture_add ("/handles/mirrored", test_mirrored);
  return g_test_run ();
}
