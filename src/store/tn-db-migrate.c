/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* migrations[n] makes version n + 1 of version n (PRAGMA user_version). What was released is never changed, only
 * followed. One that adds a column to canvas, tile or place has to add it to the rows kept in operation.changes too:
 * undo writes whole rows.
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
  "  config TEXT CHECK (CASE WHEN json_valid (config) THEN json_type (config) = 'object' ELSE config IS NULL END)"
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
  "  changes TEXT NOT NULL CHECK (json_valid (changes))," /* [{entity, key, before, after}] */
  "  undone INTEGER NOT NULL CHECK (undone IN (0, 1))"    /* only the newest ones are */
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
  "  json TEXT NOT NULL"
  ") STRICT;",
};

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
migrate_one (TnDb *self, gpointer version, GError **error)
{
  gint64 from = *(gint64 *) version;
  g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT, from + 1);

  if (sqlite3_exec (self->sql, migrations[from], NULL, NULL, NULL) == SQLITE_OK
      && sqlite3_exec (self->sql, mark, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  tn_db_set_error (self, error);
  return FALSE;
}

/* Brings the file to the newest version, a step at a time, each whole or not at all. */
gboolean
tn_db_migrate (TnDb *self, GError **error)
{
  g_autofree char *backup = NULL;
  gint64 version = 0;

  if (!get_version (self, &version, error))
    return FALSE;
  if (version > 0 && version < (gint64) G_N_ELEMENTS (migrations) && self->directory != NULL)
    {
      backup = tn_db_backup_make (self, error);
      if (backup == NULL)
        return FALSE;
    }
  for (; version < (gint64) G_N_ELEMENTS (migrations); version++)
    if (!tn_db_transact (self, "BEGIN IMMEDIATE", migrate_one, &version, error))
      {
        /* Or else the next tries would fill the folder with copies of the same and push the older ones out. */
        if (backup != NULL)
          g_unlink (backup);
        return FALSE;
      }
  return TRUE;
}
