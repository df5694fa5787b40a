/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TnDbLock:
 *
 * Who has a workspace open. The first to open it holds it alone while it checks, recovers and migrates; then, and
 * everybody after it, shares it. Tells whether all who had it open before also closed it.
 */
typedef struct _TnDbLock TnDbLock;

/**
 * tn_db_lock_take:
 * @directory: made where absent
 *
 * Waits up to ten seconds for one who holds it alone. Returns: the lock, or %NULL with %TN_STORE_ERROR_READ_ONLY where
 * the folder can't be written, %TN_STORE_ERROR_BUSY, %TN_STORE_ERROR_FULL or %TN_STORE_ERROR_OPEN
 */
TnDbLock *tn_db_lock_take (const char *directory, GError **error);

/* Whether nobody else has it. */
gboolean tn_db_lock_is_exclusive (TnDbLock *self);

/* Whether nobody else has it at this moment; a while later somebody may. */
gboolean tn_db_lock_is_alone (TnDbLock *self);

/* Only where exclusive: whether somebody ended without closing. */
gboolean tn_db_lock_is_unclean (TnDbLock *self);

/* Lets others in and counts this one as having it open. */
void tn_db_lock_share (TnDbLock *self);

/* @clean: %FALSE leaves the mark that makes the next to open look closely. */
void tn_db_lock_release (TnDbLock *self, gboolean clean);

G_END_DECLS
