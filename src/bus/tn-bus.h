/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-event.h"

G_BEGIN_DECLS

#define TN_BUS_ERROR (tn_bus_error_quark ())
GQuark tn_bus_error_quark (void);

typedef enum
{
  TN_BUS_ERROR_TYPE = 1,  /* not a type that can be published */
  TN_BUS_ERROR_PATTERN,   /* not a pattern that can be subscribed to */
  TN_BUS_ERROR_TOO_LARGE, /* data over TN_EVENT_MAX_BYTES */
  TN_BUS_ERROR_TOO_DEEP,  /* data over TN_EVENT_MAX_DEPTH */
  TN_BUS_ERROR_ENVELOPE,  /* not a CloudEvents 1.0 envelope */
} TnBusErrorCode;

/* Where published events are kept; store/ implements it. */
#define TN_TYPE_EVENT_LOG (tn_event_log_get_type ())
G_DECLARE_INTERFACE (TnEventLog, tn_event_log, TN, EVENT_LOG, GObject)

struct _TnEventLogInterface
{
  GTypeInterface parent;
  void (*append) (TnEventLog *self, TnEvent *event);
};

void tn_event_log_append (TnEventLog *self, TnEvent *event);

/* Bytes and tokens that a type or pattern may have: what bounds the cost of matching hostile ones. */
#define TN_SUBJECT_MAX_BYTES 255
#define TN_SUBJECT_MAX_TOKENS 16

/* Subject syntax (NATS): tokens of a-z, A-Z, 0-9, - and _ joined by dots; in a pattern `*` is one token, a last `>` is
 * one or more. What isn't valid matches nothing. */
gboolean tn_subject_is_valid_type (const char *type);
gboolean tn_subject_is_valid_pattern (const char *pattern);
gboolean tn_subject_matches (const char *pattern, const char *type);

/* Whether every type that @inner matches is matched by @outer too. */
gboolean tn_subject_covers (const char *outer, const char *inner);

/* @subject for an error message: escaped and shortened, for it may hold anything; (transfer full). */
char *tn_subject_quote (const char *subject);

/**
 * TnBus:
 *
 * Subscriptions sit in a trie; a publish costs the depth of the type plus its matches. Each subscription has a bounded
 * queue; what does not fit pushes out the oldest and is counted. Delivery happens later, from the main context, in
 * publishing order per subscription. Belongs to the thread that made it.
 */
#define TN_TYPE_BUS (tn_bus_get_type ())
G_DECLARE_FINAL_TYPE (TnBus, tn_bus, TN, BUS, GObject)

/* @log: (nullable) */
TnBus *tn_bus_new (TnEventLog *log);

typedef void (*TnBusDeliver) (TnEvent *event, gpointer user_data);

/**
 * tn_bus_subscribe:
 * @capacity: events that may wait, at least 1
 * @deliver: called from the main context for each event
 *
 * Returns: an id for tn_bus_unsubscribe(), or 0 with %TN_BUS_ERROR_PATTERN
 */
guint tn_bus_subscribe (TnBus *self, const char *pattern, guint capacity, TnBusDeliver deliver, gpointer user_data,
                        GDestroyNotify destroy, GError **error);

/* What still waits for it is dropped; safe from inside @deliver. */
void tn_bus_unsubscribe (TnBus *self, guint id);

/* Logs the event and queues it for every match. Returns: how many subscriptions it was queued for. */
guint tn_bus_publish (TnBus *self, TnEvent *event);

/* Events that subscription @id lost to its bound so far. */
guint64 tn_bus_get_dropped (TnBus *self, guint id);

/* Subscriptions now. */
guint tn_bus_get_n_subscriptions (TnBus *self);

G_END_DECLS
