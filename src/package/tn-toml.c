/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-toml.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tn-manifest.h"

/* Returns: why the text at @at is not what it should be, translated; %NULL where it is, and @at stands behind it */
typedef const char *(*Reader) (const char **at, GString *out);

static void
skip_blanks (const char **at)
{
  *at += strspn (*at, " \t");
}

static gboolean
is_control (char c)
{
  return (g_ascii_iscntrl (c) && c != '\t') || c == '\0';
}

/* The @digits hexadecimal ones of a \u or \U. */
static const char *
read_code (const char **at, guint digits, GString *out)
{
  gunichar code = 0;

  for (guint i = 0; i < digits; i++, (*at)++)
    {
      if (!g_ascii_isxdigit (**at))
        return _("an escape lacks digits");
      code = code * 16 + (gunichar) g_ascii_xdigit_value (**at);
    }
  if (code == 0 || !g_unichar_validate (code))
    return _("an escape stands for no character");
  g_string_append_unichar (out, code);
  return NULL;
}

static const char *
read_escape (const char **at, GString *out)
{
  static const char letters[] = "btnfr\"\\", meanings[] = "\b\t\n\f\r\"\\";
  char letter = *(*at)++;
  const char *known = letter != '\0' ? strchr (letters, letter) : NULL;

  if (letter == 'u' || letter == 'U')
    return read_code (at, letter == 'u' ? 4 : 8, out);
  if (known == NULL)
    return _("an escape is not one of TOML's");
  g_string_append_c (out, meanings[known - letters]);
  return NULL;
}

static const char *
read_string (const char **at, GString *out)
{
  char quote = **at;
  const char *wrong = NULL;

  if (quote != '"' && quote != '\'')
    return _("only texts in quotes are taken as values");
  if ((*at)[1] == quote && (*at)[2] == quote)
    return _("texts of several lines are not taken");
  for ((*at)++; wrong == NULL && **at != quote;)
    {
      char c = *(*at)++;

      if (is_control (c))
        return _("a text has no closing quote, or a control character in it");
      if (c == '\\' && quote == '"')
        wrong = read_escape (at, out);
      else
        g_string_append_c (out, c);
    }
  (*at)++;
  return wrong;
}

static const char *
read_key (const char **at, GString *out)
{
  const char *start = *at;

  while (g_ascii_isalnum (**at) || **at == '_' || **at == '-')
    (*at)++;
  g_string_append_len (out, start, *at - start);
  skip_blanks (at);
  if (out->len == 0 || *(*at)++ != '=')
    return _("only lines like name = \"Text\" are taken");
  skip_blanks (at);
  return NULL;
}

/* Whatever stands behind a value or alone: nothing or a comment. */
static const char *
read_end (const char **at, GString *out)
{
  skip_blanks (at);
  if (**at == '#')
    while (!is_control (**at))
      (*at)++;
  return **at == '\0' ? NULL : _("something stands behind the value, or a control character in the comment");
}

static const char *
read_pair (const char *at, GHashTable *pairs)
{
  static const Reader readers[] = { read_key, read_string, read_end };
  g_autoptr (GString) key = g_string_new (NULL);
  g_autoptr (GString) value = g_string_new (NULL);
  GString *outs[] = { key, value, NULL };
  const char *wrong = NULL;

  for (guint i = 0; wrong == NULL && i < G_N_ELEMENTS (readers); i++)
    wrong = readers[i](&at, outs[i]);
  if (wrong == NULL && !g_hash_table_insert (pairs, g_strdup (key->str), g_strdup (value->str)))
    wrong = _("the name is there twice");
  return wrong;
}

static const char *
read_line (char *line, GHashTable *pairs)
{
  gsize length = strlen (line);
  const char *at = line;

  if (length > 0 && line[length - 1] == '\r')
    line[length - 1] = '\0';
  skip_blanks (&at);
  return *at == '\0' || *at == '#' ? read_end (&at, NULL) : read_pair (at, pairs);
}

GHashTable *
tn_toml_read_strings (const char *text, gsize length, GError **error)
{
  g_autoptr (GHashTable) pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *copy = g_utf8_validate_len (text, length, NULL) ? g_strndup (text, length) : NULL;
  g_auto (GStrv) lines = copy != NULL ? g_strsplit (copy, "\n", -1) : NULL;
  const char *wrong = copy == NULL ? _("it is not UTF-8") : NULL;
  guint i = 0;

  while (wrong == NULL && lines[i] != NULL)
    wrong = read_line (lines[i++], pairs);
  if (wrong == NULL)
    return g_steal_pointer (&pairs);
  g_set_error (error, TN_PACKAGE_ERROR, TN_PACKAGE_ERROR_MANIFEST, _("manifest.toml, line %u: %s"), MAX (i, 1), wrong);
  return NULL;
}
