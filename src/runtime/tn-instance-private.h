/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-bridge.h"
#include "tn-instance.h"
#include "tn-runtime-private.h"

G_BEGIN_DECLS

struct _TnInstance
{
  GObject parent_instance;

  /* owned */
  TnRuntime *runtime;
  TnApp *app;
  char *app_key;
  char *app_id;
  char *tile_id;
  char *source; /* of what it publishes */
  char *config;
  char *sentence;
  TnInstanceState state;
  TnTrouble trouble;
  GPtrArray *stopping; /* of GTask: all who wait for the end */
  guint stop_timer;
  GdkPaintable *picture;
  GFileMonitor *files;
  int columns, rows, width, height;

  /* owned, as long as there is a process */
  WebKitWebView *view;
  TnBridge *bridge;
  GCancellable *cancellable;
  char *marker;
  TnProof proof;
  guint load_timer, picture_timer;
  gint64 mounted_us, pictured_us;
  gint64 clicked_us; /* when the person last pressed a button or key in the page; 0 for never */
  gboolean at_app; /* the blank page, whose end may come late, is behind us */
  gboolean registered;
  GHashTable *grants;        /* TnPermission of the app's manifest, NULL for its own data → GCancellable */
  GHashTable *subscriptions; /* the page's number → what holds it on the bus */
  GQueue *outbox;            /* of TnDelivery: events on their way to the page */
  gsize outbox_bytes;
  gboolean delivering;
  gboolean complained;
};

/* tn-instance.c */
/* For an app that no catalogue has; (transfer full). */
TnInstance *tn_instance_new (TnRuntime *runtime, TnApp *app, const char *tile_id, const char *config);
void tn_instance_set_state (TnInstance *self, TnInstanceState state);
void tn_instance_fail (TnInstance *self, TnTrouble trouble, const char *detail);

void tn_instance_open (TnInstance *self);

/* tn-instance-view.c: a view with every door but the app's own scheme shut; the process begins with it. */
void tn_instance_open_view (TnInstance *self);
void tn_instance_close_view (TnInstance *self);

/* Tells the page and its view how the runtime's theme looks now. */
void tn_instance_paint (TnInstance *self);

/* tn-instance-load.c: blank page → proof → the app's page → mounted. */
void tn_instance_load (TnInstance *self);
void tn_instance_load_changed (TnInstance *self, WebKitLoadEvent event);
void tn_instance_registered (TnInstance *self);
JsonNode *tn_instance_size_node (TnInstance *self);

/* tn-instance-methods.c: what a page may ask. */
extern const TnBridgeMethod TN_INSTANCE_METHODS[];
void tn_instance_unsubscribe_all (TnInstance *self);
void tn_instance_unsubscribe_cancelled (TnInstance *self);
void tn_held_free (gpointer data);
void tn_delivery_free (gpointer data);

/* tn-instance-permissions.c */
extern const TnBridgeMethod TN_PERMISSION_METHODS[];
/* tn-instance-audit.c: rows about this instance, none about the host's own pages. @subject, @detail: (nullable) */
void tn_instance_audit (TnInstance *self, const char *kind, const char *subject, const char *outcome,
                        const char *detail);
void tn_instance_audit_trouble (TnInstance *self, TnTrouble trouble, const char *detail);
void tn_instance_audit_proof (TnInstance *self, const TnProof *proof);

/* What the isolated world sees go against the page's content-security policy becomes rows. */
void tn_instance_follow_reports (TnInstance *self);

/* tn-instance-picture.c: a picture soon, and not more often than every 10 s. */
void tn_instance_want_picture (TnInstance *self);

G_END_DECLS
