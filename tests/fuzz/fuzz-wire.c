/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "tn-json.h"
#include "tn-wire.h"

#include <string.h>

/* The page may name any number; only the next one is taken. */
#define NEXT 7

typedef struct
{
  guint depth, deepest;
} Dive;

static void
dive (Dive *self, JsonNode *node)
{
  self->depth++;
  self->deepest = MAX (self->deepest, self->depth);
  if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      dive (self, json_array_get_element (json_node_get_array (node), i));
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      JsonNode *member;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, NULL, &member))
        dive (self, member);
    }
  self->depth--;
}

/* What goes back to the page, which reads it as JSON. */
static void
check_answer (char *text, const char *member)
{
  g_autofree char *owned = text;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = tn_json_parse_object (text, -1, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (tn_json_get_int (answer, "id", 0), ==, NEXT);
  g_assert_true (json_object_has_member (answer, member));
}

static void
check_refused (TnWireCode code, const char *reason)
{
  g_assert_true (code == TN_WIRE_PARSE || code == TN_WIRE_REQUEST);
  g_assert_true (reason != NULL && *reason != '\0' && strlen (reason) < 1024);
  g_assert_true (g_utf8_validate (reason, -1, NULL));
  check_answer (tn_wire_error (NEXT, code, reason), "error");
}

/* What is taken stays what it is on its way to the store or to another page, and back. */
static void
check_taken (TnWireMessage *message)
{
  g_autoptr (JsonNode) params = json_node_init_object (json_node_alloc (), message->params);
  g_autofree char *text = tn_json_to_string (params);
  Dive depth = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) again = tn_json_parse (text, -1, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (json_node_equal (params, again));
  g_assert_cmpuint (message->id, ==, NEXT);
  dive (&depth, params);
  g_assert_cmpuint (depth.deepest, <=, TN_JSON_CAPS_DEFAULT.max_depth);
  g_assert_true (g_utf8_validate (message->method, -1, NULL));
  check_answer (tn_wire_result (NEXT, json_node_copy (params)), "result");
}

/* All of the input is one message, as the bridge gets it of the page. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *reason = NULL;
  TnWireCode code = 0;
  g_autoptr (TnWireMessage) message = tn_wire_parse ((const char *) data, size, NEXT, &code, &reason);

  if (message == NULL)
    check_refused (code, reason);
  else
    check_taken (message);
  return 0;
}
