/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "tn-limits.h"

#include <string.h>

#define RESOURCES(members) "], \"resources\": {" members "}, \"x-rest\": ["

typedef struct
{
  Fixture f;
  TnAudit *audit;
  TnLimits *limits;
  TnApp *app;
  GString *heard;
} Case;

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
await (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
changed_cb (TnLimits *limits, const char *app_key, Case *c)
{
  g_string_append_printf (c->heard, "%s\n", app_key);
}

static void
failed_cb (TnLimits *limits, const char *message, Case *c)
{
  g_assert_nonnull (strstr (message, "could not be kept: "));
  g_string_append (c->heard, "failed\n");
}

/* As after a new start. */
static void
begin (Case *c)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_object (&c->limits);
  c->limits = tn_limits_new (c->f.store, c->audit);
  g_signal_connect (c->limits, "changed", G_CALLBACK (changed_cb), c);
  g_signal_connect (c->limits, "failed", G_CALLBACK (failed_cb), c);
  tn_limits_load_async (c->limits, NULL, take_result_cb, &result);
  await (&result);
  tn_limits_load_finish (c->limits, result, &error);
  g_assert_no_error (error);
}

static void
set_up (Case *c, gconstpointer data)
{
  fixture_set_up (&c->f, NULL);
  c->audit = tn_audit_new (c->f.store, NULL);
  c->heard = g_string_new (NULL);
  c->app = fixture_write_app (&c->f, "test", "com.example.app", RESOURCES ("\"memory\": 5000, \"bytes\": 7"), NULL);
  begin (c);
}

static void
tear_down (Case *c, gconstpointer data)
{
  fixture_settle (&c->f);
  g_assert_finalize_object (c->limits);
  tn_audit_close (c->audit);
  g_object_unref (c->audit);
  g_object_unref (c->app);
  g_string_free (c->heard, TRUE);
  fixture_tear_down (&c->f, NULL);
}

static void
assert_limits (Case *c, const guint *expected)
{
  for (TnLimit limit = 0; limit < TN_N_LIMITS; limit++)
    g_assert_cmpuint (tn_limits_get (c->limits, c->app, limit), ==, expected[limit]);
}

/* Of memory no more than a gibibyte for the asking. */
static void
test_asked (Case *c, gconstpointer data)
{
  assert_limits (c, (guint[]){ 1024, 50, 50, 100, 200, 7 });
  for (TnLimit limit = 0; limit < TN_N_LIMITS; limit++)
    g_assert_cmpuint (tn_limits_get_own (c->limits, tn_app_get_key (c->app), limit), ==, 0);
}

/* More or less than was asked for: the person's word wins, and outlasts the program. */
static void
test_own (Case *c, gconstpointer data)
{
  const guint expected[] = { 3000, 50, 50, 100, 200, 3 };

  tn_limits_set (c->limits, c->app, TN_LIMIT_MEMORY, 3000);
  tn_limits_set (c->limits, c->app, TN_LIMIT_BYTES, 3);
  assert_limits (c, expected);
  g_assert_cmpuint (tn_limits_get_asked (c->app, TN_LIMIT_BYTES), ==, 7);
  begin (c);
  assert_limits (c, expected);
}

static void
test_taken_back (Case *c, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *text = NULL;

  tn_limits_set (c->limits, c->app, TN_LIMIT_CPU, 10);
  tn_limits_set (c->limits, c->app, TN_LIMIT_CPU, 0);
  g_assert_cmpuint (tn_limits_get (c->limits, c->app, TN_LIMIT_CPU), ==, 50);
  tn_store_kv_get_async (c->f.store, TN_KV_HOST, tn_app_get_key (c->app), "limits", NULL, take_result_cb, &result);
  await (&result);
  text = tn_store_kv_get_finish (c->f.store, result, NULL);
  g_assert_null (text);
}

static void
test_changed (Case *c, gconstpointer data)
{
  g_autofree char *once = g_strdup_printf ("%s\n", tn_app_get_key (c->app));

  tn_limits_set (c->limits, c->app, TN_LIMIT_CPU, 10);
  g_assert_cmpstr (c->heard->str, ==, once);
  tn_limits_set (c->limits, c->app, TN_LIMIT_CPU, 10);
  g_assert_cmpstr (c->heard->str, ==, once);
}

static void
test_others (Case *c, gconstpointer data)
{
  g_autoptr (TnApp) other = fixture_write_app (&c->f, "test", "com.example.other", "", NULL);

  tn_limits_set (c->limits, c->app, TN_LIMIT_CPU, 10);
  g_assert_cmpuint (tn_limits_get (c->limits, other, TN_LIMIT_CPU), ==, 50);
}

/* Who comes after an erased app of the same name begins anew. */
static void
test_forgotten (Case *c, gconstpointer data)
{
  tn_limits_set (c->limits, c->app, TN_LIMIT_CPU, 10);
  tn_limits_forget (c->limits, tn_app_get_key (c->app));
  tn_limits_forget (c->limits, "nobody");
  g_assert_cmpuint (tn_limits_get (c->limits, c->app, TN_LIMIT_CPU), ==, 50);
}

static void
set_text (Case *c, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;

  tn_store_kv_set_async (c->f.store, TN_KV_HOST, tn_app_get_key (c->app), "limits", text, NULL, take_result_cb, &result);
  await (&result);
  g_assert_true (tn_store_kv_set_finish (c->f.store, result, NULL));
  begin (c);
}

static void
test_nonsense (Case *c, gconstpointer data)
{
  static const char *const texts[]
    = { "", "[]", "7", "{\"cpu\": \"much\"}", "{\"cpu\": -1}", "{\"cpu\": 99999999999}", "{\"more\": 3}" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      set_text (c, texts[i]);
      g_assert_cmpuint (tn_limits_get (c->limits, c->app, TN_LIMIT_CPU), ==, 50);
    }
  set_text (c, "{\"cpu\": 20, \"memory\": null}");
  assert_limits (c, (guint[]){ 1024, 20, 50, 100, 200, 7 });
}

static void
test_audited (Case *c, gconstpointer data)
{
  g_autoptr (GAsyncResult) flushed = NULL, listed = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const TnAuditFilter filter = { .kind = "limit.set" };

  tn_limits_set (c->limits, c->app, TN_LIMIT_BYTES, 3);
  tn_limits_set (c->limits, c->app, TN_LIMIT_BYTES, 0);
  tn_audit_flush_async (c->audit, NULL, take_result_cb, &flushed);
  await (&flushed);
  tn_store_list_audit_async (c->f.store, &filter, 0, 10, NULL, take_result_cb, &listed);
  await (&listed);
  rows = tn_store_list_audit_finish (c->f.store, listed, NULL);
  g_assert_cmpuint (rows->len, ==, 2);
  for (guint i = 0; i < rows->len; i++)
    {
      const TnAuditRecord *row = rows->pdata[i];
      gboolean set = g_str_equal (row->outcome, "set");

      g_assert_cmpstr (row->app_key, ==, tn_app_get_key (c->app));
      g_assert_cmpstr (row->subject, ==, "bytes");
      g_assert_cmpstr (row->detail, ==, set ? "3, where the app asks for 7" : "7, where the app asks for 7");
    }
}

/* What can't be written holds for now, and the person learns that it won't last; what can't be read is said. */
static void
test_store_fails (Case *c, gconstpointer data)
{
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GError) error = NULL;

  fixture_spoil (&c->f, "DROP TABLE kv");
  tn_limits_set (c->limits, c->app, TN_LIMIT_CPU, 10);
  g_string_truncate (c->heard, 0);
  while (c->heard->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (c->heard->str, ==, "failed\n");
  g_assert_cmpuint (tn_limits_get (c->limits, c->app, TN_LIMIT_CPU), ==, 10);
  tn_limits_load_async (c->limits, NULL, take_result_cb, &loaded);
  await (&loaded);
  g_assert_false (tn_limits_load_finish (c->limits, loaded, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/policy/limits/" name, Case, NULL, set_up, func, tear_down)
  ADD ("asked", test_asked);
  ADD ("own", test_own);
  ADD ("taken-back", test_taken_back);
  ADD ("changed", test_changed);
  ADD ("others", test_others);
  ADD ("forgotten", test_forgotten);
  ADD ("nonsense", test_nonsense);
  ADD ("audited", test_audited);
  ADD ("store-fails", test_store_fails);
  return g_test_run ();
}
