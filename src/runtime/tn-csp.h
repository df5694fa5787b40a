/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-manifest.h"

G_BEGIN_DECLS

/**
 * tn_csp_build:
 *
 * The Content Security Policy (CSP Level 3, W3C) that goes with every response of an app of that level, less what it
 * gave up by its blockedAPIs.
 *
 * Returns: (transfer full): the header's value
 */
char *tn_csp_build (TnSandboxLevel level, TnBlockedApis blocked);

G_END_DECLS
