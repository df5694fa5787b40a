/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-manifest.h"

G_BEGIN_DECLS

/**
 * tn_policy_allows:
 * @manifest: what the app declared
 * @resource: what it wants to touch now: an event type or pattern, a URL, a collection, an API
 * @action: one action
 *
 * May the app do that now? Denied unless declared; only its own data ("self") need not be. A pattern may be asked for
 * only to listen, and is allowed where a declared one covers it. Other resources are declared as globs. What is declared
 * under a condition ("when") is denied, because nothing judges conditions yet; host.* events are the host's to emit.
 */
gboolean tn_policy_allows (TnManifest *manifest, TnPermissionType type, const char *resource,
                           TnPermissionActions action);

G_END_DECLS
