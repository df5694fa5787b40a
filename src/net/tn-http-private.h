/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-http-cache.h"
#include "tn-http.h"

G_BEGIN_DECLS

struct _TnHttp
{
  GObject parent_instance;

  GResolver *resolver; /* nullable */
  GTlsDatabase *trust; /* nullable */
  GQueue sessions;     /* of Origin, the one used last first */
  TnHttpCache *cache;
};

/* Who watches over a call, and what it needs for that. */
typedef struct
{
  TnHttpGuard guard;
  gpointer user_data;
  GDestroyNotify destroy;
} TnHttpWatch;

void tn_http_watch_free (TnHttpWatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnHttpWatch, tn_http_watch_free)

/* A session whose every connection goes to @url's host and nowhere else; (transfer full). On any thread. */
SoupSession *tn_http_create_session (TnHttp *self, GUri *url, TnAddressScopes open);

/* The same, one for all calls to there; (transfer none). */
SoupSession *tn_http_get_session (TnHttp *self, GUri *url, TnAddressScopes open);

/* tn-http-error.c: says in the program's own words what GIO, TLS or libsoup say; (transfer full). Takes @cause over. */
GError *tn_http_translate (GError *cause, const char *host);

/* Whether the same call may well succeed in a moment. */
gboolean tn_http_is_passing (const GError *cause);

/**
 * tn_http_body_new:
 * @base: what libsoup gives
 * @session: kept for as long as the body is read
 * @watch: (transfer full)
 * @pending: (transfer full) (nullable): kept in the cache when the body has come whole
 * @cancellable: (nullable): ends it
 *
 * tn-http-body.c: the body of an answer. Returns: (transfer full)
 */
GInputStream *tn_http_body_new (GInputStream *base, SoupSession *session, const char *host, TnHttpWatch *watch,
                                TnHttpPending *pending, GCancellable *cancellable);

G_END_DECLS
