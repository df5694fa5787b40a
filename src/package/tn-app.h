/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-manifest.h"

G_BEGIN_DECLS

/**
 * TnApp:
 *
 * A package in a folder, whether its manifest is whole or not: a broken one is shown with its faults.
 */
#define TN_TYPE_APP (tn_app_get_type ())
G_DECLARE_FINAL_TYPE (TnApp, tn_app, TN, APP, GObject)

/**
 * tn_app_load:
 * @source: see tn_app_key()
 * @directory: the app's folder; where no id can be read from its manifest the folder's name stands for it
 *
 * Returns: (transfer full): never %NULL
 */
TnApp *tn_app_load (const char *source, const char *directory);

const char *tn_app_get_key (TnApp *self);
const char *tn_app_get_id (TnApp *self);
const char *tn_app_get_name (TnApp *self); /* the id where there is no manifest */
const char *tn_app_get_source (TnApp *self);
const char *tn_app_get_directory (TnApp *self);
TnManifest *tn_app_get_manifest (TnApp *self); /* nullable: then tn_app_get_faults() says why */
GPtrArray *tn_app_get_faults (TnApp *self);    /* (transfer none) (element-type TnFault) */
/* Ids of apps made of a .xdc file begin with it. */
#define TN_XDC_PREFIX "xdc."

/* Whether its page is one of webxdc, with that API in the place of nexus. */
gboolean tn_app_is_webxdc (TnApp *self);

gboolean tn_app_is_missing (TnApp *self);      /* the folder or its manifest is gone, looked at again now */

G_END_DECLS
