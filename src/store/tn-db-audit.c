/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-private.h"

#include <string.h>

#include "tn-clock.h"

#define SALT_BYTES 16

#define ROW_BYTES 320 /* without subject and detail */

/* The newest row of the chain, and where the numbers have come to: SQLite keeps that even where rows were taken out. */
typedef struct
{
  gint64 seq;
  char *hash;
} Head;

typedef struct
{
  GPtrArray *records;
  Head head;
} Appending;

static gboolean
take_head (sqlite3_stmt *row, gpointer user_data)
{
  Head *head = user_data;

  head->seq = sqlite3_column_int64 (row, 0);
  head->hash = g_strdup (tn_db_text (row, 1));
  return FALSE;
}

static gboolean
read_head (TnDb *self, Head *head, GError **error)
{
  gint64 highest = 0;

  if (!tn_db_each (self, take_head, head, error, "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1", "")
      || !tn_db_each (self, tn_db_take_int, &highest, error, "SELECT seq FROM sqlite_sequence WHERE name = 'audit'",
                      ""))
    return FALSE;
  head->seq = MAX (head->seq, highest);
  if (head->hash == NULL)
    head->hash = g_strdup (TN_AUDIT_ORIGIN);
  return TRUE;
}

static char *
new_salt (void)
{
  guint8 bytes[SALT_BYTES];
  GString *text = g_string_new (NULL);

  tn_random_bytes (bytes, sizeof bytes);
  for (gsize i = 0; i < sizeof bytes; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free (text, FALSE);
}

static gsize
length_of (const char *text)
{
  return text != NULL ? strlen (text) : 0;
}

/* Links @record to the chain and writes it. */
static gboolean
append_record (TnDb *self, TnAuditRecord *record, Head *head, GError **error)
{
  record->seq = head->seq + 1;
  g_free (record->salt);
  record->salt = new_salt ();
  g_free (record->content);
  record->content = tn_audit_record_hash_content (record);
  g_free (record->hash);
  record->hash = tn_audit_record_hash (record, head->hash);
  if (!tn_db_run (self, error,
                  "INSERT INTO audit (seq, time_us, kind, app_key, tile_id, subject, outcome, detail, count, salt,"
                  " content, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                  "llsssssslsss", record->seq, record->time_us, record->kind, record->app_key, record->tile_id,
                  record->subject, record->outcome, record->detail, record->count, record->salt, record->content,
                  record->hash))
    return FALSE;
  head->seq = record->seq;
  g_free (head->hash);
  head->hash = g_strdup (record->hash);
  self->audit_room -= ROW_BYTES + length_of (record->subject) + length_of (record->detail);
  return TRUE;
}

/* The newest row that is to go; 0 where all may stay. */
static gboolean
find_cut (TnDb *self, const Head *head, gint64 *cut, GError **error)
{
  gint64 first = 0;

  if (!tn_db_each (self, tn_db_take_int, &first, error, "SELECT min (seq) FROM audit", ""))
    return FALSE;
  if (head->seq - first + 1 > self->audit_rows)
    *cut = head->seq - self->audit_rows * 3 / 4;
  if (self->audit_room > 0 || *cut > 0)
    return TRUE;
  self->audit_room = TN_DB_AUDIT_ROOM;
  return tn_db_each (self, tn_db_take_int, cut, error,
                     "WITH weighed AS (SELECT seq, sum (?1 + ifnull (length (CAST (subject AS BLOB)), 0)"
                     "   + ifnull (length (CAST (detail AS BLOB)), 0)) OVER (ORDER BY seq DESC) AS total FROM audit)"
                     " SELECT seq FROM weighed WHERE total > ?2 * 3 / 4"
                     " AND (SELECT max (total) FROM weighed) > ?2 ORDER BY seq DESC LIMIT 1",
                     "il", ROW_BYTES, self->audit_bytes);
}

/* Drops the oldest quarter of the rows where there are too many; an anchor in the chain says with which hash the last of them ended,
 * so that the rest can be verified. */
static gboolean
rotate (TnDb *self, Head *head, GError **error)
{
  g_autoptr (TnAuditRecord) anchor = NULL;
  g_autofree char *hash = NULL, *number = NULL;
  gint64 cut = 0;

  if (!find_cut (self, head, &cut, error))
    return FALSE;
  if (cut == 0)
    return TRUE;
  if (!tn_db_each (self, tn_db_take_text, &hash, error, "SELECT hash FROM audit WHERE seq = ?1", "l", cut))
    return FALSE;
  if (hash == NULL) /* somebody took it out: what is before it is not ours to hide */
    return TRUE;
  number = g_strdup_printf ("%" G_GINT64_FORMAT, cut);
  anchor = tn_audit_record_new (TN_AUDIT_ANCHOR, NULL, NULL, number, "dropped", hash);
  return append_record (self, anchor, head, error)
         && tn_db_run (self, error, "DELETE FROM audit WHERE seq <= ?1", "l", cut);
}

static gboolean
append_records (TnDb *self, gpointer user_data, GError **error)
{
  Appending *appending = user_data;

  if (!read_head (self, &appending->head, error))
    return FALSE;
  for (guint i = 0; i < appending->records->len; i++)
    if (!append_record (self, appending->records->pdata[i], &appending->head, error))
      return FALSE;
  return rotate (self, &appending->head, error);
}

gboolean
tn_db_append_audit_here (TnDb *self, GPtrArray *records, GError **error)
{
  Appending appending = { records };
  gboolean done = append_records (self, &appending, error);

  g_free (appending.head.hash);
  return done;
}

/**
 * tn_db_append_audit:
 * @records: (element-type TnAuditRecord): get their numbers and hashes here; no hash where they were not written
 *
 * Links @records to the chain in their order, all or none, and waits for the disk. Another process may append at the
 * same time: one comes after the other. Drops the oldest rows where there are more than are kept.
 */
gboolean
tn_db_append_audit (TnDb *self, GPtrArray *records, GError **error)
{
  Appending appending = { records };
  gboolean done;

  g_return_val_if_fail (self != NULL && records != NULL, FALSE);

  done = records->len == 0 || tn_db_transact (self, "BEGIN IMMEDIATE", append_records, &appending, error);
  g_free (appending.head.hash);
  for (guint i = 0; !done && i < records->len; i++)
    g_clear_pointer (&((TnAuditRecord *) records->pdata[i])->hash, g_free);
  return done;
}

gboolean
tn_db_erase_audit_here (TnDb *self, const char *app_key, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_audit_record_free);

  g_ptr_array_add (records, tn_audit_record_new (TN_AUDIT_ERASURE, app_key, NULL, NULL, "erased", NULL));
  return tn_db_run (self, error, "UPDATE audit SET salt = NULL, subject = NULL, detail = NULL WHERE app_key = ?1", "s",
                    app_key)
         && tn_db_append_audit_here (self, records, error);
}

static gboolean
erase_rows (TnDb *self, gpointer app_key, GError **error)
{
  return tn_db_erase_audit_here (self, app_key, error);
}

/**
 * tn_db_erase_audit:
 *
 * Takes what the rows of an app say out of them; that they were there stays, and the chain holds. Appends the row
 * %TN_AUDIT_ERASURE, without which the empty ones would not verify.
 */
gboolean
tn_db_erase_audit (TnDb *self, const char *app_key, GError **error)
{
  g_return_val_if_fail (self != NULL && app_key != NULL, FALSE);

  return tn_db_write (self, erase_rows, (gpointer) app_key, error);
}

TnAuditRecord *
tn_db_read_audit (sqlite3_stmt *row)
{
  TnAuditRecord *record = g_new0 (TnAuditRecord, 1);

  record->seq = sqlite3_column_int64 (row, 0);
  record->time_us = sqlite3_column_int64 (row, 1);
  record->kind = g_strdup (tn_db_text (row, 2));
  record->app_key = g_strdup (tn_db_text (row, 3));
  record->tile_id = g_strdup (tn_db_text (row, 4));
  record->subject = g_strdup (tn_db_text (row, 5));
  record->outcome = g_strdup (tn_db_text (row, 6));
  record->detail = g_strdup (tn_db_text (row, 7));
  record->count = sqlite3_column_int64 (row, 8);
  record->salt = g_strdup (tn_db_text (row, 9));
  record->content = g_strdup (tn_db_text (row, 10));
  record->hash = g_strdup (tn_db_text (row, 11));
  return record;
}

static gboolean
collect_record (sqlite3_stmt *row, gpointer array)
{
  g_ptr_array_add (array, tn_db_read_audit (row));
  return TRUE;
}

/* With ?1 to ?4 bound to app, kind, text as a LIKE pattern, and time. */
#define MATCHING                                                                                                       \
  " FROM audit WHERE (?1 IS NULL OR app_key = ?1)"                                                                     \
  " AND (?2 IS NULL OR kind = ?2 OR substr (kind, 1, length (?2) + 1) = ?2 || '.')"                                    \
  " AND (?3 IS NULL OR kind LIKE ?3 ESCAPE '\\' OR subject LIKE ?3 ESCAPE '\\' OR outcome LIKE ?3 ESCAPE '\\'"         \
  "      OR detail LIKE ?3 ESCAPE '\\')"                                                                               \
  " AND time_us >= ?4"

/* @text anywhere, taken as it is written; (transfer full) (nullable). */
static char *
make_pattern (const char *text)
{
  g_autoptr (GString) pattern = g_string_new ("%");

  if (text == NULL)
    return NULL;
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '%' || *p == '_' || *p == '\\')
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *p);
    }
  g_string_append_c (pattern, '%');
  return g_strdup (pattern->str);
}

/**
 * tn_db_list_audit:
 * @skip: leave out so many of the oldest that match
 * @limit: at most so many
 *
 * Returns: (transfer full) (element-type TnAuditRecord): oldest first
 */
GPtrArray *
tn_db_list_audit (TnDb *self, const TnAuditFilter *filter, gint64 skip, guint limit, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_audit_record_free);
  g_autofree char *pattern = NULL;

  g_return_val_if_fail (self != NULL && filter != NULL, NULL);

  pattern = make_pattern (filter->text);
  if (!tn_db_each (self, collect_record, records, error,
                   "SELECT " TN_DB_AUDIT_COLUMNS MATCHING " ORDER BY seq LIMIT ?5 OFFSET ?6", "ssslil",
                   filter->app_key, filter->kind, pattern, filter->since_us, (int) limit, skip))
    return NULL;
  return g_steal_pointer (&records);
}

/**
 * tn_db_count_audit:
 *
 * Returns: how many rows match; -1 with @error
 */
gint64
tn_db_count_audit (TnDb *self, const TnAuditFilter *filter, GError **error)
{
  g_autofree char *pattern = NULL;
  gint64 n = 0;

  g_return_val_if_fail (self != NULL && filter != NULL, -1);

  pattern = make_pattern (filter->text);
  if (!tn_db_each (self, tn_db_take_int, &n, error, "SELECT count (*)" MATCHING, "sssl", filter->app_key, filter->kind,
                   pattern, filter->since_us))
    return -1;
  return n;
}

/**
 * tn_db_list_audited_apps:
 *
 * Returns: (transfer full) (element-type utf8): the keys of all apps that rows are about
 */
GPtrArray *
tn_db_list_audited_apps (TnDb *self, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (self != NULL, NULL);

  if (!tn_db_each (self, tn_db_collect_text, keys, error,
                   "SELECT DISTINCT app_key FROM audit WHERE app_key NOT NULL ORDER BY app_key", ""))
    return NULL;
  return g_steal_pointer (&keys);
}
