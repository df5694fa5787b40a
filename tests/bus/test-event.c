/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tn-bus.h"
#include "tn-clock.h"
#include "tn-json.h"

#define SOURCE "tn:/aaaabbbbccccdddd/tile1"

static gint64
moment_us (void)
{
  return G_GINT64_CONSTANT (1700000000123456);
}

static void
zeros (guint8 *buffer, gsize length)
{
  memset (buffer, 0, length);
}

static const TnClockSource fixed_clock = { moment_us, moment_us, zeros };

static JsonNode *
parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = tn_json_parse (json, -1, NULL, &error);

  g_assert_no_error (error);
  return node;
}

static JsonNode *
in_array (JsonNode *node)
{
  g_autoptr (JsonArray) array = json_array_new ();

  json_array_add_int_element (array, 1);
  json_array_add_element (array, node);
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
in_object (JsonNode *node)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_int_member (object, "flat", 1);
  json_object_set_member (object, "deep", node);
  return json_node_init_object (json_node_alloc (), object);
}

typedef JsonNode *(*Wrap) (JsonNode *node);

static JsonNode *
nested (guint depth, Wrap wrap)
{
  JsonNode *node = json_node_init_int (json_node_alloc (), 1);

  for (guint i = 0; i < depth; i++)
    node = wrap (node);
  return node;
}

static JsonNode *
text_node (gsize length)
{
  g_autofree char *text = g_strnfill (length, 'x');

  return json_node_init_string (json_node_alloc (), text);
}

static void
test_envelope (void)
{
  g_autoptr (JsonNode) data = parse ("{\"id\": 7, \"tags\": [\"a\", null]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (TnEvent) event = NULL;

  tn_clock_set_source (&fixed_clock);
  event = tn_event_new (SOURCE, "todo.item.done", data, &error);
  tn_clock_set_source (NULL);
  g_assert_no_error (error);
  g_assert_cmpstr (tn_event_get_json (event), ==,
                   "{\"specversion\":\"1.0\",\"id\":\"00000000-0000-4000-8000-000000000000\","
                   "\"source\":\"" SOURCE "\",\"type\":\"todo.item.done\",\"time\":\"2023-11-14T22:13:20.123Z\","
                   "\"datacontenttype\":\"application/json\",\"data\":{\"id\":7,\"tags\":[\"a\",null]}}");
  g_assert_cmpint (tn_event_get_time_us (event), ==, G_GINT64_CONSTANT (1700000000123000));
  g_assert_true (tn_event_get_data (event) == data);
}

static void
test_without_data (void)
{
  g_autoptr (TnEvent) event = tn_event_new (TN_EVENT_HOST_SOURCE, "host.theme", NULL, NULL);
  g_autoptr (JsonObject) envelope = tn_json_parse_object (tn_event_get_json (event), -1, NULL, NULL);

  g_assert_null (tn_event_get_data (event));
  g_assert_false (json_object_has_member (envelope, "data"));
  g_assert_false (json_object_has_member (envelope, "datacontenttype"));
  g_assert_cmpstr (json_object_get_string_member (envelope, "source"), ==, "tn:/host");
}

static void
assert_same (TnEvent *a, TnEvent *b)
{
  g_assert_cmpstr (tn_event_get_id (a), ==, tn_event_get_id (b));
  g_assert_cmpstr (tn_event_get_source (a), ==, tn_event_get_source (b));
  g_assert_cmpstr (tn_event_get_event_type (a), ==, tn_event_get_event_type (b));
  g_assert_cmpint (tn_event_get_time_us (a), ==, tn_event_get_time_us (b));
  g_assert_cmpstr (tn_event_get_json (a), ==, tn_event_get_json (b));
}

static void
test_round_trip (void)
{
  static const char *const payloads[] = {
    "null", "true", "-1", "0.5", "9007199254740993", "\"\"", "\"a\\\"b\\\\c\\n\\u0007é😀\"", "[]", "{}",
    "{\"\":[[[{\"a\":{}}]]]}", "[1,\"two\",null,false,{\"type\":\"other\",\"source\":\"tn:/host\"}]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autoptr (JsonNode) data = parse (payloads[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (TnEvent) event = tn_event_new (SOURCE, "a.b", data, NULL);
      g_autoptr (TnEvent) again = tn_event_from_json (tn_event_get_json (event), &error);

      g_test_message ("%s", payloads[i]);
      g_assert_no_error (error);
      assert_same (event, again);
      g_assert_true (json_node_equal (data, tn_event_get_data (again)));
    }
}

static void
test_ids_differ (void)
{
  g_autoptr (TnEvent) a = tn_event_new (SOURCE, "a", NULL, NULL);
  g_autoptr (TnEvent) b = tn_event_new (SOURCE, "a", NULL, NULL);

  g_assert_cmpstr (tn_event_get_id (a), !=, tn_event_get_id (b));
}

static void
test_bad_type (void)
{
  static const char *const types[] = { "", "todo.*", ">", "a..b", "todo item", "a\nb" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (tn_event_new (SOURCE, types[i], NULL, &error));
      g_assert_error (error, TN_BUS_ERROR, TN_BUS_ERROR_TYPE);
      g_assert_null (strchr (error->message, '\n'));
    }
}

/* A text of n characters is n + 2 bytes of JSON. */
static void
test_size (void)
{
  g_autoptr (JsonNode) largest = text_node (TN_EVENT_MAX_BYTES - 2);
  g_autoptr (JsonNode) too_large = text_node (TN_EVENT_MAX_BYTES - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnEvent) event = tn_event_new (SOURCE, "a", largest, &error);
  g_autoptr (TnEvent) again = NULL;

  g_assert_no_error (error);
  again = tn_event_from_json (tn_event_get_json (event), &error);
  g_assert_no_error (error);
  assert_same (event, again);
  g_assert_null (tn_event_new (SOURCE, "a", too_large, &error));
  g_assert_error (error, TN_BUS_ERROR, TN_BUS_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "262145"));
}

static void
test_depth (gconstpointer wrap)
{
  g_autoptr (JsonNode) deepest = nested (TN_EVENT_MAX_DEPTH, (Wrap) wrap);
  g_autoptr (JsonNode) too_deep = nested (TN_EVENT_MAX_DEPTH + 1, (Wrap) wrap);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnEvent) event = tn_event_new (SOURCE, "a", deepest, &error);
  g_autoptr (TnEvent) again = NULL;

  g_assert_no_error (error);
  g_assert_true (json_node_is_immutable (deepest));
  again = tn_event_from_json (tn_event_get_json (event), &error);
  g_assert_no_error (error);
  assert_same (event, again);
  g_assert_null (tn_event_new (SOURCE, "a", too_deep, &error));
  g_assert_error (error, TN_BUS_ERROR, TN_BUS_ERROR_TOO_DEEP);
  g_assert_false (json_node_is_immutable (too_deep));
}

static void
test_foreign_envelope (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnEvent) event = tn_event_from_json (
    "{ \"type\": \"a.b\", \"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/x\", \"traceparent\": \"00-1\","
    " \"time\": \"2023-11-15T00:13:20.5+02:00\" }", &error);
  g_autoptr (TnEvent) timeless = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (tn_event_get_time_us (event), ==, G_GINT64_CONSTANT (1700000000500000));
  g_assert_nonnull (strstr (tn_event_get_json (event), "\"traceparent\":\"00-1\""));
  g_assert_null (tn_event_get_data (event));

  timeless = tn_event_from_json ("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/x\",\"type\":\"a\"}", &error);
  g_assert_no_error (error);
  g_assert_cmpint (tn_event_get_time_us (timeless), ==, 0);
}

static void
test_not_an_envelope (void)
{
  static const struct
  {
    const char *json, *named;
  } cases[] = {
    { "", "JSON" },
    { "[]", "object" },
    { "{\"id\":\"1\",\"source\":\"/x\",\"type\":\"a\"}", "specversion" },
    { "{\"specversion\":\"0.3\",\"id\":\"1\",\"source\":\"/x\",\"type\":\"a\"}", "specversion" },
    { "{\"specversion\":\"1.0\",\"source\":\"/x\",\"type\":\"a\"}", "“id”" },
    { "{\"specversion\":\"1.0\",\"id\":7,\"source\":\"/x\",\"type\":\"a\"}", "“id”" },
    { "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"\",\"type\":\"a\"}", "“source”" },
    { "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/x\",\"type\":\"a.*\"}", "“type”" },
    { "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/x\",\"type\":\"a\",\"time\":\"noon\"}", "“time”" },
    { "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/x\",\"type\":\"a\",\"time\":7}", "“time”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].json);
      g_assert_null (tn_event_from_json (cases[i].json, &error));
      g_assert_error (error, TN_BUS_ERROR, TN_BUS_ERROR_ENVELOPE);
      g_assert_nonnull (strstr (error->message, cases[i].named));
    }
}

static void
test_boxed (void)
{
  g_auto (GValue) value = G_VALUE_INIT;
  TnEvent *event = tn_event_new (SOURCE, "a", NULL, NULL);

  g_value_init (&value, TN_TYPE_EVENT);
  g_value_set_boxed (&value, event);
  tn_event_unref (event);
  g_assert_true (g_value_get_boxed (&value) == event);
  g_assert_cmpstr (tn_event_get_event_type (g_value_get_boxed (&value)), ==, "a");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event/envelope", test_envelope);
  g_test_add_func ("/event/without-data", test_without_data);
  g_test_add_func ("/event/round-trip", test_round_trip);
  g_test_add_func ("/event/ids-differ", test_ids_differ);
  g_test_add_func ("/event/bad-type", test_bad_type);
  g_test_add_func ("/event/size", test_size);
  g_test_add_data_func ("/event/depth/arrays", in_array, test_depth);
  g_test_add_data_func ("/event/depth/objects", in_object, test_depth);
  g_test_add_func ("/event/foreign-envelope", test_foreign_envelope);
  g_test_add_func ("/event/not-an-envelope", test_not_an_envelope);
  g_test_add_func ("/event/boxed", test_boxed);
  return g_test_run ();
}
