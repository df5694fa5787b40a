/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-manifest.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* How the program is run, of a workspace. */
typedef enum
{
  TN_MODE_ISOLATION,   /* nothing of apps can be looked into */
  TN_MODE_DEVELOPMENT, /* every app can */
  TN_MODE_HYBRID,      /* an app can where the person granted it */
} TnMode;

/* What only a mode opens. No mode opens any of the walls: namespaces, network and content-security policy stay. */
typedef enum
{
  TN_FEATURE_INSPECTOR, /* WebKit's, for its page */
  TN_FEATURE_RELOAD,    /* on save */
  TN_FEATURE_CONSOLE,   /* what its page says and does wrong is read */
  TN_FEATURE_LIMITS,    /* it may use more: see tn_mode_relief() */
  TN_FEATURE_STATE,     /* what its page holds is shown, and can be put back */
  TN_FEATURE_LOG,       /* the program's own, and the page that shows all of this */
  TN_N_FEATURES,
} TnFeature;

/* From the narrowest on. */
typedef enum
{
  TN_ACCESS_CLOSED,
  TN_ACCESS_GRANTED, /* per app */
  TN_ACCESS_OPEN,
} TnAccess;

/* The table of all that. */
TnAccess tn_mode_get_access (TnMode mode, TnFeature feature);

/* Whether any feature is more open in @to: then the person is to be asked. */
gboolean tn_mode_widens (TnMode from, TnMode to);

/* One lower-case word each. */
const char *tn_mode_name (TnMode mode);
const char *tn_feature_name (TnFeature feature);

/* Whether it is such a word; nothing is set where it is not. */
gboolean tn_mode_from_name (const char *name, TnMode *mode);

/* What the person may grant an app for hybrid, each at the index that is its feature; (transfer none). */
const TnPermission *tn_mode_list_permissions (gsize *n);

/**
 * TnRelief:
 * @memory, @cpu: times what its manifest says
 *
 * How far an app's limits reach.
 */
typedef struct
{
  guint memory, cpu;
} TnRelief;

/* @relaxed: whether %TN_FEATURE_LIMITS is open for it */
TnRelief tn_mode_relief (gboolean relaxed);

G_END_DECLS
