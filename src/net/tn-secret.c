/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-secret.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "tn-keyring.h"

#define CHECK_MS 5000

static const SecretSchema schema = {
  "com.tokennexus.Canvas.Secret",
  SECRET_SCHEMA_NONE,
  {
    { "purpose", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "workspace", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "name", SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

/* What one call wants, for the thread that does it. */
typedef struct
{
  char *purpose, *workspace, *name;
  char *label, *secret;
  TnSecretManner manner;
} Wish;

static GHashTable *
attributes_of (const TnSecretId *id)
{
  return secret_attributes_build (&schema, "purpose", id->purpose, "workspace", id->workspace, "name", id->name, NULL);
}

static void
set_locked_error (GError **error)
{
  g_set_error_literal (error, TN_NET_ERROR, TN_NET_ERROR_KEYRING_LOCKED,
                       _("The keyring is locked; unlock it and try again"));
}

static gboolean
is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/* libsecret would wait for a service that is silent for 25 s, and have a locked one show a dialog. In Flatpak it talks
 * to the portal instead, which does neither. @state: (out): EMPTY where there is no collection to look into */
static gboolean
check_keyring (TnSecretManner manner, TnKeyringState *state, GCancellable *cancellable, GError **error)
{
  *state = TN_KEYRING_UNLOCKED;
  if (is_sandboxed ())
    return !g_cancellable_set_error_if_cancelled (cancellable, error);
  if (!tn_keyring_check (CHECK_MS, cancellable, state, error))
    return FALSE;
  if (manner == TN_SECRET_MAY_ASK || *state != TN_KEYRING_LOCKED)
    return TRUE;
  set_locked_error (error);
  return FALSE;
}

static void
take_error (GError **error, GError *cause)
{
  if (g_error_matches (cause, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    set_locked_error (error);
  else
    tn_keyring_translate_error (error, cause);
}

/* libsecret goes on talking to a service that has ended, though another one has taken its place. Returns: whether to try again */
static gboolean
forget_ended_service (GError **error)
{
  if (!g_error_matches (*error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
      && !g_error_matches (*error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER))
    return FALSE;
  g_clear_error (error);
  secret_service_disconnect ();
  return TRUE;
}

/* Where the person did not unlock it, libsecret says that there is nothing: that is not the same. */
static gboolean
check_unlocked (GCancellable *cancellable, GError **error)
{
  TnKeyringState state;

  return check_keyring (TN_SECRET_SILENT, &state, cancellable, error);
}

char *
tn_secret_lookup (const TnSecretId *id, TnSecretManner manner, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) attributes = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *copy = NULL;
  TnKeyringState state;
  char *secret;

  g_return_val_if_fail (id != NULL, NULL);

  if (!check_keyring (manner, &state, cancellable, error) || state == TN_KEYRING_EMPTY)
    return NULL;
  attributes = attributes_of (id);
  secret = secret_password_lookupv_sync (&schema, attributes, cancellable, &local);
  if (forget_ended_service (&local))
    secret = secret_password_lookupv_sync (&schema, attributes, cancellable, &local);
  copy = g_strdup (secret);
  secret_password_free (secret);
  if (local != NULL)
    take_error (error, local);
  else if (copy == NULL && manner == TN_SECRET_MAY_ASK)
    check_unlocked (cancellable, error);
  return local == NULL ? g_steal_pointer (&copy) : NULL;
}

gboolean
tn_secret_store (const TnSecretId *id, const char *label, const char *secret, TnSecretManner manner,
                 GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) attributes = NULL;
  g_autoptr (GError) local = NULL;
  TnKeyringState state;

  g_return_val_if_fail (id != NULL && label != NULL && secret != NULL, FALSE);

  if (!check_keyring (manner, &state, cancellable, error))
    return FALSE;
  if (manner == TN_SECRET_SILENT && state == TN_KEYRING_EMPTY)
    {
      g_set_error_literal (error, TN_NET_ERROR, TN_NET_ERROR_KEYRING_LOCKED,
                           _("There is no keyring yet to keep a secret in; make one in “Passwords and Keys”"));
      return FALSE;
    }
  attributes = attributes_of (id);
  if (secret_password_storev_sync (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, secret, cancellable, &local)
      || (forget_ended_service (&local)
          && secret_password_storev_sync (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, secret, cancellable,
                                          &local)))
    return TRUE;
  if (local != NULL)
    take_error (error, local);
  else
    set_locked_error (error);
  return FALSE;
}

gboolean
tn_secret_clear (const TnSecretId *id, TnSecretManner manner, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) attributes = NULL;
  g_autoptr (GError) local = NULL;
  TnKeyringState state;

  g_return_val_if_fail (id != NULL, FALSE);

  if (!check_keyring (manner, &state, cancellable, error))
    return FALSE;
  if (state == TN_KEYRING_EMPTY)
    return TRUE;
  attributes = attributes_of (id);
  secret_password_clearv_sync (&schema, attributes, cancellable, &local);
  if (forget_ended_service (&local))
    secret_password_clearv_sync (&schema, attributes, cancellable, &local);
  if (local == NULL)
    return TRUE;
  take_error (error, local);
  return FALSE;
}

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->purpose);
  g_free (wish->workspace);
  g_free (wish->name);
  g_free (wish->label);
  secret_password_free (wish->secret);
  g_free (wish);
}

static TnSecretId
id_of (const Wish *wish)
{
  return (TnSecretId){ wish->purpose, wish->workspace, wish->name };
}

static void
run_wish (const TnSecretId *id, const char *label, const char *secret, TnSecretManner manner, gpointer tag,
          GTaskThreadFunc run, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Wish *wish = g_new0 (Wish, 1);

  wish->purpose = g_strdup (id->purpose);
  wish->workspace = g_strdup (id->workspace);
  wish->name = g_strdup (id->name);
  wish->label = g_strdup (label);
  wish->secret = g_strdup (secret);
  wish->manner = manner;
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, wish, wish_free);
  g_task_run_in_thread (task, run);
}

static void
lookup_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Wish *wish = data;
  TnSecretId id = id_of (wish);
  GError *error = NULL;
  char *secret = tn_secret_lookup (&id, wish->manner, cancellable, &error);

  if (error == NULL)
    g_task_return_pointer (task, secret, g_free);
  else
    g_task_return_error (task, error);
}

static void
return_done (GTask *task, GError *error)
{
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
store_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Wish *wish = data;
  TnSecretId id = id_of (wish);
  GError *error = NULL;

  tn_secret_store (&id, wish->label, wish->secret, wish->manner, cancellable, &error);
  return_done (task, error);
}

static void
clear_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Wish *wish = data;
  TnSecretId id = id_of (wish);
  GError *error = NULL;

  tn_secret_clear (&id, wish->manner, cancellable, &error);
  return_done (task, error);
}

void
tn_secret_lookup_async (const TnSecretId *id, TnSecretManner manner, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (id != NULL);

  run_wish (id, NULL, NULL, manner, tn_secret_lookup_async, lookup_thread, cancellable, callback, user_data);
}

char *
tn_secret_lookup_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tn_secret_lookup_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
tn_secret_store_async (const TnSecretId *id, const char *label, const char *secret, TnSecretManner manner,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (id != NULL && label != NULL && secret != NULL);

  run_wish (id, label, secret, manner, tn_secret_store_async, store_thread, cancellable, callback, user_data);
}

gboolean
tn_secret_store_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tn_secret_store_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
tn_secret_clear_async (const TnSecretId *id, TnSecretManner manner, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (id != NULL);

  run_wish (id, NULL, NULL, manner, tn_secret_clear_async, clear_thread, cancellable, callback, user_data);
}

gboolean
tn_secret_clear_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tn_secret_clear_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
