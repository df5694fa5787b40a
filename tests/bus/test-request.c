/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-bus.h"

#include <string.h>

#include "tn-json.h"

/* Requests and their one reply. */

#define LONG_MS 60000

typedef struct
{
  TnBus *bus;
  GPtrArray *kept; /* of TnBusRequest: what the responder has not answered */
  guint n_asked, n_destroyed;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->bus = tn_bus_new (NULL);
  self->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_bus_request_unref);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->bus);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
}

/* What became of a request. */
typedef struct
{
  gboolean done;
  JsonNode *data;
  GError *error;
} Outcome;

static void
outcome_clear (Outcome *self)
{
  g_clear_pointer (&self->data, json_node_unref);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  g_assert_false (outcome->done);
  outcome->data = tn_bus_request_finish (TN_BUS (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
ask_as (Fixture *self, const char *source, const char *type, guint timeout_ms, GCancellable *cancellable,
        Outcome *outcome)
{
  g_autoptr (JsonNode) data = json_node_init_int (json_node_alloc (), 20);
  g_autoptr (TnEvent) event = tn_event_new (source, type, data, NULL);

  tn_bus_request_async (self->bus, event, timeout_ms, cancellable, done_cb, outcome);
}

static void
ask (Fixture *self, const char *type, Outcome *outcome)
{
  ask_as (self, "tn:/asker/1", type, LONG_MS, NULL, outcome);
}

static void
wait_for (Outcome *outcome)
{
  while (!outcome->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
run (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
assert_failed (Outcome *outcome, TnBusErrorCode code)
{
  wait_for (outcome);
  g_assert_error (outcome->error, TN_BUS_ERROR, code);
  g_assert_nonnull (strstr (outcome->error->message, "math.double"));
  g_assert_null (outcome->data);
}

static JsonNode *
make_int (gint64 number)
{
  return json_node_init_int (json_node_alloc (), number);
}

static void
double_cb (TnBusRequest *request, gpointer user_data)
{
  Fixture *self = user_data;
  gint64 number = json_node_get_int (tn_event_get_data (tn_bus_request_get_event (request)));

  self->n_asked++;
  g_assert_true (tn_bus_request_is_open (request));
  tn_bus_request_reply (request, make_int (2 * number));
  g_assert_false (tn_bus_request_is_open (request));
  /* The first reply is the reply. */
  tn_bus_request_reply (request, make_int (0));
  tn_bus_request_fail (request, "too late");
}

static void
keep_cb (TnBusRequest *request, gpointer user_data)
{
  g_ptr_array_add (((Fixture *) user_data)->kept, tn_bus_request_ref (request));
}

static void
ignore_cb (TnBusRequest *request, gpointer user_data)
{
}

static void
destroyed_cb (gpointer user_data)
{
  ((Fixture *) user_data)->n_destroyed++;
}

static guint
respond (Fixture *self, const char *source, const char *pattern, TnBusRespond func)
{
  g_autoptr (GError) error = NULL;
  guint id = tn_bus_respond (self->bus, source, pattern, func, self, destroyed_cb, &error);

  g_assert_no_error (error);
  return id;
}

static gboolean
never_cb (TnEvent *event, gpointer user_data)
{
  g_assert_not_reached ();
}

/* A request and its reply are nobody else's. */
static void
test_reply (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  tn_bus_subscribe (self->bus, ">", &(TnBusQueue){ 10 }, never_cb, NULL, NULL, NULL);
  respond (self, "tn:/math/1", "math.*", double_cb);
  ask (self, "math.double", &outcome);
  g_assert_false (outcome.done);
  wait_for (&outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpint (json_node_get_int (outcome.data), ==, 40);
  run ();
}

/* Of several responders the first one is asked, whatever its pattern; then the next, once it is gone. */
static void
test_first_responder (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) first = { 0 }, second = { 0 };
  guint id = respond (self, "tn:/math/1", ">", double_cb);

  respond (self, "tn:/math/2", "math.double", ignore_cb);
  ask (self, "math.double", &first);
  wait_for (&first);
  g_assert_no_error (first.error);
  tn_bus_unrespond (self->bus, id);
  g_assert_cmpuint (self->n_destroyed, ==, 1);
  ask (self, "math.double", &second);
  assert_failed (&second, TN_BUS_ERROR_GONE);
  g_assert_cmpuint (self->n_asked, ==, 1);
}

static void
test_nobody (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  g_autoptr (GPtrArray) dead = NULL;
  g_autoptr (GError) error = NULL;

  respond (self, "tn:/math/1", "math.halve", double_cb);
  ask (self, "math.double", &outcome);
  assert_failed (&outcome, TN_BUS_ERROR_NOBODY);
  dead = tn_bus_list_dead (self->bus);
  g_assert_cmpuint (dead->len, ==, 1);
  g_assert_cmpint (((TnDeadLetter *) dead->pdata[0])->reason, ==, TN_DEAD_REQUEST);
  g_assert_cmpuint (tn_bus_respond (self->bus, "tn:/math/1", "a..b", double_cb, self, NULL, &error), ==, 0);
  g_assert_error (error, TN_BUS_ERROR, TN_BUS_ERROR_PATTERN);
}

static void
test_timeout (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  respond (self, "tn:/math/1", "math.*", keep_cb);
  ask_as (self, "tn:/asker/1", "math.double", 1, NULL, &outcome);
  assert_failed (&outcome, TN_BUS_ERROR_TIMEOUT);
  g_assert_false (tn_bus_request_is_open (self->kept->pdata[0]));
  tn_bus_request_reply (self->kept->pdata[0], make_int (1));
  run ();
}

static void
test_cancel (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 }, before = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  respond (self, "tn:/math/1", "math.*", keep_cb);
  ask_as (self, "tn:/asker/1", "math.double", LONG_MS, cancellable, &outcome);
  g_assert_cmpuint (self->kept->len, ==, 1);
  g_cancellable_cancel (cancellable);
  wait_for (&outcome);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (tn_bus_request_is_open (self->kept->pdata[0]));
  ask_as (self, "tn:/asker/1", "math.double", LONG_MS, cancellable, &before);
  wait_for (&before);
  g_assert_error (before.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (self->kept->len, ==, 1);
}

static void
test_failing (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) failed = { 0 }, large = { 0 }, long_winded = { 0 }, empty = { 0 };
  g_autofree char *text = g_strnfill (TN_EVENT_MAX_BYTES, 'x');

  respond (self, "tn:/math/1", "math.*", keep_cb);
  ask (self, "math.double", &failed);
  tn_bus_request_fail (self->kept->pdata[0], "no head for figures");
  assert_failed (&failed, TN_BUS_ERROR_REPLIED);
  g_assert_nonnull (strstr (failed.error->message, "no head for figures"));
  ask (self, "math.double", &large);
  tn_bus_request_reply (self->kept->pdata[1], json_node_init_string (json_node_alloc (), text));
  assert_failed (&large, TN_BUS_ERROR_REPLIED);
  ask (self, "math.double", &long_winded);
  tn_bus_request_fail (self->kept->pdata[2], text);
  assert_failed (&long_winded, TN_BUS_ERROR_REPLIED);
  g_assert_cmpuint (strlen (long_winded.error->message), <, 1100);
  ask (self, "math.double", &empty);
  tn_bus_request_reply (self->kept->pdata[3], NULL);
  wait_for (&empty);
  g_assert_no_error (empty.error);
  g_assert_null (empty.data);
}

/* Who lets go of a request, or goes, has not replied. */
static void
test_gone (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) dropped = { 0 }, left = { 0 }, closed = { 0 };
  guint id = respond (self, "tn:/math/1", "math.*", keep_cb);

  ask (self, "math.double", &dropped);
  g_ptr_array_set_size (self->kept, 0);
  assert_failed (&dropped, TN_BUS_ERROR_GONE);
  ask (self, "math.double", &left);
  tn_bus_unrespond (self->bus, id);
  assert_failed (&left, TN_BUS_ERROR_GONE);
  tn_bus_unrespond (self->bus, id);
  g_assert_cmpuint (self->n_destroyed, ==, 1);

  respond (self, "tn:/math/1", "math.*", keep_cb);
  ask (self, "math.double", &closed);
  g_object_run_dispose (G_OBJECT (self->bus));
  assert_failed (&closed, TN_BUS_ERROR_GONE);
  g_assert_cmpuint (self->n_destroyed, ==, 2);
}

/* One that lets go of all others when its own request has come to its end. */
typedef struct
{
  Fixture *fixture;
  guint id;
  Outcome outcome;
} Selfish;

static void
let_go_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Selfish *selfish = user_data;

  done_cb (source, result, &selfish->outcome);
  g_ptr_array_set_size (selfish->fixture->kept, 0);
}

static gboolean
unrespond_cb (gpointer user_data)
{
  Selfish *selfish = user_data;

  tn_bus_unrespond (selfish->fixture->bus, selfish->id);
  return G_SOURCE_REMOVE;
}

/* Whoever is told that the responder went may end what else was asked of it. */
static void
test_gone_together (Fixture *self, gconstpointer data)
{
  g_autoptr (TnEvent) event = tn_event_new ("tn:/asker/1", "math.double", NULL, NULL);
  Selfish selfish = { self, respond (self, "tn:/math/1", "math.*", keep_cb), { 0 } };
  Outcome others[3] = { 0 };

  tn_bus_request_async (self->bus, event, LONG_MS, NULL, let_go_cb, &selfish);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    ask (self, "math.double", &others[i]);
  g_idle_add (unrespond_cb, &selfish);
  assert_failed (&selfish.outcome, TN_BUS_ERROR_GONE);
  outcome_clear (&selfish.outcome);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      assert_failed (&others[i], TN_BUS_ERROR_GONE);
      outcome_clear (&others[i]);
    }
  g_assert_cmpuint (self->n_destroyed, ==, 1);
}

/* A responder that asks before it replies, and passes on what comes of that. */
typedef struct
{
  Fixture *fixture;
  const char *source, *type;
  guint n_asked;
} Link;

typedef struct
{
  TnBusRequest *request;
} Passing;

static void
passed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Passing *passing = user_data;
  g_autoptr (GError) error = NULL;
  JsonNode *data = tn_bus_request_finish (TN_BUS (source), result, &error);

  if (error != NULL)
    tn_bus_request_fail (passing->request, error->message);
  else
    tn_bus_request_reply (passing->request, data);
  tn_bus_request_unref (passing->request);
}

static void
pass_on_cb (TnBusRequest *request, gpointer user_data)
{
  Link *link = user_data;
  g_autoptr (TnEvent) event = tn_event_new (link->source, link->type, NULL, NULL);
  Passing *passing = g_new (Passing, 1);

  link->n_asked++;
  passing->request = tn_bus_request_ref (request);
  tn_bus_request_async (link->fixture->bus, event, LONG_MS, NULL, passed_cb, passing);
}

/* A asks B asks A …: the one too many is refused, and that comes back all the way. */
static void
test_cycle (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  Link a = { self, "tn:/a/1", "math.double", 0 }, b = { self, "tn:/b/1", "math.halve", 0 };

  tn_bus_respond (self->bus, "tn:/a/1", "math.halve", pass_on_cb, &a, NULL, NULL);
  tn_bus_respond (self->bus, "tn:/b/1", "math.double", pass_on_cb, &b, NULL, NULL);
  ask (self, "math.double", &outcome);
  wait_for (&outcome);
  g_assert_error (outcome.error, TN_BUS_ERROR, TN_BUS_ERROR_REPLIED);
  g_assert_nonnull (strstr (outcome.error->message, "circle"));
  g_assert_cmpuint (a.n_asked + b.n_asked, ==, TN_BUS_MAX_HOPS);
}

/* A chain that ends is no circle. */
static void
test_chain (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  Link a = { self, "tn:/a/1", "math.double", 0 };

  tn_bus_respond (self->bus, "tn:/a/1", "math.quadruple", pass_on_cb, &a, NULL, NULL);
  respond (self, "tn:/b/1", "math.double", keep_cb);
  ask (self, "math.quadruple", &outcome);
  tn_bus_request_reply (self->kept->pdata[0], make_int (7));
  wait_for (&outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpint (json_node_get_int (outcome.data), ==, 7);
}

/* A flood of requests is refused from a bound on, for the one who asks and for the one who is asked. */
static void
test_flood (Fixture *self, gconstpointer data)
{
  Outcome outcomes[TN_BUS_MAX_REQUESTS + 1] = { 0 };
  g_auto (Outcome) other = { 0 }, elsewhere = { 0 };

  respond (self, "tn:/math/1", "math.double", keep_cb);
  respond (self, "tn:/math/2", "math.halve", double_cb);
  for (guint i = 0; i <= TN_BUS_MAX_REQUESTS; i++)
    ask (self, "math.double", &outcomes[i]);
  assert_failed (&outcomes[TN_BUS_MAX_REQUESTS], TN_BUS_ERROR_BUSY);
  ask_as (self, "tn:/asker/2", "math.double", LONG_MS, NULL, &other);
  assert_failed (&other, TN_BUS_ERROR_BUSY);
  ask_as (self, "tn:/asker/2", "math.halve", LONG_MS, NULL, &elsewhere);
  wait_for (&elsewhere);
  g_assert_no_error (elsewhere.error);
  g_assert_cmpuint (self->kept->len, ==, TN_BUS_MAX_REQUESTS);
  g_ptr_array_set_size (self->kept, 0);
  for (guint i = 0; i <= TN_BUS_MAX_REQUESTS; i++)
    {
      wait_for (&outcomes[i]);
      outcome_clear (&outcomes[i]);
    }
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/request/reply", test_reply },     { "/request/first-responder", test_first_responder },
    { "/request/nobody", test_nobody },   { "/request/timeout", test_timeout },
    { "/request/cancel", test_cancel },   { "/request/failing", test_failing },
    { "/request/gone", test_gone },       { "/request/gone-together", test_gone_together },
    { "/request/cycle", test_cycle },     { "/request/chain", test_chain },
    { "/request/flood", test_flood },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
