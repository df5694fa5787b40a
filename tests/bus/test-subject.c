/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "subjects.h"
#include "tn-bus.h"

static char *
repeat (const char *token, guint n)
{
  GString *text = g_string_new (token);

  while (--n > 0)
    g_string_append_printf (text, ".%s", token);
  return g_string_free (text, FALSE);
}

static void
test_valid (void)
{
  static const struct
  {
    const char *subject;
    gboolean type, pattern;
  } cases[] = {
    { "todo", TRUE, TRUE },
    { "todo.item.done", TRUE, TRUE },
    { "A-Z_0.9", TRUE, TRUE },
    { "*", FALSE, TRUE },
    { ">", FALSE, TRUE },
    { "todo.*", FALSE, TRUE },
    { "todo.>", FALSE, TRUE },
    { "*.*.>", FALSE, TRUE },
    { "todo.*.done", FALSE, TRUE },
    { "", FALSE, FALSE },
    { ".", FALSE, FALSE },
    { ".todo", FALSE, FALSE },
    { "todo.", FALSE, FALSE },
    { "todo..done", FALSE, FALSE },
    { ">.todo", FALSE, FALSE },
    { "todo.>.done", FALSE, FALSE },
    { ">>", FALSE, FALSE },
    { "**", FALSE, FALSE },
    { "to*", FALSE, FALSE },
    { "todo.*x", FALSE, FALSE },
    { "todo item", FALSE, FALSE },
    { "todo\n", FALSE, FALSE },
    { "tödo", FALSE, FALSE },
    { "todo/item", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("“%s”", cases[i].subject);
      g_assert_cmpint (tn_subject_is_valid_type (cases[i].subject), ==, cases[i].type);
      g_assert_cmpint (tn_subject_is_valid_pattern (cases[i].subject), ==, cases[i].pattern);
    }
  g_assert_false (tn_subject_is_valid_type (NULL));
  g_assert_false (tn_subject_is_valid_pattern (NULL));
}

static void
test_bounds (void)
{
  g_autofree char *deepest = repeat ("t", TN_SUBJECT_MAX_TOKENS);
  g_autofree char *too_deep = repeat ("t", TN_SUBJECT_MAX_TOKENS + 1);
  g_autofree char *longest = g_strnfill (TN_SUBJECT_MAX_BYTES, 'x');
  g_autofree char *too_long = g_strnfill (TN_SUBJECT_MAX_BYTES + 1, 'x');

  g_assert_true (tn_subject_is_valid_type (deepest));
  g_assert_false (tn_subject_is_valid_type (too_deep));
  g_assert_false (tn_subject_is_valid_pattern (too_deep));
  g_assert_true (tn_subject_is_valid_type (longest));
  g_assert_false (tn_subject_is_valid_type (too_long));
  g_assert_true (tn_subject_matches (">", deepest));
  g_assert_false (tn_subject_matches (">", too_deep));
}

static void
test_matches (void)
{
  g_assert_true (tn_subject_matches ("todo.item.*", "todo.item.done"));
  g_assert_false (tn_subject_matches ("todo.item.*", "todo.item"));
  g_assert_false (tn_subject_matches ("todo.item.*", "todo.item.done.twice"));
  g_assert_true (tn_subject_matches ("todo.>", "todo.item.done"));
  g_assert_false (tn_subject_matches ("todo.>", "todo"));
  g_assert_false (tn_subject_matches ("todo", "todo.item"));
  g_assert_false (tn_subject_matches ("todo", "tod"));
  g_assert_false (tn_subject_matches ("tod", "todo"));
  g_assert_false (tn_subject_matches ("todo", "Todo"));

  /* What isn't valid matches nothing, not even itself; a pattern isn't a type. */
  g_assert_false (tn_subject_matches ("a..b", "a..b"));
  g_assert_false (tn_subject_matches ("a.*", "a.*"));
  g_assert_false (tn_subject_matches (">", "a.>"));
  g_assert_false (tn_subject_matches (">", ""));
}

static void
test_matches_plainly (void)
{
  for (guint i = 0; i < 100000; i++)
    {
      g_autofree char *pattern = random_pattern (5);
      g_autofree char *type = random_type (5);

      if (tn_subject_matches (pattern, type) != plainly_matches (pattern, type))
        g_error ("pattern “%s”, type “%s”: expected %d", pattern, type, plainly_matches (pattern, type));
    }
}

static gboolean
covers_by_trying (const char *outer, const char *inner, GPtrArray *types)
{
  for (guint i = 0; i < types->len; i++)
    if (plainly_matches (inner, types->pdata[i]) && !plainly_matches (outer, types->pdata[i]))
      return FALSE;
  return TRUE;
}

/* A word that no pattern has ("c") and one token more than the longest pattern stand for all the rest. */
static void
test_covers_by_trying (void)
{
  g_autoptr (GPtrArray) patterns = all_patterns (3);
  g_autoptr (GPtrArray) types = all_types (4);
  guint n_covered = 0;

  g_assert_cmpuint (patterns->len, ==, 3 + 9 + 27 + 1 + 3 + 9);
  g_assert_cmpuint (types->len, ==, 3 + 9 + 27 + 81);
  for (guint i = 0; i < patterns->len; i++)
    for (guint j = 0; j < patterns->len; j++)
      {
        gboolean expected = covers_by_trying (patterns->pdata[i], patterns->pdata[j], types);

        n_covered += expected;
        if (tn_subject_covers (patterns->pdata[i], patterns->pdata[j]) != expected)
          g_error ("outer “%s”, inner “%s”: expected %d", (char *) patterns->pdata[i], (char *) patterns->pdata[j],
                   expected);
      }
  g_assert_cmpuint (n_covered, >, patterns->len);
}

static void
test_covers (void)
{
  g_assert_true (tn_subject_covers (">", ">"));
  g_assert_true (tn_subject_covers (">", "*.>"));
  g_assert_false (tn_subject_covers ("*.>", ">"));
  g_assert_false (tn_subject_covers ("todo.>", ">"));
  g_assert_true (tn_subject_covers ("todo.>", "todo.*.done"));
  g_assert_false (tn_subject_covers ("todo.*", "todo.>"));
  g_assert_false (tn_subject_covers ("todo.item", "todo.*"));
  g_assert_false (tn_subject_covers (">", "todo..item"));
  g_assert_false (tn_subject_covers ("todo.", "todo"));
}

static void
test_quote (void)
{
  g_autofree char *nasty = tn_subject_quote ("a\nb\033[31m\"");
  g_autofree char *filler = g_strnfill (200, 'x');
  g_autofree char *cut = tn_subject_quote (filler);

  g_assert_cmpstr (nasty, ==, "a\\nb\\033[31m\\\"");
  g_assert_true (g_str_has_suffix (cut, "xx…"));
  g_assert_cmpuint (strlen (cut), ==, 80 + strlen ("…"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/subject/valid", test_valid);
  g_test_add_func ("/subject/bounds", test_bounds);
  g_test_add_func ("/subject/matches", test_matches);
  g_test_add_func ("/subject/matches-plainly", test_matches_plainly);
  g_test_add_func ("/subject/covers", test_covers);
  g_test_add_func ("/subject/covers-by-trying", test_covers_by_trying);
  g_test_add_func ("/subject/quote", test_quote);
  return g_test_run ();
}
