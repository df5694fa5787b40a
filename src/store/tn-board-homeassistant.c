/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-board-panel.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tn-grid-occupancy.h"

/* A view of Home Assistant: sections side by side, in each of them cards in the order in which they fill its twelve
 * columns. Where a card stands follows from the order alone. */

#define FORMAT "homeassistant"
#define SECTION_COLUMNS 12
#define FULL G_MAXINT16
#define MAX_ACROSS 4

/* What cards are as high as where they say "auto": rows of 56 pixels, as Home Assistant lays them out. */
static const struct
{
  const char *type;
  int columns, rows;
} sizes[] = {
  { "heading", FULL, 1 }, { "tile", 6, 1 },      { "button", 6, 2 },      { "entity", 6, 2 },
  { "sensor", 6, 2 },     { "gauge", 6, 3 },     { "thermostat", 12, 5 }, { "humidifier", 12, 5 },
  { "light", 12, 5 },     { "markdown", 12, 2 }, { NULL, 12, 3 },
};

static const char *const bases[] = { "", "/data/config" };

/* The view that becomes a canvas, and where it is. */
typedef struct
{
  JsonObject *object; /* NULL where there is none */
  char *pointer;
} View;

static void
view_clear (View *view)
{
  g_clear_pointer (&view->pointer, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (View, view_clear)

static gboolean
is_view (JsonObject *object)
{
  return tn_json_get_array (object, "sections") != NULL || tn_json_get_array (object, "cards") != NULL;
}

/* The first with sections, else the first with cards. */
static View
find_in_views (JsonArray *views, const char *pointer)
{
  View found = { 0 };

  for (guint i = 0; i < json_array_get_length (views); i++)
    {
      JsonNode *node = json_array_get_element (views, i);
      JsonObject *view = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (!is_view (view) || (found.object != NULL && tn_json_get_array (view, "sections") == NULL))
        continue;
      view_clear (&found);
      found = (View){ view, g_strdup_printf ("%s/views/%u", pointer, i) };
      if (tn_json_get_array (view, "sections") != NULL)
        break;
    }
  return found;
}

static View
find_view (JsonNode *document)
{
  for (gsize i = 0; document != NULL && i < G_N_ELEMENTS (bases); i++)
    {
      JsonNode *node = tn_json_pointer_get (document, bases[i]);
      JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (tn_json_get_array (object, "views") != NULL)
        return find_in_views (tn_json_get_array (object, "views"), bases[i]);
      if (is_view (object))
        return (View){ object, g_strdup (bases[i]) };
    }
  return (View){ 0 };
}

static gboolean
guess (JsonNode *document)
{
  g_auto (View) view = find_view (document);

  return view.object != NULL;
}

static const char *
get_type (JsonObject *card)
{
  return tn_json_get_string (card, "type", "card");
}

static const char *
get_title_member (JsonObject *card)
{
  static const char *const members[] = { "title", "heading", "name" };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (json_object_has_member (card, members[i]))
      return members[i];
  return g_str_equal (get_type (card), "heading") ? "heading"
         : g_str_equal (get_type (card), "tile")  ? "name"
                                                  : "title";
}

static const char conditional[] = N_("It shows only under conditions; on a canvas it always does");

/* Says of a member that is there that it is only kept. */
static void
note_kept (GPtrArray *report, const char *pointer, JsonObject *object, const char *member, const char *message)
{
  JsonNode *node = json_object_get_member (object, member);
  g_autofree char *place = tn_json_pointer_join (pointer, member);

  if (node != NULL && !json_node_is_null (node)
      && !(JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0))
    tn_board_note (report, place, "%s", message);
}

/* Never says where: that is for the walk over the sections. The size is in the section's columns. */
static gboolean
read_card (GPtrArray *report, const char *pointer, JsonObject *card, TnTileRecord *tile)
{
  JsonObject *options = tn_board_take_object (report, pointer, card, "grid_options");
  g_autofree char *place = tn_json_pointer_join (pointer, "grid_options");
  g_autofree char *type = tn_board_take_text (report, pointer, card, "type");
  gsize size = 0;

  while (sizes[size].type != NULL && !g_str_equal (sizes[size].type, get_type (card)))
    size++;
  tile->w = sizes[size].columns;
  tile->h = sizes[size].rows;
  tn_panel_set_type (tile, FORMAT, type != NULL ? type : "card");
  tile->title = tn_board_take_text (report, pointer, card, get_title_member (card));
  note_kept (report, pointer, card, "visibility", _(conditional));
  if (options == NULL)
    return FALSE;
  if (g_str_equal (tn_json_get_string (options, "columns", ""), "full"))
    tile->w = FULL;
  else
    tn_board_take_int (report, place, options, "columns", 1, FULL, &tile->w);
  if (!g_str_equal (tn_json_get_string (options, "rows", ""), "auto"))
    tn_board_take_int (report, place, options, "rows", 1, TN_GRID_MAX_HEIGHT, &tile->h);
  tn_board_take_int (report, place, options, "min_rows", 0, TN_GRID_MAX_HEIGHT, &tile->min_h);
  tn_board_take_int (report, place, options, "max_rows", 0, TN_GRID_MAX_HEIGHT, &tile->max_h);
  return FALSE;
}

static JsonObject *
need_options (JsonObject *card)
{
  if (tn_json_get_object (card, "grid_options") == NULL)
    json_object_set_object_member (card, "grid_options", json_object_new ());
  return tn_json_get_object (card, "grid_options");
}

static void
write_card (JsonObject *card, const TnTileRecord *tile, const TnTileRecord *was, int columns)
{
  if (g_strcmp0 (tile->title, was->title) != 0)
    tn_board_put_text (card, get_title_member (card), tile->title);
  if (tile->min_h != was->min_h)
    json_object_set_int_member (need_options (card), "min_rows", tile->min_h);
  if (tile->max_h != was->max_h)
    json_object_set_int_member (need_options (card), "max_rows", tile->max_h);
}

static JsonObject *
get_extra (JsonObject *card, gboolean make)
{
  return card;
}

static JsonObject *
create_card (const TnTileRecord *tile)
{
  JsonObject *card = json_object_new ();

  json_object_set_string_member (card, "type", "markdown");
  json_object_set_string_member (card, "content", tile->app_id);
  return card;
}

static const TnPanelKind kind = { FORMAT, read_card, write_card, get_extra, create_card, NULL };

/* What a section is in our columns. */
typedef struct
{
  JsonArray *cards;
  char *pointer;    /* of the cards */
  int own;          /* its columns, as its cards count them */
  int x, y, w;      /* where it is */
  guint first, end; /* entries of its cards */
} Section;

static void
section_clear (gpointer data)
{
  g_free (((Section *) data)->pointer);
}

static int
get_span (GPtrArray *report, const char *pointer, JsonObject *section)
{
  int span = 1;

  tn_board_take_int (report, pointer, section, "column_span", 1, MAX_ACROSS, &span);
  return span;
}

/* How many sections of the least width stand side by side. */
static int
get_across (GPtrArray *report, const View *view, JsonArray *sections)
{
  int most = MAX_ACROSS, spans = 0;

  tn_board_take_int (report, view->pointer, view->object, "max_columns", 1, MAX_ACROSS, &most);
  for (guint i = 0; i < json_array_get_length (sections) && spans < most; i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (sections, i)))
      spans += get_span (NULL, "", json_array_get_object_element (sections, i));
  return CLAMP (spans, 1, most);
}

/* (transfer full): of Section, in order. A view of cards alone is one section. */
static GArray *
list_sections (GPtrArray *report, const View *view)
{
  JsonArray *sections = tn_json_get_array (view->object, "sections");
  GArray *list = g_array_new (FALSE, TRUE, sizeof (Section));
  Section all = { .own = SECTION_COLUMNS, .w = TN_BOARD_COLUMNS };
  int across;

  g_array_set_clear_func (list, section_clear);
  if (sections == NULL)
    {
      all.cards = tn_json_get_array (view->object, "cards");
      all.pointer = g_strconcat (view->pointer, "/cards", NULL);
      g_array_append_val (list, all);
      return list;
    }
  across = get_across (report, view, sections);
  for (guint i = 0; i < json_array_get_length (sections); i++)
    {
      JsonNode *node = json_array_get_element (sections, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      g_autofree char *pointer = g_strdup_printf ("%s/sections/%u", view->pointer, i);
      Section section = { .cards = tn_json_get_array (object, "cards") };
      int span;

      if (section.cards == NULL)
        {
          tn_board_note (report, pointer, _("There are no cards in it; it is only kept"));
          continue;
        }
      note_kept (report, pointer, object, "visibility", _(conditional));
      span = get_span (report, pointer, object);
      section.pointer = g_strconcat (pointer, "/cards", NULL);
      section.own = SECTION_COLUMNS * span;
      section.w = TN_BOARD_COLUMNS / across * MIN (span, across);
      g_array_append_val (list, section);
    }
  return list;
}

/* The card's width in our columns. */
static int
to_ours (const Section *section, int columns)
{
  int w = MIN (columns, section->own);

  return CLAMP ((2 * w * section->w + section->own) / (2 * section->own), 1, section->w);
}

static gboolean
take_cards (TnBoardReader *reader, Section *section, GError **error)
{
  guint index = 0;

  section->first = reader->entries->len;
  for (guint i = 0; i < json_array_get_length (section->cards); i++)
    {
      g_autofree char *pointer = g_strdup_printf ("%s/%u", section->pointer, i);
      JsonNode *node = json_array_get_element (section->cards, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        tn_board_note (reader->report, pointer, _("This is no card and was left out"));
      else if (!tn_panel_take (reader, &kind, json_node_get_object (node), pointer, section->pointer, index++, error))
        return FALSE;
    }
  section->end = reader->entries->len;
  return TRUE;
}

/* Each card in the first free place behind the one before it. Returns: the row below all */
static int
flow (TnBoardReader *reader, const Section *section)
{
  g_auto (TnGridOccupancy) taken = { 0 };
  int x = 0, y = 0, bottom = 0;

  tn_grid_occupancy_init (&taken, section->w, 64);
  for (guint i = section->first; i < section->end; i++)
    {
      TnBoardEntry *entry = &g_array_index (reader->entries, TnBoardEntry, i);
      TnTileRecord *tile = entry->tile->record;
      TnPlacement place = { .w = to_ours (section, tile->w), .h = tile->h };
      guint64 starts;

      while ((starts = tn_grid_occupancy_starts (&taken, &place, y) & G_MAXUINT64 << x) == 0)
        {
          y++;
          x = 0;
        }
      place.x = x = __builtin_ctzll (starts);
      place.y = y;
      tn_grid_occupancy_add (&taken, &place);
      tile->x = section->x + place.x;
      tile->y = section->y + place.y;
      tile->w = place.w;
      entry->placed = TRUE;
      bottom = MAX (bottom, place.y + place.h);
    }
  return section->y + bottom;
}

/* Sections side by side, and those that don't fit any more below the lowest of them. */
static void
flow_sections (TnBoardReader *reader, GArray *sections)
{
  int x = 0, y = 0, bottom = 0, end;

  for (guint i = 0; i < sections->len; i++)
    {
      Section *section = &g_array_index (sections, Section, i);

      if (x + section->w > TN_BOARD_COLUMNS)
        {
          x = 0;
          y = bottom;
        }
      section->x = x;
      section->y = y;
      end = flow (reader, section);
      bottom = MAX (bottom, end);
      x += section->w;
    }
}

static void
read_view (GPtrArray *report, const View *view, TnCanvasRecord *canvas)
{
  char *title = tn_board_take_text (report, view->pointer, view->object, "title");

  if (title != NULL)
    {
      g_free (canvas->name);
      canvas->name = title;
    }
  tn_panel_read_canvas (report, view->pointer, view->object, canvas);
}

static void
note_others (TnBoardReader *reader, JsonNode *document, const View *view)
{
  const char *slash = strrchr (view->pointer, '/');
  g_autofree char *pointer = slash != NULL ? g_strndup (view->pointer, slash - view->pointer) : g_strdup ("");
  JsonNode *views = slash != NULL ? tn_json_pointer_get (document, pointer) : NULL;

  if (views != NULL && JSON_NODE_HOLDS_ARRAY (views) && json_array_get_length (json_node_get_array (views)) > 1)
    tn_board_note (reader->report, pointer, _("Only the view “%s” becomes the canvas; %u more are kept"),
                   reader->board->canvas->name, json_array_get_length (json_node_get_array (views)) - 1);
}

static gboolean
read_document (TnBoardReader *reader, JsonNode *document, GError **error)
{
  g_auto (View) view = find_view (document);
  g_autoptr (GArray) sections = list_sections (reader->report, &view);
  g_autoptr (GHashTable) without = g_hash_table_new (NULL, NULL);

  read_view (reader->report, &view, reader->board->canvas);
  note_kept (reader->report, view.pointer, view.object, "badges", _("Badges are only kept"));
  note_kept (reader->report, view.pointer, view.object, "header", _("The header is only kept"));
  for (guint i = 0; i < sections->len; i++)
    {
      g_hash_table_add (without, g_array_index (sections, Section, i).cards);
      if (!take_cards (reader, &g_array_index (sections, Section, i), error))
        return FALSE;
    }
  flow_sections (reader, sections);
  note_others (reader, document, &view);
  tn_panel_keep_document (reader->board, FORMAT, document, without);
  return TRUE;
}

/* One section over the whole width: what is in it comes in the order of our rows. */
static JsonObject *
new_section (void)
{
  JsonObject *section = json_object_new ();

  json_object_set_string_member (section, "type", "grid");
  json_object_set_int_member (section, "column_span", MAX_ACROSS);
  json_object_set_array_member (section, "cards", json_array_new ());
  return section;
}

static JsonNode *
new_document (void)
{
  JsonNode *document = json_node_new (JSON_NODE_OBJECT);
  JsonObject *view = json_object_new ();

  json_object_set_string_member (view, "type", "sections");
  json_object_set_int_member (view, "max_columns", MAX_ACROSS);
  json_object_set_array_member (view, "sections", json_array_new ());
  json_node_take_object (document, view);
  return document;
}

/* Pointers of the cards to 1 + which section it is. */
static GHashTable *
index_sections (GArray *sections)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < sections->len; i++)
    g_hash_table_insert (index, g_array_index (sections, Section, i).pointer, GUINT_TO_POINTER (i + 1));
  return index;
}

static guint
find_section (GHashTable *index, const TnPanel *panel)
{
  return panel->list != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (index, panel->list)) : 0;
}

static gboolean
needs_section (const TnPanelWriter *writer, GArray *sections)
{
  g_autoptr (GHashTable) index = index_sections (sections);

  for (guint i = 0; i < writer->panels->len; i++)
    if (find_section (index, writer->panels->pdata[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
write_size (const Section *section, const TnPanel *panel)
{
  const TnTileRecord *tile = panel->tile;

  if (to_ours (section, panel->was->w) != MIN (tile->w, section->w))
    json_object_set_int_member (need_options (panel->panel), "columns",
                                MIN (tile->w, section->w) * section->own / section->w);
  if (panel->was->h != tile->h)
    json_object_set_int_member (need_options (panel->panel), "rows", tile->h);
}

/* Where nothing has moved the order stays, else it is that of our rows. */
static void
file_section (TnPanelWriter *writer, const Section *section, GPtrArray *panels)
{
  gboolean kept = TRUE;

  for (guint i = 0; i < panels->len; i++)
    kept = kept && ((TnPanel *) panels->pdata[i])->kept;
  if (!kept)
    g_ptr_array_sort (panels, tn_panel_compare_places);
  for (guint i = 0; i < panels->len; i++)
    {
      TnPanel *panel = panels->pdata[i];

      if (!panel->kept)
        write_size (section, panel);
      tn_panel_writer_file (writer, panel, section->cards, section->pointer);
    }
}

static void
file_cards (TnPanelWriter *writer, GArray *sections)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) index = index_sections (sections);

  for (guint i = 0; i < sections->len; i++)
    g_ptr_array_add (lists, g_ptr_array_new ());
  for (guint i = 0; i < writer->panels->len; i++)
    {
      guint at = find_section (index, writer->panels->pdata[i]);

      g_ptr_array_add (lists->pdata[at > 0 ? at - 1 : sections->len - 1], writer->panels->pdata[i]);
    }
  for (guint i = 0; i < sections->len; i++)
    file_section (writer, &g_array_index (sections, Section, i), lists->pdata[i]);
}

static void
write_view (const TnBoard *board, const View *view, GPtrArray *report)
{
  g_autoptr (TnCanvasRecord) was = tn_panel_get_was (board, FORMAT);

  read_view (NULL, view, was);
  if (!g_str_equal (was->name, board->canvas->name))
    json_object_set_string_member (view->object, "title", board->canvas->name);
  read_view (NULL, view, was);
  tn_panel_write_canvas (report, view->pointer, view->object, board->canvas, was);
}

static JsonNode *
write_document (const TnBoard *board, GPtrArray *report)
{
  JsonNode *document = tn_panel_get_document (board, FORMAT);
  g_auto (View) view = find_view (document);
  g_auto (TnPanelWriter) writer = { 0 };
  g_autoptr (GArray) sections = NULL;

  if (view.object == NULL)
    {
      g_clear_pointer (&document, json_node_unref);
      document = new_document ();
      view = find_view (document);
    }
  write_view (board, &view, report);
  tn_panel_writer_init (&writer, &kind, board, TN_BOARD_COLUMNS, report);
  sections = list_sections (NULL, &view);
  if (needs_section (&writer, sections) && tn_json_get_array (view.object, "sections") != NULL)
    {
      json_array_add_object_element (tn_json_get_array (view.object, "sections"), new_section ());
      g_array_unref (sections);
      sections = list_sections (NULL, &view);
    }
  file_cards (&writer, sections);
  tn_panel_writer_note_places (&writer, TN_FORMAT_HOMEASSISTANT, document);
  tn_panel_note_losses (board, report);
  return document;
}

const TnBoardFormat tn_board_homeassistant
  = { FORMAT, N_("Home Assistant dashboard"), guess, read_document, write_document };
