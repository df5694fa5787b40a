/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-schema-private.h"

#include <glib/gi18n-lib.h>

#include "tn-fault.h"
#include "tn-json.h"

/* The keywords that hand the members of an object or the elements of a list to other schemas. */

static void
judge_member (const TnJudgement *j, const char *name, JsonNode *schema)
{
  TnSchemaPlace place = { j->place, name, 0 };
  JsonNode *value = json_object_get_member (json_node_get_object (j->value), name);

  tn_schema_spend (j->run, 1);
  if (value != NULL)
    tn_schema_judge (j->run, schema, value, &place, j->faults);
}

void
tn_schema_check_properties (const TnJudgement *j, JsonNode *operand)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *schema;

  json_object_iter_init_ordered (&iter, json_node_get_object (operand));
  while (!tn_schema_is_over (j) && json_object_iter_next_ordered (&iter, &name, &schema))
    judge_member (j, name, schema);
}

void
tn_schema_check_pattern_properties (const TnJudgement *j, JsonNode *operand)
{
  JsonObjectIter patterns, members;
  const char *pattern, *name;
  JsonNode *schema;

  json_object_iter_init_ordered (&patterns, json_node_get_object (operand));
  while (json_object_iter_next_ordered (&patterns, &pattern, &schema))
    {
      json_object_iter_init_ordered (&members, json_node_get_object (j->value));
      while (!tn_schema_is_over (j) && json_object_iter_next_ordered (&members, &name, NULL))
        if (tn_schema_matches (j->run, pattern, name))
          judge_member (j, name, schema);
    }
}

/* Whether "properties" or "patternProperties" beside this keyword speak of the member. */
static gboolean
is_covered (const TnJudgement *j, const char *name)
{
  JsonObject *properties = tn_json_get_object (j->schema, "properties");
  JsonObject *patterns = tn_json_get_object (j->schema, "patternProperties");
  JsonObjectIter iter;
  const char *pattern;

  if (properties != NULL && json_object_has_member (properties, name))
    return TRUE;
  if (patterns == NULL)
    return FALSE;
  json_object_iter_init (&iter, patterns);
  while (json_object_iter_next (&iter, &pattern, NULL) && j->run->stopped == NULL)
    if (tn_schema_matches (j->run, pattern, name))
      return TRUE;
  return FALSE;
}

static void
refuse_member (const TnJudgement *j, const char *name)
{
  TnSchemaPlace place = { j->place, name, 0 };
  TnJudgement member = { j->run, j->schema, j->value, &place, j->faults };
  JsonObject *properties = tn_json_get_object (j->schema, "properties");
  g_autoptr (GList) known = properties != NULL ? json_object_get_members (properties) : NULL;
  const char *nearest = tn_nearest_name (name, known);

  tn_schema_spend (j->run, 16 * g_list_length (known));
  if (nearest != NULL)
    tn_schema_report (&member, _("is not known here: is “%s” meant?"), nearest);
  else
    tn_schema_report (&member, _("is not known here"));
}

void
tn_schema_check_additional_properties (const TnJudgement *j, JsonNode *operand)
{
  gboolean refused = JSON_NODE_HOLDS_VALUE (operand) && !json_node_get_boolean (operand);
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, json_node_get_object (j->value));
  while (!tn_schema_is_over (j) && json_object_iter_next_ordered (&iter, &name, NULL))
    {
      tn_schema_spend (j->run, 1);
      if (is_covered (j, name))
        continue;
      if (refused)
        refuse_member (j, name);
      else
        judge_member (j, name, operand);
    }
}

static void
judge_element (const TnJudgement *j, guint index, JsonNode *schema)
{
  TnSchemaPlace place = { j->place, NULL, index };

  tn_schema_judge (j->run, schema, json_array_get_element (json_node_get_array (j->value), index), &place, j->faults);
}

void
tn_schema_check_prefix_items (const TnJudgement *j, JsonNode *operand)
{
  JsonArray *schemas = json_node_get_array (operand);
  guint n = MIN (json_array_get_length (schemas), json_array_get_length (json_node_get_array (j->value)));

  for (guint i = 0; i < n && !tn_schema_is_over (j); i++)
    judge_element (j, i, json_array_get_element (schemas, i));
}

void
tn_schema_check_items (const TnJudgement *j, JsonNode *operand)
{
  JsonArray *prefix = tn_json_get_array (j->schema, "prefixItems");
  guint n = json_array_get_length (json_node_get_array (j->value));

  for (guint i = prefix != NULL ? json_array_get_length (prefix) : 0; i < n && !tn_schema_is_over (j); i++)
    judge_element (j, i, operand);
}
