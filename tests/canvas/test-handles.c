/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a pointer pulls, and a finger: it reaches farther. */
#include "fixture.h"

#include "tn-paths.h"
#include "tn-tile-header.h"

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

typedef struct
{
  TnGridEdges edges;
  const char *cursor;
  double across, down; /* where on the tile, in parts of its size */
} Pull;

#define LEFT TN_GRID_EDGE_LEFT
#define RIGHT TN_GRID_EDGE_RIGHT
#define TOP TN_GRID_EDGE_TOP
#define BOTTOM TN_GRID_EDGE_BOTTOM

static const Pull corners[] = {
  { LEFT | TOP, "nw-resize", 0, 0 },
  { RIGHT | TOP, "ne-resize", 1, 0 },
  { LEFT | BOTTOM, "sw-resize", 0, 1 },
  { RIGHT | BOTTOM, "se-resize", 1, 1 },
};

static const Pull sides[] = {
  { LEFT, "w-resize", 0, 0.5 },
  { RIGHT, "e-resize", 1, 0.5 },
  { TOP, "n-resize", 0.5, 0 },
  { BOTTOM, "s-resize", 0.5, 1 },
};

/* What the pointer meets so many pixels inside from there. (nullable) */
static GtkWidget *
meet (Fixture *f, const char *id, double across, double down, double x, double y)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (find (f, id)), GTK_WIDGET (f->canvas), &bounds));
  return gtk_widget_pick (GTK_WIDGET (f->canvas),
                          bounds.origin.x + across * bounds.size.width + (across > 0.5 ? -x : x),
                          bounds.origin.y + down * bounds.size.height + (down > 0.5 ? -y : y), GTK_PICK_DEFAULT);
}

/* What a press there pulls, and that the cursor says so. */
static void
assert_pulls (Fixture *f, const char *id, const Pull *pull, double x, double y)
{
  GtkWidget *met = meet (f, id, pull->across, pull->down, x, y);
  TnGridEdges edges;

  g_assert_true (gtk_widget_is_ancestor (met, GTK_WIDGET (find (f, id))));
  g_assert_true (tn_tile_grip_at (find (f, id), met, &edges));
  g_assert_cmpint (edges, ==, pull->edges);
  g_assert_cmpstr (gdk_cursor_get_name (gtk_widget_get_cursor (met)), ==, pull->cursor);
}

static void
assert_pulls_all_over (Fixture *f, const char *id, const Pull *corner)
{
  for (double x = 0.5; x < 20; x++)
    for (double y = 0.5; y < 20; y++)
      assert_pulls (f, id, corner, x, y);
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

/* Up to the very corner, also beside the tile's rounding. */
static void
test_corners (Fixture *f, gconstpointer data)
{
  arrange (f);
  for (guint i = 0; i < G_N_ELEMENTS (corners); i++)
    assert_pulls_all_over (f, "b", &corners[i]);
}

static void
test_sides (Fixture *f, gconstpointer data)
{
  arrange (f);
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    for (double in = 0.5; in < 10; in++)
      {
        gboolean upright = sides[i].down == 0.5;

        assert_pulls (f, "b", &sides[i], upright ? in : 0, upright ? 0 : in);
        /* Next to the corner, too. */
        assert_pulls (f, "b", &(Pull){ sides[i].edges, sides[i].cursor, upright ? sides[i].across : 0,
                                       upright ? 0 : sides[i].down }, upright ? in : 20.5, upright ? 20.5 : in);
      }
}

/* Outside of arranging one corner resizes, and the others are no part of the tile. */
static void
test_one_corner_else (Fixture *f, gconstpointer data)
{
  TnGridEdges edges;

  assert_pulls_all_over (f, "b", &corners[3]);
  g_assert_true (meet (f, "b", 0, 0, 0.5, 0.5) == GTK_WIDGET (f->canvas)
                 || meet (f, "b", 0, 0, 0.5, 0.5) == GTK_WIDGET (find (f, "b")));
  g_assert_true (tn_tile_grip_at (find (f, "b"), meet (f, "b", 0, 0, 8, 8), &edges));
  g_assert_cmpint (edges, ==, TN_GRID_EDGE_NONE);
}

/* In between, a press moves the tile while it is arranged: on its title and on its page; its menu is no part of that. */
static void
test_cursor_inside (Fixture *f, gconstpointer data)
{
  GtkWidget *met;
  TnGridEdges edges;

  g_assert_null (gtk_widget_get_cursor (gtk_widget_get_ancestor (meet (f, "b", 0, 0, 60, 16), TN_TYPE_TILE_HEADER)));
  arrange (f);
  /* The header itself: while the button is down, GTK looks no further for a cursor than at what was pressed. */
  met = meet (f, "b", 0, 0, 60, 16);
  g_assert_true (TN_IS_TILE_HEADER (met));
  g_assert_cmpstr (gdk_cursor_get_name (gtk_widget_get_cursor (met)), ==, "grab");
  met = meet (f, "b", 0.5, 0.5, 0, 0);
  g_assert_cmpstr (gdk_cursor_get_name (gtk_widget_get_cursor (met)), ==, "grab");
  g_assert_true (tn_tile_grip_at (find (f, "b"), met, &edges));
  met = gtk_widget_get_ancestor (meet (f, "b", 1, 0, 22, 16), GTK_TYPE_MENU_BUTTON);
  g_assert_cmpstr (gdk_cursor_get_name (gtk_widget_get_cursor (met)), ==, "default");
  g_assert_false (tn_tile_grip_at (find (f, "b"), met, &edges));
}

/* No corner lies over the menu's button: it opens by a press on its very middle, as its picture promises. */
static void
assert_menu_free (Fixture *f)
{
  GtkWidget *button = tn_tile_header_get_menu_button (TN_TILE_HEADER (
    gtk_widget_get_ancestor (meet (f, "b", 0.5, 0, 0, 16), TN_TYPE_TILE_HEADER)));
  graphene_rect_t bounds;
  GtkWidget *met;

  g_assert_true (gtk_widget_compute_bounds (button, GTK_WIDGET (f->canvas), &bounds));
  for (int across = -1; across <= 1; across++)
    {
      met = gtk_widget_pick (GTK_WIDGET (f->canvas), bounds.origin.x + bounds.size.width / 2 + 10 * across,
                             bounds.origin.y + bounds.size.height / 2, GTK_PICK_DEFAULT);
      g_assert_true (met == button || gtk_widget_is_ancestor (met, button));
    }
}

static void
test_menu_free (Fixture *f, gconstpointer data)
{
  arrange (f);
  assert_menu_free (f);
  gtk_widget_set_direction (GTK_WIDGET (find (f, "b")), GTK_TEXT_DIR_RTL);
  settle (f);
  assert_menu_free (f);
}

static void
test_mirrored (Fixture *f, gconstpointer data)
{
  gtk_widget_set_direction (GTK_WIDGET (find (f, "b")), GTK_TEXT_DIR_RTL);
  arrange (f);
  g_assert_cmpint (pulls (f, "b", 0, 0.5, 20, 0), ==, TN_GRID_EDGE_RIGHT);
  g_assert_cmpint (pulls (f, "b", 0, 1, 20, -20), ==, RIGHT_BOTTOM);
  assert_pulls_all_over (f, "b", &(Pull){ RIGHT_BOTTOM, "sw-resize", 0, 1 });
}

/* As the program looks: a corner is round. */
static void
take_style (void)
{
  g_autofree char *path = g_build_filename (tn_paths_data_dir (), "style.css", NULL);
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_path (provider, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  take_style ();
  fixture_add ("/handles/reach", test_reach);
  fixture_add ("/handles/out-of-reach", test_out_of_reach);
  fixture_add ("/handles/shown-ones-only", test_shown_ones_only);
  fixture_add ("/handles/corners", test_corners);
  fixture_add ("/handles/sides", test_sides);
  fixture_add ("/handles/one-corner-else", test_one_corner_else);
  fixture_add ("/handles/cursor-inside", test_cursor_inside);
  fixture_add ("/handles/menu-free", test_menu_free);
  fixture_add ("/handles/mirrored", test_mirrored);
  return g_test_run ();
}
