/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-log-words.h"

#include <string.h>

/* What of the log a person sees who looks for something, and how a record is written down. */

static const TnLogRecord page = { .level = TN_LOG_ERROR, .app_key = "key", .tile_id = "tile-0", .text = "Größe is undefined",
                                  .source = "app.js", .line = 12, .count = 1 };
static const TnLogRecord program = { .level = TN_LOG_WARNING, .text = "no GPU", .source = "main.c", .count = 3 };
static const TnLogRecord blocked = { .level = TN_LOG_CSP, .app_key = "key", .tile_id = "tile-1", .text = "img-src blocked x" };
static const TnLogRecord refused = { .level = TN_LOG_SECURITY, .app_key = "key", .tile_id = "tile-0", .text = "call.refused" };
static const TnLogRecord installed = { .level = TN_LOG_AUDIT, .app_key = "key", .text = "app.installed" };
static const TnLogRecord changed = { .level = TN_LOG_AUDIT, .text = "mode.changed" };

static const TnLogRecord *const records[] = { &page, &program, &blocked, &refused, &installed, &changed };

static const TnLogKind *
find_kind (const char *title)
{
  gsize n;
  const TnLogKind *kinds = tn_log_kinds (&n);

  for (gsize i = 0; i < n; i++)
    if (g_str_equal (kinds[i].title, title))
      return &kinds[i];
  g_assert_not_reached ();
}

/* What gets through, a letter for each of the records. */
static void
expect (TnLogSieve sieve, const char *through)
{
  g_autoptr (GString) seen = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (records); i++)
    if (tn_log_sieve_lets (&sieve, records[i]))
      g_string_append_c (seen, "pwbric"[i]);
  g_assert_cmpstr (seen->str, ==, through);
}

static void
test_kinds (void)
{
  gsize n;

  expect ((TnLogSieve){ 0 }, "pwbric");
  expect ((TnLogSieve){ tn_log_kinds (&n) }, "pwbric");
  expect ((TnLogSieve){ find_kind ("Warnings and Errors") }, "pw");
  expect ((TnLogSieve){ find_kind ("Console") }, "p");
  expect ((TnLogSieve){ find_kind ("Console: Errors") }, "p");
  expect ((TnLogSieve){ find_kind ("Program") }, "w");
  expect ((TnLogSieve){ find_kind ("Content Policy") }, "b");
  expect ((TnLogSieve){ find_kind ("Security") }, "br");
  expect ((TnLogSieve){ find_kind ("Audit") }, "ic");
}

static void
test_tiles (void)
{
  expect ((TnLogSieve){ .tile_id = "tile-0", .app_key = "key" }, "pri");
  expect ((TnLogSieve){ .tile_id = "tile-1", .app_key = "key" }, "bi");
  expect ((TnLogSieve){ .tile_id = "tile-1", .app_key = "other" }, "b");
  expect ((TnLogSieve){ .tile_id = "tile-2", .app_key = NULL }, "");
}

static void
test_text (void)
{
  expect ((TnLogSieve){ .text = "grösse" }, "p");
  expect ((TnLogSieve){ .text = "gpu" }, "w");
  expect ((TnLogSieve){ .text = "app.js:12" }, "p");
  expect ((TnLogSieve){ .text = "main.c" }, "w");
  expect ((TnLogSieve){ .text = "mode." }, "c");
  expect ((TnLogSieve){ .text = "undefined\napp" }, "p");
  expect ((TnLogSieve){ .text = "no such" }, "");
  expect ((TnLogSieve){ find_kind ("Console"), "tile-0", "key", "grösse" }, "p");
  expect ((TnLogSieve){ find_kind ("Audit"), "tile-0", "key", "grösse" }, "");
}

static void
test_lines (void)
{
  TnLogRecord late = page;
  g_autofree char *line = NULL, *bare = tn_log_line (&program, NULL), *place = tn_log_place (&page);
  g_autofree char *file = tn_log_place (&program), *nowhere = tn_log_place (&refused);

  late.time_us = 1764042063123000;
  late.count = 2;
  line = tn_log_line (&late, "Todo");
  g_assert_cmpstr (line, ==, "2025-11-25T03:41:03.123Z error [Todo] app.js:12 Größe is undefined (×2)");
  g_assert_cmpstr (bare, ==, "1970-01-01T00:00:00.000Z warning main.c no GPU (×3)");
  g_assert_cmpstr (place, ==, "app.js:12");
  g_assert_cmpstr (file, ==, "main.c");
  g_assert_cmpstr (nowhere, ==, "");
}

/* No two levels look alike, to who sees no colours. */
static void
test_looks (void)
{
  for (TnLogLevel one = TN_LOG_DEBUG; one <= TN_LOG_AUDIT; one++)
    for (TnLogLevel other = TN_LOG_DEBUG; other < one; other++)
      {
        g_assert_cmpstr (tn_log_look (one)->title, !=, tn_log_look (other)->title);
        g_assert_cmpstr (tn_log_look (one)->icon, !=, tn_log_look (other)->icon);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/kinds", test_kinds);
  g_test_add_func ("/log/tiles", test_tiles);
  g_test_add_func ("/log/text", test_text);
  g_test_add_func ("/log/lines", test_lines);
  g_test_add_func ("/log/looks", test_looks);
  return g_test_run ();
}
