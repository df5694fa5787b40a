/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-glob.h"

static void
test_cases (void)
{
  static const struct
  {
    const char *pattern, *text;
    gboolean expected;
  } cases[] = {
    { "", "", TRUE },
    { "", "a", FALSE },
    { "*", "", TRUE },
    { "*", "anything/at?all", TRUE },
    { "?", "", FALSE },
    { "?", "a", TRUE },
    { "?", "ab", FALSE },
    { "?", "é", TRUE },
    { "?", "😀", TRUE },
    { "??", "é", FALSE },
    { "?é?", "éé😀", TRUE },
    { "?é", "éa", FALSE },
    { "a*c", "abbbc", TRUE },
    { "a*c", "ac", TRUE },
    { "a*c", "acb", FALSE },
    { "a*b*c", "a-b-b-c-c", TRUE },
    { "**a**", "a", TRUE },
    { "*?", "", FALSE },
    { "*?*", "x", TRUE },
    { "abc", "ABC", FALSE },
    { "abc", "abcd", FALSE },
    { "abcd", "abc", FALSE },
    { "[a-c]", "b", FALSE },
    { "[a-c]", "[a-c]", TRUE },
    { "\\*", "\\x", TRUE },
    { "https://api.example.com/*", "https://api.example.com/v1/items?id=7", TRUE },
    { "https://api.example.com/*", "https://api.example.com", FALSE },
    { "https://api.example.com/*", "https://api.example.com.evil.test/", FALSE },
    { "https://api.example.com/*", "http://api.example.com/", FALSE },
    { "https://*.example.com/v?/*", "https://a.b.example.com/v2/", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("pattern “%s”, text “%s”", cases[i].pattern, cases[i].text);
      g_assert_cmpint (tn_glob_match (cases[i].pattern, cases[i].text), ==, cases[i].expected);
    }
}

/* What a pattern means, written as plainly as can be. */
static gboolean
plainly_matches (const char *pattern, const char *text)
{
  if (*pattern == '\0')
    return *text == '\0';
  if (*pattern == '*')
    return plainly_matches (pattern + 1, text) || (*text != '\0' && plainly_matches (pattern, g_utf8_next_char (text)));
  if (*text == '\0' || (*pattern != '?' && g_utf8_get_char (pattern) != g_utf8_get_char (text)))
    return FALSE;
  return plainly_matches (g_utf8_next_char (pattern), g_utf8_next_char (text));
}

static char *
random_text (const char *const *letters, int n_letters, guint max_length)
{
  GString *text = g_string_new (NULL);

  for (guint n = g_test_rand_int_range (0, max_length + 1); n > 0; n--)
    g_string_append (text, letters[g_test_rand_int_range (0, n_letters)]);
  return g_string_free (text, FALSE);
}

static void
test_plainly (void)
{
  static const char *const letters[] = { "a", "é", "è", "*", "?", "*" };
  guint n_matches = 0;

  for (guint i = 0; i < 200000; i++)
    {
      g_autofree char *pattern = random_text (letters, G_N_ELEMENTS (letters), 7);
      g_autofree char *text = random_text (letters, 3, 9);
      gboolean expected = plainly_matches (pattern, text);

      n_matches += expected;
      if (tn_glob_match (pattern, text) != expected)
        g_error ("pattern “%s”, text “%s”: expected %d", pattern, text, expected);
    }
  g_assert_cmpuint (n_matches, >, 20000);
}

/* Patterns of more bits than a machine word has. */
static void
test_long (void)
{
  for (guint length = 60; length <= 200; length++)
    {
      g_autofree char *as = g_strnfill (length, 'a');
      g_autofree char *marks = g_strnfill (length, '?');
      g_autofree char *pattern = g_strdup_printf ("%s*%s?", as, as);
      g_autofree char *text = g_strdup_printf ("%s---%sx", as, as);

      g_assert_true (tn_glob_match (as, as));
      g_assert_true (tn_glob_match (marks, as));
      g_assert_false (tn_glob_match (as, as + 1));
      g_assert_false (tn_glob_match (marks, as + 1));
      g_assert_true (tn_glob_match (pattern, text));
      g_assert_false (tn_glob_match (pattern, text + 1));
    }
}

static void
test_longest (void)
{
  g_autofree char *longest = g_strnfill (TN_GLOB_MAX_BYTES, 'a');
  g_autofree char *too_long = g_strnfill (TN_GLOB_MAX_BYTES + 1, '*');

  g_assert_true (tn_glob_match (longest, longest));
  g_assert_false (tn_glob_match (longest, longest + 1));
  g_assert_false (tn_glob_match (too_long, longest));
}

/* By backtracking this would outlive the test's time limit many times over. */
static void
test_hostile (void)
{
  g_autoptr (GString) pattern = g_string_new (NULL);
  g_autofree char *text = g_strnfill (1024 * 1024, 'a');

  for (guint i = 0; i < TN_GLOB_MAX_BYTES / 4; i++)
    g_string_append (pattern, "*a?a");
  g_assert_true (tn_glob_match (pattern->str, text));
  pattern->str[pattern->len - 1] = 'b';
  g_assert_false (tn_glob_match (pattern->str, text));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/glob/cases", test_cases);
  g_test_add_func ("/glob/plainly", test_plainly);
  g_test_add_func ("/glob/long", test_long);
  g_test_add_func ("/glob/longest", test_longest);
  g_test_add_func ("/glob/hostile", test_hostile);
  return g_test_run ();
}
