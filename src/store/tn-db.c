/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdarg.h>

#define BUSY_TIMEOUT_MS 5000
#define AUDIT_ROWS 100000
#define AUDIT_BYTES (64 * 1024 * 1024)


G_DEFINE_QUARK (tn-store-error-quark, tn_store_error)

/* Primary result codes (sqlite.org/rescode.html). */
static const struct
{
  int result;
  TnStoreErrorCode code;
  const char *sentence;
} errors[] = {
  { SQLITE_CANTOPEN, TN_STORE_ERROR_OPEN, N_("The workspace's database can't be opened") },
  { SQLITE_READONLY, TN_STORE_ERROR_READ_ONLY, N_("The workspace's database can't be written") },
  { SQLITE_PERM, TN_STORE_ERROR_READ_ONLY, N_("The workspace's database can't be written") },
  { SQLITE_CORRUPT, TN_STORE_ERROR_DAMAGED,
    N_("The workspace's database is damaged; start the program again to open the newest backup") },
  { SQLITE_NOTADB, TN_STORE_ERROR_DAMAGED,
    N_("The workspace's database is damaged; start the program again to open the newest backup") },
  { SQLITE_BUSY, TN_STORE_ERROR_BUSY, N_("Another program is writing to the workspace; try again") },
  { SQLITE_LOCKED, TN_STORE_ERROR_BUSY, N_("Another program is writing to the workspace; try again") },
  { SQLITE_FULL, TN_STORE_ERROR_FULL, N_("There is no room left on the disk; nothing was changed") },
  { SQLITE_CONSTRAINT, TN_STORE_ERROR_INVALID, N_("The change breaks a rule of the workspace's database") },
  { SQLITE_MISMATCH, TN_STORE_ERROR_INVALID, N_("The change breaks a rule of the workspace's database") },
  { SQLITE_TOOBIG, TN_STORE_ERROR_INVALID, N_("The change is too large for the workspace's database") },
};

static gboolean
is_no_room (int number)
{
  return number == ENOSPC || number == EDQUOT || number == EFBIG;
}

static gboolean
had_no_room (TnDb *self, int which)
{
  sqlite3_file *file = NULL;
  int number = 0;

  sqlite3_file_control (self->sql, "main", which, &file);
  if (file != NULL && file->pMethods != NULL)
    file->pMethods->xFileControl (file, SQLITE_FCNTL_LAST_ERRNO, &number);
  return is_no_room (number);
}

/* SQLite itself calls only ENOSPC so, and only where it writes pages. What else the system said is in one of three
 * places, depending on what was being done. */
static gboolean
is_disk_full (TnDb *self, int result)
{
  return (result == SQLITE_IOERR || result == SQLITE_CANTOPEN)
         && (is_no_room (sqlite3_system_errno (self->sql)) || had_no_room (self, SQLITE_FCNTL_JOURNAL_POINTER)
             || had_no_room (self, SQLITE_FCNTL_FILE_POINTER));
}

/* Says in @error what SQLite said last. */
void
tn_db_set_error (TnDb *self, GError **error)
{
  int result = sqlite3_extended_errcode (self->sql) & 0xff;
  TnStoreErrorCode code = TN_STORE_ERROR_FAILED;
  const char *sentence = N_("The workspace's database failed");

  if (is_disk_full (self, result))
    result = SQLITE_FULL;
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    if (errors[i].result == result)
      {
        code = errors[i].code;
        sentence = errors[i].sentence;
      }
  self->damaged |= code == TN_STORE_ERROR_DAMAGED;
  g_set_error (error, TN_STORE_ERROR, code, "%s (%s)", _(sentence), sqlite3_errmsg (self->sql));
}

static sqlite3_stmt *
get_statement (TnDb *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement != NULL)
    {
      g_assert (!sqlite3_stmt_busy (statement));
      return statement;
    }
  if (sqlite3_prepare_v3 (self->sql, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    {
      tn_db_set_error (self, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, (char *) sqlite3_sql (statement), statement);
  return statement;
}

static gboolean
bind_text (TnDb *self, sqlite3_stmt *statement, int index, const char *text, GError **error)
{
  if (text != NULL && !g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, TN_STORE_ERROR, TN_STORE_ERROR_INVALID, _("The text to be kept is not UTF-8"));
      return FALSE;
    }
  if (sqlite3_bind_text (statement, index, text, -1, SQLITE_STATIC) == SQLITE_OK)
    return TRUE;
  tn_db_set_error (self, error);
  return FALSE;
}

static gboolean
bind_all (TnDb *self, sqlite3_stmt *statement, const char *types, va_list values, GError **error)
{
  for (int i = 0; types[i] != '\0'; i++)
    switch (types[i])
      {
      case 's':
        if (!bind_text (self, statement, i + 1, va_arg (values, const char *), error))
          return FALSE;
        break;
      case 'i':
        sqlite3_bind_int (statement, i + 1, va_arg (values, int));
        break;
      case 'l':
        sqlite3_bind_int64 (statement, i + 1, va_arg (values, gint64));
        break;
      default:
        g_assert_not_reached ();
      }
  return TRUE;
}

static gboolean
step_all (TnDb *self, sqlite3_stmt *statement, TnDbRow on_row, gpointer user_data, GError **error)
{
  int result;

  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    if (on_row != NULL && !on_row (statement, user_data))
      return TRUE;
  if (result == SQLITE_DONE)
    return TRUE;
  tn_db_set_error (self, error);
  return FALSE;
}

gboolean
tn_db_each (TnDb *self, TnDbRow on_row, gpointer user_data, GError **error, const char *sql, const char *types, ...)
{
  sqlite3_stmt *statement;
  gboolean done;
  va_list values;

  g_assert (self->thread == g_thread_self ());

  statement = get_statement (self, sql, error);
  if (statement == NULL)
    return FALSE;
  va_start (values, types);
  done = bind_all (self, statement, types, values, error) && step_all (self, statement, on_row, user_data, error);
  va_end (values);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return done;
}

gboolean
tn_db_take_int (sqlite3_stmt *row, gpointer gint64_out)
{
  *(gint64 *) gint64_out = sqlite3_column_int64 (row, 0);
  return FALSE;
}

gboolean
tn_db_take_text (sqlite3_stmt *row, gpointer text_out)
{
  *(char **) text_out = g_strdup (tn_db_text (row, 0));
  return FALSE;
}

gboolean
tn_db_collect_text (sqlite3_stmt *row, gpointer array)
{
  g_ptr_array_add (array, g_strdup (tn_db_text (row, 0)));
  return TRUE;
}

const char *
tn_db_text (sqlite3_stmt *row, int column)
{
  return (const char *) sqlite3_column_text (row, column);
}

gboolean
tn_db_transact (TnDb *self, const char *begin, TnDbWork work, gpointer user_data, GError **error)
{
  if (!tn_db_run (self, error, begin, ""))
    return FALSE;
  if (work (self, user_data, error) && tn_db_run (self, error, "COMMIT", ""))
    return TRUE;
  /* SQLite has already rolled back by itself after some errors, a full disk among them. */
  if (!sqlite3_get_autocommit (self->sql))
    tn_db_run (self, NULL, "ROLLBACK", "");
  return FALSE;
}

/* On Unix a file that was removed takes what is written to it, and keeps nothing. */
static gboolean
is_gone (TnDb *self)
{
  int moved = 0;

  return sqlite3_file_control (self->sql, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved != 0;
}

gboolean
tn_db_write (TnDb *self, TnDbWork work, gpointer user_data, GError **error)
{
  if (is_gone (self))
    {
      g_set_error_literal (error, TN_STORE_ERROR, TN_STORE_ERROR_READ_ONLY,
                           _("The workspace's file was removed or moved: changes can't be kept until the program is "
                             "started again"));
      return FALSE;
    }
  tn_db_backup_if_due (self);
  return tn_db_transact (self, "BEGIN IMMEDIATE", work, user_data, error);
}

gboolean
tn_db_configure (TnDb *self, GError **error)
{
  static const char *const pragmas[] = {
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA synchronous = FULL",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pragmas); i++)
    if (!tn_db_run (self, error, pragmas[i], ""))
      return FALSE;
  return TRUE;
}

TnDb *
tn_db_attach (const char *path, int flags, GError **error)
{
  g_autoptr (TnDb) self = g_new0 (TnDb, 1);

  self->thread = g_thread_self ();
  self->notice = g_strdup ("");
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_event_unref);
  self->touched = g_ptr_array_new_with_free_func (g_free);
  self->seals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) tn_seal_unref);
  self->sealed_tiles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->audit_rows = AUDIT_ROWS;
  self->audit_bytes = AUDIT_BYTES;
  self->audit_room = TN_DB_AUDIT_ROOM;
  self->statements
    = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) (void (*) (void)) sqlite3_finalize);
  if (sqlite3_open_v2 (path, &self->sql, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK)
    {
      tn_db_set_error (self, error);
      return NULL;
    }
  sqlite3_busy_timeout (self->sql, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->sql, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  return g_steal_pointer (&self);
}

/**
 * tn_db_close:
 *
 * Writes the events that still wait, and closes the file.
 */
void
tn_db_close (TnDb *self)
{
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return;
  if (!tn_db_flush_events (self, &error))
    g_warning ("%s", error->message);
  g_hash_table_unref (self->statements);
  sqlite3_close (self->sql);
  tn_db_lock_release (self->lock, !self->damaged);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->touched);
  g_hash_table_unref (self->seals);
  g_hash_table_unref (self->sealed_tiles);
  g_clear_pointer (&self->tampered, g_ptr_array_unref);
  g_free (self->directory);
  g_free (self->notice);
  g_free (self);
}

/**
 * tn_db_get_outcome:
 *
 * Returns: what opening found
 */
TnStoreOutcome
tn_db_get_outcome (TnDb *self)
{
  return self->outcome;
}

/**
 * tn_db_get_notice:
 *
 * Returns: (transfer none): what happened on opening, one sentence for the person; "" where nothing did
 */
const char *
tn_db_get_notice (TnDb *self)
{
  return self->notice;
}

static gboolean
take_complaint (sqlite3_stmt *row, gpointer text_out)
{
  const char *text = tn_db_text (row, 0);

  if (g_strcmp0 (text, "ok") != 0)
    *(char **) text_out = g_strdup (text);
  return FALSE;
}

/**
 * tn_db_check:
 *
 * Reads the whole file (PRAGMA integrity_check and foreign_key_check).
 *
 * Returns: whether it is sound; %TN_STORE_ERROR_DAMAGED with the first fault where not
 */
gboolean
tn_db_check (TnDb *self, GError **error)
{
  g_autofree char *complaint = NULL;

  if (!tn_db_each (self, take_complaint, &complaint, error, "PRAGMA integrity_check (1)", ""))
    return FALSE;
  if (complaint == NULL && !tn_db_each (self, take_complaint, &complaint, error, "PRAGMA foreign_key_check", ""))
    return FALSE;
  if (complaint == NULL)
    return TRUE;
  self->damaged = TRUE;
  g_set_error (error, TN_STORE_ERROR, TN_STORE_ERROR_DAMAGED, _("The workspace's database is damaged (%s)"),
               complaint);
  return FALSE;
}
