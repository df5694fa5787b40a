/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-app.h"

#include <webkit/webkit.h>

G_BEGIN_DECLS

/* Whether what takes away what the app gave up is there; it is not run without. */
gboolean tn_profile_can_block (TnManifest *manifest);

/* Web storage: what an app has none of whose data are encrypted. */
#define TN_BLOCK_STORAGE (TN_BLOCK_INDEXEDDB | TN_BLOCK_LOCALSTORAGE)

/**
 * tn_profile_create_view:
 * @more: what is taken from the app beyond what it gave up; nothing that takes a script to take
 * @session: the app's own
 * @content: the bridge's; the block-all filter is added to it
 * @marker: an existing path that becomes visible in this view's sandbox and in no other
 * @serve: answers requests of the app's scheme
 *
 * A view in a context, and so in a web process, of its own, with walls 1 and 2 up: nothing is loaded yet.
 *
 * Returns: (transfer full): floating reference sunk
 */
WebKitWebView *tn_profile_create_view (TnApp *app, TnBlockedApis more, WebKitNetworkSession *session, WebKitUserContentManager *content,
                                       WebKitUserContentFilter *filter, const char *marker,
                                       WebKitURISchemeRequestCallback serve, gpointer user_data,
                                       GDestroyNotify destroy);

/**
 * tn_profile_create_session:
 * @data: the app's folder for web data; %NULL for none that stays
 * @proxy: a URL at which nobody listens or ever will
 */
WebKitNetworkSession *tn_profile_create_session (const char *data, const char *cache, const char *proxy);

G_END_DECLS
