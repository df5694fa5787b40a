/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-fetch.h"
#include "tn-gate.h"
#include "tn-instance-platform.h"
#include "tn-json.h"
#include "tn-transfer.h"
#include "tn-url.h"

#include <string.h>

#define FOLDER "/.nexus/"
#define BODIES FOLDER "body/"
#define FILES FOLDER "file/"
#define UPLOADS FOLDER "up/"
#define MARK "Nexus-Fetch"
#define TRANSFERS 64
#define MAX_HEADERS 64
#define MAX_HEADER_BYTES (32 * 1024)
#define MAX_CHUNK (1024 * 1024)

static const char *const methods_known[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", NULL };

/* Fetch, section 2.2.2, “forbidden request-header”, and what makes a server take one method for another, or the program
 * for something else. */
static const char *const forbidden[] = {
  "Accept-Charset", "Accept-Encoding", "Access-Control-Request-Headers", "Access-Control-Request-Method", "Connection",
  "Content-Length", "Cookie", "Cookie2", "Date", "DNT", "Expect", "Forwarded", "Host", "Keep-Alive", "Origin", "Referer",
  "Set-Cookie", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "User-Agent", "Via", "X-HTTP-Method",
  "X-HTTP-Method-Override", "X-Method-Override", "X-Forwarded-For", "X-Real-IP",
};
static const char *const forbidden_prefixes[] = { "Proxy-", "Sec-", "Nexus-" };

/* RFC 9110, section 5.6.2. */
static gboolean
is_token (const char *text)
{
  const char *c = text;

  while (g_ascii_isalnum (*c) || (*c != '\0' && strchr ("!#$%&'*+-.^_`|~", *c) != NULL))
    c++;
  return *text != '\0' && *c == '\0';
}

static gboolean
is_forbidden (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
    if (g_ascii_strcasecmp (name, forbidden[i]) == 0)
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (forbidden_prefixes); i++)
    if (g_ascii_strncasecmp (name, forbidden_prefixes[i], strlen (forbidden_prefixes[i])) == 0)
      return TRUE;
  return FALSE;
}

static const char *
string_of (JsonNode *node)
{
  gboolean text = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;

  return text ? json_node_get_string (node) : NULL;
}

/* One [name, value]. What is forbidden is passed over, as browsers do. */
static gboolean
read_header (JsonNode *node, SoupMessageHeaders *headers, gsize *bytes)
{
  JsonArray *pair = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  const char *name, *value;

  if (pair == NULL || json_array_get_length (pair) != 2)
    return FALSE;
  name = string_of (json_array_get_element (pair, 0));
  value = string_of (json_array_get_element (pair, 1));
  if (name == NULL || value == NULL || !is_token (name) || strpbrk (value, "\r\n") != NULL)
    return FALSE;
  *bytes += strlen (name) + strlen (value);
  if (!is_forbidden (name))
    soup_message_headers_append (headers, name, value);
  return *bytes <= MAX_HEADER_BYTES;
}

static gboolean
read_headers (JsonArray *list, SoupMessageHeaders *headers)
{
  gsize bytes = 0;

  if (list == NULL || json_array_get_length (list) > MAX_HEADERS)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (!read_header (json_array_get_element (list, i), headers, &bytes))
      return FALSE;
  return TRUE;
}

/* Fails the call where it is not well formed. */
static TnWish *
read_wish (JsonObject *params, TnCall *call)
{
  TnWish *wish = g_new0 (TnWish, 1);
  g_autoptr (GError) error = NULL;

  wish->method = g_strdup (tn_json_get_string (params, "method", ""));
  wish->url = tn_url_parse (NULL, tn_json_get_string (params, "url", ""), &error);
  wish->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  wish->has_body = tn_json_get_boolean (params, "body", FALSE);
  wish->length = tn_json_get_int (params, "length", -1);
  wish->follow = tn_json_get_boolean (params, "follow", TRUE);
  if (error != NULL)
    tn_call_fail (call, TN_WIRE_PARAMS, "%s", error->message);
  else if (!g_str_has_prefix (g_uri_get_scheme (wish->url), "http"))
    tn_call_fail (call, TN_WIRE_PARAMS, "nexus.fetch takes addresses of http and https");
  else if (!g_strv_contains (methods_known, wish->method))
    tn_call_fail (call, TN_WIRE_PARAMS, "The method is none of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  else if (wish->has_body && (g_str_equal (wish->method, "GET") || g_str_equal (wish->method, "HEAD")))
    tn_call_fail (call, TN_WIRE_PARAMS, "GET and HEAD have no body");
  else if (wish->length < -1 || !read_headers (tn_json_get_array (params, "headers"), wish->headers))
    tn_call_fail (call, TN_WIRE_PARAMS, "Headers are pairs of a name and a line, at most %d and %d bytes", MAX_HEADERS,
                  MAX_HEADER_BYTES);
  else
    return wish;
  tn_wish_free (wish);
  return NULL;
}

static void
begin (TnInstance *self, TnCall *call, GCancellable *grant, gpointer user_data)
{
  const char *fault = tn_book_take_call (tn_proxy_open_book (self->runtime->proxy, self->app), &self->traffic);
  JsonObject *answer;
  JsonNode *node;

  if (fault != NULL)
    tn_call_fail (call, TN_WIRE_RATE, "%s", fault);
  else if (g_hash_table_size (self->transfers) >= TRANSFERS)
    tn_call_fail (call, TN_WIRE_RATE, "At most %d calls of nexus.fetch at a time", TRANSFERS);
  else
    {
      answer = json_object_new ();
      node = json_node_new (JSON_NODE_OBJECT);
      json_object_set_string_member (answer, "name", tn_transfer_get_name (tn_transfer_begin (self, user_data, grant)));
      json_node_take_object (node, answer);
      tn_call_return (call, node);
    }
}

static void
start_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnWish *wish = read_wish (params, call);
  g_autofree char *url = wish != NULL ? tn_url_to_string (wish->url) : NULL;

  if (wish != NULL)
    tn_gate_pass (owner, call, TN_PERMISSION_NETWORK, url, tn_transfer_action (wish->method), begin, wish, tn_wish_free);
}

static void
cancel_method (gpointer owner, JsonObject *params, TnCall *call)
{
  TnInstance *self = owner;
  TnTransfer *transfer = g_hash_table_lookup (self->transfers, tn_json_get_string (params, "name", ""));

  if (transfer != NULL)
    tn_transfer_end (transfer);
  tn_call_return (call, NULL);
}

const TnBridgeMethod TN_FETCH_METHODS[] = {
  { "fetch.start", start_method },
  { "fetch.cancel", cancel_method },
  { NULL },
};

void
tn_fetch_end_all (TnInstance *instance)
{
  g_autoptr (GList) transfers = g_hash_table_get_values (instance->transfers);

  for (GList *l = transfers; l != NULL; l = l->next)
    tn_transfer_end (l->data);
  g_hash_table_remove_all (instance->offers);
}

static void
respond_empty (WebKitURISchemeRequest *request, guint status)
{
  g_autoptr (GInputStream) nothing = g_memory_input_stream_new ();

  tn_transfer_respond (request, status, soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE), nothing, 0);
}

/* A chunk on its way from the page to the pipe. */
typedef struct
{
  WebKitURISchemeRequest *request;
  TnPipe *pipe;
  TnBook *book; /* as long as the pipe is not ended, like the next */
  TnTraffic *tile;
} Chunk;

static void
chunk_done (Chunk *chunk, guint status)
{
  respond_empty (chunk->request, status);
  g_object_unref (chunk->request);
  g_object_unref (chunk->pipe);
  g_free (chunk);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean taken = tn_pipe_write_finish (TN_PIPE (source), result, NULL);

  chunk_done (user_data, taken ? SOUP_STATUS_NO_CONTENT : SOUP_STATUS_CONFLICT);
}

static void
chunk_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Chunk *chunk = user_data;
  g_autoptr (GError) error = NULL;
  gssize size = g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error);
  g_autoptr (GBytes) bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (source));

  if (size < 0 || size > MAX_CHUNK)
    chunk_done (chunk, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE);
  else if (!tn_pipe_is_ended (chunk->pipe) && !tn_book_take_bytes (chunk->book, chunk->tile, size, 0, &error))
    {
      tn_pipe_end (chunk->pipe, error);
      chunk_done (chunk, SOUP_STATUS_CONFLICT);
    }
  else
    tn_pipe_write_async (chunk->pipe, bytes, written_cb, chunk);
}

static void
take_chunk (TnInstance *self, TnTransfer *transfer, WebKitURISchemeRequest *request)
{
  g_autoptr (GInputStream) body = webkit_uri_scheme_request_get_http_body (request);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  TnPipe *pipe = tn_transfer_get_pipe (transfer);
  Chunk *chunk;

  if (pipe == NULL || body == NULL)
    {
      respond_empty (request, SOUP_STATUS_NOT_FOUND);
      return;
    }
  chunk = g_new (Chunk, 1);
  *chunk = (Chunk){ g_object_ref (request), g_object_ref (pipe), tn_transfer_get_book (transfer),
                     &self->traffic };
  g_output_stream_splice_async (memory, body, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, G_PRIORITY_DEFAULT, NULL,
                                chunk_read_cb, chunk);
}

/* PUT brings the next chunk of a body, POST says that it was the last one. */
static gboolean
take_upload (TnInstance *self, TnTransfer *transfer, WebKitURISchemeRequest *request, const char *method)
{
  TnPipe *pipe = tn_transfer_get_pipe (transfer);

  if (g_str_equal (method, "PUT"))
    take_chunk (self, transfer, request);
  else if (g_str_equal (method, "POST") && pipe != NULL)
    {
      tn_pipe_end (pipe, NULL);
      respond_empty (request, SOUP_STATUS_NO_CONTENT);
    }
  else
    return FALSE;
  return TRUE;
}

static void
offer_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WebKitURISchemeRequest) request = user_data;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, NULL);

  if (stream != NULL)
    tn_transfer_respond (request, SOUP_STATUS_OK, soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE),
                         G_INPUT_STREAM (stream), -1);
  else
    respond_empty (request, SOUP_STATUS_NOT_FOUND);
}

/* A file that the person chose for the page. */
static gboolean
serve_offer (TnInstance *self, const char *path, WebKitURISchemeRequest *request)
{
  g_autoptr (GFile) file
    = g_str_has_prefix (path, FILES) ? tn_instance_take_offer (self, path + strlen (FILES)) : NULL;

  if (file != NULL)
    g_file_read_async (file, G_PRIORITY_DEFAULT, NULL, offer_read_cb, g_object_ref (request));
  return file != NULL;
}

static TnTransfer *
find (TnInstance *self, const char *path, const char *folder)
{
  return g_str_has_prefix (path, folder) ? g_hash_table_lookup (self->transfers, path + strlen (folder)) : NULL;
}

gboolean
tn_fetch_serve (TnInstance *self, WebKitURISchemeRequest *request)
{
  const char *path = webkit_uri_scheme_request_get_path (request);
  const char *method = webkit_uri_scheme_request_get_http_method (request);
  SoupMessageHeaders *headers = webkit_uri_scheme_request_get_http_headers (request);
  gboolean marked = headers != NULL && soup_message_headers_get_one (headers, MARK) != NULL;
  TnTransfer *down, *up;

  if (!g_str_has_prefix (path, FOLDER))
    return FALSE;
  down = find (self, path, BODIES);
  up = find (self, path, UPLOADS);
  if (!(marked && down != NULL && g_str_equal (method, "GET") && tn_transfer_claim (down, request))
      && !(marked && up != NULL && take_upload (self, up, request, method))
      && !(marked && g_str_equal (method, "GET") && serve_offer (self, path, request)))
    respond_empty (request, SOUP_STATUS_NOT_FOUND);
  return TRUE;
}
