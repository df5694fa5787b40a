/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-canary.h"
#include "tn-runtime.h"

G_BEGIN_DECLS

/**
 * TnSafety:
 * @trouble: %TN_TROUBLE_NONE where there is none
 * @running: whether there is a process; else what follows about it is of the last one
 * @proof: of the process, read anew for this where it is @running; @proof.pid is 0 where there never was one
 * @proved: how many processes of it were proved since it was made, and @proved_us when the last one was, since 1970 UTC
 * @by_portal: whether the Flatpak portal locks processes in; else bubblewrap does
 * @canary: what came of the page of ours that tried to get out
 * @csp: the content security policy of every answer that it gets
 * @domains: (array zero-terminated=1): that it may reach through the program
 * @csp_blocked: what that policy stopped so far
 * @calls: through the program so far, the whole app's
 * @messages: that its page sent so far, and @messages_refused of those
 * @allowed: how many of its permissions are, @to_ask and @denied likewise
 * @calls_allowed: calls that needed a permission so far, and @calls_refused
 * @usage: in the last seconds; @requests in the last minute
 * @share: of the time that it may run
 * @held: by the person or the host: it does not run at all just now
 *
 * What was measured of one tile's five walls (design.md, section 9). It belongs to the caller.
 */
typedef struct
{
  TnApp *app; /* nullable */
  char *tile_id;
  TnTrouble trouble;
  gboolean running, held;

  TnProof proof;
  guint proved;
  gint64 proved_us;
  gboolean by_portal;

  TnCanaryVerdict canary;
  char *csp;
  GStrv domains;
  guint64 csp_blocked;
  TnCallMetrics calls;

  guint64 messages, messages_refused;
  gsize message_bytes;
  guint message_depth, messages_per_second;

  TnSandboxLevel level;
  guint allowed, to_ask, denied;
  guint64 calls_allowed, calls_refused;

  TnUsage usage;
  double requests;
  TnResources limits;
  double share;
} TnSafety;

/* Reads a process's files in a thread. Finish: (transfer full). */
void tn_safety_measure_async (TnInstance *instance, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data);
TnSafety *tn_safety_measure_finish (GAsyncResult *result, GError **error);

void tn_safety_free (TnSafety *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnSafety, tn_safety_free)

G_END_DECLS
