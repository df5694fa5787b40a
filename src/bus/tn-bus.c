/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-bus.h"

#include <glib/gi18n-lib.h>

#include "tn-clock.h"
#include "tn-ring.h"
#include "tn-trie.h"

/* What one turn of the main loop delivers at most: a quarter of a frame, so that a flood costs the window nothing. */
#define SLICE_EVENTS 64
#define SLICE_US 4000

struct _TnBus
{
  GObject parent_instance;

  TnEventLog *log; /* nullable */
  GThread *thread;
  GSource *source;
  TnTrie *trie;
  GHashTable *subscriptions; /* id → Subscription */
  GQueue ready;              /* those that have events waiting, in the order of their next turn */
  guint last_id;
};

/* Reference-counted, because it may be unsubscribed while it is being delivered to. */
typedef struct
{
  TnBus *bus;
  guint id;
  TnTrieEntry *entry;
  GList ready;
  TnRing waiting;
  guint64 dropped;
  TnBusDeliver deliver;
  gpointer user_data;
  GDestroyNotify destroy;
} Subscription;

G_DEFINE_FINAL_TYPE (TnBus, tn_bus, G_TYPE_OBJECT)
G_DEFINE_INTERFACE (TnEventLog, tn_event_log, G_TYPE_OBJECT)
G_DEFINE_QUARK (tn-bus-error-quark, tn_bus_error)

static void
subscription_clear (gpointer data)
{
  Subscription *self = data;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
}

static void
subscription_unref (Subscription *self)
{
  g_rc_box_release_full (self, subscription_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Subscription, subscription_unref)

static void
subscription_close (gpointer data)
{
  Subscription *self = data;

  tn_trie_remove (self->bus->trie, self->entry);
  if (self->waiting.length > 0)
    g_queue_unlink (&self->bus->ready, &self->ready);
  for (TnEvent *event; (event = tn_ring_pop (&self->waiting)) != NULL;)
    tn_event_unref (event);
  tn_ring_clear (&self->waiting);
  subscription_unref (self);
}

typedef struct
{
  TnEvent *event;
  guint n_matches;
} Publication;

static void
enqueue_cb (gpointer value, gpointer user_data)
{
  Subscription *subscription = value;
  Publication *publication = user_data;
  TnEvent *pushed_out = tn_ring_push (&subscription->waiting, tn_event_ref (publication->event));

  publication->n_matches++;
  if (pushed_out != NULL)
    {
      subscription->dropped++;
      tn_event_unref (pushed_out);
    }
  else if (subscription->waiting.length == 1)
    g_queue_push_tail_link (&subscription->bus->ready, &subscription->ready);
}

static void
set_pending (TnBus *self, gboolean pending)
{
  g_source_set_ready_time (self->source, pending ? 0 : -1);
}

/* One event of the subscription whose turn it is: taking turns keeps a flooded one from holding up the others. */
static void
deliver_next (TnBus *self)
{
  g_autoptr (Subscription) subscription = g_rc_box_acquire (g_queue_pop_head_link (&self->ready)->data);
  g_autoptr (TnEvent) event = tn_ring_pop (&subscription->waiting);

  if (subscription->waiting.length > 0)
    g_queue_push_tail_link (&self->ready, &subscription->ready);
  subscription->deliver (event, subscription->user_data);
}

static gboolean
deliver_slice_cb (gpointer user_data)
{
  g_autoptr (TnBus) self = g_object_ref (TN_BUS (user_data));
  gint64 end = tn_clock_monotonic_us () + SLICE_US;

  for (guint n = 0; n < SLICE_EVENTS && self->ready.length > 0; n++)
    {
      deliver_next (self);
      if (tn_clock_monotonic_us () >= end)
        break;
    }
  set_pending (self, self->ready.length > 0);
  return G_SOURCE_CONTINUE;
}

static gboolean
source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs source_funcs = { .dispatch = source_dispatch };

static void
tn_bus_dispose (GObject *object)
{
  TnBus *self = TN_BUS (object);

  g_hash_table_remove_all (self->subscriptions);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_object (&self->log);

  G_OBJECT_CLASS (tn_bus_parent_class)->dispose (object);
}

static void
tn_bus_finalize (GObject *object)
{
  TnBus *self = TN_BUS (object);

  g_hash_table_unref (self->subscriptions);
  tn_trie_free (self->trie);

  G_OBJECT_CLASS (tn_bus_parent_class)->finalize (object);
}

static void
tn_bus_class_init (TnBusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tn_bus_dispose;
  object_class->finalize = tn_bus_finalize;
}

static void
tn_bus_init (TnBus *self)
{
  self->thread = g_thread_self ();
  self->trie = tn_trie_new ();
  self->subscriptions = g_hash_table_new_full (NULL, NULL, NULL, subscription_close);
  g_queue_init (&self->ready);

  self->source = g_source_new (&source_funcs, sizeof (GSource));
  g_source_set_static_name (self->source, "TnBus");
  /* After drawing and input: at an equal priority a flood would be served for ever and the window never drawn. */
  g_source_set_priority (self->source, G_PRIORITY_DEFAULT_IDLE);
  g_source_set_callback (self->source, deliver_slice_cb, self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

static void
tn_event_log_default_init (TnEventLogInterface *iface)
{
}

void
tn_event_log_append (TnEventLog *self, TnEvent *event)
{
  g_return_if_fail (TN_IS_EVENT_LOG (self));
  g_return_if_fail (event != NULL);

  TN_EVENT_LOG_GET_IFACE (self)->append (self, event);
}

TnBus *
tn_bus_new (TnEventLog *log)
{
  TnBus *self = g_object_new (TN_TYPE_BUS, NULL);

  g_set_object (&self->log, log);
  return self;
}

static guint
next_id (TnBus *self)
{
  do
    self->last_id++;
  while (self->last_id == 0 || g_hash_table_contains (self->subscriptions, GUINT_TO_POINTER (self->last_id)));
  return self->last_id;
}

guint
tn_bus_subscribe (TnBus *self, const char *pattern, guint capacity, TnBusDeliver deliver, gpointer user_data,
                  GDestroyNotify destroy, GError **error)
{
  Subscription *subscription;

  g_return_val_if_fail (TN_IS_BUS (self) && self->thread == g_thread_self (), 0);
  g_return_val_if_fail (pattern != NULL && capacity > 0 && deliver != NULL, 0);

  if (!tn_subject_is_valid_pattern (pattern))
    {
      g_autofree char *quoted = tn_subject_quote (pattern);

      g_set_error (error, TN_BUS_ERROR, TN_BUS_ERROR_PATTERN,
                   _("“%s” is not an event pattern: use an event type in which “*” stands for one word and a last “>” "
                     "for one or more"), quoted);
      return 0;
    }
  subscription = g_rc_box_new0 (Subscription);
  subscription->bus = self;
  subscription->id = next_id (self);
  subscription->entry = tn_trie_insert (self->trie, pattern, subscription);
  subscription->ready.data = subscription;
  tn_ring_init (&subscription->waiting, capacity);
  subscription->deliver = deliver;
  subscription->user_data = user_data;
  subscription->destroy = destroy;
  g_hash_table_insert (self->subscriptions, GUINT_TO_POINTER (subscription->id), subscription);
  return subscription->id;
}

void
tn_bus_unsubscribe (TnBus *self, guint id)
{
  g_return_if_fail (TN_IS_BUS (self) && self->thread == g_thread_self ());

  g_hash_table_remove (self->subscriptions, GUINT_TO_POINTER (id));
}

guint
tn_bus_publish (TnBus *self, TnEvent *event)
{
  Publication publication = { event, 0 };
  gboolean idle;

  g_return_val_if_fail (TN_IS_BUS (self) && self->thread == g_thread_self (), 0);
  g_return_val_if_fail (event != NULL, 0);

  if (self->log != NULL)
    tn_event_log_append (self->log, event);
  idle = self->ready.length == 0;
  tn_trie_match (self->trie, tn_event_get_event_type (event), enqueue_cb, &publication);
  if (idle && publication.n_matches > 0)
    set_pending (self, TRUE);
  return publication.n_matches;
}

guint64
tn_bus_get_dropped (TnBus *self, guint id)
{
  Subscription *subscription;

  g_return_val_if_fail (TN_IS_BUS (self), 0);

  subscription = g_hash_table_lookup (self->subscriptions, GUINT_TO_POINTER (id));
  return subscription != NULL ? subscription->dropped : 0;
}

guint
tn_bus_get_n_subscriptions (TnBus *self)
{
  g_return_val_if_fail (TN_IS_BUS (self), 0);

  return g_hash_table_size (self->subscriptions);
}
