/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-bridge.h"
#include "tn-folder-watch.h"
#include "tn-instance.h"
#include "tn-ladder.h"
#include "tn-processes.h"
#include "tn-rate.h"
#include "tn-runtime-private.h"
#include "tn-webxdc.h"

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
  char *caption;
  TnInstanceState state;
  TnTrouble trouble;
  GPtrArray *stopping; /* of GTask: all who wait for the end */
  guint stop_timer;
  GdkPaintable *picture;
  GFileMonitor *files;
  TnFolderWatch *folder_watch; /* nullable: while it is reloaded on save */
  gboolean saved;       /* and has not been reloaded yet */
  int columns, rows, width, height;
  gboolean size_is_new; /* and has not been told */
  gboolean visible, focused;
  gint64 seen_us;      /* when the person last came to it or went away */
  gboolean returning;  /* the picture stays until the page is drawn again */
  guint sight_timer, retry_timer;
  TnHistory *history;  /* of what it used */
  gboolean restored;   /* what it used before was asked for */
  TnTraffic traffic;   /* since it was last looked at */
  TnLadder ladders[TN_N_LIMITS];
  guint streaks[TN_N_LIMITS]; /* looks in a row with much to refuse */
  double share;        /* of the time that it may run */
  double storage_kib;
  guint unjudged_s, unasked_s;
  guint n_crashes;     /* one soon after the other */
  gboolean sealed;     /* its data are encrypted */
  gboolean may_ask;    /* the person asked for the next start: the keyring may show a dialog */
  GCancellable *admitting; /* nullable: by the vault */
  gint64 crashed_us;

  /* owned, as long as there is a process */
  WebKitWebView *view;
  TnBridge *bridge;
  GCancellable *cancellable;
  char *marker;
  TnProof proof;
  guint load_timer, picture_timer, rest_timer, cover_timer;
  TnInstanceState resting; /* what it is being brought to; %TN_STATE_STOPPED for nothing */
  guint throttle_timer, ping_timer;
  gboolean held; /* by the throttle, just now */
  gboolean suspected;
  guint ping_ticks;
  gint64 ping_late_us;
  int sampled_pid; /* of whom the next are */
  gint64 sampled_us, sampled_cpu_us;
  void (*pictured) (TnInstance *self); /* nullable: waits for a picture */
  gint64 mounted_us, pictured_us;
  gboolean choosing; /* the person is in a window of ours that the page had opened; it gets no second one */
  gboolean locating;
  guint n_proved; /* processes of it, since it was made; and when the last one was */
  gint64 proved_us;
  guint64 n_csp_blocked, n_calls_allowed, n_calls_refused;
  gint64 clicked_us; /* when the person last pressed a button or key in the page; 0 for never */
  guint features; /* that the mode opened for this process, 1 << TnFeature each */
  TnRate console_rate;
  gboolean inspected; /* its inspector was opened once */
  gboolean reading_state; /* for who develops it */
  gboolean reloading; /* the page is giving its state for that */
  guint reload_timer;
  gboolean at_app; /* the blank page, whose end may come late, is behind us */
  gboolean registered;
  gboolean watched; /* what the app stores is */
  GHashTable *grants;        /* TnPermission of the app's manifest, NULL for its own data → GCancellable */
  GHashTable *subscriptions; /* the page's number → what holds it on the bus */
  TnBusAccount waiting;      /* for all of them */
  GQueue *outbox;            /* of TnDelivery: the next batch to the page */
  gsize outbox_bytes;
  gboolean delivering;
  TnRate replay_rate;
  guint n_replays;           /* that are read, or not yet heard to their end */
  GHashTable *responders;    /* the page's number → what holds it on the bus */
  guint *unanswered;         /* a box: requests that the page has not answered, in time or not */
  GHashTable *requests;      /* the page's number → GCancellable */
  gboolean complained;
  TnWebxdc *webxdc; /* nullable: of the page of a webxdc app */
  GHashTable *transfers; /* name → TnTransfer */
  GHashTable *offers;    /* name → GFile: chosen by the person, to be read once */
  GHashTable *saves;     /* name → TnSave */
  GHashTable *sockets;   /* the page's number → what tn-sockets.c knows of it */
};

/* tn-instance.c */
/* For an app that no catalogue has; (transfer full). */
TnInstance *tn_instance_new (TnRuntime *runtime, TnApp *app, const char *tile_id, const char *config);
void tn_instance_set_state (TnInstance *self, TnInstanceState state);
void tn_instance_fail (TnInstance *self, TnTrouble trouble, const char *detail);

void tn_instance_open (TnInstance *self);

/* Not a page that the program brings for itself. */
gboolean tn_instance_is_tile (TnInstance *self);

/* Ends the process; notify::view. */
void tn_instance_drop_view (TnInstance *self);

/* @state: (nullable): what the page's getState gave */
void tn_instance_keep_state (TnInstance *self, JsonNode *state);

/* Where it may hear it now, else when it wakes. */
void tn_instance_tell_size (TnInstance *self);

/* tn-instance-rest.c */
/* Brings it to %TN_STATE_PAUSED, %TN_STATE_SUSPENDED or %TN_STATE_DISCARDED, where it can be. */
void tn_instance_rest (TnInstance *self, TnInstanceState state);

/* Stops its processes by a signal, and lets them go on. */
void tn_instance_freeze (TnInstance *self);
void tn_instance_thaw (TnInstance *self);

/* Begins to wait for what follows from being out of sight. */
void tn_instance_watch_sight (TnInstance *self);

/* The picture stands in for the page until it is drawn; or no longer. */
void tn_instance_uncover_when_drawn (TnInstance *self);
void tn_instance_uncover (TnInstance *self);

/* tn-instance-view.c: a view with every door but the app's own scheme shut; the process begins with it. */
void tn_instance_open_view (TnInstance *self);
void tn_instance_close_view (TnInstance *self);

/* Tells the page and its view how the runtime's theme looks now. */
void tn_instance_paint (TnInstance *self);

/* @caption: "" takes it away. */
void tn_instance_set_caption (TnInstance *self, const char *caption);

/* tn-instance-load.c: blank page → proof → the app's page → mounted. */
void tn_instance_load (TnInstance *self);
void tn_instance_load_changed (TnInstance *self, WebKitLoadEvent event);
void tn_instance_registered (TnInstance *self);
JsonNode *tn_instance_size_node (TnInstance *self);

/* Begins the time within which the page has to be mounted. */
void tn_instance_await_mount (TnInstance *self);

/* tn-instance-develop.c */
/* What the mode opens for its app now, and what it opened for its process. */
guint tn_instance_list_open (TnInstance *self);
gboolean tn_instance_has_open (TnInstance *self, TnFeature feature);

/* Opens that for a view that is new. */
void tn_instance_open_features (TnInstance *self);

/* Where the mode or a grant now says otherwise, it starts again. */
void tn_instance_follow_mode (TnInstance *self);

/* An inspector that is open may have stopped the page where the person wants it. */
gboolean tn_instance_is_inspected (TnInstance *self);

/* WebKit 2.50 crashes where a view goes before its inspector does. */
void tn_instance_close_inspector (TnInstance *self);

/* A record of its page in the runtime's log, where there is one. @source: (nullable) */
void tn_instance_log (TnInstance *self, TnLogLevel level, const char *text, const char *source, guint line);

/* Of an address only what is in the app; the rest is the same for all its files. */
const char *tn_instance_shorten (const char *address);

/* tn-instance-reload.c */
void tn_instance_watch_saves (TnInstance *self);
void tn_instance_take_saves (TnInstance *self);

/* Each fault of @app's manifest becomes a record. */
void tn_instance_tell_faults (TnInstance *self, TnApp *app);

/* tn-instance-load.c: its limits have changed while it runs. */
void tn_instance_follow_limits (TnInstance *self);

/* tn-instance-throttle.c: lets it run only for @share of the time, from now on; 1 for all of it. */
void tn_instance_throttle (TnInstance *self, double share);

/* Holds it, whatever its share is, for as long as it is suspected of something. */
void tn_instance_suspect (TnInstance *self, gboolean suspected);

/* The least of what was asked for. */
double tn_instance_get_run_share (TnInstance *self);

/* tn-instance-methods.c: what a page may ask. */
extern const TnBridgeMethod TN_INSTANCE_METHODS[];

/* tn-instance-events.c; replays at a time, and how many of them may begin in a second */
#define TN_REPLAYS 8
#define TN_REPLAYS_PER_SECOND 1
extern const TnBridgeMethod TN_EVENT_METHODS[];
TnEvent *tn_instance_read_event (TnInstance *self, JsonObject *params, TnCall *call);
void tn_instance_send_events (TnInstance *self);
void tn_instance_unsubscribe_all (TnInstance *self);
void tn_instance_unsubscribe_cancelled (TnInstance *self);
void tn_held_free (gpointer data);
void tn_delivery_free (gpointer data);

/* tn-instance-requests.c */
extern const TnBridgeMethod TN_REQUEST_METHODS[];
void tn_instance_end_requests (TnInstance *self);
void tn_instance_end_cancelled_requests (TnInstance *self);
void tn_responding_free (gpointer data);

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

/* One now, seen or not; @pictured is called when it is there or can't be had, but not after the process has ended. */
void tn_instance_take_picture (TnInstance *self, void (*pictured) (TnInstance *self));

G_END_DECLS
