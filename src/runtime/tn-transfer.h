/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-instance-private.h"
#include "tn-pipe.h"

G_BEGIN_DECLS

/**
 * TnTransfer:
 *
 * One call of nexus.fetch: what was asked on one side, the page's request for the answer on the other, and whichever
 * comes first waits for the other one. Known to its instance by a name that nobody can guess, until both are over.
 */
typedef struct _TnTransfer TnTransfer;

/* What a page asked for, and may have. */
typedef struct
{
  char *method;
  GUri *url;
  SoupMessageHeaders *headers;
  gboolean has_body, follow;
  gboolean clicked; /* the page, when it asked */
  goffset length;
} TnWish;

void tn_wish_free (gpointer wish);

/* Sends @wish on its way. @grant ends it. Returns: (transfer none): in the instance's hands */
TnTransfer *tn_transfer_begin (TnInstance *instance, const TnWish *wish, GCancellable *grant);

void tn_transfer_unref (TnTransfer *self);

/* Reading or writing. */
TnPermissionActions tn_transfer_action (const char *method);

const char *tn_transfer_get_name (TnTransfer *self);

/* The page wants the answer; %FALSE where it was given already. */
gboolean tn_transfer_claim (TnTransfer *self, WebKitURISchemeRequest *request);

/* (nullable): where the body is written that goes up. */
TnPipe *tn_transfer_get_pipe (TnTransfer *self);
TnBook *tn_transfer_get_book (TnTransfer *self); /* nullable: when it was ended */

/* The page gave up, or is gone: nothing of it remains. */
void tn_transfer_end (TnTransfer *self);

/* Answers @request with what is not an app's file: @headers (transfer full) are made safe. @length: -1 if unknown. */
void tn_transfer_respond (WebKitURISchemeRequest *request, guint status, SoupMessageHeaders *headers,
                          GInputStream *body, gssize length);

/* Answers it with what went wrong; the page's side throws it. */
void tn_transfer_refuse (WebKitURISchemeRequest *request, const GError *error);

G_END_DECLS
