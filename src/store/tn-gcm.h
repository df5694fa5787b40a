/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* AES-256-GCM (NIST SP 800-38D) with a tag of full length. */
#define TN_GCM_KEY_BYTES 32
#define TN_GCM_NONCE_BYTES 12
#define TN_GCM_TAG_BYTES 16

/**
 * tn_gcm_encrypt:
 * @nonce: never the same twice under one key
 * @place: what is bound to the text and is not in the result
 *
 * Returns: (transfer full): as many bytes as @text has, and the tag behind them; %NULL where the library fails
 */
GBytes *tn_gcm_encrypt (const guint8 *key, const guint8 *nonce, GBytes *place, GBytes *text);

/* Returns: (transfer full): the text; %NULL where key, nonce, place or any byte is not what it was */
GBytes *tn_gcm_decrypt (const guint8 *key, const guint8 *nonce, GBytes *place, GBytes *sealed);

G_END_DECLS
