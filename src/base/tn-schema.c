/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-schema.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "tn-fault.h"
#include "tn-json.h"
#include "tn-schema-private.h"

/* Schema and value may both be hostile: alternatives that refer back to themselves would double the work at each
 * step, and a pattern could take for ever. */
#define MAX_STEPS 5000000
#define MAX_DEPTH 512
#define MATCH_STEPS 500
#define MATCH_LIMITS "(*LIMIT_MATCH=20000)(*LIMIT_DEPTH=2000)"
#define PATTERN_MAX_BYTES 1024
#define SHOWN_VALUES 16
#define SHOWN_ALTERNATIVES 4

typedef struct
{
  JsonNode *document;  /* the whole schema */
  GHashTable *regexes; /* pattern → GRegex */
  guint budget;
  guint depth;
  char *stopped; /* why nothing more can be judged; %NULL while it can */
} Run;

/* A step on the way to a value; the JSON Pointer is only written out for a fault. */
typedef struct Place
{
  const struct Place *parent;
  const char *member; /* %NULL for an element */
  guint index;
} Place;

typedef struct
{
  Run *run;
  JsonObject *schema;
  JsonNode *value;
  const Place *place;
  GPtrArray *faults;
} Judgement;

typedef void (*KeywordCheck) (const Judgement *j, JsonNode *operand);

static void judge (Run *run, JsonNode *schema, JsonNode *value, const Place *place, GPtrArray *faults);

static char *
place_pointer (const Place *place)
{
  g_autofree char *parent = NULL, *index = NULL;

  if (place == NULL)
    return g_strdup ("");
  parent = place_pointer (place->parent);
  index = place->member == NULL ? g_strdup_printf ("%u", place->index) : NULL;
  return tn_json_pointer_join (parent, index != NULL ? index : place->member);
}

static void
add_fault (GPtrArray *faults, const Place *place, const char *message)
{
  g_autofree char *pointer = place_pointer (place);
  const TnFault *last = faults->len > 0 ? g_ptr_array_index (faults, faults->len - 1) : NULL;

  if (last == NULL || strcmp (last->pointer, pointer) != 0 || strcmp (last->message, message) != 0)
    tn_fault_list_add (faults, pointer, "%s", message);
}

static void G_GNUC_PRINTF (2, 3)
report (const Judgement *j, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  add_fault (j->faults, j->place, message);
}

static void G_GNUC_PRINTF (2, 3)
stop (Run *run, const char *format, ...)
{
  va_list arguments;

  if (run->stopped != NULL)
    return;
  va_start (arguments, format);
  run->stopped = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

static void
spend (Run *run, guint steps)
{
  run->budget -= MIN (run->budget, steps);
  if (run->budget == 0)
    stop (run, _("is too much work to be judged by this schema"));
}

static GRegex *
get_regex (Run *run, const char *pattern)
{
  GRegex *regex = g_hash_table_lookup (run->regexes, pattern);
  g_autofree char *limited = NULL;

  if (regex != NULL)
    return regex;
  limited = g_strconcat (MATCH_LIMITS, pattern, NULL);
  regex = strlen (pattern) <= PATTERN_MAX_BYTES ? g_regex_new (limited, G_REGEX_DOLLAR_ENDONLY, 0, NULL) : NULL;
  if (regex == NULL)
    stop (run, _("can't be judged: the schema's pattern “%.80s” is not a regular expression that is taken"), pattern);
  else
    g_hash_table_insert (run->regexes, g_strdup (pattern), regex);
  return regex;
}

static gboolean
matches (Run *run, const char *pattern, const char *text)
{
  g_autoptr (GError) error = NULL;
  GRegex *regex = get_regex (run, pattern);
  gboolean found;

  spend (run, MATCH_STEPS);
  if (regex == NULL || run->stopped != NULL)
    return FALSE;
  found = g_regex_match_full (regex, text, -1, 0, 0, NULL, &error);
  if (error != NULL)
    stop (run, _("can't be judged: the schema's pattern “%.80s” takes too long"), pattern);
  return found;
}

static char *
canonical (Run *run, JsonNode *node)
{
  guint before = run->budget;
  char *text = tn_node_canonical (node, &run->budget);

  spend (run, before == run->budget);
  return text;
}

static gboolean
are_equal (Run *run, JsonNode *a, JsonNode *b)
{
  g_autofree char *left = canonical (run, a);
  g_autofree char *right = canonical (run, b);

  return strcmp (left, right) == 0;
}

static void
check_type (const Judgement *j, JsonNode *operand)
{
  JsonArray *names = JSON_NODE_HOLDS_ARRAY (operand) ? json_node_get_array (operand) : NULL;
  TnKind wanted = 0;

  for (guint i = 0; i < (names != NULL ? json_array_get_length (names) : 1); i++)
    {
      JsonNode *node = names != NULL ? json_array_get_element (names, i) : operand;
      TnKind kind = tn_kind_of (node) == TN_KIND_STRING ? tn_kind_from_name (json_node_get_string (node)) : 0;

      if (kind == 0)
        stop (j->run, _("can't be judged: the schema names a type that does not exist"));
      wanted |= kind;
    }
  if (!(tn_kind_of (j->value) & wanted))
    {
      g_autofree char *sentence = tn_kind_describe (wanted, j->schema);

      report (j, "%s", sentence);
    }
}
