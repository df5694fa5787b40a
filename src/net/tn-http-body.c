/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-http-private.h"

#define TN_TYPE_HTTP_BODY (tn_http_body_get_type ())
G_DECLARE_FINAL_TYPE (TnHttpBody, tn_http_body, TN, HTTP_BODY, GInputStream)

struct _TnHttpBody
{
  GInputStream parent_instance;

  GInputStream *base;   /* NULL when all of it is over */
  SoupSession *session; /* would end its connections without us */
  char *host;
  TnHttpWatch *watch;
  TnHttpPending *pending; /* nullable */
  GCancellable *stop;     /* ours */
  GCancellable *outer;    /* nullable: the call's */
  gulong outer_handler;
  GError *error; /* why nothing more comes; NULL for the proper end */
};

/* One read that has to wait. */
typedef struct
{
  void *buffer;
  GCancellable *reader;
  gulong handler;
} Wait;

G_DEFINE_FINAL_TYPE (TnHttpBody, tn_http_body, G_TYPE_INPUT_STREAM)

/* The connection is free for the next call, or ended where something is left in it. */
static void
release (TnHttpBody *self)
{
  if (self->outer_handler != 0)
    g_signal_handler_disconnect (self->outer, self->outer_handler);
  self->outer_handler = 0;
  g_clear_object (&self->outer);
  if (self->base != NULL)
    g_input_stream_close (self->base, NULL, NULL);
  g_clear_object (&self->base);
  g_clear_object (&self->session);
  g_clear_pointer (&self->pending, tn_http_pending_free);
  g_clear_pointer (&self->watch, tn_http_watch_free);
}

static void
end (TnHttpBody *self, GError *error)
{
  if (self->base == NULL)
    g_clear_error (&error);
  if (error != NULL)
    self->error = tn_http_translate (error, self->host);
  release (self);
}

static void
stopped_cb (GCancellable *outer, TnHttpBody *self)
{
  g_cancellable_cancel (self->stop);
  if (!g_input_stream_has_pending (G_INPUT_STREAM (self)))
    end (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped"));
}

static void
keep (TnHttpBody *self, const void *data, gsize bytes)
{
  if (self->pending != NULL && !tn_http_pending_add (self->pending, data, bytes))
    self->pending = NULL;
}

/* What a read brought. Returns: how many bytes, or -1 with the stream's error set */
static gssize
take (TnHttpBody *self, const void *buffer, gssize n, GError *error)
{
  if (n > 0 && self->watch->guard.meter (n, &error, self->watch->user_data))
    {
      keep (self, buffer, n);
      return n;
    }
  if (n == 0 && self->pending != NULL)
    tn_http_pending_commit (g_steal_pointer (&self->pending));
  end (self, error);
  return self->error != NULL ? -1 : 0;
}

static void
answer (TnHttpBody *self, GTask *task, gssize n)
{
  if (n >= 0)
    g_task_return_int (task, n);
  else
    g_task_return_error (task, g_error_copy (self->error));
}

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  if (wait->handler != 0)
    g_signal_handler_disconnect (wait->reader, wait->handler);
  g_clear_object (&wait->reader);
  g_free (wait);
}

static void
came_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TnHttpBody *self = g_task_get_source_object (task);
  Wait *wait = g_task_get_task_data (task);
  GError *error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  answer (self, task, take (self, wait->buffer, n, error));
}

/* Who reads may give up: then nobody wants the rest. */
static void
wait_for_more (TnHttpBody *self, GTask *task, void *buffer, gsize count, int priority)
{
  GCancellable *reader = g_task_get_cancellable (task);
  Wait *wait = g_new0 (Wait, 1);

  wait->buffer = buffer;
  if (reader != NULL)
    {
      wait->reader = g_object_ref (reader);
      wait->handler = g_signal_connect_swapped (reader, "cancelled", G_CALLBACK (g_cancellable_cancel), self->stop);
    }
  g_task_set_task_data (task, wait, wait_free);
  g_input_stream_read_async (self->base, buffer, count, priority, self->stop, came_cb, g_object_ref (task));
}

static void
tn_http_body_read_async (GInputStream *stream, void *buffer, gsize count, int priority, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  TnHttpBody *self = TN_HTTP_BODY (stream);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  gssize n;

  g_task_set_source_tag (task, tn_http_body_read_async);
  g_task_set_priority (task, priority);
  g_task_set_check_cancellable (task, FALSE);
  if (self->base == NULL)
    {
      answer (self, task, self->error != NULL ? -1 : 0);
      return;
    }
  /* What is there already is given without another turn of the main loop. */
  n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (self->base), buffer, count, self->stop, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      g_error_free (error);
      wait_for_more (self, task, buffer, count, priority);
    }
  else
    {
      answer (self, task, take (self, buffer, n, error));
    }
}

static gssize
tn_http_body_read_finish (GInputStream *stream, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

static gssize
tn_http_body_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Nothing here waits");
  return -1;
}

static gboolean
tn_http_body_close (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  release (TN_HTTP_BODY (stream));
  return TRUE;
}

static void
tn_http_body_close_async (GInputStream *stream, int priority, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, user_data);

  release (TN_HTTP_BODY (stream));
  g_task_return_boolean (task, TRUE);
}

static gboolean
tn_http_body_close_finish (GInputStream *stream, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
tn_http_body_finalize (GObject *object)
{
  TnHttpBody *self = TN_HTTP_BODY (object);

  release (self);
  g_free (self->host);
  g_object_unref (self->stop);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (tn_http_body_parent_class)->finalize (object);
}

static void
tn_http_body_class_init (TnHttpBodyClass *klass)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tn_http_body_finalize;
  stream_class->read_fn = tn_http_body_read;
  stream_class->read_async = tn_http_body_read_async;
  stream_class->read_finish = tn_http_body_read_finish;
  stream_class->close_fn = tn_http_body_close;
  stream_class->close_async = tn_http_body_close_async;
  stream_class->close_finish = tn_http_body_close_finish;
}

static void
tn_http_body_init (TnHttpBody *self)
{
  self->stop = g_cancellable_new ();
}

GInputStream *
tn_http_body_new (GInputStream *base, SoupSession *session, const char *host, TnHttpWatch *watch,
                  TnHttpPending *pending, GCancellable *cancellable)
{
  TnHttpBody *self = g_object_new (TN_TYPE_HTTP_BODY, NULL);

  self->base = g_object_ref (base);
  self->session = g_object_ref (session);
  self->host = g_strdup (host);
  self->watch = watch;
  self->pending = pending;
  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->outer_handler = g_signal_connect (cancellable, "cancelled", G_CALLBACK (stopped_cb), self);
    }
  return G_INPUT_STREAM (self);
}
