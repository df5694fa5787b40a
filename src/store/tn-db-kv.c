/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-private.h"

#include <string.h>

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

/* Where a value is kept: sealed, its name is not to be read there. @hidden: (out): holds it */
static TnSealPlace
find_place (TnSeal *seal, const char *scope, const char *owner, const char *key, char **hidden)
{
  TnSealPlace place = { scope, owner, key };

  *hidden = seal != NULL && *key != '\0' ? tn_seal_hide_name (seal, &place) : g_strdup (key);
  place.key = *hidden;
  return place;
}

static char *
get_value (TnDb *self, const char *scope, const char *owner, const char *key, GError **error)
{
  g_autofree char *hidden = NULL, *kept = NULL;
  TnSealPlace place;
  TnSeal *seal;

  if (!tn_db_find_seal (self, scope, owner, &seal, error))
    return NULL;
  place = find_place (seal, scope, owner, key, &hidden);
  if (!tn_db_each (self, tn_db_take_text, &kept, error,
                   "SELECT value FROM kv WHERE scope = ?1 AND owner = ?2 AND key = ?3", "sss", scope, owner, place.key)
      || kept == NULL || seal == NULL)
    return g_steal_pointer (&kept);
  return tn_db_open_sealed (self, seal, &place, kept, NULL, error);
}

static gboolean
write_value (TnDb *self, const TnSealPlace *place, const char *text, GError **error)
{
  return tn_db_run (self, error, "REPLACE INTO kv (scope, owner, key, value) VALUES (?1, ?2, ?3, ?4)", "ssss",
                    place->scope, place->owner, place->key, text);
}

static gboolean
set_value (TnDb *self, gpointer user_data, GError **error)
{
  const Value *value = user_data;
  g_autofree char *hidden = NULL, *closed = NULL;
  TnSealPlace place;
  TnSeal *seal;

  if (!tn_db_find_seal (self, value->scope, value->owner, &seal, error))
    return FALSE;
  place = find_place (seal, value->scope, value->owner, value->key, &hidden);
  if (value->json == NULL)
    return tn_db_run (self, error, "DELETE FROM kv WHERE scope = ?1 AND owner = ?2 AND key = ?3", "sss", place.scope,
                      place.owner, place.key);
  if (seal == NULL)
    return write_value (self, &place, value->json, error);
  closed = tn_seal_close (seal, &place, value->key, value->json, error);
  return closed != NULL && write_value (self, &place, closed, error);
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

typedef struct
{
  TnDb *db;
  TnSeal *seal;
  TnSealPlace place;
  GPtrArray *names;
} Listing;

static gboolean
add_sealed_name (sqlite3_stmt *row, gpointer user_data)
{
  Listing *listing = user_data;
  g_autofree char *text = NULL;
  char *name = NULL;

  listing->place.key = tn_db_text (row, 0);
  text = tn_db_open_sealed (listing->db, listing->seal, &listing->place, tn_db_text (row, 1), &name, NULL);
  if (text != NULL)
    g_ptr_array_add (listing->names, name);
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Unsorted where they are sealed. */
static gboolean
list_names (TnDb *self, const char *scope, const char *owner, GPtrArray *names, GError **error)
{
  Listing listing = { self, NULL, { scope, owner, NULL }, names };

  if (!tn_db_find_seal (self, scope, owner, &listing.seal, error))
    return FALSE;
  if (listing.seal == NULL)
    return tn_db_each (self, tn_db_collect_text, names, error,
                       "SELECT key FROM kv WHERE scope = ?1 AND owner = ?2 ORDER BY key", "ss", scope, owner);
  return tn_db_each (self, add_sealed_name, &listing, error, "SELECT key, value FROM kv WHERE scope = ?1 AND owner = ?2",
                     "ss", scope, owner);
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

  if (!list_names (self, scopes[scope], owner, keys, error))
    return NULL;
  g_ptr_array_sort (keys, compare_names);
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

/* A sealed value counts as what is in it, its name and a zero: base64 without nonce, tag and zero. */
#define SEALED_BYTES                                                                                                   \
  "(length (value) - 4) / 4 * 3 - (length (value) - length (rtrim (value, '='))) - 12 - 16 - 1"
#define BYTES                                                                                                          \
  "iif (substr (value, 1, 4) = '" TN_SEAL_MARK "', " SEALED_BYTES ","                                                  \
  " length (CAST (key AS BLOB)) + length (CAST (value AS BLOB)))"

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
                   "SELECT ifnull (sum (" BYTES "), 0)"
                   " + ifnull ((SELECT bytes FROM webxdc WHERE app_key = ?1), 0) FROM kv"
                   " WHERE (scope = 'app' AND owner = ?1) OR (scope IN ('tile', '" STATE "')"
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

typedef struct
{
  TnDb *db;
  TnSeal *seal;
  const char *from, *to;
  GError *error; /* what stopped it */
} Copying;

static gboolean
copy_sealed (sqlite3_stmt *row, gpointer user_data)
{
  Copying *copying = user_data;
  TnSealPlace from = { tn_db_text (row, 0), copying->from, tn_db_text (row, 1) }, to;
  g_autofree char *name = NULL, *text = NULL, *hidden = NULL, *closed = NULL;

  text = tn_db_open_sealed (copying->db, copying->seal, &from, tn_db_text (row, 2), &name, NULL);
  /* The copy lacks what can't be read, as the original does. */
  if (text == NULL)
    return TRUE;
  to = find_place (copying->seal, from.scope, copying->to, name, &hidden);
  closed = tn_seal_close (copying->seal, &to, name, text, &copying->error);
  return closed != NULL && write_value (copying->db, &to, closed, &copying->error);
}

/* What a tile keeps, its state included, another one keeps too. Inside of a transaction. */
gboolean
tn_db_copy_values_here (TnDb *self, const char *from_tile_id, const char *to_tile_id, GError **error)
{
  Copying copying = { self, NULL, from_tile_id, to_tile_id, NULL };

  if (!tn_db_find_seal (self, scopes[TN_KV_TILE], from_tile_id, &copying.seal, error))
    return FALSE;
  if (copying.seal == NULL)
    return tn_db_run (self, error,
                      "REPLACE INTO kv (scope, owner, key, value)"
                      " SELECT scope, ?2, key, value FROM kv WHERE scope IN ('tile', '" STATE "') AND owner = ?1",
                      "ss", from_tile_id, to_tile_id);
  if (!tn_db_each (self, copy_sealed, &copying, error,
                   "SELECT scope, key, value FROM kv WHERE scope IN ('tile', '" STATE "') AND owner = ?1", "s",
                   from_tile_id))
    return FALSE;
  if (copying.error == NULL)
    return TRUE;
  g_propagate_error (error, copying.error);
  return FALSE;
}
