/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  TN_LOG_DEBUG,
  TN_LOG_INFO,
  TN_LOG_WARNING,
  TN_LOG_ERROR,
  TN_LOG_CSP,      /* what a page's content-security policy blocked */
  TN_LOG_SECURITY, /* what else an app was kept from */
  TN_LOG_AUDIT,    /* what else became a row of the audit */
} TnLogLevel;

/**
 * TnLogRecord:
 * @app_key: (nullable): %NULL where the program itself speaks
 * @tile_id: (nullable)
 * @text: from a page it may be any bytes; kept on one line, made safe, at most 4096 characters of it
 * @source: (nullable): the file that speaks, like @text
 * @line: in @source, from 1; 0 where that is not known
 * @time_us: microseconds since 1970, set by the log
 * @count: how often the same came in a row, set by the log
 */
typedef struct
{
  TnLogLevel level;
  const char *app_key, *tile_id;
  const char *text, *source;
  guint line;
  gint64 time_us;
  guint count;
} TnLogRecord;

/* A record in a list. */
#define TN_TYPE_LOG_ENTRY (tn_log_entry_get_type ())
G_DECLARE_FINAL_TYPE (TnLogEntry, tn_log_entry, TN, LOG_ENTRY, GObject)

const TnLogRecord *tn_log_entry_get (TnLogEntry *self);

/* How many records are kept. */
#define TN_LOG_LENGTH 2000

/**
 * TnLog:
 *
 * The last %TN_LOG_LENGTH records, oldest first, as a #GListModel of #TnLogEntry. Records may be added from any thread
 * and at any pace: they are taken in a few times a second, and no more than are kept.
 */
#define TN_TYPE_LOG (tn_log_get_type ())
G_DECLARE_FINAL_TYPE (TnLog, tn_log, TN, LOG, GObject)

TnLog *tn_log_new (void);

/* From any thread. */
void tn_log_add (TnLog *self, const TnLogRecord *record);

/* From now on what the program logs by GLib is added too, and still goes where it went before. */
void tn_log_follow_program (TnLog *self);

/* How many records came so fast that they were never shown, since the last tn_log_clear(). */
guint64 tn_log_get_n_lost (TnLog *self);

void tn_log_clear (TnLog *self);

/* One lower-case word. */
const char *tn_log_level_name (TnLogLevel level);

G_END_DECLS
