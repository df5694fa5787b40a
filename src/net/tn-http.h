/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-address.h"
#include "tn-net.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * TnHttp:
 *
 * HTTP/1.1 and HTTP/2 for one app. It knows nothing that the app did not give it: no cookies, no passwords, no netrc, no
 * client certificates, no proxy of the environment's (which would look names up where nobody judges the addresses).
 * Each connection is a #TnDestination; a certificate that does not hold ends it. Answers are kept as a private cache
 * may (RFC 9111), in memory, 8 MiB at most: nothing of them outlives the program.
 */
#define TN_TYPE_HTTP (tn_http_get_type ())
G_DECLARE_FINAL_TYPE (TnHttp, tn_http, TN, HTTP, GObject)

/* @resolver, @trust: (nullable): %NULL for the system's. Returns: (transfer full) */
TnHttp *tn_http_new (GResolver *resolver, GTlsDatabase *trust);

/**
 * TnHttpGuard:
 * @judge: may @method be done at @url? Asked before anything is sent, and again for each redirect. @open: (out): what may
 *   be connected to beyond public addresses, 0 at first
 * @meter: @bytes of a body came; %FALSE with @error ends it. Not asked for what the cache has
 *
 * Who watches over a call.
 */
typedef struct
{
  gboolean (*judge) (GUri *url, const char *method, TnAddressScopes *open, GError **error, gpointer user_data);
  gboolean (*meter) (gsize bytes, GError **error, gpointer user_data);
} TnHttpGuard;

/**
 * TnHttpRequest:
 * @method: in upper case
 * @url: of tn_url_parse()
 * @headers: (nullable): taken as they are: what an app must not say is the caller's to keep out
 * @body: (nullable): read as fast as the other side takes it
 * @length: of @body in bytes; -1 where nobody knows
 * @timeout_ms: until the headers come, for each try; 0 for 30 s. A body may take as long as it goes on
 * @follow: redirects (RFC 9110, section 15.4; ten at most); else they are the answer
 */
typedef struct
{
  const char *method;
  GUri *url;
  SoupMessageHeaders *headers;
  GInputStream *body;
  goffset length;
  guint timeout_ms;
  gboolean follow;
} TnHttpRequest;

/**
 * TnHttpResponse:
 * @url: where it came from in the end
 * @length: of @body, -1 where nobody knows
 * @body: to be read asynchronously, on the thread that asked; the other side is read as fast as this is. When the call's
 *   cancellable is cancelled the connection ends, whoever reads or not
 *
 * An answer. @headers say nothing of an encoding: @body is without.
 */
typedef struct
{
  guint status;
  char *reason;
  SoupMessageHeaders *headers;
  GUri *url;
  gboolean redirected, cached;
  goffset length;
  GInputStream *body;
} TnHttpResponse;

void tn_http_response_free (TnHttpResponse *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnHttpResponse, tn_http_response_free)

/**
 * tn_http_send_async:
 * @request: copied
 * @guard_data: given to @guard, freed with @destroy when the answer's body is over too
 *
 * Calls that may be repeated (GET, HEAD, OPTIONS, PUT, DELETE without a body) are tried three times where the
 * connection fails or the answer is 502, 503, 504, or 429 with a time: after what Retry-After says, up to 10 s, or
 * after a growing pause.
 */
void tn_http_send_async (TnHttp *self, const TnHttpRequest *request, const TnHttpGuard *guard, gpointer guard_data,
                         GDestroyNotify destroy, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data);

/* Returns: (transfer full): %NULL with a #TnNetErrorCode or %G_IO_ERROR_CANCELLED */
TnHttpResponse *tn_http_send_finish (TnHttp *self, GAsyncResult *result, GError **error);

G_END_DECLS
