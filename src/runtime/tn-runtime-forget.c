/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-instance-private.h"
#include "tn-runtime-private.h"

/* Before an app is erased. */

typedef struct
{
  char *app_key;
  guint running; /* instances that are not stopped yet */
} Forgetting;

static void
forgetting_free (gpointer data)
{
  Forgetting *forgetting = data;

  g_free (forgetting->app_key);
  g_free (forgetting);
}

/* The session is closed here at last: WebKit has nothing left to write down then. */
static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  /* Files that it could not remove are removed with their folder. */
  if (!webkit_website_data_manager_clear_finish (WEBKIT_WEBSITE_DATA_MANAGER (source), result, &error))
    g_message ("WebKit could not drop what an app kept: %s", error->message);
  g_object_set_data (G_OBJECT (task), "session", NULL);
  g_task_return_boolean (task, TRUE);
}

static void
clear_session (GTask *task)
{
  TnRuntime *self = g_task_get_source_object (task);
  Forgetting *forgetting = g_task_get_task_data (task);
  WebKitNetworkSession *session = g_hash_table_lookup (self->sessions, forgetting->app_key);

  g_autofree char *source = g_strdup_printf ("tn:/%s/", forgetting->app_key);

  tn_bus_forget (self->bus, source);
  tn_proxy_forget (self->proxy, forgetting->app_key);
  tn_limits_forget (self->limits, forgetting->app_key);
  tn_vault_forget (self->vault, forgetting->app_key);
  if (session == NULL)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  g_object_set_data_full (G_OBJECT (task), "session", g_object_ref (session), g_object_unref);
  g_hash_table_remove (self->sessions, forgetting->app_key);
  webkit_website_data_manager_clear (webkit_network_session_get_website_data_manager (session), WEBKIT_WEBSITE_DATA_ALL,
                                     0, NULL, cleared_cb, task);
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Forgetting *forgetting = g_task_get_task_data (task);

  if (--forgetting->running == 0)
    clear_session (task);
}

void
tn_runtime_forget_app_async (TnRuntime *self, const char *app_key, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GPtrArray) instances = NULL;
  Forgetting *forgetting;
  GTask *task;

  g_return_if_fail (TN_IS_RUNTIME (self));
  g_return_if_fail (app_key != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_runtime_forget_app_async);
  forgetting = g_new0 (Forgetting, 1);
  forgetting->app_key = g_strdup (app_key);
  /* One for this loop: a stop may finish at once. */
  forgetting->running = 1;
  g_task_set_task_data (task, forgetting, forgetting_free);
  g_hash_table_add (self->forgetting, g_strdup (app_key));
  instances = g_ptr_array_copy (self->instances, (GCopyFunc) g_object_ref, NULL);
  g_ptr_array_set_free_func (instances, g_object_unref);
  for (guint i = 0; i < instances->len; i++)
    {
      TnInstance *instance = instances->pdata[i];

      if (!g_str_equal (instance->app_key, app_key))
        continue;
      forgetting->running++;
      tn_instance_stop_async (instance, NULL, stopped_cb, task);
    }
  stopped_cb (NULL, NULL, task);
}

gboolean
tn_runtime_forget_app_finish (TnRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
tn_runtime_end_forgetting (TnRuntime *self, const char *app_key)
{
  g_return_if_fail (TN_IS_RUNTIME (self));
  g_return_if_fail (app_key != NULL);

  g_hash_table_remove (self->forgetting, app_key);
}

void
tn_runtime_look_again (TnRuntime *self)
{
  g_autoptr (GPtrArray) instances = NULL;

  g_return_if_fail (TN_IS_RUNTIME (self));

  instances = g_ptr_array_copy (self->instances, (GCopyFunc) g_object_ref, NULL);
  g_ptr_array_set_free_func (instances, g_object_unref);
  for (guint i = 0; i < instances->len; i++)
    if (tn_instance_get_state (instances->pdata[i]) == TN_STATE_TROUBLED
        && tn_instance_get_trouble (instances->pdata[i]) == TN_TROUBLE_MISSING)
      tn_instance_restart (instances->pdata[i]);
}
