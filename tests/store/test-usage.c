/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include "tn-db-private.h"

/* What tiles used: minutes for a day, hours for 90 days. */

#define NOW 1800000000
#define DAY (24 * 60 * 60)

static void
add (FixtureDb *f, const char *tile, guint span, gint64 time, const char *json)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (tn_db_add_usage (f->db, tile, span, time, json, &error));
  g_assert_no_error (error);
}

static void
assert_list (FixtureDb *f, const char *tile, guint span, guint limit, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) values = tn_db_list_usage (f->db, tile, span, limit, &error);
  g_autofree char *joined = NULL;

  g_assert_no_error (error);
  joined = g_strjoinv (" ", values);
  g_assert_cmpstr (joined, ==, expected);
}

static void
test_oldest_first (FixtureDb *f, gconstpointer data)
{
  add (f, "a", 60, NOW + 60, "2");
  add (f, "a", 60, NOW, "1");
  add (f, "a", 60, NOW + 120, "3");
  add (f, "a", 3600, NOW, "h");
  add (f, "b", 60, NOW, "b");
  assert_list (f, "a", 60, 10, "1 2 3");
  assert_list (f, "a", 60, 2, "2 3");
  assert_list (f, "a", 3600, 10, "h");
  assert_list (f, "b", 60, 10, "b");
  assert_list (f, "c", 60, 10, "");
}

static void
test_same_moment (FixtureDb *f, gconstpointer data)
{
  add (f, "a", 60, NOW, "1");
  add (f, "a", 60, NOW, "2");
  assert_list (f, "a", 60, 10, "2");
}

static void
test_kept_for_a_while (FixtureDb *f, gconstpointer data)
{
  add (f, "a", 60, NOW, "old");
  add (f, "a", 3600, NOW, "hour");
  add (f, "b", 60, NOW, "other");
  add (f, "a", 60, NOW + DAY, "day");
  assert_list (f, "a", 60, 10, "old day");
  add (f, "a", 60, NOW + DAY + 60, "later");
  assert_list (f, "a", 60, 10, "day later");
  assert_list (f, "a", 3600, 10, "hour");
  assert_list (f, "b", 60, 10, "other");
  add (f, "a", 3600, NOW + 91 * DAY, "much later");
  assert_list (f, "a", 3600, 10, "much later");
}

/* A clock that was far ahead for a while leaves nothing that would pass for the newest for years. */
static void
test_clock_set_back (FixtureDb *f, gconstpointer data)
{
  add (f, "a", 60, NOW + 3650 * DAY, "ahead");
  add (f, "b", 60, NOW + 3650 * DAY, "other");
  add (f, "a", 60, NOW, "now");
  add (f, "a", 60, NOW - 60, "corrected");
  assert_list (f, "a", 60, 10, "corrected now");
  assert_list (f, "b", 60, 10, "other");
}

static void
test_after_a_restart (FixtureDb *f, gconstpointer data)
{
  add (f, "a", 60, NOW, "{\"cpu\":1}");
  tn_db_close (f->db);
  f->db = fixture_open (f->folder);
  assert_list (f, "a", 60, 10, "{\"cpu\":1}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/usage/oldest-first", FixtureDb, NULL, fixture_set_up, test_oldest_first, fixture_tear_down);
  g_test_add ("/store/usage/same-moment", FixtureDb, NULL, fixture_set_up, test_same_moment, fixture_tear_down);
  g_test_add ("/store/usage/kept-for-a-while", FixtureDb, NULL, fixture_set_up, test_kept_for_a_while,
              fixture_tear_down);
  g_test_add ("/store/usage/clock-set-back", FixtureDb, NULL, fixture_set_up, test_clock_set_back, fixture_tear_down);
  g_test_add ("/store/usage/after-a-restart", FixtureDb, NULL, fixture_set_up, test_after_a_restart, fixture_tear_down);
  return g_test_run ();
}
