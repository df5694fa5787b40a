/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "caller.h"
#include "tn-socket.h"
#include "tn-url.h"

#include <string.h>

/* One end of a socket, and what it heard. */
typedef struct
{
  Web *web;
  TnHttp *http;
  TnSocket *socket;
  gboolean opened, closed;
  guint came, code, sent, unsent;
  char *reason;
  GError *error;
} Fixture;

static void
opened_cb (const char *protocol, gpointer user_data)
{
  ((Fixture *) user_data)->opened = TRUE;
}

static void
came_cb (gpointer user_data)
{
  ((Fixture *) user_data)->came++;
}

static void
closed_cb (guint code, const char *reason, const GError *error, gpointer user_data)
{
  Fixture *self = user_data;

  self->closed = TRUE;
  self->code = code;
  self->reason = g_strdup (reason);
  self->error = error != NULL ? g_error_copy (error) : NULL;
}

static const TnSocketEvents events = { opened_cb, came_cb, closed_cb };

static void
set_up (Fixture *self, gconstpointer data)
{
  const char *loopback[] = { "127.0.0.1", NULL };
  g_autoptr (GResolver) resolver = fake_resolver_new (loopback);

  self->web = web_new (FALSE);
  self->http = tn_http_new (resolver, NULL);
}

static gboolean
is_alone (gpointer data)
{
  return G_OBJECT (data)->ref_count == 1;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->socket, tn_socket_free);
  /* The thread has ended, whatever it was in the middle of. */
  caller_wait (is_alone, self->http);
  web_free (self->web);
  g_object_unref (self->http);
  g_clear_error (&self->error);
  g_free (self->reason);
}

static void
begin (Fixture *self, const char *path, TnAddressScopes open)
{
  g_autofree char *text = g_strdup_printf ("ws://web.example:%u%s", self->web->port, path);
  g_autoptr (GUri) url = tn_url_parse (NULL, text, NULL);

  self->socket = tn_socket_open (self->http, url, open, NULL, &events, self);
}

static gboolean
is_opened (gpointer data)
{
  return ((Fixture *) data)->opened;
}

static gboolean
is_closed (gpointer data)
{
  return ((Fixture *) data)->closed;
}

static gboolean
has_two (gpointer data)
{
  return ((Fixture *) data)->came == 2;
}

static void
sent_cb (gboolean done, gpointer user_data)
{
  Fixture *self = user_data;

  if (done)
    self->sent++;
  else
    self->unsent++;
}

static gboolean
both_are_sent (gpointer data)
{
  return ((Fixture *) data)->sent == 2;
}

static void
send_text (Fixture *self, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  tn_socket_send (self->socket, bytes, TRUE, sent_cb, self);
}

static void
assert_next (Fixture *self, const char *data, gsize size, gboolean is_text)
{
  gboolean text;
  g_autoptr (GBytes) bytes = tn_socket_take (self->socket, &text);

  g_assert_nonnull (bytes);
  g_assert_cmpint (text, ==, is_text);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), data, size);
}

static void
test_echo (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) binary = g_bytes_new ("\0\1", 2);
  gboolean text;

  begin (self, "/socket", TN_ADDRESS_LOOPBACK);
  caller_wait (is_opened, self);
  send_text (self, "grüß dich");
  tn_socket_send (self->socket, binary, FALSE, sent_cb, self);
  caller_wait (has_two, self);
  assert_next (self, "grüß dich", strlen ("grüß dich"), TRUE);
  assert_next (self, "\0\1", 2, FALSE);
  g_assert_null (tn_socket_take (self->socket, &text));
  caller_wait (both_are_sent, self);
  tn_socket_close (self->socket, 1000, "enough");
  caller_wait (is_closed, self);
  g_assert_no_error (self->error);
  g_assert_cmpuint (self->code, ==, 1000);
  send_text (self, "late");
  while (self->unsent == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_inside (Fixture *self, gconstpointer data)
{
  begin (self, "/socket", 0);
  caller_wait (is_closed, self);
  g_assert_error (self->error, TN_NET_ERROR, TN_NET_ERROR_INSIDE);
  g_assert_false (self->opened);
  g_assert_cmpuint (self->web->requests, ==, 0);
}

static void
test_no_socket (Fixture *self, gconstpointer data)
{
  begin (self, "/hello", TN_ADDRESS_LOOPBACK);
  caller_wait (is_closed, self);
  g_assert_error (self->error, TN_NET_ERROR, TN_NET_ERROR_BROKEN);
}

static void
test_redirect (Fixture *self, gconstpointer data)
{
  begin (self, "/redirect?to=/socket", TN_ADDRESS_LOOPBACK);
  caller_wait (is_closed, self);
  g_assert_error (self->error, TN_NET_ERROR, TN_NET_ERROR_BROKEN);
  g_assert_cmpuint (self->web->requests, ==, 1);
}

static gboolean
server_is_connected (gpointer data)
{
  return g_object_get_data (G_OBJECT (((Fixture *) data)->web->server), "socket") != NULL;
}

/* Nobody takes anything: what was read is bounded, and the rest waits with the other side. */
static void
fill_room (Fixture *self)
{
  g_autofree char *long_text = g_strnfill (100000, 'x');
  SoupWebsocketConnection *server;

  begin (self, "/socket", TN_ADDRESS_LOOPBACK);
  caller_wait (is_opened, self);
  caller_wait (server_is_connected, self);
  server = g_object_get_data (G_OBJECT (self->web->server), "socket");
  for (guint i = 0; i < 100; i++)
    soup_websocket_connection_send_text (server, long_text);
  /* What is in the kernel's hands may come through; what is ours must not grow. */
  for (guint i = 0; i < 200; i++)
    {
      g_usleep (1000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  g_assert_cmpuint (self->came, <=, 12);
}

static void
test_room (Fixture *self, gconstpointer data)
{
  guint taken = 0;
  gboolean text;

  fill_room (self);
  while (taken < 100)
    {
      g_autoptr (GBytes) bytes = tn_socket_take (self->socket, &text);

      taken += bytes != NULL;
      g_main_context_iteration (NULL, FALSE);
    }
}

static void
test_too_long (Fixture *self, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (TN_SOCKET_MAX_MESSAGE + 1, 'x');

  begin (self, "/socket", TN_ADDRESS_LOOPBACK);
  caller_wait (is_opened, self);
  caller_wait (server_is_connected, self);
  soup_websocket_connection_send_text (g_object_get_data (G_OBJECT (self->web->server), "socket"), long_text);
  caller_wait (is_closed, self);
  g_assert_cmpuint (self->came, ==, 0);
}

/* At any moment of its life. */
static void
test_freed (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 20; i++)
    {
      begin (self, "/socket", TN_ADDRESS_LOOPBACK);
      for (guint k = 0; k < i; k++)
        {
          g_usleep (200);
          g_main_context_iteration (NULL, FALSE);
        }
      send_text (self, "never mind");
      g_clear_pointer (&self->socket, tn_socket_free);
    }
}

static void
test_freed_full (Fixture *self, gconstpointer data)
{
  fill_room (self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/socket/echo", test_echo);
  ADD ("/socket/inside", test_inside);
  ADD ("/socket/no-socket", test_no_socket);
  ADD ("/socket/redirect", test_redirect);
  ADD ("/socket/room", test_room);
  ADD ("/socket/too-long", test_too_long);
  ADD ("/socket/freed", test_freed);
  ADD ("/socket/freed-full", test_freed_full);
  return g_test_run ();
}
