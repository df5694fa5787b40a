/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit-fixture.h"

#include <dlfcn.h>
#include <gnutls/abstract.h>
#include <gnutls/x509.h>

/* Stands in for GLib's, which would write to this machine's journal. */
char *audit_fixture_journal;

GLogWriterOutput g_log_writer_journald (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data);

GLogWriterOutput
g_log_writer_journald (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (fields[i].key, "TN_AUDIT_HEAD"))
      {
        g_free (audit_fixture_journal);
        audit_fixture_journal = g_strdup (fields[i].value);
      }
  return G_LOG_WRITER_HANDLED;
}

/* Stand in for what does not fail when a test would need it to: the one that was named last fails, once. */
static const char *broken;

void
audit_fixture_break (const char *function)
{
  broken = function;
}

static gboolean
is_broken (const char *function)
{
  gboolean is = g_strcmp0 (function, broken) == 0;

  if (is)
    broken = NULL;
  return is;
}

#define STAND_IN(name, parameters, arguments)                                                                          \
  int name parameters                                                                                                  \
  {                                                                                                                    \
    int (*real) parameters = dlsym (RTLD_NEXT, #name);                                                                 \
                                                                                                                       \
    return is_broken (#name) ? GNUTLS_E_MEMORY_ERROR : real arguments;                                                 \
  }

STAND_IN (gnutls_x509_privkey_init, (gnutls_x509_privkey_t *key), (key))
STAND_IN (gnutls_x509_privkey_generate,
          (gnutls_x509_privkey_t key, gnutls_pk_algorithm_t algorithm, unsigned int bits, unsigned int flags),
          (key, algorithm, bits, flags))
STAND_IN (gnutls_privkey_init, (gnutls_privkey_t *key), (key))
STAND_IN (gnutls_privkey_import_x509, (gnutls_privkey_t key, gnutls_x509_privkey_t x509, unsigned int flags),
          (key, x509, flags))
STAND_IN (gnutls_privkey_export_ecc_raw,
          (gnutls_privkey_t key, gnutls_ecc_curve_t *curve, gnutls_datum_t *x, gnutls_datum_t *y, gnutls_datum_t *k),
          (key, curve, x, y, k))
STAND_IN (gnutls_privkey_export_x509, (gnutls_privkey_t key, gnutls_x509_privkey_t *x509), (key, x509))
STAND_IN (gnutls_x509_privkey_export2_pkcs8,
          (gnutls_x509_privkey_t key, gnutls_x509_crt_fmt_t format, const char *password, unsigned int flags,
           gnutls_datum_t *out),
          (key, format, password, flags, out))
STAND_IN (gnutls_privkey_sign_data2,
          (gnutls_privkey_t key, gnutls_sign_algorithm_t algorithm, unsigned int flags, const gnutls_datum_t *data,
           gnutls_datum_t *signature),
          (key, algorithm, flags, data, signature))
STAND_IN (gnutls_pubkey_init, (gnutls_pubkey_t *key), (key))

gboolean
g_file_get_contents (const char *path, char **text, gsize *length, GError **error)
{
  gboolean (*real) (const char *, char **, gsize *, GError **) = dlsym (RTLD_NEXT, "g_file_get_contents");

  if (!is_broken ("g_file_get_contents"))
    return real (path, text, length, error);
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_IO, "broken");
  return FALSE;
}

/* Minutes are long for a test. */
static gboolean hurries;

void
audit_fixture_hurry (gboolean hurry)
{
  hurries = hurry;
}

guint
g_timeout_add (guint ms, GSourceFunc function, gpointer data)
{
  return g_timeout_add_full (G_PRIORITY_DEFAULT, hurries ? 0 : ms, function, data, NULL);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

void
audit_fixture_open (AuditFixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tn_store_open_async (f->folder, NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  f->store = tn_store_open_finish (result, &error);
  g_assert_no_error (error);
  f->audit = tn_audit_new (f->store, f->heads);
}

void
audit_fixture_close (AuditFixture *f)
{
  tn_audit_close (f->audit);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (f->audit);
  g_assert_finalize_object (f->store);
  f->audit = NULL;
}

void
audit_fixture_set_up (AuditFixture *f, gconstpointer data)
{
  f->folder = fixture_make_folder ();
  f->heads = fixture_path (f->folder, TN_AUDIT_HEADS_FILE);
  g_clear_pointer (&audit_fixture_journal, g_free);
  audit_fixture_open (f);
}

void
audit_fixture_tear_down (AuditFixture *f, gconstpointer data)
{
  if (f->audit != NULL)
    audit_fixture_close (f);
  g_free (f->heads);
  fixture_remove_folder (f->folder);
}

void
audit_fixture_flush (AuditFixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;

  tn_audit_flush_async (f->audit, NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (tn_audit_flush_finish (f->audit, result, NULL));
}

char *
audit_fixture_rows (AuditFixture *f)
{
  return fixture_sql (f->folder, "SELECT seq || ' ' || kind || ' ' || ifnull (subject, '-') || ' ' || count FROM audit"
                                 " ORDER BY seq");
}

TnAuditVerdict
audit_fixture_verify (AuditFixture *f)
{
  g_autoptr (TnDb) db = fixture_open (f->folder);
  TnAuditVerdict verdict;

  g_assert_true (tn_db_verify_audit (db, &verdict, NULL));
  return verdict;
}

TnAuditHeadsVerdict
audit_fixture_check (AuditFixture *f, const char *public_key)
{
  g_autoptr (TnDb) db = fixture_open (f->folder);
  g_autofree char *text = NULL;
  TnAuditHeadsVerdict verdict;
  TnAuditVerdict chain;

  g_assert_true (g_file_get_contents (f->heads, &text, NULL, NULL));
  g_assert_true (tn_db_verify_audit (db, &chain, NULL));
  g_assert_cmpint (chain.fault, ==, TN_AUDIT_WHOLE);
  g_assert_true (tn_audit_heads_check (db, text, &chain, public_key, &verdict, NULL));
  return verdict;
}

void
audit_fixture_assert_heads (AuditFixture *f, const char *public_key, TnAuditHeadsFault fault, gint64 seq)
{
  TnAuditHeadsVerdict verdict = audit_fixture_check (f, public_key);

  g_assert_cmpint (verdict.fault, ==, fault);
  g_assert_cmpint (verdict.seq, ==, seq);
}
