/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-resolver.h"
#include "tn-http.h"
#include "web.h"

/* One who calls: what it allows, and what came of its last call. */
typedef struct
{
  TnHttp *http;
  TnAddressScopes open;
  const char *denied; /* a part of URLs that it does not allow */
  GPtrArray *judged;  /* "GET http://…", in order */
  gsize metered, quota;
  guint watches;      /* that are not over */
  GCancellable *cancellable;
  SoupMessageHeaders *headers; /* to be sent; nullable */
  GInputStream *body;          /* to be sent; nullable */
  guint timeout_ms;
  gboolean stay;               /* where it is sent elsewhere */

  TnHttpResponse *response;
  GError *error;
} Caller;

/* Everything on loopback is open to it, and names other than localhost lead there too. */
Caller *caller_new (GResolver *resolver, GTlsDatabase *trust);
void caller_free (Caller *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Caller, caller_free)

/* Calls and waits for the answer, or for its failure. */
void caller_call (Caller *self, const char *method, const char *url);

/* Begins only. */
void caller_begin (Caller *self, const char *method, const char *url);
gboolean caller_is_answered (Caller *self);

/* The whole body of the answer; NULL with the error where it ends early; (transfer full). */
char *caller_read (Caller *self);

/* Reads the body away. Returns: its length, or -1 */
gssize caller_drain (Caller *self);

/* Runs the main loop until @holds, 30 s at most. */
void caller_wait (gboolean (*holds) (gpointer data), gpointer data);

/* For g_test_add(): a server and one who calls it. */
typedef struct
{
  Web *web;
  Caller *caller;
} CallerFixture;

void caller_set_up (CallerFixture *fixture, gconstpointer data);
void caller_tear_down (CallerFixture *fixture, gconstpointer data);

/* Calls a path of the server, as web.example. */
void caller_visit (CallerFixture *fixture, const char *method, const char *path);
