/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TnRing:
 *
 * A bounded first-in, first-out queue of pointers, not owned. Takes memory as it fills, never more than its capacity;
 * meant to lie inside another struct.
 */
typedef struct
{
  gpointer *slots;
  guint n_slots;
  guint capacity;
  guint first;
  guint length;
} TnRing;

/* @capacity: at least 1 */
void tn_ring_init (TnRing *self, guint capacity);

/* Frees the slots; what is still in them is the caller's to take out before. */
void tn_ring_clear (TnRing *self);

/* Returns: (nullable): the oldest, pushed out where the ring was full */
gpointer tn_ring_push (TnRing *self, gpointer item);

/* Returns: (nullable): the oldest, %NULL where the ring is empty */
gpointer tn_ring_pop (TnRing *self);

G_END_DECLS
