/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-runtime-private.h"

G_BEGIN_DECLS

/**
 * TnShared:
 *
 * The network process, of which WebKit has one for all apps: it reads their files and keeps their web storage. Where it
 * grows on and on, whoever fills it is ended; where it has grown too much all the same, or somebody has stopped it, it is
 * ended itself. WebKit then starts another one: pages live on, and lose what was under way, which is said and audited
 * ("process.shared").
 */
typedef struct _TnShared TnShared;

/* @runtime: (not owned) */
TnShared *tn_shared_new (TnRuntime *runtime);
void tn_shared_free (TnShared *self);

/* To be called once a second. */
void tn_shared_look (TnShared *self);

G_END_DECLS
