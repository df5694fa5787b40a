/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-private.h"

/* What a tile's getState() returned is a value of this scope, under the tile's id and an empty key. */
#define STATE "state"

static const char *const scopes[] = { [TN_KV_TILE] = "tile", [TN_KV_APP] = "app", [TN_KV_HOST] = "host" };

typedef struct
{
  const char *scope;
  const char *owner;
  const char *key;
  const char *json;
} Value;

static char *
get_value (TnDb *self, const char *scope, const char *owner, const char *key, GError **error)
{
  char *json = NULL;

  tn_db_each (self, tn_db_take_text, &json, error, "SELECT value FROM kv WHERE scope = ?1 AND owner = ?2 AND key = ?3",
              "sss", scope, owner, key);
  return json;
}

static gboolean
set_value (TnDb *self, gpointer user_data, GError **error)
{
  const Value *value = user_data;

  if (value->json == NULL)
    return tn_db_run (self, error, "DELETE FROM kv WHERE scope = ?1 AND owner = ?2 AND key = ?3", "sss", value->scope,
                      value->owner, value->key);
  return tn_db_run (self, error, "REPLACE INTO kv (scope, owner, key, value) VALUES (?1, ?2, ?3, ?4)", "ssss",
                    value->scope, value->owner, value->key, value->json);
}

/**
 * tn_db_kv_get:
 * @owner: tile id or app key
 *
 * Returns: (transfer full) (nullable): the JSON text; %NULL without @error where there is none
 */
char *
tn_db_kv_get (TnDb *self, TnKvScope scope, const char *owner, const char *key, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (scope < G_N_ELEMENTS (scopes), NULL);
  g_return_val_if_fail (owner != NULL && key != NULL, NULL);

  return get_value (self, scopes[scope], owner, key, error);
}

/**
 * tn_db_kv_set:
 * @json: (nullable): JSON text, kept as it is; %NULL deletes
 *
 * Returns: whether it is on disk
 */
gboolean
tn_db_kv_set (TnDb *self, TnKvScope scope, const char *owner, const char *key, const char *json, GError **error)
{
  Value value = { NULL, owner, key, json };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (scope < G_N_ELEMENTS (scopes), FALSE);
  g_return_val_if_fail (owner != NULL && key != NULL, FALSE);

  value.scope = scopes[scope];
  return tn_db_write (self, set_value, &value, error);
}

/**
 * tn_db_kv_keys:
 *
 * Returns: (transfer full): the keys that @owner has, sorted by their bytes; %NULL with @error
 */
GStrv
tn_db_kv_keys (TnDb *self, TnKvScope scope, const char *owner, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (scope < G_N_ELEMENTS (scopes), NULL);
  g_return_val_if_fail (owner != NULL, NULL);

  if (!tn_db_each (self, tn_db_collect_text, keys, error,
                   "SELECT key FROM kv WHERE scope = ?1 AND owner = ?2 ORDER BY key", "ss", scopes[scope], owner))
    return NULL;
  g_ptr_array_add (keys, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&keys), FALSE);
}

static gboolean
collect_value (sqlite3_stmt *row, gpointer values)
{
  g_hash_table_replace (values, g_strdup (tn_db_text (row, 0)), g_strdup (tn_db_text (row, 1)));
  return TRUE;
}

/**
 * tn_db_kv_list:
 *
 * Returns: (element-type utf8 utf8) (transfer full): what each owner has under @key; %NULL with @error
 */
GHashTable *
tn_db_kv_list (TnDb *self, TnKvScope scope, const char *key, GError **error)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (scope < G_N_ELEMENTS (scopes), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  if (!tn_db_each (self, collect_value, values, error, "SELECT owner, value FROM kv WHERE scope = ?1 AND key = ?2", "ss",
                   scopes[scope], key))
    return NULL;
  return g_steal_pointer (&values);
}

/**
 * tn_db_kv_bytes:
 *
 * Returns: what the values of the app and of all its tiles take, keys and states included, and its webxdc updates; -1
 *   with @error
 */
gint64
tn_db_kv_bytes (TnDb *self, const char *app_key, GError **error)
{
  gint64 bytes = 0;

  g_return_val_if_fail (self != NULL && app_key != NULL, -1);

  if (!tn_db_each (self, tn_db_take_int, &bytes, error,
                   "SELECT ifnull (sum (length (CAST (key AS BLOB)) + length (CAST (value AS BLOB))), 0)"
                   " + ifnull ((SELECT bytes FROM webxdc WHERE app_key = ?1), 0) FROM kv WHERE (scope = 'app' AND owner = ?1) OR (scope IN ('tile', '" STATE "')"
                   " AND owner IN (SELECT id FROM tile WHERE app_key = ?1))",
                   "s", app_key))
    return -1;
  return bytes;
}

/**
 * tn_db_load_state:
 *
 * Returns: (transfer full) (nullable): what the tile's getState() returned last, as JSON text; %NULL without @error
 *   where there is none
 */
char *
tn_db_load_state (TnDb *self, const char *tile_id, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (tile_id != NULL, NULL);

  return get_value (self, STATE, tile_id, "", error);
}

/**
 * tn_db_save_state:
 * @json: (nullable): %NULL deletes
 *
 * Returns: whether it is on disk
 */
gboolean
tn_db_save_state (TnDb *self, const char *tile_id, const char *json, GError **error)
{
  Value value = { STATE, tile_id, "", json };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (tile_id != NULL, FALSE);

  return tn_db_write (self, set_value, &value, error);
}
