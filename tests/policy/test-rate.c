/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-clock.h"
#include "tn-rate.h"

static gint64 now_us;

static gint64
fake_now (void)
{
  return now_us;
}

static void
test_burst_then_rate (void)
{
  TnRate rate;
  int taken = 0;

  tn_rate_init (&rate, 10, 20);
  while (tn_rate_take (&rate, 1))
    taken++;
  g_assert_cmpint (taken, ==, 20);
  now_us += G_USEC_PER_SEC / 10;
  g_assert_true (tn_rate_take (&rate, 1));
  g_assert_false (tn_rate_take (&rate, 1));
}

static void
test_never_over_burst (void)
{
  TnRate rate;
  int taken = 0;

  tn_rate_init (&rate, 10, 20);
  now_us += G_TIME_SPAN_HOUR;
  while (tn_rate_take (&rate, 1))
    taken++;
  g_assert_cmpint (taken, ==, 20);
}

static void
test_refusal_takes_nothing (void)
{
  TnRate rate;

  tn_rate_init (&rate, 1, 5);
  g_assert_false (tn_rate_take (&rate, 6));
  g_assert_true (tn_rate_take (&rate, 5));
}

int
main (int argc, char **argv)
{
  const TnClockSource source = { fake_now, fake_now, NULL };

  g_test_init (&argc, &argv, NULL);
  tn_clock_set_source (&source);
  g_test_add_func ("/policy/rate/burst-then-rate", test_burst_then_rate);
  g_test_add_func ("/policy/rate/never-over-burst", test_never_over_burst);
  g_test_add_func ("/policy/rate/refusal-takes-nothing", test_refusal_takes_nothing);
  return g_test_run ();
}
