/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-entity.h"

#include <glib/gi18n-lib.h>

#include "tn-clock.h"

typedef struct
{
  TnEntity entity;
  char *key[2];
  char *before; /* NULL: there was none */
  char *after;  /* NULL: there is none */
} Change;

typedef struct
{
  TnOperation *operation;
  GString *changes; /* the elements of the JSON array */
} Application;

typedef struct
{
  gboolean forward;
  gint64 seq;
  TnOperation *operation;
  GPtrArray *changes;
} Travel;

static void
change_free (Change *change)
{
  g_free (change->key[0]);
  g_free (change->key[1]);
  g_free (change->before);
  g_free (change->after);
  g_free (change);
}

static gboolean
note_change (TnDb *self, Application *application, const Change *change, GError **error)
{
  g_autofree char *json = NULL;

  if (!tn_db_each (self, tn_db_take_text, &json, error,
                   "SELECT json_object ('entity', ?1, 'key', json_array (?2, ?3), 'before', json (?4), 'after',"
                   " json (?5))",
                   "sssss", tn_entity_get_name (change->entity), change->key[0], change->key[1], change->before,
                   change->after))
    return FALSE;
  g_string_append_printf (application->changes, "%s%s", application->changes->len > 0 ? "," : "", json);
  return TRUE;
}

/* Writes @row and notes what the row was before and is now, where that differs. */
static gboolean
change_row (TnDb *self, Application *application, TnEntity entity, char *const key[2], const char *row, GError **error)
{
  g_autofree char *before = NULL, *after = NULL;

  if (!tn_entity_read (self, entity, key, &before, error) || !tn_entity_write (self, entity, key, row, error)
      || !tn_entity_read (self, entity, key, &after, error))
    return FALSE;
  if (row == NULL && before == NULL)
    {
      g_set_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND, _("There is no “%s” to remove any more"), key[0]);
      return FALSE;
    }
  if (g_strcmp0 (before, after) == 0)
    return TRUE;
  return note_change (self, application, &(Change){ entity, { key[0], key[1] }, before, after }, error);
}

static gboolean
remove_tile (TnDb *self, Application *application, char *const key[2], GError **error)
{
  g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func (g_free);

  if (!tn_db_each (self, tn_db_collect_text, layouts, error,
                   "SELECT layout FROM place WHERE tile_id = ?1 ORDER BY layout", "s", key[0]))
    return FALSE;
  for (guint i = 0; i < layouts->len; i++)
    if (!change_row (self, application, TN_ENTITY_PLACE, (char *[2]){ key[0], layouts->pdata[i] }, NULL, error))
      return FALSE;
  return change_row (self, application, TN_ENTITY_TILE, key, NULL, error);
}

static gboolean
remove_canvas (TnDb *self, Application *application, char *const key[2], GError **error)
{
  g_autoptr (GPtrArray) tiles = g_ptr_array_new_with_free_func (g_free);

  if (!tn_db_each (self, tn_db_collect_text, tiles, error, "SELECT id FROM tile WHERE canvas_id = ?1 ORDER BY id", "s",
                   key[0]))
    return FALSE;
  for (guint i = 0; i < tiles->len; i++)
    if (!remove_tile (self, application, (char *[2]){ tiles->pdata[i], NULL }, error))
      return FALSE;
  return change_row (self, application, TN_ENTITY_CANVAS, key, NULL, error);
}

/* In the schema this would need functions that an untrusted file may not call. */
static gboolean
check_settings (TnDb *self, const TnOperationStep *step, GError **error)
{
  gint64 fine = 0;

  if (!tn_db_each (self, tn_db_take_int, &fine, error,
                   "SELECT CASE WHEN json_valid (config) THEN json_type (config) = 'object' ELSE config IS NULL END"
                   " FROM (SELECT json_extract (?1, '$.config') AS config)",
                   "s", step->row))
    return FALSE;
  if (!fine)
    g_set_error (error, TN_STORE_ERROR, TN_STORE_ERROR_INVALID, _("The settings of “%s” are not a JSON object"),
                 step->key[0]);
  return fine;
}

static gboolean
apply_step (TnDb *self, Application *application, const TnOperationStep *step, GError **error)
{
  static gboolean (*const remove[TN_N_ENTITIES]) (TnDb *, Application *, char *const[2], GError **)
    = { [TN_ENTITY_CANVAS] = remove_canvas, [TN_ENTITY_TILE] = remove_tile };

  if (step->row == NULL)
    return remove[step->entity](self, application, step->key, error);
  if (step->entity == TN_ENTITY_TILE && !check_settings (self, step, error))
    return FALSE;
  return change_row (self, application, step->entity, step->key, step->row, error);
}

static gboolean
apply (TnDb *self, gpointer user_data, GError **error)
{
  Application *application = user_data;
  GPtrArray *steps = tn_operation_get_steps (application->operation);
  g_autofree char *id = tn_uuid_new (), *changes = NULL;

  for (guint i = 0; i < steps->len; i++)
    if (!apply_step (self, application, g_ptr_array_index (steps, i), error))
      return FALSE;
  /* Nothing differs: nothing to take back, and what was taken back before can still be done again. */
  if (application->changes->len == 0)
    return TRUE;
  changes = g_strdup_printf ("[%s]", application->changes->str);
  return tn_db_run (self, error, "DELETE FROM operation WHERE undone = 1", "")
         && tn_db_run (self, error,
                       "INSERT INTO operation (id, time, kind, canvas_id, subject, changes, undone)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)",
                       "slssss", id, tn_clock_wall_us (), tn_operation_get_kind (application->operation),
                       tn_operation_get_canvas_id (application->operation),
                       tn_operation_get_subject (application->operation), changes);
}

static gboolean
take_operation (sqlite3_stmt *row, gpointer user_data)
{
  Travel *travel = user_data;

  travel->seq = sqlite3_column_int64 (row, 0);
  travel->operation = tn_operation_new (tn_db_text (row, 1), tn_db_text (row, 2), tn_db_text (row, 3));
  return FALSE;
}

static gboolean
add_change (sqlite3_stmt *row, gpointer user_data)
{
  Travel *travel = user_data;
  Change *change = g_new0 (Change, 1);

  change->entity = tn_entity_from_name (tn_db_text (row, 0));
  change->key[0] = g_strdup (tn_db_text (row, 1));
  change->key[1] = g_strdup (tn_db_text (row, 2));
  change->before = g_strdup (tn_db_text (row, 3));
  change->after = g_strdup (tn_db_text (row, 4));
  g_ptr_array_add (travel->changes, change);
  return TRUE;
}

static gboolean
find_operation (TnDb *self, Travel *travel, GError **error)
{
  const char *sql = travel->forward
                      ? "SELECT seq, kind, canvas_id, subject FROM operation WHERE undone = 1 ORDER BY seq LIMIT 1"
                      : "SELECT seq, kind, canvas_id, subject FROM operation WHERE undone = 0 ORDER BY seq DESC"
                        " LIMIT 1";

  if (!tn_db_each (self, take_operation, travel, error, sql, ""))
    return FALSE;
  if (travel->operation != NULL)
    return tn_db_each (self, add_change, travel, error,
                       "SELECT value ->> 'entity', value ->> '$.key[0]', value ->> '$.key[1]', value ->> 'before',"
                       " value ->> 'after' FROM json_each ((SELECT changes FROM operation WHERE seq = ?1))"
                       " ORDER BY json_each.key * ?2",
                       "li", travel->seq, travel->forward ? 1 : -1);
  g_set_error_literal (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND,
                       travel->forward ? _("There is nothing to do again") : _("There is nothing to undo"));
  return FALSE;
}

static gboolean
travel_over (TnDb *self, Travel *travel, const Change *change, GError **error)
{
  const char *from = travel->forward ? change->before : change->after;
  const char *to = travel->forward ? change->after : change->before;
  gboolean is = FALSE;

  if (change->entity < TN_N_ENTITIES && !tn_entity_is (self, change->entity, change->key, from, &is, error))
    return FALSE;
  if (is)
    return tn_entity_write (self, change->entity, change->key, to, error);
  g_set_error (error, TN_STORE_ERROR, TN_STORE_ERROR_INVALID,
               travel->forward ? _("“%s” can't be done again: something else has changed it since")
                               : _("“%s” can't be undone: something else has changed it since"),
               tn_operation_get_subject (travel->operation));
  return FALSE;
}

static gboolean
travel (TnDb *self, gpointer user_data, GError **error)
{
  Travel *way = user_data;

  if (!find_operation (self, way, error))
    return FALSE;
  for (guint i = 0; i < way->changes->len; i++)
    if (!travel_over (self, way, g_ptr_array_index (way->changes, i), error))
      return FALSE;
  return tn_db_run (self, error, "UPDATE operation SET undone = ?2 WHERE seq = ?1", "li", way->seq, !way->forward);
}

static TnOperation *
start_travel (TnDb *self, gboolean forward, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  Travel way = { .forward = forward, .changes = changes };

  if (tn_db_write (self, travel, &way, error))
    return way.operation;
  g_clear_pointer (&way.operation, tn_operation_unref);
  return NULL;
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
 * tn_db_apply:
 *
 * Does @operation as one transaction and keeps how to take it back. What was undone can't be done again afterwards.
 * An operation that changes nothing leaves no trace.
 *
 * Returns: whether it is on disk; %FALSE with %TN_STORE_ERROR_NOT_FOUND where a row to remove isn't there,
 *   %TN_STORE_ERROR_INVALID where a rule is broken, or another #TnStoreErrorCode; then nothing was changed
 */
gboolean
tn_db_apply (TnDb *self, TnOperation *operation, GError **error)
{
  g_autoptr (GString) changes = g_string_new (NULL);
  Application application = { operation, changes };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (operation != NULL, FALSE);

  return tn_db_write (self, apply, &application, error);
}

/**
 * tn_db_undo:
 *
 * Takes the newest operation back, whoever did it.
 *
 * Returns: (transfer full): the operation, or %NULL with %TN_STORE_ERROR_NOT_FOUND where there is none,
 *   %TN_STORE_ERROR_INVALID where its rows are not as it left them; then nothing was changed
 */
TnOperation *
tn_db_undo (TnDb *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  return start_travel (self, FALSE, error);
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
  return start_travel (self, TRUE, error);
}

/**
 * tn_db_can_undo:
 *
 * Returns: whether there is an operation that was not taken back
 */
gboolean
tn_db_can_undo (TnDb *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return any_operation (self, "SELECT EXISTS (SELECT 1 FROM operation WHERE undone = 0)");
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
