/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-fault.h"
#include "tn-json.h"
#include "tn-schema.h"

/* @faults: each as "pointer: message", with " | " between; "" where the value fits. */
typedef struct
{
  const char *schema;
  const char *value;
  const char *faults;
} Case;

static const Case types[] = {
  { "{}", "[1]", "" },
  { "true", "1", "" },
  { "false", "1", ": is not allowed here" },
  { "{\"type\":\"string\"}", "\"x\"", "" },
  { "{\"type\":\"string\"}", "1", ": must be a text" },
  { "{\"type\":\"integer\"}", "3", "" },
  { "{\"type\":\"integer\"}", "3.0", "" },
  { "{\"type\":\"integer\"}", "1e20", "" },
  { "{\"type\":\"integer\"}", "3.5", ": must be a whole number" },
  { "{\"type\":\"integer\"}", "\"3\"", ": must be a whole number" },
  { "{\"type\":\"number\"}", "3", "" },
  { "{\"type\":\"number\"}", "true", ": must be a number" },
  { "{\"type\":\"boolean\"}", "false", "" },
  { "{\"type\":\"boolean\"}", "0", ": must be true or false" },
  { "{\"type\":\"null\"}", "null", "" },
  { "{\"type\":\"null\"}", "0", ": must be null" },
  { "{\"type\":\"array\"}", "[]", "" },
  { "{\"type\":\"array\"}", "{}", ": must be a list, in [ ]" },
  { "{\"type\":\"object\"}", "{}", "" },
  { "{\"type\":\"object\"}", "[]", ": must be an object, in { }" },
  { "{\"type\":[\"string\",\"null\"]}", "null", "" },
  { "{\"type\":[\"null\",\"string\"]}", "1", ": must be a text or null" },
};

static const Case numbers[] = {
  { "{\"type\":\"integer\",\"minimum\":1}", "1", "" },
  { "{\"type\":\"integer\",\"minimum\":1}", "0", ": must be a whole number of at least 1" },
  { "{\"type\":\"integer\",\"minimum\":1}", "0.5", ": must be a whole number of at least 1" },
  { "{\"type\":\"integer\",\"minimum\":1}", "\"x\"", ": must be a whole number of at least 1" },
  { "{\"type\":\"integer\",\"minimum\":1,\"maximum\":64}", "65", ": must be a whole number from 1 to 64" },
  { "{\"maximum\":2.5}", "2.5", "" },
  { "{\"maximum\":2.5}", "2.6", ": must be a number of at most 2.5" },
  { "{\"maximum\":2.5}", "\"9\"", "" },
  { "{\"minimum\":9007199254740993}", "9007199254740992", ": must be a number of at least 9007199254740993" },
  { "{\"exclusiveMinimum\":0}", "0", ": must be greater than 0" },
  { "{\"exclusiveMinimum\":0}", "0.001", "" },
  { "{\"exclusiveMaximum\":3}", "3.0", ": must be less than 3" },
  { "{\"exclusiveMaximum\":3}", "2", "" },
  { "{\"multipleOf\":5}", "15", "" },
  { "{\"multipleOf\":5}", "16", ": must be a multiple of 5" },
  { "{\"multipleOf\":0.01}", "4.35", "" },
  { "{\"multipleOf\":0.0001}", "0.0075", "" },
  { "{\"multipleOf\":0.0001}", "0.00751", ": must be a multiple of 0.0001" },
  { "{\"multipleOf\":1}", "-9223372036854775808", "" },
  { "{\"multipleOf\":0.5}", "1e308", "" },
  { "{\"multipleOf\":1e-300}", "1e300", ": must be a multiple of 1e-300" },
};

static const Case texts[] = {
  { "{\"minLength\":2}", "\"äö\"", "" },
  { "{\"minLength\":3}", "\"äö\"", ": must be at least 3 characters long" },
  { "{\"minLength\":1}", "\"\"", ": must not be empty" },
  { "{\"maxLength\":2}", "\"😀😀\"", "" },
  { "{\"maxLength\":2.0}", "\"abc\"", ": must be no longer than 2 characters" },
  { "{\"maxLength\":1e30}", "\"abc\"", "" },
  { "{\"minLength\":1}", "7", "" },
  { "{\"pattern\":\"b+\"}", "\"abc\"", "" },
  { "{\"pattern\":\"^b\"}", "\"abc\"", ": must match the pattern “^b”" },
  { "{\"pattern\":\"^abc$\"}", "\"abc\\n\"", ": must match the pattern “^abc$”" },
  { "{\"pattern\":\"^\\\\p{L}+$\"}", "\"né\"", "" },
  { "{\"pattern\":\"^x\"}", "1", "" },
};

static const Case values[] = {
  { "{\"enum\":[\"a\",1,null]}", "\"a\"", "" },
  { "{\"enum\":[\"a\",1,null]}", "1.0", "" },
  { "{\"enum\":[\"a\",1,null]}", "\"b\"", ": must be one of “a”, 1, null" },
  { "{\"enum\":[\"a\"]}", "\"b\"", ": must be “a”" },
  { "{\"enum\":[[1,{\"b\":1,\"a\":2}]]}", "[1,{\"a\":2,\"b\":1.0}]", "" },
  { "{\"enum\":[100000000000000000]}", "1e17", "" },
  { "{\"enum\":[9007199254740993]}", "9007199254740992", ": must be 9007199254740993" },
  { "{\"enum\":[1e300]}", "1e300", "" },
  { "{\"enum\":[false]}", "0", ": must be false" },
  { "{\"enum\":[\"1\"]}", "1", ": must be “1”" },
  { "{\"const\":{\"a\":[]}}", "{\"a\":[]}", "" },
  { "{\"const\":{\"a\":[]}}", "{\"a\":{}}", ": must be {\"a\":[]}" },
  { "{\"const\":\"x\"}", "\"y\"", ": must be “x”" },
};

static const Case lists[] = {
  { "{\"minItems\":1}", "[]", ": must not be empty" },
  { "{\"minItems\":2}", "[1]", ": must have at least 2 entries" },
  { "{\"maxItems\":1}", "[1,2]", ": must have no more than 1 entries" },
  { "{\"minItems\":1,\"maxItems\":1}", "[1]", "" },
  { "{\"minItems\":1}", "{}", "" },
  { "{\"uniqueItems\":true}", "[1,\"1\",[1],[\"1\"],{},[],null,false]", "" },
  { "{\"uniqueItems\":true}", "[1,2,1.0,2]", "/2: is there twice | /3: is there twice" },
  { "{\"uniqueItems\":true}", "[{\"a\":1,\"b\":2},{\"b\":2,\"a\":1}]", "/1: is there twice" },
  { "{\"uniqueItems\":true}", "[[\"a,\",\"b\"],[\"a\",\",b\"]]", "" },
  { "{\"uniqueItems\":false}", "[1,1]", "" },
  { "{\"items\":{\"type\":\"string\"}}", "[\"a\",1,\"b\",null]", "/1: must be a text | /3: must be a text" },
  { "{\"items\":false}", "[]", "" },
  { "{\"items\":false}", "[1]", "/0: is not allowed here" },
  { "{\"prefixItems\":[{\"type\":\"string\"},{\"type\":\"null\"}]}", "[\"a\",null,1]", "" },
  { "{\"prefixItems\":[{\"type\":\"string\"},{\"type\":\"null\"}]}", "[1]", "/0: must be a text" },
  { "{\"prefixItems\":[true],\"items\":{\"type\":\"null\"}}", "[1,null,2]", "/2: must be null" },
};

static const Case objects[] = {
  { "{\"required\":[\"a\",\"b\"]}", "{\"a\":1}", ": “b” is missing" },
  { "{\"required\":[\"a\",\"b\"]}", "{}", ": “a” is missing | : “b” is missing" },
  { "{\"required\":[\"a\"]}", "[]", "" },
  { "{\"properties\":{\"a\":{\"type\":\"null\"},\"b\":false}}", "{\"c\":1}", "" },
  { "{\"properties\":{\"a\":{\"type\":\"null\"},\"b\":false}}", "{\"b\":1,\"a\":2}",
    "/a: must be null | /b: is not allowed here" },
  { "{\"properties\":{\"a/b\":{\"properties\":{\"m~n\":{\"items\":false}}}}}", "{\"a/b\":{\"m~n\":[1]}}",
    "/a~1b/m~0n/0: is not allowed here" },
  { "{\"patternProperties\":{\"^x-\":{\"type\":\"null\"}}}", "{\"x-a\":1,\"x\":1,\"x-b\":null}", "/x-a: must be null" },
  { "{\"additionalProperties\":false}", "{}", "" },
  { "{\"additionalProperties\":false}", "{\"a\":1}", "/a: is not known here" },
  { "{\"additionalProperties\":{\"type\":\"null\"}}", "{\"a\":1}", "/a: must be null" },
  { "{\"properties\":{\"a\":true},\"patternProperties\":{\"^x-\":true},\"additionalProperties\":false}",
    "{\"a\":1,\"x-b\":1}", "" },
  { "{\"properties\":{\"a\":true},\"patternProperties\":{\"^x-\":false},\"additionalProperties\":false}",
    "{\"x-b\":1}", "/x-b: is not allowed here" },
};

#define KNOWN                                                                                                          \
  "{\"properties\":{\"entryPoint\":true,\"icon\":true,\"id\":true,\"permissions\":true},"                             \
  "\"additionalProperties\":false}"

static const Case typos[] = {
  { KNOWN, "{\"entrypoint\":1}", "/entrypoint: is not known here: is “entryPoint” meant?" },
  { KNOWN, "{\"entryPiont\":1}", "/entryPiont: is not known here: is “entryPoint” meant?" },
  { KNOWN, "{\"permision\":1}", "/permision: is not known here: is “permissions” meant?" },
  { KNOWN, "{\"icno\":1}", "/icno: is not known here: is “icon” meant?" },
  { KNOWN, "{\"di\":1}", "/di: is not known here: is “id” meant?" },
  { KNOWN, "{\"colour\":1}", "/colour: is not known here" },
  { KNOWN, "{\"\":1}", "/: is not known here" },
  { KNOWN, "{\"ic\":1}", "/ic: is not known here: is “id” meant?" },
};

static const Case combined[] = {
  { "{\"allOf\":[{\"type\":\"number\"},{\"minimum\":3}]}", "1", ": must be a number of at least 3" },
  { "{\"allOf\":[{\"type\":\"number\"},{\"minimum\":3}]}", "3", "" },
  { "{\"anyOf\":[{\"type\":\"number\"},{\"type\":\"null\"}]}", "null", "" },
  { "{\"anyOf\":[{\"type\":\"number\"},{\"type\":\"null\"}]}", "\"x\"", ": must be a number; or must be null" },
  { "{\"anyOf\":[{\"type\":\"number\"},{\"properties\":{\"a\":{\"type\":\"null\"}},\"type\":\"object\"}]}", "{\"a\":1}",
    "/a: must be null" },
  { "{\"anyOf\":[{\"properties\":{\"a\":{\"type\":\"null\"}}},{\"properties\":{\"a\":{\"type\":\"string\"}}}]}",
    "{\"a\":1}", ": /a: must be null; or /a: must be a text" },
  { "{\"oneOf\":[{\"minimum\":1},{\"minimum\":5}]}", "3", "" },
  { "{\"oneOf\":[{\"minimum\":1},{\"minimum\":5}]}", "7", ": fits 2 of the forms, where it must fit only one" },
  { "{\"oneOf\":[{\"minimum\":1},{\"minimum\":5}]}", "0",
    ": must be a number of at least 1; or must be a number of at least 5" },
  { "{\"anyOf\":[{\"const\":1},{\"const\":2},{\"const\":3},{\"const\":4},{\"const\":5}]}", "0",
    ": must be 1; or must be 2; or must be 3; or must be 4; …" },
  { "{\"not\":{\"type\":\"null\"}}", "1", "" },
  { "{\"not\":{\"type\":\"null\"}}", "null", ": has a form that is not allowed here" },
  { "{\"$ref\":\"#/$defs/a%20b\",\"$defs\":{\"a b\":{\"type\":\"null\"}}}", "1", ": must be null" },
  { "{\"$ref\":\"#/$defs/a~1b\",\"$defs\":{\"a/b\":{\"type\":\"null\"}}}", "1", ": must be null" },
  { "{\"properties\":{\"next\":{\"$ref\":\"#\"}},\"additionalProperties\":false}", "{\"next\":{\"next\":{\"x\":1}}}",
    "/next/next/x: is not known here" },
  { "{\"title\":\"t\",\"description\":5,\"default\":1,\"format\":\"date\",\"x-y\":1}", "1", "" },
  { "{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"b\":{\"type\":\"null\"}}}", "{\"b\":1}",
    ": “a” is missing | /b: must be null" },
};

static char *
validate (const char *schema_text, const char *value_text)
{
  g_autoptr (JsonNode) schema = tn_json_parse (schema_text, -1, NULL, NULL);
  g_autoptr (JsonNode) value = tn_json_parse (value_text, -1, NULL, NULL);
  g_autoptr (GPtrArray) faults = NULL;
  GString *text = g_string_new (NULL);

  if (schema == NULL || value == NULL)
    g_error ("%s or %s is not JSON", schema_text, value_text);
  faults = tn_schema_validate (schema, value);
  for (guint i = 0; i < faults->len; i++)
    {
      const TnFault *fault = g_ptr_array_index (faults, i);

      g_string_append_printf (text, "%s%s: %s", i > 0 ? " | " : "", fault->pointer, fault->message);
    }
  return g_string_free (text, FALSE);
}

static void
check_cases (const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *faults = validate (cases[i].schema, cases[i].value);

      if (!g_str_equal (faults, cases[i].faults))
        g_error ("%s for %s: “%s”, not “%s”", cases[i].value, cases[i].schema, faults, cases[i].faults);
    }
}

#define DEFINE_TEST(group)                                                                                             \
  static void test_##group (void)                                                                                      \
  {                                                                                                                    \
    check_cases (group, G_N_ELEMENTS (group));                                                                         \
  }

DEFINE_TEST (types)
DEFINE_TEST (numbers)
DEFINE_TEST (texts)
DEFINE_TEST (values)
DEFINE_TEST (lists)
DEFINE_TEST (objects)
DEFINE_TEST (typos)
DEFINE_TEST (combined)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/types", test_types);
  g_test_add_func ("/schema/numbers", test_numbers);
  g_test_add_func ("/schema/texts", test_texts);
  g_test_add_func ("/schema/values", test_values);
  g_test_add_func ("/schema/lists", test_lists);
  g_test_add_func ("/schema/objects", test_objects);
  g_test_add_func ("/schema/typos", test_typos);
  g_test_add_func ("/schema/combined", test_combined);
  return g_test_run ();
}
