/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

static void
test_shows_what_is_stored (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) tiles = tn_canvas_list_tiles (f->canvas, FALSE);
  graphene_rect_t first, second;

  g_assert_cmpuint (tiles->len, ==, 3);
  g_assert_cmpstr (tn_canvas_get_record (f->canvas)->name, ==, "Home");
  g_assert_cmpstr (tn_tile_get_title (find (f, "a")), ==, "Clock");
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (find (f, "a")), GTK_WIDGET (f->canvas), &first));
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (find (f, "b")), GTK_WIDGET (f->canvas), &second));
  g_assert_cmpfloat (first.origin.x, ==, TN_GEOMETRY_MARGIN);
  g_assert_cmpfloat_with_epsilon (second.origin.x - first.origin.x - first.size.width, TN_GEOMETRY_GAP, 1);
}

/* What is out of view is not drawn, and comes with the scrolling. */
static void
test_out_of_view (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) before = tn_canvas_list_tiles (f->canvas, TRUE);
  g_autoptr (GPtrArray) after = NULL;

  g_assert_cmpuint (before->len, ==, 2);
  g_assert_false (gtk_widget_get_child_visible (GTK_WIDGET (find (f, "far"))));
  gtk_adjustment_set_value (f->canvas->vadjustment, G_MAXDOUBLE);
  settle (f);
  after = tn_canvas_list_tiles (f->canvas, TRUE);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_true (g_ptr_array_index (after, 0) == find (f, "far"));
  g_assert_true (gtk_widget_get_child_visible (GTK_WIDGET (find (f, "far"))));
}

static GtkWidget *
find_styled (GtkWidget *widget, const char *style)
{
  GtkWidget *found = gtk_widget_has_css_class (widget, style) ? widget : NULL;
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (; found == NULL && child != NULL; child = gtk_widget_get_next_sibling (child))
    found = find_styled (child, style);
  return found;
}

/* What is out of view has nothing inside; once it is shown, it says all that was said to it before. */
static void
test_made_when_shown (Fixture *f, gconstpointer data)
{
  GtkWidget *far = GTK_WIDGET (find (f, "far"));

  g_signal_emit_by_name (far, "lock", TRUE);
  settle (f);
  tn_canvas_toggle_selected (f->canvas, TN_TILE (far));
  tn_canvas_set_editing (f->canvas, TRUE);
  g_assert_null (gtk_widget_get_first_child (far));
  gtk_adjustment_set_value (f->canvas->vadjustment, G_MAXDOUBLE);
  settle (f);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (find_styled (far, "tile-title"))), ==, "Clock");
  g_assert_cmpint (gtk_widget_get_width (find_styled (far, "tile-title")), >, 0);
  g_assert_true (gtk_widget_get_mapped (find_styled (far, "tile-lock")));
  g_assert_true (gtk_widget_get_mapped (find_styled (far, "tile-badge")));
  g_assert_true (gtk_widget_get_mapped (find_styled (far, "tile-shield")));
  g_assert_false (gtk_widget_get_mapped (find_styled (far, "tile-handle")));
}

/* A move by keyboard: nothing is stored before the drop, one operation after it, and the widget stays the same. */
static void
test_move_is_one_operation (Fixture *f, gconstpointer data)
{
  TnTile *tile = find (f, "a");

  g_assert_true (tn_canvas_hand_take (f->canvas, tile, TN_GRID_EDGE_NONE, 0));
  for (int i = 0; i < 4; i++)
    g_assert_true (tn_canvas_hand_step (f->canvas, TN_GRID_EDGE_NONE, 0, 1));
  g_assert_true (tn_canvas_hand_step (f->canvas, TN_GRID_EDGE_RIGHT | TN_GRID_EDGE_BOTTOM, 1, 0));
  assert_at (f, "a", 0, 4, 4, 3);
  tn_canvas_hand_drop (f->canvas);
  settle (f);
  assert_at (f, "a", 0, 4, 4, 3);
  g_assert_true (find (f, "a") == tile);
  g_assert_cmpuint (n_operations (f), ==, 1);
}

static void
test_restore (Fixture *f, gconstpointer data)
{
  g_assert_true (tn_canvas_hand_take (f->canvas, find (f, "a"), TN_GRID_EDGE_NONE, TN_TAKE_POINTER));
  g_assert_false (tn_canvas_hand_take (f->canvas, find (f, "b"), TN_GRID_EDGE_NONE, TN_TAKE_POINTER));
  tn_canvas_hand_move_to (f->canvas, 3, 0);
  assert_at (f, "a", 3, 0, 3, 3);
  g_assert_cmpint (tn_tile_get_place (find (f, "b"))->x + tn_tile_get_place (find (f, "b"))->y, !=, 3);
  tn_canvas_hand_restore (f->canvas);
  assert_at (f, "a", 0, 0, 3, 3);
  assert_at (f, "b", 3, 0, 3, 3);
  settle (f);
  g_assert_cmpuint (n_operations (f), ==, 0);
}

static void
test_drop_where_it_was (Fixture *f, gconstpointer data)
{
  g_assert_true (tn_canvas_hand_take (f->canvas, find (f, "a"), TN_GRID_EDGE_NONE, TN_TAKE_POINTER));
  tn_canvas_hand_move_to (f->canvas, 5, 5);
  tn_canvas_hand_move_to (f->canvas, 0, 0);
  tn_canvas_hand_drop (f->canvas);
  settle (f);
  g_assert_cmpuint (n_operations (f), ==, 0);
}

static gboolean
is_held_back (Fixture *f, gconstpointer data)
{
  return f->canvas->sync_again && !f->canvas->syncing;
}

/* The store changes while a tile is in hand: the canvas follows when it is let go. */
static void
test_change_while_in_hand (Fixture *f, gconstpointer data)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.remove", FIXTURE_CANVAS, "Clock");

  g_assert_true (tn_canvas_hand_take (f->canvas, find (f, "a"), TN_GRID_EDGE_NONE, TN_TAKE_POINTER));
  tn_canvas_hand_move_to (f->canvas, 0, 1);
  tn_operation_delete_tile (operation, "b");
  apply (f, operation);
  wait_for (f, is_held_back, NULL);
  g_assert_nonnull (find (f, "b"));
  tn_canvas_hand_restore (f->canvas);
  settle (f);
  g_assert_null (find (f, "b"));
}

static void
test_remove_and_undo (Fixture *f, gconstpointer data)
{
  guint n;

  gtk_widget_grab_focus (GTK_WIDGET (find (f, "a")));
  g_assert_true (tn_canvas_get_focus_tile (f->canvas) == find (f, "a"));
  tn_canvas_remove_tile (f->canvas, find (f, "a"));
  settle (f);
  g_assert_null (find (f, "a"));
  g_assert_cmpuint (f->canvas->leaving->len, ==, 0);
  g_object_get (f->canvas, "n-tiles", &n, NULL);
  g_assert_cmpuint (n, ==, 2);
  /* The focus goes on to the next. */
  g_assert_true (tn_canvas_get_focus_tile (f->canvas) == find (f, "b"));
  g_assert_cmpuint (n_operations (f), ==, 1);
}

static void
assert_still (GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    g_assert_cmpint (((TnEntry *) g_ptr_array_index (entries, i))->motion.start_us, ==, 0);
}

/* Whether it has been removed; nothing moves or fades at any time until then. */
static gboolean
is_gone_unmoved (Fixture *f, gconstpointer id)
{
  assert_still (f->canvas->entries);
  assert_still (f->canvas->leaving);
  return find (f, id) == NULL && f->canvas->leaving->len == 0;
}

static void
test_without_animations (Fixture *f, gconstpointer data)
{
  GtkSettings *settings = gtk_widget_get_settings (f->window);

  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  g_signal_emit_by_name (find (f, "b"), "place", 6, 2, 4, 4);
  tn_canvas_remove_tile (f->canvas, find (f, "a"));
  wait_for (f, is_gone_unmoved, "a");
  undo (f);
  assert_still (f->canvas->entries);
  assert_at (f, "b", 6, 2, 4, 4);
  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
}

static void
assert_before (Fixture *f, const char *first, const char *second)
{
  GtkWidget *next = gtk_widget_get_next_sibling (GTK_WIDGET (find (f, first)));

  g_assert_true (next == GTK_WIDGET (find (f, second)));
}

/* Whatever the order in the store: as a screen reader goes through them. */
static void
test_tree_in_reading_order (Fixture *f, gconstpointer data)
{
  assert_before (f, "a", "b");
  g_signal_emit_by_name (find (f, "a"), "place", 0, 20, 3, 3);
  settle (f);
  assert_before (f, "b", "a");
  assert_before (f, "a", "far");
  g_assert_true (tn_canvas_hand_take (f->canvas, find (f, "far"), TN_GRID_EDGE_NONE, 0));
  tn_canvas_hand_step (f->canvas, TN_GRID_EDGE_NONE, 0, -30);
  assert_before (f, "a", "far");
  tn_canvas_hand_drop (f->canvas);
  settle (f);
  assert_before (f, "b", "far");
  assert_before (f, "far", "a");
  undo (f);
  assert_before (f, "a", "far");
}

static void
test_locked_tile (Fixture *f, gconstpointer data)
{
  TnTile *tile = find (f, "a");
  TnGridEdges edges;

  g_signal_emit_by_name (tile, "lock", TRUE);
  settle (f);
  g_assert_true (tn_tile_get_record (tile)->locked);
  g_assert_false (tn_canvas_hand_take (f->canvas, tile, TN_GRID_EDGE_NONE, 0));
  /* Its header is still what selects it. */
  g_assert_true (tn_tile_grip_at (tile, gtk_widget_pick (GTK_WIDGET (tile), 60, 16, GTK_PICK_DEFAULT), &edges));
  g_assert_true (tn_canvas_hand_take (f->canvas, find (f, "b"), TN_GRID_EDGE_NONE, 0));
  tn_canvas_hand_step (f->canvas, TN_GRID_EDGE_NONE, -1, 0);
  assert_at (f, "a", 0, 0, 3, 3);
  tn_canvas_hand_restore (f->canvas);
  g_signal_emit_by_name (tile, "lock", FALSE);
  settle (f);
  g_assert_true (tn_canvas_hand_take (f->canvas, tile, TN_GRID_EDGE_NONE, 0));
  tn_canvas_hand_restore (f->canvas);
}

/* Place and size as numbers, in any order of shrinking and moving. */
static void
test_place_by_numbers (Fixture *f, gconstpointer data)
{
  g_signal_emit_by_name (find (f, "b"), "place", 0, 10, 12, 2);
  settle (f);
  assert_at (f, "b", 0, 10, 12, 2);
  g_signal_emit_by_name (find (f, "b"), "place", 9, 10, 3, 4);
  settle (f);
  assert_at (f, "b", 9, 10, 3, 4);
  g_assert_cmpuint (n_operations (f), ==, 2);
}

static void
test_add (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) tiles = NULL;

  tn_canvas_add_app (f->canvas, tn_catalogue_find_id (f->catalogue, "com.tokennexus.todo"));
  settle (f);
  tiles = tn_canvas_list_tiles (f->canvas, FALSE);
  g_assert_cmpuint (tiles->len, ==, 4);
  g_assert_cmpstr (tn_tile_get_title (g_ptr_array_index (tiles, 2)), ==, "Todo");
  g_assert_cmpint (tn_tile_get_place (g_ptr_array_index (tiles, 2))->x, ==, 6);
}

static void
test_drag_in (Fixture *f, gconstpointer data)
{
  TnApp *app = tn_catalogue_find_id (f->catalogue, "com.tokennexus.todo");
  g_autoptr (GPtrArray) tiles = NULL;
  const TnPlacement *start;

  g_assert_true (tn_canvas_hand_take_new (f->canvas, app));
  start = tn_canvas_hand_place (f->canvas);
  tn_canvas_hand_move_to (f->canvas, 0 - start->x, 0 - start->y);
  g_assert_cmpint (tn_tile_get_place (find (f, "a"))->y, >, 0);
  tn_canvas_hand_drop (f->canvas);
  settle (f);
  tiles = tn_canvas_list_tiles (f->canvas, FALSE);
  g_assert_cmpuint (tiles->len, ==, 4);
  g_assert_cmpstr (tn_tile_get_title (g_ptr_array_index (tiles, 0)), ==, "Todo");
  g_assert_cmpuint (n_operations (f), ==, 1);
}

/* Another width has other places, and the panel's room counts as the window's. */
static void
test_width_classes (Fixture *f, gconstpointer data)
{
  g_assert_cmpint (tn_tile_get_columns (find (f, "a")), ==, 12);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 700, 700);
  settle (f);
  g_assert_cmpint (tn_tile_get_columns (find (f, "a")), ==, 8);
  tn_canvas_set_reserved_width (f->canvas, 340);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 701, 700);
  settle (f);
  g_assert_cmpint (tn_tile_get_columns (find (f, "a")), ==, 12);
  assert_at (f, "b", 3, 0, 3, 3);
}

/* Tab goes by rows, whatever the order in which tiles were made. */
static void
test_tab_order (Fixture *f, gconstpointer data)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.move", FIXTURE_CANVAS, "Clock");
  static const char *const expected[] = { "b", "a", "far" };
  TnTile *seen = NULL;

  tn_operation_put_place (operation, "a", TN_LAYOUT_WIDE, 6, 1, 3, 2);
  apply (f, operation);
  settle (f);
  gtk_widget_grab_focus (GTK_WIDGET (find (f, "b")));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      for (int step = 0; step < 10 && tn_canvas_get_focus_tile (f->canvas) == seen; step++)
        gtk_widget_child_focus (f->window, GTK_DIR_TAB_FORWARD);
      seen = tn_canvas_get_focus_tile (f->canvas);
      g_assert_true (seen == find (f, expected[i]));
    }
  settle (f);
  g_assert_true (gtk_widget_get_child_visible (GTK_WIDGET (find (f, "far"))));
}

/* From tile to tile without going through them, and round. */
static void
test_next_tile (Fixture *f, gconstpointer data)
{
  static const char *const expected[] = { "a", "b", "far", "a" };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      tn_canvas_focus_next (f->canvas, FALSE);
      g_assert_true (gtk_window_get_focus (GTK_WINDOW (f->window)) == GTK_WIDGET (find (f, expected[i])));
    }
  tn_canvas_focus_next (f->canvas, TRUE);
  settle (f);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (f->window)) == GTK_WIDGET (find (f, "far")));
  g_assert_true (gtk_widget_get_child_visible (GTK_WIDGET (find (f, "far"))));
}

static void
test_editing (Fixture *f, gconstpointer data)
{
  GtkWidget *page = GTK_WIDGET (find (f, "a"));
  GtkWidget *picked;
  TnGridEdges edges;
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (page, GTK_WIDGET (f->canvas), &bounds));
  picked = gtk_widget_pick (GTK_WIDGET (f->canvas), bounds.origin.x + 120, bounds.origin.y + 150, GTK_PICK_DEFAULT);
  g_assert_false (tn_tile_grip_at (find (f, "a"), picked, &edges));
  tn_canvas_set_editing (f->canvas, TRUE);
  settle (f);
  picked = gtk_widget_pick (GTK_WIDGET (f->canvas), bounds.origin.x + 120, bounds.origin.y + 150, GTK_PICK_DEFAULT);
  g_assert_true (tn_tile_grip_at (find (f, "a"), picked, &edges));
  g_assert_cmpint (edges, ==, TN_GRID_EDGE_NONE);
  picked = gtk_widget_pick (GTK_WIDGET (f->canvas), bounds.origin.x + 4, bounds.origin.y + 150, GTK_PICK_DEFAULT);
  g_assert_true (tn_tile_grip_at (find (f, "a"), picked, &edges));
  g_assert_cmpint (edges, ==, TN_GRID_EDGE_LEFT);
}

/* Without motion, nothing ticks: an idle canvas costs nothing. */
static void
test_rests (Fixture *f, gconstpointer data)
{
  g_assert_cmpuint (f->canvas->tick_id, ==, 0);
  g_assert_true (tn_canvas_hand_take (f->canvas, find (f, "a"), TN_GRID_EDGE_NONE, 0));
  tn_canvas_hand_step (f->canvas, TN_GRID_EDGE_NONE, 0, 5);
  tn_canvas_hand_drop (f->canvas);
  settle (f);
  g_assert_cmpuint (f->canvas->tick_id, ==, 0);
}

static void
missing_cb (gboolean *missing)
{
  *missing = TRUE;
}

static void
test_missing_canvas (Fixture *f, gconstpointer data)
{
  gboolean missing = FALSE;

  g_signal_connect_swapped (f->canvas, "missing", G_CALLBACK (missing_cb), &missing);
  tn_canvas_show (f->canvas, "nowhere");
  settle (f);
  g_assert_true (missing);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  fixture_add ("/canvas/shows-what-is-stored", test_shows_what_is_stored);
  fixture_add ("/canvas/out-of-view", test_out_of_view);
  fixture_add ("/canvas/made-when-shown", test_made_when_shown);
  fixture_add ("/canvas/move-is-one-operation", test_move_is_one_operation);
  fixture_add ("/canvas/restore", test_restore);
  fixture_add ("/canvas/drop-where-it-was", test_drop_where_it_was);
  fixture_add ("/canvas/change-while-in-hand", test_change_while_in_hand);
  fixture_add ("/canvas/remove-and-undo", test_remove_and_undo);
  fixture_add ("/canvas/tree-in-reading-order", test_tree_in_reading_order);
  fixture_add ("/canvas/without-animations", test_without_animations);
  fixture_add ("/canvas/locked-tile", test_locked_tile);
  fixture_add ("/canvas/place-by-numbers", test_place_by_numbers);
  fixture_add ("/canvas/add", test_add);
  fixture_add ("/canvas/drag-in", test_drag_in);
  fixture_add ("/canvas/width-classes", test_width_classes);
  fixture_add ("/canvas/tab-order", test_tab_order);
  fixture_add ("/canvas/next-tile", test_next_tile);
  fixture_add ("/canvas/editing", test_editing);
  fixture_add ("/canvas/rests", test_rests);
  fixture_add ("/canvas/missing-canvas", test_missing_canvas);
  return g_test_run ();
}
