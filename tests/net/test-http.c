/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "caller.h"

#include <string.h>

/* TnHttp against real servers on loopback. */

static void
assert_text (CallerFixture *fixture, guint status, const char *text)
{
  g_autofree char *body = NULL;

  g_assert_no_error (fixture->caller->error);
  g_assert_cmpuint (fixture->caller->response->status, ==, status);
  body = caller_read (fixture->caller);
  g_assert_cmpstr (body, ==, text);
}

static void
test_plain (CallerFixture *fixture, gconstpointer data)
{
  caller_visit (fixture, "GET", "/hello");
  g_assert_cmpint (fixture->caller->response->length, ==, 5);
  g_assert_false (fixture->caller->response->redirected);
  assert_text (fixture, 200, "hello");
  g_assert_cmpuint (fixture->caller->metered, ==, 5);
  caller_visit (fixture, "GET", "/nothing");
  assert_text (fixture, 404, "nothing here");
  caller_visit (fixture, "GET", "/status?is=204");
  assert_text (fixture, 204, "");
  caller_visit (fixture, "HEAD", "/hello");
  assert_text (fixture, 200, "");
  caller_visit (fixture, "GET", "/zip");
  g_assert_null (soup_message_headers_get_one (fixture->caller->response->headers, "Content-Encoding"));
  g_assert_cmpint (caller_drain (fixture->caller), ==, 10000);
}

/* Nothing is said that the app did not say, but what HTTP needs. */
static void
test_says_little (CallerFixture *fixture, gconstpointer data)
{
  g_autofree char *body = NULL;
  g_auto (GStrv) lines = NULL;
  const char *const said[] = { "GET", "Host:", "User-Agent: TokenNexusCanvas", "Accept-Encoding:", "Connection:" };

  caller_visit (fixture, "GET", "/cookie");
  assert_text (fixture, 200, "cookie");
  caller_visit (fixture, "GET", "/echo");
  body = caller_read (fixture->caller);
  lines = g_strsplit (body, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean known = *lines[i] == '\0';

      for (gsize k = 0; k < G_N_ELEMENTS (said); k++)
        known |= g_str_has_prefix (lines[i], said[k]);
      g_test_message ("%s", lines[i]);
      g_assert_true (known);
    }
}

/* The environment's proxy would look names up where nobody judges the addresses. */
static void
test_no_proxy (CallerFixture *fixture, gconstpointer data)
{
  g_setenv ("http_proxy", "http://127.0.0.1:9", TRUE);
  caller_visit (fixture, "GET", "/hello");
  assert_text (fixture, 200, "hello");
  g_unsetenv ("http_proxy");
}

static void
test_private_refused (CallerFixture *fixture, gconstpointer data)
{
  static const char *const hosts[] = { "localhost", "127.0.0.1", "web.example", "0.0.0.0" };

  fixture->caller->open = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *url = web_url (fixture->web, hosts[i], "/hello");

      g_test_message ("%s", url);
      caller_call (fixture->caller, "GET", url);
      g_assert_error (fixture->caller->error, TN_NET_ERROR, TN_NET_ERROR_INSIDE);
    }
  g_assert_cmpuint (fixture->web->requests, ==, 0);
}

/* The name leads to where it may when it is first looked up (to an address that nobody has, RFC 5737), and to this machine
 * ever after. */
static void
test_rebinding (CallerFixture *fixture, gconstpointer data)
{
  const char *answers[] = { "192.0.2.1", "127.0.0.1", NULL };
  g_autoptr (GResolver) resolver = fake_resolver_new (answers);
  g_autoptr (Caller) caller = caller_new (resolver, NULL);
  g_autofree char *url = web_url (fixture->web, "rebinds.example", "/hello");

  caller->open = TN_ADDRESS_SPECIAL;
  caller->timeout_ms = 200;
  for (guint i = 0; i < 4; i++)
    {
      caller_call (caller, "GET", url);
      g_assert_nonnull (caller->error);
    }
  g_assert_error (caller->error, TN_NET_ERROR, TN_NET_ERROR_INSIDE);
  g_assert_cmpuint (fake_resolver_get_asked (resolver), >=, 4);
  g_assert_cmpuint (fixture->web->requests, ==, 0);
}

/* What was opened for one call is not open for the next. */
static void
test_open_once (CallerFixture *fixture, gconstpointer data)
{
  caller_visit (fixture, "GET", "/hello");
  assert_text (fixture, 200, "hello");
  fixture->caller->open = 0;
  caller_visit (fixture, "GET", "/hello");
  g_assert_error (fixture->caller->error, TN_NET_ERROR, TN_NET_ERROR_INSIDE);
}

static const struct
{
  const char *method, *path, *lines; /* what the server heard */
} redirects[] = {
  { "GET", "/redirect?to=/hello", "GET /redirect GET /hello " },
  { "HEAD", "/redirect?to=/hello&status=303", "HEAD /redirect HEAD /hello " },
  { "POST", "/redirect?to=/hello&status=301", "POST /redirect GET /hello " },
  { "POST", "/redirect?to=/hello&status=302", "POST /redirect GET /hello " },
  { "PUT", "/redirect?to=/hello&status=302", "PUT /redirect PUT /hello " },
  { "PUT", "/redirect?to=/hello&status=303", "PUT /redirect GET /hello " },
  { "POST", "/redirect?to=/hello&status=307", "POST /redirect POST /hello " },
  { "DELETE", "/redirect?to=/hello&status=308", "DELETE /redirect DELETE /hello " },
};

static void
test_redirects (CallerFixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (redirects); i++)
    {
      g_autoptr (GString) lines = g_string_new (NULL);

      g_ptr_array_set_size (fixture->web->lines, 0);
      g_ptr_array_set_size (fixture->caller->judged, 0);
      caller_visit (fixture, redirects[i].method, redirects[i].path);
      assert_text (fixture, 200, g_str_equal (redirects[i].method, "HEAD") ? "" : "hello");
      for (guint k = 0; k < fixture->web->lines->len; k++)
        g_string_append_printf (lines, "%s ", (char *) fixture->web->lines->pdata[k]);
      g_assert_cmpstr (lines->str, ==, redirects[i].lines);
      g_assert_true (fixture->caller->response->redirected);
      g_assert_cmpstr (g_uri_get_path (fixture->caller->response->url), ==, "/hello");
      g_assert_cmpuint (fixture->caller->judged->len, ==, 2);
    }
}

static void
test_redirect_not_followed (CallerFixture *fixture, gconstpointer data)
{
  fixture->caller->stay = TRUE;
  caller_visit (fixture, "GET", "/redirect?to=/hello");
  assert_text (fixture, 302, "elsewhere");
}

static void
test_redirect_denied (CallerFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strdup_printf ("/redirect?to=//denied.example:%u/hello", fixture->web->port);

  fixture->caller->denied = "http://denied.example";
  caller_visit (fixture, "GET", path);
  g_assert_error (fixture->caller->error, TN_NET_ERROR, TN_NET_ERROR_REFUSED);
  g_assert_cmpuint (fixture->web->requests, ==, 1);
}

/* Only the first host was granted by name. */
static gboolean
judge_first (GUri *url, const char *method, TnAddressScopes *open, GError **error, gpointer user_data)
{
  *open = g_str_equal (g_uri_get_host (url), "web.example") ? TN_ADDRESS_LOOPBACK : 0;
  return TRUE;
}

static gboolean
take_all (gsize bytes, GError **error, gpointer user_data)
{
  return TRUE;
}

static void
failed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_null (tn_http_send_finish (TN_HTTP (source), result, user_data));
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static void
test_redirect_inside (CallerFixture *fixture, gconstpointer data)
{
  static const TnHttpGuard first_only = { judge_first, take_all };
  g_autofree char *there = web_url (fixture->web, "127.0.0.1", "/hello");
  g_autofree char *path = g_strconcat ("/redirect?to=", there, NULL);
  g_autofree char *text = web_url (fixture->web, "web.example", path);
  g_autoptr (GUri) url = g_uri_parse (text, G_URI_FLAGS_ENCODED_QUERY, NULL);
  TnHttpRequest request = { "GET", url, NULL, NULL, -1, 0, TRUE };
  g_autoptr (GError) error = NULL;

  tn_http_send_async (fixture->caller->http, &request, &first_only, NULL, NULL, NULL, failed_cb, &error);
  caller_wait (is_set, &error);
  g_assert_error (error, TN_NET_ERROR, TN_NET_ERROR_INSIDE);
  g_assert_cmpuint (fixture->web->requests, ==, 1);
}

static void
test_redirect_loop (CallerFixture *fixture, gconstpointer data)
{
  caller_visit (fixture, "GET", "/redirect");
  g_assert_error (fixture->caller->error, TN_NET_ERROR, TN_NET_ERROR_REDIRECTS);
  g_assert_cmpuint (fixture->web->requests, ==, 11);
  caller_visit (fixture, "GET", "/redirect?to=file:///etc/passwd");
  g_assert_error (fixture->caller->error, TN_NET_ERROR, TN_NET_ERROR_URL);
}

/* Who is known to one host is not made known to another. */
static void
test_redirect_secret (CallerFixture *fixture, gconstpointer data)
{
  g_autofree char *there = web_url (fixture->web, "other.example", "/echo");
  g_autofree char *path = g_strconcat ("/redirect?to=", there, NULL);
  g_autofree char *here = NULL, *elsewhere = NULL;

  fixture->caller->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  soup_message_headers_append (fixture->caller->headers, "Authorization", "Bearer secret");
  caller_visit (fixture, "GET", "/redirect?to=/echo");
  here = caller_read (fixture->caller);
  g_assert_nonnull (strstr (here, "secret"));
  caller_visit (fixture, "GET", path);
  elsewhere = caller_read (fixture->caller);
  g_assert_null (strstr (elsewhere, "secret"));
}

static const struct
{
  const char *method, *path;
  guint status, requests;
} retries[] = {
  { "GET", "/flaky?times=2", 200, 3 },
  { "GET", "/flaky?times=3", 503, 3 },
  { "GET", "/flaky?times=1&status=502", 200, 2 },
  { "GET", "/flaky?times=1&status=504", 200, 2 },
  { "GET", "/flaky?times=1&status=500", 500, 1 },
  { "GET", "/flaky?times=1&status=429", 429, 1 },
  { "GET", "/flaky?times=1&status=429&after=0", 200, 2 },
  { "GET", "/flaky?times=2&after=0", 200, 3 },
  { "GET", "/flaky?times=2&after=3600", 503, 1 },
  { "GET", "/flaky?times=1&after=Thu,%2001%20Jan%202015%2000:00:00%20GMT", 200, 2 },
  { "DELETE", "/flaky?times=1&after=0", 200, 2 },
  { "POST", "/flaky?times=1&after=0", 503, 1 },
  { "PATCH", "/flaky?times=1&after=0", 503, 1 },
};

static void
test_retries (CallerFixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (retries); i++)
    {
      g_test_message ("%s %s", retries[i].method, retries[i].path);
      fixture->web->requests = 0;
      fixture->web->flaws = 0;
      caller_visit (fixture, retries[i].method, retries[i].path);
      g_assert_no_error (fixture->caller->error);
      g_assert_cmpuint (fixture->caller->response->status, ==, retries[i].status);
      g_assert_cmpuint (fixture->web->requests, ==, retries[i].requests);
    }
}

static void
test_unreachable (CallerFixture *fixture, gconstpointer data)
{
  caller_call (fixture->caller, "GET", "http://web.example:9/");
  g_assert_error (fixture->caller->error, TN_NET_ERROR, TN_NET_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (fixture->caller->error->message, "web.example"));
}

static void
test_timeout (CallerFixture *fixture, gconstpointer data)
{
  fixture->caller->timeout_ms = 200;
  caller_visit (fixture, "GET", "/silence");
  g_assert_error (fixture->caller->error, TN_NET_ERROR, TN_NET_ERROR_TIMEOUT);
  g_assert_cmpuint (fixture->web->requests, ==, 1);
}

static gboolean
was_given_up (gpointer data)
{
  return ((Web *) data)->ended == 1;
}

static gboolean
was_asked (gpointer data)
{
  return ((Web *) data)->requests == 1;
}

static void
test_cancel_before_answer (CallerFixture *fixture, gconstpointer data)
{
  g_autofree char *url = web_url (fixture->web, "web.example", "/silence");

  fixture->caller->cancellable = g_cancellable_new ();
  caller_begin (fixture->caller, "GET", url);
  caller_wait (was_asked, fixture->web);
  g_cancellable_cancel (fixture->caller->cancellable);
  caller_wait (is_set, &fixture->caller->error);
  g_assert_error (fixture->caller->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  caller_wait (was_given_up, fixture->web);
  caller_call (fixture->caller, "GET", url);
  g_assert_error (fixture->caller->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture->web->requests, ==, 1);
}

static void
test_cancel_between_tries (CallerFixture *fixture, gconstpointer data)
{
  g_autofree char *url = web_url (fixture->web, "web.example", "/flaky?times=9&after=9");

  fixture->caller->cancellable = g_cancellable_new ();
  caller_begin (fixture->caller, "GET", url);
  caller_wait (was_asked, fixture->web);
  /* The answer is on its way; whether the pause has begun or not, it must end at once. */
  g_cancellable_cancel (fixture->caller->cancellable);
  caller_wait (is_set, &fixture->caller->error);
  g_assert_error (fixture->caller->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_kept_fresh (CallerFixture *fixture, gconstpointer data)
{
  caller_visit (fixture, "GET", "/fresh");
  assert_text (fixture, 200, "fresh");
  g_assert_false (fixture->caller->response->cached);
  caller_visit (fixture, "GET", "/fresh");
  g_assert_true (fixture->caller->response->cached);
  assert_text (fixture, 200, "fresh");
  g_assert_cmpuint (fixture->web->requests, ==, 1);
  g_assert_cmpuint (fixture->caller->metered, ==, 5);
  caller_visit (fixture, "POST", "/fresh");
  caller_visit (fixture, "GET", "/fresh");
  g_assert_false (fixture->caller->response->cached);
  assert_text (fixture, 200, "fresh");
}

/* What is kept is judged like anything else. */
static void
test_kept_judged (CallerFixture *fixture, gconstpointer data)
{
  caller_visit (fixture, "GET", "/fresh");
  assert_text (fixture, 200, "fresh");
  fixture->caller->denied = "/fresh";
  caller_visit (fixture, "GET", "/fresh");
  g_assert_error (fixture->caller->error, TN_NET_ERROR, TN_NET_ERROR_REFUSED);
}

static void
test_kept_marked (CallerFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      caller_visit (fixture, "GET", "/etag");
      g_assert_cmpint (fixture->caller->response->cached, ==, i > 0);
      assert_text (fixture, 200, "marked");
    }
  g_assert_cmpuint (fixture->web->requests, ==, 3);
  g_assert_cmpuint (fixture->caller->metered, ==, strlen ("marked"));
}

/* Half an answer is not kept. */
static void
test_kept_whole (CallerFixture *fixture, gconstpointer data)
{
  caller_visit (fixture, "GET", "/fresh");
  g_clear_pointer (&fixture->caller->response, tn_http_response_free);
  caller_visit (fixture, "GET", "/fresh");
  g_assert_false (fixture->caller->response->cached);
  assert_text (fixture, 200, "fresh");
}

static const struct
{
  const char *host;
  gboolean trusted;
  int code;
} identities[] = {
  { "web.example", TRUE, 0 },
  { "localhost", TRUE, 0 },
  { "other.example", TRUE, TN_NET_ERROR_TLS },
  { "web.example", FALSE, TN_NET_ERROR_TLS },
};

static void
test_tls (void)
{
  g_autoptr (GTlsDatabase) trust = web_trust ();

  for (gsize i = 0; i < G_N_ELEMENTS (identities); i++)
    {
      Web *web = web_new (TRUE);
      g_autoptr (Caller) caller = caller_new (NULL, identities[i].trusted ? trust : NULL);
      g_autofree char *url = web_url (web, identities[i].host, "/hello");

      g_test_message ("%s", url);
      caller_call (caller, "GET", url);
      if (identities[i].code == 0)
        g_assert_no_error (caller->error);
      else
        g_assert_error (caller->error, TN_NET_ERROR, identities[i].code);
      g_assert_cmpuint (web->requests, ==, identities[i].code == 0);
      web_free (web);
    }
}

static void
test_http2 (void)
{
  g_autoptr (GTlsDatabase) trust = web_trust ();
  g_autoptr (Caller) caller = caller_new (NULL, trust);
  g_autofree char *zeros = g_strnfill (20000, '0');
  g_autofree char *url = NULL;
  Web *web;

  g_setenv ("SOUP_SERVER_HTTP2", "1", TRUE);
  web = web_new (TRUE);
  g_unsetenv ("SOUP_SERVER_HTTP2");
  url = web_url (web, "web.example", "/echo");
  caller->body = g_memory_input_stream_new_from_data (zeros, -1, NULL);
  caller_call (caller, "POST", url);
  g_assert_cmpint (caller_drain (caller), >, 20000);
  g_assert_cmpint (web->version, ==, SOUP_HTTP_2_0);
  web_free (web);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, CallerFixture, NULL, caller_set_up, func, caller_tear_down)
  ADD ("/http/plain", test_plain);
  ADD ("/http/says-little", test_says_little);
  ADD ("/http/no-proxy", test_no_proxy);
  ADD ("/http/private-refused", test_private_refused);
  ADD ("/http/rebinding", test_rebinding);
  ADD ("/http/open-once", test_open_once);
  ADD ("/http/redirects", test_redirects);
  ADD ("/http/redirect-not-followed", test_redirect_not_followed);
  ADD ("/http/redirect-denied", test_redirect_denied);
  ADD ("/http/redirect-inside", test_redirect_inside);
  ADD ("/http/redirect-loop", test_redirect_loop);
  ADD ("/http/redirect-secret", test_redirect_secret);
  ADD ("/http/retries", test_retries);
  ADD ("/http/unreachable", test_unreachable);
  ADD ("/http/timeout", test_timeout);
  ADD ("/http/cancel-before-answer", test_cancel_before_answer);
  ADD ("/http/cancel-between-tries", test_cancel_between_tries);
  ADD ("/http/kept-fresh", test_kept_fresh);
  ADD ("/http/kept-judged", test_kept_judged);
  ADD ("/http/kept-marked", test_kept_marked);
  ADD ("/http/kept-whole", test_kept_whole);
  g_test_add_func ("/http/tls", test_tls);
  g_test_add_func ("/http/http2", test_http2);
  return g_test_run ();
}
