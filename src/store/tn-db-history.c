/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-entity.h"

#include <glib/gi18n-lib.h>

/* A way over the operations @low < seq ≤ @high. */
typedef struct
{
  gboolean forward;
  gint64 low, high;
  TnDb *db;
  GError *error; /* what stopped it */
} Way;

typedef struct
{
  gboolean forward;
  TnOperation *operation;
} Step;

typedef struct
{
  gint64 seq;
  const char *canvas_id;
  const char *layout;
  TnCanvasRecord *canvas;
} Preview;

typedef struct
{
  gint64 seq;
  const char *name;
} Naming;

gboolean
tn_db_write_history (TnDb *self, TnDbWork work, gpointer user_data, GError **error)
{
  g_ptr_array_set_size (self->touched, 0);
  if (tn_db_write (self, work, user_data, error))
    return TRUE;
  g_ptr_array_set_size (self->touched, 0);
  return FALSE;
}

gboolean
tn_db_note_touched (TnDb *self, gint64 low, gint64 high, GError **error)
{
  return tn_db_each (self, tn_db_collect_text, self->touched, error,
                     "WITH passed AS (SELECT seq, entity, key, before, after FROM change WHERE seq > ?1 AND seq <= ?2)"
                     " SELECT key FROM passed WHERE entity = 'canvas'"
                     " UNION SELECT before ->> 'canvas_id' FROM passed WHERE entity = 'tile' AND before NOT NULL"
                     " UNION SELECT after ->> 'canvas_id' FROM passed WHERE entity = 'tile' AND after NOT NULL"
                     " UNION SELECT canvas_id FROM passed JOIN tile ON id = passed.key WHERE entity = 'place'"
                     " UNION SELECT canvas_id FROM passed JOIN operation USING (seq) WHERE entity = 'removal'",
                     "ll", low, high);
}

/**
 * tn_db_take_touched:
 *
 * Returns: (transfer full): the ids of the canvases that the last apply, undo, redo, go-to or duplicate touched, made
 * or took away; empty where it failed or changed nothing
 */
GStrv
tn_db_take_touched (TnDb *self)
{
  GStrv ids;

  g_return_val_if_fail (self != NULL, NULL);

  g_ptr_array_add (self->touched, NULL);
  ids = g_strdupv ((GStrv) self->touched->pdata);
  g_ptr_array_set_size (self->touched, 0);
  return ids;
}

static void
set_misfit (Way *way, gint64 seq)
{
  g_autofree char *subject = NULL;

  if (tn_db_each (way->db, tn_db_take_text, &subject, &way->error, "SELECT subject FROM operation WHERE seq = ?1", "l",
                  seq))
    g_set_error (&way->error, TN_STORE_ERROR, TN_STORE_ERROR_INVALID,
                 way->forward ? _("“%s” can't be done again: something else has changed it since")
                              : _("“%s” can't be undone: something else has changed it since"),
                 subject);
}

/* One row from what it should be to what it was on the other side. */
static gboolean
pass_change (sqlite3_stmt *row, gpointer user_data)
{
  Way *way = user_data;
  TnEntity entity = tn_entity_from_name (tn_db_text (row, 1));
  char *const key[2] = { (char *) tn_db_text (row, 2), (char *) tn_db_text (row, 3) };
  const char *from = tn_db_text (row, way->forward ? 4 : 5), *to = tn_db_text (row, way->forward ? 5 : 4);
  gboolean is = FALSE;

  if (entity < TN_N_ENTITIES && !tn_entity_is (way->db, entity, key, from, &is, &way->error))
    return FALSE;
  if (is)
    return tn_entity_write (way->db, entity, key, to, &way->error);
  set_misfit (way, sqlite3_column_int64 (row, 0));
  return FALSE;
}

static gboolean
pass (Way *way, GError **error)
{
  const char *sql = way->forward ? "SELECT seq, entity, key, layout, before, after FROM change"
                                   " WHERE seq > ?1 AND seq <= ?2 ORDER BY seq, id"
                                 : "SELECT seq, entity, key, layout, before, after FROM change"
                                   " WHERE seq > ?1 AND seq <= ?2 ORDER BY seq DESC, id DESC";

  if (!tn_db_each (way->db, pass_change, way, error, sql, "ll", way->low, way->high))
    return FALSE;
  if (way->error == NULL)
    return TRUE;
  g_propagate_error (error, way->error);
  return FALSE;
}

static gboolean
travel (Way *way, GError **error)
{
  return pass (way, error)
         && tn_db_run (way->db, error, "UPDATE operation SET undone = ?3 WHERE seq > ?1 AND seq <= ?2", "lli", way->low,
                       way->high, !way->forward)
         && tn_db_note_touched (way->db, way->low, way->high, error);
}

/* The way from now to @seq. */
static gboolean
find_way (TnDb *self, gint64 seq, Way *way, GError **error)
{
  gint64 now = 0, found = seq == 0;

  if (!tn_db_each (self, tn_db_take_int, &now, error,
                   "SELECT seq FROM operation WHERE undone = 0 ORDER BY seq DESC LIMIT 1", "")
      || !tn_db_each (self, tn_db_take_int, &found, error, "SELECT 1 FROM operation WHERE seq = ?1", "l", seq))
    return FALSE;
  *way = (Way){ seq > now, MIN (now, seq), MAX (now, seq), self, NULL };
  if (!found)
    g_set_error_literal (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND,
                         _("That moment is not in the history any more"));
  return found;
}

static gboolean
go_to (TnDb *self, gpointer user_data, GError **error)
{
  TnJourney *journey = user_data;
  gint64 n_steps = 0;
  Way way;

  if (!find_way (self, journey->to, &way, error) || !travel (&way, error)
      || !tn_db_each (self, tn_db_take_int, &n_steps, error,
                      "SELECT count (*) FROM operation WHERE seq > ?1 AND seq <= ?2", "ll", way.low, way.high))
    return FALSE;
  journey->from = way.forward ? way.low : way.high;
  journey->n_steps = (guint) n_steps;
  return TRUE;
}

/**
 * tn_db_go_to:
 * @seq: the moment after that operation; 0 for before the oldest one
 * @journey: (out) (optional): the way that was gone
 *
 * Undoes or redoes, all or nothing, until @seq is the newest operation that is not taken back.
 *
 * Returns: whether it is on disk; %FALSE with %TN_STORE_ERROR_NOT_FOUND where there is no such operation (any more),
 *   %TN_STORE_ERROR_INVALID where rows are not as an operation on the way left them; then nothing was changed
 */
gboolean
tn_db_go_to (TnDb *self, gint64 seq, TnJourney *journey, GError **error)
{
  TnJourney gone = { .to = seq };

  g_return_val_if_fail (self != NULL, FALSE);

  if (!tn_db_write_history (self, go_to, &gone, error))
    return FALSE;
  if (journey != NULL)
    *journey = gone;
  return TRUE;
}

/* Never lets what it did stay: it ends without having succeeded. */
static gboolean
preview (TnDb *self, gpointer user_data, GError **error)
{
  Preview *moment = user_data;
  Way way;

  if (find_way (self, moment->seq, &way, error) && pass (&way, error))
    moment->canvas = tn_db_load_canvas_here (self, moment->canvas_id, moment->layout, error);
  return FALSE;
}

/**
 * tn_db_preview_canvas:
 *
 * tn_db_load_canvas() as it would be after tn_db_go_to(), with nothing changed. Waits for other writers and they for
 * it.
 *
 * Returns: (transfer full): the canvas, or %NULL with what either of the two says
 */
TnCanvasRecord *
tn_db_preview_canvas (TnDb *self, gint64 seq, const char *canvas_id, const char *layout, GError **error)
{
  Preview moment = { seq, canvas_id, layout, NULL };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (canvas_id != NULL, NULL);
  g_return_val_if_fail (layout != NULL, NULL);

  tn_db_transact (self, "BEGIN IMMEDIATE", preview, &moment, error);
  return moment.canvas;
}

static gboolean
take_operation (sqlite3_stmt *row, gpointer user_data)
{
  Way *way = user_data;

  way->high = sqlite3_column_int64 (row, 0);
  way->low = way->high - 1;
  return FALSE;
}

static gboolean
take_named (sqlite3_stmt *row, gpointer operation_out)
{
  *(TnOperation **) operation_out = tn_operation_new (tn_db_text (row, 0), tn_db_text (row, 1), tn_db_text (row, 2));
  return FALSE;
}

/* The newest operation; none where taking it back would take the last canvas away: what was there from the start is no
 * change of the person's. The first change of a row says what it was before. */
#define NEWEST                                                                                                         \
  "WITH newest AS (SELECT seq FROM operation WHERE undone = 0 ORDER BY seq DESC LIMIT 1),"                             \
  " was AS (SELECT key, before, min (id) FROM change"                                                                  \
  "  WHERE seq = (SELECT seq FROM newest) AND entity = 'canvas' GROUP BY key)"                                         \
  " SELECT seq FROM newest WHERE NOT EXISTS (SELECT 1 FROM canvas)"                                                    \
  "  OR EXISTS (SELECT 1 FROM was WHERE before NOT NULL)"                                                              \
  "  OR EXISTS (SELECT 1 FROM canvas WHERE id NOT IN (SELECT key FROM was))"

static gboolean
step (TnDb *self, gpointer user_data, GError **error)
{
  Step *one = user_data;
  Way way = { one->forward, 0, 0, self, NULL };

  if (!tn_db_each (self, take_operation, &way, error,
                   one->forward ? "SELECT seq FROM operation WHERE undone = 1 ORDER BY seq LIMIT 1" : NEWEST, ""))
    return FALSE;
  if (way.high > 0)
    return tn_db_each (self, take_named, &one->operation, error,
                       "SELECT kind, canvas_id, subject FROM operation WHERE seq = ?1", "l", way.high)
           && travel (&way, error);
  g_set_error_literal (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND,
                       one->forward ? _("There is nothing to do again") : _("There is nothing to undo"));
  return FALSE;
}

static TnOperation *
take_step (TnDb *self, gboolean forward, GError **error)
{
  Step one = { forward, NULL };

  if (tn_db_write_history (self, step, &one, error))
    return one.operation;
  g_clear_pointer (&one.operation, tn_operation_unref);
  return NULL;
}

/**
 * tn_db_undo:
 *
 * Takes the newest operation back, whoever did it; not the one that made the only canvas, as no canvas would be left.
 *
 * Returns: (transfer full): the operation, or %NULL with %TN_STORE_ERROR_NOT_FOUND where there is none,
 *   %TN_STORE_ERROR_INVALID where its rows are not as it left them; then nothing was changed
 */
TnOperation *
tn_db_undo (TnDb *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  return take_step (self, FALSE, error);
}

/**
 * tn_db_redo:
 *
 * Does the operation again that was taken back last; see tn_db_undo().
 */
TnOperation *
tn_db_redo (TnDb *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  return take_step (self, TRUE, error);
}

static gboolean
any_operation (TnDb *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 any = 0;

  if (!tn_db_each (self, tn_db_take_int, &any, &error, sql, ""))
    g_warning ("%s", error->message);
  return any != 0;
}

/**
 * tn_db_can_undo:
 *
 * Returns: whether there is an operation that was not taken back, other than the one that made the only canvas
 */
gboolean
tn_db_can_undo (TnDb *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return any_operation (self, "SELECT EXISTS (" NEWEST ")");
}

/**
 * tn_db_can_redo:
 *
 * Returns: whether there is an operation that was taken back and not followed by another
 */
gboolean
tn_db_can_redo (TnDb *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return any_operation (self, "SELECT EXISTS (SELECT 1 FROM operation WHERE undone = 1)");
}

static gboolean
add_record (sqlite3_stmt *row, gpointer records)
{
  TnHistoryRecord *record = g_new0 (TnHistoryRecord, 1);

  record->seq = sqlite3_column_int64 (row, 0);
  record->time_us = sqlite3_column_int64 (row, 1);
  record->kind = g_strdup (tn_db_text (row, 2));
  record->canvas_id = g_strdup (tn_db_text (row, 3));
  record->subject = g_strdup (tn_db_text (row, 4));
  record->name = g_strdup (tn_db_text (row, 5));
  record->undone = sqlite3_column_int (row, 6);
  g_ptr_array_add (records, record);
  return TRUE;
}

/**
 * tn_db_list_history:
 * @before: only operations older than that one; 0 for the newest
 * @limit: at most so many
 *
 * Returns: (transfer full) (element-type TnHistoryRecord): newest first, those that were taken back included
 */
GPtrArray *
tn_db_list_history (TnDb *self, gint64 before, guint limit, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_history_record_free);

  g_return_val_if_fail (self != NULL, NULL);

  if (!tn_db_each (self, add_record, records, error,
                   "SELECT seq, time, kind, canvas_id, subject, name, undone FROM operation WHERE seq < ?1"
                   " ORDER BY seq DESC LIMIT ?2",
                   "ll", before > 0 ? before : G_MAXINT64, (gint64) limit))
    return NULL;
  return g_steal_pointer (&records);
}

static gboolean
name_moment (TnDb *self, gpointer user_data, GError **error)
{
  const Naming *naming = user_data;

  if (!tn_db_run (self, error, "UPDATE operation SET name = ?2 WHERE seq = ?1", "ls", naming->seq, naming->name))
    return FALSE;
  if (sqlite3_changes (self->sql) > 0)
    return TRUE;
  g_set_error_literal (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND,
                       _("That moment is not in the history any more"));
  return FALSE;
}

/**
 * tn_db_name_moment:
 * @name: (nullable): the person's own name for the moment after that operation; %NULL takes it away
 *
 * It is no operation: undo passes over it. It goes when its operation goes.
 *
 * Returns: whether it is on disk; %FALSE with %TN_STORE_ERROR_NOT_FOUND where there is no such operation (any more)
 */
gboolean
tn_db_name_moment (TnDb *self, gint64 seq, const char *name, GError **error)
{
  Naming naming = { seq, name };

  g_return_val_if_fail (self != NULL, FALSE);
  return tn_db_write (self, name_moment, &naming, error);
}
