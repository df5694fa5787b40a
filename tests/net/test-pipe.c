/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-pipe.h"

#include <string.h>

/* What came of a read or a write. */
typedef struct
{
  gboolean done;
  gssize n;
  GError *error;
} Outcome;

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  tn_pipe_write_finish (TN_PIPE (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
put (TnPipe *pipe, const char *text, Outcome *outcome)
{
  g_autoptr (GBytes) chunk = g_bytes_new (text, strlen (text));

  *outcome = (Outcome){ FALSE };
  tn_pipe_write_async (pipe, chunk, written_cb, outcome);
  settle ();
}

static void
take (TnPipe *pipe, char *buffer, gsize count, Outcome *outcome)
{
  *outcome = (Outcome){ FALSE };
  g_input_stream_read_async (G_INPUT_STREAM (pipe), buffer, count, 0, NULL, read_cb, outcome);
  settle ();
}

static void
test_order (void)
{
  g_autoptr (TnPipe) pipe = tn_pipe_new ();
  Outcome write, read;
  char buffer[4];

  put (pipe, "abcdef", &write);
  g_assert_true (write.done);
  take (pipe, buffer, 4, &read);
  g_assert_cmpmem (buffer, read.n, "abcd", 4);
  take (pipe, buffer, 4, &read);
  g_assert_cmpmem (buffer, read.n, "ef", 2);
  put (pipe, "", &write);
  g_assert_true (write.done);
  tn_pipe_end (pipe, NULL);
  take (pipe, buffer, 4, &read);
  g_assert_true (read.done);
  g_assert_cmpint (read.n, ==, 0);
}

static void
test_reader_waits (void)
{
  g_autoptr (TnPipe) pipe = tn_pipe_new ();
  Outcome write, read;
  char buffer[4];

  take (pipe, buffer, 4, &read);
  g_assert_false (read.done);
  put (pipe, "ab", &write);
  g_assert_cmpmem (buffer, read.n, "ab", 2);
  take (pipe, buffer, 4, &read);
  g_assert_false (read.done);
  tn_pipe_end (pipe, NULL);
  settle ();
  g_assert_true (read.done);
  g_assert_cmpint (read.n, ==, 0);
}

static void
test_writer_waits (void)
{
  g_autoptr (TnPipe) pipe = tn_pipe_new ();
  Outcome first, second, third, read;
  char buffer[4];

  put (pipe, "ab", &first);
  put (pipe, "cd", &second);
  put (pipe, "ef", &third);
  g_assert_true (first.done);
  g_assert_false (second.done);
  g_assert_error (third.error, G_IO_ERROR, G_IO_ERROR_PENDING);
  take (pipe, buffer, 4, &read);
  g_assert_cmpmem (buffer, read.n, "ab", 2);
  g_assert_true (second.done);
  g_assert_no_error (second.error);
  take (pipe, buffer, 4, &read);
  g_assert_cmpmem (buffer, read.n, "cd", 2);
  g_clear_error (&third.error);
}

static void
test_failure (void)
{
  g_autoptr (TnPipe) pipe = tn_pipe_new ();
  g_autoptr (GError) reason = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "No more");
  Outcome first, second, late, read;
  char buffer[4];

  put (pipe, "ab", &first);
  put (pipe, "cd", &second);
  tn_pipe_end (pipe, reason);
  settle ();
  g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  put (pipe, "ef", &late);
  g_assert_error (late.error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  tn_pipe_end (pipe, NULL);
  take (pipe, buffer, 4, &read);
  g_assert_error (read.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&second.error);
  g_clear_error (&late.error);
  g_clear_error (&read.error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pipe/order", test_order);
  g_test_add_func ("/pipe/reader-waits", test_reader_waits);
  g_test_add_func ("/pipe/writer-waits", test_writer_waits);
  g_test_add_func ("/pipe/failure", test_failure);
  return g_test_run ();
}
