/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-json.h"
#include "tn-wire.h"

#include <string.h>

static void
assert_refused (const char *text, guint64 expected, TnWireCode wanted)
{
  g_autofree char *reason = NULL;
  TnWireCode code = 0;

  g_assert_null (tn_wire_parse (text, strlen (text), expected, &code, &reason));
  g_assert_cmpint (code, ==, wanted);
  g_assert_cmpstr (reason, !=, NULL);
}

static void
test_parse (void)
{
  const char *text = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"bus.emit\",\"params\":{\"type\":\"a.b\"}}";
  g_autofree char *reason = NULL;
  TnWireCode code = 0;
  g_autoptr (TnWireMessage) message = tn_wire_parse (text, strlen (text), 7, &code, &reason);

  g_assert_nonnull (message);
  g_assert_cmpuint (message->id, ==, 7);
  g_assert_cmpstr (message->method, ==, "bus.emit");
  g_assert_cmpstr (tn_json_get_string (message->params, "type", NULL), ==, "a.b");
}

static void
test_sequence (void)
{
  assert_refused ("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"m\",\"params\":{}}", 8, TN_WIRE_REQUEST);
  assert_refused ("{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"m\",\"params\":{}}", 8, TN_WIRE_REQUEST);
  assert_refused ("{\"jsonrpc\":\"2.0\",\"id\":\"8\",\"method\":\"m\",\"params\":{}}", 8, TN_WIRE_REQUEST);
  assert_refused ("{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":{}}", 8, TN_WIRE_REQUEST);
}

static void
test_shape (void)
{
  assert_refused ("", 1, TN_WIRE_PARSE);
  assert_refused ("{", 1, TN_WIRE_PARSE);
  assert_refused ("[]", 1, TN_WIRE_PARSE);
  assert_refused ("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"m\",\"params\":{}}", 1, TN_WIRE_REQUEST);
  assert_refused ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5,\"params\":{}}", 1, TN_WIRE_REQUEST);
  assert_refused ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":[]}", 1, TN_WIRE_REQUEST);
  assert_refused ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}", 1, TN_WIRE_REQUEST);
}

static void
test_caps (void)
{
  g_autofree char *large = g_malloc (TN_JSON_CAPS_DEFAULT.max_bytes + 2);
  GString *deep = g_string_new ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":");

  memset (large, ' ', TN_JSON_CAPS_DEFAULT.max_bytes + 1);
  large[TN_JSON_CAPS_DEFAULT.max_bytes + 1] = '\0';
  assert_refused (large, 1, TN_WIRE_PARSE);
  for (int i = 0; i < 20000; i++)
    g_string_append (deep, "{\"a\":");
  assert_refused (deep->str, 1, TN_WIRE_PARSE);
  g_string_free (deep, TRUE);
}

static void
test_answers (void)
{
  g_autofree char *empty = tn_wire_result (3, NULL);
  g_autofree char *error = tn_wire_error (4, TN_WIRE_REFUSED, "no \"way\"");
  g_autofree char *request = tn_wire_request (5, "mount", NULL);

  g_assert_cmpstr (empty, ==, "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":null}");
  g_assert_cmpstr (error, ==,
                   "{\"jsonrpc\":\"2.0\",\"id\":4,\"error\":{\"code\":-32001,\"message\":\"no \\\"way\\\"\"}}");
  g_assert_cmpstr (request, ==, "{\"jsonrpc\":\"2.0\",\"seq\":5,\"method\":\"mount\",\"params\":null}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/wire/parse", test_parse);
  g_test_add_func ("/runtime/wire/sequence", test_sequence);
  g_test_add_func ("/runtime/wire/shape", test_shape);
  g_test_add_func ("/runtime/wire/caps", test_caps);
  g_test_add_func ("/runtime/wire/answers", test_answers);
  return g_test_run ();
}
