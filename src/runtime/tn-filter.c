/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-filter.h"
#include "tn-scheme.h"

/* Part of the name under which it is kept, so that a changed filter is compiled anew. */
static const char rules[] =
  "[{\"trigger\":{\"url-filter\":\".*\"},\"action\":{\"type\":\"block\"}},"
  "{\"trigger\":{\"url-filter\":\"^" TN_SCHEME "://\"},\"action\":{\"type\":\"ignore-previous-rules\"}},"
  "{\"trigger\":{\"url-filter\":\"^blob:\"},\"action\":{\"type\":\"ignore-previous-rules\"}},"
  "{\"trigger\":{\"url-filter\":\"^data:\"},\"action\":{\"type\":\"ignore-previous-rules\"}},"
  "{\"trigger\":{\"url-filter\":\"^about:\"},\"action\":{\"type\":\"ignore-previous-rules\"}}]";

static char *
filter_name (void)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, rules, -1);

  return g_strdup_printf ("block-all-%u.%u.%u-%.8s", webkit_get_major_version (), webkit_get_minor_version (),
                          webkit_get_micro_version (), sum);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  WebKitUserContentFilter *filter
    = webkit_user_content_filter_store_save_finish (WEBKIT_USER_CONTENT_FILTER_STORE (source), result, &error);

  if (filter != NULL)
    g_task_return_pointer (task, filter, (GDestroyNotify) webkit_user_content_filter_unref);
  else
    g_task_return_error (task, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WebKitUserContentFilterStore *store = WEBKIT_USER_CONTENT_FILTER_STORE (source);
  WebKitUserContentFilter *filter = webkit_user_content_filter_store_load_finish (store, result, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static (rules, sizeof rules - 1);
  g_autofree char *name = filter_name ();
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (filter != NULL)
    g_task_return_pointer (task, filter, (GDestroyNotify) webkit_user_content_filter_unref);
  else
    webkit_user_content_filter_store_save (store, name, bytes, cancellable, saved_cb, g_steal_pointer (&task));
}

void
tn_filter_load_async (const char *directory, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (WebKitUserContentFilterStore) store = webkit_user_content_filter_store_new (directory);
  g_autofree char *name = filter_name ();

  g_task_set_source_tag (task, tn_filter_load_async);
  webkit_user_content_filter_store_load (store, name, cancellable, loaded_cb, task);
}

WebKitUserContentFilter *
tn_filter_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
