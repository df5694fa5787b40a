/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include <string.h>

/* What the tiles of a webxdc app share: serials, an address, a title, and how much of it all. */

static void
reopen (FixtureDb *f)
{
  tn_db_close (f->db);
  f->db = fixture_open (f->folder);
}

static gint64
add (FixtureDb *f, const char *app, const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 serial = tn_db_webxdc_add (f->db, app, text, NULL, NULL, &error);

  g_assert_no_error (error);
  return serial;
}

static TnWebxdcPage *
list (FixtureDb *f, const char *app, gint64 after)
{
  g_autoptr (GError) error = NULL;
  TnWebxdcPage *page = tn_db_webxdc_list (f->db, app, after, &error);

  g_assert_no_error (error);
  return page;
}

/* "1=one 2=two /2": serials, texts, and the newest there is. */
static void
assert_list (FixtureDb *f, const char *app, gint64 after, const char *expected)
{
  g_autoptr (TnWebxdcPage) page = list (f, app, after);
  g_autoptr (GString) said = g_string_new (NULL);

  for (guint i = 0; i < page->updates->len; i++)
    {
      const TnWebxdcUpdate *update = page->updates->pdata[i];

      g_string_append_printf (said, "%" G_GINT64_FORMAT "=%s ", update->serial, update->text);
    }
  g_string_append_printf (said, "/%" G_GINT64_FORMAT, page->max_serial);
  g_assert_cmpstr (said->str, ==, expected);
}

static void
test_serials (FixtureDb *f, gconstpointer data)
{
  assert_list (f, "a", 0, "/0");
  g_assert_cmpint (add (f, "a", "one"), ==, 1);
  g_assert_cmpint (add (f, "a", "not { json"), ==, 2);
  g_assert_cmpint (add (f, "b", "other"), ==, 1);
  assert_list (f, "a", 0, "1=one 2=not { json /2");
  assert_list (f, "a", 1, "2=not { json /2");
  assert_list (f, "b", 0, "1=other /1");
  reopen (f);
  g_assert_cmpint (add (f, "a", "three"), ==, 3);
  assert_list (f, "a", 2, "3=three /3");
}

static void
test_any_serial (FixtureDb *f, gconstpointer data)
{
  add (f, "a", "one");
  assert_list (f, "a", G_MININT64, "1=one /1");
  assert_list (f, "a", -1, "1=one /1");
  assert_list (f, "a", 1, "/1");
  assert_list (f, "a", 2, "/1");
  assert_list (f, "a", G_MAXINT64, "/1");
}

static TnWebxdcRecord *
open_app (FixtureDb *f, const char *app)
{
  g_autoptr (GError) error = NULL;
  TnWebxdcRecord *record = tn_db_webxdc_open (f->db, app, &error);

  g_assert_no_error (error);
  return record;
}

static void
test_address (FixtureDb *f, gconstpointer data)
{
  g_autoptr (TnWebxdcRecord) first = open_app (f, "a"), other = open_app (f, "b"), again = NULL;

  g_assert_cmpuint (strlen (first->address), ==, 32);
  g_assert_cmpstr (first->address, !=, other->address);
  reopen (f);
  again = open_app (f, "a");
  g_assert_cmpstr (first->address, ==, again->address);
  g_assert_null (again->document);
  g_assert_null (again->summary);
}

/* The newest that says something counts, not the newest. */
static void
test_titles (FixtureDb *f, gconstpointer data)
{
  g_autoptr (TnWebxdcRecord) record = NULL;

  g_assert_cmpint (tn_db_webxdc_add (f->db, "a", "1", "old", "8 votes", NULL), ==, 1);
  g_assert_cmpint (tn_db_webxdc_add (f->db, "a", "2", "new", NULL, NULL), ==, 2);
  add (f, "a", "3");
  reopen (f);
  record = open_app (f, "a");
  g_assert_cmpstr (record->document, ==, "new");
  g_assert_cmpstr (record->summary, ==, "8 votes");
}

static void
test_pages (FixtureDb *f, gconstpointer data)
{
  g_autofree char *large = g_strnfill (200 * 1024, 'x'), *giant = g_strnfill (600 * 1024, 'y');
  g_autoptr (TnWebxdcPage) first = NULL, second = NULL, third = NULL;

  for (int i = 0; i < 3; i++)
    add (f, "a", large);
  add (f, "a", giant);
  first = list (f, "a", 0);
  g_assert_cmpuint (first->updates->len, ==, 2);
  g_assert_cmpint (first->max_serial, ==, 4);
  second = list (f, "a", 2);
  g_assert_cmpuint (second->updates->len, ==, 1);
  /* One that is too large for a page of its own comes alone. */
  third = list (f, "a", 3);
  g_assert_cmpuint (third->updates->len, ==, 1);
  g_assert_cmpuint (strlen (((TnWebxdcUpdate *) third->updates->pdata[0])->text), ==, 600 * 1024);
}

static void
test_full (FixtureDb *f, gconstpointer data)
{
  g_autofree char *large = g_strnfill (4 * 1024 * 1024 - 64, 'x');
  g_autoptr (GError) error = NULL;
  g_autoptr (TnWebxdcPage) page = NULL;

  for (int i = 0; i < 4; i++)
    add (f, "a", large);
  g_assert_cmpint (tn_db_webxdc_add (f->db, "a", "", "title", NULL, &error), ==, 0);
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_FULL);
  page = list (f, "a", 0);
  g_assert_cmpint (page->max_serial, ==, 4);
  g_assert_cmpint (add (f, "b", "another app has its own room"), ==, 1);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (FixtureDb *f, gconstpointer data);
  } tests[] = {
    { "/store/webxdc/serials", test_serials }, { "/store/webxdc/any-serial", test_any_serial },
    { "/store/webxdc/address", test_address }, { "/store/webxdc/titles", test_titles },
    { "/store/webxdc/pages", test_pages },     { "/store/webxdc/full", test_full },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, FixtureDb, NULL, fixture_set_up, tests[i].run, fixture_tear_down);
  return g_test_run ();
}
