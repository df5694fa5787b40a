/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-workspace.h"

G_BEGIN_DECLS

/**
 * TnUpkeep:
 *
 * What is done for an open workspace without being asked: erasures that were begun come to their end, packages lie where
 * the history says, and once a day, at first soon after the start, what nothing can bring back is collected.
 */
typedef struct _TnUpkeep TnUpkeep;

/* @workspace: one with its store open; borrowed, and outlives this. */
TnUpkeep *tn_upkeep_new (TnWorkspace *workspace);
void tn_upkeep_free (TnUpkeep *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnUpkeep, tn_upkeep_free)

/**
 * tn_upkeep_remove_async:
 *
 * Removes an app, as one operation: its tiles, and its package if it is one of the person's own.
 */
void tn_upkeep_remove_async (TnWorkspace *workspace, TnApp *app, GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_upkeep_remove_finish (TnWorkspace *workspace, GAsyncResult *result, GError **error);

/**
 * tn_upkeep_erase_async:
 * @app: (nullable): %NULL for all that another program noted
 *
 * Stops what runs of an app and erases it. Where that can't be ended it goes on at the next start, and finish says why.
 */
void tn_upkeep_erase_async (TnWorkspace *workspace, TnApp *app, GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_upkeep_erase_finish (TnWorkspace *workspace, GAsyncResult *result, GError **error);

G_END_DECLS
