/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-app.h"
#include "tn-http.h"
#include "tn-instance.h"
#include "tn-limits.h"
#include "tn-quota.h"
#include "tn-rate.h"
#include "tn-runtime.h"
#include "tn-store.h"

G_BEGIN_DECLS

/**
 * TnProxy:
 *
 * The way out for all apps, with a book for each: how often and how much it may still call, what it did, and its HTTP.
 * Not for what a person granted: that is the gate's.
 */
typedef struct _TnProxy TnProxy;

/* What one tile of an app did of it, to be looked at and set to 0 by whoever watches it; bytes. */
typedef struct
{
  guint calls, requests, failures;
  guint64 sent, received;
  guint refused[TN_N_LIMITS]; /* for there were too many */
} TnTraffic;

/* The book of one app. */
typedef struct
{
  /* private */
  TnProxy *proxy;
  char *key;
  TnRate requests, calls;
  TnQuota quota;
  guint save_timer;

  TnHttp *http;
  TnCallMetrics metrics;
} TnBook;

/* @store: where the day's bytes are kept. */
TnProxy *tn_proxy_new (TnStore *store, TnLimits *limits);
void tn_proxy_free (TnProxy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnProxy, tn_proxy_free)

/* For tests: another resolver, and who vouches for servers; before the first app. */
void tn_proxy_set_world (TnProxy *self, GResolver *resolver, GTlsDatabase *trust);

/* @app's book, with the limits that hold now; (transfer none), as long as @self. */
TnBook *tn_proxy_open_book (TnProxy *self, TnApp *app);

/* (transfer none) (nullable): where the app has not begun anything. */
TnBook *tn_proxy_find_book (TnProxy *self, const char *app_key);

/* What the app used today is not written down any more. */
void tn_proxy_forget (TnProxy *self, const char *app_key);

/* Writes down what is not yet. */
void tn_proxy_save (TnProxy *self);

/* One call of @tile's that leaves the app; a sentence where there were too many of late, else %NULL. */
const char *tn_book_take_call (TnBook *self, TnTraffic *tile);

/**
 * tn_book_judge:
 * @open: (out): beyond public addresses
 *
 * One request to @url, which the gate let through: counts it. Only a permission that names the very host opens what is
 * not public, and then as far as tn_address_name_opens() says.
 *
 * Returns: %FALSE with @error outside of allowedDomains, and where this app, or all together there, asked too much of late
 */
gboolean tn_book_judge (TnBook *self, TnTraffic *tile, TnManifest *manifest, GUri *url, TnPermissionActions action,
                        TnAddressScopes *open, GError **error);

/* Bytes sent or received; %FALSE with @error where it is too much for today. */
gboolean tn_book_take_bytes (TnBook *self, TnTraffic *tile, gsize sent, gsize received, GError **error);

/* One that was let through was not answered. */
void tn_book_note_failure (TnBook *self, TnTraffic *tile);

G_END_DECLS
