/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* migrations[n] makes version n + 1 of version n (PRAGMA user_version). What was released is never changed, only
 * followed. One that adds a column to canvas, tile or place has to add it to the rows kept in change too: undo writes
 * whole rows.
 *
 * Foreign keys are deferred, so that an operation may touch its rows in any order and is judged as a whole. kv has
 * none: what an app kept outlasts its tile, so that undo brings it back. */
static const char *const migrations[] = {
  "CREATE TABLE canvas ("
  "  id TEXT NOT NULL PRIMARY KEY,"
  "  name TEXT NOT NULL,"
  "  position INTEGER NOT NULL,"
  "  locked INTEGER NOT NULL CHECK (locked IN (0, 1))"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE tile ("
  "  id TEXT NOT NULL PRIMARY KEY,"
  "  canvas_id TEXT NOT NULL REFERENCES canvas (id) DEFERRABLE INITIALLY DEFERRED,"
  "  app_key TEXT NOT NULL,"
  "  app_id TEXT NOT NULL,"
  "  title TEXT,"
  "  locked INTEGER NOT NULL CHECK (locked IN (0, 1)),"
  "  config TEXT"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX tile_by_canvas ON tile (canvas_id);"

  "CREATE TABLE place ("
  "  tile_id TEXT NOT NULL REFERENCES tile (id) DEFERRABLE INITIALLY DEFERRED,"
  "  layout TEXT NOT NULL,"
  "  x INTEGER NOT NULL CHECK (x >= 0),"
  "  y INTEGER NOT NULL CHECK (y >= 0),"
  "  w INTEGER NOT NULL CHECK (w > 0),"
  "  h INTEGER NOT NULL CHECK (h > 0),"
  "  PRIMARY KEY (tile_id, layout)"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE operation ("
  "  seq INTEGER PRIMARY KEY,"
  "  id TEXT NOT NULL UNIQUE,"
  "  time INTEGER NOT NULL," /* microseconds since 1970 */
  "  kind TEXT NOT NULL,"
  "  canvas_id TEXT NOT NULL,"
  "  subject TEXT NOT NULL,"
  "  changes TEXT NOT NULL,"                           /* JSON: [{entity, key, before, after}] */
  "  undone INTEGER NOT NULL CHECK (undone IN (0, 1))" /* only the newest ones are */
  ") STRICT;"
  "CREATE INDEX operation_by_undone ON operation (undone);"

  "CREATE TABLE kv ("
  "  scope TEXT NOT NULL,"
  "  owner TEXT NOT NULL,"
  "  key TEXT NOT NULL,"
  "  value TEXT NOT NULL,"
  "  PRIMARY KEY (scope, owner, key)"
  ") STRICT;"

  "CREATE TABLE event ("
  "  seq INTEGER PRIMARY KEY,"
  "  type TEXT NOT NULL,"
  "  size INTEGER NOT NULL," /* of json, in bytes; before it, so that adding up does not read it */
  "  json TEXT NOT NULL"
  ") STRICT;",

  "ALTER TABLE canvas ADD COLUMN policy TEXT NOT NULL DEFAULT 'push';"
  "ALTER TABLE canvas ADD COLUMN foreign_data TEXT;"
  "ALTER TABLE tile ADD COLUMN foreign_data TEXT;"
  "ALTER TABLE tile ADD COLUMN min_w INTEGER NOT NULL DEFAULT 0 CHECK (min_w >= 0);"
  "ALTER TABLE tile ADD COLUMN min_h INTEGER NOT NULL DEFAULT 0 CHECK (min_h >= 0);"
  "ALTER TABLE tile ADD COLUMN max_w INTEGER NOT NULL DEFAULT 0 CHECK (max_w >= 0);"
  "ALTER TABLE tile ADD COLUMN max_h INTEGER NOT NULL DEFAULT 0 CHECK (max_h >= 0);"
  "ALTER TABLE operation ADD COLUMN name TEXT;" /* the person's own, of a moment worth finding again */

  /* What an operation did row by row: apart from it, so that a list of operations does not read through all that. */
  "CREATE TABLE change ("
  "  id INTEGER PRIMARY KEY," /* growing in the order they were made */
  "  seq INTEGER NOT NULL REFERENCES operation (seq) ON DELETE CASCADE,"
  "  entity TEXT NOT NULL,"
  "  key TEXT NOT NULL,"
  "  layout TEXT,"
  "  before TEXT," /* JSON object of the whole row; NULL: there was none */
  "  after TEXT"
  ") STRICT;"
  "CREATE INDEX change_by_seq ON change (seq);"

  /* The rows that operations keep are whole: those of before get the new columns with their defaults. What can't be
   * read is kept as a change of nothing that exists, which undo refuses. */
  "INSERT INTO change (seq, entity, key, layout, before, after)"
  " SELECT seq, ifnull (was ->> 'entity', ''), ifnull (was ->> '$.key[0]', ''), was ->> '$.key[1]',"
  "  json_patch (nullif (was -> 'before', 'null'), more), json_patch (nullif (was -> 'after', 'null'), more)"
  " FROM (SELECT seq, n, was, CASE was ->> 'entity'"
  "        WHEN 'canvas' THEN '{\"policy\":\"push\"}'"
  "        WHEN 'tile' THEN '{\"min_w\":0,\"min_h\":0,\"max_w\":0,\"max_h\":0}'"
  "        ELSE '{}' END AS more"
  "       FROM (SELECT seq, json_each.key AS n, iif (type = 'object', value, '{}') AS was"
  "             FROM operation, json_each (iif (json_valid (changes), changes, '[{}]'))))"
  " ORDER BY seq, n;"
  "ALTER TABLE operation DROP COLUMN changes;",

  /* What the person answered for an entry of an app's manifest, in the manifest's words. */
  "CREATE TABLE grant ("
  "  app_key TEXT NOT NULL,"
  "  type TEXT NOT NULL,"
  "  resource TEXT NOT NULL,"
  "  actions TEXT NOT NULL,"
  "  terms TEXT NOT NULL,"
  "  answer TEXT NOT NULL CHECK (answer IN ('always', 'never')),"
  "  time INTEGER NOT NULL," /* microseconds since 1970 */
  "  PRIMARY KEY (app_key, type, resource, actions, terms)"
  ") STRICT, WITHOUT ROWID;"

  /* The sandbox level that each app was last let run at. */
  "CREATE TABLE level ("
  "  app_key TEXT NOT NULL PRIMARY KEY,"
  "  level TEXT NOT NULL"
  ") STRICT, WITHOUT ROWID;",

  /* What tn-audit-record.h says. AUTOINCREMENT: SQLite keeps how far the numbers came, so that the newest rows are
   * missed too when they are taken out. */
  "CREATE TABLE audit ("
  "  seq INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  time_us INTEGER NOT NULL,"
  "  kind TEXT NOT NULL,"
  "  app_key TEXT,"
  "  tile_id TEXT,"
  "  subject TEXT,"
  "  outcome TEXT,"
  "  detail TEXT,"
  "  count INTEGER NOT NULL,"
  "  salt TEXT,"
  "  content TEXT NOT NULL,"
  "  hash TEXT NOT NULL"
  ") STRICT;"
  "CREATE INDEX audit_by_kind ON audit (kind);"
  "CREATE INDEX audit_by_app ON audit (app_key);",

  /* What tiles used, by the minute and by the hour. */
  "CREATE TABLE usage ("
  "  tile_id TEXT NOT NULL,"
  "  span INTEGER NOT NULL," /* seconds */
  "  time INTEGER NOT NULL," /* seconds since 1970, of its end */
  "  value TEXT NOT NULL,"   /* JSON */
  "  PRIMARY KEY (tile_id, span, time)"
  ") STRICT, WITHOUT ROWID;",

  "CREATE TABLE webxdc ("
  "  app_key TEXT NOT NULL PRIMARY KEY,"
  "  address TEXT NOT NULL,"
  "  serial INTEGER NOT NULL DEFAULT 0," /* the newest that was given */
  "  bytes INTEGER NOT NULL DEFAULT 0,"
  "  document TEXT,"
  "  summary TEXT"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE webxdc_update ("
  "  app_key TEXT NOT NULL REFERENCES webxdc (app_key) ON DELETE CASCADE,"
  "  serial INTEGER NOT NULL,"
  "  text TEXT NOT NULL,"
  "  PRIMARY KEY (app_key, serial)"
  ") STRICT;",

  /* The person's own apps that were removed: their packages lie aside for as long as undo could bring them back. */
  "CREATE TABLE removal ("
  "  app_key TEXT NOT NULL PRIMARY KEY,"
  "  app_id TEXT NOT NULL"
  ") STRICT, WITHOUT ROWID;"

  /* The apps that are being erased: what was begun is brought to its end, whatever came between. */
  "CREATE TABLE erasure ("
  "  app_key TEXT NOT NULL PRIMARY KEY,"
  "  app_id TEXT NOT NULL,"
  "  forgotten INTEGER NOT NULL DEFAULT 0 CHECK (forgotten IN (0, 1))" /* no row speaks of it any more */
  ") STRICT, WITHOUT ROWID;",

  /* The apps whose data are encrypted, and which key with: see tn-seal.h. */
  "CREATE TABLE seal ("
  "  app_key TEXT NOT NULL PRIMARY KEY,"
  "  key_id TEXT NOT NULL,"
  "  clean INTEGER NOT NULL CHECK (clean IN (0, 1))" /* no trace is left of what was there before */
  ") STRICT, WITHOUT ROWID;",

  /* What was chosen for the whole workspace. */
  "CREATE TABLE setting ("
  "  name TEXT NOT NULL PRIMARY KEY,"
  "  value TEXT NOT NULL"
  ") STRICT, WITHOUT ROWID;",
};

typedef struct
{
  const char *const *steps;
  gint64 from, to;
} Way;

static gboolean
get_version (TnDb *self, gint64 *version, GError **error)
{
  return tn_db_each (self, tn_db_take_int, version, error, "PRAGMA user_version", "");
}

gboolean
tn_db_check_version (TnDb *self, gboolean may_migrate, GError **error)
{
  gint64 version = 0, n_tables = 0;

  if (!get_version (self, &version, error)
      || !tn_db_each (self, tn_db_take_int, &n_tables, error, "SELECT count (*) FROM sqlite_schema", ""))
    return FALSE;
  if (version > (gint64) G_N_ELEMENTS (migrations))
    g_set_error_literal (error, TN_STORE_ERROR, TN_STORE_ERROR_NEWER,
                         _("The workspace was written by a newer version of this program; install that one to open "
                            "it. Nothing was changed"));
  else if (version < 0 || (version == 0 && n_tables > 0))
    g_set_error_literal (error, TN_STORE_ERROR, TN_STORE_ERROR_OPEN,
                         _("The workspace's canvas.db belongs to another program; move it away to begin anew"));
  else if (version < (gint64) G_N_ELEMENTS (migrations) && !may_migrate)
    g_set_error_literal (error, TN_STORE_ERROR, TN_STORE_ERROR_OPEN,
                         _("The workspace was written by an older version of this program; close all its windows and "
                            "start it once to bring the workspace up to date"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
take_steps (TnDb *self, gpointer user_data, GError **error)
{
  const Way *way = user_data;
  g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT, way->to);

  for (gint64 version = way->from; version < way->to; version++)
    if (sqlite3_exec (self->sql, way->steps[version], NULL, NULL, NULL) != SQLITE_OK)
      {
        tn_db_set_error (self, error);
        return FALSE;
      }
  return tn_db_run (self, error, mark, "");
}

gboolean
tn_db_migrate_along (TnDb *self, const char *const *steps, guint n_steps, GError **error)
{
  Way way = { steps, 0, n_steps };
  g_autofree char *backup = NULL;

  if (!get_version (self, &way.from, error))
    return FALSE;
  if (way.from >= way.to)
    return TRUE;
  if (way.from > 0 && self->directory != NULL)
    {
      backup = tn_db_backup_make (self, error);
      if (backup == NULL)
        return FALSE;
    }
  if (tn_db_transact (self, "BEGIN IMMEDIATE", take_steps, &way, error))
    return TRUE;
  /* Or else the next tries would fill the folder with copies of the same and push the older ones out. */
  if (backup != NULL)
    g_unlink (backup);
  return FALSE;
}

gboolean
tn_db_migrate (TnDb *self, GError **error)
{
  return tn_db_migrate_along (self, migrations, G_N_ELEMENTS (migrations), error);
}
