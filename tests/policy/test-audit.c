/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "audit-fixture.h"

#include "tn-audit-sieve.h"
#include "tn-clock.h"
#include "tn-policy.h"

#include <string.h>

/* Rows on their way into the chain, and heads that tell whether it still is the same one. */

/* Rows */

static void
test_written (AuditFixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;

  tn_audit_add (f->audit, "grant.given", "app", "tile", "network", "always", NULL);
  tn_audit_add (f->audit, "grant.given", "app", "tile", "network", "always", NULL);
  audit_fixture_flush (f);
  tn_audit_add (f->audit, "grant.taken", "app", NULL, "two\nlines\xff", NULL, NULL);
  audit_fixture_flush (f);
  audit_fixture_flush (f);
  text = audit_fixture_rows (f);
  g_assert_cmpstr (text, ==, "1 grant.given network 1\n2 grant.given network 1\n3 grant.taken two\nlines\xef\xbf\xbd 1\n");
}

/* What nobody waited for is there after closing, what is being counted included. */
static void
test_closing (AuditFixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;

  for (int i = 0; i < 3; i++)
    tn_audit_add (f->audit, "call.refused", "app", "tile", "network", "undeclared", NULL);
  tn_audit_add (f->audit, "app.installed", "app", NULL, "Todo", "done", NULL);
  tn_audit_close (f->audit);
  tn_audit_add (f->audit, "app.installed", "app", NULL, "too late", "done", NULL);
  audit_fixture_close (f);
  text = audit_fixture_rows (f);
  g_assert_cmpstr (text, ==, "1 call.refused network 1\n2 app.installed Todo 1\n3 call.refused network 2\n");
  g_assert_cmpint (audit_fixture_verify (f).fault, ==, TN_AUDIT_WHOLE);
}

/* Flushed batch upon batch while more comes: in the order in which it came. */
static void
test_order (AuditFixture *f, gconstpointer data)
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
  audit_fixture_close (f);
  wrong = fixture_sql (f->folder, "SELECT count (*) FROM audit WHERE subject <> seq");
  g_assert_cmpstr (wrong, ==, "0\n");
  g_assert_cmpint (audit_fixture_verify (f).n_rows, ==, 500);
}

#define N_FLOOD 200000

/* A flood is few rows, and none of it is forgotten. */
static void
test_flood (AuditFixture *f, gconstpointer data)
{
  g_autofree char *sum = NULL;

  for (int i = 0; i < N_FLOOD; i++)
    {
      g_autofree char *subject = g_strdup_printf ("https://evil.example/%d", i);

      tn_audit_add (f->audit, "call.refused", "app", "tile", subject, "undeclared", NULL);
    }
  audit_fixture_close (f);
  g_assert_cmpint (audit_fixture_verify (f).n_rows, <=, 50);
  sum = fixture_sql (f->folder, "SELECT sum (count) FROM audit");
  g_assert_cmpstr (sum, ==, G_STRINGIFY (N_FLOOD) "\n");
}

/* Those of one app do not push out those of another. */
static void
test_neighbours (AuditFixture *f, gconstpointer data)
{
  g_autofree char *mine = NULL;

  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *subject = g_strdup_printf ("%d", i);

      tn_audit_add (f->audit, "csp.violation", "loud", "tile", subject, NULL, NULL);
    }
  tn_audit_add (f->audit, "csp.violation", "quiet", "tile", "img", NULL, NULL);
  audit_fixture_close (f);
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
test_minutes (AuditFixture *f, gconstpointer data)
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
test_answers (AuditFixture *f, gconstpointer data)
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
  audit_fixture_flush (f);
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
test_bounded (AuditFixture *f, gconstpointer data)
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
test_trouble (AuditFixture *f, gconstpointer data)
{
  g_autofree char *text = NULL, *warning = NULL;
  guint n_written = 0;

  g_free (fixture_sql (f->folder, "ALTER TABLE audit RENAME TO away"));
  tn_audit_add (f->audit, "mode.changed", NULL, NULL, "one", NULL, NULL);
  audit_fixture_flush (f);
  warning = fixture_take_warning ();
  g_assert_nonnull (strstr (warning, "tried again"));
  tn_audit_add (f->audit, "mode.changed", NULL, NULL, "two", NULL, NULL);
  audit_fixture_flush (f);
  g_assert_null (fixture_take_warning ());
  g_free (fixture_sql (f->folder, "ALTER TABLE away RENAME TO audit"));
  g_signal_connect_swapped (f->audit, "written", G_CALLBACK (g_atomic_int_inc), &n_written);
  while (n_written == 0)
    g_main_context_iteration (NULL, TRUE);
  text = audit_fixture_rows (f);
  g_assert_cmpstr (text, ==, "1 mode.changed one 1\n2 mode.changed two 1\n");
}

/* What goes beyond the bound is told as a number. */
static void
test_lost (AuditFixture *f, gconstpointer data)
{
  g_autofree char *sum = NULL, *lost = NULL;

  for (int i = 0; i < 5000; i++)
    tn_audit_add (f->audit, "test.row", NULL, NULL, "x", NULL, NULL);
  audit_fixture_close (f);
  sum = fixture_sql (f->folder, "SELECT sum (count) FROM audit");
  lost = fixture_sql (f->folder, "SELECT count FROM audit WHERE kind = 'audit.lost'");
  g_assert_cmpstr (sum, ==, "5000\n");
  g_assert_cmpstr (lost, ==, "904\n");
}

/* What comes while a batch can't be written is kept up to a bound, and beyond it counted. */
static void
test_lost_in_trouble (AuditFixture *f, gconstpointer data)
{
  g_autofree char *sum = NULL, *lost = NULL;

  g_free (fixture_sql (f->folder, "ALTER TABLE audit RENAME TO away"));
  for (int i = 0; i < 4000; i++)
    tn_audit_add (f->audit, "test.row", NULL, NULL, "x", NULL, NULL);
  tn_audit_flush_async (f->audit, NULL, NULL, NULL);
  for (int i = 0; i < 4000; i++)
    tn_audit_add (f->audit, "test.row", NULL, NULL, "x", NULL, NULL);
  audit_fixture_flush (f);
  g_free (fixture_sql (f->folder, "ALTER TABLE away RENAME TO audit"));
  audit_fixture_close (f);
  sum = fixture_sql (f->folder, "SELECT sum (count) FROM audit");
  lost = fixture_sql (f->folder, "SELECT count FROM audit WHERE kind = 'audit.lost'");
  g_assert_cmpstr (sum, ==, "8000\n");
  g_assert_cmpstr (lost, ==, "3904\n");
}

/* Closing does not wait for a store that can't be written. */
static void
test_closing_in_trouble (AuditFixture *f, gconstpointer data)
{
  tn_audit_set_key (f->audit, tn_audit_key_new ());
  g_free (fixture_sql (f->folder, "ALTER TABLE audit RENAME TO away"));
  tn_audit_add (f->audit, "test.row", NULL, NULL, "one", NULL, NULL);
  audit_fixture_close (f);
  g_assert_null (audit_fixture_journal);
}

static void
count_cb (guint *n)
{
  *n += 1;
}

/* What is counted is written by itself when its minute is over, and nothing waits any more after that. */
static void
test_counted_later (AuditFixture *f, gconstpointer data)
{
  static const TnClockSource source = { fake_monotonic, fake_monotonic, no_random };
  g_autofree char *text = NULL;
  guint n_written = 0;

  tn_clock_set_source (&source);
  audit_fixture_hurry (TRUE);
  g_signal_connect_swapped (f->audit, "written", G_CALLBACK (count_cb), &n_written);
  for (int i = 0; i < 3; i++)
    tn_audit_add (f->audit, "call.allowed", "app", NULL, "same", NULL, NULL);
  while (n_written < 1)
    g_main_context_iteration (NULL, TRUE);
  now_us += 61 * G_USEC_PER_SEC;
  while (n_written < 2)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  audit_fixture_hurry (FALSE);
  tn_clock_set_source (NULL);
  text = audit_fixture_rows (f);
  g_assert_cmpstr (text, ==, "1 call.allowed same 1\n2 call.allowed same 2\n");
}

/* Whatever the clock on the wall does, the chain keeps the order in which things happened. */
static void
test_clock_jumps (AuditFixture *f, gconstpointer data)
{
  static const TnClockSource source = { fake_monotonic, fake_monotonic, no_random };
  static const gint64 days[] = { 20000, 20001, 19000, 40000, 0, 20002 };
  g_autofree char *text = NULL;

  tn_clock_set_source (&source);
  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *subject = g_strdup_printf ("%" G_GINT64_FORMAT, days[i]);

      now_us = days[i] * 24 * 3600 * G_USEC_PER_SEC;
      tn_audit_add (f->audit, "test.row", NULL, NULL, subject, NULL, NULL);
      audit_fixture_flush (f);
    }
  tn_clock_set_source (NULL);
  text = audit_fixture_rows (f);
  g_assert_cmpstr (text, ==, "1 test.row 20000 1\n2 test.row 20001 1\n3 test.row 19000 1\n4 test.row 40000 1\n"
                             "5 test.row 0 1\n6 test.row 20002 1\n");
  g_assert_cmpint (audit_fixture_verify (f).fault, ==, TN_AUDIT_WHOLE);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (AuditFixture *f, gconstpointer data);
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
    { "/audit/lost-in-trouble", test_lost_in_trouble },
    { "/audit/closing-in-trouble", test_closing_in_trouble },
    { "/audit/counted-later", test_counted_later },
    { "/audit/clock-jumps", test_clock_jumps },
  };

  g_test_init (&argc, &argv, NULL);
  fixture_catch_warnings ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, AuditFixture, NULL, audit_fixture_set_up, tests[i].run, audit_fixture_tear_down);
  return g_test_run ();
}
