/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tiles in hand: one or all that are selected, by pointer and by keyboard, here and over another canvas. */
#include "fixture.h"

#define OTHER "other"

static void
select_ids (Fixture *f, const char *first, const char *second)
{
  tn_canvas_clear_selection (f->canvas);
  tn_canvas_toggle_selected (f->canvas, find (f, first));
  if (second != NULL)
    tn_canvas_toggle_selected (f->canvas, find (f, second));
}

static void
take (Fixture *f, const char *id, TnGridEdges edges)
{
  g_assert_true (tn_canvas_hand_take (f->canvas, find (f, id), edges, TN_TAKE_POINTER));
  /* Far from the edges at which a drag scrolls. */
  f->canvas->pointer_y = 300;
}

static void
lock (Fixture *f, const char *id)
{
  g_signal_emit_by_name (find (f, id), "lock", TRUE);
  settle (f);
}

static guint
n_ghosts (Fixture *f)
{
  guint n = 0;

  for (guint i = 0; i < f->canvas->ghosts->len; i++)
    n += gtk_widget_get_child_visible (g_ptr_array_index (f->canvas->ghosts, i));
  return n;
}

static void
test_group_moves_as_one (Fixture *f, gconstpointer data)
{
  g_auto (GStrv) kinds = NULL;

  select_ids (f, "a", "b");
  take (f, "b", TN_GRID_EDGE_NONE);
  tn_canvas_hand_move_to (f->canvas, 4, 5);
  assert_at (f, "a", 4, 5, 3, 3);
  assert_at (f, "b", 7, 5, 3, 3);
  settle (f);
  g_assert_cmpuint (n_ghosts (f), ==, 2);
  tn_canvas_hand_drop (f->canvas);
  settle (f);
  assert_at (f, "a", 4, 5, 3, 3);
  g_assert_cmpuint (n_ghosts (f), ==, 0);
  g_assert_cmpuint (n_selected (f), ==, 2);
  kinds = list_kinds (f);
  g_assert_cmpstrv (kinds, ((const char *[]){ "tiles.move", NULL }));
}

static void
test_group_restores (Fixture *f, gconstpointer data)
{
  select_ids (f, "a", "b");
  take (f, "a", TN_GRID_EDGE_NONE);
  tn_canvas_hand_move_to (f->canvas, 4, 5);
  tn_canvas_hand_restore (f->canvas);
  settle (f);
  assert_at (f, "a", 0, 0, 3, 3);
  assert_at (f, "b", 3, 0, 3, 3);
  g_assert_cmpuint (n_operations (f), ==, 0);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (find (f, "b")), "lifted"));
}

/* What is not selected goes alone, selected tiles or not; so does what is placed by numbers. */
static void
test_alone (Fixture *f, gconstpointer data)
{
  select_ids (f, "b", "far");
  take (f, "a", TN_GRID_EDGE_NONE);
  tn_canvas_hand_move_to (f->canvas, 0, 6);
  assert_at (f, "b", 3, 0, 3, 3);
  tn_canvas_hand_restore (f->canvas);
  g_signal_emit_by_name (find (f, "b"), "place", 8, 2, 3, 3);
  settle (f);
  assert_at (f, "b", 8, 2, 3, 3);
  assert_at (f, "far", 0, 40, 3, 3);
}

static void
test_locked_stays (Fixture *f, gconstpointer data)
{
  lock (f, "b");
  select_ids (f, "a", "b");
  take (f, "a", TN_GRID_EDGE_NONE);
  tn_canvas_hand_move_to (f->canvas, 0, 6);
  assert_at (f, "a", 0, 6, 3, 3);
  assert_at (f, "b", 3, 0, 3, 3);
  tn_canvas_hand_restore (f->canvas);
}

static void
test_group_by_keyboard (Fixture *f, gconstpointer data)
{
  select_ids (f, "a", "b");
  g_assert_true (tn_canvas_hand_take (f->canvas, find (f, "a"), TN_GRID_EDGE_NONE, 0));
  g_assert_true (tn_canvas_hand_step (f->canvas, TN_GRID_EDGE_NONE, 0, 1));
  assert_at (f, "b", 3, 1, 3, 3);
  g_assert_false (tn_canvas_hand_step (f->canvas, TN_GRID_EDGE_NONE, -1, 0));
  tn_canvas_hand_restore (f->canvas);
}

/* Held and let go of in the middle of a drag: the same place, another answer, at once. */
static void
test_modifiers (Fixture *f, gconstpointer data)
{
  take (f, "a", TN_GRID_EDGE_NONE);
  tn_canvas_hand_move_to (f->canvas, 3, 0);
  assert_at (f, "a", 3, 0, 3, 3);
  tn_canvas_hand_set_modifiers (f->canvas, GDK_SHIFT_MASK);
  assert_at (f, "a", 3, 0, 3, 3);
  assert_at (f, "b", 0, 0, 3, 3);
  tn_canvas_hand_set_modifiers (f->canvas, GDK_CONTROL_MASK);
  assert_at (f, "b", 3, 0, 3, 3);
  g_assert_true (tn_tile_get_place (find (f, "a"))->x != 3 || tn_tile_get_place (find (f, "a"))->y != 0);
  tn_canvas_hand_set_modifiers (f->canvas, GDK_LOCK_MASK);
  assert_at (f, "a", 3, 0, 3, 3);
  tn_canvas_hand_restore (f->canvas);
}

/* Both push, whatever the canvas's own policy is. */
/* Both force what the canvas doesn't do: to keep compact, where it pushes. */
static void
test_modifiers_compact (Fixture *f, gconstpointer data)
{
  take (f, "far", TN_GRID_EDGE_NONE);
  tn_canvas_hand_move_to (f->canvas, 6, 0);
  assert_at (f, "far", 6, 40, 3, 3);
  tn_canvas_hand_set_modifiers (f->canvas, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  assert_at (f, "far", 6, 0, 3, 3);
  assert_at (f, "a", 0, 0, 3, 3);
  tn_canvas_hand_set_modifiers (f->canvas, 0);
  assert_at (f, "far", 6, 40, 3, 3);
  tn_canvas_hand_restore (f->canvas);
}

static void
test_modifiers_push (Fixture *f, gconstpointer data)
{
  tn_canvas_set_policy (f->canvas, TN_GRID_FREE);
  settle (f);
  take (f, "a", TN_GRID_EDGE_NONE);
  tn_canvas_hand_move_to (f->canvas, 3, 0);
  assert_at (f, "b", 3, 0, 3, 3);
  tn_canvas_hand_set_modifiers (f->canvas, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  assert_at (f, "a", 3, 0, 3, 3);
  tn_canvas_hand_restore (f->canvas);
}

static void
test_shared_edge (Fixture *f, gconstpointer data)
{
  take (f, "a", TN_GRID_EDGE_RIGHT);
  tn_canvas_hand_move_to (f->canvas, 1, 0);
  tn_canvas_hand_set_modifiers (f->canvas, GDK_SHIFT_MASK);
  assert_at (f, "a", 0, 0, 4, 3);
  assert_at (f, "b", 4, 0, 2, 3);
  tn_canvas_hand_drop (f->canvas);
  settle (f);
  assert_at (f, "b", 4, 0, 2, 3);
  g_assert_cmpuint (n_operations (f), ==, 1);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_dragging_is_told (Fixture *f, gconstpointer data)
{
  gboolean dragging;
  guint n = 0;

  g_signal_connect_swapped (f->canvas, "notify::dragging", G_CALLBACK (count_cb), &n);
  take (f, "a", TN_GRID_EDGE_NONE);
  g_object_get (f->canvas, "dragging", &dragging, NULL);
  g_assert_true (dragging);
  tn_canvas_hand_restore (f->canvas);
  g_object_get (f->canvas, "dragging", &dragging, NULL);
  g_assert_false (dragging);
  g_assert_cmpuint (n, ==, 2);
  g_assert_true (tn_canvas_hand_take (f->canvas, find (f, "a"), TN_GRID_EDGE_NONE, 0));
  tn_canvas_hand_restore (f->canvas);
  take (f, "a", TN_GRID_EDGE_RIGHT);
  tn_canvas_hand_restore (f->canvas);
  g_assert_cmpuint (n, ==, 2);
}

static const char *
target_cb (TnCanvas *canvas, double x, double y, gpointer user_data)
{
  return x > 500 ? user_data : NULL;
}

/* Another canvas with one tile in its corner. */
static void
make_other (Fixture *f)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("canvas.create", OTHER, "Other");
  g_autoptr (TnCanvasRecord) canvas = tn_canvas_record_new (OTHER, "Other");

  tn_operation_put_canvas (operation, canvas);
  put_tile (operation, tn_catalogue_find_id (f->catalogue, "com.tokennexus.clock"), OTHER, "theirs", 0, 0, 3, 3);
  apply (f, operation);
  tn_canvas_set_target_func (f->canvas, target_cb, (gpointer) OTHER);
}

static const TnTileRecord *
find_record (TnCanvasRecord *canvas, const char *id)
{
  for (guint i = 0; i < canvas->tiles->len; i++)
    if (g_str_equal (((TnTileRecord *) g_ptr_array_index (canvas->tiles, i))->id, id))
      return g_ptr_array_index (canvas->tiles, i);
  return NULL;
}

static void
assert_record_at (const TnTileRecord *record, int x, int y)
{
  g_assert_nonnull (record);
  g_assert_cmpint (record->x, ==, x);
  g_assert_cmpint (record->y, ==, y);
}

static void
test_held_over_another (Fixture *f, gconstpointer data)
{
  make_other (f);
  take (f, "a", TN_GRID_EDGE_NONE);
  tn_canvas_hand_move_to (f->canvas, 3, 0);
  tn_canvas_hand_point (f->canvas, 600, 10);
  settle (f);
  g_assert_cmpuint (n_ghosts (f), ==, 0);
  assert_at (f, "b", 3, 0, 3, 3);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (find (f, "a")), "sending"));
  /* Away from it again, the drag goes on. */
  tn_canvas_hand_point (f->canvas, 100, 10);
  settle (f);
  g_assert_cmpuint (n_ghosts (f), ==, 1);
  assert_at (f, "a", 3, 0, 3, 3);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (find (f, "a")), "sending"));
  tn_canvas_hand_restore (f->canvas);
}

static void
test_not_over_itself (Fixture *f, gconstpointer data)
{
  tn_canvas_set_target_func (f->canvas, target_cb, (gpointer) FIXTURE_CANVAS);
  take (f, "a", TN_GRID_EDGE_NONE);
  tn_canvas_hand_move_to (f->canvas, 3, 0);
  tn_canvas_hand_point (f->canvas, 600, 10);
  assert_at (f, "a", 3, 0, 3, 3);
  tn_canvas_hand_restore (f->canvas);
}

/* Dropped there, all go, each to a free place of its own, without the places that they had in narrower windows here. */
static void
test_sent (Fixture *f, gconstpointer data)
{
  g_autoptr (TnOperation) narrow = tn_operation_new ("tile.move", FIXTURE_CANVAS, "Clock");
  g_autoptr (TnCanvasRecord) here = NULL, there = NULL, narrow_there = NULL;
  g_auto (GStrv) kinds = NULL;

  make_other (f);
  tn_operation_put_place (narrow, "a", "narrow", 0, 30, 2, 2);
  apply (f, narrow);
  settle (f);
  select_ids (f, "a", "b");
  take (f, "a", TN_GRID_EDGE_NONE);
  tn_canvas_hand_move_to (f->canvas, 1, 0);
  tn_canvas_hand_point (f->canvas, 600, 10);
  tn_canvas_hand_drop (f->canvas);
  settle (f);
  here = load_canvas (f, FIXTURE_CANVAS, TN_LAYOUT_WIDE);
  there = load_canvas (f, OTHER, TN_LAYOUT_WIDE);
  narrow_there = load_canvas (f, OTHER, "narrow");
  g_assert_cmpuint (here->tiles->len, ==, 1);
  assert_record_at (find_record (there, "theirs"), 0, 0);
  assert_record_at (find_record (there, "a"), 3, 0);
  assert_record_at (find_record (there, "b"), 6, 0);
  g_assert_cmpstr (find_record (narrow_there, "a")->layout, ==, TN_LAYOUT_WIDE);
  g_assert_cmpuint (n_selected (f), ==, 0);
  kinds = list_kinds (f);
  g_assert_cmpstrv (kinds, ((const char *[]){ "tile.move", "tile.send", NULL }));
}

/* One undo brings them back to where they were, in every width. */
static void
test_sent_and_undone (Fixture *f, gconstpointer data)
{
  g_autoptr (TnOperation) narrow = tn_operation_new ("tile.move", FIXTURE_CANVAS, "Clock");
  g_autoptr (TnCanvasRecord) here = NULL;

  make_other (f);
  tn_operation_put_place (narrow, "a", "narrow", 0, 30, 2, 2);
  apply (f, narrow);
  settle (f);
  select_ids (f, "a", "b");
  tn_canvas_send_selected (f->canvas, OTHER, FALSE);
  settle (f);
  g_assert_null (find (f, "a"));
  undo (f);
  assert_at (f, "a", 0, 0, 3, 3);
  assert_at (f, "b", 3, 0, 3, 3);
  here = load_canvas (f, FIXTURE_CANVAS, "narrow");
  assert_record_at (find_record (here, "a"), 0, 30);
}

static TnCanvasRecord *
sending_cb (TnCanvas *canvas, const char *canvas_id, gpointer user_data)
{
  return g_str_equal (canvas_id, OTHER) ? tn_canvas_record_new (OTHER, "Other") : NULL;
}

/* Where all of it is one operation, one undo takes the canvas away again too. */
static void
assert_made_and_undone (Fixture *f)
{
  g_autoptr (TnCanvasRecord) there = load_canvas (f, OTHER, TN_LAYOUT_WIDE);

  g_assert_cmpstr (there->name, ==, "Other");
  assert_record_at (find_record (there, "a"), 0, 0);
  g_assert_null (find (f, "a"));
  undo (f);
  assert_at (f, "a", 0, 0, 3, 3);
  g_assert_cmpuint (n_canvases (f), ==, 1);
}

static void
test_sent_to_one_that_is_made (Fixture *f, gconstpointer data)
{
  tn_canvas_set_target_func (f->canvas, target_cb, (gpointer) OTHER);
  g_signal_connect (f->canvas, "sending", G_CALLBACK (sending_cb), NULL);
  take (f, "a", TN_GRID_EDGE_NONE);
  tn_canvas_hand_point (f->canvas, 600, 10);
  tn_canvas_hand_drop (f->canvas);
  settle (f);
  assert_made_and_undone (f);
}

static void
test_selected_sent_to_one_that_is_made (Fixture *f, gconstpointer data)
{
  g_autoptr (TnCanvasRecord) made = tn_canvas_record_new (OTHER, "Other");

  tn_canvas_send_selected_to_new (f->canvas, made);
  settle (f);
  g_assert_cmpuint (n_canvases (f), ==, 1);
  select_ids (f, "a", NULL);
  tn_canvas_send_selected_to_new (f->canvas, made);
  settle (f);
  assert_made_and_undone (f);
}

/* Where the other canvas was arranged for a narrow window, each finds a place there too, as big as it was here. */
static void
test_sent_where_narrow_is_arranged (Fixture *f, gconstpointer data)
{
  g_autoptr (TnOperation) here = tn_operation_new ("tile.move", FIXTURE_CANVAS, "Clock");
  g_autoptr (TnOperation) there = tn_operation_new ("tile.move", OTHER, "Clock");
  g_autoptr (TnCanvasRecord) after = NULL, undone = NULL;

  make_other (f);
  tn_operation_put_place (here, "a", "narrow", 0, 30, 4, 5);
  apply (f, here);
  tn_operation_put_place (there, "theirs", "narrow", 0, 4, 4, 3);
  apply (f, there);
  settle (f);
  select_ids (f, "a", "b");
  tn_canvas_send_selected (f->canvas, OTHER, FALSE);
  settle (f);
  after = load_canvas (f, OTHER, "narrow");
  assert_record_at (find_record (after, "theirs"), 0, 4);
  assert_record_at (find_record (after, "a"), 0, 7);
  g_assert_cmpstr (find_record (after, "a")->layout, ==, "narrow");
  g_assert_cmpint (find_record (after, "a")->w, ==, 4);
  g_assert_cmpint (find_record (after, "a")->h, ==, 5);
  g_assert_cmpstr (find_record (after, "b")->layout, ==, "narrow");
  g_assert_cmpint (find_record (after, "b")->y, <, 4);
  undo (f);
  undone = load_canvas (f, FIXTURE_CANVAS, "narrow");
  assert_record_at (find_record (undone, "a"), 0, 30);
}

/* What the tile may not be smaller than holds where it goes, too. */
static void
test_sent_within_its_limits (Fixture *f, gconstpointer data)
{
  g_autoptr (TnTileRecord) record = NULL;
  g_autoptr (TnOperation) limits = tn_operation_new ("tile.settings", FIXTURE_CANVAS, "Clock");
  g_autoptr (TnCanvasRecord) after = NULL;

  make_other (f);
  record = tn_tile_record_copy (tn_tile_get_record (find (f, "a")));
  record->min_w = 7;
  record->max_h = 3;
  tn_operation_put_tile (limits, record);
  apply (f, limits);
  settle (f);
  select_ids (f, "a", NULL);
  tn_canvas_send_selected (f->canvas, OTHER, TRUE);
  settle (f);
  after = load_canvas (f, OTHER, TN_LAYOUT_WIDE);
  g_assert_cmpuint (after->tiles->len, ==, 2);
  g_assert_cmpint (((TnTileRecord *) g_ptr_array_index (after->tiles, 1))->w, ==, 7);
}

static void
test_copied (Fixture *f, gconstpointer data)
{
  g_autoptr (TnCanvasRecord) there = NULL;

  make_other (f);
  select_ids (f, "a", NULL);
  tn_canvas_send_selected (f->canvas, OTHER, TRUE);
  settle (f);
  g_assert_nonnull (find (f, "a"));
  there = load_canvas (f, OTHER, TN_LAYOUT_WIDE);
  g_assert_cmpuint (there->tiles->len, ==, 2);
  g_assert_null (find_record (there, "a"));
}

static void
fail_cb (char **failure, const char *message)
{
  g_free (*failure);
  *failure = g_strdup (message);
}

/* The canvas is gone before the tiles arrive: they stay, and it is said. */
static void
test_sent_nowhere (Fixture *f, gconstpointer data)
{
  g_autofree char *failure = NULL;

  g_signal_connect_swapped (f->canvas, "failed", G_CALLBACK (fail_cb), &failure);
  select_ids (f, "a", NULL);
  tn_canvas_send_selected (f->canvas, "nowhere", FALSE);
  settle (f);
  g_assert_nonnull (find (f, "a"));
  g_assert_nonnull (failure);
  g_assert_cmpuint (n_operations (f), ==, 0);
}

static void
test_locked_is_not_sent (Fixture *f, gconstpointer data)
{
  make_other (f);
  lock (f, "a");
  select_ids (f, "a", "b");
  tn_canvas_send_selected (f->canvas, OTHER, FALSE);
  settle (f);
  assert_at (f, "a", 0, 0, 3, 3);
  g_assert_null (find (f, "b"));
}

static void
remove_elsewhere (Fixture *f, const char *id)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.remove", FIXTURE_CANVAS, "Clock");

  tn_operation_delete_tile (operation, id);
  apply (f, operation);
  settle (f);
}

/* Removed by another process after the press and before it has become a drag: there is nothing to drag any more. */
static void
test_pressed_and_removed (Fixture *f, gconstpointer data)
{
  f->canvas->press = TN_PRESS_TILE;
  f->canvas->drag_tile = find (f, "a");
  remove_elsewhere (f, "a");
  g_assert_null (find (f, "a"));
  g_signal_emit_by_name (f->canvas->drag, "drag-update", 100.0, 100.0);
  g_assert_false (f->canvas->hand.active);
  g_signal_emit_by_name (f->canvas->drag, "drag-end", 100.0, 100.0);
}

/* In hand it stays until it is dropped; then it is said, and all is as the store has it. */
static void
test_held_and_removed (Fixture *f, gconstpointer data)
{
  g_autofree char *failure = NULL;

  g_signal_connect_swapped (f->canvas, "failed", G_CALLBACK (fail_cb), &failure);
  take (f, "a", TN_GRID_EDGE_NONE);
  tn_canvas_hand_move_to (f->canvas, 3, 0);
  remove_elsewhere (f, "a");
  g_assert_nonnull (find (f, "a"));
  tn_canvas_hand_drop (f->canvas);
  settle (f);
  g_assert_nonnull (failure);
  g_assert_null (find (f, "a"));
  assert_at (f, "b", 3, 0, 3, 3);
}

/* In a kiosk, what was pressed before selects nothing. */
static void
test_pressed_and_frozen (Fixture *f, gconstpointer data)
{
  f->canvas->press = TN_PRESS_EMPTY;
  tn_canvas_set_frozen (f->canvas, TRUE);
  g_signal_emit_by_name (f->canvas->drag, "drag-update", 100.0, 100.0);
  g_assert_false (f->canvas->marquee.active);
  tn_canvas_set_frozen (f->canvas, FALSE);
}

static gboolean
has_passed_over (Fixture *f, gconstpointer data)
{
  return f->canvas->sync_again && !f->canvas->syncing;
}

/* What another process does while something of ours is on its way is followed, though ours changes nothing. */
static void
test_followed_while_applying (Fixture *f, gconstpointer data)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.remove", FIXTURE_CANVAS, "Clock");

  tn_operation_delete_tile (operation, "b");
  f->canvas->n_applying++;
  apply (f, operation);
  wait_for (f, has_passed_over, NULL);
  g_assert_nonnull (find (f, "b"));
  f->canvas->n_applying--;
  g_signal_emit_by_name (find (f, "a"), "rename", "");
  settle (f);
  g_assert_null (find (f, "b"));
}

typedef struct
{
  char *path;
  int column, row;
} Dropped;

static void
dropped_cb (Dropped *dropped, GPtrArray *files, int column, int row)
{
  g_assert_cmpuint (files->len, ==, 1);
  dropped->path = g_file_get_path (g_ptr_array_index (files, 0));
  dropped->column = column;
  dropped->row = row;
}

static GtkEventController *
find_controller (Fixture *f, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (f->canvas));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller;
    }
  g_assert_not_reached ();
}

static void
test_files_dropped (Fixture *f, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/somewhere/app.tgz");
  GFile *files[] = { file };
  g_auto (GValue) value = G_VALUE_INIT;
  Dropped dropped = { NULL };
  gboolean taken;
  graphene_rect_t bounds;

  g_signal_connect_swapped (f->canvas, "files-dropped", G_CALLBACK (dropped_cb), &dropped);
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (find (f, "b")), GTK_WIDGET (f->canvas), &bounds));
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (files, 1));
  g_signal_emit_by_name (find_controller (f, GTK_TYPE_DROP_TARGET), "drop", &value,
                         (double) bounds.origin.x + 2 * tn_geometry_pitch (&f->canvas->geometry),
                         (double) bounds.origin.y + 16, &taken);
  g_assert_true (taken);
  g_assert_cmpstr (dropped.path, ==, "/somewhere/app.tgz");
  g_assert_cmpint (dropped.column, ==, 3);
  g_assert_cmpint (dropped.row, ==, 0);
  g_free (dropped.path);
  settle (f);
  assert_at (f, "b", 3, 0, 3, 3);
  g_assert_cmpuint (n_operations (f), ==, 0);
}

static void
test_add_at (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) tiles = NULL;
  const TnPlacement *place;

  tn_canvas_add_app_at (f->canvas, tn_catalogue_find_id (f->catalogue, "com.tokennexus.todo"), 2, 0);
  settle (f);
  tiles = tn_canvas_list_tiles (f->canvas, FALSE);
  g_assert_cmpuint (tiles->len, ==, 4);
  for (guint i = 0; i < tiles->len; i++)
    {
      place = tn_tile_get_place (g_ptr_array_index (tiles, i));
      if (g_str_equal (tn_tile_get_title (g_ptr_array_index (tiles, i)), "Todo"))
        g_assert_true (place->x == 2 && place->y == 0);
    }
  g_assert_cmpuint (n_operations (f), ==, 1);
}

static void
test_frozen (Fixture *f, gconstpointer data)
{
  take (f, "a", TN_GRID_EDGE_NONE);
  tn_canvas_select_all (f->canvas);
  tn_canvas_set_frozen (f->canvas, TRUE);
  g_assert_false (f->canvas->hand.active);
  g_assert_cmpuint (n_selected (f), ==, 0);
  g_assert_false (tn_canvas_hand_take (f->canvas, find (f, "a"), TN_GRID_EDGE_NONE, TN_TAKE_POINTER));
  tn_canvas_select_all (f->canvas);
  g_assert_cmpuint (n_selected (f), ==, 0);
  tn_canvas_remove_tile (f->canvas, find (f, "a"));
  settle (f);
  g_assert_nonnull (find (f, "a"));
  tn_canvas_set_frozen (f->canvas, FALSE);
  take (f, "a", TN_GRID_EDGE_NONE);
  tn_canvas_hand_restore (f->canvas);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  fixture_add ("/hands/pressed-and-removed", test_pressed_and_removed);
  fixture_add ("/hands/held-and-removed", test_held_and_removed);
  fixture_add ("/hands/pressed-and-frozen", test_pressed_and_frozen);
  fixture_add ("/hands/followed-while-applying", test_followed_while_applying);
  fixture_add ("/hands/group-moves-as-one", test_group_moves_as_one);
  fixture_add ("/hands/group-restores", test_group_restores);
  fixture_add ("/hands/alone", test_alone);
  fixture_add ("/hands/locked-stays", test_locked_stays);
  fixture_add ("/hands/group-by-keyboard", test_group_by_keyboard);
  fixture_add ("/hands/modifiers", test_modifiers);
  fixture_add ("/hands/modifiers-push", test_modifiers_push);
  fixture_add ("/hands/modifiers-compact", test_modifiers_compact);
  fixture_add ("/hands/shared-edge", test_shared_edge);
  fixture_add ("/hands/dragging-is-told", test_dragging_is_told);
  fixture_add ("/hands/held-over-another", test_held_over_another);
  fixture_add ("/hands/not-over-itself", test_not_over_itself);
  fixture_add ("/hands/sent", test_sent);
  fixture_add ("/hands/sent-and-undone", test_sent_and_undone);
  fixture_add ("/hands/sent-to-one-that-is-made", test_sent_to_one_that_is_made);
  fixture_add ("/hands/selected-sent-to-one-that-is-made", test_selected_sent_to_one_that_is_made);
  fixture_add ("/hands/sent-where-narrow-is-arranged", test_sent_where_narrow_is_arranged);
  fixture_add ("/hands/sent-within-its-limits", test_sent_within_its_limits);
  fixture_add ("/hands/copied", test_copied);
  fixture_add ("/hands/sent-nowhere", test_sent_nowhere);
  fixture_add ("/hands/locked-is-not-sent", test_locked_is_not_sent);
  fixture_add ("/hands/files-dropped", test_files_dropped);
  fixture_add ("/hands/add-at", test_add_at);
  fixture_add ("/hands/frozen", test_frozen);
  return g_test_run ();
}
