/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-url-pattern.h"

#include <string.h>

#define HOST_MAX_BYTES 253
#define WILDCARD "*."
#define WILDCARD_LENGTH 2

static const struct
{
  const char *prefix;
  gboolean secure;
  guint port;
} schemes[] = {
  { "https://", TRUE, 443 },
  { "http://", FALSE, 80 },
  { "wss://", TRUE, 443 },
  { "ws://", FALSE, 80 },
};

static const char *
read_scheme (const char *text, TnUrl *url)
{
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      gsize length = strlen (schemes[i].prefix);

      if (g_ascii_strncasecmp (text, schemes[i].prefix, length) != 0)
        continue;
      url->secure = schemes[i].secure;
      url->port = schemes[i].port;
      return text + length;
    }
  return NULL;
}

/* Names with one dot between. What else a host may look like (user@, [::1], %41, a last dot) is another spelling of one
 * of these, or no name at all. */
static const char *
read_host (const char *text, gboolean is_pattern, TnUrl *url)
{
  const char *c = text;

  if (is_pattern && strncmp (text, WILDCARD, WILDCARD_LENGTH) == 0)
    c += WILDCARD_LENGTH;
  for (gboolean begins = TRUE; g_ascii_isalnum (*c) || *c == '-' || *c == '.'; c++)
    {
      if (*c == '.' && (begins || !(g_ascii_isalnum (c[1]) || c[1] == '-')))
        return NULL;
      begins = *c == '.';
    }
  url->host = text;
  url->host_length = c - text;
  return c > text && c[-1] != '.' && url->host_length <= HOST_MAX_BYTES ? c : NULL;
}

static const char *
read_port (const char *text, TnUrl *url)
{
  gsize digits;

  if (*text != ':')
    return text;
  digits = strspn (++text, "0123456789");
  if (digits < 1 || digits > 5)
    return NULL;
  url->port = 0;
  for (gsize i = 0; i < digits; i++)
    url->port = url->port * 10 + (text[i] - '0');
  return url->port >= 1 && url->port <= G_MAXUINT16 ? text + digits : NULL;
}

/* The bytes that "%2e", "%2f" or "%5c" stand for: servers differ in when they read them so. */
static char
next_character (const char **text, const char *end)
{
  static const char escaped[] = ".2e/2f\\5c";
  const char *c = *text;

  for (gsize i = 0; *c == '%' && end - c >= 3 && escaped[i] != '\0'; i += 3)
    if (g_ascii_strncasecmp (c + 1, escaped + i + 1, 2) == 0)
      {
        *text += 3;
        return escaped[i];
      }
  *text += 1;
  return *c;
}

/* Whether some reader would find "." or ".." in the path, and leave the place that it seems to name. */
static gboolean
has_dot_segment (const char *path, const char *end)
{
  guint dots = 0, others = 0;

  while (path < end)
    {
      char c = next_character (&path, end);
      gboolean ends = c == '/' || c == '\\';

      if (ends && dots > 0 && dots <= 2 && others == 0)
        return TRUE;
      dots = ends ? 0 : dots + (c == '.');
      others = ends ? 0 : others + (c != '.');
    }
  return dots > 0 && dots <= 2 && others == 0;
}

static gboolean
read_target (const char *text, TnUrl *url)
{
  const char *end = text, *path_end;

  while (g_ascii_isgraph (*end) && *end != '#' && *end != '\\')
    end++;
  if (*end != '\0' && *end != '#')
    return FALSE;
  url->target = text < end ? text : "/";
  url->target_length = MAX (1, end - text);
  path_end = memchr (text, '?', end - text);
  return *url->target == '/' && !has_dot_segment (text, path_end != NULL ? path_end : end);
}

static gboolean
read_parts (const char *text, gboolean is_pattern, TnUrl *url)
{
  if (strnlen (text, TN_URL_MAX_BYTES + 1) > TN_URL_MAX_BYTES)
    return FALSE;
  return (text = read_scheme (text, url)) != NULL && (text = read_host (text, is_pattern, url)) != NULL
         && (text = read_port (text, url)) != NULL && read_target (text, url);
}

gboolean
tn_url_read (const char *text, TnUrl *url)
{
  g_return_val_if_fail (text != NULL && url != NULL, FALSE);

  return read_parts (text, FALSE, url);
}

gboolean
tn_url_pattern_read (const char *text, TnUrl *pattern)
{
  g_return_val_if_fail (text != NULL && pattern != NULL, FALSE);

  return read_parts (text, TRUE, pattern);
}

/* A last name that begins with a digit makes all of it an address of numbers, however it is written (URL Standard,
 * "ends in a number"). */
static gboolean
is_number (const TnUrl *url)
{
  const char *dot = memrchr (url->host, '.', url->host_length);

  return g_ascii_isdigit (dot != NULL ? dot[1] : *url->host);
}

static gboolean
covers_host (const TnUrl *pattern, const TnUrl *url)
{
  gsize suffix = pattern->host_length - 1;

  if (*pattern->host != '*')
    return pattern->host_length == url->host_length
           && g_ascii_strncasecmp (pattern->host, url->host, url->host_length) == 0;
  return url->host_length > suffix && !is_number (url)
         && g_ascii_strncasecmp (pattern->host + 1, url->host + url->host_length - suffix, suffix) == 0;
}

static gsize
segment_length (const char *text, const char *end)
{
  const char *c = text;

  while (c < end && *c != '/' && *c != '?')
    c++;
  return c - text;
}

/* The runs between stars are found one after the other, each as early as it can be; the first and the last have their
 * places. */
static gboolean
covers_segment (const char *pattern, gsize pattern_length, const char *text, gsize length)
{
  const char *pattern_end = pattern + pattern_length, *end = text + length;
  const char *star = memchr (pattern, '*', pattern_length);
  gsize run = star != NULL ? star - pattern : pattern_length;

  if (length < run || memcmp (pattern, text, run) != 0)
    return FALSE;
  if (star == NULL)
    return length == run;
  for (text += run;; text += run)
    {
      pattern = star + 1;
      star = memchr (pattern, '*', pattern_end - pattern);
      run = (star != NULL ? star : pattern_end) - pattern;
      if ((gsize) (end - text) < run)
        return FALSE;
      if (star == NULL)
        return memcmp (pattern, end - run, run) == 0;
      text = memmem (text, end - text, pattern, run);
      if (text == NULL)
        return FALSE;
    }
}

static gboolean
covers_target (const TnUrl *pattern, const TnUrl *url)
{
  const char *p = pattern->target, *p_end = p + pattern->target_length;
  const char *t = url->target, *t_end = t + url->target_length;

  for (;;)
    {
      gsize p_length = segment_length (p, p_end), t_length = segment_length (t, t_end);

      if (!covers_segment (p, p_length, t, t_length))
        return FALSE;
      p += p_length;
      t += t_length;
      if (p == p_end)
        return t == t_end || (p_length > 0 && p[-1] == '*');
      if (t == t_end || *p++ != *t++)
        return FALSE;
    }
}

gboolean
tn_url_pattern_covers (const TnUrl *pattern, const TnUrl *url)
{
  g_return_val_if_fail (pattern != NULL && url != NULL, FALSE);

  return pattern->secure == url->secure && pattern->port == url->port && covers_host (pattern, url)
         && covers_target (pattern, url);
}

guint
tn_url_hash_host (const TnUrl *url)
{
  guint hash = 5381;

  g_return_val_if_fail (url != NULL, 0);

  for (gsize i = 0; i < url->host_length; i++)
    hash = hash * 33 + (guchar) g_ascii_tolower (url->host[i]);
  return hash;
}
