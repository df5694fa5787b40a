/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-private.h"
#include "tn-erasure-record.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *app_key;
  const char *app_id;
} App;

/* All tiles that an app has or ever had: those that undo and redo know, too. */
#define TILES                                                                                                          \
  "(SELECT id FROM tile WHERE app_key = ?1 UNION SELECT key FROM change"                                               \
  " WHERE entity = 'tile' AND ?1 IN (before ->> 'app_key', after ->> 'app_key'))"

/* What else in the history is about it. */
#define CONCERNS "((entity IN ('tile', 'place') AND key IN " TILES ") OR (entity = 'removal' AND key = ?1))"

/* Everything that is kept of an app, but for the audit and for which key it has: that goes with the key. Tiles and changes last: they say which tiles it had. With both
 * gone for a tile at once, what is left of the history fits together as if that had never been there. */
static const char *const forgetting[] = {
  "DELETE FROM kv WHERE (scope IN ('app', 'host') AND owner = ?1) OR (scope IN ('tile', 'state') AND owner IN " TILES ")",
  "DELETE FROM usage WHERE tile_id IN " TILES,
  "DELETE FROM event WHERE instr (json, ?1) > 0 OR iif (json_valid (json), json ->> '$.data.tile', NULL) IN " TILES,
  "DELETE FROM webxdc WHERE app_key = ?1",
  "DELETE FROM grant WHERE app_key = ?1",
  "DELETE FROM level WHERE app_key = ?1",
  "DELETE FROM place WHERE tile_id IN (SELECT id FROM tile WHERE app_key = ?1)",
  "DELETE FROM change WHERE entity = 'place' AND key IN " TILES,
  "DELETE FROM change WHERE entity = 'tile' AND ?1 IN (before ->> 'app_key', after ->> 'app_key')",
  "DELETE FROM change WHERE entity = 'removal' AND key = ?1",
  "DELETE FROM tile WHERE app_key = ?1",
  "DELETE FROM removal WHERE app_key = ?1",
};

void
tn_erasure_record_free (TnErasureRecord *self)
{
  g_free (self->app_key);
  g_free (self->app_id);
  g_free (self);
}

static gboolean
begin (TnDb *self, gpointer user_data, GError **error)
{
  const App *app = user_data;

  return tn_db_run (self, error, "INSERT OR IGNORE INTO erasure (app_key, app_id) VALUES (?1, ?2)", "ss", app->app_key,
                    app->app_id);
}

/**
 * tn_db_begin_erasure:
 *
 * Notes that an app is to be erased: once that is on disk it goes on after whatever interrupts it, until
 * tn_db_end_erasure().
 */
gboolean
tn_db_begin_erasure (TnDb *self, const char *app_key, const char *app_id, GError **error)
{
  App app = { app_key, app_id };

  g_return_val_if_fail (self != NULL && app_key != NULL && app_id != NULL, FALSE);

  return tn_db_write (self, begin, &app, error);
}

static gboolean
add_erasure (sqlite3_stmt *row, gpointer records)
{
  TnErasureRecord *record = g_new (TnErasureRecord, 1);

  *record = (TnErasureRecord) { g_strdup (tn_db_text (row, 0)), g_strdup (tn_db_text (row, 1)) };
  g_ptr_array_add (records, record);
  return TRUE;
}

/**
 * tn_db_list_erasures:
 *
 * Returns: (transfer full) (element-type TnErasureRecord): those that were begun and have not come to their end
 */
GPtrArray *
tn_db_list_erasures (TnDb *self, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_erasure_record_free);

  g_return_val_if_fail (self != NULL, NULL);

  if (!tn_db_each (self, add_erasure, records, error, "SELECT app_key, app_id FROM erasure ORDER BY app_key", ""))
    return NULL;
  return g_steal_pointer (&records);
}

/* The history says that something was done, and not what it was called. */
static gboolean
scrub_history (TnDb *self, const char *app_key, GError **error)
{
  return tn_db_run (self, error,
                    "UPDATE operation SET subject = ?2 WHERE kind NOT LIKE 'canvas.%'"
                    " AND seq IN (SELECT seq FROM change WHERE " CONCERNS ")",
                    "ss", app_key, _("a widget of an erased app"));
}

/* Moments that the person gave a name stay, though nothing happens there any more. */
static gboolean
drop_empty_operations (TnDb *self, GError **error)
{
  return tn_db_run (self, error,
                    "DELETE FROM operation WHERE name IS NULL"
                    " AND NOT EXISTS (SELECT 1 FROM change WHERE change.seq = operation.seq)",
                    "");
}

static gboolean
forget_rows (TnDb *self, const char *app_key, GError **error)
{
  if (!tn_db_each (self, tn_db_collect_text, self->touched, error,
                   "SELECT canvas_id FROM tile WHERE app_key = ?1 UNION SELECT canvas_id FROM operation"
                   " WHERE seq IN (SELECT seq FROM change WHERE " CONCERNS ")",
                   "s", app_key)
      || !scrub_history (self, app_key, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (forgetting); i++)
    if (!tn_db_run (self, error, forgetting[i], "s", app_key))
      return FALSE;
  return drop_empty_operations (self, error) && tn_db_erase_audit_here (self, app_key, error);
}

static gboolean
forget (TnDb *self, gpointer user_data, GError **error)
{
  const char *app_key = user_data;
  gint64 forgotten = 0;

  if (!tn_db_each (self, tn_db_take_int, &forgotten, error, "SELECT forgotten FROM erasure WHERE app_key = ?1", "s",
                   app_key))
    return FALSE;
  /* The second time there would be a second row in the audit. What tiles of no app left is not to be told from its. */
  return forgotten
         || (tn_db_collect_here (self, error) && forget_rows (self, app_key, error)
             && tn_db_run (self, error, "UPDATE erasure SET forgotten = 1 WHERE app_key = ?1", "s", app_key));
}

static gboolean
take_checkpoint (sqlite3_stmt *row, gpointer busy_out)
{
  *(gboolean *) busy_out = sqlite3_column_int (row, 0) != 0;
  return TRUE;
}

gboolean
tn_db_leave_no_trace (TnDb *self, GError **error)
{
  gboolean busy = FALSE;

  if (!tn_db_run (self, error, "VACUUM", "")
      || !tn_db_each (self, take_checkpoint, &busy, error, "PRAGMA wal_checkpoint (TRUNCATE)", ""))
    return FALSE;
  if (busy)
    g_set_error_literal (error, TN_STORE_ERROR, TN_STORE_ERROR_BUSY,
                         _("Another program is reading the workspace; the rest is erased at the next start"));
  return !busy;
}

/**
 * tn_db_forget_app:
 *
 * Takes everything that is kept of an app out of the database, its log and its backups, which are all replaced by one
 * made now; what was set aside as damaged goes too. Rows of the audit stay, without what they say, and app.erased is
 * added. Cut short, it is to be done again.
 *
 * Returns: whether all of it is gone
 */
gboolean
tn_db_forget_app (TnDb *self, const char *app_key, GError **error)
{
  g_return_val_if_fail (self != NULL && app_key != NULL, FALSE);

  return tn_db_flush_events (self, error) && tn_db_write_history (self, forget, (gpointer) app_key, error)
         && tn_db_leave_no_trace (self, error) && tn_db_backup_renew (self, error);
}

static gboolean
end (TnDb *self, gpointer app_key, GError **error)
{
  return tn_db_run (self, error, "DELETE FROM erasure WHERE app_key = ?1", "s", app_key);
}

/**
 * tn_db_end_erasure:
 *
 * Nothing is left of the app, here and elsewhere.
 */
gboolean
tn_db_end_erasure (TnDb *self, const char *app_key, GError **error)
{
  g_return_val_if_fail (self != NULL && app_key != NULL, FALSE);

  return tn_db_transact (self, "BEGIN IMMEDIATE", end, (gpointer) app_key, error);
}
