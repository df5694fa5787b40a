/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-storage-watch.h"

#include <fts.h>
#include <sys/stat.h>

#define MEASURE_S 2
#define MIB ((gint64) 1024 * 1024)

/* An app that was stopped for its storage may run again to tidy up: only what grows by more is stopped. */
#define SLACK MIB

/* bytes; -1 where it was not measured yet */
typedef struct
{
  guint users;
  gint64 limit;
  gint64 web, web_at_start;
  gint64 kv, written; /* since kv was measured */
  gboolean stale;     /* kv is */
} Watched;

struct _TnStorageWatch
{
  char *directory;
  TnStore *store;
  TnStorageOver over;
  gpointer user_data;
  GHashTable *apps; /* key → Watched */
  GCancellable *cancellable;
  guint timer;
  gboolean measuring;
};

/* A measurement of the store on its way. */
typedef struct
{
  TnStorageWatch *watch;
  char *app_key;
  gint64 written; /* what it will have seen of Watched.written */
} Asked;

/* Blocks, not lengths: a file with holes takes what it takes. */
static gint64
measure_folder (char *path)
{
  char *const paths[] = { path, NULL };
  FTS *tree = fts_open (paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
  gint64 bytes = 0;

  for (FTSENT *entry; tree != NULL && (entry = fts_read (tree)) != NULL;)
    if (entry->fts_info == FTS_F || entry->fts_info == FTS_D)
      bytes += (gint64) entry->fts_statp->st_blocks * 512;
  if (tree != NULL)
    fts_close (tree);
  return bytes;
}

/* Of app key → bytes. */
static void
measure_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GHashTable *sizes = data;
  const char *directory = g_object_get_data (G_OBJECT (task), "directory");
  GHashTableIter iter;
  gpointer key, size;

  g_hash_table_iter_init (&iter, sizes);
  while (g_hash_table_iter_next (&iter, &key, &size))
    {
      g_autofree char *path = g_build_filename (directory, key, NULL);

      *(gint64 *) size = measure_folder (path);
    }
  g_task_return_boolean (task, TRUE);
}

static void
judge (TnStorageWatch *self, const char *app_key, gint64 web)
{
  Watched *app = g_hash_table_lookup (self->apps, app_key);

  if (app == NULL)
    return;
  app->web = web;
  if (app->web_at_start < 0)
    app->web_at_start = web;
  if (MAX (app->kv, 0) + web > app->limit && web > app->web_at_start + SLACK)
    self->over (app_key, self->user_data);
}

static void measure_folders (TnStorageWatch *self);

/* What an app has before it does anything is to be known before it can. */
static void
measure_new (TnStorageWatch *self)
{
  GHashTableIter iter;
  gpointer app;

  g_hash_table_iter_init (&iter, self->apps);
  while (!self->measuring && g_hash_table_iter_next (&iter, NULL, &app))
    if (((Watched *) app)->web < 0)
      measure_folders (self);
}

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TnStorageWatch *self = user_data;
  GHashTableIter iter;
  gpointer key, size;

  /* Cancelled: the watch is gone. */
  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;
  self->measuring = FALSE;
  g_hash_table_iter_init (&iter, g_task_get_task_data (G_TASK (result)));
  while (g_hash_table_iter_next (&iter, &key, &size))
    judge (self, key, *(gint64 *) size);
  measure_new (self);
}

static void
measure_folders (TnStorageWatch *self)
{
  GHashTable *sizes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, measured_cb, self);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->apps);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_insert (sizes, g_strdup (key), g_new0 (gint64, 1));
  self->measuring = TRUE;
  g_object_set_data_full (G_OBJECT (task), "directory", g_strdup (self->directory), g_free);
  g_task_set_task_data (task, sizes, (GDestroyNotify) g_hash_table_unref);
  g_task_run_in_thread (task, measure_thread);
}

static void
kv_measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Asked *asked = user_data;
  g_autofree char *app_key = asked->app_key;
  g_autoptr (GError) error = NULL;
  gint64 bytes = tn_store_kv_bytes_finish (TN_STORE (source), result, &error);
  Watched *app;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  app = g_hash_table_lookup (asked->watch->apps, app_key);
  if (app == NULL || bytes < 0)
    return;
  app->kv = bytes;
  app->written = MAX (0, app->written - asked->written);
}

/* Adding up reads all values: only where some changed. */
static void
measure_kv (TnStorageWatch *self, const char *app_key, Watched *app)
{
  Asked *asked;

  if (!app->stale)
    return;
  app->stale = FALSE;
  asked = g_new (Asked, 1);
  *asked = (Asked) { self, g_strdup (app_key), app->written };
  tn_store_kv_bytes_async (self->store, app_key, self->cancellable, kv_measured_cb, asked);
}

static gboolean
measure_cb (gpointer user_data)
{
  TnStorageWatch *self = user_data;
  GHashTableIter iter;
  gpointer key, app;

  g_hash_table_iter_init (&iter, self->apps);
  while (g_hash_table_iter_next (&iter, &key, &app))
    measure_kv (self, key, app);
  if (!self->measuring)
    measure_folders (self);
  return G_SOURCE_CONTINUE;
}

TnStorageWatch *
tn_storage_watch_new (const char *directory, TnStore *store, TnStorageOver over, gpointer user_data)
{
  TnStorageWatch *self = g_new0 (TnStorageWatch, 1);

  self->directory = g_strdup (directory);
  self->store = g_object_ref (store);
  self->over = over;
  self->user_data = user_data;
  self->apps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->cancellable = g_cancellable_new ();
  return self;
}

void
tn_storage_watch_free (TnStorageWatch *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_hash_table_unref (self->apps);
  g_object_unref (self->store);
  g_free (self->directory);
  g_free (self);
}

void
tn_storage_watch_add (TnStorageWatch *self, const char *app_key, guint limit_mib)
{
  Watched *app = g_hash_table_lookup (self->apps, app_key);

  if (app == NULL)
    {
      app = g_new (Watched, 1);
      *app = (Watched) { .web = -1, .web_at_start = -1, .kv = -1, .stale = TRUE };
      g_hash_table_insert (self->apps, g_strdup (app_key), app);
    }
  app->users++;
  app->limit = limit_mib * MIB;
  measure_kv (self, app_key, app);
  measure_new (self);
  if (self->timer == 0)
    self->timer = g_timeout_add_seconds (MEASURE_S, measure_cb, self);
}

void
tn_storage_watch_set_limit (TnStorageWatch *self, const char *app_key, guint limit_mib)
{
  Watched *app = g_hash_table_lookup (self->apps, app_key);

  if (app != NULL)
    app->limit = limit_mib * MIB;
}

void
tn_storage_watch_remove (TnStorageWatch *self, const char *app_key)
{
  Watched *app = g_hash_table_lookup (self->apps, app_key);

  if (app != NULL && --app->users == 0)
    g_hash_table_remove (self->apps, app_key);
  if (g_hash_table_size (self->apps) == 0)
    g_clear_handle_id (&self->timer, g_source_remove);
}

static gint64
sum_up (const Watched *app)
{
  return MAX (app->web, 0) + MAX (app->kv, 0) + app->written;
}

gint64
tn_storage_watch_get_bytes (TnStorageWatch *self, const char *app_key)
{
  const Watched *app = g_hash_table_lookup (self->apps, app_key);

  return app != NULL ? sum_up (app) : -1;
}

gboolean
tn_storage_watch_may_write (TnStorageWatch *self, const char *app_key, gsize bytes)
{
  Watched *app = g_hash_table_lookup (self->apps, app_key);

  if (app == NULL)
    return TRUE;
  if (sum_up (app) + (gint64) bytes > app->limit)
    return FALSE;
  app->written += bytes;
  app->stale = TRUE;
  return TRUE;
}

void
tn_storage_watch_note_deletion (TnStorageWatch *self, const char *app_key)
{
  Watched *app = g_hash_table_lookup (self->apps, app_key);

  if (app != NULL)
    app->stale = TRUE;
}
