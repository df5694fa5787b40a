/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-bus-private.h"

TnSubscription *
tn_subscription_new (TnBus *bus, const TnBusQueue *queue)
{
  TnSubscription *self = g_aligned_alloc0 (1, sizeof *self, TN_CACHE_LINE);

  self->refs = 1;
  self->bus = bus;
  self->own.max_bytes = TN_BUS_QUEUE_BYTES;
  self->account = queue->account != NULL ? queue->account : &self->own;
  self->member = g_strdup (queue->key);
  if (queue->overflow == TN_BUS_COALESCE)
    self->keys = g_hash_table_new (g_str_hash, g_str_equal);
  tn_ring_init (&self->waiting, queue->capacity, self->slots, G_N_ELEMENTS (self->slots));
  return self;
}

void
tn_subscription_unref (TnSubscription *self)
{
  if (--self->refs > 0)
    return;
  g_clear_pointer (&self->keys, g_hash_table_unref);
  g_free (self->member);
  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_aligned_free (self);
}

static void
leave_line (TnSubscription *self)
{
  TnLine *line = self->stands_in;

  if (line == NULL)
    return;
  *(self->before != NULL ? &self->before->behind : &line->first) = self->behind;
  *(self->behind != NULL ? &self->behind->before : &line->last) = self->before;
  self->stands_in = NULL;
}

static void
join_line (TnSubscription *self, TnLine *line)
{
  self->before = line->last;
  self->behind = NULL;
  *(line->last != NULL ? &line->last->behind : &line->first) = self;
  line->last = self;
  self->stands_in = line;
}

void
tn_subscription_line_up (TnSubscription *self)
{
  TnLine *line = self->n_urgent > 0 ? &self->bus->urgent : &self->bus->ready;

  if (self->held || self->waiting.length == 0 || self->stands_in == line)
    return;
  leave_line (self);
  join_line (self, line);
}

/* The oldest, which is the caller's now. */
static TnLetter *
take (TnSubscription *self)
{
  TnLetter *letter = tn_ring_pop (&self->waiting);

  self->account->bytes -= letter->size;
  self->n_urgent -= letter->urgent;
  if (letter->key != NULL)
    g_hash_table_remove (self->keys, letter->key);
  return letter;
}

static void
count_dropped (TnSubscription *self, TnLetter *letter)
{
  self->counts.dropped++;
  letter->counts->dropped++;
}

static void
drop (TnSubscription *self, TnLetter *letter, TnDeadReason reason)
{
  count_dropped (self, letter);
  tn_dead_add (&self->bus->dead, letter->event, reason);
  tn_letter_unref (letter);
}

/* Whether a letter of the same key waits, and has this event now. Takes @key over where it has not. */
static gboolean
replace (TnSubscription *self, TnLetter *letter, const char *key)
{
  TnLetter *waiting = g_hash_table_lookup (self->keys, key);

  if (waiting == NULL)
    return FALSE;
  count_dropped (self, waiting);
  self->account->bytes += letter->size - waiting->size;
  waiting->size = letter->size;
  tn_event_unref (waiting->event);
  waiting->event = tn_event_ref (letter->event);
  if (letter->urgent && !waiting->urgent)
    {
      waiting->urgent = TRUE;
      self->n_urgent++;
    }
  return TRUE;
}

/* The same for a subscription that coalesces: (transfer full) (nullable). */
static TnLetter *
make_own (TnSubscription *self, TnLetter *letter)
{
  g_autofree char *key = tn_letter_make_key (letter->event, self->member);
  TnLetter *own;

  if (key != NULL && replace (self, letter, key))
    return NULL;
  own = tn_letter_new (letter->event, letter->counts, letter->urgent);
  own->key = g_steal_pointer (&key);
  return own;
}

/* For @n more. Oldest first; what others of the account have waiting is theirs. */
static void
make_room (TnSubscription *self, guint n)
{
  while (self->waiting.length > 0
         && (self->waiting.length + n > self->waiting.capacity || self->account->bytes > self->account->max_bytes))
    drop (self, take (self), TN_DEAD_OVERFLOW);
}

void
tn_subscription_push (TnSubscription *self, TnLetter *letter)
{
  TnLetter *own = self->keys == NULL ? tn_letter_ref (letter) : make_own (self, letter);

  self->counts.published++;
  if (own == NULL)
    {
      make_room (self, 0);
      if (self->waiting.length == 0)
        leave_line (self);
      tn_subscription_line_up (self);
      return;
    }
  self->account->bytes += own->size;
  make_room (self, 1);
  if (self->account->bytes > self->account->max_bytes)
    {
      leave_line (self);
      self->account->bytes -= own->size;
      drop (self, own, TN_DEAD_OVERFLOW);
      return;
    }
  tn_ring_push (&self->waiting, own);
  self->n_urgent += own->urgent;
  if (own->key != NULL)
    g_hash_table_insert (self->keys, own->key, own);
  tn_subscription_line_up (self);
}

/* Its place is at the front, unless so much came meanwhile that it would be the one to go. */
static void
put_back (TnSubscription *self, TnLetter *letter)
{
  self->held = TRUE;
  leave_line (self);
  if (self->waiting.length == self->waiting.capacity
      || (letter->key != NULL && g_hash_table_contains (self->keys, letter->key)))
    {
      drop (self, letter, TN_DEAD_OVERFLOW);
      return;
    }
  tn_ring_put_back (&self->waiting, letter);
  self->account->bytes += letter->size;
  self->n_urgent += letter->urgent;
  if (letter->key != NULL)
    g_hash_table_insert (self->keys, letter->key, letter);
}

void
tn_subscription_deliver (TnSubscription *self)
{
  g_autoptr (TnSubscription) alive = self;
  TnLetter *letter = take (self);

  self->refs++;
  leave_line (self);
  tn_subscription_line_up (self);
  if (self->deliver (letter->event, self->user_data))
    {
      self->counts.delivered++;
      letter->counts->delivered++;
    }
  else if (self->bus != NULL)
    {
      put_back (self, g_steal_pointer (&letter));
    }
  if (letter != NULL)
    tn_letter_unref (letter);
}

void
tn_subscription_close (gpointer data)
{
  TnSubscription *self = data;

  leave_line (self);
  tn_trie_remove (self->bus->trie, self->entry);
  tn_routes_change (self->bus->routes);
  while (self->waiting.length > 0)
    drop (self, take (self), TN_DEAD_GONE);
  tn_ring_clear (&self->waiting);
  self->bus = NULL;
  tn_subscription_unref (self);
}
