/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-bus-private.h"

#include <glib/gi18n-lib.h>

/* Of why a request failed: a sentence for a person, no way around the bounds of data. */
#define REASON_CHARACTERS 1000

typedef struct
{
  char *source;
  guint64 serial; /* the smaller, the earlier it came */
  TnTrieEntry *entry;
  TnTrie *trie;
  TnBusRespond respond;
  gpointer user_data;
  GDestroyNotify destroy;
} Responder;

struct _TnBusRequest
{
  guint refs;
  TnBus *bus; /* not owned */
  TnEvent *event;
  guint hops;
  GTask *task;          /* nullable: while it is open */
  Responder *responder; /* not owned: while it is open */
  GList link;
  GSource *timer, *cancel;
};

static void
responder_unref (gpointer data)
{
  Responder *self = data;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self->source);
}

static void
responder_close (gpointer data)
{
  Responder *self = data;

  tn_trie_remove (self->trie, self->entry);
  g_rc_box_release_full (self, responder_unref);
}

void
tn_bus_init_requests (TnBus *self)
{
  self->responder_trie = tn_trie_new ();
  self->responders = g_hash_table_new_full (NULL, NULL, NULL, responder_close);
}

void
tn_bus_free_requests (TnBus *self)
{
  g_hash_table_unref (self->responders);
  tn_trie_free (self->responder_trie);
}

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* (transfer full): the task, which is the caller's to end. */
static GTask *
close_request (TnBusRequest *self)
{
  g_queue_unlink (&self->bus->requests, &self->link);
  clear_source (&self->timer);
  clear_source (&self->cancel);
  self->responder = NULL;
  return g_steal_pointer (&self->task);
}

static void
end (TnBusRequest *self, GError *error)
{
  g_autoptr (GTask) task = close_request (self);

  tn_dead_add (&self->bus->dead, self->event, TN_DEAD_REQUEST);
  g_task_return_error (task, error);
}

static void
end_gone (TnBusRequest *self)
{
  end (self, g_error_new (TN_BUS_ERROR, TN_BUS_ERROR_GONE,
                          _("Who was asked “%s” went away without a reply; it can be asked again"),
                          tn_event_get_event_type (self->event)));
}

void
tn_bus_close_requests (TnBus *self)
{
  while (self->requests.head != NULL)
    end_gone (self->requests.head->data);
  g_hash_table_remove_all (self->responders);
}

TnBusRequest *
tn_bus_request_ref (TnBusRequest *self)
{
  self->refs++;
  return self;
}

void
tn_bus_request_unref (TnBusRequest *self)
{
  if (--self->refs > 0)
    return;
  if (self->task != NULL)
    end_gone (self);
  tn_event_unref (self->event);
  g_free (self);
}

TnEvent *
tn_bus_request_get_event (TnBusRequest *self)
{
  return self->event;
}

gboolean
tn_bus_request_is_open (TnBusRequest *self)
{
  return self->task != NULL;
}

void
tn_bus_request_reply (TnBusRequest *self, JsonNode *data)
{
  const char *type = tn_event_get_event_type (self->event);
  g_autoptr (JsonNode) owned = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  if (self->task == NULL)
    return;
  task = close_request (self);
  if (tn_event_check_data (type, owned, &error))
    g_task_return_pointer (task, g_steal_pointer (&owned), (GDestroyNotify) json_node_unref);
  else
    g_task_return_new_error (task, TN_BUS_ERROR, TN_BUS_ERROR_REPLIED, _("Not a reply: %s"), error->message);
}

void
tn_bus_request_fail (TnBusRequest *self, const char *message)
{
  const char *reason = message != NULL ? message : _("no reason given");
  g_autofree char *bounded = NULL;
  g_autoptr (GTask) task = NULL;

  if (self->task == NULL)
    return;
  bounded = g_utf8_substring (reason, 0, MIN (g_utf8_strlen (reason, -1), REASON_CHARACTERS));
  task = close_request (self);
  g_task_return_new_error (task, TN_BUS_ERROR, TN_BUS_ERROR_REPLIED, _("Who was asked “%s” failed: %s"),
                           tn_event_get_event_type (self->event), bounded);
}

guint
tn_bus_respond (TnBus *self, const char *source, const char *pattern, TnBusRespond respond, gpointer user_data,
                GDestroyNotify destroy, GError **error)
{
  static guint64 serial;
  Responder *responder;
  guint id;

  g_return_val_if_fail (TN_IS_BUS (self) && self->thread == g_thread_self (), 0);
  g_return_val_if_fail (source != NULL && pattern != NULL && respond != NULL, 0);

  if (!tn_bus_check_pattern (pattern, error))
    return 0;
  responder = g_rc_box_new0 (Responder);
  *responder = (Responder){ g_strdup (source), ++serial, NULL, self->responder_trie, respond, user_data, destroy };
  responder->entry = tn_trie_insert (self->responder_trie, pattern, responder);
  id = tn_bus_next_id (self, self->responders);
  g_hash_table_insert (self->responders, GUINT_TO_POINTER (id), responder);
  return id;
}

/* Whoever asked hears of it at once, and may end other requests then. */
static void
end_requests_of (TnBus *self, Responder *responder)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_bus_request_unref);

  for (GList *link = self->requests.head; link != NULL; link = link->next)
    if (((TnBusRequest *) link->data)->responder == responder)
      g_ptr_array_add (open, tn_bus_request_ref (link->data));
  for (guint i = 0; i < open->len; i++)
    if (tn_bus_request_is_open (open->pdata[i]))
      end_gone (open->pdata[i]);
}

void
tn_bus_unrespond (TnBus *self, guint id)
{
  gpointer responder;

  g_return_if_fail (TN_IS_BUS (self) && self->thread == g_thread_self ());

  if (!g_hash_table_steal_extended (self->responders, GUINT_TO_POINTER (id), NULL, &responder))
    return;
  end_requests_of (self, responder);
  responder_close (responder);
}

static void
find_first_cb (gpointer value, gpointer user_data)
{
  Responder *responder = value, **first = user_data;

  if (*first == NULL || responder->serial < (*first)->serial)
    *first = responder;
}

/* Whether it may be asked, and with how many hops: who asks while being asked may do so because of it. */
static gboolean
admit (TnBus *self, TnEvent *event, Responder *responder, guint *hops, GError **error)
{
  const char *source = tn_event_get_source (event), *type = tn_event_get_event_type (event);
  guint asked = 0, held = 0;

  *hops = 1;
  for (GList *link = self->requests.head; link != NULL; link = link->next)
    {
      TnBusRequest *other = link->data;

      asked += g_str_equal (tn_event_get_source (other->event), source);
      held += other->responder == responder;
      if (g_str_equal (other->responder->source, source))
        *hops = MAX (*hops, other->hops + 1);
    }
  if (*hops > TN_BUS_MAX_HOPS)
    g_set_error (error, TN_BUS_ERROR, TN_BUS_ERROR_CYCLE,
                 _("The request “%s” is one of more than %d that each led to the next: they go round in a circle"), type,
                 TN_BUS_MAX_HOPS);
  else if (asked >= TN_BUS_MAX_REQUESTS || held >= TN_BUS_MAX_REQUESTS)
    g_set_error (error, TN_BUS_ERROR, TN_BUS_ERROR_BUSY,
                 _("The request “%s” is too much: %d wait for a reply already; wait for some of them"), type,
                 TN_BUS_MAX_REQUESTS);
  else
    return TRUE;
  return FALSE;
}

static gboolean
timeout_cb (gpointer user_data)
{
  TnBusRequest *self = user_data;

  end (self, g_error_new (TN_BUS_ERROR, TN_BUS_ERROR_TIMEOUT, _("There was no reply to the request “%s” in time"),
                          tn_event_get_event_type (self->event)));
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = close_request (user_data);

  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
attach (TnBus *self, GSource *source, GSourceFunc callback, TnBusRequest *request)
{
  g_source_set_callback (source, callback, request, NULL);
  g_source_attach (source, self->context);
}

static TnBusRequest *
request_new (TnBus *bus, TnEvent *event, guint hops, Responder *responder, GTask *task, guint timeout_ms)
{
  TnBusRequest *self = g_new0 (TnBusRequest, 1);
  GCancellable *cancellable = g_task_get_cancellable (task);

  *self = (TnBusRequest){ 1, bus, tn_event_ref (event), hops, g_object_ref (task), responder, { self, NULL, NULL },
                          g_timeout_source_new (timeout_ms), NULL };
  g_queue_push_tail_link (&bus->requests, &self->link);
  attach (bus, self->timer, timeout_cb, self);
  if (cancellable != NULL)
    {
      self->cancel = g_cancellable_source_new (cancellable);
      attach (bus, self->cancel, G_SOURCE_FUNC (cancelled_cb), self);
    }
  return self;
}

void
tn_bus_request_async (TnBus *self, TnEvent *event, guint timeout_ms, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (TnBusRequest) request = NULL;
  Responder *responder = NULL;
  GError *error = NULL;
  guint hops;

  g_return_if_fail (TN_IS_BUS (self) && self->thread == g_thread_self ());
  g_return_if_fail (event != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_bus_request_async);
  /* A reply that came before the cancel is a reply. */
  g_task_set_check_cancellable (task, FALSE);
  if (g_task_return_error_if_cancelled (task))
    return;
  tn_trie_match (self->responder_trie, tn_event_get_event_type (event), find_first_cb, &responder);
  if (responder == NULL)
    {
      tn_dead_add (&self->dead, event, TN_DEAD_REQUEST);
      g_task_return_new_error (task, TN_BUS_ERROR, TN_BUS_ERROR_NOBODY, _("Nobody replies to the request “%s” now"),
                               tn_event_get_event_type (event));
      return;
    }
  if (!admit (self, event, responder, &hops, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  request = request_new (self, event, hops, responder, task, timeout_ms);
  g_rc_box_acquire (responder);
  responder->respond (request, responder->user_data);
  g_rc_box_release_full (responder, responder_unref);
}

JsonNode *
tn_bus_request_finish (TnBus *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tn_bus_request_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
