/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-options.h"
#include "tn-process-clock.h"

#include <gio/gio.h>

static TnOptions *
parse (const char *line, GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  return tn_options_parse (words, error);
}

static void
test_understood (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnOptions) none = parse ("token-nexus-canvas", &error);
  g_autoptr (TnOptions) all
    = parse ("token-nexus-canvas --report r.json --screenshot s.png --workspace work --version", &error);

  g_assert_no_error (error);
  g_assert_null (none->report);
  g_assert_cmpstr (none->workspace, ==, "default");
  g_assert_cmpstr (all->report, ==, "r.json");
  g_assert_cmpstr (all->screenshot, ==, "s.png");
  g_assert_cmpstr (all->workspace, ==, "work");
  g_assert_true (all->version);
}

/* Each is named in the sentence that refuses it. */
static void
test_refused (void)
{
  const struct
  {
    const char *line, *named;
  } cases[] = {
    { "token-nexus-canvas --colour", "--colour" },        { "token-nexus-canvas file.txt", "file.txt" },
    { "token-nexus-canvas --workspace ../etc", "../etc" }, { "token-nexus-canvas --workspace .hidden", ".hidden" },
    { "token-nexus-canvas --workspace a/b", "a/b" },      { "token-nexus-canvas --report", "--report" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (cases[i].line, &error));
      g_assert_nonnull (error);
      g_assert_nonnull (g_strstr_len (error->message, -1, cases[i].named));
    }
}

static void
test_process_clock (void)
{
  gint64 start = tn_process_clock_start_us ();

  g_assert_cmpint (start, >, 0);
  g_assert_cmpint (start, <=, g_get_monotonic_time ());
  g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/options/understood", test_understood);
  g_test_add_func ("/options/refused", test_refused);
  g_test_add_func ("/process-clock", test_process_clock);
  return g_test_run ();
}
