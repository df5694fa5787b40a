/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-seal.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

#include "tn-gcm.h"
#include "tn-store.h"

#define SETTINGS_HEAD "{\"sealed\":\"" TN_SEAL_MARK
#define SETTINGS_TAIL "\"}"
#define HASH_BYTES 32
#define ID_LENGTH 32 /* of its hexadecimal digits */

struct _TnSeal
{
  char *app_key;
  char *id;
  guint8 key[TN_GCM_KEY_BYTES]; /* the others come from it */
  guint8 text_key[TN_GCM_KEY_BYTES];
  guint8 name_key[HASH_BYTES];
};

static char *
to_hex (const guint8 *bytes, gsize n)
{
  GString *text = g_string_sized_new (2 * n);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free (text, FALSE);
}

static gboolean
derive (TnSeal *self, const char *what, guint8 *out)
{
  g_autofree char *info = g_strconcat ("token-nexus-canvas seal 1 ", what, NULL);
  gnutls_datum_t key = { self->key, sizeof self->key }, purpose = { (unsigned char *) info, strlen (info) };

  return gnutls_hkdf_expand (GNUTLS_MAC_SHA256, &key, &purpose, out, HASH_BYTES) >= 0;
}

static void
clear (gpointer data)
{
  TnSeal *self = data;

  gnutls_memset (self->key, 0, sizeof self->key);
  gnutls_memset (self->text_key, 0, sizeof self->text_key);
  gnutls_memset (self->name_key, 0, sizeof self->name_key);
  g_free (self->app_key);
  g_free (self->id);
}

static TnSeal *
create (const char *app_key, const guint8 *key)
{
  g_autoptr (TnSeal) self = g_atomic_rc_box_new0 (TnSeal);
  guint8 id[HASH_BYTES];

  self->app_key = g_strdup (app_key);
  memcpy (self->key, key, sizeof self->key);
  if (!derive (self, "texts", self->text_key) || !derive (self, "names", self->name_key) || !derive (self, "id", id))
    return NULL;
  self->id = to_hex (id, ID_LENGTH / 2);
  return g_steal_pointer (&self);
}

TnSeal *
tn_seal_new (const char *app_key)
{
  guint8 key[TN_GCM_KEY_BYTES];
  TnSeal *self;

  g_return_val_if_fail (app_key != NULL, NULL);

  if (gnutls_rnd (GNUTLS_RND_KEY, key, sizeof key) < 0)
    return NULL;
  self = create (app_key, key);
  gnutls_memset (key, 0, sizeof key);
  return self;
}

TnSeal *
tn_seal_from_text (const char *app_key, const char *text)
{
  g_autofree guint8 *key = NULL;
  TnSeal *self = NULL;
  gsize length;

  g_return_val_if_fail (app_key != NULL && text != NULL, NULL);

  key = g_base64_decode (text, &length);
  if (length == TN_GCM_KEY_BYTES)
    self = create (app_key, key);
  gnutls_memset (key, 0, length);
  return self;
}

TnSeal *
tn_seal_ref (TnSeal *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
tn_seal_unref (TnSeal *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

char *
tn_seal_to_text (TnSeal *self)
{
  return g_base64_encode (self->key, sizeof self->key);
}

const char *
tn_seal_get_app_key (TnSeal *self)
{
  return self->app_key;
}

const char *
tn_seal_get_id (TnSeal *self)
{
  return self->id;
}

/* No part has a zero in it, so that no two places are spelled alike. */
static GBytes *
spell_place (TnSeal *self, const TnSealPlace *place)
{
  const char *const parts[] = { self->app_key, place->scope, place->owner, place->key };
  GByteArray *bytes = g_byte_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    g_byte_array_append (bytes, (const guint8 *) parts[i], strlen (parts[i]) + 1);
  return g_byte_array_free_to_bytes (bytes);
}

char *
tn_seal_hide_name (TnSeal *self, const TnSealPlace *place)
{
  g_autoptr (GBytes) bytes = spell_place (self, place);
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  guint8 hash[HASH_BYTES];

  if (gnutls_hmac_fast (GNUTLS_MAC_SHA256, self->name_key, sizeof self->name_key, data, size, hash) < 0)
    g_return_val_if_reached (NULL);
  return to_hex (hash, sizeof hash);
}

/* Name, zero, text. */
static GBytes *
join (const char *name, const char *text)
{
  gsize name_size = strlen (name) + 1, text_size = strlen (text);
  char *joined = g_malloc (name_size + text_size);

  memcpy (joined, name, name_size);
  memcpy (joined + name_size, text, text_size);
  return g_bytes_new_take (joined, name_size + text_size);
}

char *
tn_seal_close (TnSeal *self, const TnSealPlace *place, const char *name, const char *text, GError **error)
{
  g_autoptr (GBytes) bound = spell_place (self, place), plain = join (name, text), sealed = NULL;
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  g_autofree char *encoded = NULL;
  guint8 nonce[TN_GCM_NONCE_BYTES];

  if (gnutls_rnd (GNUTLS_RND_RANDOM, nonce, sizeof nonce) >= 0)
    sealed = tn_gcm_encrypt (self->text_key, nonce, bound, plain);
  if (sealed == NULL)
    {
      g_set_error_literal (error, TN_STORE_ERROR, TN_STORE_ERROR_FAILED, _("The data could not be encrypted"));
      return NULL;
    }
  g_byte_array_append (whole, nonce, sizeof nonce);
  g_byte_array_append (whole, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
  encoded = g_base64_encode (whole->data, whole->len);
  return g_strconcat (TN_SEAL_MARK, encoded, NULL);
}

/* (nullable): where it is not spelled as tn_seal_close() does. */
static GBytes *
decode (const char *sealed)
{
  g_autofree guint8 *whole = NULL;
  g_autofree char *again = NULL;
  gsize length;

  if (!g_str_has_prefix (sealed, TN_SEAL_MARK))
    return NULL;
  sealed += strlen (TN_SEAL_MARK);
  whole = g_base64_decode (sealed, &length);
  again = g_base64_encode (whole, length);
  /* GLib's decoder passes over what is not base64. */
  if (!g_str_equal (again, sealed) || length < TN_GCM_NONCE_BYTES)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&whole), length);
}

static GBytes *
open (TnSeal *self, const TnSealPlace *place, const char *sealed)
{
  g_autoptr (GBytes) bound = spell_place (self, place), whole = decode (sealed), text = NULL;

  if (whole == NULL)
    return NULL;
  text = g_bytes_new_from_bytes (whole, TN_GCM_NONCE_BYTES, g_bytes_get_size (whole) - TN_GCM_NONCE_BYTES);
  return tn_gcm_decrypt (self->text_key, g_bytes_get_data (whole, NULL), bound, text);
}

char *
tn_seal_open (TnSeal *self, const TnSealPlace *place, const char *sealed, char **name, GError **error)
{
  g_autoptr (GBytes) plain = open (self, place, sealed);
  gsize size = 0;
  const char *data = plain != NULL ? g_bytes_get_data (plain, &size) : NULL;
  const char *end = size > 0 ? memchr (data, '\0', size) : NULL;

  if (end == NULL)
    {
      g_set_error_literal (error, TN_STORE_ERROR, TN_STORE_ERROR_TAMPERED,
                           _("The encrypted data were changed from outside and can't be read"));
      return NULL;
    }
  if (name != NULL)
    *name = g_strdup (data);
  return g_strndup (end + 1, size - (gsize) (end + 1 - data));
}

static TnSealPlace
settings_of (const char *tile_id)
{
  return (TnSealPlace){ "settings", tile_id, "" };
}

char *
tn_seal_close_settings (TnSeal *self, const char *tile_id, const char *json, GError **error)
{
  TnSealPlace place = settings_of (tile_id);
  g_autofree char *sealed = tn_seal_close (self, &place, "", json, error);

  return sealed != NULL ? g_strconcat (SETTINGS_HEAD, sealed + strlen (TN_SEAL_MARK), SETTINGS_TAIL, NULL) : NULL;
}

gboolean
tn_seal_is_settings (const char *json)
{
  return json != NULL && g_str_has_prefix (json, SETTINGS_HEAD) && g_str_has_suffix (json, SETTINGS_TAIL);
}

char *
tn_seal_open_settings (TnSeal *self, const char *tile_id, const char *json, GError **error)
{
  TnSealPlace place = settings_of (tile_id);
  g_autofree char *sealed = NULL;

  if (tn_seal_is_settings (json))
    {
      const char *from = json + strlen (SETTINGS_HEAD) - strlen (TN_SEAL_MARK);

      sealed = g_strndup (from, strlen (from) - strlen (SETTINGS_TAIL));
    }
  return tn_seal_open (self, &place, sealed != NULL ? sealed : "", NULL, error);
}
