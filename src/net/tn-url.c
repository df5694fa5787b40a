/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-url.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_BYTES 8192
#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789-._"
#define FLAGS                                                                                                          \
  (G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY | G_URI_FLAGS_ENCODED_FRAGMENT)

static const struct
{
  const char *name;
  guint16 port;
  gboolean secure;
} schemes[] = { { "https", 443, TRUE }, { "http", 80, FALSE }, { "wss", 443, TRUE }, { "ws", 80, FALSE } };

static gssize
find_scheme (GUri *url)
{
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_str_equal (schemes[i].name, g_uri_get_scheme (url)))
      return i;
  return -1;
}

static GUri *
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, TN_NET_ERROR, TN_NET_ERROR_URL, sentence);
  return NULL;
}

/* Printable ASCII without what browsers would have escaped or changed (WHATWG URL, section 4.4). */
static gboolean
is_plain (const char *text, const char *never)
{
  for (const char *c = text; *c != '\0'; c++)
    if (*c <= ' ' || *c >= 127 || strchr (never, *c) != NULL)
      return FALSE;
  return TRUE;
}

/* Some servers undo escapes before they split a path, so it is looked at undone. */
static gboolean
climbs (const char *path)
{
  g_autofree char *plain = g_uri_unescape_string (path, NULL);
  g_auto (GStrv) segments = plain != NULL ? g_strsplit_set (plain, "/\\", -1) : NULL;

  for (guint i = 0; segments != NULL && segments[i] != NULL; i++)
    if (g_str_equal (segments[i], ".") || g_str_equal (segments[i], ".."))
      return TRUE;
  return segments == NULL;
}

static char *
plain_host (const char *host)
{
  g_autofree char *ascii = g_hostname_to_ascii (host);
  char *lower = ascii != NULL ? g_ascii_strdown (ascii, -1) : NULL;
  gboolean number = lower != NULL && g_hostname_is_ip_address (lower) && strchr (lower, '%') == NULL;

  if (number || (lower != NULL && *lower != '\0' && strspn (lower, NAME_CHARACTERS) == strlen (lower)))
    return lower;
  g_free (lower);
  return NULL;
}

GUri *
tn_url_parse (GUri *base, const char *text, GError **error)
{
  g_autoptr (GUri) url = NULL;
  g_autofree char *host = NULL;
  gssize scheme;
  const char *path, *query;
  int port;

  g_return_val_if_fail (text != NULL, NULL);

  if (strnlen (text, MAX_BYTES + 1) > MAX_BYTES)
    return refuse (error, _("The address is too long"));
  url = base != NULL ? g_uri_parse_relative (base, text, FLAGS, NULL) : g_uri_parse (text, FLAGS, NULL);
  if (url == NULL || g_uri_get_host (url) == NULL || (scheme = find_scheme (url)) < 0)
    return refuse (error, _("The address must be whole and begin with https, http, wss or ws"));
  if (g_uri_get_userinfo (url) != NULL)
    return refuse (error, _("An address must not carry a name or a password"));
  path = *g_uri_get_path (url) != '\0' ? g_uri_get_path (url) : "/";
  query = g_uri_get_query (url);
  host = plain_host (g_uri_get_host (url));
  if (host == NULL || !is_plain (path, "\\\"<>") || (query != NULL && !is_plain (query, "\"<>")))
    return refuse (error, _("The address has characters that it must have in their escaped form"));
  if (climbs (path))
    return refuse (error, _("The address leads through “.” or “..”"));
  port = g_uri_get_port (url) != schemes[scheme].port ? g_uri_get_port (url) : -1;
  return g_uri_build (FLAGS, schemes[scheme].name, NULL, host, port, path, query, NULL);
}

char *
tn_url_to_string (GUri *url)
{
  g_return_val_if_fail (url != NULL, NULL);

  return g_uri_to_string (url);
}

guint16
tn_url_get_port (GUri *url)
{
  g_return_val_if_fail (url != NULL && find_scheme (url) >= 0, 0);

  return g_uri_get_port (url) > 0 ? g_uri_get_port (url) : schemes[find_scheme (url)].port;
}

gboolean
tn_url_is_same_origin (GUri *a, GUri *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b)) && g_str_equal (g_uri_get_host (a), g_uri_get_host (b))
         && tn_url_get_port (a) == tn_url_get_port (b);
}

gboolean
tn_url_is_secure (GUri *url)
{
  g_return_val_if_fail (url != NULL && find_scheme (url) >= 0, FALSE);

  return schemes[find_scheme (url)].secure;
}
