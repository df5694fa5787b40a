/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#include "tn-clock.h"

#define FOLDER "backups"
#define MAKING_PREFIX "making-"
#define RESTORING_SUFFIX ".restoring"
#define DAMAGED_INFIX ".damaged-"
#define KEPT 7
#define DAY_US (24 * 3600 * (gint64) G_USEC_PER_SEC)

/* A backup is called canvas-<number>-<day>.db. The number says which is newer: a clock may jump. */
typedef struct
{
  guint number;
  char day[11];
} Backup;

static gint
compare_backups (gconstpointer a, gconstpointer b)
{
  guint left = ((const Backup *) a)->number, right = ((const Backup *) b)->number;

  return left < right ? 1 : left > right ? -1 : 0;
}

static char *
get_name (const Backup *backup)
{
  return g_strdup_printf ("canvas-%06u-%s.db", backup->number, backup->day);
}

static char *
get_path (const char *directory, const Backup *backup)
{
  g_autofree char *name = get_name (backup);

  return g_build_filename (directory, FOLDER, name, NULL);
}

static gboolean
parse_name (const char *name, Backup *backup)
{
  g_autofree char *spelled = NULL;

  if (sscanf (name, "canvas-%6u-%10[0-9-]", &backup->number, backup->day) != 2)
    return FALSE;
  spelled = get_name (backup);
  return g_str_equal (spelled, name);
}

/* Newest first; empty where there is no folder. */
static GArray *
list_backups (const char *directory)
{
  g_autofree char *folder = g_build_filename (directory, FOLDER, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GArray *backups = g_array_new (FALSE, TRUE, sizeof (Backup));
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      Backup backup = { 0 };

      if (parse_name (name, &backup))
        g_array_append_val (backups, backup);
    }
  g_array_sort (backups, compare_backups);
  return backups;
}

/* What a backup made now is to be called. */
static Backup
name_next (const char *directory)
{
  g_autoptr (GArray) backups = list_backups (directory);
  g_autofree char *now = tn_clock_format (tn_clock_wall_us ());
  Backup next = { backups->len > 0 ? g_array_index (backups, Backup, 0).number + 1 : 1, { 0 } };

  g_strlcpy (next.day, now, sizeof next.day);
  return next;
}

static void
prune (const char *directory)
{
  g_autoptr (GArray) backups = list_backups (directory);

  for (guint i = KEPT; i < backups->len; i++)
    {
      g_autofree char *path = get_path (directory, &g_array_index (backups, Backup, i));

      g_unlink (path);
    }
}

static gboolean
sync_path (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean done = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return done;
}

static gboolean
set_errno_error (GError **error, const char *path)
{
  int number = errno;

  g_set_error (error, TN_STORE_ERROR, number == ENOSPC || number == EDQUOT ? TN_STORE_ERROR_FULL : TN_STORE_ERROR_OPEN,
               _("“%s” can't be written: %s"), path, g_strerror (number));
  return FALSE;
}

/* Gives a finished file its name, so that it survives a power cut. */
static gboolean
settle (const char *from, const char *to, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (to);

  if (sync_path (from) && g_rename (from, to) == 0 && sync_path (folder))
    return TRUE;
  return set_errno_error (error, to);
}

static gboolean
is_good (const char *path, GError **error)
{
  g_autoptr (TnDb) copy = tn_db_open_file (path, SQLITE_OPEN_READONLY, TRUE, TRUE, error);

  /* SQLite takes an empty file for a sound database without tables. */
  return copy != NULL && tn_db_run (copy, error, "SELECT 1 FROM operation LIMIT 1", "");
}

/* A copy without gaps, made in one reading transaction while others may write, and read back before it counts. */
static gboolean
copy_checked (TnDb *self, const char *path, GError **error)
{
  g_unlink (path);
  if (tn_db_run (self, error, "VACUUM INTO ?1", "s", path) && is_good (path, error))
    return TRUE;
  g_unlink (path);
  return FALSE;
}

char *
tn_db_backup_make (TnDb *self, GError **error)
{
  g_autofree char *folder = g_build_filename (self->directory, FOLDER, NULL);
  g_autofree char *name = g_strdup_printf (MAKING_PREFIX "%d.tmp", (int) getpid ());
  g_autofree char *made = g_build_filename (folder, name, NULL), *path = NULL;
  g_autoptr (GError) local = NULL;
  Backup next = name_next (self->directory);

  path = get_path (self->directory, &next);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      set_errno_error (error, folder);
      return NULL;
    }
  if (copy_checked (self, made, &local) && settle (made, path, &local))
    {
      prune (self->directory);
      return g_steal_pointer (&path);
    }
  self->damaged |= g_error_matches (local, TN_STORE_ERROR, TN_STORE_ERROR_DAMAGED);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static gboolean
has_backup_of_today (const char *directory)
{
  g_autoptr (GArray) backups = list_backups (directory);
  Backup next = name_next (directory);

  return backups->len > 0 && g_str_equal (g_array_index (backups, Backup, 0).day, next.day);
}

void
tn_db_backup_if_due (TnDb *self)
{
  gint64 today = tn_clock_wall_us () / DAY_US;
  g_autoptr (GError) error = NULL;
  g_autofree char *made = NULL;

  if (self->directory == NULL || self->lock == NULL || self->backup_day == today)
    return;
  self->backup_day = today;
  if (has_backup_of_today (self->directory))
    return;
  /* What the person does now must not fail because of it. */
  made = tn_db_backup_make (self, &error);
  if (made == NULL)
    g_warning ("Today's backup could not be made: %s", error->message);
}

void
tn_db_backup_skip_today (TnDb *self)
{
  self->backup_day = tn_clock_wall_us () / DAY_US;
}

gboolean
tn_db_backup_any (const char *directory)
{
  g_autoptr (GArray) backups = list_backups (directory);

  return backups->len > 0;
}

static void
drop_backups_before (const char *directory, const char *newest)
{
  g_autoptr (GArray) backups = list_backups (directory);

  for (guint i = 0; i < backups->len; i++)
    {
      g_autofree char *path = get_path (directory, &g_array_index (backups, Backup, i));

      if (!g_str_equal (path, newest))
        g_unlink (path);
    }
}

/* Files of @folder whose names begin so. */
static void
drop_files (const char *folder, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_prefix (name, prefix))
        g_unlink (path);
    }
}

gboolean
tn_db_backup_renew (TnDb *self, GError **error)
{
  g_autofree char *folder = NULL, *newest = NULL;

  if (self->directory == NULL)
    return TRUE;
  newest = tn_db_backup_make (self, error);
  if (newest == NULL)
    return FALSE;
  folder = g_build_filename (self->directory, FOLDER, NULL);
  drop_backups_before (self->directory, newest);
  drop_files (folder, MAKING_PREFIX);
  drop_files (self->directory, TN_DB_FILE DAMAGED_INFIX);
  drop_files (self->directory, TN_DB_FILE RESTORING_SUFFIX);
  return (sync_path (folder) && sync_path (self->directory)) || set_errno_error (error, folder);
}

/* One that can't be looked through may hold anything. */
static gboolean
may_name (const char *path, const char *app_key)
{
  g_autoptr (TnDb) copy = tn_db_open_file (path, SQLITE_OPEN_READONLY, TRUE, FALSE, NULL);
  gint64 found = 0;

  return copy == NULL
         || !tn_db_each (copy, tn_db_take_int, &found, NULL,
                         "SELECT EXISTS (SELECT 1 FROM tile WHERE app_key = ?1)"
                         " OR EXISTS (SELECT 1 FROM kv WHERE scope = 'app' AND owner = ?1)"
                         " OR EXISTS (SELECT 1 FROM change"
                         "  WHERE entity = 'tile' AND ?1 IN (before ->> 'app_key', after ->> 'app_key'))"
                         " OR EXISTS (SELECT 1 FROM event WHERE instr (json, ?1) > 0)",
                         "s", app_key)
         || found != 0;
}

static gboolean
any_file (const char *folder, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix))
      return TRUE;
  return FALSE;
}

gboolean
tn_db_backup_may_name (TnDb *self, const char *app_key)
{
  g_autoptr (GArray) backups = NULL;

  if (self->directory == NULL)
    return FALSE;
  backups = list_backups (self->directory);
  for (guint i = 0; i < backups->len; i++)
    {
      g_autofree char *path = get_path (self->directory, &g_array_index (backups, Backup, i));

      if (may_name (path, app_key))
        return TRUE;
    }
  return any_file (self->directory, TN_DB_FILE DAMAGED_INFIX);
}

static gboolean
copy_back (const char *backup, const char *directory, GError **error)
{
  g_autofree char *half = g_build_filename (directory, TN_DB_FILE RESTORING_SUFFIX, NULL);
  g_autofree char *whole = g_build_filename (directory, TN_DB_FILE, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (backup), target = g_file_new_for_path (half);
  g_autoptr (GError) local = NULL;

  if (g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &local))
    return settle (half, whole, error);
  g_set_error (error, TN_STORE_ERROR,
               g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? TN_STORE_ERROR_FULL : TN_STORE_ERROR_OPEN,
               _("The backup “%s” can't be put back: %s"), backup, local->message);
  return FALSE;
}

char *
tn_db_backup_restore (const char *directory, GError **error)
{
  g_autoptr (GArray) backups = list_backups (directory);

  for (guint i = 0; i < backups->len; i++)
    {
      const Backup *backup = &g_array_index (backups, Backup, i);
      g_autofree char *path = get_path (directory, backup);

      if (is_good (path, NULL))
        return copy_back (path, directory, error) ? g_strdup (backup->day) : NULL;
    }
  return NULL;
}

/* canvas.db.damaged-<time>, or with a number more where that was taken. */
static char *
name_aside (const char *directory)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (tn_clock_wall_us () / G_USEC_PER_SEC);
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  char *name = g_strdup_printf (TN_DB_FILE DAMAGED_INFIX "%s", time);

  for (guint i = 2;; i++)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      g_autofree char *wal = g_strconcat (path, "-wal", NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (wal, G_FILE_TEST_EXISTS))
        return name;
      g_free (name);
      name = g_strdup_printf (TN_DB_FILE DAMAGED_INFIX "%s-%u", time, i);
    }
}

char *
tn_db_set_aside (const char *directory, gboolean only_wal, GError **error)
{
  /* The database last: should this be cut short, what is left still tells the next opening that it is damaged. */
  static const char *const suffixes[] = { "-wal", "-shm", "" };
  g_autofree char *name = name_aside (directory);
  gboolean any = FALSE;

  for (gsize i = 0; i < (only_wal ? 2 : G_N_ELEMENTS (suffixes)); i++)
    {
      g_autofree char *from = g_strconcat (directory, G_DIR_SEPARATOR_S TN_DB_FILE, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (directory, G_DIR_SEPARATOR_S, name, suffixes[i], NULL);

      if (g_rename (from, to) == 0)
        any = TRUE;
      else if (errno != ENOENT)
        {
          set_errno_error (error, from);
          return NULL;
        }
    }
  return any ? g_steal_pointer (&name) : g_strdup ("");
}
