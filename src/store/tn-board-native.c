/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-board-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More layouts than there are width classes and monitors; and what one may be called. */
#define MAX_LAYOUTS 32
#define MAX_LAYOUT_NAME 64

static gboolean
guess (JsonNode *document)
{
  JsonObject *root = JSON_NODE_HOLDS_OBJECT (document) ? json_node_get_object (document) : NULL;

  return g_str_equal (tn_json_get_string (root, "format", ""), TN_BOARD_FORMAT);
}

static gboolean
check_version (JsonObject *root, GError **error)
{
  gint64 version = tn_json_get_int (root, "version", 0);

  if (version < 1)
    g_set_error_literal (error, TN_BOARD_ERROR, TN_BOARD_ERROR_SHAPE, _("/version: the version has to be a number"));
  else if (version > TN_BOARD_FORMAT_VERSION)
    g_set_error (error, TN_BOARD_ERROR, TN_BOARD_ERROR_NEWER,
                 _("/version: the file was written by a newer version of this program (%" G_GINT64_FORMAT
                    "); install that one to read it"),
                 version);
  else
    return TRUE;
  return FALSE;
}

/* An object as text, for the way back. (transfer full) (nullable) */
static char *
take_foreign (GPtrArray *report, const char *pointer, JsonObject *object)
{
  JsonObject *foreign = tn_board_take_object (report, pointer, object, "foreign");

  return foreign != NULL ? tn_json_object_to_string (foreign) : NULL;
}

static void
read_canvas (TnBoardReader *reader, JsonObject *object)
{
  TnCanvasRecord *canvas = reader->board->canvas;
  g_autofree char *name = tn_board_take_text (reader->report, "/canvas", object, "name");
  const char *policy = tn_json_get_string (object, "policy", NULL);

  if (name != NULL)
    {
      g_free (canvas->name);
      canvas->name = g_steal_pointer (&name);
    }
  g_free (canvas->id);
  canvas->id = g_strdup (tn_json_get_string (object, "id", ""));
  tn_board_take_boolean (reader->report, "/canvas", object, "locked", &canvas->locked);
  if (json_object_has_member (object, "policy") && !tn_grid_policy_from_name (policy, &canvas->policy))
    tn_fault_list_add (reader->report, "/canvas/policy", _("There is no such policy; “%s” was taken"),
                       tn_grid_policy_to_name (canvas->policy));
  canvas->foreign = take_foreign (reader->report, "/canvas", object);
}

static void
add_layout (TnBoardReader *reader, TnBoardTile *tile, const char *pointer, const char *layout, JsonObject *object)
{
  TnTileRecord *place = tn_tile_record_new (tile->record->id, "", tile->record->app_key, tile->record->app_id);

  g_free (place->layout);
  place->layout = g_strdup (layout);
  if (*layout != '\0' && strlen (layout) <= MAX_LAYOUT_NAME && tile->places->len < MAX_LAYOUTS
      && tn_board_take_place (reader->report, pointer, object, tn_board_place_members, place))
    {
      g_ptr_array_add (tile->places, place);
      return;
    }
  tn_fault_list_add (reader->report, pointer, _("This place was left out"));
  tn_tile_record_free (place);
}

static void
read_layouts (TnBoardReader *reader, TnBoardTile *tile, const char *pointer, JsonObject *places)
{
  JsonObjectIter iter;
  const char *layout;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, places);
  while (json_object_iter_next_ordered (&iter, &layout, &node))
    if (!g_str_equal (layout, TN_LAYOUT_WIDE))
      {
        g_autofree char *place = tn_json_pointer_join (pointer, layout);
        g_autoptr (JsonObject) none = json_object_new ();

        add_layout (reader, tile, place, layout, JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : none);
      }
}

/* @ids: those that were there before */
static char *
take_id (TnBoardReader *reader, const char *pointer, JsonObject *object, GHashTable *ids)
{
  const char *said = tn_json_get_string (object, "id", "");
  g_autofree char *id = g_strdup (said);

  for (guint n = 2; *id == '\0' || g_hash_table_contains (ids, id); n++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", said, g_hash_table_size (ids) + n);
    }
  if (*said != '\0' && !g_str_equal (id, said))
    tn_fault_list_add (reader->report, pointer, _("Another tile has the id “%s”; this one got “%s”"), said, id);
  g_hash_table_add (ids, g_strdup (id));
  return g_steal_pointer (&id);
}

static gboolean
read_tile (TnBoardReader *reader, const char *pointer, JsonObject *object, GHashTable *ids, GError **error)
{
  g_autofree char *id = take_id (reader, pointer, object, ids);
  g_autofree char *places_pointer = tn_json_pointer_join (pointer, "places");
  g_autofree char *wide_pointer = tn_json_pointer_join (places_pointer, TN_LAYOUT_WIDE);
  JsonObject *places = tn_board_take_object (reader->report, pointer, object, "places");
  JsonObject *wide = tn_json_get_object (places, TN_LAYOUT_WIDE);
  TnTileRecord *tile = tn_tile_record_new (id, "", "", "");
  gboolean placed;

  tn_board_words_read (reader, pointer, object, tile);
  tile->foreign = take_foreign (reader->report, pointer, object);
  placed = wide != NULL && tn_board_take_place (reader->report, wide_pointer, wide, tn_board_place_members, tile);
  if (!placed)
    tn_fault_list_add (reader->report, wide_pointer, _("The tile has no place; the first free one was taken"));
  if (!tn_board_reader_add (reader, tile, pointer, placed, NULL, error))
    return FALSE;
  if (places != NULL)
    read_layouts (reader, g_ptr_array_index (reader->board->tiles, reader->board->tiles->len - 1), places_pointer,
                  places);
  return TRUE;
}

/* A tile's place in another layout, and the pointer of the tile. */
typedef struct
{
  TnTileRecord *record;
  const char *pointer;
} Place;

/* How many columns another layout has is not said: what lies beyond 64 or over another does in none. */
static void
repair_layout (GPtrArray *report, const char *name, GArray *places)
{
  g_autofree TnPlacement *layout = g_new0 (TnPlacement, places->len);

  for (guint i = 0; i < places->len; i++)
    layout[i] = tn_tile_record_get_place (g_array_index (places, Place, i).record);
  tn_grid_repair (TN_GRID_MAX_COLUMNS, layout, places->len);
  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);
      const TnPlacement was = tn_tile_record_get_place (place->record);
      g_autofree char *pointer = g_strconcat (place->pointer, "/places", NULL);
      g_autofree char *where = tn_json_pointer_join (pointer, name);

      if (was.x != layout[i].x || was.y != layout[i].y || was.w != layout[i].w || was.h != layout[i].h)
        tn_fault_list_add (report, where, _("It lay over another tile or outside of the columns and was moved"));
      tn_tile_record_set_place (place->record, &layout[i]);
    }
}

static void
repair_layouts (TnBoardReader *reader)
{
  g_autoptr (GHashTable) layouts
    = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);
  GHashTableIter iter;
  gpointer name, places;

  for (guint i = 0; i < reader->entries->len; i++)
    {
      const TnBoardEntry *entry = &g_array_index (reader->entries, TnBoardEntry, i);

      for (guint k = 0; k < entry->tile->places->len; k++)
        {
          Place place = { entry->tile->places->pdata[k], entry->pointer };

          places = g_hash_table_lookup (layouts, place.record->layout);
          if (places == NULL)
            g_hash_table_insert (layouts, place.record->layout, places = g_array_new (FALSE, FALSE, sizeof (Place)));
          g_array_append_vals (places, &place, 1);
        }
    }
  g_hash_table_iter_init (&iter, layouts);
  while (g_hash_table_iter_next (&iter, &name, &places))
    repair_layout (reader->report, name, places);
}

static gboolean
read_document (TnBoardReader *reader, JsonNode *document, GError **error)
{
  JsonObject *root = json_node_get_object (document);
  JsonObject *canvas = tn_json_get_object (root, "canvas");
  JsonArray *tiles = tn_json_get_array (canvas, "tiles");
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!check_version (root, error))
    return FALSE;
  if (tiles == NULL)
    {
      g_set_error_literal (error, TN_BOARD_ERROR, TN_BOARD_ERROR_SHAPE,
                           _("/canvas/tiles: there has to be a list of tiles"));
      return FALSE;
    }
  read_canvas (reader, canvas);
  for (guint i = 0; i < json_array_get_length (tiles); i++)
    {
      g_autofree char *pointer = g_strdup_printf ("/canvas/tiles/%u", i);
      JsonNode *node = json_array_get_element (tiles, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        tn_fault_list_add (reader->report, pointer, _("This is no tile and was left out"));
      else if (!read_tile (reader, pointer, json_node_get_object (node), ids, error))
        return FALSE;
    }
  repair_layouts (reader);
  return TRUE;
}

/* Of the store, where it is text. */
static void
put_foreign (JsonObject *object, const char *text, GPtrArray *report, const char *pointer)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *place = tn_json_pointer_join (pointer, "foreign");
  JsonNode *node = text != NULL ? tn_json_parse (text, -1, &TN_BOARD_CAPS, &error) : NULL;

  if (node != NULL)
    json_object_set_member (object, "foreign", node);
  else if (text != NULL)
    tn_fault_list_add (report, place, _("This was left out: %s"), error->message);
}

static void
add_place (JsonObject *places, const TnTileRecord *record)
{
  JsonObject *place = json_object_new ();

  tn_board_put_place (place, tn_board_place_members, record->x, record->y, record->w, record->h);
  json_object_set_object_member (places, record->layout, place);
}

static JsonObject *
write_tile (const TnBoardTile *tile, GPtrArray *report, const char *pointer)
{
  JsonObject *object = json_object_new ();
  JsonObject *places = json_object_new ();

  json_object_set_string_member (object, "id", tile->record->id);
  tn_board_words_write (object, tile->record, NULL, NULL, pointer);
  if (tile->record->config != NULL && json_object_get_null_member (object, "config"))
    tn_fault_list_add (report, pointer, _("The settings can't be read and were left out"));
  put_foreign (object, tile->record->foreign, report, pointer);
  add_place (places, tile->record);
  for (guint i = 0; i < tile->places->len; i++)
    add_place (places, tile->places->pdata[i]);
  json_object_set_object_member (object, "places", places);
  return object;
}

static JsonNode *
write_document (const TnBoard *board, GPtrArray *report)
{
  JsonObject *root = json_object_new ();
  JsonObject *canvas = json_object_new ();
  JsonArray *tiles = json_array_new ();
  JsonNode *document = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (root, "format", TN_BOARD_FORMAT);
  json_object_set_int_member (root, "version", TN_BOARD_FORMAT_VERSION);
  json_object_set_string_member (canvas, "id", board->canvas->id);
  json_object_set_string_member (canvas, "name", board->canvas->name);
  json_object_set_boolean_member (canvas, "locked", board->canvas->locked);
  json_object_set_string_member (canvas, "policy", tn_grid_policy_to_name (board->canvas->policy));
  put_foreign (canvas, board->canvas->foreign, report, "/canvas");
  for (guint i = 0; i < board->tiles->len; i++)
    {
      g_autofree char *pointer = g_strdup_printf ("/canvas/tiles/%u", i);

      json_array_add_object_element (tiles, write_tile (board->tiles->pdata[i], report, pointer));
    }
  json_object_set_array_member (canvas, "tiles", tiles);
  json_object_set_object_member (root, "canvas", canvas);
  json_node_take_object (document, root);
  return document;
}

const TnBoardFormat tn_board_native = {
  "native", N_("Token Nexus Canvas"), guess, read_document, write_document,
};
