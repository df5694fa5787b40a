/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-socket.h"
#include "tn-http-private.h"

#define ROOM_BYTES (1024 * 1024)
#define KEEPALIVE_SECONDS 25

typedef struct
{
  GBytes *bytes;
  gboolean text;
} Message;

struct _TnSocket
{
  gatomicrefcount references; /* of who opened it, of the thread, and of what is on its way between them */

  /* what was asked; not changed */
  TnHttp *http;
  GUri *url;
  TnAddressScopes open;
  GStrv protocols;
  GMainContext *home, *context;

  /* of who opened it */
  TnSocketEvents events;
  gpointer user_data;
  gboolean freed;

  /* of the thread */
  GMainLoop *loop;
  SoupSession *session;
  SoupWebsocketConnection *connection;
  GCancellable *stop; /* may be cancelled from anywhere */

  GMutex mutex;
  GCond room;
  GQueue received; /* of Message */
  gsize received_bytes;
  gboolean ending, over; /* nothing is to be waited for; the thread takes no more notes */
};

/* What one side tells the other. */
typedef struct _Note Note;
struct _Note
{
  TnSocket *socket;
  void (*deliver) (Note *note);
  char *text;
  guint code;
  GError *error;
  GBytes *bytes;
  gboolean flag;
  void (*sent) (gboolean done, gpointer data);
  gpointer data;
};

static void
message_free (gpointer data)
{
  Message *message = data;

  g_bytes_unref (message->bytes);
  g_free (message);
}

static TnSocket *
socket_ref (TnSocket *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

static void
socket_unref (TnSocket *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_object_unref (self->http);
  g_uri_unref (self->url);
  g_strfreev (self->protocols);
  g_main_context_unref (self->home);
  g_main_context_unref (self->context);
  g_object_unref (self->stop);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->room);
  g_queue_clear_full (&self->received, message_free);
  g_free (self);
}

static void
note_free (gpointer data)
{
  Note *note = data;

  socket_unref (note->socket);
  g_free (note->text);
  g_clear_error (&note->error);
  g_clear_pointer (&note->bytes, g_bytes_unref);
  g_free (note);
}

static Note *
note_new (TnSocket *self, void (*deliver) (Note *note))
{
  Note *note = g_new0 (Note, 1);

  note->socket = socket_ref (self);
  note->deliver = deliver;
  return note;
}

static gboolean
deliver_cb (gpointer user_data)
{
  Note *note = user_data;

  note->deliver (note);
  return G_SOURCE_REMOVE;
}

/* Never at once, even from the same thread. */
static void
pass (GMainContext *to, Note *note)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, note, note_free);
  g_source_attach (source, to);
}

/* FALSE where the thread has ended. */
static gboolean
pass_to_thread (Note *note)
{
  TnSocket *self = note->socket;
  gboolean passed;

  g_mutex_lock (&self->mutex);
  passed = !self->over;
  if (passed)
    pass (self->context, note);
  g_mutex_unlock (&self->mutex);
  return passed;
}

/* On the side of who opened it. */

static void
tell_opened (Note *note)
{
  if (!note->socket->freed)
    note->socket->events.opened (note->text, note->socket->user_data);
}

static void
tell_came (Note *note)
{
  if (!note->socket->freed)
    note->socket->events.came (note->socket->user_data);
}

static void
tell_closed (Note *note)
{
  if (!note->socket->freed)
    note->socket->events.closed (note->code, note->text != NULL ? note->text : "", note->error,
                                 note->socket->user_data);
}

static void
tell_sent (Note *note)
{
  if (!note->socket->freed)
    note->sent (note->flag, note->data);
}

/* On the thread. */

static void
finish (TnSocket *self, GError *error)
{
  Note *note = note_new (self, tell_closed);

  note->error = error != NULL ? tn_http_translate (error, g_uri_get_host (self->url)) : NULL;
  if (self->connection != NULL)
    {
      note->code = soup_websocket_connection_get_close_code (self->connection);
      note->text = g_strdup (soup_websocket_connection_get_close_data (self->connection));
    }
  pass (self->home, note);
  g_main_loop_quit (self->loop);
}

/* Waits here, and so reads nothing more, until there is room. */
static void
message_cb (SoupWebsocketConnection *connection, int kind, GBytes *bytes, TnSocket *self)
{
  Message *message = g_new (Message, 1);

  *message = (Message){ g_bytes_ref (bytes), kind == SOUP_WEBSOCKET_DATA_TEXT };
  g_mutex_lock (&self->mutex);
  while (self->received_bytes >= ROOM_BYTES && !self->ending)
    g_cond_wait (&self->room, &self->mutex);
  g_queue_push_tail (&self->received, message);
  self->received_bytes += g_bytes_get_size (bytes);
  g_mutex_unlock (&self->mutex);
  pass (self->home, note_new (self, tell_came));
}

static void
closed_cb (SoupWebsocketConnection *connection, TnSocket *self)
{
  finish (self, NULL);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TnSocket *self = user_data;
  GError *error = NULL;
  Note *note;

  self->connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  if (self->connection == NULL || g_cancellable_is_cancelled (self->stop))
    {
      finish (self, error);
      return;
    }
  soup_websocket_connection_set_max_incoming_payload_size (self->connection, TN_SOCKET_MAX_MESSAGE);
  soup_websocket_connection_set_keepalive_interval (self->connection, KEEPALIVE_SECONDS);
  g_signal_connect (self->connection, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->connection, "closed", G_CALLBACK (closed_cb), self);
  note = note_new (self, tell_opened);
  note->text = g_strdup (soup_websocket_connection_get_protocol (self->connection));
  pass (self->home, note);
}

/* Whoever waits for something to be sent is answered. */
static void
end_notes (TnSocket *self)
{
  g_mutex_lock (&self->mutex);
  self->over = TRUE;
  g_mutex_unlock (&self->mutex);
  g_cancellable_cancel (self->stop);
  while (g_main_context_iteration (self->context, FALSE))
    ;
}

static gpointer
live (gpointer data)
{
  TnSocket *self = data;
  g_autoptr (SoupMessage) message = soup_message_new_from_uri ("GET", self->url);

  g_main_context_push_thread_default (self->context);
  self->loop = g_main_loop_new (self->context, FALSE);
  self->session = tn_http_create_session (self->http, self->url, self->open);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_session_websocket_connect_async (self->session, message, NULL, self->protocols, G_PRIORITY_DEFAULT, self->stop,
                                        connected_cb, self);
  g_main_loop_run (self->loop);
  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);
  g_clear_object (&self->session);
  end_notes (self);
  g_main_loop_unref (self->loop);
  g_main_context_pop_thread_default (self->context);
  socket_unref (self);
  return NULL;
}

static gboolean
is_open (TnSocket *self)
{
  return self->connection != NULL
         && soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN;
}

static void
answer_sent (Note *note, gboolean done)
{
  Note *answer = note_new (note->socket, tell_sent);

  answer->flag = done;
  answer->sent = note->sent;
  answer->data = note->data;
  pass (note->socket->home, answer);
}

static gboolean
drained_cb (GObject *stream, gpointer user_data)
{
  Note *note = user_data;

  answer_sent (note, is_open (note->socket));
  return G_SOURCE_REMOVE;
}

/* libsoup writes at a higher priority as long as it has something to write: so when this one's turn comes, all is out. */
static void
wait_until_drained (Note *note)
{
  GIOStream *stream = soup_websocket_connection_get_io_stream (note->socket->connection);
  GPollableOutputStream *output = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (stream));
  g_autoptr (GSource) source = g_pollable_output_stream_create_source (output, note->socket->stop);
  Note *later = note_new (note->socket, NULL);

  later->sent = note->sent;
  later->data = note->data;
  g_source_set_priority (source, G_PRIORITY_LOW);
  g_source_set_callback (source, G_SOURCE_FUNC (drained_cb), later, note_free);
  g_source_attach (source, note->socket->context);
}

static void
do_send (Note *note)
{
  if (!is_open (note->socket))
    {
      answer_sent (note, FALSE);
      return;
    }
  soup_websocket_connection_send_message (note->socket->connection,
                                          note->flag ? SOUP_WEBSOCKET_DATA_TEXT : SOUP_WEBSOCKET_DATA_BINARY,
                                          note->bytes);
  wait_until_drained (note);
}

static void
do_close (Note *note)
{
  if (is_open (note->socket))
    soup_websocket_connection_close (note->socket->connection, note->code, note->text);
}

static void
do_quit (Note *note)
{
  if (note->socket->connection != NULL)
    g_main_loop_quit (note->socket->loop);
}

TnSocket *
tn_socket_open (TnHttp *http, GUri *url, TnAddressScopes open, const char *const *protocols,
                const TnSocketEvents *events, gpointer user_data)
{
  TnSocket *self;

  g_return_val_if_fail (TN_IS_HTTP (http) && url != NULL && events != NULL, NULL);

  self = g_new0 (TnSocket, 1);
  g_atomic_ref_count_init (&self->references);
  self->http = g_object_ref (http);
  self->url = g_uri_ref (url);
  self->open = open;
  self->protocols = g_strdupv ((char **) protocols);
  self->home = g_main_context_ref_thread_default ();
  self->context = g_main_context_new ();
  self->events = *events;
  self->user_data = user_data;
  self->stop = g_cancellable_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->room);
  g_thread_unref (g_thread_new ("socket", live, socket_ref (self)));
  return self;
}

void
tn_socket_free (TnSocket *self)
{
  Note *note;

  self->freed = TRUE;
  g_cancellable_cancel (self->stop);
  g_mutex_lock (&self->mutex);
  self->ending = TRUE;
  g_cond_signal (&self->room);
  g_mutex_unlock (&self->mutex);
  note = note_new (self, do_quit);
  if (!pass_to_thread (note))
    note_free (note);
  socket_unref (self);
}

GBytes *
tn_socket_take (TnSocket *self, gboolean *text)
{
  g_autofree Message *message = NULL;

  g_mutex_lock (&self->mutex);
  message = g_queue_pop_head (&self->received);
  if (message != NULL)
    self->received_bytes -= g_bytes_get_size (message->bytes);
  g_cond_signal (&self->room);
  g_mutex_unlock (&self->mutex);
  if (message == NULL)
    return NULL;
  *text = message->text;
  return message->bytes;
}

void
tn_socket_send (TnSocket *self, GBytes *message, gboolean text, void (*sent) (gboolean done, gpointer data),
                gpointer data)
{
  Note *note = note_new (self, do_send);

  note->bytes = g_bytes_ref (message);
  note->flag = text;
  note->sent = sent;
  note->data = data;
  if (pass_to_thread (note))
    return;
  answer_sent (note, FALSE);
  note_free (note);
}

void
tn_socket_close (TnSocket *self, guint code, const char *reason)
{
  Note *note = note_new (self, do_close);

  note->code = code;
  note->text = g_strdup (reason);
  if (!pass_to_thread (note))
    note_free (note);
}
