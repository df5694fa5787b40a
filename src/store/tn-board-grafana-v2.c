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
  tn_grafana_note_unsaid (report, place_pointer, place);
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

static void
note_folded (GPtrArray *report, const char *pointer, JsonArray *folded)
{
  guint n = folded != NULL ? json_array_get_length (folded) : 0;
  g_autofree char *place = g_strconcat (pointer, "/spec/elements", NULL);

  if (n > 0)
    tn_board_note (report, place, _("%u panels of the row are only kept with it"), n);
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
  else if (is_kind (item, "GridLayoutRow"))
    note_folded (walk->reader->report, pointer, tn_json_get_array (get_spec (item), "elements"));
  else
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
      else if (!entry->placed)
        tn_board_note (walk->reader->report, entry->pointer, _("It has no place; the first free one was taken"));
      else if (tile->y < 0)
        tn_board_note (walk->reader->report, entry->pointer,
                       _("It lay above the first row of its layout, where it is now"));
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
      g_autofree char *place = g_strdup_printf ("%s/%u", pointer, i);
      g_autofree char *spec = g_strconcat (place, "/spec", NULL);
      g_autofree char *inner = g_strconcat (spec, "/layout", NULL);

      if (layout != NULL)
        tn_board_note (walk->reader->report, place, _("“%s” groups panels, which a canvas doesn't: it is only kept"),
                       tn_json_get_string (get_spec (part), "title", ""));
      else
        tn_board_note (walk->reader->report, place, _("There is no layout in it; it is only kept"));
      tn_grafana_note_unsaid (walk->reader->report, spec, get_spec (part));
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
      g_autofree char *spec = g_strconcat (pointer, "/spec", NULL);
      g_autofree char *place = tn_json_pointer_join (spec, layouts[i].member);
      int across = 3;

      if (!is_kind (layout, layouts[i].kind) || list == NULL)
        continue;
      tn_grafana_note_unsaid (walk->reader->report, spec, get_spec (layout));
      if (layouts[i].parts)
        return walk_parts (walk, list, place, depth, error);
      if (layouts[i].automatic)
        tn_board_take_int (walk->reader->report, spec, get_spec (layout), "maxColumnCount", 1, TN_GRAFANA_COLUMNS / 2,
                           &across);
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
  guint number;      /* in the order of their being found */
  gboolean automatic;
  gboolean kept; /* nothing in it was moved */
  int top;       /* the uppermost row, in our cells */
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
  list->number = g_hash_table_size (self->lists);
  list->kept = TRUE;
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
      list->kept = list->kept && panel->kept;
    }
  if (g_hash_table_size (lists->lists) <= 1)
    {
      tn_panel_writer_place (writer, TN_GRAFANA_ROWS, TRUE);
      return;
    }
  for (guint i = 0; i < writer->panels->len; i++)
    {
      const TnPanel *panel = writer->panels->pdata[i];
      const TnTileRecord *tile = panel->tile;
      const List *list = get_list (lists, panel);

      if (!list->kept)
        place_panel (panel->panel, 2 * tile->x, TN_GRAFANA_ROWS * (tile->y - list->top), 2 * tile->w,
                     TN_GRAFANA_ROWS * tile->h);
    }
}

/* List by list; an auto grid in which something was moved says by its order what it can of it. */
static int
compare_in_lists (gconstpointer a, gconstpointer b, gpointer lists)
{
  const List *p = get_list (lists, *(const TnPanel *const *) a), *q = get_list (lists, *(const TnPanel *const *) b);

  if (p != q)
    return p->number < q->number ? -1 : 1;
  return p->automatic && !p->kept ? tn_panel_compare_places (a, b) : 0;
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
tn_grafana_v2_write (const TnBoard *board, JsonNode *document, TnGrafanaBody body, GPtrArray *report)
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
  g_ptr_array_sort_with_data (writer.panels, compare_in_lists, &lists);
  file_panels (&writer, &lists, elements);
  tn_panel_writer_note_places (&writer, TN_FORMAT_GRAFANA, document);
  g_free (lists.first);
}
