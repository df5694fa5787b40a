/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pack.h"
#include "stage.h"
#include "tn-storage-watch.h"

#define MIB (1024 * 1024)

typedef struct
{
  char *folder;
  TnStore *store;
  TnStorageWatch *watch;
  GString *over;
} Fixture;

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

/* As the runtime does: who is over is stopped, and watched no more. */
static void
over_cb (const char *app_key, gpointer user_data)
{
  Fixture *f = user_data;

  g_string_append_printf (f->over, "%s ", app_key);
  tn_storage_watch_remove (f->watch, app_key);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;

  f->folder = pack_make_folder ();
  tn_store_open_async (f->folder, NULL, take_result_cb, &opened);
  g_assert_true (stage_wait (has_result, &opened, 10));
  f->store = tn_store_open_finish (opened, &error);
  g_assert_no_error (error);
  f->over = g_string_new (NULL);
  f->watch = tn_storage_watch_new (f->folder, f->store, over_cb, f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  tn_storage_watch_free (f->watch);
  tn_store_close (f->store);
  g_object_unref (f->store);
  g_string_free (f->over, TRUE);
  pack_remove_folder (f->folder);
}

static void
write_file (Fixture *f, const char *name, gsize bytes)
{
  g_autofree char *content = g_strnfill (bytes, 'x');
  g_autofree char *path = pack_write (f->folder, name, content, bytes);
}

static gboolean
is_over (gpointer data)
{
  return ((Fixture *) data)->over->len > 0;
}

/* Whether the folders were measured at least once, which happens to all of them together. */
static gboolean
is_measured (gpointer data)
{
  return !tn_storage_watch_may_write (((Fixture *) data)->watch, "full", 0);
}

/* With an app that has more than it may from the start. */
static void
measure (Fixture *f)
{
  write_file (f, "full/web/a", 2 * MIB);
  tn_storage_watch_add (f->watch, "full", 1);
  g_assert_true (stage_wait (is_measured, f, 20));
  g_assert_false (is_over (f));
}

static void
test_grows (Fixture *f, gconstpointer data)
{
  write_file (f, "grown/web/a", 2 * MIB);
  tn_storage_watch_add (f->watch, "grown", 4);
  tn_storage_watch_add (f->watch, "small", 4);
  write_file (f, "small/web/a", MIB);
  measure (f);
  write_file (f, "grown/cache/deep/er/b", 3 * MIB);
  g_assert_true (stage_wait (is_over, f, 20));
  g_assert_cmpstr (f->over->str, ==, "grown ");
}

/* Or else an app that was stopped could never tidy up. */
static void
test_full_at_start (Fixture *f, gconstpointer data)
{
  write_file (f, "grown/web/a", 5 * MIB);
  tn_storage_watch_add (f->watch, "grown", 1);
  tn_storage_watch_add (f->watch, "other", 1);
  measure (f);
  write_file (f, "grown/web/b", MIB / 2);
  write_file (f, "other/web/a", 4 * MIB);
  g_assert_true (stage_wait (is_over, f, 20));
  g_assert_cmpstr (f->over->str, ==, "other ");
  write_file (f, "grown/web/c", 2 * MIB);
  g_string_truncate (f->over, 0);
  g_assert_true (stage_wait (is_over, f, 20));
  g_assert_cmpstr (f->over->str, ==, "grown ");
}

static void
set_value (Fixture *f, const char *key, const char *json)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  tn_store_kv_set_async (f->store, TN_KV_APP, "app", key, json, NULL, take_result_cb, &done);
  g_assert_true (stage_wait (has_result, &done, 10));
  tn_store_kv_set_finish (f->store, done, &error);
  g_assert_no_error (error);
}

static gboolean
may_write_half (gpointer data)
{
  return tn_storage_watch_may_write (((Fixture *) data)->watch, "app", MIB / 2);
}

static gboolean
may_not_write_half (gpointer data)
{
  return !may_write_half (data);
}

static void
test_values (Fixture *f, gconstpointer data)
{
  g_autofree char *half = g_strnfill (MIB / 2 + 9, '1');

  g_assert_true (tn_storage_watch_may_write (f->watch, "nobody", 99 * MIB));
  tn_storage_watch_add (f->watch, "app", 1);
  g_assert_false (tn_storage_watch_may_write (f->watch, "app", MIB + 1));
  /* What was written and not measured yet counts. */
  g_assert_true (tn_storage_watch_may_write (f->watch, "app", MIB / 2 + 10));
  set_value (f, "k", half);
  g_assert_false (may_write_half (f));
  tn_storage_watch_remove (f->watch, "app");
  /* What is there from before counts, once it was looked at; what is gone does not. */
  tn_storage_watch_add (f->watch, "app", 1);
  g_assert_true (stage_wait (may_not_write_half, f, 20));
  set_value (f, "k", NULL);
  tn_storage_watch_note_deletion (f->watch, "app");
  g_assert_true (stage_wait (may_write_half, f, 20));
}

static gboolean
has_three_mib (gpointer data)
{
  return tn_storage_watch_get_bytes (((Fixture *) data)->watch, "app") >= 3 * MIB;
}

/* Folders and values together; and what is written, before it is measured. */
static void
test_told (Fixture *f, gconstpointer data)
{
  g_assert_cmpint (tn_storage_watch_get_bytes (f->watch, "app"), ==, -1);
  write_file (f, "app/web/a", 3 * MIB);
  tn_storage_watch_add (f->watch, "app", 5);
  g_assert_true (stage_wait (has_three_mib, f, 20));
  g_assert_true (tn_storage_watch_may_write (f->watch, "app", MIB));
  g_assert_cmpint (tn_storage_watch_get_bytes (f->watch, "app"), >=, 4 * MIB);
}

/* Another limit holds at once, for what is written and for what grows. */
static void
test_limit_moves (Fixture *f, gconstpointer data)
{
  tn_storage_watch_set_limit (f->watch, "nobody", 1);
  tn_storage_watch_add (f->watch, "app", 1);
  g_assert_false (tn_storage_watch_may_write (f->watch, "app", 2 * MIB));
  tn_storage_watch_set_limit (f->watch, "app", 9);
  g_assert_true (tn_storage_watch_may_write (f->watch, "app", 2 * MIB));
  write_file (f, "app/web/a", 4 * MIB);
  g_assert_true (stage_wait (has_three_mib, f, 20));
  g_assert_false (is_over (f));
  tn_storage_watch_set_limit (f->watch, "app", 1);
  write_file (f, "app/web/b", 2 * MIB);
  g_assert_true (stage_wait (is_over, f, 20));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/storage/grows", Fixture, NULL, set_up, test_grows, tear_down);
  g_test_add ("/storage/full-at-start", Fixture, NULL, set_up, test_full_at_start, tear_down);
  g_test_add ("/storage/values", Fixture, NULL, set_up, test_values, tear_down);
  g_test_add ("/storage/told", Fixture, NULL, set_up, test_told, tear_down);
  g_test_add ("/storage/limit-moves", Fixture, NULL, set_up, test_limit_moves, tear_down);
  return g_test_run ();
}
