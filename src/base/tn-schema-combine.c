/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-schema-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tn-fault.h"
#include "tn-json.h"

#define SHOWN_ALTERNATIVES 4

/* The keywords that judge the same value by other schemas. */

static void
judge_here (const TnJudgement *j, JsonNode *schema, GPtrArray *faults)
{
  tn_schema_judge (j->run, schema, j->value, j->place, faults);
}

void
tn_schema_check_ref (const TnJudgement *j, JsonNode *operand)
{
  const char *reference = json_node_get_string (operand);
  g_autofree char *pointer = reference[0] == '#' ? g_uri_unescape_string (reference + 1, NULL) : NULL;
  JsonNode *schema = pointer != NULL ? tn_json_pointer_get (j->run->document, pointer) : NULL;

  if (schema != NULL)
    judge_here (j, schema, j->faults);
  else
    tn_schema_stop (j->run, _("can't be judged: the schema refers to “%.80s”, which is not in it"), reference);
}

void
tn_schema_check_all_of (const TnJudgement *j, JsonNode *operand)
{
  JsonArray *schemas = json_node_get_array (operand);

  for (guint i = 0; i < json_array_get_length (schemas) && !tn_schema_is_over (j); i++)
    judge_here (j, json_array_get_element (schemas, i), j->faults);
}

void
tn_schema_check_not (const TnJudgement *j, JsonNode *operand)
{
  g_autoptr (GPtrArray) faults = tn_fault_list_new ();

  judge_here (j, operand, faults);
  if (faults->len == 0 && j->run->stopped == NULL)
    tn_schema_report (j, _("has a form that is not allowed here"));
}

/* Returns: (element-type GPtrArray): the faults of each alternative, empty where it fits */
static GPtrArray *
judge_alternatives (const TnJudgement *j, JsonArray *schemas, guint *n_fitting)
{
  GPtrArray *lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  *n_fitting = 0;
  for (guint i = 0; i < json_array_get_length (schemas) && j->run->stopped == NULL; i++)
    {
      GPtrArray *faults = tn_fault_list_new ();

      judge_here (j, json_array_get_element (schemas, i), faults);
      *n_fitting += faults->len == 0;
      g_ptr_array_add (lists, faults);
    }
  return lists;
}

/* An alternative that fits here and fails only deeper is the one that was meant. Returns: (nullable): if there is just
 * one such */
static GPtrArray *
find_meant (GPtrArray *lists, const char *here)
{
  GPtrArray *meant = NULL;

  for (guint i = 0; i < lists->len; i++)
    {
      GPtrArray *faults = g_ptr_array_index (lists, i);
      gboolean deeper = TRUE;

      for (guint k = 0; k < faults->len; k++)
        deeper &= strcmp (((TnFault *) g_ptr_array_index (faults, k))->pointer, here) != 0;
      if (deeper && meant != NULL)
        return NULL;
      if (deeper)
        meant = faults;
    }
  return meant;
}

static void
append_first (GString *text, GPtrArray *faults, const char *here)
{
  const TnFault *fault = g_ptr_array_index (faults, 0);

  if (strcmp (fault->pointer, here) != 0)
    g_string_append_printf (text, "%s: ", fault->pointer);
  g_string_append (text, fault->message);
}

static void
report_alternatives (const TnJudgement *j, GPtrArray *lists)
{
  g_autofree char *here = tn_schema_place_pointer (j->place);
  GPtrArray *meant = find_meant (lists, here);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; meant != NULL && i < meant->len; i++)
    {
      const TnFault *fault = g_ptr_array_index (meant, i);

      tn_fault_list_add (j->faults, fault->pointer, "%s", fault->message);
    }
  if (meant != NULL)
    return;
  for (guint i = 0; i < lists->len && i < SHOWN_ALTERNATIVES; i++)
    {
      g_string_append (text, i > 0 ? _("; or ") : "");
      append_first (text, g_ptr_array_index (lists, i), here);
    }
  tn_schema_report (j, "%s%s", text->str, lists->len > SHOWN_ALTERNATIVES ? "; …" : "");
}

void
tn_schema_check_any_of (const TnJudgement *j, JsonNode *operand)
{
  guint n_fitting;
  g_autoptr (GPtrArray) lists = judge_alternatives (j, json_node_get_array (operand), &n_fitting);

  if (n_fitting == 0 && j->run->stopped == NULL)
    report_alternatives (j, lists);
}

void
tn_schema_check_one_of (const TnJudgement *j, JsonNode *operand)
{
  guint n_fitting;
  g_autoptr (GPtrArray) lists = judge_alternatives (j, json_node_get_array (operand), &n_fitting);

  if (j->run->stopped != NULL)
    return;
  if (n_fitting == 0)
    report_alternatives (j, lists);
  else if (n_fitting > 1)
    tn_schema_report (j, _("fits %u of the forms, where it must fit only one"), n_fitting);
}
