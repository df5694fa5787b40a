/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-entity.h"

#include <string.h>

typedef enum
{
  READ,
  PUT,
  DROP,
  MATCH,
  N_VERBS,
} Verb;

static const struct
{
  const char *name;
  const char *key_types;   /* the first so many columns are the key */
  const char *columns[13]; /* with a NULL behind the last */
} entities[TN_N_ENTITIES] = {
  [TN_ENTITY_CANVAS] = { "canvas", "s", { "id", "name", "position", "locked", "policy", "foreign_data" } },
  [TN_ENTITY_TILE] = { "tile",
                       "s",
                       { "id", "canvas_id", "app_key", "app_id", "title", "locked", "config", "foreign_data", "min_w",
                         "min_h", "max_w", "max_h" } },
  [TN_ENTITY_PLACE] = { "place", "ss", { "tile_id", "layout", "x", "y", "w", "h" } },
  [TN_ENTITY_REMOVAL] = { "removal", "s", { "app_key", "app_id" } },
};

/* @pattern for each of the first @n columns, @ standing for its name, with @between. */
static char *
spell (TnEntity entity, gsize n, const char *pattern, const char *between)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n && entities[entity].columns[i] != NULL; i++)
    {
      g_autoptr (GString) one = g_string_new (pattern);

      g_string_replace (one, "@", entities[entity].columns[i], 0);
      g_string_append_printf (text, "%s%s", i > 0 ? between : "", one->str);
    }
  return g_string_free (text, FALSE);
}

static char *
make_sql (TnEntity entity, Verb verb)
{
  const char *name = entities[entity].name;
  g_autofree char *key = spell (entity, strlen (entities[entity].key_types), "@ = ?", " AND ");
  g_autofree char *names = spell (entity, G_MAXSIZE, "@", ", ");
  g_autofree char *pairs = spell (entity, G_MAXSIZE, "'@', @", ", ");
  g_autofree char *values = spell (entity, G_MAXSIZE, "json_extract (?1, '$.@')", ", ");
  g_autofree char *same = spell (entity, G_MAXSIZE, "@ IS json_extract (?1, '$.@')", " AND ");

  switch (verb)
    {
    case READ:
      return g_strconcat ("SELECT json_object (", pairs, ") FROM ", name, " WHERE ", key, NULL);
    case PUT:
      return g_strconcat ("REPLACE INTO ", name, " (", names, ") VALUES (", values, ")", NULL);
    case DROP:
      return g_strconcat ("DELETE FROM ", name, " WHERE ", key, NULL);
    case MATCH:
      return g_strconcat ("SELECT 1 FROM ", name, " WHERE ", same, NULL);
    default:
      g_assert_not_reached ();
    }
}

/* Made once for the whole program. */
static const char *
get_sql (TnEntity entity, Verb verb)
{
  static char *made[TN_N_ENTITIES][N_VERBS];
  static gsize once;

  if (g_once_init_enter (&once))
    {
      for (TnEntity e = 0; e < TN_N_ENTITIES; e++)
        for (Verb v = 0; v < N_VERBS; v++)
          made[e][v] = make_sql (e, v);
      g_once_init_leave (&once, 1);
    }
  return made[entity][verb];
}

const char *
tn_entity_get_name (TnEntity entity)
{
  return entities[entity].name;
}

TnEntity
tn_entity_from_name (const char *name)
{
  TnEntity entity = 0;

  while (entity < TN_N_ENTITIES && g_strcmp0 (entities[entity].name, name) != 0)
    entity++;
  return entity;
}

gboolean
tn_entity_read (TnDb *self, TnEntity entity, char *const key[2], char **row, GError **error)
{
  *row = NULL;
  return tn_db_each (self, tn_db_take_text, row, error, get_sql (entity, READ), entities[entity].key_types, key[0],
                     key[1]);
}

gboolean
tn_entity_write (TnDb *self, TnEntity entity, char *const key[2], const char *row, GError **error)
{
  if (row != NULL)
    return tn_db_run (self, error, get_sql (entity, PUT), "s", row);
  return tn_db_run (self, error, get_sql (entity, DROP), entities[entity].key_types, key[0], key[1]);
}

gboolean
tn_entity_is (TnDb *self, TnEntity entity, char *const key[2], const char *row, gboolean *is, GError **error)
{
  g_autofree char *now = NULL;
  gint64 found = 0;

  if (row == NULL)
    {
      if (!tn_entity_read (self, entity, key, &now, error))
        return FALSE;
      *is = now == NULL;
      return TRUE;
    }
  /* Not by comparing the two texts: another SQLite may have spelled the same values in another way. */
  if (!tn_db_each (self, tn_db_take_int, &found, error, get_sql (entity, MATCH), "s", row))
    return FALSE;
  *is = found != 0;
  return TRUE;
}
