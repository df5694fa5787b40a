/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-http-private.h"
#include "tn-clock.h"
#include "tn-url.h"

#include <glib/gi18n-lib.h>

#define TRIES 3
#define HOPS 10
#define TIMEOUT_MS 30000
#define FIRST_PAUSE_MS 250
#define LONGEST_PAUSE_MS 10000

/* A call on its way: the task data of what tn_http_send_async() began. */
typedef struct
{
  TnHttpWatch *watch;
  char *method;
  GUri *url;
  SoupMessageHeaders *headers;
  GInputStream *body;
  goffset length;
  guint timeout_ms;
  gboolean follow;

  guint tries, hops;
  gboolean late;
  TnAddressScopes open;
  SoupSession *session; /* of the try under way, like the next four */
  SoupMessage *message;
  GCancellable *stop;
  TnHttpKept *kept;
  guint timer;          /* its end, or the pause before the next one */
  gulong outer_handler; /* on the task's cancellable */
} Call;

static void begin (GTask *task);

static void
append_header (const char *name, const char *value, gpointer headers)
{
  soup_message_headers_append (headers, name, value);
}

static SoupMessageHeaders *
copy_headers (SoupMessageHeaders *headers)
{
  SoupMessageHeaders *copy = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);

  if (headers != NULL)
    soup_message_headers_foreach (headers, append_header, copy);
  return copy;
}

static void
end_try (Call *call)
{
  g_clear_handle_id (&call->timer, g_source_remove);
  g_clear_object (&call->session);
  g_clear_object (&call->message);
  g_clear_object (&call->stop);
  g_clear_pointer (&call->kept, tn_http_kept_unref);
  call->late = FALSE;
}

static void
call_free (gpointer data)
{
  Call *call = data;

  end_try (call);
  g_clear_pointer (&call->watch, tn_http_watch_free);
  g_free (call->method);
  g_uri_unref (call->url);
  soup_message_headers_unref (call->headers);
  g_clear_object (&call->body);
  g_free (call);
}

/* The task and what it holds may be gone afterwards. */
static void
leave (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  if (call->outer_handler != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (task), call->outer_handler);
  call->outer_handler = 0;
  end_try (call);
  g_object_unref (task);
}

static void
fail (GTask *task, GError *error)
{
  Call *call = g_task_get_task_data (task);

  g_task_return_error (task, tn_http_translate (error, g_uri_get_host (call->url)));
  leave (task);
}

static void
stopped_cb (GCancellable *outer, GTask *task)
{
  Call *call = g_task_get_task_data (task);

  if (call->stop != NULL)
    g_cancellable_cancel (call->stop);
  else
    fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped"));
}

static gboolean
late_cb (gpointer user_data)
{
  Call *call = g_task_get_task_data (user_data);

  call->timer = 0;
  call->late = TRUE;
  g_cancellable_cancel (call->stop);
  return G_SOURCE_REMOVE;
}

static gboolean
may_repeat (Call *call)
{
  static const char *const repeatable[] = { "GET", "HEAD", "OPTIONS", "PUT", "DELETE", NULL };

  return call->body == NULL && call->tries < TRIES && g_strv_contains (repeatable, call->method);
}

/* Some jitter, so that all who were turned away do not come back at once. */
static guint
growing_pause_ms (Call *call)
{
  guint whole = FIRST_PAUSE_MS << (2 * (call->tries - 1));
  guint8 chance;

  tn_random_bytes (&chance, 1);
  return whole / 2 + whole / 2 * chance / G_MAXUINT8;
}

/* Milliseconds of Retry-After (RFC 9110, section 10.2.3); -1 where it does not say. */
static gint64
read_retry_after (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  guint64 seconds;

  if (text == NULL)
    return -1;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &seconds, NULL))
    return seconds * 1000;
  date = soup_date_time_new_from_http_string (text);
  return date != NULL ? MAX (0, g_date_time_to_unix (date) * 1000 - tn_clock_wall_us () / 1000) : -1;
}

/* How long to wait before the same is tried again; -1 where the answer is to be taken. */
static gint64
pause_after_answer (Call *call, guint status, SoupMessageHeaders *headers)
{
  gint64 said = read_retry_after (headers);
  gboolean busy = status == SOUP_STATUS_BAD_GATEWAY || status == SOUP_STATUS_SERVICE_UNAVAILABLE
                  || status == SOUP_STATUS_GATEWAY_TIMEOUT || (status == 429 && said >= 0);

  if (!busy || !may_repeat (call) || said > LONGEST_PAUSE_MS)
    return -1;
  return said >= 0 ? said : growing_pause_ms (call);
}

static gboolean
again_cb (gpointer user_data)
{
  Call *call = g_task_get_task_data (user_data);

  call->timer = 0;
  begin (user_data);
  return G_SOURCE_REMOVE;
}

static void
try_again (GTask *task, guint pause_ms)
{
  Call *call = g_task_get_task_data (task);

  end_try (call);
  call->timer = g_timeout_add (pause_ms, again_cb, task);
}

/* libsoup takes the encoding away and leaves its headers. */
static void
forget_encoding (SoupMessageHeaders *headers)
{
  if (soup_message_headers_get_list (headers, "Content-Encoding") == NULL)
    return;
  soup_message_headers_remove (headers, "Content-Encoding");
  soup_message_headers_remove (headers, "Content-Length");
}

static TnHttpResponse *
new_response (Call *call, guint status, const char *reason, SoupMessageHeaders *headers)
{
  TnHttpResponse *response = g_new0 (TnHttpResponse, 1);

  response->status = status;
  response->reason = g_strdup (reason != NULL ? reason : soup_status_get_phrase (status));
  response->headers = soup_message_headers_ref (headers);
  response->url = g_uri_ref (call->url);
  response->redirected = call->hops > 0;
  return response;
}

static void
answer (GTask *task, TnHttpResponse *response)
{
  g_task_return_pointer (task, response, (GDestroyNotify) tn_http_response_free);
  leave (task);
}

static void
answer_kept (GTask *task, TnHttpKept *kept)
{
  Call *call = g_task_get_task_data (task);
  GBytes *body = tn_http_kept_get_body (kept);
  TnHttpResponse *response = new_response (call, SOUP_STATUS_OK, NULL, tn_http_kept_get_headers (kept));

  response->cached = TRUE;
  response->length = g_bytes_get_size (body);
  response->body = g_memory_input_stream_new_from_bytes (body);
  answer (task, response);
}

static void
answer_coming (GTask *task, GInputStream *stream)
{
  TnHttp *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (call->message);
  guint status = soup_message_get_status (call->message);
  g_autofree char *url = tn_url_to_string (call->url);
  TnHttpPending *pending = NULL;
  TnHttpResponse *response;

  forget_encoding (headers);
  if (g_str_equal (call->method, "GET"))
    pending = tn_http_cache_begin (self->cache, url, call->headers, status, headers);
  else if (!g_str_equal (call->method, "HEAD") && !g_str_equal (call->method, "OPTIONS"))
    tn_http_cache_forget (self->cache, url);
  response = new_response (call, status, soup_message_get_reason_phrase (call->message), headers);
  response->length = soup_message_headers_get_list (headers, "Content-Length") != NULL
                       ? soup_message_headers_get_content_length (headers)
                       : -1;
  response->body = tn_http_body_new (stream, call->session, g_uri_get_host (call->url), g_steal_pointer (&call->watch),
                                     pending, g_task_get_cancellable (task));
  answer (task, response);
}

/* What follows from the old call and the kind of redirect (Fetch, section 4.4, “HTTP-redirect fetch”). */
static gboolean
turn_to (Call *call, GUri *url, guint status, GError **error)
{
  gboolean post = g_str_equal (call->method, "POST");
  gboolean safe = g_str_equal (call->method, "GET") || g_str_equal (call->method, "HEAD");

  if ((status == SOUP_STATUS_SEE_OTHER && !safe) || (status < SOUP_STATUS_SEE_OTHER && post))
    {
      static const char *const of_body[] = { "Content-Type", "Content-Length", "Content-Encoding", "Content-Language" };

      g_free (call->method);
      call->method = g_strdup ("GET");
      g_clear_object (&call->body);
      for (gsize i = 0; i < G_N_ELEMENTS (of_body); i++)
        soup_message_headers_remove (call->headers, of_body[i]);
    }
  else if (call->body != NULL)
    {
      g_set_error (error, TN_NET_ERROR, TN_NET_ERROR_REDIRECTS,
                   _("“%s” wants what was sent to be sent somewhere else, and it is gone"), g_uri_get_host (call->url));
      return FALSE;
    }
  if (!tn_url_is_same_origin (call->url, url))
    soup_message_headers_remove (call->headers, "Authorization");
  g_uri_unref (call->url);
  call->url = g_uri_ref (url);
  return TRUE;
}

static void
follow (GTask *task, const char *location, guint status)
{
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GUri) url = tn_url_parse (call->url, location, &error);

  if (url != NULL && ++call->hops > HOPS)
    g_set_error (&error, TN_NET_ERROR, TN_NET_ERROR_REDIRECTS, _("“%s” sends from one address to the next without end"),
                 g_uri_get_host (call->url));
  if (error != NULL || !turn_to (call, url, status, &error))
    {
      fail (task, error);
      return;
    }
  end_try (call);
  call->tries = 0;
  begin (task);
}

static gboolean
is_redirect (guint status)
{
  return (status >= SOUP_STATUS_MOVED_PERMANENTLY && status <= SOUP_STATUS_SEE_OTHER)
         || status == SOUP_STATUS_TEMPORARY_REDIRECT || status == SOUP_STATUS_PERMANENT_REDIRECT;
}

static void
take_answer (GTask *task, GInputStream *stream)
{
  Call *call = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (call->message);
  guint status = soup_message_get_status (call->message);
  g_autofree char *location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  gint64 pause = pause_after_answer (call, status, headers);
  gboolean elsewhere = is_redirect (status) && location != NULL && call->follow;
  g_autoptr (TnHttpKept) kept = status == SOUP_STATUS_NOT_MODIFIED ? g_steal_pointer (&call->kept) : NULL;

  if (pause < 0 && !elsewhere && kept == NULL)
    {
      answer_coming (task, stream);
      return;
    }
  g_input_stream_close (stream, NULL, NULL);
  if (kept != NULL)
    {
      tn_http_kept_refresh (kept, headers);
      answer_kept (task, kept);
    }
  else if (elsewhere)
    follow (task, location, status);
  else
    try_again (task, pause);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (stream != NULL && !g_cancellable_is_cancelled (call->stop))
    take_answer (task, stream);
  else if (call->late)
    {
      g_clear_error (&error);
      fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "Late"));
    }
  else if (stream != NULL)
    fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped"));
  else if (tn_http_is_passing (error) && may_repeat (call))
    {
      g_error_free (error);
      try_again (task, growing_pause_ms (call));
    }
  else
    fail (task, error);
}

static void
begin_try (GTask *task)
{
  TnHttp *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  SoupMessageHeaders *headers;

  call->tries++;
  call->stop = g_cancellable_new ();
  call->session = g_object_ref (tn_http_get_session (self, call->url, call->open));
  call->message = soup_message_new_from_uri (call->method, call->url);
  soup_message_add_flags (call->message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (call->message);
  soup_message_headers_foreach (call->headers, append_header, headers);
  if (call->kept != NULL)
    tn_http_kept_ask_again (call->kept, headers);
  if (call->body != NULL)
    soup_message_set_request_body (call->message, NULL, call->body, call->length);
  else
    call->timer = g_timeout_add (call->timeout_ms, late_cb, task);
  soup_session_send_async (call->session, call->message, G_PRIORITY_DEFAULT, call->stop, sent_cb, task);
}

/* One hop: judged, and then from the cache or from the network. */
static void
begin (GTask *task)
{
  TnHttp *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autofree char *url = tn_url_to_string (call->url);
  GError *error = NULL;

  if (call->tries == 0)
    {
      call->open = 0;
      if (!call->watch->guard.judge (call->url, call->method, &call->open, &error, call->watch->user_data))
        {
          fail (task, error);
          return;
        }
    }
  if (g_str_equal (call->method, "GET"))
    call->kept = tn_http_cache_find (self->cache, url, call->headers);
  if (call->kept != NULL && tn_http_kept_is_fresh (call->kept))
    {
      g_autoptr (TnHttpKept) kept = g_steal_pointer (&call->kept);

      answer_kept (task, kept);
      return;
    }
  begin_try (task);
}

void
tn_http_send_async (TnHttp *self, const TnHttpRequest *request, const TnHttpGuard *guard, gpointer guard_data,
                    GDestroyNotify destroy, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task;
  Call *call;

  g_return_if_fail (TN_IS_HTTP (self));
  g_return_if_fail (request != NULL && request->method != NULL && request->url != NULL && guard != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_http_send_async);
  g_task_set_check_cancellable (task, FALSE);
  call = g_new0 (Call, 1);
  call->watch = g_new (TnHttpWatch, 1);
  *call->watch = (TnHttpWatch){ *guard, guard_data, destroy };
  call->method = g_strdup (request->method);
  call->url = g_uri_ref (request->url);
  call->headers = copy_headers (request->headers);
  g_set_object (&call->body, request->body);
  call->length = request->length;
  call->timeout_ms = request->timeout_ms != 0 ? request->timeout_ms : TIMEOUT_MS;
  call->follow = request->follow;
  g_task_set_task_data (task, call, call_free);
  if (cancellable != NULL && g_cancellable_is_cancelled (cancellable))
    {
      fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped"));
      return;
    }
  if (cancellable != NULL)
    call->outer_handler = g_signal_connect (cancellable, "cancelled", G_CALLBACK (stopped_cb), task);
  begin (task);
}

TnHttpResponse *
tn_http_send_finish (TnHttp *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
