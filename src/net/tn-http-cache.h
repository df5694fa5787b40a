/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * TnHttpCache:
 *
 * A private cache (RFC 9111) in memory: answers 200 to GET without a Range, Authorization or Set-Cookie, of 1 MiB at most
 * each. Nothing is guessed: what says no time is asked for again each time, with its ETag or date. Full, it forgets what
 * was not used for longest.
 */
typedef struct _TnHttpCache TnHttpCache;

/* @capacity: bytes of all bodies together */
TnHttpCache *tn_http_cache_new (gsize capacity);
void tn_http_cache_free (TnHttpCache *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnHttpCache, tn_http_cache_free)

/* An answer that is kept; referenced, so that it may be used after it was forgotten. */
typedef struct _TnHttpKept TnHttpKept;

/* The answer to GET @url with @headers; (transfer full) (nullable): also one that is no longer fresh. */
TnHttpKept *tn_http_cache_find (TnHttpCache *self, const char *url, SoupMessageHeaders *headers);
void tn_http_kept_unref (TnHttpKept *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnHttpKept, tn_http_kept_unref)

gboolean tn_http_kept_is_fresh (TnHttpKept *self);
SoupMessageHeaders *tn_http_kept_get_headers (TnHttpKept *self);
GBytes *tn_http_kept_get_body (TnHttpKept *self);

/* Makes a request one that is answered with 304 where nothing has changed; FALSE where the answer has no mark. */
gboolean tn_http_kept_ask_again (TnHttpKept *self, SoupMessageHeaders *request);

/* It was answered with 304 and @headers: fresh again. */
void tn_http_kept_refresh (TnHttpKept *self, SoupMessageHeaders *headers);

/* @url was changed by another method. */
void tn_http_cache_forget (TnHttpCache *self, const char *url);

/* An answer on its way. */
typedef struct _TnHttpPending TnHttpPending;

/**
 * tn_http_cache_begin:
 * @request: as it was sent, without what tn_http_kept_ask_again() added
 *
 * Returns: (transfer full) (nullable): %NULL where the answer must not be kept
 */
TnHttpPending *tn_http_cache_begin (TnHttpCache *self, const char *url, SoupMessageHeaders *request, guint status,
                                    SoupMessageHeaders *headers);

/* @bytes more came; FALSE where it is too much to be kept, and @self is freed. */
gboolean tn_http_pending_add (TnHttpPending *self, const void *data, gsize bytes);

/* It is whole; takes @self over. */
void tn_http_pending_commit (TnHttpPending *self);
void tn_http_pending_free (TnHttpPending *self);

G_END_DECLS
