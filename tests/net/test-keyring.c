/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-keyring.h"
#include "tn-keyring.h"

/* Long enough for a loaded machine; only the silent keyring is waited for in full, with a shorter one. */
#define PATIENCE_MS 20000

typedef struct
{
  GTestDBus *bus;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->bus);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_test_dbus_down (fixture->bus);
  g_object_unref (fixture->bus);
}

static FakeKeyring *
start_fake (Fixture *fixture, FakeKeyringMood mood)
{
  return fake_keyring_new (g_test_dbus_get_bus_address (fixture->bus), mood);
}

typedef struct
{
  FakeKeyringMood mood;
  TnKeyringState state;
} Expectation;

static const Expectation expectations[] = {
  { FAKE_KEYRING_UNLOCKED, TN_KEYRING_UNLOCKED },
  { FAKE_KEYRING_LOCKED, TN_KEYRING_LOCKED },
  { FAKE_KEYRING_EMPTY, TN_KEYRING_EMPTY },
};

static void
test_states (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (expectations); i++)
    {
      g_autoptr (FakeKeyring) keyring = start_fake (fixture, expectations[i].mood);
      g_autoptr (GError) error = NULL;
      TnKeyringState state = 99;

      g_assert_true (tn_keyring_check (PATIENCE_MS, NULL, &state, &error));
      g_assert_no_error (error);
      g_assert_cmpint (state, ==, expectations[i].state);
    }
}

static void
check_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
check_and_wait (GCancellable *cancellable, TnKeyringState *state, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tn_keyring_check_async (PATIENCE_MS, cancellable, check_cb, &result);
  g_assert_null (result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return tn_keyring_check_finish (result, state, error);
}

static void
test_async (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FakeKeyring) keyring = start_fake (fixture, FAKE_KEYRING_LOCKED);
  g_autoptr (GError) error = NULL;
  TnKeyringState state = 99;

  g_assert_true (check_and_wait (NULL, &state, &error));
  g_assert_no_error (error);
  g_assert_cmpint (state, ==, TN_KEYRING_LOCKED);
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  TnKeyringState state = 99;

  g_assert_false (tn_keyring_check (PATIENCE_MS, NULL, &state, &error));
  g_assert_error (error, TN_NET_ERROR, TN_NET_ERROR_NO_KEYRING);
  g_assert_cmpint (state, ==, 99);
}

typedef struct
{
  FakeKeyringMood mood;
  guint patience_ms;
  int code;
  const char *word; /* of the sentence */
} Trouble;

static const Trouble troubles[] = {
  { FAKE_KEYRING_BROKEN, PATIENCE_MS, TN_NET_ERROR_KEYRING_BROKEN, ": out of order" },
  { FAKE_KEYRING_VAGUE, PATIENCE_MS, TN_NET_ERROR_KEYRING_BROKEN, "whether it is unlocked" },
  /* Twice, since with D-Bus's own 25 s for each the test would be ended for taking too long. */
  { FAKE_KEYRING_SILENT, 200, TN_NET_ERROR_TIMEOUT, "does not answer" },
  { FAKE_KEYRING_SILENT, 100, TN_NET_ERROR_TIMEOUT, "does not answer" },
};

static void
test_troubles (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      g_autoptr (FakeKeyring) keyring = start_fake (fixture, troubles[i].mood);
      g_autoptr (GError) error = NULL;
      TnKeyringState state = 99;

      g_assert_false (tn_keyring_check (troubles[i].patience_ms, NULL, &state, &error));
      g_assert_error (error, TN_NET_ERROR, troubles[i].code);
      g_assert_nonnull (g_strstr_len (error->message, -1, troubles[i].word));
      g_assert_cmpint (state, ==, 99);
    }
}

static gboolean
cancel_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FakeKeyring) keyring = start_fake (fixture, FAKE_KEYRING_SILENT);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  TnKeyringState state;

  g_timeout_add (100, cancel_cb, cancellable);
  g_assert_false (check_and_wait (cancellable, &state, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_assert_false (tn_keyring_check (PATIENCE_MS, cancellable, &state, &again));
  g_assert_error (again, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_no_bus (void)
{
  g_autofree char *address = g_strdup (g_getenv ("DBUS_SESSION_BUS_ADDRESS"));
  g_autoptr (GError) error = NULL;
  TnKeyringState state;

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_assert_false (tn_keyring_check (PATIENCE_MS, NULL, &state, &error));
  g_assert_error (error, TN_NET_ERROR, TN_NET_ERROR_NO_BUS);
  if (address != NULL)
    g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  else
    g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keyring/no-bus", test_no_bus);
  g_test_add ("/keyring/states", Fixture, NULL, set_up, test_states, tear_down);
  g_test_add ("/keyring/async", Fixture, NULL, set_up, test_async, tear_down);
  g_test_add ("/keyring/nobody", Fixture, NULL, set_up, test_nobody, tear_down);
  g_test_add ("/keyring/troubles", Fixture, NULL, set_up, test_troubles, tear_down);
  g_test_add ("/keyring/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  return g_test_run ();
}
