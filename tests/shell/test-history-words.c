/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-history-words.h"

#include <locale.h>
#include <string.h>

/* All kinds that the rooms above write into operations. */
static void
test_every_kind_has_words (void)
{
  static const char *const kinds[]
    = { "tile.add",      "tile.remove",      "tile.move",       "tile.resize",  "tile.lock",     "tile.rename",
        "tile.settings", "tile.duplicate",   "tile.send",       "tile.copy",    "tiles.move",    "tiles.resize",
        "tiles.align",   "tiles.distribute", "tiles.lock",      "tiles.remove", "tiles.send",    "tiles.duplicate",
        "canvas.create", "canvas.rename",    "canvas.delete",   "canvas.sort",  "canvas.import", "canvas.lock",
        "canvas.policy", "canvas.tidy",      "canvas.duplicate" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *words = tn_history_words (kinds[i], "Todo");

      g_assert_nonnull (strstr (words, "Todo"));
      g_assert_null (strstr (words, "%"));
      if (g_str_has_prefix (words, "Changed Todo"))
        g_error ("%s has no words of its own", kinds[i]);
    }
}

static void
test_words (void)
{
  const struct
  {
    const char *kind, *subject, *words;
  } cases[] = {
    { "tile.move", "Todo", "Moved Todo" },
    { "tiles.remove", "3 widgets", "Removed 3 widgets" },
    { "canvas.import", "Home", "Imported “Home”" },
    { "some.day", "Todo", "Changed Todo" },
    { "tile.move", "", "Moved " },
    { "tile.move", "100 %s %n", "Moved 100 %s %n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = tn_history_words (cases[i].kind, cases[i].subject);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static gint64
at (int year, int month, int day, int hour)
{
  g_autoptr (GDateTime) time = g_date_time_new_local (year, month, day, hour, 5, 0);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static void
test_days (void)
{
  gint64 now = at (2026, 11, 24, 0);
  const struct
  {
    gint64 time;
    const char *day;
  } cases[] = {
    { at (2026, 11, 24, 23), "Today" },
    { at (2026, 11, 24, 0), "Today" },
    { at (2026, 11, 23, 23), "Yesterday" },
    { at (2026, 11, 22, 23), "Sunday, 22 November" },
    { at (2025, 12, 31, 12), "31 December 2025" },
    { G_MAXINT64, NULL },
    { G_MININT64, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *day = tn_history_day (cases[i].time, now);

      g_assert_nonnull (day);
      if (cases[i].day != NULL)
        g_assert_cmpstr (day, ==, cases[i].day);
    }
}

static void
test_yesterday_over_the_year (void)
{
  g_autofree char *day = tn_history_day (at (2025, 12, 31, 23), at (2026, 1, 1, 0));

  g_assert_cmpstr (day, ==, "Yesterday");
}

static void
test_time (void)
{
  g_autofree char *time = tn_history_time (at (2026, 11, 24, 14));

  g_assert_cmpstr (time, ==, "14:05");
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history-words/every-kind", test_every_kind_has_words);
  g_test_add_func ("/history-words/words", test_words);
  g_test_add_func ("/history-words/days", test_days);
  g_test_add_func ("/history-words/new-year", test_yesterday_over_the_year);
  g_test_add_func ("/history-words/time", test_time);
  return g_test_run ();
}
