/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-gcm.h"

#include <gnutls/crypto.h>

typedef int (*Work) (gnutls_aead_cipher_hd_t handle, const void *nonce, size_t nonce_size, const void *place,
                     size_t place_size, size_t tag_size, const void *in, size_t in_size, void *out, size_t *out_size);

/* A handle of its own for each text: threads may not share one. */
static GBytes *
run (Work work, const guint8 *key, const guint8 *nonce, GBytes *place, GBytes *in, gsize room)
{
  gnutls_datum_t key_datum = { (unsigned char *) key, TN_GCM_KEY_BYTES };
  g_autofree guint8 *out = g_malloc (room);
  gnutls_aead_cipher_hd_t handle;
  gsize place_size, in_size, out_size = room;
  gconstpointer place_data = g_bytes_get_data (place, &place_size), in_data = g_bytes_get_data (in, &in_size);
  int result;

  if (gnutls_aead_cipher_init (&handle, GNUTLS_CIPHER_AES_256_GCM, &key_datum) < 0)
    return NULL;
  result = work (handle, nonce, TN_GCM_NONCE_BYTES, place_data, place_size, TN_GCM_TAG_BYTES, in_data, in_size, out,
                 &out_size);
  gnutls_aead_cipher_deinit (handle);
  return result >= 0 ? g_bytes_new_take (g_steal_pointer (&out), out_size) : NULL;
}

GBytes *
tn_gcm_encrypt (const guint8 *key, const guint8 *nonce, GBytes *place, GBytes *text)
{
  return run (gnutls_aead_cipher_encrypt, key, nonce, place, text, g_bytes_get_size (text) + TN_GCM_TAG_BYTES);
}

GBytes *
tn_gcm_decrypt (const guint8 *key, const guint8 *nonce, GBytes *place, GBytes *sealed)
{
  gsize size = g_bytes_get_size (sealed);

  /* Room for the tag too, so that it is never none. */
  return size >= TN_GCM_TAG_BYTES ? run (gnutls_aead_cipher_decrypt, key, nonce, place, sealed, size) : NULL;
}
