/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (tn-json-error-quark, tn_json_error)

const TnJsonCaps TN_JSON_CAPS_DEFAULT = { 1024 * 1024, 64 };

JsonObject *
tn_json_parse_object (const char *text, gssize length, const TnJsonCaps *caps, GError **error)
{
  g_autoptr (JsonNode) root = tn_json_parse (text, length, caps, error);

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, TN_JSON_ERROR, TN_JSON_ERROR_SHAPE, _("The JSON is not an object"));
      return NULL;
    }
  return json_object_ref (json_node_get_object (root));
}

/* RFC 6901, section 4: "~1" first, then "~0"; no other "~" is valid. Returns: (nullable) */
static char *
unescape (const char *token, gsize length)
{
  GString *text = g_string_new_len (token, length);

  for (const char *tilde = strchr (text->str, '~'); tilde != NULL; tilde = strchr (tilde + 1, '~'))
    if (tilde[1] != '0' && tilde[1] != '1')
      {
        g_string_free (text, TRUE);
        return NULL;
      }
  g_string_replace (text, "~1", "/", 0);
  g_string_replace (text, "~0", "~", 0);
  return g_string_free (text, FALSE);
}

static JsonNode *
step (JsonNode *node, const char *token)
{
  guint64 index;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), token);
  if (JSON_NODE_HOLDS_ARRAY (node) && (token[0] != '0' || token[1] == '\0')
      && g_ascii_string_to_unsigned (token, 10, 0, G_MAXUINT, &index, NULL)
      && index < json_array_get_length (json_node_get_array (node)))
    return json_array_get_element (json_node_get_array (node), index);
  return NULL;
}

JsonNode *
tn_json_pointer_get (JsonNode *root, const char *pointer)
{
  JsonNode *node = root;

  g_return_val_if_fail (pointer != NULL, NULL);

  if (*pointer != '\0' && *pointer != '/')
    return NULL;
  while (node != NULL && *pointer == '/')
    {
      gsize length = strcspn (++pointer, "/");
      g_autofree char *token = unescape (pointer, length);

      node = token != NULL ? step (node, token) : NULL;
      pointer += length;
    }
  return node;
}

char *
tn_json_pointer_join (const char *pointer, const char *member)
{
  GString *text = g_string_new (member);

  g_string_replace (text, "~", "~0", 0);
  g_string_replace (text, "/", "~1", 0);
  g_string_prepend_c (text, '/');
  g_string_prepend (text, pointer);
  return g_string_free (text, FALSE);
}

static JsonNode *
get_value (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

static gboolean
is_number (JsonNode *node)
{
  return node != NULL
         && (json_node_get_value_type (node) == G_TYPE_INT64 || json_node_get_value_type (node) == G_TYPE_DOUBLE);
}

const char *
tn_json_get_string (JsonObject *object, const char *member, const char *fallback)
{
  JsonNode *node = get_value (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : fallback;
}

gint64
tn_json_get_int (JsonObject *object, const char *member, gint64 fallback)
{
  JsonNode *node = get_value (object, member);
  double number;

  if (!is_number (node))
    return fallback;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  number = json_node_get_double (node);
  /* Outside of this range the conversion is undefined. */
  return number >= -0x1p63 && number < 0x1p63 ? (gint64) number : fallback;
}

double
tn_json_get_double (JsonObject *object, const char *member, double fallback)
{
  JsonNode *node = get_value (object, member);

  return is_number (node) ? json_node_get_double (node) : fallback;
}

gboolean
tn_json_get_boolean (JsonObject *object, const char *member, gboolean fallback)
{
  JsonNode *node = get_value (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN ? json_node_get_boolean (node) : fallback;
}

JsonObject *
tn_json_get_object (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
tn_json_get_array (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}
