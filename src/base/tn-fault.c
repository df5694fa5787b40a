/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-fault.h"

#include <glib/gi18n-lib.h>

G_DEFINE_BOXED_TYPE (TnFault, tn_fault, tn_fault_copy, tn_fault_free)

static TnFault *
new_valist (const char *pointer, const char *format, va_list arguments)
{
  TnFault *self = g_new0 (TnFault, 1);

  self->pointer = g_strdup (pointer);
  self->message = g_strdup_vprintf (format, arguments);
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
  return tn_fault_new (self->pointer, "%s", self->message);
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
