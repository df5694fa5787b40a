/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-json.h"

#include <math.h>
#include <string.h>

/* A writer of its own, because json-glib's writes a large number as 1e+20.0, which is no JSON. */

static void
append_text (GString *out, const char *text)
{
  static const char letters[] = "\"\\bfnrt", meanings[] = "\"\\\b\f\n\r\t";

  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      const char *meaning = strchr (meanings, *p);

      if (meaning != NULL)
        g_string_append_printf (out, "\\%c", letters[meaning - meanings]);
      else if (g_ascii_iscntrl (*p))
        g_string_append_printf (out, "\\u%04x", *p);
      else
        g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

/* The shortest digits that are read back as the same number; what is not finite is null, as JavaScript writes it. */
static void
append_double (GString *out, double number)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number))
    {
      g_string_append (out, "null");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_ascii_strtod (g_ascii_formatd (digits, sizeof digits, formats[i], number), NULL) == number)
      break;
  g_string_append (out, digits);
  if (strpbrk (digits, ".e") == NULL)
    g_string_append (out, ".0");
}

static void
append_value (GString *out, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_INT64)
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_DOUBLE)
    append_double (out, json_node_get_double (node));
  else if (json_node_get_string (node) != NULL)
    append_text (out, json_node_get_string (node));
  else
    g_string_append (out, "null");
}

/* @depth: of what is written, for lines of their own; -1 for one line with all */
static void append_node (GString *out, JsonNode *node, int depth);

static int
deeper (int depth)
{
  return depth < 0 ? depth : depth + 1;
}

static void
begin_line (GString *out, int depth)
{
  if (depth >= 0)
    g_string_append_printf (out, "\n%*s", 2 * depth, "");
}

static void
append_object (GString *out, JsonObject *object, int depth)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  gboolean first = TRUE;

  g_string_append_c (out, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_string_append (out, first ? "" : ",");
      begin_line (out, deeper (depth));
      append_text (out, name);
      g_string_append (out, depth < 0 ? ":" : ": ");
      append_node (out, node, deeper (depth));
      first = FALSE;
    }
  if (!first)
    begin_line (out, depth);
  g_string_append_c (out, '}');
}

static void
append_array (GString *out, JsonArray *array, int depth)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_string_append (out, i > 0 ? "," : "");
      begin_line (out, deeper (depth));
      append_node (out, json_array_get_element (array, i), deeper (depth));
    }
  if (json_array_get_length (array) > 0)
    begin_line (out, depth);
  g_string_append_c (out, ']');
}

static void
append_node (GString *out, JsonNode *node, int depth)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    append_object (out, json_node_get_object (node), depth);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    append_array (out, json_node_get_array (node), depth);
  else if (JSON_NODE_HOLDS_VALUE (node))
    append_value (out, node);
  else
    g_string_append (out, "null");
}

char *
tn_json_to_string (JsonNode *node)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (node != NULL, g_string_free (out, FALSE));

  append_node (out, node, -1);
  return g_string_free (out, FALSE);
}

char *
tn_json_to_lines (JsonNode *node)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (node != NULL, g_string_free (out, FALSE));

  append_node (out, node, 0);
  g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}

char *
tn_json_object_to_string (JsonObject *object)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (object != NULL, g_string_free (out, FALSE));

  append_object (out, object, -1);
  return g_string_free (out, FALSE);
}
