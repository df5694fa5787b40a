/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-app.h"
#include "tn-audit.h"

G_BEGIN_DECLS

/* What of an app is limited, in the units of manifests: see #TnResources. */
typedef enum
{
  TN_LIMIT_MEMORY,
  TN_LIMIT_CPU,
  TN_LIMIT_STORAGE,
  TN_LIMIT_NETWORK,
  TN_LIMIT_API_CALLS,
  TN_LIMIT_BYTES,
  TN_N_LIMITS
} TnLimit;

/* What a manifest may say at most, and the person. */
#define TN_LIMIT_MOST 1000000

/**
 * TnLimits:
 *
 * How much an app may use: what its manifest asks for, unless the person said another number, be it more or less. What
 * an app asks for is its own wish, so of memory it gets no more than 1 GiB for the asking. The person's numbers are kept
 * and audited ("limit.set").
 *
 * Signals: "changed" (const char *app_key) when the person said something; "failed" (const char *message) when it could not
 * be kept.
 */
#define TN_TYPE_LIMITS (tn_limits_get_type ())
G_DECLARE_FINAL_TYPE (TnLimits, tn_limits, TN, LIMITS, GObject)

/* It knows no person's numbers before tn_limits_load_async() has come back. */
TnLimits *tn_limits_new (TnStore *store, TnAudit *audit);

void tn_limits_load_async (TnLimits *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_limits_load_finish (TnLimits *self, GAsyncResult *result, GError **error);

/* What holds now. @app: one with a manifest */
guint tn_limits_get (TnLimits *self, TnApp *app, TnLimit limit);

/* What the app gets where the person says nothing. */
guint tn_limits_get_asked (TnApp *app, TnLimit limit);

/* What the person said; 0 where nothing. */
guint tn_limits_get_own (TnLimits *self, const char *app_key, TnLimit limit);

/* @amount: 0 takes the person's number back */
void tn_limits_set (TnLimits *self, TnApp *app, TnLimit limit, guint amount);

/* The app is being erased, and what is kept of it with it: the person has said nothing about it. */
void tn_limits_forget (TnLimits *self, const char *app_key);

/* As manifests call it. */
const char *tn_limit_name (TnLimit limit);

G_END_DECLS
