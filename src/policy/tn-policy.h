/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-app.h"
#include "tn-audit.h"
#include "tn-grant-record.h"
#include "tn-mode.h"

G_BEGIN_DECLS

/**
 * TnRequest:
 * @resource: what an app wants to touch: an event type or pattern, a URL, a collection, an API
 * @action: one
 * @visible: whether its tile is in sight
 * @clicked: whether the person has just clicked in its page
 * @probe: whether it only wants to know: then the request is not counted
 */
typedef struct
{
  TnPermissionType type;
  const char *resource;
  TnPermissionActions action;
  gboolean visible, clicked, probe;
} TnRequest;

typedef enum
{
  TN_VERDICT_DENIED,
  TN_VERDICT_ASK, /* the person has to be asked */
  TN_VERDICT_ALLOWED,
} TnVerdict;

/**
 * TnDecision:
 * @permission: (nullable): the declared entry that covers it; %NULL where none does, and for the app's own data. Valid as
 *   long as the app's manifest
 * @reason: (nullable): why it is denied, one sentence for the app's author
 */
typedef struct
{
  TnVerdict verdict;
  const TnPermission *permission;
  const char *reason;
} TnDecision;

typedef enum
{
  TN_ANSWER_ONCE,    /* until the app has no page any more */
  TN_ANSWER_ALWAYS,  /* kept */
  TN_ANSWER_NEVER,   /* kept */
  TN_ANSWER_NOT_NOW, /* no, until the app has no page any more */
} TnAnswer;

/* How it stands with one declared entry. */
typedef enum
{
  TN_STANDING_ASK,     /* nobody was asked yet */
  TN_STANDING_GIVEN,   /* never asked for: it is harmless, or the program's own app */
  TN_STANDING_ALWAYS,
  TN_STANDING_NEVER,
  TN_STANDING_ONCE,
  TN_STANDING_NOT_NOW,
} TnStanding;

/**
 * TnPolicy:
 *
 * Wall 4: an app may do what its manifest declares and the person granted. A grant is for one declared entry: its type,
 * resource, actions and terms; an update that changes any of them has to ask anew. Denied unless declared; what is
 * declared is asked for at first use, except the app's own data ("self"), all of ui, and what the program's own apps
 * declare of event and ui. The terms of an entry ("when") are judged here, by the program's clock and by what the host
 * saw. host.* events are the host's to emit, whatever a manifest declares.
 *
 * Signals: "changed" (const char *app_key) when a grant was given or taken back, by whomever; "failed" (const char *message)
 * when an answer could not be kept;
 * "mode-changed" when tn_policy_get_mode() says another one.
 */
#define TN_TYPE_POLICY (tn_policy_get_type ())
G_DECLARE_FINAL_TYPE (TnPolicy, tn_policy, TN, POLICY, GObject)

/* It knows no grants before tn_policy_load_async() has come back. */
TnPolicy *tn_policy_new (TnStore *store);

/* From now on what the person answers is audited. */
void tn_policy_set_audit (TnPolicy *self, TnAudit *audit);

/* Reads what is kept, also again after another process wrote: what differs from before is told by "changed". */
void tn_policy_load_async (TnPolicy *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean tn_policy_load_finish (TnPolicy *self, GAsyncResult *result, GError **error);

/**
 * tn_policy_decide:
 * @app: one with a manifest
 *
 * May the app do that now? A pattern may be asked for only to listen, and is covered where a declared one covers it. Of
 * several declared entries that cover it the one that says most counts. Costs well under a microsecond however many grants
 * there are.
 */
TnDecision tn_policy_decide (TnPolicy *self, TnApp *app, const TnRequest *request);

/**
 * tn_policy_answer:
 * @permission: as its manifest declares it
 *
 * Takes effect at once, and is kept where the answer is to last.
 */
void tn_policy_answer (TnPolicy *self, const char *app_key, const TnPermission *permission, TnAnswer answer);

/* Takes any answer back: the next use asks. */
void tn_policy_revoke (TnPolicy *self, const char *app_key, const TnPermission *permission);

/* The app has no page any more: what was answered for its run is forgotten. */
void tn_policy_end_run (TnPolicy *self, const char *app_key);

TnStanding tn_policy_get_standing (TnPolicy *self, TnApp *app, const TnPermission *permission);

/* Whether an entry of the app's manifest needs no question, whatever the person has said of it. */
gboolean tn_policy_is_given (TnApp *app, const TnPermission *permission);

/* What the store keeps an answer for an entry under; (transfer full), with "never" in it. */
TnGrantRecord *tn_policy_make_record (const char *app_key, const TnPermission *permission);

/* Whether the person may be bothered: not by an app that was refused a few times in this run. */
gboolean tn_policy_may_ask (TnPolicy *self, TnApp *app);

/* Whether what stands so may be done, its terms aside. */
gboolean tn_standing_is_allowed (TnStanding standing);

/**
 * tn_policy_takes_level:
 *
 * Whether the app's sandbox level is no looser than the one it was run with last. The first one is taken: who put the app
 * here has seen it. %FALSE means that the person is to be asked, and tn_policy_accept_level() follows.
 */
gboolean tn_policy_takes_level (TnPolicy *self, TnApp *app);
void tn_policy_accept_level (TnPolicy *self, TnApp *app);

/* %TN_MODE_ISOLATION until what was kept is loaded. */
TnMode tn_policy_get_mode (TnPolicy *self);

/* The person chose @mode: it takes effect at once, is kept for the workspace, and audited. */
void tn_policy_set_mode (TnPolicy *self, TnMode mode);

/**
 * tn_policy_opens:
 * @app: (nullable): %NULL for the program itself
 *
 * Whether the mode opens @feature for @app: by itself, or because the person granted it to the app. Nobody else decides.
 */
gboolean tn_policy_opens (TnPolicy *self, TnApp *app, TnFeature feature);

/* All that are, 1 << feature each. */
guint tn_policy_list_open (TnPolicy *self, TnApp *app);

G_END_DECLS
