/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-json.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* A reader of its own, because json-glib's takes much that is not JSON (comments, 'a', 0x10, 01, a second document),
 * which hides brackets from a count of the depth, and changes values silently: 1e20 written out becomes -1, a text ends
 * at \u0000. Grammar: RFC 8259; what is refused beyond it is refused by I-JSON too (RFC 7493), or can't be held. */

typedef struct
{
  const char *start;
  const char *p;
  const char *end;
  guint depth;
  guint max_depth;
  guint spare; /* members that may still come in objects that are full */
  GError **error;
} Reader;

/* Names of a full object are counted by their hashes' kind. With the most that is spared, eight come to a crowd: names
 * that fill one were made for it. */
#define CROWD_BITS 12
#define MAX_CROWD 64

static JsonNode *read_value (Reader *r);

static void G_GNUC_PRINTF (3, 4)
fail (Reader *r, TnJsonErrorCode code, const char *format, ...)
{
  g_autofree char *message = NULL;
  const char *line_start = r->start;
  guint line = 1;
  va_list arguments;

  for (const char *c = r->start; c < r->p; c++)
    if (*c == '\n')
      {
        line++;
        line_start = c + 1;
      }
  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (r->error, TN_JSON_ERROR, code, _("The JSON can't be read at line %u, column %ld: %s"), line,
               g_utf8_strlen (line_start, r->p - line_start) + 1, message);
}

static gboolean
fail_unexpected (Reader *r, const char *wanted)
{
  gunichar c = r->p < r->end ? g_utf8_get_char (r->p) : 0;
  char shown[8] = { 0 };

  if (c == 0)
    fail (r, TN_JSON_ERROR_SYNTAX, _("it ends where %s should be"), wanted);
  else if (!g_unichar_isgraph (c))
    fail (r, TN_JSON_ERROR_SYNTAX, _("U+%04X stands where %s should be"), c, wanted);
  else
    {
      g_unichar_to_utf8 (c, shown);
      fail (r, TN_JSON_ERROR_SYNTAX, _("“%s” stands where %s should be"), shown, wanted);
    }
  return FALSE;
}

static char
peek (Reader *r)
{
  return r->p < r->end ? *r->p : '\0';
}

static void
skip_space (Reader *r)
{
  while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' || *r->p == '\n' || *r->p == '\r'))
    r->p++;
}

static gboolean
take (Reader *r, char c)
{
  gboolean there = peek (r) == c && r->p < r->end;

  r->p += there;
  return there;
}

static gsize
skip_digits (Reader *r)
{
  const char *first = r->p;

  while (g_ascii_isdigit (peek (r)))
    r->p++;
  return r->p - first;
}

/* Returns: whether a number of that grammar was passed over; @whole: it has neither fraction nor exponent */
static gboolean
skip_number (Reader *r, gboolean *whole)
{
  gboolean fraction, exponent;

  take (r, '-');
  if (!take (r, '0') && skip_digits (r) == 0)
    return fail_unexpected (r, _("a digit"));
  if ((fraction = take (r, '.')) && skip_digits (r) == 0)
    return fail_unexpected (r, _("a digit"));
  if ((exponent = take (r, 'e') || take (r, 'E')))
    {
      if (!take (r, '+'))
        take (r, '-');
      if (skip_digits (r) == 0)
        return fail_unexpected (r, _("a digit"));
    }
  *whole = !fraction && !exponent;
  return TRUE;
}

static JsonNode *
read_number (Reader *r)
{
  const char *first = r->p;
  g_autofree char *text = NULL;
  gboolean whole = FALSE;
  gint64 integer;
  double number;

  if (!skip_number (r, &whole))
    return NULL;
  text = g_strndup (first, r->p - first);
  errno = 0;
  integer = whole ? g_ascii_strtoll (text, NULL, 10) : 0;
  if (whole && errno == 0)
    return json_node_init_int (json_node_alloc (), integer);
  number = g_ascii_strtod (text, NULL);
  if (isfinite (number))
    return json_node_init_double (json_node_alloc (), number);
  r->p = first;
  fail (r, TN_JSON_ERROR_SYNTAX, _("the number is too large"));
  return NULL;
}

/* Four hexadecimal digits; -1 where there are none. */
static int
read_unit (Reader *r)
{
  int unit = 0;

  for (guint i = 0; i < 4; i++, r->p++)
    {
      if (!g_ascii_isxdigit (peek (r)))
        {
          fail_unexpected (r, _("a hexadecimal digit"));
          return -1;
        }
      unit = unit * 16 + g_ascii_xdigit_value (*r->p);
    }
  return unit;
}

/* Behind "\u". A pair of surrogates is one character (RFC 8259, section 7). */
static gboolean
read_code_point (Reader *r, GString *text)
{
  int low, c = read_unit (r);

  if (c < 0)
    return FALSE;
  if (c >= 0xd800 && c < 0xdc00 && r->end - r->p >= 2 && r->p[0] == '\\' && r->p[1] == 'u')
    {
      r->p += 2;
      low = read_unit (r);
      if (low < 0)
        return FALSE;
      c = low >= 0xdc00 && low < 0xe000 ? 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00) : c;
    }
  if (c == 0)
    fail (r, TN_JSON_ERROR_SYNTAX, _("a text with the character U+0000 can't be held"));
  else if (c >= 0xd800 && c < 0xe000)
    fail (r, TN_JSON_ERROR_SYNTAX, _("a text has half of a surrogate pair, which is no character"));
  else
    g_string_append_unichar (text, c);
  return c != 0 && (c < 0xd800 || c >= 0xe000);
}

static gboolean
read_escape (Reader *r, GString *text)
{
  static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
  const char *letter = peek (r) != '\0' ? strchr (letters, *r->p) : NULL;

  if (letter != NULL)
    {
      g_string_append_c (text, meanings[letter - letters]);
      r->p++;
      return TRUE;
    }
  return take (r, 'u') ? read_code_point (r, text) : fail_unexpected (r, _("one of \" \\ / b f n r t u"));
}

/* Returns: (transfer full) (nullable) */
static char *
read_text (Reader *r)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!take (r, '"'))
    {
      fail_unexpected (r, _("a text in \" \""));
      return NULL;
    }
  while (!take (r, '"'))
    {
      const char *first = r->p;

      while (r->p < r->end && (guchar) *r->p >= 0x20 && *r->p != '"' && *r->p != '\\')
        r->p++;
      g_string_append_len (text, first, r->p - first);
      if (peek (r) == '"')
        continue;
      if (take (r, '\\') ? !read_escape (r, text) : !fail_unexpected (r, _("the \" that ends a text")))
        return NULL;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static JsonNode *
read_string (Reader *r)
{
  g_autofree char *text = read_text (r);

  return text != NULL ? json_node_init_string (json_node_alloc (), text) : NULL;
}

static JsonNode *
read_literal (Reader *r)
{
  static const struct
  {
    const char *word;
    JsonNodeType type;
    gboolean value;
  } literals[] = { { "true", JSON_NODE_VALUE, TRUE }, { "false", JSON_NODE_VALUE, FALSE }, { "null", JSON_NODE_NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (literals); i++)
    {
      gsize length = strlen (literals[i].word);

      if (r->end - r->p < length || memcmp (r->p, literals[i].word, length) != 0)
        continue;
      r->p += length;
      return literals[i].type == JSON_NODE_NULL ? json_node_init_null (json_node_alloc ())
                                                : json_node_init_boolean (json_node_alloc (), literals[i].value);
    }
  fail_unexpected (r, _("a value"));
  return NULL;
}

/* A name that stood there before counts again: finding it takes as long as there are names. */
static gboolean
take_spare (Reader *r, const char *name, guint size, guint8 **crowds)
{
  if (*crowds == NULL)
    *crowds = g_malloc0 (1 << CROWD_BITS);
  if (r->spare == 0)
    fail (r, TN_JSON_ERROR_TOO_LARGE, _("an object has too many members (%u)"), size);
  else if (++(*crowds)[g_str_hash (name) * 2654435769u >> (32 - CROWD_BITS)] > MAX_CROWD)
    fail (r, TN_JSON_ERROR_TOO_LARGE, _("an object has too many members with names that are stored alike"));
  else
    return r->spare-- > 0;
  return FALSE;
}

static gboolean
read_member (Reader *r, JsonObject *object, guint8 **crowds)
{
  g_autofree char *name = NULL;
  JsonNode *value;

  skip_space (r);
  name = read_text (r);
  if (name == NULL)
    return FALSE;
  skip_space (r);
  if (!take (r, ':'))
    return fail_unexpected (r, ":");
  value = read_value (r);
  if (value == NULL)
    return FALSE;
  json_object_set_member (object, name, value);
  return json_object_get_size (object) <= TN_JSON_MAX_MEMBERS
         || take_spare (r, name, json_object_get_size (object), crowds);
}

static JsonNode *
read_object (Reader *r)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree guint8 *crowds = NULL;

  r->p++;
  skip_space (r);
  if (!take (r, '}'))
    for (;;)
      {
        if (!read_member (r, object, &crowds))
          return NULL;
        skip_space (r);
        if (take (r, '}'))
          break;
        if (!take (r, ','))
          {
            fail_unexpected (r, _(", or }"));
            return NULL;
          }
      }
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
read_array (Reader *r)
{
  g_autoptr (JsonArray) array = json_array_new ();

  r->p++;
  skip_space (r);
  if (!take (r, ']'))
    for (;;)
      {
        JsonNode *element = read_value (r);

        if (element == NULL)
          return NULL;
        json_array_add_element (array, element);
        skip_space (r);
        if (take (r, ']'))
          break;
        if (!take (r, ','))
          {
            fail_unexpected (r, _(", or ]"));
            return NULL;
          }
      }
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
read_nested (Reader *r)
{
  JsonNode *node;

  if (++r->depth > r->max_depth)
    {
      fail (r, TN_JSON_ERROR_TOO_DEEP, _("it is nested deeper than %u"), r->max_depth);
      return NULL;
    }
  node = *r->p == '{' ? read_object (r) : read_array (r);
  r->depth--;
  return node;
}

static JsonNode *
read_value (Reader *r)
{
  char c;

  skip_space (r);
  c = peek (r);
  if (c == '{' || c == '[')
    return read_nested (r);
  if (c == '"')
    return read_string (r);
  return c == '-' || g_ascii_isdigit (c) ? read_number (r) : read_literal (r);
}

static JsonNode *
read_document (Reader *r)
{
  g_autoptr (JsonNode) root = read_value (r);

  if (root == NULL)
    return NULL;
  skip_space (r);
  if (r->p < r->end)
    {
      fail_unexpected (r, _("the end"));
      return NULL;
    }
  json_node_seal (root);
  return g_steal_pointer (&root);
}

JsonNode *
tn_json_parse (const char *text, gssize length, const TnJsonCaps *caps, GError **error)
{
  gsize n;
  const char *bad;
  Reader r;

  g_return_val_if_fail (text != NULL, NULL);

  caps = caps != NULL ? caps : &TN_JSON_CAPS_DEFAULT;
  n = length < 0 ? strlen (text) : length;
  r = (Reader){ .start = text, .p = text, .end = text + n, .max_depth = caps->max_depth,
                  .spare = caps->spare_members, .error = error };
  if (n > caps->max_bytes)
    g_set_error (error, TN_JSON_ERROR, TN_JSON_ERROR_TOO_LARGE, _("The JSON is %zu bytes long; at most %zu are taken"),
                 n, caps->max_bytes);
  else if (!g_utf8_validate_len (text, n, &bad))
    g_set_error (error, TN_JSON_ERROR, TN_JSON_ERROR_SYNTAX, _("The JSON is not UTF-8 at byte %zu"),
                 (gsize) (bad - text));
  else
    return read_document (&r);
  return NULL;
}
