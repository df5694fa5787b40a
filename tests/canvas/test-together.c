/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The selection, and what is done to all of it at once. */
#include "fixture.h"

static void
select_two (Fixture *f)
{
  tn_canvas_clear_selection (f->canvas);
  tn_canvas_toggle_selected (f->canvas, find (f, "far"));
  tn_canvas_toggle_selected (f->canvas, find (f, "a"));
}

static void
assert_did (Fixture *f, const char *kind)
{
  g_auto (GStrv) kinds = list_kinds (f);

  g_assert_cmpuint (g_strv_length (kinds), ==, 1);
  g_assert_cmpstr (kinds[0], ==, kind);
}

static void
test_toggle (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) selected = NULL;

  select_two (f);
  g_assert_cmpuint (n_selected (f), ==, 2);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (find (f, "a")), "selected"));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (find (f, "b")), "selected"));
  selected = tn_canvas_list_selected (f->canvas);
  g_assert_cmpuint (selected->len, ==, 2);
  g_assert_true (g_ptr_array_index (selected, 0) == find (f, "a"));
  tn_canvas_toggle_selected (f->canvas, find (f, "a"));
  g_assert_cmpuint (n_selected (f), ==, 1);
  tn_canvas_select_all (f->canvas);
  g_assert_cmpuint (n_selected (f), ==, 3);
  tn_canvas_clear_selection (f->canvas);
  g_assert_cmpuint (n_selected (f), ==, 0);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (find (f, "a")), "selected"));
}

/* It is by tile: what the store changes leaves it, and what is gone leaves it too. */
static void
test_survives (Fixture *f, gconstpointer data)
{
  g_autoptr (TnOperation) move = tn_operation_new ("tile.move", FIXTURE_CANVAS, "Clock");

  select_two (f);
  tn_operation_put_place (move, "a", TN_LAYOUT_WIDE, 6, 6, 3, 3);
  apply (f, move);
  settle (f);
  assert_at (f, "a", 6, 6, 3, 3);
  g_assert_cmpuint (n_selected (f), ==, 2);
  tn_canvas_remove_tile (f->canvas, find (f, "far"));
  settle (f);
  g_assert_cmpuint (n_selected (f), ==, 1);
  undo (f);
  g_assert_nonnull (find (f, "far"));
  g_assert_cmpuint (n_selected (f), ==, 1);
}

static void
test_marquee (Fixture *f, gconstpointer data)
{
  graphene_rect_t bounds;
  double right;

  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (find (f, "b")), GTK_WIDGET (f->canvas), &bounds));
  right = bounds.origin.x + bounds.size.width;
  tn_canvas_marquee_begin (f->canvas, right + 40, 200, FALSE);
  tn_canvas_marquee_point (f->canvas, right + 4, 100);
  g_assert_cmpuint (n_selected (f), ==, 0);
  tn_canvas_marquee_point (f->canvas, right - 4, 100);
  g_assert_cmpuint (n_selected (f), ==, 1);
  tn_canvas_marquee_point (f->canvas, bounds.origin.x - 20, 100);
  g_assert_cmpuint (n_selected (f), ==, 2);
  tn_canvas_marquee_point (f->canvas, right - 4, 100);
  tn_canvas_marquee_end (f->canvas, TRUE);
  g_assert_cmpuint (n_selected (f), ==, 1);

  tn_canvas_marquee_begin (f->canvas, 2, 2, TRUE);
  tn_canvas_marquee_point (f->canvas, 60, 60);
  g_assert_cmpuint (n_selected (f), ==, 2);
  tn_canvas_marquee_end (f->canvas, FALSE);
  g_assert_cmpuint (n_selected (f), ==, 1);
}

/* Its other corner stays where it was in the content. */
static void
test_marquee_scrolled (Fixture *f, gconstpointer data)
{
  graphene_rect_t band;

  tn_canvas_marquee_begin (f->canvas, 5, 650, FALSE);
  gtk_adjustment_set_value (f->canvas->vadjustment, 3300);
  settle (f);
  tn_canvas_marquee_point (f->canvas, 300, 600);
  g_assert_true (tn_canvas_marquee_rect (f->canvas, &band));
  g_assert_cmpfloat (band.origin.y, ==, 650);
  g_assert_cmpuint (n_selected (f), ==, 1);
  g_assert_true (tn_canvas_is_selected (f->canvas, find (f, "far")));
  tn_canvas_marquee_end (f->canvas, TRUE);
}

static void
test_align (Fixture *f, gconstpointer data)
{
  tn_canvas_toggle_selected (f->canvas, find (f, "b"));
  tn_canvas_toggle_selected (f->canvas, find (f, "far"));
  tn_canvas_align_selected (f->canvas, TN_GRID_ALIGN_RIGHT);
  settle (f);
  assert_at (f, "b", 3, 0, 3, 3);
  assert_at (f, "far", 3, 40, 3, 3);
  assert_did (f, "tiles.align");
  undo (f);
  assert_at (f, "far", 0, 40, 3, 3);
}

/* Aligned already, or too few: nothing is stored. */
static void
test_align_nothing (Fixture *f, gconstpointer data)
{
  select_two (f);
  tn_canvas_align_selected (f->canvas, TN_GRID_ALIGN_LEFT);
  tn_canvas_clear_selection (f->canvas);
  tn_canvas_align_selected (f->canvas, TN_GRID_ALIGN_RIGHT);
  tn_canvas_distribute_selected (f->canvas, TRUE);
  tn_canvas_remove_selected (f->canvas);
  tn_canvas_lock_selected (f->canvas, TRUE);
  tn_canvas_duplicate_selected (f->canvas);
  settle (f);
  g_assert_cmpuint (n_operations (f), ==, 0);
}

static void
test_distribute (Fixture *f, gconstpointer data)
{
  tn_canvas_select_all (f->canvas);
  tn_canvas_distribute_selected (f->canvas, TRUE);
  settle (f);
  assert_at (f, "a", 0, 0, 3, 3);
  assert_at (f, "far", 0, 40, 3, 3);
  g_assert_cmpint (tn_tile_get_place (find (f, "b"))->y, ==, 20);
  assert_did (f, "tiles.distribute");
}

static void
test_lock_and_remove (Fixture *f, gconstpointer data)
{
  select_two (f);
  tn_canvas_lock_selected (f->canvas, TRUE);
  settle (f);
  g_assert_true (tn_tile_get_record (find (f, "a"))->locked);
  g_assert_true (tn_tile_get_record (find (f, "far"))->locked);
  g_assert_false (tn_tile_get_record (find (f, "b"))->locked);
  assert_did (f, "tiles.lock");
  undo (f);
  g_assert_false (tn_tile_get_record (find (f, "a"))->locked);
  tn_canvas_remove_selected (f->canvas);
  settle (f);
  g_assert_null (find (f, "a"));
  g_assert_null (find (f, "far"));
  g_assert_cmpuint (n_selected (f), ==, 0);
  assert_did (f, "tiles.remove");
}

static void
test_duplicate (Fixture *f, gconstpointer data)
{
  g_autoptr (TnTileRecord) record = tn_tile_record_copy (tn_tile_get_record (find (f, "a")));
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.settings", FIXTURE_CANVAS, "Clock");
  g_autoptr (GPtrArray) tiles = NULL;
  TnTile *copy;

  record->config = g_strdup ("{\"zone\":\"UTC\"}");
  record->title = g_strdup ("Mine");
  tn_operation_put_tile (operation, record);
  apply (f, operation);
  settle (f);
  g_signal_emit_by_name (find (f, "a"), "duplicate");
  settle (f);
  tiles = tn_canvas_list_tiles (f->canvas, FALSE);
  g_assert_cmpuint (tiles->len, ==, 4);
  copy = g_ptr_array_index (tiles, 2);
  g_assert_cmpint (tn_tile_get_place (copy)->x, ==, 6);
  g_assert_cmpint (tn_tile_get_place (copy)->w, ==, 3);
  g_assert_cmpstr (tn_tile_get_title (copy), ==, "Mine");
  g_assert_cmpstr (tn_tile_get_record (copy)->config, ==, "{\"zone\":\"UTC\"}");
  undo (f);
  g_assert_cmpuint (f->canvas->entries->len, ==, 3);
}

static gboolean
has_result (Fixture *f, gconstpointer result)
{
  return *(GAsyncResult *const *) result != NULL;
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
keep_value (Fixture *f, const char *tile_id, const char *json)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tn_store_kv_set_async (f->store, TN_KV_TILE, tile_id, "items", json, NULL, take_result_cb, &result);
  wait_for (f, has_result, &result);
  tn_store_kv_set_finish (f->store, result, &error);
  g_assert_no_error (error);
}

static char *
get_value (Fixture *f, const char *tile_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *json;

  tn_store_kv_get_async (f->store, TN_KV_TILE, tile_id, "items", NULL, take_result_cb, &result);
  wait_for (f, has_result, &result);
  json = tn_store_kv_get_finish (f->store, result, &error);
  g_assert_no_error (error);
  return json;
}

/* Each copy has what its original keeps. */
static void
test_duplicate_filled (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) tiles = NULL;
  guint n_filled = 0;

  keep_value (f, "a", "[\"milk\"]");
  keep_value (f, "far", "[\"milk\"]");
  select_two (f);
  tn_canvas_duplicate_selected (f->canvas);
  settle (f);
  tiles = tn_canvas_list_tiles (f->canvas, FALSE);
  g_assert_cmpuint (tiles->len, ==, 5);
  for (guint i = 0; i < tiles->len; i++)
    {
      g_autofree char *json = get_value (f, tn_tile_get_id (g_ptr_array_index (tiles, i)));

      n_filled += g_strcmp0 (json, "[\"milk\"]") == 0;
    }
  g_assert_cmpuint (n_filled, ==, 4);
}

static void
test_rename (Fixture *f, gconstpointer data)
{
  g_signal_emit_by_name (find (f, "a"), "rename", "Kitchen");
  settle (f);
  g_assert_cmpstr (tn_tile_get_title (find (f, "a")), ==, "Kitchen");
  assert_did (f, "tile.rename");
  g_signal_emit_by_name (find (f, "a"), "rename", "");
  settle (f);
  g_assert_cmpstr (tn_tile_get_title (find (f, "a")), ==, "Clock");
  assert_at (f, "a", 0, 0, 3, 3);
}

static void
test_tidy (Fixture *f, gconstpointer data)
{
  tn_canvas_tidy (f->canvas);
  assert_at (f, "far", 0, 3, 3, 3);
  settle (f);
  assert_at (f, "far", 0, 3, 3, 3);
  assert_did (f, "canvas.tidy");
  tn_canvas_tidy (f->canvas);
  settle (f);
  g_assert_cmpuint (n_operations (f), ==, 1);
}

static void
test_policy (Fixture *f, gconstpointer data)
{
  tn_canvas_set_policy (f->canvas, TN_GRID_COMPACT);
  settle (f);
  g_assert_cmpint (tn_canvas_get_policy (f->canvas), ==, TN_GRID_COMPACT);
  assert_at (f, "far", 0, 3, 3, 3);
  assert_did (f, "canvas.policy");
  undo (f);
  g_assert_cmpint (tn_canvas_get_policy (f->canvas), ==, TN_GRID_PUSH);
  assert_at (f, "far", 0, 40, 3, 3);
}

static void
fail_cb (guint *n, const char *message)
{
  (*n)++;
}

static void
test_locked_canvas (Fixture *f, gconstpointer data)
{
  guint n_failed = 0;

  g_signal_connect_swapped (f->canvas, "failed", G_CALLBACK (fail_cb), &n_failed);
  tn_canvas_select_all (f->canvas);
  tn_canvas_set_locked (f->canvas, TRUE);
  settle (f);
  g_assert_true (tn_canvas_get_record (f->canvas)->locked);
  g_assert_cmpuint (n_selected (f), ==, 0);
  tn_canvas_tidy (f->canvas);
  tn_canvas_remove_tile (f->canvas, find (f, "a"));
  tn_canvas_set_policy (f->canvas, TN_GRID_FREE);
  settle (f);
  g_assert_cmpuint (n_failed, ==, 3);
  assert_did (f, "canvas.lock");
  tn_canvas_set_locked (f->canvas, FALSE);
  settle (f);
  g_assert_false (tn_canvas_get_record (f->canvas)->locked);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  fixture_add ("/together/toggle", test_toggle);
  fixture_add ("/together/survives", test_survives);
  fixture_add ("/together/marquee", test_marquee);
  fixture_add ("/together/marquee-scrolled", test_marquee_scrolled);
  fixture_add ("/together/align", test_align);
  fixture_add ("/together/align-nothing", test_align_nothing);
  fixture_add ("/together/distribute", test_distribute);
  fixture_add ("/together/lock-and-remove", test_lock_and_remove);
  fixture_add ("/together/duplicate", test_duplicate);
  fixture_add ("/together/duplicate-filled", test_duplicate_filled);
  fixture_add ("/together/rename", test_rename);
  fixture_add ("/together/tidy", test_tidy);
  fixture_add ("/together/policy", test_policy);
  fixture_add ("/together/locked-canvas", test_locked_canvas);
  return g_test_run ();
}
