/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-bus.h"

#include "tn-json.h"
#include "tn-retained.h"

/* What waits and how, what is kept for those who come later, and what is counted. */

typedef struct
{
  TnBus *bus;
  GString *heard; /* type=data, each ended by a space */
  gboolean busy;  /* takes nothing */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->bus = tn_bus_new (NULL);
  self->heard = g_string_new (NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->bus);
  g_string_free (self->heard, TRUE);
}

static void
run (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
hear_cb (TnEvent *event, gpointer user_data)
{
  Fixture *self = user_data;
  JsonNode *data = tn_event_get_data (event);
  g_autofree char *text = data != NULL ? tn_json_to_string (data) : g_strdup ("");

  if (self->busy)
    return FALSE;
  g_string_append_printf (self->heard, "%s=%s ", tn_event_get_event_type (event), text);
  return TRUE;
}

static guint
listen (Fixture *self, const char *pattern, TnBusQueue queue)
{
  g_autoptr (GError) error = NULL;
  guint id = tn_bus_subscribe (self->bus, pattern, &queue, hear_cb, self, NULL, &error);

  g_assert_no_error (error);
  return id;
}

static guint
say_as (Fixture *self, const char *source, const char *type, const char *data, TnBusFlags flags)
{
  g_autoptr (JsonNode) node = data != NULL ? tn_json_parse (data, -1, NULL, NULL) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnEvent) event = tn_event_new (source, type, node, &error);

  g_assert_no_error (error);
  return tn_bus_publish (self->bus, event, flags);
}

static guint
say (Fixture *self, const char *type, const char *data)
{
  return say_as (self, "tn:/app/tile", type, data, 0);
}

static void
assert_heard (Fixture *self, const char *expected)
{
  run ();
  g_assert_cmpstr (self->heard->str, ==, expected);
  g_string_truncate (self->heard, 0);
}

static void
assert_counts (TnBusCounts counts, guint64 published, guint64 delivered, guint64 dropped)
{
  g_assert_cmpuint (counts.published, ==, published);
  g_assert_cmpuint (counts.delivered, ==, delivered);
  g_assert_cmpuint (counts.dropped, ==, dropped);
}

/* What is refused waits in front of what comes later, until it is asked for again. */
static void
test_back_pressure (Fixture *self, gconstpointer data)
{
  guint id = listen (self, ">", (TnBusQueue){ 3 });

  self->busy = TRUE;
  say (self, "a", "1");
  say (self, "a", "2");
  assert_heard (self, "");
  self->busy = FALSE;
  say (self, "a", "3");
  assert_heard (self, "");
  tn_bus_resume (self->bus, id);
  assert_heard (self, "a=1 a=2 a=3 ");
  tn_bus_resume (self->bus, id);
  tn_bus_resume (self->bus, 12345);
  assert_heard (self, "");
  assert_counts (tn_bus_get_counts (self->bus, id), 3, 3, 0);
}

/* A queue that is held keeps its bound. */
static void
test_held_and_full (Fixture *self, gconstpointer data)
{
  guint id = listen (self, ">", (TnBusQueue){ 2 });

  self->busy = TRUE;
  say (self, "a", "1");
  run ();
  for (const char *const *n = (const char *const[]){ "2", "3", "4", NULL }; *n != NULL; n++)
    say (self, "a", *n);
  run ();
  self->busy = FALSE;
  tn_bus_resume (self->bus, id);
  assert_heard (self, "a=3 a=4 ");
  assert_counts (tn_bus_get_counts (self->bus, id), 4, 2, 2);
  assert_counts (tn_bus_get_type_counts (self->bus, "a"), 4, 2, 2);
}

static gboolean
say_more_cb (TnEvent *event, gpointer user_data)
{
  Fixture *self = user_data;

  if (!self->busy)
    return hear_cb (event, user_data);
  self->busy = FALSE;
  say (self, "b", "1");
  say (self, "b", "2");
  return FALSE;
}

/* What is refused after it made its own queue full is the oldest, and goes. */
static void
test_full_inside (Fixture *self, gconstpointer data)
{
  guint id = tn_bus_subscribe (self->bus, ">", &(TnBusQueue){ 2 }, say_more_cb, self, NULL, NULL);

  self->busy = TRUE;
  say (self, "a", "1");
  run ();
  tn_bus_resume (self->bus, id);
  assert_heard (self, "b=1 b=2 ");
  assert_counts (tn_bus_get_counts (self->bus, id), 3, 2, 1);
}

static void
test_coalesce (Fixture *self, gconstpointer data)
{
  TnBusQueue queue = { .capacity = 10, .overflow = TN_BUS_COALESCE, .key = "id" };
  guint id = listen (self, ">", queue);

  say (self, "a", "{\"id\": 1, \"v\": 1}");
  say (self, "a", "{\"id\": 2}");
  say (self, "b", "{\"id\": 1}");
  say (self, "a", "{\"id\": \"1\"}");
  say (self, "a", "{\"id\": 1, \"v\": 2}");
  assert_heard (self, "a={\"id\":1,\"v\":2} a={\"id\":2} b={\"id\":1} a={\"id\":\"1\"} ");
  assert_counts (tn_bus_get_counts (self->bus, id), 5, 4, 1);

  /* What was delivered is out of the way; what has no such member stands alone. */
  say (self, "a", "{\"id\": 1, \"v\": 3}");
  say (self, "a", "{\"v\": 1}");
  say (self, "a", "{\"v\": 1}");
  say (self, "a", "{\"id\": [1]}");
  say (self, "a", "{\"id\": [1]}");
  say (self, "a", "7");
  say (self, "a", NULL);
  assert_heard (self, "a={\"id\":1,\"v\":3} a={\"v\":1} a={\"v\":1} a={\"id\":[1]} a={\"id\":[1]} a=7 a= ");
}

static void
test_coalesce_by_type (Fixture *self, gconstpointer data)
{
  guint id = listen (self, ">", (TnBusQueue){ .capacity = 2, .overflow = TN_BUS_COALESCE });

  say (self, "a", "1");
  say (self, "b", "1");
  say (self, "a", "2");
  say (self, "c", "1");
  assert_heard (self, "b=1 c=1 ");
  self->busy = TRUE;
  say (self, "a", "3");
  run ();
  say (self, "a", "4");
  self->busy = FALSE;
  tn_bus_resume (self->bus, id);
  assert_heard (self, "a=4 ");
}

static void
test_bytes (Fixture *self, gconstpointer data)
{
  TnBusAccount account = { 0, 1000 };
  g_autofree char *text = g_strnfill (300, 'x');
  g_autofree char *small = g_strdup_printf ("\"%s\"", text);
  g_autofree char *much = g_strnfill (1200, 'x');
  g_autofree char *large = g_strdup_printf ("\"%s\"", much);
  guint a = listen (self, "a", (TnBusQueue){ .capacity = 10, .account = &account });
  guint b = listen (self, "b", (TnBusQueue){ .capacity = 10, .account = &account });

  say (self, "a", small);
  say (self, "a", small);
  g_assert_cmpuint (account.bytes, >, 600);
  g_assert_cmpuint (account.bytes, <=, 1000);
  /* Nothing of its own could make room. */
  say (self, "b", small);
  assert_counts (tn_bus_get_counts (self->bus, b), 1, 0, 1);
  say (self, "a", small);
  assert_counts (tn_bus_get_counts (self->bus, a), 3, 0, 1);
  say (self, "a", large);
  g_assert_cmpuint (account.bytes, ==, 0);
  assert_counts (tn_bus_get_counts (self->bus, a), 4, 0, 4);
  say (self, "b", "1");
  assert_heard (self, "b=1 ");
  say (self, "b", small);
  tn_bus_unsubscribe (self->bus, b);
  g_assert_cmpuint (account.bytes, ==, 0);
}

/* What takes another's place may be larger, and not without end. */
static void
test_coalesced_bytes (Fixture *self, gconstpointer data)
{
  TnBusAccount account = { 0, 1000 };
  g_autofree char *text = g_strnfill (750, 'x');
  g_autofree char *large = g_strdup_printf ("\"%s\"", text);
  g_autofree char *much = g_strnfill (1200, 'x');
  g_autofree char *too_large = g_strdup_printf ("\"%s\"", much);
  TnBusQueue queue = { .capacity = 3, .overflow = TN_BUS_COALESCE, .account = &account };
  guint id = listen (self, ">", queue);

  say (self, "a", "1");
  say (self, "b", "1");
  say (self, "c", "1");
  say (self, "b", "2");
  assert_counts (tn_bus_get_counts (self->bus, id), 4, 0, 1);
  say (self, "c", large);
  g_assert_cmpuint (account.bytes, <=, 1000);
  say (self, "c", "3");
  say (self, "b", "3");
  assert_heard (self, "c=3 b=3 ");
  say (self, "d", "1");
  say (self, "d", too_large);
  g_assert_cmpuint (account.bytes, ==, 0);
  assert_heard (self, "");
  say (self, "d", "2");
  assert_heard (self, "d=2 ");
}

static gboolean
order_cb (TnEvent *event, gpointer user_data)
{
  g_string_append (user_data, tn_event_get_event_type (event));
  return TRUE;
}

/* Those for whom the person waits have their turn first, and never all of them. */
static void
test_urgent (Fixture *self, gconstpointer data)
{
  g_autoptr (TnEvent) slow = tn_event_new ("tn:/a/b", "s", NULL, NULL);
  g_autoptr (TnEvent) quick = tn_event_new ("tn:/a/b", "U", NULL, NULL);

  tn_bus_subscribe (self->bus, "s", &(TnBusQueue){ 100 }, order_cb, self->heard, NULL, NULL);
  tn_bus_subscribe (self->bus, "U", &(TnBusQueue){ 100 }, order_cb, self->heard, NULL, NULL);
  for (guint i = 0; i < 3; i++)
    tn_bus_publish (self->bus, slow, 0);
  for (guint i = 0; i < 12; i++)
    tn_bus_publish (self->bus, quick, TN_BUS_URGENT);
  assert_heard (self, "UUUUUUUUsUUUUss");
}

/* One queue stays in order: an urgent event pulls along what waits before it. */
static void
test_urgent_in_order (Fixture *self, gconstpointer data)
{
  listen (self, "b", (TnBusQueue){ 10 });
  listen (self, "a", (TnBusQueue){ 10 });
  say (self, "b", "1");
  say (self, "b", "2");
  say (self, "a", "1");
  say_as (self, "tn:/app/tile", "a", "2", TN_BUS_URGENT);
  say (self, "a", "3");
  assert_heard (self, "a=1 a=2 b=1 a=3 b=2 ");
}

/* An urgent event that was pushed out, or took another's place, is counted right. */
static void
test_urgent_gone (Fixture *self, gconstpointer data)
{
  listen (self, "b", (TnBusQueue){ 10 });
  listen (self, "a", (TnBusQueue){ 1 });
  listen (self, "c", (TnBusQueue){ .capacity = 4, .overflow = TN_BUS_COALESCE });
  say (self, "b", "1");
  say_as (self, "tn:/app/tile", "a", "1", TN_BUS_URGENT);
  say (self, "a", "2");
  say (self, "c", "1");
  say_as (self, "tn:/app/tile", "c", "2", TN_BUS_URGENT);
  assert_heard (self, "c=2 b=1 a=2 ");
}

static void
test_retained (Fixture *self, gconstpointer data)
{
  say_as (self, "tn:/app/tile", "a.b", "1", TN_BUS_RETAIN);
  say_as (self, "tn:/app/tile", "c", "1", TN_BUS_RETAIN);
  say_as (self, "tn:/other/tile", "a.b", "2", TN_BUS_RETAIN);
  say (self, "a.b", "3");
  listen (self, "a.*", (TnBusQueue){ 10 });
  listen (self, "x", (TnBusQueue){ 10 });
  say (self, "a.b", "4");
  assert_heard (self, "a.b=2 a.b=4 ");
  say_as (self, "tn:/app/tile", "a.b", "null", TN_BUS_RETAIN);
  assert_heard (self, "a.b=null ");
  tn_bus_unsubscribe (self->bus, listen (self, ">", (TnBusQueue){ .capacity = 10, .skip_retained = TRUE }));
  listen (self, "c", (TnBusQueue){ .capacity = 10, .skip_retained = TRUE });
  assert_heard (self, "");
  listen (self, ">", (TnBusQueue){ 10 });
  assert_heard (self, "c=1 ");
  say_as (self, "tn:/app/tile", "c", NULL, TN_BUS_RETAIN);
  assert_heard (self, "c= c= ");
  listen (self, "c", (TnBusQueue){ 10 });
  assert_heard (self, "");
}

static void
count_cb (TnEvent *event, gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
retain (TnRetained *retained, const char *source, guint number, guint bytes)
{
  g_autofree char *type = g_strdup_printf ("t.%s.%u", source, number);
  g_autofree char *text = g_strnfill (bytes, 'x');
  g_autoptr (JsonNode) data = json_node_init_string (json_node_alloc (), text);
  g_autoptr (TnEvent) event = tn_event_new (source, type, data, NULL);

  g_assert_nonnull (event);
  tn_retained_set (retained, event);
}

static guint
count_retained (TnRetained *retained, const char *pattern)
{
  guint n = 0;

  tn_retained_match (retained, pattern, count_cb, &n);
  return n;
}

/* Who keeps too much loses the oldest of its own; only all together push out those of others. */
static void
test_retained_bounds (void)
{
  g_autoptr (TnRetained) retained = tn_retained_new ();

  retain (retained, "quiet", 0, 1);
  for (guint i = 0; i < 3 * TN_RETAINED_PER_SOURCE; i++)
    retain (retained, "loud", i, 1);
  g_assert_cmpuint (count_retained (retained, "t.quiet.*"), ==, 1);
  g_assert_cmpuint (count_retained (retained, "t.loud.*"), ==, TN_RETAINED_PER_SOURCE);
  g_assert_cmpuint (count_retained (retained, "t.loud.0"), ==, 0);
  for (guint i = 0; i < 20; i++)
    retain (retained, "fat", i, 200 * 1024);
  g_assert_cmpuint (count_retained (retained, "t.fat.*"), ==, 5);

  for (guint source = 0; source < 20; source++)
    for (guint i = 0; i < TN_RETAINED_PER_SOURCE; i++)
      {
        g_autofree char *name = g_strdup_printf ("s%u", source);

        retain (retained, name, i, 1);
      }
  g_assert_cmpuint (count_retained (retained, ">"), ==, TN_RETAINED_MAX);
  g_assert_cmpuint (count_retained (retained, "t.quiet.*"), ==, 0);
  tn_retained_forget (retained, "s19");
  g_assert_cmpuint (count_retained (retained, "t.s19.*"), ==, 0);
  g_assert_cmpuint (count_retained (retained, ">"), ==, TN_RETAINED_MAX - TN_RETAINED_PER_SOURCE);
}

static char *
list_dead (TnBus *bus)
{
  g_autoptr (GPtrArray) dead = tn_bus_list_dead (bus);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < dead->len; i++)
    {
      TnDeadLetter *letter = dead->pdata[i];

      g_string_append_printf (text, "%s:%d ", tn_event_get_event_type (letter->event), letter->reason);
    }
  return g_string_free (text, FALSE);
}

static void
test_dead_letters (Fixture *self, gconstpointer data)
{
  guint id = listen (self, "a", (TnBusQueue){ 2 });
  g_autofree char *reasons = NULL, *forgotten = NULL;
  g_autoptr (GPtrArray) bounded = NULL, large = NULL;
  g_autofree char *text = g_strnfill (200 * 1024, 'x');
  g_autofree char *json = g_strdup_printf ("\"%s\"", text);

  say (self, "nobody", NULL);
  say (self, "a", "1");
  say (self, "a", "2");
  say (self, "a", "3");
  tn_bus_unsubscribe (self->bus, id);
  reasons = list_dead (self->bus);
  g_assert_cmpstr (reasons, ==, "nobody:0 a:1 a:2 a:2 ");

  say_as (self, "tn:/other/tile", "stays", NULL, 0);
  tn_bus_forget (self->bus, "tn:/app/");
  forgotten = list_dead (self->bus);
  g_assert_cmpstr (forgotten, ==, "stays:0 ");
  for (guint i = 0; i < 2 * TN_BUS_DEAD_LETTERS; i++)
    say (self, "many", NULL);
  bounded = tn_bus_list_dead (self->bus);
  g_assert_cmpuint (bounded->len, ==, TN_BUS_DEAD_LETTERS);
  for (guint i = 0; i < 20; i++)
    say (self, "large", json);
  large = tn_bus_list_dead (self->bus);
  g_assert_cmpuint (large->len, ==, 5);
}

/* What an app that is erased kept is not there for those who come later. */
static void
test_forget (Fixture *self, gconstpointer data)
{
  say_as (self, "tn:/app/one", "a", "1", TN_BUS_RETAIN);
  say_as (self, "tn:/apple/one", "b", "1", TN_BUS_RETAIN);
  tn_bus_forget (self->bus, "tn:/app/");
  listen (self, ">", (TnBusQueue){ 10 });
  assert_heard (self, "b=1 ");
}

/* Types without end: they are counted together, and go where they should. */
static void
test_many_types (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) types = NULL;
  guint id = listen (self, "t.7", (TnBusQueue){ 10 });
  guint late = listen (self, "t.5000", (TnBusQueue){ 10 });

  for (guint i = 0; i < 5001; i++)
    {
      g_autofree char *type = g_strdup_printf ("t.%u", i);

      g_assert_cmpuint (say (self, type, "1"), ==, i == 7 || i == 5000);
    }
  assert_heard (self, "t.7=1 t.5000=1 ");
  assert_counts (tn_bus_get_counts (self->bus, id), 1, 1, 0);
  assert_counts (tn_bus_get_counts (self->bus, late), 1, 1, 0);
  assert_counts (tn_bus_get_type_counts (self->bus, "t.7"), 1, 1, 0);
  assert_counts (tn_bus_get_type_counts (self->bus, "t.5000"), 0, 0, 0);
  assert_counts (tn_bus_get_type_counts (self->bus, ""), 5001 - TN_BUS_MAX_TYPES, 1, 0);
  types = tn_bus_list_types (self->bus);
  g_assert_cmpuint (types->len, ==, TN_BUS_MAX_TYPES + 1);
}

/* Where a type goes is remembered, until somebody comes or goes; with many it is looked up each time. */
static void
test_remembered_routes (Fixture *self, gconstpointer data)
{
  guint first = listen (self, "a", (TnBusQueue){ 10 });

  g_assert_cmpuint (say (self, "a", "1"), ==, 1);
  listen (self, "*", (TnBusQueue){ 10 });
  g_assert_cmpuint (say (self, "a", "1"), ==, 2);
  tn_bus_unsubscribe (self->bus, first);
  g_assert_cmpuint (say (self, "a", "1"), ==, 1);
  for (guint i = 0; i < 99; i++)
    listen (self, ">", (TnBusQueue){ 1 });
  g_assert_cmpuint (say (self, "a", "1"), ==, 100);
  g_assert_cmpuint (say (self, "b", "1"), ==, 100);
  g_assert_cmpuint (say (self, "a", "1"), ==, 100);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/rules/back-pressure", test_back_pressure },
    { "/rules/held-and-full", test_held_and_full },
    { "/rules/full-inside", test_full_inside },
    { "/rules/coalesce", test_coalesce },
    { "/rules/coalesce-by-type", test_coalesce_by_type },
    { "/rules/bytes", test_bytes },
    { "/rules/coalesced-bytes", test_coalesced_bytes },
    { "/rules/urgent", test_urgent },
    { "/rules/urgent-in-order", test_urgent_in_order },
    { "/rules/urgent-gone", test_urgent_gone },
    { "/rules/retained", test_retained },
    { "/rules/dead-letters", test_dead_letters },
    { "/rules/forget", test_forget },
    { "/rules/many-types", test_many_types },
    { "/rules/remembered-routes", test_remembered_routes },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  g_test_add_func ("/rules/retained-bounds", test_retained_bounds);
  return g_test_run ();
}
