/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-http-private.h"

#include <glib/gi18n-lib.h>

gboolean
tn_http_is_passing (const GError *cause)
{
  return (cause->domain == G_IO_ERROR && cause->code != G_IO_ERROR_CANCELLED && cause->code != G_IO_ERROR_TIMED_OUT)
         || g_error_matches (cause, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE);
}

GError *
tn_http_translate (GError *cause, const char *host)
{
  g_autoptr (GError) owned = cause;

  if (cause->domain == TN_NET_ERROR || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_steal_pointer (&owned);
  if (cause->domain == G_TLS_ERROR)
    return g_error_new (TN_NET_ERROR, TN_NET_ERROR_TLS, _("“%s” can’t prove that it is who it says: %s"), host,
                        cause->message);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_error_new (TN_NET_ERROR, TN_NET_ERROR_TIMEOUT, _("“%s” did not answer in time"), host);
  if (cause->domain == G_RESOLVER_ERROR)
    return g_error_new (TN_NET_ERROR, TN_NET_ERROR_UNREACHABLE, _("There is no “%s”, or no way to it"), host);
  if (cause->domain == G_IO_ERROR)
    return g_error_new (TN_NET_ERROR, TN_NET_ERROR_UNREACHABLE, _("“%s” can’t be reached: %s"), host, cause->message);
  return g_error_new (TN_NET_ERROR, TN_NET_ERROR_BROKEN, _("“%s” gave no proper answer: %s"), host, cause->message);
}
