/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-schema-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "tn-json.h"

#define NAME_MAX_BYTES 64

static const struct
{
  TnKind kind;
  const char *name;
  const char *noun;
} kinds[] = {
  { TN_KIND_STRING, "string", N_("a text") },
  { TN_KIND_INTEGER, "integer", N_("a whole number") },
  { TN_KIND_NUMBER, "number", N_("a number") },
  { TN_KIND_BOOLEAN, "boolean", N_("true or false") },
  { TN_KIND_ARRAY, "array", N_("a list, in [ ]") },
  { TN_KIND_OBJECT, "object", N_("an object, in { }") },
  { TN_KIND_NULL, "null", N_("null") },
};

static TnKind
kind_of_number (double number)
{
  return number == floor (number) ? TN_KIND_INTEGER | TN_KIND_NUMBER : TN_KIND_NUMBER;
}

TnKind
tn_kind_of (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return TN_KIND_OBJECT;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return TN_KIND_ARRAY;
  if (JSON_NODE_HOLDS_NULL (node))
    return TN_KIND_NULL;
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return TN_KIND_BOOLEAN;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return TN_KIND_STRING;
  return kind_of_number (json_node_get_double (node));
}

TnKind
tn_kind_from_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (name, kinds[i].name) == 0)
      return kinds[i].kind;
  return 0;
}

static char *
number_text (JsonObject *schema, const char *keyword)
{
  JsonNode *node = json_object_get_member (schema, keyword);

  return node != NULL && (tn_kind_of (node) & TN_KIND_NUMBER) ? tn_json_to_string (node) : NULL;
}

char *
tn_kind_describe (TnKind wanted, JsonObject *schema)
{
  g_autoptr (GPtrArray) nouns = g_ptr_array_new ();
  g_autofree char *noun = NULL, *least = NULL, *most = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (wanted & kinds[i].kind)
      g_ptr_array_add (nouns, (gpointer) _(kinds[i].noun));
  g_ptr_array_add (nouns, NULL);
  noun = g_strjoinv (_(" or "), (GStrv) nouns->pdata);
  if (wanted == TN_KIND_INTEGER || wanted == TN_KIND_NUMBER)
    {
      least = number_text (schema, "minimum");
      most = number_text (schema, "maximum");
    }
  if (least != NULL && most != NULL)
    return g_strdup_printf (_("must be %s from %s to %s"), noun, least, most);
  if (least != NULL)
    return g_strdup_printf (_("must be %s of at least %s"), noun, least);
  if (most != NULL)
    return g_strdup_printf (_("must be %s of at most %s"), noun, most);
  return g_strdup_printf (_("must be %s"), noun);
}

static gboolean
is_int64 (JsonNode *node)
{
  return json_node_get_value_type (node) == G_TYPE_INT64;
}

int
tn_number_compare (JsonNode *a, JsonNode *b)
{
  if (is_int64 (a) && is_int64 (b))
    return (json_node_get_int (a) > json_node_get_int (b)) - (json_node_get_int (a) < json_node_get_int (b));
  return (json_node_get_double (a) > json_node_get_double (b)) - (json_node_get_double (a) < json_node_get_double (b));
}

gboolean
tn_number_is_multiple (JsonNode *a, JsonNode *b)
{
  double quotient;

  if (is_int64 (a) && is_int64 (b))
    return json_node_get_int (a) % json_node_get_int (b) == 0;
  quotient = json_node_get_double (a) / json_node_get_double (b);
  if (!isfinite (quotient))
    return fmod (json_node_get_double (a), json_node_get_double (b)) == 0;
  return fabs (quotient - rint (quotient)) <= 1e-9 * MAX (1, fabs (quotient));
}

static void
append_number (GString *text, JsonNode *node)
{
  double number = json_node_get_double (node);
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (is_int64 (node))
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (number == floor (number) && fabs (number) < 0x1p63)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, (gint64) number);
  else
    g_string_append (text, g_ascii_dtostr (digits, sizeof digits, number));
}

static void append_canonical (GString *text, JsonNode *node, guint *budget);

static void
append_object (GString *text, JsonObject *object, guint *budget)
{
  g_autoptr (GList) names = g_list_sort (json_object_get_members (object), (GCompareFunc) strcmp);

  g_string_append_c (text, '{');
  for (GList *l = names; l != NULL && *budget > 0; l = l->next)
    {
      g_string_append_printf (text, "%zu:%s", strlen (l->data), (const char *) l->data);
      append_canonical (text, json_object_get_member (object, l->data), budget);
    }
  g_string_append_c (text, '}');
}

static void
append_array (GString *text, JsonArray *array, guint *budget)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < json_array_get_length (array) && *budget > 0; i++)
    append_canonical (text, json_array_get_element (array, i), budget);
  g_string_append_c (text, ']');
}

static void
append_canonical (GString *text, JsonNode *node, guint *budget)
{
  TnKind kind = tn_kind_of (node);
  gsize length = kind == TN_KIND_STRING ? strlen (json_node_get_string (node)) : 0;

  *budget -= MIN (*budget, 1 + length / 64);
  if (kind == TN_KIND_OBJECT)
    append_object (text, json_node_get_object (node), budget);
  else if (kind == TN_KIND_ARRAY)
    append_array (text, json_node_get_array (node), budget);
  else if (kind == TN_KIND_STRING)
    g_string_append_printf (text, "%zu\"%s", length, json_node_get_string (node));
  else if (kind == TN_KIND_BOOLEAN)
    g_string_append_c (text, json_node_get_boolean (node) ? 't' : 'f');
  else if (kind == TN_KIND_NULL)
    g_string_append_c (text, 'n');
  else
    append_number (text, node);
  g_string_append_c (text, ',');
}

char *
tn_node_canonical (JsonNode *node, guint *budget)
{
  GString *text = g_string_new (NULL);

  append_canonical (text, node, budget);
  return g_string_free (text, FALSE);
}

/* Optimal string alignment distance over bytes without regard to ASCII case; both at most NAME_MAX_BYTES long. */
static guint
distance (const char *a, const char *b)
{
  guint rows[3][NAME_MAX_BYTES + 1];
  guint n = strlen (a), m = strlen (b);

  for (guint j = 0; j <= m; j++)
    rows[0][j] = j;
  for (guint i = 1; i <= n; i++)
    {
      guint *row = rows[i % 3], *above = rows[(i + 2) % 3], *second = rows[(i + 1) % 3];

      row[0] = i;
      for (guint j = 1; j <= m; j++)
        {
          char c = g_ascii_tolower (a[i - 1]), d = g_ascii_tolower (b[j - 1]);

          row[j] = MIN (MIN (above[j], row[j - 1]) + 1, above[j - 1] + (c != d));
          if (i > 1 && j > 1 && c == g_ascii_tolower (b[j - 2]) && d == g_ascii_tolower (a[i - 2]))
            row[j] = MIN (row[j], second[j - 2] + 1);
        }
    }
  return rows[n % 3][m];
}

const char *
tn_nearest_name (const char *typo, GList *names)
{
  const char *nearest = NULL;
  guint best = MAX (1, strlen (typo) / 3) + 1;

  if (strlen (typo) > NAME_MAX_BYTES)
    return NULL;
  for (GList *l = names; l != NULL; l = l->next)
    if (strlen (l->data) <= NAME_MAX_BYTES)
      {
        guint d = distance (typo, l->data);

        if (d < best)
          {
            best = d;
            nearest = l->data;
          }
      }
  return nearest;
}
