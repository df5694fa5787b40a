/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-wire.h"

#include <webkit/webkit.h>

G_BEGIN_DECLS

/* The script world that alone sees the native handler. */
#define TN_BRIDGE_WORLD "tn-relay"

/* Messages that one page may send. */
#define TN_BRIDGE_PER_SECOND 1000

/**
 * TnCall:
 *
 * A request of a page that waits for its answer. Answered exactly once, by either function below, which end it.
 */
typedef struct _TnCall TnCall;

/* @result: (transfer full) (nullable) */
void tn_call_return (TnCall *call, JsonNode *result);
void tn_call_fail (TnCall *call, TnWireCode code, const char *format, ...) G_GNUC_PRINTF (3, 4);

typedef void (*TnBridgeMethodFunc) (gpointer owner, JsonObject *params, TnCall *call);

typedef struct
{
  const char *name;
  TnBridgeMethodFunc func;
} TnBridgeMethod;

/**
 * TnBridge:
 *
 * Wall 3: what a page may say to the host, one view's worth. Who speaks is known from the view it belongs to, never
 * from what the message claims. Caps: 1 MiB and 64 levels a message, 1,000 messages a second with bursts of 2,000, where
 * every 4 KiB count as one more; every message carries the next sequence number, also after one that was refused.
 */
typedef struct _TnBridge TnBridge;

/**
 * tn_bridge_new:
 * @tables: (array zero-terminated=1): static, each ended by a method without a name
 * @owner: (not owned): given to the methods
 * @paint: what the page's theme is at first, see tn_bridge_paint()
 * @has_nexus: whether the page gets `nexus`; one that does not may take the channel itself
 * @has_console: whether what it says on its console is told to the handler "nexusConsole" of this world
 */
TnBridge *tn_bridge_new (const TnBridgeMethod *const *tables, gpointer owner, const char *paint, gboolean has_nexus,
                         gboolean has_console);
void tn_bridge_free (TnBridge *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnBridge, tn_bridge_free)

/* With the scripts and the handler in it; (transfer none). */
WebKitUserContentManager *tn_bridge_get_content (TnBridge *self);

/* How many messages have come so far, from all its pages. */
guint64 tn_bridge_get_n_messages (TnBridge *self);

/* How many of those were malformed, too large or too many. */
guint64 tn_bridge_get_n_refused (TnBridge *self);

/* A new page begins: numbers start again. */
void tn_bridge_reset (TnBridge *self);

/* @value: (nullable): what the page's callback gave; @message: (nullable): or what it threw */
typedef void (*TnBridgeAnswer) (JsonNode *value, const char *message, gpointer user_data);

/**
 * tn_bridge_ask:
 * @params: (transfer full) (nullable)
 * @answer: (nullable): called once, also when the page is gone; not after tn_bridge_free()
 *
 * Calls what the page registered under @method.
 */
void tn_bridge_ask (TnBridge *self, WebKitWebView *view, const char *method, JsonNode *params, TnBridgeAnswer answer,
                    gpointer user_data);

/* The same. @destroy: (nullable): of @user_data, once no answer comes any more; also after tn_bridge_free() */
void tn_bridge_ask_full (TnBridge *self, WebKitWebView *view, const char *method, JsonNode *params,
                         TnBridgeAnswer answer, gpointer user_data, GDestroyNotify destroy);

/* What the isolated world does by itself, whatever the page does. */
typedef enum
{
  TN_BRIDGE_PING,  /* nothing: that it answers is the answer */
  TN_BRIDGE_DRAWN, /* waits until the page has been drawn anew */
} TnBridgeProbe;

/* @answer: called with the value true, or where it could not be asked */
void tn_bridge_probe (TnBridge *self, WebKitWebView *view, TnBridgeProbe probe, TnBridgeAnswer answer,
                      gpointer user_data);

/* @paint: a JSON object: dark, rtl, and variables (names of CSS custom properties with their values) */
void tn_bridge_paint (TnBridge *self, WebKitWebView *view, const char *paint);

G_END_DECLS
