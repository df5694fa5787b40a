/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-app.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TnPlatform:
 *
 * What the desktop does for an app that was let through to it. The runtime knows no dialog; who has a window implements
 * this.
 */
#define TN_TYPE_PLATFORM (tn_platform_get_type ())
G_DECLARE_INTERFACE (TnPlatform, tn_platform, TN, PLATFORM, GObject)

/**
 * TnPlatformInterface:
 * @notify: shows a notification; one of the same tile is replaced
 * @copy: puts text on the clipboard
 * @open_link_async: shows the person the whole @url, and opens it in the browser if they want it
 * @open_link_finish: whether they wanted it
 * @offer_text_async: shows the person a text, and puts it on the clipboard if they want it
 * @offer_text_finish: whether they wanted it
 * @open_files_async: has the person choose files to read, one or @multiple, at first among those of @media_types
 *   (nullable)
 * @open_files_finish: (transfer full) (element-type GFile): empty where they chose none
 * @choose_place_async: has the person choose where a file is to be kept that could be called @name
 * @choose_place_finish: (transfer full) (nullable): %NULL where they chose none
 *
 * All texts are the app's, and hostile. Files come and go only as the person chose in a window of the program's own.
 */
struct _TnPlatformInterface
{
  GTypeInterface parent_iface;

  void (*notify) (TnPlatform *self, TnApp *app, const char *tile_id, const char *title, const char *body);
  void (*copy) (TnPlatform *self, const char *text);
  void (*open_link_async) (TnPlatform *self, TnApp *app, const char *url, GAsyncReadyCallback callback,
                           gpointer user_data);
  gboolean (*open_link_finish) (TnPlatform *self, GAsyncResult *result);
  void (*offer_text_async) (TnPlatform *self, TnApp *app, const char *text, GAsyncReadyCallback callback,
                            gpointer user_data);
  gboolean (*offer_text_finish) (TnPlatform *self, GAsyncResult *result);
  void (*open_files_async) (TnPlatform *self, TnApp *app, const char *const *media_types, gboolean multiple,
                            GAsyncReadyCallback callback, gpointer user_data);
  GListModel *(*open_files_finish) (TnPlatform *self, GAsyncResult *result);
  void (*choose_place_async) (TnPlatform *self, TnApp *app, const char *name, GAsyncReadyCallback callback,
                              gpointer user_data);
  GFile *(*choose_place_finish) (TnPlatform *self, GAsyncResult *result);
};

G_END_DECLS
