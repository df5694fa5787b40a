/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-keyring.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (tn-net-error-quark, tn_net_error)

/* The Secret Service API draft 0.2, freedesktop.org. Spoken directly, since libsecret can't say whether a keyring is
 * locked without looking all its collections up, which in 0.20 keep their references to the bus connection for ever. */
#define SECRETS_NAME "org.freedesktop.secrets"
#define SECRETS_PATH "/org/freedesktop/secrets"
#define SERVICE_INTERFACE "org.freedesktop.Secret.Service"
#define COLLECTION_INTERFACE "org.freedesktop.Secret.Collection"
#define PROPERTIES_INTERFACE "org.freedesktop.DBus.Properties"

typedef struct
{
  GDBusConnection *bus;
  GCancellable *cancellable;
  gint64 deadline; /* monotonic microseconds; the machine's own clock, since D-Bus waits by it */
} Question;

void
tn_keyring_translate_error (GError **error, GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (cause));
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_set_error_literal (error, TN_NET_ERROR, TN_NET_ERROR_TIMEOUT, _("The keyring does not answer"));
  else if (g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
           || g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER))
    g_set_error_literal (error, TN_NET_ERROR, TN_NET_ERROR_NO_KEYRING, _("No keyring answers on the session bus"));
  else
    {
      g_dbus_error_strip_remote_error (cause);
      g_set_error (error, TN_NET_ERROR, TN_NET_ERROR_KEYRING_BROKEN, _("The keyring is out of order: %s"),
                   cause->message);
    }
}

static GVariant *
ask (const Question *question, const char *path, const char *interface, const char *method, GVariant *parameters,
     const char *reply_type, GError **error)
{
  gint64 left_ms = (question->deadline - g_get_monotonic_time ()) / 1000;
  g_autoptr (GError) local = NULL;
  GVariant *reply;

  reply = g_dbus_connection_call_sync (question->bus, SECRETS_NAME, path, interface, method, parameters,
                                       G_VARIANT_TYPE (reply_type), G_DBUS_CALL_FLAGS_NONE, MAX (left_ms, 1),
                                       question->cancellable, &local);
  if (reply == NULL)
    tn_keyring_translate_error (error, local);
  return reply;
}

static gboolean
ask_locked (const Question *question, const char *collection, TnKeyringState *state, GError **error)
{
  g_autoptr (GVariant) reply = ask (question, collection, PROPERTIES_INTERFACE, "Get",
                                    g_variant_new ("(ss)", COLLECTION_INTERFACE, "Locked"), "(v)", error);
  g_autoptr (GVariant) locked = NULL;

  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(v)", &locked);
  if (!g_variant_is_of_type (locked, G_VARIANT_TYPE_BOOLEAN))
    {
      g_set_error_literal (error, TN_NET_ERROR, TN_NET_ERROR_KEYRING_BROKEN,
                           _("The keyring does not say whether it is unlocked"));
      return FALSE;
    }
  *state = g_variant_get_boolean (locked) ? TN_KEYRING_LOCKED : TN_KEYRING_UNLOCKED;
  return TRUE;
}

gboolean
tn_keyring_check (guint timeout_ms, GCancellable *cancellable, TnKeyringState *state, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, &local);
  Question question = { bus, cancellable, g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND };
  g_autoptr (GVariant) reply = NULL;
  const char *collection;

  g_return_val_if_fail (state != NULL, FALSE);

  if (bus == NULL)
    {
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_set_error (error, TN_NET_ERROR, TN_NET_ERROR_NO_BUS, _("There is no session bus: %s"), local->message);
      return FALSE;
    }
  reply = ask (&question, SECRETS_PATH, SERVICE_INTERFACE, "ReadAlias", g_variant_new ("(s)", "default"), "(o)", error);
  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(&o)", &collection);
  if (!g_str_equal (collection, "/"))
    return ask_locked (&question, collection, state, error);
  *state = TN_KEYRING_EMPTY;
  return TRUE;
}

static void
check_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  TnKeyringState state;

  if (tn_keyring_check (GPOINTER_TO_UINT (data), cancellable, &state, &error))
    g_task_return_int (task, state);
  else
    g_task_return_error (task, error);
}

void
tn_keyring_check_async (guint timeout_ms, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tn_keyring_check_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (timeout_ms), NULL);
  g_task_run_in_thread (task, check_in_thread);
}

gboolean
tn_keyring_check_finish (GAsyncResult *result, TnKeyringState *state, GError **error)
{
  g_autoptr (GError) local = NULL;
  gssize value;

  g_return_val_if_fail (g_async_result_is_tagged (result, tn_keyring_check_async), FALSE);
  g_return_val_if_fail (state != NULL, FALSE);

  value = g_task_propagate_int (G_TASK (result), &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *state = value;
  return TRUE;
}
