/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* The most pixels of a side. */
#define TN_DECODER_MAX_SIZE 256

/**
 * tn_decoder_decode_async:
 * @bytes: an SVG, PNG or JPEG that nobody trusts
 * @size: pixels of the longer side
 *
 * Decodes a picture in a process of its own with limits on its time and memory, one at a time. What came out is kept
 * until the program ends: the same bytes are not decoded to the same size again, and never again if they failed once.
 */
void tn_decoder_decode_async (GBytes *bytes, int size, GAsyncReadyCallback callback, gpointer user_data);

/* (transfer full); G_IO_ERROR_INVALID_DATA if there is no picture in the bytes, or not within the limits. */
GdkTexture *tn_decoder_decode_finish (GAsyncResult *result, GError **error);

G_END_DECLS
