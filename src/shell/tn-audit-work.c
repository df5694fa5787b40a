/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-audit-work.h"

#include <glib/gi18n-lib.h>

#include "tn-audit-export.h"
#include "tn-audit-words.h"

typedef struct
{
  char *directory;
  char *public_key;
  char *app_key, *kind, *text;
  gint64 since_us;
  GFile *file;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->directory);
  g_free (work->public_key);
  g_free (work->app_key);
  g_free (work->kind);
  g_free (work->text);
  g_clear_object (&work->file);
  g_free (work);
}

void
tn_audit_state_free (TnAuditState *self)
{
  if (self == NULL)
    return;
  g_free (self->words);
  g_free (self);
}

static gboolean
check_heads (TnDb *db, const Work *work, const TnAuditVerdict *chain, TnAuditHeadsVerdict *heads, GError **error)
{
  g_autofree char *path = g_build_filename (work->directory, TN_AUDIT_HEADS_FILE, NULL);
  g_autofree char *text = NULL;

  *heads = (TnAuditHeadsVerdict){ 0 };
  if (chain->fault != TN_AUDIT_WHOLE || !g_file_get_contents (path, &text, NULL, NULL))
    return TRUE;
  return tn_audit_heads_check (db, text, chain, work->public_key, heads, error);
}

static TnAuditState *
describe (const Work *work, const TnAuditVerdict *chain, const TnAuditHeadsVerdict *heads)
{
  TnAuditState *state = g_new0 (TnAuditState, 1);
  gboolean compared = heads->n_heads > 0;
  g_autofree char *words = tn_audit_verdict_to_words (chain, compared ? heads : NULL);
  const char *no_key
    = compared
        ? _("No unlocked keyring was found, so it is not known whose signatures these are.")
        : _("No unlocked keyring was found to sign with, so a record that was rewritten as a whole would not be noticed.");

  state->whole = chain->fault == TN_AUDIT_WHOLE && (!compared || heads->fault == TN_AUDIT_HEADS_GOOD);
  state->words = state->whole && work->public_key == NULL ? g_strdup_printf ("%s %s", words, no_key)
                                                           : g_steal_pointer (&words);
  return state;
}

static void
verify_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Work *work = data;
  GError *error = NULL;
  g_autoptr (TnDb) db = tn_db_open (work->directory, TN_DB_READ_ONLY, &error);
  TnAuditHeadsVerdict heads;
  TnAuditVerdict chain;

  if (db != NULL && tn_db_verify_audit (db, &chain, &error) && check_heads (db, work, &chain, &heads, &error))
    g_task_return_pointer (task, describe (work, &chain, &heads), (GDestroyNotify) tn_audit_state_free);
  else
    g_task_return_error (task, error);
}

static void
export_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Work *work = data;
  TnAuditFilter filter = { work->app_key, work->kind, work->text, work->since_us };
  GError *error = NULL;
  g_autoptr (TnDb) db = tn_db_open (work->directory, TN_DB_READ_ONLY, &error);
  g_autoptr (GFileOutputStream) stream
    = db != NULL ? g_file_replace (work->file, NULL, FALSE, G_FILE_CREATE_PRIVATE, cancellable, &error) : NULL;
  gint64 n;

  if (stream != NULL && tn_audit_export (db, &filter, G_OUTPUT_STREAM (stream), &n, cancellable, &error)
      && g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, &error))
    g_task_return_int (task, n);
  else
    g_task_return_error (task, error);
}

void
tn_audit_verify_async (const char *directory, const char *public_key, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->directory = g_strdup (directory);
  work->public_key = g_strdup (public_key);
  g_task_set_source_tag (task, tn_audit_verify_async);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, verify_thread);
}

TnAuditState *
tn_audit_verify_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tn_audit_verify_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
tn_audit_export_async (const char *directory, const TnAuditFilter *filter, GFile *file, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->directory = g_strdup (directory);
  work->app_key = g_strdup (filter->app_key);
  work->kind = g_strdup (filter->kind);
  work->text = g_strdup (filter->text);
  work->since_us = filter->since_us;
  work->file = g_object_ref (file);
  g_task_set_source_tag (task, tn_audit_export_async);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, export_thread);
}

gint64
tn_audit_export_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tn_audit_export_async), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
