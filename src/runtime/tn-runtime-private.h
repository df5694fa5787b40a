/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-canary.h"
#include "tn-history.h"
#include "tn-monitor.h"
#include "tn-proxy.h"
#include "tn-runtime.h"
#include "tn-storage-watch.h"
#include "tn-vault.h"
#include "tn-warden.h"

#include <webkit/webkit.h>

G_BEGIN_DECLS

struct _TnRuntime
{
  GObject parent_instance;

  /* owned */
  char *directory; /* not the person's cache folder: WebKit shows every sandbox that one, to write to */
  char *markers;
  TnStore *store;
  TnAudit *audit;
  TnLog *log; /* nullable */
  TnBus *bus;
  TnPolicy *policy;
  TnLimits *limits;
  TnCatalogue *catalogue;
  WebKitUserContentFilter *filter;
  GSocket *dead_proxy; /* bound and never listening: nobody else can have the port */
  char *proxy_url;
  GHashTable *sessions; /* app key → WebKitNetworkSession */
  GHashTable *forgetting; /* app keys that nothing may be started of */
  TnMonitor *monitor;
  TnStorageWatch *storage;
  TnVault *vault;
  TnProxy *proxy;
  TnPlatform *platform; /* nullable */
  TnWarden *warden;
  struct _TnGuard *guard;
  TnTheme theme;
  TnBudget budget;
  gboolean budgeted; /* it was set once */
  GPtrArray *instances; /* borrowed: they take themselves out, like the next ones */
  GQueue starting;
  guint start_source, canary_source;
  TnCanary *canary;
  gboolean tried, leaking;
  TnCanaryVerdict verdict;
  GQueue questions;     /* of TnQuestion: those that wait for the person */
  TnQuestion *question; /* the one that is asked now */
};

/* Asks the first of those that wait, where that is another one now. */
void tn_runtime_next_question (TnRuntime *self);

/* The app's own session, @kept on disk or not; (transfer none). */
WebKitNetworkSession *tn_runtime_get_session (TnRuntime *self, TnApp *app, gboolean kept);

/* A new, empty folder that one sandbox will see; (transfer full), removed with tn_runtime_drop_marker(). */
char *tn_runtime_make_marker (TnRuntime *self, const char *tile_id);
void tn_runtime_drop_marker (char *marker);

/* The theme as tn_bridge_paint() takes it; (transfer full). */
char *tn_runtime_paint (TnRuntime *self);

/* The theme as a page's context has it; (transfer full). */
JsonNode *tn_runtime_theme_node (TnRuntime *self);

/* Gives @instance its process when the window has nothing better to do: that takes some 50 ms. */
void tn_runtime_queue_start (TnRuntime *self, TnInstance *instance);
void tn_runtime_unqueue_start (TnRuntime *self, TnInstance *instance);

/* Emits "notice". */
void tn_runtime_notice (TnRuntime *self, TnInstance *instance, const char *text);

/* Publishes in the host's own name; @data: (transfer full). */
void tn_runtime_tell (TnRuntime *self, const char *type, JsonNode *data);

G_END_DECLS
