/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subjects.h"
#include "tn-bus.h"
#include "tn-clock.h"

/* A subscriber that keeps the types of what it heard, each ended by a space. */
typedef struct
{
  TnBus *bus;
  GString *heard;
  guint id;
  guint n_destroyed;
  void (*then) (gpointer listener); /* nullable: called after each event */
} Listener;

typedef struct
{
  TnBus *bus;
  Listener a, b;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->bus = tn_bus_new (NULL);
  self->a = self->b = (Listener){ .bus = self->bus };
  self->a.heard = g_string_new (NULL);
  self->b.heard = g_string_new (NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->bus);
  g_string_free (self->a.heard, TRUE);
  g_string_free (self->b.heard, TRUE);
}

static gboolean
hear_cb (TnEvent *event, gpointer user_data)
{
  Listener *listener = user_data;

  g_string_append_printf (listener->heard, "%s ", tn_event_get_event_type (event));
  if (listener->then != NULL)
    listener->then (listener);
  return TRUE;
}

static void
destroyed_cb (gpointer user_data)
{
  ((Listener *) user_data)->n_destroyed++;
}

static void
listen (Listener *self, const char *pattern, guint capacity)
{
  g_autoptr (GError) error = NULL;

  self->id = tn_bus_subscribe (self->bus, pattern, &(TnBusQueue){ capacity }, hear_cb, self, destroyed_cb, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->id, !=, 0);
}

static guint
publish (TnBus *bus, const char *type)
{
  g_autoptr (TnEvent) event = tn_event_new (TN_EVENT_HOST_SOURCE, type, NULL, NULL);

  g_assert_nonnull (event);
  return tn_bus_publish (bus, event, 0);
}

static void
publish_numbered (TnBus *bus, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *type = g_strdup_printf ("n%u", i);

      publish (bus, type);
    }
}

static void
run (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_in_order_and_later (Fixture *self, gconstpointer data)
{
  listen (&self->a, "todo.>", 10);
  listen (&self->b, "*.*.done", 10);

  g_assert_cmpuint (publish (self->bus, "todo.item.new"), ==, 1);
  g_assert_cmpuint (publish (self->bus, "todo.item.done"), ==, 2);
  g_assert_cmpuint (publish (self->bus, "notes.item.done"), ==, 1);
  g_assert_cmpuint (publish (self->bus, "notes"), ==, 0);
  g_assert_cmpstr (self->a.heard->str, ==, "");

  run ();
  g_assert_cmpstr (self->a.heard->str, ==, "todo.item.new todo.item.done ");
  g_assert_cmpstr (self->b.heard->str, ==, "todo.item.done notes.item.done ");
}

static void
test_same_event_for_all (Fixture *self, gconstpointer data)
{
  g_autoptr (TnEvent) event = tn_event_new ("tn:/app/tile", "a", NULL, NULL);

  listen (&self->a, "a", 1);
  listen (&self->b, ">", 1);
  g_assert_cmpuint (tn_bus_publish (self->bus, event, 0), ==, 2);
  g_assert_cmpuint (tn_bus_publish (self->bus, event, 0), ==, 2);
  run ();
  g_assert_cmpstr (self->a.heard->str, ==, "a ");
  g_assert_cmpuint (tn_bus_get_counts (self->bus, self->a.id).dropped, ==, 1);
}

static void
test_oldest_is_dropped (Fixture *self, gconstpointer data)
{
  listen (&self->a, ">", 3);
  listen (&self->b, ">", 100);
  publish_numbered (self->bus, 8);
  run ();
  g_assert_cmpstr (self->a.heard->str, ==, "n5 n6 n7 ");
  g_assert_cmpuint (tn_bus_get_counts (self->bus, self->a.id).dropped, ==, 5);
  g_assert_cmpstr (self->b.heard->str, ==, "n0 n1 n2 n3 n4 n5 n6 n7 ");
  g_assert_cmpuint (tn_bus_get_counts (self->bus, self->b.id).dropped, ==, 0);
  g_assert_cmpuint (tn_bus_get_counts (self->bus, 12345).dropped, ==, 0);
}

static void
test_bad_pattern (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (tn_bus_subscribe (self->bus, "a.>.b", &(TnBusQueue){ 1 }, hear_cb, &self->a, destroyed_cb, &error), ==, 0);
  g_assert_error (error, TN_BUS_ERROR, TN_BUS_ERROR_PATTERN);
  g_assert_true (g_str_has_prefix (error->message, "“a.>.b”"));
  g_assert_cmpuint (tn_bus_get_n_subscriptions (self->bus), ==, 0);
  g_assert_cmpuint (self->a.n_destroyed, ==, 0);
}

static void
test_unsubscribe (Fixture *self, gconstpointer data)
{
  listen (&self->a, "a", 10);
  listen (&self->b, "a", 10);
  g_assert_cmpuint (tn_bus_get_n_subscriptions (self->bus), ==, 2);
  publish (self->bus, "a");
  tn_bus_unsubscribe (self->bus, self->a.id);
  g_assert_cmpuint (self->a.n_destroyed, ==, 1);
  tn_bus_unsubscribe (self->bus, self->a.id);
  g_assert_cmpuint (tn_bus_get_n_subscriptions (self->bus), ==, 1);
  g_assert_cmpuint (publish (self->bus, "a"), ==, 1);
  run ();
  g_assert_cmpstr (self->a.heard->str, ==, "");
  g_assert_cmpuint (self->a.n_destroyed, ==, 1);
  g_assert_cmpstr (self->b.heard->str, ==, "a a ");
}

static void
leave (gpointer data)
{
  Listener *self = data;

  tn_bus_unsubscribe (self->bus, self->id);
  /* Its user data must live as long as it is being delivered to. */
  g_assert_cmpuint (self->n_destroyed, ==, 0);
}

static void
test_unsubscribe_itself_inside (Fixture *self, gconstpointer data)
{
  self->a.then = leave;
  listen (&self->a, ">", 10);
  publish_numbered (self->bus, 3);
  run ();
  g_assert_cmpstr (self->a.heard->str, ==, "n0 ");
  g_assert_cmpuint (self->a.n_destroyed, ==, 1);
  g_assert_cmpuint (tn_bus_get_n_subscriptions (self->bus), ==, 0);
}

static void
drop_other (gpointer data)
{
  Listener *self = data;
  Fixture *fixture = (Fixture *) ((char *) self - G_STRUCT_OFFSET (Fixture, a));

  tn_bus_unsubscribe (fixture->bus, fixture->b.id);
}

static void
test_unsubscribe_other_inside (Fixture *self, gconstpointer data)
{
  self->a.then = drop_other;
  listen (&self->a, ">", 10);
  listen (&self->b, ">", 10);
  publish_numbered (self->bus, 3);
  run ();
  g_assert_cmpstr (self->a.heard->str, ==, "n0 n1 n2 ");
  g_assert_cmpstr (self->b.heard->str, ==, "");
  g_assert_cmpuint (self->b.n_destroyed, ==, 1);
}

static void
answer_once (gpointer data)
{
  Listener *self = data;

  self->then = NULL;
  publish (self->bus, "answer");
}

static void
test_publish_inside (Fixture *self, gconstpointer data)
{
  self->a.then = answer_once;
  listen (&self->a, ">", 10);
  publish (self->bus, "ask");
  publish (self->bus, "more");
  run ();
  g_assert_cmpstr (self->a.heard->str, ==, "ask more answer ");
}

static void
subscribe_other (gpointer data)
{
  Listener *self = data;
  Fixture *fixture = (Fixture *) ((char *) self - G_STRUCT_OFFSET (Fixture, a));

  self->then = NULL;
  listen (&fixture->b, ">", 10);
  publish (self->bus, "late");
}

static void
test_subscribe_inside (Fixture *self, gconstpointer data)
{
  self->a.then = subscribe_other;
  listen (&self->a, ">", 10);
  publish (self->bus, "early");
  run ();
  g_assert_cmpstr (self->a.heard->str, ==, "early late ");
  g_assert_cmpstr (self->b.heard->str, ==, "late ");
}

static void
let_go (gpointer data)
{
  Listener *self = data;

  self->then = NULL;
  g_object_unref (self->bus);
}

static void
test_last_reference_inside (Fixture *self, gconstpointer data)
{
  self->a.then = let_go;
  listen (&self->a, ">", 10);
  listen (&self->b, ">", 10);
  publish_numbered (self->bus, 2);
  g_object_add_weak_pointer (G_OBJECT (self->bus), (gpointer *) &self->bus);
  g_assert_true (g_main_context_iteration (NULL, FALSE));
  g_assert_null (self->bus);
  g_assert_cmpuint (self->a.n_destroyed, ==, 1);
  g_assert_cmpuint (self->b.n_destroyed, ==, 1);
  run ();
}

static void
say_goodbye_cb (gpointer user_data)
{
  publish (((Listener *) user_data)->bus, "goodbye");
}

/* What goes away with the bus may still speak; nobody hears it. */
static void
test_publish_at_the_end (Fixture *self, gconstpointer data)
{
  tn_bus_subscribe (self->bus, ">", &(TnBusQueue){ 10 }, hear_cb, &self->b, say_goodbye_cb, NULL);
  listen (&self->a, ">", 10);
  g_assert_finalize_object (g_steal_pointer (&self->bus));
  run ();
  g_assert_cmpstr (self->a.heard->str, ==, "");
}

static guint
count (GString *heard)
{
  guint n = 0;

  for (const char *c = heard->str; *c != '\0'; c++)
    n += *c == ' ';
  return n;
}

/* One turn of the loop hands out a slice only, shared in turns: the quiet one isn't held up by the flooded one. */
static void
test_flood_is_sliced (Fixture *self, gconstpointer data)
{
  guint turns = 1;

  listen (&self->a, "*", 3000);
  listen (&self->b, "quiet.event", 10);
  publish_numbered (self->bus, 3000);
  publish (self->bus, "quiet.event");

  g_assert_true (g_main_context_iteration (NULL, FALSE));
  g_assert_cmpuint (count (self->a.heard), >, 0);
  g_assert_cmpuint (count (self->a.heard), <=, 256);
  g_assert_cmpstr (self->b.heard->str, ==, "quiet.event ");
  while (g_main_context_iteration (NULL, FALSE))
    turns++;
  g_assert_cmpuint (count (self->a.heard), ==, 3000);
  g_assert_cmpuint (turns, >=, 3000 / 256);
}

static gint64 now_us;

static gint64
tell_time (void)
{
  return now_us;
}

static void
no_bytes (guint8 *buffer, gsize length)
{
}

static void
take_3_ms (gpointer data)
{
  now_us += 3000;
}

/* Slow deliveries end the slice early. */
static void
test_slow_is_sliced (Fixture *self, gconstpointer data)
{
  const TnClockSource clock = { tell_time, tell_time, no_bytes };

  tn_clock_set_source (&clock);
  self->a.then = take_3_ms;
  listen (&self->a, ">", 10);
  publish_numbered (self->bus, 10);
  g_assert_true (g_main_context_iteration (NULL, FALSE));
  g_assert_cmpstr (self->a.heard->str, ==, "n0 n1 n2 n3 n4 n5 n6 n7 ");
  run ();
  g_assert_cmpstr (self->a.heard->str, ==, "n0 n1 n2 n3 n4 n5 n6 n7 n8 n9 ");
  tn_clock_set_source (NULL);
}

static gboolean
draw_cb (gpointer user_data)
{
  Listener *listener = user_data;

  g_string_append (listener->heard, "draw ");
  return listener->heard->len < 50;
}

/* What draws the window goes first, however much waits on the bus. */
static void
test_drawing_goes_first (Fixture *self, gconstpointer data)
{
  listen (&self->a, ">", 10);
  publish_numbered (self->bus, 2);
  g_idle_add_full (G_PRIORITY_HIGH_IDLE + 20, draw_cb, &self->a, NULL);
  run ();
  g_assert_true (g_str_has_prefix (self->a.heard->str, "draw draw draw "));
  g_assert_true (g_str_has_suffix (self->a.heard->str, "draw n0 n1 "));
}

static void
test_own_context (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GString) heard = g_string_new (NULL);
  g_autoptr (TnBus) bus = NULL;
  Listener listener = { .heard = heard };

  g_main_context_push_thread_default (context);
  bus = tn_bus_new (NULL);
  g_main_context_pop_thread_default (context);
  listener.bus = bus;
  listen (&listener, "a", 1);
  publish (bus, "a");
  run ();
  g_assert_cmpstr (heard->str, ==, "");
  while (g_main_context_iteration (context, FALSE))
    ;
  g_assert_cmpstr (heard->str, ==, "a ");
}

/* A log that keeps the types. */
#define TEST_TYPE_LOG (test_log_get_type ())
G_DECLARE_FINAL_TYPE (TestLog, test_log, TEST, LOG, GObject)

struct _TestLog
{
  GObject parent_instance;
  GString *types;
};

static void
test_log_append (TnEventLog *log, TnEvent *event)
{
  g_string_append_printf (TEST_LOG (log)->types, "%s ", tn_event_get_event_type (event));
}

static void
test_log_iface_init (TnEventLogInterface *iface)
{
  iface->append = test_log_append;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestLog, test_log, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TN_TYPE_EVENT_LOG, test_log_iface_init))

static void
test_log_finalize (GObject *object)
{
  g_string_free (TEST_LOG (object)->types, TRUE);
  G_OBJECT_CLASS (test_log_parent_class)->finalize (object);
}

static void
test_log_class_init (TestLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_log_finalize;
}

static void
test_log_init (TestLog *self)
{
  self->types = g_string_new (NULL);
}

static void
test_log_hears_all (void)
{
  g_autoptr (TestLog) log = g_object_new (TEST_TYPE_LOG, NULL);
  g_autoptr (TnBus) bus = tn_bus_new (TN_EVENT_LOG (log));

  g_assert_cmpuint (publish (bus, "nobody.listens"), ==, 0);
  publish (bus, "b");
  g_assert_cmpstr (log->types->str, ==, "nobody.listens b ");
}

static gboolean
count_cb (TnEvent *event, gpointer user_data)
{
  ++*(guint *) user_data;
  return TRUE;
}

/* Random comings and goings, each delivery counted against what the patterns say. */
static void
test_as_counted (void)
{
  g_autoptr (TnBus) bus = tn_bus_new (NULL);
  g_autoptr (GPtrArray) patterns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  guint delivered = 0, expected = 0;

  for (guint step = 0; step < 3000; step++)
    {
      g_autofree char *type = random_type (4);
      guint matches = 0;

      if (ids->len < 50 || g_test_rand_bit ())
        {
          char *pattern = random_pattern (4);
          guint id = tn_bus_subscribe (bus, pattern, &(TnBusQueue){ 1 }, count_cb, &delivered, NULL, NULL);

          g_ptr_array_add (patterns, pattern);
          g_array_append_val (ids, id);
        }
      else
        {
          guint victim = g_test_rand_int_range (0, ids->len);

          tn_bus_unsubscribe (bus, g_array_index (ids, guint, victim));
          g_ptr_array_remove_index_fast (patterns, victim);
          g_array_remove_index_fast (ids, victim);
        }
      for (guint i = 0; i < patterns->len; i++)
        matches += plainly_matches (patterns->pdata[i], type);
      g_assert_cmpuint (publish (bus, type), ==, matches);
      expected += matches;
      run ();
      g_assert_cmpuint (delivered, ==, expected);
    }
  g_assert_cmpuint (tn_bus_get_n_subscriptions (bus), ==, ids->len);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/bus/in-order-and-later", test_in_order_and_later },
    { "/bus/same-event-for-all", test_same_event_for_all },
    { "/bus/oldest-is-dropped", test_oldest_is_dropped },
    { "/bus/bad-pattern", test_bad_pattern },
    { "/bus/unsubscribe", test_unsubscribe },
    { "/bus/unsubscribe-itself-inside", test_unsubscribe_itself_inside },
    { "/bus/unsubscribe-other-inside", test_unsubscribe_other_inside },
    { "/bus/publish-inside", test_publish_inside },
    { "/bus/subscribe-inside", test_subscribe_inside },
    { "/bus/last-reference-inside", test_last_reference_inside },
    { "/bus/publish-at-the-end", test_publish_at_the_end },
    { "/bus/flood-is-sliced", test_flood_is_sliced },
    { "/bus/slow-is-sliced", test_slow_is_sliced },
    { "/bus/drawing-goes-first", test_drawing_goes_first },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  g_test_add_func ("/bus/own-context", test_own_context);
  g_test_add_func ("/bus/log-hears-all", test_log_hears_all);
  g_test_add_func ("/bus/as-counted", test_as_counted);
  return g_test_run ();
}
