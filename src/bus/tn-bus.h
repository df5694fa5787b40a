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
  TN_BUS_ERROR_NOBODY,    /* no responder for a request */
  TN_BUS_ERROR_TIMEOUT,   /* no reply in time */
  TN_BUS_ERROR_GONE,      /* the responder went without a reply */
  TN_BUS_ERROR_REPLIED,   /* the responder replied that it failed, or with what is no reply */
  TN_BUS_ERROR_CYCLE,     /* requests that lead to requests, over TN_BUS_MAX_HOPS */
  TN_BUS_ERROR_BUSY,      /* too many requests wait already */
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
 * queue with a rule for what does not fit. Delivery happens later, from the main context, in publishing order per
 * subscription; a subscription with an urgent event in its queue has its turn first. Belongs to the thread that made it.
 */
#define TN_TYPE_BUS (tn_bus_get_type ())
G_DECLARE_FINAL_TYPE (TnBus, tn_bus, TN, BUS, GObject)

/* @log: (nullable) */
TnBus *tn_bus_new (TnEventLog *log);

typedef enum
{
  TN_BUS_DROP_OLDEST, /* what does not fit pushes out the oldest */
  TN_BUS_COALESCE,    /* moreover, a newer event takes the place of one of the same key that still waits */
} TnBusOverflow;

/**
 * TnBusAccount:
 *
 * What the events that wait for some subscriptions have of bytes, all together. Its owner frees it after them.
 */
typedef struct
{
  gsize bytes, max_bytes;
} TnBusAccount;

/**
 * TnBusQueue:
 * @capacity: events that may wait, at least 1
 * @key: (nullable): a member of the data: only events of one type whose members are the same text, number or boolean
 *   take each other's place, others stand alone; %NULL: all of one type do
 * @account: (nullable) (not owned): shared with others; %NULL for one of its own, of %TN_BUS_QUEUE_BYTES
 * @skip_retained: it hears only what is published from now on
 */
typedef struct
{
  guint capacity;
  TnBusOverflow overflow;
  const char *key;
  TnBusAccount *account;
  gboolean skip_retained;
} TnBusQueue;

#define TN_BUS_QUEUE_BYTES (4 * 1024 * 1024)

/* Returns: %FALSE where it can't be taken now: it is delivered again after tn_bus_resume(). */
typedef gboolean (*TnBusDeliver) (TnEvent *event, gpointer user_data);

/**
 * tn_bus_subscribe:
 * @deliver: called from the main context for each event, first for what is retained of the types that @pattern
 *   matches
 *
 * Returns: an id for tn_bus_unsubscribe(), or 0 with %TN_BUS_ERROR_PATTERN
 */
guint tn_bus_subscribe (TnBus *self, const char *pattern, const TnBusQueue *queue, TnBusDeliver deliver,
                        gpointer user_data, GDestroyNotify destroy, GError **error);

/* What still waits for it is dropped; safe from inside @deliver. */
void tn_bus_unsubscribe (TnBus *self, guint id);

/* It takes events again. */
void tn_bus_resume (TnBus *self, guint id);

/**
 * TnBusFlags:
 * @TN_BUS_URGENT: the person waits for what comes of it
 * @TN_BUS_RETAIN: the last event of the type is kept for those who subscribe later; one without data, or with null,
 *   ends that. Bounded for each source and for all, in number and bytes: the longest kept goes first.
 */
typedef enum
{
  TN_BUS_URGENT = 1 << 0,
  TN_BUS_RETAIN = 1 << 1,
} TnBusFlags;

/* Logs the event and queues it for every match. Returns: how many subscriptions it was queued for. */
guint tn_bus_publish (TnBus *self, TnEvent *event, TnBusFlags flags);

/* What sources that begin with @source have retained, and their dead letters, are dropped: of an app that is erased. */
void tn_bus_forget (TnBus *self, const char *source);

/**
 * TnBusCounts:
 * @published: events of a type; or those that were queued for a subscription
 * @delivered: deliveries
 * @dropped: what did not fit, gave way to a newer one, or waited for a subscription that went
 */
typedef struct
{
  guint64 published, delivered, dropped;
} TnBusCounts;

/* Of a subscription, all 0 where there is none. */
TnBusCounts tn_bus_get_counts (TnBus *self, guint id);

/* The types of which there are counts (see %TN_BUS_MAX_TYPES), and those of one. Those that come later are counted
 * together, under "". (transfer container) (element-type utf8): valid as long as the bus. */
#define TN_BUS_MAX_TYPES 4096
GPtrArray *tn_bus_list_types (TnBus *self);
TnBusCounts tn_bus_get_type_counts (TnBus *self, const char *type);

/* Subscriptions now. */
guint tn_bus_get_n_subscriptions (TnBus *self);

typedef enum
{
  TN_DEAD_UNHEARD,  /* nobody listened */
  TN_DEAD_OVERFLOW, /* it did not fit into a queue */
  TN_DEAD_GONE,     /* who it waited for unsubscribed */
  TN_DEAD_REQUEST,  /* a request that nobody replied to, or not in time */
} TnDeadReason;

typedef struct
{
  TnEvent *event;
  TnDeadReason reason;
} TnDeadLetter;

/* The last so many of what did not arrive are kept, and at most so many bytes. */
#define TN_BUS_DEAD_LETTERS 256
#define TN_BUS_DEAD_BYTES (1024 * 1024)

/* Oldest first; (transfer full) (element-type TnDeadLetter). */
GPtrArray *tn_bus_list_dead (TnBus *self);

/**
 * TnBusRequest:
 *
 * A request that was handed to its responder, and is open until the first reply. Where the last reference goes without
 * one, whoever asked is told that.
 */
typedef struct _TnBusRequest TnBusRequest;

TnBusRequest *tn_bus_request_ref (TnBusRequest *self);
void tn_bus_request_unref (TnBusRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnBusRequest, tn_bus_request_unref)

/* (transfer none): what is asked, and by whom. */
TnEvent *tn_bus_request_get_event (TnBusRequest *self);

/* %FALSE after a reply, a cancel, or its time. */
gboolean tn_bus_request_is_open (TnBusRequest *self);

/* @data: (transfer full) (nullable): within the bounds of an event's, else whoever asked is told that it isn't. */
void tn_bus_request_reply (TnBusRequest *self, JsonNode *data);

/* @message: (nullable): for whoever asked, UTF-8; of a long one the beginning is passed on */
void tn_bus_request_fail (TnBusRequest *self, const char *message);

typedef void (*TnBusRespond) (TnBusRequest *request, gpointer user_data);

/**
 * tn_bus_respond:
 * @source: of the responder, as its events have it
 * @respond: called at once for each request of a type that @pattern matches, where no one before it has done so
 *
 * Returns: an id for tn_bus_unrespond(), or 0 with %TN_BUS_ERROR_PATTERN
 */
guint tn_bus_respond (TnBus *self, const char *source, const char *pattern, TnBusRespond respond, gpointer user_data,
                      GDestroyNotify destroy, GError **error);

/* Whoever still waits for its reply is told that it went. */
void tn_bus_unrespond (TnBus *self, guint id);

/* Requests that wait for a reply: of one source, and of one responder. */
#define TN_BUS_MAX_REQUESTS 64

/* A request of a source that has one to reply to itself counts one more than that. */
#define TN_BUS_MAX_HOPS 8

/**
 * tn_bus_request_async:
 * @event: goes to one responder and to nobody else, into no log
 * @timeout_ms: after which there is no reply
 *
 * The finish function returns (transfer full) (nullable): the data of the reply; %NULL with @error for each #TnBusErrorCode
 * that tells of requests.
 */
void tn_bus_request_async (TnBus *self, TnEvent *event, guint timeout_ms, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
JsonNode *tn_bus_request_finish (TnBus *self, GAsyncResult *result, GError **error);

G_END_DECLS
