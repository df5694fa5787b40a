/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tn-db-private.h"

/* The chain of audit rows: what it is made of, what it finds, and what it outlives. */

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) tn_audit_record_free);
}

static void
append (TnDb *db, const char *kind, const char *app_key, const char *subject, const char *detail)
{
  g_autoptr (GPtrArray) records = new_list ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (records, tn_audit_record_new (kind, app_key, "tile", subject, "done", detail));
  g_assert_true (tn_db_append_audit (db, records, &error));
  g_assert_no_error (error);
}

static void
append_many (TnDb *db, int n)
{
  g_autoptr (GPtrArray) records = new_list ();
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < n; i++)
    {
      g_autofree char *subject = g_strdup_printf ("subject %d", i);

      g_ptr_array_add (records, tn_audit_record_new ("test.row", i % 3 == 0 ? "app" : NULL, NULL, subject, "done", ""));
    }
  g_assert_true (tn_db_append_audit (db, records, &error));
  g_assert_no_error (error);
}

static TnAuditVerdict
verify (TnDb *db)
{
  g_autoptr (GError) error = NULL;
  TnAuditVerdict verdict;

  g_assert_true (tn_db_verify_audit (db, &verdict, &error));
  g_assert_no_error (error);
  return verdict;
}

static void
assert_whole (TnDb *db, gint64 first, gint64 last)
{
  TnAuditVerdict verdict = verify (db);

  g_assert_cmpint (verdict.fault, ==, TN_AUDIT_WHOLE);
  g_assert_cmpint (verdict.bad_seq, ==, 0);
  g_assert_cmpint (verdict.first_seq, ==, first);
  g_assert_cmpint (verdict.last_seq, ==, last);
}

static void
assert_fault (TnDb *db, TnAuditFault fault, gint64 seq)
{
  TnAuditVerdict verdict = verify (db);

  g_assert_cmpint (verdict.fault, ==, fault);
  g_assert_cmpint (verdict.bad_seq, ==, seq);
}

static void
tamper (FixtureDb *f, const char *format, ...)
{
  g_autofree char *sql = NULL, *answer = NULL;
  va_list values;

  va_start (values, format);
  sql = g_strdup_vprintf (format, values);
  va_end (values);
  g_test_message ("%s", sql);
  answer = fixture_sql (f->folder, sql);
}

/* Computed apart from this program, from the words of tn-audit-record.h. */
static void
test_serialisation (FixtureDb *f, gconstpointer data)
{
  g_autoptr (TnAuditRecord) record
    = tn_audit_record_new ("call.refused", "abcdefghijklmnop", NULL, "https://é.example/", "", NULL);
  g_autofree char *hash = NULL;

  record->seq = 1;
  record->time_us = G_GINT64_CONSTANT (1700000000000000);
  record->count = 3;
  record->salt = g_strdup ("00112233445566778899aabbccddeeff");
  record->content = tn_audit_record_hash_content (record);
  g_assert_cmpstr (record->content, ==, "2f7d5e7b429fca20ab3176e1582d5399ae16f486a9f204c4c17ae6c10fb4d195");
  hash = tn_audit_record_hash (record, TN_AUDIT_ORIGIN);
  g_assert_cmpstr (hash, ==, "6db14fe8ff230e5b0b817212b95ddd3f63ff5fe424f176be376a5a0fe7090632");
}

/* What would be the same if fields were only put one behind the other is not. */
static void
test_unambiguous (FixtureDb *f, gconstpointer data)
{
  static const char *const texts[][3] = { { "ab", "c", "d" }, { "a", "bc", "d" }, { "abc", "", "d" }, { "abc", NULL, "d" },
                                          { "abc", "d", "" }, { "abc", "d", NULL }, { "abcd", "", "" } };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (TnAuditRecord) record = tn_audit_record_new (texts[i][0], texts[i][1], texts[i][2], NULL, NULL, NULL);

      record->time_us = 0;
      g_assert_true (g_hash_table_add (seen, tn_audit_record_hash (record, TN_AUDIT_ORIGIN)));
    }
}

static void
test_bounds (FixtureDb *f, gconstpointer data)
{
  g_autofree char *giant = g_strnfill (100000, 'x'), *umlauts = g_strnfill (2 * TN_AUDIT_SUBJECT_BYTES + 1, '\xc3');
  g_autoptr (TnAuditRecord) record = tn_audit_record_new (giant, giant, giant, giant, giant, giant);
  g_autoptr (TnAuditRecord) broken = tn_audit_record_new ("a", NULL, NULL, umlauts, "\xff", "x\xe2\x82");
  g_autoptr (GPtrArray) records = new_list ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (strlen (record->kind), ==, TN_AUDIT_WORD_BYTES);
  g_assert_cmpuint (strlen (record->subject), ==, TN_AUDIT_SUBJECT_BYTES);
  g_assert_cmpuint (strlen (record->detail), ==, TN_AUDIT_DETAIL_BYTES);
  g_assert_true (g_utf8_validate (broken->subject, -1, NULL));
  g_assert_cmpuint (strlen (broken->subject), <=, TN_AUDIT_SUBJECT_BYTES);
  g_assert_cmpstr (broken->outcome, ==, "\xef\xbf\xbd");
  g_ptr_array_add (records, g_steal_pointer (&record));
  g_ptr_array_add (records, g_steal_pointer (&broken));
  g_assert_true (tn_db_append_audit (f->db, records, &error));
  g_assert_no_error (error);
  assert_whole (f->db, 1, 2);
}

static void
test_empty (FixtureDb *f, gconstpointer data)
{
  TnAuditVerdict verdict = verify (f->db);

  g_assert_cmpint (verdict.n_rows, ==, 0);
  g_assert_cmpstr (verdict.hash, ==, TN_AUDIT_ORIGIN);
  assert_whole (f->db, 0, 0);
}

static void
test_reopened (FixtureDb *f, gconstpointer data)
{
  append_many (f->db, 5);
  tn_db_close (f->db);
  f->db = fixture_open (f->folder);
  append (f->db, "grant.given", "app", "network", NULL);
  assert_whole (f->db, 1, 6);
}

/* Every column of every row, rows taken out, swapped and put in. */

static const char *const changes[] = {
  "time_us = time_us + 1", "kind = kind || 'x'",      "app_key = 'other'",    "tile_id = 'other'",
  "subject = 'other'",     "outcome = 'other'",       "detail = 'other'",     "count = count + 1",
  "salt = 'other'",        "content = lower (hex (zeroblob (32)))", "hash = lower (hex (zeroblob (32)))",
};

#define SWAP "UPDATE audit SET (time_us, kind, app_key, tile_id, subject, outcome, detail, count, salt, content, hash)"  \
  " = (SELECT time_us, kind, app_key, tile_id, subject, outcome, detail, count, salt, content, hash FROM audit AS other" \
  "    WHERE other.seq = CASE audit.seq WHEN %d THEN %d ELSE %d END) WHERE seq IN (%d, %d)"

typedef void (*Tampering) (FixtureDb *f, int n);

static void
change_one (FixtureDb *f, int n)
{
  int seq = g_test_rand_int_range (1, n + 1);

  tamper (f, "UPDATE audit SET %s WHERE seq = %d", changes[g_test_rand_int_range (0, G_N_ELEMENTS (changes))], seq);
  assert_fault (f->db, TN_AUDIT_CHANGED, seq);
}

static void
take_one_out (FixtureDb *f, int n)
{
  int seq = g_test_rand_int_range (1, n + 1);

  tamper (f, "DELETE FROM audit WHERE seq = %d", seq);
  assert_fault (f->db, TN_AUDIT_MISSING, seq);
}

static void
take_many_out (FixtureDb *f, int n)
{
  int from = g_test_rand_int_range (1, n + 1), to = g_test_rand_int_range (from, n + 1);

  tamper (f, "DELETE FROM audit WHERE seq BETWEEN %d AND %d", from, to);
  assert_fault (f->db, TN_AUDIT_MISSING, from);
}

static void
swap (FixtureDb *f, int n)
{
  int one = g_test_rand_int_range (1, n), two = g_test_rand_int_range (one + 1, n + 1);

  tamper (f, SWAP, one, two, one, one, two);
  assert_fault (f->db, TN_AUDIT_CHANGED, one);
}

/* The rows after it get other numbers, so that none is missing. */
static void
close_the_gap (FixtureDb *f, int n)
{
  int seq = g_test_rand_int_range (1, n);

  tamper (f, "DELETE FROM audit WHERE seq = %d", seq);
  for (int i = seq; i < n; i++)
    tamper (f, "UPDATE audit SET seq = %d WHERE seq = %d", i, i + 1);
  assert_fault (f->db, TN_AUDIT_CHANGED, seq);
}

static void
blank_one (FixtureDb *f, int n)
{
  int seq = g_test_rand_int_range (1, n + 1);

  tamper (f, "UPDATE audit SET salt = NULL, subject = NULL, detail = NULL WHERE seq = %d", seq);
  assert_fault (f->db, TN_AUDIT_BLANKED, seq);
}

static void
forge_one (FixtureDb *f, int n)
{
  tamper (f,
          "INSERT INTO audit SELECT %d, time_us, kind, app_key, tile_id, subject, outcome, detail, count, salt, content,"
          " hash FROM audit WHERE seq = %d",
          n + 1, n);
  assert_fault (f->db, TN_AUDIT_CHANGED, n + 1);
}

/* Who knows how hashes are made still can't leave the rest as it is. */
static void
change_and_hash_again (FixtureDb *f, int n)
{
  int seq = g_test_rand_int_range (1, n);
  g_autofree char *before = seq > 1 ? tn_db_get_audit_hash (f->db, seq - 1, NULL) : g_strdup (TN_AUDIT_ORIGIN);
  g_autoptr (GPtrArray) records = tn_db_list_audit (f->db, &(TnAuditFilter){ 0 }, seq - 1, 1, NULL);
  TnAuditRecord *record = records->pdata[0];
  g_autofree char *content = NULL, *hash = NULL;

  g_free (record->subject);
  record->subject = g_strdup ("nothing happened");
  content = tn_audit_record_hash_content (record);
  g_free (record->content);
  record->content = g_strdup (content);
  hash = tn_audit_record_hash (record, before);
  tamper (f, "UPDATE audit SET subject = '%s', content = '%s', hash = '%s' WHERE seq = %d", record->subject, content,
          hash, seq);
  assert_fault (f->db, TN_AUDIT_CHANGED, seq + 1);
}

static void
drop_and_go_on (FixtureDb *f, int n)
{
  tamper (f, "DELETE FROM audit WHERE seq = %d", n);
  append_many (f->db, 3);
  assert_fault (f->db, TN_AUDIT_MISSING, n);
}

static const Tampering tamperings[] = { change_one, take_one_out,  take_many_out, swap,          close_the_gap,
                                        blank_one,  forge_one,     change_and_hash_again, drop_and_go_on };

static void
test_tampering (FixtureDb *f, gconstpointer data)
{
  for (int round = 0; round < 200; round++)
    {
      int n = g_test_rand_int_range (2, 40);

      append_many (f->db, n);
      assert_whole (f->db, 1, n);
      tamperings[round % G_N_ELEMENTS (tamperings)](f, n);
      tamper (f, "DELETE FROM audit");
      tamper (f, "DELETE FROM sqlite_sequence");
    }
}

static void
test_all_gone (FixtureDb *f, gconstpointer data)
{
  append_many (f->db, 9);
  tamper (f, "DELETE FROM audit");
  assert_fault (f->db, TN_AUDIT_MISSING, 1);
  append_many (f->db, 9);
  assert_fault (f->db, TN_AUDIT_MISSING, 1);
}

/* Rotation */

static void
test_rotation_by_rows (FixtureDb *f, gconstpointer data)
{
  f->db->audit_rows = 40;
  for (int i = 1; i <= 300; i++)
    {
      TnAuditVerdict verdict;

      append (f->db, "test.row", NULL, "subject", NULL);
      verdict = verify (f->db);
      g_assert_cmpint (verdict.fault, ==, TN_AUDIT_WHOLE);
      g_assert_cmpint (verdict.n_rows, ==, verdict.last_seq - verdict.first_seq + 1);
      g_assert_cmpint (verdict.n_rows, <=, 41);
      g_assert_cmpint (verdict.n_rows, >=, MIN (i, 30));
    }
}

static void
test_rotation_by_bytes (FixtureDb *f, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (1000, 'x');
  TnAuditVerdict verdict;

  f->db->audit_bytes = 100000;
  for (int i = 0; i < 200; i++)
    {
      f->db->audit_room = 0;
      append (f->db, "test.row", NULL, "subject", long_text);
    }
  verdict = verify (f->db);
  g_assert_cmpint (verdict.fault, ==, TN_AUDIT_WHOLE);
  g_assert_cmpint (verdict.n_rows, >=, 50);
  g_assert_cmpint (verdict.n_rows, <=, 80);
}

/* Dropping rows oneself does not pass for a rotation. */
static void
test_false_rotation (FixtureDb *f, gconstpointer data)
{
  TnAuditVerdict verdict;
  g_autofree char *anchor = NULL;

  f->db->audit_rows = 20;
  append_many (f->db, 30);
  verdict = verify (f->db);
  g_assert_cmpint (verdict.first_seq, ==, 16);
  anchor = fixture_sql (f->folder, "SELECT seq FROM audit WHERE kind = 'audit.rotated'");
  g_assert_cmpint (atoi (anchor), ==, 31);

  tamper (f, "DELETE FROM audit WHERE seq < 20");
  assert_fault (f->db, TN_AUDIT_MISSING, 16);
  tamper (f, "UPDATE audit SET subject = '19', detail = (SELECT hash FROM audit WHERE seq = 20) WHERE seq = 31");
  assert_fault (f->db, TN_AUDIT_CHANGED, 31);
  tamper (f, "DELETE FROM audit WHERE seq = 31");
  assert_fault (f->db, TN_AUDIT_MISSING, 1);
}

/* Erasing */

static void
test_erasing (FixtureDb *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *left = NULL, *others = NULL;
  TnAuditVerdict verdict;

  append (f->db, "grant.given", "secret-app", "network", "https://secret.example");
  append (f->db, "grant.given", "other-app", "network", "https://other.example");
  append (f->db, "call.refused", "secret-app", "https://secret.example/x", NULL);
  g_assert_true (tn_db_erase_audit (f->db, "secret-app", &error));
  g_assert_no_error (error);

  left = fixture_sql (f->folder, "SELECT count (*) FROM audit WHERE subject || detail LIKE '%secret%'");
  g_assert_cmpstr (left, ==, "0\n");
  others = fixture_sql (f->folder, "SELECT detail FROM audit WHERE app_key = 'other-app'");
  g_assert_cmpstr (others, ==, "https://other.example\n");
  assert_whole (f->db, 1, 4);
  verdict = verify (f->db);
  g_assert_cmpint (verdict.n_erased, ==, 2);

  /* It is this app's erasure, and of what was before it. */
  append (f->db, "call.refused", "secret-app", "later", NULL);
  tamper (f, "UPDATE audit SET salt = NULL, subject = NULL, detail = NULL WHERE seq IN (2, 5)");
  assert_fault (f->db, TN_AUDIT_BLANKED, 2);
  tamper (f, "UPDATE audit SET subject = 'x' WHERE seq = 1");
  assert_fault (f->db, TN_AUDIT_CHANGED, 1);
}

/* Looking */

static gint64
count (TnDb *db, TnAuditFilter filter)
{
  g_autoptr (GPtrArray) records = tn_db_list_audit (db, &filter, 0, 1000, NULL);
  gint64 n = tn_db_count_audit (db, &filter, NULL);

  g_assert_cmpint (records->len, ==, n);
  return n;
}

static void
test_filter (FixtureDb *f, gconstpointer data)
{
  g_autoptr (GPtrArray) apps = NULL, page = NULL;

  append (f->db, "grant.given", "a", "100%", NULL);
  append (f->db, "grant.taken", "b", "1000", "Under_score");
  append (f->db, "grantor.x", "b", "back\\slash", NULL);
  append (f->db, "call.refused", NULL, NULL, NULL);

  g_assert_cmpint (count (f->db, (TnAuditFilter){ 0 }), ==, 4);
  g_assert_cmpint (count (f->db, (TnAuditFilter){ .app_key = "b" }), ==, 2);
  g_assert_cmpint (count (f->db, (TnAuditFilter){ .kind = "grant" }), ==, 2);
  g_assert_cmpint (count (f->db, (TnAuditFilter){ .kind = "grant.given" }), ==, 1);
  g_assert_cmpint (count (f->db, (TnAuditFilter){ .text = "0%" }), ==, 1);
  g_assert_cmpint (count (f->db, (TnAuditFilter){ .text = "R_S" }), ==, 1);
  g_assert_cmpint (count (f->db, (TnAuditFilter){ .text = "k\\s" }), ==, 1);
  g_assert_cmpint (count (f->db, (TnAuditFilter){ .text = "REFUSED" }), ==, 1);
  g_assert_cmpint (count (f->db, (TnAuditFilter){ .text = "'" }), ==, 0);
  g_assert_cmpint (count (f->db, (TnAuditFilter){ .since_us = G_MAXINT64 }), ==, 0);
  g_assert_cmpint (count (f->db, (TnAuditFilter){ .app_key = "b", .kind = "grant", .text = "under" }), ==, 1);

  apps = tn_db_list_audited_apps (f->db, NULL);
  g_assert_cmpuint (apps->len, ==, 2);
  g_assert_cmpstr (apps->pdata[1], ==, "b");
  page = tn_db_list_audit (f->db, &(TnAuditFilter){ 0 }, 1, 2, NULL);
  g_assert_cmpuint (page->len, ==, 2);
  g_assert_cmpint (((TnAuditRecord *) page->pdata[0])->seq, ==, 2);
}

/* Other processes */

#define N_WRITERS 4
#define N_BATCHES 25

static void
write_batches (const char *folder)
{
  g_autoptr (TnDb) db = fixture_open (folder);

  for (int i = 0; i < N_BATCHES; i++)
    append_many (db, 3);
}

static pid_t
run_writer (const char *folder, void (*work) (const char *folder))
{
  pid_t pid = fork ();

  if (pid == 0)
    {
      work (folder);
      _exit (0);
    }
  return pid;
}

static void
test_at_once (FixtureDb *f, gconstpointer data)
{
  pid_t pids[N_WRITERS];

  for (int i = 0; i < N_WRITERS; i++)
    pids[i] = run_writer (f->folder, write_batches);
  for (int i = 0; i < N_WRITERS; i++)
    {
      int status = -1;

      g_assert_cmpint (waitpid (pids[i], &status, 0), ==, pids[i]);
      g_assert_cmpint (status, ==, 0);
    }
  assert_whole (f->db, 1, N_WRITERS * N_BATCHES * 3);
}

static void
write_for_ever (const char *folder)
{
  g_autoptr (TnDb) db = fixture_open (folder);

  db->audit_rows = 50;
  while (TRUE)
    append_many (db, 7);
}

/* Killed at any moment: what was flushed verifies. */
static void
test_killed (FixtureDb *f, gconstpointer data)
{
  gint64 last = 0;

  for (int i = 0; i < 40; i++)
    {
      pid_t pid = run_writer (f->folder, write_for_ever);
      TnAuditVerdict verdict;
      int status = 0;

      g_usleep (g_test_rand_int_range (500, 20000));
      g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_true (WIFSIGNALED (status));
      verdict = verify (f->db);
      g_assert_cmpint (verdict.fault, ==, TN_AUDIT_WHOLE);
      g_assert_cmpint (verdict.last_seq, >=, last);
      last = verdict.last_seq;
    }
  g_assert_cmpint (last, >, 0);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (FixtureDb *f, gconstpointer data);
  } tests[] = {
    { "/store/audit/serialisation", test_serialisation },
    { "/store/audit/unambiguous", test_unambiguous },
    { "/store/audit/bounds", test_bounds },
    { "/store/audit/empty", test_empty },
    { "/store/audit/reopened", test_reopened },
    { "/store/audit/tampering", test_tampering },
    { "/store/audit/all-gone", test_all_gone },
    { "/store/audit/rotation-by-rows", test_rotation_by_rows },
    { "/store/audit/rotation-by-bytes", test_rotation_by_bytes },
    { "/store/audit/false-rotation", test_false_rotation },
    { "/store/audit/erasing", test_erasing },
    { "/store/audit/filter", test_filter },
    { "/store/audit/at-once", test_at_once },
    { "/store/audit/killed", test_killed },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, FixtureDb, NULL, fixture_set_up, tests[i].run, fixture_tear_down);
  return g_test_run ();
}
