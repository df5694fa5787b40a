/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-audit-key.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>

struct _TnAuditKey
{
  gnutls_privkey_t key;
  char *public_key;
};

static char *
encode (gnutls_datum_t *datum)
{
  char *text = g_base64_encode (datum->data, datum->size);

  gnutls_free (datum->data);
  return text;
}

/* Takes @x509 over. */
static TnAuditKey *
take_key (gnutls_x509_privkey_t x509)
{
  g_autoptr (TnAuditKey) self = g_new0 (TnAuditKey, 1);
  gnutls_ecc_curve_t curve;
  gnutls_datum_t x;

  if (gnutls_privkey_init (&self->key) < 0
      || gnutls_privkey_import_x509 (self->key, x509, GNUTLS_PRIVKEY_IMPORT_AUTO_RELEASE) < 0)
    {
      gnutls_x509_privkey_deinit (x509);
      return NULL;
    }
  if (gnutls_privkey_export_ecc_raw (self->key, &curve, &x, NULL, NULL) < 0)
    return NULL;
  self->public_key = encode (&x);
  return curve == GNUTLS_ECC_CURVE_ED25519 ? g_steal_pointer (&self) : NULL;
}

TnAuditKey *
tn_audit_key_new (void)
{
  gnutls_x509_privkey_t x509;

  if (gnutls_x509_privkey_init (&x509) < 0)
    return NULL;
  if (gnutls_x509_privkey_generate (x509, GNUTLS_PK_EDDSA_ED25519, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_ED25519), 0)
      >= 0)
    return take_key (x509);
  gnutls_x509_privkey_deinit (x509);
  return NULL;
}

TnAuditKey *
tn_audit_key_from_text (const char *text)
{
  gnutls_datum_t pem = { (unsigned char *) text, strlen (text) };
  gnutls_x509_privkey_t x509;

  if (gnutls_x509_privkey_init (&x509) < 0)
    return NULL;
  if (gnutls_x509_privkey_import_pkcs8 (x509, &pem, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN) >= 0)
    return take_key (x509);
  gnutls_x509_privkey_deinit (x509);
  return NULL;
}

void
tn_audit_key_free (TnAuditKey *self)
{
  if (self == NULL)
    return;
  gnutls_privkey_deinit (self->key);
  g_free (self->public_key);
  g_free (self);
}

char *
tn_audit_key_to_text (TnAuditKey *self)
{
  gnutls_x509_privkey_t x509 = NULL;
  gnutls_datum_t pem = { NULL, 0 };
  char *text = NULL;

  if (gnutls_privkey_export_x509 (self->key, &x509) >= 0
      && gnutls_x509_privkey_export2_pkcs8 (x509, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &pem) >= 0)
    text = g_strndup ((char *) pem.data, pem.size);
  gnutls_free (pem.data);
  gnutls_x509_privkey_deinit (x509);
  return text;
}

const char *
tn_audit_key_get_public (TnAuditKey *self)
{
  return self->public_key;
}

char *
tn_audit_key_sign (TnAuditKey *self, const char *text)
{
  gnutls_datum_t data = { (unsigned char *) text, strlen (text) }, signature;

  if (gnutls_privkey_sign_data2 (self->key, GNUTLS_SIGN_EDDSA_ED25519, 0, &data, &signature) < 0)
    return NULL;
  return encode (&signature);
}

gboolean
tn_audit_key_verify (const char *public_key, const char *text, const char *signature)
{
  gnutls_datum_t data = { (unsigned char *) text, strlen (text) };
  gsize x_size, signature_size;
  g_autofree guint8 *x_bytes = g_base64_decode (public_key, &x_size);
  g_autofree guint8 *signature_bytes = g_base64_decode (signature, &signature_size);
  g_autofree char *canonical = g_base64_encode (signature_bytes, signature_size);
  gnutls_datum_t x = { x_bytes, x_size }, signed_data = { signature_bytes, signature_size };
  gnutls_pubkey_t key;
  gboolean good;

  /* GLib's decoder passes over what is not base64. */
  if (!g_str_equal (canonical, signature) || gnutls_pubkey_init (&key) < 0)
    return FALSE;
  good = gnutls_pubkey_import_ecc_raw (key, GNUTLS_ECC_CURVE_ED25519, &x, NULL) >= 0
         && gnutls_pubkey_verify_data2 (key, GNUTLS_SIGN_EDDSA_ED25519, 0, &data, &signed_data) >= 0;
  gnutls_pubkey_deinit (key);
  return good;
}
