/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-snapshots.h"

#include <string.h>

typedef struct
{
  GListStore *snapshots;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->snapshots = g_list_store_new (TN_TYPE_SNAPSHOT);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_unref (f->snapshots);
}

static guint
count (Fixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (f->snapshots));
}

/* Stays as long as the list has it. */
static TnSnapshot *
get (Fixture *f, guint position)
{
  g_autoptr (TnSnapshot) snapshot = g_list_model_get_item (G_LIST_MODEL (f->snapshots), position);

  g_assert_nonnull (snapshot);
  return snapshot;
}

static void
test_changes (Fixture *f, gconstpointer data)
{
  g_assert_true (tn_snapshots_add (f->snapshots, "{\"n\":1}"));
  g_assert_false (tn_snapshots_add (f->snapshots, "{\"n\":1}"));
  g_assert_true (tn_snapshots_add (f->snapshots, "{\"n\":2}"));
  g_assert_true (tn_snapshots_add (f->snapshots, "{\"n\":1}"));
  g_assert_cmpuint (count (f), ==, 3);
  g_assert_cmpstr (tn_snapshot_get_text (get (f, 0)), ==, "{\"n\":1}");
  g_assert_cmpstr (tn_snapshot_get_text (get (f, 1)), ==, "{\"n\":2}");
  g_assert_cmpint (tn_snapshot_get_time_us (get (f, 1)), <=, tn_snapshot_get_time_us (get (f, 0)));
}

static void
test_length (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < TN_SNAPSHOTS_LENGTH + 20; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      g_assert_true (tn_snapshots_add (f->snapshots, text));
    }
  g_assert_cmpuint (count (f), ==, TN_SNAPSHOTS_LENGTH);
  g_assert_cmpstr (tn_snapshot_get_text (get (f, 0)), ==, "119");
  g_assert_cmpstr (tn_snapshot_get_text (get (f, TN_SNAPSHOTS_LENGTH - 1)), ==, "20");
}

static void
test_bytes (Fixture *f, gconstpointer data)
{
  g_autofree char *third = g_strnfill (TN_SNAPSHOTS_BYTES / 3 + 1, 'a'), *all = g_strnfill (TN_SNAPSHOTS_BYTES + 1, 'b');

  for (guint i = 0; i < 5; i++)
    {
      third[0] = '0' + i;
      tn_snapshots_add (f->snapshots, third);
    }
  g_assert_cmpuint (count (f), ==, 2);
  g_assert_cmpint (tn_snapshot_get_text (get (f, 0))[0], ==, '4');
  tn_snapshots_add (f->snapshots, all);
  g_assert_cmpuint (count (f), ==, 1);
}

static char *
show (Fixture *f, const char *text)
{
  tn_snapshots_add (f->snapshots, text);
  return tn_snapshot_show (get (f, 0));
}

static void
test_shown (Fixture *f, gconstpointer data)
{
  g_autofree char *pretty = show (f, "{\"n\":1,\"list\":[\"\u202Eevil\"]}"), *no_json = show (f, "<b>"), *empty = show (f, "null");

  g_assert_nonnull (strstr (pretty, "\n"));
  g_assert_nonnull (strstr (pretty, "\\u{202E}evil"));
  g_assert_null (strstr (pretty, "\u202E"));
  g_assert_cmpstr (no_json, ==, "<b>\n");
  g_assert_cmpstr (empty, ==, "null\n");
}

/* Whatever a page holds, what is laid out is of a size that a text view takes in at once. */
static void
test_hostile (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) many = g_string_new ("[1"), deep = g_string_new (NULL);
  g_autofree char *line = g_strnfill (1024 * 1024, 'a'), *long_line = NULL, *many_lines = NULL, *deep_lines = NULL;

  for (guint i = 0; i < 30000; i++)
    g_string_append (many, ",1");
  g_string_append_c (many, ']');
  for (guint i = 0; i < 30000; i++)
    g_string_append_c (deep, '[');
  line[0] = line[strlen (line) - 1] = '"';
  long_line = show (f, line);
  many_lines = show (f, many->str);
  deep_lines = show (f, deep->str);
  g_assert_cmpint (g_utf8_strlen (long_line, -1), ==, 502);
  g_assert_true (g_str_has_suffix (long_line, "…\n"));
  g_assert_cmpuint (strlen (many_lines), <, 20000);
  g_assert_true (g_str_has_suffix (many_lines, "\n…\n"));
  g_assert_cmpuint (strlen (deep_lines), <, 1000);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/snapshots/changes", test_changes }, { "/snapshots/length", test_length },   { "/snapshots/bytes", test_bytes },
    { "/snapshots/shown", test_shown },     { "/snapshots/hostile", test_hostile },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
