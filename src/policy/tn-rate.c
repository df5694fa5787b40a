/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-rate.h"
#include "tn-clock.h"

void
tn_rate_init (TnRate *self, double per_second, double burst)
{
  *self = (TnRate) { burst, per_second, burst, tn_clock_monotonic_us () };
}

gboolean
tn_rate_has (TnRate *self, double tokens)
{
  gint64 now = tn_clock_monotonic_us ();

  self->tokens = MIN (self->burst, self->tokens + self->per_second * (now - self->filled_us) / G_USEC_PER_SEC);
  self->filled_us = now;
  return self->tokens >= tokens;
}

gboolean
tn_rate_take (TnRate *self, double tokens)
{
  if (!tn_rate_has (self, tokens))
    return FALSE;
  self->tokens -= tokens;
  return TRUE;
}
