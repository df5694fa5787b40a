/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-upkeep.h"

#include <glib/gi18n-lib.h>

#include "tn-erasure-record.h"
#include "tn-erasure.h"
#include "tn-shelf.h"
#include "tn-store-run.h"

/* Not in the way of what is to be seen first. */
#define FIRST_S 30
#define DAY_S (24 * 60 * 60)

struct _TnUpkeep
{
  TnWorkspace *workspace; /* borrowed */
  gulong history_id;
  guint timer;
};

/* What goes to the store's thread and comes back. */
typedef struct
{
  char *directory;
  char *app_key, *app_id, *name; /* nullable */
  gboolean own;
  gboolean moved;
  gboolean erasing; /* and it has not come to its end */
  GPtrArray *erasures; /* of TnErasureRecord */
  guint forgotten;     /* of them */
} Job;

static Job *
job_new (TnWorkspace *workspace, TnApp *app)
{
  Job *job = g_new0 (Job, 1);

  job->directory = g_strdup (tn_workspace_get_directory (workspace));
  if (app != NULL)
    {
      job->app_key = g_strdup (tn_app_get_key (app));
      job->app_id = g_strdup (tn_app_get_id (app));
      job->name = g_strdup (tn_app_get_name (app));
      job->own = g_str_equal (tn_app_get_source (app), TN_SOURCE_MINE);
    }
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->directory);
  g_free (job->app_key);
  g_free (job->app_id);
  g_free (job->name);
  g_clear_pointer (&job->erasures, g_ptr_array_unref);
  g_free (job);
}

/* @workspace and its Job are the task's. */
static GTask *
task_new (TnWorkspace *workspace, TnApp *app, gpointer tag, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (workspace, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, job_new (workspace, app), job_free);
  return task;
}

static void
run (GTask *task, TnStoreRun work, GAsyncReadyCallback callback)
{
  tn_store_run_async (tn_workspace_get_store (g_task_get_source_object (task)), work, g_task_get_task_data (task), NULL,
                      callback, task);
}

/* There are other apps now. */
static void
take_note (TnWorkspace *workspace)
{
  tn_workspace_read_catalogue (workspace);
  if (tn_workspace_get_runtime (workspace) != NULL)
    tn_runtime_look_again (tn_workspace_get_runtime (workspace));
}

/* On the store's thread. */

static gboolean
run_settle (TnDb *db, gpointer data, GError **error)
{
  Job *job = data;

  return tn_shelf_settle (db, job->directory, &job->moved, error);
}

static gboolean
run_begin (TnDb *db, gpointer data, GError **error)
{
  Job *job = data;
  g_autoptr (GPtrArray) erasures = tn_db_list_erasures (db, error);

  if (erasures == NULL)
    return FALSE;
  job->moved = job->erasing = erasures->len > 0;
  if (!tn_erasure_run_all (db, job->directory, error))
    return FALSE;
  job->erasing = FALSE;
  return run_settle (db, data, error);
}

static gboolean
run_collect (TnDb *db, gpointer data, GError **error)
{
  const Job *job = data;

  return tn_shelf_collect (db, job->directory, error);
}

static gboolean
run_remove (TnDb *db, gpointer data, GError **error)
{
  const Job *job = data;

  return tn_db_remove_app (db, job->app_key, job->app_id, job->name, job->own, error);
}

static gboolean
run_note (TnDb *db, gpointer data, GError **error)
{
  Job *job = data;

  if (job->app_key != NULL && !tn_db_begin_erasure (db, job->app_key, job->app_id, error))
    return FALSE;
  job->erasures = tn_db_list_erasures (db, error);
  return job->erasures != NULL;
}

static gboolean
run_erase (TnDb *db, gpointer data, GError **error)
{
  const Job *job = data;

  return tn_erasure_run_all (db, job->directory, error);
}

/* Back from there. */

/* The person was promised that it is gone. */
static void
tell_unerased (TnWorkspace *workspace, const GError *error)
{
  g_autofree char *sentence = g_strdup_printf (_("An app that was erased is not all gone yet. %s."), error->message);

  g_message ("%s", sentence);
  tn_workspace_tell (workspace, sentence);
}

static void
kept_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Job *job = g_task_get_task_data (task);

  if (!tn_store_run_finish (TN_STORE (source), result, &error)
      && !g_error_matches (error, TN_STORE_ERROR, TN_STORE_ERROR_OPEN))
    {
      if (job->erasing)
        tell_unerased (g_task_get_source_object (task), error);
      else
        g_warning ("The workspace could not be kept tidy: %s", error->message);
    }
  if (job->moved)
    take_note (g_task_get_source_object (task));
  g_task_return_boolean (task, TRUE);
}

static void
keep_up (TnWorkspace *workspace, TnStoreRun work)
{
  run (task_new (workspace, NULL, keep_up, NULL, NULL), work, kept_up_cb);
}

static void
history_changed_cb (TnUpkeep *self)
{
  keep_up (self->workspace, run_settle);
}

static gboolean
collect_cb (gpointer user_data)
{
  TnUpkeep *self = user_data;

  keep_up (self->workspace, run_collect);
  self->timer = g_timeout_add_seconds (DAY_S, collect_cb, self);
  return G_SOURCE_REMOVE;
}

TnUpkeep *
tn_upkeep_new (TnWorkspace *workspace)
{
  TnUpkeep *self = g_new0 (TnUpkeep, 1);

  self->workspace = workspace;
  self->history_id = g_signal_connect_swapped (tn_workspace_get_store (workspace), "history-changed",
                                               G_CALLBACK (history_changed_cb), self);
  self->timer = g_timeout_add_seconds (FIRST_S, collect_cb, self);
  keep_up (workspace, run_begin);
  return self;
}

void
tn_upkeep_free (TnUpkeep *self)
{
  g_signal_handler_disconnect (tn_workspace_get_store (self->workspace), self->history_id);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_free (self);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (tn_store_run_finish (TN_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
tn_upkeep_remove_async (TnWorkspace *workspace, TnApp *app, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_WORKSPACE (workspace) && tn_workspace_get_store (workspace) != NULL);
  g_return_if_fail (TN_IS_APP (app));

  run (task_new (workspace, app, tn_upkeep_remove_async, callback, user_data), run_remove, removed_cb);
}

gboolean
tn_upkeep_remove_finish (TnWorkspace *workspace, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, workspace), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Whatever came of it: what is known of the apps is read anew, and they may run where they are still there. */
static void
erased_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TnWorkspace *workspace = g_task_get_source_object (task);
  TnRuntime *runtime = tn_workspace_get_runtime (workspace);
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean done = tn_store_run_finish (TN_STORE (source), result, &error);

  for (guint i = 0; runtime != NULL && i < job->erasures->len; i++)
    tn_runtime_end_forgetting (runtime, ((TnErasureRecord *) job->erasures->pdata[i])->app_key);
  tn_policy_load_async (tn_workspace_get_policy (workspace), NULL, NULL, NULL);
  take_note (workspace);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
audited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  run (user_data, run_erase, erased_cb);
}

static void forget_next (GTask *task);

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  forget_next (user_data);
}

/* One after the other, and then what was still to be written about them. */
static void
forget_next (GTask *task)
{
  TnWorkspace *workspace = g_task_get_source_object (task);
  TnRuntime *runtime = tn_workspace_get_runtime (workspace);
  Job *job = g_task_get_task_data (task);

  if (runtime != NULL && job->forgotten < job->erasures->len)
    tn_runtime_forget_app_async (runtime, ((TnErasureRecord *) job->erasures->pdata[job->forgotten++])->app_key, NULL,
                                 forgotten_cb, task);
  else
    tn_audit_flush_async (tn_workspace_get_audit (workspace), NULL, audited_cb, task);
}

static void
noted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (tn_store_run_finish (TN_STORE (source), result, &error))
    forget_next (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

void
tn_upkeep_erase_async (TnWorkspace *workspace, TnApp *app, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_WORKSPACE (workspace) && tn_workspace_get_store (workspace) != NULL);
  g_return_if_fail (app == NULL || TN_IS_APP (app));

  run (task_new (workspace, app, tn_upkeep_erase_async, callback, user_data), run_note, noted_cb);
}

gboolean
tn_upkeep_erase_finish (TnWorkspace *workspace, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, workspace), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
