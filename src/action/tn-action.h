/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TN_ACTION_ERROR (tn_action_error_quark ())
GQuark tn_action_error_quark (void);

/**
 * TnActionErrorCode:
 * @TN_ACTION_ERROR_UNKNOWN: no action has that id
 * @TN_ACTION_ERROR_PARAMETER: the parameter is missing, unwanted or of another type
 * @TN_ACTION_ERROR_DISABLED: the action can't be done now
 */
typedef enum
{
  TN_ACTION_ERROR_UNKNOWN = 1,
  TN_ACTION_ERROR_PARAMETER,
  TN_ACTION_ERROR_DISABLED,
} TnActionErrorCode;

/* @parameter: (nullable) (transfer none): of the entry's type, %NULL exactly where it has none */
typedef void (*TnActionExecute) (gpointer owner, GVariant *parameter);

/**
 * TnActionEntry:
 * @id: what names it everywhere, valid as the name of a GAction: lower-case words joined by "." ("tile.remove")
 * @name: what it is called in menus, marked with N_()
 * @category: where it is listed, marked with N_()
 * @description: one sentence of help, marked with N_()
 * @accelerators: (nullable): keys that start it, in GTK's syntax, separated by spaces ("<Control>z <Control>y")
 * @parameter_type: (nullable): a definite GVariant type string, %NULL for none
 * @execute: does it
 *
 * One thing that can be done; fit for a static table. name, category and description are untranslated here: whoever
 * shows them calls gettext.
 */
typedef struct
{
  const char *id;
  const char *name;
  const char *category;
  const char *description;
  const char *accelerators;
  const char *parameter_type;
  TnActionExecute execute;
} TnActionEntry;

/**
 * TnActionRegistry:
 *
 * Everything that can be done. Menus, shortcuts, the command line and D-Bus are made from it, so that each action has
 * one name, one help text and one executor.
 *
 * ::enabled-changed (const char *id), with the id as detail: whether the action can be done has changed.
 */
#define TN_TYPE_ACTION_REGISTRY (tn_action_registry_get_type ())
G_DECLARE_FINAL_TYPE (TnActionRegistry, tn_action_registry, TN, ACTION_REGISTRY, GObject)

TnActionRegistry *tn_action_registry_new (void);

/**
 * tn_action_registry_add_table:
 * @entries: (array length=n): borrowed, not copied: must outlive the registry
 * @owner: (nullable): handed to each executor; borrowed, must live as long as actions are run
 *
 * Adds the actions, all enabled. An id that is there already is a programming error and leaves the first one in place.
 */
void tn_action_registry_add_table (TnActionRegistry *self, const TnActionEntry *entries, gsize n, gpointer owner);

/* (transfer none) (nullable) */
const TnActionEntry *tn_action_registry_lookup (TnActionRegistry *self, const char *id);

/**
 * tn_action_registry_list:
 *
 * Returns: (transfer container) (element-type TnActionEntry): all actions in the order of category and name, as
 *   translated, by the locale's collation
 */
GPtrArray *tn_action_registry_list (TnActionRegistry *self);

/**
 * tn_action_registry_run:
 * @parameter: (nullable): a floating one is sunk
 *
 * Returns: %FALSE with a #TnActionErrorCode where the action was not started
 */
gboolean tn_action_registry_run (TnActionRegistry *self, const char *id, GVariant *parameter, GError **error);

/* An unknown id is a programming error. */
void tn_action_registry_set_enabled (TnActionRegistry *self, const char *id, gboolean enabled);

/* %FALSE for an unknown id. */
gboolean tn_action_registry_is_enabled (TnActionRegistry *self, const char *id);

G_END_DECLS
