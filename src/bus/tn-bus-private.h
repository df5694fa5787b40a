/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-dead.h"
#include "tn-letter.h"
#include "tn-retained.h"
#include "tn-ring.h"
#include "tn-route.h"

G_BEGIN_DECLS

typedef struct _TnSubscription TnSubscription;

/* Of subscriptions that wait for their turn. */
typedef struct
{
  TnSubscription *first, *last;
} TnLine;

struct _TnBus
{
  GObject parent_instance;

  TnEventLog *log; /* nullable */
  GThread *thread;
  GMainContext *context; /* nullable: the default one */
  GSource *source;
  TnTrie *trie;
  TnRoutes *routes;
  TnRetained *retained;
  TnDead dead;
  GHashTable *subscriptions; /* id → TnSubscription */
  TnLine urgent, ready;
  guint urgent_in_a_row;
  guint last_id;
  TnTrie *responder_trie;
  GHashTable *responders; /* id → Responder */
  GQueue requests;        /* of TnBusRequest: open ones, the oldest first */
};

/* Of any processor that this runs on; only speed hangs on it. */
#define TN_CACHE_LINE 64

/* tn-subscription.c: reference-counted, because it may be unsubscribed while it is being delivered to. What every
 * delivery needs lies in the first three cache lines. */
struct _TnSubscription
{
  TnBus *bus; /* NULL once closed */
  guint refs;
  gboolean held; /* it would not take its next event */
  TnRing waiting; /* of TnLetter */
  TnBusAccount *account;
  GHashTable *keys;  /* nullable: key → TnLetter that waits; where it coalesces */
  TnLine *stands_in; /* nullable: which line of the bus */
  TnSubscription *before, *behind;
  guint n_urgent;
  gpointer slots[4]; /* of the ring at first */
  TnBusCounts counts;
  TnBusAccount own;
  TnBusDeliver deliver;
  gpointer user_data;
  char *member; /* nullable */
  GDestroyNotify destroy;
  TnTrieEntry *entry;
};

TnSubscription *tn_subscription_new (TnBus *bus, const TnBusQueue *queue);
void tn_subscription_unref (TnSubscription *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnSubscription, tn_subscription_unref)

/* Queues it, by the rule; takes a place in line. */
void tn_subscription_push (TnSubscription *self, TnLetter *letter);

/* It has its turn, and takes one event. */
void tn_subscription_deliver (TnSubscription *self);

/* Out of the line, with all that waits; takes the reference over. */
void tn_subscription_close (gpointer self);

/* A place in line where something waits and it may be delivered. */
void tn_subscription_line_up (TnSubscription *self);

/* tn-bus-request.c */
void tn_bus_init_requests (TnBus *self);
void tn_bus_close_requests (TnBus *self);
void tn_bus_free_requests (TnBus *self);

/* tn-bus.c: ids of both tables. */
guint tn_bus_next_id (TnBus *self, GHashTable *table);
gboolean tn_bus_check_pattern (const char *pattern, GError **error);

G_END_DECLS
