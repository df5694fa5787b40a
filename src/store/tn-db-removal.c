/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-private.h"

#include <glib/gi18n-lib.h>

/* Apps that go, and what nothing can bring back any more. */

typedef struct
{
  const char *app_key, *app_id, *name;
  gboolean package;
} Removal;

/* Where the history says that it was done. */
static gboolean
find_canvas (TnDb *self, const char *app_key, char **canvas_id, GError **error)
{
  return tn_db_each (self, tn_db_take_text, canvas_id, error,
                     "SELECT canvas.id FROM canvas LEFT JOIN tile ON canvas_id = canvas.id AND app_key = ?1"
                     " ORDER BY tile.id IS NULL, position, canvas.id LIMIT 1",
                     "s", app_key);
}

static gboolean
note_in_audit (TnDb *self, const Removal *removal, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_audit_record_free);

  g_ptr_array_add (records, tn_audit_record_new ("app.removed", removal->app_key, NULL, removal->app_id, "removed", NULL));
  return tn_db_append_audit_here (self, records, error);
}

static gboolean
remove_app (TnDb *self, gpointer user_data, GError **error)
{
  const Removal *removal = user_data;
  g_autoptr (GPtrArray) tiles = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (TnOperation) operation = NULL;
  g_autofree char *canvas_id = NULL;

  if (!find_canvas (self, removal->app_key, &canvas_id, error)
      || !tn_db_each (self, tn_db_collect_text, tiles, error, "SELECT id FROM tile WHERE app_key = ?1 ORDER BY id", "s",
                      removal->app_key))
    return FALSE;
  if (tiles->len == 0 && !removal->package)
    {
      g_set_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND, _("“%s” is on no canvas"), removal->name);
      return FALSE;
    }
  operation = tn_operation_new ("app.remove", canvas_id != NULL ? canvas_id : "", removal->name);
  for (guint i = 0; i < tiles->len; i++)
    tn_operation_delete_tile (operation, tiles->pdata[i]);
  if (removal->package)
    tn_operation_remove_package (operation, removal->app_key, removal->app_id);
  return tn_db_apply_here (self, operation, error) && note_in_audit (self, removal, error);
}

/**
 * tn_db_remove_app:
 * @name: what the app is called
 * @package: it is one of the person's own, whose package is to lie aside; see tn_db_list_removals()
 *
 * One operation, app.remove, with @name as its subject: takes all tiles of an app away, on whatever canvas they are.
 *
 * Returns: whether it is on disk; %FALSE with %TN_STORE_ERROR_NOT_FOUND where there is nothing to take away
 */
gboolean
tn_db_remove_app (TnDb *self, const char *app_key, const char *app_id, const char *name, gboolean package,
                  GError **error)
{
  Removal removal = { app_key, app_id, name, package };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (app_key != NULL && app_id != NULL && name != NULL, FALSE);

  return tn_db_write_history (self, remove_app, &removal, error);
}

/**
 * tn_db_list_removals:
 *
 * Returns: (transfer full): the ids of the person's own apps that are removed now
 */
GStrv
tn_db_list_removals (TnDb *self, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (self != NULL, NULL);

  if (!tn_db_each (self, tn_db_collect_text, ids, error, "SELECT app_id FROM removal ORDER BY app_id", ""))
    return NULL;
  g_ptr_array_add (ids, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}

/**
 * tn_db_needs_app:
 * @needs: (out): whether a tile of the app is there, or undo, redo or going to a moment could bring one back, or its
 *   package
 */
gboolean
tn_db_needs_app (TnDb *self, const char *app_key, gboolean *needs, GError **error)
{
  gint64 any = 0;

  g_return_val_if_fail (self != NULL && app_key != NULL && needs != NULL, FALSE);

  if (!tn_db_each (self, tn_db_take_int, &any, error,
                   "SELECT EXISTS (SELECT 1 FROM tile WHERE app_key = ?1)"
                   " OR EXISTS (SELECT 1 FROM removal WHERE app_key = ?1)"
                   " OR EXISTS (SELECT 1 FROM change WHERE (entity = 'removal' AND key = ?1)"
                   "            OR (entity = 'tile' AND ?1 IN (before ->> 'app_key', after ->> 'app_key')))",
                   "s", app_key))
    return FALSE;
  *needs = any != 0;
  return TRUE;
}

/* Tiles that are there or could be brought back. */
#define KNOWN "(SELECT id FROM tile UNION SELECT key FROM change WHERE entity = 'tile')"

gboolean
tn_db_collect_here (TnDb *self, GError **error)
{
  return tn_db_run (self, error, "DELETE FROM kv WHERE scope IN ('tile', 'state') AND owner NOT IN " KNOWN, "")
         && tn_db_run (self, error, "DELETE FROM usage WHERE tile_id NOT IN " KNOWN, "");
}

static gboolean
collect (TnDb *self, gpointer user_data, GError **error)
{
  return tn_db_collect_here (self, error);
}

/**
 * tn_db_collect:
 *
 * Takes away what was kept for tiles that are gone for good: no undo, redo or moment of the history knows them.
 */
gboolean
tn_db_collect (TnDb *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return tn_db_transact (self, "BEGIN IMMEDIATE", collect, NULL, error);
}

/**
 * tn_db_is_alone:
 *
 * Returns: whether no other program has the workspace open at this moment
 */
gboolean
tn_db_is_alone (TnDb *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->lock == NULL || tn_db_lock_is_alone (self->lock);
}
