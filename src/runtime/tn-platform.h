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
 * @choose_file_async: has the person choose a file to read, or a place to save where a @name is given
 * @choose_file_finish: (transfer full) (nullable): %NULL where they chose none
 *
 * All texts are the app's, and hostile.
 */
struct _TnPlatformInterface
{
  GTypeInterface parent_iface;

  void (*notify) (TnPlatform *self, TnApp *app, const char *tile_id, const char *title, const char *body);
  void (*copy) (TnPlatform *self, const char *text);
  void (*open_link_async) (TnPlatform *self, TnApp *app, const char *url, GAsyncReadyCallback callback,
                           gpointer user_data);
  gboolean (*open_link_finish) (TnPlatform *self, GAsyncResult *result);
  void (*choose_file_async) (TnPlatform *self, TnApp *app, const char *name, GAsyncReadyCallback callback,
                             gpointer user_data);
  GFile *(*choose_file_finish) (TnPlatform *self, GAsyncResult *result);
};

G_END_DECLS
