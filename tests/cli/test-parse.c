/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-cli.h"

#include <string.h>

static TnCliCall *
parse (const char *line, GError **error)
{
  g_auto (GStrv) argv = NULL;
  int argc;

  g_assert_true (g_shell_parse_argv (line, &argc, &argv, NULL));
  return tn_cli_parse (argc, argv, error);
}

/* "verb|argument|argument", and the option looked at with its value. */
static const struct
{
  const char *line;
  const char *understood;
  const char *option;
  const char *value;
} lines[] = {
  { "tnc list", "list", "json", NULL },
  { "tnc list --json", "list", "json", "" },
  { "tnc --json list", "list", "json", "" },
  { "tnc canvas --json list", "canvas list", "json", "" },
  { "tnc --workspace work canvas list", "canvas list", "workspace", "work" },
  { "tnc canvas list --workspace=work", "canvas list", "workspace", "work" },
  { "tnc canvas list --workspace=a --workspace=b", "canvas list", "workspace", "b" },
  { "tnc --canvas Home canvas export -", "canvas export|-", "canvas", "Home" },
  { "tnc canvas export out.json --canvas=a=b", "canvas export|out.json", "canvas", "a=b" },
  { "tnc canvas export --canvas '' out.json", "canvas export|out.json", "canvas", "" },
  { "tnc canvas export --canvas --json out.json", "canvas export|out.json", "canvas", "--json" },
  { "tnc app validate -- --json", "app validate|--json", "json", NULL },
  { "tnc -- app validate x", "app validate|x", "json", NULL },
  { "tnc canvas show", "canvas show", "json", NULL },
  { "tnc canvas show list", "canvas show|list", "json", NULL },
  { "tnc help canvas export", "help|canvas|export", "json", NULL },
};

static void
test_understood (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TnCliCall) call = parse (lines[i].line, &error);
      g_autoptr (GString) understood = g_string_new (NULL);

      g_test_message ("%s", lines[i].line);
      g_assert_no_error (error);
      g_string_append (understood, call->verb->words);
      for (guint j = 0; tn_cli_get_argument (call, j) != NULL; j++)
        g_string_append_printf (understood, "|%s", tn_cli_get_argument (call, j));
      g_assert_cmpstr (understood->str, ==, lines[i].understood);
      g_assert_cmpstr (tn_cli_get_option (call, lines[i].option), ==, lines[i].value);
    }
}

/* Lines that are refused, and a word that the sentence has to have. */
static const struct
{
  const char *line;
  const char *word;
} refused[] = {
  { "tnc", "tnc help" },
  { "tnc lsit", "“list”" },
  { "tnc LIST", "“list”" },
  { "tnc canvsa list", "“canvas”" },
  { "tnc canvas lits", "“canvas list”" },
  { "tnc validate x", "“app validate”" },
  { "tnc export x", "“canvas export”" },
  { "tnc canvas", "list, show, export" },
  { "tnc --json", "tnc help" },
  { "tnc list --jsno", "“--json”" },
  { "tnc list --jsno=1", "“--jsno”" },
  { "tnc --jsno list", "“--json”" },
  { "tnc -h", "“--help”" },
  { "tnc list -j", "“--json”" },
  { "tnc list --canvas x", "“list” knows no option “--canvas”" },
  { "tnc --canvas x list", "“list” knows no option “--canvas”" },
  { "tnc canvas export - --canvsa x", "“--canvas”" },
  { "tnc list --json=yes", "takes no value" },
  { "tnc list --help=yes", "takes no value" },
  { "tnc list --workspace", "--workspace NAME" },
  { "tnc list more", "“more”" },
  { "tnc canvas show a b", "“b”" },
  { "tnc app validate", "tnc app validate PATH" },
  { "tnc canvas export", "tnc canvas export FILE" },
  { "tnc ''", "“app”" },
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TnCliCall) call = parse (refused[i].line, &error);

      g_test_message ("%s", refused[i].line);
      g_assert_null (call);
      g_assert_error (error, TN_CLI_ERROR, TN_CLI_ERROR_USAGE);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, refused[i].word));
      g_assert_null (strchr (error->message, '\n'));
      g_assert_cmpint (tn_cli_get_exit (error), ==, TN_EXIT_USAGE);
    }
}

/* --help and --version make do with any part of a line, but not with a wrong word. */
static void
test_help_anywhere (void)
{
  g_autoptr (TnCliCall) bare = parse ("tnc --help", NULL);
  g_autoptr (TnCliCall) group = parse ("tnc canvas --help", NULL);
  g_autoptr (TnCliCall) verb = parse ("tnc --help canvas export", NULL);
  g_autoptr (TnCliCall) version = parse ("tnc --version --json", NULL);

  g_assert_null (bare->verb);
  g_assert_null (tn_cli_get_argument (bare, 0));
  g_assert_null (group->verb);
  g_assert_cmpstr (tn_cli_get_argument (group, 0), ==, "canvas");
  g_assert_cmpstr (verb->verb->words, ==, "canvas export");
  g_assert_null (version->verb);
  g_assert_true (tn_cli_wants_json (version));
  g_assert_null (parse ("tnc canvsa --help", NULL));
  g_assert_null (parse ("tnc --hlep", NULL));
}

static const struct
{
  const char *name;
  gboolean good;
} workspaces[] = {
  { "default", TRUE }, { "Müller & Söhne", TRUE }, { "a.b", TRUE }, { "-", TRUE },  { "..", FALSE },
  { ".hidden", FALSE }, { "a/b", FALSE },           { "/etc", FALSE }, { "", FALSE }, { "a\nb", FALSE },
  { "a\377b", FALSE },  { "a\342\200\256b", FALSE },
};

static void
test_workspace (void)
{
  g_autofree char *long_name = g_strnfill (256, 'a');

  for (gsize i = 0; i < G_N_ELEMENTS (workspaces); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", workspaces[i].name);
      g_assert_cmpint (tn_cli_check_workspace (workspaces[i].name, &error), ==, workspaces[i].good);
      if (!workspaces[i].good)
        g_assert_error (error, TN_CLI_ERROR, TN_CLI_ERROR_USAGE);
    }
  g_assert_false (tn_cli_check_workspace (long_name, NULL));
  g_assert_true (tn_cli_check_workspace (long_name + 1, NULL));
}

/* Before its verb is known, the parser must know of an option whether a value follows. */
static void
test_options_agree (void)
{
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);

  for (const TnCliVerb *verb = tn_cli_verbs; verb->words != NULL; verb++)
    for (const TnCliOption *option = verb->options; option != NULL && option->name != NULL; option++)
      {
        gpointer same;

        for (const TnCliOption *common = tn_cli_common_options; common->name != NULL; common++)
          g_assert_cmpstr (option->name, !=, common->name);
        if (g_hash_table_lookup_extended (values, option->name, NULL, &same))
          g_assert_cmpint (same == NULL, ==, option->value == NULL);
        g_hash_table_insert (values, (gpointer) option->name, (gpointer) option->value);
      }
}

/* The distance by its definition, exponential and obvious. */
static guint
count_slips (const char *a, gsize n, const char *b, gsize m)
{
  guint best;

  if (n == 0 || m == 0)
    return n + m;
  if (a[n - 1] == b[m - 1])
    return count_slips (a, n - 1, b, m - 1);
  best = 1 + MIN (MIN (count_slips (a, n - 1, b, m), count_slips (a, n, b, m - 1)), count_slips (a, n - 1, b, m - 1));
  if (n > 1 && m > 1 && a[n - 1] == b[m - 2] && a[n - 2] == b[m - 1])
    best = MIN (best, 1 + count_slips (a, n - 2, b, m - 2));
  return best;
}

static char *
make_word (void)
{
  char *word = g_strnfill (g_test_rand_int_range (0, 6), 'a');

  for (char *c = word; *c != '\0'; c++)
    *c = 'a' + g_test_rand_int_range (0, 3);
  return word;
}

static void
test_nearest_random (void)
{
  for (guint round = 0; round < 3000; round++)
    {
      g_autofree char *typed = make_word ();
      g_autofree char *one = make_word ();
      g_autofree char *two = make_word ();
      g_autofree char *three = make_word ();
      const char *words[] = { one, two, three };
      guint slips[3];
      gsize found = tn_cli_find_nearest (typed, words, 3);

      for (gsize i = 0; i < 3; i++)
        slips[i] = count_slips (typed, strlen (typed), words[i], strlen (words[i]));
      g_test_message ("“%s” among “%s”, “%s”, “%s”: %zu", typed, one, two, three, found);
      for (gsize i = 0; i < 3; i++)
        {
          g_assert_cmpuint (slips[found], <=, slips[i]);
          if (i < found)
            g_assert_cmpuint (slips[found], <, slips[i]);
        }
    }
}

static void
test_nearest_long (void)
{
  g_autofree char *typed = g_strnfill (100000, 'l');
  const char *words[] = { "doctor", "list" };

  g_assert_cmpuint (tn_cli_find_nearest (typed, words, 2), <, 2);
  g_assert_cmpuint (tn_cli_find_nearest ("LSIT", words, 2), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parse/understood", test_understood);
  g_test_add_func ("/parse/refused", test_refused);
  g_test_add_func ("/parse/help-anywhere", test_help_anywhere);
  g_test_add_func ("/parse/workspace", test_workspace);
  g_test_add_func ("/parse/options-agree", test_options_agree);
  g_test_add_func ("/parse/nearest-random", test_nearest_random);
  g_test_add_func ("/parse/nearest-long", test_nearest_long);
  return g_test_run ();
}
