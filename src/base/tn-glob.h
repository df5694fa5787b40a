/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes that a pattern may have; a longer one matches nothing. */
#define TN_GLOB_MAX_BYTES 1024

/**
 * tn_glob_match:
 * @pattern: UTF-8, in which `*` is any run of characters, the empty one and "/" included, and `?` is one character
 *
 * Whether @pattern matches the whole of @text, case and all. Made for patterns and texts of hostile origin: no
 * recursion and no backtracking; the cost grows with the text's length times one 64th of the pattern's, whatever they
 * say. All states of the pattern's automaton advance at once, as bits (the Shift-And method: Baeza-Yates and Gonnet,
 * "A new approach to text searching", 1992).
 */
gboolean tn_glob_match (const char *pattern, const char *text);

G_END_DECLS
