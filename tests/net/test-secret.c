/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-keyring.h"
#include "real-keyring.h"

#include "tn-audit-keyring.h"
#include "tn-seal-keyring.h"
#include "tn-secret.h"

/* Secrets in a real keyring, and in those that are not what they should be. */

static GTestDBus *bus;

static const TnSecretId id = { "test", "default", "name" };

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static char *
lookup (const TnSecretId *which, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tn_secret_lookup_async (which, TN_SECRET_SILENT, NULL, result_cb, &result);
  return tn_secret_lookup_finish (wait_for (&result), error);
}

static gboolean
store (const TnSecretId *which, const char *secret, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tn_secret_store_async (which, "A test", secret, TN_SECRET_SILENT, NULL, result_cb, &result);
  return tn_secret_store_finish (wait_for (&result), error);
}

static gboolean
clear (const TnSecretId *which, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tn_secret_clear_async (which, TN_SECRET_SILENT, NULL, result_cb, &result);
  return tn_secret_clear_finish (wait_for (&result), error);
}

static void
assert_secret (const TnSecretId *which, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = lookup (which, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, expected);
}

static TnAuditKey *
ensure_key (const char *workspace, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tn_audit_keyring_ensure_async (workspace, NULL, result_cb, &result);
  return tn_audit_keyring_ensure_finish (wait_for (&result), error);
}

static void
assert_all_fail (int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lookup (&id, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, TN_NET_ERROR, code);
  g_clear_error (&error);
  g_assert_false (store (&id, "secret", &error));
  g_assert_error (error, TN_NET_ERROR, code);
  g_clear_error (&error);
  g_assert_false (clear (&id, &error));
  g_assert_error (error, TN_NET_ERROR, code);
  g_clear_error (&error);
  g_assert_null (ensure_key ("default", &error));
  g_assert_error (error, TN_NET_ERROR, code);
}

static void
test_no_keyring (void)
{
  assert_all_fail (TN_NET_ERROR_NO_KEYRING);
}

static void
test_locked (void)
{
  g_autoptr (FakeKeyring) keyring = fake_keyring_new (g_test_dbus_get_bus_address (bus), FAKE_KEYRING_LOCKED);

  assert_all_fail (TN_NET_ERROR_KEYRING_LOCKED);
}

static void
test_broken (void)
{
  g_autoptr (FakeKeyring) keyring = fake_keyring_new (g_test_dbus_get_bus_address (bus), FAKE_KEYRING_BROKEN);

  assert_all_fail (TN_NET_ERROR_KEYRING_BROKEN);
}

/* Nothing is in a keyring that is not there yet, and none is made without the person. */
static void
test_empty (void)
{
  g_autoptr (FakeKeyring) keyring = fake_keyring_new (g_test_dbus_get_bus_address (bus), FAKE_KEYRING_EMPTY);
  g_autoptr (GError) error = NULL;

  assert_secret (&id, NULL);
  g_assert_true (clear (&id, &error));
  g_assert_no_error (error);
  g_assert_false (store (&id, "secret", &error));
  g_assert_error (error, TN_NET_ERROR, TN_NET_ERROR_KEYRING_LOCKED);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (tn_secret_lookup (&id, TN_SECRET_MAY_ASK, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
use_secrets (void)
{
  static const TnSecretId other = { "test", "default", "other" }, elsewhere = { "test", "work", "name" };
  g_autoptr (GError) error = NULL;

  assert_secret (&id, NULL);
  g_assert_true (store (&id, "sécret\n1", &error));
  g_assert_no_error (error);
  g_assert_true (store (&other, "2", &error));
  assert_secret (&id, "sécret\n1");
  assert_secret (&other, "2");
  assert_secret (&elsewhere, NULL);
  g_assert_true (store (&id, "3", &error));
  assert_secret (&id, "3");
  g_assert_true (clear (&id, &error));
  assert_secret (&id, NULL);
  assert_secret (&other, "2");
  g_assert_true (clear (&id, &error));
}

static void
use_keys (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnAuditKey) none = tn_audit_keyring_load ("default", NULL, &error);
  g_autoptr (TnAuditKey) first = ensure_key ("default", &error), same = ensure_key ("default", &error);
  g_autoptr (TnAuditKey) other = ensure_key ("work", &error);
  g_autoptr (TnAuditKey) loaded = tn_audit_keyring_load ("default", NULL, &error);
  static const TnSecretId spoilt = { "audit", "default", "" };

  g_assert_no_error (error);
  g_assert_null (none);
  g_assert_cmpstr (tn_audit_key_get_public (first), ==, tn_audit_key_get_public (same));
  g_assert_cmpstr (tn_audit_key_get_public (first), ==, tn_audit_key_get_public (loaded));
  g_assert_cmpstr (tn_audit_key_get_public (first), !=, tn_audit_key_get_public (other));
  g_assert_true (store (&spoilt, "no key", &error));
  g_assert_null (ensure_key ("default", &error));
  g_assert_error (error, TN_NET_ERROR, TN_NET_ERROR_KEYRING_BROKEN);
  assert_secret (&spoilt, "no key");
}

static TnSeal *
open_seal (const char *app, const char *key_id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tn_seal_keyring_open_async ("default", app, "Vault", key_id, TN_SECRET_SILENT, NULL, result_cb, &result);
  return tn_seal_keyring_open_finish (wait_for (&result), error);
}

static gboolean
destroy_seal (const char *app, GError **error)
{
  return tn_seal_keyring_destroy_key ("default", app, TN_SECRET_SILENT, error);
}

/* A key is made only where there was none ever; a lost one is told, and none takes its place. */
static void
use_seals (void)
{
  static const TnSecretId kept = { "app-data", "default", "vault" };
  g_autoptr (GError) error = NULL;
  g_autoptr (TnSeal) first = open_seal ("vault", NULL, &error), other = open_seal ("other", NULL, &error), same = NULL;
  g_autofree char *key_id = NULL, *text = NULL;

  g_assert_no_error (error);
  key_id = g_strdup (tn_seal_get_id (first));
  text = tn_seal_to_text (first);
  g_assert_cmpstr (key_id, !=, tn_seal_get_id (other));
  same = open_seal ("vault", key_id, &error);
  g_assert_cmpstr (tn_seal_get_id (same), ==, key_id);
  assert_secret (&kept, text);
  g_assert_null (open_seal ("vault", "another", &error));
  g_assert_error (error, TN_NET_ERROR, TN_NET_ERROR_KEY_LOST);
  g_clear_error (&error);
  assert_secret (&kept, text);
  g_assert_true (destroy_seal ("vault", &error));
  g_assert_true (destroy_seal ("vault", &error));
  g_assert_null (open_seal ("vault", key_id, &error));
  g_assert_error (error, TN_NET_ERROR, TN_NET_ERROR_KEY_LOST);
  g_clear_error (&error);
  assert_secret (&kept, NULL);
  g_assert_true (store (&kept, "no key", &error));
  g_assert_null (open_seal ("vault", NULL, &error));
  g_assert_error (error, TN_NET_ERROR, TN_NET_ERROR_KEYRING_BROKEN);
  assert_secret (&kept, "no key");
}

static void
assert_no_seals (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (open_seal ("other", NULL, &error));
  g_assert_error (error, TN_NET_ERROR, TN_NET_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_false (destroy_seal ("other", &error));
  g_assert_error (error, TN_NET_ERROR, TN_NET_ERROR_KEYRING_LOCKED);
}

static void
test_real (void)
{
  RealKeyring *keyring = real_keyring_new (g_test_dbus_get_bus_address (bus));

  if (keyring == NULL)
    {
      g_test_skip ("gnome-keyring-daemon is not installed");
      return;
    }
  use_secrets ();
  use_keys ();
  use_seals ();
  real_keyring_lock (keyring);
  assert_no_seals ();
  assert_all_fail (TN_NET_ERROR_KEYRING_LOCKED);
  real_keyring_free (keyring);
  test_no_keyring ();
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  g_test_add_func ("/secret/no-keyring", test_no_keyring);
  g_test_add_func ("/secret/locked", test_locked);
  g_test_add_func ("/secret/broken", test_broken);
  g_test_add_func ("/secret/empty", test_empty);
  g_test_add_func ("/secret/cancelled", test_cancelled);
  g_test_add_func ("/secret/real", test_real);
  result = g_test_run ();
  /* Not down: libsecret holds the connection to the bus as long as the process lives. */
  g_test_dbus_stop (bus);
  return result;
}
