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
  g_autofree char *wanted = g_build_filename (g_get_user_data_dir (), "token-nexus-canvas", "work", NULL);
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "token-nexus-canvas", NULL);

  g_assert_cmpstr (workspace, ==, wanted);
  g_assert_false (g_file_test (workspace, G_FILE_TEST_EXISTS));
  g_assert_cmpstr (tn_paths_cache_dir (), ==, cache);
  g_assert_true (tn_paths_cache_dir () == tn_paths_cache_dir ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/paths/data-dir", test_data_dir);
  g_test_add_func ("/paths/user-dirs", test_user_dirs);
  return g_test_run ();
}
