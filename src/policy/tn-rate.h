/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TnRate:
 *
 * A token bucket (Turner, "New directions in communications", 1986): @per_second tokens come in, at most @burst lie
 * there. Time is that of base/.
 */
typedef struct
{
  double tokens, per_second, burst;
  gint64 filled_us;
} TnRate;

/* Begins full. */
void tn_rate_init (TnRate *self, double per_second, double burst);

/* Whether tn_rate_take() would be %TRUE now. */
gboolean tn_rate_has (TnRate *self, double tokens);

/* Returns: %FALSE, and takes nothing, where fewer than @tokens are there */
gboolean tn_rate_take (TnRate *self, double tokens);

G_END_DECLS
