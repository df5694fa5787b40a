/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-fault.h"
#include "tn-json.h"
#include "tn-schema.h"

#include <string.h>

static const TnJsonCaps large = { 16 * 1024 * 1024, 2000 };

static GPtrArray *
validate (const char *schema_text, const char *value_text)
{
  g_autoptr (JsonNode) schema = tn_json_parse (schema_text, -1, &large, NULL);
  g_autoptr (JsonNode) value = tn_json_parse (value_text, -1, &large, NULL);

  g_assert_nonnull (schema);
  g_assert_nonnull (value);
  return tn_schema_validate (schema, value);
}

static void
check_stopped (const char *schema, const char *value, const char *why)
{
  g_autoptr (GPtrArray) faults = validate (schema, value);
  const TnFault *last;

  g_assert_cmpuint (faults->len, >, 0);
  last = g_ptr_array_index (faults, faults->len - 1);
  g_assert_cmpstr (last->pointer, ==, "");
  if (strstr (last->message, why) == NULL)
    g_error ("%s: “%s” does not say “%s”", schema, last->message, why);
}

static char *
repeat (const char *before, const char *what, guint n, const char *after)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < n; i++)
    g_string_append (text, what);
  g_string_append (text, after);
  return g_string_free (text, FALSE);
}

/* A schema that can't be understood fits nothing: else a slip of its author would let everything in. */
static void
test_broken_schemas (void)
{
  static const char *const schemas[][2] = {
    { "1", "neither an object nor" },
    { "{\"items\":[true]}", "“items” has the wrong form" },
    { "{\"type\":\"strnig\"}", "a type that does not exist" },
    { "{\"type\":[\"array\",5]}", "a type that does not exist" },
    { "{\"type\":5}", "“type” has the wrong form" },
    { "{\"minItems\":-1}", "“minItems” has the wrong form" },
    { "{\"minItems\":1.5}", "“minItems” has the wrong form" },
    { "{\"minimum\":\"1\"}", "“minimum” has the wrong form" },
    { "{\"required\":\"a\"}", "“required” has the wrong form" },
    { "{\"anyOf\":[]}", "“anyOf” has the wrong form" },
    { "{\"anyOf\":[5]}", "neither an object nor" },
    { "{\"enum\":\"a\"}", "“enum” has the wrong form" },
    { "{\"properties\":[]}", "“properties” has the wrong form" },
    { "{\"if\":{\"type\":\"null\"},\"then\":false}", "uses “if”, which is not supported" },
    { "{\"contains\":{\"type\":\"null\"}}", "uses “contains”, which is not supported" },
    { "{\"unevaluatedProperties\":false}", "uses “unevaluatedProperties”" },
    { "{\"$ref\":\"#/$defs/none\"}", "refers to “#/$defs/none”, which is not in it" },
    { "{\"$ref\":\"https://example.com/schema\"}", "refers to “https://example.com/schema”" },
    { "{\"$ref\":\"#%00\"}", "refers to “#%00”" },
    { "{\"$ref\":\"\"}", "refers to “”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (schemas); i++)
    check_stopped (schemas[i][0], "[1]", schemas[i][1]);
  check_stopped ("{\"multipleOf\":0}", "1", "“multipleOf” must be greater than 0");
  check_stopped ("{\"required\":[5]}", "{}", "“required” names something that is no text");
  check_stopped ("{\"pattern\":\"(\"}", "\"x\"", "pattern “(” is not a regular expression");
}

/* In an alternative too, what can't be judged is no reason to let a value pass. */
static void
test_stopped_alternatives (void)
{
  check_stopped ("{\"not\":{\"$ref\":\"#/none\"}}", "1", "refers to “#/none”");
  check_stopped ("{\"anyOf\":[{\"$ref\":\"#/none\"},true]}", "1", "refers to “#/none”");
  check_stopped ("{\"oneOf\":[{\"if\":true},true]}", "1", "uses “if”");
}

static void
test_endless_references (void)
{
  check_stopped ("{\"$ref\":\"#\"}", "1", "without end");
  check_stopped ("{\"$ref\":\"#/a\",\"a\":{\"$ref\":\"#/b\"},\"b\":{\"$ref\":\"#/a\"}}", "1", "without end");
  check_stopped ("{\"not\":{\"$ref\":\"#\"}}", "1", "without end");
  check_stopped ("{\"anyOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"}]}", "1", "without end");
}

/* Each step doubles the work, without ever going deep. */
static void
test_doubling_references (void)
{
  GString *schema = g_string_new ("{\"$ref\":\"#/$defs/0\",\"$defs\":{");
  g_autofree char *text = NULL;

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (schema, "\"%u\":{\"allOf\":[{\"$ref\":\"#/$defs/%u\"},{\"$ref\":\"#/$defs/%u\"}]},", i,
                            i + 1, i + 1);
  g_string_append (schema, "\"40\":true}}");
  text = g_string_free (schema, FALSE);
  check_stopped (text, "1", "too much work");
}

static void
test_slow_patterns (void)
{
  g_autofree char *text = repeat ("\"", "a", 5000, "!\"");
  g_autofree char *name = repeat ("{\"", "a", 5000, "!\":1}");
  g_autofree char *nested = repeat ("{\"pattern\":\"", "(", 400, "\"}");
  g_autofree char *endless = repeat ("{\"pattern\":\"", "x", 1025, "\"}");

  check_stopped ("{\"pattern\":\"^(a+)+$\"}", text, "takes too long");
  check_stopped ("{\"pattern\":\"^(a+)+$\"}", "\"aaaaaaaaaaaaaaaaaa!\"", "takes too long");
  check_stopped ("{\"pattern\":\"^(a|aa)+$\"}", text, "takes too long");
  check_stopped ("{\"pattern\":\"(*LIMIT_MATCH=4000000000)^(a+)+$\"}", text, "takes too long");
  check_stopped ("{\"patternProperties\":{\"^(a+)+$\":true}}", name, "takes too long");
  check_stopped (nested, "\"x\"", "is not a regular expression that is taken");
  check_stopped (endless, "\"x\"", "is not a regular expression that is taken");
}

static void
test_many_matches (void)
{
  g_autofree char *value = repeat ("[", "\"a\",", 100000, "\"a\"]");

  check_stopped ("{\"items\":{\"pattern\":\"^(a|b)*$\"}}", value, "too much work");
}

/* Not quadratic: a hundred thousand different elements are judged, and so is their order in an object. */
static void
test_many_items (void)
{
  GString *value = g_string_new ("[0");
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) faults = NULL;

  for (guint i = 1; i < 100000; i++)
    g_string_append_printf (value, ",%u", i);
  g_string_append (value, ",{\"z\":1},99999]");
  text = g_string_free (value, FALSE);
  faults = validate ("{\"uniqueItems\":true}", text);
  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_cmpstr (((TnFault *) g_ptr_array_index (faults, 0))->pointer, ==, "/100001");
}

/* The same large value compared again and again. */
static void
test_many_comparisons (void)
{
  g_autofree char *value = repeat ("[", "1,", 20000, "2]");
  g_autofree char *items = repeat ("{\"enum\":[", "[1],", 1000, "2]}");

  check_stopped (items, value, "too much work");
}

static void
test_many_faults (void)
{
  g_autofree char *value = repeat ("[", "1,", 100000, "2]");
  g_autoptr (GPtrArray) faults = validate ("{\"items\":{\"type\":\"null\"}}", value);

  g_assert_cmpuint (faults->len, ==, TN_FAULT_LIST_MAX);
}

static void
test_deep_value (void)
{
  g_autofree char *opened = repeat ("", "[", 1500, "1");
  g_autofree char *value = repeat (opened, "]", 1500, "");

  check_stopped ("{\"items\":{\"$ref\":\"#\"}}", value, "without end");
}

static void
test_long_names (void)
{
  g_autofree char *value = repeat ("{\"", "x", 1000000, "\":1}");
  g_autoptr (GPtrArray) faults = validate ("{\"properties\":{\"abc\":true},\"additionalProperties\":false}", value);

  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_cmpuint (strlen (((TnFault *) g_ptr_array_index (faults, 0))->pointer), <, 600);
}

/* Too long to be a slip of the finger, and to be compared on a stack of a fixed size. */
static void
test_long_known_names (void)
{
  g_autofree char *known = repeat ("{\"properties\":{\"", "x", 3000, "y\":true},\"additionalProperties\":false}");
  g_autofree char *value = repeat ("{\"", "x", 3000, "z\":1,\"x\":1}");
  g_autoptr (GPtrArray) faults = validate (known, value);

  g_assert_cmpuint (faults->len, ==, 2);
  g_assert_cmpstr (((TnFault *) g_ptr_array_index (faults, 0))->message, ==, "is not known here");
  g_assert_cmpstr (((TnFault *) g_ptr_array_index (faults, 1))->message, ==, "is not known here");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/hostile/broken-schemas", test_broken_schemas);
  g_test_add_func ("/schema/hostile/stopped-alternatives", test_stopped_alternatives);
  g_test_add_func ("/schema/hostile/endless-references", test_endless_references);
  g_test_add_func ("/schema/hostile/doubling-references", test_doubling_references);
  g_test_add_func ("/schema/hostile/slow-patterns", test_slow_patterns);
  g_test_add_func ("/schema/hostile/many-matches", test_many_matches);
  g_test_add_func ("/schema/hostile/many-items", test_many_items);
  g_test_add_func ("/schema/hostile/many-comparisons", test_many_comparisons);
  g_test_add_func ("/schema/hostile/many-faults", test_many_faults);
  g_test_add_func ("/schema/hostile/deep-value", test_deep_value);
  g_test_add_func ("/schema/hostile/long-names", test_long_names);
  g_test_add_func ("/schema/hostile/long-known-names", test_long_known_names);
  return g_test_run ();
}
