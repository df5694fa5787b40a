/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-bus.h"

#include <string.h>

#define QUOTED_BYTES 80

static gboolean
is_word (const char *token, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (token[i]) && token[i] != '-' && token[i] != '_')
      return FALSE;
  return length > 0;
}

static gboolean
is_wildcard (const char *token, gsize length)
{
  return length == 1 && (*token == '*' || (*token == '>' && token[1] == '\0'));
}

static gboolean
is_valid (const char *subject, gboolean wildcards)
{
  if (strnlen (subject, TN_SUBJECT_MAX_BYTES + 1) > TN_SUBJECT_MAX_BYTES)
    return FALSE;
  for (guint n = 1; n <= TN_SUBJECT_MAX_TOKENS; n++)
    {
      gsize length = strcspn (subject, ".");

      if (!is_word (subject, length) && !(wildcards && is_wildcard (subject, length)))
        return FALSE;
      if (subject[length] == '\0')
        return TRUE;
      subject += length + 1;
    }
  return FALSE;
}

gboolean
tn_subject_is_valid_type (const char *type)
{
  return type != NULL && is_valid (type, FALSE);
}

gboolean
tn_subject_is_valid_pattern (const char *pattern)
{
  return pattern != NULL && is_valid (pattern, TRUE);
}

gboolean
tn_subject_matches (const char *pattern, const char *type)
{
  return tn_subject_is_valid_type (type) && tn_subject_covers (pattern, type);
}

gboolean
tn_subject_covers (const char *outer, const char *inner)
{
  if (!tn_subject_is_valid_pattern (outer) || !tn_subject_is_valid_pattern (inner))
    return FALSE;
  for (;;)
    {
      gsize outer_length = strcspn (outer, "."), inner_length = strcspn (inner, ".");

      if (*outer == '>')
        return TRUE;
      if (*inner == '>')
        return FALSE;
      if (*outer != '*' && (outer_length != inner_length || memcmp (outer, inner, outer_length) != 0))
        return FALSE;
      outer += outer_length;
      inner += inner_length;
      if (*outer == '\0' || *inner == '\0')
        return *outer == *inner;
      outer++;
      inner++;
    }
}

char *
tn_subject_quote (const char *subject)
{
  g_autofree char *start = g_strndup (subject, QUOTED_BYTES);
  g_autofree char *escaped = g_strescape (start, NULL);

  return g_strconcat (escaped, strlen (start) < strlen (subject) ? "…" : "", NULL);
}
