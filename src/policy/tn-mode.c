/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-mode.h"

#include <string.h>

#define CLOSED TN_ACCESS_CLOSED
#define GRANTED TN_ACCESS_GRANTED
#define OPEN TN_ACCESS_OPEN

static const char *const modes[]
  = { [TN_MODE_ISOLATION] = "isolation", [TN_MODE_DEVELOPMENT] = "development", [TN_MODE_HYBRID] = "hybrid" };

/* By mode, in their order. */
static const struct
{
  const char *name;
  TnAccess access[G_N_ELEMENTS (modes)];
} features[TN_N_FEATURES] = {
  [TN_FEATURE_INSPECTOR] = { "inspector", { CLOSED, OPEN, GRANTED } },
  [TN_FEATURE_RELOAD] = { "reload", { CLOSED, OPEN, GRANTED } },
  [TN_FEATURE_CONSOLE] = { "console", { CLOSED, OPEN, GRANTED } },
  [TN_FEATURE_LIMITS] = { "limits", { CLOSED, OPEN, GRANTED } },
  [TN_FEATURE_STATE] = { "state", { CLOSED, OPEN, GRANTED } },
  [TN_FEATURE_LOG] = { "log", { CLOSED, OPEN, OPEN } },
};

/* The first is what manifests ask for; an inspected page keeps copies of much, and one that is stepped through is busy. */
static const TnRelief reliefs[] = { { 1, 1 }, { 4, 4 } };

/* As the table names them: none for the log, which is no app's. */
static const TnPermission permissions[] = {
  { TN_PERMISSION_DEVELOP, (char *) "inspector", TN_ACTION_USE, NULL, { FALSE } },
  { TN_PERMISSION_DEVELOP, (char *) "reload", TN_ACTION_USE, NULL, { FALSE } },
  { TN_PERMISSION_DEVELOP, (char *) "console", TN_ACTION_USE, NULL, { FALSE } },
  { TN_PERMISSION_DEVELOP, (char *) "limits", TN_ACTION_USE, NULL, { FALSE } },
  { TN_PERMISSION_DEVELOP, (char *) "state", TN_ACTION_USE, NULL, { FALSE } },
};

TnAccess
tn_mode_get_access (TnMode mode, TnFeature feature)
{
  g_return_val_if_fail ((gsize) mode < G_N_ELEMENTS (modes) && (gsize) feature < TN_N_FEATURES, CLOSED);

  return features[feature].access[mode];
}

gboolean
tn_mode_widens (TnMode from, TnMode to)
{
  for (guint feature = 0; feature < TN_N_FEATURES; feature++)
    if (tn_mode_get_access (to, feature) > tn_mode_get_access (from, feature))
      return TRUE;
  return FALSE;
}

const char *
tn_mode_name (TnMode mode)
{
  g_return_val_if_fail ((gsize) mode < G_N_ELEMENTS (modes), NULL);

  return modes[mode];
}

const char *
tn_feature_name (TnFeature feature)
{
  g_return_val_if_fail ((gsize) feature < TN_N_FEATURES, NULL);

  return features[feature].name;
}

gboolean
tn_mode_from_name (const char *name, TnMode *mode)
{
  g_return_val_if_fail (name != NULL && mode != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    if (strcmp (modes[i], name) == 0)
      {
        *mode = i;
        return TRUE;
      }
  return FALSE;
}

const TnPermission *
tn_mode_list_permissions (gsize *n)
{
  g_return_val_if_fail (n != NULL, NULL);

  *n = G_N_ELEMENTS (permissions);
  return permissions;
}

TnRelief
tn_mode_relief (gboolean relaxed)
{
  return reliefs[relaxed != FALSE];
}
