/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-json.h"

#include <string.h>

/* Written out again, so that the value is compared and not only that there is one. */
static const struct
{
  const char *text;
  const char *value;
} valid[] = {
  { "null", "null" },
  { " \t\r\n true \n", "true" },
  { "false", "false" },
  { "0", "0" },
  { "-0", "0" },
  { "-12", "-12" },
  { "9223372036854775807", "9223372036854775807" },
  { "-9223372036854775808", "-9223372036854775808" },
  { "9223372036854775808", "9.223372036854776e+18" },
  { "100000000000000000000", "1e+20" },
  { "1.5", "1.5" },
  { "1E3", "1000.0" },
  { "1e+3", "1000.0" },
  { "25e-2", "0.25" },
  { "0.1", "0.1" },
  { "1e-400", "0.0" },
  { "\"\"", "\"\"" },
  { "\"a\\\"\\\\\\/\\b\\f\\n\\r\\tz\"", "\"a\\\"\\\\/\\b\\f\\n\\r\\tz\"" },
  { "\"\\u0041\\u00e9\\uD83D\\uDE00\"", "\"Aé😀\"" },
  { "\"\\udbff\\udfff\\ud800\\udc00\"", "\"\xf4\x8f\xbf\xbf\xf0\x90\x80\x80\"" },
  { "\"\\u001f\\u007f\"", "\"\\u001f\\u007f\"" },
  { "\"/*[[[[*/ // # '\"", "\"/*[[[[*/ // # '\"" },
  { "[]", "[]" },
  { "[ ]", "[]" },
  { "[1,[2,{}],\"x\"]", "[1,[2,{}],\"x\"]" },
  { "{}", "{}" },
  { "{ \"\" : 1 , \"b\":null}", "{\"\":1,\"b\":null}" },
  { "{\"a\":1,\"a\":2}", "{\"a\":2}" },
};

/* Each with a piece of the message, which names the place. */
static const struct
{
  const char *text;
  const char *message;
} invalid[] = {
  { "", "line 1, column 1: it ends where a value should be" },
  { "   ", "line 1, column 4: it ends" },
  { "/*\"*/[[[[1]]]]", "line 1, column 1: “/” stands where a value" },
  { "[1 // one\n]", "column 4: “/” stands where , or ] should be" },
  { "# x\n1", "column 1: “#”" },
  { "'a'", "“'” stands" },
  { "{a:1}", "“a” stands where a text in" },
  { "{'a':1}", "“'” stands where a text in" },
  { "{\"a\" 1}", "“1” stands where : should be" },
  { "{\"a\":}", "“}” stands where a value" },
  { "{\"a\":1,}", "“}” stands where a text in" },
  { "{\"a\":1 \"b\":2}", "column 8: “\"” stands where , or } should be" },
  { "{\"a\":1", "it ends where , or }" },
  { "{1:1}", "“1” stands where a text in" },
  { "[1,]", "“]” stands where a value" },
  { "[,1]", "“,” stands where a value" },
  { "[1 2]", "“2” stands where , or ]" },
  { "[\n1,\n  x]", "line 3, column 3: “x”" },
  { "[\"é\", x]", "line 1, column 7: “x”" },
  { "[1}", "“}” stands where , or ]" },
  { "]", "“]” stands" },
  { "1 2", "column 3: “2” stands where the end" },
  { "{} {}", "“{” stands where the end" },
  { "nul", "“n” stands" },
  { "nullx", "“x” stands where the end" },
  { "True", "“T” stands" },
  { "NaN", "“N” stands" },
  { "Infinity", "“I” stands" },
  { "-Infinity", "“I” stands where a digit" },
  { "+1", "“+” stands" },
  { "01", "“1” stands where the end" },
  { "-01", "“1” stands where the end" },
  { "0x10", "“x” stands where the end" },
  { "1.", "it ends where a digit" },
  { ".5", "“.” stands" },
  { "1.e1", "“e” stands where a digit" },
  { "1e", "it ends where a digit" },
  { "1e+", "it ends where a digit" },
  { "1_000", "“_” stands" },
  { "-", "it ends where a digit" },
  { "1e400", "column 1: the number is too large" },
  { "[-1e999]", "column 2: the number is too large" },
  { "\"a", "it ends where the \" that ends a text" },
  { "\"a\tb\"", "U+0009 stands where" },
  { "\"a\nb\"", "U+000A stands where" },
  { "\"\x01\"", "U+0001 stands where" },
  { "\"\x1f\"", "U+001F stands where" },
  { "\"\\x41\"", "“x” stands where one of" },
  { "\"\\'\"", "“'” stands where one of" },
  { "\"\\", "it ends where one of" },
  { "\"\\u12\"", "where a hexadecimal digit" },
  { "\"\\u00zz\"", "“z” stands where a hexadecimal digit" },
  { "\"\\u0000\"", "U+0000 can't be held" },
  { "\"\\ud800\"", "half of a surrogate pair" },
  { "\"\\ud800\\u0041\"", "half of a surrogate pair" },
  { "\"\\ud800x\"", "half of a surrogate pair" },
  { "\"\\ud800\\ud800\"", "half of a surrogate pair" },
  { "\"\\udbff\"", "half of a surrogate pair" },
  { "\"\\udfff\\ud800\"", "half of a surrogate pair" },
  { "\"\\ude00\"", "half of a surrogate pair" },
  { "\"\\ud800\\u12\"", "hexadecimal digit" },
  { "\xef\xbb\xbf[]", "U+FEFF stands where a value" },
  { "\xc2\xa0[]", "U+00A0 stands where a value" },
  { "[1,\v2]", "U+000B stands where a value" },
};

static const char *const not_utf8[] = {
  "\"\xff\"", "\"\xc0\xaf\"", "\"\xed\xa0\x80\"", "\"\xf5\x80\x80\x80\"", "\"\xc3", "\xfe\xff",
};

static void
test_valid (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (valid); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = tn_json_parse (valid[i].text, -1, NULL, &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = tn_json_to_string (node);
      g_assert_cmpstr (text, ==, valid[i].value);
      g_assert_true (json_node_is_immutable (node));
    }
}

static void
test_invalid (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = tn_json_parse (invalid[i].text, -1, NULL, &error);

      g_assert_null (node);
      g_assert_error (error, TN_JSON_ERROR, TN_JSON_ERROR_SYNTAX);
      if (strstr (error->message, invalid[i].message) == NULL)
        g_error ("%s: “%s” does not say “%s”", invalid[i].text, error->message, invalid[i].message);
    }
}

static void
test_not_utf8 (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (not_utf8); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (tn_json_parse (not_utf8[i], -1, NULL, &error));
      g_assert_error (error, TN_JSON_ERROR, TN_JSON_ERROR_SYNTAX);
      g_assert_nonnull (strstr (error->message, "not UTF-8 at byte"));
    }
}

/* A zero byte is no end, and what stands behind the length is not read. */
static void
test_length (void)
{
  static const char zero[] = "[1]\0[2]";
  static const char cut[] = { '1', '2', '3' };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = tn_json_parse (cut, 2, NULL, NULL);

  g_assert_cmpint (json_node_get_int (node), ==, 12);
  g_assert_null (tn_json_parse (zero, sizeof zero - 1, NULL, &error));
  g_assert_error (error, TN_JSON_ERROR, TN_JSON_ERROR_SYNTAX);
}

static char *
nest (const char *open, const char *inner, const char *close, guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, inner);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, close);
  return g_string_free (text, FALSE);
}

static void
check_depth (const char *open, const char *close, guint depth, const TnJsonCaps *caps, gboolean taken)
{
  g_autofree char *text = nest (open, "1", close, depth);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = tn_json_parse (text, -1, caps, &error);

  g_assert_true ((node != NULL) == taken);
  if (!taken)
    g_assert_error (error, TN_JSON_ERROR, TN_JSON_ERROR_TOO_DEEP);
}

static void
test_depth (void)
{
  const TnJsonCaps three = { 1000, 3 };

  check_depth ("[", "]", 64, NULL, TRUE);
  check_depth ("[", "]", 65, NULL, FALSE);
  check_depth ("{\"a\":", "}", 64, NULL, TRUE);
  check_depth ("{\"a\":", "}", 65, NULL, FALSE);
  check_depth ("[", "]", 20000, NULL, FALSE);
  check_depth ("{\"a\":[", "]}", 20000, NULL, FALSE);
  check_depth ("[\"]\",", "]", 20000, NULL, FALSE);
  check_depth ("[", "]", 3, &three, TRUE);
  check_depth ("[", "]", 4, &three, FALSE);
}

/* Nothing that hides brackets from a count may bring the reader deeper than its cap. */
static void
test_hidden_depth (void)
{
  static const char *const covers[] = { "/*\"*/", "//\"\n", "'\"'", "\"\\\"\"" };

  for (guint i = 0; i < G_N_ELEMENTS (covers); i++)
    {
      g_autofree char *inner = nest ("[", "", "]", 20000);
      g_autofree char *text = g_strconcat ("[", covers[i], ",", inner, "]", NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (tn_json_parse (text, -1, NULL, &error));
      g_assert_nonnull (error);
    }
}

static void
test_wide (void)
{
  g_autofree char *text = nest ("[],", "", "", 100000);
  g_autofree char *array = g_strconcat ("[", text, "1]", NULL);
  g_autoptr (JsonNode) node = tn_json_parse (array, -1, NULL, NULL);

  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 100001);
}

/* @n members "m0", "m1", … of one object; (transfer full). */
static char *
make_members (guint n)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s\"m%u\":%u", i > 0 ? "," : "", i, i);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static void
check_members (gboolean twice, guint n, guint spare, gboolean taken)
{
  const TnJsonCaps caps = { 4 * 1024 * 1024, 8, spare };
  g_autofree char *members = make_members (n);
  g_autofree char *text = g_strdup_printf ("[%s,%s]", members, twice ? members : "0");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = tn_json_parse (text, -1, &caps, &error);

  g_assert_true ((node != NULL) == taken);
  if (!taken)
    g_assert_error (error, TN_JSON_ERROR, TN_JSON_ERROR_TOO_LARGE);
}

/* @n objects, each within the one before it, of the same 600 names. */
static void
check_nested_members (guint n)
{
  const TnJsonCaps caps = { 4 * 1024 * 1024, n, 32768 };
  g_autofree char *members = make_members (600), *open = g_strconcat (members, NULL), *text = NULL;
  g_autoptr (JsonNode) node = NULL;

  open[strlen (open) - 1] = ',';
  text = nest (open, "\"x\":1", "}", 1);
  for (guint i = 1; i < n; i++)
    {
      g_autofree char *inner = g_strconcat ("\"x\":", text, NULL);

      g_free (text);
      text = nest (open, inner, "}", 1);
    }
  node = tn_json_parse (text, -1, &caps, NULL);
  g_assert_nonnull (node);
}

static void
test_members (void)
{
  check_members (FALSE, 512, 0, TRUE);
  check_members (FALSE, 513, 0, FALSE);
  check_members (TRUE, 512, 0, TRUE);
  check_members (FALSE, 512 + 20000, 20000, TRUE);
  check_members (FALSE, 512 + 20001, 20000, FALSE);
  /* What is spared is so in all objects together. */
  check_members (TRUE, 512 + 100, 200, TRUE);
  check_members (TRUE, 512 + 101, 200, FALSE);
  /* The same names in many objects don't collide with each other. */
  check_nested_members (100);
}

/* 4,096 names with one hash: "ab" and "bA" have the same, and so has what is put together of them. */
static void
test_colliding_members (void)
{
  const TnJsonCaps caps = { 4 * 1024 * 1024, 8, 32768 };
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_str_hash ("abbA"), ==, g_str_hash ("bAab"));
  for (guint i = 0; i < 4096; i++)
    {
      g_string_append (text, i > 0 ? ",\"" : "\"");
      for (guint bit = 0; bit < 12; bit++)
        g_string_append (text, (i >> bit & 1) != 0 ? "ab" : "bA");
      g_string_append (text, "\":1");
    }
  g_string_append_c (text, '}');
  g_assert_null (tn_json_parse (text->str, text->len, &caps, &error));
  g_assert_error (error, TN_JSON_ERROR, TN_JSON_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "stored alike"));
}

/* A name that comes again and again is as dear as a new one. */
static void
test_repeated_member (void)
{
  const TnJsonCaps caps = { 4 * 1024 * 1024, 8, 1000 };
  g_autofree char *many = make_members (600), *again = nest ("\"m599\":0,", "\"x\":1}", "", 2000);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  many[strlen (many) - 1] = ',';
  text = g_strconcat (many, again, NULL);
  g_assert_null (tn_json_parse (text, -1, &caps, &error));
  g_assert_error (error, TN_JSON_ERROR, TN_JSON_ERROR_TOO_LARGE);
}

static void
test_size (void)
{
  gsize n = 2 * 1024 * 1024;
  const TnJsonCaps large = { 4 * 1024 * 1024, 1 };
  g_autofree char *text = g_strnfill (n, 'x');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  text[0] = text[n - 1] = '"';
  g_assert_null (tn_json_parse (text, n, NULL, &error));
  g_assert_error (error, TN_JSON_ERROR, TN_JSON_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "2097152"));
  g_assert_nonnull (strstr (error->message, "1048576"));
  node = tn_json_parse (text, n, &large, NULL);
  g_assert_cmpuint (strlen (json_node_get_string (node)), ==, n - 2);
}

static void
test_size_edge (void)
{
  const TnJsonCaps five = { 5, 1 };
  g_autoptr (JsonNode) node = tn_json_parse ("[123]", -1, &five, NULL);

  g_assert_nonnull (node);
  g_assert_null (tn_json_parse ("[1234]", -1, &five, NULL));
}

/* A number of a million digits is a number. */
static void
test_long_number (void)
{
  g_autofree char *digits = g_strnfill (1000000, '0');
  g_autofree char *small = g_strconcat ("0.", digits, "1", NULL);
  g_autofree char *large = g_strconcat ("1", digits, NULL);
  g_autoptr (JsonNode) node = tn_json_parse (small, -1, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpfloat (json_node_get_double (node), ==, 0);
  g_assert_null (tn_json_parse (large, -1, NULL, &error));
  g_assert_nonnull (strstr (error->message, "too large"));
}

static void
test_object (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = tn_json_parse_object ("{\"a\":1}", -1, NULL, NULL);

  g_assert_cmpint (tn_json_get_int (object, "a", 0), ==, 1);
  g_assert_null (tn_json_parse_object ("[1]", -1, NULL, &error));
  g_assert_error (error, TN_JSON_ERROR, TN_JSON_ERROR_SHAPE);
  g_clear_error (&error);
  g_assert_null (tn_json_parse_object ("{", -1, NULL, &error));
  g_assert_error (error, TN_JSON_ERROR, TN_JSON_ERROR_SYNTAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/parse/valid", test_valid);
  g_test_add_func ("/json/parse/invalid", test_invalid);
  g_test_add_func ("/json/parse/not-utf8", test_not_utf8);
  g_test_add_func ("/json/parse/length", test_length);
  g_test_add_func ("/json/parse/depth", test_depth);
  g_test_add_func ("/json/parse/hidden-depth", test_hidden_depth);
  g_test_add_func ("/json/parse/wide", test_wide);
  g_test_add_func ("/json/parse/members", test_members);
  g_test_add_func ("/json/parse/colliding-members", test_colliding_members);
  g_test_add_func ("/json/parse/repeated-member", test_repeated_member);
  g_test_add_func ("/json/parse/size", test_size);
  g_test_add_func ("/json/parse/size-edge", test_size_edge);
  g_test_add_func ("/json/parse/long-number", test_long_number);
  g_test_add_func ("/json/parse/object", test_object);
  return g_test_run ();
}
