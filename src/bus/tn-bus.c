/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-bus-private.h"

#include <glib/gi18n-lib.h>

#include "tn-clock.h"

/* What one turn of the main loop delivers at most: a quarter of a frame, so that a flood costs the window nothing. */
#define SLICE_EVENTS 256
#define SLICE_US 4000

/* Turns that subscriptions with an urgent event may have in a row while others wait. */
#define URGENT_IN_A_ROW 8

/* Deliveries from one look at the clock to the next: a look takes as long as one of them. */
#define LOOK_EVERY 8

G_DEFINE_FINAL_TYPE (TnBus, tn_bus, G_TYPE_OBJECT)
G_DEFINE_INTERFACE (TnEventLog, tn_event_log, G_TYPE_OBJECT)
G_DEFINE_QUARK (tn-bus-error-quark, tn_bus_error)

static void
set_pending (TnBus *self, gboolean pending)
{
  g_source_set_ready_time (self->source, pending ? 0 : -1);
}

static gboolean
is_idle (TnBus *self)
{
  return self->ready.first == NULL && self->urgent.first == NULL;
}

/* The line whose turn it is. */
static TnLine *
next_line (TnBus *self)
{
  gboolean urgent = self->urgent.first != NULL
                    && (self->ready.first == NULL || self->urgent_in_a_row < URGENT_IN_A_ROW);

  self->urgent_in_a_row = urgent ? self->urgent_in_a_row + 1 : 0;
  return urgent ? &self->urgent : &self->ready;
}

/* One event each: taking turns keeps a flooded one from holding up the others. */
static gboolean
deliver_slice_cb (gpointer user_data)
{
  g_autoptr (TnBus) self = g_object_ref (TN_BUS (user_data));
  gint64 end = tn_clock_monotonic_us () + SLICE_US;

  for (guint n = 1; n <= SLICE_EVENTS && !is_idle (self); n++)
    {
      tn_subscription_deliver (next_line (self)->first);
      if (n % LOOK_EVERY == 0 && tn_clock_monotonic_us () >= end)
        break;
    }
  if (self->source != NULL)
    set_pending (self, !is_idle (self));
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
  tn_bus_close_requests (self);
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
  tn_bus_free_requests (self);
  tn_routes_free (self->routes);
  tn_trie_free (self->trie);
  tn_retained_free (self->retained);
  tn_dead_forget (&self->dead, "");
  g_clear_pointer (&self->context, g_main_context_unref);

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
  self->routes = tn_routes_new (self->trie);
  self->retained = tn_retained_new ();
  self->subscriptions = g_hash_table_new_full (NULL, NULL, NULL, tn_subscription_close);
  tn_bus_init_requests (self);

  self->context = g_main_context_ref_thread_default ();
  self->source = g_source_new (&source_funcs, sizeof (GSource));
  g_source_set_static_name (self->source, "TnBus");
  /* After drawing and input: at an equal priority a flood would be served for ever and the window never drawn. */
  g_source_set_priority (self->source, G_PRIORITY_DEFAULT_IDLE);
  g_source_set_callback (self->source, deliver_slice_cb, self, NULL);
  g_source_attach (self->source, self->context);
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

guint
tn_bus_next_id (TnBus *self, GHashTable *table)
{
  do
    self->last_id++;
  while (self->last_id == 0 || g_hash_table_contains (table, GUINT_TO_POINTER (self->last_id)));
  return self->last_id;
}

gboolean
tn_bus_check_pattern (const char *pattern, GError **error)
{
  g_autofree char *quoted = NULL;

  if (tn_subject_is_valid_pattern (pattern))
    return TRUE;
  quoted = tn_subject_quote (pattern);
  g_set_error (error, TN_BUS_ERROR, TN_BUS_ERROR_PATTERN,
               _("“%s” is not an event pattern: use an event type in which “*” stands for one word and a last “>” "
                 "for one or more"), quoted);
  return FALSE;
}

static void
push_retained_cb (TnEvent *event, gpointer user_data)
{
  TnSubscription *subscription = user_data;
  GPtrArray *matches;
  TnRoute *route = tn_routes_find (subscription->bus->routes, tn_event_get_event_type (event), &matches);
  g_autoptr (TnLetter) letter = tn_letter_new (event, &route->counts, FALSE);

  tn_subscription_push (subscription, letter);
}

static TnSubscription *
find_subscription (TnBus *self, guint id)
{
  return g_hash_table_lookup (self->subscriptions, GUINT_TO_POINTER (id));
}

guint
tn_bus_subscribe (TnBus *self, const char *pattern, const TnBusQueue *queue, TnBusDeliver deliver, gpointer user_data,
                  GDestroyNotify destroy, GError **error)
{
  TnSubscription *subscription;
  guint id;

  g_return_val_if_fail (TN_IS_BUS (self) && self->thread == g_thread_self (), 0);
  g_return_val_if_fail (pattern != NULL && queue != NULL && queue->capacity > 0 && deliver != NULL, 0);

  if (!tn_bus_check_pattern (pattern, error))
    return 0;
  subscription = tn_subscription_new (self, queue);
  subscription->deliver = deliver;
  subscription->user_data = user_data;
  subscription->destroy = destroy;
  subscription->entry = tn_trie_insert (self->trie, pattern, subscription);
  tn_routes_change (self->routes);
  id = tn_bus_next_id (self, self->subscriptions);
  g_hash_table_insert (self->subscriptions, GUINT_TO_POINTER (id), subscription);
  if (!queue->skip_retained)
    tn_retained_match (self->retained, pattern, push_retained_cb, subscription);
  set_pending (self, !is_idle (self));
  return id;
}

void
tn_bus_unsubscribe (TnBus *self, guint id)
{
  g_return_if_fail (TN_IS_BUS (self) && self->thread == g_thread_self ());

  g_hash_table_remove (self->subscriptions, GUINT_TO_POINTER (id));
}

void
tn_bus_resume (TnBus *self, guint id)
{
  TnSubscription *subscription;

  g_return_if_fail (TN_IS_BUS (self) && self->thread == g_thread_self ());

  subscription = find_subscription (self, id);
  if (subscription == NULL || !subscription->held)
    return;
  subscription->held = FALSE;
  tn_subscription_line_up (subscription);
  set_pending (self, !is_idle (self));
}

/* They lie far apart: who asks for all of them ahead does not wait for each. */
static void
fetch (GPtrArray *subscriptions)
{
  for (guint i = 0; i < subscriptions->len; i++)
    for (gsize at = 0; at < offsetof (TnSubscription, member); at += TN_CACHE_LINE)
      __builtin_prefetch ((char *) subscriptions->pdata[i] + at, 1);
}

guint
tn_bus_publish (TnBus *self, TnEvent *event, TnBusFlags flags)
{
  g_autoptr (TnLetter) letter = NULL;
  GPtrArray *matches;
  TnRoute *route;
  gboolean idle;

  g_return_val_if_fail (TN_IS_BUS (self) && self->thread == g_thread_self (), 0);
  g_return_val_if_fail (event != NULL, 0);

  if (self->log != NULL)
    tn_event_log_append (self->log, event);
  if ((flags & TN_BUS_RETAIN) != 0)
    tn_retained_set (self->retained, event);
  route = tn_routes_find (self->routes, tn_event_get_event_type (event), &matches);
  route->counts.published++;
  if (matches->len == 0)
    {
      tn_dead_add (&self->dead, event, TN_DEAD_UNHEARD);
      return 0;
    }
  letter = tn_letter_new (event, &route->counts, (flags & TN_BUS_URGENT) != 0);
  idle = is_idle (self);
  fetch (matches);
  for (guint i = 0; i < matches->len; i++)
    tn_subscription_push (matches->pdata[i], letter);
  if (idle)
    set_pending (self, !is_idle (self));
  return matches->len;
}

void
tn_bus_forget (TnBus *self, const char *source)
{
  g_return_if_fail (TN_IS_BUS (self));
  g_return_if_fail (source != NULL);

  tn_retained_forget (self->retained, source);
  tn_dead_forget (&self->dead, source);
}

TnBusCounts
tn_bus_get_counts (TnBus *self, guint id)
{
  TnSubscription *subscription;

  g_return_val_if_fail (TN_IS_BUS (self), (TnBusCounts){ 0 });

  subscription = find_subscription (self, id);
  return subscription != NULL ? subscription->counts : (TnBusCounts){ 0 };
}

GPtrArray *
tn_bus_list_types (TnBus *self)
{
  g_return_val_if_fail (TN_IS_BUS (self), NULL);

  return tn_routes_list (self->routes);
}

TnBusCounts
tn_bus_get_type_counts (TnBus *self, const char *type)
{
  const TnBusCounts *counts;

  g_return_val_if_fail (TN_IS_BUS (self) && type != NULL, (TnBusCounts){ 0 });

  counts = tn_routes_peek (self->routes, type);
  return counts != NULL ? *counts : (TnBusCounts){ 0 };
}

guint
tn_bus_get_n_subscriptions (TnBus *self)
{
  g_return_val_if_fail (TN_IS_BUS (self), 0);

  return g_hash_table_size (self->subscriptions);
}

GPtrArray *
tn_bus_list_dead (TnBus *self)
{
  g_return_val_if_fail (TN_IS_BUS (self), NULL);

  return tn_dead_list (&self->dead);
}
