/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TnAuditKey:
 *
 * An Ed25519 key (RFC 8032) with which the heads of a workspace's audit are signed. Where it is kept is not its
 * business.
 */
typedef struct _TnAuditKey TnAuditKey;

/* A new one; (transfer full). */
TnAuditKey *tn_audit_key_new (void);

/* @text: what tn_audit_key_to_text() gave. Returns: (transfer full) (nullable): %NULL where it is no such key */
TnAuditKey *tn_audit_key_from_text (const char *text);
void tn_audit_key_free (TnAuditKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnAuditKey, tn_audit_key_free)

/* The secret, as PKCS #8 in PEM (RFC 5958, RFC 7468); (transfer full). */
char *tn_audit_key_to_text (TnAuditKey *self);

/* What everybody may know: 32 bytes in base64 (RFC 4648). */
const char *tn_audit_key_get_public (TnAuditKey *self);

/* Signature over the bytes of @text, in base64; (transfer full). */
char *tn_audit_key_sign (TnAuditKey *self, const char *text);

/* Any texts. */
gboolean tn_audit_key_verify (const char *public_key, const char *text, const char *signature);

G_END_DECLS
