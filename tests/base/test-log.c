/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-log.h"

#include <string.h>

typedef struct
{
  TnLog *log;
  guint n_changes;
} Fixture;

static void
changed_cb (Fixture *f)
{
  f->n_changes++;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->log = tn_log_new ();
  g_signal_connect_swapped (f->log, "items-changed", G_CALLBACK (changed_cb), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_unref (f->log);
}

static guint
count (Fixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (f->log));
}

static void
wait_changes (Fixture *f, guint n)
{
  while (f->n_changes < n)
    g_main_context_iteration (NULL, TRUE);
}

/* Of the entry at @at; stays as long as the log has it. */
static const TnLogRecord *
get (Fixture *f, guint at)
{
  g_autoptr (TnLogEntry) entry = g_list_model_get_item (G_LIST_MODEL (f->log), at);

  g_assert_nonnull (entry);
  return tn_log_entry_get (entry);
}

static void
say (Fixture *f, const char *text)
{
  tn_log_add (f->log, &(TnLogRecord){ .level = TN_LOG_WARNING, .app_key = "key", .tile_id = "tile", .text = text,
                                      .source = "app.js", .line = 7 });
}

static void
test_kept (Fixture *f, gconstpointer data)
{
  const TnLogRecord *record;

  say (f, "one");
  say (f, "two");
  wait_changes (f, 1);
  g_assert_cmpuint (count (f), ==, 2);
  record = get (f, 0);
  g_assert_cmpint (record->level, ==, TN_LOG_WARNING);
  g_assert_cmpstr (record->text, ==, "one");
  g_assert_cmpstr (record->app_key, ==, "key");
  g_assert_cmpstr (record->tile_id, ==, "tile");
  g_assert_cmpstr (record->source, ==, "app.js");
  g_assert_cmpuint (record->line, ==, 7);
  g_assert_cmpuint (record->count, ==, 1);
  g_assert_cmpint (record->time_us, >, 0);
  g_assert_cmpstr (get (f, 1)->text, ==, "two");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (f->log), 2));
}

/* In one go, and over several. */
static void
test_same_is_counted (Fixture *f, gconstpointer data)
{
  say (f, "same");
  say (f, "same");
  wait_changes (f, 1);
  g_assert_cmpuint (count (f), ==, 1);
  g_assert_cmpuint (get (f, 0)->count, ==, 2);
  say (f, "same");
  say (f, "other");
  wait_changes (f, 2);
  g_assert_cmpuint (count (f), ==, 2);
  g_assert_cmpuint (get (f, 0)->count, ==, 3);
  g_assert_cmpuint (get (f, 1)->count, ==, 1);
}

/* A flood costs one change of the list, and what does not fit is counted. */
static void
test_flood (Fixture *f, gconstpointer data)
{
  say (f, "first");
  wait_changes (f, 1);
  for (guint i = 0; i < 3 * TN_LOG_LENGTH; i++)
    {
      g_autofree char *text = g_strdup_printf ("line %u", i);

      say (f, text);
    }
  g_assert_cmpuint (count (f), ==, 1);
  wait_changes (f, 3);
  g_assert_cmpuint (f->n_changes, ==, 3); /* the old ones go, the new ones come */
  g_assert_cmpuint (count (f), ==, TN_LOG_LENGTH);
  g_assert_cmpuint (tn_log_get_n_lost (f->log), ==, 2 * TN_LOG_LENGTH);
  g_assert_cmpstr (get (f, TN_LOG_LENGTH - 1)->text, ==, "line 5999");
  say (f, "one more");
  wait_changes (f, 5);
  g_assert_cmpuint (count (f), ==, TN_LOG_LENGTH);
  g_assert_cmpstr (get (f, 0)->text, ==, "line 4001");
}

static void
test_hostile (Fixture *f, gconstpointer data)
{
  g_autofree char *huge = g_strnfill (1024 * 1024, 'x');

  say (f, "a\nb\xe2\x80\xae" "c\x1b[2J\xff<b>");
  say (f, huge);
  wait_changes (f, 1);
  g_assert_cmpstr (get (f, 0)->text, ==, "a\\u{A}b\\u{202E}c\\u{1B}[2J\xef\xbf\xbd<b>");
  g_assert_cmpuint (strlen (get (f, 1)->text), ==, 4096);
}

static void
test_clear (Fixture *f, gconstpointer data)
{
  say (f, "here");
  wait_changes (f, 1);
  say (f, "coming");
  tn_log_clear (f->log);
  g_assert_cmpuint (count (f), ==, 0);
  say (f, "later");
  wait_changes (f, 3);
  g_assert_cmpuint (count (f), ==, 1);
  g_assert_cmpstr (get (f, 0)->text, ==, "later");
}

static gpointer
speak_thread (gpointer data)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *text = g_strdup_printf ("%p %u", (void *) g_thread_self (), i);

      tn_log_add (data, &(TnLogRecord){ .text = text });
    }
  return NULL;
}

static void
test_threads (Fixture *f, gconstpointer data)
{
  GThread *one = g_thread_new ("one", speak_thread, f->log), *two = g_thread_new ("two", speak_thread, f->log);

  while (count (f) < 1000)
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (one);
  g_thread_join (two);
  g_assert_cmpuint (count (f), ==, 1000);
}

/* What this program says is heard; what a library only mentions is not. */
static void
test_program (Fixture *f, gconstpointer data)
{
  tn_log_follow_program (f->log);
  g_message ("said");
  g_log_structured ("Other", G_LOG_LEVEL_INFO, "MESSAGE", "%s", "mentioned");
  g_debug ("whispered");
  wait_changes (f, 1);
  g_assert_cmpuint (count (f), ==, 2);
  g_assert_cmpstr (get (f, 0)->text, ==, "said");
  g_assert_cmpint (get (f, 0)->level, ==, TN_LOG_INFO);
  g_assert_null (get (f, 0)->app_key);
  g_assert_cmpint (get (f, 1)->level, ==, TN_LOG_DEBUG);
  g_assert_cmpuint (get (f, 1)->line, >, 0);
}

static void
test_names (void)
{
  static const char *const names[] = { "debug", "info", "warning", "error", "csp", "security", "audit" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (tn_log_level_name (i), ==, names[i]);
}

#define ADD(name, test) g_test_add ("/log/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("kept", test_kept);
  ADD ("same-is-counted", test_same_is_counted);
  ADD ("flood", test_flood);
  ADD ("hostile", test_hostile);
  ADD ("clear", test_clear);
  ADD ("threads", test_threads);
  ADD ("program", test_program);
  g_test_add_func ("/log/names", test_names);
  return g_test_run ();
}
