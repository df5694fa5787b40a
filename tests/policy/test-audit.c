/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "../store/fixture.h"

#include <string.h>

#include "tn-audit-heads.h"
#include "tn-audit-sieve.h"
#include "tn-audit.h"
#include "tn-clock.h"
#include "tn-policy.h"

/* Rows on their way into the chain, and heads that tell whether it still is the same one. */

/* Stands in for GLib's, which would write to this machine's journal. */
static char *journal_head;

GLogWriterOutput g_log_writer_journald (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data);

GLogWriterOutput
g_log_writer_journald (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (fields[i].key, "TN_AUDIT_HEAD"))
      {
        g_free (journal_head);
        journal_head = g_strdup (fields[i].value);
      }
  return G_LOG_WRITER_HANDLED;
}

typedef struct
{
  char *folder;
  char *heads;
  TnStore *store;
  TnAudit *audit;
} Fixture;

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
open_audit (Fixture *f)
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

static void
close_audit (Fixture *f)
{
  tn_audit_close (f->audit);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (f->audit);
  g_assert_finalize_object (f->store);
  f->audit = NULL;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_make_folder ();
  f->heads = fixture_path (f->folder, TN_AUDIT_HEADS_FILE);
  g_clear_pointer (&journal_head, g_free);
  open_audit (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->audit != NULL)
    close_audit (f);
  g_free (f->heads);
  fixture_remove_folder (f->folder);
}

static void
flush (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;

  tn_audit_flush_async (f->audit, NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (tn_audit_flush_finish (f->audit, result, NULL));
}

static char *
rows (Fixture *f)
{
  return fixture_sql (f->folder, "SELECT seq || ' ' || kind || ' ' || ifnull (subject, '-') || ' ' || count FROM audit"
                                 " ORDER BY seq");
}

static TnAuditVerdict
verify (Fixture *f)
{
  g_autoptr (TnDb) db = fixture_open (f->folder);
  TnAuditVerdict verdict;

  g_assert_true (tn_db_verify_audit (db, &verdict, NULL));
  return verdict;
}

static TnAuditHeadsVerdict
check (Fixture *f, const char *public_key)
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

static void
assert_heads (Fixture *f, const char *public_key, TnAuditHeadsFault fault, gint64 seq)
{
  TnAuditHeadsVerdict verdict = check (f, public_key);

  g_assert_cmpint (verdict.fault, ==, fault);
  g_assert_cmpint (verdict.seq, ==, seq);
}

/* Rows */

static void
test_written (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;

  tn_audit_add (f->audit, "grant.given", "app", "tile", "network", "always", NULL);
  tn_audit_add (f->audit, "grant.given", "app", "tile", "network", "always", NULL);
  flush (f);
  tn_audit_add (f->audit, "grant.taken", "app", NULL, "two\nlines\xff", NULL, NULL);
  flush (f);
  flush (f);
  text = rows (f);
  g_assert_cmpstr (text, ==, "1 grant.given network 1\n2 grant.given network 1\n3 grant.taken two\nlines\xef\xbf\xbd 1\n");
}

/* What nobody waited for is there after closing, what is being counted included. */
static void
test_closing (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;

  for (int i = 0; i < 3; i++)
    tn_audit_add (f->audit, "call.refused", "app", "tile", "network", "undeclared", NULL);
  tn_audit_add (f->audit, "app.installed", "app", NULL, "Todo", "done", NULL);
  tn_audit_close (f->audit);
  tn_audit_add (f->audit, "app.installed", "app", NULL, "too late", "done", NULL);
  close_audit (f);
  text = rows (f);
  g_assert_cmpstr (text, ==, "1 call.refused network 1\n2 app.installed Todo 1\n3 call.refused network 2\n");
  g_assert_cmpint (verify (f).fault, ==, TN_AUDIT_WHOLE);
}

/* Flushed batch upon batch while more comes: in the order in which it came. */
static void
test_order (Fixture *f, gconstpointer data)
{
  g_autofree char *wrong = NULL;

  for (int i = 1; i <= 500; i++)
    {
      g_autofree char *subject = g_strdup_printf ("%d", i);

      tn_audit_add (f->audit, "test.row", NULL, NULL, subject, NULL, NULL);
      if (i % 50 == 0)
        tn_audit_flush_async (f->audit, NULL, NULL, NULL);
      g_main_context_iteration (NULL, FALSE);
    }
  close_audit (f);
  wrong = fixture_sql (f->folder, "SELECT count (*) FROM audit WHERE subject <> seq");
  g_assert_cmpstr (wrong, ==, "0\n");
  g_assert_cmpint (verify (f).n_rows, ==, 500);
}

#define N_FLOOD 200000

/* A flood is few rows, and none of it is forgotten. */
static void
test_flood (Fixture *f, gconstpointer data)
{
  g_autofree char *sum = NULL;

  for (int i = 0; i < N_FLOOD; i++)
    {
      g_autofree char *subject = g_strdup_printf ("https://evil.example/%d", i);

      tn_audit_add (f->audit, "call.refused", "app", "tile", subject, "undeclared", NULL);
    }
  close_audit (f);
  g_assert_cmpint (verify (f).n_rows, <=, 50);
  sum = fixture_sql (f->folder, "SELECT sum (count) FROM audit");
  g_assert_cmpstr (sum, ==, G_STRINGIFY (N_FLOOD) "\n");
}

/* Those of one app do not push out those of another. */
static void
test_neighbours (Fixture *f, gconstpointer data)
{
  g_autofree char *mine = NULL;

  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *subject = g_strdup_printf ("%d", i);

      tn_audit_add (f->audit, "csp.violation", "loud", "tile", subject, NULL, NULL);
    }
  tn_audit_add (f->audit, "csp.violation", "quiet", "tile", "img", NULL, NULL);
  close_audit (f);
  mine = fixture_sql (f->folder, "SELECT subject FROM audit WHERE app_key = 'quiet'");
  g_assert_cmpstr (mine, ==, "img\n");
}

static gint64 now_us;

static gint64
fake_monotonic (void)
{
  return now_us;
}

static void
no_random (guint8 *buffer, gsize length)
{
  memset (buffer, 7, length);
}

/* Of a minute one row and one count; the next minute begins anew. */
static void
test_minutes (Fixture *f, gconstpointer data)
{
  static const TnClockSource source = { fake_monotonic, fake_monotonic, no_random };
  g_autoptr (TnAuditSieve) sieve = NULL;
  g_autoptr (GPtrArray) counted = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_audit_record_free);

  tn_clock_set_source (&source);
  sieve = tn_audit_sieve_new ();
  for (int minute = 0; minute < 3; minute++)
    {
      for (int i = 0; i < 5; i++)
        {
          g_autoptr (TnAuditRecord) row
            = tn_audit_sieve_add (sieve, tn_audit_record_new ("call.allowed", "app", NULL, "same", NULL, NULL));

          g_assert_true ((row != NULL) == (i == 0));
        }
      g_assert_true (tn_audit_sieve_drain (sieve, counted, FALSE));
      g_assert_cmpuint (counted->len, ==, minute);
      now_us += 60 * G_USEC_PER_SEC;
      g_assert_false (tn_audit_sieve_drain (sieve, counted, FALSE));
      g_assert_cmpuint (counted->len, ==, minute + 1);
      g_assert_cmpint (((TnAuditRecord *) counted->pdata[minute])->count, ==, 4);
    }
  tn_clock_set_source (NULL);
}

/* What the person says of permissions, in the order in which it was said. */
static void
test_answers (Fixture *f, gconstpointer data)
{
  static const TnAnswer answers[]
    = { TN_ANSWER_ONCE, TN_ANSWER_NEVER, TN_ANSWER_ALWAYS, TN_ANSWER_ALWAYS, TN_ANSWER_NOT_NOW };
  TnPermission permission = { TN_PERMISSION_NETWORK, (char *) "https://x.example/*", TN_ACTION_READ };
  g_autoptr (TnPolicy) policy = tn_policy_new (f->store);
  g_autofree char *text = NULL;

  tn_policy_set_audit (policy, f->audit);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    tn_policy_answer (policy, "app", &permission, answers[i]);
  tn_policy_revoke (policy, "app", &permission);
  flush (f);
  text = fixture_sql (f->folder, "SELECT kind || ' ' || outcome || ' ' || subject || ' ' || detail FROM audit");
  g_assert_cmpstr (text, ==,
                   "grant.given once https://x.example/* network: read\n"
                   "grant.refused never https://x.example/* network: read\n"
                   "grant.given always https://x.example/* network: read\n"
                   "grant.refused not now https://x.example/* network: read\n"
                   "grant.taken taken back https://x.example/* network: read\n");
}

/* However many apps and kinds there are. */
static void
test_bounded (Fixture *f, gconstpointer data)
{
  g_autoptr (TnAuditSieve) sieve = tn_audit_sieve_new ();
  g_autoptr (GPtrArray) counted = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_audit_record_free);
  gint64 n = 0;

  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *app = g_strdup_printf ("app%d", i);
      g_autoptr (TnAuditRecord) row
        = tn_audit_sieve_add (sieve, tn_audit_record_new ("call.refused", app, NULL, "x", NULL, NULL));

      n += row != NULL;
    }
  tn_audit_sieve_drain (sieve, counted, TRUE);
  g_assert_cmpint (n, <, 3000);
  for (guint i = 0; i < counted->len; i++)
    n += ((TnAuditRecord *) counted->pdata[i])->count;
  g_assert_cmpint (n, ==, 20000);
}

/* A store that can't write keeps nobody from going on, and nothing is lost. */
static void
test_trouble (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL, *warning = NULL;
  guint n_written = 0;

  g_free (fixture_sql (f->folder, "ALTER TABLE audit RENAME TO away"));
  tn_audit_add (f->audit, "mode.changed", NULL, NULL, "one", NULL, NULL);
  flush (f);
  warning = fixture_take_warning ();
  g_assert_nonnull (strstr (warning, "tried again"));
  tn_audit_add (f->audit, "mode.changed", NULL, NULL, "two", NULL, NULL);
  flush (f);
  g_assert_null (fixture_take_warning ());
  g_free (fixture_sql (f->folder, "ALTER TABLE away RENAME TO audit"));
  g_signal_connect_swapped (f->audit, "written", G_CALLBACK (g_atomic_int_inc), &n_written);
  while (n_written == 0)
    g_main_context_iteration (NULL, TRUE);
  text = rows (f);
  g_assert_cmpstr (text, ==, "1 mode.changed one 1\n2 mode.changed two 1\n");
}

/* What goes beyond the bound is told as a number. */
static void
test_lost (Fixture *f, gconstpointer data)
{
  g_autofree char *sum = NULL, *lost = NULL;

  for (int i = 0; i < 5000; i++)
    tn_audit_add (f->audit, "test.row", NULL, NULL, "x", NULL, NULL);
  close_audit (f);
  sum = fixture_sql (f->folder, "SELECT sum (count) FROM audit");
  lost = fixture_sql (f->folder, "SELECT count FROM audit WHERE kind = 'audit.lost'");
  g_assert_cmpstr (sum, ==, "5000\n");
  g_assert_cmpstr (lost, ==, "904\n");
}

/* Keys */

static void
test_key (Fixture *f, gconstpointer data)
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

/* RFC 8032, section 7.1, test 1: the empty text. */
static void
test_vector (Fixture *f, gconstpointer data)
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
live_signed (Fixture *f)
{
  g_autoptr (TnAuditKey) key = tn_audit_key_new ();
  g_autofree char *secret = tn_audit_key_to_text (key);

  for (int life = 0; life < 3; life++)
    {
      if (f->audit == NULL)
        open_audit (f);
      tn_audit_set_key (f->audit, tn_audit_key_from_text (secret));
      g_assert_true (tn_audit_is_signed (f->audit));
      for (int i = 0; i < 10; i++)
        tn_audit_add (f->audit, "test.row", NULL, NULL, "x", NULL, NULL);
      close_audit (f);
    }
  return g_strdup (tn_audit_key_get_public (key));
}

static void
test_heads (Fixture *f, gconstpointer data)
{
  g_autofree char *key = live_signed (f), *text = NULL;
  g_autoptr (TnAuditKey) other = tn_audit_key_new ();
  TnAuditHeadsVerdict verdict = check (f, key);

  g_assert_cmpint (verdict.fault, ==, TN_AUDIT_HEADS_GOOD);
  g_assert_cmpuint (verdict.n_heads, ==, 3);
  g_assert_cmpuint (verdict.n_compared, ==, 3);
  g_assert_cmpstr (verdict.public_key, ==, key);
  assert_heads (f, NULL, TN_AUDIT_HEADS_GOOD, 0);
  assert_heads (f, tn_audit_key_get_public (other), TN_AUDIT_HEADS_FOREIGN, 10);
  g_assert_true (g_file_get_contents (f->heads, &text, NULL, NULL));
  g_assert_true (g_str_has_suffix (g_strchomp (text), journal_head));
}

/* The chain alone holds; the heads know better. */
static void
test_rewritten (Fixture *f, gconstpointer data)
{
  g_autofree char *key = live_signed (f);

  g_free (fixture_sql (f->folder, "DELETE FROM audit"));
  g_free (fixture_sql (f->folder, "DELETE FROM sqlite_sequence"));
  open_audit (f);
  for (int i = 0; i < 30; i++)
    tn_audit_add (f->audit, "test.row", NULL, NULL, "another story", NULL, NULL);
  close_audit (f);
  assert_heads (f, key, TN_AUDIT_HEADS_REWRITTEN, 10);
}

static void
test_cut_off (Fixture *f, gconstpointer data)
{
  g_autofree char *key = live_signed (f);

  g_free (fixture_sql (f->folder, "DELETE FROM audit WHERE seq > 25"));
  g_free (fixture_sql (f->folder, "UPDATE sqlite_sequence SET seq = 25"));
  assert_heads (f, key, TN_AUDIT_HEADS_CUT_OFF, 30);
}

static void
replace_in_heads (Fixture *f, const char *from, const char *to)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;

  g_assert_true (g_file_get_contents (f->heads, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, from, to, 1), ==, 1);
  g_assert_true (g_file_set_contents (f->heads, changed->str, -1, NULL));
}

static void
test_forged (Fixture *f, gconstpointer data)
{
  g_autofree char *key = live_signed (f);

  replace_in_heads (f, "\"seq\":20", "\"seq\":21");
  assert_heads (f, key, TN_AUDIT_HEADS_FORGED, 21);
  replace_in_heads (f, "\"seq\":21", "\"seq\":\"x\"");
  assert_heads (f, key, TN_AUDIT_HEADS_UNREADABLE, 0);
  g_assert_cmpuint (check (f, key).line, ==, 2);
}

/* A chain that is said to begin after all heads can't be compared with them. */
static void
test_apart (Fixture *f, gconstpointer data)
{
  g_autofree char *key = live_signed (f);
  TnDb *db = fixture_open (f->folder);
  g_autofree char *hash = tn_db_get_audit_hash (db, 30, NULL);
  g_autoptr (GPtrArray) anchor = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_audit_record_free);

  g_ptr_array_add (anchor, tn_audit_record_new (TN_AUDIT_ANCHOR, NULL, NULL, "30", "dropped", hash));
  g_assert_true (tn_db_append_audit (db, anchor, NULL));
  tn_db_close (db);
  g_free (fixture_sql (f->folder, "DELETE FROM audit WHERE seq <= 30"));
  assert_heads (f, key, TN_AUDIT_HEADS_APART, 0);
  g_assert_true (g_file_set_contents (f->heads, "\n\n", -1, NULL));
  assert_heads (f, key, TN_AUDIT_HEADS_APART, 0);
}

/* Any bytes. */
static void
test_hostile_heads (Fixture *f, gconstpointer data)
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
          verdict = check (f, key);
          if (strchr (" \n\r\t", before[at]) == NULL && strchr (" \n\r\t", text[at]) == NULL)
            g_assert_cmpint (verdict.fault, !=, TN_AUDIT_HEADS_GOOD);
        }
      g_assert_true (g_file_set_contents (f->heads, before, length, NULL));
    }
}

static void
test_heads_file (Fixture *f, gconstpointer data)
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
test_unsigned (Fixture *f, gconstpointer data)
{
  tn_audit_add (f->audit, "test.row", NULL, NULL, "x", NULL, NULL);
  g_assert_false (tn_audit_is_signed (f->audit));
  close_audit (f);
  g_assert_false (fixture_exists (f->folder, TN_AUDIT_HEADS_FILE));
  g_assert_null (journal_head);
  g_assert_cmpint (verify (f).n_rows, ==, 1);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/audit/written", test_written },
    { "/audit/closing", test_closing },
    { "/audit/order", test_order },
    { "/audit/flood", test_flood },
    { "/audit/neighbours", test_neighbours },
    { "/audit/minutes", test_minutes },
    { "/audit/answers", test_answers },
    { "/audit/bounded", test_bounded },
    { "/audit/trouble", test_trouble },
    { "/audit/lost", test_lost },
    { "/audit/key", test_key },
    { "/audit/vector", test_vector },
    { "/audit/heads", test_heads },
    { "/audit/rewritten", test_rewritten },
    { "/audit/cut-off", test_cut_off },
    { "/audit/forged", test_forged },
    { "/audit/apart", test_apart },
    { "/audit/hostile-heads", test_hostile_heads },
    { "/audit/heads-file", test_heads_file },
    { "/audit/unsigned", test_unsigned },
  };

  g_test_init (&argc, &argv, NULL);
  fixture_catch_warnings ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
