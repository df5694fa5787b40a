/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-seal-keyring.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#define PURPOSE "app-data"

/* For the thread. */
typedef struct
{
  char *workspace, *app_key, *app_name, *key_id;
  TnSecretManner manner;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->workspace);
  g_free (wish->app_key);
  g_free (wish->app_name);
  g_free (wish->key_id);
  g_free (wish);
}

static TnSecretId
id_of (const Wish *wish)
{
  return (TnSecretId){ PURPOSE, wish->workspace, wish->app_key };
}

/* @found: (out): whether there is any, readable or not */
static TnSeal *
look_up (const Wish *wish, gboolean *found, GCancellable *cancellable, GError **error)
{
  TnSecretId id = id_of (wish);
  char *text = tn_secret_lookup (&id, wish->manner, cancellable, error);
  TnSeal *seal = text != NULL ? tn_seal_from_text (wish->app_key, text) : NULL;

  *found = text != NULL;
  if (*found && seal == NULL)
    g_set_error_literal (error, TN_NET_ERROR, TN_NET_ERROR_KEYRING_BROKEN,
                         _("The app's key in the keyring can't be read"));
  secret_password_free (text);
  return seal;
}

static TnSeal *
make (const Wish *wish, GCancellable *cancellable, GError **error)
{
  TnSecretId id = id_of (wish);
  g_autoptr (TnSeal) made = tn_seal_new (wish->app_key), kept = NULL;
  g_autofree char *label = g_strdup_printf (_("Token Nexus Canvas: opens what “%s” keeps in “%s”"), wish->app_name, wish->workspace);
  char *text = made != NULL ? tn_seal_to_text (made) : NULL;
  gboolean stored = text != NULL && tn_secret_store (&id, label, text, wish->manner, cancellable, error), found;

  secret_password_free (text);
  if (made == NULL)
    g_set_error_literal (error, TN_NET_ERROR, TN_NET_ERROR_KEYRING_BROKEN, _("The app's key could not be made"));
  if (!stored)
    return NULL;
  kept = look_up (wish, &found, cancellable, error);
  if (kept != NULL && g_str_equal (tn_seal_get_id (kept), tn_seal_get_id (made)))
    return g_steal_pointer (&kept);
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, TN_NET_ERROR, TN_NET_ERROR_KEYRING_BROKEN, _("The keyring did not keep the app's key"));
  return NULL;
}

static void
open_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Wish *wish = data;
  GError *error = NULL;
  gboolean found;
  g_autoptr (TnSeal) seal = look_up (wish, &found, cancellable, &error);

  if (error == NULL && !found && wish->key_id == NULL)
    seal = make (wish, cancellable, &error);
  if (error == NULL && wish->key_id != NULL && (seal == NULL || !g_str_equal (tn_seal_get_id (seal), wish->key_id)))
    g_set_error_literal (&error, TN_NET_ERROR, TN_NET_ERROR_KEY_LOST,
                         found ? _("The keyring has another key than the one it was encrypted with; all of it is kept as it is")
                               : _("Its key is gone from the keyring; all of it is kept as it is, until the key is back"));
  if (error == NULL)
    g_task_return_pointer (task, g_steal_pointer (&seal), (GDestroyNotify) tn_seal_unref);
  else
    g_task_return_error (task, error);
}

static GTask *
begin (const char *workspace, const char *app_key, TnSecretManner manner, gpointer tag, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Wish *wish = g_new0 (Wish, 1);

  wish->workspace = g_strdup (workspace);
  wish->app_key = g_strdup (app_key);
  wish->manner = manner;
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, wish, wish_free);
  return task;
}

void
tn_seal_keyring_open_async (const char *workspace, const char *app_key, const char *app_name, const char *key_id,
                            TnSecretManner manner, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Wish *wish;

  g_return_if_fail (workspace != NULL && app_key != NULL && app_name != NULL);

  task = begin (workspace, app_key, manner, tn_seal_keyring_open_async, cancellable, callback, user_data);
  wish = g_task_get_task_data (task);
  wish->app_name = g_strdup (app_name);
  wish->key_id = g_strdup (key_id);
  g_task_run_in_thread (task, open_thread);
}

TnSeal *
tn_seal_keyring_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tn_seal_keyring_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
tn_seal_keyring_destroy_key (const char *workspace, const char *app_key, TnSecretManner manner, GError **error)
{
  const TnSecretId id = { PURPOSE, workspace, app_key };
  g_autoptr (GError) local = NULL;
  char *left = NULL;

  g_return_val_if_fail (workspace != NULL && app_key != NULL, FALSE);

  /* A keyring that nobody unlocked says that there was nothing to clear. */
  if (tn_secret_clear (&id, manner, NULL, &local))
    left = tn_secret_lookup (&id, manner, NULL, &local);
  if (left != NULL)
    g_set_error_literal (&local, TN_NET_ERROR, TN_NET_ERROR_KEYRING_BROKEN, _("The keyring did not destroy the app's key"));
  secret_password_free (left);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
