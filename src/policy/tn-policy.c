/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-policy.h"

#include "tn-bus.h"
#include "tn-glob.h"
#include "tn-words.h"

#define OWN_DATA "self"
#define HOST_EVENTS "host.>"

typedef gboolean (*Covers) (const char *declared, const char *asked);

/* By type of permission: whether what was declared includes what is asked. */
static const Covers covers[] = {
  [TN_PERMISSION_NETWORK] = tn_word_address_covers,
  [TN_PERMISSION_EVENT] = tn_subject_covers,
  [TN_PERMISSION_DATA] = tn_glob_match,
  [TN_PERMISSION_API] = tn_glob_match,
  [TN_PERMISSION_UI] = tn_glob_match,
};

/* Whether it makes sense to ask for that at all: only listeners may name a pattern. */
static gboolean
is_askable (TnPermissionType type, const char *resource, TnPermissionActions action)
{
  gboolean one_action = action != 0 && (action & (action - 1)) == 0;

  if (type == TN_PERMISSION_EVENT && action != TN_ACTION_LISTEN)
    return one_action && tn_subject_is_valid_type (resource);
  return one_action;
}

/* What only the host may say, whatever a manifest declares. */
static gboolean
is_reserved (TnPermissionType type, const char *resource, TnPermissionActions action)
{
  return type == TN_PERMISSION_EVENT && action != TN_ACTION_LISTEN && tn_subject_matches (HOST_EVENTS, resource);
}

static gboolean
is_own_data (TnPermissionType type, const char *resource, TnPermissionActions action)
{
  return type == TN_PERMISSION_DATA && g_str_equal (resource, OWN_DATA)
         && (action == TN_ACTION_READ || action == TN_ACTION_WRITE);
}

gboolean
tn_policy_allows (TnManifest *manifest, TnPermissionType type, const char *resource, TnPermissionActions action)
{
  const TnPermission *permissions;
  gsize n;

  g_return_val_if_fail (TN_IS_MANIFEST (manifest), FALSE);
  g_return_val_if_fail ((gsize) type < G_N_ELEMENTS (covers), FALSE);
  g_return_val_if_fail (resource != NULL, FALSE);

  if (!is_askable (type, resource, action) || is_reserved (type, resource, action))
    return FALSE;
  if (is_own_data (type, resource, action))
    return TRUE;
  permissions = tn_manifest_get_permissions (manifest, &n);
  for (gsize i = 0; i < n; i++)
    if (permissions[i].type == type && (permissions[i].actions & action) != 0 && !permissions[i].conditional
        && covers[type] (permissions[i].resource, resource))
      return TRUE;
  return FALSE;
}
