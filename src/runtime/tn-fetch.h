/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-instance-private.h"

G_BEGIN_DECLS

/* The methods of nexus.fetch. */
extern const TnBridgeMethod TN_FETCH_METHODS[];

/**
 * tn_fetch_serve:
 *
 * Answers requests of the page for the one-use addresses that fetch.start gave it, and all others below their folder with
 * 404. Each is for this view and for one request, and only for what can set a header of its own: no script, frame or
 * picture can be loaded from there, so nothing that came from the network runs.
 *
 * Returns: %FALSE where it is no such address
 */
gboolean tn_fetch_serve (TnInstance *instance, WebKitURISchemeRequest *request);

/* Ends all that the page began. */
void tn_fetch_end_all (TnInstance *instance);

G_END_DECLS
