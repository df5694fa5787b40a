/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-board-panel.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* gridstack.js, save(): the list of its items, or with its options an object that has the list as "children". */

#define FORMAT "gridstack"
#define MAX_DEPTH 128

static gboolean
is_list_of_objects (JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)))
      return TRUE;
  return json_array_get_length (array) == 0;
}

static gboolean
guess (JsonNode *document)
{
  if (JSON_NODE_HOLDS_ARRAY (document))
    return is_list_of_objects (json_node_get_array (document));
  return JSON_NODE_HOLDS_OBJECT (document) && tn_json_get_array (json_node_get_object (document), "children") != NULL;
}

/* What an item shows is HTML; what has no tag or entity in it is a title too. */
static gboolean
has_plain_content (JsonObject *item)
{
  return !json_object_has_member (item, "title") && strpbrk (tn_json_get_string (item, "content", ""), "<&") == NULL;
}

/* Sizes left out are as in gridstack: the least, or 1. */
static gboolean
read_item (GPtrArray *report, const char *pointer, JsonObject *item, TnTileRecord *tile)
{
  gboolean anywhere = FALSE, placed;

  tn_board_take_limits (report, pointer, item, tile);
  tile->w = MAX (1, tile->min_w);
  tile->h = MAX (1, tile->min_h);
  placed = tn_board_take_place (report, pointer, item, tn_board_place_members, tile);
  tn_board_take_boolean (report, pointer, item, "autoPosition", &anywhere);
  tn_board_take_boolean (report, pointer, item, "locked", &tile->locked);
  tn_panel_set_type (tile, FORMAT, tn_board_take_object (report, pointer, item, "subGridOpts") ? "subgrid" : "item");
  tile->title = tn_board_take_text (report, pointer, item, has_plain_content (item) ? "content" : "title");
  return placed && !anywhere;
}

/* gridstack's own lock only stops pushes; ours stops the hand too. */
static void
write_locked (JsonObject *item, gboolean locked)
{
  static const char *const members[] = { "locked", "noMove", "noResize" };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (locked)
      json_object_set_boolean_member (item, members[i], TRUE);
    else if (json_object_has_member (item, members[i]))
      json_object_remove_member (item, members[i]);
}

static void
write_item (JsonObject *item, const TnTileRecord *tile, const TnTileRecord *was, int columns)
{
  if (!tile->locked != !was->locked)
    write_locked (item, tile->locked);
  if (g_strcmp0 (tile->title, was->title) != 0 && has_plain_content (item))
    tn_board_put_text (item, "content", tile->title);
  if (tile->min_w != was->min_w || tile->min_h != was->min_h || tile->max_w != was->max_w || tile->max_h != was->max_h)
    {
      TnTileRecord limits = *tile;

      limits.min_w = tile->min_w * columns / TN_BOARD_COLUMNS;
      limits.max_w = tile->max_w * columns / TN_BOARD_COLUMNS;
      tn_board_put_limits (item, &limits);
    }
}

static JsonObject *
get_extra (JsonObject *item, gboolean make)
{
  return item;
}

static JsonObject *
create_item (const TnTileRecord *tile)
{
  JsonObject *item = json_object_new ();

  json_object_set_string_member (item, "id", tile->id);
  return item;
}

static void
place_item (JsonObject *item, int x, int y, int w, int h)
{
  tn_board_put_place (item, tn_board_place_members, x, y, w, h);
  if (json_object_has_member (item, "autoPosition"))
    json_object_remove_member (item, "autoPosition");
}

static const TnPanelKind kind = { FORMAT, read_item, write_item, get_extra, create_item, place_item };

static gboolean
set_shape_error (GError **error, const char *pointer, const char *message)
{
  g_set_error (error, TN_BOARD_ERROR, TN_BOARD_ERROR_SHAPE, "%s: %s", pointer, message);
  return FALSE;
}

/* What follows is of a board as a whole. */
typedef struct
{
  JsonObject *options; /* NULL: only the list was saved */
  JsonArray *children;
  const char *list;
} Grid;

static Grid
find_grid (JsonNode *document)
{
  JsonObject *options;

  if (document != NULL && JSON_NODE_HOLDS_ARRAY (document))
    return (Grid){ NULL, json_node_get_array (document), "" };
  if (document == NULL || !JSON_NODE_HOLDS_OBJECT (document))
    return (Grid){ 0 };
  options = json_node_get_object (document);
  return (Grid){ options, tn_json_get_array (options, "children"), "/children" };
}

/* 12 where it is left out or follows the width. */
static gboolean
read_columns (GPtrArray *report, JsonObject *options, int *columns, GError **error)
{
  int said = 0;

  *columns = TN_BOARD_COLUMNS;
  if (options == NULL || g_str_equal (tn_json_get_string (options, "column", ""), "auto"))
    return TRUE;
  if (tn_board_take_int (NULL, "", options, "column", 0, TN_GRID_MAX_COLUMNS + 1, &said) && said > TN_GRID_MAX_COLUMNS)
    return set_shape_error (error, "/column", _("a grid has at most 64 columns"));
  tn_board_take_int (report, "", options, "column", 1, TN_GRID_MAX_COLUMNS, columns);
  return TRUE;
}

static void
read_options (GPtrArray *report, JsonObject *options, TnCanvasRecord *canvas)
{
  gboolean floating = FALSE;

  if (options != NULL)
    {
      tn_board_take_boolean (report, "", options, "float", &floating);
      tn_board_take_boolean (report, "", options, "staticGrid", &canvas->locked);
    }
  /* gridstack pulls all tiles up unless it is told to let them float. */
  canvas->policy = floating ? TN_GRID_PUSH : TN_GRID_COMPACT;
  tn_panel_read_canvas (report, "", options, canvas);
}

/* (transfer full): an id is a text or a number; "" where there is none */
static char *
get_id (JsonObject *item)
{
  JsonNode *id = json_object_get_member (item, "id");

  if (id == NULL || !JSON_NODE_HOLDS_VALUE (id))
    return g_strdup ("");
  return json_node_get_value_type (id) == G_TYPE_STRING ? json_node_dup_string (id) : tn_json_to_string (id);
}

/* @chain: the items that this one is within, the innermost first */
static gboolean
check_chain (JsonObject *item, GSList *chain, const char *pointer, guint *n, GError **error)
{
  JsonArray *children = tn_json_get_array (tn_json_get_object (item, "subGridOpts"), "children");
  g_autofree char *id = get_id (item);
  GSList inner = { id, chain };

  if (*id != '\0' && g_slist_find_custom (chain, id, (GCompareFunc) g_strcmp0) != NULL)
    return set_shape_error (error, pointer, _("the sub-grid has the id of one that it is in: it would hold itself"));
  if (g_slist_length (chain) > MAX_DEPTH)
    return set_shape_error (error, pointer, _("sub-grids are nested too deep"));
  for (guint i = 0; children != NULL && i < json_array_get_length (children); i++)
    {
      g_autofree char *place = g_strdup_printf ("%s/subGridOpts/children/%u", pointer, i);
      JsonNode *child = json_array_get_element (children, i);

      ++*n;
      if (JSON_NODE_HOLDS_OBJECT (child) && !check_chain (json_node_get_object (child), &inner, place, n, error))
        return FALSE;
    }
  return TRUE;
}

/* Two items of one id would become one in gridstack. (transfer full) */
static JsonObject *
with_own_id (TnBoardReader *reader, JsonObject *item, const char *pointer, GHashTable *ids)
{
  g_autofree char *id = get_id (item), *own = g_strdup (id);
  JsonObject *copy;

  for (guint n = 2; *id != '\0' && g_hash_table_contains (ids, own); n++)
    {
      g_free (own);
      own = g_strdup_printf ("%s-%u", id, n < 10 ? n : g_hash_table_size (ids) + n);
    }
  g_hash_table_add (ids, g_strdup (own));
  if (g_str_equal (own, id))
    return json_object_ref (item);
  tn_board_note (reader->report, pointer, _("Another item has the id “%s”; this one got “%s”"), id, own);
  copy = tn_panel_thaw_object (item, NULL);
  json_object_set_string_member (copy, "id", own);
  return copy;
}

static gboolean
take_item (TnBoardReader *reader, const Grid *grid, guint i, GHashTable *ids, GError **error)
{
  g_autofree char *pointer = g_strdup_printf ("%s/%u", grid->list, i);
  JsonNode *node = json_array_get_element (grid->children, i);
  g_autoptr (JsonObject) item = NULL;
  guint n = 0;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      tn_board_note (reader->report, pointer, _("This is no item and was left out"));
      return TRUE;
    }
  if (!check_chain (json_node_get_object (node), NULL, pointer, &n, error))
    return FALSE;
  if (n > 0)
    tn_board_note (reader->report, pointer, _("The sub-grid with its %u items is kept as one tile"), n);
  item = with_own_id (reader, json_node_get_object (node), pointer, ids);
  return tn_panel_take (reader, &kind, item, pointer, grid->list, reader->entries->len, error);
}

static gboolean
read_document (TnBoardReader *reader, JsonNode *document, GError **error)
{
  Grid grid = find_grid (document);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) without = g_hash_table_new (NULL, NULL);

  if (!read_columns (reader->report, grid.options, &reader->columns, error))
    return FALSE;
  read_options (reader->report, grid.options, reader->board->canvas);
  g_hash_table_add (without, grid.children);
  tn_panel_keep_document (reader->board, FORMAT, document, without);
  for (guint i = 0; i < json_array_get_length (grid.children); i++)
    if (!take_item (reader, &grid, i, ids, error))
      return FALSE;
  return TRUE;
}

/* Whether the list alone says all that there is to say. */
static gboolean
needs_options (const TnBoard *board)
{
  g_autoptr (TnCanvasRecord) was = tn_panel_get_was (board, FORMAT);

  return board->canvas->locked || board->canvas->policy != TN_GRID_COMPACT
         || !g_str_equal (was->name, board->canvas->name);
}

static JsonNode *
new_document (void)
{
  JsonNode *document = json_node_new (JSON_NODE_OBJECT);
  JsonObject *options = json_object_new ();

  json_object_set_int_member (options, "column", TN_BOARD_COLUMNS);
  json_object_set_array_member (options, "children", json_array_new ());
  json_node_take_object (document, options);
  return document;
}

static void
write_options (const TnBoard *board, JsonObject *options, GPtrArray *report)
{
  g_autoptr (TnCanvasRecord) was = tn_panel_get_was (board, FORMAT);

  read_options (NULL, options, was);
  if (!was->locked != !board->canvas->locked)
    json_object_set_boolean_member (options, "staticGrid", board->canvas->locked);
  if (was->policy != board->canvas->policy)
    json_object_set_boolean_member (options, "float", board->canvas->policy != TN_GRID_COMPACT);
  read_options (NULL, options, was);
  tn_panel_write_canvas (report, "", options, board->canvas, was);
}

static JsonNode *
write_document (const TnBoard *board, GPtrArray *report)
{
  JsonNode *document = tn_panel_get_document (board, FORMAT);
  Grid grid = find_grid (document);
  g_auto (TnPanelWriter) writer = { 0 };
  int columns;

  if (grid.children == NULL || (grid.options == NULL && needs_options (board)))
    {
      g_clear_pointer (&document, json_node_unref);
      document = new_document ();
      grid = find_grid (document);
    }
  if (grid.options != NULL)
    write_options (board, grid.options, report);
  if (!read_columns (NULL, grid.options, &columns, NULL))
    columns = TN_BOARD_COLUMNS;
  tn_panel_writer_init (&writer, &kind, board, columns, report);
  if (!tn_panel_writer_place (&writer, 1, TRUE))
    {
      json_object_set_int_member (grid.options, "column", TN_BOARD_COLUMNS);
      tn_fault_list_add (report, "/column", _("Columns of the file can't say where the tiles are now; it has %d"),
                         TN_BOARD_COLUMNS);
      tn_panel_writer_set_columns (&writer, TN_BOARD_COLUMNS);
      tn_panel_writer_place (&writer, 1, TRUE);
    }
  for (guint i = 0; i < writer.panels->len; i++)
    tn_panel_writer_file (&writer, writer.panels->pdata[i], grid.children, grid.list);
  tn_panel_note_losses (board, report);
  return document;
}

const TnBoardFormat tn_board_gridstack = { FORMAT, N_("gridstack.js layout"), guess, read_document, write_document };
