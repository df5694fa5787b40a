/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-audit.h"

#include "tn-audit-heads.h"
#include "tn-audit-sieve.h"
#include "tn-clock.h"

#define FLUSH_MS 100
#define RETRY_MS 1000
#define DRAIN_MS 15000
#define SIGN_MS (5 * 60 * 1000)
#define MAX_WAITING 4096

struct _TnAudit
{
  GObject parent;

  TnStore *store;
  TnLog *log; /* (nullable) */
  TnAuditSieve *sieve;
  GPtrArray *waiting; /* not handed to the store yet */
  GPtrArray *written; /* (nullable): what the store has now */
  GPtrArray *flushes; /* of GTask: wait for all that was added */
  guint64 n_lost;
  guint flush_source, drain_source, sign_source;
  gboolean complained, closed;

  TnAuditKey *key; /* (nullable) */
  char *heads;     /* (nullable) */
  gint64 head_seq; /* the newest row that is known of; 0 for none */
  char *head_hash;
  gint64 signed_seq;
};

G_DEFINE_FINAL_TYPE (TnAudit, tn_audit, G_TYPE_OBJECT)

static guint written_signal;

static void flush_soon (TnAudit *self, guint ms);

static GPtrArray *
new_rows (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) tn_audit_record_free);
}

/* A journal that is not there is none: the file has the head all the same. */
static void
write_journal (const char *head, gint64 seq)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, seq);
  const GLogField fields[] = {
    { "MESSAGE", "The audit has a new signed head", -1 },
    { "PRIORITY", "6", -1 },
    { "SYSLOG_IDENTIFIER", "token-nexus-canvas", -1 },
    { "TN_AUDIT_SEQ", number, -1 },
    { "TN_AUDIT_HEAD", head, -1 },
  };

  g_log_writer_journald (G_LOG_LEVEL_INFO, fields, G_N_ELEMENTS (fields), NULL);
}

static void
sign_head (TnAudit *self)
{
  g_autofree char *head = NULL;
  g_autoptr (GError) error = NULL;

  if (self->key == NULL || self->head_seq <= self->signed_seq)
    return;
  head = tn_audit_head_new (self->head_seq, self->head_hash, tn_clock_wall_us (), self->key);
  self->signed_seq = self->head_seq;
  write_journal (head, self->head_seq);
  if (self->heads != NULL && !tn_audit_heads_append (self->heads, head, &error))
    g_warning ("The head of the audit was not kept: %s", error->message);
}

static gboolean
sign_cb (gpointer user_data)
{
  TnAudit *self = user_data;

  self->sign_source = 0;
  sign_head (self);
  return G_SOURCE_REMOVE;
}

static void
note_head (TnAudit *self, GPtrArray *rows)
{
  const TnAuditRecord *last = rows->pdata[rows->len - 1];

  if (last->hash == NULL || last->seq <= self->head_seq)
    return;
  self->head_seq = last->seq;
  g_free (self->head_hash);
  self->head_hash = g_strdup (last->hash);
  if (self->key != NULL && self->sign_source == 0 && !self->closed)
    self->sign_source = g_timeout_add (SIGN_MS, sign_cb, self);
}

static void
finish_flushes (TnAudit *self)
{
  g_autoptr (GPtrArray) flushes = g_steal_pointer (&self->flushes);

  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < flushes->len; i++)
    g_task_return_boolean (flushes->pdata[i], TRUE);
}

/* They are tried again in front of what came since; past the bound the newest are only counted. */
static void
take_back (TnAudit *self, GPtrArray *rows)
{
  g_autoptr (GPtrArray) newer = self->waiting;

  self->waiting = new_rows ();
  g_ptr_array_extend_and_steal (self->waiting, g_ptr_array_ref (rows));
  g_ptr_array_extend_and_steal (self->waiting, g_steal_pointer (&newer));
  if (self->waiting->len > MAX_WAITING)
    {
      self->n_lost += self->waiting->len - MAX_WAITING;
      g_ptr_array_set_size (self->waiting, MAX_WAITING);
    }
}

static void
appended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnAudit) self = user_data;
  g_autoptr (GPtrArray) rows = g_steal_pointer (&self->written);
  g_autoptr (GError) error = NULL;

  if (tn_store_append_audit_finish (TN_STORE (source), result, &error))
    {
      self->complained = FALSE;
      note_head (self, rows);
      g_signal_emit (self, written_signal, 0);
      if (self->waiting->len > 0)
        flush_soon (self, 0);
      else
        finish_flushes (self);
      return;
    }
  if (!self->complained)
    g_warning ("The audit could not be written and is tried again: %s", error->message);
  self->complained = TRUE;
  take_back (self, rows);
  finish_flushes (self);
  flush_soon (self, RETRY_MS);
}

static void
add_lost (TnAudit *self)
{
  TnAuditRecord *row;

  if (self->n_lost == 0)
    return;
  row = tn_audit_record_new ("audit.lost", NULL, NULL, NULL, "lost", "the store could not be written for too long");
  row->count = self->n_lost;
  self->n_lost = 0;
  g_ptr_array_add (self->waiting, row);
}

/* One batch at a time. */
static void
flush (TnAudit *self)
{
  g_clear_handle_id (&self->flush_source, g_source_remove);
  if (self->written != NULL)
    return;
  add_lost (self);
  if (self->waiting->len == 0)
    {
      finish_flushes (self);
      return;
    }
  self->written = g_steal_pointer (&self->waiting);
  self->waiting = new_rows ();
  tn_store_append_audit_async (self->store, self->written, NULL, appended_cb, g_object_ref (self));
}

static gboolean
flush_cb (gpointer user_data)
{
  TnAudit *self = user_data;

  self->flush_source = 0;
  flush (self);
  return G_SOURCE_REMOVE;
}

static void
flush_soon (TnAudit *self, guint ms)
{
  if (!self->closed && self->flush_source == 0 && self->written == NULL)
    self->flush_source = g_timeout_add (ms, flush_cb, self);
}

static gboolean
drain_cb (gpointer user_data)
{
  TnAudit *self = user_data;
  gboolean more = tn_audit_sieve_drain (self->sieve, self->waiting, FALSE);

  if (self->waiting->len > 0)
    flush_soon (self, FLUSH_MS);
  if (more)
    return G_SOURCE_CONTINUE;
  self->drain_source = 0;
  return G_SOURCE_REMOVE;
}

static void
tn_audit_dispose (GObject *object)
{
  TnAudit *self = TN_AUDIT (object);

  g_clear_handle_id (&self->flush_source, g_source_remove);
  g_clear_handle_id (&self->drain_source, g_source_remove);
  g_clear_handle_id (&self->sign_source, g_source_remove);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (tn_audit_parent_class)->dispose (object);
}

static void
tn_audit_finalize (GObject *object)
{
  TnAudit *self = TN_AUDIT (object);

  g_clear_object (&self->log);
  tn_audit_sieve_free (self->sieve);
  tn_audit_key_free (self->key);
  g_ptr_array_unref (self->waiting);
  g_clear_pointer (&self->written, g_ptr_array_unref);
  g_ptr_array_unref (self->flushes);
  g_free (self->heads);
  g_free (self->head_hash);
  G_OBJECT_CLASS (tn_audit_parent_class)->finalize (object);
}

static void
tn_audit_class_init (TnAuditClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tn_audit_dispose;
  G_OBJECT_CLASS (klass)->finalize = tn_audit_finalize;

  written_signal
    = g_signal_new ("written", TN_TYPE_AUDIT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tn_audit_init (TnAudit *self)
{
  self->sieve = tn_audit_sieve_new ();
  self->waiting = new_rows ();
  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
}

TnAudit *
tn_audit_new (TnStore *store, const char *heads)
{
  TnAudit *self;

  g_return_val_if_fail (TN_IS_STORE (store), NULL);

  self = g_object_new (TN_TYPE_AUDIT, NULL);
  self->store = g_object_ref (store);
  self->heads = g_strdup (heads);
  return self;
}

/* Kinds of rows that tell of what an app was kept from; all that begin so. */
static const char *const security[] = { "call.refused", "limit.", "process.unproved", "process.canary", NULL };

static gboolean
is_security (const char *kind)
{
  for (guint i = 0; security[i] != NULL; i++)
    if (g_str_has_prefix (kind, security[i]))
      return TRUE;
  return FALSE;
}

static void
tell_log (TnAudit *self, const TnAuditRecord *row)
{
  g_autoptr (GString) text = g_string_new (row->kind);
  const char *const parts[] = { row->subject, row->outcome, row->detail };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (text, " · %s", parts[i]);
  tn_log_add (self->log, &(TnLogRecord){ .level = is_security (row->kind) ? TN_LOG_SECURITY : TN_LOG_AUDIT,
                                         .app_key = row->app_key, .tile_id = row->tile_id, .text = text->str });
}

void
tn_audit_set_log (TnAudit *self, TnLog *log)
{
  g_return_if_fail (TN_IS_AUDIT (self) && TN_IS_LOG (log));

  g_set_object (&self->log, log);
}

void
tn_audit_add (TnAudit *self, const char *kind, const char *app_key, const char *tile_id, const char *subject,
              const char *outcome, const char *detail)
{
  TnAuditRecord *row;

  g_return_if_fail (TN_IS_AUDIT (self) && kind != NULL);

  if (self->closed)
    return;
  row = tn_audit_sieve_add (self->sieve, tn_audit_record_new (kind, app_key, tile_id, subject, outcome, detail));
  if (self->drain_source == 0)
    self->drain_source = g_timeout_add (DRAIN_MS, drain_cb, self);
  if (row == NULL)
    return;
  if (self->log != NULL && !g_str_has_prefix (kind, "csp."))
    tell_log (self, row);
  if (self->waiting->len < MAX_WAITING)
    g_ptr_array_add (self->waiting, row);
  else
    {
      tn_audit_record_free (row);
      self->n_lost++;
    }
  flush_soon (self, FLUSH_MS);
}

void
tn_audit_set_key (TnAudit *self, TnAuditKey *key)
{
  g_return_if_fail (TN_IS_AUDIT (self) && key != NULL);

  tn_audit_key_free (self->key);
  self->key = key;
  sign_head (self);
}

gboolean
tn_audit_is_signed (TnAudit *self)
{
  g_return_val_if_fail (TN_IS_AUDIT (self), FALSE);

  return self->key != NULL;
}

const char *
tn_audit_get_public_key (TnAudit *self)
{
  g_return_val_if_fail (TN_IS_AUDIT (self), NULL);

  return self->key != NULL ? tn_audit_key_get_public (self->key) : NULL;
}

void
tn_audit_flush_async (TnAudit *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_AUDIT (self));

  g_ptr_array_add (self->flushes, g_task_new (self, cancellable, callback, user_data));
  flush (self);
}

gboolean
tn_audit_flush_finish (TnAudit *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
tn_audit_close (TnAudit *self)
{
  g_autoptr (GPtrArray) before = NULL, last = NULL;

  g_return_if_fail (TN_IS_AUDIT (self));

  if (self->closed)
    return;
  self->closed = TRUE;
  g_clear_handle_id (&self->drain_source, g_source_remove);
  g_clear_handle_id (&self->flush_source, g_source_remove);
  g_clear_handle_id (&self->sign_source, g_source_remove);
  tn_audit_sieve_drain (self->sieve, self->waiting, TRUE);
  add_lost (self);
  before = self->written != NULL ? g_ptr_array_ref (self->written) : NULL;
  last = g_ptr_array_ref (self->waiting);
  if (last->len > 0)
    tn_store_append_audit_async (self->store, last, NULL, NULL, NULL);
  tn_store_close (self->store);
  /* The store's thread has ended: nobody else looks at them now. */
  if (before != NULL)
    note_head (self, before);
  if (last->len > 0)
    note_head (self, last);
  sign_head (self);
  finish_flushes (self);
}
