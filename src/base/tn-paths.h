/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What was installed with the program (apps/, sdk/); TN_DATA_DIR in the environment stands in for an uninstalled run.
 * (transfer none) */
const char *tn_paths_data_dir (void);

/* Where what WebKit loads into the processes of pages is, alone; TN_PAGE_DIR stands in for it. (transfer none) */
const char *tn_paths_page_dir (void);

/* Where the programs are that this one starts; TN_PROGRAM_DIR stands in for it. (transfer none) */
const char *tn_paths_program_dir (void);

/* $XDG_DATA_HOME/token-nexus-canvas/@workspace; not made. (transfer full) */
char *tn_paths_workspace_dir (const char *workspace);

/* $XDG_CACHE_HOME/token-nexus-canvas; not made. (transfer none) */
const char *tn_paths_cache_dir (void);

/* For folders that one sandbox shall see and no other; not made. Inside a Flatpak it is in the one place from which the
 * portal shows parts to a sandbox of the app's own (flatpak-spawn(1), --sandbox-expose). (transfer full) */
char *tn_paths_marker_dir (void);

/* The workspace that opens when none is named. */
#define TN_WORKSPACE_DEFAULT "default"

G_END_DECLS
