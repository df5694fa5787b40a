/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-json.h"

#include <math.h>
#include <string.h>

/* The document and the pointers of RFC 6901, section 5. */
static const char rfc_document[]
  = "{\"foo\": [\"bar\", \"baz\"], \"\": 0, \"a/b\": 1, \"c%d\": 2, \"e^f\": 3, \"g|h\": 4,"
    " \"i\\\\j\": 5, \"k\\\"l\": 6, \" \": 7, \"m~n\": 8}";

static const struct
{
  const char *pointer;
  const char *value;
} rfc_pointers[] = {
  { "/foo", "[\"bar\",\"baz\"]" },
  { "/foo/0", "\"bar\"" },
  { "/", "0" },
  { "/a~1b", "1" },
  { "/c%d", "2" },
  { "/e^f", "3" },
  { "/g|h", "4" },
  { "/i\\j", "5" },
  { "/k\"l", "6" },
  { "/ ", "7" },
  { "/m~0n", "8" },
};

static const char *const lost_pointers[] = {
  "foo", "/bar", "/foo/2", "/foo/-", "/foo/01", "/foo/00", "/foo/+1", "/foo/-1", "/foo/ 1", "/foo/1 ", "/foo/1.0",
  "/foo/", "/foo/0/", "/foo/0/x", "//", "/m~n", "/m~2n", "/m~", "/a/b", "/foo/4294967296", "/foo/99999999999999999999",
  "#/foo",
};

static void
test_pointer_rfc (void)
{
  g_autoptr (JsonNode) root = tn_json_parse (rfc_document, -1, NULL, NULL);

  g_assert_true (tn_json_pointer_get (root, "") == root);
  for (guint i = 0; i < G_N_ELEMENTS (rfc_pointers); i++)
    {
      JsonNode *node = tn_json_pointer_get (root, rfc_pointers[i].pointer);
      g_autofree char *text = NULL;

      g_assert_nonnull (node);
      text = tn_json_to_string (node);
      g_assert_cmpstr (text, ==, rfc_pointers[i].value);
    }
}

static void
test_pointer_lost (void)
{
  g_autoptr (JsonNode) root = tn_json_parse (rfc_document, -1, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lost_pointers); i++)
    if (tn_json_pointer_get (root, lost_pointers[i]) != NULL)
      g_error ("“%s” leads somewhere", lost_pointers[i]);
}

/* "~01" is the member "~1", not "/" (RFC 6901, section 4). */
static void
test_pointer_join (void)
{
  static const char *const names[] = { "plain", "", "a/b", "m~n", "~1", "~0", "/", "~", "~01", "ä" };
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), object);
  g_autofree char *joined = tn_json_pointer_join ("/x", "a/b~c");

  g_assert_cmpstr (joined, ==, "/x/a~1b~0c");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    json_object_set_int_member (object, names[i], i);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *pointer = tn_json_pointer_join ("", names[i]);

      g_assert_cmpint (json_node_get_int (tn_json_pointer_get (root, pointer)), ==, i);
    }
}

static void
test_getters (void)
{
  g_autoptr (JsonObject) object = tn_json_parse_object (
    "{\"s\":\"x\",\"i\":7,\"d\":2.9,\"n\":-2.9,\"b\":true,\"o\":{\"k\":1},\"a\":[1],\"z\":null}", -1, NULL, NULL);

  g_assert_cmpstr (tn_json_get_string (object, "s", "-"), ==, "x");
  g_assert_cmpint (tn_json_get_int (object, "i", -1), ==, 7);
  g_assert_cmpint (tn_json_get_int (object, "d", -1), ==, 2);
  g_assert_cmpint (tn_json_get_int (object, "n", -1), ==, -2);
  g_assert_cmpfloat (tn_json_get_double (object, "d", -1), ==, 2.9);
  g_assert_cmpfloat (tn_json_get_double (object, "i", -1), ==, 7);
  g_assert_true (tn_json_get_boolean (object, "b", FALSE));
  g_assert_cmpint (tn_json_get_int (tn_json_get_object (object, "o"), "k", -1), ==, 1);
  g_assert_cmpuint (json_array_get_length (tn_json_get_array (object, "a")), ==, 1);
}

static void
check_all_fall_back (JsonObject *object, const char *member, const char *but)
{
  if (strcmp (but, "s") != 0)
    g_assert_cmpstr (tn_json_get_string (object, member, "-"), ==, "-");
  if (strcmp (but, "i") != 0)
    {
      g_assert_cmpint (tn_json_get_int (object, member, -5), ==, -5);
      g_assert_cmpfloat (tn_json_get_double (object, member, -5), ==, -5);
    }
  if (strcmp (but, "b") != 0)
    {
      g_assert_true (tn_json_get_boolean (object, member, TRUE));
      g_assert_false (tn_json_get_boolean (object, member, FALSE));
    }
  if (strcmp (but, "o") != 0)
    g_assert_null (tn_json_get_object (object, member));
  if (strcmp (but, "a") != 0)
    g_assert_null (tn_json_get_array (object, member));
}

static void
test_getters_fall_back (void)
{
  static const char *const members[] = { "s", "i", "b", "o", "a", "z", "absent" };
  g_autoptr (JsonObject) object
    = tn_json_parse_object ("{\"s\":\"1\",\"i\":7,\"b\":true,\"o\":{},\"a\":[],\"z\":null}", -1, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      check_all_fall_back (object, members[i], members[i]);
      check_all_fall_back (NULL, members[i], "");
    }
}

static void
test_int_range (void)
{
  g_autoptr (JsonObject) object = tn_json_parse_object (
    "{\"max\":9223372036854775807,\"min\":-9223372036854775808,\"over\":9223372036854775808,\"under\":-1e19,"
    "\"huge\":1e300,\"edge\":-9223372036854775808.0}",
    -1, NULL, NULL);

  g_assert_cmpint (tn_json_get_int (object, "max", 5), ==, G_MAXINT64);
  g_assert_cmpint (tn_json_get_int (object, "min", 5), ==, G_MININT64);
  g_assert_cmpint (tn_json_get_int (object, "edge", 5), ==, G_MININT64);
  g_assert_cmpint (tn_json_get_int (object, "over", 5), ==, 5);
  g_assert_cmpint (tn_json_get_int (object, "under", 5), ==, 5);
  g_assert_cmpint (tn_json_get_int (object, "huge", 5), ==, 5);
}

static void
check_double (double number, const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_double (json_node_alloc (), number);
  g_autofree char *written = tn_json_to_string (node);

  g_assert_cmpstr (written, ==, text);
}

static void
test_print_doubles (void)
{
  check_double (0.1, "0.1");
  check_double (1.0 / 3, "0.3333333333333333");
  check_double (0.1 + 0.2, "0.30000000000000004");
  check_double (1e20, "1e+20");
  check_double (5, "5.0");
  check_double (-0.0, "-0.0");
  check_double (5e-324, "4.94065645841247e-324");
  check_double (1.7976931348623157e308, "1.7976931348623157e+308");
  check_double (NAN, "null");
  check_double (-INFINITY, "null");
}

static void
test_print (void)
{
  static const char text[] = "{\"b\":[1,2.5,null,true,{}],\"a\":\"x\\\"\\\\\\n\\u0001é\"}";
  g_autoptr (JsonNode) node = tn_json_parse (text, -1, NULL, NULL);
  g_autoptr (JsonNode) none = json_node_init_string (json_node_alloc (), NULL);
  g_autofree char *from_node = tn_json_to_string (node);
  g_autofree char *from_object = tn_json_object_to_string (json_node_get_object (node));
  g_autofree char *from_none = tn_json_to_string (none);

  g_assert_cmpstr (from_node, ==, text);
  g_assert_cmpstr (from_object, ==, text);
  g_assert_cmpstr (from_none, ==, "null");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/pointer/rfc", test_pointer_rfc);
  g_test_add_func ("/json/pointer/lost", test_pointer_lost);
  g_test_add_func ("/json/pointer/join", test_pointer_join);
  g_test_add_func ("/json/get/values", test_getters);
  g_test_add_func ("/json/get/fall-back", test_getters_fall_back);
  g_test_add_func ("/json/get/int-range", test_int_range);
  g_test_add_func ("/json/print/doubles", test_print_doubles);
  g_test_add_func ("/json/print/all", test_print);
  return g_test_run ();
}
