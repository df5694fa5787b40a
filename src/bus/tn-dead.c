/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-dead.h"

static void
dead_letter_free (gpointer data)
{
  TnDeadLetter *letter = data;

  tn_event_unref (letter->event);
  g_free (letter);
}

static TnDeadLetter *
dead_letter_new (TnEvent *event, TnDeadReason reason)
{
  TnDeadLetter *letter = g_new (TnDeadLetter, 1);

  *letter = (TnDeadLetter){ tn_event_ref (event), reason };
  return letter;
}

static void
drop (TnDead *self, GList *link)
{
  TnDeadLetter *letter = link->data;

  self->bytes -= tn_event_get_size (letter->event);
  g_queue_delete_link (&self->letters, link);
  dead_letter_free (letter);
}

void
tn_dead_add (TnDead *self, TnEvent *event, TnDeadReason reason)
{
  self->bytes += tn_event_get_size (event);
  g_queue_push_tail (&self->letters, dead_letter_new (event, reason));
  while (self->letters.length > TN_BUS_DEAD_LETTERS || self->bytes > TN_BUS_DEAD_BYTES)
    drop (self, self->letters.head);
}

GPtrArray *
tn_dead_list (TnDead *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (dead_letter_free);

  for (GList *link = self->letters.head; link != NULL; link = link->next)
    {
      TnDeadLetter *letter = link->data;

      g_ptr_array_add (list, dead_letter_new (letter->event, letter->reason));
    }
  return list;
}

void
tn_dead_forget (TnDead *self, const char *source)
{
  for (GList *link = self->letters.head, *next; link != NULL; link = next)
    {
      next = link->next;
      if (g_str_has_prefix (tn_event_get_source (((TnDeadLetter *) link->data)->event), source))
        drop (self, link);
    }
}
