/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-board-panel.h"

G_BEGIN_DECLS

/* Grafana's dashboards, in both shapes: 24 columns, and rows so low that two make one of ours. */

#define TN_GRAFANA "grafana"
#define TN_GRAFANA_COLUMNS 24
#define TN_GRAFANA_ROWS 2

/* What is around the panels: the dashboard's own members, wherever the document has them. */
typedef struct
{
  JsonObject *object; /* NULL where there is none */
  const char *pointer;
} TnGrafanaBody;

TnGrafanaBody tn_grafana_find_body (JsonNode *document);

/* Whether it is of the newer shape: elements, and a layout that refers to them. */
gboolean tn_grafana_is_v2 (JsonObject *body);

gboolean tn_grafana_v2_read (TnBoardReader *reader, JsonNode *document, TnGrafanaBody body, GError **error);

/* Puts the panels of @board into @body of @document, which was kept without them. */
void tn_grafana_v2_write (const TnBoard *board, JsonNode *document, TnGrafanaBody body, GPtrArray *report);

/* Says what of @object, which stands at @pointer, a canvas doesn't do: it repeats, folds, hides, sizes nothing. */
void tn_grafana_note_unsaid (GPtrArray *report, const char *pointer, JsonObject *object);

/* A panel of Grafana's that shows a text; (transfer full). */
JsonObject *tn_grafana_make_options (const TnTileRecord *tile);

G_END_DECLS
