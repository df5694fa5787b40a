/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

/* A web server on a port of its own at 127.0.0.1, and what it heard.
 *
 * /hello, /echo (method, headers and body as lines), /redirect?to=&status=, /flaky?times=&status=&after=, /etag, /fresh,
 * /cookie, /big?mib=, /sink (reads a body of any size and says how many bytes it had), /drip (begins and never ends),
 * /silence (never begins), /status?is=, /type?is=, /zip (gzip), /socket (a WebSocket that says back what it hears). */
typedef struct
{
  SoupServer *server;
  guint16 port;
  guint requests; /* of all paths */
  SoupHTTPVersion version; /* of the last one */
  GPtrArray *lines; /* "GET /hello", in order */
  guint flaws;      /* tries of /flaky */
  GPtrArray *held; /* of GSource: they watch the calls without an end */
  guint ended;     /* of those, how many the other side gave up */
} Web;

/* @secure: with the certificate of tls/server.pem, for web.example and localhost, which tls/authority.pem vouches for. */
Web *web_new (gboolean secure);
void web_free (Web *self);

/* "http://HOST:PORT/PATH", or https; (transfer full). */
char *web_url (Web *self, const char *host, const char *path);

/* Who vouches for web.example; (transfer full). */
GTlsDatabase *web_trust (void);
