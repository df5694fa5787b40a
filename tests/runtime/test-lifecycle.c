/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-lifecycle.h"

static void
test_way_up (void)
{
  g_assert_true (tn_lifecycle_allows (TN_STATE_STOPPED, TN_STATE_PROVING));
  g_assert_true (tn_lifecycle_allows (TN_STATE_PROVING, TN_STATE_LOADING));
  g_assert_true (tn_lifecycle_allows (TN_STATE_LOADING, TN_STATE_RUNNING));
}

/* No way leads to an app's page but through the proof. */
static void
test_no_way_around_the_proof (void)
{
  for (int from = TN_STATE_STOPPED; from <= TN_STATE_TROUBLED; from++)
    {
      g_assert_cmpint (tn_lifecycle_allows (from, TN_STATE_LOADING), ==, from == TN_STATE_PROVING);
      g_assert_cmpint (tn_lifecycle_allows (from, TN_STATE_RUNNING), ==, from == TN_STATE_LOADING);
      g_assert_cmpint (tn_lifecycle_allows (from, TN_STATE_PROVING), ==, from == TN_STATE_STOPPED);
    }
}

static void
test_trouble_from_everywhere (void)
{
  for (int from = TN_STATE_STOPPED; from < TN_STATE_TROUBLED; from++)
    g_assert_true (tn_lifecycle_allows (from, TN_STATE_TROUBLED));
  g_assert_false (tn_lifecycle_allows (TN_STATE_TROUBLED, TN_STATE_TROUBLED));
}

static void
test_words (void)
{
  g_assert_cmpstr (tn_lifecycle_state_name (TN_STATE_RUNNING), ==, "running");
  g_assert_cmpstr (tn_lifecycle_sentence (TN_TROUBLE_NONE), ==, "");
  for (int trouble = TN_TROUBLE_MISSING; trouble <= TN_TROUBLE_MEMORY; trouble++)
    {
      g_assert_true (g_str_has_suffix (tn_lifecycle_sentence (trouble), "."));
      g_assert_cmpstr (tn_lifecycle_remedy (trouble), !=, "");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/lifecycle/way-up", test_way_up);
  g_test_add_func ("/runtime/lifecycle/no-way-around-the-proof", test_no_way_around_the_proof);
  g_test_add_func ("/runtime/lifecycle/trouble-from-everywhere", test_trouble_from_everywhere);
  g_test_add_func ("/runtime/lifecycle/words", test_words);
  return g_test_run ();
}
