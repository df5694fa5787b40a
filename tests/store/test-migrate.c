/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "tn-db-private.h"

/* From version to version: with all that was in the file, the history's every moment included. */

typedef struct
{
  char *folder;
  char *backups;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_make_folder ();
  f->backups = fixture_path (f->folder, "backups");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->backups);
  fixture_remove_folder (f->folder);
}

/* With steps of the test's own after the program's. */

#define OWN_STEPS 2

static int
get_version (Fixture *f)
{
  g_autofree char *version = fixture_sql (f->folder, "PRAGMA user_version");

  return atoi (version);
}

/* Migrates to two versions after the program's newest. */
static gboolean
migrate_on (Fixture *f, TnDb *db, const char *const own[OWN_STEPS], GError **error)
{
  int known = get_version (f);
  g_autofree const char **steps = g_new0 (const char *, known + OWN_STEPS);

  for (int i = 0; i < OWN_STEPS; i++)
    steps[known + i] = own[i];
  return tn_db_migrate_along (db, steps, known + OWN_STEPS, error);
}

#define STEP "ALTER TABLE canvas ADD COLUMN colour TEXT; CREATE TABLE more (a)"

static void
put_backup_back (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->backups, 0, NULL);
  g_autofree char *backup = fixture_path (f->backups, g_dir_read_name (dir));
  g_autofree char *path = fixture_path (f->folder, "canvas.db");

  g_assert_null (g_dir_read_name (dir));
  g_assert_cmpint (g_rename (backup, path), ==, 0);
}

static void
test_steps (Fixture *f, gconstpointer data)
{
  static const char *const steps[] = { STEP, "INSERT INTO more VALUES (7)" };
  g_autofree char *value = NULL, *was = NULL;
  g_autoptr (GError) error = NULL;
  TnDb *db = fixture_open (f->folder);
  int known = get_version (f);

  fixture_add_canvas (db, "c");
  g_assert_true (migrate_on (f, db, steps, &error));
  g_assert_no_error (error);
  tn_db_close (db);
  g_assert_cmpint (get_version (f), ==, known + OWN_STEPS);
  value = fixture_sql (f->folder, "SELECT a || id || ifnull (colour, '-') FROM more, canvas");
  g_assert_cmpstr (value, ==, "7c-\n");

  /* What it was before is kept. */
  put_backup_back (f);
  tn_db_close (fixture_open_expecting (f->folder, TN_STORE_OPENED));
  was = fixture_sql (f->folder, "SELECT id FROM canvas");
  g_assert_cmpstr (was, ==, "c\n");
}

static void
test_fails (Fixture *f, gconstpointer data)
{
  static const char *const steps[] = { STEP, "CREATE TABLE third (a); INSERT INTO nowhere VALUES (1)" };
  g_autofree char *before = NULL, *after = NULL;
  TnDb *db = fixture_open (f->folder);
  int known = get_version (f);

  fixture_add_canvas (db, "c");
  before = fixture_sql (f->folder, "SELECT group_concat (sql) FROM sqlite_schema");
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (migrate_on (f, db, steps, &error));
      g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_FAILED);
      g_assert_nonnull (strstr (error->message, "nowhere"));
      g_assert_cmpint (get_version (f), ==, known);
      g_assert_cmpuint (fixture_count (f->backups, ""), ==, 0);
    }
  after = fixture_sql (f->folder, "SELECT group_concat (sql) FROM sqlite_schema");
  g_assert_cmpstr (after, ==, before);
  tn_db_close (db);
}

/* A file as the program of version 1 left it. */

static const char version_1[]
  = "CREATE TABLE canvas (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, position INTEGER NOT NULL,"
    "  locked INTEGER NOT NULL CHECK (locked IN (0, 1))) STRICT, WITHOUT ROWID;"
    "CREATE TABLE tile (id TEXT NOT NULL PRIMARY KEY,"
    "  canvas_id TEXT NOT NULL REFERENCES canvas (id) DEFERRABLE INITIALLY DEFERRED,"
    "  app_key TEXT NOT NULL, app_id TEXT NOT NULL, title TEXT,"
    "  locked INTEGER NOT NULL CHECK (locked IN (0, 1)), config TEXT) STRICT, WITHOUT ROWID;"
    "CREATE INDEX tile_by_canvas ON tile (canvas_id);"
    "CREATE TABLE place (tile_id TEXT NOT NULL REFERENCES tile (id) DEFERRABLE INITIALLY DEFERRED,"
    "  layout TEXT NOT NULL, x INTEGER NOT NULL CHECK (x >= 0), y INTEGER NOT NULL CHECK (y >= 0),"
    "  w INTEGER NOT NULL CHECK (w > 0), h INTEGER NOT NULL CHECK (h > 0),"
    "  PRIMARY KEY (tile_id, layout)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE operation (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, time INTEGER NOT NULL,"
    "  kind TEXT NOT NULL, canvas_id TEXT NOT NULL, subject TEXT NOT NULL, changes TEXT NOT NULL,"
    "  undone INTEGER NOT NULL CHECK (undone IN (0, 1))) STRICT;"
    "CREATE INDEX operation_by_undone ON operation (undone);"
    "CREATE TABLE kv (scope TEXT NOT NULL, owner TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,"
    "  PRIMARY KEY (scope, owner, key)) STRICT;"
    "CREATE TABLE event (seq INTEGER PRIMARY KEY, type TEXT NOT NULL, size INTEGER NOT NULL, json TEXT NOT NULL)"
    "  STRICT;"
    "PRAGMA user_version = 1;"
    "INSERT INTO kv VALUES ('tile', 't', 'k', '[\"é\"]');";

/* What changed: a table, the row's key, and how. Those of one operation stand together, by their kind. */
typedef struct
{
  const char *kind;
  const char *entity;
  const char *key;
  const char *layout;
  const char *sql;
} OldChange;

#define TITLE "'It''s \"q\" \\ é 🛒'||char(10, 1, 8232)"

static const OldChange old_changes[] = {
  { "canvas.create", "canvas", "c", NULL, "INSERT INTO canvas VALUES ('c', " TITLE ", 0, 0)" },
  { "canvas.create", "tile", "t", NULL, "INSERT INTO tile VALUES ('t', 'c', 'key', 'app', NULL, 0, NULL)" },
  { "canvas.create", "place", "t", "wide", "INSERT INTO place VALUES ('t', 'wide', 0, 0, 2, 2)" },
  { "tile.title", "tile", "t", NULL, "UPDATE tile SET title = " TITLE },
  { "tile.settings", "tile", "t", NULL,
    "UPDATE tile SET config = '{\"a\":[1e3,-0.0,null,\"\\u0001\\\"\"], \"b\":{}}'" },
  { "tile.lock", "tile", "t", NULL, "UPDATE tile SET locked = 1, title = NULL, config = '{}'" },
  { "tile.move", "place", "t", "wide", "UPDATE place SET x = 5" },
  { "tile.move", "place", "t", "narrow", "INSERT INTO place VALUES ('t', 'narrow', 0, 7, 1, 1)" },
  { "canvas.delete", "place", "t", "narrow", "DELETE FROM place WHERE layout = 'narrow'" },
  { "canvas.delete", "place", "t", "wide", "DELETE FROM place WHERE layout = 'wide'" },
  { "canvas.delete", "tile", "t", NULL, "DELETE FROM tile" },
  { "canvas.delete", "canvas", "c", NULL, "DELETE FROM canvas" },
  { "canvas.create again", "canvas", "d'", NULL, "INSERT INTO canvas VALUES ('d''', 'null', -2, 1)" },
};

/* As fixture_dump() shows it in this version. */
#define OLD_DUMP                                                                                                       \
  "SELECT json_array ('canvas', id, name, position, locked, 'push', NULL) FROM canvas"                                 \
  " UNION ALL SELECT json_array ('tile', id, canvas_id, app_key, app_id, title, locked, config, NULL, 0, 0, 0, 0)"     \
  " FROM tile"                                                                                                         \
  " UNION ALL SELECT json_array ('place', tile_id, layout, x, y, w, h) FROM place"                                     \
  " UNION ALL SELECT json_array ('kv', scope, owner, key, value) FROM kv ORDER BY 1"

/* What helps to play the old program; gone before the new one comes. */
static const char tools[]
  = "CREATE TABLE note (n INTEGER PRIMARY KEY, entity, key, layout, before, after);"
    "CREATE VIEW whole AS SELECT 'canvas' AS entity, id AS key, NULL AS layout,"
    "  json_object ('id', id, 'name', name, 'position', position, 'locked', locked) AS was FROM canvas"
    " UNION ALL SELECT 'tile', id, NULL, json_object ('id', id, 'canvas_id', canvas_id, 'app_key', app_key, 'app_id',"
    "  app_id, 'title', title, 'locked', locked, 'config', config) FROM tile"
    " UNION ALL SELECT 'place', tile_id, layout, json_object ('tile_id', tile_id, 'layout', layout, 'x', x, 'y', y,"
    "  'w', w, 'h', h) FROM place;";

#define NOTE_BEFORE                                                                                                    \
  "INSERT INTO note SELECT NULL, %Q, %Q, %Q, (SELECT was FROM whole WHERE entity = %Q AND key = %Q AND layout IS %Q)," \
  " NULL"
#define NOTE_AFTER                                                                                                     \
  "UPDATE note SET after = (SELECT was FROM whole WHERE entity = note.entity AND key = note.key"                       \
  "                         AND layout IS note.layout) WHERE n = (SELECT max (n) FROM note)"
#define KEEP                                                                                                           \
  "INSERT INTO operation SELECT NULL, hex (randomblob (8)), 1, %Q, 'c', '“x”', json_group_array (json_object"      \
  " ('entity', entity, 'key', json_array (key, layout), 'before', json (before), 'after', json (after))), 0"           \
  " FROM (SELECT * FROM note ORDER BY n); DELETE FROM note"

static void
run_sql (const char *folder, const char *sql)
{
  g_autofree char *path = fixture_path (folder, "canvas.db");
  sqlite3 *connection = NULL;

  g_assert_cmpint (sqlite3_open (path, &connection), ==, SQLITE_OK);
  sqlite3_exec (connection, sql, NULL, NULL, NULL);
  g_assert_cmpstr (sqlite3_errmsg (connection), ==, "not an error");
  sqlite3_close (connection);
}

/* Takes @sql, made by sqlite3_mprintf(), over. */
static void
run_made_sql (const char *folder, char *sql)
{
  run_sql (folder, sql);
  sqlite3_free (sql);
}

static void
change_as_before (const char *folder, const OldChange *c)
{
  run_made_sql (folder, sqlite3_mprintf (NOTE_BEFORE, c->entity, c->key, c->layout, c->entity, c->key, c->layout));
  run_sql (folder, c->sql);
  run_sql (folder, NOTE_AFTER);
}

/* Plays the old program. Returns: (transfer full): what there was before the first operation, after it … */
static GPtrArray *
live_as_before (const char *folder)
{
  GPtrArray *dumps = g_ptr_array_new_with_free_func (g_free);

  run_sql (folder, version_1);
  run_sql (folder, tools);
  g_ptr_array_add (dumps, fixture_sql (folder, OLD_DUMP));
  for (gsize i = 0; i < G_N_ELEMENTS (old_changes); i++)
    {
      change_as_before (folder, &old_changes[i]);
      if (i + 1 < G_N_ELEMENTS (old_changes) && g_str_equal (old_changes[i].kind, old_changes[i + 1].kind))
        continue;
      run_made_sql (folder, sqlite3_mprintf (KEEP, old_changes[i].kind));
      g_ptr_array_add (dumps, fixture_sql (folder, OLD_DUMP));
    }
  run_sql (folder, "DROP VIEW whole; DROP TABLE note");
  return dumps;
}

static void
assert_dump (Fixture *f, GPtrArray *dumps, guint n)
{
  g_autofree char *dump = fixture_dump (f->folder);

  g_assert_cmpstr (dump, ==, g_ptr_array_index (dumps, n));
}

/* All the way back, and forward again: row for row as the old program had them. */
static void
test_old_history (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) dumps = live_as_before (f->folder), history = NULL;
  TnDb *db = fixture_open_expecting (f->folder, TN_STORE_OPENED);
  guint newest = dumps->len - 1;

  g_assert_cmpuint (newest, ==, 7);
  g_assert_cmpuint (fixture_count (f->backups, ""), ==, 1);
  assert_dump (f, dumps, newest);
  for (guint way = 0; way < 2; way++)
    {
      for (guint n = newest; n > 0; n--)
        {
          g_autoptr (GError) error = NULL;

          tn_db_go_to (db, n - 1, NULL, &error);
          g_assert_no_error (error);
          assert_dump (f, dumps, n - 1);
        }
      for (guint n = 0; n < newest; n++)
        {
          g_autoptr (TnOperation) operation = tn_db_redo (db, NULL);

          g_assert_cmpstr (tn_operation_get_subject (operation), ==, "“x”");
          assert_dump (f, dumps, n + 1);
        }
    }
  history = tn_db_list_history (db, 0, 100, NULL);
  g_assert_cmpuint (history->len, ==, newest);
  g_assert_true (tn_db_check (db, NULL));
  tn_db_close (db);
}

/* What was taken back under the old program can be done again under the new one, and dropped. */
static void
test_old_undone (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) dumps = live_as_before (f->folder);
  g_autofree char *left = NULL;
  g_autoptr (GError) error = NULL;
  TnDb *db;

  run_sql (f->folder, "UPDATE operation SET undone = 1 WHERE seq = 7; DELETE FROM canvas");
  db = fixture_open_expecting (f->folder, TN_STORE_OPENED);
  assert_dump (f, dumps, 6);
  g_assert_true (tn_db_go_to (db, 7, NULL, &error));
  g_assert_no_error (error);
  assert_dump (f, dumps, 7);
  g_assert_true (tn_db_go_to (db, 2, NULL, &error));
  assert_dump (f, dumps, 2);
  fixture_add_canvas (db, "another");
  left = fixture_sql (f->folder, "SELECT group_concat (DISTINCT seq) FROM change");
  g_assert_cmpstr (left, ==, "1,2,8\n");
  tn_db_close (db);
}

/* A history that can't be read does not stand in the way of the rest; what it can't do it says. */
static void
test_old_unreadable (Fixture *f, gconstpointer data)
{
  static const char *const changes[]
    = { "not json", "", "\"text\"", "[1, null, \"x\"]", "[{}]", "[{\"entity\": {\"tile\": 1}, \"before\": 7}]" };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *folder = fixture_make_folder ();
      g_autoptr (GPtrArray) dumps = live_as_before (folder);
      g_autoptr (GError) error = NULL;
      TnDb *db;

      run_made_sql (folder, sqlite3_mprintf ("UPDATE operation SET changes = %Q WHERE seq = 6", changes[i]));
      db = fixture_open_expecting (folder, TN_STORE_OPENED);
      g_assert_false (tn_db_go_to (db, 0, NULL, &error));
      g_test_message ("%s: %s", changes[i], error->message);
      g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_INVALID);
      g_assert_true (tn_db_go_to (db, 6, NULL, NULL));
      g_assert_true (tn_db_go_to (db, 7, NULL, NULL));
      tn_db_close (db);
      fixture_remove_folder (g_steal_pointer (&folder));
    }
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/store/migrate/steps", test_steps },
    { "/store/migrate/fails", test_fails },
    { "/store/migrate/old-history", test_old_history },
    { "/store/migrate/old-undone", test_old_undone },
    { "/store/migrate/old-unreadable", test_old_unreadable },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
