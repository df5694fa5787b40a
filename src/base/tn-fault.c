/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-fault.h"

#include <glib/gi18n-lib.h>

#define POINTER_MAX_BYTES 512
#define MESSAGE_MAX_BYTES 1024

G_DEFINE_BOXED_TYPE (TnFault, tn_fault, tn_fault_copy, tn_fault_free)

gboolean
tn_fault_is_acting (gunichar c)
{
  return g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e)
         || (c >= 0x2066 && c <= 0x2069);
}

/* Faults quote hostile documents, and are shown in terminals and windows. */
static char *
make_harmless (const char *text, gsize max_bytes)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);
  const char *p;

  for (p = valid; *p != '\0' && out->len < max_bytes; p = g_utf8_next_char (p))
    g_string_append_unichar (out, tn_fault_is_acting (g_utf8_get_char (p)) ? 0xfffd : g_utf8_get_char (p));
  if (*p != '\0')
    g_string_append (out, "…");
  return g_string_free (out, FALSE);
}

static TnFault *G_GNUC_PRINTF (2, 0)
new_valist (const char *pointer, const char *format, va_list arguments)
{
  TnFault *self = g_new0 (TnFault, 1);
  g_autofree char *message = g_strdup_vprintf (format, arguments);

  self->pointer = make_harmless (pointer, POINTER_MAX_BYTES);
  self->message = make_harmless (message, MESSAGE_MAX_BYTES);
  return self;
}

TnFault *
tn_fault_new (const char *pointer, const char *format, ...)
{
  TnFault *self;
  va_list arguments;

  g_return_val_if_fail (pointer != NULL && format != NULL, NULL);

  va_start (arguments, format);
  self = new_valist (pointer, format, arguments);
  va_end (arguments);
  return self;
}

TnFault *
tn_fault_copy (const TnFault *self)
{
  TnFault *copy = g_new0 (TnFault, 1);

  copy->pointer = g_strdup (self->pointer);
  copy->message = g_strdup (self->message);
  return copy;
}

void
tn_fault_free (TnFault *self)
{
  g_free (self->pointer);
  g_free (self->message);
  g_free (self);
}

GPtrArray *
tn_fault_list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) tn_fault_free);
}

gboolean
tn_fault_list_is_full (GPtrArray *list)
{
  return list->len >= TN_FAULT_LIST_MAX;
}

void
tn_fault_list_add (GPtrArray *list, const char *pointer, const char *format, ...)
{
  va_list arguments;

  g_return_if_fail (list != NULL && pointer != NULL && format != NULL);

  if (tn_fault_list_is_full (list))
    return;
  if (list->len == TN_FAULT_LIST_MAX - 1)
    {
      g_ptr_array_add (list, tn_fault_new ("", "%s", _("There are more faults: mend these first")));
      return;
    }
  va_start (arguments, format);
  g_ptr_array_add (list, new_valist (pointer, format, arguments));
  va_end (arguments);
}
