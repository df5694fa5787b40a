/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-retained.h"

#include "tn-bus.h"

struct _TnRetained
{
  GQueue events;       /* the longest kept first */
  GHashTable *by_type; /* type → link of events */
};

TnRetained *
tn_retained_new (void)
{
  TnRetained *self = g_new0 (TnRetained, 1);

  self->by_type = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

static void
drop (TnRetained *self, GList *link)
{
  TnEvent *event = link->data;

  g_hash_table_remove (self->by_type, tn_event_get_event_type (event));
  g_queue_delete_link (&self->events, link);
  tn_event_unref (event);
}

void
tn_retained_free (TnRetained *self)
{
  while (self->events.head != NULL)
    drop (self, self->events.head);
  g_hash_table_unref (self->by_type);
  g_free (self);
}

/* Makes room for what is at the end. @source: (nullable): among those of it */
static void
shrink (TnRetained *self, const char *source, guint max, gsize max_bytes)
{
  guint n = 0;
  gsize bytes = 0;

  for (GList *link = self->events.tail, *previous; link != NULL; link = previous)
    {
      previous = link->prev;
      if (source != NULL && !g_str_equal (tn_event_get_source (link->data), source))
        continue;
      n++;
      bytes += tn_event_get_size (link->data);
      if (n > max || bytes > max_bytes)
        drop (self, link);
    }
}

void
tn_retained_set (TnRetained *self, TnEvent *event)
{
  GList *before = g_hash_table_lookup (self->by_type, tn_event_get_event_type (event));
  JsonNode *data = tn_event_get_data (event);

  if (before != NULL)
    drop (self, before);
  if (data == NULL || JSON_NODE_HOLDS_NULL (data))
    return;
  g_queue_push_tail (&self->events, tn_event_ref (event));
  g_hash_table_insert (self->by_type, (gpointer) tn_event_get_event_type (event), self->events.tail);
  shrink (self, tn_event_get_source (event), TN_RETAINED_PER_SOURCE, TN_RETAINED_BYTES_PER_SOURCE);
  shrink (self, NULL, TN_RETAINED_MAX, TN_RETAINED_MAX_BYTES);
}

void
tn_retained_match (TnRetained *self, const char *pattern, void (*visit) (TnEvent *event, gpointer user_data),
                   gpointer user_data)
{
  for (GList *link = self->events.head; link != NULL; link = link->next)
    if (tn_subject_matches (pattern, tn_event_get_event_type (link->data)))
      visit (link->data, user_data);
}

void
tn_retained_forget (TnRetained *self, const char *source)
{
  for (GList *link = self->events.head, *next; link != NULL; link = next)
    {
      next = link->next;
      if (g_str_has_prefix (tn_event_get_source (link->data), source))
        drop (self, link);
    }
}
