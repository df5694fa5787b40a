/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-portal.h"
#include "tn-location.h"

#include <math.h>

/* Where this computer is, asked of a fake portal on a bus of the test's own. */

#define LONG_MS 20000

typedef struct
{
  TnPosition *position;
  GError *error;
  gboolean done;
} Answer;

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->position = tn_location_find_finish (result, &answer->error);
  answer->done = TRUE;
}

static void
answer_clear (Answer *answer)
{
  g_clear_pointer (&answer->position, g_free);
  g_clear_error (&answer->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static void
find (Answer *answer, TnNearness nearness, guint timeout_ms)
{
  tn_location_find_async (nearness, timeout_ms, NULL, found_cb, answer);
  while (!answer->done)
    g_main_context_iteration (NULL, TRUE);
}

/* Until the portal has heard all of @log; a test that waits in vain is ended by its runner. */
static void
wait_for_log (FakePortal *portal, const char *log)
{
  while (!g_str_equal (fake_portal_get_log (portal), log))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_found (void)
{
  g_autoptr (FakePortal) portal = fake_portal_new (FAKE_PORTAL_TELLS, NULL);
  g_auto (Answer) answer = { 0 };

  find (&answer, TN_NEARNESS_CITY, LONG_MS);
  g_assert_no_error (answer.error);
  g_assert_cmpfloat (answer.position->latitude, ==, 52.5);
  g_assert_cmpfloat (answer.position->longitude, ==, 13.4);
  g_assert_cmpfloat (answer.position->accuracy, ==, 1000);
  g_assert_cmpfloat (answer.position->speed, <, 0);
  g_assert_cmpfloat (answer.position->heading, <, 0);
  g_assert_false (answer.position->has_altitude);
  g_assert_cmpint (answer.position->time_us, ==, G_GINT64_CONSTANT (1700000000500000));
  wait_for_log (portal, "CreateSession 2;Start;Close;");
}

static void
test_whole (void)
{
  GVariant *location = g_variant_new_parsed ("{'Latitude': <-90.0>, 'Longitude': <180.0>, 'Accuracy': <3.0>,"
                                             " 'Altitude': <-4.0>, 'Speed': <1.5>, 'Heading': <270.0>}");
  g_autoptr (FakePortal) portal = fake_portal_new (FAKE_PORTAL_TELLS, location);
  g_auto (Answer) answer = { 0 };

  find (&answer, TN_NEARNESS_EXACT, LONG_MS);
  g_assert_no_error (answer.error);
  g_assert_true (answer.position->has_altitude);
  g_assert_cmpfloat (answer.position->altitude, ==, -4);
  g_assert_cmpfloat (answer.position->speed, ==, 1.5);
  g_assert_cmpfloat (answer.position->heading, ==, 270);
  g_assert_cmpint (answer.position->time_us, >, 0);
  wait_for_log (portal, "CreateSession 5;Start;Close;");
}

/* The desktop's words are from outside too. */
static void
test_nowhere (void)
{
  static const char *const locations[] = {
    "@a{sv} {}",
    "{'Latitude': <91.0>, 'Longitude': <0.0>}",
    "{'Latitude': <0.0>, 'Longitude': <-180.5>}",
    "{'Latitude': <nan>, 'Longitude': <0.0>}",
    "{'Latitude': <0.0>, 'Longitude': <inf>}",
    "{'Latitude': <'52'>, 'Longitude': <13.0>}",
    "{'Longitude': <13.0>}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (locations); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) location = g_variant_parse (G_VARIANT_TYPE_VARDICT, locations[i], NULL, NULL, &error);
      g_autoptr (FakePortal) portal = fake_portal_new (FAKE_PORTAL_TELLS, location);
      g_auto (Answer) answer = { 0 };

      g_assert_no_error (error);
      find (&answer, TN_NEARNESS_CITY, LONG_MS);
      g_assert_null (answer.position);
      g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      wait_for_log (portal, "CreateSession 2;Start;Close;");
    }
}

static void
test_odd_extras (void)
{
  GVariant *location = g_variant_new_parsed ("{'Latitude': <1.0>, 'Longitude': <2.0>, 'Accuracy': <nan>, 'Altitude': <inf>,"
                                             " 'Speed': <'fast'>, 'Timestamp': <(uint64 9223372036854775807, uint64 0)>}");
  g_autoptr (FakePortal) portal = fake_portal_new (FAKE_PORTAL_TELLS, location);
  g_auto (Answer) answer = { 0 };

  find (&answer, TN_NEARNESS_CITY, LONG_MS);
  g_assert_no_error (answer.error);
  g_assert_cmpfloat (answer.position->accuracy, <, 0);
  g_assert_cmpfloat (answer.position->speed, <, 0);
  g_assert_false (answer.position->has_altitude);
  g_assert_cmpint (ABS (answer.position->time_us - g_get_real_time ()), <, G_TIME_SPAN_HOUR);
}

static void
test_refused (void)
{
  g_autoptr (FakePortal) portal = fake_portal_new (FAKE_PORTAL_REFUSES, NULL);
  g_auto (Answer) answer = { 0 };

  find (&answer, TN_NEARNESS_CITY, LONG_MS);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  wait_for_log (portal, "CreateSession 2;Start;Close;");
}

static void
test_silent (void)
{
  g_autoptr (FakePortal) portal = fake_portal_new (FAKE_PORTAL_SILENT, NULL);
  g_auto (Answer) answer = { 0 };

  find (&answer, TN_NEARNESS_CITY, 300);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
test_cancelled (void)
{
  g_autoptr (FakePortal) portal = fake_portal_new (FAKE_PORTAL_SILENT, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Answer) answer = { 0 };

  tn_location_find_async (TN_NEARNESS_CITY, LONG_MS, cancellable, found_cb, &answer);
  wait_for_log (portal, "CreateSession 2;Start;");
  g_assert_false (answer.done);
  g_cancellable_cancel (cancellable);
  wait_for_log (portal, "CreateSession 2;Start;Close;");
  g_assert_true (answer.done);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* At any moment before that too: what the portal has begun is ended. */
static void
test_cancelled_early (void)
{
  g_autoptr (FakePortal) portal = fake_portal_new (FAKE_PORTAL_SILENT, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Answer) answer = { 0 }, late = { 0 };

  tn_location_find_async (TN_NEARNESS_CITY, LONG_MS, cancellable, found_cb, &answer);
  while (*fake_portal_get_log (portal) == '\0')
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  while (!answer.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  while (!g_str_has_suffix (fake_portal_get_log (portal), "Close;"))
    g_main_context_iteration (NULL, TRUE);
  tn_location_find_async (TN_NEARNESS_CITY, LONG_MS, cancellable, found_cb, &late);
  while (!late.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (late.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
assert_not_there (void)
{
  g_auto (Answer) answer = { 0 };

  find (&answer, TN_NEARNESS_CITY, LONG_MS);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

static void
test_without_portal (void)
{
  assert_not_there ();
}

static void
test_without_part (void)
{
  g_autoptr (FakePortal) portal = fake_portal_new (FAKE_PORTAL_WITHOUT, NULL);

  assert_not_there ();
  g_assert_cmpstr (fake_portal_get_log (portal), ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/location/found", test_found);
  g_test_add_func ("/location/whole", test_whole);
  g_test_add_func ("/location/nowhere", test_nowhere);
  g_test_add_func ("/location/odd-extras", test_odd_extras);
  g_test_add_func ("/location/refused", test_refused);
  g_test_add_func ("/location/silent", test_silent);
  g_test_add_func ("/location/cancelled", test_cancelled);
  g_test_add_func ("/location/cancelled-early", test_cancelled_early);
  g_test_add_func ("/location/without-portal", test_without_portal);
  g_test_add_func ("/location/without-part", test_without_part);
  return g_test_run ();
}
