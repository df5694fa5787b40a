/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tn-gcm.h"
#include "tn-seal.h"
#include "tn-store.h"

#include <string.h>

#define APP "abcdefghijklmnop"

static GBytes *
from_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  for (; *hex != '\0'; hex += 2)
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (hex[0]) * 16 + g_ascii_xdigit_value (hex[1]));

      g_byte_array_append (bytes, &byte, 1);
    }
  return g_byte_array_free_to_bytes (bytes);
}

/* McGrew and Viega, "The Galois/Counter Mode of Operation", test cases 13, 14 and 16. */
static void
test_known_answers (void)
{
  static const char *const zero = "0000000000000000000000000000000000000000000000000000000000000000";
  static const char *const key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
  const struct
  {
    const char *key, *nonce, *place, *text, *sealed;
  } cases[] = {
    { zero, "000000000000000000000000", "", "", "530f8afbc74536b9a963b4f1c4cb738b" },
    { zero, "000000000000000000000000", "", "00000000000000000000000000000000",
      "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919" },
    { key, "cafebabefacedbaddecaf888", "feedfacedeadbeeffeedfacedeadbeefabaddad2",
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
      "76fc6ece0f4e1768cddf8853bb2d551b" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) k = from_hex (cases[i].key), nonce = from_hex (cases[i].nonce);
      g_autoptr (GBytes) place = from_hex (cases[i].place), text = from_hex (cases[i].text);
      g_autoptr (GBytes) expected = from_hex (cases[i].sealed);
      const guint8 *key_data = g_bytes_get_data (k, NULL), *nonce_data = g_bytes_get_data (nonce, NULL);
      g_autoptr (GBytes) sealed = tn_gcm_encrypt (key_data, nonce_data, place, text);
      g_autoptr (GBytes) opened = tn_gcm_decrypt (key_data, nonce_data, place, expected);

      g_assert_true (g_bytes_equal (sealed, expected));
      g_assert_true (g_bytes_equal (opened, text));
    }
}

static TnSeal *
make_known (const char *app_key)
{
  return tn_seal_from_text (app_key, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
}

/* What another program computes of the same key: HKDF-Expand and HMAC with SHA-256 of Python's standard library. */
static void
test_derived (void)
{
  g_autoptr (TnSeal) seal = make_known (APP);
  TnSealPlace place = { "tile", "tile-1", "diary" };
  g_autofree char *hidden = tn_seal_hide_name (seal, &place);

  g_assert_cmpstr (tn_seal_get_id (seal), ==, "1723c5918f4532d2a376b9ed5af48445");
  g_assert_cmpstr (hidden, ==, "e0ca47685df8004b1b7e1babfc47cbe0beb0970cc79e805acfe4e4d7fadfc233");
}

static void
test_keys (void)
{
  g_autoptr (TnSeal) one = tn_seal_new (APP), other = tn_seal_new (APP), again = NULL;
  g_autofree char *text = tn_seal_to_text (one);

  again = tn_seal_from_text (APP, text);
  g_assert_cmpstr (tn_seal_get_id (one), ==, tn_seal_get_id (again));
  g_assert_cmpstr (tn_seal_get_id (one), !=, tn_seal_get_id (other));
  g_assert_null (strstr (text, tn_seal_get_id (one)));
  g_assert_null (tn_seal_from_text (APP, ""));
  g_assert_null (tn_seal_from_text (APP, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg=="));
  g_assert_null (tn_seal_from_text (APP, "no key at all"));
}

static void
assert_refused (TnSeal *seal, const TnSealPlace *place, const char *sealed)
{
  g_autoptr (GError) error = NULL;
  char *name = NULL;

  g_assert_null (tn_seal_open (seal, place, sealed, &name, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_TAMPERED);
  g_assert_null (name);
}

static char *
random_text (gsize length)
{
  char *text = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    text[i] = (char) g_test_rand_int_range (1, 128);
  text[length] = '\0';
  return text;
}

static void
test_round_trip (void)
{
  g_autoptr (TnSeal) seal = tn_seal_new (APP);

  for (gsize length = 0; length < 300; length++)
    {
      g_autofree char *text = random_text (length * length), *key = random_text (length % 70), *name = NULL;
      TnSealPlace place = { "tile", "t", key };
      g_autoptr (GError) error = NULL;
      g_autofree char *sealed = tn_seal_close (seal, &place, key, text, &error);
      g_autofree char *opened = tn_seal_open (seal, &place, sealed, &name, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (opened, ==, text);
      g_assert_cmpstr (name, ==, key);
      g_assert_true (g_str_has_prefix (sealed, TN_SEAL_MARK));
      g_assert_true (length < 4 || strstr (sealed, text) == NULL);
    }
}

static void
test_every_bit (void)
{
  g_autoptr (TnSeal) seal = tn_seal_new (APP);
  TnSealPlace place = { "tile", "t", "key" };
  g_autofree char *sealed = tn_seal_close (seal, &place, "key", "{\"a\": 1}", NULL);
  gsize length;
  g_autofree guint8 *bytes = g_base64_decode (sealed + strlen (TN_SEAL_MARK), &length);

  g_assert_cmpuint (length, ==, TN_GCM_NONCE_BYTES + strlen ("key") + 1 + strlen ("{\"a\": 1}") + TN_GCM_TAG_BYTES);
  for (gsize bit = 0; bit < 8 * length; bit++)
    {
      g_autofree char *encoded = NULL, *changed = NULL;

      bytes[bit / 8] ^= (guint8) (1 << bit % 8);
      encoded = g_base64_encode (bytes, length);
      changed = g_strconcat (TN_SEAL_MARK, encoded, NULL);
      assert_refused (seal, &place, changed);
      bytes[bit / 8] ^= (guint8) (1 << bit % 8);
    }
  for (gsize cut = strlen (sealed); cut-- > 0;)
    {
      g_autofree char *shorter = g_strndup (sealed, cut);

      assert_refused (seal, &place, shorter);
    }
}

/* Each text belongs to its place, its app and its key. */
static void
test_swapped (void)
{
  static const TnSealPlace places[] = { { "tile", "t", "k" },  { "tile", "t", "l" }, { "tile", "u", "k" },
                                        { "state", "t", "k" }, { "app", "t", "k" },  { "tile", "tk", "" },
                                        { "til", "et", "k" } };
  g_autofree char *text = NULL;
  g_autoptr (TnSeal) seal = tn_seal_new (APP), other_key = tn_seal_new (APP), other_app = NULL;

  text = tn_seal_to_text (seal);
  other_app = tn_seal_from_text ("ponmlkjihgfedcba", text);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *sealed = tn_seal_close (seal, &places[i], "name", "text", NULL);

      for (gsize j = 0; j < G_N_ELEMENTS (places); j++)
        {
          if (i != j)
            assert_refused (seal, &places[j], sealed);
        }
      assert_refused (other_key, &places[i], sealed);
      assert_refused (other_app, &places[i], sealed);
    }
  assert_refused (seal, &places[0], "\"plain\"");
  assert_refused (seal, &places[0], "");
}

static void
test_names (void)
{
  static const TnSealPlace places[] = { { "tile", "t", "k" }, { "tile", "t", "l" }, { "tile", "u", "k" }, { "app", "t", "k" } };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (TnSeal) seal = tn_seal_new (APP), other = tn_seal_new (APP);

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *again = tn_seal_hide_name (seal, &places[i]);

      g_assert_true (g_hash_table_add (seen, tn_seal_hide_name (seal, &places[i])));
      g_assert_true (g_hash_table_contains (seen, again));
      g_assert_true (g_hash_table_add (seen, tn_seal_hide_name (other, &places[i])));
    }
}

static void
test_nonces (void)
{
  g_autoptr (TnSeal) seal = tn_seal_new (APP);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  TnSealPlace place = { "tile", "t", "k" };

  for (guint i = 0; i < 100000; i++)
    {
      g_autofree char *sealed = tn_seal_close (seal, &place, "k", "1", NULL);

      /* 12 bytes are 16 characters. */
      g_assert_true (g_hash_table_add (seen, g_strndup (sealed + strlen (TN_SEAL_MARK), 16)));
    }
}

static void
test_settings (void)
{
  g_autoptr (TnSeal) seal = tn_seal_new (APP);
  g_autoptr (GError) error = NULL;
  g_autofree char *sealed = tn_seal_close_settings (seal, "t", "{\"pin\":1}", &error);
  g_autofree char *opened = tn_seal_open_settings (seal, "t", sealed, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (opened, ==, "{\"pin\":1}");
  g_assert_true (tn_seal_is_settings (sealed));
  g_assert_false (tn_seal_is_settings (opened));
  g_assert_false (tn_seal_is_settings (NULL));
  g_assert_null (tn_seal_open_settings (seal, "u", sealed, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_TAMPERED);
  g_clear_error (&error);
  g_assert_null (tn_seal_open_settings (seal, "t", "{\"pin\":1}", &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_TAMPERED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seal/known-answers", test_known_answers);
  g_test_add_func ("/seal/derived", test_derived);
  g_test_add_func ("/seal/keys", test_keys);
  g_test_add_func ("/seal/round-trip", test_round_trip);
  g_test_add_func ("/seal/every-bit", test_every_bit);
  g_test_add_func ("/seal/swapped", test_swapped);
  g_test_add_func ("/seal/names", test_names);
  g_test_add_func ("/seal/nonces", test_nonces);
  g_test_add_func ("/seal/settings", test_settings);
  return g_test_run ();
}
