/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "caller.h"
#include "tn-pipe.h"

#include <string.h>

#define MIB (1024 * 1024)

static void
call (CallerFixture *fixture, const char *method, const char *path)
{
  caller_visit (fixture, method, path);
  g_assert_no_error (fixture->caller->error);
}

static gsize
resident_mib (void)
{
  g_autofree char *text = NULL;
  gsize pages;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  pages = g_ascii_strtoull (strchr (text, ' '), NULL, 10);
  return pages * sysconf (_SC_PAGESIZE) / MIB;
}

/* The address sanitizer keeps what was freed. */
static void
assert_lean (gsize before)
{
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpuint (resident_mib (), <, before + 40);
#endif
}

/* Both ends are in this process, and hold little between them. */
static void
test_big (CallerFixture *fixture, gconstpointer data)
{
  gsize before = resident_mib ();

  call (fixture, "GET", "/big?mib=100");
  g_assert_cmpint (fixture->caller->response->length, ==, 100 * MIB);
  g_assert_cmpint (caller_drain (fixture->caller), ==, 100 * MIB);
  g_assert_cmpuint (fixture->caller->metered, ==, 100 * MIB);
  assert_lean (before);
}

static void
test_quota (CallerFixture *fixture, gconstpointer data)
{
  fixture->caller->quota = MIB;
  call (fixture, "GET", "/big?mib=100");
  g_assert_cmpint (caller_drain (fixture->caller), ==, -1);
  g_assert_error (fixture->caller->error, TN_NET_ERROR, TN_NET_ERROR_REFUSED);
  g_assert_cmpuint (fixture->caller->metered, <, 2 * MIB);
}

static gboolean
was_given_up (gpointer data)
{
  return ((Web *) data)->ended == 1;
}

static gboolean
is_watched_no_more (gpointer data)
{
  return ((Caller *) data)->watches == 0;
}

/* Nobody reads: the connection ends all the same, and whoever reads later is told. */
static void
test_cancel (CallerFixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  fixture->caller->cancellable = g_cancellable_new ();
  call (fixture, "GET", "/drip");
  g_cancellable_cancel (fixture->caller->cancellable);
  caller_wait (was_given_up, fixture->web);
  caller_wait (is_watched_no_more, fixture->caller);
  text = caller_read (fixture->caller);
  g_assert_null (text);
  g_assert_error (fixture->caller->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_cancel_while_read (CallerFixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  fixture->caller->cancellable = g_cancellable_new ();
  call (fixture, "GET", "/drip");
  g_timeout_add (50, cancel_cb, fixture->caller->cancellable);
  text = caller_read (fixture->caller);
  g_assert_null (text);
  g_assert_error (fixture->caller->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  caller_wait (was_given_up, fixture->web);
}

/* As WebKit does when a page aborts: it cancels its own read and lets go. */
static void
ignore_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
test_reader_leaves (CallerFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) reader = g_cancellable_new ();
  char buffer[100];
  gboolean first = FALSE, second = FALSE;

  call (fixture, "GET", "/drip");
  g_input_stream_read_async (fixture->caller->response->body, buffer, sizeof buffer, 0, reader, ignore_cb, &first);
  caller_wait (is_true, &first);
  g_input_stream_read_async (fixture->caller->response->body, buffer, sizeof buffer, 0, reader, ignore_cb, &second);
  g_cancellable_cancel (reader);
  caller_wait (is_true, &second);
  caller_wait (was_given_up, fixture->web);
}

static void
test_dropped (CallerFixture *fixture, gconstpointer data)
{
  call (fixture, "GET", "/drip");
  g_clear_pointer (&fixture->caller->response, tn_http_response_free);
  g_assert_cmpuint (fixture->caller->watches, ==, 0);
  caller_wait (was_given_up, fixture->web);
}

/* Feeds a pipe with one MiB after the other, as fast as it takes them. */
typedef struct
{
  TnPipe *pipe;
  GBytes *chunk;
  guint left, waiting;
} Feed;

static void feed (Feed *self);

static void
fed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Feed *self = user_data;

  tn_pipe_write_finish (TN_PIPE (source), result, &error);
  g_assert_no_error (error);
  self->waiting--;
  feed (self);
}

static void
feed (Feed *self)
{
  if (self->left == 0)
    {
      tn_pipe_end (self->pipe, NULL);
      return;
    }
  self->left--;
  self->waiting++;
  tn_pipe_write_async (self->pipe, self->chunk, fed_cb, self);
}

static void
test_big_up (CallerFixture *fixture, gconstpointer data)
{
  g_autofree guint8 *zeros = g_malloc0 (MIB);
  g_autoptr (GBytes) chunk = g_bytes_new (zeros, MIB);
  Feed state = { tn_pipe_new (), chunk, 100, 0 };
  gsize before = resident_mib ();
  g_autofree char *text = NULL;

  fixture->caller->body = G_INPUT_STREAM (state.pipe);
  feed (&state);
  call (fixture, "POST", "/sink");
  text = caller_read (fixture->caller);
  g_assert_cmpstr (text, ==, "104857600");
  g_assert_cmpuint (state.left + state.waiting, ==, 0);
  assert_lean (before);
}

/* A body that fails is no body: the other side must not take it for whole. */
static void
test_broken_up (CallerFixture *fixture, gconstpointer data)
{
  g_autofree char *url = web_url (fixture->web, "web.example", "/sink");
  g_autoptr (GError) reason = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "No more");
  TnPipe *pipe = tn_pipe_new ();

  fixture->caller->body = G_INPUT_STREAM (pipe);
  caller_begin (fixture->caller, "PUT", url);
  tn_pipe_end (pipe, reason);
  while (!caller_is_answered (fixture->caller))
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (fixture->caller->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, CallerFixture, NULL, caller_set_up, func, caller_tear_down)
  ADD ("/body/big", test_big);
  ADD ("/body/quota", test_quota);
  ADD ("/body/cancel", test_cancel);
  ADD ("/body/cancel-while-read", test_cancel_while_read);
  ADD ("/body/reader-leaves", test_reader_leaves);
  ADD ("/body/dropped", test_dropped);
  ADD ("/body/big-up", test_big_up);
  ADD ("/body/broken-up", test_broken_up);
  return g_test_run ();
}
