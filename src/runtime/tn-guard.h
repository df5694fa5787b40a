/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-runtime-private.h"

G_BEGIN_DECLS

/**
 * TnGuard:
 *
 * Once a second, as long as anything runs: reads from outside what each tile uses, asks it whether it answers, and does
 * something about it where it uses more than it may; and where all together do.
 */
typedef struct _TnGuard TnGuard;

/* @runtime: (not owned) */
TnGuard *tn_guard_new (TnRuntime *runtime);
void tn_guard_free (TnGuard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnGuard, tn_guard_free)

/* Something runs. */
void tn_guard_start (TnGuard *self);

/* What all tiles use together; (transfer none). */
TnHistory *tn_guard_get_history (TnGuard *self);

G_END_DECLS
