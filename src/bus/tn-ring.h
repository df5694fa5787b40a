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
  gboolean lent; /* the slots are its owner's */
} TnRing;

/**
 * tn_ring_init:
 * @capacity: at least 1
 * @slots: (nullable) (array length=n_slots): used as long as they suffice
 */
void tn_ring_init (TnRing *self, guint capacity, gpointer *slots, guint n_slots);

/* Frees the slots; what is still in them is the caller's to take out before. */
void tn_ring_clear (TnRing *self);

/* Called by what follows. */
void tn_ring_grow (TnRing *self);

static inline guint
tn_ring_wrap (const TnRing *self, guint64 index)
{
  return index < self->n_slots ? index : index - self->n_slots;
}

/* Returns: (nullable): the oldest, %NULL where the ring is empty */
static inline gpointer
tn_ring_pop (TnRing *self)
{
  gpointer item;

  if (self->length == 0)
    return NULL;
  item = self->slots[self->first];
  self->first = tn_ring_wrap (self, (guint64) self->first + 1);
  self->length--;
  return item;
}

/* Returns: (nullable): the oldest, pushed out where the ring was full */
static inline gpointer
tn_ring_push (TnRing *self, gpointer item)
{
  gpointer pushed_out = self->length == self->capacity ? tn_ring_pop (self) : NULL;

  if (self->length == self->n_slots)
    tn_ring_grow (self);
  self->slots[tn_ring_wrap (self, (guint64) self->first + self->length)] = item;
  self->length++;
  return pushed_out;
}

/* In front of the oldest; there must be room. */
void tn_ring_put_back (TnRing *self, gpointer item);

G_END_DECLS
