/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-board-panel.h"

#include <glib/gi18n-lib.h>

static JsonArray *
thaw_array (JsonArray *array, GHashTable *without)
{
  JsonArray *copy = json_array_new ();

  if (without != NULL && g_hash_table_contains (without, array))
    return copy;
  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (copy, tn_panel_thaw (json_array_get_element (array, i), without));
  return copy;
}

JsonObject *
tn_panel_thaw_object (JsonObject *object, GHashTable *without)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (without != NULL && g_hash_table_contains (without, object))
    return copy;
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (copy, name, tn_panel_thaw (node, without));
  return copy;
}

JsonNode *
tn_panel_thaw (JsonNode *node, GHashTable *without)
{
  JsonNode *copy;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      copy = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (copy, tn_panel_thaw_object (json_node_get_object (node), without));
      return copy;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      copy = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (copy, thaw_array (json_node_get_array (node), without));
      return copy;
    }
  return json_node_copy (node);
}

void
tn_panel_set_type (TnTileRecord *tile, const char *format, const char *type)
{
  GString *id = g_string_new (format);

  g_string_append_c (id, ':');
  for (const char *p = type; *p != '\0' && p - type < 64; p++)
    if (g_ascii_isgraph (*p))
      g_string_append_c (id, *p);
  g_free (tile->app_id);
  tile->app_id = g_string_free (id, FALSE);
}

/* What the panel says of a tile in whatever words. */
static TnTileRecord *
read_words (const TnPanelKind *kind, TnBoardReader *reader, JsonObject *panel, const char *pointer, gboolean *placed)
{
  TnTileRecord *tile = tn_tile_record_new ("", "", "", "");
  JsonObject *extra = kind->get_extra (panel, FALSE);
  JsonObject *words = tn_board_take_object (reader->report, pointer, extra, TN_PANEL_EXTRA);
  g_autofree char *place = NULL;

  *placed = kind->read (reader->report, pointer, panel, tile);
  tn_board_scale_limits (reader->columns, tile);
  if (words == NULL)
    return tile;
  place = tn_json_pointer_join (pointer, TN_PANEL_EXTRA);
  tn_board_words_read (reader, place, words, tile);
  return tile;
}

gboolean
tn_panel_take (TnBoardReader *reader, const TnPanelKind *kind, JsonObject *panel, const char *pointer, const char *list,
               guint index, GError **error)
{
  gboolean placed;
  TnTileRecord *tile = read_words (kind, reader, panel, pointer, &placed);
  JsonObject *envelope = json_object_new ();

  g_free (tile->id);
  /* Ties are broken by the id, and so by the order of the document. */
  tile->id = g_strdup_printf ("%06u", reader->entries->len);
  json_object_set_string_member (envelope, "format", kind->format);
  json_object_set_string_member (envelope, "list", list);
  json_object_set_int_member (envelope, "index", index);
  json_object_set_object_member (envelope, "panel", json_object_ref (panel));
  return tn_board_reader_add (reader, tile, pointer, placed, envelope, error);
}

void
tn_panel_keep_document (TnBoard *board, const char *format, JsonNode *document, GHashTable *without)
{
  g_autoptr (JsonObject) envelope = json_object_new ();

  json_object_set_string_member (envelope, "format", format);
  json_object_set_string_member (envelope, "name", board->canvas->name);
  json_object_set_member (envelope, "document", tn_panel_thaw (document, without));
  board->canvas->foreign = tn_json_object_to_string (envelope);
}

/* (transfer full) (nullable): @text, where it is of @format. It comes from the store, where anybody may have put it. */
static JsonObject *
open_envelope (const char *text, const char *format)
{
  const TnJsonCaps caps = { TN_BOARD_CAPS.max_bytes, TN_BOARD_CAPS.max_depth + 32, TN_BOARD_CAPS.spare_members };
  g_autoptr (JsonObject) envelope
    = text != NULL ? tn_json_parse_object (text, -1, &caps, NULL) : NULL;

  if (g_str_equal (tn_json_get_string (envelope, "format", ""), format))
    return g_steal_pointer (&envelope);
  return NULL;
}

JsonNode *
tn_panel_get_document (const TnBoard *board, const char *format)
{
  g_autoptr (JsonObject) envelope = open_envelope (board->canvas->foreign, format);
  JsonNode *document = envelope != NULL ? json_object_get_member (envelope, "document") : NULL;

  return document != NULL ? tn_panel_thaw (document, NULL) : NULL;
}

TnCanvasRecord *
tn_panel_get_was (const TnBoard *board, const char *format)
{
  g_autoptr (JsonObject) envelope = open_envelope (board->canvas->foreign, format);

  return tn_canvas_record_new ("", tn_json_get_string (envelope, "name", ""));
}

void
tn_panel_read_canvas (GPtrArray *report, const char *pointer, JsonObject *holder, TnCanvasRecord *canvas)
{
  JsonObject *extra = tn_board_take_object (report, pointer, holder, TN_PANEL_EXTRA);
  g_autofree char *place = tn_json_pointer_join (pointer, TN_PANEL_EXTRA);
  char *name = extra != NULL ? tn_board_take_text (report, place, extra, "name") : NULL;

  if (extra == NULL)
    return;
  tn_board_take_boolean (report, place, extra, "locked", &canvas->locked);
  tn_grid_policy_from_name (tn_json_get_string (extra, "policy", NULL), &canvas->policy);
  if (name == NULL)
    return;
  g_free (canvas->name);
  canvas->name = name;
}

void
tn_panel_write_canvas (GPtrArray *report, const char *pointer, JsonObject *holder, const TnCanvasRecord *canvas,
                       const TnCanvasRecord *was)
{
  JsonObject *extra = tn_json_get_object (holder, TN_PANEL_EXTRA);

  if (g_str_equal (canvas->name, was->name) && !canvas->locked == !was->locked && canvas->policy == was->policy)
    return;
  if (extra == NULL)
    json_object_set_object_member (holder, TN_PANEL_EXTRA, extra = json_object_new ());
  if (!g_str_equal (canvas->name, was->name))
    json_object_set_string_member (extra, "name", canvas->name);
  if (!canvas->locked != !was->locked)
    json_object_set_boolean_member (extra, "locked", canvas->locked);
  if (canvas->policy != was->policy)
    json_object_set_string_member (extra, "policy", tn_grid_policy_to_name (canvas->policy));
  tn_fault_list_add (report, pointer,
                     _("Name, lock or policy of the canvas are left out: only this program will find them again"));
}

static gboolean
is_at (const TnTileRecord *tile, JsonObject *at)
{
  return tn_json_get_int (at, "x", -1) == tile->x && tn_json_get_int (at, "y", -1) == tile->y
         && tn_json_get_int (at, "w", -1) == tile->w && tn_json_get_int (at, "h", -1) == tile->h;
}

static void
reread (TnPanelWriter *self, TnPanel *panel)
{
  TnBoardReader reader = { .columns = self->columns };

  g_clear_pointer (&panel->was, tn_tile_record_free);
  panel->was = read_words (self->kind, &reader, panel->panel, "", &panel->placed);
}

static TnPanel *
open_panel (TnPanelWriter *self, const TnTileRecord *tile)
{
  TnPanel *panel = g_new0 (TnPanel, 1);
  JsonObject *said;

  panel->tile = tile;
  panel->index = G_MAXINT64;
  panel->envelope = open_envelope (tile->foreign, self->kind->format);
  said = tn_json_get_object (panel->envelope, "panel");
  if (said != NULL)
    {
      panel->panel = tn_panel_thaw_object (said, NULL);
      panel->list = tn_json_get_string (panel->envelope, "list", "");
      panel->index = tn_json_get_int (panel->envelope, "index", G_MAXINT64);
      panel->kept = is_at (tile, tn_json_get_object (panel->envelope, "at"));
    }
  else
    panel->panel = self->kind->create (tile);
  reread (self, panel);
  return panel;
}

static void
panel_free (TnPanel *panel)
{
  g_clear_pointer (&panel->envelope, json_object_unref);
  json_object_unref (panel->panel);
  tn_tile_record_free (panel->was);
  g_free (panel);
}

int
tn_panel_compare_places (gconstpointer a, gconstpointer b)
{
  const TnTileRecord *p = (*(const TnPanel *const *) a)->tile, *q = (*(const TnPanel *const *) b)->tile;

  return p->y != q->y ? (p->y < q->y ? -1 : 1) : p->x < q->x ? -1 : p->x > q->x;
}

static int
compare_panels (gconstpointer a, gconstpointer b)
{
  const TnPanel *p = *(const TnPanel *const *) a, *q = *(const TnPanel *const *) b;

  if (p->index != q->index)
    return p->index < q->index ? -1 : 1;
  return tn_panel_compare_places (a, b);
}

void
tn_panel_writer_init (TnPanelWriter *self, const TnPanelKind *kind, const TnBoard *board, int columns,
                      GPtrArray *report)
{
  *self = (TnPanelWriter){ kind, columns, report, g_ptr_array_new_with_free_func ((GDestroyNotify) panel_free),
                           g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  for (guint i = 0; i < board->tiles->len; i++)
    g_ptr_array_add (self->panels, open_panel (self, ((TnBoardTile *) board->tiles->pdata[i])->record));
  g_ptr_array_sort (self->panels, compare_panels);
}

void
tn_panel_writer_clear (TnPanelWriter *self)
{
  g_clear_pointer (&self->panels, g_ptr_array_unref);
  g_clear_pointer (&self->filed, g_hash_table_unref);
}

void
tn_panel_writer_set_columns (TnPanelWriter *self, int columns)
{
  self->columns = columns;
  for (guint i = 0; i < self->panels->len; i++)
    {
      TnPanel *panel = self->panels->pdata[i];

      panel->kept = FALSE;
      reread (self, panel);
    }
}

/* Returns: whether whole columns can say it */
static gboolean
to_format (int columns, int rows, const TnTileRecord *tile, TnPlacement *place)
{
  *place = (TnPlacement){ .x = tile->x * columns / TN_BOARD_COLUMNS,
                          .y = tile->y * rows,
                          .w = tile->w * columns / TN_BOARD_COLUMNS,
                          .h = tile->h * rows };
  return tile->x * columns % TN_BOARD_COLUMNS == 0 && tile->w * columns % TN_BOARD_COLUMNS == 0;
}

/* @places: what is to be written where the panels that stand where they stood keep their place. Returns: whether that
 * goes together */
static gboolean
mix_places (const TnPanelWriter *self, int rows, TnPlacement *places)
{
  for (guint i = 0; i < self->panels->len; i++)
    {
      const TnPanel *panel = self->panels->pdata[i];

      if (panel->kept && !panel->placed)
        return FALSE;
      if (panel->kept)
        places[i] = (TnPlacement){ .x = panel->was->x, .y = panel->was->y, .w = panel->was->w, .h = panel->was->h };
      else if (!to_format (self->columns, rows, panel->tile, &places[i]))
        return FALSE;
    }
  return tn_grid_is_valid (self->columns, places, self->panels->len);
}

gboolean
tn_panel_writer_is_kept (const TnPanelWriter *self)
{
  for (guint i = 0; i < self->panels->len; i++)
    if (!((TnPanel *) self->panels->pdata[i])->kept)
      return FALSE;
  return TRUE;
}

gboolean
tn_panel_writer_place (TnPanelWriter *self, int rows, gboolean mix)
{
  g_autofree TnPlacement *places = g_new (TnPlacement, self->panels->len);
  gboolean mixed;

  if (tn_panel_writer_is_kept (self))
    return TRUE;
  mixed = mix && mix_places (self, rows, places);
  for (guint i = 0; i < self->panels->len && !mixed; i++)
    if (!to_format (self->columns, rows, ((TnPanel *) self->panels->pdata[i])->tile, &places[i]))
      return FALSE;
  for (guint i = 0; i < self->panels->len; i++)
    {
      const TnPanel *panel = self->panels->pdata[i];

      if (!mixed || !panel->kept)
        self->kind->place (panel->panel, places[i].x, places[i].y, places[i].w, places[i].h);
    }
  return TRUE;
}

/* Only what the panel doesn't say without it. */
static void
write_extra (TnPanelWriter *self, TnPanel *panel, const char *pointer)
{
  JsonObject *extra = self->kind->get_extra (panel->panel, TRUE);
  g_autoptr (JsonObject) words = json_object_new ();

  if (extra == NULL)
    {
      tn_fault_list_add (self->report, pointer, _("What the tile is can't be said here and was left out"));
      return;
    }
  if (json_object_has_member (extra, TN_PANEL_EXTRA))
    json_object_remove_member (extra, TN_PANEL_EXTRA);
  reread (self, panel);
  tn_board_words_write (words, panel->tile, panel->was, self->report, pointer);
  if (json_object_get_size (words) > 0)
    json_object_set_object_member (extra, TN_PANEL_EXTRA, json_object_ref (words));
}

void
tn_panel_writer_file (TnPanelWriter *self, TnPanel *panel, JsonArray *list, const char *pointer)
{
  g_autofree char *place = g_strdup_printf ("%s/%u", pointer, json_array_get_length (list));

  self->kind->write (panel->panel, panel->tile, panel->was, self->columns);
  reread (self, panel);
  if (!tn_board_words_same (panel->tile, panel->was))
    write_extra (self, panel, place);
  if (panel->envelope == NULL && panel->tile->foreign != NULL)
    tn_fault_list_add (self->report, place,
                       _("What another program's file said of the panel is left out; export to that format keeps it"));
  json_array_add_object_element (list, json_object_ref (panel->panel));
  g_hash_table_insert (self->filed, g_steal_pointer (&place), (gpointer) panel->tile);
}

static char *
get_place (const TnTileRecord *tile, const char *format)
{
  g_autoptr (JsonObject) envelope = open_envelope (tile->foreign, format);

  return g_strdup_printf ("%s/%" G_GINT64_FORMAT, tn_json_get_string (envelope, "list", ""),
                          tn_json_get_int (envelope, "index", 0));
}

void
tn_panel_writer_note_places (const TnPanelWriter *self, TnFormat format, JsonNode *document)
{
  g_autoptr (GPtrArray) unread = tn_fault_list_new ();
  g_autoptr (TnBoard) again = NULL;

  if (tn_panel_writer_is_kept (self))
    return;
  again = tn_board_read (format, document, "", NULL, NULL, unread, NULL);
  for (guint i = 0; again != NULL && i < again->tiles->len; i++)
    {
      const TnTileRecord *there = ((TnBoardTile *) again->tiles->pdata[i])->record;
      g_autofree char *place = get_place (there, self->kind->format);
      const TnTileRecord *tile = g_hash_table_lookup (self->filed, place);

      if (tile != NULL && (tile->x != there->x || tile->y != there->y || tile->w != there->w || tile->h != there->h))
        tn_fault_list_add (self->report, place,
                           _("Where it stands can't be said here: it will be in column %d, row %d, %d wide and %d high"),
                           there->x + 1, there->y + 1, there->w, there->h);
    }
}

void
tn_panel_note_losses (const TnBoard *board, GPtrArray *report)
{
  for (guint i = 0; i < board->tiles->len; i++)
    if (((TnBoardTile *) board->tiles->pdata[i])->places->len > 0)
      {
        tn_fault_list_add (report, "", _("Only the places of the wide layout are written"));
        return;
      }
}
