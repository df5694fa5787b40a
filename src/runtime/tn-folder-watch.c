/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-folder-watch.h"

#define SETTLE_MS 80 /* how long nothing happens before it is told */
#define MAX_FOLDERS 64

struct _TnFolderWatch
{
  GHashTable *monitors; /* path → GFileMonitor */
  TnFolderChanged changed;
  gpointer user_data;
  guint source;
};

static void watch (TnFolderWatch *self, const char *path);

static gboolean
settled_cb (gpointer user_data)
{
  TnFolderWatch *self = user_data;

  self->source = 0;
  self->changed (self->user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
is_left_out (const char *name)
{
  return name[0] == '.' || g_str_equal (name, "node_modules");
}

/* What an editor keeps for itself beside the file, and files that are only read, change nothing. */
static void
event_cb (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, TnFolderWatch *self)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *path = g_file_get_path (file);

  if (event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED || is_left_out (name))
    return;
  if (event == G_FILE_MONITOR_EVENT_CREATED && path != NULL
      && g_file_query_file_type (file, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL) == G_FILE_TYPE_DIRECTORY)
    watch (self, path);
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (SETTLE_MS, settled_cb, self);
}

static void
watch (TnFolderWatch *self, const char *path)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  GFileMonitor *monitor;
  const char *name;

  if (dir == NULL || g_hash_table_size (self->monitors) >= MAX_FOLDERS || g_hash_table_contains (self->monitors, path))
    return;
  monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (monitor == NULL)
    return;
  g_signal_connect (monitor, "changed", G_CALLBACK (event_cb), self);
  g_hash_table_insert (self->monitors, g_strdup (path), monitor);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      if (!is_left_out (name) && g_file_test (below, G_FILE_TEST_IS_DIR) && !g_file_test (below, G_FILE_TEST_IS_SYMLINK))
        watch (self, below);
    }
}

static void
drop_monitor (gpointer monitor)
{
  g_signal_handlers_disconnect_matched (monitor, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, event_cb, NULL);
  g_file_monitor_cancel (monitor);
  g_object_unref (monitor);
}

TnFolderWatch *
tn_folder_watch_new (const char *path, TnFolderChanged changed, gpointer user_data)
{
  TnFolderWatch *self = g_new0 (TnFolderWatch, 1);

  self->monitors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, drop_monitor);
  self->changed = changed;
  self->user_data = user_data;
  watch (self, path);
  return self;
}

void
tn_folder_watch_free (TnFolderWatch *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  g_hash_table_unref (self->monitors);
  g_free (self);
}
