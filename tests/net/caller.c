/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "caller.h"

#include "tn-url.h"

#include <string.h>

typedef struct
{
  GAsyncResult *result;
} Waiting;

static gboolean
judge (GUri *url, const char *method, TnAddressScopes *open, GError **error, gpointer user_data)
{
  Caller *self = user_data;
  g_autofree char *text = tn_url_to_string (url);

  g_ptr_array_add (self->judged, g_strdup_printf ("%s %s", method, text));
  *open = self->open;
  if (self->denied == NULL || strstr (text, self->denied) == NULL)
    return TRUE;
  g_set_error_literal (error, TN_NET_ERROR, TN_NET_ERROR_REFUSED, "Not there");
  return FALSE;
}

static gboolean
meter (gsize bytes, GError **error, gpointer user_data)
{
  Caller *self = user_data;

  self->metered += bytes;
  if (self->quota == 0 || self->metered <= self->quota)
    return TRUE;
  g_set_error_literal (error, TN_NET_ERROR, TN_NET_ERROR_REFUSED, "Too much");
  return FALSE;
}

static const TnHttpGuard guard = { judge, meter };

static void
watch_over (gpointer user_data)
{
  ((Caller *) user_data)->watches--;
}

Caller *
caller_new (GResolver *resolver, GTlsDatabase *trust)
{
  const char *loopback[] = { "127.0.0.1", NULL };
  Caller *self = g_new0 (Caller, 1);
  g_autoptr (GResolver) own = resolver != NULL ? g_object_ref (resolver) : fake_resolver_new (loopback);

  self->http = tn_http_new (own, trust);
  self->open = TN_ADDRESS_LOOPBACK;
  self->judged = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static void
forget (Caller *self)
{
  g_clear_pointer (&self->response, tn_http_response_free);
  g_clear_error (&self->error);
}

void
caller_free (Caller *self)
{
  forget (self);
  g_assert_cmpuint (self->watches, ==, 0);
  g_ptr_array_unref (self->judged);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_clear_object (&self->body);
  g_object_unref (self->http);
  g_free (self);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Caller *self = user_data;

  self->response = tn_http_send_finish (TN_HTTP (source), result, &self->error);
  g_assert_true ((self->response == NULL) == (self->error != NULL));
}

void
caller_begin (Caller *self, const char *method, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) url = tn_url_parse (NULL, text, &error);
  TnHttpRequest request = { method, url, self->headers, self->body, -1, self->timeout_ms, !self->stay };

  g_assert_no_error (error);
  forget (self);
  self->watches++;
  tn_http_send_async (self->http, &request, &guard, self, watch_over, self->cancellable, sent_cb, self);
}

gboolean
caller_is_answered (Caller *self)
{
  return self->response != NULL || self->error != NULL;
}

static gboolean
is_answered (gpointer data)
{
  return caller_is_answered (data);
}

void
caller_call (Caller *self, const char *method, const char *url)
{
  caller_begin (self, method, url);
  caller_wait (is_answered, self);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
caller_wait (gboolean (*holds) (gpointer data), gpointer data)
{
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;
  guint tick = g_timeout_add (20, wake_cb, NULL);

  while (!holds (data) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_assert_true (holds (data));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Waiting *) user_data)->result = g_object_ref (result);
}

static gssize
read_some (Caller *self, void *buffer, gsize size)
{
  Waiting waiting = { NULL };
  gssize n;

  g_input_stream_read_async (self->response->body, buffer, size, G_PRIORITY_DEFAULT, NULL, read_cb, &waiting);
  while (waiting.result == NULL)
    g_main_context_iteration (NULL, TRUE);
  n = g_input_stream_read_finish (self->response->body, waiting.result, &self->error);
  g_object_unref (waiting.result);
  return n;
}

char *
caller_read (Caller *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[1000];
  gssize n;

  g_assert_no_error (self->error);
  while ((n = read_some (self, buffer, sizeof buffer)) > 0)
    g_string_append_len (text, buffer, n);
  return n == 0 ? g_strdup (text->str) : NULL;
}

gssize
caller_drain (Caller *self)
{
  static char buffer[256 * 1024];
  gssize n, whole = 0;

  g_assert_no_error (self->error);
  while ((n = read_some (self, buffer, sizeof buffer)) > 0)
    whole += n;
  return n == 0 ? whole : -1;
}

void
caller_set_up (CallerFixture *fixture, gconstpointer data)
{
  fixture->web = web_new (FALSE);
  fixture->caller = caller_new (NULL, NULL);
}

void
caller_tear_down (CallerFixture *fixture, gconstpointer data)
{
  caller_free (fixture->caller);
  web_free (fixture->web);
}

void
caller_visit (CallerFixture *fixture, const char *method, const char *path)
{
  g_autofree char *url = web_url (fixture->web, "web.example", path);

  caller_call (fixture->caller, method, url);
}
