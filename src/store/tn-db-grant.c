/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-private.h"
#include "tn-grant-record.h"

#include "tn-clock.h"

#define ENTRY "app_key = ?1 AND type = ?2 AND resource = ?3 AND actions = ?4 AND terms = ?5"

TnGrantRecord *
tn_grant_record_new (const char *app_key, const char *type, const char *resource, const char *actions,
                     const char *terms)
{
  TnGrantRecord *self;

  g_return_val_if_fail (app_key != NULL && type != NULL && resource != NULL && actions != NULL && terms != NULL, NULL);

  self = g_new0 (TnGrantRecord, 1);
  self->app_key = g_strdup (app_key);
  self->type = g_strdup (type);
  self->resource = g_strdup (resource);
  self->actions = g_strdup (actions);
  self->terms = g_strdup (terms);
  return self;
}

TnGrantRecord *
tn_grant_record_copy (const TnGrantRecord *self)
{
  TnGrantRecord *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = tn_grant_record_new (self->app_key, self->type, self->resource, self->actions, self->terms);
  copy->always = self->always;
  copy->time_us = self->time_us;
  return copy;
}

void
tn_grant_record_free (TnGrantRecord *self)
{
  g_free (self->app_key);
  g_free (self->type);
  g_free (self->resource);
  g_free (self->actions);
  g_free (self->terms);
  g_free (self);
}

void
tn_level_record_free (TnLevelRecord *self)
{
  g_free (self->app_key);
  g_free (self->level);
  g_free (self);
}

static gboolean
collect_grant (sqlite3_stmt *row, gpointer array)
{
  TnGrantRecord *grant = tn_grant_record_new (tn_db_text (row, 0), tn_db_text (row, 1), tn_db_text (row, 2),
                                              tn_db_text (row, 3), tn_db_text (row, 4));

  grant->always = g_str_equal (tn_db_text (row, 5), "always");
  grant->time_us = sqlite3_column_int64 (row, 6);
  g_ptr_array_add (array, grant);
  return TRUE;
}

GPtrArray *
tn_db_list_grants (TnDb *self, const char *app_key, GError **error)
{
  g_autoptr (GPtrArray) grants = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_grant_record_free);

  g_return_val_if_fail (self != NULL, NULL);

  if (!tn_db_each (self, collect_grant, grants, error,
                   "SELECT app_key, type, resource, actions, terms, answer, time FROM grant"
                   " WHERE ?1 IS NULL OR app_key = ?1 ORDER BY app_key, type, resource, actions, terms",
                   "s", app_key))
    return NULL;
  return g_steal_pointer (&grants);
}

static gboolean
set_grant (TnDb *self, gpointer user_data, GError **error)
{
  const TnGrantRecord *grant = user_data;

  return tn_db_run (self, error,
                    "REPLACE INTO grant (app_key, type, resource, actions, terms, answer, time)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    "ssssssl", grant->app_key, grant->type, grant->resource, grant->actions, grant->terms,
                    grant->always ? "always" : "never", tn_clock_wall_us ());
}

gboolean
tn_db_set_grant (TnDb *self, const TnGrantRecord *grant, GError **error)
{
  g_return_val_if_fail (self != NULL && grant != NULL, FALSE);

  return tn_db_write (self, set_grant, (gpointer) grant, error);
}

static gboolean
drop_grant (TnDb *self, gpointer user_data, GError **error)
{
  const TnGrantRecord *grant = user_data;

  return tn_db_run (self, error, "DELETE FROM grant WHERE " ENTRY, "sssss", grant->app_key, grant->type,
                    grant->resource, grant->actions, grant->terms);
}

gboolean
tn_db_drop_grant (TnDb *self, const TnGrantRecord *grant, GError **error)
{
  g_return_val_if_fail (self != NULL && grant != NULL, FALSE);

  return tn_db_write (self, drop_grant, (gpointer) grant, error);
}

static gboolean
collect_level (sqlite3_stmt *row, gpointer array)
{
  TnLevelRecord *level = g_new (TnLevelRecord, 1);

  *level = (TnLevelRecord) { g_strdup (tn_db_text (row, 0)), g_strdup (tn_db_text (row, 1)) };
  g_ptr_array_add (array, level);
  return TRUE;
}

GPtrArray *
tn_db_list_levels (TnDb *self, GError **error)
{
  g_autoptr (GPtrArray) levels = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_level_record_free);

  g_return_val_if_fail (self != NULL, NULL);

  if (!tn_db_each (self, collect_level, levels, error, "SELECT app_key, level FROM level ORDER BY app_key", ""))
    return NULL;
  return g_steal_pointer (&levels);
}

static gboolean
set_level (TnDb *self, gpointer user_data, GError **error)
{
  const TnLevelRecord *level = user_data;

  return tn_db_run (self, error, "REPLACE INTO level (app_key, level) VALUES (?1, ?2)", "ss", level->app_key,
                    level->level);
}

gboolean
tn_db_set_level (TnDb *self, const char *app_key, const char *level, GError **error)
{
  TnLevelRecord record = { (char *) app_key, (char *) level };

  g_return_val_if_fail (self != NULL && app_key != NULL && level != NULL, FALSE);

  return tn_db_write (self, set_level, &record, error);
}

char *
tn_db_get_setting (TnDb *self, const char *name, GError **error)
{
  g_autofree char *value = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  if (!tn_db_each (self, tn_db_take_text, &value, error, "SELECT value FROM setting WHERE name = ?1", "s", name))
    return NULL;
  return value != NULL ? g_steal_pointer (&value) : g_strdup ("");
}

static gboolean
set_setting (TnDb *self, gpointer user_data, GError **error)
{
  const char *const *pair = user_data;

  return tn_db_run (self, error, "REPLACE INTO setting (name, value) VALUES (?1, ?2)", "ss", pair[0], pair[1]);
}

gboolean
tn_db_set_setting (TnDb *self, const char *name, const char *value, GError **error)
{
  const char *pair[] = { name, value };

  g_return_val_if_fail (self != NULL && name != NULL && value != NULL, FALSE);

  return tn_db_write (self, set_setting, pair, error);
}
