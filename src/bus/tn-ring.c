/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-ring.h"

#include <string.h>

#define FIRST_SLOTS 4

static void
free_slots (TnRing *self)
{
  if (!self->lent)
    g_free (self->slots);
  self->slots = NULL;
  self->lent = FALSE;
}

void
tn_ring_grow (TnRing *self)
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
  free_slots (self);
  self->slots = slots;
  self->n_slots = n_slots;
  self->first = 0;
}

void
tn_ring_init (TnRing *self, guint capacity, gpointer *slots, guint n_slots)
{
  g_return_if_fail (capacity > 0);

  *self = (TnRing){ .slots = slots, .n_slots = MIN (n_slots, capacity), .capacity = capacity, .lent = slots != NULL };
}

void
tn_ring_clear (TnRing *self)
{
  free_slots (self);
  self->n_slots = self->first = self->length = 0;
}

void
tn_ring_put_back (TnRing *self, gpointer item)
{
  g_return_if_fail (self->length < self->capacity);

  if (self->length == self->n_slots)
    tn_ring_grow (self);
  self->first = self->first == 0 ? self->n_slots - 1 : self->first - 1;
  self->slots[self->first] = item;
  self->length++;
}
