/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-pipe.h"

#include <string.h>

/* Where a read puts what comes. */
typedef struct
{
  void *buffer;
  gsize count;
} Place;

struct _TnPipe
{
  GInputStream parent_instance;

  GBytes *head, *next; /* nullable */
  gsize taken;         /* of head */
  GTask *writing;      /* nullable: waits for next to become head */
  GTask *reading;      /* nullable: waits for anything, with its Place */
  gboolean ended;
  GError *error;
};

G_DEFINE_FINAL_TYPE (TnPipe, tn_pipe, G_TYPE_INPUT_STREAM)

static void
advance (TnPipe *self)
{
  g_autoptr (GTask) written = g_steal_pointer (&self->writing);

  g_clear_pointer (&self->head, g_bytes_unref);
  self->head = g_steal_pointer (&self->next);
  self->taken = 0;
  if (written != NULL)
    g_task_return_boolean (written, TRUE);
}

static gsize
take (TnPipe *self, void *buffer, gsize count)
{
  gsize size;
  const char *data = g_bytes_get_data (self->head, &size);
  gsize n = MIN (count, size - self->taken);

  memcpy (buffer, data + self->taken, n);
  self->taken += n;
  if (self->taken == size)
    advance (self);
  return n;
}

/* Answers a read if it can be; FALSE where it has to wait. */
static gboolean
serve (TnPipe *self, GTask *task, const Place *place)
{
  if (self->error != NULL)
    g_task_return_error (task, g_error_copy (self->error));
  else if (self->head != NULL)
    g_task_return_int (task, take (self, place->buffer, place->count));
  else if (self->ended)
    g_task_return_int (task, 0);
  else
    return FALSE;
  return TRUE;
}

static void
serve_waiting (TnPipe *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->reading);

  if (task != NULL && !serve (self, task, g_task_get_task_data (task)))
    self->reading = g_steal_pointer (&task);
}

void
tn_pipe_write_async (TnPipe *self, GBytes *chunk, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TN_IS_PIPE (self) && chunk != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, tn_pipe_write_async);
  if (self->ended)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The other side reads no more");
  else if (self->next != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "The chunk before this one waits");
  else if (g_bytes_get_size (chunk) == 0)
    g_task_return_boolean (task, TRUE);
  else if (self->head != NULL)
    {
      self->next = g_bytes_ref (chunk);
      self->writing = g_steal_pointer (&task);
    }
  else
    {
      self->head = g_bytes_ref (chunk);
      g_task_return_boolean (task, TRUE);
      serve_waiting (self);
    }
}

gboolean
tn_pipe_write_finish (TnPipe *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
tn_pipe_end (TnPipe *self, const GError *error)
{
  g_autoptr (GTask) writing = NULL;

  g_return_if_fail (TN_IS_PIPE (self));

  if (self->error != NULL || (self->ended && error == NULL))
    return;
  self->ended = TRUE;
  if (error != NULL)
    {
      self->error = g_error_copy (error);
      g_clear_pointer (&self->head, g_bytes_unref);
      g_clear_pointer (&self->next, g_bytes_unref);
      writing = g_steal_pointer (&self->writing);
      if (writing != NULL)
        g_task_return_error (writing, g_error_copy (error));
    }
  serve_waiting (self);
}

gboolean
tn_pipe_is_ended (TnPipe *self)
{
  return self->ended;
}

static void
tn_pipe_read_async (GInputStream *stream, void *buffer, gsize count, int priority, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  TnPipe *self = TN_PIPE (stream);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Place *place = g_new (Place, 1);

  *place = (Place){ buffer, count };
  g_task_set_source_tag (task, tn_pipe_read_async);
  g_task_set_priority (task, priority);
  g_task_set_task_data (task, place, g_free);
  if (!serve (self, task, place))
    self->reading = g_steal_pointer (&task);
}

static gssize
tn_pipe_read_finish (GInputStream *stream, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

static gssize
tn_pipe_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Nothing here waits");
  return -1;
}

static void
tn_pipe_finalize (GObject *object)
{
  TnPipe *self = TN_PIPE (object);

  g_clear_pointer (&self->head, g_bytes_unref);
  g_clear_pointer (&self->next, g_bytes_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (tn_pipe_parent_class)->finalize (object);
}

static void
tn_pipe_class_init (TnPipeClass *klass)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tn_pipe_finalize;
  stream_class->read_fn = tn_pipe_read;
  stream_class->read_async = tn_pipe_read_async;
  stream_class->read_finish = tn_pipe_read_finish;
}

static void
tn_pipe_init (TnPipe *self)
{
}

TnPipe *
tn_pipe_new (void)
{
  return g_object_new (TN_TYPE_PIPE, NULL);
}
