/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-bus.h"
#include "tn-letter.h"

G_BEGIN_DECLS

/**
 * TnDead:
 *
 * A bounded ring of what did not arrive; meant to lie inside another struct.
 */
typedef struct
{
  GQueue letters; /* of TnDeadLetter */
  gsize bytes;
} TnDead;

void tn_dead_add (TnDead *self, TnEvent *event, TnDeadReason reason);

/* (transfer full) (element-type TnDeadLetter) */
GPtrArray *tn_dead_list (TnDead *self);

/* Drops those of sources that begin with @source; "" is all. */
void tn_dead_forget (TnDead *self, const char *source);

G_END_DECLS
