/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (tn-json-error-quark, tn_json_error)

const TnJsonCaps TN_JSON_CAPS_DEFAULT = { 1024 * 1024, 64 };

/* json-glib's parser recurses, so depth is judged first, by brackets outside of strings. */
static guint
measure_depth (const char *text, gsize length)
{
  guint depth = 0, deepest = 0;
  gboolean in_string = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (in_string)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            in_string = FALSE;
        }
      else if (c == '"')
        in_string = TRUE;
      else if (c == '{' || c == '[')
        deepest = MAX (deepest, ++depth);
      else if ((c == '}' || c == ']') && depth > 0)
        depth--;
    }
  return deepest;
}

static gboolean
check_caps (const char *text, gsize length, const TnJsonCaps *caps, GError **error)
{
  const char *bad;

  if (length > caps->max_bytes)
    g_set_error (error, TN_JSON_ERROR, TN_JSON_ERROR_TOO_LARGE, _("The JSON is %zu bytes long; at most %zu are taken"),
                 length, caps->max_bytes);
  else if (!g_utf8_validate_len (text, length, &bad))
    g_set_error (error, TN_JSON_ERROR, TN_JSON_ERROR_SYNTAX, _("The JSON is not UTF-8 at byte %zu"),
                 (gsize) (bad - text));
  else if (measure_depth (text, length) > caps->max_depth)
    g_set_error (error, TN_JSON_ERROR, TN_JSON_ERROR_TOO_DEEP, _("The JSON is nested deeper than %u"),
                 caps->max_depth);
  else
    return TRUE;
  return FALSE;
}

JsonNode *
tn_json_parse (const char *text, gssize length, const TnJsonCaps *caps, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local = NULL;
  JsonNode *root;

  g_return_val_if_fail (text != NULL, NULL);

  if (length < 0)
    length = strlen (text);
  if (!check_caps (text, length, caps != NULL ? caps : &TN_JSON_CAPS_DEFAULT, error))
    return NULL;
  if (!json_parser_load_from_data (parser, text, length, &local))
    {
      g_set_error (error, TN_JSON_ERROR, TN_JSON_ERROR_SYNTAX, _("Not JSON, line %u: %s"),
                   json_parser_get_current_line (parser), local->message);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL)
    {
      g_set_error_literal (error, TN_JSON_ERROR, TN_JSON_ERROR_SYNTAX, _("The JSON is empty"));
      return NULL;
    }
  return json_node_ref (root);
}

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

char *
tn_json_to_string (JsonNode *node)
{
  return json_to_string (node, FALSE);
}

char *
tn_json_object_to_string (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, FALSE);
}

/* RFC 6901, section 4: "~1" first, then "~0". */
static char *
unescape (const char *token, gsize length)
{
  GString *text = g_string_new_len (token, length);

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

      node = step (node, token);
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

  return is_number (node) ? json_node_get_int (node) : fallback;
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
