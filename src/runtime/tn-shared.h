/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-runtime-private.h"

G_BEGIN_DECLS

/**
 * TnShared:
 *
 * The network process, of which WebKit has one for all apps: it reads their files and keeps their web storage. Nothing says
 * for whom it keeps what it keeps. Where it grows on and on, the busiest pages are held for two seconds, one after the other, and the
 * one without which it grows no more is ended; only where there is no time for that, the busiest one is. Where it has grown
 * too much all the same, it is ended itself. WebKit then starts another one, as it does when it does not answer: pages live
 * on, and lose what was under way, which is said and audited ("process.shared").
 */
typedef struct _TnShared TnShared;

/* @runtime: (not owned) */
TnShared *tn_shared_new (TnRuntime *runtime);
void tn_shared_free (TnShared *self);

/* To be called once a second. */
void tn_shared_look (TnShared *self);

G_END_DECLS
