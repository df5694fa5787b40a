/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-instance-private.h"
#include "tn-rate.h"

G_BEGIN_DECLS

struct _TnWebxdc
{
  TnInstance *instance; /* borrowed: it owns this */

  gboolean telling, tell_again; /* that there are new updates */
  TnRate notices;

  /* tn-webxdc-realtime.c */
  gboolean joined, delivering;
  GQueue *waiting; /* of char *: base64, on its way to the page */
  gsize waiting_bytes;

  /* tn-webxdc-files.c */
  GByteArray *parts; /* of a file that the page hands over */
};

/* A call that waits for an answer from elsewhere, and whose it is. */
typedef struct
{
  TnInstance *instance;
  TnCall *call;
} TnWebxdcCall;

TnWebxdcCall *tn_webxdc_call_new (TnInstance *instance, TnCall *call);
void tn_webxdc_call_free (TnWebxdcCall *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnWebxdcCall, tn_webxdc_call_free)

/* Makes @text one line of at most @length characters; (transfer full) (nullable). */
char *tn_webxdc_line (const char *text, glong length);

void tn_webxdc_realtime_reset (TnWebxdc *self);
void tn_webxdc_join_method (gpointer owner, JsonObject *params, TnCall *call);
void tn_webxdc_leave_method (gpointer owner, JsonObject *params, TnCall *call);
void tn_webxdc_beam_method (gpointer owner, JsonObject *params, TnCall *call);

void tn_webxdc_part_method (gpointer owner, JsonObject *params, TnCall *call);
void tn_webxdc_share_method (gpointer owner, JsonObject *params, TnCall *call);

G_END_DECLS
