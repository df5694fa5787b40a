/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-app.h"

#include <webkit/webkit.h>

G_BEGIN_DECLS

#define TN_SCHEME "tn-app"

/**
 * tn_scheme_open:
 * @directory: an app's folder
 * @path: the path of a URL, as the page sent it
 *
 * Opens a file below @directory. Nothing is followed that leads out of it: no "..", no link, no encoded separator.
 *
 * Returns: a file descriptor and @size in bytes, or -1
 */
int tn_scheme_open (const char *directory, const char *path, gint64 *size);

/* The media type by the name's ending (WHATWG MIME, RFC 9239 for scripts); never guessed from the content. */
const char *tn_scheme_media_type (const char *path);

/**
 * tn_scheme_serve:
 *
 * Answers a request of @app's page with the app's own file, or with a 404; both with the app's policy.
 *
 * Returns: %FALSE where there was no such file
 */
gboolean tn_scheme_serve (TnApp *app, WebKitURISchemeRequest *request);

/* Whether @request is for the file @name at the root of @app's own origin, however it spells that. */
gboolean tn_scheme_asks_for (TnApp *app, WebKitURISchemeRequest *request, const char *name);

/* Answers with a script of the host's; @text: (transfer full) (nullable): %NULL is a 404. */
void tn_scheme_serve_script (TnApp *app, WebKitURISchemeRequest *request, char *text);

G_END_DECLS
