/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-canvas-format.h"

#include <glib/gi18n-lib.h>

#include "tn-db-private.h"
#include "tn-json.h"

/* Of one tile: settings are small, but the schema sets no bound. */
static const TnJsonCaps caps = { 16 * 1024 * 1024, 128 };

typedef struct
{
  const char *canvas_id;
  JsonObject *canvas; /* NULL until found */
  JsonArray *tiles;
  GError *error;
} Export;

static gboolean
take_canvas (sqlite3_stmt *row, gpointer data)
{
  Export *export = data;

  export->canvas = json_object_new ();
  json_object_set_string_member (export->canvas, "id", tn_db_text (row, 0));
  json_object_set_string_member (export->canvas, "name", tn_db_text (row, 1));
  json_object_set_boolean_member (export->canvas, "locked", sqlite3_column_int (row, 2));
  return FALSE;
}

static gboolean
add_tile (sqlite3_stmt *row, gpointer data)
{
  Export *export = data;
  JsonNode *tile = tn_json_parse (tn_db_text (row, 1), -1, &caps, &export->error);

  if (tile == NULL)
    {
      g_prefix_error (&export->error, _("Tile “%s”: "), tn_db_text (row, 0));
      return FALSE;
    }
  json_array_add_element (export->tiles, tile);
  return TRUE;
}

static gboolean
read_all (TnDb *db, gpointer data, GError **error)
{
  Export *export = data;

  if (!tn_db_each (db, take_canvas, export, error, "SELECT id, name, locked FROM canvas WHERE id = ?1", "s",
                   export->canvas_id))
    return FALSE;
  if (export->canvas == NULL)
    {
      g_set_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND, _("There is no canvas “%s”"), export->canvas_id);
      return FALSE;
    }
  if (!tn_db_each (db, add_tile, export, error,
                   "SELECT t.id, json_object ('id', t.id, 'app', json_object ('id', app_id, 'key', app_key),"
                   "  'title', title, 'locked', json (iif (locked, 'true', 'false')), 'config', json (config),"
                   "  'places', (SELECT json_group_object (layout, json_object ('x', x, 'y', y, 'w', w, 'h', h))"
                   "             FROM place WHERE tile_id = t.id))"
                   " FROM tile AS t LEFT JOIN place AS p ON p.tile_id = t.id AND p.layout = '" TN_LAYOUT_WIDE "'"
                   " WHERE canvas_id = ?1 ORDER BY p.y IS NULL, p.y, p.x, t.id",
                   "s", export->canvas_id))
    return FALSE;
  if (export->error == NULL)
    return TRUE;
  g_propagate_error (error, export->error);
  return FALSE;
}

static JsonNode *
wrap (JsonObject *canvas)
{
  JsonObject *root = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (root, "format", TN_CANVAS_FORMAT);
  json_object_set_int_member (root, "version", TN_CANVAS_FORMAT_VERSION);
  json_object_set_object_member (root, "canvas", canvas);
  json_node_take_object (node, root);
  return node;
}

JsonNode *
tn_canvas_format_export (TnDb *db, const char *canvas_id, GError **error)
{
  g_autoptr (JsonArray) tiles = json_array_new ();
  Export export = { canvas_id, NULL, tiles, NULL };

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (canvas_id != NULL, NULL);

  if (!tn_db_transact (db, "BEGIN", read_all, &export, error))
    {
      g_clear_pointer (&export.canvas, json_object_unref);
      return NULL;
    }
  json_object_set_array_member (export.canvas, "tiles", g_steal_pointer (&tiles));
  return wrap (export.canvas);
}
