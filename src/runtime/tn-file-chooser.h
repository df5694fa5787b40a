/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-instance.h"

G_BEGIN_DECLS

/**
 * TnFileChooser:
 *
 * Whom the runtime asks where a page wants files from the person, or has some for them. Nothing comes or goes but what
 * the person chose in a window of the program's own.
 */
#define TN_TYPE_FILE_CHOOSER (tn_file_chooser_get_type ())
G_DECLARE_INTERFACE (TnFileChooser, tn_file_chooser, TN, FILE_CHOOSER, GObject)

struct _TnFileChooserInterface
{
  GTypeInterface parent;

  void (*open_async) (TnFileChooser *self, TnInstance *asker, const char *const *media_types, gboolean multiple,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  GStrv (*open_finish) (TnFileChooser *self, GAsyncResult *result, GError **error);
  void (*share_async) (TnFileChooser *self, TnInstance *asker, const char *text, const char *name, GBytes *content,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*share_finish) (TnFileChooser *self, GAsyncResult *result, GError **error);
};

/**
 * tn_file_chooser_open_async:
 * @asker: whose page asks
 * @media_types: (nullable): what it can take; all files where %NULL
 * @multiple: whether more than one may be chosen
 *
 * Has the person choose files. Finish returns (transfer full) their paths, none where they chose none; %NULL with
 * @error.
 */
void tn_file_chooser_open_async (TnFileChooser *self, TnInstance *asker, const char *const *media_types,
                                 gboolean multiple, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
GStrv tn_file_chooser_open_finish (TnFileChooser *self, GAsyncResult *result, GError **error);

/**
 * tn_file_chooser_share_async:
 * @text: (nullable): for the person to take along
 * @name: (nullable): what a file with @content could be called, without folders; both or neither
 *
 * Offers something of a page's to the person, who may leave it. Finish returns %FALSE only where what they wanted could
 * not be done.
 */
void tn_file_chooser_share_async (TnFileChooser *self, TnInstance *asker, const char *text, const char *name,
                                  GBytes *content, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean tn_file_chooser_share_finish (TnFileChooser *self, GAsyncResult *result, GError **error);

G_END_DECLS
