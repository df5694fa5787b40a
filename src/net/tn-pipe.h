/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TnPipe:
 *
 * A stream that is written at one end, chunk by chunk, and read asynchronously at the other, on one thread. It holds
 * two chunks at most: who writes waits for who reads.
 */
#define TN_TYPE_PIPE (tn_pipe_get_type ())
G_DECLARE_FINAL_TYPE (TnPipe, tn_pipe, TN, PIPE, GInputStream)

/* Returns: (transfer full) */
TnPipe *tn_pipe_new (void);

/**
 * tn_pipe_write_async:
 *
 * Finishes when the chunk before this one was read. Another one must not be written before that, nor after the end:
 * %G_IO_ERROR_PENDING, %G_IO_ERROR_CLOSED.
 */
void tn_pipe_write_async (TnPipe *self, GBytes *chunk, GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_pipe_write_finish (TnPipe *self, GAsyncResult *result, GError **error);

/* Nothing more comes; with @error (nullable) reading fails by it, at once. Again: nothing. */
void tn_pipe_end (TnPipe *self, const GError *error);
gboolean tn_pipe_is_ended (TnPipe *self);

G_END_DECLS
