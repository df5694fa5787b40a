/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-private.h"

#include <string.h>

/* A walk along the chain from the oldest row on. */
typedef struct
{
  TnAuditVerdict *verdict;
  gint64 expected;
  char *before;
  GHashTable *blank; /* app key → the first row of it that says nothing, until an erasure comes */
} Walk;

static gboolean
find_fault (TnAuditVerdict *verdict, TnAuditFault fault, gint64 seq)
{
  verdict->fault = fault;
  verdict->bad_seq = seq;
  return FALSE;
}

static gboolean
content_holds (const TnAuditRecord *record)
{
  g_autofree char *content = tn_audit_record_hash_content (record);

  return g_strcmp0 (content, record->content) == 0;
}

static gboolean
is_blank (const TnAuditRecord *record)
{
  return record->salt == NULL && record->subject == NULL && record->detail == NULL;
}

static gint64 *
copy_number (gint64 number)
{
  return g_memdup2 (&number, sizeof number);
}

static void
note_blank (Walk *walk, const TnAuditRecord *record)
{
  const char *app = record->app_key != NULL ? record->app_key : "";

  if (is_blank (record))
    {
      walk->verdict->n_erased++;
      if (!g_hash_table_contains (walk->blank, app))
        g_hash_table_insert (walk->blank, g_strdup (app), copy_number (record->seq));
    }
  else if (g_str_equal (record->kind, TN_AUDIT_ERASURE))
    {
      g_hash_table_remove (walk->blank, app);
    }
}

static gboolean
take_step (sqlite3_stmt *row, gpointer user_data)
{
  Walk *walk = user_data;
  g_autoptr (TnAuditRecord) record = tn_db_read_audit (row);
  g_autofree char *hash = tn_audit_record_hash (record, walk->before);
  TnAuditVerdict *verdict = walk->verdict;

  if (record->seq != walk->expected)
    return find_fault (verdict, TN_AUDIT_MISSING, walk->expected);
  if (g_strcmp0 (hash, record->hash) != 0 || (!is_blank (record) && !content_holds (record)))
    return find_fault (verdict, TN_AUDIT_CHANGED, record->seq);
  note_blank (walk, record);
  verdict->n_rows++;
  verdict->last_seq = record->seq;
  if (verdict->first_seq == 0)
    verdict->first_seq = record->seq;
  g_strlcpy (verdict->hash, hash, sizeof verdict->hash);
  walk->expected++;
  g_free (walk->before);
  walk->before = g_steal_pointer (&hash);
  return TRUE;
}

static gboolean
take_record (sqlite3_stmt *row, gpointer record_out)
{
  *(TnAuditRecord **) record_out = tn_db_read_audit (row);
  return FALSE;
}

/* Where the chain begins: with the first row of all, or after what the newest anchor says was dropped. */
static gboolean
begin_walk (TnDb *self, Walk *walk, GError **error)
{
  g_autoptr (TnAuditRecord) anchor = NULL;

  walk->expected = 1;
  walk->before = g_strdup (TN_AUDIT_ORIGIN);
  if (!tn_db_each (self, take_record, &anchor, error,
                   "SELECT " TN_DB_AUDIT_COLUMNS " FROM audit WHERE kind = '" TN_AUDIT_ANCHOR
                   "' ORDER BY seq DESC LIMIT 1",
                   ""))
    return FALSE;
  if (anchor == NULL)
    return TRUE;
  if (!content_holds (anchor) || anchor->subject == NULL || anchor->detail == NULL)
    return find_fault (walk->verdict, TN_AUDIT_CHANGED, anchor->seq) || TRUE;
  walk->expected = g_ascii_strtoll (anchor->subject, NULL, 10) + 1;
  g_free (walk->before);
  walk->before = g_strdup (anchor->detail);
  return TRUE;
}

static void
end_walk (Walk *walk, gint64 highest)
{
  TnAuditVerdict *verdict = walk->verdict;
  GHashTableIter iter;
  gint64 *seq;

  if (verdict->fault == TN_AUDIT_WHOLE && highest >= walk->expected)
    find_fault (verdict, TN_AUDIT_MISSING, walk->expected);
  g_hash_table_iter_init (&iter, walk->blank);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &seq))
    if (verdict->fault == TN_AUDIT_WHOLE || *seq < verdict->bad_seq)
      find_fault (verdict, TN_AUDIT_BLANKED, *seq);
}

static gboolean
walk_chain (TnDb *self, gpointer user_data, GError **error)
{
  Walk *walk = user_data;
  gint64 highest = 0;

  if (!begin_walk (self, walk, error))
    return FALSE;
  if (walk->verdict->fault != TN_AUDIT_WHOLE)
    return TRUE;
  if (!tn_db_each (self, take_step, walk, error, "SELECT " TN_DB_AUDIT_COLUMNS " FROM audit ORDER BY seq", "")
      || !tn_db_each (self, tn_db_take_int, &highest, error, "SELECT seq FROM sqlite_sequence WHERE name = 'audit'",
                      ""))
    return FALSE;
  end_walk (walk, highest);
  return TRUE;
}

/**
 * tn_db_verify_audit:
 * @verdict: (out): set where %TRUE is returned
 *
 * Walks along the whole chain, as it is at one moment. Finds any row that was changed, taken out, or put elsewhere; not
 * a chain that was written anew as a whole, which only signed heads tell.
 *
 * Returns: whether it could be read
 */
gboolean
tn_db_verify_audit (TnDb *self, TnAuditVerdict *verdict, GError **error)
{
  Walk walk = { verdict };
  gboolean done;

  g_return_val_if_fail (self != NULL && verdict != NULL, FALSE);

  *verdict = (TnAuditVerdict){ 0 };
  g_strlcpy (verdict->hash, TN_AUDIT_ORIGIN, sizeof verdict->hash);
  walk.blank = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  done = tn_db_transact (self, "BEGIN", walk_chain, &walk, error);
  g_hash_table_unref (walk.blank);
  g_free (walk.before);
  return done;
}

/**
 * tn_db_get_audit_hash:
 *
 * Returns: (transfer full): the hash that row @seq has; %NULL without @error where it is not there
 */
char *
tn_db_get_audit_hash (TnDb *self, gint64 seq, GError **error)
{
  char *hash = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (!tn_db_each (self, tn_db_take_text, &hash, error, "SELECT hash FROM audit WHERE seq = ?1", "l", seq))
    return NULL;
  return hash;
}
