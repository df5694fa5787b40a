/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include <unistd.h>

#include "tn-clock.h"
#include "tn-db-private.h"

/* The event ring, and what is waited for until it is on the disk. */

static guint n_syncs;

/* Stand in for the C library's, which SQLite would call. */
int fdatasync (int fd);
int fsync (int fd);

int
fdatasync (int fd)
{
  n_syncs++;
  return 0;
}

int
fsync (int fd)
{
  n_syncs++;
  return 0;
}

static void
append (TnDb *db, const char *type, int number)
{
  g_autoptr (JsonNode) data = json_node_init_int (json_node_alloc (), number);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnEvent) event = tn_event_new ("tn:/abcdefghijklmnop/t1", type, data, &error);

  g_assert_no_error (error);
  g_assert_true (tn_db_append_event (db, event, &error));
  g_assert_no_error (error);
}

static GPtrArray *
list (TnDb *db, const char *pattern, guint limit)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *events = tn_db_list_events (db, &(TnEventFilter){ pattern, limit }, &error);

  g_assert_no_error (error);
  return events;
}

static gint64
get_number (GPtrArray *events, guint index)
{
  g_assert_cmpuint (index, <, events->len);
  return json_node_get_int (tn_event_get_data (g_ptr_array_index (events, index)));
}

static void
test_comes_back_whole (FixtureDb *f, gconstpointer data)
{
  g_autoptr (JsonNode) payload = json_from_string ("{\"title\": \"Milch \\\"2 l\\\"\", \"n\": [1, null]}", NULL);
  g_autoptr (TnEvent) event = tn_event_new ("tn:/abcdefghijklmnop/t1", "todo.item.done", payload, NULL);
  g_autoptr (GPtrArray) events = NULL;

  g_assert_true (tn_db_append_event (f->db, event, NULL));
  tn_db_close (f->db);
  f->db = fixture_open (f->folder);
  events = list (f->db, NULL, 10);
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpstr (tn_event_get_json (events->pdata[0]), ==, tn_event_get_json (event));
  g_assert_cmpstr (tn_event_get_id (events->pdata[0]), ==, tn_event_get_id (event));
}

static void
test_list (FixtureDb *f, gconstpointer data)
{
  static const char *const types[] = { "todo.item.done", "todo.item.added", "clock.tick" };
  g_autoptr (GPtrArray) all = NULL, last = NULL, todo = NULL, exact = NULL, none = NULL, zero = NULL;

  for (int i = 0; i < 30; i++)
    append (f->db, types[i % 3], i);
  all = list (f->db, NULL, 100);
  g_assert_cmpuint (all->len, ==, 30);
  for (guint i = 0; i < all->len; i++)
    g_assert_cmpint (get_number (all, i), ==, i);
  last = list (f->db, ">", 3);
  g_assert_cmpuint (last->len, ==, 3);
  g_assert_cmpint (get_number (last, 0), ==, 27);
  todo = list (f->db, "todo.>", 5);
  g_assert_cmpuint (todo->len, ==, 5);
  g_assert_cmpint (get_number (todo, 4), ==, 28);
  g_assert_cmpint (get_number (todo, 0), ==, 22);
  exact = list (f->db, "clock.tick", 100);
  g_assert_cmpuint (exact->len, ==, 10);
  none = list (f->db, "weather.*", 100);
  g_assert_cmpuint (none->len, ==, 0);
  zero = list (f->db, NULL, 0);
  g_assert_cmpuint (zero->len, ==, 0);
}

static gint64 now_us;

static gint64
tell_time (void)
{
  return now_us;
}

static void
same_bytes (guint8 *buffer, gsize length)
{
  memset (buffer, 1, length);
}

/* From a moment on, and of no more bytes than so many: of what there is the newest. */
static void
test_since (FixtureDb *f, gconstpointer data)
{
  const TnClockSource clock = { tell_time, tell_time, same_bytes };
  g_autoptr (GPtrArray) since = NULL, few = NULL, none = NULL;

  tn_clock_set_source (&clock);
  for (int i = 0; i < 10; i++)
    {
      now_us = 1000000 * (i + 1);
      append (f->db, i % 2 == 0 ? "a.b" : "c", i);
    }
  since = tn_db_list_events (f->db, &(TnEventFilter){ "a.*", 100, 5000000, 0 }, NULL);
  g_assert_cmpuint (since->len, ==, 3);
  g_assert_cmpint (get_number (since, 0), ==, 4);
  g_assert_cmpint (get_number (since, 2), ==, 8);
  few = tn_db_list_events (f->db, &(TnEventFilter){ NULL, 100, 0, 600 }, NULL);
  g_assert_cmpuint (few->len, >, 0);
  g_assert_cmpuint (few->len, <, 6);
  g_assert_cmpint (get_number (few, few->len - 1), ==, 9);
  none = tn_db_list_events (f->db, &(TnEventFilter){ NULL, 100, 11000000, 0 }, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  tn_clock_set_source (NULL);
}

static void
test_bad_pattern (FixtureDb *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tn_db_list_events (f->db, &(TnEventFilter){ "todo..x", 10 }, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "todo..x"));
}

static void
test_ring (FixtureDb *f, gconstpointer data)
{
  g_autoptr (GPtrArray) events = NULL;
  g_autofree char *filled = NULL, *kept = NULL;

  append (f->db, "first", 1);
  g_assert_true (tn_db_flush_events (f->db, NULL));
  filled = fixture_sql (f->folder,
                        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 99990)"
                        " INSERT INTO event (type, size, json) SELECT 'filling', 2, '{}' FROM n");
  for (int i = 0; i < 20; i++)
    append (f->db, "a.b", i);
  events = list (f->db, NULL, 1000);
  g_assert_cmpuint (events->len, ==, 20);
  g_assert_cmpint (get_number (events, 0), ==, 0);
  kept = fixture_sql (f->folder, "SELECT count (*) FROM event UNION SELECT min (seq) FROM event");
  g_assert_cmpstr (kept, ==, "12\n100000\n");
}

/* Large events do not fill the disk: the ring is bounded in bytes too. */
static void
test_ring_of_large (FixtureDb *f, gconstpointer data)
{
  g_autofree char *text = g_strnfill (200 * 1024, 'x');
  g_autoptr (JsonNode) payload = json_node_init_string (json_node_alloc (), text);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 400; i++)
    {
      g_autoptr (TnEvent) event = tn_event_new ("tn:/host", "big.one", payload, NULL);

      g_assert_true (tn_db_append_event (f->db, event, &error));
    }
  append (f->db, "last", 7);
  events = list (f->db, NULL, 100000);
  g_assert_cmpuint (events->len, <, 340);
  g_assert_cmpuint (events->len, >, 200);
  g_assert_cmpint (get_number (events, events->len - 1), ==, 7);
}

static void
test_unreadable_rows_are_passed_over (FixtureDb *f, gconstpointer data)
{
  g_autofree char *done = NULL;
  g_autoptr (GPtrArray) events = NULL;

  append (f->db, "a.b", 1);
  g_assert_true (tn_db_flush_events (f->db, NULL));
  done = fixture_sql (f->folder, "INSERT INTO event (type, size, json) VALUES ('a.b', 4, 'junk'),"
                                 " ('', 0, ''), ('a', 2, '{}')");
  append (f->db, "a.b", 2);
  events = list (f->db, NULL, 10);
  g_assert_cmpuint (events->len, ==, 2);
  g_assert_cmpint (get_number (events, 1), ==, 2);
}

/* What the person did is waited for; events are not, and go together. */
static void
test_what_is_waited_for (FixtureDb *f, gconstpointer data)
{
  g_autofree char *text = g_strnfill (200 * 1024, 'x');
  g_autoptr (JsonNode) payload = json_node_init_string (json_node_alloc (), text);
  g_autoptr (TnEvent) large = tn_event_new ("tn:/host", "big.one", payload, NULL);
  g_autofree char *early = NULL, *late = NULL, *largest = NULL;

  n_syncs = 0;
  fixture_add_canvas (f->db, "c");
  g_assert_cmpuint (n_syncs, >=, 1);
  n_syncs = 0;
  g_assert_true (tn_db_kv_set (f->db, TN_KV_TILE, "t", "k", "1", NULL));
  g_assert_cmpuint (n_syncs, >=, 1);
  n_syncs = 0;
  g_assert_true (tn_db_save_state (f->db, "t", "1", NULL));
  g_assert_cmpuint (n_syncs, >=, 1);

  n_syncs = 0;
  for (int i = 0; i < 511; i++)
    append (f->db, "a.b", i);
  early = fixture_sql (f->folder, "SELECT count (*) FROM event");
  g_assert_cmpstr (early, ==, "0\n");
  append (f->db, "a.b", 511);
  late = fixture_sql (f->folder, "SELECT count (*) FROM event");
  g_assert_cmpstr (late, ==, "512\n");
  for (int i = 0; i < 6; i++)
    g_assert_true (tn_db_append_event (f->db, large, NULL));
  largest = fixture_sql (f->folder, "SELECT count (*) FROM event");
  g_assert_cmpstr (largest, ==, "518\n");
  g_assert_cmpuint (n_syncs, ==, 0);

  fixture_add_canvas (f->db, "d");
  g_assert_cmpuint (n_syncs, >=, 1);
}

static void
test_failing (FixtureDb *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = NULL;

  g_assert_true (tn_db_run (f->db, NULL, "PRAGMA query_only = ON", ""));
  append (f->db, "a.b", 1);
  g_assert_false (tn_db_flush_events (f->db, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_READ_ONLY);
  g_assert_true (tn_db_run (f->db, NULL, "PRAGMA query_only = OFF", ""));
  append (f->db, "a.b", 2);
  events = list (f->db, NULL, 10);
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpint (get_number (events, 0), ==, 2);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (FixtureDb *f, gconstpointer data);
  } tests[] = {
    { "/store/events/whole", test_comes_back_whole },
    { "/store/events/list", test_list },
    { "/store/events/since", test_since },
    { "/store/events/bad-pattern", test_bad_pattern },
    { "/store/events/ring", test_ring },
    { "/store/events/ring-of-large", test_ring_of_large },
    { "/store/events/unreadable-rows", test_unreadable_rows_are_passed_over },
    { "/store/events/waited-for", test_what_is_waited_for },
    { "/store/events/failing", test_failing },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, FixtureDb, NULL, fixture_set_up, tests[i].run, fixture_tear_down);
  return g_test_run ();
}
