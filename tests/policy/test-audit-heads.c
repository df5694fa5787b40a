/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "audit-fixture.h"

#include <gnutls/abstract.h>
#include <gnutls/x509.h>
#include <string.h>

/* Keys, signed heads, and whether they find out a chain that is not the one that was written. */

static void
test_key (AuditFixture *f, gconstpointer data)
{
  g_autoptr (TnAuditKey) key = tn_audit_key_new (), same = NULL, other = tn_audit_key_new ();
  g_autofree char *text = tn_audit_key_to_text (key), *signature = tn_audit_key_sign (key, "text");
  gsize length;

  same = tn_audit_key_from_text (text);
  g_free (g_base64_decode (tn_audit_key_get_public (key), &length));
  g_assert_cmpuint (length, ==, 32);
  g_assert_cmpstr (tn_audit_key_get_public (same), ==, tn_audit_key_get_public (key));
  g_assert_true (tn_audit_key_verify (tn_audit_key_get_public (same), "text", signature));
  g_assert_false (tn_audit_key_verify (tn_audit_key_get_public (key), "test", signature));
  g_assert_false (tn_audit_key_verify (tn_audit_key_get_public (other), "text", signature));
  g_assert_false (tn_audit_key_verify ("", "text", signature));
  g_assert_false (tn_audit_key_verify ("!", "text", ""));
  g_assert_null (tn_audit_key_from_text (""));
  g_assert_null (tn_audit_key_from_text ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"));
}

/* Base64 that is read as the same bytes, and is not how they are written: who may write a signature in many ways could
 * change a head and not be found out. */
static void
test_loose_base64 (AuditFixture *f, gconstpointer data)
{
  g_autoptr (TnAuditKey) key = tn_audit_key_new ();
  const char *public_key = tn_audit_key_get_public (key);
  g_autofree char *signature = tn_audit_key_sign (key, "text"), *bits = g_strdup (signature);
  g_autofree char *spaced = g_strdup_printf ("%.4s %s", signature, signature + 4);
  g_autofree char *ended = g_strconcat (signature, "!", NULL);
  const char *const loose[] = { spaced, ended, bits };
  char *last = strchr (bits, '=') - 1;

  (*last)++;
  g_assert_true (tn_audit_key_verify (public_key, "text", signature));
  for (gsize i = 0; i < G_N_ELEMENTS (loose); i++)
    {
      gsize length, loose_length;
      g_autofree guint8 *bytes = g_base64_decode (signature, &length);
      g_autofree guint8 *loose_bytes = g_base64_decode (loose[i], &loose_length);

      g_assert_cmpmem (bytes, length, loose_bytes, loose_length);
      g_assert_false (tn_audit_key_verify (public_key, "text", loose[i]));
    }
}

/* RFC 8032, section 7.1, test 1: the empty text. */
static void
test_vector (AuditFixture *f, gconstpointer data)
{
  static const guint8 public_bytes[]
    = { 0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a,
        0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a };
  static const guint8 signature_bytes[]
    = { 0xe5, 0x56, 0x43, 0x00, 0xc3, 0x60, 0xac, 0x72, 0x90, 0x86, 0xe2, 0xcc, 0x80, 0x6e, 0x82, 0x8a,
        0x84, 0x87, 0x7f, 0x1e, 0xb8, 0xe5, 0xd9, 0x74, 0xd8, 0x73, 0xe0, 0x65, 0x22, 0x49, 0x01, 0x55,
        0x5f, 0xb8, 0x82, 0x15, 0x90, 0xa3, 0x3b, 0xac, 0xc6, 0x1e, 0x39, 0x70, 0x1c, 0xf9, 0xb4, 0x6b,
        0xd2, 0x5b, 0xf5, 0xf0, 0x59, 0x5b, 0xbe, 0x24, 0x65, 0x51, 0x41, 0x43, 0x8e, 0x7a, 0x10, 0x0b };
  g_autofree char *public_key = g_base64_encode (public_bytes, sizeof public_bytes);
  g_autofree char *good = g_base64_encode (signature_bytes, sizeof signature_bytes);

  g_assert_true (tn_audit_key_verify (public_key, "", good));
  g_assert_false (tn_audit_key_verify (public_key, "x", good));
}

/* Heads */

/* Three lives with ten rows each. Returns: (transfer full): the public key */
static char *
live_signed (AuditFixture *f)
{
  g_autoptr (TnAuditKey) key = tn_audit_key_new ();
  g_autofree char *secret = tn_audit_key_to_text (key);

  for (int life = 0; life < 3; life++)
    {
      if (f->audit == NULL)
        audit_fixture_open (f);
      tn_audit_set_key (f->audit, tn_audit_key_from_text (secret));
      g_assert_true (tn_audit_is_signed (f->audit));
      for (int i = 0; i < 10; i++)
        tn_audit_add (f->audit, "test.row", NULL, NULL, "x", NULL, NULL);
      audit_fixture_close (f);
    }
  return g_strdup (tn_audit_key_get_public (key));
}

static void
test_heads (AuditFixture *f, gconstpointer data)
{
  g_autofree char *key = live_signed (f), *text = NULL;
  g_autoptr (TnAuditKey) other = tn_audit_key_new ();
  TnAuditHeadsVerdict verdict = audit_fixture_check (f, key);

  g_assert_cmpint (verdict.fault, ==, TN_AUDIT_HEADS_GOOD);
  g_assert_cmpuint (verdict.n_heads, ==, 3);
  g_assert_cmpuint (verdict.n_compared, ==, 3);
  g_assert_cmpstr (verdict.public_key, ==, key);
  audit_fixture_assert_heads (f, NULL, TN_AUDIT_HEADS_GOOD, 0);
  audit_fixture_assert_heads (f, tn_audit_key_get_public (other), TN_AUDIT_HEADS_FOREIGN, 10);
  g_assert_true (g_file_get_contents (f->heads, &text, NULL, NULL));
  g_assert_true (g_str_has_suffix (g_strchomp (text), audit_fixture_journal));
}

/* The chain alone holds; the heads know better. */
static void
test_rewritten (AuditFixture *f, gconstpointer data)
{
  g_autofree char *key = live_signed (f);

  g_free (fixture_sql (f->folder, "DELETE FROM audit"));
  g_free (fixture_sql (f->folder, "DELETE FROM sqlite_sequence"));
  audit_fixture_open (f);
  for (int i = 0; i < 30; i++)
    tn_audit_add (f->audit, "test.row", NULL, NULL, "another story", NULL, NULL);
  audit_fixture_close (f);
  audit_fixture_assert_heads (f, key, TN_AUDIT_HEADS_REWRITTEN, 10);
}

static void
test_cut_off (AuditFixture *f, gconstpointer data)
{
  g_autofree char *key = live_signed (f);

  g_free (fixture_sql (f->folder, "DELETE FROM audit WHERE seq > 25"));
  g_free (fixture_sql (f->folder, "UPDATE sqlite_sequence SET seq = 25"));
  audit_fixture_assert_heads (f, key, TN_AUDIT_HEADS_CUT_OFF, 30);
}

static void
replace_in_heads (AuditFixture *f, const char *from, const char *to)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;

  g_assert_true (g_file_get_contents (f->heads, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, from, to, 1), ==, 1);
  g_assert_true (g_file_set_contents (f->heads, changed->str, -1, NULL));
}

static void
test_forged (AuditFixture *f, gconstpointer data)
{
  g_autofree char *key = live_signed (f);

  replace_in_heads (f, "\"seq\":20", "\"seq\":21");
  audit_fixture_assert_heads (f, key, TN_AUDIT_HEADS_FORGED, 21);
  replace_in_heads (f, "\"seq\":21", "\"seq\":\"x\"");
  audit_fixture_assert_heads (f, key, TN_AUDIT_HEADS_UNREADABLE, 0);
  g_assert_cmpuint (audit_fixture_check (f, key).line, ==, 2);
}

/* A chain that is said to begin after all heads can't be compared with them. */
static void
test_apart (AuditFixture *f, gconstpointer data)
{
  g_autofree char *key = live_signed (f);
  TnDb *db = fixture_open (f->folder);
  g_autofree char *hash = tn_db_get_audit_hash (db, 30, NULL);
  g_autoptr (GPtrArray) anchor = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_audit_record_free);

  g_ptr_array_add (anchor, tn_audit_record_new (TN_AUDIT_ANCHOR, NULL, NULL, "30", "dropped", hash));
  g_assert_true (tn_db_append_audit (db, anchor, NULL));
  tn_db_close (db);
  g_free (fixture_sql (f->folder, "DELETE FROM audit WHERE seq <= 30"));
  audit_fixture_assert_heads (f, key, TN_AUDIT_HEADS_APART, 0);
  g_assert_true (g_file_set_contents (f->heads, "\n\n", -1, NULL));
  audit_fixture_assert_heads (f, key, TN_AUDIT_HEADS_APART, 0);
}

/* Any bytes. */
static void
test_hostile_heads (AuditFixture *f, gconstpointer data)
{
  g_autofree char *key = live_signed (f);

  for (int i = 0; i < 2000; i++)
    {
      g_autofree char *text = NULL, *before = NULL;
      TnAuditHeadsVerdict verdict;
      gsize length, at;

      g_assert_true (g_file_get_contents (f->heads, &text, &length, NULL));
      before = g_memdup2 (text, length);
      at = g_test_rand_int_range (0, length);
      text[at] = g_test_rand_int_range (1, 256);
      if (text[at] == before[at])
        continue;
      g_assert_true (g_file_set_contents (f->heads, text, length, NULL));
      if (i % 20 == 0)
        {
          verdict = audit_fixture_check (f, key);
          if (strchr (" \n\r\t", before[at]) == NULL && strchr (" \n\r\t", text[at]) == NULL)
            g_assert_cmpint (verdict.fault, !=, TN_AUDIT_HEADS_GOOD);
        }
      g_assert_true (g_file_set_contents (f->heads, before, length, NULL));
    }
}

static void
test_heads_file (AuditFixture *f, gconstpointer data)
{
  g_autofree char *line = g_strnfill (999, 'x'), *text = NULL;
  gsize length;

  for (int i = 0; i < 2200; i++)
    g_assert_true (tn_audit_heads_append (f->heads, line, NULL));
  g_assert_true (g_file_get_contents (f->heads, &text, &length, NULL));
  g_assert_cmpuint (length, <=, TN_AUDIT_HEADS_BYTES);
  g_assert_cmpuint (length, >=, TN_AUDIT_HEADS_BYTES / 2);
  g_assert_cmpuint (length % 1000, ==, 0);
  g_assert_cmpint (text[0], ==, 'x');
}

/* Without a key there are no heads. */
static void
test_unsigned (AuditFixture *f, gconstpointer data)
{
  tn_audit_add (f->audit, "test.row", NULL, NULL, "x", NULL, NULL);
  g_assert_false (tn_audit_is_signed (f->audit));
  audit_fixture_close (f);
  g_assert_false (fixture_exists (f->folder, TN_AUDIT_HEADS_FILE));
  g_assert_null (audit_fixture_journal);
  g_assert_cmpint (audit_fixture_verify (f).n_rows, ==, 1);
}

/* A head that lacks something is none. */
static void
test_lacking (AuditFixture *f, gconstpointer data)
{
  static const char *const members[] = { "\"seq\":", "\"hash\":", "\"time\":", "\"key\":", "\"signature\":" };
  g_autofree char *key = live_signed (f);

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      replace_in_heads (f, members[i], "\"other\":");
      audit_fixture_assert_heads (f, key, TN_AUDIT_HEADS_UNREADABLE, 0);
      replace_in_heads (f, "\"other\":", members[i]);
    }
  audit_fixture_assert_heads (f, key, TN_AUDIT_HEADS_GOOD, 0);
}

/* A store that can't be read confirms nothing. */
static void
test_unreadable_store (AuditFixture *f, gconstpointer data)
{
  g_autofree char *key = live_signed (f), *text = NULL;
  g_autoptr (TnDb) db = fixture_open (f->folder);
  g_autoptr (GError) error = NULL;
  TnAuditHeadsVerdict verdict;
  TnAuditVerdict chain;

  g_assert_true (g_file_get_contents (f->heads, &text, NULL, NULL));
  g_assert_true (tn_db_verify_audit (db, &chain, NULL));
  g_free (fixture_sql (f->folder, "ALTER TABLE audit RENAME TO away"));
  g_assert_false (tn_audit_heads_check (db, text, &chain, key, &verdict, &error));
  g_assert_nonnull (error);
}

/* Where there is no room, or nothing can be kept: that is said, and the journal has the head all the same. */
static void
test_no_room (AuditFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *path;
    int code;
  } places[] = { { "/dev/full", G_FILE_ERROR_NOSPC }, { "/nowhere/heads", G_FILE_ERROR_NOENT } };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *warning = NULL;

      g_assert_false (tn_audit_heads_append (places[i].path, "{}", &error));
      g_assert_error (error, G_FILE_ERROR, places[i].code);
      g_assert_nonnull (strstr (error->message, places[i].path));
      audit_fixture_close (f);
      g_free (f->heads);
      f->heads = g_strdup (places[i].path);
      g_clear_pointer (&audit_fixture_journal, g_free);
      audit_fixture_open (f);
      tn_audit_set_key (f->audit, tn_audit_key_new ());
      tn_audit_add (f->audit, "test.row", NULL, NULL, "x", NULL, NULL);
      audit_fixture_flush (f);
      audit_fixture_close (f);
      warning = fixture_take_warning ();
      g_assert_nonnull (strstr (warning, "was not kept"));
      g_assert_nonnull (audit_fixture_journal);
      audit_fixture_open (f);
    }
}

/* No file is wanted: the journal alone has it. */
static void
test_journal_only (AuditFixture *f, gconstpointer data)
{
  audit_fixture_close (f);
  g_clear_pointer (&f->heads, g_free);
  audit_fixture_open (f);
  g_assert_null (tn_audit_get_public_key (f->audit));
  tn_audit_set_key (f->audit, tn_audit_key_new ());
  g_assert_nonnull (tn_audit_get_public_key (f->audit));
  tn_audit_add (f->audit, "test.row", NULL, NULL, "x", NULL, NULL);
  audit_fixture_close (f);
  g_assert_nonnull (audit_fixture_journal);
  g_assert_false (fixture_exists (f->folder, TN_AUDIT_HEADS_FILE));
}

/* A long life signs now and then, not only at its end. */
static void
test_signed_meanwhile (AuditFixture *f, gconstpointer data)
{
  g_autofree char *first = NULL;

  tn_audit_set_key (f->audit, tn_audit_key_new ());
  for (int i = 0; i < 2; i++)
    {
      tn_audit_add (f->audit, "test.row", NULL, NULL, "x", NULL, NULL);
      audit_fixture_flush (f);
    }
  g_assert_null (audit_fixture_journal);
  audit_fixture_hurry (TRUE);
  audit_fixture_close (f);
  audit_fixture_open (f);
  first = g_steal_pointer (&audit_fixture_journal);
  g_assert_nonnull (first);
  tn_audit_set_key (f->audit, tn_audit_key_new ());
  tn_audit_add (f->audit, "test.row", NULL, NULL, "x", NULL, NULL);
  audit_fixture_flush (f);
  while (audit_fixture_journal == NULL)
    g_main_context_iteration (NULL, TRUE);
  audit_fixture_hurry (FALSE);
}

/* One line that is longer than all that may be kept goes too; what can't be read is not cut. */
static void
test_heads_file_odd (AuditFixture *f, gconstpointer data)
{
  g_autofree char *line = g_strnfill (2 * TN_AUDIT_HEADS_BYTES, 'x'), *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (tn_audit_heads_append (f->heads, line, NULL));
  g_assert_true (g_file_get_contents (f->heads, &text, &length, NULL));
  g_assert_cmpuint (length, ==, 0);
  audit_fixture_break ("g_file_get_contents");
  g_assert_false (tn_audit_heads_append (f->heads, line, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_IO);
}

/* No step of making a key is taken for done. */
static void
test_key_trouble (AuditFixture *f, gconstpointer data)
{
  static const char *const making[] = { "gnutls_x509_privkey_init", "gnutls_x509_privkey_generate",
                                        "gnutls_privkey_init", "gnutls_privkey_import_x509",
                                        "gnutls_privkey_export_ecc_raw" };
  g_autoptr (TnAuditKey) key = tn_audit_key_new ();
  g_autofree char *text = tn_audit_key_to_text (key), *signature = tn_audit_key_sign (key, "x");

  for (gsize i = 0; i < G_N_ELEMENTS (making); i++)
    {
      audit_fixture_break (making[i]);
      g_assert_null (tn_audit_key_new ());
    }
  audit_fixture_break ("gnutls_x509_privkey_init");
  g_assert_null (tn_audit_key_from_text (text));
  audit_fixture_break ("gnutls_privkey_export_x509");
  g_assert_null (tn_audit_key_to_text (key));
  audit_fixture_break ("gnutls_x509_privkey_export2_pkcs8");
  g_assert_null (tn_audit_key_to_text (key));
  audit_fixture_break ("gnutls_privkey_sign_data2");
  g_assert_null (tn_audit_key_sign (key, "x"));
  audit_fixture_break ("gnutls_pubkey_init");
  g_assert_false (tn_audit_key_verify (tn_audit_key_get_public (key), "x", signature));
  g_assert_true (tn_audit_key_verify (tn_audit_key_get_public (key), "x", signature));
}

/* Another kind of key is none of ours. */
static void
test_foreign_kind (AuditFixture *f, gconstpointer data)
{
  static const struct
  {
    gnutls_pk_algorithm_t algorithm;
    unsigned int bits;
  } kinds[] = { { GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1) }, { GNUTLS_PK_RSA, 2048 } };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gnutls_x509_privkey_t key;
      gnutls_datum_t pem;
      g_autofree char *text = NULL;

      g_assert_cmpint (gnutls_x509_privkey_init (&key), ==, 0);
      g_assert_cmpint (gnutls_x509_privkey_generate (key, kinds[i].algorithm, kinds[i].bits, 0), ==, 0);
      g_assert_cmpint (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &pem), ==, 0);
      text = g_strndup ((char *) pem.data, pem.size);
      gnutls_free (pem.data);
      gnutls_x509_privkey_deinit (key);
      g_assert_null (tn_audit_key_from_text (text));
    }
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (AuditFixture *f, gconstpointer data);
  } tests[] = {
    { "/audit/key", test_key },
    { "/audit/loose-base64", test_loose_base64 },
    { "/audit/vector", test_vector },
    { "/audit/heads", test_heads },
    { "/audit/rewritten", test_rewritten },
    { "/audit/cut-off", test_cut_off },
    { "/audit/forged", test_forged },
    { "/audit/apart", test_apart },
    { "/audit/hostile-heads", test_hostile_heads },
    { "/audit/heads-file", test_heads_file },
    { "/audit/unsigned", test_unsigned },
    { "/audit/lacking", test_lacking },
    { "/audit/unreadable-store", test_unreadable_store },
    { "/audit/no-room", test_no_room },
    { "/audit/journal-only", test_journal_only },
    { "/audit/signed-meanwhile", test_signed_meanwhile },
    { "/audit/heads-file-odd", test_heads_file_odd },
    { "/audit/key-trouble", test_key_trouble },
    { "/audit/foreign-kind", test_foreign_kind },
  };

  g_test_init (&argc, &argv, NULL);
  fixture_catch_warnings ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, AuditFixture, NULL, audit_fixture_set_up, tests[i].run, audit_fixture_tear_down);
  return g_test_run ();
}
