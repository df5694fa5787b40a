/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subjects.h"

#include <string.h>

#define N_WORDS 3

static const char *words[N_WORDS] = { "a", "b", "todo-item_1" };

static char *
random_subject (guint max_tokens, gboolean wildcards)
{
  GString *subject = g_string_new (NULL);
  guint n = g_test_rand_int_range (1, max_tokens + 1);

  for (guint i = 0; i < n; i++)
    {
      int choice = g_test_rand_int_range (0, wildcards ? N_WORDS + 2 : N_WORDS);
      gboolean last = i + 1 == n;

      if (i > 0)
        g_string_append_c (subject, '.');
      g_string_append (subject, choice < N_WORDS ? words[choice] : choice > N_WORDS && last ? ">" : "*");
    }
  return g_string_free (subject, FALSE);
}

char *
random_type (guint max_tokens)
{
  return random_subject (max_tokens, FALSE);
}

char *
random_pattern (guint max_tokens)
{
  return random_subject (max_tokens, TRUE);
}

/* Token by token, without a copy: it is asked millions of times. */
gboolean
plainly_matches (const char *pattern, const char *type)
{
  gsize p = strcspn (pattern, "."), t = strcspn (type, ".");
  gboolean is_same = p == t && strncmp (pattern, type, p) == 0;

  if (g_str_equal (pattern, ">"))
    return TRUE;
  if (!is_same && !(p == 1 && *pattern == '*'))
    return FALSE;
  if (pattern[p] == '\0' || type[t] == '\0')
    return pattern[p] == type[t];
  return plainly_matches (pattern + p + 1, type + t + 1);
}

static GPtrArray *
all_subjects (guint max_tokens, const char *const *alphabet)
{
  GPtrArray *subjects = g_ptr_array_new_with_free_func (g_free);
  guint begin = 0, end = 0;

  for (guint n = 1; n <= max_tokens; n++)
    {
      for (guint i = begin; i < MAX (end, 1); i++)
        for (guint j = 0; alphabet[j] != NULL; j++)
          if (n == 1)
            g_ptr_array_add (subjects, g_strdup (alphabet[j]));
          else if (!g_str_has_suffix (subjects->pdata[i], ">"))
            g_ptr_array_add (subjects, g_strconcat (subjects->pdata[i], ".", alphabet[j], NULL));
      begin = end;
      end = subjects->len;
    }
  return subjects;
}

GPtrArray *
all_patterns (guint max_tokens)
{
  static const char *const alphabet[] = { "a", "b", "*", ">", NULL };

  return all_subjects (max_tokens, alphabet);
}

GPtrArray *
all_types (guint max_tokens)
{
  static const char *const alphabet[] = { "a", "b", "c", NULL };

  return all_subjects (max_tokens, alphabet);
}
