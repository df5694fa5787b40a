/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a value is to JSON Schema; a whole number is a number too. */
typedef enum
{
  TN_KIND_NULL = 1 << 0,
  TN_KIND_BOOLEAN = 1 << 1,
  TN_KIND_INTEGER = 1 << 2,
  TN_KIND_NUMBER = 1 << 3,
  TN_KIND_STRING = 1 << 4,
  TN_KIND_ARRAY = 1 << 5,
  TN_KIND_OBJECT = 1 << 6,
  TN_KIND_ANY = (1 << 7) - 1,
} TnKind;

/* All the kinds that @node is. */
TnKind tn_kind_of (JsonNode *node);

/* The kind of that name in a schema; 0 where there is none. */
TnKind tn_kind_from_name (const char *name);

/* “must be a text or null”, and with bounds “must be a whole number of at least 1”; (transfer full) */
char *tn_kind_describe (TnKind wanted, JsonObject *schema);

/* -1, 0 or 1 as @a is less than, equal to or greater than @b; both are numbers. */
int tn_number_compare (JsonNode *a, JsonNode *b);

/* Whether @a is a whole multiple of @b, which is greater than 0, as nearly as binary numbers can say. */
gboolean tn_number_is_multiple (JsonNode *a, JsonNode *b);

/**
 * tn_node_canonical:
 * @budget: (inout): falls by the work that is done; at 0 the text ends early
 *
 * Returns: (transfer full): a text that two values share exactly where JSON Schema calls them equal: members are
 *   sorted, 1 and 1.0 are the same
 */
char *tn_node_canonical (JsonNode *node, guint *budget);

/* A step on the way to a value; the JSON Pointer is only written out for a fault. */
typedef struct TnSchemaPlace
{
  const struct TnSchemaPlace *parent;
  const char *member; /* %NULL for an element */
  guint index;
} TnSchemaPlace;

/* One call of tn_schema_validate(). */
typedef struct
{
  JsonNode *document;  /* the whole schema */
  GHashTable *regexes; /* pattern → GRegex */
  guint budget;
  guint depth;
  char *stopped; /* why nothing more can be judged; %NULL while it can */
} TnSchemaRun;

/* One value before one schema. */
typedef struct
{
  TnSchemaRun *run;
  JsonObject *schema;
  JsonNode *value;
  const TnSchemaPlace *place; /* %NULL for the whole document */
  GPtrArray *faults;
} TnJudgement;

typedef void (*TnKeywordCheck) (const TnJudgement *j, JsonNode *operand);

/* For @operand and @value the kinds are those of the table in tn-schema.c. */
void tn_schema_check_type (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_enum (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_const (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_minimum (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_maximum (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_exclusive_minimum (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_exclusive_maximum (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_multiple_of (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_min_length (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_max_length (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_pattern (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_min_items (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_max_items (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_unique_items (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_required (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_ref (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_properties (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_pattern_properties (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_additional_properties (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_prefix_items (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_items (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_all_of (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_not (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_any_of (const TnJudgement *j, JsonNode *operand);
void tn_schema_check_one_of (const TnJudgement *j, JsonNode *operand);

/* Judges by all keywords of @schema, or by true or false. */
void tn_schema_judge (TnSchemaRun *run, JsonNode *schema, JsonNode *value, const TnSchemaPlace *place,
                      GPtrArray *faults);

/* Whether looking further would change nothing. */
gboolean tn_schema_is_over (const TnJudgement *j);

/* Adds a fault at the place of @j. */
void tn_schema_report (const TnJudgement *j, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Ends the run: the sentence becomes a fault of the whole value. The first one counts. */
void tn_schema_stop (TnSchemaRun *run, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Counts work; ends the run where it becomes too much. */
void tn_schema_spend (TnSchemaRun *run, guint steps);

/* Whether the pattern is found in @text; a pattern that can't be used or takes too long ends the run. */
gboolean tn_schema_matches (TnSchemaRun *run, const char *pattern, const char *text);

/* tn_node_canonical() on the budget of @run; (transfer full) */
char *tn_schema_canonical (TnSchemaRun *run, JsonNode *node);

char *tn_schema_place_pointer (const TnSchemaPlace *place);

/* The one of @names that @typo was most likely meant to be (Damerau–Levenshtein, adjacent transpositions); %NULL for
 * none. (transfer none) */
const char *tn_nearest_name (const char *typo, GList *names);

G_END_DECLS
