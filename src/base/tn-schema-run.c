/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-schema-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tn-fault.h"
#include "tn-json.h"

/* Counted by the matcher itself (pcre2pattern(3)): a pattern could take for ever. */
#define MATCH_LIMITS "(*LIMIT_MATCH=5000)(*LIMIT_DEPTH=1000)"
#define MATCH_STEPS 100
#define PATTERN_MAX_BYTES 1024

char *
tn_schema_place_pointer (const TnSchemaPlace *place)
{
  g_autofree char *parent = NULL, *index = NULL;

  if (place == NULL)
    return g_strdup ("");
  parent = tn_schema_place_pointer (place->parent);
  index = place->member == NULL ? g_strdup_printf ("%u", place->index) : NULL;
  return tn_json_pointer_join (parent, index != NULL ? index : place->member);
}

/* Two keywords may say the same about one value: that it is no whole number, and that it is too small for one. */
static gboolean
says_the_same (const TnFault *fault, const char *pointer, const char *message)
{
  return strcmp (fault->pointer, pointer) == 0 && strcmp (fault->message, message) == 0;
}

void
tn_schema_report (const TnJudgement *j, const char *format, ...)
{
  g_autofree char *pointer = tn_schema_place_pointer (j->place);
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (j->faults->len == 0 || !says_the_same (g_ptr_array_index (j->faults, j->faults->len - 1), pointer, message))
    tn_fault_list_add (j->faults, pointer, "%s", message);
}

void
tn_schema_stop (TnSchemaRun *run, const char *format, ...)
{
  va_list arguments;

  if (run->stopped != NULL)
    return;
  va_start (arguments, format);
  run->stopped = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

void
tn_schema_spend (TnSchemaRun *run, guint steps)
{
  run->budget -= MIN (run->budget, steps);
  if (run->budget == 0)
    tn_schema_stop (run, _("is too much work to be judged by this schema"));
}

static GRegex *
get_regex (TnSchemaRun *run, const char *pattern)
{
  GRegex *regex = g_hash_table_lookup (run->regexes, pattern);
  g_autofree char *limited = NULL;

  if (regex != NULL)
    return regex;
  limited = g_strconcat (MATCH_LIMITS, pattern, NULL);
  /* "$" is the end here as in JavaScript, not also what stands before a last line break. */
  regex = strlen (pattern) <= PATTERN_MAX_BYTES ? g_regex_new (limited, G_REGEX_DOLLAR_ENDONLY, 0, NULL) : NULL;
  if (regex != NULL)
    g_hash_table_insert (run->regexes, g_strdup (pattern), regex);
  else
    tn_schema_stop (run, _("can't be judged: the schema's pattern “%.80s” is not a regular expression that is taken"),
                    pattern);
  return regex;
}

gboolean
tn_schema_matches (TnSchemaRun *run, const char *pattern, const char *text)
{
  g_autoptr (GError) error = NULL;
  GRegex *regex = get_regex (run, pattern);
  gboolean found;

  tn_schema_spend (run, MATCH_STEPS);
  if (run->stopped != NULL)
    return FALSE;
  found = g_regex_match_full (regex, text, -1, 0, 0, NULL, &error);
  if (error != NULL)
    tn_schema_stop (run, _("can't be judged: the schema's pattern “%.80s” takes too long"), pattern);
  return found;
}

char *
tn_schema_canonical (TnSchemaRun *run, JsonNode *node)
{
  char *text = tn_node_canonical (node, &run->budget);

  tn_schema_spend (run, 1);
  return text;
}

gboolean
tn_schema_is_over (const TnJudgement *j)
{
  return j->run->stopped != NULL || tn_fault_list_is_full (j->faults);
}
