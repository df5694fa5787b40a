/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <webkit/webkit.h>

G_BEGIN_DECLS

/**
 * tn_filter_load_async:
 * @directory: where the compiled filter is kept
 *
 * The block-all content filter of wall 2: nothing is loaded but the app's own scheme, data: and blob:.
 */
void tn_filter_load_async (const char *directory, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
WebKitUserContentFilter *tn_filter_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
