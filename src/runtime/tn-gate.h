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
 * Wall 4: the one way from a call of a page to anything that needs a permission.
 */
void tn_gate_pass (TnInstance *instance, TnCall *call, TnPermissionType type, const char *resource,
                   TnPermissionActions action, TnGateFunc open, gpointer user_data, GDestroyNotify destroy);

/* Whether it would open now without asking anybody: for where a call is sent on. */
gboolean tn_gate_is_open (TnInstance *instance, TnPermissionType type, const char *resource, TnPermissionActions action);

G_END_DECLS
