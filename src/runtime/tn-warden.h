/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TnWarden:
 *
 * Remembers which processes this program holds still, in a process of its own: where the program is killed, it lets
 * them go on, so that they find out and end. Else they would stay, stopped, for ever.
 */
typedef struct _TnWarden TnWarden;

TnWarden *tn_warden_new (void);
void tn_warden_free (TnWarden *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnWarden, tn_warden_free)

/* Called before @pid is stopped, and after it goes on or has ended. The first one starts the warden's process. */
void tn_warden_hold (TnWarden *self, int pid);
void tn_warden_release (TnWarden *self, int pid);

G_END_DECLS
