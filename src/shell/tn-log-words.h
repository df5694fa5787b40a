/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-log.h"

G_BEGIN_DECLS

/**
 * TnLogLook:
 * @title: marked with N_()
 * @icon: name of a symbolic icon
 * @style: (nullable): CSS class of its colour
 */
typedef struct
{
  const char *title, *icon, *style;
} TnLogLook;

/* (transfer none) */
const TnLogLook *tn_log_look (TnLogLevel level);

/* "app.js:12", or without the line where it is not known; "" where the file isn't; (transfer full). */
char *tn_log_place (const TnLogRecord *record);

/**
 * tn_log_line:
 * @who: (nullable): what the person calls who speaks
 *
 * One line for files and the clipboard, untranslated: time in UTC, level, who speaks, place, text, how often; what is not
 * known is left out. Without a line break at its end; (transfer full).
 */
char *tn_log_line (const TnLogRecord *record, const char *who);

/**
 * TnLogKind:
 * @title: marked with N_()
 * @levels: 1 << TnLogLevel each
 * @pages, @program: whose
 *
 * What of the log belongs together for a person who looks for something.
 */
typedef struct
{
  const char *title;
  guint levels;
  gboolean pages, program;
} TnLogKind;

/* All kinds, that of everything first. (transfer none) */
const TnLogKind *tn_log_kinds (gsize *n);

/**
 * TnLogSieve:
 * @kind: (nullable): %NULL lets every kind through
 * @tile_id: (nullable): only what is of this tile
 * @app_key: (nullable): with @tile_id: and what is of its app and no tile
 * @text: (nullable): casefolded, of g_utf8_casefold(): only what has this in its text or place
 */
typedef struct
{
  const TnLogKind *kind;
  const char *tile_id, *app_key, *text;
} TnLogSieve;

gboolean tn_log_sieve_lets (const TnLogSieve *sieve, const TnLogRecord *record);

G_END_DECLS
