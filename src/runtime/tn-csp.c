/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-csp.h"

#define ALL ((1u << TN_LEVEL_STRICT) | (1u << TN_LEVEL_MODERATE) | (1u << TN_LEVEL_PERMISSIVE))
#define LOOSER ((1u << TN_LEVEL_MODERATE) | (1u << TN_LEVEL_PERMISSIVE))
#define LOOSEST (1u << TN_LEVEL_PERMISSIVE)

/* A source of a directive, the levels that have it, and the APIs whose blocking takes it away. */
static const struct
{
  const char *directive, *source;
  guint levels;
  TnBlockedApis unless;
} sources[] = {
  { "default-src", "'none'", ALL, 0 },
  { "script-src", "'self'", ALL, 0 },
  { "script-src", "'wasm-unsafe-eval'", LOOSER, TN_BLOCK_WEBASSEMBLY },
  { "script-src", "'unsafe-inline'", LOOSEST, 0 },
  { "script-src", "'unsafe-eval'", LOOSEST, TN_BLOCK_EVAL | TN_BLOCK_FUNCTION },
  { "script-src", "blob:", LOOSEST, 0 },
  { "style-src", "'self'", ALL, 0 },
  { "style-src", "'unsafe-inline'", LOOSER, 0 },
  { "img-src", "'self' data: blob:", ALL, 0 },
  { "font-src", "'self' data:", ALL, 0 },
  { "media-src", "'self' data: blob:", ALL, TN_BLOCK_MEDIA },
  { "connect-src", "'self'", ALL, 0 },
  { "connect-src", "data: blob:", LOOSEST, 0 },
  { "worker-src", "'self'", LOOSER, TN_BLOCK_WORKER },
  { "worker-src", "blob:", LOOSEST, TN_BLOCK_WORKER },
  { "frame-src", "'self' data: blob:", LOOSEST, 0 },
  { "base-uri", "'none'", ALL, 0 },
  { "form-action", "'none'", ALL, 0 },
  { "frame-ancestors", "'self'", ALL, 0 },
};

/* worker-src falls back to script-src when absent (CSP 3, section 6.1.14), so what is taken away is said. */
static void
end_directive (GString *policy, const char *directive, gboolean open)
{
  if (directive != NULL && !open)
    g_string_append_printf (policy, "%s%s 'none'", policy->len > 0 ? "; " : "", directive);
}

char *
tn_csp_build (TnSandboxLevel level, TnBlockedApis blocked)
{
  GString *policy = g_string_new (NULL);
  const char *directive = NULL;
  gboolean open = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      if (g_strcmp0 (directive, sources[i].directive) != 0)
        {
          end_directive (policy, directive, open);
          directive = sources[i].directive;
          open = FALSE;
        }
      if ((sources[i].levels & (1u << level)) == 0 || (sources[i].unless & blocked) != 0)
        continue;
      if (!open)
        g_string_append_printf (policy, "%s%s", policy->len > 0 ? "; " : "", directive);
      g_string_append_printf (policy, " %s", sources[i].source);
      open = TRUE;
    }
  end_directive (policy, directive, open);
  return g_string_free (policy, FALSE);
}
