/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-private.h"

#include <glib/gi18n-lib.h>

/* What is kept of apps whose data are encrypted. Which those are stands in the database, so that nobody who lacks a key
 * writes in plain what others seal. An app stays among them until it is erased. */

static gboolean
set_locked_error (GError **error)
{
  g_set_error_literal (error, TN_STORE_ERROR, TN_STORE_ERROR_SEALED,
                       _("The app's data are encrypted, and it has not been started to open them"));
  return FALSE;
}

gboolean
tn_db_is_sealed (TnDb *self, const char *app_key, gboolean *sealed, GError **error)
{
  gint64 found = 0;

  if (!tn_db_each (self, tn_db_take_int, &found, error, "SELECT 1 FROM seal WHERE app_key = ?1", "s", app_key))
    return FALSE;
  *sealed = found != 0;
  return TRUE;
}

/* @seal: (out) (nullable) */
static gboolean
take_seal (TnDb *self, const char *app_key, TnSeal **seal, GError **error)
{
  gboolean sealed = FALSE;

  *seal = app_key != NULL ? g_hash_table_lookup (self->seals, app_key) : NULL;
  if (*seal != NULL || app_key == NULL)
    return TRUE;
  return tn_db_is_sealed (self, app_key, &sealed, error) && (!sealed || set_locked_error (error));
}

gboolean
tn_db_find_seal (TnDb *self, const char *scope, const char *owner, TnSeal **seal, GError **error)
{
  g_autofree char *app_key = NULL;

  *seal = NULL;
  if (g_str_equal (scope, "host"))
    return TRUE;
  if (g_str_equal (scope, "app"))
    return take_seal (self, owner, seal, error);
  if (g_hash_table_contains (self->sealed_tiles, owner))
    return take_seal (self, g_hash_table_lookup (self->sealed_tiles, owner), seal, error);
  return tn_db_each (self, tn_db_take_text, &app_key, error, "SELECT app_key FROM tile WHERE id = ?1", "s", owner)
         && take_seal (self, app_key, seal, error);
}

static void
note_tampered (TnDb *self, const char *app_key, const char *owner)
{
  if (self->tampered == NULL)
    self->tampered = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->tampered, g_strdup (app_key));
  g_ptr_array_add (self->tampered, g_strdup (owner));
}

/**
 * tn_db_take_tampered:
 *
 * Returns: (transfer full) (nullable): app key, owner, app key, owner … of the texts that were met since the last time and
 *   were not what was sealed
 */
GPtrArray *
tn_db_take_tampered (TnDb *self)
{
  return self != NULL ? g_steal_pointer (&self->tampered) : NULL;
}

char *
tn_db_open_sealed (TnDb *self, TnSeal *seal, const TnSealPlace *place, const char *sealed, char **name, GError **error)
{
  char *text = tn_seal_open (seal, place, sealed, name, error);

  if (text == NULL)
    note_tampered (self, tn_seal_get_app_key (seal), place->owner);
  return text;
}

char *
tn_db_seal_row (TnDb *self, const char *row, GError **error)
{
  g_autofree char *id = NULL, *app_key = NULL, *config = NULL, *closed = NULL;
  char *sealed = NULL;
  TnSeal *seal;

  if (!tn_db_each (self, tn_db_take_text, &config, error, "SELECT ?1 ->> '$.config'", "s", row))
    return NULL;
  if (config == NULL || tn_seal_is_settings (config))
    return g_strdup (row);
  if (!tn_db_each (self, tn_db_take_text, &app_key, error, "SELECT ?1 ->> '$.app_key'", "s", row)
      || !tn_db_each (self, tn_db_take_text, &id, error, "SELECT ?1 ->> '$.id'", "s", row)
      || !take_seal (self, app_key, &seal, error))
    return NULL;
  if (seal == NULL)
    return g_strdup (row);
  closed = tn_seal_close_settings (seal, id, config, error);
  if (closed != NULL)
    tn_db_each (self, tn_db_take_text, &sealed, error, "SELECT json_set (?1, '$.config', ?2)", "ss", row, closed);
  return sealed;
}

gboolean
tn_db_move_settings (TnDb *self, const char *from_tile_id, const char *to_tile_id, char **config, GError **error)
{
  g_autofree char *plain = NULL;
  TnSeal *seal;

  if (!tn_seal_is_settings (*config))
    return TRUE;
  if (!tn_db_find_seal (self, "tile", from_tile_id, &seal, error))
    return FALSE;
  if (seal == NULL)
    return TRUE;
  plain = tn_seal_open_settings (seal, from_tile_id, *config, error);
  if (plain == NULL)
    {
      note_tampered (self, tn_seal_get_app_key (seal), from_tile_id);
      return FALSE;
    }
  g_free (*config);
  *config = tn_seal_close_settings (seal, to_tile_id, plain, error);
  return *config != NULL;
}

/* From here on: what was there in plain when an app was sealed. */

typedef struct
{
  TnDb *db;
  TnSeal *seal;
  const char *known_id; /* of the key that the app's data were sealed with before; NULL for none */
  gboolean clean;
  gboolean backups_too; /* they may hold what is plain, even where the database does not any more */
} Sealing;

#define TILES                                                                                                          \
  "(SELECT id FROM tile WHERE app_key = ?1 UNION SELECT key FROM change"                                               \
  " WHERE entity = 'tile' AND ?1 IN (before ->> 'app_key', after ->> 'app_key'))"
#define IS_PLAIN(text) "substr (" text ", 1, 4) <> '" TN_SEAL_MARK "'"

/* Three texts of every row, one after the other. */
static gboolean
collect_three (sqlite3_stmt *row, gpointer array)
{
  for (int i = 0; i < 3; i++)
    g_ptr_array_add (array, g_strdup (tn_db_text (row, i)));
  return TRUE;
}

static gboolean
seal_value (Sealing *sealing, const char *scope, const char *owner, const char *name, GError **error)
{
  TnDb *db = sealing->db;
  TnSealPlace place = { scope, owner, name };
  g_autofree char *hidden = *name != '\0' ? tn_seal_hide_name (sealing->seal, &place) : g_strdup ("");
  g_autofree char *plain = NULL, *closed = NULL;

  if (!tn_db_each (db, tn_db_take_text, &plain, error,
                   "SELECT value FROM kv WHERE scope = ?1 AND owner = ?2 AND key = ?3", "sss", scope, owner, name))
    return FALSE;
  place.key = hidden;
  closed = tn_seal_close (sealing->seal, &place, name, plain, error);
  return closed != NULL
         && tn_db_run (db, error, "UPDATE kv SET key = ?4, value = ?5 WHERE scope = ?1 AND owner = ?2 AND key = ?3",
                       "sssss", scope, owner, name, hidden, closed);
}

static gboolean
seal_values (Sealing *sealing, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  if (!tn_db_each (sealing->db, collect_three, rows, error,
                   "SELECT scope, owner, key FROM kv WHERE " IS_PLAIN ("value") " AND ((scope = 'app' AND owner = ?1)"
                   " OR (scope IN ('tile', 'state') AND owner IN " TILES "))",
                   "s", tn_seal_get_app_key (sealing->seal)))
    return FALSE;
  for (guint i = 0; i < rows->len; i += 3)
    if (!seal_value (sealing, rows->pdata[i], rows->pdata[i + 1], rows->pdata[i + 2], error))
      return FALSE;
  return TRUE;
}

/* The same settings of a tile are sealed once, wherever they stand: or else undo would not find what it left. */
static gboolean
seal_settings (Sealing *sealing, const char *tile_id, const char *config, GError **error)
{
  static const char *const updates[] = {
    "UPDATE tile SET config = ?3 WHERE id = ?1 AND config = ?2",
    "UPDATE change SET before = json_set (before, '$.config', ?3)"
    " WHERE entity = 'tile' AND key = ?1 AND before ->> 'config' = ?2",
    "UPDATE change SET after = json_set (after, '$.config', ?3)"
    " WHERE entity = 'tile' AND key = ?1 AND after ->> 'config' = ?2",
  };
  g_autofree char *closed = tn_seal_close_settings (sealing->seal, tile_id, config, error);

  if (closed == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (updates); i++)
    if (!tn_db_run (sealing->db, error, updates[i], "sss", tile_id, config, closed))
      return FALSE;
  return TRUE;
}

static gboolean
seal_all_settings (Sealing *sealing, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  if (!tn_db_each (sealing->db, collect_three, rows, error,
                   "SELECT id, config, '' FROM tile WHERE app_key = ?1 AND config NOT NULL"
                   " UNION SELECT key, before ->> 'config', '' FROM change WHERE entity = 'tile'"
                   "  AND before ->> 'app_key' = ?1 AND before ->> 'config' NOT NULL"
                   " UNION SELECT key, after ->> 'config', '' FROM change WHERE entity = 'tile'"
                   "  AND after ->> 'app_key' = ?1 AND after ->> 'config' NOT NULL",
                   "s", tn_seal_get_app_key (sealing->seal)))
    return FALSE;
  for (guint i = 0; i < rows->len; i += 3)
    if (!tn_seal_is_settings (rows->pdata[i + 1])
        && !seal_settings (sealing, rows->pdata[i], rows->pdata[i + 1], error))
      return FALSE;
  return TRUE;
}

/* What it said on the bus is not kept of such an app. */
static gboolean
empty_events (Sealing *sealing, GError **error)
{
  return tn_db_run (sealing->db, error,
                    "UPDATE event SET json = json_remove (json, '$.data', '$.datacontenttype'),"
                    " size = length (json_remove (json, '$.data', '$.datacontenttype'))"
                    " WHERE json_valid (json) AND json ->> 'source' GLOB 'tn:/' || ?1 || '/*'"
                    " AND json_type (json, '$.data') NOT NULL",
                    "s", tn_seal_get_app_key (sealing->seal));
}

/* The canvases hear of it: they hold settings in plain. */
static gboolean
seal_everything (TnDb *self, gpointer user_data, GError **error)
{
  Sealing *sealing = user_data;
  int before = sqlite3_total_changes (self->sql);
  gboolean changed;

  if (!tn_db_collect_here (self, error) || !seal_values (sealing, error) || !seal_all_settings (sealing, error)
      || !empty_events (sealing, error))
    return FALSE;
  changed = sqlite3_total_changes (self->sql) != before;
  sealing->backups_too = changed || tn_db_backup_may_name (self, tn_seal_get_app_key (sealing->seal));
  return tn_db_run (self, error, "INSERT INTO seal (app_key, key_id, clean) VALUES (?1, ?2, 0)", "ss",
                    tn_seal_get_app_key (sealing->seal), tn_seal_get_id (sealing->seal))
         && (!changed
             || tn_db_each (self, tn_db_collect_text, self->touched, error,
                            "SELECT DISTINCT canvas_id FROM tile WHERE app_key = ?1", "s",
                            tn_seal_get_app_key (sealing->seal)));
}

static gboolean
note_clean (TnDb *self, gpointer seal, GError **error)
{
  return tn_db_run (self, error, "UPDATE seal SET clean = 1 WHERE app_key = ?1", "s", tn_seal_get_app_key (seal));
}

static gboolean
take_row (sqlite3_stmt *row, gpointer user_data)
{
  Sealing *sealing = user_data;

  sealing->clean = sqlite3_column_int (row, 1) != 0;
  sealing->known_id = g_intern_string (tn_db_text (row, 0));
  return FALSE;
}

static gboolean
begin (Sealing *sealing, GError **error)
{
  const char *app_key = tn_seal_get_app_key (sealing->seal);

  if (!tn_db_each (sealing->db, take_row, sealing, error, "SELECT key_id, clean FROM seal WHERE app_key = ?1", "s",
                   app_key))
    return FALSE;
  if (sealing->known_id == NULL)
    return tn_db_flush_events (sealing->db, error)
           && tn_db_write_history (sealing->db, seal_everything, sealing, error);
  if (g_str_equal (sealing->known_id, tn_seal_get_id (sealing->seal)))
    return TRUE;
  g_set_error_literal (error, TN_STORE_ERROR, TN_STORE_ERROR_OTHER_KEY,
                       _("The app's data were encrypted with another key than the keyring has now; they are kept as they are"));
  return FALSE;
}

/**
 * tn_db_use_seal:
 * @tile_id: a tile of the app
 *
 * From now on what the app and that tile keep is opened and closed with @seal. The first time whatever is there in plain is
 * sealed, and no trace of it is left: the file is written anew, and where a backup may hold any of it, also of what was taken
 * away since, all give way to one that is made then.
 *
 * Returns: whether that is so; %FALSE with %TN_STORE_ERROR_OTHER_KEY where the app's data are sealed with another key;
 *   they are not touched then
 */
gboolean
tn_db_use_seal (TnDb *self, TnSeal *seal, const char *tile_id, GError **error)
{
  Sealing sealing = { self, seal, NULL, FALSE, TRUE };
  const char *app_key;

  g_return_val_if_fail (self != NULL && seal != NULL && tile_id != NULL, FALSE);

  app_key = tn_seal_get_app_key (seal);
  if (!begin (&sealing, error))
    return FALSE;
  if (!sealing.clean
      && !(tn_db_leave_no_trace (self, error) && (!sealing.backups_too || tn_db_backup_renew (self, error))
           && tn_db_transact (self, "BEGIN IMMEDIATE", note_clean, seal, error)))
    return FALSE;
  g_hash_table_insert (self->seals, g_strdup (app_key), tn_seal_ref (seal));
  g_hash_table_insert (self->sealed_tiles, g_strdup (tile_id), g_strdup (app_key));
  return TRUE;
}

/**
 * tn_db_drop_seal:
 *
 * The key is not at hand any more: what is kept of the app can neither be read nor written.
 */
void
tn_db_drop_seal (TnDb *self, const char *app_key)
{
  g_return_if_fail (self != NULL && app_key != NULL);

  g_hash_table_remove (self->seals, app_key);
}

static gboolean
add_seal (sqlite3_stmt *row, gpointer seals)
{
  g_hash_table_insert (seals, g_strdup (tn_db_text (row, 0)), g_strdup (tn_db_text (row, 1)));
  return TRUE;
}

/**
 * tn_db_list_seals:
 *
 * Returns: (transfer full): app key → id of the key, of all apps whose data are encrypted
 */
GHashTable *
tn_db_list_seals (TnDb *self, GError **error)
{
  g_autoptr (GHashTable) seals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_return_val_if_fail (self != NULL, NULL);

  return tn_db_each (self, add_seal, seals, error, "SELECT app_key, key_id FROM seal", "") ? g_steal_pointer (&seals)
                                                                                            : NULL;
}

/**
 * tn_db_forget_seal:
 *
 * The app's key is destroyed, and so is all that it opened: the app may begin anew.
 */
gboolean
tn_db_forget_seal (TnDb *self, const char *app_key, GError **error)
{
  g_return_val_if_fail (self != NULL && app_key != NULL, FALSE);

  return tn_db_run (self, error, "DELETE FROM seal WHERE app_key = ?", "s", app_key);
}
