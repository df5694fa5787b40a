/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TnSeal:
 *
 * What closes and opens the texts of one app whose manifest asks for dataEncryption: AES-256-GCM under a key of the app's
 * own, with a fresh random nonce for each text. A text is bound to the place it is kept in, so that one can't be put in
 * another's place. Immutable; may be used from any thread.
 *
 * Three keys come from the one that is kept (HKDF-Expand with SHA-256, RFC 5869): for texts, for names, and for the id.
 */
typedef struct _TnSeal TnSeal;

/* What every sealed text begins with; JSON can't. */
#define TN_SEAL_MARK "tn1:"

/**
 * TnSealPlace:
 * @scope: what kind of thing it is: "tile", "app", "state", "settings" …
 * @owner: whose, a tile's id or the app's key
 * @key: which of them
 *
 * Where a text of the app is kept.
 */
typedef struct
{
  const char *scope, *owner, *key;
} TnSealPlace;

/* With a new random key; %NULL where the machine gives no randomness. */
TnSeal *tn_seal_new (const char *app_key);

/* @text: as of tn_seal_to_text(). Returns: (transfer full) (nullable): %NULL where it is no key */
TnSeal *tn_seal_from_text (const char *app_key, const char *text);
TnSeal *tn_seal_ref (TnSeal *self);
void tn_seal_unref (TnSeal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnSeal, tn_seal_unref)

/* The key itself, for the keyring and nobody else; (transfer full). */
char *tn_seal_to_text (TnSeal *self);

const char *tn_seal_get_app_key (TnSeal *self);

/* Tells keys apart and says nothing about them. */
const char *tn_seal_get_id (TnSeal *self);

/* The name as it may be read by anybody: the same for the same name in the same place only; (transfer full). */
char *tn_seal_hide_name (TnSeal *self, const TnSealPlace *place);

/**
 * tn_seal_close:
 * @place: with the name as it is kept
 * @name: goes in with @text
 *
 * Returns: (transfer full): %TN_SEAL_MARK and base64; %NULL with %TN_STORE_ERROR_FAILED
 */
char *tn_seal_close (TnSeal *self, const TnSealPlace *place, const char *name, const char *text, GError **error);

/**
 * tn_seal_open:
 * @name: (out) (optional) (transfer full)
 *
 * Returns: (transfer full): the text; %NULL with %TN_STORE_ERROR_TAMPERED where it is not what was closed for that place
 */
char *tn_seal_open (TnSeal *self, const TnSealPlace *place, const char *sealed, char **name, GError **error);

/* The settings of a tile: a JSON object takes their place, {"sealed": "tn1:…"}. Like the two above. */
char *tn_seal_close_settings (TnSeal *self, const char *tile_id, const char *json, GError **error);
char *tn_seal_open_settings (TnSeal *self, const char *tile_id, const char *json, GError **error);

/* @json: (nullable) */
gboolean tn_seal_is_settings (const char *json);

G_END_DECLS
