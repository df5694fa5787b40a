/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "tn-permission.h"

#include <string.h>

#define EMIT ENTRY ("event", "todo.>", "\"emit\"", "")
#define CLOSED TN_ACCESS_CLOSED
#define GRANTED TN_ACCESS_GRANTED
#define OPEN TN_ACCESS_OPEN

/* Every cell, written down a second time: whoever opens one has to say so here too. */
static const TnAccess cells[3][TN_N_FEATURES] = {
  /* inspector, reload, console, limits, state, log */
  [TN_MODE_ISOLATION] = { CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED },
  [TN_MODE_DEVELOPMENT] = { OPEN, OPEN, OPEN, OPEN, OPEN, OPEN },
  [TN_MODE_HYBRID] = { GRANTED, GRANTED, GRANTED, GRANTED, GRANTED, OPEN },
};

static void
test_table (void)
{
  for (guint mode = 0; mode < G_N_ELEMENTS (cells); mode++)
    for (guint feature = 0; feature < TN_N_FEATURES; feature++)
      g_assert_cmpint (tn_mode_get_access (mode, feature), ==, cells[mode][feature]);
}

static void
test_widens (void)
{
  g_assert_true (tn_mode_widens (TN_MODE_ISOLATION, TN_MODE_DEVELOPMENT));
  g_assert_true (tn_mode_widens (TN_MODE_ISOLATION, TN_MODE_HYBRID));
  g_assert_true (tn_mode_widens (TN_MODE_HYBRID, TN_MODE_DEVELOPMENT));
  g_assert_false (tn_mode_widens (TN_MODE_DEVELOPMENT, TN_MODE_HYBRID));
  g_assert_false (tn_mode_widens (TN_MODE_DEVELOPMENT, TN_MODE_ISOLATION));
  g_assert_false (tn_mode_widens (TN_MODE_HYBRID, TN_MODE_ISOLATION));
}

static void
test_names (void)
{
  static const char *const modes[] = { "isolation", "development", "hybrid" };
  static const char *const features[] = { "inspector", "reload", "console", "limits", "state", "log" };
  TnMode mode = TN_MODE_HYBRID;

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_assert_cmpstr (tn_mode_name (i), ==, modes[i]);
      g_assert_true (tn_mode_from_name (modes[i], &mode));
      g_assert_cmpint (mode, ==, i);
    }
  g_assert_false (tn_mode_from_name ("Development", &mode));
  g_assert_false (tn_mode_from_name ("", &mode));
  g_assert_cmpint (mode, ==, TN_MODE_HYBRID);
  for (guint i = 0; i < TN_N_FEATURES; i++)
    g_assert_cmpstr (tn_feature_name (i), ==, features[i]);
}

/* Whatever can be granted is a feature that some mode opens by a grant, and the other way round. */
static void
test_permissions (void)
{
  gsize n;
  const TnPermission *permissions = tn_mode_list_permissions (&n);
  guint granted = 0;

  for (guint feature = 0; feature < TN_N_FEATURES; feature++)
    granted += cells[TN_MODE_HYBRID][feature] == GRANTED;
  g_assert_cmpuint (n, ==, granted);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *words = tn_permission_describe (&permissions[i]);
      g_autofree char *actions = tn_permission_action_names (permissions[i].actions);

      g_assert_cmpstr (permissions[i].resource, ==, tn_feature_name (i));
      g_assert_cmpstr (tn_permission_type_name (permissions[i].type), ==, "develop");
      g_assert_cmpstr (actions, ==, "use");
      g_assert_cmpuint (strlen (words), >, 10);
    }
}

static void
test_limits (void)
{
  TnRelief strict = tn_mode_relief (FALSE), relaxed = tn_mode_relief (TRUE);

  g_assert_cmpuint (strict.memory, ==, 1);
  g_assert_cmpuint (strict.cpu, ==, 1);
  g_assert_cmpuint (relaxed.memory, ==, 4);
  g_assert_cmpuint (relaxed.cpu, ==, 4);
}

/* Without a grant: what the table opens, and nothing else. */
static void
test_ungranted (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = fixture_write_app (f, "mine", "com.example.a", EMIT, NULL);

  g_assert_cmpint (tn_policy_get_mode (f->policy), ==, TN_MODE_ISOLATION);
  for (guint mode = 0; mode < G_N_ELEMENTS (cells); mode++)
    {
      guint open = 0;

      tn_policy_set_mode (f->policy, mode);
      for (guint feature = 0; feature < TN_N_FEATURES; feature++)
        {
          open |= (cells[mode][feature] == OPEN) << feature;
          g_assert_cmpint (tn_policy_opens (f->policy, app, feature), ==, cells[mode][feature] == OPEN);
          g_assert_cmpint (tn_policy_opens (f->policy, NULL, feature), ==, cells[mode][feature] == OPEN);
        }
      g_assert_cmpuint (tn_policy_list_open (f->policy, app), ==, open);
    }
}

/* A grant opens one feature for one app, in hybrid, for as long as it stands. */
static void
test_granted (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = fixture_write_app (f, "mine", "com.example.a", EMIT, NULL);
  g_autoptr (TnApp) other = fixture_write_app (f, "mine", "com.example.b", EMIT, NULL);
  gsize n;
  const TnPermission *permissions = tn_mode_list_permissions (&n);

  for (gsize i = 0; i < n; i++)
    {
      g_assert_cmpint (tn_policy_get_standing (f->policy, app, &permissions[i]), ==, TN_STANDING_ASK);
      tn_policy_answer (f->policy, tn_app_get_key (app), &permissions[i], TN_ANSWER_ALWAYS);
      g_assert_cmpint (tn_policy_get_standing (f->policy, app, &permissions[i]), ==, TN_STANDING_ALWAYS);
      tn_policy_set_mode (f->policy, TN_MODE_ISOLATION);
      g_assert_false (tn_policy_opens (f->policy, app, i));
      tn_policy_set_mode (f->policy, TN_MODE_HYBRID);
      g_assert_true (tn_policy_opens (f->policy, app, i));
      g_assert_false (tn_policy_opens (f->policy, other, i));
      g_assert_cmpuint (tn_policy_list_open (f->policy, app), ==, 1u << i | 1u << TN_FEATURE_LOG);
      tn_policy_revoke (f->policy, tn_app_get_key (app), &permissions[i]);
      g_assert_false (tn_policy_opens (f->policy, app, i));
    }
  tn_policy_answer (f->policy, tn_app_get_key (app), &permissions[0], TN_ANSWER_NEVER);
  g_assert_false (tn_policy_opens (f->policy, app, TN_FEATURE_INSPECTOR));
}

static void
count_cb (TnPolicy *policy, guint *n)
{
  (*n)++;
}

static void
test_kept (Fixture *f, gconstpointer data)
{
  guint n = 0;

  g_signal_connect (f->policy, "mode-changed", G_CALLBACK (count_cb), &n);
  tn_policy_set_mode (f->policy, TN_MODE_HYBRID);
  tn_policy_set_mode (f->policy, TN_MODE_HYBRID);
  g_assert_cmpuint (n, ==, 1);
  g_signal_handlers_disconnect_by_data (f->policy, &n);
  fixture_begin_anew (f);
  g_assert_cmpint (tn_policy_get_mode (f->policy), ==, TN_MODE_HYBRID);
  tn_policy_set_mode (f->policy, TN_MODE_ISOLATION);
  fixture_begin_anew (f);
  g_assert_cmpint (tn_policy_get_mode (f->policy), ==, TN_MODE_ISOLATION);
}

/* What the person chooses while it is read is what counts. */
static void
test_chosen_while_loading (Fixture *f, gconstpointer data)
{
  tn_store_set_setting_async (f->store, "mode", "hybrid", NULL, NULL, NULL);
  tn_policy_set_mode (f->policy, TN_MODE_DEVELOPMENT);
  g_assert_true (fixture_load (f, NULL));
  g_assert_cmpint (tn_policy_get_mode (f->policy), ==, TN_MODE_DEVELOPMENT);
}

/* Whoever else writes to the file opens nothing in a program that runs. */
static void
test_not_reread (Fixture *f, gconstpointer data)
{
  fixture_begin_anew (f);
  tn_store_set_setting_async (f->store, "mode", "development", NULL, NULL, NULL);
  g_assert_true (fixture_load (f, NULL));
  g_assert_cmpint (tn_policy_get_mode (f->policy), ==, TN_MODE_ISOLATION);
  fixture_begin_anew (f);
  g_assert_cmpint (tn_policy_get_mode (f->policy), ==, TN_MODE_DEVELOPMENT);
  tn_store_set_setting_async (f->store, "mode", "wide open", NULL, NULL, NULL);
  fixture_begin_anew (f);
  g_assert_cmpint (tn_policy_get_mode (f->policy), ==, TN_MODE_ISOLATION);
}

static void
take_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
await (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
test_audited (Fixture *f, gconstpointer data)
{
  g_autoptr (TnAudit) audit = tn_audit_new (f->store, NULL);
  g_autoptr (TnLog) log = tn_log_new ();
  g_autoptr (GAsyncResult) flushed = NULL, listed = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (TnLogEntry) entry = NULL;
  const TnAuditRecord *row;

  tn_policy_set_audit (f->policy, audit);
  tn_audit_set_log (audit, log);
  tn_policy_set_mode (f->policy, TN_MODE_DEVELOPMENT);
  tn_policy_set_mode (f->policy, TN_MODE_DEVELOPMENT);
  tn_audit_add (audit, "call.refused", "key", "tile", "todo.item", "denied", "");
  tn_audit_add (audit, "app.installed", "key", NULL, NULL, "installed", NULL);
  tn_audit_add (audit, "csp.violation", "key", "tile", "https://evil.example/", "blocked", NULL);
  tn_audit_flush_async (audit, NULL, take_cb, &flushed);
  await (&flushed);
  tn_store_list_audit_async (f->store, &(TnAuditFilter){ .kind = "mode.changed" }, 0, 10, NULL, take_cb, &listed);
  rows = tn_store_list_audit_finish (f->store, await (&listed), NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  row = rows->pdata[0];
  g_assert_cmpstr (row->subject, ==, "development");
  g_assert_cmpstr (row->detail, ==, "isolation");
  while (g_list_model_get_n_items (G_LIST_MODEL (log)) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 3);
  entry = g_list_model_get_item (G_LIST_MODEL (log), 0);
  g_assert_cmpint (tn_log_entry_get (entry)->level, ==, TN_LOG_AUDIT);
  g_assert_cmpstr (tn_log_entry_get (entry)->text, ==, "mode.changed · development · chosen · isolation");
  g_set_object (&entry, NULL);
  entry = g_list_model_get_item (G_LIST_MODEL (log), 1);
  g_assert_cmpint (tn_log_entry_get (entry)->level, ==, TN_LOG_SECURITY);
  g_assert_cmpstr (tn_log_entry_get (entry)->app_key, ==, "key");
  g_assert_cmpstr (tn_log_entry_get (entry)->text, ==, "call.refused · todo.item · denied");
}

/* No app can ask for it, whatever it writes. */
static void
test_not_declared (Fixture *f, gconstpointer data)
{
  g_autoptr (TnApp) app = fixture_write_app (f, "mine", "com.example.a", EMIT, NULL), asking = NULL;
  g_autofree char *path = g_build_filename (tn_app_get_directory (app), "manifest.json", NULL);
  TnPermissionType type;

  g_assert_true (g_file_set_contents (
    path,
    "{\"sdk\": 1, \"id\": \"com.example.a\", \"name\": \"A\", \"version\": \"1.0.0\", \"permissions\": ["
    ENTRY ("develop", "inspector", "\"use\"", "") "]}", -1, NULL));
  asking = tn_app_load ("mine", tn_app_get_directory (app));
  g_assert_null (tn_app_get_manifest (asking));
  g_assert_false (tn_permission_type_from_name ("develop", &type));
}

#define ADD(name, test) g_test_add ("/mode/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fixture_stop_clock ();
  g_test_add_func ("/mode/table", test_table);
  g_test_add_func ("/mode/widens", test_widens);
  g_test_add_func ("/mode/names", test_names);
  g_test_add_func ("/mode/permissions", test_permissions);
  g_test_add_func ("/mode/limits", test_limits);
  ADD ("ungranted", test_ungranted);
  ADD ("granted", test_granted);
  ADD ("kept", test_kept);
  ADD ("chosen-while-loading", test_chosen_while_loading);
  ADD ("not-reread", test_not_reread);
  ADD ("audited", test_audited);
  ADD ("not-declared", test_not_declared);
  return g_test_run ();
}
