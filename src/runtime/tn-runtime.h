/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tn-audit.h"
#include "tn-bus.h"
#include "tn-catalogue.h"
#include "tn-history.h"
#include "tn-instance.h"
#include "tn-limits.h"
#include "tn-log.h"
#include "tn-platform.h"
#include "tn-policy.h"
#include "tn-question.h"
#include "tn-store.h"

G_BEGIN_DECLS

/**
 * TnTheme:
 * @accent: "#rrggbb", like the others
 *
 * How apps should look now; every page gets it as CSS variables and in its context.
 */
typedef struct
{
  gboolean dark;
  gboolean high_contrast;
  char accent[8];
  char foreground[8];
  char background[8]; /* of a tile */
} TnTheme;

/**
 * TnCallMetrics:
 * @failures: of @calls, those that were not answered
 * @time_us: of all calls that are over, until the last byte
 *
 * What an app did through the proxy since the program began.
 */
typedef struct
{
  guint64 calls, failures, bytes_sent, bytes_received;
  gint64 time_us;
} TnCallMetrics;

/**
 * TnBudget:
 * @suspend_s: seconds out of sight after which a tile is suspended
 * @discard_s: and after which it is discarded, where its manifest lets it
 * @memory_mib: of all tiles together
 * @instances: that have a process at a time
 *
 * What all tiles together may have.
 */
typedef struct
{
  guint suspend_s, discard_s;
  guint memory_mib, instances;
} TnBudget;

/**
 * TnRuntime:
 *
 * What all instances share: the content filter, the dead proxy, one network session per app, the memory watch; and
 * the doors to bus, store and policy.
 *
 * Properties: "question", see tn_runtime_get_question().
 *
 * Signal: "notice" (TnInstance, const char *text) when the page of a tile has something to say that the person should
 * read once: one line, to be shown as plain text.
 */
#define TN_TYPE_RUNTIME (tn_runtime_get_type ())
G_DECLARE_FINAL_TYPE (TnRuntime, tn_runtime, TN, RUNTIME, GObject)

/**
 * tn_runtime_new_async:
 * @directory: the workspace's folder; apps' web data goes below it
 *
 * Compiles or loads the content filter; fails rather than run without it.
 */
void tn_runtime_new_async (const char *directory, TnStore *store, TnAudit *audit, TnBus *bus, TnPolicy *policy,
                           TnCatalogue *catalogue, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
TnRuntime *tn_runtime_new_finish (GAsyncResult *result, GError **error);

/* Ends what runs for the runtime itself; before the last reference goes. */
void tn_runtime_close (TnRuntime *self);

/**
 * tn_runtime_create_instance:
 * @app_key: of an app in the catalogue; one that is not there gives an instance in trouble
 * @config: (nullable): the tile's settings
 *
 * Returns: (transfer full): stopped
 */
TnInstance *tn_runtime_create_instance (TnRuntime *self, const char *app_key, const char *app_id, const char *tile_id,
                                        const char *config);

/* (transfer none) (nullable): the one of that tile. */
TnInstance *tn_runtime_find_instance (TnRuntime *self, const char *tile_id);

/**
 * tn_runtime_forget_app_async:
 *
 * Before an app is erased: stops all its instances, keeps others from starting until tn_runtime_end_forgetting(), has WebKit
 * drop what its pages kept, and closes the app's session, so that nobody writes to its data folder any more.
 */
void tn_runtime_forget_app_async (TnRuntime *self, const char *app_key, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_runtime_forget_app_finish (TnRuntime *self, GAsyncResult *result, GError **error);
void tn_runtime_end_forgetting (TnRuntime *self, const char *app_key);

/* Starts what could not be because its app was not there: it may be now. */
void tn_runtime_look_again (TnRuntime *self);

/* Any of @budget that is 0 is what the program thinks right, of memory what suits the machine's; so it is at first. */
void tn_runtime_set_budget (TnRuntime *self, const TnBudget *budget);

/* What holds now; none of it is 0. */
TnBudget tn_runtime_get_budget (TnRuntime *self);

/* How much each app may use; (transfer none). What changes there holds at once. */
TnLimits *tn_runtime_get_limits (TnRuntime *self);

void tn_runtime_set_theme (TnRuntime *self, const TnTheme *theme);

/* Where to pages speak whose console the mode opens. */
void tn_runtime_set_log (TnRuntime *self, TnLog *log);

/* Who does for apps what only a desktop can; (nullable): where there is nobody they are refused. */
void tn_runtime_set_platform (TnRuntime *self, TnPlatform *platform);

/* All zero for an app that did nothing. */
TnCallMetrics tn_runtime_get_call_metrics (TnRuntime *self, const char *app_key);

/* What all tiles used together; (transfer none). */
TnHistory *tn_runtime_get_history (TnRuntime *self);

/* What the person is to be asked now, one thing at a time; (transfer none) (nullable). notify::question. */
TnQuestion *tn_runtime_get_question (TnRuntime *self);

/* PSS of a process in KiB (proc(5), smaps_rollup); -1 where it can't be read. Costs about a millisecond. */
gint64 tn_runtime_read_pss (int pid);

/* What WebKit's shared network process is; 0 before the first page. */
int tn_runtime_get_network_pid (TnRuntime *self);

G_END_DECLS
