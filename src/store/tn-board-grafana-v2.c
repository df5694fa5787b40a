/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-board-grafana.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The newer shape: panels are "elements" by name, and layouts within each other refer to them. A panel is kept here as
 * { "item": the reference in its layout, "element": what it refers to }. */

#define MAX_DEPTH 32
#define AUTO_HEIGHT 8

static const char *const place_members[4] = { "x", "y", "width", "height" };

static JsonObject *
get_spec (JsonObject *object)
{
  return tn_json_get_object (object, "spec");
}

static JsonObject *
get_viz (JsonObject *panel)
{
  return tn_json_get_object (get_spec (tn_json_get_object (panel, "element")), "vizConfig");
}

static gboolean
is_kind (JsonObject *object, const char *kind)
{
  return g_str_equal (tn_json_get_string (object, "kind", ""), kind);
}

static const char *
get_type (JsonObject *panel)
{
  JsonObject *viz = get_viz (panel);

  if (viz == NULL)
    return is_kind (tn_json_get_object (panel, "item"), "GridLayoutRow") ? "row" : "panel";
  /* Its later versions have the type as group. */
  return tn_json_get_string (viz, "group", tn_json_get_string (viz, "kind", "panel"));
}

static JsonObject *
get_titled (JsonObject *panel)
{
  JsonObject *element = tn_json_get_object (panel, "element");

  return get_spec (element != NULL ? element : tn_json_get_object (panel, "item"));
}

static gboolean
read_panel (GPtrArray *report, const char *pointer, JsonObject *panel, TnTileRecord *tile)
{
  JsonObject *item = tn_json_get_object (panel, "item");
  JsonObject *place = get_spec (item), *titled = get_titled (panel);
  g_autofree char *place_pointer = tn_json_pointer_join (pointer, "spec");

  tile->w = is_kind (item, "GridLayoutRow") ? TN_GRAFANA_COLUMNS : TN_GRAFANA_COLUMNS / 2;
  tile->h = is_kind (item, "GridLayoutRow") ? 1 : AUTO_HEIGHT;
  tn_panel_set_type (tile, TN_GRAFANA, get_type (panel));
  if (titled != NULL)
    tile->title = tn_board_take_text (report, place_pointer, titled, "title");
  if (is_kind (item, "GridLayoutRow") && place != NULL)
    return tn_board_take_int (report, place_pointer, place, "y", 0, TN_GRID_MAX_ROWS, &tile->y);
  return place != NULL && tn_board_take_place (report, place_pointer, place, place_members, tile);
}

static void
write_panel (JsonObject *panel, const TnTileRecord *tile, const TnTileRecord *was, int columns)
{
  JsonObject *titled = get_titled (panel);

  if (titled != NULL && g_strcmp0 (tile->title, was->title) != 0)
    tn_board_put_text (titled, "title", tile->title);
}

static JsonObject *
get_extra (JsonObject *panel, gboolean make)
{
  JsonObject *spec = get_spec (get_viz (panel));

  if (make && spec != NULL && tn_json_get_object (spec, "options") == NULL)
    json_object_set_object_member (spec, "options", json_object_new ());
  return tn_json_get_object (spec, "options");
}

static JsonObject *
add_object (JsonObject *object, const char *member)
{
  JsonObject *inner = json_object_new ();

  json_object_set_object_member (object, member, inner);
  return inner;
}

static JsonObject *
create_panel (const TnTileRecord *tile)
{
  JsonObject *panel = json_object_new ();
  JsonObject *item = add_object (panel, "item"), *element = add_object (panel, "element");
  JsonObject *spec = add_object (element, "spec"), *viz = add_object (spec, "vizConfig");
  JsonObject *viz_spec = add_object (viz, "spec");

  json_object_set_string_member (item, "kind", "GridLayoutItem");
  json_object_set_string_member (add_object (add_object (item, "spec"), "element"), "kind", "ElementReference");
  json_object_set_string_member (element, "kind", "Panel");
  tn_board_put_text (spec, "title", tile->title);
  json_object_set_string_member (viz, "kind", "text");
  json_object_set_object_member (viz_spec, "options", tn_grafana_make_options (tile));
  return panel;
}

static void
place_panel (JsonObject *panel, int x, int y, int w, int h)
{
  JsonObject *item = tn_json_get_object (panel, "item"), *spec = get_spec (item);

  if (spec != NULL && is_kind (item, "GridLayoutRow"))
    json_object_set_int_member (spec, "y", y);
  /* An auto grid only has an order. */
  else if (spec != NULL && !is_kind (item, "AutoGridLayoutItem"))
    tn_board_put_place (spec, place_members, x, y, w, h);
}

static const TnPanelKind kind = { TN_GRAFANA, read_panel, write_panel, get_extra, create_panel, place_panel };

typedef struct
{
  TnBoardReader *reader;
  JsonObject *elements;
  GHashTable *without; /* lists and elements that tiles are made of */
  int y;               /* row of the document at which the layout in hand begins */
} Walk;

static const char *
get_name (JsonObject *item)
{
  return tn_json_get_string (tn_json_get_object (get_spec (item), "element"), "name", "");
}

/* An item with its element, as one. (transfer full) */
static JsonObject *
join (Walk *walk, JsonObject *item, const char *pointer)
{
  JsonObject *panel = json_object_new ();
  const char *name = get_name (item);
  JsonObject *element = tn_json_get_object (walk->elements, name);

  json_object_set_object_member (panel, "item", json_object_ref (item));
  if (element != NULL)
    {
      json_object_set_object_member (panel, "element", json_object_ref (element));
      if (!g_hash_table_add (walk->without, element))
        tn_board_note (walk->reader->report, pointer, _("Another item shows the element “%s” too"), name);
    }
  else if (!is_kind (item, "GridLayoutRow"))
    tn_board_note (walk->reader->report, pointer, _("There is no element “%s”; its place is kept"), name);
  return panel;
}

static void
put_place (TnTileRecord *tile, int x, int y, int w, int h)
{
  tile->x = x;
  tile->y = y;
  tile->w = w;
  tile->h = h;
}

/* Items of a list, @across side by side, or where they say where 0. */
static gboolean
take_items (Walk *walk, JsonArray *items, const char *pointer, int across, GError **error)
{
  guint first = walk->reader->entries->len, index = 0;
  int bottom = walk->y;

  g_hash_table_add (walk->without, items);
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      g_autofree char *place = g_strdup_printf ("%s/%u", pointer, i);
      JsonNode *node = json_array_get_element (items, i);
      g_autoptr (JsonObject) panel = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          tn_board_note (walk->reader->report, place, _("This is no item and was left out"));
          continue;
        }
      panel = join (walk, json_node_get_object (node), place);
      if (!tn_panel_take (walk->reader, &kind, panel, place, pointer, index++, error))
        return FALSE;
    }
  for (guint i = first; i < walk->reader->entries->len; i++)
    {
      TnBoardEntry *entry = &g_array_index (walk->reader->entries, TnBoardEntry, i);
      TnTileRecord *tile = entry->tile->record;
      int w = across > 0 ? TN_GRAFANA_COLUMNS / across : 0;

      if (across > 0)
        put_place (tile, (i - first) % across * w, (i - first) / across * AUTO_HEIGHT, w, AUTO_HEIGHT);
      entry->placed = entry->placed || across > 0;
      tile->y = CLAMP (tile->y, 0, 4 * TN_GRID_MAX_ROWS) + walk->y;
      if (entry->placed)
        bottom = MAX (bottom, MIN (tile->y + MIN (tile->h, 2 * TN_GRID_MAX_HEIGHT), 4 * TN_GRID_MAX_ROWS));
    }
  walk->y = bottom;
  return TRUE;
}

static gboolean walk_layout (Walk *walk, JsonObject *layout, const char *pointer, guint depth, GError **error);

/* Rows and tabs come one below the other. */
static gboolean
walk_parts (Walk *walk, JsonArray *parts, const char *pointer, guint depth, GError **error)
{
  for (guint i = 0; i < json_array_get_length (parts); i++)
    {
      JsonNode *node = json_array_get_element (parts, i);
      JsonObject *part = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JsonObject *layout = tn_json_get_object (get_spec (part), "layout");
      const char *title = tn_json_get_string (get_spec (part), "title", "");
      g_autofree char *place = g_strdup_printf ("%s/%u", pointer, i);
      g_autofree char *inner = g_strconcat (place, "/spec/layout", NULL);

      if (*title != '\0')
        tn_board_note (walk->reader->report, place, _("“%s” groups panels, which a canvas doesn't: it is only kept"),
                       title);
      if (layout != NULL && !walk_layout (walk, layout, inner, depth + 1, error))
        return FALSE;
    }
  return TRUE;
}

static const struct
{
  const char *kind;
  const char *member;
  gboolean parts; /* of layouts, not of items */
  gboolean automatic;
} layouts[] = {
  { "GridLayout", "items", FALSE, FALSE },
  { "AutoGridLayout", "items", FALSE, TRUE },
  { "RowsLayout", "rows", TRUE, FALSE },
  { "TabsLayout", "tabs", TRUE, FALSE },
};

static gboolean
walk_layout (Walk *walk, JsonObject *layout, const char *pointer, guint depth, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (layouts) && depth < MAX_DEPTH; i++)
    {
      JsonArray *list = tn_json_get_array (get_spec (layout), layouts[i].member);
      g_autofree char *place = g_strdup_printf ("%s/spec/%s", pointer, layouts[i].member);
      int across = CLAMP (tn_json_get_int (get_spec (layout), "maxColumnCount", 3), 1, TN_GRAFANA_COLUMNS / 2);

      if (!is_kind (layout, layouts[i].kind) || list == NULL)
        continue;
      if (layouts[i].parts)
        return walk_parts (walk, list, place, depth, error);
      return take_items (walk, list, place, layouts[i].automatic ? across : 0, error);
    }
  tn_board_note (walk->reader->report, pointer, _("This layout is not known; what is in it is only kept"));
  return TRUE;
}

gboolean
tn_grafana_v2_read (TnBoardReader *reader, JsonNode *document, TnGrafanaBody body, GError **error)
{
  g_autofree char *pointer = g_strconcat (body.pointer, "/layout", NULL);
  g_autoptr (GHashTable) without = g_hash_table_new (NULL, NULL);
  Walk walk = { reader, tn_json_get_object (body.object, "elements"), without, 0 };

  if (!walk_layout (&walk, tn_json_get_object (body.object, "layout"), pointer, 0, error))
    return FALSE;
  tn_panel_keep_document (reader->board, TN_GRAFANA, document, without);
  return TRUE;
}

/* Those that a tile stands for were emptied when the document was kept. */
static void
drop_empty (JsonObject *elements)
{
  g_autoptr (GList) names = json_object_get_members (elements);

  for (GList *name = names; name != NULL; name = name->next)
    {
      JsonObject *element = tn_json_get_object (elements, name->data);

      if (element != NULL && json_object_get_size (element) == 0)
        json_object_remove_member (elements, name->data);
    }
}

static void
name_new (const TnPanelWriter *writer, JsonObject *elements)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  for (guint i = 0; i < writer->panels->len; i++)
    g_hash_table_add (names,
                      (gpointer) get_name (tn_json_get_object (((TnPanel *) writer->panels->pdata[i])->panel, "item")));
  for (guint i = 0; i < writer->panels->len; i++)
    {
      const TnPanel *panel = writer->panels->pdata[i];
      g_autofree char *name = NULL;

      if (panel->envelope != NULL)
        continue;
      do
        {
          g_free (name);
          name = g_strdup_printf ("panel-%u", ++n);
        }
      while (g_hash_table_contains (names, name) || json_object_has_member (elements, name));
      json_object_set_int_member (get_spec (tn_json_get_object (panel->panel, "element")), "id", n);
      json_object_set_string_member (tn_json_get_object (get_spec (tn_json_get_object (panel->panel, "item")),
                                                         "element"),
                                     "name", name);
    }
}

/* A list of items on its way into the document. */
typedef struct
{
  JsonArray *items;  /* of the document */
  JsonArray *panels; /* of what is to go there */
  gboolean automatic;
  int top; /* the uppermost row, in our cells */
} List;

typedef struct
{
  JsonNode *root; /* the body */
  const char *root_pointer;
  GHashTable *lists; /* pointer → List */
  char *first;       /* pointer of the list for what was in none; NULL until known */
} Lists;

static void
list_free (gpointer data)
{
  List *list = data;

  json_array_unref (list->panels);
  g_free (list);
}

/* (nullable): where the document has a list of items at @pointer. */
static List *
find_list (Lists *self, const char *pointer)
{
  List *list = pointer != NULL ? g_hash_table_lookup (self->lists, pointer) : NULL;
  gsize prefix = strlen (self->root_pointer);
  g_autofree char *layout = NULL;
  JsonNode *items, *parent;

  if (list != NULL || pointer == NULL || !g_str_has_prefix (pointer, self->root_pointer)
      || !g_str_has_prefix (pointer + prefix, "/layout/") || !g_str_has_suffix (pointer, "/spec/items"))
    return list;
  layout = g_strndup (pointer + prefix, strlen (pointer + prefix) - strlen ("/spec/items"));
  items = tn_json_pointer_get (self->root, pointer + prefix);
  parent = tn_json_pointer_get (self->root, layout);
  if (items == NULL || !JSON_NODE_HOLDS_ARRAY (items) || !JSON_NODE_HOLDS_OBJECT (parent))
    return NULL;
  list = g_new0 (List, 1);
  list->items = json_node_get_array (items);
  list->panels = json_array_new ();
  list->automatic = is_kind (json_node_get_object (parent), "AutoGridLayout");
  list->top = G_MAXINT;
  g_hash_table_insert (self->lists, g_strdup (pointer), list);
  if (self->first == NULL)
    self->first = g_strdup (pointer);
  return list;
}

/* For a tile that was in none: the first that there is. */
static List *
find_first_list (Lists *self)
{
  JsonObject *body = json_node_get_object (self->root);
  g_autofree char *pointer = g_strconcat (self->root_pointer, "/layout/spec/items", NULL);
  List *list = find_list (self, self->first != NULL ? self->first : pointer);
  JsonObject *layout;

  if (list != NULL)
    return list;
  layout = json_object_new ();
  json_object_set_string_member (layout, "kind", "GridLayout");
  json_object_set_array_member (add_object (layout, "spec"), "items", json_array_new ());
  json_object_set_object_member (body, "layout", layout);
  return find_list (self, pointer);
}

static List *
get_list (Lists *lists, const TnPanel *panel)
{
  List *list = find_list (lists, panel->list);

  return list != NULL ? list : find_first_list (lists);
}

/* Layouts below each other each begin at their own first row. */
static void
place_in_lists (TnPanelWriter *writer, Lists *lists)
{
  for (guint i = 0; i < writer->panels->len; i++)
    {
      const TnPanel *panel = writer->panels->pdata[i];
      List *list = get_list (lists, panel);

      list->top = MIN (list->top, panel->tile->y);
    }
  if (g_hash_table_size (lists->lists) <= 1)
    {
      tn_panel_writer_place (writer, TN_GRAFANA_ROWS, TRUE);
      return;
    }
  for (guint i = 0; i < writer->panels->len && !tn_panel_writer_is_kept (writer); i++)
    {
      const TnPanel *panel = writer->panels->pdata[i];
      const TnTileRecord *tile = panel->tile;

      place_panel (panel->panel, 2 * tile->x, TN_GRAFANA_ROWS * (tile->y - get_list (lists, panel)->top), 2 * tile->w,
                   TN_GRAFANA_ROWS * tile->h);
    }
}

static void
note_order (const TnPanelWriter *writer, Lists *lists)
{
  for (guint i = 0; i < writer->panels->len; i++)
    {
      const TnPanel *panel = writer->panels->pdata[i];

      if (!panel->kept && get_list (lists, panel)->automatic)
        {
          tn_fault_list_add (writer->report, "/layout", _("An auto grid knows an order, and no places"));
          return;
        }
    }
}

static void
unjoin (List *list, JsonObject *elements)
{
  for (guint i = 0; i < json_array_get_length (list->panels); i++)
    {
      JsonObject *panel = json_array_get_object_element (list->panels, i);
      JsonObject *item = tn_json_get_object (panel, "item"), *element = tn_json_get_object (panel, "element");

      if (item == NULL)
        continue;
      json_array_add_object_element (list->items, json_object_ref (item));
      if (element != NULL)
        json_object_set_object_member (elements, get_name (item), json_object_ref (element));
    }
}

static void
file_panels (TnPanelWriter *writer, Lists *lists, JsonObject *elements)
{
  GHashTableIter iter;
  gpointer list;

  for (guint i = 0; i < writer->panels->len; i++)
    {
      TnPanel *panel = writer->panels->pdata[i];
      List *to = get_list (lists, panel);

      if (panel->envelope == NULL && to->automatic)
        json_object_set_string_member (tn_json_get_object (panel->panel, "item"), "kind", "AutoGridLayoutItem");
      tn_panel_writer_file (writer, panel, to->panels,
                            find_list (lists, panel->list) != NULL ? panel->list : lists->first);
    }
  g_hash_table_iter_init (&iter, lists->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    unjoin (list, elements);
}

void
tn_grafana_v2_write (const TnBoard *board, TnGrafanaBody body, GPtrArray *report)
{
  JsonObject *elements = tn_json_get_object (body.object, "elements");
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, list_free);
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), body.object);
  g_auto (TnPanelWriter) writer = { 0 };
  Lists lists = { root, body.pointer, known, NULL };

  drop_empty (elements);
  tn_panel_writer_init (&writer, &kind, board, TN_GRAFANA_COLUMNS, report);
  name_new (&writer, elements);
  place_in_lists (&writer, &lists);
  note_order (&writer, &lists);
  file_panels (&writer, &lists, elements);
  g_free (lists.first);
}
