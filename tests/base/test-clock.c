/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-clock.h"

#include <string.h>

static gint64 fake_now;

static gint64
fake_monotonic (void)
{
  return fake_now;
}

static gint64
fake_wall (void)
{
  return fake_now + 5;
}

static void
fake_random (guint8 *buffer, gsize length)
{
  memset (buffer, 0xff, length);
}

static const TnClockSource fake = { fake_monotonic, fake_wall, fake_random };

static void
test_source (void)
{
  guint8 bytes[4] = { 0 };
  gint64 before = g_get_monotonic_time ();

  tn_clock_set_source (&fake);
  fake_now = -70;
  g_assert_cmpint (tn_clock_monotonic_us (), ==, -70);
  g_assert_cmpint (tn_clock_wall_us (), ==, -65);
  tn_random_bytes (bytes, sizeof bytes);
  g_assert_cmpmem (bytes, 4, "\xff\xff\xff\xff", 4);
  tn_clock_set_source (NULL);
  g_assert_cmpint (tn_clock_monotonic_us (), >=, before);
  g_assert_cmpint (tn_clock_wall_us (), >, G_GINT64_CONSTANT (1500000000000000));
}

static void
test_format (void)
{
  static const struct
  {
    gint64 us;
    const char *text;
  } cases[] = {
    { 0, "1970-01-01T00:00:00.000Z" },
    { 1, "1970-01-01T00:00:00.000Z" },
    { 999999, "1970-01-01T00:00:00.999Z" },
    { G_GINT64_CONSTANT (951782400000000), "2000-02-29T00:00:00.000Z" },
    { G_GINT64_CONSTANT (1767225599123456), "2025-12-31T23:59:59.123Z" },
    { -1000, "1969-12-31T23:59:59.999Z" },
    { -1, "1969-12-31T23:59:59.999Z" },
    { -1000000, "1969-12-31T23:59:59.000Z" },
    { G_GINT64_CONSTANT (-86400001000), "1969-12-30T23:59:59.999Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = tn_clock_format (cases[i].us);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* The test vectors of RFC 4648, section 10, in small letters and without padding. */
static void
test_base32 (void)
{
  static const char *const cases[][2] = {
    { "", "" },
    { "f", "my" },
    { "fo", "mzxq" },
    { "foo", "mzxw6" },
    { "foob", "mzxw6yq" },
    { "fooba", "mzxw6ytb" },
    { "foobar", "mzxw6ytboi" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint cut = 0; cut <= 12; cut++)
      {
        g_autofree char *text = tn_base32 ((const guint8 *) cases[i][0], strlen (cases[i][0]), cut);
        g_autofree char *wanted = g_strndup (cases[i][1], cut);

        g_assert_cmpstr (text, ==, wanted);
      }
}

static void
test_uuid (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *highest = NULL;

  for (guint i = 0; i < 1000; i++)
    {
      char *uuid = tn_uuid_new ();

      g_assert_true (g_uuid_string_is_valid (uuid));
      g_assert_cmpint (uuid[14], ==, '4');
      g_assert_nonnull (strchr ("89ab", uuid[19]));
      g_assert_true (g_hash_table_add (seen, uuid));
    }
  tn_clock_set_source (&fake);
  highest = tn_uuid_new ();
  tn_clock_set_source (NULL);
  g_assert_cmpstr (highest, ==, "ffffffff-ffff-4fff-bfff-ffffffffffff");
}

static void
test_random_id (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 1000; i++)
    {
      char *id = tn_random_id (12);

      g_assert_cmpuint (strlen (id), ==, 12);
      g_assert_cmpuint (strspn (id, "abcdefghijklmnopqrstuvwxyz234567"), ==, 12);
      g_assert_true (g_hash_table_add (seen, id));
    }
  for (guint length = 0; length < 40; length++)
    {
      g_autofree char *id = tn_random_id (length);

      g_assert_cmpuint (strlen (id), ==, length);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/source", test_source);
  g_test_add_func ("/clock/format", test_format);
  g_test_add_func ("/clock/base32", test_base32);
  g_test_add_func ("/clock/uuid", test_uuid);
  g_test_add_func ("/clock/random-id", test_random_id);
  return g_test_run ();
}
