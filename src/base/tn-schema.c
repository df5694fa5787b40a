/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-schema.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "tn-fault.h"
#include "tn-json.h"
#include "tn-schema-private.h"

/* Schema and value may both be hostile: alternatives that refer back to themselves double the work at each step. */
#define MAX_STEPS 2000000
#define MAX_DEPTH 512

/* What an operand must be beyond its JSON kind. */
typedef enum
{
  OPERAND_PLAIN,
  OPERAND_COUNT,  /* a whole number from 0 */
  OPERAND_SCHEMAS /* a list that is not empty */
} OperandRule;

#define SCHEMA (TN_KIND_OBJECT | TN_KIND_BOOLEAN)

/* Sorted by name. What has no check would judge less than the schema's author believes, so it ends the run; what is not
 * here only describes. */
static const struct Keyword
{
  const char *name;
  TnKind values; /* other values are not judged by it */
  TnKind operands;
  TnKeywordCheck check;
  OperandRule rule;
} keywords[] = {
  { "$dynamicRef" },
  { "$ref", TN_KIND_ANY, TN_KIND_STRING, tn_schema_check_ref },
  { "additionalProperties", TN_KIND_OBJECT, SCHEMA, tn_schema_check_additional_properties },
  { "allOf", TN_KIND_ANY, TN_KIND_ARRAY, tn_schema_check_all_of, OPERAND_SCHEMAS },
  { "anyOf", TN_KIND_ANY, TN_KIND_ARRAY, tn_schema_check_any_of, OPERAND_SCHEMAS },
  { "const", TN_KIND_ANY, TN_KIND_ANY, tn_schema_check_const },
  { "contains" },
  { "dependentRequired" },
  { "dependentSchemas" },
  { "else" },
  { "enum", TN_KIND_ANY, TN_KIND_ARRAY, tn_schema_check_enum },
  { "exclusiveMaximum", TN_KIND_NUMBER, TN_KIND_NUMBER, tn_schema_check_exclusive_maximum },
  { "exclusiveMinimum", TN_KIND_NUMBER, TN_KIND_NUMBER, tn_schema_check_exclusive_minimum },
  { "if" },
  { "items", TN_KIND_ARRAY, SCHEMA, tn_schema_check_items },
  { "maxContains" },
  { "maxItems", TN_KIND_ARRAY, TN_KIND_INTEGER, tn_schema_check_max_items, OPERAND_COUNT },
  { "maxLength", TN_KIND_STRING, TN_KIND_INTEGER, tn_schema_check_max_length, OPERAND_COUNT },
  { "maxProperties" },
  { "maximum", TN_KIND_NUMBER, TN_KIND_NUMBER, tn_schema_check_maximum },
  { "minContains" },
  { "minItems", TN_KIND_ARRAY, TN_KIND_INTEGER, tn_schema_check_min_items, OPERAND_COUNT },
  { "minLength", TN_KIND_STRING, TN_KIND_INTEGER, tn_schema_check_min_length, OPERAND_COUNT },
  { "minProperties" },
  { "minimum", TN_KIND_NUMBER, TN_KIND_NUMBER, tn_schema_check_minimum },
  { "multipleOf", TN_KIND_NUMBER, TN_KIND_NUMBER, tn_schema_check_multiple_of },
  { "not", TN_KIND_ANY, SCHEMA, tn_schema_check_not },
  { "oneOf", TN_KIND_ANY, TN_KIND_ARRAY, tn_schema_check_one_of, OPERAND_SCHEMAS },
  { "pattern", TN_KIND_STRING, TN_KIND_STRING, tn_schema_check_pattern },
  { "patternProperties", TN_KIND_OBJECT, TN_KIND_OBJECT, tn_schema_check_pattern_properties },
  { "prefixItems", TN_KIND_ARRAY, TN_KIND_ARRAY, tn_schema_check_prefix_items, OPERAND_SCHEMAS },
  { "properties", TN_KIND_OBJECT, TN_KIND_OBJECT, tn_schema_check_properties },
  { "propertyNames" },
  { "required", TN_KIND_OBJECT, TN_KIND_ARRAY, tn_schema_check_required },
  { "then" },
  { "type", TN_KIND_ANY, TN_KIND_STRING | TN_KIND_ARRAY, tn_schema_check_type },
  { "unevaluatedItems" },
  { "unevaluatedProperties" },
  { "uniqueItems", TN_KIND_ARRAY, TN_KIND_BOOLEAN, tn_schema_check_unique_items },
};

static int
compare_keyword (const void *name, const void *keyword)
{
  return strcmp (name, ((const struct Keyword *) keyword)->name);
}

static gboolean
takes_operand (const struct Keyword *keyword, JsonNode *operand)
{
  if (!(tn_kind_of (operand) & keyword->operands))
    return FALSE;
  if (keyword->rule == OPERAND_COUNT)
    return json_node_get_double (operand) >= 0;
  return keyword->rule != OPERAND_SCHEMAS || json_array_get_length (json_node_get_array (operand)) > 0;
}

static void
apply_keyword (const TnJudgement *j, const char *name, JsonNode *operand)
{
  const struct Keyword *keyword
    = bsearch (name, keywords, G_N_ELEMENTS (keywords), sizeof keywords[0], compare_keyword);

  if (keyword == NULL)
    return;
  if (keyword->check == NULL)
    tn_schema_stop (j->run, _("can't be judged: the schema uses “%s”, which is not supported"), name);
  else if (!takes_operand (keyword, operand))
    tn_schema_stop (j->run, _("can't be judged: the schema's “%s” has the wrong form"), name);
  else if (tn_kind_of (j->value) & keyword->values)
    keyword->check (j, operand);
}

static void
apply_keywords (const TnJudgement *j)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *operand;

  json_object_iter_init_ordered (&iter, j->schema);
  while (!tn_schema_is_over (j) && json_object_iter_next_ordered (&iter, &name, &operand))
    apply_keyword (j, name, operand);
}

void
tn_schema_judge (TnSchemaRun *run, JsonNode *schema, JsonNode *value, const TnSchemaPlace *place, GPtrArray *faults)
{
  TnJudgement j = { run, NULL, value, place, faults };
  TnKind kind = tn_kind_of (schema);

  tn_schema_spend (run, 1);
  if (run->depth >= MAX_DEPTH)
    tn_schema_stop (run, _("can't be judged: the schema refers to itself without end"));
  if (run->stopped != NULL)
    return;
  run->depth++;
  if (kind == TN_KIND_OBJECT)
    {
      j.schema = json_node_get_object (schema);
      apply_keywords (&j);
    }
  else if (kind != TN_KIND_BOOLEAN)
    tn_schema_stop (run, _("can't be judged: a part of the schema is neither an object nor true or false"));
  else if (!json_node_get_boolean (schema))
    tn_schema_report (&j, _("is not allowed here"));
  run->depth--;
}

GPtrArray *
tn_schema_validate (JsonNode *schema, JsonNode *value)
{
  GPtrArray *faults = tn_fault_list_new ();
  TnSchemaRun run = { .document = schema, .budget = MAX_STEPS };

  g_return_val_if_fail (schema != NULL && value != NULL, faults);

  run.regexes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_regex_unref);
  tn_schema_judge (&run, schema, value, NULL, faults);
  if (run.stopped != NULL)
    tn_fault_list_add (faults, "", "%s", run.stopped);
  g_hash_table_unref (run.regexes);
  g_free (run.stopped);
  return faults;
}
