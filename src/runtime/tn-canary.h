/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-runtime.h"

G_BEGIN_DECLS

/**
 * TnCanary:
 *
 * The part of the proof that namespaces can't give: WebKit's network process is shared and not locked in, so a page of
 * ours tries to reach a listener of ours on loopback, and must fail.
 */
typedef struct _TnCanary TnCanary;

typedef enum
{
  TN_CANARY_UNKNOWN, /* the page did not get so far as to try */
  TN_CANARY_KEPT_IN,
  TN_CANARY_GOT_OUT,
} TnCanaryVerdict;

/* @verdict comes once, from the main context; the canary may be freed in it. */
typedef void (*TnCanaryDone) (TnCanaryVerdict verdict, gpointer user_data);

/* Starts at once; %NULL with @error where there can't be a listener. */
TnCanary *tn_canary_new (TnRuntime *runtime, TnCanaryDone done, gpointer user_data, GError **error);
void tn_canary_free (TnCanary *self);

/* Where it listens. */
guint16 tn_canary_get_port (TnCanary *self);

G_END_DECLS
