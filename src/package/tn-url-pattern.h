/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes that an address may have; a longer one is none. */
#define TN_URL_MAX_BYTES 8192

/**
 * TnUrl:
 * @secure: https or wss; else http or ws
 * @port: the scheme's own where none was said
 * @host: ASCII as it was written; in a pattern perhaps with "*." before it
 * @target: path and query; never empty
 *
 * An address, or a pattern of addresses, taken apart. It points into the text that it was read from.
 */
typedef struct
{
  gboolean secure;
  guint port;
  const char *host, *target;
  gsize host_length, target_length;
} TnUrl;

/**
 * tn_url_read:
 * @text: any bytes
 *
 * Takes only what has one meaning for every reader, which is what `new URL(…).href` gives (URL Standard, WHATWG): a
 * scheme of http, https, ws or wss; a host of ASCII names (others in their xn-- form) without an empty one; no user and
 * password; a path with its dot segments resolved. A fragment is left out, for it is not sent.
 *
 * Returns: %FALSE where it is anything else; then nothing covers it
 */
gboolean tn_url_read (const char *text, TnUrl *url);

/* The same for a pattern, which tn_word_judge_address() finds well formed: its host may begin with "*.". */
gboolean tn_url_pattern_read (const char *text, TnUrl *pattern);

/**
 * tn_url_pattern_covers:
 *
 * Whether an address lies in a pattern, part by part: scheme (a live connection counts as its http or https), host, port,
 * and path with query. "*." before the host stands for one or more names, and for no address of numbers. In the path `*`
 * is any run of characters without "/" and "?"; as the last character it is all that follows. Never recurses or goes
 * back: the cost grows with the lengths alone.
 */
gboolean tn_url_pattern_covers (const TnUrl *pattern, const TnUrl *url);

/* A number that is the same for hosts that differ only in case. */
guint tn_url_hash_host (const TnUrl *url);

G_END_DECLS
