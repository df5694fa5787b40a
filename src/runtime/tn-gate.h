/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-instance-private.h"

G_BEGIN_DECLS

/**
 * TnGateFunc:
 * @call: (transfer full): to be answered
 * @grant: cancelled when what was granted is taken back, or the page goes
 *
 * What a page asked for, and may have.
 */
typedef void (*TnGateFunc) (TnInstance *instance, TnCall *call, GCancellable *grant, gpointer user_data);

/**
 * tn_gate_pass:
 * @call: (transfer full): failed here where the app may not
 * @action: one
 * @open: called once where it may, perhaps later: the person may have to be asked first
 * @user_data: freed with @destroy when the matter is over, whatever came of it
 *
 * Wall 4: the one way from a call of a page to anything that needs a permission. A call waits for the person's answer two
 * minutes at most, and no longer than its page is there; terms such as a click are judged for the moment of the call.
 */
void tn_gate_pass (TnInstance *instance, TnCall *call, TnPermissionType type, const char *resource,
                   TnPermissionActions action, TnGateFunc open, gpointer user_data, GDestroyNotify destroy);

/* Whether the person clicked in the page within the last second, as the host saw it. */
gboolean tn_gate_was_clicked (TnInstance *instance);

/* What would be said to such a call now, with the person there and just having clicked; asks nobody. */
TnVerdict tn_gate_probe (TnInstance *instance, TnPermissionType type, const char *resource,
                         TnPermissionActions action);

/**
 * tn_gate_follow:
 * @clicked: whether the page was, when it made the call
 * @grant: what the call came through
 *
 * A call that was let through leads on to @resource, where a redirect points. That is judged as the call was, and counts
 * as a use where it is another entry's; nobody is asked.
 *
 * Returns: (transfer none) (nullable): what it goes on under, cancelled as in #TnGateFunc; %NULL where it may not
 */
GCancellable *tn_gate_follow (TnInstance *instance, TnPermissionType type, const char *resource,
                              TnPermissionActions action, gboolean clicked, GCancellable *grant);

/* The page goes: what waits is refused, and every grant of it is cancelled. */
void tn_gate_close (TnInstance *instance);

/* Something of the app's was granted or taken back: what is under way with a grant that is no more is cancelled. */
void tn_gate_app_changed (TnInstance *instance);

G_END_DECLS
