/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-clock.h"
#include "tn-quota.h"

#define DAY ((gint64) 24 * 3600 * G_USEC_PER_SEC)

static gint64 now_us = 20000 * DAY;

static gint64
fake_now (void)
{
  return now_us;
}

static void
test_a_day (void)
{
  TnQuota quota = { .limit = 10 };

  g_assert_true (tn_quota_take (&quota, 6));
  g_assert_false (tn_quota_take (&quota, 5));
  g_assert_true (tn_quota_take (&quota, 4));
  g_assert_false (tn_quota_take (&quota, 1));
  g_assert_true (tn_quota_take (&quota, 0));
  g_assert_false (tn_quota_take (&quota, G_MAXUINT64));
  now_us += DAY - 1;
  g_assert_false (tn_quota_take (&quota, 1));
  now_us += 1;
  g_assert_true (tn_quota_take (&quota, 10));
  now_us -= 5 * DAY;
  g_assert_false (tn_quota_take (&quota, 1));
  quota.limit = 5;
  g_assert_false (tn_quota_take (&quota, 1));
}

/* Ahead and back: neither more on the same day, nor nothing for years. */
static void
test_clock_jumps (void)
{
  static const gint64 away[] = { 1, 400, 20000 };

  for (gsize i = 0; i < G_N_ELEMENTS (away); i++)
    {
      TnQuota quota = { .limit = 10 }, again = { .limit = 10 };
      g_autofree char *text = NULL;

      g_assert_true (tn_quota_take (&quota, 4));
      now_us += away[i] * DAY;
      g_assert_true (tn_quota_take (&quota, 10));
      text = tn_quota_to_text (&quota);
      now_us -= away[i] * DAY;
      g_assert_false (tn_quota_take (&quota, 1));
      tn_quota_add_text (&again, text);
      g_assert_false (tn_quota_take (&again, 1));
      now_us += DAY;
      g_assert_true (tn_quota_take (&quota, 10));
      g_assert_true (tn_quota_take (&again, 10));
    }
}

static void
test_kept (void)
{
  TnQuota before = { .limit = 10 }, after = { .limit = 10 }, late = { .limit = 10 };
  g_autofree char *text = NULL;

  tn_quota_take (&before, 6);
  text = tn_quota_to_text (&before);
  tn_quota_take (&after, 3);
  tn_quota_add_text (&after, text);
  g_assert_cmpuint (after.used, ==, 9);
  now_us += DAY;
  tn_quota_add_text (&late, text);
  g_assert_cmpuint (late.used, ==, 0);
  g_assert_true (tn_quota_take (&late, 10));
}

static void
test_nonsense (void)
{
  static const char *const texts[] = { "", "[]", "{}", "{\"day\": \"x\", \"used\": 5}", "{\"day\": 99999999, \"used\": -5}" };
  TnQuota quota = { .limit = 10 };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    tn_quota_add_text (&quota, texts[i]);
  g_assert_true (tn_quota_take (&quota, 10));
}

int
main (int argc, char **argv)
{
  const TnClockSource source = { fake_now, fake_now, NULL };

  g_test_init (&argc, &argv, NULL);
  tn_clock_set_source (&source);
  g_test_add_func ("/policy/quota/a-day", test_a_day);
  g_test_add_func ("/policy/quota/clock-jumps", test_clock_jumps);
  g_test_add_func ("/policy/quota/kept", test_kept);
  g_test_add_func ("/policy/quota/nonsense", test_nonsense);
  return g_test_run ();
}
