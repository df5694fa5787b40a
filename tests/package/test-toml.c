/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-toml.h"

#include <string.h>

#include "tn-manifest.h"

/* What "name" is read as. */
static const struct
{
  const char *text, *name;
} taken[] = {
  { "", NULL },
  { "# only a comment", NULL },
  { "\n\n \t \n", NULL },
  { "name = \"Chess\"", "Chess" },
  { "name=\"Chess\"", "Chess" },
  { "  name\t = \t'Chess'  # the game\r\n", "Chess" },
  { "a = \"1\"\nname = \"2\"\nb-c_3 = '3'\n", "2" },
  { "name = \"\"", "" },
  { "name = ''", "" },
  { "name = 'C:\\new \"x\"'", "C:\\new \"x\"" },
  { "name = \"it's # no comment\"", "it's # no comment" },
  { "name = \"\\b\\t\\n\\f\\r\\\"\\\\\"", "\b\t\n\f\r\"\\" },
  { "name = \"\\u00DF\\U0001F642\"", "ß🙂" },
  { "name = \"日历\"", "日历" },
  { "name = \"tab\there\"", "tab\there" },
};

static void
test_taken (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (taken); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GHashTable) pairs = tn_toml_read_strings (taken[i].text, strlen (taken[i].text), &error);

      g_test_message ("%s", taken[i].text);
      g_assert_no_error (error);
      g_assert_cmpstr (g_hash_table_lookup (pairs, "name"), ==, taken[i].name);
    }
}

/* What is refused, and what the sentence names. */
static const struct
{
  const char *text, *word;
} refused[] = {
  { "name", "line 1: only lines like" },
  { "= \"x\"", "line 1: only lines like" },
  { "\n\nname \"x\"", "line 3: only lines like" },
  { "a.b = \"x\"", "only lines like" },
  { "\"name\" = \"x\"", "only lines like" },
  { "[section]", "only lines like" },
  { "[[list]]", "only lines like" },
  { "schöne = \"x\"", "only lines like" },
  { "name = 7", "only texts in quotes" },
  { "name = true", "only texts in quotes" },
  { "name = [\"x\"]", "only texts in quotes" },
  { "name = {a = \"x\"}", "only texts in quotes" },
  { "name = 2024-01-01", "only texts in quotes" },
  { "name =", "only texts in quotes" },
  { "name = \"\"\"x\"\"\"", "several lines" },
  { "name = '''x'''", "several lines" },
  { "name = \"x", "no closing quote" },
  { "name = 'x", "no closing quote" },
  { "name = \"x\ny\"", "no closing quote" },
  { "name = \"x\\", "not one of" },
  { "name = \"\001\"", "control character" },
  { "name = \"\177\"", "control character" },
  { "name = \"\\q\"", "not one of TOML's" },
  { "name = \"\\u12\"", "lacks digits" },
  { "name = \"\\uD800\"", "no character" },
  { "name = \"\\u0000\"", "no character" },
  { "name = \"\\U00110000\"", "no character" },
  { "name = \"x\" y", "behind the value" },
  { "name = \"x\" b = \"y\"", "behind the value" },
  { "# \001", "control character" },
  { "name = \"x\"\nname = \"y\"", "line 2: the name is there twice" },
  { "name = \"\xff\"", "UTF-8" },
  { "\xef\xbb\xbfname = \"x\"", "only lines like" },
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (tn_toml_read_strings (refused[i].text, strlen (refused[i].text), &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, TN_PACKAGE_ERROR, TN_PACKAGE_ERROR_MANIFEST);
      g_assert_nonnull (strstr (error->message, refused[i].word));
    }
}

/* The text need not end with a zero, and may have one in it. */
static void
test_length (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) pairs = tn_toml_read_strings ("name = 'x'y", strlen ("name = 'x'"), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (pairs, "name"), ==, "x");
  g_assert_null (tn_toml_read_strings ("name = 'x'\0y", strlen ("name = 'x'") + 2, &error));
  g_assert_error (error, TN_PACKAGE_ERROR, TN_PACKAGE_ERROR_MANIFEST);
}

/* Whatever is cut off or changed: read to its end, or refused. */
static void
test_any_byte (void)
{
  const char *text = "name = \"Ch\\u00DF\" # x\nsource_code_url = 'https://x'\n";
  gsize length = strlen (text);

  for (gsize i = 0; i < 20000; i++)
    {
      g_autofree char *copy = g_memdup2 (text, length);
      gsize cut = (gsize) g_test_rand_int_range (1, (int) length + 1);
      g_autofree char *exact = NULL;
      g_autoptr (GHashTable) pairs = NULL;

      copy[g_test_rand_int_range (0, (int) length)] = (char) g_test_rand_int ();
      exact = g_memdup2 (copy, cut);
      pairs = tn_toml_read_strings (exact, cut, NULL);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/toml/taken", test_taken);
  g_test_add_func ("/toml/refused", test_refused);
  g_test_add_func ("/toml/length", test_length);
  g_test_add_func ("/toml/any-byte", test_any_byte);
  return g_test_run ();
}
