/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include <string.h>

/* What the person answers, and what becomes of it. */

#define EMIT ENTRY ("event", "todo.>", "\"emit\"", "")
#define CLIPBOARD ENTRY ("api", "clipboard", "\"write\"", "")
#define TITLE ENTRY ("ui", "title", "\"write\"", "")

static TnVerdict
try (Fixture *f, TnApp *app)
{
  TnRequest request = { TN_PERMISSION_EVENT, "todo.item", TN_ACTION_EMIT };

  return tn_policy_decide (f->policy, app, &request).verdict;
}

static void
answer (Fixture *f, TnApp *app, guint n, TnAnswer given)
{
  tn_policy_answer (f->policy, tn_app_get_key (app), fixture_permission (app, n), given);
}

static void
assert_heard (Fixture *f, TnApp *app, guint times)
{
  g_autoptr (GString) expected = g_string_new (NULL);

  for (guint i = 0; i < times; i++)
    g_string_append_printf (expected, "changed %s\n", tn_app_get_key (app));
  g_assert_cmpstr (f->heard->str, ==, expected->str);
  g_string_truncate (f->heard, 0);
}

static void
test_answers (Fixture *f, gconstpointer data)
{
  static const struct
  {
    TnAnswer answer;
    TnStanding standing, later; /* after the app's run, and after a new start of the program */
    TnVerdict verdict;
  } rows[] = {
    { TN_ANSWER_ONCE, TN_STANDING_ONCE, TN_STANDING_ASK, TN_VERDICT_ALLOWED },
    { TN_ANSWER_NOT_NOW, TN_STANDING_NOT_NOW, TN_STANDING_ASK, TN_VERDICT_DENIED },
    { TN_ANSWER_ALWAYS, TN_STANDING_ALWAYS, TN_STANDING_ALWAYS, TN_VERDICT_ALLOWED },
    { TN_ANSWER_NEVER, TN_STANDING_NEVER, TN_STANDING_NEVER, TN_VERDICT_DENIED },
  };
  g_autoptr (TnApp) app = fixture_write_app (f, "test", "com.example.todo", EMIT "," CLIPBOARD, NULL);
  const TnPermission *emit = fixture_permission (app, 0);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (try (f, app), ==, TN_VERDICT_ASK);
      answer (f, app, 0, rows[i].answer);
      assert_heard (f, app, 1);
      answer (f, app, 0, rows[i].answer);
      assert_heard (f, app, 0);
      g_assert_cmpint (tn_policy_get_standing (f->policy, app, emit), ==, rows[i].standing);
      g_assert_cmpint (tn_standing_is_allowed (rows[i].standing), ==, rows[i].verdict == TN_VERDICT_ALLOWED);
      g_assert_cmpint (try (f, app), ==, rows[i].verdict);
      /* The other entry has nothing to do with it, nor has another app's run. */
      g_assert_cmpint (tn_policy_get_standing (f->policy, app, fixture_permission (app, 1)), ==, TN_STANDING_ASK);
      tn_policy_end_run (f->policy, "another");
      g_assert_cmpint (try (f, app), ==, rows[i].verdict);
      tn_policy_end_run (f->policy, tn_app_get_key (app));
      assert_heard (f, app, rows[i].later == TN_STANDING_ASK);
      g_assert_cmpint (tn_policy_get_standing (f->policy, app, emit), ==, rows[i].later);
      fixture_begin_anew (f);
      g_assert_cmpint (tn_policy_get_standing (f->policy, app, emit), ==, rows[i].later);
      tn_policy_revoke (f->policy, tn_app_get_key (app), emit);
      assert_heard (f, app, rows[i].later != TN_STANDING_ASK);
      fixture_begin_anew (f);
    }
}

static void
test_given (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = fixture_write_app (f, "test", "com.example.todo", TITLE "," CLIPBOARD, NULL);
  const TnPermission *title = fixture_permission (app, 0);
  TnRequest request = { TN_PERMISSION_UI, "title", TN_ACTION_WRITE };

  g_assert_cmpint (tn_policy_get_standing (f->policy, app, title), ==, TN_STANDING_GIVEN);
  g_assert_true (tn_standing_is_allowed (TN_STANDING_GIVEN));
  g_assert_false (tn_policy_is_given (app, fixture_permission (app, 1)));
  answer (f, app, 0, TN_ANSWER_NEVER);
  g_assert_true (tn_policy_is_given (app, title));
  g_assert_cmpint (tn_policy_decide (f->policy, app, &request).verdict, ==, TN_VERDICT_DENIED);
  tn_policy_revoke (f->policy, tn_app_get_key (app), title);
  g_assert_cmpint (tn_policy_decide (f->policy, app, &request).verdict, ==, TN_VERDICT_ALLOWED);
}

/* A grant is for the entry as it was declared, and for the app from where it came. */
static void
test_another_entry (Fixture *f, gconstpointer data)
{
  static const char *const others[] = {
    ENTRY ("event", ">", "\"emit\"", ""),
    ENTRY ("event", "todo.>", "\"emit\", \"listen\"", ""),
    ENTRY ("event", "todo.>", "\"emit\"", ", \"when\": [\"visible\"]"),
    ENTRY ("event", "todo.>", "\"emit\"", ", \"when\": [{\"rate\": \"5/min\"}]"),
  };
  g_autoptr (TnApp) app = fixture_write_app (f, "test", "com.example.todo", EMIT, NULL);
  g_autoptr (TnApp) namesake = tn_app_load ("elsewhere", tn_app_get_directory (app));
  g_autoptr (TnApp) same = NULL;

  answer (f, app, 0, TN_ANSWER_ALWAYS);
  g_assert_cmpint (try (f, namesake), ==, TN_VERDICT_ASK);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (TnApp) changed = fixture_write_app (f, "test", "com.example.todo", others[i], NULL);

      g_assert_cmpstr (tn_app_get_key (changed), ==, tn_app_get_key (app));
      g_assert_cmpint (tn_policy_get_standing (f->policy, changed, fixture_permission (changed, 0)), ==,
                       TN_STANDING_ASK);
      /* Nothing of another manifest is in this one's ledger. */
      g_assert_cmpint (tn_policy_get_standing (f->policy, changed, fixture_permission (app, 0)), ==, TN_STANDING_ASK);
    }
  same = fixture_write_app (f, "test", "com.example.todo", TITLE "," EMIT, NULL);
  g_assert_cmpint (try (f, same), ==, TN_VERDICT_ALLOWED);
}

/* After three refusals in one run nobody is asked for that app any more; what was granted goes on. */
static void
test_worn_down (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = fixture_write_app (
    f, "test", "com.example.todo",
    CLIPBOARD "," ENTRY ("event", "a", "\"emit\"", "") "," ENTRY ("event", "b", "\"emit\"", "") "," TITLE "," EMIT ","
      ENTRY ("api", "files", "\"read\"", ""), NULL);
  TnRequest files = { TN_PERMISSION_API, "files", TN_ACTION_READ };

  answer (f, app, 5, TN_ANSWER_ONCE);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (tn_policy_may_ask (f->policy, app));
      g_assert_cmpint (try (f, app), ==, TN_VERDICT_ASK);
      answer (f, app, i, TN_ANSWER_NOT_NOW);
    }
  g_assert_false (tn_policy_may_ask (f->policy, app));
  g_assert_cmpint (try (f, app), ==, TN_VERDICT_DENIED);
  g_assert_cmpint (tn_policy_decide (f->policy, app, &files).verdict, ==, TN_VERDICT_ALLOWED);
  tn_policy_end_run (f->policy, tn_app_get_key (app));
  g_assert_cmpint (try (f, app), ==, TN_VERDICT_ASK);
}

static void
set_elsewhere (Fixture *f, TnApp *app, const char *actions, gboolean always)
{
  g_autoptr (TnGrantRecord) record = tn_grant_record_new (tn_app_get_key (app), "event", "todo.>", actions, "");

  record->always = always;
  tn_store_set_grant_async (f->store, record, NULL, NULL, NULL);
}

static void
drop_elsewhere (Fixture *f, TnApp *app)
{
  g_autoptr (TnGrantRecord) record = tn_grant_record_new (tn_app_get_key (app), "event", "todo.>", "emit", "");

  tn_store_drop_grant_async (f->store, record, NULL, NULL, NULL);
}

/* tnc writes, and says so. */
static void
test_changed_elsewhere (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = fixture_write_app (f, "test", "com.example.todo", EMIT, NULL);
  g_autoptr (TnApp) other = fixture_write_app (f, "test", "com.example.other", EMIT, NULL);

  answer (f, app, 0, TN_ANSWER_NOT_NOW);
  answer (f, other, 0, TN_ANSWER_ONCE);
  g_string_truncate (f->heard, 0);
  set_elsewhere (f, app, "emit", TRUE);
  set_elsewhere (f, app, "listen", FALSE);
  g_assert_true (fixture_load (f, NULL));
  assert_heard (f, app, 1);
  g_assert_cmpint (try (f, app), ==, TN_VERDICT_ALLOWED);
  g_assert_true (fixture_load (f, NULL));
  assert_heard (f, app, 0);
  drop_elsewhere (f, app);
  g_assert_true (fixture_load (f, NULL));
  assert_heard (f, app, 1);
  g_assert_cmpint (try (f, app), ==, TN_VERDICT_ASK);
  g_assert_cmpint (try (f, other), ==, TN_VERDICT_ALLOWED);
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* What is read may be older than what was said while it was read. */
static void
test_answer_while_loading (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = fixture_write_app (f, "test", "com.example.todo", EMIT, NULL);
  g_autoptr (GAsyncResult) levels = NULL, loaded = NULL;

  tn_policy_load_async (f->policy, NULL, take_result_cb, &loaded);
  tn_store_list_levels_async (f->store, NULL, take_result_cb, &levels);
  /* The levels have been read by then, and the grants are being read. */
  while (levels == NULL)
    g_main_context_iteration (NULL, TRUE);
  answer (f, app, 0, TN_ANSWER_ALWAYS);
  while (loaded == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (tn_policy_load_finish (f->policy, loaded, NULL));
  g_assert_cmpint (try (f, app), ==, TN_VERDICT_ALLOWED);
}

/* With the store gone an answer holds, and the person learns that it won't last. */
static void
test_not_kept (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = fixture_write_app (f, "test", "com.example.todo", EMIT, NULL);
  g_autoptr (GError) error = NULL;

  tn_store_close (f->store);
  answer (f, app, 0, TN_ANSWER_ALWAYS);
  assert_heard (f, app, 1);
  while (f->heard->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (f->heard->str, ==, "failed\n");
  g_assert_cmpint (try (f, app), ==, TN_VERDICT_ALLOWED);
  g_assert_false (fixture_load (f, &error));
  g_assert_error (error, TN_STORE_ERROR, TN_STORE_ERROR_OPEN);
}

/* One of the tables that are read is gone. */
static void
test_not_loaded (Fixture *f, gconstpointer table)
{
  g_autofree char *sql = g_strdup_printf ("DROP TABLE \"%s\"", (const char *) table);
  g_autoptr (GError) error = NULL;

  fixture_spoil (f, sql);
  g_assert_false (fixture_load (f, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, table));
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) levels = NULL, loaded = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  tn_policy_load_async (f->policy, cancellable, take_result_cb, &loaded);
  tn_store_list_levels_async (f->store, NULL, take_result_cb, &levels);
  while (levels == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  while (loaded == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (tn_policy_load_finish (f->policy, loaded, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_levels (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *level;
    gboolean taken;
  } steps[] = {
    { "moderate", TRUE }, { "moderate", TRUE }, { "permissive", FALSE }, { "moderate", TRUE },
    { "strict", TRUE },   { "moderate", FALSE }, { "strict", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (TnApp) app = fixture_write_app (f, "test", "com.example.todo", "", steps[i].level);

      g_assert_cmpint (tn_policy_takes_level (f->policy, app), ==, steps[i].taken);
      fixture_begin_anew (f);
    }
}

static void
test_level_accepted (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) strict = fixture_write_app (f, "test", "com.example.todo", "", "strict");
  g_autoptr (TnApp) loose = NULL;

  g_assert_true (tn_policy_takes_level (f->policy, strict));
  loose = fixture_write_app (f, "test", "com.example.todo", "", "permissive");
  g_assert_false (tn_policy_takes_level (f->policy, loose));
  tn_policy_accept_level (f->policy, loose);
  g_assert_true (tn_policy_takes_level (f->policy, loose));
  fixture_begin_anew (f);
  g_assert_true (tn_policy_takes_level (f->policy, loose));
}

static guint
count_audited (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  TnAuditFilter filter = { .kind = "app.level" };

  tn_store_list_audit_async (f->store, &filter, 0, 10, NULL, take_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  rows = tn_store_list_audit_finish (f->store, result, NULL);
  g_assert_nonnull (rows);
  return rows->len;
}

/* That a level was accepted is written down, once. */
static void
test_level_audited (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = fixture_write_app (f, "test", "com.example.todo", "", "strict");
  g_autoptr (TnAudit) audit = tn_audit_new (f->store, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  tn_policy_set_audit (f->policy, audit);
  tn_policy_accept_level (f->policy, app);
  tn_policy_accept_level (f->policy, app);
  tn_audit_flush_async (audit, NULL, take_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_audited (f), ==, 1);
}

/* A word that no program of ours wrote counts for nothing. */
static void
test_unknown_level (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = fixture_write_app (f, "test", "com.example.todo", "", "permissive");

  tn_store_set_level_async (f->store, tn_app_get_key (app), "lenient", NULL, NULL, NULL);
  fixture_begin_anew (f);
  g_assert_true (tn_policy_takes_level (f->policy, app));
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/policy/grants/answers", test_answers },
    { "/policy/grants/given", test_given },
    { "/policy/grants/another-entry", test_another_entry },
    { "/policy/grants/worn-down", test_worn_down },
    { "/policy/grants/changed-elsewhere", test_changed_elsewhere },
    { "/policy/grants/answer-while-loading", test_answer_while_loading },
    { "/policy/grants/not-kept", test_not_kept },
    { "/policy/grants/cancelled", test_cancelled },
    { "/policy/grants/level-audited", test_level_audited },
    { "/policy/grants/levels", test_levels },
    { "/policy/grants/level-accepted", test_level_accepted },
    { "/policy/grants/unknown-level", test_unknown_level },
  };
  static const char *const tables[] = { "level", "grant", "setting" };

  g_test_init (&argc, &argv, NULL);
  fixture_stop_clock ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, fixture_set_up, tests[i].test, fixture_tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *path = g_strdup_printf ("/policy/grants/not-loaded/%s", tables[i]);

      g_test_add (path, Fixture, tables[i], fixture_set_up, test_not_loaded, fixture_tear_down);
    }
  return g_test_run ();
}
