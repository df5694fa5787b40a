/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-paths.h"

static void
test_data_dir (void)
{
  g_autofree char *before = g_strdup (g_getenv ("TN_DATA_DIR"));

  g_setenv ("TN_DATA_DIR", "/somewhere/else", TRUE);
  g_assert_cmpstr (tn_paths_data_dir (), ==, "/somewhere/else");
  g_unsetenv ("TN_DATA_DIR");
  g_assert_cmpstr (tn_paths_data_dir (), ==, PKGDATADIR);
  if (before != NULL)
    g_setenv ("TN_DATA_DIR", before, TRUE);
}

static void
test_user_dirs (void)
{
  g_autofree char *workspace = tn_paths_workspace_dir ("work");

  g_assert_cmpstr (workspace, ==, "/nowhere/data/token-nexus-canvas/work");
  g_assert_cmpstr (tn_paths_cache_dir (), ==, "/nowhere/cache/token-nexus-canvas");
  g_assert_true (tn_paths_cache_dir () == tn_paths_cache_dir ());
}

/* Under Flatpak only the folder “sandbox” of the app's own can be shown in part to a sandbox of the app's. */
static void
test_marker_dir (void)
{
  g_autofree char *plain = NULL, *flatpak = NULL;
  g_autofree char *expected = g_build_filename (g_get_home_dir (), ".var/app/org.example.App/sandbox/token-nexus-canvas",
                                                NULL);

  g_unsetenv ("FLATPAK_ID");
  plain = tn_paths_marker_dir ();
  g_assert_cmpstr (plain, ==, "/nowhere/runtime/token-nexus-canvas");
  g_setenv ("FLATPAK_ID", "org.example.App", TRUE);
  flatpak = tn_paths_marker_dir ();
  g_assert_cmpstr (flatpak, ==, expected);
  g_unsetenv ("FLATPAK_ID");
}

int
main (int argc, char **argv)
{
  g_setenv ("XDG_DATA_HOME", "/nowhere/data", TRUE);
  g_setenv ("XDG_CACHE_HOME", "/nowhere/cache", TRUE);
  g_setenv ("XDG_RUNTIME_DIR", "/nowhere/runtime", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paths/data-dir", test_data_dir);
  g_test_add_func ("/paths/user-dirs", test_user_dirs);
  g_test_add_func ("/paths/marker-dir", test_marker_dir);
  return g_test_run ();
}
