/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-transfer.h"
#include "tn-clock.h"
#include "tn-gate.h"
#include "tn-json.h"
#include "tn-url.h"

#include <glib/gi18n-lib.h>

#define NAME_LENGTH 32

struct _TnTransfer
{
  grefcount references; /* of the instance's table, and of the call under way */
  TnInstance *instance; /* borrowed; NULL when it has let go */
  TnBook *book;
  char *name;
  GCancellable *stop;
  GCancellable *grant;
  gulong grant_handler;
  TnPipe *pipe;                    /* nullable */
  TnHttpResponse *response;        /* nullable: waits to be claimed, like the next one */
  GError *error;
  WebKitURISchemeRequest *request; /* nullable: waits for the answer */
  gboolean hopped, claimed, failed, finished;
  gint64 begun_us;
};

/* What a page must not be told, or would be taken for a word to the engine. */
static const char *const dropped[] = {
  "Set-Cookie", "Set-Cookie2", "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Connection", "Te", "Trailer",
  "Transfer-Encoding", "Upgrade", "Content-Length", "Content-Encoding", "Content-Security-Policy",
  "Content-Security-Policy-Report-Only", "Refresh", "Location", "Clear-Site-Data", "Strict-Transport-Security",
  "Report-To", "Reporting-Endpoints", "Nel", "Alt-Svc", "SourceMap", "X-SourceMap", "Service-Worker-Allowed",
};
#define OWN_PREFIX "Nexus-"

void
tn_wish_free (gpointer data)
{
  TnWish *wish = data;

  g_free (wish->method);
  g_clear_pointer (&wish->url, g_uri_unref);
  g_clear_pointer (&wish->headers, soup_message_headers_unref);
  g_free (wish);
}

void
tn_transfer_unref (TnTransfer *self)
{
  if (!g_ref_count_dec (&self->references))
    return;
  g_free (self->name);
  g_object_unref (self->stop);
  g_object_unref (self->grant);
  g_clear_object (&self->pipe);
  g_clear_error (&self->error);
  g_free (self);
}

static void
append_header (const char *name, const char *value, gpointer headers)
{
  gboolean keep = g_ascii_strncasecmp (name, OWN_PREFIX, strlen (OWN_PREFIX)) != 0;

  for (gsize i = 0; keep && i < G_N_ELEMENTS (dropped); i++)
    keep = g_ascii_strcasecmp (name, dropped[i]) != 0;
  if (keep)
    soup_message_headers_append (headers, name, value);
}

/* Even were it taken for a document, it could do nothing. */
void
tn_transfer_respond (WebKitURISchemeRequest *request, guint status, SoupMessageHeaders *headers, GInputStream *body,
                     gssize length)
{
  g_autoptr (WebKitURISchemeResponse) response = webkit_uri_scheme_response_new (body, length);
  const char *type = soup_message_headers_get_one (headers, "Content-Type");

  soup_message_headers_replace (headers, "Content-Security-Policy", "default-src 'none'; sandbox");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Cross-Origin-Resource-Policy", "same-origin");
  webkit_uri_scheme_response_set_status (response, status, NULL);
  webkit_uri_scheme_response_set_content_type (response, type != NULL ? type : "application/octet-stream");
  webkit_uri_scheme_response_set_http_headers (response, headers);
  webkit_uri_scheme_request_finish_with_response (request, response);
}

static void
respond_with_answer (TnTransfer *self, TnHttpResponse *answer)
{
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_autofree char *url = tn_url_to_string (answer->url);

  soup_message_headers_foreach (answer->headers, append_header, headers);
  soup_message_headers_append (headers, OWN_PREFIX "Url", url);
  if (answer->redirected)
    soup_message_headers_append (headers, OWN_PREFIX "Redirected", "1");
  tn_transfer_respond (self->request, answer->status, headers, answer->body, answer->length);
}

/* The page's side makes an error of it; no server can say this, for its own words of that kind are dropped. */
static void
respond_with_error (TnTransfer *self, const GError *error)
{
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  gboolean refused = g_error_matches (error, TN_NET_ERROR, TN_NET_ERROR_REFUSED)
                     || g_error_matches (error, TN_NET_ERROR, TN_NET_ERROR_INSIDE);
  g_autoptr (JsonObject) fault = json_object_new ();
  g_autoptr (GInputStream) body = NULL;
  char *text;

  json_object_set_int_member (fault, "code", refused ? TN_WIRE_REFUSED : TN_WIRE_FAILED);
  json_object_set_string_member (fault, "message", error->message);
  text = tn_json_object_to_string (fault);
  body = g_memory_input_stream_new_from_data (text, -1, g_free);
  soup_message_headers_append (headers, OWN_PREFIX "Failure", "1");
  soup_message_headers_append (headers, "Content-Type", "application/json");
  tn_transfer_respond (self->request, SOUP_STATUS_BAD_GATEWAY, headers, body, strlen (text));
}

/* When the answer and who wants it are both there. */
static void
meet (TnTransfer *self)
{
  if (self->request == NULL || (self->response == NULL && self->error == NULL))
    return;
  if (self->response != NULL)
    respond_with_answer (self, self->response);
  else
    respond_with_error (self, self->error);
  g_clear_pointer (&self->response, tn_http_response_free);
  g_clear_object (&self->request);
}

TnPermissionActions
tn_transfer_action (const char *method)
{
  return g_str_equal (method, "GET") || g_str_equal (method, "HEAD") ? TN_ACTION_READ : TN_ACTION_WRITE;
}

static gboolean
judge (GUri *url, const char *method, TnAddressScopes *open, GError **error, gpointer user_data)
{
  TnTransfer *self = user_data;
  g_autofree char *text = tn_url_to_string (url);
  TnPermissionActions action = tn_transfer_action (method);

  if (self->instance == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The page is gone");
      return FALSE;
    }
  /* The first address went through the gate. */
  if (self->hopped && tn_gate_probe (self->instance, TN_PERMISSION_NETWORK, text, action) != TN_VERDICT_ALLOWED)
    {
      g_set_error (error, TN_NET_ERROR, TN_NET_ERROR_REFUSED,
                   _("The answer is at “%s”, where the app may not go"), g_uri_get_host (url));
      return FALSE;
    }
  self->hopped = TRUE;
  return tn_book_judge (self->book, &self->instance->traffic, tn_app_get_manifest (self->instance->app), url, action,
                        open, error);
}

static gboolean
meter (gsize bytes, GError **error, gpointer user_data)
{
  TnTransfer *self = user_data;

  if (self->book != NULL && tn_book_take_bytes (self->book, &self->instance->traffic, 0, bytes, error))
    return TRUE;
  if (self->book == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The page is gone");
  self->failed = TRUE;
  return FALSE;
}

static const TnHttpGuard guard = { judge, meter };

/* Once, and before the instance lets go. */
static void
account (TnTransfer *self)
{
  TnBook *book = g_steal_pointer (&self->book);

  if (book == NULL)
    return;
  book->metrics.time_us += tn_clock_monotonic_us () - self->begun_us;
  if (self->failed)
    tn_book_note_failure (book, &self->instance->traffic);
}

/* Out of the instance's hands. */
static void
forget (TnTransfer *self)
{
  TnInstance *instance = g_steal_pointer (&self->instance);

  if (instance != NULL)
    g_hash_table_remove (instance->transfers, self->name);
}

static void
forget_if_done (TnTransfer *self)
{
  if (self->finished && self->claimed && self->request == NULL)
    forget (self);
}

gboolean
tn_transfer_claim (TnTransfer *self, WebKitURISchemeRequest *request)
{
  if (self->claimed)
    return FALSE;
  self->claimed = TRUE;
  self->request = g_object_ref (request);
  meet (self);
  forget_if_done (self);
  return TRUE;
}

/* Nothing more comes, whatever came of it; always after sent_cb(). */
static void
over_cb (gpointer user_data)
{
  g_autoptr (GError) late = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, "The call is over");
  TnTransfer *self = user_data;

  self->finished = TRUE;
  account (self);
  g_signal_handler_disconnect (self->grant, self->grant_handler);
  if (self->pipe != NULL)
    tn_pipe_end (self->pipe, late);
  forget_if_done (self);
  tn_transfer_unref (self);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TnTransfer *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnHttpResponse) response = tn_http_send_finish (TN_HTTP (source), result, &error);

  self->failed = response == NULL;
  if (error != NULL && g_cancellable_is_cancelled (self->grant))
    {
      g_clear_error (&error);
      error = g_error_new_literal (TN_NET_ERROR, TN_NET_ERROR_REFUSED, _("The permission was taken back"));
    }
  /* Where the page gave up, it was told so already. */
  if (self->instance != NULL)
    {
      self->response = g_steal_pointer (&response);
      self->error = g_steal_pointer (&error);
      meet (self);
    }
  tn_transfer_unref (self);
}

void
tn_transfer_end (TnTransfer *self)
{
  g_autoptr (GError) gone = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The page gave up");

  g_ref_count_inc (&self->references);
  if (self->pipe != NULL)
    tn_pipe_end (self->pipe, gone);
  self->failed = TRUE;
  account (self);
  g_cancellable_cancel (self->stop);
  g_clear_pointer (&self->response, tn_http_response_free);
  if (self->request != NULL && self->error == NULL)
    self->error = g_error_copy (gone);
  meet (self);
  forget (self);
  tn_transfer_unref (self);
}

TnTransfer *
tn_transfer_begin (TnInstance *instance, const TnWish *wish, GCancellable *grant)
{
  TnTransfer *self = g_new0 (TnTransfer, 1);
  TnHttpRequest request = { wish->method, wish->url, wish->headers, NULL, wish->length, 0, wish->follow };

  g_ref_count_init (&self->references);
  self->instance = instance;
  self->book = tn_proxy_open_book (instance->runtime->proxy, instance->app);
  self->book->metrics.calls++;
  self->begun_us = tn_clock_monotonic_us ();
  self->name = tn_random_id (NAME_LENGTH);
  self->stop = g_cancellable_new ();
  self->grant = g_object_ref (grant);
  self->grant_handler
    = g_signal_connect_swapped (grant, "cancelled", G_CALLBACK (g_cancellable_cancel), self->stop);
  if (wish->has_body)
    self->pipe = tn_pipe_new ();
  request.body = (GInputStream *) self->pipe;
  g_hash_table_insert (instance->transfers, self->name, self);
  g_ref_count_inc (&self->references);
  g_ref_count_inc (&self->references);
  tn_http_send_async (self->book->http, &request, &guard, self, over_cb, self->stop, sent_cb, self);
  return self;
}

const char *
tn_transfer_get_name (TnTransfer *self)
{
  return self->name;
}

TnPipe *
tn_transfer_get_pipe (TnTransfer *self)
{
  return self->pipe;
}

TnBook *
tn_transfer_get_book (TnTransfer *self)
{
  return self->book;
}
