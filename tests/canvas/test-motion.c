/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-motion.h"

#define START 5000000

static const graphene_rect_t here = GRAPHENE_RECT_INIT (0, 0, 100, 100);
static const graphene_rect_t there = GRAPHENE_RECT_INIT (200, 40, 300, 100);

static void
test_rest (void)
{
  graphene_rect_t rect;
  double presence;
  TnMotion motion;

  tn_motion_rest (&motion, &here, 1);
  g_assert_false (tn_motion_at (&motion, START, &rect, &presence));
  g_assert_true (graphene_rect_equal (&rect, &here));
  g_assert_cmpfloat (presence, ==, 1);
}

static void
test_goes_there (void)
{
  graphene_rect_t rect;
  double presence, before = 0;
  TnMotion motion;

  tn_motion_rest (&motion, &here, 0);
  tn_motion_aim (&motion, &there, 1, START);
  g_assert_true (tn_motion_at (&motion, START, &rect, &presence));
  g_assert_true (graphene_rect_equal (&rect, &here));
  for (gint64 t = 10000; t < TN_MOTION_US; t += 10000)
    {
      g_assert_true (tn_motion_at (&motion, START + t, &rect, &presence));
      g_assert_cmpfloat (rect.origin.x, >, before);
      g_assert_cmpfloat (rect.origin.x, <, 200);
      g_assert_cmpfloat_with_epsilon (presence, rect.origin.x / 200, 0.01);
      before = rect.origin.x;
    }
  g_assert_false (tn_motion_at (&motion, START + TN_MOTION_US, &rect, &presence));
  g_assert_true (graphene_rect_equal (&rect, &there));
  g_assert_cmpfloat (presence, ==, 1);
  g_assert_cmpint (motion.start_us, ==, 0);
}

/* It slows down: more than half the way in half the time. */
static void
test_eases_out (void)
{
  graphene_rect_t rect;
  double presence;
  TnMotion motion;

  tn_motion_rest (&motion, &here, 1);
  tn_motion_aim (&motion, &there, 1, START);
  tn_motion_at (&motion, START + TN_MOTION_US / 2, &rect, &presence);
  g_assert_cmpfloat (rect.origin.x, >, 150);
}

/* A new aim takes over from wherever it is, without a jump. */
static void
test_turns (void)
{
  graphene_rect_t rect, turned;
  double presence;
  TnMotion motion;

  tn_motion_rest (&motion, &here, 1);
  tn_motion_aim (&motion, &there, 1, START);
  tn_motion_at (&motion, START + 50000, &rect, &presence);
  tn_motion_aim (&motion, &here, 1, START + 50000);
  tn_motion_at (&motion, START + 50000, &turned, &presence);
  g_assert_cmpfloat_with_epsilon (rect.origin.x, turned.origin.x, 0.01);
  g_assert_cmpfloat_with_epsilon (rect.size.width, turned.size.width, 0.01);
  g_assert_false (tn_motion_at (&motion, START + 50000 + TN_MOTION_US, &turned, &presence));
  g_assert_true (graphene_rect_equal (&turned, &here));
}

static void
test_same_aim_does_not_start_again (void)
{
  graphene_rect_t rect;
  double presence;
  TnMotion motion;

  tn_motion_rest (&motion, &here, 1);
  tn_motion_aim (&motion, &there, 1, START);
  tn_motion_aim (&motion, &there, 1, START + 100000);
  g_assert_cmpint (motion.start_us, ==, START);
  g_assert_false (tn_motion_at (&motion, START + TN_MOTION_US, &rect, &presence));

  tn_motion_aim (&motion, &there, 1, START + 900000);
  g_assert_cmpint (motion.start_us, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/motion/rest", test_rest);
  g_test_add_func ("/motion/goes-there", test_goes_there);
  g_test_add_func ("/motion/eases-out", test_eases_out);
  g_test_add_func ("/motion/turns", test_turns);
  g_test_add_func ("/motion/same-aim-does-not-start-again", test_same_aim_does_not_start_again);
  return g_test_run ();
}
