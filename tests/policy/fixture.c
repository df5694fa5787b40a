/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "tn-clock.h"
#include "tn-fault.h"

#include <sqlite3.h>

#define NOON 1728129600

static gint64 now_us = NOON * (gint64) G_USEC_PER_SEC, ahead_of_us;

static gint64
fake_now (void)
{
  return now_us;
}

static gint64
fake_wall (void)
{
  return now_us + ahead_of_us;
}

static void
fake_random (guint8 *buffer, gsize length)
{
  for (gsize i = 0; i < length; i++)
    buffer[i] = (guint8) g_random_int ();
}

void
fixture_stop_clock (void)
{
  static const TnClockSource source = { fake_now, fake_wall, fake_random };

  g_setenv ("TZ", "UTC", TRUE);
  tn_clock_set_source (&source);
}

void
fixture_advance (gint64 us)
{
  now_us += us;
}

void
fixture_set_wall (gint64 ahead_us)
{
  ahead_of_us = ahead_us;
}

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
changed_cb (TnPolicy *policy, const char *app_key, gpointer data)
{
  g_string_append_printf (((Fixture *) data)->heard, "changed %s\n", app_key);
}

static void
failed_cb (TnPolicy *policy, const char *message, gpointer data)
{
  g_assert_nonnull (g_strrstr (message, ": "));
  g_string_append (((Fixture *) data)->heard, "failed\n");
}

static void
make_policy (Fixture *f)
{
  f->policy = tn_policy_new (f->store);
  g_signal_connect (f->policy, "changed", G_CALLBACK (changed_cb), f);
  g_signal_connect (f->policy, "failed", G_CALLBACK (failed_cb), f);
}

void
fixture_set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  f->folder = g_dir_make_tmp ("tn-policy-XXXXXX", NULL);
  f->heard = g_string_new (NULL);
  tn_store_open_async (f->folder, NULL, take_result_cb, &result);
  await (&result);
  f->store = tn_store_open_finish (result, &error);
  g_assert_no_error (error);
  make_policy (f);
}

void
fixture_settle (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;

  tn_store_list_levels_async (f->store, NULL, take_result_cb, &result);
  await (&result);
}

void
fixture_spoil (Fixture *f, const char *sql)
{
  g_autofree char *path = g_build_filename (f->folder, "canvas.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

void
fixture_tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", f->folder);

  fixture_settle (f);
  g_assert_finalize_object (f->policy);
  tn_store_close (f->store);
  g_object_unref (f->store);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (f->folder);
  g_string_free (f->heard, TRUE);
}

gboolean
fixture_load (Fixture *f, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tn_policy_load_async (f->policy, NULL, take_result_cb, &result);
  await (&result);
  return tn_policy_load_finish (f->policy, result, error);
}

void
fixture_begin_anew (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  fixture_settle (f);
  g_assert_finalize_object (f->policy);
  make_policy (f);
  g_assert_true (fixture_load (f, &error));
  g_assert_no_error (error);
  g_string_truncate (f->heard, 0);
}

TnApp *
fixture_write_app (Fixture *f, const char *source, const char *id, const char *permissions, const char *level)
{
  g_autofree char *folder = g_build_filename (f->folder, "apps", id, NULL);
  g_autofree char *path = g_build_filename (folder, "manifest.json", NULL);
  g_autofree char *page = g_build_filename (folder, "index.html", NULL);
  g_autofree char *text = g_strdup_printf (
    "{\"sdk\": 1, \"id\": \"%s\", \"name\": \"Todo\", \"version\": \"1.0.0\", \"security\": {\"allowedDomains\": "
    "[\"api.example.com\", \"*.example.org\"], \"sandboxLevel\": \"%s\"}, \"permissions\": [%s]}",
    id, level != NULL ? level : "moderate", permissions);
  g_autoptr (GError) error = NULL;
  TnApp *app;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  g_file_set_contents (page, "", -1, &error);
  g_assert_no_error (error);
  app = tn_app_load (source, folder);
  for (guint i = 0; i < tn_app_get_faults (app)->len; i++)
    g_error ("%s: %s", ((TnFault *) tn_app_get_faults (app)->pdata[i])->pointer,
             ((TnFault *) tn_app_get_faults (app)->pdata[i])->message);
  return app;
}

const TnPermission *
fixture_permission (TnApp *app, guint n)
{
  gsize count;
  const TnPermission *permissions = tn_manifest_get_permissions (tn_app_get_manifest (app), &count);

  g_assert_cmpuint (n, <, count);
  return &permissions[n];
}
