/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-text.h"

/* Of the format characters only the joiners, which many scripts and emoji need. */
static gboolean
is_harmless (gunichar c)
{
  return (g_unichar_isprint (c) && c != 0x2028 && c != 0x2029) || c == 0x200C || c == 0x200D;
}

char *
tn_text_make_safe (const char *text)
{
  g_autofree char *valid = NULL;
  GString *safe;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  safe = g_string_new (NULL);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_harmless (c))
        g_string_append_unichar (safe, c);
      else
        g_string_append_printf (safe, "\\u{%X}", c);
    }
  return g_string_free (safe, FALSE);
}
