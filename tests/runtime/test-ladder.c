/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-ladder.h"

/* Looks one after the other: ‘o’ is over, ‘.’ is not; and the rung after each, by its number. */
static void
assert_climbs (const char *looks, const char *rungs)
{
  TnLadder ladder = { 0 };
  TnRung before = TN_RUNG_NONE;

  for (; *looks != '\0'; looks++, rungs++)
    {
      gboolean moved = tn_ladder_look (&ladder, *looks == 'o');

      g_assert_cmpint (ladder.rung, ==, *rungs - '0');
      g_assert_cmpint (moved, ==, ladder.rung != before);
      before = ladder.rung;
    }
}

static void
test_up (void)
{
  assert_climbs ("oooooooooo", "1222222344");
}

static void
test_calm (void)
{
  assert_climbs ("..........", "0000000000");
}

/* Three quiet looks and all is forgotten; fewer are not enough. */
static void
test_down (void)
{
  assert_climbs ("oo...o", "122201");
  assert_climbs ("oo..o", "12222");
  assert_climbs ("o..o...", "1112220");
}

/* What is over now and then climbs no higher than it deserves: a throttled one is let be for six in a row. */
static void
test_now_and_then (void)
{
  assert_climbs ("oo.oo.ooooo.oooooo", "122222222222222223");
}

static void
test_share (void)
{
  g_assert_cmpfloat (tn_ladder_share (50, 20, 1), ==, 1);
  g_assert_cmpfloat (tn_ladder_share (50, 50, 1), ==, 1);
  g_assert_cmpfloat (tn_ladder_share (50, 100, 1), ==, 0.5);
  g_assert_cmpfloat_with_epsilon (tn_ladder_share (50, 50, 0.5), 0.5, 1e-9);
  g_assert_cmpfloat (tn_ladder_share (50, 10, 0.5), ==, 1);
  g_assert_cmpfloat (tn_ladder_share (1, 6400, 1), ==, 0.05);
}

/* ‘o’ is a look with as many refused as no patient app comes to. */
static void
assert_hammers (const char *looks, const char *hammers)
{
  guint streak = 0;

  for (; *looks != '\0'; looks++, hammers++)
    g_assert_cmpint (tn_ladder_is_hammering (&streak, *looks == 'o' ? 10 : 9), ==, *hammers == '1');
}

static void
test_hammering (void)
{
  assert_hammers ("oo........", "0000000000");
  assert_hammers ("oo.oo.oo.", "000000000");
  assert_hammers ("ooooo.ooo", "001110001");
}

static void
test_names (void)
{
  g_assert_cmpstr (tn_rung_name (TN_RUNG_NONE), ==, "");
  for (TnRung rung = TN_RUNG_WARNED; rung <= TN_RUNG_STOPPED; rung++)
    g_assert_cmpstr (tn_rung_name (rung), !=, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/ladder/up", test_up);
  g_test_add_func ("/runtime/ladder/calm", test_calm);
  g_test_add_func ("/runtime/ladder/down", test_down);
  g_test_add_func ("/runtime/ladder/now-and-then", test_now_and_then);
  g_test_add_func ("/runtime/ladder/share", test_share);
  g_test_add_func ("/runtime/ladder/hammering", test_hammering);
  g_test_add_func ("/runtime/ladder/names", test_names);
  return g_test_run ();
}
