/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-http-cache.h"
#include "tn-clock.h"

#include <string.h>

#define URL "https://web.example/"

static gint64 wall_us = G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC;

static gint64
get_time (void)
{
  return wall_us;
}

static void
no_random (guint8 *buffer, gsize length)
{
  memset (buffer, 0, length);
}

static const TnClockSource clock_source = { get_time, get_time, no_random };

/* "Name: value" lines as headers; (transfer full). */
static SoupMessageHeaders *
headers_of (const char *lines)
{
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_auto (GStrv) each = g_strsplit (lines, "\n", -1);

  for (guint i = 0; each[i] != NULL; i++)
    {
      g_auto (GStrv) halves = g_strsplit (each[i], ": ", 2);

      if (halves[0] != NULL && halves[1] != NULL)
        soup_message_headers_append (headers, halves[0], halves[1]);
    }
  return headers;
}

static gboolean
keep (TnHttpCache *cache, const char *url, const char *request, guint status, const char *response, const char *body)
{
  g_autoptr (SoupMessageHeaders) asked = headers_of (request);
  g_autoptr (SoupMessageHeaders) answered = headers_of (response);
  TnHttpPending *pending = tn_http_cache_begin (cache, url, asked, status, answered);

  if (pending == NULL || !tn_http_pending_add (pending, body, strlen (body)))
    return FALSE;
  tn_http_pending_commit (pending);
  return TRUE;
}

static TnHttpKept *
find (TnHttpCache *cache, const char *url, const char *request)
{
  g_autoptr (SoupMessageHeaders) asked = headers_of (request);

  return tn_http_cache_find (cache, url, asked);
}

static const struct
{
  const char *request;
  guint status;
  const char *response;
  gboolean kept, fresh;
} cases[] = {
  { "", 200, "Cache-Control: max-age=60", TRUE, TRUE },
  { "", 200, "Cache-Control: private, max-age=60", TRUE, TRUE },
  { "", 200, "Cache-Control: max-age=60\nAge: 59", TRUE, TRUE },
  { "", 200, "Cache-Control: max-age=60\nAge: 60\nETag: \"a\"", TRUE, FALSE },
  { "", 200, "Cache-Control: no-cache, max-age=60\nETag: \"a\"", TRUE, FALSE },
  { "", 200, "ETag: \"a\"", TRUE, FALSE },
  { "", 200, "Last-Modified: Thu, 01 Jan 2015 00:00:00 GMT", TRUE, FALSE },
  { "", 200, "Date: Thu, 01 Jan 2015 00:00:00 GMT\nExpires: Thu, 01 Jan 2015 00:01:00 GMT", TRUE, TRUE },
  { "", 200, "Date: Thu, 01 Jan 2015 00:01:00 GMT\nExpires: Thu, 01 Jan 2015 00:00:00 GMT", FALSE, FALSE },
  { "", 200, "Expires: 0", FALSE, FALSE },
  { "", 200, "", FALSE, FALSE },
  { "", 200, "Cache-Control: max-age=x", FALSE, FALSE },
  { "", 200, "Cache-Control: max-age=-1", FALSE, FALSE },
  { "", 200, "Cache-Control: max-age=99999999999999999999", TRUE, TRUE },
  { "", 200, "Cache-Control: no-store, max-age=60\nETag: \"a\"", FALSE, FALSE },
  { "", 200, "Cache-Control: max-age=60\nVary: *", FALSE, FALSE },
  { "", 200, "Cache-Control: max-age=60\nSet-Cookie: a=b", FALSE, FALSE },
  { "", 200, "Cache-Control: max-age=60\nContent-Length: 2000000", FALSE, FALSE },
  { "", 206, "Cache-Control: max-age=60", FALSE, FALSE },
  { "", 404, "Cache-Control: max-age=60", FALSE, FALSE },
  { "Authorization: Bearer x", 200, "Cache-Control: max-age=60", FALSE, FALSE },
  { "Range: bytes=0-1", 200, "Cache-Control: max-age=60", FALSE, FALSE },
  { "If-None-Match: \"a\"", 200, "Cache-Control: max-age=60", FALSE, FALSE },
  { "Cache-Control: no-store", 200, "Cache-Control: max-age=60", FALSE, FALSE },
};

static void
test_rules (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TnHttpCache) cache = tn_http_cache_new (1000);
      g_autoptr (TnHttpKept) kept = NULL;

      g_test_message ("%s %u %s", cases[i].request, cases[i].status, cases[i].response);
      g_assert_cmpint (keep (cache, URL, cases[i].request, cases[i].status, cases[i].response, "body"), ==,
                       cases[i].kept);
      kept = find (cache, URL, cases[i].request);
      g_assert_cmpint (kept != NULL, ==, cases[i].kept);
      if (kept == NULL)
        continue;
      g_assert_cmpint (tn_http_kept_is_fresh (kept), ==, cases[i].fresh);
      g_assert_cmpmem (g_bytes_get_data (tn_http_kept_get_body (kept), NULL),
                       g_bytes_get_size (tn_http_kept_get_body (kept)), "body", 4);
    }
}

static void
test_ages (void)
{
  g_autoptr (TnHttpCache) cache = tn_http_cache_new (1000);
  g_autoptr (SoupMessageHeaders) request = headers_of ("");
  g_autoptr (SoupMessageHeaders) same = headers_of ("Cache-Control: max-age=30\nX-New: yes");
  g_autoptr (TnHttpKept) kept = NULL;

  keep (cache, URL, "", 200, "Cache-Control: max-age=60\nETag: \"a\"", "body");
  kept = find (cache, URL, "");
  wall_us += 59 * G_USEC_PER_SEC;
  g_assert_true (tn_http_kept_is_fresh (kept));
  wall_us += G_USEC_PER_SEC;
  g_assert_false (tn_http_kept_is_fresh (kept));
  g_assert_true (tn_http_kept_ask_again (kept, request));
  g_assert_cmpstr (soup_message_headers_get_one (request, "If-None-Match"), ==, "\"a\"");
  tn_http_kept_refresh (kept, same);
  g_assert_true (tn_http_kept_is_fresh (kept));
  g_assert_cmpstr (soup_message_headers_get_one (tn_http_kept_get_headers (kept), "X-New"), ==, "yes");
  wall_us += 30 * G_USEC_PER_SEC;
  g_assert_false (tn_http_kept_is_fresh (kept));
}

/* A clock that is set back makes nothing fresh for longer than its server said. */
static void
test_clock_set_back (void)
{
  g_autoptr (TnHttpCache) cache = tn_http_cache_new (1000);
  g_autoptr (TnHttpKept) kept = NULL;
  gint64 before = wall_us;

  keep (cache, URL, "", 200, "Cache-Control: max-age=60", "body");
  kept = find (cache, URL, "");
  wall_us = before - 3600 * (gint64) G_USEC_PER_SEC;
  g_assert_false (tn_http_kept_is_fresh (kept));
  wall_us = before;
  g_assert_true (tn_http_kept_is_fresh (kept));
}

static void
test_varies (void)
{
  g_autoptr (TnHttpCache) cache = tn_http_cache_new (1000);
  g_autoptr (TnHttpKept) same = NULL, other = NULL, none = NULL;

  keep (cache, URL, "Accept-Language: de", 200, "Cache-Control: max-age=60\nVary: Accept-Language, X-A", "body");
  same = find (cache, URL, "accept-language: de\nX-B: 1");
  other = find (cache, URL, "Accept-Language: en");
  none = find (cache, URL, "Accept-Language: de\nX-A: 1");
  g_assert_nonnull (same);
  g_assert_null (other);
  g_assert_null (none);
}

static void
test_forgets (void)
{
  g_autoptr (TnHttpCache) cache = tn_http_cache_new (10);
  g_autoptr (TnHttpKept) a = NULL, b = NULL, c = NULL;

  keep (cache, "a", "", 200, "Cache-Control: max-age=60", "12345");
  keep (cache, "b", "", 200, "Cache-Control: max-age=60", "12345");
  tn_http_kept_unref (find (cache, "a", ""));
  keep (cache, "c", "", 200, "Cache-Control: max-age=60", "1");
  a = find (cache, "a", "");
  b = find (cache, "b", "");
  c = find (cache, "c", "");
  g_assert_nonnull (a);
  g_assert_null (b);
  g_assert_nonnull (c);
  g_assert_false (keep (cache, "d", "", 200, "Cache-Control: max-age=60", "more than ten"));
  tn_http_cache_forget (cache, "a");
  g_assert_null (find (cache, "a", ""));
  g_assert_cmpuint (g_bytes_get_size (tn_http_kept_get_body (a)), ==, 5);
}

/* What is still on its way may come after the cache has gone. */
static void
test_outlived (void)
{
  TnHttpCache *cache = tn_http_cache_new (10);
  g_autoptr (SoupMessageHeaders) headers = headers_of ("ETag: \"a\"");
  TnHttpPending *pending = tn_http_cache_begin (cache, URL, NULL, 200, headers);

  tn_http_cache_free (cache);
  g_assert_true (tn_http_pending_add (pending, "a", 1));
  tn_http_pending_commit (pending);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tn_clock_set_source (&clock_source);
  g_test_add_func ("/cache/rules", test_rules);
  g_test_add_func ("/cache/ages", test_ages);
  g_test_add_func ("/cache/clock-set-back", test_clock_set_back);
  g_test_add_func ("/cache/varies", test_varies);
  g_test_add_func ("/cache/forgets", test_forgets);
  g_test_add_func ("/cache/outlived", test_outlived);
  return g_test_run ();
}
