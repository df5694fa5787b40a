/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-store-private.h"

#include <glib/gi18n-lib.h>

#include "tn-clock.h"

/* How long an event may wait for others to be written together with. */
#define FLUSH_US (250 * 1000)

struct _TnStore
{
  GObject parent;

  GThread *owner;
  GMainContext *context; /* the owner's, where calls are answered */
  GAsyncQueue *queue;    /* of TnCall */
  GThread *thread;       /* NULL once closed */

  TnStoreOutcome outcome;
  char *notice;
  gboolean can_undo;
  gboolean can_redo;
};

static void tn_store_event_log_init (TnEventLogInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TnStore, tn_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TN_TYPE_EVENT_LOG, tn_store_event_log_init))

enum
{
  PROP_0,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  N_PROPS,
};

enum
{
  CHANGED,
  HISTORY_CHANGED,
  TAMPERED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

TnCall *
tn_call_new (TnCallWork work, GDestroyNotify free_result, gint64 number, const char *text, const char *text2,
             const char *text3)
{
  TnCall *self = g_new0 (TnCall, 1);

  self->work = work;
  self->free_result = free_result;
  self->number = number;
  self->texts[0] = g_strdup (text);
  self->texts[1] = g_strdup (text2);
  self->texts[2] = g_strdup (text3);
  return self;
}

static void
call_free (TnCall *call)
{
  g_clear_object (&call->task);
  g_clear_pointer (&call->operation, tn_operation_unref);
  g_clear_pointer (&call->event, tn_event_unref);
  g_clear_pointer (&call->record, call->free_record);
  g_clear_pointer (&call->records, g_ptr_array_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (call->texts); i++)
    g_free (call->texts[i]);
  g_clear_error (&call->error);
  g_strfreev (call->changed);
  g_clear_pointer (&call->tampered, g_ptr_array_unref);
  g_free (call);
}

static void
set_flag (TnStore *self, gboolean *flag, gboolean value, guint property)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* Back on the owner's thread. */
static gboolean
answer_cb (gpointer data)
{
  TnCall *call = data;
  TnStore *self = g_task_get_source_object (call->task);

  if (call->is_history)
    {
      set_flag (self, &self->can_undo, call->can_undo, PROP_CAN_UNDO);
      set_flag (self, &self->can_redo, call->can_redo, PROP_CAN_REDO);
    }
  for (guint i = 0; call->changed != NULL && call->changed[i] != NULL; i++)
    g_signal_emit (self, signals[CHANGED], 0, call->changed[i]);
  if (call->list_changed)
    g_signal_emit (self, signals[HISTORY_CHANGED], 0);
  for (guint i = 0; call->tampered != NULL && i < call->tampered->len; i += 2)
    g_signal_emit (self, signals[TAMPERED], 0, call->tampered->pdata[i], call->tampered->pdata[i + 1]);
  if (call->error != NULL)
    g_task_return_error (call->task, g_steal_pointer (&call->error));
  else
    g_task_return_pointer (call->task, call->result, call->free_result);
  return G_SOURCE_REMOVE;
}

static void
answer (TnCall *call)
{
  /* Not g_main_context_invoke(): that runs on this thread whenever the owner does not iterate its context. */
  g_autoptr (GSource) source = g_idle_source_new ();
  TnStore *self = g_task_get_source_object (call->task);

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, answer_cb, call, (GDestroyNotify) call_free);
  g_source_attach (source, self->context);
}

/* On the thread. */

void
tn_call_read_history (TnCall *self, TnDb *db)
{
  self->is_history = TRUE;
  self->can_undo = tn_db_can_undo (db);
  self->can_redo = tn_db_can_redo (db);
}

void
tn_call_note_history (TnCall *self, TnDb *db)
{
  tn_call_read_history (self, db);
  self->changed = tn_db_take_touched (db);
  self->list_changed = self->changed[0] != NULL;
}

static gpointer
do_open (TnWorker *worker, TnCall *call, GError **error)
{
  TnStore *self = g_task_get_source_object (call->task);

  worker->db = tn_db_open (call->texts[0], TN_DB_READ_WRITE, error);
  if (worker->db == NULL)
    return NULL;
  /* The owner looks at them only after this call is answered. */
  self->outcome = tn_db_get_outcome (worker->db);
  self->notice = g_strdup (tn_db_get_notice (worker->db));
  tn_call_read_history (call, worker->db);
  return g_object_ref (self);
}

static gpointer
do_append_event (TnWorker *worker, TnCall *call, GError **error)
{
  if (worker->flush_at == 0)
    worker->flush_at = tn_clock_monotonic_us () + FLUSH_US;
  return GINT_TO_POINTER (tn_db_append_event (worker->db, call->event, error));
}

static void
flush_events (TnWorker *worker)
{
  g_autoptr (GError) error = NULL;

  worker->flush_at = 0;
  if (!tn_db_flush_events (worker->db, &error))
    g_warning ("Events were not kept: %s", error->message);
}

/* Waits for the next call, no longer than the events may. */
static TnCall *
next_call (TnWorker *worker)
{
  while (worker->flush_at != 0)
    {
      gint64 left = worker->flush_at - tn_clock_monotonic_us ();
      TnCall *call = left > 0 ? g_async_queue_timeout_pop (worker->queue, left) : NULL;

      if (call != NULL)
        return call;
      flush_events (worker);
    }
  return g_async_queue_pop (worker->queue);
}

static void
run_call (TnWorker *worker, TnCall *call)
{
  GCancellable *cancellable = call->task != NULL ? g_task_get_cancellable (call->task) : NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &call->error))
    {
      if (worker->db != NULL || call->work == do_open)
        call->result = call->work (worker, call, &call->error);
      else
        g_set_error_literal (&call->error, TN_STORE_ERROR, TN_STORE_ERROR_OPEN, _("The workspace is not open"));
    }
  call->tampered = tn_db_take_tampered (worker->db);
  if (call->task != NULL)
    {
      answer (call);
      return;
    }
  if (call->error != NULL)
    g_warning ("Events were not kept: %s", call->error->message);
  call_free (call);
}

static gpointer
run_thread (gpointer queue)
{
  TnWorker worker = { .queue = queue };
  TnCall *call;

  while ((call = next_call (&worker))->work != NULL)
    run_call (&worker, call);
  call_free (call);
  tn_db_close (worker.db);
  g_async_queue_unref (queue);
  return NULL;
}

/* On the owner's thread. */

void
tn_store_submit (TnStore *self, TnCall *call, gpointer tag, GCancellable *cancellable, GAsyncReadyCallback callback,
                 gpointer user_data)
{
  g_assert (self->owner == g_thread_self ());

  call->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (call->task, tag);
  /* What was done is not made undone by a late cancel. */
  g_task_set_check_cancellable (call->task, FALSE);
  if (self->thread != NULL)
    {
      g_async_queue_push (self->queue, call);
      return;
    }
  g_task_return_new_error (call->task, TN_STORE_ERROR, TN_STORE_ERROR_OPEN, _("The workspace is closed"));
  call_free (call);
}

gpointer
tn_store_finish (TnStore *self, GAsyncResult *result, gpointer tag, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
tn_store_append (TnEventLog *log, TnEvent *event)
{
  TnStore *self = TN_STORE (log);
  TnCall *call;

  g_assert (self->owner == g_thread_self ());

  if (self->thread == NULL)
    return;
  call = tn_call_new (do_append_event, NULL, 0, NULL, NULL, NULL);
  call->event = tn_event_ref (event);
  g_async_queue_push (self->queue, call);
}

static void
tn_store_event_log_init (TnEventLogInterface *iface)
{
  iface->append = tn_store_append;
}

static void
tn_store_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TnStore *self = TN_STORE (object);

  switch (id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, self->can_undo);
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, self->can_redo);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tn_store_dispose (GObject *object)
{
  tn_store_close (TN_STORE (object));
  G_OBJECT_CLASS (tn_store_parent_class)->dispose (object);
}

static void
tn_store_finalize (GObject *object)
{
  TnStore *self = TN_STORE (object);

  g_async_queue_unref (self->queue);
  g_main_context_unref (self->context);
  g_free (self->notice);
  G_OBJECT_CLASS (tn_store_parent_class)->finalize (object);
}

static void
tn_store_class_init (TnStoreClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = tn_store_get_property;
  object_class->dispose = tn_store_dispose;
  object_class->finalize = tn_store_finalize;

  properties[PROP_CAN_UNDO]
    = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_REDO]
    = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TnStore::changed:
   * @canvas_id: a canvas that an operation changed, made or took away
   */
  signals[CHANGED]
    = g_signal_new ("changed", TN_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * TnStore::history-changed:
   *
   * What tn_store_list_history_async() tells is another now.
   */
  signals[HISTORY_CHANGED]
    = g_signal_new ("history-changed", TN_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * TnStore::tampered:
   * @app_key: of an app whose data are encrypted
   * @owner: the tile's id or the app's key
   *
   * A text of its that was asked for is not what was sealed.
   */
  signals[TAMPERED] = g_signal_new ("tampered", TN_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                    G_TYPE_STRING, G_TYPE_STRING);
}

static void
tn_store_init (TnStore *self)
{
  self->owner = g_thread_self ();
  self->context = g_main_context_ref_thread_default ();
  self->queue = g_async_queue_new ();
  self->thread = g_thread_new ("tn-store", run_thread, g_async_queue_ref (self->queue));
}

void
tn_store_open_async (const char *directory, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (TnStore) self = NULL;

  g_return_if_fail (directory != NULL);

  self = g_object_new (TN_TYPE_STORE, NULL);
  tn_store_submit (self, tn_call_new (do_open, g_object_unref, 0, directory, NULL, NULL), tn_store_open_async,
                   cancellable, callback, user_data);
}

/**
 * tn_store_open_finish:
 *
 * Returns: (transfer full): the open store, or %NULL with a #TnStoreErrorCode
 */
TnStore *
tn_store_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tn_store_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

TnStoreOutcome
tn_store_get_outcome (TnStore *self)
{
  g_return_val_if_fail (TN_IS_STORE (self), TN_STORE_OPENED);
  return self->outcome;
}

const char *
tn_store_get_notice (TnStore *self)
{
  g_return_val_if_fail (TN_IS_STORE (self), NULL);
  return self->notice;
}

void
tn_store_close (TnStore *self)
{
  g_return_if_fail (TN_IS_STORE (self));

  if (self->thread == NULL)
    return;
  g_async_queue_push (self->queue, tn_call_new (NULL, NULL, 0, NULL, NULL, NULL));
  g_thread_join (g_steal_pointer (&self->thread));
}

gboolean
tn_store_get_can_undo (TnStore *self)
{
  g_return_val_if_fail (TN_IS_STORE (self), FALSE);
  return self->can_undo;
}

gboolean
tn_store_get_can_redo (TnStore *self)
{
  g_return_val_if_fail (TN_IS_STORE (self), FALSE);
  return self->can_redo;
}
