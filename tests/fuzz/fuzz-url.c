/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "tn-glob.h"
#include "tn-url-pattern.h"

#include <string.h>

static char *
part (const char *text, gsize length)
{
  return g_strndup (text, length);
}

/* Whoever else reads the address goes to the same host and port. */
static void
check_url (const char *text, const TnUrl *url)
{
  g_autofree char *host = part (url->host, url->host_length);
  g_autoptr (GUri) read = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED, NULL);

  g_assert_cmpint (*url->target, ==, '/');
  g_assert_true (url->port >= 1 && url->port <= G_MAXUINT16);
  if (read == NULL)
    return;
  g_assert_cmpint (g_ascii_strcasecmp (g_uri_get_host (read), host), ==, 0);
  g_assert_null (g_uri_get_userinfo (read));
  if (g_uri_get_port (read) > 0)
    g_assert_cmpint (g_uri_get_port (read), ==, url->port);
}

/* What is covered lies in the same place by a plainer measure too. */
static void
check_covered (const TnUrl *pattern, const TnUrl *url)
{
  g_autofree char *host = g_ascii_strdown (url->host, url->host_length);
  g_autofree char *target = part (url->target, url->target_length);
  g_autofree char *pattern_host = g_ascii_strdown (pattern->host, pattern->host_length);
  g_autofree char *pattern_target = part (pattern->target, pattern->target_length);

  g_assert_cmpuint (pattern->port, ==, url->port);
  g_assert_true (tn_glob_match (pattern_host, host));
  g_assert_null (strpbrk (host, "/?#@:%\\"));
  if (strlen (pattern_target) <= TN_GLOB_MAX_BYTES)
    g_assert_true (tn_glob_match (pattern_target, target));
}

/* The first line is a pattern, the second an address; what follows is not looked at. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  char *end = strchr (text, '\n');
  char *address = end != NULL ? end + 1 : text + strlen (text);
  TnUrl pattern, url, itself;
  gboolean is_pattern, is_url;

  if (end != NULL)
    *end = '\0';
  address[strcspn (address, "\n")] = '\0';
  is_pattern = tn_url_pattern_read (text, &pattern);
  is_url = tn_url_read (address, &url);
  if (is_url)
    check_url (address, &url);
  if (is_pattern && is_url && tn_url_pattern_covers (&pattern, &url))
    check_covered (&pattern, &url);
  if (is_pattern && tn_url_read (text, &itself))
    g_assert_true (tn_url_pattern_covers (&pattern, &itself));
  return 0;
}
