/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-board.h"
#include "tn-fault.h"

/* What the tests of the formats share. */

/* @text is JSON, or a file below boards/ where it has the ending .json. (transfer full) */
JsonNode *boards_parse (const char *text);

/* Expects it to work. @report: (nullable). (transfer full) */
TnBoard *boards_read (TnFormat format, JsonNode *document, GPtrArray *report);

/* Expects it to be refused with @code and a sentence that has @word in it. */
void boards_assert_refused (TnFormat format, const char *text, int code, const char *word);

/* Reads @text, and expects one line of the report to be at @pointer. (transfer full) */
TnBoard *boards_read_reporting (TnFormat format, const char *text, const char *pointer);

const TnTileRecord *boards_tile (const TnBoard *board, guint index);
void boards_move (TnBoard *board, guint index, int x, int y);
void boards_assert_place (const TnBoard *board, guint index, int x, int y, int w, int h);

/* Equal whatever the order of members; says where they differ. */
void boards_assert_json (JsonNode *found, JsonNode *expected);
void boards_assert_at (JsonNode *document, const char *pointer, const char *expected);

/* Writing what was read gives the document again, with nothing to report. */
void boards_assert_lossless (TnFormat format, const char *text);

/* All that the operation of an import would keep is the same. */
void boards_assert_same (const TnBoard *a, const TnBoard *b);

/* Whether the tiles are a valid layout. */
void boards_assert_valid (const TnBoard *board);

/* A canvas of ours with apps, titles, settings, locks and limits, by the seed of the test run. (transfer full) */
TnBoard *boards_make_random (guint n);

gboolean boards_reports (GPtrArray *report, const char *pointer);

/* (nullable): what the first line at @pointer says. */
const char *boards_get_message (GPtrArray *report, const char *pointer);
