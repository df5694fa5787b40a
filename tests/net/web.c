/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web.h"

#include <string.h>

#define CHUNK (256 * 1024)

typedef void (*Answer) (Web *self, SoupServerMessage *message, GHashTable *query);

static const char *
get (GHashTable *query, const char *name, const char *fallback)
{
  const char *value = query != NULL ? g_hash_table_lookup (query, name) : NULL;

  return value != NULL ? value : fallback;
}

static guint
get_number (GHashTable *query, const char *name, guint fallback)
{
  const char *value = get (query, name, NULL);

  return value != NULL ? (guint) g_ascii_strtoull (value, NULL, 10) : fallback;
}

static void
say (SoupServerMessage *message, guint status, const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_COPY, text, strlen (text));
}

static void
set_header (SoupServerMessage *message, const char *name, const char *value)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), name, value);
}

static void
hello (Web *self, SoupServerMessage *message, GHashTable *query)
{
  say (message, 200, "hello");
}

static void
append_line (const char *name, const char *value, gpointer text)
{
  g_string_append_printf (text, "%s: %s\n", name, value);
}

static void
echo (Web *self, SoupServerMessage *message, GHashTable *query)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (soup_server_message_get_request_body (message));

  g_string_append_printf (text, "%s\n", soup_server_message_get_method (message));
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), append_line, text);
  g_string_append_c (text, '\n');
  g_string_append_len (text, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  say (message, 200, text->str);
}

static void
redirect (Web *self, SoupServerMessage *message, GHashTable *query)
{
  say (message, get_number (query, "status", 302), "elsewhere");
  set_header (message, "Location", get (query, "to", "/redirect"));
}

static void
flaky (Web *self, SoupServerMessage *message, GHashTable *query)
{
  if (self->flaws++ >= get_number (query, "times", 1))
    {
      say (message, 200, "at last");
      return;
    }
  say (message, get_number (query, "status", 503), "later");
  if (get (query, "after", NULL) != NULL)
    set_header (message, "Retry-After", get (query, "after", NULL));
}

static void
etag (Web *self, SoupServerMessage *message, GHashTable *query)
{
  const char *known = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "If-None-Match");

  set_header (message, "ETag", "\"one\"");
  if (g_strcmp0 (known, "\"one\"") == 0)
    soup_server_message_set_status (message, 304, NULL);
  else
    say (message, 200, "marked");
}

static void
fresh (Web *self, SoupServerMessage *message, GHashTable *query)
{
  say (message, 200, "fresh");
  set_header (message, "Cache-Control", "max-age=60");
}

static void
cookie (Web *self, SoupServerMessage *message, GHashTable *query)
{
  say (message, 200, "cookie");
  set_header (message, "Set-Cookie", "a=b");
  set_header (message, "Refresh", "0; url=https://evil.example/");
  set_header (message, "Content-Security-Policy", "default-src *");
  set_header (message, "X-Kept", "yes");
}

static void
status (Web *self, SoupServerMessage *message, GHashTable *query)
{
  guint code = get_number (query, "is", 404);

  if (code == 204)
    soup_server_message_set_status (message, code, NULL);
  else
    say (message, code, "as you say");
}

static void
type (Web *self, SoupServerMessage *message, GHashTable *query)
{
  const char *text = "globalThis.broughtIn = true;";

  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, get (query, "is", "text/javascript"), SOUP_MEMORY_STATIC, text,
                                    strlen (text));
}

static void
zip (Web *self, SoupServerMessage *message, GHashTable *query)
{
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autofree char *plain = g_strnfill (10000, 'z');
  char packed[1000];
  gsize n_read, n_written;

  g_converter_convert (converter, plain, 10000, packed, sizeof packed, G_CONVERTER_INPUT_AT_END, &n_read, &n_written,
                       NULL);
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_COPY, packed, n_written);
  set_header (message, "Content-Encoding", "gzip");
}

typedef struct
{
  Web *web;
  guint left;
} Rest;

/* The next chunk is made when the one before is gone, so that the server too holds little. */
static void
more_cb (SoupServerMessage *message, Rest *rest)
{
  static char chunk[CHUNK];

  if (rest->left == 0)
    return;
  rest->left--;
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC, chunk, CHUNK);
  if (rest->left == 0)
    soup_message_body_complete (soup_server_message_get_response_body (message));
  soup_server_message_unpause (message);
}

static void
free_rest (gpointer rest, GClosure *closure)
{
  g_free (rest);
}

static void
big (Web *self, SoupServerMessage *message, GHashTable *query)
{
  Rest *rest = g_new (Rest, 1);

  *rest = (Rest){ self, get_number (query, "mib", 1) * (1024 * 1024 / CHUNK) };
  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_set_content_length (soup_server_message_get_response_headers (message),
                                           (goffset) rest->left * CHUNK);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_signal_connect_data (message, "wrote-chunk", G_CALLBACK (more_cb), rest, free_rest, 0);
  more_cb (message, rest);
}

static void
sink (Web *self, SoupServerMessage *message, GHashTable *query)
{
  gsize *bytes = g_object_get_data (G_OBJECT (message), "bytes");
  g_autofree char *text = g_strdup_printf ("%" G_GSIZE_FORMAT, bytes != NULL ? *bytes : 0);

  say (message, 200, text);
}

/* Whoever was told no end says nothing more: what can be read is that it is gone. */
static gboolean
given_up_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  ((Web *) user_data)->ended++;
  return G_SOURCE_REMOVE;
}

static void
hold (Web *self, SoupServerMessage *message)
{
  g_autoptr (GSource) source = g_socket_create_source (soup_server_message_get_socket (message), G_IO_IN, NULL);

  g_source_set_callback (source, G_SOURCE_FUNC (given_up_cb), self, NULL);
  g_source_attach (source, NULL);
  g_ptr_array_add (self->held, g_source_ref (source));
}

static void
drip (Web *self, SoupServerMessage *message, GHashTable *query)
{
  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_CHUNKED);
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC, "begun", 5);
  hold (self, message);
}

static void
silence (Web *self, SoupServerMessage *message, GHashTable *query)
{
  hold (self, message);
  soup_server_message_pause (message);
}

static const struct
{
  const char *path;
  Answer answer;
} answers[] = {
  { "/hello", hello }, { "/echo", echo }, { "/redirect", redirect }, { "/flaky", flaky },   { "/etag", etag },
  { "/fresh", fresh }, { "/cookie", cookie }, { "/big", big },       { "/sink", sink },     { "/drip", drip },
  { "/silence", silence }, { "/status", status }, { "/type", type }, { "/zip", zip },
};

static void
handle_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Web *self = user_data;

  self->requests++;
  self->version = soup_server_message_get_http_version (message);
  g_ptr_array_add (self->lines, g_strdup_printf ("%s %s", soup_server_message_get_method (message), path));
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_str_equal (answers[i].path, path))
      {
        answers[i].answer (self, message, query);
        return;
      }
  say (message, 404, "nothing here");
}

static void
count_cb (SoupServerMessage *message, GBytes *chunk, gsize *bytes)
{
  *bytes += g_bytes_get_size (chunk);
}

/* What is only counted need not be kept. */
static void
early_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  gsize *bytes = g_new0 (gsize, 1);

  g_object_set_data_full (G_OBJECT (message), "bytes", bytes, g_free);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_signal_connect (message, "got-chunk", G_CALLBACK (count_cb), bytes);
}

static void
heard_cb (SoupWebsocketConnection *connection, int kind, GBytes *bytes, gpointer user_data)
{
  if (kind == SOUP_WEBSOCKET_DATA_TEXT)
    soup_websocket_connection_send_text (connection, g_bytes_get_data (bytes, NULL));
  else
    soup_websocket_connection_send_binary (connection, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
socket_cb (SoupServer *server, SoupServerMessage *message, const char *path, SoupWebsocketConnection *connection,
           gpointer user_data)
{
  Web *self = user_data;

  self->requests++;
  g_signal_connect (connection, "message", G_CALLBACK (heard_cb), self);
  g_object_set_data_full (G_OBJECT (server), "socket", g_object_ref (connection), g_object_unref);
}

static void
drop_source (gpointer source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

Web *
web_new (gboolean secure)
{
  Web *self = g_new0 (Web, 1);
  g_autoptr (GError) error = NULL;
  g_autoslist (GUri) uris = NULL;

  self->server = g_object_new (SOUP_TYPE_SERVER, NULL);
  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->held = g_ptr_array_new_with_free_func (drop_source);
  if (secure)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "net", "tls", "server.pem", NULL);
      g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);

      g_assert_no_error (error);
      soup_server_set_tls_certificate (self->server, certificate);
    }
  soup_server_add_handler (self->server, NULL, handle_cb, self, NULL);
  soup_server_add_handler (self->server, "/sink", handle_cb, self, NULL);
  soup_server_add_early_handler (self->server, "/sink", early_cb, self, NULL);
  soup_server_add_websocket_handler (self->server, "/socket", NULL, NULL, socket_cb, self, NULL);
  soup_server_listen_local (self->server, 0,
                            SOUP_SERVER_LISTEN_IPV4_ONLY | (secure ? SOUP_SERVER_LISTEN_HTTPS : 0), &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->port = g_uri_get_port (uris->data);
  return self;
}

void
web_free (Web *self)
{
  /* Whoever came and went is seen off first: libsoup forgets those that it has just let in. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->held);
  g_free (self);
}

char *
web_url (Web *self, const char *host, const char *path)
{
  return g_strdup_printf ("%s://%s:%u%s", soup_server_is_https (self->server) ? "https" : "http", host, self->port, path);
}

GTlsDatabase *
web_trust (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "net", "tls", "authority.pem", NULL);
  g_autoptr (GError) error = NULL;
  GTlsDatabase *trust = g_tls_file_database_new (path, &error);

  g_assert_no_error (error);
  return trust;
}
