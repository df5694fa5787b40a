/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-db.h"
#include "tn-layouts.h"

#include <glib/gstdio.h>

#define CANVAS "home"

/* The layouts of a canvas that a real store keeps: what is put is read back. */
typedef struct
{
  char *folder;
  TnDb *db;
} Fixture;

static TnTileRecord *
new_tile (const char *id, const char *layout, int x, int y, int w, int h)
{
  TnTileRecord *tile = tn_tile_record_new (id, CANVAS, "key", "com.example.app");

  g_free (tile->layout);
  tile->layout = g_strdup (layout);
  tile->x = x;
  tile->y = y;
  tile->w = w;
  tile->h = h;
  return tile;
}

static void
put_tile (TnOperation *operation, const char *id, int x, int y, int w, int h)
{
  g_autoptr (TnTileRecord) tile = new_tile (id, TN_LAYOUT_WIDE, x, y, w, h);

  tn_operation_put_tile (operation, tile);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnOperation) operation = tn_operation_new ("canvas.create", CANVAS, "Home");
  g_autoptr (TnCanvasRecord) canvas = tn_canvas_record_new (CANVAS, "Home");

  fixture->folder = g_dir_make_tmp ("tn-layouts-XXXXXX", NULL);
  fixture->db = tn_db_open (fixture->folder, TN_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  tn_operation_put_canvas (operation, canvas);
  put_tile (operation, "a", 0, 0, 6, 4);
  put_tile (operation, "b", 6, 0, 6, 4);
  put_tile (operation, "c", 0, 4, 12, 2);
  tn_db_apply (fixture->db, operation, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->folder);

  tn_db_close (fixture->db);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (fixture->folder);
}

static TnLayouts *
load_on (Fixture *fixture, const char *monitor)
{
  g_autoptr (TnCanvasRecord) record = tn_db_load_canvas (fixture->db, CANVAS, TN_LAYOUT_WIDE, NULL);

  g_assert_nonnull (record);
  return tn_layouts_new (record, monitor, NULL);
}

static TnLayouts *
load (Fixture *fixture)
{
  return load_on (fixture, NULL);
}

static const TnPlacement *
find (TnLayouts *layouts, TnWidthClass class, const char *id)
{
  const TnPlacement *places = tn_layouts_get (layouts, class);

  for (gsize i = 0; i < tn_layouts_get_n (layouts); i++)
    if (g_str_equal (places[i].id, id))
      return &places[i];
  g_assert_not_reached ();
}

static void
assert_place (TnLayouts *layouts, TnWidthClass class, const char *id, int x, int y, int w, int h)
{
  const TnPlacement *place = find (layouts, class, id);

  g_test_message ("%s in class %d: %d,%d %d×%d", id, class, place->x, place->y, place->w, place->h);
  g_assert_true (place->x == x && place->y == y && place->w == w && place->h == h);
}

/* Tiles come in reading order of the wide layout, so that the same places may come in another order. */
static gboolean
same_places (TnLayouts *first, TnLayouts *second, TnWidthClass class)
{
  for (gsize i = 0; i < tn_layouts_get_n (first); i++)
    {
      const TnPlacement *place = &tn_layouts_get (first, class)[i];

      if (!tn_layouts_same (place, find (second, class, place->id), 1))
        return FALSE;
    }
  return TRUE;
}

/* Moves @id in @class and stores what must be kept. */
static void
move (Fixture *fixture, TnLayouts *layouts, TnWidthClass class, const char *id, int dx, int dy)
{
  gsize n = tn_layouts_get_n (layouts);
  g_autofree TnPlacement *result = g_new (TnPlacement, n);
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.move", CANVAS, id);
  const TnGridGesture gesture = { .id = id, .dx = dx, .dy = dy };
  g_autoptr (GError) error = NULL;

  g_assert_true (
    tn_grid_solve (tn_width_class_columns (class), tn_layouts_get (layouts, class), n, &gesture, TN_GRID_PUSH, result));
  tn_layouts_put (layouts, operation, class, result, n);
  tn_db_apply (fixture->db, operation, &error);
  g_assert_no_error (error);
}

static const TnPlacement sizes[] = { { .w = 4, .h = 4 }, { .w = 3, .h = 4 }, { .w = 2, .h = 4 } };

/* @other: (nullable) */
static void
put_new (TnLayouts *layouts, TnOperation *operation, TnTileRecord *tile, TnTileRecord *other)
{
  g_autoptr (GPtrArray) tiles = g_ptr_array_new ();
  TnPlacement all[2 * TN_N_WIDTHS];

  memcpy (all, sizes, sizeof sizes);
  memcpy (all + TN_N_WIDTHS, sizes, sizeof sizes);
  g_ptr_array_add (tiles, tile);
  if (other != NULL)
    g_ptr_array_add (tiles, other);
  tn_layouts_put_new (layouts, operation, tiles, all);
}

static void
test_derived (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TnLayouts) layouts = load (fixture);

  assert_place (layouts, TN_WIDTH_WIDE, "a", 0, 0, 6, 4);
  assert_place (layouts, TN_WIDTH_MEDIUM, "a", 0, 0, 4, 4);
  assert_place (layouts, TN_WIDTH_MEDIUM, "b", 4, 0, 4, 4);
  assert_place (layouts, TN_WIDTH_NARROW, "c", 0, 4, 4, 2);
  for (int class = 0; class < TN_N_WIDTHS; class ++)
    g_assert_true (tn_grid_is_valid (tn_width_class_columns (class), tn_layouts_get (layouts, class), 3));
}

/* What is done in a narrow window stays there: the wide layout is not touched by it, and comes back as it was. */
static void
test_each_width_keeps_its_own (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TnLayouts) before = load (fixture);
  g_autoptr (TnLayouts) after = NULL;

  move (fixture, before, TN_WIDTH_NARROW, "a", 0, 6);
  after = load (fixture);
  g_assert_true (tn_layouts_same (tn_layouts_get (before, TN_WIDTH_WIDE), tn_layouts_get (after, TN_WIDTH_WIDE), 3));
  g_assert_true (
    tn_layouts_same (tn_layouts_get (before, TN_WIDTH_MEDIUM), tn_layouts_get (after, TN_WIDTH_MEDIUM), 3));
  g_assert_cmpint (find (after, TN_WIDTH_NARROW, "a")->y, ==, 6);
}

/* From then on the narrow layout is the person's, and does not follow the wide one any more. */
static void
test_own_layout_does_not_follow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TnLayouts) first = load (fixture);
  g_autoptr (TnLayouts) second = NULL, third = NULL;

  move (fixture, first, TN_WIDTH_NARROW, "c", 0, 20);
  second = load (fixture);
  move (fixture, second, TN_WIDTH_WIDE, "a", 0, 10);
  third = load (fixture);
  g_assert_true (same_places (second, third, TN_WIDTH_NARROW));
  g_assert_false (same_places (second, third, TN_WIDTH_MEDIUM));
}

static void
test_new_tile_in_every_width (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TnLayouts) first = load (fixture);
  g_autoptr (TnLayouts) second = NULL, third = NULL;
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.add", CANVAS, "New");
  g_autoptr (TnTileRecord) tile = new_tile ("new", TN_LAYOUT_WIDE, 0, 0, 3, 3);
  g_autoptr (GError) error = NULL;

  move (fixture, first, TN_WIDTH_NARROW, "a", 0, 6);
  second = load (fixture);
  put_new (second, operation, tile, NULL);
  tn_db_apply (fixture->db, operation, &error);
  g_assert_no_error (error);
  third = load (fixture);
  g_assert_cmpuint (tn_layouts_get_n (third), ==, 4);
  for (int class = 0; class < TN_N_WIDTHS; class ++)
    g_assert_true (tn_grid_is_valid (tn_width_class_columns (class), tn_layouts_get (third, class), 4));
  assert_place (third, TN_WIDTH_WIDE, "a", 0, 0, 6, 4);
  g_assert_cmpint (find (third, TN_WIDTH_NARROW, "a")->y, ==, 6);
}

static void
test_undo_takes_a_width_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TnLayouts) before = load (fixture);
  g_autoptr (TnLayouts) after = NULL;
  g_autoptr (TnOperation) undone = NULL;

  move (fixture, before, TN_WIDTH_NARROW, "a", 0, 6);
  undone = tn_db_undo (fixture->db, NULL);
  g_assert_nonnull (undone);
  after = load (fixture);
  for (int class = 0; class < TN_N_WIDTHS; class ++)
    g_assert_true (tn_layouts_same (tn_layouts_get (before, class), tn_layouts_get (after, class), 3));
}

static void
test_names (void)
{
  g_autofree char *home = tn_layouts_name (TN_WIDTH_WIDE, NULL);
  g_autofree char *away = tn_layouts_name (TN_WIDTH_NARROW, "DELL-1");

  g_assert_cmpstr (home, ==, "wide");
  g_assert_cmpstr (away, ==, "narrow@DELL-1");
}

/* Another monitor shows what the home one does, until the person changes something there. */
static void
test_monitor_follows_home (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TnLayouts) home = load (fixture);
  g_autoptr (TnLayouts) away = load_on (fixture, "tv");
  g_autoptr (TnLayouts) moved = NULL;

  for (int class = 0; class < TN_N_WIDTHS; class ++)
    g_assert_true (same_places (home, away, class));
  move (fixture, home, TN_WIDTH_MEDIUM, "a", 0, 7);
  moved = load_on (fixture, "tv");
  g_assert_cmpint (find (moved, TN_WIDTH_MEDIUM, "a")->y, ==, 7);
}

/* From then on each keeps its own, whatever is done in the other. */
static void
test_monitor_keeps_its_own (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TnLayouts) before = load (fixture);
  g_autoptr (TnLayouts) away = load_on (fixture, "tv");
  g_autoptr (TnLayouts) home = NULL, again = NULL, other = NULL;

  move (fixture, away, TN_WIDTH_WIDE, "c", 0, 20);
  home = load (fixture);
  for (int class = 0; class < TN_N_WIDTHS; class ++)
    g_assert_true (same_places (before, home, class));
  move (fixture, home, TN_WIDTH_WIDE, "a", 0, 10);
  again = load_on (fixture, "tv");
  assert_place (again, TN_WIDTH_WIDE, "a", 0, 0, 6, 4);
  assert_place (again, TN_WIDTH_WIDE, "c", 0, 24, 12, 2);
  /* The other classes there were not touched: they go on following home. */
  other = load (fixture);
  g_assert_true (same_places (again, other, TN_WIDTH_MEDIUM));
  g_assert_true (same_places (again, other, TN_WIDTH_NARROW));
}

/* Added on one monitor, it is found a place on all; dropped somewhere, it is there only here. */
static void
test_new_tile_on_a_monitor (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TnLayouts) away = load_on (fixture, "tv");
  g_autoptr (TnLayouts) own = NULL, after = NULL, home = NULL;
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.add", CANVAS, "New");
  g_autoptr (TnTileRecord) tile = new_tile ("new", TN_LAYOUT_WIDE, 0, 0, 3, 3);
  g_autoptr (GError) error = NULL;
  TnPlacement places[4];

  move (fixture, away, TN_WIDTH_WIDE, "c", 0, 20);
  own = load_on (fixture, "tv");
  memcpy (places, tn_layouts_get (own, TN_WIDTH_WIDE), 3 * sizeof *places);
  places[3] = (TnPlacement){ .id = "new", .x = 7, .y = 50, .w = 3, .h = 3 };
  tn_layouts_put_new_at (own, operation, TN_WIDTH_WIDE, tile, sizes, places, 4);
  tn_db_apply (fixture->db, operation, &error);
  g_assert_no_error (error);
  after = load_on (fixture, "tv");
  assert_place (after, TN_WIDTH_WIDE, "new", 7, 50, 3, 3);
  assert_place (after, TN_WIDTH_WIDE, "c", 0, 24, 12, 2);
  home = load (fixture);
  assert_place (home, TN_WIDTH_WIDE, "new", 0, 6, 4, 4);
  assert_place (home, TN_WIDTH_WIDE, "c", 0, 4, 12, 2);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Everything that is stored of a layout, as text. */
static char *
dump (Fixture *fixture, const char *layout)
{
  g_autoptr (TnCanvasRecord) record = tn_db_load_canvas (fixture->db, CANVAS, layout, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < record->tiles->len; i++)
    {
      const TnTileRecord *tile = g_ptr_array_index (record->tiles, i);

      if (g_str_equal (tile->layout, layout))
        g_ptr_array_add (lines, g_strdup_printf ("%s %d %d %d %d", tile->id, tile->x, tile->y, tile->w, tile->h));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* Tiles that come find places in every layout that is somebody's own, on a monitor out of view too, and stay there
 * whatever is done elsewhere. What is derived stays derived, and what is there already where it is. */
static void
test_new_tiles_on_monitors_out_of_view (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TnLayouts) away = load_on (fixture, "tv");
  g_autoptr (TnLayouts) before = NULL, home = NULL, after = NULL, moved = NULL;
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.send", CANVAS, "New");
  g_autoptr (TnTileRecord) first = new_tile ("first", TN_LAYOUT_WIDE, 0, 0, 1, 1);
  g_autoptr (TnTileRecord) second = new_tile ("second", TN_LAYOUT_WIDE, 0, 0, 1, 1);
  g_autofree char *stored = NULL, *derived = NULL;
  g_autoptr (GError) error = NULL;

  move (fixture, away, TN_WIDTH_NARROW, "c", 0, 20);
  before = load_on (fixture, "tv");
  home = load (fixture);
  put_new (home, operation, first, second);
  tn_db_apply (fixture->db, operation, &error);
  g_assert_no_error (error);
  after = load_on (fixture, "tv");
  for (int i = 0; i < 3; i++)
    g_assert_true (tn_layouts_same (&tn_layouts_get (before, TN_WIDTH_NARROW)[i],
                                    find (after, TN_WIDTH_NARROW, tn_layouts_get (before, TN_WIDTH_NARROW)[i].id), 1));
  g_assert_cmpint (find (after, TN_WIDTH_NARROW, "second")->w, ==, 2);
  stored = dump (fixture, "narrow@tv");
  g_assert_nonnull (strstr (stored, "first "));
  g_assert_nonnull (strstr (stored, "second "));
  derived = dump (fixture, "medium@tv");
  g_assert_cmpstr (derived, ==, "");
  move (fixture, after, TN_WIDTH_WIDE, "first", 0, 40);
  moved = load_on (fixture, "tv");
  g_assert_true (same_places (after, moved, TN_WIDTH_NARROW));
}

static void
test_limits_of_a_tile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TnTileRecord) tile = new_tile ("a", TN_LAYOUT_WIDE, 0, 0, 6, 4);
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.settings", CANVAS, "a");
  g_autoptr (TnLayouts) layouts = NULL;
  g_autoptr (GError) error = NULL;
  const TnPlacement *place;

  tile->min_w = 5;
  tile->min_h = 2;
  tile->max_w = 7;
  tile->max_h = 3;
  tn_operation_put_tile (operation, tile);
  tn_db_apply (fixture->db, operation, &error);
  g_assert_no_error (error);
  layouts = load (fixture);
  place = find (layouts, TN_WIDTH_WIDE, "a");
  g_assert_true (place->min_w == 5 && place->min_h == 2 && place->max_w == 7 && place->max_h == 3);
  g_assert_cmpint (place->h, ==, 3);
  place = find (layouts, TN_WIDTH_NARROW, "a");
  g_assert_cmpint (place->min_w, ==, 4);
  g_assert_cmpint (place->w, ==, 4);
}

static const char *const monitors[] = { NULL, "tv", "DELL-1" };

#define N_ALL (G_N_ELEMENTS (monitors) * TN_N_WIDTHS)

static void
dump_all (Fixture *fixture, char *all[N_ALL])
{
  for (guint i = 0; i < N_ALL; i++)
    {
      g_autofree char *name = tn_layouts_name (i % TN_N_WIDTHS, monitors[i / TN_N_WIDTHS]);

      all[i] = dump (fixture, name);
    }
}

/* The window goes through all widths on all monitors, any number of times: what is shown of a layout that was arranged
 * is what is stored of it, and nothing is ever stored by looking. */
static void
look_around (Fixture *fixture, char *stored[N_ALL])
{
  for (int step = 0; step < 6; step++)
    {
      guint i = g_test_rand_int_range (0, N_ALL);
      g_autofree char *name = tn_layouts_name (i % TN_N_WIDTHS, monitors[i / TN_N_WIDTHS]);
      g_autoptr (TnLayouts) layouts = load_on (fixture, monitors[i / TN_N_WIDTHS]);
      g_autoptr (TnLayouts) again = load_on (fixture, monitors[i / TN_N_WIDTHS]);
      g_autofree char *now = dump (fixture, name);
      TnWidthClass class = i % TN_N_WIDTHS;

      g_assert_cmpstr (now, ==, stored[i]);
      g_assert_true (same_places (layouts, again, class));
      g_assert_true (tn_grid_is_valid (tn_width_class_columns (class), tn_layouts_get (layouts, class), 3));
      for (gsize t = 0; *now != '\0' && t < tn_layouts_get_n (layouts); t++)
        {
          const TnPlacement *place = &tn_layouts_get (layouts, class)[t];
          g_autofree char *line = g_strdup_printf ("%s %d %d %d %d", place->id, place->x, place->y, place->w, place->h);

          g_assert_nonnull (strstr (now, line));
        }
    }
}

static void
test_never_corrupted (Fixture *fixture, gconstpointer data)
{
  char *stored[N_ALL];

  dump_all (fixture, stored);
  for (int round = 0; round < 80; round++)
    {
      guint touched = g_test_rand_int_range (0, N_ALL);
      const char *ids[] = { "a", "b", "c" };
      g_autoptr (TnLayouts) layouts = load_on (fixture, monitors[touched / TN_N_WIDTHS]);
      char *after[N_ALL];

      look_around (fixture, stored);
      move (fixture, layouts, touched % TN_N_WIDTHS, ids[g_test_rand_int_range (0, 3)], g_test_rand_int_range (-5, 6),
            g_test_rand_int_range (-5, 6));
      dump_all (fixture, after);
      for (guint i = 0; i < N_ALL; i++)
        {
          if (i != touched)
            g_assert_cmpstr (after[i], ==, stored[i]);
          g_free (stored[i]);
          stored[i] = after[i];
        }
    }
  for (guint i = 0; i < N_ALL; i++)
    g_free (stored[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/layouts/derived", Fixture, NULL, set_up, test_derived, tear_down);
  g_test_add ("/layouts/each-width-keeps-its-own", Fixture, NULL, set_up, test_each_width_keeps_its_own, tear_down);
  g_test_add ("/layouts/own-does-not-follow", Fixture, NULL, set_up, test_own_layout_does_not_follow, tear_down);
  g_test_add ("/layouts/new-tile", Fixture, NULL, set_up, test_new_tile_in_every_width, tear_down);
  g_test_add ("/layouts/undo", Fixture, NULL, set_up, test_undo_takes_a_width_back, tear_down);
  g_test_add_func ("/layouts/names", test_names);
  g_test_add ("/layouts/monitor-follows-home", Fixture, NULL, set_up, test_monitor_follows_home, tear_down);
  g_test_add ("/layouts/monitor-keeps-its-own", Fixture, NULL, set_up, test_monitor_keeps_its_own, tear_down);
  g_test_add ("/layouts/new-tiles-on-monitors-out-of-view", Fixture, NULL, set_up,
              test_new_tiles_on_monitors_out_of_view, tear_down);
  g_test_add ("/layouts/new-tile-on-a-monitor", Fixture, NULL, set_up, test_new_tile_on_a_monitor, tear_down);
  g_test_add ("/layouts/limits-of-a-tile", Fixture, NULL, set_up, test_limits_of_a_tile, tear_down);
  g_test_add ("/layouts/never-corrupted", Fixture, NULL, set_up, test_never_corrupted, tear_down);
  return g_test_run ();
}
