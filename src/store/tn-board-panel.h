/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-board-private.h"

G_BEGIN_DECLS

/* What the formats of other programs share: a document is a list of panels, or a few, in something around them.
 *
 * What was read is kept whole, so that writing the same format gives back what was not changed here. Of a tile, its
 * foreign is
 *
 * |[
 * { "format": "grafana",
 *   "list": "/panels", "index": 3,         where it stood: which list, and as the how-manieth of it
 *   "panel": { … },                        all that the document says of it
 *   "at": { "x", "y", "w", "h" } }         where the tile was then, in our cells
 * ]|
 *
 * and of the canvas { "format", "name", "document" }: what it was called then, and the document without its panels.
 *
 * What a tile is beyond what the format has words for stands in a member "tokenNexus" of the panel, which the other
 * program passes over or carries along: "app": {"id", "key"}, "title", "locked", "config", "limits", as in the native
 * format and only where the panel doesn't say the same itself. */

#define TN_PANEL_EXTRA "tokenNexus"

/**
 * TnPanelKind:
 * @read: what the panel says in the format's own words, place and limits in its columns. Returns: whether it says where
 * @write: those words, where @tile differs from @was
 * @get_extra: which object of the panel has the member "tokenNexus"; %NULL where it has none, and @make doesn't help
 * @create: a panel that shows a tile's title in the other program; its place and extra are written afterwards
 * @place: (nullable): writes the place, in the format's cells
 */
typedef struct
{
  const char *format;
  gboolean (*read) (GPtrArray *report, const char *pointer, JsonObject *panel, TnTileRecord *tile);
  void (*write) (JsonObject *panel, const TnTileRecord *tile, const TnTileRecord *was, int columns);
  JsonObject *(*get_extra) (JsonObject *panel, gboolean make);
  JsonObject *(*create) (const TnTileRecord *tile);
  void (*place) (JsonObject *panel, int x, int y, int w, int h);
} TnPanelKind;

/* Reading */

/* "grafana:timeseries": the app of a placeholder; @type is cut to what an app's id may be. */
void tn_panel_set_type (TnTileRecord *tile, const char *format, const char *type);

/* Adds the panel as a tile. @panel may have been made of what the document holds. */
gboolean tn_panel_take (TnBoardReader *reader, const TnPanelKind *kind, JsonObject *panel, const char *pointer,
                        const char *list, guint index, GError **error);

/* A deep copy that can be changed, with the arrays and objects that are keys of @without emptied; (nullable). */
JsonNode *tn_panel_thaw (JsonNode *node, GHashTable *without);
JsonObject *tn_panel_thaw_object (JsonObject *object, GHashTable *without);

/* Keeps the document without its panels. */
void tn_panel_keep_document (TnBoard *board, const char *format, JsonNode *document, GHashTable *without);

/* Writing */

/**
 * TnPanel:
 * @was: what the panel said of the tile before it was changed
 * @placed: it said where
 * @list: (nullable): where it stood in the document that was read
 * @kept: the tile is where it was then
 */
typedef struct
{
  const TnTileRecord *tile;
  JsonObject *envelope;
  JsonObject *panel;
  TnTileRecord *was;
  gboolean placed;
  const char *list;
  gint64 index;
  gboolean kept;
} TnPanel;

typedef struct
{
  const TnPanelKind *kind;
  int columns;
  GPtrArray *report;
  GPtrArray *panels; /* of TnPanel, in the order to be written: as they stood, then the new ones in reading order */
  GHashTable *filed; /* where in the document → TnTileRecord */
} TnPanelWriter;

void tn_panel_writer_init (TnPanelWriter *self, const TnPanelKind *kind, const TnBoard *board, int columns,
                           GPtrArray *report);
void tn_panel_writer_clear (TnPanelWriter *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TnPanelWriter, tn_panel_writer_clear)

/* Sorts an array of TnPanel in reading order. */
int tn_panel_compare_places (gconstpointer a, gconstpointer b);

/* (transfer full) (nullable): what tn_panel_keep_document() kept. */
JsonNode *tn_panel_get_document (const TnBoard *board, const char *format);

/* What of a canvas the format has no words for: "name", "locked" and "policy" in the member "tokenNexus" of @holder. */
void tn_panel_read_canvas (GPtrArray *report, const char *pointer, JsonObject *holder, TnCanvasRecord *canvas);
void tn_panel_write_canvas (GPtrArray *report, const char *pointer, JsonObject *holder, const TnCanvasRecord *canvas,
                            const TnCanvasRecord *was);

/* (transfer full): a canvas with the name that it had when the document was read, "" where it was not. */
TnCanvasRecord *tn_panel_get_was (const TnBoard *board, const char *format);

/**
 * tn_panel_writer_place:
 * @rows: how many rows of the format one of ours makes
 * @mix: whether places of the document and others may stand side by side
 *
 * Writes the places: those of the document where nothing has moved, or where what has moved lies over none of them;
 * else all anew.
 *
 * Returns: %FALSE where columns of the format can't say the places of the tiles
 */
gboolean tn_panel_writer_place (TnPanelWriter *self, int rows, gboolean mix);

/* Whether every tile is where it was when the document was read. */
gboolean tn_panel_writer_is_kept (const TnPanelWriter *self);

/* For another number of columns than was begun with. */
void tn_panel_writer_set_columns (TnPanelWriter *self, int columns);

/* Writes the rest of what the panel has to say and adds it to @list, which stands at @pointer. */
void tn_panel_writer_file (TnPanelWriter *self, TnPanel *panel, JsonArray *list, const char *pointer);

/* Reads the @document that was written, and says of each tile that will stand elsewhere there. */
void tn_panel_writer_note_places (const TnPanelWriter *self, TnFormat format, JsonNode *document);

/* Says what none of these formats can say of a canvas. */
void tn_panel_note_losses (const TnBoard *board, GPtrArray *report);

G_END_DECLS
