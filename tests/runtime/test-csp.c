/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-csp.h"

#include <string.h>

/* The sources of one directive, or NULL where the policy does not name it. */
static char *
directive (const char *policy, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (policy, "; ", -1);
  g_autofree char *prefix = g_strconcat (name, " ", NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_str_has_prefix (parts[i], prefix))
      return g_strdup (parts[i] + strlen (prefix));
  return NULL;
}

static void
assert_directive (TnSandboxLevel level, TnBlockedApis blocked, const char *name, const char *expected)
{
  g_autofree char *policy = tn_csp_build (level, blocked);
  g_autofree char *found = directive (policy, name);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_levels (void)
{
  assert_directive (TN_LEVEL_STRICT, 0, "script-src", "'self'");
  assert_directive (TN_LEVEL_MODERATE, 0, "script-src", "'self' 'wasm-unsafe-eval'");
  assert_directive (TN_LEVEL_PERMISSIVE, 0, "script-src",
                    "'self' 'wasm-unsafe-eval' 'unsafe-inline' 'unsafe-eval' blob:");
  assert_directive (TN_LEVEL_STRICT, 0, "style-src", "'self'");
  assert_directive (TN_LEVEL_MODERATE, 0, "style-src", "'self' 'unsafe-inline'");
  assert_directive (TN_LEVEL_STRICT, 0, "worker-src", "'none'");
  assert_directive (TN_LEVEL_MODERATE, 0, "worker-src", "'self'");
}

static void
test_no_level_reaches_out (void)
{
  for (int level = TN_LEVEL_STRICT; level <= TN_LEVEL_PERMISSIVE; level++)
    {
      g_autofree char *policy = tn_csp_build (level, 0);

      assert_directive (level, 0, "default-src", "'none'");
      assert_directive (level, 0, "form-action", "'none'");
      assert_directive (level, 0, "base-uri", "'none'");
      g_assert_null (strstr (policy, "http"));
      g_assert_null (strstr (policy, "ws:"));
      g_assert_null (strstr (policy, "*"));
    }
}

static void
test_blocked (void)
{
  assert_directive (TN_LEVEL_MODERATE, TN_BLOCK_WEBASSEMBLY, "script-src", "'self'");
  assert_directive (TN_LEVEL_PERMISSIVE, TN_BLOCK_EVAL, "script-src",
                    "'self' 'wasm-unsafe-eval' 'unsafe-inline' blob:");
  assert_directive (TN_LEVEL_MODERATE, TN_BLOCK_WORKER, "worker-src", "'none'");
  assert_directive (TN_LEVEL_PERMISSIVE, TN_BLOCK_WORKER, "worker-src", "'none'");
  assert_directive (TN_LEVEL_MODERATE, TN_BLOCK_MEDIA, "media-src", "'none'");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/csp/levels", test_levels);
  g_test_add_func ("/runtime/csp/no-level-reaches-out", test_no_level_reaches_out);
  g_test_add_func ("/runtime/csp/blocked", test_blocked);
  return g_test_run ();
}
