/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-shelf.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tn-catalogue.h"
#include "tn-clock.h"
#include "tn-tree.h"

#define REMOVED_PREFIX ".removed-"
#define REPLACED_PREFIX ".replaced-"
#define REPLACED_MAX_AGE_US (30 * 24 * 3600 * (gint64) G_USEC_PER_SEC)
#define KEY_LENGTH 16

static gboolean
fail_on_disk (GError **error, const char *path)
{
  int number = errno;
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), _("“%s” can't be moved or removed: %s"), shown,
               g_strerror (number));
  return FALSE;
}

/* (transfer full): the names in a folder; empty where there is none. */
static GPtrArray *
list_names (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  return names;
}

typedef gboolean (*Work) (const char *mine, gpointer data, GError **error);

/* As for what is put there: one at a time, of all processes. Nothing where there is no such folder. */
static gboolean
work_locked (const char *workspace, Work work, gpointer data, GError **error)
{
  g_autofree char *mine = g_build_filename (workspace, "mine", NULL);
  int fd = g_open (mine, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean done;

  if (fd < 0)
    return errno == ENOENT || fail_on_disk (error, mine);
  done = (TEMP_FAILURE_RETRY (flock (fd, LOCK_EX)) == 0 || fail_on_disk (error, mine)) && work (mine, data, error)
         && (fsync (fd) == 0 || fail_on_disk (error, mine));
  close (fd);
  return done;
}

static gboolean
is_there (const char *path)
{
  GStatBuf status;

  return g_lstat (path, &status) == 0;
}

static char *
get_aside (const char *mine, const char *id)
{
  g_autofree char *name = g_strconcat (REMOVED_PREFIX, id, NULL);

  return g_build_filename (mine, name, NULL);
}

static gboolean
move (const char *from, const char *to, gboolean *moved, GError **error)
{
  if (g_rename (from, to) != 0)
    return fail_on_disk (error, from);
  *moved = TRUE;
  return TRUE;
}

static gboolean
put_aside (TnCatalogue *own, const char *mine, const char *id, gboolean *moved, GError **error)
{
  TnApp *app = tn_catalogue_find_id (own, id);
  g_autofree char *aside = get_aside (mine, id);

  return app == NULL || is_there (aside) || move (tn_app_get_directory (app), aside, moved, error);
}

static gboolean
bring_back (TnCatalogue *own, const char *mine, const char *name, gboolean *moved, GError **error)
{
  const char *id = name + strlen (REMOVED_PREFIX);
  g_autofree char *from = g_build_filename (mine, name, NULL), *to = g_build_filename (mine, id, NULL);

  return tn_catalogue_find_id (own, id) != NULL || is_there (to) || move (from, to, moved, error);
}

typedef struct
{
  GStrv removed; /* ids */
  gboolean moved;
} Settling;

static gboolean
settle (const char *mine, gpointer data, GError **error)
{
  Settling *settling = data;
  g_autoptr (GPtrArray) names = list_names (mine);
  g_autoptr (TnCatalogue) own = tn_catalogue_new ();
  gboolean done = tn_catalogue_add_folder (own, TN_SOURCE_MINE, mine, error) >= 0;

  for (gsize i = 0; done && settling->removed[i] != NULL; i++)
    done = put_aside (own, mine, settling->removed[i], &settling->moved, error);
  for (guint i = 0; done && i < names->len; i++)
    {
      const char *name = names->pdata[i];

      if (g_str_has_prefix (name, REMOVED_PREFIX)
          && !g_strv_contains ((const char *const *) settling->removed, name + strlen (REMOVED_PREFIX)))
        done = bring_back (own, mine, name, &settling->moved, error);
    }
  return done;
}

static gboolean
has_any_aside (const char *workspace)
{
  g_autofree char *mine = g_build_filename (workspace, "mine", NULL);
  g_autoptr (GPtrArray) names = list_names (mine);

  for (guint i = 0; i < names->len; i++)
    if (g_str_has_prefix (names->pdata[i], REMOVED_PREFIX))
      return TRUE;
  return FALSE;
}

gboolean
tn_shelf_settle (TnDb *db, const char *workspace, gboolean *moved, GError **error)
{
  g_auto (GStrv) removed = NULL;
  Settling settling = { NULL, FALSE };
  gboolean done;

  g_return_val_if_fail (db != NULL && workspace != NULL && moved != NULL, FALSE);

  *moved = FALSE;
  settling.removed = removed = tn_db_list_removals (db, error);
  if (removed == NULL)
    return FALSE;
  /* Nearly always, and then no app need be read. */
  if (removed[0] == NULL && !has_any_aside (workspace))
    return TRUE;
  done = work_locked (workspace, settle, &settling, error);
  *moved = settling.moved;
  return done;
}

/* Whether what is called @name in @mine holds a version of the app; also a half-unpacked one that a killed process left. */
static gboolean
is_package_of (const char *mine, const char *name, const char *id)
{
  g_autofree char *path = g_build_filename (mine, name, NULL);
  g_autofree char *removed = g_strconcat (REMOVED_PREFIX, id, NULL), *replaced = g_strconcat (REPLACED_PREFIX, id, NULL);
  g_autoptr (TnApp) app = NULL;

  if (g_str_equal (name, removed) || g_str_equal (name, replaced))
    return TRUE;
  if (g_file_test (path, G_FILE_TEST_IS_SYMLINK) || !g_file_test (path, G_FILE_TEST_IS_DIR))
    return FALSE;
  app = tn_app_load (TN_SOURCE_MINE, path);
  return !tn_app_is_missing (app) && g_str_equal (tn_app_get_id (app), id);
}

static gboolean
drop (const char *mine, gpointer id, GError **error)
{
  g_autoptr (GPtrArray) names = list_names (mine);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (mine, names->pdata[i], NULL);

      if (!is_package_of (mine, names->pdata[i], id))
        continue;
      errno = 0;
      tn_tree_remove (path);
      if (is_there (path))
        return fail_on_disk (error, path);
    }
  return TRUE;
}

gboolean
tn_shelf_drop (const char *workspace, const char *app_key, const char *app_id, GError **error)
{
  g_autofree char *own_key = NULL;

  g_return_val_if_fail (workspace != NULL && app_key != NULL && app_id != NULL, FALSE);

  own_key = tn_app_key (TN_SOURCE_MINE, app_id, "");
  return !g_str_equal (own_key, app_key) || work_locked (workspace, drop, (gpointer) app_id, error);
}

/* What a folder of data can be called. */
static gboolean
is_key (const char *name)
{
  return strlen (name) == KEY_LENGTH && strspn (name, G_CSET_a_2_z "234567") == KEY_LENGTH;
}

/* Whether every app that is there could be read: an app whose manifest is broken has its key again when that is mended. */
static gboolean
is_whole (TnCatalogue *catalogue)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalogue)); i++)
    {
      g_autoptr (TnApp) app = g_list_model_get_item (G_LIST_MODEL (catalogue), i);

      if (tn_app_get_manifest (app) == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
collect_data (TnDb *db, const char *workspace, GError **error)
{
  g_autofree char *apps = g_build_filename (workspace, "apps", NULL);
  g_autoptr (TnCatalogue) catalogue = tn_catalogue_new ();
  g_autoptr (GPtrArray) names = list_names (apps);

  if (!tn_catalogue_load (catalogue, workspace, error))
    return FALSE;
  if (!is_whole (catalogue))
    return TRUE;
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      g_autofree char *path = g_build_filename (apps, name, NULL);
      gboolean needed = TRUE;

      if (!is_key (name) || tn_catalogue_find (catalogue, name) != NULL)
        continue;
      if (!tn_db_needs_app (db, name, &needed, error))
        return FALSE;
      if (!needed)
        tn_tree_remove (path);
    }
  return TRUE;
}

static gboolean
is_old (const char *path)
{
  GStatBuf status;

  /* Its being replaced changed its status last. */
  return g_lstat (path, &status) == 0
         && tn_clock_wall_us () - (gint64) status.st_ctime * G_USEC_PER_SEC > REPLACED_MAX_AGE_US;
}

static gboolean
collect_packages (const char *mine, gpointer db, GError **error)
{
  g_autoptr (GPtrArray) names = list_names (mine);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      g_autofree char *path = g_build_filename (mine, name, NULL), *key = NULL;
      gboolean needed = TRUE;

      if (g_str_has_prefix (name, REMOVED_PREFIX))
        {
          key = tn_app_key (TN_SOURCE_MINE, name + strlen (REMOVED_PREFIX), "");
          if (!tn_db_needs_app (db, key, &needed, error))
            return FALSE;
        }
      else if (g_str_has_prefix (name, REPLACED_PREFIX))
        {
          needed = !is_old (path);
        }
      if (!needed)
        tn_tree_remove (path);
    }
  return TRUE;
}

gboolean
tn_shelf_collect (TnDb *db, const char *workspace, GError **error)
{
  g_return_val_if_fail (db != NULL && workspace != NULL, FALSE);

  return tn_db_collect (db, error) && collect_data (db, workspace, error)
         && work_locked (workspace, collect_packages, db, error);
}
