/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-store-run.h"

#include "tn-store-private.h"

typedef struct
{
  TnStoreRun run;
  gpointer data;
} Work;

static gpointer
do_run (TnWorker *worker, TnCall *call, GError **error)
{
  const Work *work = call->record;
  gboolean done = work->run (worker->db, work->data, error);

  tn_call_note_history (call, worker->db);
  return GINT_TO_POINTER (done);
}

void
tn_store_run_async (TnStore *self, TnStoreRun run, gpointer data, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  TnCall *call;
  Work *work;

  g_return_if_fail (TN_IS_STORE (self));
  g_return_if_fail (run != NULL);

  call = tn_call_new (do_run, NULL, 0, NULL, NULL, NULL);
  work = call->record = g_new (Work, 1);
  *work = (Work) { run, data };
  call->free_record = g_free;
  tn_store_submit (self, call, tn_store_run_async, cancellable, callback, user_data);
}

gboolean
tn_store_run_finish (TnStore *self, GAsyncResult *result, GError **error)
{
  return tn_store_finish (self, result, tn_store_run_async, error) != NULL;
}
