/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-log-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tn-clock.h"

#define LEVEL(level) (1u << TN_LOG_##level)
#define ALL G_MAXUINT

static const TnLogLook looks[] = {
  [TN_LOG_DEBUG] = { N_("Debug"), "utilities-terminal-symbolic", NULL },
  [TN_LOG_INFO] = { N_("Info"), "dialog-information-symbolic", NULL },
  [TN_LOG_WARNING] = { N_("Warning"), "dialog-warning-symbolic", "warning" },
  [TN_LOG_ERROR] = { N_("Error"), "dialog-error-symbolic", "error" },
  [TN_LOG_CSP] = { N_("Content Policy"), "action-unavailable-symbolic", "error" },
  [TN_LOG_SECURITY] = { N_("Security"), "security-high-symbolic", "warning" },
  [TN_LOG_AUDIT] = { N_("Audit"), "view-list-bullet-symbolic", "accent" },
};

static const TnLogKind kinds[] = {
  { N_("Everything"), ALL, TRUE, TRUE },
  { N_("Warnings and Errors"), LEVEL (WARNING) | LEVEL (ERROR), TRUE, TRUE },
  { N_("Console"), LEVEL (DEBUG) | LEVEL (INFO) | LEVEL (WARNING) | LEVEL (ERROR), TRUE, FALSE },
  { N_("Console: Errors"), LEVEL (ERROR), TRUE, FALSE },
  { N_("Content Policy"), LEVEL (CSP), TRUE, TRUE },
  { N_("Program"), LEVEL (DEBUG) | LEVEL (INFO) | LEVEL (WARNING) | LEVEL (ERROR), FALSE, TRUE },
  { N_("Security"), LEVEL (SECURITY) | LEVEL (CSP), TRUE, TRUE },
  { N_("Audit"), LEVEL (AUDIT), TRUE, TRUE },
};

const TnLogLook *
tn_log_look (TnLogLevel level)
{
  g_return_val_if_fail ((gsize) level < G_N_ELEMENTS (looks), NULL);

  return &looks[level];
}

char *
tn_log_place (const TnLogRecord *record)
{
  g_return_val_if_fail (record != NULL, NULL);

  if (record->source == NULL || *record->source == '\0')
    return g_strdup ("");
  return record->line > 0 ? g_strdup_printf ("%s:%u", record->source, record->line) : g_strdup (record->source);
}

char *
tn_log_line (const TnLogRecord *record, const char *who)
{
  g_autofree char *time = NULL, *place = NULL;
  GString *line;

  g_return_val_if_fail (record != NULL, NULL);

  time = tn_clock_format (record->time_us);
  place = tn_log_place (record);
  line = g_string_new (time);
  g_string_append_printf (line, " %s", tn_log_level_name (record->level));
  if (who != NULL)
    g_string_append_printf (line, " [%s]", who);
  if (*place != '\0')
    g_string_append_printf (line, " %s", place);
  g_string_append_printf (line, " %s", record->text);
  if (record->count > 1)
    g_string_append_printf (line, " (×%u)", record->count);
  return g_string_free (line, FALSE);
}

const TnLogKind *
tn_log_kinds (gsize *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}

static gboolean
is_of_kind (const TnLogRecord *record, const TnLogKind *kind)
{
  return (kind->levels & (1u << record->level)) != 0 && (record->app_key != NULL ? kind->pages : kind->program);
}

static gboolean
is_of_tile (const TnLogRecord *record, const TnLogSieve *sieve)
{
  return record->tile_id != NULL ? g_str_equal (record->tile_id, sieve->tile_id)
                                 : record->app_key != NULL && g_strcmp0 (record->app_key, sieve->app_key) == 0;
}

static gboolean
has_text (const TnLogRecord *record, const char *text)
{
  g_autofree char *place = tn_log_place (record), *all = g_strconcat (record->text, "\n", place, NULL);
  g_autofree char *folded = g_utf8_casefold (all, -1);

  return strstr (folded, text) != NULL;
}

gboolean
tn_log_sieve_lets (const TnLogSieve *sieve, const TnLogRecord *record)
{
  g_return_val_if_fail (sieve != NULL && record != NULL, FALSE);

  return (sieve->kind == NULL || is_of_kind (record, sieve->kind))
         && (sieve->tile_id == NULL || is_of_tile (record, sieve))
         && (sieve->text == NULL || has_text (record, sieve->text));
}
