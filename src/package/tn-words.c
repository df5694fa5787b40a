/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-words.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "tn-url-pattern.h"

#define MAX_MARKS 4 /* on one letter; a stack of them paints over what stands above and below */

typedef gboolean (*PartTest) (const char *part, gsize length);

static gboolean
consists_of (const char *text, gsize length, const char *others)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && (text[i] == '\0' || strchr (others, text[i]) == NULL))
      return FALSE;
  return TRUE;
}

/* Splits at every @separator and asks @test for each part, the empty ones too. Returns: how many; 0 if one failed */
static guint
count_parts (const char *text, gsize length, char separator, PartTest test)
{
  const char *end = text + length;

  for (guint n = 1;; n++)
    {
      const char *stop = memchr (text, separator, end - text);

      if (!test (text, (stop != NULL ? stop : end) - text))
        return 0;
      if (stop == NULL)
        return n;
      text = stop + 1;
    }
}

static gboolean
is_host_label (const char *part, gsize length)
{
  return length > 0 && length <= 63 && part[0] != '-' && part[length - 1] != '-' && consists_of (part, length, "-");
}

static gboolean
is_id_part (const char *part, gsize length)
{
  return length > 0 && g_ascii_isalnum (part[0]) && consists_of (part, length, "-_");
}

static gboolean
is_number (const char *part, gsize length)
{
  return length > 0 && length <= 15 && (part[0] != '0' || length == 1) && strspn (part, "0123456789") >= length;
}

static gboolean
is_build_part (const char *part, gsize length)
{
  return length > 0 && consists_of (part, length, "-");
}

static gboolean
is_prerelease_part (const char *part, gsize length)
{
  gboolean numeric = strspn (part, "0123456789") >= length;

  return is_build_part (part, length) && (!numeric || is_number (part, length));
}

static gboolean
is_package_part (const char *part, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (g_ascii_isupper (part[i]))
      return FALSE;
  return length > 0 && part[0] != '.' && part[0] != '_' && consists_of (part, length, "-_.~");
}

static gboolean
is_path_part (const char *part, gsize length)
{
  return length > 0 && !(length == 1 && part[0] == '.') && !(length == 2 && part[0] == '.' && part[1] == '.');
}

/* Characters that change how what stands around them reads (Unicode, UAX 9): a name with them can pose as another. Those that
 * begin a line or a paragraph are no controls, but what stands behind them reads as if somebody else said it. */
static gboolean
turns_text (gunichar c)
{
  return (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Two names that look the same may differ by these alone. Joiners are left out: scripts and emoji need them. */
static gboolean
is_invisible (gunichar c)
{
  return c == 0xad || c == 0x200b || (c >= 0x2060 && c <= 0x2064) || c == 0xfeff;
}

static gboolean
is_mark (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_NON_SPACING_MARK || g_unichar_type (c) == G_UNICODE_ENCLOSING_MARK;
}

static gboolean
is_legible (const char *text, const char *controls)
{
  gboolean visible = FALSE;
  guint marks = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      marks = is_mark (c) ? marks + 1 : 0;
      if (turns_text (c) || is_invisible (c) || marks > MAX_MARKS
          || (g_unichar_iscntrl (c) && (c > 127 || strchr (controls, (int) c) == NULL)))
        return FALSE;
      visible |= g_unichar_isgraph (c);
    }
  return visible || *text == '\0';
}

const char *
tn_word_judge_id (const char *text)
{
  return count_parts (text, strlen (text), '.', is_id_part) >= 2
           ? NULL
           : _("must be names of letters, digits, - and _ with dots between, like com.example.todo");
}

const char *
tn_word_judge_version (const char *text)
{
  const char *build = strchr (text, '+');
  const char *end = build != NULL ? build : text + strlen (text);
  const char *prerelease = memchr (text, '-', end - text);
  const char *core_end = prerelease != NULL ? prerelease : end;

  if (count_parts (text, core_end - text, '.', is_number) == 3
      && (prerelease == NULL || count_parts (prerelease + 1, end - prerelease - 1, '.', is_prerelease_part) > 0)
      && (build == NULL || count_parts (build + 1, strlen (build + 1), '.', is_build_part) > 0))
    return NULL;
  return _("must be a semantic version of three numbers, like 1.2.0 or 1.2.0-beta.1");
}

const char *
tn_word_judge_range (const char *text)
{
  return consists_of (text, strlen (text), ".-+^~<>=|* ") ? NULL : _("must be a range of versions, like ^3.1.0");
}

const char *
tn_word_judge_package (const char *text)
{
  const char *slash = text[0] == '@' ? strchr (text, '/') : NULL;
  const char *name = slash != NULL ? slash + 1 : text;

  if (strlen (text) <= 214 && (slash == NULL || is_package_part (text + 1, slash - text - 1))
      && is_package_part (name, strlen (name)))
    return NULL;
  return _("must be a package's name on npm, in small letters, like lit or @scope/lit");
}

const char *
tn_word_judge_file (const char *text)
{
  if (strchr (text, ':') != NULL)
    return _("must name a file of the app, not an address");
  if (strchr (text, '\\') != NULL)
    return _("must have / between folders, not \\");
  if (text[0] == '/')
    return _("must start in the app's folder, not at /");
  if (count_parts (text, strlen (text), '/', is_path_part) == 0)
    return _("must name a file in the app's folder, without empty parts, “.” or “..”");
  if (strpbrk (text, "?#%") != NULL || tn_word_judge_label (text) != NULL)
    return _("must not contain ?, #, % or invisible characters");
  return NULL;
}

const char *
tn_word_judge_label (const char *text)
{
  return is_legible (text, "") ? NULL : _("must be one line that can be read, without control characters");
}

const char *
tn_word_judge_prose (const char *text)
{
  return is_legible (text, "\n\t") ? NULL : _("must be text that can be read, without control characters");
}

const char *
tn_word_judge_domain (const char *text)
{
  gsize length = strlen (text), wildcard = g_str_has_prefix (text, "*.") ? 2 : 0;

  if (length <= 253 && count_parts (text + wildcard, length - wildcard, '.', is_host_label) > 0)
    return NULL;
  return _("must be a domain, like api.example.com or *.example.com (in its xn-- form where it has other letters)");
}

static const char *
find_host (const char *address)
{
  static const char *const schemes[] = { "https://", "http://", "wss://", "ws://" };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (address, schemes[i], strlen (schemes[i])) == 0)
      return address + strlen (schemes[i]);
  return NULL;
}

char *
tn_word_address_host (const char *address)
{
  const char *host = find_host (address);

  g_return_val_if_fail (host != NULL, NULL);

  return g_ascii_strdown (host, strcspn (host, ":/"));
}

static gboolean
is_port_and_path (const char *text)
{
  guint64 port;
  g_autofree char *digits = *text == ':' ? g_strndup (text + 1, strcspn (text + 1, "/")) : NULL;

  if (digits != NULL && !g_ascii_string_to_unsigned (digits, 10, 1, 65535, &port, NULL))
    return FALSE;
  text = strchrnul (text, '/');
  return *text == '/' && strpbrk (text, " #\\\"<>") == NULL && tn_word_judge_label (text) == NULL;
}

const char *
tn_word_judge_address (const char *text)
{
  const char *start = find_host (text);
  TnUrl pattern;

  if (start != NULL)
    {
      g_autofree char *host = tn_word_address_host (text);

      if (tn_word_judge_domain (host) == NULL && is_port_and_path (start + strlen (host))
          && tn_url_pattern_read (text, &pattern))
        return NULL;
    }
  return _("must be an address that ends the host with /, like https://api.example.com/*");
}

gboolean
tn_word_domain_covers (const char *domain, const char *host)
{
  gsize n = strlen (host), suffix = strlen (domain) - 1;

  if (!g_str_has_prefix (domain, "*."))
    return g_ascii_strcasecmp (domain, host) == 0;
  return n > suffix && g_ascii_strcasecmp (host + n - suffix, domain + 1) == 0;
}

const char *
tn_word_judge_collection (const char *text)
{
  return strlen (text) <= 128 && count_parts (text, strlen (text), '.', is_id_part) > 0
           ? NULL
           : _("must be a collection's name of letters, digits, - and _ with dots between, like todo.items");
}

static gboolean
is_time (const char *text)
{
  return strspn (text, "0123456789") == 2 && text[2] == ':' && strspn (text + 3, "0123456789") == 2
         && atoi (text) <= 24 && atoi (text + 3) <= 59 && (atoi (text) < 24 || atoi (text + 3) == 0);
}

const char *
tn_word_judge_hours (const char *text)
{
  return strlen (text) == 11 && is_time (text) && text[5] == '-' && is_time (text + 6)
           ? NULL
           : _("must be two times of day, like 08:00-18:00");
}

const char *
tn_word_judge_rate (const char *text)
{
  gsize digits = strspn (text, "0123456789");

  return digits >= 1 && digits <= 6 && text[0] != '0' && strcmp (text + digits, "/min") == 0
           ? NULL
           : _("must be a number per minute, like 10/min");
}

char *
tn_word_fill (const char *sentence, const char *word)
{
  g_auto (GStrv) halves = g_strsplit (sentence, "%s", 2);

  return g_strjoinv (word, halves);
}
