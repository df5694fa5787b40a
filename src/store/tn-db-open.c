/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-private.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WRITABLE (SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
#define QUICK_BYTES (16 * 1024 * 1024)

static gboolean
is_error (GError *error, TnStoreErrorCode code)
{
  return g_error_matches (error, TN_STORE_ERROR, code);
}

static gboolean
has_content (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 && info.st_size > 0;
}

/* Takes @notice over. */
static void
set_notice (TnDb *self, TnStoreOutcome outcome, char *notice)
{
  self->outcome = outcome;
  g_free (self->notice);
  self->notice = notice;
}

/* SQLite takes a log that does not begin as one (sqlite.org/fileformat2.html#walformat) for empty and writes over it,
 * without a word; the person should hear of it, and keep it. Zeros are what a power cut leaves where nothing was. */
static gboolean
is_wal_garbage (const char *path)
{
  static const guint8 known[3][4] = { { 0 }, { 0x37, 0x7f, 0x06, 0x82 }, { 0x37, 0x7f, 0x06, 0x83 } };
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  guint8 magic[4] = { 0 };
  int fd = g_open (wal, O_RDONLY | O_CLOEXEC, 0);
  gssize n = fd >= 0 ? read (fd, magic, sizeof magic) : 0;

  if (fd >= 0)
    close (fd);
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (memcmp (magic, known[i], sizeof magic) == 0)
      return FALSE;
  return n == sizeof magic;
}

/* The log is moved into the file by whoever closes last: not before it is known what they are. */
static void
keep_log (TnDb *self, gboolean keep)
{
  sqlite3_db_config (self->sql, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep, NULL);
}

TnDb *
tn_db_open_file (const char *path, int flags, gboolean may_migrate, gboolean check, GError **error)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  gboolean has_log = has_content (log);
  g_autoptr (TnDb) self = tn_db_attach (path, flags, error);

  if (self == NULL)
    return NULL;
  keep_log (self, has_log);
  if (!tn_db_configure (self, error) || !tn_db_check_version (self, may_migrate, error)
      || (check && !tn_db_check (self, error)))
    return NULL;
  keep_log (self, FALSE);
  return g_steal_pointer (&self);
}

/* @day: of the backup, %NULL for none; @aside: what the damaged file is called now, "" where it was gone. */
static char *
describe_recovery (const char *day, const char *aside)
{
  if (day != NULL && *aside != '\0')
    return g_strdup_printf (_("The workspace was damaged; its backup of %s was opened. The damaged file is kept as “%s”."),
                            day, aside);
  if (day != NULL)
    return g_strdup_printf (_("The workspace's file was gone; its backup of %s was opened."), day);
  if (*aside != '\0')
    return g_strdup_printf (_("The workspace was damaged and there was no good backup: it begins anew. What was there "
                              "is kept as “%s”."),
                            aside);
  return g_strdup (_("The workspace's file was gone and there was no good backup: it begins anew."));
}

/* Sets what is there aside and opens the newest good backup, or begins anew. */
static TnDb *
recover (const char *directory, const char *path, GError **error)
{
  g_autofree char *aside = tn_db_set_aside (directory, FALSE, error), *day = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (TnDb) self = NULL;

  if (aside == NULL)
    return NULL;
  day = tn_db_backup_restore (directory, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  self = tn_db_open_file (path, WRITABLE, TRUE, FALSE, error);
  if (self == NULL)
    return NULL;
  set_notice (self, day != NULL ? TN_STORE_RECOVERED : TN_STORE_RESET, describe_recovery (day, aside));
  return g_steal_pointer (&self);
}

/* A few milliseconds at most, and then damage is never met while working. */
static gboolean
is_quickly_checked (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 && status.st_size > 0 && status.st_size <= QUICK_BYTES;
}

static TnDb *
open_alone (const char *directory, const char *path, gboolean unclean, GError **error)
{
  g_autofree char *aside = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (TnDb) self = NULL;
  gboolean there = has_content (path);

  if (!there && tn_db_backup_any (directory))
    return recover (directory, path, error);
  if (there && is_wal_garbage (path))
    {
      aside = tn_db_set_aside (directory, TRUE, error);
      if (aside == NULL)
        return NULL;
    }
  self = tn_db_open_file (path, WRITABLE, TRUE, unclean || aside != NULL || is_quickly_checked (path), &local);
  if (self == NULL && is_error (local, TN_STORE_ERROR_DAMAGED))
    return recover (directory, path, error);
  if (self == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (!there)
    self->outcome = TN_STORE_CREATED;
  else if (aside != NULL)
    set_notice (
      self, TN_STORE_OPENED,
      g_strdup_printf (_("The newest changes to the workspace could not be read; they are kept as “%s-wal”."), aside));
  return g_steal_pointer (&self);
}

/* Whoever holds the lock alone may do anything to the file; others take it as it is. */
static TnDb *
open_locked (const char *directory, TnDbLock *lock, GError **error)
{
  g_autofree char *path = g_build_filename (directory, TN_DB_FILE, NULL);
  g_autoptr (TnDb) self = NULL;

  if (tn_db_lock_is_exclusive (lock))
    self = open_alone (directory, path, tn_db_lock_is_unclean (lock), error);
  else
    self = tn_db_open_file (path, SQLITE_OPEN_READWRITE, FALSE, FALSE, error);
  if (self == NULL)
    return NULL;
  if (sqlite3_db_readonly (self->sql, "main") == 1)
    {
      g_set_error (error, TN_STORE_ERROR, TN_STORE_ERROR_READ_ONLY, _("“%s” can't be written"), path);
      return NULL;
    }
  self->directory = g_strdup (directory);
  if (!tn_db_run (self, error, "PRAGMA journal_mode = WAL", "") || !tn_db_migrate (self, error))
    return NULL;
  if (self->outcome == TN_STORE_CREATED || self->outcome == TN_STORE_RESET)
    tn_db_backup_skip_today (self);
  tn_db_lock_share (lock);
  self->lock = lock;
  return g_steal_pointer (&self);
}

static TnDb *
open_memory (GError **error)
{
  return tn_db_open_file (":memory:", WRITABLE, TRUE, FALSE, error);
}

static gboolean
copy_file (const char *from, const char *to, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from), target = g_file_new_for_path (to);
  g_autoptr (GError) local = NULL;

  if (!g_file_test (from, G_FILE_TEST_EXISTS)
      || g_file_copy (source, target, G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, &local))
    return TRUE;
  g_set_error (error, TN_STORE_ERROR, TN_STORE_ERROR_OPEN, _("“%s” can't be read: %s"), from, local->message);
  return FALSE;
}

static gboolean
copy_pages (TnDb *target, TnDb *source, GError **error)
{
  sqlite3_backup *copy = sqlite3_backup_init (target->sql, "main", source->sql, "main");

  if (copy != NULL)
    sqlite3_backup_step (copy, -1);
  if (copy != NULL && sqlite3_backup_finish (copy) == SQLITE_OK)
    return TRUE;
  tn_db_set_error (target, error);
  return FALSE;
}

/* A database in memory with the content of @copy, which this may write to. */
static TnDb *
take_into_memory (const char *copy, gboolean may_migrate, GError **error)
{
  g_autoptr (TnDb) source = tn_db_open_file (copy, WRITABLE, may_migrate, TRUE, error);
  g_autoptr (TnDb) self = source != NULL ? open_memory (error) : NULL;

  if (self == NULL || !copy_pages (self, source, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* What is in a folder where nothing can be written. SQLite wants to write beside a file with a log even to read it, so
 * both are read from a copy elsewhere. */
static TnDb *
open_copy (const char *path, gboolean may_migrate, GError **error)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };
  g_autofree char *folder = g_dir_make_tmp ("token-nexus-XXXXXX", NULL), *copy = NULL, *log = NULL, *log_copy = NULL;
  TnDb *self = NULL;

  if (folder == NULL)
    {
      g_set_error (error, TN_STORE_ERROR, TN_STORE_ERROR_OPEN, _("“%s” can't be written"), g_get_tmp_dir ());
      return NULL;
    }
  copy = g_build_filename (folder, TN_DB_FILE, NULL);
  log = g_strconcat (path, "-wal", NULL);
  log_copy = g_strconcat (copy, "-wal", NULL);
  if (copy_file (path, copy, error) && copy_file (log, log_copy, error))
    self = take_into_memory (copy, may_migrate, error);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (copy, suffixes[i], NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
  return self;
}

static TnDb *
open_in_memory (const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, TN_DB_FILE, NULL);
  g_autoptr (GError) local = NULL;
  g_autoptr (TnDb) self = open_copy (path, TRUE, &local);
  gboolean read = self != NULL;

  if (is_error (local, TN_STORE_ERROR_NEWER))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (!read)
    self = open_memory (error);
  if (self == NULL || !tn_db_migrate (self, error))
    return NULL;
  set_notice (self, TN_STORE_IN_MEMORY,
              read
                ? g_strdup_printf (_("“%s” can't be written: what you change now will not be kept."), directory)
                : g_strdup_printf (_("“%s” can't be written, and what is there can't be read: the workspace is empty "
                                     "and will not be kept."),
                                   directory));
  return g_steal_pointer (&self);
}

static TnDb *
open_read_write (const char *directory, GError **error)
{
  g_autoptr (GError) local = NULL;
  TnDbLock *lock = tn_db_lock_take (directory, &local);
  TnDb *self = lock != NULL ? open_locked (directory, lock, &local) : NULL;

  if (self != NULL)
    return self;
  tn_db_lock_release (lock, FALSE);
  if (is_error (local, TN_STORE_ERROR_READ_ONLY))
    return open_in_memory (directory, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static TnDb *
open_read_only (const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, TN_DB_FILE, NULL);
  g_autoptr (GError) local = NULL;
  TnDb *self;

  if (!has_content (path))
    {
      g_set_error (error, TN_STORE_ERROR, TN_STORE_ERROR_NOT_FOUND, _("There is no workspace in “%s”"), directory);
      return NULL;
    }
  self = tn_db_open_file (path, SQLITE_OPEN_READONLY, FALSE, FALSE, &local);
  if (self != NULL)
    return self;
  if (is_error (local, TN_STORE_ERROR_OPEN) || is_error (local, TN_STORE_ERROR_READ_ONLY))
    return open_copy (path, FALSE, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/**
 * tn_db_open:
 * @directory: the workspace's folder; made where absent and @mode is %TN_DB_READ_WRITE
 *
 * What had to be done on the way is in tn_db_get_outcome() and tn_db_get_notice(). A folder that can't be written gives
 * a database in memory that holds what is there.
 *
 * Returns: (transfer full): the open database, or %NULL with a #TnStoreErrorCode
 */
TnDb *
tn_db_open (const char *directory, TnDbMode mode, GError **error)
{
  g_return_val_if_fail (directory != NULL, NULL);

  return mode == TN_DB_READ_ONLY ? open_read_only (directory, error) : open_read_write (directory, error);
}
