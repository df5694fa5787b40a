/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-ring.h"

#include <string.h>

#define FIRST_SLOTS 4

static void
grow (TnRing *self)
{
  guint n_slots = self->n_slots == 0 ? MIN (FIRST_SLOTS, self->capacity)
                                     : self->n_slots + MIN (self->n_slots, self->capacity - self->n_slots);
  gpointer *slots = g_new (gpointer, n_slots);
  guint until_end = self->n_slots - self->first;

  if (self->length > 0)
    {
      memcpy (slots, self->slots + self->first, until_end * sizeof *slots);
      memcpy (slots + until_end, self->slots, self->first * sizeof *slots);
    }
  g_free (self->slots);
  self->slots = slots;
  self->n_slots = n_slots;
  self->first = 0;
}

void
tn_ring_init (TnRing *self, guint capacity)
{
  g_return_if_fail (capacity > 0);

  *self = (TnRing){ .capacity = capacity };
}

void
tn_ring_clear (TnRing *self)
{
  g_clear_pointer (&self->slots, g_free);
  self->n_slots = self->first = self->length = 0;
}

gpointer
tn_ring_push (TnRing *self, gpointer item)
{
  gpointer pushed_out = self->length == self->capacity ? tn_ring_pop (self) : NULL;

  if (self->length == self->n_slots)
    grow (self);
  self->slots[((guint64) self->first + self->length) % self->n_slots] = item;
  self->length++;
  return pushed_out;
}

gpointer
tn_ring_pop (TnRing *self)
{
  gpointer item;

  if (self->length == 0)
    return NULL;
  item = self->slots[self->first];
  self->first = (self->first + 1) % self->n_slots;
  self->length--;
  return item;
}
