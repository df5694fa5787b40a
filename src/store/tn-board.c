/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-board-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (tn-board-error-quark, tn_board_error)

const TnJsonCaps TN_BOARD_CAPS = { 64 * 1024 * 1024, 128, 32768 };

/* In the order in which they are guessed: what could be two of them is the earlier. */
static const TnBoardFormat *const formats[TN_N_FORMATS] = {
  [TN_FORMAT_NATIVE] = &tn_board_native,
  [TN_FORMAT_GRIDSTACK] = &tn_board_gridstack,
  [TN_FORMAT_GRAFANA] = &tn_board_grafana,
  [TN_FORMAT_HOMEASSISTANT] = &tn_board_homeassistant,
};

const char *
tn_format_to_name (TnFormat format)
{
  g_return_val_if_fail (format < TN_N_FORMATS, NULL);
  return formats[format]->name;
}

const char *
tn_format_to_title (TnFormat format)
{
  g_return_val_if_fail (format < TN_N_FORMATS, NULL);
  return _ (formats[format]->title);
}

gboolean
tn_format_from_name (const char *name, TnFormat *format)
{
  for (TnFormat i = 0; i < TN_N_FORMATS; i++)
    if (g_strcmp0 (formats[i]->name, name) == 0)
      {
        *format = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
tn_format_guess (JsonNode *document, TnFormat *format)
{
  g_return_val_if_fail (document != NULL, FALSE);

  for (TnFormat i = 0; i < TN_N_FORMATS; i++)
    if (formats[i]->guess (document))
      {
        *format = i;
        return TRUE;
      }
  return FALSE;
}

/* What begins with a bare word and a colon, a list item or a marker is no damaged JSON. */
static gboolean
looks_like_yaml (const char *text, gsize length)
{
  static GRegex *yaml;
  static gsize once;

  if (g_once_init_enter (&once))
    {
      yaml = g_regex_new ("^(\\s*#[^\\n]*\\n|\\s)*(---|- |[A-Za-z_][\\w-]*:(\\s|$))", G_REGEX_RAW, 0, NULL);
      g_once_init_leave (&once, 1);
    }
  return g_regex_match_full (yaml, text, MIN (length, 4096), 0, 0, NULL, NULL);
}

JsonNode *
tn_board_parse (const char *text, gssize length, GError **error)
{
  gsize mark;

  g_return_val_if_fail (text != NULL, NULL);

  if (length < 0)
    length = strlen (text);
  /* Some editors put it there, which RFC 8259 lets a reader pass over. */
  mark = length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  text += mark;
  length -= mark;
  if (!looks_like_yaml (text, length))
    return tn_json_parse (text, length, &TN_BOARD_CAPS, error);
  g_set_error_literal (error, TN_BOARD_ERROR, TN_BOARD_ERROR_FORMAT,
                       _("This is YAML, and only JSON can be read: Home Assistant keeps the same dashboard as JSON in"
                          " its folder config/.storage, in a file named lovelace.…, and “yq -o json FILE” makes JSON of"
                          " any YAML"));
  return NULL;
}

static void
board_tile_free (TnBoardTile *tile)
{
  tn_tile_record_free (tile->record);
  g_ptr_array_unref (tile->places);
  g_free (tile);
}

TnBoard *
tn_board_new (const char *name)
{
  TnBoard *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_new0 (TnBoard, 1);
  self->canvas = tn_canvas_record_new ("", name);
  self->tiles = g_ptr_array_new_with_free_func ((GDestroyNotify) board_tile_free);
  return self;
}

void
tn_board_free (TnBoard *self)
{
  if (self == NULL)
    return;
  tn_canvas_record_free (self->canvas);
  g_ptr_array_unref (self->tiles);
  g_free (self);
}

TnBoardTile *
tn_board_add (TnBoard *self, TnTileRecord *record)
{
  TnBoardTile *tile;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (record != NULL, NULL);

  tile = g_new0 (TnBoardTile, 1);
  tile->record = record;
  tile->places = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_tile_record_free);
  g_ptr_array_add (self->tiles, tile);
  return tile;
}

static void
entry_clear (gpointer data)
{
  TnBoardEntry *entry = data;

  g_free (entry->pointer);
  g_clear_pointer (&entry->envelope, json_object_unref);
}

gboolean
tn_board_reader_add (TnBoardReader *self, TnTileRecord *tile, const char *pointer, gboolean placed,
                     JsonObject *envelope, GError **error)
{
  TnBoardEntry entry = { NULL, NULL, placed, envelope };

  entry.tile = tn_board_add (self->board, tile);
  entry.pointer = g_strdup (pointer);
  g_array_append_val (self->entries, entry);
  if (self->entries->len <= TN_BOARD_MAX_TILES)
    return TRUE;
  g_set_error (error, TN_BOARD_ERROR, TN_BOARD_ERROR_TOO_LARGE,
               _("%s: these are more tiles than a canvas takes (%d); split the document"), pointer,
               TN_BOARD_MAX_TILES);
  return FALSE;
}

/* What a later writing of the same format compares with: where the tile came to stand. */
static void
seal_envelopes (TnBoardReader *reader)
{
  for (guint i = 0; i < reader->entries->len; i++)
    {
      TnBoardEntry *entry = &g_array_index (reader->entries, TnBoardEntry, i);
      TnTileRecord *tile = entry->tile->record;
      JsonObject *at;

      if (entry->envelope == NULL)
        continue;
      at = json_object_new ();
      tn_board_put_place (at, tn_board_place_members, tile->x, tile->y, tile->w, tile->h);
      json_object_set_object_member (entry->envelope, "at", at);
      tile->foreign = tn_json_object_to_string (entry->envelope);
    }
}

TnBoard *
tn_board_read (TnFormat format, JsonNode *document, const char *name, TnBoardFindApp find_app, gpointer user_data,
               GPtrArray *report, GError **error)
{
  g_autoptr (TnBoard) board = NULL;
  g_autoptr (GArray) entries = NULL;
  TnBoardReader reader;

  g_return_val_if_fail (format < TN_N_FORMATS, NULL);
  g_return_val_if_fail (document != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (report != NULL, NULL);

  if (!formats[format]->guess (document))
    {
      g_set_error (error, TN_BOARD_ERROR, TN_BOARD_ERROR_FORMAT, _("This is no document of the format “%s”"),
                   _ (formats[format]->title));
      return NULL;
    }
  board = tn_board_new (name);
  entries = g_array_new (FALSE, FALSE, sizeof (TnBoardEntry));
  g_array_set_clear_func (entries, entry_clear);
  reader = (TnBoardReader){ board, find_app, user_data, report, entries, TN_BOARD_COLUMNS, 1 };
  if (!formats[format]->read (&reader, document, error))
    return NULL;
  tn_board_settle (&reader);
  seal_envelopes (&reader);
  return g_steal_pointer (&board);
}

JsonNode *
tn_board_write (TnFormat format, const TnBoard *board, GPtrArray *report)
{
  g_return_val_if_fail (format < TN_N_FORMATS, NULL);
  g_return_val_if_fail (board != NULL, NULL);
  g_return_val_if_fail (report != NULL, NULL);

  if (board->n_sealed > 0)
    tn_fault_list_add (report, "",
                       g_dngettext (GETTEXT_PACKAGE, "The settings of %u widget are encrypted and were left out",
                                    "The settings of %u widgets are encrypted and were left out", board->n_sealed),
                       board->n_sealed);
  return formats[format]->write (board, report);
}
