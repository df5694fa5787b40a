/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-manifest.h"

G_BEGIN_DECLS

/* Permissions in words: those of manifests, which the store and the command line use too, and those of people. */

/* Whether it is a word of manifests; nothing is set where it is not. */
gboolean tn_permission_type_from_name (const char *name, TnPermissionType *type);
gboolean tn_permission_action_from_name (const char *name, TnPermissionActions *action);

const char *tn_permission_type_name (TnPermissionType type);

/* The names of all @actions with commas between, in an order that is always the same; (transfer full). */
char *tn_permission_action_names (TnPermissionActions actions);

/* The terms as "visible,click,08:00-18:00,10/min", "" where there are none; (transfer full). */
char *tn_permission_term_names (const TnTerms *terms);

/**
 * tn_permission_describe:
 *
 * Returns: (transfer full) (nullable): the permission in the person's words: "Send events called “todo.item.*”"; %NULL for
 *   one that no manifest may declare
 */
char *tn_permission_describe (const TnPermission *permission);

/* The terms in the person's words, "Only in sight, only right after a click"; "" where there are none; (transfer full). */
char *tn_permission_describe_terms (const TnTerms *terms);

G_END_DECLS
