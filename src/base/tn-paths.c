/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-paths.h"

/* A development build stands beside a release and must not touch what is kept there. */
#if DEVELOPMENT
#define FOLDER "token-nexus-canvas-devel"
#else
#define FOLDER "token-nexus-canvas"
#endif

const char *
tn_paths_data_dir (void)
{
  const char *uninstalled = g_getenv ("TN_DATA_DIR");

  return uninstalled != NULL ? uninstalled : PKGDATADIR;
}

const char *
tn_paths_page_dir (void)
{
  const char *uninstalled = g_getenv ("TN_PAGE_DIR");

  return uninstalled != NULL ? uninstalled : PAGEDIR;
}

const char *
tn_paths_program_dir (void)
{
  const char *uninstalled = g_getenv ("TN_PROGRAM_DIR");

  return uninstalled != NULL ? uninstalled : PROGRAMDIR;
}

char *
tn_paths_workspace_dir (const char *workspace)
{
  return g_build_filename (g_get_user_data_dir (), FOLDER, workspace, NULL);
}

const char *
tn_paths_cache_dir (void)
{
  static char *directory;

  if (g_once_init_enter (&directory))
    g_once_init_leave (&directory, g_build_filename (g_get_user_cache_dir (), FOLDER, NULL));
  return directory;
}

char *
tn_paths_marker_dir (void)
{
  const char *flatpak = g_getenv ("FLATPAK_ID");

  return flatpak != NULL ? g_build_filename (g_get_home_dir (), ".var", "app", flatpak, "sandbox", FOLDER, NULL)
                         : g_build_filename (g_get_user_runtime_dir (), FOLDER, NULL);
}
