/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What was installed with the program (apps/, sdk/); TN_DATA_DIR in the environment stands in for an uninstalled run.
 * (transfer none) */
const char *tn_paths_data_dir (void);

/* $XDG_DATA_HOME/token-nexus-canvas/@workspace; not made. (transfer full) */
char *tn_paths_workspace_dir (const char *workspace);

/* $XDG_CACHE_HOME/token-nexus-canvas; not made. (transfer none) */
const char *tn_paths_cache_dir (void);

/* The workspace that opens when none is named. */
#define TN_WORKSPACE_DEFAULT "default"

G_END_DECLS
