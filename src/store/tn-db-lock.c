/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tn-db-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tn-clock.h"
#include "tn-store.h"

#define FILE_NAME "canvas.lock"
#define WAIT_US (10 * G_USEC_PER_SEC)
#define POLL_US (10 * 1000)

/* The file holds one OPENED for each that opened the workspace and one CLOSED for each that closed it, appended a byte
 * at a time. The last to close empties it; so whoever finds it filled, with nobody there, knows that one was killed. */
#define OPENED '+'
#define CLOSED '-'

struct _TnDbLock
{
  int fd;
  gboolean exclusive;
  gboolean counted;
};

/* Open-file-description locks (fcntl(2)): unlike flock(2)'s they change from one kind to the other without a gap, and
 * unlike POSIX ones they tell two connections of one process apart. */
static gboolean
set_lock (int fd, short type)
{
  struct flock lock = { .l_type = type, .l_whence = SEEK_SET };

  return fcntl (fd, F_OFD_SETLK, &lock) == 0;
}

static TnStoreErrorCode
code_of_errno (int number)
{
  switch (number)
    {
    case EACCES:
    case EPERM:
    case EROFS:
      return TN_STORE_ERROR_READ_ONLY;
    case ENOSPC:
    case EDQUOT:
      return TN_STORE_ERROR_FULL;
    default:
      return TN_STORE_ERROR_OPEN;
    }
}

static void
set_errno_error (GError **error, const char *path)
{
  int number = errno;

  g_set_error (error, TN_STORE_ERROR, code_of_errno (number), _("“%s” can't be written: %s"), path,
               g_strerror (number));
}

/* The bytes that say how many opened and closed. */
static gboolean
is_balanced (int fd)
{
  gssize balance = 0, n;
  char bytes[256];

  for (off_t at = 0; (n = pread (fd, bytes, sizeof bytes, at)) > 0; at += n)
    for (gssize i = 0; i < n; i++)
      balance += bytes[i] == OPENED ? 1 : -1;
  return n == 0 && balance == 0;
}

static void
append (TnDbLock *self, char byte)
{
  /* A full disk must not keep anybody out: without the mark, only the check after a kill is lost. */
  if (write (self->fd, &byte, 1) != 1 || fdatasync (self->fd) != 0)
    g_warning ("The workspace's lock file can't be written: %s", g_strerror (errno));
}

static void
empty (TnDbLock *self)
{
  if (ftruncate (self->fd, 0) != 0)
    g_warning ("The workspace's lock file can't be emptied: %s", g_strerror (errno));
}

static gboolean
wait_for_lock (TnDbLock *self, const char *path, GError **error)
{
  gint64 deadline = tn_clock_monotonic_us () + WAIT_US;

  while (TRUE)
    {
      self->exclusive = set_lock (self->fd, F_WRLCK);
      if (self->exclusive || set_lock (self->fd, F_RDLCK))
        return TRUE;
      if (errno != EAGAIN && errno != EACCES)
        {
          g_set_error (error, TN_STORE_ERROR, TN_STORE_ERROR_OPEN, _("“%s” can't be locked: %s"), path,
                       g_strerror (errno));
          return FALSE;
        }
      if (tn_clock_monotonic_us () > deadline)
        {
          g_set_error_literal (error, TN_STORE_ERROR, TN_STORE_ERROR_BUSY,
                               _("Another program has been preparing the workspace for too long; try again later"));
          return FALSE;
        }
      g_usleep (POLL_US);
    }
}

TnDbLock *
tn_db_lock_take (const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, FILE_NAME, NULL);
  TnDbLock *self;
  int fd;

  /* SQLite needs to make files of its own there. */
  if (g_mkdir_with_parents (directory, 0700) != 0 || g_access (directory, W_OK | X_OK) != 0)
    {
      set_errno_error (error, directory);
      return NULL;
    }
  fd = g_open (path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    {
      set_errno_error (error, path);
      return NULL;
    }
  self = g_new0 (TnDbLock, 1);
  self->fd = fd;
  if (wait_for_lock (self, path, error))
    return self;
  tn_db_lock_release (self, FALSE);
  return NULL;
}

gboolean
tn_db_lock_is_exclusive (TnDbLock *self)
{
  return self->exclusive;
}

gboolean
tn_db_lock_is_alone (TnDbLock *self)
{
  gboolean alone = self->exclusive || set_lock (self->fd, F_WRLCK);

  if (alone && !self->exclusive)
    set_lock (self->fd, F_RDLCK);
  return alone;
}

gboolean
tn_db_lock_is_unclean (TnDbLock *self)
{
  return self->exclusive && !is_balanced (self->fd);
}

void
tn_db_lock_share (TnDbLock *self)
{
  if (self->exclusive)
    empty (self);
  append (self, OPENED);
  self->counted = TRUE;
  set_lock (self->fd, F_RDLCK);
  self->exclusive = FALSE;
}

void
tn_db_lock_release (TnDbLock *self, gboolean clean)
{
  if (self == NULL)
    return;
  if (clean && self->counted)
    {
      append (self, CLOSED);
      if (set_lock (self->fd, F_WRLCK) && is_balanced (self->fd))
        empty (self);
    }
  close (self->fd);
  g_free (self);
}
