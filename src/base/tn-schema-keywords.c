/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-schema-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tn-fault.h"
#include "tn-json.h"

#define SHOWN_VALUES 16

/* The keywords that judge one value and hand it to no other schema (JSON Schema 2020-12, Validation). */

void
tn_schema_check_type (const TnJudgement *j, JsonNode *operand)
{
  JsonArray *names = JSON_NODE_HOLDS_ARRAY (operand) ? json_node_get_array (operand) : NULL;
  TnKind wanted = 0;

  for (guint i = 0; i < (names != NULL ? json_array_get_length (names) : 1); i++)
    {
      JsonNode *node = names != NULL ? json_array_get_element (names, i) : operand;
      TnKind kind = tn_kind_of (node) == TN_KIND_STRING ? tn_kind_from_name (json_node_get_string (node)) : 0;

      if (kind == 0)
        tn_schema_stop (j->run, _("can't be judged: the schema names a type that does not exist"));
      wanted |= kind;
    }
  if (!(tn_kind_of (j->value) & wanted))
    {
      g_autofree char *sentence = tn_kind_describe (wanted, j->schema);

      tn_schema_report (j, "%s", sentence);
    }
}

static gboolean
are_equal (TnSchemaRun *run, JsonNode *a, JsonNode *b)
{
  g_autofree char *left = tn_schema_canonical (run, a);
  g_autofree char *right = tn_schema_canonical (run, b);

  return strcmp (left, right) == 0;
}

static char *
quote (JsonNode *node)
{
  return tn_kind_of (node) == TN_KIND_STRING ? g_strdup_printf ("“%s”", json_node_get_string (node))
                                             : tn_json_to_string (node);
}

void
tn_schema_check_const (const TnJudgement *j, JsonNode *operand)
{
  if (!are_equal (j->run, operand, j->value))
    {
      g_autofree char *wanted = quote (operand);

      tn_schema_report (j, _("must be %s"), wanted);
    }
}

static char *
list_values (JsonArray *values)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (values) && i < SHOWN_VALUES; i++)
    {
      g_autofree char *value = quote (json_array_get_element (values, i));

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", value);
    }
  if (json_array_get_length (values) > SHOWN_VALUES)
    g_string_append (text, ", …");
  return g_string_free (text, FALSE);
}

void
tn_schema_check_enum (const TnJudgement *j, JsonNode *operand)
{
  JsonArray *values = json_node_get_array (operand);
  g_autofree char *wanted = NULL;

  for (guint i = 0; i < json_array_get_length (values) && j->run->stopped == NULL; i++)
    if (are_equal (j->run, json_array_get_element (values, i), j->value))
      return;
  wanted = list_values (values);
  if (json_array_get_length (values) == 1)
    tn_schema_report (j, _("must be %s"), wanted);
  else
    tn_schema_report (j, _("must be one of %s"), wanted);
}

static void
report_range (const TnJudgement *j)
{
  gboolean whole = strcmp (tn_json_get_string (j->schema, "type", ""), "integer") == 0;
  g_autofree char *sentence = tn_kind_describe (whole ? TN_KIND_INTEGER : TN_KIND_NUMBER, j->schema);

  tn_schema_report (j, "%s", sentence);
}

void
tn_schema_check_minimum (const TnJudgement *j, JsonNode *operand)
{
  if (tn_number_compare (j->value, operand) < 0)
    report_range (j);
}

void
tn_schema_check_maximum (const TnJudgement *j, JsonNode *operand)
{
  if (tn_number_compare (j->value, operand) > 0)
    report_range (j);
}

void
tn_schema_check_exclusive_minimum (const TnJudgement *j, JsonNode *operand)
{
  g_autofree char *limit = tn_json_to_string (operand);

  if (tn_number_compare (j->value, operand) <= 0)
    tn_schema_report (j, _("must be greater than %s"), limit);
}

void
tn_schema_check_exclusive_maximum (const TnJudgement *j, JsonNode *operand)
{
  g_autofree char *limit = tn_json_to_string (operand);

  if (tn_number_compare (j->value, operand) >= 0)
    tn_schema_report (j, _("must be less than %s"), limit);
}

void
tn_schema_check_multiple_of (const TnJudgement *j, JsonNode *operand)
{
  g_autofree char *step = tn_json_to_string (operand);

  if (json_node_get_double (operand) <= 0)
    tn_schema_stop (j->run, _("can't be judged: the schema's “multipleOf” must be greater than 0"));
  else if (!tn_number_is_multiple (j->value, operand))
    tn_schema_report (j, _("must be a multiple of %s"), step);
}

/* A count may be larger than any text or list: 1e30 is a whole number too. */
static double
count (JsonNode *operand)
{
  return json_node_get_double (operand);
}

static double
text_length (JsonNode *value)
{
  return g_utf8_strlen (json_node_get_string (value), -1);
}

void
tn_schema_check_min_length (const TnJudgement *j, JsonNode *operand)
{
  if (text_length (j->value) >= count (operand))
    return;
  if (count (operand) == 1)
    tn_schema_report (j, _("must not be empty"));
  else
    tn_schema_report (j, _("must be at least %.0f characters long"), count (operand));
}

void
tn_schema_check_max_length (const TnJudgement *j, JsonNode *operand)
{
  if (text_length (j->value) > count (operand))
    tn_schema_report (j, _("must be no longer than %.0f characters"), count (operand));
}

void
tn_schema_check_pattern (const TnJudgement *j, JsonNode *operand)
{
  const char *pattern = json_node_get_string (operand);

  if (!tn_schema_matches (j->run, pattern, json_node_get_string (j->value)))
    tn_schema_report (j, _("must match the pattern “%s”"), pattern);
}

static guint
length_of (JsonNode *array)
{
  return json_array_get_length (json_node_get_array (array));
}

void
tn_schema_check_min_items (const TnJudgement *j, JsonNode *operand)
{
  if (length_of (j->value) >= count (operand))
    return;
  if (count (operand) == 1)
    tn_schema_report (j, _("must not be empty"));
  else
    tn_schema_report (j, _("must have at least %.0f entries"), count (operand));
}

void
tn_schema_check_max_items (const TnJudgement *j, JsonNode *operand)
{
  if (length_of (j->value) > count (operand))
    tn_schema_report (j, _("must have no more than %.0f entries"), count (operand));
}

void
tn_schema_check_unique_items (const TnJudgement *j, JsonNode *operand)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *array = json_node_get_array (j->value);

  for (guint i = 0; json_node_get_boolean (operand) && i < json_array_get_length (array); i++)
    {
      TnSchemaPlace place = { j->place, NULL, i };
      TnJudgement element = { j->run, j->schema, j->value, &place, j->faults };

      if (!g_hash_table_add (seen, tn_schema_canonical (j->run, json_array_get_element (array, i))))
        tn_schema_report (&element, _("is there twice"));
      if (j->run->stopped != NULL || tn_fault_list_is_full (j->faults))
        return;
    }
}

void
tn_schema_check_required (const TnJudgement *j, JsonNode *operand)
{
  JsonArray *names = json_node_get_array (operand);
  JsonObject *object = json_node_get_object (j->value);

  for (guint i = 0; i < json_array_get_length (names); i++)
    {
      JsonNode *name = json_array_get_element (names, i);

      tn_schema_spend (j->run, 1);
      if (tn_kind_of (name) != TN_KIND_STRING)
        tn_schema_stop (j->run, _("can't be judged: the schema's “required” names something that is no text"));
      else if (!json_object_has_member (object, json_node_get_string (name)))
        tn_schema_report (j, _("“%s” is missing"), json_node_get_string (name));
    }
}
