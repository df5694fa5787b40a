/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-board-grafana.h"

#include <glib/gi18n-lib.h>

/* The classic shape: a list of panels with "gridPos". A row that is folded has the panels below it within. */

static const char *const bodies[] = { "", "/dashboard", "/spec", "/dashboard/spec" };

gboolean
tn_grafana_is_v2 (JsonObject *body)
{
  return tn_json_get_object (body, "elements") != NULL && tn_json_get_object (body, "layout") != NULL;
}

static gboolean
is_body (JsonObject *object)
{
  return tn_grafana_is_v2 (object) || tn_json_get_array (object, "panels") != NULL
         || (object != NULL && json_object_has_member (object, "schemaVersion"));
}

TnGrafanaBody
tn_grafana_find_body (JsonNode *document)
{
  for (gsize i = 0; document != NULL && i < G_N_ELEMENTS (bodies); i++)
    {
      JsonNode *node = tn_json_pointer_get (document, bodies[i]);

      if (node != NULL && JSON_NODE_HOLDS_OBJECT (node) && is_body (json_node_get_object (node)))
        return (TnGrafanaBody){ json_node_get_object (node), bodies[i] };
    }
  return (TnGrafanaBody){ NULL, "" };
}

static gboolean
guess (JsonNode *document)
{
  return tn_grafana_find_body (document).object != NULL;
}

static gboolean
is_row (JsonObject *panel)
{
  return g_str_equal (tn_json_get_string (panel, "type", ""), "row");
}

/* What is only kept, and what it would do in Grafana. */
static const struct
{
  const char *member;
  const char *message;
} unsaid[] = {
  { "repeat", N_("It is repeated for each value of a variable; on a canvas it is there once") },
  { "conditionalRendering", N_("It shows only under a condition; on a canvas it always does") },
  { "collapse", N_("It is folded; a canvas shows what is in it") },
  { "collapsed", N_("It is folded; a canvas shows what is in it") },
  { "variables", N_("Its own variables have no meaning on a canvas") },
  { "fillScreen", N_("It fills the screen; on a canvas it is as high as other panels") },
  { "columnWidthMode", N_("The width of these columns is not that of a canvas") },
  { "columnWidth", N_("The width of these columns is not that of a canvas") },
  { "rowHeightMode", N_("The height of these rows is not that of a canvas") },
  { "rowHeight", N_("The height of these rows is not that of a canvas") },
};

/* Nothing, as the schema would have it where the member is left out. */
static gboolean
says_nothing (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node)) == 0;
  if (!JSON_NODE_HOLDS_VALUE (node))
    return JSON_NODE_HOLDS_NULL (node);
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return !json_node_get_boolean (node);
  return json_node_get_value_type (node) == G_TYPE_STRING
         && (*json_node_get_string (node) == '\0' || g_str_equal (json_node_get_string (node), "standard"));
}

void
tn_grafana_note_unsaid (GPtrArray *report, const char *pointer, JsonObject *object)
{
  for (gsize i = 0; object != NULL && i < G_N_ELEMENTS (unsaid); i++)
    {
      JsonNode *node = json_object_get_member (object, unsaid[i].member);
      g_autofree char *place = tn_json_pointer_join (pointer, unsaid[i].member);

      if (node != NULL && !says_nothing (node))
        tn_board_note (report, place, "%s", _ (unsaid[i].message));
    }
}

static gboolean
read_panel (GPtrArray *report, const char *pointer, JsonObject *panel, TnTileRecord *tile)
{
  JsonObject *place = tn_board_take_object (report, pointer, panel, "gridPos");
  g_autofree char *place_pointer = tn_json_pointer_join (pointer, "gridPos");
  g_autofree char *type = tn_board_take_text (report, pointer, panel, "type");

  tile->w = is_row (panel) ? TN_GRAFANA_COLUMNS : TN_GRAFANA_COLUMNS / 2;
  tile->h = is_row (panel) ? 1 : 8;
  tn_panel_set_type (tile, TN_GRAFANA, type != NULL ? type : "panel");
  tile->title = tn_board_take_text (report, pointer, panel, "title");
  tn_grafana_note_unsaid (report, pointer, panel);
  if (place == NULL)
    tn_board_note (report, place_pointer, _("It has no place; the first free one was taken"));
  return place != NULL && tn_board_take_place (report, place_pointer, place, tn_board_place_members, tile);
}

static void
write_panel (JsonObject *panel, const TnTileRecord *tile, const TnTileRecord *was, int columns)
{
  if (g_strcmp0 (tile->title, was->title) != 0)
    tn_board_put_text (panel, "title", tile->title);
}

/* A panel's options are carried along by Grafana, whatever is in them. */
static JsonObject *
get_extra (JsonObject *panel, gboolean make)
{
  if (make && tn_json_get_object (panel, "options") == NULL)
    json_object_set_object_member (panel, "options", json_object_new ());
  return tn_json_get_object (panel, "options");
}

JsonObject *
tn_grafana_make_options (const TnTileRecord *tile)
{
  JsonObject *options = json_object_new ();

  json_object_set_string_member (options, "mode", "markdown");
  json_object_set_string_member (options, "content", tile->app_id);
  return options;
}

static JsonObject *
create_panel (const TnTileRecord *tile)
{
  JsonObject *panel = json_object_new ();

  json_object_set_string_member (panel, "type", "text");
  tn_board_put_text (panel, "title", tile->title);
  json_object_set_object_member (panel, "options", tn_grafana_make_options (tile));
  return panel;
}

static void
place_panel (JsonObject *panel, int x, int y, int w, int h)
{
  if (tn_json_get_object (panel, "gridPos") == NULL)
    json_object_set_object_member (panel, "gridPos", json_object_new ());
  tn_board_put_place (tn_json_get_object (panel, "gridPos"), tn_board_place_members, x, y, w, h);
}

static const TnPanelKind kind = { TN_GRAFANA, read_panel, write_panel, get_extra, create_panel, place_panel };

/* A folded row: its panels take no room in the document, and do in ours. */
typedef struct
{
  int y, height;
} Fold;

typedef struct
{
  TnBoardReader *reader;
  GHashTable *ids; /* of panels, as numbers */
  GArray *folds;   /* of Fold */
} Reading;

/* Two panels of one id would be one in Grafana. (transfer full) */
static JsonObject *
with_own_id (Reading *reading, JsonObject *panel, const char *pointer, GHashTable *without)
{
  gint64 id = tn_json_get_int (panel, "id", -1), own = id;
  JsonObject *copy;

  while (id >= 0 && g_hash_table_contains (reading->ids, &own))
    own = own < 1000000 ? MAX (1000000, own + 1) : own + 1 + g_hash_table_size (reading->ids);
  if (id >= 0)
    g_hash_table_add (reading->ids, g_memdup2 (&own, sizeof own));
  if (own == id && without == NULL)
    return json_object_ref (panel);
  copy = tn_panel_thaw_object (panel, without);
  if (own == id)
    return copy;
  tn_board_note (reading->reader->report, pointer,
                 _("Another panel has the id %" G_GINT64_FORMAT "; this one got %" G_GINT64_FORMAT), id, own);
  json_object_set_int_member (copy, "id", own);
  return copy;
}

static gboolean
take_panel (Reading *reading, JsonArray *list, guint i, const char *pointer, const char *kept_pointer, guint *index,
            GHashTable *without, GError **error)
{
  JsonNode *node = json_array_get_element (list, i);
  g_autofree char *place = g_strdup_printf ("%s/%u", pointer, i);
  g_autoptr (JsonObject) panel = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      tn_board_note (reading->reader->report, place, _("This is no panel and was left out"));
      return TRUE;
    }
  panel = with_own_id (reading, json_node_get_object (node), place, without);
  return tn_panel_take (reading->reader, &kind, panel, place, kept_pointer, (*index)++, error);
}

static TnTileRecord *
get_record (const TnBoardReader *reader, guint i)
{
  return g_array_index (reader->entries, TnBoardEntry, i).tile->record;
}

/* Below the row that was taken last. */
static gboolean
take_folded (Reading *reading, JsonArray *folded, const char *pointer, const char *kept_pointer, GError **error)
{
  TnBoardReader *reader = reading->reader;
  guint first = reader->entries->len, index = 0;
  const TnTileRecord *row = get_record (reader, first - 1);
  Fold fold = { row->y, 0 };
  int top = G_MAXINT;

  for (guint i = 0; i < json_array_get_length (folded); i++)
    if (!take_panel (reading, folded, i, pointer, kept_pointer, &index, NULL, error))
      return FALSE;
  for (guint i = first; i < reader->entries->len; i++)
    if (g_array_index (reader->entries, TnBoardEntry, i).placed)
      top = MIN (top, get_record (reader, i)->y);
  for (guint i = first; i < reader->entries->len; i++)
    if (g_array_index (reader->entries, TnBoardEntry, i).placed)
      {
        TnTileRecord *tile = get_record (reader, i);

        fold.height = MAX (fold.height, tile->y - top + tile->h);
        tile->y += row->y + 1 - top;
      }
  g_array_append_val (reading->folds, fold);
  return TRUE;
}

static void
unfold (Reading *reading, GArray *tops)
{
  for (guint i = 0; i < tops->len && reading->folds->len > 0; i++)
    {
      /* What was folded below a row moves with it. */
      guint from = g_array_index (tops, guint, i);
      guint to = i + 1 < tops->len ? g_array_index (tops, guint, i + 1) : reading->reader->entries->len;
      int y = get_record (reading->reader, from)->y;
      gint64 by = 0;

      for (guint k = 0; k < reading->folds->len; k++)
        if (g_array_index (reading->folds, Fold, k).y < y)
          by += g_array_index (reading->folds, Fold, k).height;
      for (guint k = from; k < to; k++)
        get_record (reading->reader, k)->y = MIN (get_record (reading->reader, k)->y + by, 4 * TN_GRID_MAX_ROWS);
    }
}

static gboolean
read_panels (Reading *reading, JsonArray *panels, const char *pointer, GError **error)
{
  g_autoptr (GArray) tops = g_array_new (FALSE, FALSE, sizeof (guint));
  guint index = 0;

  for (guint i = 0; i < json_array_get_length (panels); i++)
    {
      JsonNode *node = json_array_get_element (panels, i);
      JsonObject *panel = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JsonArray *folded = is_row (panel) ? tn_json_get_array (panel, "panels") : NULL;
      g_autofree char *place = g_strdup_printf ("%s/%u/panels", pointer, i);
      g_autofree char *kept_place = g_strdup_printf ("%s/%u/panels", pointer, index);
      g_autoptr (GHashTable) without = folded != NULL ? g_hash_table_new (NULL, NULL) : NULL;

      if (panel != NULL)
        g_array_append_val (tops, reading->reader->entries->len);
      if (folded != NULL)
        g_hash_table_add (without, folded);
      if (!take_panel (reading, panels, i, pointer, pointer, &index, without, error))
        return FALSE;
      if (folded != NULL && json_array_get_length (folded) > 0
          && !take_folded (reading, folded, place, kept_place, error))
        return FALSE;
    }
  unfold (reading, tops);
  return TRUE;
}

static void
read_body (GPtrArray *report, TnGrafanaBody body, TnCanvasRecord *canvas)
{
  char *title = tn_board_take_text (report, body.pointer, body.object, "title");
  gboolean editable = TRUE;

  tn_board_take_boolean (report, body.pointer, body.object, "editable", &editable);
  canvas->locked = !editable;
  /* Grafana pulls all panels up. */
  canvas->policy = TN_GRID_COMPACT;
  if (title != NULL)
    {
      g_free (canvas->name);
      canvas->name = title;
    }
  tn_panel_read_canvas (report, body.pointer, body.object, canvas);
}

static gboolean
read_classic (TnBoardReader *reader, JsonNode *document, TnGrafanaBody body, GError **error)
{
  JsonArray *panels = tn_board_take_array (reader->report, body.pointer, body.object, "panels");
  g_autofree char *pointer = g_strconcat (body.pointer, "/panels", NULL);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) without = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) folds = g_array_new (FALSE, FALSE, sizeof (Fold));
  Reading reading = { reader, ids, folds };

  if (panels == NULL && tn_json_get_array (body.object, "rows") != NULL)
    {
      g_set_error (error, TN_BOARD_ERROR, TN_BOARD_ERROR_SHAPE,
                   _("%s/rows: the dashboard is of Grafana 4 or before; open and save it in a newer one first"),
                   body.pointer);
      return FALSE;
    }
  if (panels != NULL)
    g_hash_table_add (without, panels);
  tn_panel_keep_document (reader->board, TN_GRAFANA, document, without);
  return panels == NULL || read_panels (&reading, panels, pointer, error);
}

static gboolean
read_document (TnBoardReader *reader, JsonNode *document, GError **error)
{
  TnGrafanaBody body = tn_grafana_find_body (document);

  reader->columns = TN_GRAFANA_COLUMNS;
  reader->rows = TN_GRAFANA_ROWS;
  read_body (reader->report, body, reader->board->canvas);
  return (tn_grafana_is_v2 (body.object) ? tn_grafana_v2_read : read_classic) (reader, document, body, error);
}

static void
write_body (const TnBoard *board, TnGrafanaBody body, GPtrArray *report)
{
  g_autoptr (TnCanvasRecord) was = tn_panel_get_was (board, TN_GRAFANA);

  read_body (NULL, body, was);
  if (!g_str_equal (was->name, board->canvas->name))
    json_object_set_string_member (body.object, "title", board->canvas->name);
  if (!was->locked != !board->canvas->locked)
    json_object_set_boolean_member (body.object, "editable", !board->canvas->locked);
  read_body (NULL, body, was);
  tn_panel_write_canvas (report, body.pointer, body.object, board->canvas, was);
}

static gboolean
has_folds (const TnPanelWriter *writer, const char *pointer)
{
  for (guint i = 0; i < writer->panels->len; i++)
    {
      const char *list = ((TnPanel *) writer->panels->pdata[i])->list;

      if (list != NULL && !g_str_equal (list, pointer))
        return TRUE;
    }
  return FALSE;
}

static void
give_ids (const TnPanelWriter *writer)
{
  gint64 last = 0;

  for (guint i = 0; i < writer->panels->len; i++)
    last = MAX (last, MIN (tn_json_get_int (((TnPanel *) writer->panels->pdata[i])->panel, "id", 0), G_MAXINT));
  for (guint i = 0; i < writer->panels->len; i++)
    {
      const TnPanel *panel = writer->panels->pdata[i];

      if (panel->envelope == NULL)
        json_object_set_int_member (panel->panel, "id", ++last);
    }
}

static void
file_panels (TnPanelWriter *writer, JsonArray *panels, const char *pointer)
{
  g_autoptr (GHashTable) folds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  /* Rows first, that what is folded below one finds it. */
  for (guint i = 0; i < writer->panels->len; i++)
    {
      TnPanel *panel = writer->panels->pdata[i];
      JsonArray *folded = tn_json_get_array (panel->panel, "panels");

      if (panel->list != NULL && g_str_equal (panel->list, pointer) && folded != NULL && is_row (panel->panel))
        g_hash_table_insert (folds, g_strdup_printf ("%s/%" G_GINT64_FORMAT "/panels", pointer, panel->index), folded);
    }
  for (guint i = 0; i < writer->panels->len; i++)
    {
      TnPanel *panel = writer->panels->pdata[i];
      JsonArray *folded = panel->list != NULL ? g_hash_table_lookup (folds, panel->list) : NULL;

      tn_panel_writer_file (writer, panel, folded != NULL ? folded : panels, folded != NULL ? panel->list : pointer);
    }
}

static void
write_classic (const TnBoard *board, JsonNode *document, TnGrafanaBody body, GPtrArray *report)
{
  g_auto (TnPanelWriter) writer = { 0 };
  g_autofree char *pointer = g_strconcat (body.pointer, "/panels", NULL);

  if (tn_json_get_array (body.object, "panels") == NULL && board->tiles->len > 0)
    json_object_set_array_member (body.object, "panels", json_array_new ());
  tn_panel_writer_init (&writer, &kind, board, TN_GRAFANA_COLUMNS, report);
  tn_panel_writer_place (&writer, TN_GRAFANA_ROWS, !has_folds (&writer, pointer));
  give_ids (&writer);
  file_panels (&writer, tn_json_get_array (body.object, "panels"), pointer);
}

static JsonNode *
new_document (void)
{
  JsonNode *document = json_node_new (JSON_NODE_OBJECT);
  JsonObject *body = json_object_new ();

  json_object_set_int_member (body, "schemaVersion", 39);
  json_object_set_boolean_member (body, "editable", TRUE);
  json_object_set_array_member (body, "panels", json_array_new ());
  json_node_take_object (document, body);
  return document;
}

static JsonNode *
write_document (const TnBoard *board, GPtrArray *report)
{
  JsonNode *document = tn_panel_get_document (board, TN_GRAFANA);
  TnGrafanaBody body = tn_grafana_find_body (document);

  if (body.object == NULL)
    {
      g_clear_pointer (&document, json_node_unref);
      document = new_document ();
      body = tn_grafana_find_body (document);
    }
  write_body (board, body, report);
  (tn_grafana_is_v2 (body.object) ? tn_grafana_v2_write : write_classic) (board, document, body, report);
  tn_panel_note_losses (board, report);
  return document;
}

const TnBoardFormat tn_board_grafana = { TN_GRAFANA, N_("Grafana dashboard"), guess, read_document, write_document };
