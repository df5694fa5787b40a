/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-net.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * tn_url_parse:
 * @base: (nullable): what @text may be relative to
 * @text: an http, https, ws or wss URL (RFC 3986), of hostile origin
 *
 * Reads a URL into the one form by which it is both judged and loaded: scheme and host in lower case, the host in its
 * ASCII form (RFC 5891), a default port and dots that climb out of a folder worked off, no fragment. Refuses what two
 * readers could take for two things: names and passwords, backslashes in the path, and such dots where they are escaped.
 *
 * Returns: (transfer full): %NULL with %TN_NET_ERROR_URL
 */
GUri *tn_url_parse (GUri *base, const char *text, GError **error);

/* The one form as text, which the patterns of a manifest are matched with; (transfer full). */
char *tn_url_to_string (GUri *url);

/* The port, also where it is the scheme's default. */
guint16 tn_url_get_port (GUri *url);

/* Whether a request of one may see what the other kept for itself: scheme, host and port are the same. */
gboolean tn_url_is_same_origin (GUri *a, GUri *b);

/* https and wss. */
gboolean tn_url_is_secure (GUri *url);

G_END_DECLS
