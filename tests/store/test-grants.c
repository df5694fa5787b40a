/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include "tn-grant-record.h"

/* What the person answered, and the levels that apps were let run at. */

static void
set (FixtureDb *f, const char *app, const char *resource, const char *terms, gboolean always)
{
  g_autoptr (TnGrantRecord) grant = tn_grant_record_new (app, "event", resource, "emit,listen", terms);
  g_autoptr (GError) error = NULL;

  grant->always = always;
  g_assert_true (tn_db_set_grant (f->db, grant, &error));
  g_assert_no_error (error);
}

static void
drop (FixtureDb *f, const char *app, const char *resource, const char *terms)
{
  g_autoptr (TnGrantRecord) grant = tn_grant_record_new (app, "event", resource, "emit,listen", terms);

  g_assert_true (tn_db_drop_grant (f->db, grant, NULL));
}

static void
assert_grants (FixtureDb *f, const char *app, const char *expected)
{
  g_autoptr (GPtrArray) grants = tn_db_list_grants (f->db, app, NULL);
  g_autoptr (GString) lines = g_string_new (NULL);

  g_assert_nonnull (grants);
  for (guint i = 0; i < grants->len; i++)
    {
      const TnGrantRecord *grant = grants->pdata[i];

      g_assert_cmpint (ABS (grant->time_us - g_get_real_time ()), <, G_TIME_SPAN_MINUTE);
      g_string_append_printf (lines, "%s %s %s %s [%s] %s\n", grant->app_key, grant->type, grant->resource,
                              grant->actions, grant->terms, grant->always ? "always" : "never");
    }
  g_assert_cmpstr (lines->str, ==, expected);
}

static void
test_set_and_drop (FixtureDb *f, gconstpointer data)
{
  assert_grants (f, NULL, "");
  set (f, "b", "todo.>", "", TRUE);
  set (f, "a", "todo.>", "visible", FALSE);
  set (f, "a", "todo.>", "", TRUE);
  assert_grants (f, NULL,
                 "a event todo.> emit,listen [] always\na event todo.> emit,listen [visible] never\n"
                 "b event todo.> emit,listen [] always\n");
  assert_grants (f, "b", "b event todo.> emit,listen [] always\n");
  set (f, "a", "todo.>", "", FALSE);
  assert_grants (f, "a", "a event todo.> emit,listen [] never\na event todo.> emit,listen [visible] never\n");
  drop (f, "a", "todo.>", "visible");
  drop (f, "a", "todo.x", "");
  assert_grants (f, "a", "a event todo.> emit,listen [] never\n");
}

/* Kept over closing; a file of the version before takes them too. */
static void
test_kept (FixtureDb *f, gconstpointer data)
{
  set (f, "a", "x'; DROP TABLE grant; --", "", TRUE);
  g_assert_true (tn_db_set_level (f->db, "a", "strict", NULL));
  tn_db_close (f->db);
  f->db = fixture_open (f->folder);
  assert_grants (f, NULL, "a event x'; DROP TABLE grant; -- emit,listen [] always\n");
}

static void
test_levels (FixtureDb *f, gconstpointer data)
{
  g_autoptr (GPtrArray) levels = NULL;

  g_assert_true (tn_db_set_level (f->db, "b", "moderate", NULL));
  g_assert_true (tn_db_set_level (f->db, "a", "strict", NULL));
  g_assert_true (tn_db_set_level (f->db, "b", "permissive", NULL));
  levels = tn_db_list_levels (f->db, NULL);
  g_assert_cmpuint (levels->len, ==, 2);
  g_assert_cmpstr (((TnLevelRecord *) levels->pdata[0])->app_key, ==, "a");
  g_assert_cmpstr (((TnLevelRecord *) levels->pdata[0])->level, ==, "strict");
  g_assert_cmpstr (((TnLevelRecord *) levels->pdata[1])->level, ==, "permissive");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/grants/set-and-drop", FixtureDb, NULL, fixture_set_up, test_set_and_drop, fixture_tear_down);
  g_test_add ("/store/grants/kept", FixtureDb, NULL, fixture_set_up, test_kept, fixture_tear_down);
  g_test_add ("/store/grants/levels", FixtureDb, NULL, fixture_set_up, test_levels, fixture_tear_down);
  return g_test_run ();
}
