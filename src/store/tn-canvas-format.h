/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-db.h"
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define TN_CANVAS_FORMAT "token-nexus-canvas"
#define TN_CANVAS_FORMAT_VERSION 1

/**
 * tn_canvas_format_export:
 * @canvas_id: which canvas of @db
 *
 * The canvas in the program's own format, as one moment has it:
 *
 * |[
 * { "format": "token-nexus-canvas", "version": 1,
 *   "canvas": { "id": "…", "name": "…", "locked": false,
 *     "tiles": [ { "id": "…", "app": { "id": "com.example.todo", "key": "…" }, "title": null, "locked": false,
 *                  "config": null, "places": { "wide": { "x": 0, "y": 0, "w": 4, "h": 4 }, … } }, … ] } }
 * ]|
 *
 * Tiles come in the reading order of the wide layout; "config" is the tile's settings, an object or null; "places" has
 * a member for each layout that keeps places of its own, in columns and rows of that layout. What apps keep is not in
 * it.
 *
 * Returns: (transfer full): the document, or %NULL with a #TnStoreErrorCode (NOT_FOUND: no such canvas) or
 *   #TnJsonErrorCode (settings nested too deep)
 */
JsonNode *tn_canvas_format_export (TnDb *db, const char *canvas_id, GError **error);

G_END_DECLS
