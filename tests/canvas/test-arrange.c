/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person does to layouts over time, against a real database: add here, move there, in windows of any width. */
#include "tn-layouts.h"

#include "tn-db.h"
#include "tn-paths.h"

#define CANVAS "home"
#define ROUNDS 60

typedef struct
{
  char *folder;
  TnDb *db;
  TnCatalogue *catalogue;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *apps = g_build_filename (tn_paths_data_dir (), "apps", NULL);
  g_autoptr (TnCanvasRecord) canvas = tn_canvas_record_new (CANVAS, "Home");
  g_autoptr (TnOperation) operation = tn_operation_new ("canvas.create", CANVAS, "Home");
  g_autoptr (GError) error = NULL;

  f->folder = g_dir_make_tmp ("arrange-XXXXXX", &error);
  g_assert_no_error (error);
  f->db = tn_db_open (f->folder, TN_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  f->catalogue = tn_catalogue_new ();
  g_assert_cmpint (tn_catalogue_add_folder (f->catalogue, TN_SOURCE_BUNDLED, apps, &error), >, 0);
  tn_operation_put_canvas (operation, canvas);
  g_assert_true (tn_db_apply (f->db, operation, &error));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", f->folder);

  tn_db_close (f->db);
  g_object_unref (f->catalogue);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (f->folder);
}

static TnLayouts *
load (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnCanvasRecord) record = tn_db_load_canvas (f->db, CANVAS, TN_LAYOUT_WIDE, &error);

  g_assert_no_error (error);
  return tn_layouts_new (record, NULL, f->catalogue);
}

static void
apply (Fixture *f, TnOperation *operation)
{
  g_autoptr (GError) error = NULL;

  tn_db_apply (f->db, operation, &error);
  g_assert_no_error (error);
}

static TnApp *
app_named (Fixture *f, const char *name)
{
  g_autofree char *id = g_strconcat ("com.tokennexus.", name, NULL);
  TnApp *app = tn_catalogue_find_id (f->catalogue, id);

  g_assert_nonnull (app);
  return app;
}

static TnTileRecord *
new_tile (TnApp *app, const char *id)
{
  return tn_tile_record_new (id, CANVAS, tn_app_get_key (app), tn_app_get_id (app));
}

/* Straight into the store, as another program might. */
static void
put (Fixture *f, const char *id, int x, int y, int w, int h)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.add", CANVAS, id);
  g_autoptr (TnTileRecord) tile = new_tile (app_named (f, "clock"), id);

  tile->x = x;
  tile->y = y;
  tile->w = w;
  tile->h = h;
  tn_operation_put_tile (operation, tile);
  apply (f, operation);
}

static const TnPlacement *
find (TnLayouts *layouts, TnWidthClass class, const char *id)
{
  for (gsize i = 0; i < tn_layouts_get_n (layouts); i++)
    if (g_strcmp0 (tn_layouts_get (layouts, class)[i].id, id) == 0)
      return &tn_layouts_get (layouts, class)[i];
  g_assert_not_reached ();
}

static void
assert_at (const TnPlacement *place, int x, int y, int w, int h)
{
  g_assert_cmpint (place->x, ==, x);
  g_assert_cmpint (place->y, ==, y);
  g_assert_cmpint (place->w, ==, w);
  g_assert_cmpint (place->h, ==, h);
}

static void
assert_valid (TnLayouts *layouts)
{
  for (TnWidthClass class = TN_WIDTH_WIDE; class < TN_N_WIDTHS; class ++)
    {
      g_assert_true (
        tn_grid_is_valid (tn_width_class_columns (class), tn_layouts_get (layouts, class), tn_layouts_get_n (layouts)));
      for (gsize i = 0; i < tn_layouts_get_n (layouts); i++)
        g_assert_cmpstr (tn_layouts_get (layouts, class)[i].id, ==, tn_layouts_get_tile (layouts, i)->id);
    }
}

/* A tile that came after the person arranged a width is found a place there, and moves no other. */
static void
test_newcomer_in_arranged_width (Fixture *f, gconstpointer data)
{
  g_autoptr (TnOperation) edit = tn_operation_new ("tile.move", CANVAS, "a");
  g_autoptr (TnLayouts) layouts = NULL, after = NULL;
  TnPlacement place;

  put (f, "a", 0, 0, 6, 3);
  layouts = load (f);
  place = *tn_layouts_get (layouts, TN_WIDTH_NARROW);
  place.x = 2;
  tn_layouts_put (layouts, edit, TN_WIDTH_NARROW, &place, 1);
  apply (f, edit);
  put (f, "b", 0, 3, 6, 3);
  after = load (f);
  assert_at (find (after, TN_WIDTH_NARROW, "a"), 2, 0, 2, 3);
  assert_at (find (after, TN_WIDTH_NARROW, "b"), 0, 0, 2, 3);
  assert_valid (after);
}

/* Another program moves a tile meanwhile: a change of a second one must not take that back. */
static void
test_only_what_changed_is_put (Fixture *f, gconstpointer data)
{
  g_autoptr (TnOperation) theirs = tn_operation_new ("tile.move", CANVAS, "a");
  g_autoptr (TnOperation) ours = tn_operation_new ("tile.move", CANVAS, "b");
  g_autoptr (TnLayouts) layouts = NULL, after = NULL;
  TnPlacement places[2];

  put (f, "a", 0, 0, 3, 3);
  put (f, "b", 3, 0, 3, 3);
  layouts = load (f);
  memcpy (places, tn_layouts_get (layouts, TN_WIDTH_WIDE), sizeof places);
  places[1].x = 9;
  tn_operation_put_place (theirs, "a", TN_LAYOUT_WIDE, 0, 8, 3, 3);
  apply (f, theirs);
  tn_layouts_put (layouts, ours, TN_WIDTH_WIDE, places, 2);
  apply (f, ours);
  after = load (f);
  assert_at (find (after, TN_WIDTH_WIDE, "a"), 0, 8, 3, 3);
  assert_at (find (after, TN_WIDTH_WIDE, "b"), 9, 0, 3, 3);
}

/* What lies over another in the store is shown beside it, and stored so with the next change. */
static void
test_overlap_is_mended (Fixture *f, gconstpointer data)
{
  g_autoptr (TnOperation) edit = tn_operation_new ("tile.move", CANVAS, "c");
  g_autoptr (TnLayouts) layouts = NULL;
  g_autoptr (TnCanvasRecord) stored = NULL;
  TnPlacement places[3];

  put (f, "a", 0, 0, 4, 4);
  put (f, "b", 1, 1, 4, 4);
  put (f, "c", 8, 0, 2, 2);
  layouts = load (f);
  assert_valid (layouts);
  memcpy (places, tn_layouts_get (layouts, TN_WIDTH_WIDE), sizeof places);
  for (int i = 0; i < 3; i++)
    if (g_str_equal (places[i].id, "c"))
      places[i].x = 10;
  tn_layouts_put (layouts, edit, TN_WIDTH_WIDE, places, 3);
  apply (f, edit);

  stored = tn_db_load_canvas (f->db, CANVAS, TN_LAYOUT_WIDE, NULL);
  for (guint i = 0; i < stored->tiles->len; i++)
    {
      TnTileRecord *tile = g_ptr_array_index (stored->tiles, i);

      places[i] = (TnPlacement){ .id = tile->id, .x = tile->x, .y = tile->y, .w = tile->w, .h = tile->h };
    }
  g_assert_true (tn_grid_is_valid (12, places, 3));
}

static void
test_least_size (Fixture *f, gconstpointer data)
{
  TnApp *app = app_named (f, "calendar");
  g_autoptr (TnLayouts) layouts = NULL;
  int w, h;

  tn_manifest_get_min_size (tn_app_get_manifest (app), &w, &h);
  for (TnWidthClass class = TN_WIDTH_WIDE; class < TN_N_WIDTHS; class ++)
    {
      TnPlacement place = tn_layouts_size_app (app, class);

      g_assert_cmpint (place.min_w, ==, MIN (w, tn_width_class_columns (class)));
      g_assert_cmpint (place.min_h, ==, h);
      g_assert_cmpint (place.w, >=, place.min_w);
      g_assert_cmpint (place.w, <=, tn_width_class_columns (class));
    }
  put (f, "a", 0, 0, 1, 1);
  layouts = load (f);
  tn_manifest_get_min_size (tn_app_get_manifest (app_named (f, "clock")), &w, &h);
  g_assert_cmpint (find (layouts, TN_WIDTH_WIDE, "a")->w, ==, w);
  g_assert_cmpint (find (layouts, TN_WIDTH_WIDE, "a")->h, ==, h);
}

static void
add_somewhere (Fixture *f, TnLayouts *layouts, const char *id, TnWidthClass class, gboolean chosen)
{
  TnApp *app = app_named (f, "todo");
  g_autoptr (TnTileRecord) tile = new_tile (app, id);
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.add", CANVAS, id);
  g_autoptr (GPtrArray) tiles = g_ptr_array_new ();
  gsize n = tn_layouts_get_n (layouts);
  g_autofree TnPlacement *places = g_new (TnPlacement, n + 1);
  TnPlacement sizes[TN_N_WIDTHS];

  for (int each = 0; each < TN_N_WIDTHS; each++)
    sizes[each] = tn_layouts_size_app (app, each);
  g_ptr_array_add (tiles, tile);
  if (n > 0)
    memcpy (places, tn_layouts_get (layouts, class), n * sizeof *places);
  places[n] = sizes[class];
  places[n].id = "new";
  places[n].x = 0;
  places[n].y = tn_grid_rows (places, n) + 2;
  if (chosen)
    tn_layouts_put_new_at (layouts, operation, class, tile, sizes, places, n + 1);
  else
    tn_layouts_put_new (layouts, operation, tiles, sizes);
  apply (f, operation);
}

static void
test_add_in_free_place (Fixture *f, gconstpointer data)
{
  g_autoptr (TnLayouts) layouts = NULL, after = NULL;
  TnPlacement size = tn_layouts_size_app (app_named (f, "todo"), TN_WIDTH_WIDE);

  put (f, "a", 0, 0, 5, 8);
  layouts = load (f);
  add_somewhere (f, layouts, "t", TN_WIDTH_NARROW, FALSE);
  after = load (f);
  assert_at (find (after, TN_WIDTH_WIDE, "t"), 5, 0, size.w, size.h);
  assert_valid (after);
}

/* Dropped into the narrow layout, it is where it was dropped, and has a place in the wide one too. */
static void
test_add_in_chosen_place (Fixture *f, gconstpointer data)
{
  g_autoptr (TnLayouts) layouts = NULL, after = NULL;

  put (f, "a", 0, 0, 6, 3);
  layouts = load (f);
  add_somewhere (f, layouts, "t", TN_WIDTH_NARROW, TRUE);
  after = load (f);
  g_assert_cmpint (find (after, TN_WIDTH_NARROW, "t")->y, ==, 5);
  g_assert_cmpint (find (after, TN_WIDTH_NARROW, "a")->y, ==, 0);
  g_assert_cmpint (find (after, TN_WIDTH_WIDE, "t")->x, ==, 6);
  g_assert_cmpint (find (after, TN_WIDTH_WIDE, "t")->y, ==, 0);
  assert_valid (after);
}

static void
move_one (Fixture *f, TnLayouts *layouts, TnWidthClass class)
{
  gsize n = tn_layouts_get_n (layouts);
  const TnPlacement *before = tn_layouts_get (layouts, class);
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.move", CANVAS, "some");
  g_autoptr (TnLayouts) after = NULL;
  g_autofree TnPlacement *result = g_new (TnPlacement, n);
  TnGridGesture gesture = { before[g_test_rand_int_range (0, n)].id, TN_GRID_EDGE_NONE, g_test_rand_int_range (-6, 7),
                            g_test_rand_int_range (-6, 7) };

  tn_grid_solve (tn_width_class_columns (class), before, n, &gesture, TN_GRID_PUSH, result);
  tn_layouts_put (layouts, operation, class, result, n);
  apply (f, operation);
  after = load (f);
  for (gsize i = 0; i < n; i++)
    {
      const TnPlacement *wide = find (layouts, TN_WIDTH_WIDE, result[i].id);

      assert_at (find (after, class, result[i].id), result[i].x, result[i].y, result[i].w, result[i].h);
      if (class != TN_WIDTH_WIDE)
        assert_at (find (after, TN_WIDTH_WIDE, wide->id), wide->x, wide->y, wide->w, wide->h);
    }
}

/* Whatever is added and moved in whatever width: every layout is valid, a change is read back as it was made, and the
 * wide layout never changes with another. */
static void
test_random_life (Fixture *f, gconstpointer data)
{
  for (int round = 0; round < ROUNDS; round++)
    {
      g_autoptr (TnLayouts) layouts = load (f);
      TnWidthClass class = g_test_rand_int_range (0, TN_N_WIDTHS);
      gsize n = tn_layouts_get_n (layouts);
      g_autofree char *id = g_strdup_printf ("t%d", round);

      g_test_message ("round %d, %s, %zu tiles", round, tn_width_class_layout (class), n);
      assert_valid (layouts);
      if (n < 3 || g_test_rand_int_range (0, 4) == 0)
        add_somewhere (f, layouts, id, class, g_test_rand_bit ());
      else
        move_one (f, layouts, class);
    }
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/arrange/newcomer-in-arranged-width", test_newcomer_in_arranged_width);
  add ("/arrange/only-what-changed-is-put", test_only_what_changed_is_put);
  add ("/arrange/overlap-is-mended", test_overlap_is_mended);
  add ("/arrange/least-size", test_least_size);
  add ("/arrange/add-in-free-place", test_add_in_free_place);
  add ("/arrange/add-in-chosen-place", test_add_in_chosen_place);
  add ("/arrange/random-life", test_random_life);
  return g_test_run ();
}
