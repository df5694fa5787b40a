/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-clock.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

static void
system_random (guint8 *buffer, gsize length)
{
  gsize done = 0;

  while (done < length)
    {
      ssize_t n = getrandom (buffer + done, length - done, 0);

      if (n > 0)
        done += n;
      else if (errno != EINTR)
        g_error ("The kernel gives no random bytes: %s", g_strerror (errno));
    }
}

static const TnClockSource system_source = { g_get_monotonic_time, g_get_real_time, system_random };
static const TnClockSource *source = &system_source;

void
tn_clock_set_source (const TnClockSource *replacement)
{
  source = replacement != NULL ? replacement : &system_source;
}

gint64
tn_clock_monotonic_us (void)
{
  return source->monotonic_us ();
}

gint64
tn_clock_wall_us (void)
{
  return source->wall_us ();
}

char *
tn_clock_format (gint64 wall_us)
{
  int fraction = (int) (wall_us % G_USEC_PER_SEC);
  gboolean borrow = fraction < 0; /* before 1970 */
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (wall_us / G_USEC_PER_SEC - borrow);
  g_autofree char *seconds = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%S") : NULL;

  return g_strdup_printf ("%s.%03dZ", seconds != NULL ? seconds : "1970-01-01T00:00:00",
                          (fraction + borrow * (int) G_USEC_PER_SEC) / 1000);
}

void
tn_random_bytes (guint8 *buffer, gsize length)
{
  source->random (buffer, length);
}

char *
tn_uuid_new (void)
{
  guint8 b[16];

  tn_random_bytes (b, sizeof b);
  b[6] = (b[6] & 0x0f) | 0x40;
  b[8] = (b[8] & 0x3f) | 0x80;
  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13],
                          b[14], b[15]);
}

char *
tn_random_id (guint length)
{
  g_autofree guint8 *bytes = g_malloc (length);

  tn_random_bytes (bytes, length);
  return tn_base32 (bytes, length, length);
}

char *
tn_base32 (const guint8 *data, gsize length, guint characters)
{
  static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
  GString *text = g_string_sized_new (characters);
  guint bits = 0, held = 0;

  for (gsize i = 0; i < length && text->len < characters; i++)
    {
      held = (held << 8) | data[i];
      bits += 8;
      while (bits >= 5 && text->len < characters)
        {
          bits -= 5;
          g_string_append_c (text, alphabet[(held >> bits) & 31]);
        }
      held &= (1u << bits) - 1;
    }
  if (bits > 0 && text->len < characters)
    g_string_append_c (text, alphabet[(held << (5 - bits)) & 31]);
  return g_string_free (text, FALSE);
}
