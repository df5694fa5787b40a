/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-entity.h"

#include <glib/gi18n-lib.h>

#include "tn-clock.h"

typedef struct
{
  TnOperation *operation;
  gint64 seq;
  guint n_changes;
} Application;

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
  application->n_changes++;
  return tn_db_run (self, error,
                    "INSERT INTO change (seq, entity, key, layout, before, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    "lsssss", application->seq, tn_entity_get_name (entity), key[0], key[1], before, after);
}

static gboolean
remove_places (TnDb *self, Application *application, char *const key[2], GError **error)
{
  g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func (g_free);

  if (!tn_db_each (self, tn_db_collect_text, layouts, error,
                   "SELECT layout FROM place WHERE tile_id = ?1 ORDER BY layout", "s", key[0]))
    return FALSE;
  for (guint i = 0; i < layouts->len; i++)
    if (!change_row (self, application, TN_ENTITY_PLACE, (char *[2]){ key[0], layouts->pdata[i] }, NULL, error))
      return FALSE;
  return TRUE;
}

static gboolean
remove_tile (TnDb *self, Application *application, char *const key[2], GError **error)
{
  return remove_places (self, application, key, error)
         && change_row (self, application, TN_ENTITY_TILE, key, NULL, error);
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
put_tile (TnDb *self, Application *application, const TnOperationStep *step, GError **error)
{
  g_autofree char *row = check_settings (self, step, error) ? tn_db_seal_row (self, step->row, error) : NULL;

  return row != NULL && change_row (self, application, step->entity, step->key, row, error);
}

static gboolean
apply_step (TnDb *self, Application *application, const TnOperationStep *step, GError **error)
{
  static gboolean (*const remove[TN_N_ENTITIES]) (TnDb *, Application *, char *const[2], GError **)
    = { [TN_ENTITY_CANVAS] = remove_canvas, [TN_ENTITY_TILE] = remove_tile, [TN_ENTITY_PLACE] = remove_places };

  if (step->from != NULL)
    return tn_db_copy_values_here (self, step->from, step->key[0], error);
  if (step->row == NULL)
    return remove[step->entity](self, application, step->key, error);
  if (step->entity == TN_ENTITY_TILE)
    return put_tile (self, application, step, error);
  return change_row (self, application, step->entity, step->key, step->row, error);
}

static gboolean
insert_operation (TnDb *self, Application *application, GError **error)
{
  TnOperation *operation = application->operation;
  g_autofree char *id = tn_uuid_new ();

  /* A number is not given again, so that a list read before does not name another operation by it. */
  return tn_db_each (self, tn_db_take_int, &application->seq, error, "SELECT ifnull (max (seq), 0) + 1 FROM operation",
                     "")
         && tn_db_run (self, error,
                       "INSERT INTO operation (seq, id, time, kind, canvas_id, subject, undone)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)",
                       "lslsss", application->seq, id, tn_clock_wall_us (), tn_operation_get_kind (operation),
                       tn_operation_get_canvas_id (operation), tn_operation_get_subject (operation));
}

gboolean
tn_db_apply_here (TnDb *self, TnOperation *operation, GError **error)
{
  Application application = { operation, 0, 0 };
  GPtrArray *steps = tn_operation_get_steps (operation);

  if (!insert_operation (self, &application, error))
    return FALSE;
  for (guint i = 0; i < steps->len; i++)
    if (!apply_step (self, &application, g_ptr_array_index (steps, i), error))
      return FALSE;
  /* Nothing differs: nothing to take back, and what was taken back before can still be done again. */
  if (application.n_changes == 0)
    return tn_db_run (self, error, "DELETE FROM operation WHERE seq = ?1", "l", application.seq);
  return tn_db_run (self, error, "DELETE FROM operation WHERE undone = 1", "")
         && tn_db_note_touched (self, application.seq - 1, application.seq, error);
}

static gboolean
apply (TnDb *self, gpointer operation, GError **error)
{
  return tn_db_apply_here (self, operation, error);
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
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (operation != NULL, FALSE);

  return tn_db_write_history (self, apply, operation, error);
}
