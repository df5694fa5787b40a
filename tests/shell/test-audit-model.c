/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "../store/fixture.h"

#include <string.h>

#include "tn-audit-heads.h"
#include "tn-audit-kinds.h"
#include "tn-audit-model.h"
#include "tn-audit-work.h"

/* The list of entries reads what is looked at; what takes long is done beside it. */

#define N_ROWS 2050

typedef struct
{
  char *folder;
  TnStore *store;
  TnAuditModel *model;
  guint n_counted;
} Fixture;

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
append (Fixture *f, int n, const char *kind)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_audit_record_free);
  g_autoptr (GAsyncResult) result = NULL;

  for (int i = 0; i < n; i++)
    g_ptr_array_add (rows, tn_audit_record_new (kind, i % 2 == 0 ? "app" : NULL, NULL, "x?token=geheim1", NULL, NULL));
  tn_store_append_audit_async (f->store, rows, NULL, result_cb, &result);
  g_assert_true (tn_store_append_audit_finish (f->store, wait_for (&result), NULL));
}

static void
counted_cb (Fixture *f)
{
  f->n_counted++;
}

static void
wait_counted (Fixture *f)
{
  guint before = f->n_counted;

  while (f->n_counted == before)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  f->folder = fixture_make_folder ();
  tn_store_open_async (f->folder, NULL, result_cb, &result);
  f->store = tn_store_open_finish (wait_for (&result), NULL);
  append (f, N_ROWS, "test.row");
  f->model = tn_audit_model_new (f->store);
  f->n_counted = 0;
  g_signal_connect_swapped (f->model, "counted", G_CALLBACK (counted_cb), f);
  wait_counted (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  tn_store_close (f->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (f->model);
  g_assert_finalize_object (f->store);
  fixture_remove_folder (f->folder);
}

static guint
count (Fixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (f->model));
}

/* The number of the entry at @position, waited for. */
static gint64
seq_at (Fixture *f, guint position)
{
  g_autoptr (TnAuditItem) item = g_list_model_get_item (G_LIST_MODEL (f->model), position);

  while (tn_audit_item_get_record (item) == NULL)
    g_main_context_iteration (NULL, TRUE);
  return tn_audit_item_get_record (item)->seq;
}

static void
test_positions (Fixture *f, gconstpointer data)
{
  g_assert_cmpuint (count (f), ==, N_ROWS);
  g_assert_cmpint (seq_at (f, 0), ==, N_ROWS);
  g_assert_cmpint (seq_at (f, N_ROWS - 1), ==, 1);
  for (int i = 0; i < 200; i++)
    {
      guint position = g_test_rand_int_range (0, N_ROWS);

      g_assert_cmpint (seq_at (f, position), ==, N_ROWS - position);
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (f->model), N_ROWS));
}

/* Of all that was looked at only the last pages are kept. */
static void
test_forgets (Fixture *f, gconstpointer data)
{
  GWeakRef first;
  g_autoptr (TnAuditItem) kept = NULL;

  seq_at (f, 0);
  kept = g_list_model_get_item (G_LIST_MODEL (f->model), 0);
  g_weak_ref_init (&first, kept);
  g_clear_object (&kept);
  for (guint page = 1; page < TN_AUDIT_PAGES; page++)
    seq_at (f, page * TN_AUDIT_PAGE);
  kept = g_weak_ref_get (&first);
  g_assert_nonnull (kept);
  g_clear_object (&kept);
  for (guint page = 1; page < TN_AUDIT_PAGES + 2; page++)
    seq_at (f, page * TN_AUDIT_PAGE);
  g_assert_null (g_weak_ref_get (&first));
  g_weak_ref_clear (&first);
}

static void
changed_cb (GListModel *list, guint position, guint removed, guint added, char **said)
{
  g_free (*said);
  *said = g_strdup_printf ("%u -%u +%u", position, removed, added);
}

/* What comes new is in front, and what is shown stays what it is. */
static void
test_grows (Fixture *f, gconstpointer data)
{
  g_autoptr (TnAuditItem) shown = g_list_model_get_item (G_LIST_MODEL (f->model), 0), same = NULL;
  g_autofree char *said = NULL;

  g_signal_connect (f->model, "items-changed", G_CALLBACK (changed_cb), &said);
  seq_at (f, 0);
  append (f, 130, "test.more");
  tn_audit_model_grow (f->model);
  wait_counted (f);
  g_assert_cmpstr (said, ==, "0 -0 +130");
  same = g_list_model_get_item (G_LIST_MODEL (f->model), 130);
  g_assert_true (same == shown);
  for (guint i = 0; i < 140; i++)
    g_assert_cmpint (seq_at (f, i), ==, N_ROWS + 130 - i);
}

static void
test_filter (Fixture *f, gconstpointer data)
{
  append (f, 3, "test.other");
  tn_audit_model_set_filter (f->model, &(TnAuditFilter){ .kind = "test.other", .app_key = "app" });
  g_assert_cmpuint (count (f), ==, 0);
  wait_counted (f);
  g_assert_cmpuint (count (f), ==, 2);
  g_assert_cmpint (seq_at (f, 0), ==, N_ROWS + 3);
  g_assert_cmpint (seq_at (f, 1), ==, N_ROWS + 1);
  /* The answer to a question that nobody asks any more is none. */
  tn_audit_model_set_filter (f->model, &(TnAuditFilter){ .kind = "test.row" });
  tn_audit_model_set_filter (f->model, &(TnAuditFilter){ .text = "no such" });
  wait_counted (f);
  g_assert_cmpuint (count (f), ==, 0);
}

/* Fewer than before: rows were dropped meanwhile. */
static void
test_shrinks (Fixture *f, gconstpointer data)
{
  seq_at (f, 0);
  g_free (fixture_sql (f->folder, "DELETE FROM audit WHERE seq <= 2000"));
  tn_audit_model_grow (f->model);
  wait_counted (f);
  g_assert_cmpuint (count (f), ==, 50);
  g_assert_cmpint (seq_at (f, 49), ==, 2001);
}

static TnAuditState *
verify (Fixture *f, const char *key)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TnAuditState *state;

  tn_audit_verify_async (f->folder, key, NULL, result_cb, &result);
  state = tn_audit_verify_finish (wait_for (&result), &error);
  g_assert_no_error (error);
  g_test_message ("%s", state->words);
  return state;
}

static void
test_verify (Fixture *f, gconstpointer data)
{
  g_autoptr (TnAuditKey) key = tn_audit_key_new (), other = tn_audit_key_new ();
  g_autofree char *hash = fixture_sql (f->folder, "SELECT hash FROM audit WHERE seq = 7");
  g_autofree char *head = tn_audit_head_new (7, g_strchomp (hash), 0, key);
  g_autofree char *path = g_build_filename (f->folder, TN_AUDIT_HEADS_FILE, NULL);
  g_autoptr (TnAuditState) unsigned_state = verify (f, NULL), good = NULL, whose = NULL, foreign = NULL, bad = NULL;

  g_assert_true (unsigned_state->whole);
  g_assert_nonnull (strstr (unsigned_state->words, "keyring"));
  g_assert_true (tn_audit_heads_append (path, head, NULL));
  good = verify (f, tn_audit_key_get_public (key));
  g_assert_true (good->whole);
  g_assert_nonnull (strstr (good->words, "Signed heads that confirm it: 1 of 1"));
  g_assert_null (strstr (good->words, "keyring"));
  /* The keyring is gone: whoever rewrote the audit could have signed it anew. */
  whose = verify (f, NULL);
  g_assert_true (whose->whole);
  g_assert_nonnull (strstr (whose->words, "not known whose"));
  foreign = verify (f, tn_audit_key_get_public (other));
  g_assert_false (foreign->whole);
  g_free (fixture_sql (f->folder, "UPDATE audit SET outcome = 'y' WHERE seq = 12"));
  bad = verify (f, tn_audit_key_get_public (key));
  g_assert_false (bad->whole);
  g_assert_nonnull (strstr (bad->words, "Entry 12"));
}

static void
test_export (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "out", NULL), *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path), nowhere = g_file_new_for_path ("/nowhere/x");
  g_autoptr (GAsyncResult) result = NULL, failed = NULL;
  g_autoptr (GError) error = NULL;

  tn_audit_export_async (f->folder, &(TnAuditFilter){ .app_key = "app" }, file, NULL, result_cb, &result);
  g_assert_cmpint (tn_audit_export_finish (wait_for (&result), &error), ==, N_ROWS / 2);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, "geheim"));
  tn_audit_export_async (f->folder, &(TnAuditFilter){ 0 }, nowhere, NULL, result_cb, &failed);
  g_assert_cmpint (tn_audit_export_finish (wait_for (&failed), &error), ==, -1);
  g_assert_nonnull (error);
}

/* Words */

static void
test_kinds (Fixture *f, gconstpointer data)
{
  g_autoptr (TnAuditRecord) record = tn_audit_record_new ("call.refused", NULL, NULL, "todo.>", NULL, NULL);
  g_autofree char *once = tn_audit_describe (record), *often = NULL, *bare = NULL;
  gsize n;

  record->count = 12;
  often = tn_audit_describe (record);
  g_clear_pointer (&record->subject, g_free);
  record->count = 1;
  bare = tn_audit_describe (record);
  g_assert_cmpstr (once, ==, "Call refused: todo.>");
  g_assert_cmpstr (often, ==, "Call refused: todo.> (12 times)");
  g_assert_cmpstr (bare, ==, "Call refused");
  g_assert_cmpstr (tn_audit_kind_title ("new.kind"), ==, "new.kind");
  g_assert_cmpstr (tn_audit_group_of ("grant.given")->prefix, ==, "grant");
  g_assert_null (tn_audit_group_of ("grantor.x")->prefix);
  g_assert_null (tn_audit_groups (&n)->prefix);
  g_assert_cmpuint (n, >, 5);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/audit/model/positions", test_positions }, { "/audit/model/forgets", test_forgets },
    { "/audit/model/grows", test_grows },         { "/audit/model/filter", test_filter },
    { "/audit/model/shrinks", test_shrinks },     { "/audit/work/verify", test_verify },
    { "/audit/work/export", test_export },        { "/audit/kinds", test_kinds },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
