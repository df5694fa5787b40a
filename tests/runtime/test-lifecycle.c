/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-lifecycle.h"

#define N_STATES (TN_STATE_TROUBLED + 1)
#define N_TROUBLES (TN_TROUBLE_CEILING + 1)

/* Every pair, as the design wants it: a row is where from, a column where to, both in the enum's order. */
static const char *const table[] = {
  /* stopped proving loading running hung paused suspended discarded troubled */
  "- p - - - - - - t", /* stopped */
  "s - l - - - - - t", /* proving */
  "s - - r - - - - t", /* loading */
  "s - l - h P S D t", /* running */
  "s - - r - - - - t", /* hung */
  "s - - r - - - - t", /* paused */
  "s - - r - P - D t", /* suspended */
  "s p - - - - - - t", /* discarded */
  "s - - - - - - - -", /* troubled */
};

static void
test_every_pair (void)
{
  G_STATIC_ASSERT (G_N_ELEMENTS (table) == N_STATES);
  for (int from = 0; from < N_STATES; from++)
    for (int to = 0; to < N_STATES; to++)
      if (tn_lifecycle_allows (from, to) != (table[from][2 * to] != '-'))
        g_error ("from %s to %s", tn_lifecycle_state_name (from), tn_lifecycle_state_name (to));
}

/* No way leads to an app's page but through the proof: what has no process passes it first. What runs has passed it, and
 * may load its page once more. */
static void
test_no_way_around_the_proof (void)
{
  const TnInstanceState without[] = { TN_STATE_STOPPED, TN_STATE_DISCARDED, TN_STATE_TROUBLED };

  for (gsize i = 0; i < G_N_ELEMENTS (without); i++)
    for (TnInstanceState to = TN_STATE_LOADING; to <= TN_STATE_DISCARDED; to++)
      g_assert_false (tn_lifecycle_allows (without[i], to));
  for (TnInstanceState from = 0; from < N_STATES; from++)
    g_assert_cmpint (tn_lifecycle_allows (from, TN_STATE_LOADING), ==,
                     from == TN_STATE_PROVING || from == TN_STATE_RUNNING);
}

/* Every state can be left, and by any number of steps each leads to running and to stopped. */
static void
test_no_dead_end (void)
{
  for (TnInstanceState from = 0; from < N_STATES; from++)
    {
      guint reached = 1u << from, before = 0;

      while (reached != before)
        {
          before = reached;
          for (int at = 0; at < N_STATES; at++)
            for (int to = 0; to < N_STATES && (reached & 1u << at) != 0; to++)
              if (tn_lifecycle_allows (at, to))
                reached |= 1u << to;
        }
      g_assert_cmpuint (reached, ==, (1u << N_STATES) - 1);
    }
}

static void
test_what_holds (void)
{
  for (TnInstanceState state = 0; state < N_STATES; state++)
    {
      gboolean frozen = state == TN_STATE_PAUSED || state == TN_STATE_SUSPENDED;

      g_assert_cmpint (tn_lifecycle_is (state, TN_LIFE_FROZEN), ==, frozen);
      g_assert_cmpint (tn_lifecycle_is (state, TN_LIFE_HEARS), ==,
                       state == TN_STATE_LOADING || state == TN_STATE_RUNNING);
      g_assert_cmpint (tn_lifecycle_is (state, TN_LIFE_COVERED), ==, state > TN_STATE_RUNNING);
    }
}

static void
test_words (void)
{
  g_assert_cmpstr (tn_lifecycle_state_name (TN_STATE_RUNNING), ==, "running");
  g_assert_cmpstr (tn_lifecycle_sentence (TN_STATE_RUNNING, TN_TROUBLE_NONE), ==, "");
  g_assert_cmpstr (tn_lifecycle_sentence (TN_STATE_SUSPENDED, TN_TROUBLE_NONE), ==, "");
  g_assert_true (g_str_has_suffix (tn_lifecycle_sentence (TN_STATE_PAUSED, TN_TROUBLE_NONE), "."));
  g_assert_cmpstr (tn_lifecycle_remedy (TN_STATE_HUNG, TN_TROUBLE_NONE), ==, "Stop It");
  g_assert_cmpstr (tn_lifecycle_remedy (TN_STATE_SUSPENDED, TN_TROUBLE_BUSY), ==, "Go On");
  for (TnTrouble trouble = TN_TROUBLE_MISSING; trouble < N_TROUBLES; trouble++)
    {
      TnInstanceState state = trouble < TN_TROUBLE_BUSY ? TN_STATE_TROUBLED : TN_STATE_DISCARDED;

      g_assert_true (g_str_has_suffix (tn_lifecycle_sentence (state, trouble), "."));
      g_assert_cmpstr (tn_lifecycle_remedy (state, trouble), !=, "");
      g_assert_cmpstr (tn_lifecycle_trouble_name (trouble), !=, "");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/lifecycle/every-pair", test_every_pair);
  g_test_add_func ("/runtime/lifecycle/no-way-around-the-proof", test_no_way_around_the_proof);
  g_test_add_func ("/runtime/lifecycle/no-dead-end", test_no_dead_end);
  g_test_add_func ("/runtime/lifecycle/what-holds", test_what_holds);
  g_test_add_func ("/runtime/lifecycle/words", test_words);
  return g_test_run ();
}
