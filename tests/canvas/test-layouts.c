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
load (Fixture *fixture)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_canvas_record_free);

  for (int class = 0; class < TN_N_WIDTHS; class ++)
    {
      TnCanvasRecord *record = tn_db_load_canvas (fixture->db, CANVAS, tn_width_class_layout (class), NULL);

      g_assert_nonnull (record);
      g_ptr_array_add (records, record);
    }
  return tn_layouts_new (records, NULL);
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

  g_assert_true (tn_grid_solve (tn_width_class_columns (class), tn_layouts_get (layouts, class), n, &gesture,
                                TN_GRID_PUSH, result));
  tn_layouts_put (layouts, operation, class, result, n);
  tn_db_apply (fixture->db, operation, &error);
  g_assert_no_error (error);
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
  tn_layouts_put_new (second, operation, TN_WIDTH_WIDE, tile, NULL, NULL, 0);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/layouts/derived", Fixture, NULL, set_up, test_derived, tear_down);
  g_test_add ("/layouts/each-width-keeps-its-own", Fixture, NULL, set_up, test_each_width_keeps_its_own, tear_down);
  g_test_add ("/layouts/own-does-not-follow", Fixture, NULL, set_up, test_own_layout_does_not_follow, tear_down);
  g_test_add ("/layouts/new-tile", Fixture, NULL, set_up, test_new_tile_in_every_width, tear_down);
  g_test_add ("/layouts/undo", Fixture, NULL, set_up, test_undo_takes_a_width_back, tear_down);
  return g_test_run ();
}
