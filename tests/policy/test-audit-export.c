/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "../store/fixture.h"

#include <dlfcn.h>
#include <gio/gio.h>
#include <string.h>

#include "tn-audit-export.h"
#include "tn-audit-words.h"
#include "tn-json.h"

/* What is private and what is not, and a whole export. */

static const struct
{
  const char *text, *masked;
} texts[] = {
  { "", "" },
  { "todo.item.done", "todo.item.done" },
  { "https://api.example.com/items", "https://api.example.com/items" },
  { "https://api.example.com/items?user=7&q=a b", "https://api.example.com/items?… b" },
  { "https://example.com#fragment", "https://example.com?…" },
  { "wss://example.com?x", "wss://example.com?…" },
  { "https://me:pa:ss@example.com:8080/x", "https://…@example.com:8080/x" },
  { "two https://a.example/?1 and http://b.example/?2", "two https://a.example/?… and http://b.example/?…" },
  { "Authorization: Bearer abc.def", "Authorization: … …" },
  { "bearer xyz", "bearer …" },
  { "api_key=12, other=3", "api_key=…, other=3" },
  { "{\"password\": \"a b\", \"n\": 1}", "{\"password\": …, \"n\": 1}" },
  { "the PIN: 1234", "the PIN: …" },
  { "a monkey: 5 keys", "a monkey: … keys" },
  { "write to anna.b@mail.example.org, please", "write to …@…, please" },
  { "ännä@exämple.org", "…@…" },
  { "@lit/reactive-element@2.0.0 stays", "@lit/reactive-element@2.0.0 stays" },
  { "/home/anna/Documents/tax 2024.pdf can't be read", "~/…" },
  { "“/home/anna” and more", "“~/… and more" },
  { "/root/x", "~/…" },
  { "/rootless/x", "/rootless/x" },
  { "/usr/share/x", "/usr/share/x" },
  { "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "…" },
  { "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.short", "….e30.short" },
  { "averylongwordwithoutanydigitsinit", "averylongwordwithoutanydigitsinit" },
};

static void
test_mask (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *masked = tn_audit_mask (texts[i].text), *twice = tn_audit_mask (masked);

      if (!g_str_equal (masked, texts[i].masked))
        g_test_message ("%s", texts[i].text);
      g_assert_cmpstr (masked, ==, texts[i].masked);
      g_assert_cmpstr (twice, ==, masked);
    }
}

/* Stands in for GLib's, which gives up where a match would take too much. */
static gboolean gives_up;

char *
g_regex_replace (const GRegex *regex, const char *text, gssize length, int start, const char *replacement,
                 GRegexMatchFlags options, GError **error)
{
  char *(*real) (const GRegex *, const char *, gssize, int, const char *, GRegexMatchFlags, GError **)
    = dlsym (RTLD_NEXT, "g_regex_replace");

  return gives_up ? NULL : real (regex, text, length, start, replacement, options, error);
}

/* What can't be looked through is not shown. */
static void
test_mask_gives_up (void)
{
  g_autofree char *masked = NULL;

  gives_up = TRUE;
  masked = tn_audit_mask ("password: geheim");
  gives_up = FALSE;
  g_assert_cmpstr (masked, ==, "…");
}

/* Whatever it is: in no time, and UTF-8. */
static void
test_mask_random (void)
{
  static const char letters[] = "aA1_-.@:/?#=\"' \n&hometokenkybrs";

  for (int i = 0; i < 3000; i++)
    {
      GString *text = g_string_new (NULL);
      g_autofree char *masked = NULL;

      for (int n = g_test_rand_int_range (0, TN_AUDIT_DETAIL_BYTES); n > 0; n--)
        g_string_append_c (text, letters[g_test_rand_int_range (0, sizeof letters - 1)]);
      masked = tn_audit_mask (text->str);
      g_assert_true (g_utf8_validate (masked, -1, NULL));
      g_string_free (text, TRUE);
    }
}

static void
append (GPtrArray *records, const char *kind, const char *app, const char *subject, const char *detail)
{
  g_ptr_array_add (records, tn_audit_record_new (kind, app, NULL, subject, NULL, detail));
}

static char *
export (TnDb *db, const char *app, gint64 *n)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  TnAuditFilter filter = { .app_key = app };
  g_autoptr (GError) error = NULL;

  g_assert_true (tn_audit_export (db, &filter, stream, n, NULL, &error));
  g_assert_no_error (error);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
test_export (void)
{
  char *folder = fixture_make_folder ();
  TnDb *db = fixture_open (folder);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_audit_record_free);
  g_autofree char *text = NULL, *one = NULL;
  g_auto (GStrv) lines = NULL;
  gint64 n;

  append (records, "call.refused", "app", "https://x.example/?q=geheim", "line\n\"two\"");
  append (records, TN_AUDIT_ANCHOR, NULL, "0", TN_AUDIT_ORIGIN "a1");
  for (int i = 0; i < 1200; i++)
    append (records, "test.row", NULL, "x", NULL);
  g_assert_true (tn_db_append_audit (db, records, NULL));
  text = export (db, NULL, &n);
  g_assert_cmpint (n, ==, 1202);
  g_assert_null (strstr (text, "geheim"));
  g_assert_nonnull (strstr (text, TN_AUDIT_ORIGIN "a1"));
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1202);
  for (int i = 0; i < 1202; i++)
    {
      g_autoptr (JsonObject) row = tn_json_parse_object (lines[i], -1, NULL, NULL);
      g_autofree char *hash = tn_db_get_audit_hash (db, i + 1, NULL);

      g_assert_cmpint (tn_json_get_int (row, "seq", 0), ==, i + 1);
      g_assert_cmpstr (tn_json_get_string (row, "hash", NULL), ==, hash);
    }
  one = export (db, "app", &n);
  g_assert_cmpint (n, ==, 1);
  tn_db_close (db);
  fixture_remove_folder (folder);
}

/* Without room to write to, without a table to read, and with nobody who wants the number. */
static void
test_export_trouble (void)
{
  char *folder = fixture_make_folder ();
  TnDb *db = fixture_open (folder);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_audit_record_free);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GFile) full_file = g_file_new_for_path ("/dev/full");
  g_autoptr (GFileOutputStream) full = g_file_append_to (full_file, G_FILE_CREATE_NONE, NULL, NULL);
  g_autoptr (GError) error = NULL;
  TnAuditFilter filter = { 0 };

  append (records, "test.row", NULL, "x", NULL);
  g_assert_true (tn_db_append_audit (db, records, NULL));
  g_assert_true (tn_audit_export (db, &filter, stream, NULL, NULL, NULL));
  g_assert_false (tn_audit_export (db, &filter, G_OUTPUT_STREAM (full), NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_clear_error (&error);
  g_free (fixture_sql (folder, "ALTER TABLE audit RENAME TO away"));
  g_assert_false (tn_audit_export (db, &filter, stream, NULL, NULL, &error));
  g_assert_nonnull (error);
  tn_db_close (db);
  fixture_remove_folder (folder);
}

/* The person at the machine may see what an export masks. */
static void
test_unmasked (void)
{
  g_autoptr (TnAuditRecord) record = tn_audit_record_new ("call.refused", "app", NULL, "https://x.example/?q=1", NULL, NULL);
  g_autoptr (JsonObject) object = NULL;

  record->content = g_strdup ("c");
  record->hash = g_strdup ("h");
  object = tn_audit_record_to_json (record, FALSE);
  g_assert_cmpstr (tn_json_get_string (object, "subject", NULL), ==, "https://x.example/?q=1");
}

/* A sentence for everything that may be found, and no two are the same. */
static void
test_words (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int fault = TN_AUDIT_WHOLE; fault <= TN_AUDIT_BLANKED; fault++)
    {
      TnAuditVerdict verdict = { .fault = fault, .bad_seq = fault == TN_AUDIT_WHOLE ? 0 : 7, .n_rows = 3 };

      g_assert_true (g_hash_table_add (seen, tn_audit_verdict_to_words (&verdict, NULL)));
      g_assert_true (g_hash_table_add (seen, g_strdup (tn_audit_fault_to_name (fault))));
    }
  g_assert_true (g_hash_table_add (seen, tn_audit_verdict_to_words (&(TnAuditVerdict) { 0 }, NULL)));
  for (int fault = TN_AUDIT_HEADS_GOOD; fault <= TN_AUDIT_HEADS_APART; fault++)
    {
      TnAuditHeadsVerdict heads = { .fault = fault, .seq = 7, .line = 2 };
      TnAuditVerdict verdict = { .fault = TN_AUDIT_WHOLE, .n_rows = 3 };

      g_assert_true (g_hash_table_add (seen, tn_audit_verdict_to_words (&verdict, &heads)));
      g_assert_true (g_hash_table_add (seen, g_strdup (tn_audit_heads_fault_to_name (fault))));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/audit/mask", test_mask);
  g_test_add_func ("/audit/mask-gives-up", test_mask_gives_up);
  g_test_add_func ("/audit/mask-random", test_mask_random);
  g_test_add_func ("/audit/export", test_export);
  g_test_add_func ("/audit/export-trouble", test_export_trouble);
  g_test_add_func ("/audit/unmasked", test_unmasked);
  g_test_add_func ("/audit/words", test_words);
  return g_test_run ();
}
