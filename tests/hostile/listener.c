/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listener.h"

#include <string.h>

#define ANSWER                                                                                                         \
  "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 3\r\n"             \
  "Connection: close\r\n\r\nout"

struct _Listener
{
  GSocketService *service;
  GSocket *datagrams;
  GSource *source;
  guint tcp_port;
  GPtrArray *lines;
};

typedef struct
{
  GPtrArray *lines;
  guint line;
  GSocketConnection *connection;
  char buffer[512];
} Visit;

static void
visit_free (Visit *visit)
{
  g_object_unref (visit->connection);
  g_ptr_array_unref (visit->lines);
  g_free (visit);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Visit *visit = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (visit->connection));
  char *line;

  if (n > 0)
    {
      visit->buffer[strcspn (visit->buffer, "\r\n")] = '\0';
      line = g_strdup_printf ("tcp %s", visit->buffer);
      g_free (visit->lines->pdata[visit->line]);
      visit->lines->pdata[visit->line] = line;
      g_output_stream_write_all (output, ANSWER, strlen (ANSWER), NULL, NULL, NULL);
    }
  visit_free (visit);
}

/* A connection counts, whether or not anything is said over it. */
static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  Listener *self = user_data;
  Visit *visit = g_new0 (Visit, 1);

  visit->lines = g_ptr_array_ref (self->lines);
  visit->line = self->lines->len;
  visit->connection = g_object_ref (connection);
  g_ptr_array_add (self->lines, g_strdup ("tcp"));
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (connection)), visit->buffer,
                             sizeof visit->buffer - 1, G_PRIORITY_DEFAULT, NULL, read_cb, visit);
  return TRUE;
}

static gboolean
datagram_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  Listener *self = user_data;
  char buffer[2048];
  gssize n = g_socket_receive (socket, buffer, sizeof buffer, NULL, NULL);

  g_ptr_array_add (self->lines, g_strdup_printf ("udp %zd bytes", n));
  return G_SOURCE_CONTINUE;
}

static void
open_stream (Listener *self, GSocketAddress *any)
{
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                 NULL, &bound, &error);
  g_assert_no_error (error);
  self->tcp_port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
}

static void
open_datagrams (Listener *self, GSocketAddress *any)
{
  g_autoptr (GError) error = NULL;

  self->datagrams = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, &error);
  g_assert_no_error (error);
  g_assert_true (g_socket_bind (self->datagrams, any, FALSE, NULL));
  self->source = g_socket_create_source (self->datagrams, G_IO_IN, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (datagram_cb), self, NULL);
  g_source_attach (self->source, NULL);
}

Listener *
listener_new (void)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  Listener *self = g_new0 (Listener, 1);

  self->lines = g_ptr_array_new_with_free_func (g_free);
  open_stream (self, any);
  open_datagrams (self, any);
  return self;
}

void
listener_free (Listener *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_object_unref (self->datagrams);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

guint
listener_get_tcp_port (Listener *self)
{
  return self->tcp_port;
}

guint
listener_get_udp_port (Listener *self)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (self->datagrams, NULL);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

GPtrArray *
listener_get_lines (Listener *self)
{
  return self->lines;
}
