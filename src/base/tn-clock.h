/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TnClockSource:
 * @monotonic_us: microseconds since any fixed moment, never going back
 * @wall_us: microseconds since 1970 UTC
 * @random: fills @buffer with @length unpredictable bytes
 *
 * All time and randomness of the program comes through here, so that a tile can be recorded and replayed, and a test
 * can make the clock jump.
 */
typedef struct
{
  gint64 (*monotonic_us) (void);
  gint64 (*wall_us) (void);
  void (*random) (guint8 *buffer, gsize length);
} TnClockSource;

/* Replaces the source; %NULL brings the system's back. For tests and replay; before other threads start. */
void tn_clock_set_source (const TnClockSource *source);

gint64 tn_clock_monotonic_us (void);
gint64 tn_clock_wall_us (void);

/* RFC 3339 in UTC with milliseconds; (transfer full). */
char *tn_clock_format (gint64 wall_us);

/* Bytes from the kernel's generator (getrandom(2)). */
void tn_random_bytes (guint8 *buffer, gsize length);

/* A version 4 UUID (RFC 9562); (transfer full). */
char *tn_uuid_new (void);

/* @length characters of a-z and 2-7 for ids that people may see; (transfer full). */
char *tn_random_id (guint length);

/* Lower-case base32 (RFC 4648) without padding, cut to @characters; (transfer full). */
char *tn_base32 (const guint8 *data, gsize length, guint characters);

G_END_DECLS
