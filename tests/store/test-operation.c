/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

/* Doing, taking back, doing again. */

static void
set_up (FixtureDb *f, gconstpointer data)
{
  fixture_set_up (f, data);
  fixture_add_canvas (f->db, "c");
  fixture_add_tile (f->db, "c", "todo", 0, 0);
  fixture_add_tile (f->db, "c", "clock", 4, 0);
}

static void
reopen (FixtureDb *f)
{
  tn_db_close (f->db);
  f->db = fixture_open_expecting (f->folder, TN_STORE_OPENED);
}

static void
undo (FixtureDb *f, const char *kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnOperation) operation = tn_db_undo (f->db, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (tn_operation_get_kind (operation), ==, kind);
}

static void
redo (FixtureDb *f, const char *kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnOperation) operation = tn_db_redo (f->db, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (tn_operation_get_kind (operation), ==, kind);
}

static void
assert_refused (FixtureDb *f, TnOperation *operation, TnStoreErrorCode code)
{
  g_autofree char *before = fixture_dump (f->folder), *after = NULL;
  g_autofree char *history_before = fixture_sql (f->folder, "SELECT count (*) || sum (undone) FROM operation");
  g_autofree char *history_after = NULL;
  g_auto (GStrv) touched = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (tn_db_apply (f->db, operation, &error));
  g_assert_error (error, TN_STORE_ERROR, (int) code);
  after = fixture_dump (f->folder);
  g_assert_cmpstr (after, ==, before);
  history_after = fixture_sql (f->folder, "SELECT count (*) || sum (undone) FROM operation");
  g_assert_cmpstr (history_after, ==, history_before);
  touched = tn_db_take_touched (f->db);
  g_assert_cmpuint (g_strv_length (touched), ==, 0);
}

static void
test_move (FixtureDb *f, gconstpointer data)
{
  g_autofree char *before = fixture_dump (f->folder), *after = NULL, *undone = NULL, *redone = NULL;
  g_autoptr (TnOperation) operation = NULL;

  fixture_move (f->db, "c", "todo", 7, 3);
  after = fixture_dump (f->folder);
  g_assert_cmpstr (after, !=, before);
  g_assert_true (tn_db_can_undo (f->db));
  g_assert_false (tn_db_can_redo (f->db));

  operation = tn_db_undo (f->db, NULL);
  g_assert_cmpstr (tn_operation_get_kind (operation), ==, "tile.move");
  g_assert_cmpstr (tn_operation_get_canvas_id (operation), ==, "c");
  g_assert_cmpstr (tn_operation_get_subject (operation), ==, "todo");
  undone = fixture_dump (f->folder);
  g_assert_cmpstr (undone, ==, before);
  g_assert_true (tn_db_can_redo (f->db));

  reopen (f);
  g_assert_true (tn_db_can_redo (f->db));
  redo (f, "tile.move");
  redone = fixture_dump (f->folder);
  g_assert_cmpstr (redone, ==, after);
  g_assert_false (tn_db_can_redo (f->db));
}

static void
test_to_the_ends (FixtureDb *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tn_db_redo (f->db, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  undo (f, "tile.add");
  undo (f, "tile.add");
  /* A canvas stays. */
  g_assert_false (tn_db_can_undo (f->db));
  g_assert_null (tn_db_undo (f->db, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND);
  redo (f, "tile.add");
  redo (f, "tile.add");
  g_assert_false (tn_db_can_redo (f->db));
}

static void
test_another_way (FixtureDb *f, gconstpointer data)
{
  g_autofree char *count = NULL;

  fixture_move (f->db, "c", "todo", 8, 8);
  fixture_move (f->db, "c", "todo", 9, 9);
  undo (f, "tile.move");
  undo (f, "tile.move");
  fixture_move (f->db, "c", "clock", 1, 5);
  g_assert_false (tn_db_can_redo (f->db));
  count = fixture_sql (f->folder, "SELECT count (*) FROM operation");
  g_assert_cmpstr (count, ==, "4\n");
  undo (f, "tile.move");
  undo (f, "tile.add");
}

static void
test_remove_tile (FixtureDb *f, gconstpointer data)
{
  g_autoptr (TnOperation) place = tn_operation_new ("tile.move", "c", "todo");
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.remove", "c", "Todo");
  g_autofree char *before = NULL, *after = NULL, *undone = NULL, *kv = NULL, *state = NULL;

  tn_operation_put_place (place, "todo", "narrow", 0, 9, 1, 1);
  g_assert_true (tn_db_apply (f->db, place, NULL));
  g_assert_true (tn_db_kv_set (f->db, TN_KV_TILE, "todo", "items", "[1]", NULL));
  g_assert_true (tn_db_save_state (f->db, "todo", "{}", NULL));
  before = fixture_dump (f->folder);

  tn_operation_delete_tile (operation, "todo");
  g_assert_true (tn_db_apply (f->db, operation, NULL));
  after = fixture_sql (f->folder, "SELECT id FROM tile UNION ALL SELECT tile_id || layout FROM place");
  g_assert_cmpstr (after, ==, "clock\nclockwide\n");
  /* What the app kept waits for the tile to come back. */
  kv = tn_db_kv_get (f->db, TN_KV_TILE, "todo", "items", NULL);
  g_assert_cmpstr (kv, ==, "[1]");
  state = tn_db_load_state (f->db, "todo", NULL);
  g_assert_cmpstr (state, ==, "{}");

  reopen (f);
  undo (f, "tile.remove");
  undone = fixture_dump (f->folder);
  g_assert_cmpstr (undone, ==, before);
}

static void
test_remove_canvas (FixtureDb *f, gconstpointer data)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("canvas.delete", "c", "Home");
  g_autofree char *before = NULL, *after = NULL, *undone = NULL, *again = NULL;

  fixture_add_canvas (f->db, "other");
  fixture_add_tile (f->db, "other", "notes", 0, 0);
  before = fixture_dump (f->folder);
  tn_operation_delete_canvas (operation, "c");
  g_assert_true (tn_db_apply (f->db, operation, NULL));
  after = fixture_dump (f->folder);
  g_assert_null (strstr (after, "\"todo\""));
  g_assert_null (strstr (after, "\"clock\""));
  g_assert_nonnull (strstr (after, "\"notes\""));
  undo (f, "canvas.delete");
  undone = fixture_dump (f->folder);
  g_assert_cmpstr (undone, ==, before);
  redo (f, "canvas.delete");
  again = fixture_dump (f->folder);
  g_assert_cmpstr (again, ==, after);
}

/* The same row twice in one operation: the inverse has to go backwards. */
static void
test_one_row_twice (FixtureDb *f, gconstpointer data)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.replace", "c", "Todo");
  g_autoptr (TnTileRecord) record = tn_tile_record_new ("todo", "c", "k", "other.app");
  g_autofree char *before = fixture_dump (f->folder), *after = NULL, *undone = NULL, *redone = NULL;

  tn_operation_delete_tile (operation, "todo");
  tn_operation_put_tile (operation, record);
  tn_operation_put_place (operation, "todo", TN_LAYOUT_WIDE, 2, 2, 3, 3);
  tn_operation_put_place (operation, "todo", TN_LAYOUT_WIDE, 5, 5, 3, 3);
  g_assert_true (tn_db_apply (f->db, operation, NULL));
  after = fixture_dump (f->folder);
  undo (f, "tile.replace");
  undone = fixture_dump (f->folder);
  g_assert_cmpstr (undone, ==, before);
  redo (f, "tile.replace");
  redone = fixture_dump (f->folder);
  g_assert_cmpstr (redone, ==, after);
}

static void
test_nothing_changes (FixtureDb *f, gconstpointer data)
{
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.move", "c", "todo");

  fixture_move (f->db, "c", "todo", 8, 8);
  undo (f, "tile.move");
  tn_operation_put_place (operation, "todo", TN_LAYOUT_WIDE, 0, 0, 2, 2);
  g_assert_true (tn_db_apply (f->db, operation, NULL));
  /* A drag that ends where it began takes nothing away. */
  g_assert_true (tn_db_can_redo (f->db));
  redo (f, "tile.move");
}

static void
test_refused (FixtureDb *f, gconstpointer data)
{
  static const struct
  {
    int x, y, w, h;
  } places[] = { { -1, 0, 1, 1 }, { 0, -1, 1, 1 }, { 0, 0, 0, 1 }, { 0, 0, 1, 0 }, { 0, 0, -5, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (TnOperation) operation = tn_operation_new ("tile.move", "c", "two");

      tn_operation_put_place (operation, "clock", TN_LAYOUT_WIDE, 9, 9, 2, 2);
      tn_operation_put_place (operation, "todo", TN_LAYOUT_WIDE, places[i].x, places[i].y, places[i].w, places[i].h);
      assert_refused (f, operation, TN_STORE_ERROR_INVALID);
    }
}

static void
test_refused_strangers (FixtureDb *f, gconstpointer data)
{
  g_autoptr (TnOperation) place = tn_operation_new ("tile.move", "c", "?");
  g_autoptr (TnOperation) tile = tn_operation_new ("tile.add", "nowhere", "?");
  g_autoptr (TnOperation) remove = tn_operation_new ("tile.remove", "c", "?");
  g_autoptr (TnOperation) remove_canvas = tn_operation_new ("canvas.delete", "nowhere", "?");
  g_autoptr (TnTileRecord) record = tn_tile_record_new ("t", "nowhere", "k", "i");

  tn_operation_put_place (place, "nobody", TN_LAYOUT_WIDE, 0, 0, 1, 1);
  assert_refused (f, place, TN_STORE_ERROR_INVALID);
  tn_operation_put_tile (tile, record);
  assert_refused (f, tile, TN_STORE_ERROR_INVALID);
  tn_operation_put_place (remove, "todo", TN_LAYOUT_WIDE, 9, 9, 1, 1);
  tn_operation_delete_tile (remove, "nobody");
  assert_refused (f, remove, TN_STORE_ERROR_NOT_FOUND);
  tn_operation_delete_canvas (remove_canvas, "nowhere");
  assert_refused (f, remove_canvas, TN_STORE_ERROR_NOT_FOUND);
}

static void
test_refused_settings (FixtureDb *f, gconstpointer data)
{
  static const char *const configs[] = { "", "[]", "1", "{", "{} {}", "null", "{\"a\": \"\xff\"}" };

  for (gsize i = 0; i < G_N_ELEMENTS (configs); i++)
    {
      g_autoptr (TnOperation) operation = tn_operation_new ("tile.settings", "c", "Todo");
      g_autoptr (TnTileRecord) record = tn_tile_record_new ("todo", "c", "k", "i");

      record->config = g_strdup (configs[i]);
      tn_operation_put_tile (operation, record);
      g_test_message ("settings %zu", i);
      assert_refused (f, operation, TN_STORE_ERROR_INVALID);
    }
}

static void
test_refused_limits (FixtureDb *f, gconstpointer data)
{
  for (int i = 0; i < 4; i++)
    {
      g_autoptr (TnOperation) operation = tn_operation_new ("tile.settings", "c", "Todo");
      g_autoptr (TnTileRecord) record = tn_tile_record_new ("todo", "c", "k", "i");
      int *const limits[] = { &record->min_w, &record->min_h, &record->max_w, &record->max_h };

      *limits[i] = -1;
      tn_operation_put_tile (operation, record);
      assert_refused (f, operation, TN_STORE_ERROR_INVALID);
    }
}

/* Rows that somebody changed past the operations must not be written over. */
static void
test_changed_since (FixtureDb *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL, *done = NULL;
  g_autoptr (TnOperation) operation = tn_operation_new ("tile.move", "c", "“Todo” and Clock");

  tn_operation_put_place (operation, "todo", TN_LAYOUT_WIDE, 1, 6, 2, 2);
  tn_operation_put_place (operation, "clock", TN_LAYOUT_WIDE, 4, 6, 2, 2);
  g_assert_true (tn_db_apply (f->db, operation, NULL));
  done = fixture_sql (f->folder, "UPDATE place SET w = 3 WHERE tile_id = 'todo'");
  before = fixture_dump (f->folder);

  g_assert_null (tn_db_undo (f->db, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "“Todo” and Clock"));
  after = fixture_dump (f->folder);
  g_assert_cmpstr (after, ==, before);
  g_assert_true (tn_db_can_undo (f->db));
  g_assert_false (tn_db_can_redo (f->db));
}

static void
test_gone_since (FixtureDb *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *done = NULL, *back = NULL;

  fixture_move (f->db, "c", "todo", 5, 5);
  undo (f, "tile.move");
  done = fixture_sql (f->folder, "DELETE FROM place WHERE tile_id = 'todo'");
  g_assert_null (tn_db_redo (f->db, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_INVALID);
  g_clear_error (&error);

  /* The other way round: where there was nothing, something is. */
  back = fixture_sql (f->folder, "UPDATE operation SET undone = 1 WHERE kind = 'tile.add'");
  g_assert_null (tn_db_redo (f->db, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_INVALID);
}

/* A row that hangs on what would go away. */
static void
test_still_in_use (FixtureDb *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *done
    = fixture_sql (f->folder, "INSERT INTO place (tile_id, layout, x, y, w, h) VALUES ('clock', 'narrow', 0, 0, 1, 1)");
  g_autofree char *before = fixture_dump (f->folder), *after = NULL;

  g_assert_null (tn_db_undo (f->db, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_INVALID);
  after = fixture_dump (f->folder);
  g_assert_cmpstr (after, ==, before);
}

static void
test_unreadable_history (FixtureDb *f, gconstpointer data)
{
  static const char *const changes[] = {
    "entity = 'tile', after = 'not json'",
    "entity = 'sqlite_schema', after = '{}'",
    "entity = '', before = NULL, after = NULL",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE change SET %s WHERE seq = 3", changes[i]);
      g_autofree char *done = fixture_sql (f->folder, sql), *before = fixture_dump (f->folder), *after = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_null (tn_db_undo (f->db, &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == TN_STORE_ERROR);
      after = fixture_dump (f->folder);
      g_assert_cmpstr (after, ==, before);
    }
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (FixtureDb *f, gconstpointer data);
  } tests[] = {
    { "/store/operation/move", test_move },
    { "/store/operation/to-the-ends", test_to_the_ends },
    { "/store/operation/another-way", test_another_way },
    { "/store/operation/remove-tile", test_remove_tile },
    { "/store/operation/remove-canvas", test_remove_canvas },
    { "/store/operation/one-row-twice", test_one_row_twice },
    { "/store/operation/nothing-changes", test_nothing_changes },
    { "/store/operation/refused", test_refused },
    { "/store/operation/refused-strangers", test_refused_strangers },
    { "/store/operation/refused-settings", test_refused_settings },
    { "/store/operation/refused-limits", test_refused_limits },
    { "/store/operation/changed-since", test_changed_since },
    { "/store/operation/gone-since", test_gone_since },
    { "/store/operation/still-in-use", test_still_in_use },
    { "/store/operation/unreadable-history", test_unreadable_history },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, FixtureDb, NULL, set_up, tests[i].run, fixture_tear_down);
  return g_test_run ();
}
