/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-file-chooser.h"

G_DEFINE_INTERFACE (TnFileChooser, tn_file_chooser, G_TYPE_OBJECT)

static void
tn_file_chooser_default_init (TnFileChooserInterface *iface)
{
}

void
tn_file_chooser_open_async (TnFileChooser *self, TnInstance *asker, const char *const *media_types, gboolean multiple,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_FILE_CHOOSER (self));

  TN_FILE_CHOOSER_GET_IFACE (self)->open_async (self, asker, media_types, multiple, cancellable, callback, user_data);
}

GStrv
tn_file_chooser_open_finish (TnFileChooser *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TN_IS_FILE_CHOOSER (self), NULL);

  return TN_FILE_CHOOSER_GET_IFACE (self)->open_finish (self, result, error);
}

void
tn_file_chooser_share_async (TnFileChooser *self, TnInstance *asker, const char *text, const char *name,
                             GBytes *content, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (TN_IS_FILE_CHOOSER (self));
  g_return_if_fail ((name == NULL) == (content == NULL));

  TN_FILE_CHOOSER_GET_IFACE (self)->share_async (self, asker, text, name, content, cancellable, callback, user_data);
}

gboolean
tn_file_chooser_share_finish (TnFileChooser *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TN_IS_FILE_CHOOSER (self), FALSE);

  return TN_FILE_CHOOSER_GET_IFACE (self)->share_finish (self, result, error);
}
