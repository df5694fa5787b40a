/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-audit-keyring.h"

#include <glib/gi18n-lib.h>

#include "tn-secret.h"

static TnSecretId
id_of (const char *workspace)
{
  return (TnSecretId){ "audit", workspace, "" };
}

TnAuditKey *
tn_audit_keyring_load (const char *workspace, GCancellable *cancellable, GError **error)
{
  TnSecretId id = id_of (workspace);
  g_autofree char *secret = tn_secret_lookup (&id, TN_SECRET_SILENT, cancellable, error);
  TnAuditKey *key = secret != NULL ? tn_audit_key_from_text (secret) : NULL;

  /* It is not replaced: whoever spoilt it must not get away with it. */
  if (secret != NULL && key == NULL)
    g_set_error_literal (error, TN_NET_ERROR, TN_NET_ERROR_KEYRING_BROKEN,
                         _("The key of the audit in the keyring can't be read"));
  return key;
}

static TnAuditKey *
make_key (const char *workspace, GCancellable *cancellable, GError **error)
{
  TnSecretId id = id_of (workspace);
  g_autoptr (TnAuditKey) key = tn_audit_key_new ();
  g_autofree char *secret = key != NULL ? tn_audit_key_to_text (key) : NULL;
  g_autofree char *label = g_strdup_printf (_("Token Nexus Canvas: signs the audit of “%s”"), workspace);

  if (secret == NULL)
    g_set_error_literal (error, TN_NET_ERROR, TN_NET_ERROR_KEYRING_BROKEN, _("The key of the audit could not be made"));
  else if (tn_secret_store (&id, label, secret, TN_SECRET_SILENT, cancellable, error))
    return g_steal_pointer (&key);
  return NULL;
}

static void
ensure_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  TnAuditKey *key = tn_audit_keyring_load (data, cancellable, &error);

  if (key == NULL && error == NULL)
    key = make_key (data, cancellable, &error);
  if (key != NULL)
    g_task_return_pointer (task, key, (GDestroyNotify) tn_audit_key_free);
  else
    g_task_return_error (task, error);
}

void
tn_audit_keyring_ensure_async (const char *workspace, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tn_audit_keyring_ensure_async);
  g_task_set_task_data (task, g_strdup (workspace), g_free);
  g_task_run_in_thread (task, ensure_thread);
}

TnAuditKey *
tn_audit_keyring_ensure_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tn_audit_keyring_ensure_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
